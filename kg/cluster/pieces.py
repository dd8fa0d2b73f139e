"""Items in batches, each answered in pieces: a piece that two workers did not survive is tried item by item."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from kg.errors import ArticleError
from kg.ledger.heard import Answer, Asked, to_line
from kg.read.item import Item

_ITEMS: Final = 16
_BYTES: Final = 500_000
_ASKED: Final = 500  # with what is known already
_LOSSES: Final = 2
_REASON: Final = "the worker that read it was lost, twice"


@dataclass(slots=True, eq=False)
class Batch:
    """What was asked for one after the other, and the answers to what of it is to be read."""

    asked: list[Asked] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    answers: dict[int, Answer] = field(default_factory=dict)
    bytes: int = 0

    @property
    def is_full(self) -> bool:
        """Whether it is enough for one task."""
        return len(self.items) >= _ITEMS or self.bytes >= _BYTES or len(self.asked) >= _ASKED

    @property
    def is_answered(self) -> bool:
        """Whether every item of it is answered."""
        return len(self.answers) == len(self.items)

    def add(self, asked: Asked) -> None:
        """Nothing; it is asked for with the others."""
        self.asked.append(asked)
        if (item := asked.to_read) is not None:
            self.items.append(item)
            self.bytes += len(item.content)

    def pieces(self) -> list[Piece]:
        """All that is to be read, in one piece."""
        return [Piece(self, 0, len(self.items))] if self.items else []

    def told(self) -> Iterator[tuple[Asked, Answer | None]]:
        """What was asked for, each with its answer."""
        number = 0
        for asked in self.asked:
            if asked.to_read is None:
                yield asked, None
            else:
                yield asked, self.answers[number]
                number += 1


@dataclass(slots=True, eq=False)
class Piece:
    """Some items of a batch, and how many workers were lost over them."""

    batch: Batch
    first: int
    end: int
    losses: int = 0

    @property
    def items(self) -> list[Item]:
        """What is to be read."""
        return self.batch.items[self.first : self.end]

    def take(self, answers: Iterable[Answer]) -> None:
        """Nothing; these are the answers."""
        self.batch.answers.update(enumerate(answers, self.first))

    def lost(self) -> list[Piece]:
        """What is to be tried now that the worker is gone that had it; an item alone is rejected the second time."""
        self.losses += 1
        if self.losses < _LOSSES:
            return [self]
        if self.end - self.first > 1:
            return [Piece(self.batch, number, number + 1) for number in range(self.first, self.end)]
        name = self.items[0].name
        self.take([Answer([to_line(ArticleError(name, _REASON), name)], is_sure=False)])
        return []


def batches_of(asked: Iterable[Asked]) -> Iterator[Batch]:
    """Everything in its order, each batch enough for one task."""
    batch = Batch()
    for one in asked:
        batch.add(one)
        if batch.is_full:
            yield batch
            batch = Batch()
    if batch.asked:
        yield batch
