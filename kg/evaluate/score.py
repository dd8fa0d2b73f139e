"""One report scored: the facts read from it against the facts expected of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.evaluate.agreements import score_agreements, score_anniversaries
from kg.evaluate.assign import Agreement, assign
from kg.evaluate.contacts import Contacts, score_contacts
from kg.evaluate.gold import Gold
from kg.evaluate.match import Likeness, Matcher
from kg.evaluate.tally import FactKind, Finding, Note, Tally, Verdict
from kg.facts.report import Report
from kg.facts.summit.record import Summit
from kg.model.entity import Leader, fold
from kg.model.text import Article

ReadFacts = Callable[[Article], Report]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportScore:
    """How one report fared.

    ``matched`` are positions of expected contacts with the ids of the found ones; ``is_quiet`` says that no contact and
    no agreement was expected, ``is_noisy`` that one was found all the same.
    """

    name: str
    constructions: tuple[str, ...]
    tallies: Mapping[FactKind, Tally]
    findings: tuple[Finding, ...]
    matched: tuple[tuple[int, str], ...] = ()
    is_quiet: bool = False
    is_noisy: bool = False

    def count(self, kind: FactKind, verdict: Verdict) -> int:
        """How many findings of one kind have this verdict."""
        return sum(1 for finding in self.findings if (finding.kind, finding.verdict) == (kind, verdict))


def evaluate(
    golds: Iterable[Gold], read_facts: ReadFacts, matcher: Matcher
) -> Iterator[tuple[Gold, Report, ReportScore]]:
    """Each report with what was read from it and how that fares; a file that is no article gives no facts."""
    for gold in golds:
        nothing = Report(article=gold.expected.article)
        found = read_facts(gold.source) if isinstance(gold.source, Article) else nothing
        yield gold, found, score_report(gold, found, matcher)


def score_report(gold: Gold, found: Report, matcher: Matcher) -> ReportScore:
    """The found facts of one report against its expected ones."""
    expected = gold.expected
    names = matcher.alignment([who.name for who in _people(found)], [who.name for who in _people(expected)])
    tallies, notes = _score_leaders(_people(expected), _people(found), matcher)
    contacts = Contacts(expected.contacts, found.contacts, names, matcher)
    assigned = contacts.assigned()
    more, told = score_contacts(contacts, assigned)
    tallies |= more
    notes += told
    for kind, (tally, told) in {
        FactKind.PUBLISHED: _score_published(gold, found),
        FactKind.GATHERINGS: _score_gatherings(expected.summits, found.summits, matcher),
        FactKind.AGREEMENTS: score_agreements(expected.agreements, found.agreements, paraphrased=gold.paraphrased),
        FactKind.ANNIVERSARIES: score_anniversaries(expected.anniversaries, found.anniversaries),
    }.items():
        tallies[kind] = tally
        notes += told
    is_quiet = not expected.contacts and not expected.agreements
    return ReportScore(
        name=gold.name,
        constructions=gold.constructions,
        tallies=tallies,
        findings=tuple(sorted(Finding(report=gold.name, kind=k, verdict=v, detail=d) for k, v, d in notes)),
        matched=tuple((i, found.contacts[j].id) for i, j in assigned.positions),
        is_quiet=is_quiet,
        is_noisy=is_quiet and bool(found.contacts or found.agreements),
    )


def _people(report: Report) -> tuple[Leader, ...]:
    """The leaders of a report and whoever else takes part in a contact, each name once."""
    named = [*report.leaders, *(who for contact in report.contacts for who in contact.participants)]
    seen: dict[str, Leader] = {}
    for who in named:
        seen.setdefault(fold(who.name), who)
    return tuple(seen.values())


def _score_leaders(
    expected: Sequence[Leader], found: Sequence[Leader], matcher: Matcher
) -> tuple[dict[FactKind, Tally], list[Note]]:
    """Leaders by name, and among those of the same name the ones with the right office and country."""

    def degree(one: Leader, other: Leader) -> Agreement | None:
        likeness = matcher.likeness(one.name, other.name)
        return None if likeness is Likeness.NONE else (likeness, one.country == other.country)

    assigned = assign(expected, found, degree)
    matched = len(assigned.pairs)
    notes: list[Note] = [(FactKind.LEADERS, Verdict.MISS, _leader_text(who)) for who in assigned.missed]
    notes += [(FactKind.LEADERS, Verdict.FALSE_ALARM, _leader_text(who)) for who in assigned.extra]
    right = 0
    for one, other in assigned.pairs:
        if one.country == other.country and matcher.same_office(one.office, other.office):
            right += 1
        else:
            told = f"{_leader_text(one)} expected, {_leader_text(other)} found"
            notes.append((FactKind.OFFICE, Verdict.WRONG, told))
    tallies = {
        FactKind.LEADERS: Tally(matched, len(expected), len(found)),
        FactKind.OFFICE: Tally(right, matched, matched),
    }
    return tallies, notes


def _score_published(gold: Gold, found: Report) -> tuple[Tally, list[Note]]:
    """The day of publication, on which every relative date rests."""
    if "published" not in gold.article:
        return Tally(), []
    expected, read = gold.article["published"], (found.article.published or "")[:10] or None
    tally = Tally(int(expected is not None and expected == read), int(expected is not None), int(read is not None))
    if expected == read:
        return tally, []
    verdict = Verdict.MISS if read is None else Verdict.FALSE_ALARM if expected is None else Verdict.WRONG
    return tally, [(FactKind.PUBLISHED, verdict, f"{expected or 'nothing'} expected, {read or 'nothing'} found")]


def _score_gatherings(
    expected: Sequence[Summit], found: Sequence[Summit], matcher: Matcher
) -> tuple[Tally, list[Note]]:
    """Summits told of, by series and year."""

    def degree(one: Summit, other: Summit) -> Agreement | None:
        same = one.year == other.year and matcher.same_series(one.series, other.series)
        return (int((one.place is None) == (other.place is None)),) if same else None

    assigned = assign(expected, found, degree)
    notes: list[Note] = [(FactKind.GATHERINGS, Verdict.MISS, _summit_text(s)) for s in assigned.missed]
    notes += [(FactKind.GATHERINGS, Verdict.FALSE_ALARM, _summit_text(s)) for s in assigned.extra]
    return Tally(len(assigned.pairs), len(expected), len(found)), notes


def _leader_text(who: Leader) -> str:
    return f"{who.name} ({who.office or 'no office'}, {who.country or 'no country'})"


def _summit_text(summit: Summit) -> str:
    return f"{summit.series} {summit.year or 'of unknown year'}"
