"""How pages say the properties: of a thing, seen from the other end, and in which order."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from kg.store.prefixes import DIP

# The order in which people ask: who, when, where, beside what, and only then the rest by name.
ORDER: Final = (
    "participant", "plannedParticipant", "holder", "office", "represents", "ordinal", "commemorates", "act", "topic",
    "party", "agreedBy", "concerns", "date", "earliest", "latest", "duration", "place", "country", "onMarginsOf",
    "organizedBy", "concludedAt", "speaker", "about", "madeAt", "format", "firstMeeting", "status",
)  # fmt: skip

_FROM_THERE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "participant": "Meetings, calls and summits",
        "plannedParticipant": "Planned contacts",
        "participatedIn": "Leaders who were there",
        "onMarginsOf": "Contacts beside it",
        "organizedBy": "Summits it organises",
        "concludedAt": "Agreements concluded here",
        "agreedBy": "Agreements",
        "party": "Agreements and anniversaries",
        "concerns": "Agreements that concern it",
        "topic": "Agreements on it",
        "commemorates": "Anniversaries of it",
        "madeAt": "Statements made here",
        "speaker": "Statements",
        "about": "Statements and contradictions about it",
        "holder": "Tenures",
        "office": "Who held it",
        "precededBy": "Followed by",
        "represents": "Leaders who represent it",
        "country": "Its places and offices",
        "place": "What took place here",
        "dateline": "Articles written here",
        "reportedIn": "What it reports",
        "announcedIn": "What it announced",
        "article": "Its evidence",
        "claimIn": "The claims",
        "met": "Met",
        "spokeByPhoneWith": "Spoke by phone with",
        "spokeByVideoWith": "Spoke by video with",
        "corrects": "Corrections",
        "retracts": "Withdrawals",
    }
)
# The other end says the same: once is enough.
SYMMETRIC: Final = frozenset(DIP + name for name in ("met", "spokeByPhoneWith", "spokeByVideoWith"))
_DURATION: Final = re.compile(r"PT(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?")


def seen_from_there(predicate: str) -> str:
    """The heading for the things that point here with this property."""
    name = predicate.removeprefix(DIP)
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()
    return _FROM_THERE.get(name, f"{spaced.capitalize()}: pointed at by")


def rank(predicate: str) -> tuple[int, str]:
    """Where a property stands among the others."""
    name = predicate.removeprefix(DIP)
    return (ORDER.index(name) if name in ORDER else len(ORDER), name)


def spoken(duration: str) -> str:
    """An XSD duration in words: ``PT1H30M`` is "1 hour 30 minutes"; another one as it is."""
    match = _DURATION.fullmatch(duration)
    if match is None:
        return duration
    counted = ((int(count), unit) for unit, count in (("hour", match["hours"]), ("minute", match["minutes"])) if count)
    return " ".join(f"{count} {unit}{'' if count == 1 else 's'}" for count, unit in counted) or duration
