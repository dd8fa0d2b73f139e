"""The rules of anniversaries: the nth return of an event between states or of public history."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from kg.extract.clause import PARTIES, subject_of
from kg.extract.item import Item
from kg.extract.number import number_of
from kg.extract.people import country_of
from kg.extract.register import Figure
from kg.extract.rule import Hit, Rule
from kg.extract.scene import Scene
from kg.extract.time import TimeExpression, TimeKind
from kg.model.entity import fold
from kg.model.fact import Evidence

_TIES: Final = frozenset({"establishment", "normalization", "resumption", "restoration", "exchange", "recognition"})
_LONGEST: Final = 24
_RELATIONS: Final = ("relations", "ties")
_SPELLING: Final = {
    "normalisation": "normalization", "establishing": "establishment", "establish": "establishment", "signing": "signing",
}  # fmt: skip
_PRIVATE: Final = frozenset(
    "birth death wedding marriage company club airline firm newspaper school university election reign accession "
    "coronation inauguration brand store factory album band film museum hospital bank".split()
)
_BEFORE: Final = {"before": (1, 14), "ahead of": (1, 14), "after": (-14, -1), "following": (-14, -1)}


@dataclass(slots=True)
class AnniversaryDraft:
    """One mention of one anniversary."""

    ordinal: int
    of: str
    head: str
    parties: tuple[str, ...]
    base_year: int | None
    year: int | None
    sentence: int
    begin: int
    end: int
    relative: tuple[int, int] | None = None
    evidence: list[Evidence] = field(default_factory=list)


def _phrase(items: Sequence[Item], start: int) -> int:
    """The index behind the last item of what is commemorated."""
    for at in range(start, min(len(items), start + _LONGEST)):
        item = items[at]
        if item.symbol in '.;:"–' or item.is_word("said", "who", "which", "but", "met", "held"):
            return at
        if item.symbol == "," and not _list_goes_on(items, at):
            return at
        if item.symbol == "T" and not (isinstance(item.value, TimeExpression) and item.value.kind in {TimeKind.YEAR, TimeKind.DATE, TimeKind.MONTH}):  # fmt: skip
            return at - 1 if at > start and items[at - 1].is_word("on", "in") else at
        if (
            at > start
            and item.is_word("during", "with", "this", "topic_end", "agreed", "verb", "modal_future")
            and not item.is_word("in", "to", "on", "the")
        ):
            if not item.is_word("and"):
                return at
    return min(len(items), start + _LONGEST)


def _list_goes_on(items: Sequence[Item], comma: int) -> bool:
    after = items[comma + 1 : comma + 4]
    return bool(after) and after[0].symbol in "CDN" and any(i.is_word("and") for i in after)


def _head(items: Sequence[Item]) -> str:
    """The head noun of the event in one spelling."""
    for item in items:
        if item.is_word("base_event"):
            word = fold(item.text)
            return _SPELLING.get(word, word)
    for item in items:
        if item.is_word("relations"):
            return "establishment"
    words = [i for i in items if i.text[0].isalpha() and not i.is_word("the", "an", "their", "of")]
    return fold(words[0].text) if words else "event"


def _year_in(items: Sequence[Item]) -> int | None:
    for item in items:
        if isinstance(item.value, TimeExpression) and item.value.year and item.value.kind in {TimeKind.YEAR, TimeKind.DATE, TimeKind.MONTH}:  # fmt: skip
            return item.value.year
        if item.symbol == "0" and re.fullmatch(r"1[0-9]{3}|20[0-9]{2}", item.text):
            return int(item.text)
    return None


def _codes(items: Sequence[Item]) -> tuple[str, ...]:
    found: list[str] = []
    for item in items:
        if item.symbol == "D" and isinstance(item.value, tuple):
            found += [c for c in item.value if isinstance(c, str)]
        elif item.symbol in "CA":
            code = country_of(item)
            if code:
                found.append(code)
    return tuple(dict.fromkeys(found))


def _parties(scene: Scene, phrase: Sequence[Item], at: int) -> tuple[str, ...]:
    """Whose event it is: named in the phrase, or the pair that the sentence or the article is about."""
    codes = _codes(phrase)
    if len(codes) >= 2:
        return tuple(sorted(codes))
    bilateral = any(item.is_word("relations", "agreement_noun") for item in phrase)
    if not bilateral:
        return tuple(sorted(codes))
    for item in reversed(scene.items[:at]):
        if item.symbol == "D" and isinstance(item.value, tuple) and len(item.value) == 2:
            return tuple(sorted(item.value))
    subject = subject_of(scene.items, at, PARTIES)
    own: list[str] = list(codes)
    if subject is not None:
        own += [f.country for f in scene.people(subject) if f.country]
        own += _codes([scene.items[subject]])
    partner = [c for i in phrase if i.symbol == "C" for c in (country_of(i),) if c]
    both = tuple(dict.fromkeys([*own, *partner]))
    if len(both) == 2:
        return tuple(sorted(both))
    group = scene.memory.group_of(2)
    pair = tuple(dict.fromkeys(f.country for f in group if f.country))
    if len(pair) == 2 and (not codes or codes[0] in pair):
        return tuple(sorted(pair))
    return tuple(sorted(scene.memory.sides)) or tuple(sorted(codes))


def _build(hit: Hit) -> AnniversaryDraft | None:
    scene, items = hit.scene, hit.scene.items
    number = number_of(" ".join(item.text for item in hit.match.slot("ord")))
    if number is None or number > 3000:
        return None
    start = hit.match.found.end()
    stop = _phrase(items, start)
    phrase = items[start:stop]
    if not phrase or any(fold(w) in _PRIVATE for item in phrase[:5] for w in item.text.split()):
        return None
    if (
        phrase[0].is_word("his")
        or phrase[0].symbol in "P"
        or any(i.is_word("common_nouns") for i in phrase[:4])
        and not _codes(phrase)
    ):
        return None
    first = hit.match.found.start()
    begin = items[first].begin
    end = items[stop - 1].end
    base, year = _years(scene, phrase, number, first, stop)
    draft = AnniversaryDraft(
        ordinal=number, of=_text(scene, phrase), head=_head(phrase), parties=_parties(scene, phrase, first),
        base_year=base if base is not None else (year - number if year is not None else None), year=year,
        sentence=scene.sentence.number, begin=begin, end=end,
    )  # fmt: skip
    before = items[max(0, first - 3) : first]
    for item in before:
        if (
            any(i.text.casefold() in {"days", "just days", "a few days"} or i.symbol == "U" for i in before)
            and item.text.casefold() in _BEFORE
        ):
            draft.relative = _BEFORE[item.text.casefold()]
    draft.evidence = [Evidence(begin=begin, end=end, quote=scene.text(begin, end), rule=hit.rule)]
    return draft


def _years(scene: Scene, phrase: Sequence[Item], number: int, first: int, stop: int) -> tuple[int | None, int | None]:
    """Base year and year of an anniversary: whichever the text gives, the other by arithmetic."""
    said = _year_in(phrase)
    if said is not None and scene.day is not None and said > scene.day.year - min(number, 2) and said >= scene.day.year:
        return said - number, said
    if said is not None:
        return said, said + number
    year = _year(scene, first, stop)
    return (year - number if year is not None else None), year


def _year(scene: Scene, first: int, stop: int) -> int | None:
    """The year in which it falls: said beside it, else the article's own."""
    for item in (*scene.items[stop : stop + 4], *reversed(scene.items[max(0, first - 8) : first])):
        value = item.value
        if isinstance(value, TimeExpression):
            if value.year and (scene.day is None or value.year >= scene.day.year - 1):
                return value.year
            if value.kind is TimeKind.UNIT and value.unit == "year" and scene.day:
                return scene.day.year + {"last": -1, "next": 1}.get(value.relation or "", 0)
    return scene.day.year if scene.day else None


