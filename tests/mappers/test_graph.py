"""From reports to the graph: what goes into the whole, what stays with its article, and the same bytes every time."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Store
from rdflib import Graph

import kg
from kg.assemble.derive import derive, order
from kg.assemble.why import evidence_of
from kg.config import Settings, shipped
from kg.errors import ArticleError, SeedError
from kg.facts.jsonl import from_line, to_line
from kg.facts.sheet import parse_sheet, read_sheet
from kg.lexicon.world import World, load_world
from kg.pipeline import Sources, Stages, assemble, build, draw, lines_of, read_sources, turtle_of
from kg.store.export import ExportFormat, write_graph
from kg.store.generation import canonical_lines, current

SHEET = Path(__file__).parents[1] / "sheets" / "lake_summit.toml"
BASE = "https://w3id.org/diplomacy-kg/"
PREFIX = f"PREFIX dip: <https://w3id.org/diplomacy-kg/ns#> PREFIX g: <{BASE}graph/>\n"
PREFIX += "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n"
PREFIX += "PREFIX geo: <http://www.w3.org/2003/01/geo/wgs84_pos#>\n"
RADIO = """
[sheet]
author = "Jo Field"
source = "Radio"
[[contacts]]
kind = "meeting"
status = "held"
participants = ["Anna Novak", "Juan Horvat"]
date = "--05-12"
place = "Slovenia"
"""
MEETING = "meeting/2024-05-12-anna-novak-juan-horvat"


@pytest.fixture(scope="module")
def world() -> World:
    return load_world(shipped("seeds") / "world")


def drawn(world: World, *texts: str) -> Store:
    sources = Sources(sheets=tuple(parse_sheet(text, f"{n}.toml") for n, text in enumerate(texts)))
    whole, _ = assemble(sources, world)
    return draw(whole, sources, world, BASE)


@pytest.fixture(scope="module")
def store(world: World) -> Store:
    return drawn(world, SHEET.read_text(encoding="utf-8"), RADIO)


def ask(store: Store, pattern: str) -> bool:
    return bool(store.query(f"{PREFIX} ASK {{ {pattern} }}"))


def node(key: str) -> str:
    return f"<{BASE}id/{key}>"


def test_a_meeting_is_in_the_whole_once_with_both_its_articles(store: Store) -> None:
    rows = list(
        store.query(f"{PREFIX} SELECT ?article WHERE {{ {node(MEETING)} a dip:Meeting ; dip:reportedIn ?article }}")
    )  # type: ignore[arg-type]
    assert len(rows) == 2


def test_an_article_alone_supports_no_more_than_it_says(store: Store) -> None:
    said = f"GRAPH ?g {{ {node(MEETING)} dip:date '--05-12'^^<http://www.w3.org/2001/XMLSchema#gMonthDay> }}"
    assert ask(store, said)
    assert not ask(store, said + f" GRAPH ?g {{ {node(MEETING)} dip:earliest ?day }}")
    assert not ask(store, said + f" GRAPH ?g {{ {node(MEETING)} dip:duration ?long }}")


def test_what_was_not_held_has_no_participants_and_nobody_met(store: Store) -> None:
    plan = node("planned/2024-06-01-juan-horvat-mia-lund")
    assert ask(store, f"{plan} a dip:PlannedContact ; dip:status dip:postponed ; dip:plannedParticipant ?who")
    assert not ask(store, f"{plan} dip:participant ?who")
    assert not ask(store, f"{node('leader/juan-horvat')} dip:met {node('leader/mia-lund')}")


def test_the_shortcuts_are_in_their_own_graph_and_in_the_whole(store: Store) -> None:
    edge = f"{node('leader/anna-novak')} dip:met {node('leader/juan-horvat')}"
    assert ask(store, edge)
    assert ask(store, f"GRAPH g:derived {{ {edge} }}")


def test_entities_are_described_with_what_the_world_knows(store: Store) -> None:
    assert ask(store, f"{node('country/SVN')} rdfs:label 'Slovenia'@en")
    assert ask(store, f"{node('office/president-SVN')} rdfs:label 'President of Slovenia'@en")
    assert ask(store, f"{node('leader/mia-lund')} dip:represents {node('org/nato')}")
    assert not ask(store, f"{node('country/JPN')} ?p ?o")
    assert ask(store, f"GRAPH g:reference {{ {node('country/JPN')} rdfs:label 'Japan'@en }}")


def test_places_lie_where_the_world_says_and_countries_where_their_capitals_do(store: Store) -> None:
    assert ask(store, f"GRAPH g:reference {{ {node('place/brussels')} geo:lat 50.85 ; geo:long 4.35 }}")
    assert ask(store, f"GRAPH g:reference {{ {node('country/BEL')} geo:lat 50.85 ; geo:long 4.35 }}")
    assert ask(store, f"GRAPH g:reference {{ {node('place/buenos-aires')} geo:lat -34.6 ; geo:long -58.38 }}")
    assert not ask(store, f"GRAPH g:reference {{ {node('org/nato')} geo:lat ?degrees }}")
    assert not ask(store, f"GRAPH g:reference {{ {node('country/SUN')} geo:lat ?degrees }}")


def test_no_place_lies_beyond_the_poles(tmp_path: Path) -> None:
    for degrees in ("90.5,0", "0,-181", "nan,0", "0,inf"):
        (tmp_path / "places.csv").write_text(
            f"name,aliases,country,lat,lon\nNowhere,,XNO,{degrees}\n", encoding="utf-8"
        )
        with pytest.raises(SeedError, match=r"places.csv:2: .* is not between"):
            load_world(tmp_path)


def test_there_are_no_blank_nodes(store: Store) -> None:
    assert not ask(store, "{ ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } FILTER (isBlank(?s) || isBlank(?o))")


def test_why_prints_the_words_of_every_article(store: Store) -> None:
    words = evidence_of(store, f"{BASE}id/{MEETING}")
    assert {found.attributed_to for found in words} == {"Embassy bulletin 14", "Radio"}
    assert evidence_of(store, f"{BASE}id/meeting/never") == []
    assert evidence_of(store, "> } DROP ALL") == []


def test_either_order_of_the_sources_gives_the_same_bytes(world: World) -> None:
    lake = SHEET.read_text(encoding="utf-8")
    one, two = drawn(world, lake, RADIO), drawn(world, RADIO, lake)
    # The name of a sheet's file is part of what it says about itself.
    for form in (ExportFormat.TURTLE, ExportFormat.NQUADS):
        texts = [write_graph(store, form).replace(b"0.toml", b"1.toml") for store in (one, two)]
        assert sorted(texts[0].splitlines()) == sorted(texts[1].splitlines())


def test_the_same_sources_give_the_same_bytes_under_every_hash_seed() -> None:
    code = (
        "import sys, hashlib; from pathlib import Path; from kg.config import shipped;"
        "from kg.lexicon.world import load_world; from kg.facts.sheet import read_sheet;"
        "from kg.pipeline import Sources, assemble, draw; from kg.store.export import *;"
        "w = load_world(shipped('seeds') / 'world'); s = Sources(sheets=(read_sheet(Path(sys.argv[1])),));"
        "g = draw(assemble(s, w)[0], s, w, 'https://example.org/');"
        "print(hashlib.sha256(write_graph(g, ExportFormat.TURTLE) + write_graph(g, ExportFormat.NQUADS)).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code, str(SHEET)],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(kg.__file__).parents[1])},
            capture_output=True, check=True, text=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(digests) == 1


def test_a_hostile_article_is_inert_in_every_format(world: World) -> None:
    evil = '"""> . <x> } <script>alert(1)</script>\u0000\u202e'
    report = from_line(to_line(read_sheet(SHEET).report).replace("Anna Novak", "Anna }> Novak\\u202e"), "x", 1)
    hostile = replace(report, article=replace(report.article, id=evil, headline=evil, byline=evil, dateline=evil))
    sources = Sources(reports=(hostile,))
    store = draw(assemble(sources, world)[0], sources, world, BASE)
    whole = len(list(store.quads_for_pattern(None, None, None, DefaultGraph())))
    assert len(Graph().parse(data=write_graph(store, ExportFormat.TURTLE), format="turtle")) == whole
    assert len(Graph().parse(data=write_graph(store, ExportFormat.RDFXML), format="xml")) == whole
    again = Store()
    again.load(write_graph(store, ExportFormat.NQUADS), format=RdfFormat.N_QUADS)
    assert set(again) == set(store)


