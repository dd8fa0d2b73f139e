"""Where a whole report is set: a gathering, and the town in which it goes on."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.edition import Gathering
from kg.extract.figure import Figure
from kg.model.entity import Place


@dataclass(frozen=True, slots=True)
class Setting:
    """The gathering at which a report is set; ``headed`` where only its headline says so.

    ``busy`` are those of whom the lead says that they had talks beside it.
    """

    gathering: Gathering
    town: Place | None
    sentence: int
    headed: bool
    busy: tuple[Figure, ...] = ()
