"""What the rules of anniversaries build: ordinal, phrase, base year and year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from kg.extract.item import Item
from kg.extract.number import number_of
from kg.extract.rule import Hit
from kg.extract.scene import Scene
from kg.extract.time import TimeExpression, TimeKind, resolve
from kg.facts.anniversary.draft import AnniversaryDraft, Told
from kg.facts.anniversary.phrase import head_of, is_dated, is_public, phrase_end
from kg.facts.anniversary.whose import codes_in, parties_of
from kg.model.fact import Evidence

_BEFORE: Final = {"before": (1, 14), "ahead of": (1, 14), "after": (-14, -1), "following": (-14, -1)}
_GREATEST: Final = 3000
_BESIDE: Final = 10
_DECADE: Final = 10
_YEAR: Final = re.compile(r"(?:\s*-)?\s*years?$")


def ordinal_of(hit: Hit) -> int | None:
    """The number that the words of "60th", "five-year", "golden" name."""
    return number_of(_YEAR.sub("", " ".join(item.text for item in hit.match.slot("ord"))))


def years_told(hit: Hit) -> int | None:
    """The number of years, also where decades are counted: "three decades of"."""
    first = hit.at("ord")
    told = hit.scene.items[first : hit.at("mark")]
    words = re.sub(r"\s*(?:years?['’]?|decades?)$", "", told[0].text)
    if first and words.casefold() == "hundred":
        words = f"{hit.scene.items[first - 1].text} {words}"
    number = number_of(words)
    decades = any(item.text.casefold().endswith(("decade", "decades")) for item in told)
    return number * _DECADE if decades and number is not None else number


def phrase_behind(hit: Hit) -> Sequence[Item]:
    """What is commemorated: the words behind the mark."""
    start = hit.match.found.end("mark")
    return hit.scene.items[start : phrase_end(hit.scene.items, start)]


def draft_of(hit: Hit, number: int, told: Told = Told.WHOLE) -> AnniversaryDraft | None:
    """The anniversary of what stands behind the mark."""
    scene, items = hit.scene, hit.scene.items
    phrase = phrase_behind(hit)
    first = hit.match.found.start()
    if not phrase or number > _GREATEST or not is_public(scene, phrase, first):
        return None
    stop = hit.match.found.end("mark") + len(phrase)
    parties = parties_of(scene, phrase, first) if told is Told.WHOLE else tuple(sorted(codes_in(phrase)))
    draft = span_draft(hit, number, (first, stop), parties, told)
    draft.base_year, draft.year = _dated(scene, phrase, number, (first, stop))
    draft.of, draft.head = _text(scene, phrase), head_of(phrase)
    draft.relative = _relative(items[max(0, first - 3) : first])
    return draft


def span_draft(hit: Hit, number: int, span: tuple[int, int], parties: tuple[str, ...], told: Told) -> AnniversaryDraft:
    """The anniversary of what these items themselves name, in the year that the text gives beside it."""
    scene, (first, stop) = hit.scene, span
    begin, end = scene.items[first].begin, scene.items[stop - 1].end
    year = _falls(scene, first, stop)
    return AnniversaryDraft(
        ordinal=number, of=scene.text(begin, end), head="event", parties=parties, told=told,
        base_year=year - number if year is not None and number else None, year=year,
        sentence=scene.sentence.number, begin=begin, end=end,
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
        if value.kind is TimeKind.MONTH and value.relation and scene.day:  # "in August next year", "last December"
            when = resolve(value, scene.day, future=value.relation == "next")
            return when.earliest.year if when.earliest else scene.day.year
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
    while begin < len(phrase) - 1 and (phrase[begin].is_word("the", "their", "an") or phrase[begin].text == "our"):
        begin += 1
    return " ".join(scene.text(phrase[begin].begin, phrase[-1].end).split()).strip(" ,.")
