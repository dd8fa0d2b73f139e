"""A record to its report: the remarks read by the rules of every fact type, then what only the record's fields say.

The fields give the traveller and his office, the days, the place, the host of a state, official or working visit, and
which edition of a series the words "Economic Summit" mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kg.extract.lexicon import Lexicon
from kg.facts.contact.record import Contact, ContactFormat, ContactKind
from kg.facts.journey.account import Plot, tell
from kg.facts.journey.gatherings import Attendance, Gatherings
from kg.facts.journey.heads import heads_in_office, known_leader
from kg.facts.journey.people import HOME, PRESIDENT, Acquaintance, Traveller
from kg.facts.journey.renaming import rename
from kg.facts.journey.settling import Setting, add_summit, is_told, settle_contact, settle_summits
from kg.facts.journey.words import load_words
from kg.facts.reading import read_facts
from kg.facts.report import Report
from kg.facts.summit.record import Summit
from kg.facts.tenure.record import Tenure
from kg.lexicon.world import Person
from kg.model.date import PartialDate
from kg.model.entity import Leader, Place, fold, slug
from kg.model.fact import Evidence, Problem, ProblemKind, Status
from kg.model.text import Article, Span
from kg.read.historian import Journey, Role

_TITLES: Final = {Role.PRESIDENT: "President", Role.SECRETARY: "Secretary of State"}
_KIND: Final = "journey.kind-of-visit"
_ATTENDED: Final = "journey.attended"
_FIELDS: Final = "journey.fields"
_UNTITLED: Final = "Leader"
_INITIALS: Final = ("Zo", "Vy", "Qua", "Xe")
_LETTERS: Final = "rulami"


@dataclass(frozen=True, slots=True)
class Teller:
    """What one lexicon knows, indexed for records."""

    lexicon: Lexicon
    known: Acquaintance
    gatherings: Gatherings


_TELLERS: dict[int, Teller] = {}


def read_journey(journey: Journey, lexicon: Lexicon) -> Report:
    """The facts of one record, each with its evidence in the account made from it."""
    teller = _TELLERS.get(id(lexicon))
    if teller is None or teller.lexicon is not lexicon:
        teller = _TELLERS[id(lexicon)] = Teller(lexicon, Acquaintance(lexicon), Gatherings(lexicon.world))
    return _Telling(teller, journey).report()


class _Telling:
    """One record on its way to its report."""

    def __init__(self, teller: Teller, journey: Journey) -> None:
        """Find traveller, host and heads, and write the account."""
        self.world = teller.lexicon.world
        self.lexicon = teller.lexicon
        self.known = teller.known
        self.gatherings = teller.gatherings
        self.journey = journey
        self.days = (journey.begin, journey.end)
        self.visits = journey.role is Role.VISITOR
        self.other = self.known.country(journey.country, journey.country_key)
        self.origin = self.other if self.visits else HOME
        self.scene = HOME if self.visits else self.other
        self.travellers = self._travellers()
        self.kind = self._kind()
        self.host = self.known.in_office(PRESIDENT, HOME, *self.days) if self.kind else None
        remarks = Span(0, len(journey.remarks))
        attended = self._attended(journey.remarks, remarks)
        self.heads = heads_in_office(attended, self.known, self.origin, journey.begin)
        self.stand_ins: dict[str, Traveller] = {}
        self.account = tell(journey, self._plot())
        self.attended = self._attended(self.account.article.text, self.account.remarks)

    # -- who

    def _travellers(self) -> tuple[Traveller, ...]:
        journey = self.journey
        if self.visits:
            return tuple(self.known.travellers(journey.traveller, self.origin, journey.begin))
        name = re.sub(r"\s*\([^)]*\)", "", journey.traveller)
        return (self.known.traveller(name, _TITLES[journey.role], self.origin, journey.begin),)

    def _kind(self) -> str:
        """The kind of visit, where it is a meeting with the President and the remarks name no other host."""
        words = load_words()
        remarks = fold(self.journey.remarks)
        if not self.visits or any(other in remarks for other in words.instead):
            return ""
        return next((kind for kind in words.received if re.search(rf"(?:^|[.;] ){kind}\b", remarks)), "")

    def _attended(self, text: str, remarks: Span) -> list[Attendance]:
        return list(self.gatherings.attended(text, remarks, self.scene, self.days))

    def _plot(self) -> Plot:
        country = _with_article(self.known.country_name(self.origin, self.journey.country))
        named = [f"{who.title or _UNTITLED} {who.called}" for who in self.travellers]
        return Plot(
            subject=f"{' and '.join(named)} of {country}",
            stand_in=f"{' and '.join(self._stand_ins(named))} of {country}",
            home=_with_article(self.world.countries[HOME].name),
            country=self.known.country_name(self.other, self.journey.country),
            host=self.host.name if self.host else None,
            kind=self.kind,
            heads=tuple(self.heads),
        )

    def _stand_ins(self, named: Sequence[str]) -> Iterator[str]:
        """For each traveller a title that the rules know and a name that is nobody's, as long as his own together."""
        for who, whole, initial in zip(self.travellers, named, _INITIALS, strict=False):
            titles = [
                title for title in (who.title, _UNTITLED) if self.lexicon.office(title) and len(title) + 3 < len(whole)
            ]
            title = titles[0] if titles else "King"
            name = f"{initial}{_LETTERS * len(whole)}"[: len(whole) - len(title) - 1]
            self.stand_ins[slug(name)] = who
            yield f"{title} {name}"

    # -- what

    def report(self) -> Report:
        """The rules' facts under the record's names, days and places, and the record's own."""
        read = rename(read_facts(self._as_read(), self.lexicon), self._known_as, self.account.article.text)
        setting = Setting(
            days=self.days, place=self._place(), gatherings=self.gatherings,
            attended=tuple(attendance.edition for attendance in self.attended),
        )  # fmt: skip
        contacts = [settle_contact(contact, setting) for contact in read.contacts if is_told(contact)]
        if self.host is not None and not self._has_met(contacts, self.host):
            contacts.append(self._reception(f"c{len(contacts) + 1}", self.host, setting))
        return replace(
            read, article=self.account.article, leaders=self._leaders(read), contacts=tuple(contacts),
            summits=self._summits(read, setting), tenures=self._tenures(read),
            problems=(*read.problems, *self._problems()),
        )  # fmt: skip

    def _as_read(self) -> Article:
        """The account as the rules read it: with stand-ins, its last day, and the capital of where it happened."""
        country = self.world.countries.get(self.scene or "")
        return replace(
            self.account.article,
            text=self.account.as_read,
            published=self.journey.end.isoformat(),
            dateline=country.capital or None if country else None,
        )

    def _known_as(self, leader: Leader) -> Leader:
        if leader.slug in self.stand_ins:
            return self.stand_ins[leader.slug].leader
        if leader.name in self.world.people:
            return self.known.on_that_day(leader, self.journey.begin)
        person = self.known.identify(leader.name, leader.office, leader.country, self.journey.begin)
        if person is not None:
            return replace(leader, name=person.name, wikidata=person.wikidata)
        return replace(leader, name=self.known.unmistakable(leader))

    def _place(self) -> Place | None:
        """The one town of the record, or the country where it names several or none."""
        if not self.visits and len(self.journey.locales) == 1:
            return Place(name=self.journey.locales[0].partition(" (")[0], country=self.scene)
        country = self.world.countries.get(self.scene or "")
        return Place(name=country.name, country=country.id) if country else None

    def _has_met(self, contacts: Sequence[Contact], host: Person) -> bool:
        return any(c.status is Status.HELD and host.name in {who.name for who in c.participants} for c in contacts)

    def _reception(self, number: str, host: Person, setting: Setting) -> Contact:
        """The meeting that a state, official or working visit is."""
        people = [*(who.leader for who in self.travellers), known_leader(host, _TITLES[Role.PRESIDENT], HOME)]
        end = self.account.host.end if self.account.host else self.account.line.end
        return Contact(
            id=number, kind=ContactKind.MEETING, status=Status.HELD,
            format=ContactFormat.BILATERAL if len(people) == 2 else None,
            participants=tuple(sorted(people, key=lambda leader: leader.slug)), when=setting.when, place=setting.place,
            evidence=(self._words(Span(self.account.line.begin, end), _KIND),),
        )  # fmt: skip

    def _words(self, span: Span, rule: str, antecedents: tuple[tuple[int, int], ...] = ()) -> Evidence:
        quote = span.of(self.account.article.text)
        return Evidence(begin=span.begin, end=span.end, quote=quote, rule=rule, antecedents=antecedents)

    def _leaders(self, read: Report) -> tuple[Leader, ...]:
        people = {who.leader.name: who.leader for who in self.travellers}
        for leader in (*read.leaders, *self.heads.values()):
            people.setdefault(leader.name, leader)
        if self.host is not None:
            people.setdefault(self.host.name, known_leader(self.host, _TITLES[Role.PRESIDENT], HOME))
        return tuple(sorted(people.values(), key=lambda leader: leader.slug))

    def _summits(self, read: Report, setting: Setting) -> tuple[Summit, ...]:
        """Those that the remarks name, and those that the traveller and the heads listed with him attended."""
        found = settle_summits(read.summits, setting, self.account.article.text)
        for attendance in self.attended:
            edition = attendance.edition
            series = self.world.series.get(edition.series)
            people = [who.leader for who in self.travellers]
            spans: tuple[tuple[int, int], ...] = ()
            if attendance.heads:
                people += self.heads.values()
                spans = self._places_of(leader.name for leader in self.heads.values())
            add_summit(
                found,
                Summit(
                    series=edition.series, name=series.name if series else edition.series, year=edition.year,
                    status=Status.HELD, organiser=series.organiser or None if series else None,
                    participants=tuple(sorted(people, key=lambda leader: leader.slug)),
                    evidence=(self._words(attendance.span, _ATTENDED, spans),),
                ),
            )  # fmt: skip
        return tuple(found[key] for key in sorted(found, key=lambda key: (key[0], key[1] or 0)))

    def _places_of(self, names: Iterable[str]) -> tuple[tuple[int, int], ...]:
        """Where the line of the heads in office names them."""
        if self.account.heads is None:
            return ()
        begins = [(self.account.article.text.index(name, self.account.heads.begin), name) for name in names]
        return tuple((begin, begin + len(name)) for begin, name in begins)

    def _tenures(self, read: Report) -> tuple[Tenure, ...]:
        """Those of the remarks, and the traveller's own: in office on the first day."""
        own = {who.leader.name for who in self.travellers}
        found = {(t.holder.name, t.office): t for t in read.tenures if t.holder.name not in own}
        for who in self.travellers:
            leader = who.leader
            if leader.office and leader.country:
                found[leader.name, leader.office] = Tenure(
                    holder=leader, office=leader.office, country=leader.country,
                    observed_on=(PartialDate.of(self.journey.begin),),
                    evidence=(self._words(self.account.line, _FIELDS),),
                )  # fmt: skip
        return tuple(found[key] for key in sorted(found))

    def _problems(self) -> Iterator[Problem]:
        line = self.account.line
        if self.other is None:
            yield Problem(kind=ProblemKind.UNKNOWN_NAME, begin=line.begin, end=line.end, detail=self.journey.country)
        if self.kind and self.host is None:
            told = f"no one President in office from {self.journey.begin} to {self.journey.end}"
            yield Problem(kind=ProblemKind.AMBIGUOUS_NAME, begin=line.begin, end=line.end, detail=told)


def _with_article(country: str) -> str:
    return f"the {country}" if country.startswith(("United ", "Soviet ")) or country.endswith("Republic") else country