# --- curation


def test_a_withdrawn_meeting_is_gone_and_the_graph_says_who_withdrew_it_and_why(world: World) -> None:
    withdrawn = f'[[retract]]\nfact = "{BASE}id/{MEETING}"\nreason = "It was a rehearsal."\n'
    store = drawn(world, SHEET.read_text(encoding="utf-8"), RADIO + withdrawn)
    assert not ask(store, f"{node(MEETING)} a dip:Meeting")
    assert not ask(store, f"?anyone dip:met {node('leader/anna-novak')}")
    assert ask(store, f"?c dip:retracts {node(MEETING)} ; dip:reason 'It was a rehearsal.' ; dip:reportedIn ?sheet ."
                      " ?sheet dip:byline 'Jo Field'")  # fmt: skip


def test_a_sheet_may_replace_what_rules_read_from_an_article(world: World) -> None:
    report = from_line(to_line(read_sheet(SHEET).report), "x", 1)
    text = '[sheet]\nauthor = "A"\nsource = "B"\nmode = "replace"\n'
    text += f'[article]\nid = "{report.article.id}"\npath = "x.txt"\n'
    sources = Sources(reports=(report,), sheets=(parse_sheet(text, "x.toml"),))
    whole, _ = assemble(sources, world)
    assert whole.contacts == ()


