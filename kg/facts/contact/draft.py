"""A contact as one sentence tells it, before the article's sentences are put together."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.extract.register import Figure
from kg.facts.contact.record import ContactFormat, ContactKind
from kg.model.date import UNKNOWN, When
from kg.model.entity import Place, SummitEdition
from kg.model.fact import Evidence, Status


@dataclass(slots=True)
class Draft:
    """One mention of one contact.

    ``history`` says that the words set it before the article's own events; ``again`` that it is another one than a
    contact already told.
    """

    kind: ContactKind | None
    status: Status
    people: tuple[Figure, ...]
    rule: str
    begin: int
    end: int
    sentence: int
    trigger: int
    format: ContactFormat | None = None
    when: When = UNKNOWN
    owners: tuple[Figure, ...] = ()  # whose trip was stopped, where the draft has no people of its own
    when_stopped: When = UNKNOWN  # of a plan, should the text go on to call it off
    date_text: str | None = None
    place: Place | None = None
    place_is_country: bool = False
    filed: Place | None = None  # the town that its paragraph's own dateline names
    summit: SummitEdition | None = None
    duration: str | None = None
    first: bool = False
    history: bool = False
    again: bool = False
    headline: bool = False
    number: int | None = None  # which of several times is its own ("on Monday and Tuesday, respectively")
    definite: bool = False
    spoken_of: bool = False  # known already, and not told to be over: "the meeting with X matters"
    hearsay: bool = False  # only said by others, whom the article may go on to contradict
    apart: bool = False  # told to have been before or away from the gathering
    here: bool = False  # told to have been where the report was filed
    adds: bool = False  # tells more of a contact told before, and none of its own
    future_time: bool = False
    stated: bool = False  # has a time of its own
    sentences: list[int] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)

    @property
    def is_news(self) -> bool:
        """Whether it was held, is told in the text and is no look back."""
        return self.status is Status.HELD and not self.history and not self.headline
