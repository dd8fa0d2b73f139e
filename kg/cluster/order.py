"""What every worker of a cluster is told of a build: whose it is, by which rules it reads, in which worlds."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.config import shipped
from kg.ledger.rules import named_rules

World = tuple[tuple[str, bytes], ...]
"""The files of a folder, each by its path in it: workers see no disk of ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A build by a name that no other one has."""

    name: str
    rules: Mapping[str, str]
    worlds: tuple[World, ...] = ()


def order_of(worlds: Sequence[Path]) -> Order:
    """The order of a build in these worlds, by the rules that are installed here."""
    return Order(name=os.urandom(8).hex(), rules=rules_in(worlds), worlds=tuple(map(_packed, worlds)))


def rules_in(worlds: Sequence[Path]) -> Mapping[str, str]:
    """By which rules articles are read here, in these worlds."""
    return named_rules((shipped("seeds"), *worlds))


@contextmanager
def laid_out(worlds: Sequence[World]) -> Iterator[tuple[Path, ...]]:
    """The worlds as folders; they are gone afterwards."""
    with TemporaryDirectory(prefix="kg-") as root:
        folders = tuple(Path(root) / str(number) for number in range(len(worlds)))
        for folder, world in zip(folders, worlds, strict=True):
            for name, content in world:
                file = folder / name
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content)
        yield folders


def _packed(folder: Path) -> World:
    files = (file for file in sorted(folder.rglob("*")) if file.is_file() and "__pycache__" not in file.parts)
    return tuple((str(file.relative_to(folder)), file.read_bytes()) for file in files)
