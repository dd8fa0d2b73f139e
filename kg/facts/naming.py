"""The gatherings that a sentence names: a summit is one also where nobody is told to have been there."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.gathering import Gathering
from kg.extract.item import Item
from kg.extract.placing import seat_of
from kg.extract.scene import Scene
from kg.facts.summit.rules import PresenceDraft
from kg.facts.told import Told
from kg.model.date import When
from kg.model.fact import Evidence

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
                series=gathering.series, year=gathering.year, people=(), when=When(), sentence=scene.sentence.number,
                place=seat, evidence=[Evidence(begin=item.begin, end=item.end, quote=quote, rule="summit.named")],
            )
        )  # fmt: skip


def remember_gatherings(scene: Scene, named: Named) -> None:
    """Let "the summit" of later sentences mean the series named last, and know by which nouns it is called."""
    for _, _, gathering in named:
        if gathering.series is not None:
            scene.memory.series = gathering.series
            scene.memory.called |= {(gathering.series, gathering.noun)} if gathering.noun else set()
