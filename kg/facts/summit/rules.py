"""The rules of summits: who the text says was there; editions gathered from every mention."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Final

from kg.extract import modality
from kg.extract.attach import attach
from kg.extract.clause import subject_of
from kg.extract.gathering import Gathering
from kg.extract.register import Figure
from kg.extract.rule import Hit, Rule
from kg.model.date import Precision, When
from kg.model.entity import Place
from kg.model.fact import Evidence, Status


@dataclass(slots=True)
class PresenceDraft:
    """Somebody at a summit, or the summit merely named."""

    series: str | None
    year: int | None
    people: tuple[Figure, ...]
    when: When
    sentence: int
    place: Place | None = None
    status: Status = Status.HELD
    evidence: list[Evidence] = field(default_factory=list)

    @property
    def day(self) -> dt.date | None:
        """The day on which the summit was seen going on, if the text gives it."""
        return self.when.earliest if self.when.precision is Precision.DAY else None


def _present(hit: Hit) -> PresenceDraft | None:
    verb, at = hit.at("verb"), hit.at("summit")
    scene, items = hit.scene, hit.scene.items
    gathering = items[at].value
    index = subject_of(items, verb)
    if index is None or not isinstance(gathering, Gathering):
        return None
    if modality.of_verb(items, index, verb) is not Status.HELD or items[verb].text.casefold() == "told":
        return None
    people = scene.people(index)
    series = gathering.series or scene.memory.series
    if series is None or not people:
        return None
    beside = attach(items, verb, (0, len(items)), lexicon=scene.lexicon, day=scene.day, future=False)
    begin = items[min(index, verb)].begin
    end = items[max(at, beside.last)].end
    return PresenceDraft(
        series=series, year=gathering.year, people=people, when=beside.when, sentence=scene.sentence.number,
        place=beside.place,
        evidence=[Evidence(begin=begin, end=end, quote=scene.text(begin, end), rule=hit.rule, date_text=beside.time.text if beside.time else None)],
    )  # fmt: skip


RULES: Final[tuple[Rule[PresenceDraft], ...]] = (
    Rule(
        id="summit.presence",
        pattern="verb=(<attended>) <^.|;|P|Q|R|G|C|but|said|verb>{0,3} summit=(S)",
        trigger="summit",
        needs=("attended",),
        build=_present,
        example="Chilean President Anna Novak attended the APEC summit in Lima.",
        counter=("Chilean President Anna Novak will attend the APEC summit in Lima.",),
    ),
    Rule(
        id="summit.come-for",
        pattern="verb=(<be|travel>) <in|also|to>{0,2} (L|C)? <for> <the>? summit=(S)",
        trigger="summit",
        needs=("be", "travel"),
        build=_present,
        example="Chilean President Anna Novak is in Lima for the APEC summit.",
        counter=("Chilean President Anna Novak will be in Lima for the APEC summit.",),
    ),
)
