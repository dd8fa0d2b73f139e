"""One function over many items in processes of its own, its results in the order of the items.

An item may hold several things. A thing that its process does not survive costs that process and nothing else: another
one goes on behind it. What is known already passes by without a process, in its turn.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Final, Generic, TypeVar

from kg.engine.confine import die_with
from kg.errors import ArticleError
from kg.ledger.heard import Answer, Asked, Things, to_line
from kg.ledger.sources import Each
from kg.read.item import Item

X = TypeVar("X")
T = TypeVar("T")
SECONDS: Final = 60
# Results that are there before their turn, and items that are out, for each process: memory stays within that.
_AHEAD: Final = 32
_TRIES: Final = 2
_GARBAGE: Final = 20_000  # objects made before a look for cycles: a report leaves few of them

Thing = tuple[str, Callable[[], T]]
"""A thing in an item: what it is called, and what makes its result."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work(Generic[X, T]):
    """What is to be done with each item, and for how many seconds of a processor's time at most with each thing in it.

    ``lost`` stands in for the result of a thing that cannot be had, from its item, its name and the reason.
    """

    things: Callable[[X], Iterator[Thing[T]]]
    name: Callable[[X], str]
    lost: Callable[[X, str, str], T]
    seconds: float = SECONDS


@dataclass(frozen=True, slots=True)
class Known(Generic[X]):
    """An item with which nothing is to be done."""

    item: X


@dataclass(slots=True, eq=False)
class Done(Generic[T]):
    """The results of one item; they are not sure where another attempt might give others."""

    told: list[T] = field(default_factory=list)
    is_sure: bool = True


@dataclass(slots=True, eq=False)
class _Task(Generic[X, T]):
    """An item on its way: what it told so far, the thing that is being read, and how often a process ended over it."""

    number: int
    item: X
    done: Done[T] = field(default_factory=Done)
    begun: str | None = None
    deaths: int = 0


@dataclass(slots=True, eq=False)
class _Worker(Generic[X, T]):
    """A process with the task that it has; ``None`` while it has none."""

    process: BaseProcess
    pipe: Connection
    task: _Task[X, T] | None = None

    def give(self, task: _Task[X, T]) -> None:
        self.task, task.begun = task, None
        try:
            self.pipe.send((task.item, len(task.done.told)))
        except OSError:
            return  # it ended while it had nothing to do: that is seen when its answer is waited for

    def end(self) -> None:
        self.pipe.close()
        if self.process.is_alive():
            self.process.kill()
        self.process.join()


def in_processes(workers: int, work: Work[X, T], items: Iterable[X | Known[X]]) -> Iterator[tuple[X, Done[T] | None]]:
    """Each item with the results of the things in it, in the order of the items; ``None`` with what is known.

    A thing whose process ends is tried once more, unless its time was over; one that fails is lost by name. Where the
    platform cannot fork, all is done here, without any of this.
    """
    if "fork" not in multiprocessing.get_all_start_methods():
        yield from (_here(work, item) for item in items)
        return
    crew = _Crew(workers, work, iter(items))
    try:
        yield from crew.results()
    finally:
        crew.end()


def each_in_processes(workers: int) -> Each:
    """How a build makes the lines of its items: in that many processes."""

    def each(things: Callable[[Item], Things], asked: Iterable[Asked]) -> Iterator[tuple[Asked, Answer | None]]:
        def things_of(one: Asked) -> Iterator[Thing[str]]:
            return things(one.item) if one.item is not None else iter(())

        def lost(one: Asked, name: str, reason: str) -> str:
            return to_line(ArticleError(name, reason), one.name)

        work: Work[Asked, str] = Work(things=things_of, name=lambda one: one.name, lost=lost)
        turns = (one if one.to_read is not None else Known(one) for one in asked)
        for one, done in in_processes(workers, work, turns):
            yield one, None if done is None else Answer(done.told, done.is_sure)

    return each


def _here(work: Work[X, T], item: X | Known[X]) -> tuple[X, Done[T] | None]:
    if isinstance(item, Known):
        return item.item, None
    return item, Done(told=[make() for _, make in work.things(item)])


