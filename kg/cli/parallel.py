"""One function over many files in several processes, its results in the order of the files."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any, Final, TypeVar

from kg.errors import ConfigError

T = TypeVar("T")
_TASK: Final[list[Callable[[Path], Any]]] = []
_CHUNK: Final = 8


def in_processes(workers: int, task: Callable[[Path], T], files: Iterable[Path]) -> Iterator[T]:
    """What the task makes of each file, in the order of the files.

    With one worker, or where the platform cannot fork, the task runs here. What it returns travels between processes.

    Raises:
        ConfigError: a worker was ended from outside, as by a lack of memory.
    """
    if workers == 1 or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(task, files)
        return
    # Forked workers share the lexicon that is loaded already.
    forked = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(workers, mp_context=forked, initializer=_adopt, initargs=(task,)) as pool:
        try:
            yield from pool.map(_work, files, chunksize=_CHUNK)
        except BrokenProcessPool as error:
            raise ConfigError("a worker was ended before its work was done: try fewer --workers") from error


def _adopt(task: Callable[[Path], Any]) -> None:
    """Keep the task; Ctrl-C is the parent's business."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _TASK[:] = [task]


def _work(file: Path) -> Any:
    return _TASK[0](file)
