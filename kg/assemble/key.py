"""Keys: the few values that tell one fact from another, as the path of its IRI.

Lower-case ASCII, digits and hyphens only (upper case in country codes), so no name of an article can leave its path.
A changed key is a breaking change.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Final, TypeVar

from kg.facts.agreement.record import Agreement
from kg.facts.anniversary.record import Anniversary
from kg.facts.contact.record import Contact, ContactKind
from kg.facts.summit.record import Summit
from kg.facts.tenure.record import Tenure
from kg.model.date import When
from kg.model.entity import Leader, slug
from kg.model.fact import Status

T = TypeVar("T")
KINDS: Final = {ContactKind.MEETING: "meeting", ContactKind.PHONE: "call", ContactKind.VIDEO: "video"}
LONGEST: Final = 120


def short(text: str) -> str:
    """The path, cut where it is long, with a digest of the whole in place of the rest."""
    if len(text) <= LONGEST:
        return text
    digest = hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
    return f"{text[: LONGEST - 17].rstrip('-')}-{digest}"


def digest_of(parts: Iterable[str]) -> str:
    """Eight hexadecimal digits that stand for these texts in this order."""
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=4).hexdigest()


def code(party: str) -> str:
    """A country's code in capitals, an organisation's abbreviation in small letters."""
    return party if re.fullmatch(r"[A-Z]{3}", party) else slug(party)


def leader_key(leader: Leader) -> str:
    """The path of a leader."""
    return f"leader/{short(leader.slug)}"


def date_part(when: When) -> str | None:
    """The date as known; the first day where only bounds are."""
    if when.date is not None:
        return str(when.date)
    return when.earliest.isoformat() if when.earliest else None


def contact_key(contact: Contact, undated: str) -> str:
    """The path of a contact; ``undated`` stands in where nothing is known of the time."""
    kind = KINDS[contact.kind] if contact.status is Status.HELD else "planned"
    who = "-".join(sorted(leader.slug for leader in contact.participants))
    return f"{kind}/{short(f'{date_part(contact.when) or undated}-{who}')}"


def summit_key(summit: Summit, undated: str) -> str:
    """The path of a summit: series and year."""
    return f"summit/{short(f'{slug(summit.series)}-{summit.year or undated}')}"


def agreement_key(agreement: Agreement, date: str | None) -> str:
    """The path of an agreement: date, parties, concerned, head noun."""
    parties = "-".join(code(party) for party in agreement.parties)
    concerned = "-".join(code(party) for party in agreement.concerns)
    parts = [date or "undated", parties, concerned and f"on-{concerned}", slug(agreement.head)]
    return f"agreement/{short('-'.join(part for part in parts if part))}"


def anniversary_key(anniversary: Anniversary) -> str:
    """The path of an anniversary: ordinal and what it commemorates."""
    return f"anniversary/{short(f'{anniversary.ordinal}-{_past(anniversary)}')}"


def past_keys(anniversaries: Sequence[Anniversary]) -> list[str]:
    """The paths of the events that these commemorate; the year is part of those that differ in nothing else."""
    years: dict[str, set[int]] = defaultdict(set)
    for each in anniversaries:
        if each.base_year is not None:
            years[_past(each)].add(each.base_year)
    return [f"past/{short(_dated_past(each, several=len(years[_past(each)]) > 1))}" for each in anniversaries]


def _dated_past(anniversary: Anniversary, *, several: bool) -> str:
    """The event without its year, or with it where there are several such events."""
    name = _past(anniversary)
    return f"{name}-{anniversary.base_year}" if several and anniversary.base_year is not None else name


def _past(anniversary: Anniversary) -> str:
    if anniversary.parties:
        return "-".join([*(code(party) for party in anniversary.parties), slug(anniversary.head)])
    return slug(anniversary.of)


def tenure_key(tenure: Tenure) -> str:
    """The path of a tenure: holder, office, country."""
    return f"tenure/{short(f'{tenure.holder.slug}-{slug(tenure.office)}-{code(tenure.country)}')}"


def topic_key(topic: str) -> str:
    """The path of a topic."""
    return f"topic/{short(slug(topic))}"


def distinct(keys: Sequence[str], facts: Sequence[T], mark: Callable[[T], Iterable[str]]) -> list[str]:
    """The keys, those that several facts would share told apart by a digest of each fact's mark, then by number."""
    shared = Counter(keys)
    named = [
        key if shared[key] == 1 else f"{key}-{digest_of(mark(fact))}" for key, fact in zip(keys, facts, strict=True)
    ]
    taken: Counter[str] = Counter()
    found = []
    for name in named:
        taken[name] += 1
        found.append(name if taken[name] == 1 else f"{name}-{taken[name]}")
    return found
