"""A page's thing as JSON-LD in the words of schema.org, for search engines and reference managers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

from kg.engine.reader import Term
from kg.query.names import Name
from kg.store.prefixes import DIP
from kg.web.site import site

_TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Leader": "Person", "Meeting": "Event", "PhoneCall": "Event", "VideoCall": "Event", "PlannedContact": "Event",
        "Summit": "Event", "Anniversary": "Event", "CommemoratedEvent": "Event", "Agreement": "CreativeWork",
        "Country": "Country", "Place": "Place", "Organization": "Organization", "Article": "NewsArticle",
        "Statement": "Quotation", "Office": "Role", "Tenure": "Role", "Topic": "DefinedTerm",
    }
)  # fmt: skip
_SAID: Final[Mapping[str, str]] = MappingProxyType(
    {
        DIP + "participant": "attendee",
        DIP + "plannedParticipant": "attendee",
        DIP + "place": "location",
        DIP + "onMarginsOf": "superEvent",
        DIP + "organizedBy": "organizer",
        DIP + "reportedIn": "isBasedOn",
        DIP + "copyOf": "isBasedOn",
        DIP + "party": "contributor",
        DIP + "about": "about",
        DIP + "speaker": "creator",
        DIP + "represents": "affiliation",
        DIP + "country": "containedInPlace",
        "http://www.w3.org/2002/07/owl#sameAs": "sameAs",
    }
)
# What schema.org says otherwise of a country, which is a place to it and no organisation.
_OF_A_COUNTRY: Final[Mapping[str, str]] = MappingProxyType({"affiliation": "workLocation", "contributor": "about"})
# Only places lie in a country.
_PLACES: Final = frozenset({"Place"})
_LITERAL: Final[Mapping[str, str]] = MappingProxyType(
    {
        DIP + "earliest": "startDate",
        DIP + "latest": "endDate",
        DIP + "published": "datePublished",
        DIP + "updated": "dateModified",
        DIP + "publisher": "publisher",
        DIP + "byline": "author",
    }
)
_STATUS: Final[Mapping[str, str]] = MappingProxyType(
    {
        DIP + "held": "https://schema.org/EventScheduled",
        DIP + "planned": "https://schema.org/EventScheduled",
        DIP + "cancelled": "https://schema.org/EventCancelled",
        DIP + "postponed": "https://schema.org/EventPostponed",
    }
)
_DATED: Final = frozenset({"Event"})
# Only works are based on others; all else is what they tell of.
_WORKS: Final = frozenset({"CreativeWork", "NewsArticle", "Quotation"})
_MOST: Final = 30


def json_ld(name: Name, said: Iterable[tuple[str, tuple[Term, ...]]]) -> dict[str, Any]:
    """The thing and what is said of it, as far as schema.org has words for it."""
    kind = _TYPES.get(name.kind, "Thing")
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": kind,
        "@id": name.iri,
        "headline" if kind == "NewsArticle" else "name": name.label,
        "url": name.iri,
    }
    if name.others:
        found["alternateName"] = list(name.others)
    for predicate, terms in said:
        if predicate in _SAID:
            for term in terms[:_MOST]:
                if term.is_iri and (property_ := _property(predicate, kind, term)):
                    found.setdefault(property_, []).append(_thing(term))
        elif predicate in _LITERAL and (kind in _DATED or not _LITERAL[predicate].endswith("Date")):
            found[_LITERAL[predicate]] = terms[0].value
        elif predicate == DIP + "status" and terms[0].value in _STATUS:
            found["eventStatus"] = _STATUS[terms[0].value]
    return found


def _property(predicate: str, kind: str, term: Term) -> str | None:
    """What schema.org calls the property of such a thing with this value; ``None`` where it has no word for it."""
    called = _SAID[predicate]
    if called == "isBasedOn" and kind not in _WORKS:
        return "subjectOf"
    if called == "containedInPlace" and kind not in _PLACES:
        return None
    name = site().reader.names().get(term.value)
    return _OF_A_COUNTRY.get(called, called) if name and name.kind == "Country" else called


def _thing(term: Term) -> Any:
    name = site().reader.names().get(term.value)
    if name is None:
        return term.value
    return {"@type": _TYPES.get(name.kind, "Thing"), "@id": name.iri, "name": name.label}
