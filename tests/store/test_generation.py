"""Generations: what was published reads back, damage is named, a failed build changes nothing."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import StoreError
from kg.store.export import ExportFormat, write_graph
from kg.store.generation import current, digest, publish, verify
from kg.store.graph import open_graph
from kg.store.publish import KEPT

SAMPLE = Path(__file__).parents[1] / "queries" / "sample.ttl"
NASTY = 'a """ quote\\ > . <x> } <script>\u202e\x07'


def quads() -> list[ox.Quad]:
    graph = ox.NamedNode("https://w3id.org/diplomacy-kg/graph/article/aa01")
    found = list(ox.parse(path=SAMPLE, format=ox.RdfFormat.TURTLE))
    found += [ox.Quad(*quad.triple, graph) for quad in found[:40]]
    node = ox.NamedNode("https://w3id.org/diplomacy-kg/id/leader/x")
    found.append(ox.Quad(node, ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label"), ox.Literal(NASTY)))
    return found


def test_what_was_published_is_current_and_reads_back(tmp_path: Path) -> None:
    published = publish(tmp_path, quads())
    assert current(tmp_path) == published
    assert published.quads == len(set(quads()))
    assert published.digest == digest(quads())
    verify(published)


def test_an_empty_graph_can_be_published(tmp_path: Path) -> None:
    assert publish(tmp_path, []).quads == 0


def test_the_digest_depends_on_the_quads_alone(tmp_path: Path) -> None:
    shuffled = quads()
    random.Random(7).shuffle(shuffled)
    assert publish(tmp_path / "a", quads()).digest == publish(tmp_path / "b", shuffled).digest


def test_a_folder_without_a_store_says_how_to_build_one(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="kg build"):
        current(tmp_path)


def test_a_build_that_fails_leaves_the_graph_as_it_was(tmp_path: Path) -> None:
    first = publish(tmp_path, quads())

    def broken() -> Iterator[ox.Quad]:
        yield quads()[0]
        raise RuntimeError("the mapper broke")

    with pytest.raises(RuntimeError, match="the mapper broke"):
        publish(tmp_path, broken())
    with pytest.raises(StoreError, match="not a name of an export"):
        publish(tmp_path, quads(), exports={"../escape": b""})
    assert current(tmp_path) == first
    assert [entry.name for entry in (tmp_path / "generations").iterdir()] == ["1"]


def test_old_generations_are_dropped_and_the_last_ones_kept(tmp_path: Path) -> None:
    for _ in range(KEPT + 2):
        newest = publish(tmp_path, quads()[:3])
    kept = sorted(int(entry.name) for entry in (tmp_path / "generations").iterdir())
    assert kept == list(range(newest.number - KEPT + 1, newest.number + 1))


def test_exports_are_kept_with_their_generation(tmp_path: Path) -> None:
    generation = publish(tmp_path, quads(), exports={"diplomacy.ttl": b"# hello\n"})
    file = generation.export("diplomacy.ttl")
    assert file is not None
    assert file.read_bytes() == b"# hello\n"
    assert generation.exports == ("diplomacy.ttl",)
    assert generation.export("../manifest.json") is None


@pytest.mark.parametrize("kind", ["MANIFEST", "sst"])
def test_a_truncated_file_is_named(tmp_path: Path, kind: str) -> None:
    generation = publish(tmp_path, quads())
    file = next(file for file in sorted(generation.graph_path.iterdir()) if kind in file.name)
    file.write_bytes(file.read_bytes()[:-7])
    with pytest.raises(StoreError, match=rf"generation 1 is damaged: the file {file.name}"):
        verify(generation, deep=False)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    generation = publish(tmp_path, quads())
    (generation.graph_path / "CURRENT").unlink()
    with pytest.raises(StoreError, match="CURRENT is missing"):
        verify(generation)


def test_a_store_with_other_quads_than_published_is_damaged(tmp_path: Path) -> None:
    generation = publish(tmp_path, quads())
    manifest = json.loads((generation.path / "manifest.json").read_text())
    (generation.path / "manifest.json").write_text(json.dumps(manifest | {"digest": "0" * 64}))
    verify(current(tmp_path), deep=False)
    with pytest.raises(StoreError, match="not those that were published"):
        verify(current(tmp_path))


@pytest.mark.parametrize("content", ["", "many", "7", "\x00"])
def test_a_current_file_that_names_nothing_is_refused(tmp_path: Path, content: str) -> None:
    publish(tmp_path, quads()[:1])
    (tmp_path / "current").write_text(content)
    with pytest.raises(StoreError):
        current(tmp_path)


def test_a_broken_manifest_is_refused(tmp_path: Path) -> None:
    generation = publish(tmp_path, quads()[:1])
    (generation.path / "manifest.json").write_text("{")
    with pytest.raises(StoreError, match="manifest cannot be read"):
        current(tmp_path)


@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")  # rdflib's own, from within its query
def test_the_graph_opens_as_a_read_only_dataset(tmp_path: Path) -> None:
    publish(tmp_path, quads())
    dataset = open_graph(tmp_path)
    rows = list(dataset.query("SELECT ?m { ?m a dip:Meeting }"))
    assert len(rows) == 3
    with pytest.raises(RuntimeError):
        dataset.update("INSERT DATA { <a:a> <a:b> <a:c> }")


@pytest.mark.parametrize("written", list(ExportFormat))
def test_an_export_is_the_same_bytes_whatever_the_order(tmp_path: Path, written: ExportFormat) -> None:
    shuffled = quads()
    random.Random(3).shuffle(shuffled)
    first = write_graph(publish(tmp_path / "a", quads()).open(), written)
    second = write_graph(publish(tmp_path / "b", shuffled).open(), written)
    assert first == second


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (ExportFormat.TURTLE, ox.RdfFormat.TURTLE),
        (ExportFormat.NTRIPLES, ox.RdfFormat.N_TRIPLES),
        (ExportFormat.JSONLD, ox.RdfFormat.JSON_LD),
        (ExportFormat.RDFXML, ox.RdfFormat.RDF_XML),
        (ExportFormat.NQUADS, ox.RdfFormat.N_QUADS),
        (ExportFormat.TRIG, ox.RdfFormat.TRIG),
    ],
)
def test_an_export_reads_back_as_what_it_was(tmp_path: Path, written: ExportFormat, read: ox.RdfFormat) -> None:
    content = write_graph(publish(tmp_path, quads()).open(), written)
    expected = {
        quad
        for quad in quads()
        if written in {ExportFormat.NQUADS, ExportFormat.TRIG} or quad.graph_name == ox.DefaultGraph()
    }
    if written is ExportFormat.RDFXML:
        # XML knows no control characters: they become the replacement character.
        told = ox.Literal(NASTY.replace("\x07", "\ufffd"))
        expected = {
            ox.Quad(quad.subject, quad.predicate, told) if quad.object == ox.Literal(NASTY) else quad
            for quad in expected
        }
    assert set(ox.parse(content, format=read)) == expected


