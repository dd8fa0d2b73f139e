"""One function over many files in processes of its own, its results in the order of the files.

A file that its process does not survive costs that process and nothing else: another one takes its place.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

from kg.engine.confine import die_with

T = TypeVar("T")
SECONDS: Final = 60
# Results that are there before their turn, and files that are out, for each process: memory stays within that.
_AHEAD: Final = 32
_TRIES: Final = 2
# The time for one file, in a process that reads them.
_SECONDS: Final[list[float]] = []

Lost = Callable[[Path, str], T]
"""What stands in for the result of a file that cannot be had, from the file and the reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work(Generic[T]):
    """What is to be done with each file, and for how many seconds of a processor's time at most."""

    task: Callable[[Path], T]
    lost: Lost[T]
    seconds: float = SECONDS


@dataclass(slots=True, eq=False)
class _Worker:
    """A process with the file that it has; ``file`` is ``None`` while it has none."""

    process: BaseProcess
    pipe: Connection
    number: int = -1
    file: Path | None = None

    def give(self, number: int, file: Path) -> None:
        self.number, self.file = number, file
        try:
            self.pipe.send(file)
        except OSError:
            return  # it ended while it had nothing to do: that is seen when its answer is waited for

    def end(self) -> None:
        self.pipe.close()
        if self.process.is_alive():
            self.process.kill()
        self.process.join()


def with_time_for_each(found: Iterable[T]) -> Iterator[T]:
    """The same, where a task goes through them one by one: each has the whole time of a file."""
    for one in found:
        if _SECONDS:
            signal.setitimer(signal.ITIMER_PROF, _SECONDS[0])
        yield one


def in_processes(workers: int, work: Work[T], files: Iterable[Path]) -> Iterator[T]:
    """What the task makes of each file, in the order of the files.

    A file whose process ends is tried once more, unless its time was over; a file that fails is lost by name. Where the
    platform cannot fork, the task runs here, without any of this.
    """
    if "fork" not in multiprocessing.get_all_start_methods():
        yield from map(work.task, files)
        return
    crew = _Crew(workers, work, enumerate(files))
    try:
        yield from crew.results()
    finally:
        crew.end()


@dataclass(slots=True, eq=False)
class _Crew(Generic[T]):
    """So many processes at work on the files."""

    size: int
    work: Work[T]
    files: Iterator[tuple[int, Path]]
    again: deque[tuple[int, Path]] = field(default_factory=deque)
    deaths: dict[int, int] = field(default_factory=dict)
    done: dict[int, T] = field(default_factory=dict)
    crew: list[_Worker] = field(default_factory=list)

    def results(self) -> Iterator[T]:
        for turn in count():
            while turn not in self.done:
                self._give_out()
                busy = {worker.pipe: worker for worker in self.crew if worker.file is not None}
                if not busy:
                    return
                for pipe in wait(list(busy)):
                    self._take_in(busy[pipe])  # type: ignore[index]
            yield self.done.pop(turn)

    def end(self) -> None:
        for worker in self.crew:
            worker.end()

    def _give_out(self) -> None:
        """Every process without a file has one, as long as there are files and nobody gets too far ahead."""
        idle = [worker for worker in self.crew if worker.file is None]
        while idle or len(self.crew) < self.size:
            task = self.again.popleft() if self.again else self._next()
            if task is None:
                return
            if not idle:
                idle.append(self._hire())
            idle.pop().give(*task)

    def _next(self) -> tuple[int, Path] | None:
        out = len(self.done) + sum(worker.file is not None for worker in self.crew)
        return next(self.files, None) if out < self.size * _AHEAD else None

    def _take_in(self, worker: _Worker) -> None:
        """The answer of a process is there, or what became of its file without one."""
        number, file = worker.number, worker.file
        assert file is not None
        try:
            is_told, told = worker.pipe.recv()
            worker.file = None
            self.done[number] = told if is_told else self.work.lost(file, told)
        except (EOFError, OSError):
            self.crew.remove(worker)
            worker.end()
            self._bury(number, file, worker.process.exitcode)

    def _bury(self, number: int, file: Path, status: int | None) -> None:
        """A file whose process ended is tried again, or lost."""
        self.deaths[number] = self.deaths.get(number, 0) + 1
        if status == -signal.SIGPROF:
            reason = f"it takes more than {self.work.seconds:g} seconds to read"
        elif self.deaths[number] < _TRIES:
            self.again.append((number, file))
            return
        else:
            reason = "the process that read it was ended, twice: there may be too little memory"
        self.done[number] = self.work.lost(file, reason)

    def _hire(self) -> _Worker:
        # A forked process shares the lexicon that is loaded already.
        forked = multiprocessing.get_context("fork")
        ours, theirs = forked.Pipe()
        inherited = (ours, *(worker.pipe for worker in self.crew))
        process = forked.Process(target=_labour, args=(os.getpid(), self.work, theirs, inherited), daemon=True)
        process.start()
        theirs.close()
        self.crew.append(_Worker(process, ours))
        return self.crew[-1]


def _labour(parent: int, work: Work[Any], pipe: Connection, inherited: Iterable[Connection]) -> None:
    """Nothing; every file that came was answered. Ctrl-C is the parent's business."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    _SECONDS[:] = [work.seconds]
    die_with(parent)
    for other in inherited:
        other.close()
    while True:
        try:
            file = pipe.recv()
        except EOFError:
            return
        # No code of ours has to run for this to end the process: not even one regular expression outlasts it.
        signal.setitimer(signal.ITIMER_PROF, work.seconds)
        answer = _attempt(work.task, file)
        signal.setitimer(signal.ITIMER_PROF, 0)
        pipe.send(answer)


def _attempt(task: Callable[[Path], Any], file: Path) -> tuple[bool, Any]:
    """Whether the task was done, and its result or why not."""
    try:
        return True, task(file)
    except Exception as error:  # noqa: BLE001  # whatever a file sets off, the others are read
        return False, f"it cannot be read: {type(error).__name__}: {error}"[:300]
