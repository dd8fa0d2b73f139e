"""Contacts expected and found: held pairs, contacts with status, date, place and summit, false contacts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final, TypeVar

from kg.evaluate.assign import Agreement, Assigned, assign
from kg.evaluate.match import Matcher
from kg.evaluate.tally import FactKind, Note, Tally, Verdict
from kg.facts.contact.record import Contact, ContactKind
from kg.model.date import When
from kg.model.entity import Place, SummitEdition
from kg.model.fact import Status

T = TypeVar("T")

_KINDS: Final = (FactKind.PAIRS, FactKind.CONTACTS, FactKind.DATE, FactKind.PLACE, FactKind.SUMMIT)
Names = Mapping[str, str]
Pair = frozenset[str]
Scored = tuple[dict[FactKind, Tally], list[Note]]


@dataclass(frozen=True, slots=True)
class Contacts:
    """The contacts of one report, expected and found, with the found names in the spelling of the expected ones."""

    expected: Sequence[Contact]
    found: Sequence[Contact]
    names: Names
    matcher: Matcher

    def people(self, contact: Contact) -> Pair:
        """Who took part."""
        return frozenset(self.names.get(who.name, who.name) for who in contact.participants)

    def pairs(self, contacts: Iterable[Contact]) -> frozenset[Pair]:
        """Every two who took part in one contact."""
        return frozenset(
            frozenset(two) for contact in contacts for two in combinations(sorted(self.people(contact)), 2)
        )

    def assigned(self) -> Assigned[Contact, Contact]:
        """The contacts matched one to one: same people, same channel, best agreement of status, time and place."""
        return assign(self.expected, self.found, self._agreement)

    def _agreement(self, one: Contact, other: Contact) -> Agreement | None:
        if self.people(one) != self.people(other) or _is_remote(one) != _is_remote(other):
            return None
        return (
            one.status is other.status,
            _time_agreement(one.when, other.when),
            same_summit(one.summit, other.summit, self.matcher),
            _same_place(one.place, other.place, self.matcher),
            one.kind is other.kind,
        )


def score_contacts(contacts: Contacts, assigned: Assigned[Contact, Contact]) -> Scored:
    """The tallies of pairs, contacts and their attributes, with a note for each failure."""
    tallies: dict[FactKind, Tally] = {}
    notes: list[Note] = []
    held = contacts.pairs(_held(contacts.expected)), contacts.pairs(_held(contacts.found))
    tallies[FactKind.PAIRS] = Tally(len(held[0] & held[1]), len(held[0]), len(held[1]))
    notes += ((FactKind.PAIRS, Verdict.MISS, _listed(pair)) for pair in held[0] - held[1])
    notes += ((FactKind.PAIRS, Verdict.FALSE_ALARM, _listed(pair)) for pair in held[1] - held[0])
    right = [(one, other) for one, other in assigned.pairs if one.status is other.status]
    tallies[FactKind.CONTACTS] = Tally(len(right), len(contacts.expected), len(contacts.found))
    notes += ((FactKind.CONTACTS, Verdict.MISS, describe(c)) for c in assigned.missed)
    notes += ((FactKind.CONTACTS, Verdict.FALSE_ALARM, describe(c)) for c in assigned.extra)
    for one, other in assigned.pairs:
        if one.status is not other.status:
            notes.append((FactKind.CONTACTS, Verdict.WRONG, f"{describe(one)} was read as {other.status}"))
    for kind, tally, note in _attributes(right, contacts.matcher):
        tallies[kind] = tallies.get(kind, Tally()) + tally
        notes += [note] if note else []
    notes += ((FactKind.PAIRS, verdict, told) for verdict, told in _false_held(contacts, right))
    return {kind: tallies.get(kind, Tally()) for kind in _KINDS}, notes


def _attributes(
    pairs: Iterable[tuple[Contact, Contact]], matcher: Matcher
) -> Iterator[tuple[FactKind, Tally, Note | None]]:
    for one, other in pairs:
        whens = _known(one.when), _known(other.when)
        yield _attribute(FactKind.DATE, whens, same_time, _time_text, one)
        places = one.place, other.place
        yield _attribute(FactKind.PLACE, places, lambda a, b: matcher.same_place(a.name, b.name), _place_text, one)
        summits = one.summit, other.summit
        yield _attribute(FactKind.SUMMIT, summits, lambda a, b: same_summit(a, b, matcher), _summit_text, one)


def _attribute(
    kind: FactKind,
    values: tuple[T | None, T | None],
    same: Callable[[T, T], bool],
    text: Callable[[T], str],
    contact: Contact,
) -> tuple[FactKind, Tally, Note | None]:
    """The count of one attribute of a matched contact: right, missing, given without need, or wrong."""
    one, other = values
    right = one is not None and other is not None and same(one, other)
    tally = Tally(int(right), int(one is not None), int(other is not None))
    if right or (one is None and other is None):
        return kind, tally, None
    verdict = Verdict.MISS if other is None else Verdict.FALSE_ALARM if one is None else Verdict.WRONG
    expected = "nothing" if one is None else text(one)
    found = "nothing" if other is None else text(other)
    return kind, tally, (kind, verdict, f"{expected} expected, {found} found ({describe(contact)})")


def _false_held(contacts: Contacts, right: Sequence[tuple[Contact, Contact]]) -> Iterator[tuple[Verdict, str]]:
    """Contacts found as held that gold tells as not held, or does not tell at all."""
    good = {id(other) for _, other in right}
    held = contacts.pairs(_held(contacts.expected))
    for contact in _held(contacts.found):
        if id(contact) in good:
            continue
        pairs = contacts.pairs([contact])
        is_told = pairs <= held
        unheld = (c for c in contacts.expected if c.status is not Status.HELD and contacts.pairs([c]) & pairs)
        meant = [c for c in unheld if not is_told or _time_agreement(c.when, contact.when) > 0]
        if meant:
            yield Verdict.NOT_HELD, f"{describe(contact)}: it was {meant[0].status}"
        elif not is_told:
            yield Verdict.FALSE_HELD, f"{describe(contact)}: no such contact"


def describe(contact: Contact) -> str:
    """A contact in a line."""
    parts = [contact.status, contact.kind, _listed(who.name for who in contact.participants)]
    when = _known(contact.when)
    parts += [_time_text(when)] if when else []
    parts += [_place_text(contact.place)] if contact.place else []
    return ", ".join(parts)


def same_time(one: When, other: When) -> bool:
    """Whether two times are given alike: the same date and precision, or the same bounds where there is none."""
    if one.date is not None or other.date is not None:
        return one.date == other.date
    return (one.earliest, one.latest) == (other.earliest, other.latest)


def same_summit(one: SummitEdition | None, other: SummitEdition | None, matcher: Matcher) -> bool:
    """Whether both are the same edition of the same series, or both are none."""
    if one is None or other is None:
        return one is other
    return one.year == other.year and matcher.same_series(one.series, other.series)


def _same_place(one: Place | None, other: Place | None, matcher: Matcher) -> bool:
    if one is None or other is None:
        return one is other
    return matcher.same_place(one.name, other.name)


def _time_agreement(one: When, other: When) -> int:
    """3 the same, 2 compatible, 1 unknown in one of them, 0 contradictory."""
    if same_time(one, other):
        return 3
    if one.earliest is None or one.latest is None or other.earliest is None or other.latest is None:
        return 1
    return 2 if one.earliest <= other.latest and other.earliest <= one.latest else 0


def _held(contacts: Iterable[Contact]) -> list[Contact]:
    return [contact for contact in contacts if contact.status is Status.HELD]


def _is_remote(contact: Contact) -> bool:
    return contact.kind is not ContactKind.MEETING


def _known(when: When) -> When | None:
    return None if when.is_unknown else when


def _time_text(when: When) -> str:
    return str(when.date) if when.date else f"{when.earliest} to {when.latest}"


def _place_text(place: Place) -> str:
    return place.name


def _summit_text(summit: SummitEdition) -> str:
    return f"{summit.series} {summit.year or ''}".strip()


def _listed(names: Iterable[str]) -> str:
    return " – ".join(sorted(names))
