"""What a store remembers of its builds beside the ledger: from which sources, in which world, and what was taken away.

Unlike the ledger this cannot be made again: a file that is damaged stops the build.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from kg.errors import StoreError
from kg.facts.report import Report
from kg.store.manifest import write_through

FILE: Final = "builds.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a build was asked for: sources as they were written, in which folder, in which worlds, under which base."""

    folder: str
    sources: tuple[str, ...]
    worlds: tuple[str, ...] = ()
    base: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """The order of the live build, that of one which was begun since, and the articles that were taken away.

    These are kept by their ids, each with the path that it had.
    """

    live: Order | None = None
    begun: Order | None = None
    removed: Mapping[str, str] = field(default_factory=dict)

    def ended(self, removed: Mapping[str, str]) -> Memory:
        """What is remembered when the build that was begun is live, with these articles taken away."""
        return replace(self, live=self.begun, begun=None, removed=dict(sorted(removed.items())))


def recall(root: Path) -> Memory:
    """What is remembered of the builds of the store in that folder; nothing where there was none.

    Raises:
        StoreError: it cannot be read: articles that were taken away would come back without a word.
    """
    file = root / "ledger" / FILE
    try:
        told = json.loads(file.read_bytes())
        return Memory(
            live=_order(told["live"]),
            begun=_order(told["begun"]),
            removed={str(article): str(path) for article, path in told["removed"].items()},
        )
    except FileNotFoundError:
        return Memory()
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        lost = "with it go the names of articles that were removed"
        raise StoreError(f"{file} cannot be read: {error}; delete it to build anew, {lost}") from error


def remember(root: Path, memory: Memory) -> None:
    """Nothing; it is on the disk for good.

    Raises:
        StoreError: it cannot be written.
    """
    file = root / "ledger" / FILE
    begun = file.with_suffix(".new")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_through(begun, json.dumps(asdict(memory), ensure_ascii=False, indent=1).encode())
        begun.replace(file)
    except OSError as error:
        raise StoreError(f"the ledger could not be written: {error}") from error


def _order(told: Any) -> Order | None:
    if told is None:
        return None
    return Order(
        folder=str(told["folder"]),
        sources=tuple(map(str, told["sources"])),
        worlds=tuple(map(str, told["worlds"])),
        base=str(told["base"]),
    )


@dataclass(slots=True, eq=False)
class Removal:
    """Which articles are taken away: by id, those of earlier builds and those that are named now.

    A name is an id, an IRI that ends with one, the path of a file, or that of an item in it (``news.jsonl#3``). The
    articles of files that are brought ``back`` are there again.
    """

    removed: dict[str, str] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    back: frozenset[str] = frozenset()

    def keep(self, reports: Iterable[Report]) -> list[Report]:
        """The reports that stay; from now on the articles named are among the removed.

        Raises:
            StoreError: there is no article of a name.
        """
        told = list(reports)
        if self.back:
            for report in told:
                if self.back & {report.article.path, report.article.path.partition("#")[0]}:
                    self.removed.pop(report.article.id, None)
        self._name(told)
        return [report for report in told if report.article.id not in self.removed] if self.removed else told

    def _name(self, reports: Iterable[Report]) -> None:
        wanted = {_key(name): name for name in self.names}
        found = set()
        for report in reports if wanted else ():
            article = report.article
            for key in {article.id, article.path, article.path.partition("#")[0]} & wanted.keys():
                found.add(key)
                self.removed[article.id] = article.path
        if missing := sorted(name for key, name in wanted.items() if key not in found):
            hint = "name its path as it was built, or its id or IRI as on its page"
            raise StoreError(f"no article of the build is called {', '.join(missing)}: {hint}")


def _key(name: str) -> str:
    """The id in an IRI, or the path without what says nothing."""
    if "://" in name or name.startswith(("id/article/", "article/")):
        return name.rpartition("/")[2]
    return str(Path(name))
