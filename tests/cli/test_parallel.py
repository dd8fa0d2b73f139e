"""Files are read in processes of their own: what one of them sets off costs that file and nothing else."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from kg.cli.progress import Progress
from kg.errors import ArticleError
from kg.parallel import Known, Thing, Work, in_processes

PATHOLOGICAL = re.compile(r"(a|a)*b")


def read(file: Path) -> str:
    """What a file says, or what it does to whoever reads it."""
    match file.name:
        case "hang":
            PATHOLOGICAL.match("a" * 60)
        case "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        case "once":
            end_unless_done_before(file)
        case "raise":
            raise RecursionError("nested too deeply")
        case "some":
            use_the_processor(0.3)
        case "slow":
            time.sleep(0.2)
    return file.name


def use_the_processor(seconds: float) -> None:
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass


def end_unless_done_before(file: Path) -> None:
    if file.exists():
        file.unlink()
        os.kill(os.getpid(), signal.SIGKILL)


def things(item: str) -> Iterator[Thing[str]]:
    """The things of an item, between commas."""
    for name in item.split(","):
        if name == "broken":
            raise ValueError("no more things")
        yield name, partial(read, Path(name))


def lost(_: str, name: str, reason: str) -> str:
    return f"{Path(name).name}: {reason}"


def told(workers: int, *items: Path | str | Known[str], seconds: float = 20) -> list[str]:
    work = Work(things=things, name=lambda item: item, lost=lost, seconds=seconds)
    done = in_processes(workers, work, (item if isinstance(item, Known) else str(item) for item in items))
    return [line for item, found in done for line in (found.told if found else [f"known {item}"])]


@pytest.mark.parametrize("workers", [1, 3])
def test_results_come_in_the_order_of_the_files(workers: int) -> None:
    names = ["slow", *(f"{number}" for number in range(300))]
    assert told(workers, *names) == names


def test_no_files_give_no_results() -> None:
    assert told(2) == []


@pytest.mark.parametrize("workers", [1, 2])
def test_a_file_that_takes_too_long_is_lost_and_the_others_are_read(workers: int) -> None:
    assert told(workers, "a", "hang", "b", "c", seconds=0.5) == [
        "a",
        "hang: it takes more than 0.5 seconds to read",
        "b",
        "c",
    ]


def test_each_article_of_a_file_has_the_time_of_a_file() -> None:
    assert told(1, "some,some,some,some", "a", seconds=0.6) == ["some", "some", "some", "some", "a"]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_thing_that_takes_too_long_is_lost_and_the_others_in_its_item_are_kept(workers: int) -> None:
    late = "it takes more than 0.5 seconds to read"
    assert told(workers, "a,b,hang,c", "d", seconds=0.5) == ["a", "b", f"hang: {late}", "c", "d"]


def test_a_thing_that_ends_its_process_twice_is_lost_and_the_others_in_its_item_are_kept() -> None:
    found = told(2, "a,kill,b,kill,c", "d")
    assert [line.partition(":")[0] for line in found] == ["a", "kill", "b", "kill", "c", "d"]
    assert "was ended, twice" in found[1]


def test_an_item_that_cannot_be_read_to_its_end_keeps_what_was_read() -> None:
    assert told(1, "a,b,broken,c", "d") == [
        "a", "b", "a,b,broken,c: it cannot be read: ValueError: no more things", "d",
    ]  # fmt: skip


def test_what_is_known_passes_by_in_its_turn() -> None:
    assert told(2, Known("x"), "slow", Known("y"), "a", Known("z")) == ["known x", "slow", "known y", "a", "known z"]
    assert told(2, *(Known(str(number)) for number in range(500))) == [f"known {number}" for number in range(500)]


def test_a_file_whose_process_ends_is_tried_once_more_and_then_lost() -> None:
    found = told(2, "a", "kill", "b")
    assert found[0] == "a"
    assert "was ended, twice" in found[1]
    assert found[2] == "b"


def test_a_file_whose_process_was_ended_by_chance_is_read(tmp_path: Path) -> None:
    file = tmp_path / "once"
    file.touch()
    assert told(2, "a", file, "b") == ["a", "once", "b"]


def test_an_error_that_nobody_foresaw_is_told_with_its_file() -> None:
    assert told(1, "raise", "a") == ["raise: it cannot be read: RecursionError: nested too deeply", "a"]


def test_memory_holds_few_results_however_many_files_there_are() -> None:
    taken = 0

    def items() -> Iterator[str]:
        nonlocal taken
        for number in range(10_000):
            taken += 1
            yield str(number)

    results = in_processes(2, Work(things=things, name=str, lost=lost), items())
    assert next(results)[0] == "0"
    assert taken < 100
    results.close()  # type: ignore[attr-defined]


def test_the_processes_end_with_whoever_asked() -> None:
    before = children()
    results = in_processes(2, Work(things=things, name=str, lost=lost), ["a", "slow", "b"])
    assert next(results)[0] == "a"
    assert len(children()) > len(before)
    results.close()  # type: ignore[attr-defined]
    assert children() == before


def children() -> list[str]:
    return Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()


def test_progress_counts_articles_facts_and_rejects() -> None:
    class Bar:
        def update(self, steps: int, told: object) -> None:
            assert (steps, told) == (7, watched)

    moments = iter([0.0, 2.0])
    watched = Progress(bar=Bar(), is_watched=False, clock=lambda: next(moments))
    watched.tick([ArticleError("a.txt", "not an article")], 7)
    assert str(watched) == "0 articles/s, 0 facts, 1 rejected"


def test_ctrl_c_leaves_no_half_graph(tmp_path: Path, root: Path) -> None:
    store = tmp_path / "store"
    text = next((root / "seeds/articles").glob("*.txt")).read_text(encoding="utf-8")
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(3000):
        (folder / f"{number}.txt").write_text(f"{text}\n{number}\n", encoding="utf-8")
    # Whoever runs the tests in the background has them ignore Ctrl-C.
    heeding = "from signal import *; signal(SIGINT, default_int_handler); from kg.cli import main; main()"
    command = [
        sys.executable,
        "-c",
        heeding,
        "build",
        str(folder),
        "--store",
        str(store),
        "--workers",
        "2",
    ]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as building:
        while not list(store.glob("build.*")):
            assert building.poll() is None
            time.sleep(0.01)
        building.send_signal(signal.SIGINT)
        said = building.communicate(timeout=60)[1]
    assert building.returncode != 0
    assert b"Traceback" not in said
    assert not list(store.glob("generations/*"))
    assert not list(store.glob("build.*"))