def _text(scene: Scene, phrase: Sequence[Item]) -> str:
    begin = 0
    while begin < len(phrase) - 1 and phrase[begin].is_word("the", "their", "an"):
        begin += 1
    return " ".join(scene.text(phrase[begin].begin, phrase[-1].end).split()).strip(" ,.")


_ORD: Final = "ord=(<0|w|N|first_meeting|adjective|jubilee|two|three|four> (<-> w)?)"

RULES: Final[tuple[Rule[AnniversaryDraft], ...]] = (
    Rule(
        id="anniversary.nth-of",
        pattern=f"{_ORD} mark=(<anniversary>) (<of|since_word>)",
        trigger="mark",
        needs=("anniversary",),
        build=_build,
        example="Chile and Peru marked the 60th anniversary of the normalisation of diplomatic relations.",
        counter=("The airline marked the 60th anniversary of its founding.",),
    ),
    Rule(
        id="anniversary.jubilee-of",
        pattern="ord=(<jubilee>) mark=(<of|since_word>)",
        trigger="ord",
        needs=("jubilee",),
        build=_build,
        example="Chile and Peru celebrated the golden jubilee of their diplomatic relations.",
        counter=("The club celebrated the golden jubilee of its founding.",),
    ),
    Rule(
        id="anniversary.years-of",
        pattern="<marks> <the|an|also>{0,2} ord=(<0|w|U|two|three|four|jubilee>) <years>? mark=(<of|since_word>) ",
        trigger="mark",
        needs=("marks",),
        build=lambda hit: _years_of(hit),
        example="Chile and Peru this year celebrate 60 years of diplomatic relations.",
        counter=("The two men celebrated 60 years of friendship.",),
    ),
)


