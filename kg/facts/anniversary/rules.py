"""The rules of anniversaries: the nth return of an event between states or of public history."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from kg.extract.item import Item
from kg.extract.number import number_of
from kg.extract.rule import Hit, Rule
from kg.extract.scene import Scene
from kg.extract.time import TimeExpression, TimeKind
from kg.facts.anniversary.draft import AnniversaryDraft
from kg.facts.anniversary.phrase import codes_in, head_of, is_dated, is_public, parties_of, phrase_end
from kg.facts.anniversary.telling import tell
from kg.model.fact import Evidence

_BEFORE: Final = {"before": (1, 14), "ahead of": (1, 14), "after": (-14, -1), "following": (-14, -1)}
_GREATEST: Final = 3000
_BESIDE: Final = 10
_DECADE: Final = 10
_YEAR: Final = re.compile(r"(?:\s*-)?\s*years?$")


def _nth(hit: Hit) -> AnniversaryDraft | None:
    """The nth anniversary of an event; a jubilee of one."""
    words = hit.match.slot("ord")
    number = number_of(_YEAR.sub("", " ".join(item.text for item in words)))
    phrase = _phrase(hit)
    if number is None or (words[0].text.endswith("century") and not _of_ties(phrase)):
        return None
    return _draft(hit, number)


def _years(hit: Hit) -> AnniversaryDraft | None:
    """Of "marked 60 years of diplomatic ties": only of relations and of events that history dates."""
    number = _years_told(hit)
    phrase = _phrase(hit)
    shared = any(item.is_word("relations", "base_event") for item in phrase) or len(codes_in(phrase)) > 1
    if number is None or not shared:
        return None
    return _draft(hit, number)


def _years_of_ties(hit: Hit) -> AnniversaryDraft | None:
    """Of "fifty years of diplomatic relations", whatever is said of them."""
    number = _years_told(hit)
    return _draft(hit, number) if number is not None and _of_ties(_phrase(hit)) else None


def _years_told(hit: Hit) -> int | None:
    """The number of years, also where decades are counted: "three decades of"."""
    told = hit.scene.items[hit.at("ord") : hit.at("mark")]
    number = number_of(re.sub(r"\s*(?:years?['’]?|decades)$", "", told[0].text))
    decades = any(item.text.casefold().endswith("decades") for item in told)
    return number * _DECADE if decades and number is not None else number


def _phrase(hit: Hit) -> Sequence[Item]:
    start = hit.match.found.end("mark")
    return hit.scene.items[start : phrase_end(hit.scene.items, start)]


def _of_ties(phrase: Sequence[Item]) -> bool:
    """Whether it is diplomatic relations that have lasted."""
    return (
        any(item.is_word("relations") for item in phrase) and "diplomatic" in " ".join(i.text for i in phrase).lower()
    )


def _draft(hit: Hit, number: int) -> AnniversaryDraft | None:
    """The anniversary of what stands behind the mark."""
    scene, items = hit.scene, hit.scene.items
    phrase = _phrase(hit)
    first = hit.match.found.start()
    if not phrase or number > _GREATEST or not is_public(scene, phrase, first):
        return None
    stop = hit.match.found.end("mark") + len(phrase)
    begin, end = items[first].begin, items[stop - 1].end
    base, year = _dated(scene, phrase, number, (first, stop))
    return AnniversaryDraft(
        ordinal=number, of=_text(scene, phrase), head=head_of(phrase), parties=parties_of(scene, phrase, first),
        base_year=base, year=year, sentence=scene.sentence.number, begin=begin, end=end,
        relative=_relative(items[max(0, first - 3) : first]),
        evidence=[Evidence(begin=begin, end=end, quote=scene.text(begin, end), rule=hit.rule)],
    )  # fmt: skip


def _relative(before: Sequence[Item]) -> tuple[int, int] | None:
    """How many days from a contact: "days before the anniversary"."""
    if not any(i.text.casefold() in {"days", "just days", "a few days"} or i.symbol == "U" for i in before):
        return None
    return next((_BEFORE[i.text.casefold()] for i in reversed(before) if i.text.casefold() in _BEFORE), None)


def _dated(scene: Scene, phrase: Sequence[Item], number: int, span: tuple[int, int]) -> tuple[int | None, int | None]:
    """Base year and year of an anniversary: whichever the text gives, the other by arithmetic."""
    said = _year_in(phrase)
    if said is not None and (scene.day is None or said < scene.day.year):
        return said, said + number
    based = _based(scene, number, *span)
    if based is not None:
        return based, based + number
    year = said if said is not None else _falls(scene, *span)
    return (year - number if year is not None else None), year


def _year_in(phrase: Sequence[Item]) -> int | None:
    """The year in the phrase itself: "signed in 1998", "the 1965 treaty"."""
    for item in phrase:
        if is_dated(item) and isinstance(item.value, TimeExpression) and item.value.year:
            return item.value.year
        if item.symbol == "0" and re.fullmatch(r"1[0-9]{3}|20[0-9]{2}", item.text):
            return int(item.text)
    return None


def _based(scene: Scene, number: int, first: int, stop: int) -> int | None:
    """The year of the event, where it is told beside the anniversary: "established in July 1965"."""
    for item in _beside(scene.items, first, stop):
        year = item.value.year if isinstance(item.value, TimeExpression) and is_dated(item) else None
        if year and scene.day and year < scene.day.year and abs(year + number - scene.day.year) <= 1 and number > 1:
            return year
    return None


def _falls(scene: Scene, first: int, stop: int) -> int | None:
    """The year in which it falls: said beside it, else the article's own."""
    marking = _marking_year(scene.items, first)
    if marking is not None:
        return marking
    for item in _beside(scene.items, first, stop):
        value = item.value
        if not isinstance(value, TimeExpression):
            continue
        if value.year and is_dated(item):
            return value.year
        if value.kind is TimeKind.UNIT and value.unit == "year" and scene.day:
            return scene.day.year + {"last": -1, "next": 1}.get(value.relation or "", 0)
    return scene.day.year if scene.day else None


