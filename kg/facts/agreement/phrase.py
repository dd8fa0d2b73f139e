"""What was agreed, from the items behind the verb: the phrases, their head nouns, the countries they name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from kg.extract.item import Item
from kg.extract.people import country_of
from kg.extract.register import Figure
from kg.extract.scene import Scene
from kg.lexicon.gazetteer import Kind
from kg.model.entity import fold

_LONGEST: Final = 30
_ACTS: Final = ("agreed", "reaffirmed", "affirmed", "pledged", "signed", "met", "held")
_NP_ENDS: Final = frozenset("with between on in for of to against through by from at over under into within".split())
_SAME: Final = {"normalisation": "normalization", "co operation": "cooperation", "defence": "defense"}
_TRAILING: Final = (
    "and",
    "to",
    "on",
    "in",
    "of",
    "at",
    "for",
    "with",
    "by",
    "the",
    "an",
    "also",
    "aux",
    "their",
    "from",
)
_KEPT: Final = frozenset({"together", "jointly", "separately", "again"})
_UNDER: Final = frozenset({"under", "by", "through"})
_PHRASAL: Final = frozenset({"go", "going", "look", "looking"})  # "go after smugglers"
_LIST_STEPS: Final = 7
_MARKS: Final = frozenset({"to", "on", "that"})


def phrase_end(items: Sequence[Item], start: int, stop: int) -> int:
    """The index behind the last item of the phrase that begins at ``start``."""
    end = min(stop, start + _LONGEST)
    for at in range(start, end):
        if _ends(items, at, start):
            return _trimmed(items, start, at)
    return _trimmed(items, start, end)


def _ends(items: Sequence[Item], at: int, start: int) -> bool:
    """Whether the phrase is over before this item."""
    item = items[at]
    if item.symbol == ",":
        return not _continues(items, at)
    if item.symbol in ".;" or at == start:
        return item.symbol in ".;"
    if item.symbol in 'PQTL–:"':
        return _ends_at_name(items, at)
    if item.is_word("topic_end", "said"):
        phrasal = fold(item.text) == "after" and fold(items[at - 1].text) in _PHRASAL
        return not (phrasal or item.is_word("topic_verb", "aux"))
    if item.is_word("and") and at + 1 < len(items) and items[at + 1].is_word("be"):
        return True  # "signed a treaty and are to meet again"
    return item.is_word(*_ACTS) and not (
        item.is_word("topic_verb", "aux") or items[at - 1].is_word("to", "aux", "an", "the", "their", "deed")
    )


def _ends_at_name(items: Sequence[Item], at: int) -> bool:
    """Whether a person, a time, a town or a mark ends the phrase."""
    item, before = items[at], items[at - 1]
    if item.symbol == "P":
        return not before.is_word("with", "between", "of")
    if item.symbol == "T":
        return not (at + 2 < len(items) and items[at + 1].is_word("and") and fold(items[at + 2].text) in _MARKS)
    if item.symbol == "L":
        return before.is_word("in", "at") and Kind.METONYM not in item.keys
    return item.symbol in 'Q"' or not before.is_word("agreement_noun")


def _trimmed(items: Sequence[Item], start: int, end: int) -> int:
    """The end without the function words, adverbs and partners that stand last."""
    while end > start + 1:
        last = items[end - 1]
        if last.symbol in ",–:-T" or (last.is_word(*_TRAILING) and fold(last.text) not in _KEPT):
            end -= 1
        elif end - 2 > start and last.symbol in "CDOPQ" and items[end - 2].is_word("with"):
            end -= 2
        elif (
            end - 3 > start
            and last.symbol in "CDO"
            and items[end - 2].is_word("the")
            and items[end - 3].is_word("with")
        ):
            end -= 3
        else:
            break
    return end


def _continues(items: Sequence[Item], comma: int) -> bool:
    """Whether a comma stands inside a list of things, not before a new clause."""
    at = comma + 1
    if at >= len(items) or items[at].symbol in "PQRG":
        return False
    if items[at].is_word("who", "which", "but", "said", "according", "after", "while", "during", "with", "whose", "in"):
        return False
    end = next((k for k in range(at, len(items)) if items[k].symbol in ",.;"), len(items))
    if end - at > 2 * _LIST_STEPS or any(item.is_word("said", "verb") for item in items[at:end]):
        return False
    if any(item.is_word("and") for item in items[at : at + _LIST_STEPS]):
        return True
    return end < len(items) and items[end].symbol == "," and end - at < _LIST_STEPS and _continues(items, end)


def phrases(items: Sequence[Item], start: int, stop: int) -> list[tuple[int, int]]:
    """Each thing that the phrase lists as agreed, as indexes: "to X and to Y", "a treaty on X and an accord on Y"."""
    noun = next((k for k in range(start, stop) if items[k].is_word("agreement_noun")), None)
    clause = _clause_of(items, start, noun, stop) if noun is not None else None
    if clause is not None:
        return [clause]
    mark = _mark(items, start, stop, noun)
    if mark is not None:
        first, word = mark
        cuts = [k for k in range(first, stop - 1) if _joins(items, k) and _says(items[k + 1], word)]
        if cuts and not (word == "on" and _nested(items, first, cuts[0])):
            begin = start if noun is None or first == start else first
            return _pieces(items, begin, stop, cuts, 2)
    if noun is not None:
        cuts = [k for k in range(noun + 1, stop - 1) if _joins(items, k) and _names_another(items, k + 1, stop)]
        return _pieces(items, start, stop, cuts, 1)
    cuts = [k for k in range(start + 2, stop - 2) if _begins_deed(items, k, start)]
    return _pieces(items, start, stop, cuts, 1)


def _clause_of(items: Sequence[Item], start: int, noun: int, stop: int) -> tuple[int, int] | None:
    """What "an agreement under which X will go" is about, where the words say no more of it than that."""
    bare = all(item.is_word("the", "an", "two", "three") or _is_bare(item) for item in items[start:noun])
    if not bare or stop > noun + 1 + (items[noun + 1].symbol == "L" if noun + 1 < len(items) else 0):
        return None
    for at in range(noun + 1, min(len(items) - 2, noun + _LIST_STEPS)):
        words = fold(items[at].text).split()
        if words in (["whereby"], ["under", "which"], ["by", "which"]):
            begin = at + 1
        elif fold(items[at].text) in _UNDER and fold(items[at + 1].text) == "which":
            begin = at + 2
        elif items[at].symbol in "LT,O" or items[at].is_word("in", "on", "at", "the"):
            continue
        else:
            return None
        end = next(
            (k for k in range(begin, len(items)) if items[k].symbol in ".;" or items[k].is_word("said")), len(items)
        )
        stop = _trimmed(items, begin, min(end, begin + _LONGEST))
        return (start if at == noun + 1 else begin, stop) if end > begin + 1 else None
    return None


def _is_bare(item: Item) -> bool:
    return item.is_word("adjective") and item.text.islower()


def resumed(items: Sequence[Item], stop: int) -> int | None:
    """Where a further thing begins behind words that ended the first: "to X at an early date and to Y".

    Of a clause set off by commas, too: "to X, which lapsed, and to Y".
    """
    for at in range(stop, min(len(items) - 2, stop + _LIST_STEPS + 2)):
        if items[at].is_word("and") and _says(items[at + 1], "to"):
            return at + 2
        if items[at].symbol in ".;:" or items[at].is_word("said", "but", "agreed", "met"):
            return None
    return None


def _mark(items: Sequence[Item], start: int, stop: int, noun: int | None) -> tuple[int, str] | None:
    """Where the first of several things begins, and the word ("to", "on", "that") that introduces each."""
    word = fold(items[start - 1].text) if start else ""
    if word in _MARKS:
        return start, word
    if noun is None or not fold(items[noun].text).endswith(("s", "a")):
        return None
    at = noun + 1
    while at < stop and items[at].symbol in ",:":
        at += 1
    return (at + 1, "on") if at + 1 < stop and fold(items[at].text) == "on" else None


def _nested(items: Sequence[Item], start: int, cut: int) -> bool:
    """Whether the first thing has an "on" of its own.

    So that the next one may go on with that ("a paper on A and on B").
    """
    return any(_says(item, "on") for item in items[start + 1 : cut])


def _joins(items: Sequence[Item], at: int) -> bool:
    return items[at].symbol == "," or items[at].is_word("and")


def _says(item: Item, word: str) -> bool:
    return fold(item.text) == word


def _names_another(items: Sequence[Item], at: int, stop: int) -> bool:
    """Whether a further agreement follows: an article or a number, few words, the noun; "another on Y"."""
    if fold(items[at].text) in {"another", "one"} and at + 1 < stop and _says(items[at + 1], "on"):
        return True
    if not items[at].is_word("an", "two", "three", "four"):
        return False
    return any(item.is_word("agreement_noun") for item in items[at + 1 : min(stop, at + 5)])


def _begins_deed(items: Sequence[Item], at: int, start: int) -> bool:
    """Whether "and" joins a second deed to a finished first one ("reopen the border and lift visas")."""
    if not items[at].is_word("and") or not items[at + 1].is_word("deed") or _is_verb(items[at - 1]):
        return False
    return items[start].is_word("deed", "to") and not items[at + 2].is_word("of", "and")


def _is_verb(item: Item) -> bool:
    return item.is_word("deed", "topic_verb")


def _pieces(items: Sequence[Item], start: int, stop: int, cuts: Sequence[int], skip: int) -> list[tuple[int, int]]:
    """The stretches between the cuts, without the words that join them."""
    bounds = [(start, cuts[0] if cuts else stop)]
    for number, cut in enumerate(cuts):
        begin = cut + skip
        bounds.append((begin, cuts[number + 1] if number + 1 < len(cuts) else stop))
    kept = [(begin, _trimmed(items, begin, end)) for begin, end in bounds if begin < end]
    if len(kept) > 1 and _says(items[kept[1][0]], "one"):
        kept = kept[1:]  # "two accords, one on X and one on Y"
    return kept or [(start, stop)]


def head_noun(items: Sequence[Item]) -> str:
    """The head noun of what was agreed, folded: what two reports of one agreement share.

    Leading verbs and determiners are passed over; the noun phrase ends at its first preposition. Where no noun follows,
    the last verb stands for it ("work closely together").
    """
    words = [item for item in items if item.text[0].isalnum() and item.symbol not in "GQPR"]
    begin = 0
    while begin < len(words) and (
        words[begin].is_word("topic_verb") or (words[begin].is_word("commitment") and begin < 3)
    ):
        begin += 1
    noun: list[str] = []
    for item in words[begin:]:
        if fold(item.text) in _NP_ENDS or item.is_word("topic_end", "and", "that", "to", "of"):
            break
        noun.append(item.text)
    if not noun:
        noun = _lasting_verb(words[:begin]) or [words[0].text if words else "agreement"]
    last = fold(noun[-1].split()[-1])
    last = last.removesuffix("s") if last.endswith("s") and not last.endswith(("ss", "is", "us", "ies")) else last
    return _SAME.get(last, last)


def _lasting_verb(words: Sequence[Item]) -> list[str]:
    """The first verb that says something by itself."""
    empty = {"continue", "that", "they", "will", "their", "both", "sides", "together"}
    verbs = [w for w in words if w.is_word("topic_verb") and len(w.text) > 3 and not w.text.lower().endswith("ly")]
    return [w.text for w in verbs if fold(w.text) not in empty][:1]


def topic_text(scene: Scene, items: Sequence[Item]) -> str:
    """The phrase as the text has it, without leading function words and outer marks."""
    begin = 0
    while begin < len(items) and (
        items[begin].is_word("to", "on", "that", "the", "an", "their") or items[begin].symbol in '",:T'
    ):
        begin += 1
    if begin >= len(items):
        begin = 0
    if not items:
        return ""
    return " ".join(scene.text(items[begin].begin, items[-1].end).split()).strip(" ,.;:\"'“”’")


def concern_end(items: Sequence[Item], stop: int) -> int:
    """Where the words about what was agreed end: at the next act, at a reporting clause, at the end of the sentence."""
    for at in range(stop, len(items)):
        item = items[at]
        if item.is_word("said"):
            return max([k for k in range(stop, at) if items[k].symbol == ","], default=stop)
        if item.symbol in ".;PQRG" or item.is_word(*_ACTS, "after", "during", "topic_end"):
            return at
    return len(items)


def concerned(items: Sequence[Item], start: int, stop: int) -> tuple[str, ...]:
    """The countries and organisations named in what was agreed; the place where it was agreed is none of it."""
    limit = concern_end(items, stop)
    named = [
        item
        for at, item in enumerate(items[start:limit], start)
        if not (items[at - 1].is_word("in", "at") and (item.symbol == "L" or at >= stop))
        and not _is_beside_town(items, at)
        and not (at + 1 < len(items) and items[at + 1].text.casefold() in {"as", "mediating"})
    ]
    return countries_in(named)


def _is_beside_town(items: Sequence[Item], at: int) -> bool:
    """Whether the country only says where a town is: "in Istanbul, Turkey"; "in Washington, D.C., United States"."""
    return items[at].symbol in "CA" and at > 1 and items[at - 1].symbol == "," and items[at - 2].symbol in "LN"


def countries_in(items: Iterable[Item]) -> tuple[str, ...]:
    """The countries and organisations that these items name, people aside, in order."""
    found: list[str] = []
    for item in items:
        if item.symbol in "DQ" and isinstance(item.value, tuple):
            found += [code for code in item.value if isinstance(code, str)]
        elif item.symbol in "CALO":
            code = country_of(item)
            if code is not None:
                found.append(code)
    return tuple(dict.fromkeys(found))


def parties_of(people: Sequence[Figure]) -> tuple[str, ...]:
    """The countries or organisations for which these people act."""
    return tuple(dict.fromkeys(f.country for f in people if f.country))
