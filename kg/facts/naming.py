"""The gatherings that a sentence names: a summit is one also where nobody is told to have been there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.extract.edition import Gathering, year_of_number
from kg.extract.item import Item, Symbol
from kg.extract.placing import seat_of
from kg.extract.scene import Scene
from kg.extract.time import TimeExpression, resolve
from kg.extract.timing import is_to_come, time_before
from kg.facts.indirect import meant_by
from kg.facts.summit.rules import PresenceDraft
from kg.facts.told import Told
from kg.model.date import Precision, When
from kg.model.fact import Evidence

_NEAR: Final = 4  # items before a gathering in which the time stands that dates it
Named = Sequence[tuple[int, Item, Gathering]]  # each by its place among the items


def gatherings_of(scene: Scene) -> Named:
    """Every gathering of the sentence, in its order."""
    return [(at, item, item.value) for at, item in enumerate(scene.items) if isinstance(item.value, Gathering)]


def note_gatherings(scene: Scene, named: Named, told: Told) -> None:
    """Keep each gathering that the sentence calls by name, and the town that it gives to it."""
    for at, item, gathering in named:
        if gathering.series is None:
            continue
        quote = scene.text(item.begin, item.end)
        seat = seat_of(scene.items, at, scene.lexicon)
        if seat is None and at + 1 < len(scene.items) and scene.items[at + 1].text == "here":
            seat = told.setting
        if seat is not None:
            told.seats.setdefault(gathering.series, []).append((scene.sentence.number, seat))
        told.presences.append(
            PresenceDraft(
                series=gathering.series,
                year=_year(scene, at, gathering),
                people=(),
                when=When(),
                place=seat,
                sentence=scene.sentence.number,
                evidence=[Evidence(begin=item.begin, end=item.end, quote=quote, rule="summit.named")],
            )
        )


def note_meant(scene: Scene, told: Told) -> None:
    """Keep each gathering that the sentence means without calling it by name."""
    for meant in meant_by(scene):
        scene.memory.series = meant.series
        begin, end = scene.items[meant.first].begin, scene.items[meant.last].end
        told.presences.append(
            PresenceDraft(
                series=meant.series,
                year=meant.year,
                people=(),
                when=When(),
                place=meant.place,
                sentence=scene.sentence.number,
                evidence=[Evidence(begin=begin, end=end, quote=scene.text(begin, end), rule="summit.meant")],
            )
        )


def remember_gatherings(scene: Scene, named: Named) -> None:
    """Let "the summit" of later sentences mean the series named last, and know by which nouns it is called."""
    for _, _, gathering in named:
        if gathering.series is not None:
            scene.memory.series = gathering.series
            scene.memory.called |= {(gathering.series, gathering.noun)} if gathering.noun else set()


def _year(scene: Scene, at: int, gathering: Gathering) -> int | None:
    """The year of the edition that is named: told, by its number, or by the time right before it."""
    assert gathering.series is not None
    told = gathering.year or year_of_number(scene.lexicon.world, gathering.series, gathering.number)
    told = told or _year_behind(scene, at)
    before = scene.items[max(0, at - _NEAR) : at]
    if told is not None or not gathering.beside or not any(item.symbol == Symbol.TIME for item in before):
        return told
    when = time_before(scene.items, at, scene.day)
    return when.earliest.year if when is not None and when.earliest is not None else None


def _year_behind(scene: Scene, at: int) -> int | None:
    """The year of the month told right behind the name: "the General Assembly in September"."""
    items = scene.items
    last = at + 2 + 2 * (at + 2 < len(items) and items[at + 2].symbol == Symbol.TOWN)
    if last >= len(items) or not items[last - 1].is_word("in", "on") or scene.day is None:
        return None
    time = items[last].value
    if not isinstance(time, TimeExpression):
        return None
    when = resolve(time, scene.day, future=is_to_come(items[:last]))
    months = when.precision in {Precision.MONTH, Precision.DAY}
    return when.earliest.year if months and when.earliest is not None else None
