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
    "organizedBy", "concludedAt", "publisher", "published", "byline", "dateline", "copyOf", "url",
    "speaker", "about", "madeAt", "format", "firstMeeting", "status",
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
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DAY: Final = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>[0-9]{2}))?)?")
_EACH_YEAR: Final = re.compile(r"--(?P<month>0[1-9]|1[0-2])-(?P<day>[0-9]{2})")
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


# What a page calls a property, where its own name is not how people say it.
_CALLED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "participant": "Who",
        "plannedParticipant": "Who was to come",
        "onMarginsOf": "On the margins of",
        "organizedBy": "Organised by",
        "observedOn": "Seen on",
        "concludedAt": "Concluded at",
        "agreedBy": "Agreed by",
        "party": "Sides",
        "concerns": "Concerns",
        "ordinal": "Which",
        "reportedIn": "Reported in",
        "url": "On the web",
        "announcedIn": "Announced in",
        "byline": "By",
        "act": "What was done",
        "firstMeeting": "First meeting of theirs",
        "inferredBy": "Reckoned by",
    }
)
_ELSEWHERE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "http://www.w3.org/2002/07/owl#sameAs": "Same as",
        "http://www.w3.org/2004/02/skos/core#altLabel": "Also called",
        "http://www.w3.org/2004/02/skos/core#notation": "Code",
    }
)


def called(predicate: str) -> str:
    """A property as a page names it."""
    name = predicate.removeprefix(DIP)
    known = _CALLED.get(name) or _ELSEWHERE.get(predicate)
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", re.sub(r"^.*[/#]", "", name)).lower()
    return known or spaced.capitalize()


def day_in_words(text: str) -> str:
    """A date of any precision in words: "17 June 2025", "June 2025", "17 June" of any year; another text as it is."""
    match = _EACH_YEAR.fullmatch(text) or _DAY.fullmatch(text)
    if match is None:
        return text
    parts = match.groupdict()
    month = _MONTHS[int(parts["month"]) - 1] if parts["month"] else None
    day = str(int(parts["day"])) if parts.get("day") else None
    return " ".join(part for part in (day, month, parts.get("year")) if part)


def time_in_words(date: str, earliest: str, latest: str, precision: str) -> tuple[str, str]:
    """When something was, and how exactly that is known; both empty where nothing is."""
    if date:
        known = {4: "only the year is known", 7: "only the month is known"}.get(len(date), "the day is known")
        if _EACH_YEAR.fullmatch(date):
            known = "the year is not known"
        return day_in_words(date), known
    if not earliest or not latest:
        return "", ""
    if earliest == latest:
        return day_in_words(earliest), "the day is known"
    first, last = day_in_words(earliest), day_in_words(latest)
    if precision == "week":
        return f"in the week from {first} to {last}", "only the week is known"
    return f"between {first} and {last}", "only the days between which it was are known"


def spoken(duration: str) -> str:
    """An XSD duration in words: ``PT1H30M`` is "1 hour 30 minutes"; another one as it is."""
    match = _DURATION.fullmatch(duration)
    if match is None:
        return duration
    counted = ((int(count), unit) for unit, count in (("hour", match["hours"]), ("minute", match["minutes"])) if count)
    return " ".join(f"{count} {unit}{'' if count == 1 else 's'}" for count, unit in counted) or duration
