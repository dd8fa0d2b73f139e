"""Builds that go on from the last one: adding, removing, the same again; the graph is that of a build from scratch."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph

from kg.assemble.growth import TALLIES
from kg.assemble.tallies import Tallies, tally
from kg.config import BASE_IRI, Limits, Settings
from kg.engine.writer import Writer
from kg.errors import StoreError
from kg.extract.lexicon import load_lexicon
from kg.ledger.book import opened
from kg.ledger.memory import Memory, Order, Removal, recall, remember
from kg.ledger.sources import Sources, Stages, one_by_one, read_sources
from kg.ledger.spool import Spool
from kg.mappers import assembly, terms
from kg.orders import stages_of
from kg.pipeline import assemble, build, standing
from kg.store.generation import current
from tests.ledger.conftest import article

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def stages() -> Stages:

    return replace(stages_of(load_lexicon()), each=one_by_one)


KINDS = ("add", "add", "add", "remove", "change", "delete", "version", "withdraw")
STEPS = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 5)), min_size=1, max_size=8)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_additions_and_removals_in_any_order_give_what_a_build_from_scratch_gives(
    steps: list[tuple[str, int]], stages: Stages, tmp_path_factory: pytest.TempPathFactory
) -> None:

    root = tmp_path_factory.mktemp("steps")
    folder = root / "articles"
    folder.mkdir()
    removed: dict[str, str] = {}
    for step, number in steps:
        file = folder / f"{number}.txt"
        names = ()
        if step == "add":
            file.write_text(article(number))
        elif step == "change":
            file.write_text(article(number, day=18))
        elif step == "delete":
            file.unlink(missing_ok=True)
        elif step in {"version", "withdraw"}:
            (folder / f"{number}.json").write_text(wired(number, withdrawn=step == "withdraw"))
        elif (
            step == "remove" and file.exists() and file.name in {Path(p).name for p in present(folder, stages, removed)}
        ):
            names = (str(file),)
        removal = Removal(removed=removed, names=names)
        with opened(root, b"rules") as ledger, Spool(root) as spool:
            told = read_sources([folder], replace(stages, ledger=ledger, keep=removal.keep, light=spool.light))
            found = lines(told)
            ledger.finish()
        removed = removal.removed
    gone = {Path(path).name for path in removed.values()}
    # In memory, from scratch, in another order.
    assert found == lines(read_sources(files_of(folder, removed, stages), stages)), gone


def present(folder: Path, stages: Stages, removed: dict[str, str]) -> list[str]:
    return [r.article.path for r in read_sources([folder], stages).reports if r.article.id not in removed]


def files_of(folder: Path, removed: dict[str, str], stages: Stages) -> list[Path]:
    """The files of the articles that were not removed, the last one first."""
    return [Path(path) for path in reversed(present(folder, stages, removed))]


def wired(version: int, *, withdrawn: bool) -> str:
    """A version of one and the same article, as an agency sends it, or the word that it is not to be used any more."""
    status = {"pubstatus": "canceled"} if withdrawn else {"pubstatus": "usable"}
    told = {"uri": "urn:newsml:example.com:20250618:talks", "version": str(version), "body_text": article(version)}
    return json.dumps(told | status | {"versioncreated": f"2025-06-18T0{version}:00:00Z"})


def lines(sources: Sources) -> list[str]:
    """The graph, without the reference world."""
    world = load_lexicon().world
    whole, _ = assemble(standing(sources)[0], world)
    return sorted(map(str, assembly.to_quads(whole, world, BASE_IRI)))


BUILDS = st.lists(
    st.tuples(st.sampled_from(("add", "add", "change", "delete")), st.integers(0, 5)), min_size=2, max_size=4
)


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=BUILDS)
def test_a_store_that_grew_is_the_one_that_is_built_at_once(
    steps: list[tuple[str, int]], stages: Stages, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root, world = tmp_path_factory.mktemp("builds"), load_lexicon().world
    folder = root / "articles"
    folder.mkdir()
    (folder / "9.txt").write_text(article(9))
    build([folder], Settings(store=root / "grown"), world, stages)
    for step, number in steps:
        file = folder / f"{number}.txt"
        if step == "delete":
            file.unlink(missing_ok=True)
        else:
            file.write_text(article(number, day=18 if step == "change" else 17))
        run = build([folder], Settings(store=root / "grown"), world, stages)
    scratch = build([folder], Settings(store=root / "scratch"), world, stages)
    assert (run.counts, run.problems, run.part) == (scratch.counts, scratch.problems, scratch.part)
    assert exported(root / "grown") == exported(root / "scratch")
    noted = [(live(store) / TALLIES).read_bytes() for store in (root / "grown", root / "scratch")]
    assert noted[0] == noted[1]
    assert tally(current(root / "grown").open()) - tally(current(root / "scratch").open()) == Tallies()


def test_what_was_noted_and_damaged_since_is_counted_anew(folder: Path, stages: Stages, tmp_path: Path) -> None:
    world, store = load_lexicon().world, tmp_path / "store"
    build([folder], Settings(store=store), world, stages)
    file = live(store) / TALLIES
    file.write_bytes(file.read_bytes().replace(b'"meetings", 1]', b'"meetings", 7]'))
    (folder / "7.txt").write_text(article(7))
    build([folder], Settings(store=store), world, stages)
    build([folder], Settings(store=tmp_path / "other"), world, stages)
    assert drift(store) > 0
    assert exported(store) == exported(tmp_path / "other")
    assert (live(store) / TALLIES).read_bytes() == (live(tmp_path / "other") / TALLIES).read_bytes()


def test_what_people_changed_is_not_counted_with_what_was_noted(folder: Path, stages: Stages, tmp_path: Path) -> None:
    world, store = load_lexicon().world, tmp_path / "store"
    build([folder], Settings(store=store), world, stages)
    meeting = next(current(store).open().quads_for_pattern(None, terms.RDF_TYPE, terms.Meeting, DefaultGraph()))
    with Writer(store, Limits(workers=1, update_seconds=20)) as writer:
        writer.update(f"DELETE WHERE {{ {meeting.subject} a ?class }}")
        writer.update(f"INSERT DATA {{ <{BASE_IRI}id/count/mine> a <{BASE_IRI}mine> }}")
    kept = build([folder], Settings(store=store, by_hand="keep"), world, stages)
    assert current(store).is_build
    assert kept.kept == 2
    build([folder], Settings(store=store, by_hand="discard"), world, stages)
    build([folder], Settings(store=tmp_path / "other"), world, stages)
    assert exported(store) == exported(tmp_path / "other")


def test_an_article_is_removed_by_path_id_or_iri(folder: Path, stages: Stages) -> None:
    reports = read_sources([folder], stages).reports
    first = reports[0].article
    for name in (
        first.path,
        first.id,
        f"https://w3id.org/diplomacy-kg/id/article/{first.id}",
        f"id/article/{first.id}",
    ):
        removal = Removal(names=(name,))
        assert removal.keep(reports) == list(reports[1:])
        assert removal.removed == {first.id: first.path}
        assert Removal(removed=dict(removal.removed)).keep(reports) == list(reports[1:])
        assert Removal(removed=dict(removal.removed), back=frozenset({first.path})).keep(reports) == list(reports)


def test_what_is_not_there_is_not_removed(folder: Path, stages: Stages) -> None:
    with pytest.raises(StoreError, match=r"no article of the build is called nowhere\.txt"):
        Removal(names=("nowhere.txt",)).keep(read_sources([folder], stages).reports)


def test_a_memory_that_is_damaged_stops_the_build(tmp_path: Path) -> None:
    told = Memory(live=Order(folder="/a", sources=("b",)), removed={"x": "b/x.txt"})
    remember(tmp_path, told)
    assert recall(tmp_path) == told
    assert recall(tmp_path / "other") == Memory()
    (tmp_path / "ledger" / "builds.json").write_text('{"live": 1}')
    with pytest.raises(StoreError, match="cannot be read"):
        recall(tmp_path)


@pytest.mark.usefixtures("folder")
def test_a_store_grows_and_shrinks_as_it_is_told(tmp_path: Path) -> None:
    store, more = tmp_path / "store", tmp_path / "more"
    more.mkdir()
    (more / "7.txt").write_text(article(7))
    kg(tmp_path, "build", "articles")
    assert "known from an earlier build: 6; read: 1" in kg(tmp_path, "add", "more")
    assert "without 1 article that was removed" in kg(tmp_path, "remove", "articles/2.txt")
    assert "no article of the build" in kg(tmp_path, "remove", "articles/nowhere.txt", status=1)
    after = exported(store)
    kg(tmp_path, "build", "--resume")
    kept = [str(Path("articles") / f"{number}.txt") for number in (0, 1, 3, 4, 5)]
    kg(tmp_path, "build", *kept, "more", "--store", "other", "--no-ledger")
    assert exported(store) == after == exported(tmp_path / "other")
    # The one was made of the build before, the other from nothing.
    assert [drift(root) > 0 for root in (store, tmp_path / "other")] == [True, False]
    kg(tmp_path, "add", "articles/2.txt")
    assert recall(store).removed == {}


def kg(folder: Path, *told: str, status: int = 0) -> str:
    """What ``kg`` says on standard error."""
    command = [sys.executable, "-c", "from kg.cli import main; main()", *told]
    command += [] if "--store" in told else ["--store", "store"]
    variables = {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=folder, env=variables, check=False, stderr=subprocess.PIPE, text=True)
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


def live(store: Path) -> Path:
    """The folder of the live generation."""
    return store / "generations" / (store / "current").read_text().strip()


def exported(store: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in (live(store) / "exports").iterdir()}


def drift(store: Path) -> int:
    """How many quads came and went since a graph that was loaded whole."""
    return int(json.loads((live(store) / "manifest.json").read_bytes())["drift"])
