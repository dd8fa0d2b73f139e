"""What an item tells as lines of text: reports and rejections, which travel between processes and rest in the ledger.

A line does not hold the name of its item: the same bytes under another name tell the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from kg.errors import ArticleError, KgError
from kg.facts.jsonl import from_json, to_json
from kg.facts.report import Report
from kg.read import Source
from kg.read.formats import concluded
from kg.read.item import Item
from kg.read.items import read_item

Things = Iterator[tuple[str, Callable[[], str]]]
"""The things in an item: what each is called, and what makes its line."""


@dataclass(slots=True, kw_only=True, eq=False)
class Asked:
    """What was found under the paths, in its turn.

    ``item`` is to be read, unless the same bytes are being read just now (``waits``); where it is ``None``, the
    ``lines`` are known. ``key`` is what the ledger knows it by, ``weight`` the bytes of its file that it stands for,
    ``error`` why a file that needs no rules could not be read.
    """

    name: str
    item: Item | None = None
    waits: bool = False
    key: bytes | None = None
    lines: tuple[str, ...] | None = None
    weight: int = 0
    error: KgError | None = None

    @property
    def to_read(self) -> Item | None:
        """The item, if it is to be read."""
        return None if self.waits else self.item


@dataclass(slots=True, eq=False)
class Answer:
    """The lines of one item; they are not sure where another attempt might give others."""

    lines: list[str] = field(default_factory=list)
    is_sure: bool = True


def things_in(item: Item, is_place: Callable[[str], bool], extract: Callable[[Source], Report]) -> Things:
    """Each article and record of an item by its name, before its facts are sought."""
    for found in read_item(item, is_place):

        def told(found: Source | ArticleError) -> Report | ArticleError:
            return found if isinstance(found, ArticleError) else extract(found)

        yield found.path, partial(lambda one: to_line(told(concluded(one, is_place)), item.name), found)


def to_line(found: Report | ArticleError, name: str) -> str:
    """The line of a report or a rejection of an item of that name."""
    path = found.path if isinstance(found, ArticleError) else found.article.path
    behind = path.removeprefix(name)
    if isinstance(found, ArticleError):
        return json.dumps([behind, found.reason], ensure_ascii=False)
    table = to_json(found)
    table["article"]["path"] = ""
    return json.dumps([behind, table], ensure_ascii=False, separators=(",", ":"))


def from_line(line: str, name: str) -> Report | ArticleError:
    """The report or the rejection of a line, for an item of that name."""
    behind, told = json.loads(line)
    path = name + behind if behind[:1] in _BEHIND else behind
    if isinstance(told, str):
        return ArticleError(path, told)
    told["article"]["path"] = path
    return from_json(told, name, 1)


_BEHIND: Final = ("", "#")