def _years_of(hit: Hit) -> AnniversaryDraft | None:
    """ "marked 60 years of diplomatic ties": only of relations and of events that history dates."""
    scene, items = hit.scene, hit.scene.items
    word = hit.match.slot("ord")[0]
    start = hit.match.found.end()
    stop = _phrase(items, start)
    phrase = items[start:stop]
    if not any(item.is_word("relations", "base_event") for item in phrase):
        return None
    number = number_of(re.sub(r"\s*years?'?$", "", word.text))
    if number is None:
        return None
    built = _with_number(hit, number)
    return built if built is not None and scene is hit.scene else None


def _with_number(hit: Hit, number: int) -> AnniversaryDraft | None:
    scene, items = hit.scene, hit.scene.items
    start = hit.match.found.end()
    stop = _phrase(items, start)
    phrase = items[start:stop]
    if not phrase:
        return None
    first = hit.match.found.start()
    _, year = _years(scene, phrase, number, first, stop)
    begin, end = items[first].begin, items[stop - 1].end
    return AnniversaryDraft(
        ordinal=number, of=_text(scene, phrase), head=_head(phrase), parties=_parties(scene, phrase, first),
        base_year=year - number if year is not None else None, year=year, sentence=scene.sentence.number,
        begin=begin, end=end,
        evidence=[Evidence(begin=begin, end=end, quote=scene.text(begin, end), rule=hit.rule)],
    )  # fmt: skip


def tell(drafts: Sequence[AnniversaryDraft]) -> list[AnniversaryDraft]:
    """The anniversaries of one article: one of each ordinal, head and parties."""
    told: list[AnniversaryDraft] = []
    for draft in drafts:
        match = next(
            (
                t
                for t in told
                if t.ordinal == draft.ordinal
                and (t.head == draft.head or "event" in {t.head, draft.head} or {t.head, draft.head} <= _TIES)
                and (not t.parties or not draft.parties or set(t.parties) & set(draft.parties))
            ),
            None,
        )
        if match is None:
            told.append(draft)
            continue
        match.evidence += draft.evidence
        match.parties = match.parties if len(match.parties) >= len(draft.parties) else draft.parties
        match.relative = match.relative or draft.relative
        match.base_year = match.base_year or draft.base_year
        match.year = match.year or draft.year
    return told


__all__ = ["RULES", "AnniversaryDraft", "Figure", "tell"]