def test_two_builds_at_once_do_not_harm_each_other(tmp_path: Path) -> None:
    node = ox.NamedNode("http://example.org/a")
    with ThreadPoolExecutor(4) as builders:
        built = builders.map(lambda n: publish(tmp_path, [ox.Quad(node, node, ox.Literal(str(n)))]), range(4))
        assert sorted(generation.number for generation in built) == [1, 2, 3, 4]
    verify(current(tmp_path))
    assert sorted(file.name for file in tmp_path.iterdir()) == ["current", "generations", "lock"]


def test_a_build_that_fails_leaves_the_folder_of_another_alone(tmp_path: Path) -> None:
    (tmp_path / "generations" / "1").mkdir(parents=True)
    (tmp_path / "generations" / "1" / "half").touch()

    def failing() -> Iterator[ox.Quad]:
        raise ValueError("no")
        yield

    with pytest.raises(StoreError):
        publish(tmp_path, failing())
    assert (tmp_path / "generations" / "1" / "half").exists()


def test_a_manifest_that_names_no_files_is_damaged(tmp_path: Path) -> None:
    manifest = publish(tmp_path, quads()).path / "manifest.json"
    told = json.loads(manifest.read_text())
    del told["files"]
    manifest.write_text(json.dumps(told))
    with pytest.raises(StoreError, match="names no files"):
        current(tmp_path)
