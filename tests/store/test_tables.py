"""Tables and the network of who met whom, of an invented world: what happened, and never what did not."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from xml.etree import ElementTree as ET

import click
import pyoxigraph as ox
import pytest

from kg.cli.serving import export
from kg.store.export import ExportFormat, write_graph
from kg.store.prefixes import DIP, RDF, RDFS

SAMPLE = Path(__file__).parents[1] / "queries" / "sample.ttl"
BASE = "https://w3id.org/diplomacy-kg/id/"
KINDS = {
    ExportFormat.SUMMITS: "Summit",
    ExportFormat.AGREEMENTS: "Agreement",
    ExportFormat.ANNIVERSARIES: "Anniversary",
}
G = "{http://graphml.graphdrawing.org/xmlns}"


@pytest.fixture(scope="module")
def store() -> ox.Store:
    store = ox.Store()
    store.load(path=SAMPLE, format=ox.RdfFormat.TURTLE)
    return store


def rows(store: ox.Store, table: ExportFormat) -> dict[str, dict[str, str]]:
    read = csv.DictReader(io.StringIO(write_graph(store, table).decode(), newline=""))
    assert read.fieldnames is not None
    return {row[read.fieldnames[0]].removeprefix(BASE): row for row in read}


def test_a_meeting_has_its_people_day_place_and_sources(store: ox.Store) -> None:
    meeting = rows(store, ExportFormat.MEETINGS)["meeting/2025-06-17-anna-novak-emil-brandt"]
    assert (meeting["kind"], meeting["status"], meeting["date"]) == ("Meeting", "held", "2025-06-17")
    assert meeting["participants"] == "Anna Novák; Emil Brandt"
    assert meeting["participant_iris"] == f"{BASE}leader/anna-novak; {BASE}leader/emil-brandt"
    assert (meeting["place"], meeting["country"], meeting["country_code"]) == ("Seeburg", "Belmark", "BLM")
    assert len(meeting["articles"].split("; ")) == 3
    assert meeting["sources"] == "2", "one of the three is a copy"


def test_what_did_not_happen_is_in_a_table_of_its_own(store: ox.Store) -> None:
    held, planned = rows(store, ExportFormat.MEETINGS), rows(store, ExportFormat.PLANNED)
    assert planned
    assert not planned.keys() & held.keys()
    assert {row["kind"] for row in planned.values()} == {"PlannedContact"}
    assert "held" not in {row["status"] for row in planned.values()}
    assert {row["kind"] for row in held.values()} <= {"Meeting", "PhoneCall", "VideoCall"}


def test_a_leader_has_a_country_and_offices(store: ox.Store) -> None:
    leader = rows(store, ExportFormat.LEADERS)["leader/anna-novak"]
    assert (leader["name"], leader["country_code"]) == ("Anna Novák", "ARV")
    assert "President of Arvania" in leader["offices"]
    assert int(leader["meetings"]) >= 2


@pytest.mark.parametrize("table", KINDS)
def test_every_thing_of_a_class_has_a_row(store: ox.Store, table: ExportFormat) -> None:
    kind = KINDS[table]
    quads = store.quads_for_pattern(None, ox.NamedNode(f"{RDF}type"), ox.NamedNode(f"{DIP}{kind}"))
    assert rows(store, table).keys() == {str(quad.subject.value).removeprefix(BASE) for quad in quads}  # type: ignore[union-attr]


def test_an_agreement_has_its_topic_and_the_day_on_which_it_was_made(store: ox.Store) -> None:
    agreement = rows(store, ExportFormat.AGREEMENTS)["agreement/2025-06-17-ARV-BLM-fishery"]
    assert agreement["party_codes"] == "ARV; BLM"
    assert agreement["topic"]
    assert agreement["date"] == "2025-06-17"


def test_a_name_with_commas_quotes_and_lines_stays_one_value() -> None:
    store, leader = ox.Store(), ox.NamedNode(f"{BASE}leader/x")
    name = 'Ann, "the\nTall"; =1+1'
    store.add(ox.Quad(leader, ox.NamedNode(f"{RDF}type"), ox.NamedNode(f"{DIP}Leader")))
    store.add(ox.Quad(leader, ox.NamedNode(f"{RDFS}label"), ox.Literal(name)))
    assert rows(store, ExportFormat.LEADERS)["leader/x"]["name"] == name


def test_the_network_joins_who_met_or_spoke_and_nobody_else(store: ox.Store) -> None:
    root = ET.fromstring(write_graph(store, ExportFormat.GRAPHML))
    keys = {key.get("id"): (key.get("for"), key.get("attr.name")) for key in root.iter(f"{G}key")}
    nodes = {node.get("id") for node in root.iter(f"{G}node")}
    edges = {
        (edge.get("source"), edge.get("target")): {keys[data.get("key")][1]: data.text for data in edge}
        for edge in root.iter(f"{G}edge")
    }
    pairs = {
        tuple(sorted((row["one"].value, row["other"].value)))
        for row in store.query(
            f"SELECT ?one ?other {{ ?c a ?kind ; <{DIP}participant> ?one, ?other FILTER(?one != ?other) "
            f"FILTER(?kind IN (<{DIP}Meeting>, <{DIP}PhoneCall>, <{DIP}VideoCall>)) }}"
        )
    }
    assert edges.keys() == pairs
    assert nodes == {one for pair in edges for one in pair}
    met = edges[f"{BASE}leader/anna-novak", f"{BASE}leader/emil-brandt"]
    assert int(met["weight"]) == int(met["meetings"]) + int(met["phone_calls"]) + int(met["video_calls"])
    assert met["first"] <= "2025-06-17" <= met["last"]
    assert all(of in {"node", "edge"} for of, _ in keys.values())


def test_names_that_no_xml_may_hold_do_not_break_the_network() -> None:
    store = ox.Store()
    type_, person = ox.NamedNode(f"{RDF}type"), ox.NamedNode(f"{DIP}participant")
    call = ox.NamedNode(f"{BASE}call/x")
    store.add(ox.Quad(call, type_, ox.NamedNode(f"{DIP}PhoneCall")))
    for name in ("one", "other"):
        leader = ox.NamedNode(f"{BASE}leader/{name}")
        store.add(ox.Quad(call, person, leader))
        store.add(ox.Quad(leader, ox.NamedNode(f"{RDFS}label"), ox.Literal(f"{name} <\x07 & ]]>")))
    labels = [data.text for data in ET.fromstring(write_graph(store, ExportFormat.GRAPHML)).iter(f"{G}data")]
    assert "one <\ufffd & ]]>" in labels


def test_the_command_line_names_every_export() -> None:
    [form] = [parameter for parameter in export.params if parameter.name == "written"]
    assert isinstance(form.type, click.Choice)
    assert list(form.type.choices) == [str(one) for one in ExportFormat]
