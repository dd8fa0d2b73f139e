"""All reports to one assembly: each event once, with every article that tells it.

The order of things: contacts first (they say which articles tell of the same events), then summits (whose year another
article may give), then what was concluded at them. Nothing is settled silently: contradictions are listed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from kg.assemble import anniversaries, summits, tenures
from kg.assemble.agreements import Accord, cluster_agreements, merged_agreement, one_label_a_topic
from kg.assemble.cluster import Cluster, Neighbours
from kg.assemble.contacts import cluster_contacts
from kg.assemble.copies import originals
from kg.assemble.gather import gather, published
from kg.assemble.key import (
    agreement_key,
    anniversary_key,
    contact_key,
    date_part,
    distinct,
    past_keys,
    summit_key,
    tenure_key,
    topic_key,
)
from kg.assemble.known import NOTHING, Known
from kg.assemble.merge_contacts import contact_contradictions, merged_contact, outcomes, status_dispute
from kg.assemble.people import everybody, one_name_each
from kg.assemble.summits import Gathering
from kg.assemble.told import Assembly, Contradiction, F, Facts, Link, Merged, Telling, single, together
from kg.facts.agreement.record import Agreement
from kg.facts.anniversary.record import Anniversary
from kg.facts.contact.record import Contact
from kg.facts.report import Report
from kg.facts.statement.record import Statement
from kg.facts.summit.record import Summit
from kg.facts.tenure.record import Tenure
from kg.model.fact import Status


def merge(reports: Iterable[Report], known: Known = NOTHING) -> Assembly:
    """What the reports say together; ``known`` tells countries from towns, and people from each other."""
    return _Assembler(one_name_each(gather(reports), known.people), known).assembly()


class _Assembler:
    """The steps of one assembly; each reads what the earlier ones found."""

    def __init__(self, reports: Sequence[Report], known: Known) -> None:
        self.reports = reports
        self.known = known
        self.contradictions: list[Contradiction] = []
        tellings = [Telling(r.article.id, contact) for r in reports for contact in r.contacts]
        self.clusters = cluster_contacts(tellings, known, summits.only_editions(reports), _longitudes(reports, known))
        self.neighbours = Neighbours(self.clusters)
        told = summits.summit_tellings(reports, summits.years_of_editions(self.clusters))
        self.gatherings = summits.cluster_summits(told, self.known)

    def assembly(self) -> Assembly:
        """Everything, each fact once."""
        merged_summits = self._summits()
        contacts = self._contacts()
        agreements = self._agreements()
        jubilees = self._anniversaries()
        whole = Assembly(
            articles=tuple(report.article for report in self.reports),
            leaders=everybody(self.reports),
            contacts=contacts,
            summits=merged_summits,
            agreements=agreements,
            anniversaries=jubilees,
            tenures=self._tenures(),
            statements=self._statements(),
            contradictions=tuple(sorted(self.contradictions, key=lambda c: (c.key, c.property))),
            copies=tuple(originals(report.article for report in self.reports).items()),
        )
        # The facts are made later, of clusters and keys alone.
        del self.reports, self.neighbours, self.summits_told
        return whole

    def _summits(self) -> Facts[Summit]:
        wholes = [summits.merged_summit(g, self.known) for g in self.gatherings]
        undated = [f"undated-{min(g.articles)}" for g in self.gatherings]
        names = [summit_key(s, u) for s, u in zip(wholes, undated, strict=True)]
        keys = distinct(names, self.gatherings, _mark)
        self.summit_keys, self.summit_wholes = keys, wholes
        self.summits_told = summits.by_article(self.gatherings)
        for key, gathering in zip(keys, self.gatherings, strict=True):
            self.contradictions += summits.summit_contradictions(key, gathering, self.known)
        return _sorted(keys, lambda n: _merged(wholes[n], keys[n], self.gatherings[n].tellings))

    def _contacts(self) -> Facts[Contact]:
        wholes = [merged_contact(cluster, self.known) for cluster in self.clusters]
        ends = outcomes(self.clusters, published(self.reports))
        beside = [self._summit_of(cluster) for cluster in self.clusters]
        undated = [_undated(c, summit) for c, summit in zip(self.clusters, beside, strict=True)]
        names = [contact_key(whole, mark) for whole, mark in zip(wholes, undated, strict=True)]
        keys = distinct(names, self.clusters, _mark)
        asked = _contacts_asked_for(self.reports)
        self.contact_keys = {
            mark: (key, whole.when, whole.status)
            for key, whole, cluster in zip(keys, wholes, self.clusters, strict=True)
            for t in cluster.tellings
            if (mark := (t.article, t.fact.id)) in asked
        }
        plans: dict[int, set[str]] = {}
        for plan, held in ends.fulfilled.items():
            plans.setdefault(held, set()).update(self.clusters[plan].articles)
        for plan, held in ends.disputed.items():
            self.contradictions += status_dispute(keys[held], self.clusters[plan], self.clusters[held])
        for key, cluster in zip(keys, self.clusters, strict=True):
            self.contradictions += contact_contradictions(key, cluster, self.known)

        def made(number: int) -> Merged[Contact]:
            summit = beside[number]
            links = {Link.SUMMIT: summit} if summit is not None else {}
            merged = _merged(wholes[number], keys[number], self.clusters[number].tellings, links)
            if number in ends.fulfilled:
                return replace(merged, whole=None)
            if merged.whole is not None and number in plans:
                return replace(merged, whole=replace(merged.whole, announced=tuple(sorted(plans[number]))))
            return merged

        return _sorted(keys, made)

    def _summit_of(self, cluster: Cluster) -> str | None:
        """The key of the summit on whose margins the contact was, where a telling names one."""
        for telling in cluster.tellings:
            if telling.fact.summit is None:
                continue
            near = self.summits_told.get((telling.article, telling.fact.summit.series), [])
            number = summits.nearest(telling.fact, {n: self.summit_wholes[n] for n in near})
            if number is not None:
                return self.summit_keys[number]
        return None

    def _agreements(self) -> Facts[Agreement]:
        held = {mark: (key, when) for mark, (key, when, status) in self.contact_keys.items() if status is Status.HELD}
        tellings = [Telling(r.article.id, fact) for r in self.reports for fact in r.agreements]
        accords = cluster_agreements(tellings, held, self.neighbours)
        wholes = one_label_a_topic(merged_agreement(accord) for accord in accords)
        names = [agreement_key(w, _accord_date(a, w)) for a, w in zip(accords, wholes, strict=True)]
        keys = distinct(names, accords, _mark)

        def made(number: int) -> Merged[Agreement]:
            whole, accord = wholes[number], accords[number]
            links = {Link.TOPIC: topic_key(whole.topic)}
            if accord.contact is not None:
                links[Link.CONTACT] = accord.contact
            return _merged(whole, keys[number], accord.tellings, links)

        return _sorted(keys, made)

    def _anniversaries(self) -> Facts[Anniversary]:
        tellings = [Telling(r.article.id, fact) for r in self.reports for fact in r.anniversaries]
        jubilees = anniversaries.cluster_anniversaries(tellings, self.neighbours)
        days = {mark: when for mark, (_, when, _) in self.contact_keys.items()}
        wholes = [anniversaries.merged_anniversary(jubilee, days) for jubilee in jubilees]
        keys = distinct([anniversary_key(whole) for whole in wholes], jubilees, _mark)
        self.jubilee_keys: dict[tuple[str, int, str], str] = {}
        pasts = past_keys(wholes)
        wholes = anniversaries.one_wording_each(wholes, pasts)
        for key, jubilee in zip(keys, jubilees, strict=True):
            self.contradictions += anniversaries.anniversary_contradictions(key, jubilee)
            for telling in jubilee.tellings:
                self.jubilee_keys[telling.article, telling.fact.ordinal, telling.fact.head] = key
        return _sorted(keys, lambda n: _merged(wholes[n], keys[n], jubilees[n].tellings, {Link.PAST: pasts[n]}))

    def _tenures(self) -> Facts[Tenure]:
        parts = tenures.cluster_tenures(tenures.tenure_tellings(self.reports))
        wholes = tenures.close_by_successors({key: tenures.merged_tenure(told) for key, told in parts.items()})
        for key, told in parts.items():
            self.contradictions += tenures.tenure_contradictions(key, told)
        keys = list(parts)

        def made(number: int) -> Merged[Tenure]:
            key = keys[number]
            before = tenures.predecessor(wholes[key])
            links = {Link.PREDECESSOR: tenure_key(before)} if before else {}
            return Merged(
                whole=together(wholes[key], key, parts[key], links),
                tellings=tuple(single(t, key, links if t.fact.preceded_by else {}) for t in parts[key]),
            )

        return Facts(len(keys), made)

    def _statements(self) -> Facts[Statement]:
        told = [(r.article.id, number, fact) for r in self.reports for number, fact in enumerate(r.statements)]

        def made(place: int) -> Merged[Statement]:
            article, number, fact = told[place]
            begin = fact.evidence[0].begin if fact.evidence else f"n{number}"
            links: dict[Link, str] = {}
            if fact.made_at is not None and (article, fact.made_at) in self.contact_keys:
                links[Link.CONTACT] = self.contact_keys[article, fact.made_at][0]
            if fact.about_anniversary is not None:
                key = self.jubilee_keys.get((article, *fact.about_anniversary))
                links |= {Link.ANNIVERSARY: key} if key else {}
            return _merged(fact, f"statement/{article}-{begin}", [Telling(article, fact)], links)

        return Facts(len(told), made)


def _merged(whole: F, key: str, tellings: Sequence[Telling[F]], links: Mapping[Link, str] | None = None) -> Merged[F]:
    return Merged(
        whole=together(whole, key, tellings, links),
        tellings=tuple(single(telling, key, links) for telling in tellings),
    )


def _sorted(keys: Sequence[str], make: Callable[[int], Merged[F]]) -> Facts[F]:
    """The facts in the order of their keys; ``make`` takes the place of a key."""
    order = sorted(range(len(keys)), key=keys.__getitem__)
    return Facts(len(order), lambda place: make(order[place]))


def _contacts_asked_for(reports: Iterable[Report]) -> set[tuple[str, str]]:
    """By article and local id the contacts to which other facts of their articles point."""
    found: set[tuple[str, str]] = set()
    for report in reports:
        ids = [fact.concluded_at for fact in report.agreements]
        ids += [fact.relative_to for fact in report.anniversaries]
        ids += [fact.made_at for fact in report.statements]
        found.update((report.article.id, one) for one in ids if one is not None)
    return found


def _mark(cluster: Cluster | Gathering | Accord | anniversaries.Jubilee) -> list[str]:
    """What tells a cluster from another one of the same key: where its articles tell it."""
    return sorted(
        f"{t.article}:{words.begin}-{words.end}" for t in cluster.tellings for words in (t.fact.evidence or ())
    ) or sorted(f"{t.article}:{t.fact!r}" for t in cluster.tellings)


def _undated(cluster: Cluster, summit: str | None) -> str:
    """What stands in a contact's key for an unknown time: the summit, else the article."""
    return summit.removeprefix("summit/") if summit is not None else f"undated-{min(cluster.articles)}"


def _accord_date(accord: Accord, agreement: Agreement) -> str | None:
    """The date of the contact at which it was concluded, else its own."""
    return date_part(agreement.when if accord.contact is None or accord.when.is_unknown else accord.when)


def _longitudes(reports: Iterable[Report], known: Known) -> dict[str, float]:
    """By article how far east it was written, where that is known."""
    found = ((report.article.id, known.longitude_of(report.article.dateline)) for report in reports)
    return {article: degrees for article, degrees in found if degrees is not None}
