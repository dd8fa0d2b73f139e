"""A build made of the one before is as one made from nothing: the same quads, digest and exports, byte for byte."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.config import Limits
from kg.engine.writer import Writer
from kg.errors import StoreDamaged
from kg.store.by_hand import ByHand
from kg.store.difference import difference, together
from kg.store.earlier import earlier
from kg.store.export import ExportFormat
from kg.store.generation import Generation, canonical_lines, current, digest, verify
from kg.store.lines import Change, changes, line_at, mapped, place_of
from kg.store.prefixes import DIP, RDF, XSD
from kg.store.rebuild import publish_build, rebuild, workplace

ROOT = Path(__file__).parents[2]
EXPORTS = {
    "diplomacy.ttl": ExportFormat.TURTLE,
    "diplomacy.nt": ExportFormat.NTRIPLES,
    "diplomacy.nq": ExportFormat.NQUADS,
}
SUBJECTS = [ox.NamedNode(f"{DIP}s{number}") for number in range(12)] + [
    ox.NamedNode("urn:a"),
    ox.NamedNode("urn:a/b"),
    ox.NamedNode(f"{DIP}s1.x"),
    ox.BlankNode("b"),
    ox.BlankNode("b1"),
]
PREDICATES = [ox.NamedNode(f"{RDF}type"), ox.NamedNode(f"{DIP}p"), ox.NamedNode("urn:p")]
OBJECTS = [
    *SUBJECTS,
    ox.Literal("\n.\n\n<x> ;"),
    ox.Literal("é", language="fr"),
    ox.Literal("7", datatype=ox.NamedNode(f"{XSD}integer")),
]
GRAPHS = [ox.DefaultGraph(), ox.DefaultGraph(), ox.NamedNode("urn:g"), ox.NamedNode("urn:h")]
QUAD = st.builds(ox.Quad, *map(st.sampled_from, (SUBJECTS, PREDICATES, OBJECTS, GRAPHS)))


def large(number: int = 600) -> set[ox.Quad]:
    """So many quads, beside which a few more are few."""
    some = random.Random(1)
    return {
        ox.Quad(
            ox.NamedNode(f"{DIP}thing/{at % 90}"), some.choice(PREDICATES), ox.Literal(str(at)), some.choice(GRAPHS)
        )
        for at in range(number)
    }


def stored(quads: set[ox.Quad]) -> ox.Store:
    store = ox.Store()
    store.extend(quads)
    return store


def built(root: Path, quads: set[ox.Quad], choice: ByHand = ByHand.REFUSE) -> Generation:
    return rebuild(root, stored(quads), EXPORTS, choice).generation


def told(generation: Generation) -> dict[str, Any]:
    return dict(json.loads((generation.path / "manifest.json").read_bytes()))


def files(generation: Generation) -> dict[str, bytes]:
    return {name: (generation.path / "exports" / name).read_bytes() for name in EXPORTS}


def is_made_of(generation: Generation, before: Generation) -> bool:
    """Whether they share files."""
    mine, others = ({file.stat().st_ino for file in one.graph_path.glob("*.sst")} for one in (generation, before))
    return bool(mine & others)


@settings(max_examples=10, deadline=None)
@given(st.lists(st.tuples(st.sets(QUAD, max_size=12), st.sets(QUAD, max_size=12)), min_size=1, max_size=3))
def test_a_graph_that_grows_and_shrinks_is_as_one_that_is_built_at_once(
    steps: list[tuple[set[ox.Quad], set[ox.Quad]]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        quads = large()
        before = built(Path(folder) / "grown", quads)
        for came, gone in steps:
            quads = (quads | came) - gone
            grown = built(Path(folder) / "grown", quads)
            assert is_made_of(grown, before)
            before = grown
        lines = canonical_lines(quads)
        assert canonical_lines(grown.peek()) == lines
        assert {str(name) for name in grown.peek().named_graphs()} == {str(n) for n in stored(quads).named_graphs()}
        assert grown.digest == digest(quads)
        assert grown.quads == len(quads)
        verify(grown)
        if not any("_:" in str(quad) for quad in quads):
            scratch = built(Path(folder) / "scratch", quads)
            assert (files(grown), grown.digest) == (files(scratch), scratch.digest)
        assert files(grown)["diplomacy.nq"] == b"".join(lines)


LINES = st.sets(st.integers(0, 400).map(lambda number: f"{number:03}{'x' * (number % 90)}\n".encode()), max_size=120)


@given(LINES, LINES)
def test_what_came_and_what_went_are_the_lines_that_only_one_has(before: set[bytes], now: set[bytes]) -> None:
    found = list(changes(b"".join(sorted(before)), b"".join(sorted(now))))
    assert found == sorted(
        [Change(line, True) for line in now - before] + [Change(line, False) for line in before - now]
    )


@given(LINES, LINES)
def test_a_line_is_found_where_it_stands_or_would_stand(lines: set[bytes], wanted: set[bytes]) -> None:
    text = b"".join(sorted(lines))
    at = 0
    for line in sorted(wanted):
        at = place_of(text, line, at)
        assert text[:at] == b"".join(sorted(one for one in lines if one < line))
        assert at == len(text) or line_at(text, at) >= line


def test_changes_that_take_each_other_back_come_to_nothing() -> None:
    first = [Change(b"a\n", True), Change(b"b\n", False)]
    assert list(together(first, [Change(b"a\n", False), Change(b"c\n", True)])) == [first[1], Change(b"c\n", True)]


def test_files_that_differ_in_too_much_have_no_difference(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_bytes(b"a\nb\n")
    other.write_bytes(b"")
    with mapped(other) as text:
        assert text == b""
    found = difference(one, other, tmp_path, 2)
    assert found is not None
    assert [*found.read()] == [Change(b"a\n", False), Change(b"b\n", False)]
    assert difference(one, other, tmp_path, 1) is None


def test_a_graph_that_changed_in_much_is_loaded_whole(tmp_path: Path) -> None:
    first = built(tmp_path, large())
    assert told(first)["drift"] == 0
    more = built(tmp_path, large(900))
    assert not is_made_of(more, first)
    assert (told(more)["drift"], more.digest) == (0, digest(large(900)))


def test_many_small_changes_come_to_a_large_one(tmp_path: Path) -> None:
    drifts = [told(built(tmp_path, large(600 + more)))["drift"] for more in (0, 20, 40, 60, 80)]
    assert drifts == [0, 20, 40, 60, 0]


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Writer]:
    built(tmp_path, large())
    with Writer(tmp_path, Limits(workers=1, update_seconds=20)) as writer:
        yield writer


def test_what_people_wrote_is_carried_over(tmp_path: Path, writer: Writer) -> None:
    writer.update("INSERT DATA { GRAPH <a:mine> { <a:x> <a:y> 'kept' . _:b <a:y> 1 } }")
    mine = set(current(tmp_path).peek().quads_for_pattern(None, None, None, ox.NamedNode("a:mine")))
    assert len(mine) == 2
    before = current(tmp_path)
    for more in (5, 10):
        now = built(tmp_path, large(600 + more))
        assert is_made_of(now, before)
        verify(now)
        assert canonical_lines(now.peek()) == canonical_lines(large(600 + more) | mine)
        assert (now.people, now.digest) == (frozenset({"<a:mine>"}), digest(large(600 + more) | mine))
        before = now


def test_changes_of_people_stay_on_top(tmp_path: Path, writer: Writer) -> None:
    gone = min(canonical_lines(quad for quad in large() if isinstance(quad.graph_name, ox.DefaultGraph))).decode()
    writer.update(f"DELETE DATA {{ {gone} }} ; INSERT DATA {{ <a:x> <a:y> 1 }}")
    now = built(tmp_path, large(610), ByHand.KEEP)
    kept = {quad for quad in large(610) if f"{quad} .\n" != gone} | set(
        ox.parse("<a:x> <a:y> 1 .", ox.RdfFormat.TURTLE)
    )
    assert now.digest == digest(kept)
    verify(now)
    assert told(now)["drift"] == 10
    assert built(tmp_path, large(620), ByHand.DISCARD).digest == digest(large(620))


def spoil(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


@pytest.mark.parametrize("part", ["exports/diplomacy.nq", "exports/diplomacy.ttl", "graph/*.sst"])
def test_nothing_is_made_of_a_damaged_build(tmp_path: Path, part: str) -> None:
    first = built(tmp_path, large())
    spoil(max(first.path.glob(part), key=lambda file: file.stat().st_size))
    with ExitStack() as held:
        assert earlier(tmp_path, held) is None
    with pytest.raises(StoreDamaged, match="generation 1 is damaged"):
        built(tmp_path, large(605))
    assert built(tmp_path, large(605), ByHand.DISCARD).digest == digest(large(605))


@pytest.mark.parametrize(
    "change",
    [
        lambda manifest: manifest.update(program="another"),
        lambda manifest: manifest.pop("forms"),
        lambda manifest: manifest.update(drift="many"),
    ],
)
def test_nothing_is_made_of_the_build_of_another_program(tmp_path: Path, change: Callable[[Any], None]) -> None:
    first = built(tmp_path, large())
    manifest = told(first)
    change(manifest)
    (first.path / "manifest.json").write_text(json.dumps(manifest))
    assert not is_made_of(built(tmp_path, large(605)), first)


def test_other_exports_are_written_too(tmp_path: Path) -> None:
    first = built(tmp_path, large())
    exports = {"a.nq": ExportFormat.NQUADS, "a.jsonld": ExportFormat.JSONLD}
    now = rebuild(tmp_path, stored(large(605)), exports, ByHand.REFUSE).generation
    assert is_made_of(now, first)
    assert now.digest == digest(large(605))
    file = now.export("a.nq")
    assert file is not None
    assert file.read_bytes() == b"".join(canonical_lines(large(605)))
    assert {path.name for path in (now.path / "exports").iterdir()} == set(exports)


LATE = b"<urn:count/"
COUNTS = st.sets(
    st.builds(
        ox.Quad,
        st.integers(0, 9).map(lambda number: ox.NamedNode(f"urn:count/{number}")),
        st.sampled_from(PREDICATES),
        st.integers(0, 3).map(ox.Literal),
        st.sampled_from([ox.DefaultGraph(), ox.NamedNode("urn:counts")]),
    ),
    max_size=12,
)


def counted(root: Path, quads: set[ox.Quad], counts: set[ox.Quad]) -> Generation:
    """A build to whose quads the counts were added when they were there, and noted."""
    with workplace(root, (LATE,)) as place:
        place.fill([b"".join(canonical_lines(quads))])
        assert {quad for quad in place.graph if quad not in place.kept} == quads
        place.add(counts)
        place.notes["counts"] = b"".join(canonical_lines(counts))
        return publish_build(root, place, EXPORTS, ByHand.REFUSE).generation


@settings(max_examples=6, deadline=None)
@given(st.lists(st.tuples(st.sets(QUAD, max_size=8), COUNTS), min_size=2, max_size=4))
def test_what_is_added_late_stays_in_place_where_it_is_the_same(
    steps: list[tuple[set[ox.Quad], set[ox.Quad]]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root, scratch = Path(folder) / "grown", Path(folder) / "scratch"
        before: set[ox.Quad] = set()
        drift = 0
        for number, (some, counts) in enumerate(steps):
            quads = large() | {quad for quad in some if "_:" not in str(quad)}
            grown = counted(root, quads, counts)
            all_ = quads | counts
            assert set(grown.peek()) == all_
            assert {str(name) for name in grown.peek().named_graphs()} == {str(n) for n in stored(all_).named_graphs()}
            # After many changes it is loaded whole.
            assert told(grown)["drift"] in ({drift + len(all_ ^ before)} | ({0} if number != 1 else set()))
            before, drift = all_, told(grown)["drift"]
        anew = counted(scratch, quads, counts)
        verify(grown)
        assert (files(grown), grown.digest, grown.quads) == (files(anew), anew.digest, len(all_))
        with ExitStack() as held:
            known = earlier(root, held)
            assert known is not None
            assert known.note("counts") == b"".join(canonical_lines(counts))
            assert known.note("others") is None


BUILDS = """
import sys
from pathlib import Path
from tests.store.test_difference import built, large
print("ready", flush=True)
for more in range(1, 2000):
    built(Path(sys.argv[1]), large(3000 + more % 2 * 5))
"""


def test_a_build_that_is_killed_leaves_the_old_graph_or_the_new_one(tmp_path: Path) -> None:
    root = tmp_path / "store"
    either = {built(root, large(3000)).digest, digest(large(3005))}
    some = random.Random(7)
    for _ in range(6):
        with subprocess.Popen(
            [sys.executable, "-c", BUILDS, str(root)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            try:
                process.wait(timeout=some.uniform(0.05, 0.9))
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
        live = current(root)
        verify(live)
        assert live.digest in either
    assert built(root, large(3005)).digest == digest(large(3005))
    assert not list(root.glob("build.*"))