# --- the whole flow


def no_articles(path: Path) -> Iterator[ArticleError]:
    yield ArticleError(str(path), "no article")


STAGES = Stages(items=no_articles, things=lambda _: iter(()))


def test_a_build_publishes_a_generation_and_names_what_it_rejects(world: World, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "lake.toml").write_bytes(SHEET.read_bytes())
    (folder / "slip.toml").write_text("[sheet]\n")
    (folder / "slip.jsonl").write_text("{}\n")
    (folder / "noise.txt").write_text("")
    (folder / ".hidden").write_text("")
    run = build([folder], Settings(store=tmp_path / "store"), world, STAGES)
    assert run.generation == current(tmp_path / "store")
    assert run.counts["Meeting"] == 1
    assert sorted(Path(str(error).split(":")[0]).name for error in run.rejected) == [
        "noise.txt", "slip.jsonl", "slip.toml",
    ]  # fmt: skip
    assert run.violations == ()


def test_a_graph_that_breaks_its_rules_is_not_published(world: World, tmp_path: Path) -> None:
    settings = Settings(store=tmp_path / "store")
    before = build([SHEET], settings, world, STAGES).generation
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(
        '[sheet]\nauthor = "A"\nsource = "B"\n[[tenures]]\nholder = "Mia Lund"\noffice = "Envoy"\ncountry = "NATO"\n'
        "start_earliest = 2024-05-02\nstart_latest = 2024-05-01\n"
    )
    run = build([SHEET, wrong], settings, world, STAGES)
    assert run.generation is None
    assert "the earliest start is not after the latest" in run.violations[0].message
    assert current(settings.store) == before


def test_one_report_alone_can_be_had_as_turtle(world: World) -> None:
    text = turtle_of(read_sheet(SHEET).report, world)
    assert "a dip:Meeting" in text
    assert "Japan" not in text
    assert "sortKey" not in text


def test_reports_in_json_lines_are_sources_too(tmp_path: Path) -> None:
    file = tmp_path / "told.jsonl"
    report = read_sheet(SHEET).report
    file.write_text(to_line(report) + "\n\n", encoding="utf-8")
    assert len(read_sources([file], STAGES).reports) == 1


def test_the_shortcuts_are_those_that_the_rules_find_in_the_graph(world: World) -> None:
    store = drawn(world, SHEET.read_text(encoding="utf-8"), RADIO)
    derived = store.quads_for_pattern(None, None, None, NamedNode(f"{BASE}graph/derived"))
    assert {quad.triple for quad in derived} == {*derive(store), *order(store)}


def test_a_store_gives_back_the_lines_that_the_facts_were_written_as(world: World) -> None:
    sources = Sources(sheets=(read_sheet(SHEET),))
    whole, _ = assemble(sources, world)
    lines = b"".join(lines_of(whole, sources, world, BASE)).splitlines(keepends=True)
    assert sorted(set(lines)) == canonical_lines(draw(whole, sources, world, BASE))
