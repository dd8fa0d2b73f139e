"""The kinds of things as people call them, in the order in which pages show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Words:
    """A kind in the singular and the plural."""

    one: str
    many: str


CLASSES: Final[Mapping[str, Words]] = MappingProxyType(
    {
        "Leader": Words("leader", "leaders"),
        "Meeting": Words("meeting", "meetings"),
        "PhoneCall": Words("phone call", "phone calls"),
        "VideoCall": Words("video call", "video calls"),
        "PlannedContact": Words("planned contact", "planned contacts"),
        "Summit": Words("summit", "summits"),
        "Agreement": Words("agreement", "agreements"),
        "Anniversary": Words("anniversary", "anniversaries"),
        "CommemoratedEvent": Words("commemorated event", "commemorated events"),
        "Statement": Words("statement", "statements"),
        "Country": Words("country", "countries"),
        "Organization": Words("organisation", "organisations"),
        "Office": Words("office", "offices"),
        "Tenure": Words("tenure", "tenures"),
        "Place": Words("place", "places"),
        "Topic": Words("topic", "topics"),
        "Article": Words("article", "articles"),
        "Conflict": Words("contradiction", "contradictions"),
        "Curation": Words("correction", "corrections"),
        "Evidence": Words("piece of evidence", "pieces of evidence"),
    }
)
