"""The rules of tenures: who holds, held or took which office, as precisely as the text says it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Final

from kg.extract.clause import subject_of
from kg.extract.number import number_of
from kg.extract.register import Figure
from kg.extract.rule import Hit, Rule
from kg.model.date import PartialDate
from kg.model.fact import Evidence


@dataclass(slots=True)
class TenureDraft:
    """One sign of one tenure; ``since`` is how long before the sentence's event the office was taken."""

    holder: Figure
    sentence: int
    begin: int = 0
    former: bool = False
    then: bool = False
    predecessor: Figure | None = None
    since: str | None = None
    evidence: list[Evidence] = field(default_factory=list)


def _took_office(hit: Hit) -> TenureDraft | None:
    """Two weeks after X took office; a month after taking office; four months after X's inauguration."""
    scene, items = hit.scene, hit.scene.items
    at = hit.at("span")
    count = number_of(hit.match.slot("count")[0].text)
    holder: Figure | None = None
    who = hit.match.slot("who")
    if who:
        people = scene.people(hit.at("who"))
        holder = people[0] if len(people) == 1 else None
    else:
        index = subject_of(items, at)
        people = scene.people(index) if index is not None else ()
        holder = people[0] if len(people) == 1 else None
    if holder is None or count is None:
        return None
    first, last = hit.match.found.start(), hit.match.found.end() - 1
    begin, end = scene.span(first, last)
    return TenureDraft(
        holder=holder, sentence=scene.sentence.number, begin=begin, since=f"P{count}{items[at].text[0].upper()}",
        evidence=[Evidence(begin=begin, end=end, quote=scene.text(begin, end), rule=hit.rule, date_text=scene.text(items[first].begin, items[at].end))],
    )  # fmt: skip


def _predecessor(hit: Hit) -> TenureDraft | None:
    """X's predecessor Y; his predecessor Y."""
    scene, items = hit.scene, hit.scene.items
    owner = hit.match.slot("owner")[0]
    holder = owner.value if isinstance(owner.value, Figure) else None
    other = scene.people(hit.at("other"))
    if holder is None or not other or other[0] is holder:
        return None
    first, last = hit.match.found.start(), hit.match.found.end() - 1
    begin, end = scene.span(first, last)
    previous = other[0]
    if previous.office is None and holder.office is not None:
        previous.office, previous.office_kind = holder.office, holder.office_kind
    if previous.country is None:
        previous.country = holder.country
    previous.titled = True
    return TenureDraft(
        holder=holder, sentence=scene.sentence.number, predecessor=previous,
        evidence=[Evidence(begin=begin, end=end, quote=scene.text(begin, end), rule=hit.rule)],
    )  # fmt: skip


def start_before(event: PartialDate, span: str) -> tuple[PartialDate | None, dt.date | None, dt.date | None]:
    """When an office was taken that long (ISO 8601) before the event: month, and bounds where the span is in days or weeks.

    Weeks are meant within three days; months give only the month.
    """
    match = re.fullmatch(r"P(\d+)([DWMY])", span)
    if match is None or event.year is None:
        return None, None, None
    count, unit = int(match[1]), match[2]
    if unit in "DW" and event.day is not None and event.earliest is not None:
        slack = 3 if unit == "W" else 0
        middle = event.earliest - dt.timedelta(days=count * (7 if unit == "W" else 1))
        start = PartialDate(year=middle.year, month=middle.month)
        return start, middle - dt.timedelta(days=slack), middle + dt.timedelta(days=slack)
    if unit == "M" and event.month is not None:
        months = event.year * 12 + event.month - 1 - count
        return PartialDate(year=months // 12, month=months % 12 + 1), None, None
    if unit == "Y":
        return PartialDate(year=event.year - count), None, None
    return None, None, None


RULES: Final[tuple[Rule[TenureDraft], ...]] = (
    Rule(
        id="tenure.took-office-before",
        pattern="count=(<an|two|three|four|0|w>) span=(<span_unit>) <after> <the|his>{0,1} who=(P <possessive>?|R)? <the|his>? <took_office>",
        trigger="span",
        needs=("took_office",),
        build=_took_office,
        example="Chilean President Anna Novak met Peruvian President Juan Horvat on Friday, two weeks after taking office.",
        counter=("Chilean President Anna Novak took office.",),
    ),
    Rule(
        id="tenure.predecessor",
        pattern="owner=(P|<his>) <possessive>? <visiting|former>{0,1} mark=(<predecessor>) ,? other=(P|Q)",
        trigger="mark",
        needs=("predecessor",),
        build=_predecessor,
        example="Chilean President Anna Novak met her predecessor Juan Horvat.",
        counter=("Chilean President Anna Novak criticised her predecessors.",),
    ),
)
