"""Every shape lets right data pass, and stops one kind of wrong data after the other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Store
from rdflib import Graph
from rdflib.namespace import RDF, SH

from kg.assemble.audit import Violation, check_assertions, check_shapes
from kg.assemble.derive import derive
from kg.assemble.ranking import rows
from kg.assemble.tallies import tally
from kg.config import shipped
from kg.facts.sheet import parse_sheet
from kg.lexicon.world import World, load_world
from kg.mappers import count
from kg.pipeline import Sources, assemble, audit, draw

SHEET = Path(__file__).parents[1] / "sheets" / "lake_summit.toml"
BASE = "https://w3id.org/diplomacy-kg/"
PREFIXES = f"""PREFIX dip: <https://w3id.org/diplomacy-kg/ns#> PREFIX id: <{BASE}id/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> PREFIX geo: <http://www.w3.org/2003/01/geo/wgs84_pos#>
"""
MORE = """
[[retract]]
fact = "https://example.org/id/meeting/nothing"
reason = "An example of a withdrawal."
"""
OTHER = """
[sheet]
author = "Jo Field"
source = "Radio"
[[contacts]]
kind = "meeting"
status = "held"
participants = ["Anna Novak", "Juan Horvat"]
date = "2024-05-12"
duration = "PT30M"
"""


@pytest.fixture(scope="module")
def world() -> World:
    return load_world(shipped("seeds") / "world")


@pytest.fixture(scope="module")
def dump(world: World) -> bytes:
    """The default graph of two sheets that tell a bit of everything, and disagree on a duration."""
    text = SHEET.read_text(encoding="utf-8")
    sheets = (parse_sheet(MORE.lstrip() + text, "lake.toml"), parse_sheet(OTHER, "radio.toml"))
    sources = Sources(sheets=sheets)
    whole, _ = assemble(sources, world)
    store = draw(whole, sources, world, BASE)
    store.extend(list(count.to_quads(rows(tally(store)), BASE)))
    return b"".join(f"{quad.triple} .\n".encode() for quad in store.quads_for_pattern(None, None, None, DefaultGraph()))


@pytest.fixture
def store(dump: bytes) -> Store:
    from pyoxigraph import RdfFormat

    store = Store()
    store.load(dump, format=RdfFormat.N_TRIPLES)
    return store


def violations(store: Store) -> list[Violation]:
    folder = shipped("ontology")
    return check_shapes(store, folder / "shapes.ttl", folder / "diplomacy.ttl")


def test_right_data_passes_every_shape_and_every_assertion(store: Store) -> None:
    assert violations(store) == []
    assert list(check_assertions(store)) == []


def test_right_data_has_something_for_every_shape(store: Store) -> None:
    for target in shapes().objects(None, SH.targetClass):
        assert store.query(f"ASK {{ ?thing a <{target}> }}"), target


def shapes() -> Graph:
    return Graph().parse(shipped("ontology") / "shapes.ttl")


DROP = "DELETE WHERE {{ ?s a dip:{kind} ; {what} ?o }}"
# shape -> what is done to right data, and words of the message that follows
WRONG: dict[str, tuple[tuple[str, str], ...]] = {
    "Sourced": (
        ("DELETE { ?s dip:reportedIn ?o } WHERE { ?s a dip:Meeting ; dip:reportedIn ?o }", "article that reports"),
        ("DELETE { ?e dip:supports ?s } WHERE { ?s a dip:PhoneCall . ?e dip:supports ?s }", "that it rests on"),
    ),
    "Dated": (
        ("DELETE { ?s dip:latest ?o } WHERE { ?s a dip:Meeting ; dip:latest ?o }", "come together"),
        ('INSERT { ?s dip:date "in May" } WHERE { ?s a dip:Summit }', "one date at most"),
        ('INSERT { ?s dip:earliest "2030-01-01"^^xsd:date } WHERE { ?s a dip:PhoneCall }', "not after the latest"),
    ),
    "Leader": (
        ("DELETE { ?s rdfs:label ?o } WHERE { ?s a dip:Leader ; rdfs:label ?o }", "a leader has one name"),
        ("INSERT { ?s dip:met ?o } WHERE { ?s a dip:Leader . ?o a dip:Country }", "leaders meet leaders"),
        ("INSERT { ?s dip:represents ?s } WHERE { ?s a dip:Leader }", "represents a country"),
    ),
    "Country": (("INSERT DATA { <https://example.org/x> a dip:Country ; rdfs:label 'X' }", "alpha-3"),),
    "Organization": (
        ("DELETE { ?s rdfs:label ?o } WHERE { ?s a dip:Organization ; rdfs:label ?o }", "an organisation has one name"),
    ),
    "Place": (("INSERT { ?s dip:country ?s } WHERE { ?s a dip:Place }", "a place is in one country"),),
    "Located": (
        ("INSERT { ?s geo:lat 91.0 ; geo:long 0.0 } WHERE { ?s a dip:Place }", "from -90 to 90 degrees"),
        ("INSERT { ?s geo:lat 9.0 ; geo:long 'west' } WHERE { ?s a dip:Country }", "from -180 to 180 degrees"),
        ("INSERT { ?s geo:lat 9.0 } WHERE { ?s a dip:Place }", "one longitude"),
        ("INSERT { ?s geo:lat 9.0 ; geo:long 9.0 } WHERE { ?s a dip:Leader }", "lies somewhere"),
    ),
    "Office": (
        ("DELETE { ?s dip:country ?o } WHERE { ?s a dip:Office ; dip:country ?o }", "an office belongs to one"),
    ),
    "Tenure": (
        ("DELETE { ?s dip:holder ?o } WHERE { ?s a dip:Tenure ; dip:holder ?o }", "a tenure has one holder"),
        ('INSERT { ?s dip:startEarliest "2030-01-01"^^xsd:date } WHERE { ?s a dip:Tenure }', "earliest start"),
        ("INSERT { ?s dip:precededBy ?o } WHERE { ?s a dip:Tenure . ?o a dip:Leader }", "follows a tenure"),
    ),
    "Contact": (
        ("DELETE { ?s dip:participant ?o } WHERE { ?s a dip:Meeting ; dip:participant ?o }", "two leaders at least"),
        ("DELETE { ?s dip:status dip:held } INSERT { ?s dip:status dip:cancelled } WHERE { ?s a dip:Meeting }", "held"),
        ("INSERT { ?s dip:plannedParticipant ?o } WHERE { ?s a dip:Meeting . ?o a dip:Leader }", "not planned ones"),
        ("INSERT { ?s a dip:PlannedContact } WHERE { ?s a dip:VideoCall }", "not only planned"),
        ("INSERT { ?s dip:onMarginsOf ?o } WHERE { ?s a dip:Meeting . ?o a dip:Place }", "beside one summit"),
    ),
    "PlannedContact": (
        ("INSERT { ?s dip:participant ?o } WHERE { ?s a dip:PlannedContact . ?o a dip:Leader }", "did not take place"),
        ("DELETE { ?s dip:status ?o } WHERE { ?s a dip:PlannedContact ; dip:status ?o }", "planned, cancelled"),
    ),
    "Summit": (
        ("INSERT { ?s dip:organizedBy ?o } WHERE { ?s a dip:Summit . ?o a dip:Country }", "one organiser at most"),
        ("INSERT { ?s dip:participant ?o } WHERE { ?s a dip:Summit . ?o a dip:Country }", "participants are leaders"),
    ),
    "Anniversary": (
        ("DELETE { ?s dip:ordinal ?o } WHERE { ?s a dip:Anniversary ; dip:ordinal ?o }", "the nth return"),
        ("DELETE { ?s dip:commemorates ?o } WHERE { ?s dip:commemorates ?o }", "looks back on one event"),
    ),
    "CommemoratedEvent": (
        ("DELETE { ?s rdfs:label ?o } WHERE { ?s a dip:CommemoratedEvent ; rdfs:label ?o }", "has one label"),
    ),
    "Agreement": (
        ("INSERT { ?s dip:concerns ?o } WHERE { ?s a dip:Agreement ; dip:party ?o }", "only concerned"),
        ("INSERT { ?s dip:act dip:agreed } WHERE { ?s a dip:Agreement }", "one known act"),
        ("INSERT { ?s dip:concludedAt ?o } WHERE { ?s a dip:Agreement . ?o a dip:PlannedContact }", "that was held"),
    ),
    "Topic": (("DELETE { ?s skos:prefLabel ?o } WHERE { ?s skos:prefLabel ?o }", "one label a language"),),
    "Statement": (
        ("DELETE { ?s dip:speaker ?o } WHERE { ?s a dip:Statement ; dip:speaker ?o }", "one speaker"),
    ),
    "Article": (
        ("DELETE { ?s dip:sourceFile ?o } WHERE { ?s dip:sourceFile ?o }", "comes from a file"),
        ('INSERT { ?s dip:published "yesterday" } WHERE { ?s a dip:Article }', "published on a day"),
        ("INSERT { ?s dip:url <ftp://example.com/a> } WHERE { ?s a dip:Article }", "one address of the web"),
        ("INSERT { ?s dip:copyOf dip:held } WHERE { ?s a dip:Article }", "a copy of one other article"),
        ("INSERT { ?s dip:copyOf ?s } WHERE { ?s a dip:Article }", "the original of a copy is no copy"),
    ),
    "Evidence": (
        ("DELETE { ?s dip:quote ?o } WHERE { ?s dip:quote ?o }", "quotes its words"),
        ("INSERT { ?s dip:begin 999999 } WHERE { ?s a dip:Evidence }", "begins at an offset"),
        ("DELETE { ?s dip:article ?o } WHERE { ?s dip:article ?o }", "from one article"),
    ),
    "Conflict": (("DELETE { ?s dip:claimIn ?o } WHERE { ?s dip:claimIn ?o }", "two sides"),),
    "Claim": (("DELETE { ?s dip:value ?o } WHERE { ?s dip:value ?o }", "gives one value"),),
    "Count": (
        ("DELETE { ?s dip:meetings ?o } WHERE { ?s a dip:MonthCount ; dip:meetings ?o }", "gives a number"),
        ("INSERT { ?s dip:calls -1 } WHERE { ?s dip:calls ?o }", "one number of calls"),
        ("INSERT { ?s dip:meetings -1 } WHERE { ?s dip:meetings ?o }", "one number of meetings"),
        ("INSERT { ?s dip:countOf dip:held, dip:planned, dip:day } WHERE { ?s dip:calls ?o }", "one thing or of two"),
    ),
    "Curation": (
        ("DELETE { ?s dip:reason ?o } WHERE { ?s dip:reason ?o }", "gives its reason"),
        ("DELETE { ?s dip:retracts ?o } WHERE { ?s dip:retracts ?o }", "withdraws or corrects"),
    ),
}  # fmt: skip


def test_every_shape_has_its_wrong_data() -> None:
    named = {str(node).rpartition("#")[2] for node in shapes().subjects(RDF.type, SH.NodeShape)}
    assert named == set(WRONG)


@pytest.mark.parametrize(
    ("shape", "update", "words"), [(shape, *case) for shape, cases in WRONG.items() for case in cases]
)
def test_wrong_data_is_stopped(store: Store, shape: str, update: str, words: str) -> None:
    store.update(PREFIXES + update)
    messages = [violation.message for violation in violations(store)]
    assert any(words in message for message in messages), (shape, messages)


@pytest.mark.parametrize(
    ("update", "words"),
    [
        ("INSERT { ?s dip:participant ?o } WHERE { ?s a dip:PlannedContact . ?o a dip:Leader }", "held and planned"),
        ("INSERT { ?s dip:status dip:held } WHERE { ?s a dip:PlannedContact }", "counts as held"),
        ("INSERT DATA { id:leader/one dip:met id:leader/two }".replace("/", "\\/"), "without a meeting"),
        ("DELETE { ?s dip:met ?o } WHERE { ?s dip:met ?o }", "did not meet"),
        ("DELETE { ?e dip:supports ?s } WHERE { ?e dip:supports ?s }", "no words"),
        ("INSERT { ?e dip:end -1 } WHERE { ?e a dip:Evidence }", "before it begins"),
    ],
)
def test_a_broken_count_is_found(store: Store, update: str, words: str) -> None:
    store.update(PREFIXES + update)
    assert any(words in violation.message for violation in check_assertions(store))


def test_the_shortcuts_follow_from_held_contacts_only(store: Store) -> None:
    edges = {tuple(_end(node.value) for node in (t.subject, t.predicate, t.object)) for t in derive(store)}
    assert {edge for edge in edges if edge[1] == "met"} == {
        ("anna-novak", "met", "juan-horvat"), ("juan-horvat", "met", "anna-novak"),
    }  # fmt: skip
    assert ("anna-novak", "spokeByPhoneWith", "mia-lund") in edges
    assert ("juan-horvat", "spokeByVideoWith", "mia-lund") in edges
    assert {edge[0] for edge in edges if edge[1] == "participatedIn"} == {"anna-novak", "juan-horvat", "mia-lund"}


def _end(iri: str) -> str:
    return re.split("[/#]", iri)[-1]


def test_shapes_of_a_large_graph_are_tried_on_a_part_and_it_is_told_on_which(store: Store) -> None:
    whole = audit(store, shapes_up_to=100_000)
    part = audit(store, shapes_up_to=100)
    assert (whole.part, whole.violations, part.violations, part.in_part) == (None, (), (), ())
    assert re.fullmatch(r"shapes were checked on what 1 of 2 articles tell \(\d+ triples\)", part.part or "")


def test_what_is_broken_in_the_part_is_found_and_what_only_lies_outside_is_not(store: Store) -> None:
    store.update(PREFIXES + "DELETE { ?e dip:quote ?q } WHERE { ?e dip:quote ?q }")
    found = audit(store, shapes_up_to=100).in_part
    assert {violation.message for violation in found} == {"evidence quotes its words"}
    assert len(found) < len(audit(store, shapes_up_to=100_000).violations)
