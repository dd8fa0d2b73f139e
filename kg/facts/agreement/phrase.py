"""What was agreed, from the items behind the verb: the phrase, its head noun, the countries it names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.extract.item import Item
from kg.extract.people import country_of
from kg.extract.register import Figure
from kg.extract.scene import Scene
from kg.model.entity import fold

_LONGEST: Final = 30
_ENDERS: Final = ("topic_end", "said", "agreed", "reaffirmed", "affirmed", "pledged", "signed", "met", "held")
_NP_ENDS: Final = frozenset("with between on in for of to against through by from at over under into within".split())
_SAME: Final = {"normalisation": "normalization", "co operation": "cooperation", "defence": "defense"}


def phrase_end(items: Sequence[Item], start: int, stop: int) -> int:
    """The index behind the last item of the phrase that begins at ``start``."""
    for at in range(start, min(stop, start + _LONGEST)):
        item = items[at]
        if item.symbol in ".;" or item.symbol == '"' and at > start:
            return at
        if item.symbol == "," and not _continues(items, at):
            return at
        if item.is_word(*_ENDERS) and at > start and not item.is_word("topic_verb", "aux"):
            return at
        if item.symbol in "T" and at > start:
            return at - 1 if items[at - 1].is_word("on", "in") else at
    return min(stop, start + _LONGEST)


def _continues(items: Sequence[Item], comma: int) -> bool:
    """Whether a comma stands inside a list of things, not before a new clause."""
    after = items[comma + 1 : comma + 8]
    if not after or after[0].is_word("who", "which", "but", "said", "according", "after", "while", "during"):
        return False
    return any(item.is_word("and") for item in after[:7]) and not any(
        item.is_word("said", "verb") for item in after[:4]
    )


def head_noun(items: Sequence[Item]) -> str:
    """The head noun of what was agreed, folded: what two reports of one agreement share.

    Leading verbs and determiners are passed over; the noun phrase ends at its first preposition. Where no noun follows,
    the last verb stands for it ("work closely together").
    """
    words = [item for item in items if item.text[0].isalnum() and item.symbol not in "GQPR"]
    begin = 0
    while begin < len(words) and (
        words[begin].is_word("topic_verb") or words[begin].is_word("commitment") and begin < 3
    ):
        begin += 1
    noun: list[str] = []
    for item in words[begin:]:
        if fold(item.text) in _NP_ENDS or item.is_word("topic_end", "and", "that", "to", "of"):
            break
        noun.append(item.text)
    if not noun:
        verbs = [
            w
            for w in words[:begin]
            if w.is_word("topic_verb") and len(w.text) > 3 and not w.text.lower().endswith("ly")
        ]
        lasting = [
            w
            for w in verbs
            if fold(w.text) not in {"continue", "that", "they", "will", "their", "both", "sides", "together"}
        ]
        noun = [lasting[0].text] if lasting else [words[0].text] if words else ["agreement"]
    last = fold(noun[-1].split()[-1])
    last = last.removesuffix("s") if last.endswith("s") and not last.endswith(("ss", "is", "us", "ies")) else last
    return _SAME.get(last, last)


def topic_text(scene: Scene, items: Sequence[Item]) -> str:
    """The phrase as the text has it, without leading function words and outer marks."""
    begin = 0
    while begin < len(items) and (
        items[begin].is_word("to", "on", "that", "the", "an", "their") or items[begin].symbol == '"'
    ):
        begin += 1
    if begin >= len(items):
        begin = 0
    if not items:
        return ""
    return " ".join(scene.text(items[begin].begin, items[-1].end).split()).strip(" ,.;:\"'“”’")


def countries_in(items: Sequence[Item]) -> tuple[str, ...]:
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
