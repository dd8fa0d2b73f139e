"""All reports to one assembly: each event once, with every article that tells it.

The order of things: contacts first (they say which articles tell of the same events), then summits (whose year another
article may give), then what was concluded at them. Nothing is settled silently: contradictions are listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kg.assemble import anniversaries, summits, tenures
from kg.assemble.agreements import Accord, cluster_agreements, merged_agreement, one_label_a_topic
from kg.assemble.cluster import Cluster, neighbours_of
from kg.assemble.contacts import cluster_contacts
from kg.assemble.copies import originals
from kg.assemble.gather import gather, published
from kg.assemble.key import (
    agreement_key,
    anniversary_key,
    contact_key,
    date_part,
    distinct,
    leader_key,
    past_keys,
    summit_key,
    tenure_key,
    topic_key,
)
from kg.assemble.known import NOTHING, Known
from kg.assemble.merge_contacts import contact_contradictions, merged_contact, outcomes, status_dispute
from kg.assemble.people import one_name_each
from kg.assemble.summits import Gathering
from kg.assemble.told import Assembly, Contradiction, F, Link, Merged, Telling, single, together
from kg.facts.agreement.record import Agreement
from kg.facts.anniversary.record import Anniversary
from kg.facts.contact.record import Contact
from kg.facts.report import Report
from kg.facts.statement.record import Statement
from kg.facts.summit.record import Summit
from kg.facts.tenure.record import Tenure
from kg.model.entity import Leader
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
        self.neighbours = neighbours_of(self.clusters)
        told = summits.summit_tellings(reports, summits.years_of_editions(self.clusters))
        self.gatherings = summits.cluster_summits(told, self.known)

    def assembly(self) -> Assembly:
        """Everything, each fact once."""
        merged_summits = self._summits()
        contacts = self._contacts()
        agreements = self._agreements()
        jubilees = self._anniversaries()
        return Assembly(
            articles=tuple(report.article for report in self.reports),
            leaders=self._leaders(),
            contacts=contacts,
            summits=merged_summits,
            agreements=agreements,
            anniversaries=jubilees,
            tenures=self._tenures(),
            statements=self._statements(),
            contradictions=tuple(sorted(self.contradictions, key=lambda c: (c.key, c.property))),
            copies=tuple(originals(report.article for report in self.reports).items()),
        )

    def _summits(self) -> tuple[Merged[Summit], ...]:
        wholes = [summits.merged_summit(g, self.known) for g in self.gatherings]
        marks = [_mark(g) for g in self.gatherings]
        undated = [f"undated-{min(g.articles)}" for g in self.gatherings]
        keys = distinct([summit_key(s, u) for s, u in zip(wholes, undated, strict=True)], marks)
        self.summit_keys, self.summit_wholes = keys, wholes
        self.summits_told = summits.by_article(self.gatherings)
        found = []
        for key, whole, gathering in zip(keys, wholes, self.gatherings, strict=True):
            self.contradictions += summits.summit_contradictions(key, gathering, self.known)
            found.append(_merged(whole, key, gathering.tellings))
        return _sorted(found)

    def _contacts(self) -> tuple[Merged[Contact], ...]:
        wholes = [merged_contact(cluster, self.known) for cluster in self.clusters]
        ends = outcomes(self.clusters, published(self.reports))
        links = [self._summit_link(cluster) for cluster in self.clusters]
        undated = [_undated(c, link) for c, link in zip(self.clusters, links, strict=True)]
        names = [contact_key(whole, mark) for whole, mark in zip(wholes, undated, strict=True)]
        keys = distinct(names, [_mark(cluster) for cluster in self.clusters])
        self.contact_keys = {
            (t.article, t.fact.id): (key, whole.when, whole.status)
            for key, whole, cluster in zip(keys, wholes, self.clusters, strict=True)
            for t in cluster.tellings
        }
        plans: dict[int, set[str]] = {}
        for plan, held in ends.fulfilled.items():
            plans.setdefault(held, set()).update(self.clusters[plan].articles)
        for plan, held in ends.disputed.items():
            self.contradictions += status_dispute(keys[held], self.clusters[plan], self.clusters[held])
        found = []
        for number, cluster in enumerate(self.clusters):
            self.contradictions += contact_contradictions(keys[number], cluster, self.known)
            merged = _merged(wholes[number], keys[number], cluster.tellings, links[number])
            if number in ends.fulfilled:
                merged = replace(merged, whole=None)
            elif merged.whole is not None and number in plans:
                merged = replace(merged, whole=replace(merged.whole, announced=tuple(sorted(plans[number]))))
            found.append(merged)
        return _sorted(found)

    def _summit_link(self, cluster: Cluster) -> dict[Link, str]:
        """The summit on whose margins the contact was, where a telling names one."""
        for telling in cluster.tellings:
            if telling.fact.summit is None:
                continue
            near = self.summits_told.get((telling.article, telling.fact.summit.series), [])
            number = summits.nearest(telling.fact, {n: self.summit_wholes[n] for n in near})
            if number is not None:
                return {Link.SUMMIT: self.summit_keys[number]}
        return {}

    def _agreements(self) -> tuple[Merged[Agreement], ...]:
        held = {mark: (key, when) for mark, (key, when, status) in self.contact_keys.items() if status is Status.HELD}
        tellings = [Telling(r.article.id, fact) for r in self.reports for fact in r.agreements]
        accords = cluster_agreements(tellings, held, self.neighbours)
        wholes = one_label_a_topic(merged_agreement(accord) for accord in accords)
        names = [agreement_key(w, _accord_date(a, w)) for a, w in zip(accords, wholes, strict=True)]
        keys = distinct(names, [_mark(accord) for accord in accords])
        found = []
        for key, whole, accord in zip(keys, wholes, accords, strict=True):
            links = {Link.TOPIC: topic_key(whole.topic)}
            if accord.contact is not None:
                links[Link.CONTACT] = accord.contact
            found.append(_merged(whole, key, accord.tellings, links))
        return _sorted(found)

    def _anniversaries(self) -> tuple[Merged[Anniversary], ...]:
        tellings = [Telling(r.article.id, fact) for r in self.reports for fact in r.anniversaries]
        jubilees = anniversaries.cluster_anniversaries(tellings, self.neighbours)
        days = {mark: when for mark, (_, when, _) in self.contact_keys.items()}
        wholes = [anniversaries.merged_anniversary(jubilee, days) for jubilee in jubilees]
        keys = distinct([anniversary_key(whole) for whole in wholes], [_mark(jubilee) for jubilee in jubilees])
        self.jubilee_keys: dict[tuple[str, int, str], str] = {}
        pasts = past_keys(wholes)
        wholes = anniversaries.one_wording_each(wholes, pasts)
        found = []
        for key, whole, jubilee, past in zip(keys, wholes, jubilees, pasts, strict=True):
            self.contradictions += anniversaries.anniversary_contradictions(key, jubilee)
            for telling in jubilee.tellings:
                self.jubilee_keys[telling.article, telling.fact.ordinal, telling.fact.head] = key
            found.append(_merged(whole, key, jubilee.tellings, {Link.PAST: past}))
        return _sorted(found)

    def _tenures(self) -> tuple[Merged[Tenure], ...]:
        parts = tenures.cluster_tenures(tenures.tenure_tellings(self.reports))
        wholes = tenures.close_by_successors({key: tenures.merged_tenure(told) for key, told in parts.items()})
        found = []
        for key, told in parts.items():
            self.contradictions += tenures.tenure_contradictions(key, told)
            before = tenures.predecessor(wholes[key])
            links = {Link.PREDECESSOR: tenure_key(before)} if before else {}
            found.append(
                Merged(
                    whole=together(wholes[key], key, told, links),
                    tellings=tuple(single(t, key, links if t.fact.preceded_by else {}) for t in told),
                )
            )
        return tuple(found)

    def _statements(self) -> tuple[Merged[Statement], ...]:
        found = []
        for report in self.reports:
            article = report.article.id
            for number, fact in enumerate(report.statements):
                begin = fact.evidence[0].begin if fact.evidence else f"n{number}"
                links: dict[Link, str] = {}
                if fact.made_at is not None and (article, fact.made_at) in self.contact_keys:
                    links[Link.CONTACT] = self.contact_keys[article, fact.made_at][0]
                if fact.about_anniversary is not None:
                    key = self.jubilee_keys.get((article, *fact.about_anniversary))
                    links |= {Link.ANNIVERSARY: key} if key else {}
                found.append(_merged(fact, f"statement/{article}-{begin}", [Telling(article, fact)], links))
        return _sorted(found)

    def _leaders(self) -> tuple[tuple[str, Leader], ...]:
        """Everybody whom a fact names, once, with the office and country that some article gives."""
        named: list[Leader] = []
        for report in self.reports:
            named += report.leaders
            named += [who for fact in report.contacts for who in fact.participants]
            named += [who for fact in report.summits for who in fact.participants]
            named += [who for fact in report.agreements for who in fact.by]
            named += [who for fact in report.tenures for who in (fact.holder, fact.preceded_by) if who]
            named += [fact.speaker for fact in report.statements]
        seen: dict[str, Leader] = {}
        for who in sorted(set(map(_whole_leader, named)), key=lambda w: (not w[1], not w[2], w)):
            leader = Leader(name=who[0], country=who[1] or None, office=who[2] or None, wikidata=who[3] or None)
            seen.setdefault(leader_key(leader), leader)
        return tuple(sorted(seen.items()))


def _whole_leader(who: Leader) -> tuple[str, str, str, str]:
    return who.name, who.country or "", who.office or "", who.wikidata or ""


def _merged(whole: F, key: str, tellings: Sequence[Telling[F]], links: Mapping[Link, str] | None = None) -> Merged[F]:
    return Merged(
        whole=together(whole, key, tellings, links),
        tellings=tuple(single(telling, key, links) for telling in tellings),
    )


def _sorted(found: Iterable[Merged[F]]) -> tuple[Merged[F], ...]:
    return tuple(sorted(found, key=lambda merged: merged.tellings[0].key))


def _mark(cluster: Cluster | Gathering | Accord | anniversaries.Jubilee) -> list[str]:
    """What tells a cluster from another one of the same key: where its articles tell it."""
    return sorted(
        f"{t.article}:{words.begin}-{words.end}" for t in cluster.tellings for words in (t.fact.evidence or ())
    ) or sorted(f"{t.article}:{t.fact!r}" for t in cluster.tellings)


def _undated(cluster: Cluster, links: Mapping[Link, str]) -> str:
    """What stands in a contact's key for an unknown time: the summit, else the article."""
    if Link.SUMMIT in links:
        return links[Link.SUMMIT].removeprefix("summit/")
    return f"undated-{min(cluster.articles)}"


def _accord_date(accord: Accord, agreement: Agreement) -> str | None:
    """The date of the contact at which it was concluded, else its own."""
    return date_part(agreement.when if accord.contact is None or accord.when.is_unknown else accord.when)


def _longitudes(reports: Iterable[Report], known: Known) -> dict[str, float]:
    """By article how far east it was written, where that is known."""
    found = ((report.article.id, known.longitude_of(report.article.dateline)) for report in reports)
    return {article: degrees for article, degrees in found if degrees is not None}
