"""Which tellings of agreements are one: parties, countries concerned and head noun, at one contact or time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kg.assemble.cluster import Neighbours
from kg.assemble.dating import compatible, most_precise
from kg.assemble.told import Telling
from kg.facts.agreement.record import Act, Agreement
from kg.model.date import When
from kg.model.entity import slug

AgreementTelling = Telling[Agreement]

# Where articles use several words for one act, the one that commits most names it.
_WEIGHT: Final = (Act.SIGNED, Act.REAFFIRMED, Act.PLEDGED, Act.AFFIRMED, Act.AGREED, Act.ANNOUNCED)


@dataclass(slots=True, eq=False)
class Accord:
    """Tellings of one agreement; ``contact`` is the key of the contact at which it was concluded."""

    tellings: list[AgreementTelling]
    contact: str | None
    when: When

    @property
    def articles(self) -> set[str]:
        """Who tells it."""
        return {telling.article for telling in self.tellings}


def cluster_agreements(
    tellings: Iterable[AgreementTelling],
    contacts: Mapping[tuple[str, str], tuple[str, When]],
    neighbours: Neighbours,
) -> list[Accord]:
    """The agreements that these tellings are about; ``contacts`` gives key and time by article and local id."""
    parts: dict[tuple[tuple[str, ...], tuple[str, ...], str], list[AgreementTelling]] = defaultdict(list)
    for telling in tellings:
        fact = telling.fact
        parts[fact.parties, fact.concerns, slug(fact.head)].append(telling)
    found: list[Accord] = []
    for mark in sorted(parts):
        found += _split(parts[mark], contacts, neighbours)
    return found


def _split(
    tellings: Sequence[AgreementTelling],
    contacts: Mapping[tuple[str, str], tuple[str, When]],
    neighbours: Neighbours,
) -> list[Accord]:
    """Agreements of the same parties on the same thing, told apart by contact, then by time."""
    accords: dict[str, Accord] = {}
    loose: list[AgreementTelling] = []
    for telling in tellings:
        place = contacts.get((telling.article, telling.fact.concluded_at or ""))
        if place is None:
            loose.append(telling)
            continue
        key, when = place
        accords.setdefault(key, Accord([], key, when)).tellings.append(telling)
    found = [accords[key] for key in sorted(accords)]
    for telling in sorted(loose, key=lambda t: t.fact.when.is_unknown):
        fitting = [accord for accord in found if _fits(telling, accord, neighbours)]
        if len(fitting) == 1:
            fitting[0].tellings.append(telling)
        else:
            found.append(Accord([telling], None, telling.fact.when))
    return found


def _fits(telling: AgreementTelling, accord: Accord, neighbours: Neighbours) -> bool:
    """Whether the time says so, or, without one, an article that tells of the same events."""
    if telling.fact.when.is_unknown or accord.when.is_unknown:
        near = neighbours.of(telling.article) | {telling.article}
        return bool(accord.articles & near)
    return compatible(telling.fact.when, accord.when)


def merged_agreement(accord: Accord) -> Agreement:
    """The act that commits most, the shortest words for what was agreed, everybody who agreed it."""
    facts = [telling.fact for telling in accord.tellings]
    by = {who.slug: who for f in reversed(facts) for who in f.by}
    return replace(
        facts[0],
        act=min((f.act for f in facts), key=_WEIGHT.index),
        topic=min((f.topic for f in facts), key=lambda topic: (len(topic), topic)),
        by=tuple(by[key] for key in sorted(by)),
        when=most_precise(f.when for f in facts),
        evidence=(),
    )


def one_label_a_topic(agreements: Iterable[Agreement]) -> list[Agreement]:
    """The agreements with one spelling of each topic that several have: the one with the fewest capitals."""
    found = list(agreements)
    labels: dict[str, str] = {}
    for label in sorted({fact.topic for fact in found}, key=lambda topic: (sum(map(str.isupper, topic)), topic)):
        labels.setdefault(slug(label), label)
    return [replace(fact, topic=labels[slug(fact.topic)]) for fact in found]