@dataclass(slots=True, eq=False)
class _Crew(Generic[X, T]):
    """So many processes at work on the items."""

    size: int
    work: Work[X, T]
    items: Iterator[X | Known[X]]
    numbers: Iterator[int] = field(default_factory=count)
    again: deque[_Task[X, T]] = field(default_factory=deque)
    done: dict[int, tuple[X, Done[T] | None]] = field(default_factory=dict)
    crew: list[_Worker[X, T]] = field(default_factory=list)

    def results(self) -> Iterator[tuple[X, Done[T] | None]]:
        for turn in count():
            while turn not in self.done:
                self._give_out()
                busy = {worker.pipe: worker for worker in self.crew if worker.task is not None}
                if not busy and turn not in self.done:
                    return
                for pipe in wait(list(busy)) if turn not in self.done else ():
                    self._take_in(busy[pipe])  # type: ignore[index]
            yield self.done.pop(turn)

    def end(self) -> None:
        for worker in self.crew:
            worker.end()

    def _give_out(self) -> None:
        """Every process without a task has one, as long as there are items and nobody gets too far ahead."""
        idle = [worker for worker in self.crew if worker.task is None]
        while idle or len(self.crew) < self.size:
            task = self.again.popleft() if self.again else self._next()
            if task is None:
                return
            if not idle:
                idle.append(self._hire())
            idle.pop().give(task)

    def _next(self) -> _Task[X, T] | None:
        """The next item with which something is to be done; those that are known have had their turn."""
        while len(self.done) + sum(worker.task is not None for worker in self.crew) < self.size * _AHEAD:
            item = next(self.items, None)
            if item is None:
                return None
            number = next(self.numbers)
            if not isinstance(item, Known):
                return _Task(number, item)
            self.done[number] = item.item, None
        return None

    def _take_in(self, worker: _Worker[X, T]) -> None:
        """A process tells of its task, or it ended over it."""
        task = worker.task
        assert task is not None
        try:
            kind, told = worker.pipe.recv()
        except (EOFError, OSError):
            self.crew.remove(worker)
            worker.end()
            self._bury(task, worker.process.exitcode)
            return
        if kind == _BEGUN:
            task.begun = told
        elif kind == _TOLD:
            self._add(task, told)
        elif kind == _FAILED:
            reason, is_sure = told
            task.done.is_sure &= is_sure
            self._add(task, self.work.lost(task.item, task.begun or self.work.name(task.item), reason))
        else:
            worker.task = None
            self.done[task.number] = task.item, task.done

    def _add(self, task: _Task[X, T], told: T) -> None:
        task.done.told.append(told)
        task.begun, task.deaths = None, 0

    def _bury(self, task: _Task[X, T], status: int | None) -> None:
        """A thing whose process ended is tried again, or lost; another process goes on behind it, if it can be told."""
        task.deaths += 1
        if status == -signal.SIGPROF:
            reason = f"it takes more than {self.work.seconds:g} seconds to read"
        elif task.deaths < _TRIES:
            self.again.append(task)
            return
        else:
            task.done.is_sure = False
            reason = "the process that read it was ended, twice: there may be too little memory"
        begun = task.begun
        self._add(task, self.work.lost(task.item, begun or self.work.name(task.item), reason))
        if begun is not None and begun != self.work.name(task.item):
            self.again.append(task)
        else:
            self.done[task.number] = task.item, task.done

    def _hire(self) -> _Worker[X, T]:
        # A forked process shares the lexicon that is loaded already.
        forked = multiprocessing.get_context("fork")
        ours, theirs = forked.Pipe()
        inherited = (ours, *(worker.pipe for worker in self.crew))
        process = forked.Process(target=_labour, args=(os.getpid(), self.work, theirs, inherited), daemon=True)
        process.start()
        theirs.close()
        self.crew.append(_Worker(process, ours))
        return self.crew[-1]


_BEGUN: Final = "begun"
_TOLD: Final = "told"
_FAILED: Final = "failed"
_END: Final = "end"


def _labour(parent: int, work: Work[Any, Any], pipe: Connection, inherited: Iterable[Connection]) -> None:
    """Nothing; every item that came was answered. Ctrl-C is the parent's business."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    die_with(parent)
    for other in inherited:
        other.close()
    gc.freeze()  # the lexicon is not looked through for garbage, and its pages stay those of the parent
    gc.set_threshold(_GARBAGE)
    while True:
        try:
            item, behind = pipe.recv()
        except EOFError:
            return
        _tell(work, item, behind, pipe)
        signal.setitimer(signal.ITIMER_PROF, 0)
        pipe.send((_END, None))


def _tell(work: Work[Any, Any], item: Any, behind: int, pipe: Connection) -> None:
    """Nothing; the results of the things in the item are sent, but for the first ones, which are had already."""
    things = work.things(item)
    for number in count():
        # No code of ours has to run for this to end the process: not even one regular expression outlasts it.
        signal.setitimer(signal.ITIMER_PROF, work.seconds)
        try:
            thing = next(things, None)
            if thing is None:
                return
            if number < behind:
                continue
            name, make = thing
            pipe.send((_BEGUN, name))
            told = make()
        except Exception as error:  # noqa: BLE001  # whatever a thing sets off, the others are read
            reason = f"it cannot be read: {type(error).__name__}: {error}"[:300]
            pipe.send((_FAILED, (reason, not isinstance(error, OSError | MemoryError))))
        else:
            pipe.send((_TOLD, told))