def _marking_year(items: Sequence[Item], first: int) -> int | None:
    """The year that marks it: "2025 will mark the 65th anniversary"."""
    for at in range(first - 1, max(-1, first - 6), -1):
        if re.fullmatch(r"19[0-9]{2}|20[0-9]{2}", items[at].text):
            return int(items[at].text)
        if items[at].symbol in ",;." or items[at].is_word("in", "since_word"):
            return None
    return None


def _beside(items: Sequence[Item], first: int, stop: int) -> Iterator[Item]:
    """The items behind the phrase, then those before it, as far as its clause goes."""
    for item in items[stop : stop + _BESIDE]:
        if item.symbol == ";":
            break
        yield item
    for item in reversed(items[max(0, first - _BESIDE) : first]):
        if item.symbol == ";" or item.is_word("since_word", "but"):
            break
        yield item


def _text(scene: Scene, phrase: Sequence[Item]) -> str:
    begin = 0
    while begin < len(phrase) - 1 and phrase[begin].is_word("the", "their", "an"):
        begin += 1
    return " ".join(scene.text(phrase[begin].begin, phrase[-1].end).split()).strip(" ,.")


_AT: Final = "(, <on|in|at>? T ,)?"
_ORD: Final = "ord=(<0|w|N|U|first_meeting|adjective|jubilee|two|three|four> (<-> <w|first_meeting|adjective|years>)?)"

RULES: Final[tuple[Rule[AnniversaryDraft], ...]] = (
    Rule(
        id="anniversary.nth-of",
        pattern=f"{_ORD} <anniversary> {_AT} mark=(<of|since_word>)",
        trigger="mark",
        needs=("anniversary",),
        build=_nth,
        example="Chile and Peru marked the 60th anniversary of the normalisation of diplomatic relations.",
        counter=(
            "The airline marked the 60th anniversary of its founding.",
            "Chilean President Anna Novak celebrated the 20th anniversary of her wedding.",
        ),
    ),
    Rule(
        id="anniversary.jubilee-of",
        pattern="ord=(<jubilee>) mark=(<of|since_word>)",
        trigger="ord",
        needs=("jubilee",),
        build=_nth,
        example="Chile and Peru celebrated the golden jubilee of their diplomatic relations.",
        counter=(
            "The club celebrated the golden jubilee of its founding.",
            "Half a century of war ended in Chile.",
        ),
    ),
    Rule(
        id="anniversary.years-of",
        pattern="<marks> <the|an|also>{0,2} ord=(<0|w|U|two|three|four|jubilee>) <years>? mark=(<of|since_word>)",
        trigger="mark",
        needs=("marks",),
        build=_years,
        example="Chile and Peru this year celebrate 60 years of diplomatic relations.",
        counter=("The two men celebrated 60 years of friendship.",),
    ),
    Rule(
        id="anniversary.years-of-ties",
        pattern="ord=(<0|w|U|N|two|three|four>) <years>? mark=(<of>) <A|the|adjective|w|C|D|topic_verb>{0,3} <relations>",
        trigger="mark",
        needs=("relations",),
        build=_years_of_ties,
        example="Sixty years of diplomatic relations between Chile and Peru deserve a stamp.",
        counter=("Ten years of strained relations between Chile and Peru are over.",),
    ),
    Rule(
        id="anniversary.years-since-ties",
        pattern="<be> ord=(<0|w|U|N|two|three|four>) <years>? mark=(<since_word>) <the>? <D|C> <aux|also>{0,2} <upgraded> <relations>",
        trigger="mark",
        needs=("relations",),
        build=_years_of_ties,
        example="It is sixty years since Chile and Peru established diplomatic relations.",
        counter=("It is sixty years since Chile left.",),
    ),
)

__all__ = ["RULES", "AnniversaryDraft", "tell"]
