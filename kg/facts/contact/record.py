"""The record of a direct contact between leaders: a meeting, a phone call, a video call, held or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from kg.model.date import UNKNOWN, When
from kg.model.entity import Leader, Place, SummitEdition
from kg.model.fact import Evidence, Status


class ContactKind(StrEnum):
    """By which channel."""

    MEETING = "meeting"
    PHONE = "phone"
    VIDEO = "video"


class ContactFormat(StrEnum):
    """Between how many sides, or how informally."""

    BILATERAL = "bilateral"
    TRILATERAL = "trilateral"
    MULTILATERAL = "multilateral"
    ENCOUNTER = "encounter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One contact as one article tells it; ``id`` is local to the article ("c1").

    Participants come in the order of their names. ``duration`` is an ISO 8601 duration ("PT30M").
    """

    id: str
    kind: ContactKind
    status: Status
    format: ContactFormat | None
    participants: tuple[Leader, ...]
    when: When = UNKNOWN
    place: Place | None = None
    summit: SummitEdition | None = None
    duration: str | None = None
    first_meeting: bool = False
    evidence: Sequence[Evidence] = ()
