"""Reports of an invented diplomacy, always the same for the same seed, as large as a benchmark wants them.

A few hundred leaders of all countries meet, call, plan, attend summits, agree and mark anniversaries; every fact has
its evidence. The reports go through the real assembly and the real mappers, so that the graph has the shape of a built
one: only the sentences are no text that anybody read.
"""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from kg.config import BASE_IRI
from kg.facts.jsonl import from_line
from kg.lexicon.world import World
from kg.pipeline import Sources, assemble, draw
from kg.store.generation import Generation, publish
from tests.bench.repeating import invented

_LEADERS: Final = 800
# At least; with the reference world the graph has some more.
_QUADS_OF_AN_ARTICLE: Final = 450
_FIRST_DAY: Final = dt.date(1996, 1, 1)
_DAYS: Final = 30 * 365
_OFFICES: Final = ("President", "Prime Minister", "Foreign Minister")
_SERIES: Final = ("G7", "G20", "NATO", "APEC", "ASEAN")
_TOPICS: Final = (
    ("fisheries treaty", "treaty"), ("trade deal", "deal"), ("cooperation on energy", "cooperation"),
    ("hotline between the capitals", "hotline"), ("visa waiver", "waiver"), ("ceasefire", "ceasefire"),
)  # fmt: skip
_KINDS: Final = ("meeting",) * 6 + ("phone",) * 3 + ("video",)
_STATUSES: Final = ("held",) * 8 + ("planned", "cancelled", "postponed")
_RULES: Final = {"meeting": "contact.met", "phone": "contact.spoke-by-phone", "video": "contact.spoke-by-video"}


def build_graph(root: Path, world: World, *, quads: int, seed: int = 1) -> Generation:
    """A published store of at least so many quads."""
    lines = generate(world, 1 + quads // _QUADS_OF_AN_ARTICLE, seed)
    reports = [from_line(line, "generated", at) for at, line in enumerate(lines, start=1)]
    sources = Sources(reports=tuple(reports))
    whole, _ = assemble(sources, world)
    generation = publish(root, draw(whole, sources, world, BASE_IRI))
    assert generation.quads >= quads, f"only {generation.quads} quads: the articles give less than they did"
    return generation


def generate(world: World, articles: int, seed: int) -> Iterator[str]:
    """Lines of JSON as ``kg extract`` writes them, one an article."""
    chance = random.Random(seed)
    countries = sorted(world.countries)
    people = [(" ".join(invented(f"{seed} {at}")), countries[at % len(countries)]) for at in range(_LEADERS)]
    people = list(dict(people).items())
    for at in range(articles):
        day = _FIRST_DAY + dt.timedelta(days=chance.randrange(_DAYS))
        # The first of the list are in the news the most, as in life.
        present = [people[min(int(chance.expovariate(4 / _LEADERS)), len(people) - 1)] for _ in range(7)]
        present = list(dict(present).items())
        if len(present) > 2:
            yield json.dumps(_report(chance, world, at, day, present))


def _report(
    chance: random.Random, world: World, at: int, day: dt.date, present: Sequence[tuple[str, str]]
) -> dict[str, Any]:
    published = day + dt.timedelta(days=chance.randrange(3))
    edition = {"series": chance.choice(_SERIES), "year": day.year, "place": None}
    town = chance.choice(sorted(world.towns)[:400])
    contacts = [
        _contact(chance, n, pair, day, town, edition) for n, pair in enumerate(_pairs(chance, present), start=1)
    ]
    first, second = present[0][1], present[1][1]
    return {
        "article": {
            "id": f"{at:020x}", "path": f"{at:06d}.txt",
            "headline": f"Report {at}: {present[0][0]} meets {present[1][0]}",
            "publisher": "The Invented Post", "published": published.isoformat(), "dateline": town, "language": "en",
        },
        "leaders": [
            {"name": name, "office": _office(name), "country": country} for name, country in present
        ],
        "places": [],
        "contacts": contacts,
        "summits": [
            {
                "series": edition["series"], "name": f"{edition['series']} summit", "year": day.year, "status": "held",
                "participants": [name for name, _ in present[:3]],
                "evidence": _evidence(chance, "summit.named", "summit"),
            }
        ],
        "agreements": [_agreement(chance, (first, second), present, contacts[0])] if first != second else [],
        "anniversaries": [_anniversary(chance, day, (first, second))] if first != second else [],
        "tenures": [
            {
                "holder": name, "office": _office(name), "country": country,
                "observed_on": [published.isoformat()],
                "evidence": _evidence(chance, "tenure.title-name", name),
            }
            for name, country in present
        ],
        "statements": [],
        "problems": [],
    }  # fmt: skip


def _office(name: str) -> str:
    return _OFFICES[len(name) % len(_OFFICES)]


def _pairs(chance: random.Random, present: Sequence[tuple[str, str]]) -> list[list[str]]:
    names = [name for name, _ in present]
    return [sorted(chance.sample(names, 2)) for _ in range(5)] + [sorted(chance.sample(names, 3))]


def _contact(  # noqa: PLR0917  # all that a contact is made of
    chance: random.Random, number: int, who: list[str], day: dt.date, town: str, edition: dict[str, Any]
) -> dict[str, Any]:
    kind = chance.choice(_KINDS)
    at_summit = kind == "meeting" and chance.random() < 0.5
    return {
        "id": f"c{number}", "kind": kind, "status": chance.choice(_STATUSES),
        "format": "bilateral" if len(who) == 2 else "trilateral", "participants": who, **_on(day),
        "place": town if kind == "meeting" else None,
        "summit": edition if at_summit else None,
        "evidence": _evidence(chance, _RULES[kind], f"{who[0]} and {who[1]} spoke of what lies between them on {day}"),
    }  # fmt: skip


def _agreement(
    chance: random.Random, parties: tuple[str, str], present: Sequence[tuple[str, str]], contact: dict[str, Any]
) -> dict[str, Any]:
    topic, head = chance.choice(_TOPICS)
    return {
        "act": chance.choice(["agreed", "signed", "pledged"]), "topic": topic, "head": head, "parties": sorted(parties),
        "concerns": [], "by": [name for name, _ in present[:2]], "concluded_at": contact["id"],
        **_on(dt.date.fromisoformat(contact["date"])), "evidence": _evidence(chance, "agreement.signed", topic),
    }  # fmt: skip


def _anniversary(chance: random.Random, day: dt.date, parties: tuple[str, str]) -> dict[str, Any]:
    ordinal = chance.randrange(10, 70, 5)
    return {
        "ordinal": ordinal, "of": "diplomatic relations", "head": "establishment", "year": day.year,
        "base_year": day.year - ordinal, "parties": sorted(parties), "date": str(day.year),
        "earliest": f"{day.year}-01-01", "latest": f"{day.year}-12-31", "precision": "year",
        "evidence": _evidence(chance, "anniversary.nth-of", f"{ordinal}th anniversary of diplomatic relations"),
    }  # fmt: skip


def _on(day: dt.date) -> dict[str, str]:
    return {"date": day.isoformat(), "earliest": day.isoformat(), "latest": day.isoformat(), "precision": "day"}


def _evidence(chance: random.Random, rule: str, quote: str) -> list[dict[str, Any]]:
    begin = chance.randrange(3000)
    return [{"begin": begin, "end": begin + len(quote), "rule": rule, "quote": quote, "date_text": None}]
