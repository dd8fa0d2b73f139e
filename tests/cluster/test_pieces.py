"""Items in batches and pieces: nothing is lost or told twice, and what two workers did not survive is named."""

from __future__ import annotations

import pytest

from kg.cluster.pieces import Batch, batches_of
from kg.ledger.heard import Answer, Asked
from kg.read.item import Item


def asked(number: int, *, known: bool = False, size: int = 10) -> Asked:
    name = f"{number}.txt"
    if known:
        return Asked(name=name, lines=())
    return Asked(name=name, item=Item(name=name, suffix=".txt", content=b"x" * size))


def batch_of(*items: Asked) -> Batch:
    (batch,) = batches_of(items)
    return batch


def answer(*words: str) -> list[Answer]:
    return [Answer([word]) for word in words]


def lines(batch: Batch) -> list[list[str] | None]:
    assert batch.is_answered
    return [None if found is None else found.lines for _, found in batch.told()]


@pytest.mark.parametrize("number", [0, 1, 16, 17, 1000])
def test_batches_hold_everything_in_its_order(number: int) -> None:
    items = [asked(each, known=each % 3 == 0) for each in range(number)]
    batches = list(batches_of(items))
    assert [one for batch in batches for one in batch.asked] == items
    assert all(len(batch.items) <= 16 for batch in batches)


def test_a_batch_ends_with_what_is_large_or_when_all_is_known() -> None:
    assert [len(batch.asked) for batch in batches_of([asked(1), asked(2, size=600_000), asked(3)])] == [2, 1]
    assert [len(batch.asked) for batch in batches_of(asked(n, known=True) for n in range(700))] == [500, 200]
    assert batch_of(asked(1, known=True)).pieces() == []


def test_answers_go_to_what_was_asked_and_what_is_known_has_none() -> None:
    batch = batch_of(asked(1), asked(2, known=True), asked(3))
    (piece,) = batch.pieces()
    assert not batch.is_answered
    piece.take(answer("a", "b"))
    assert lines(batch) == [["a"], None, ["b"]]


def test_a_piece_is_tried_once_more_and_then_item_by_item() -> None:
    batch = batch_of(asked(1), asked(2), asked(3))
    (piece,) = batch.pieces()
    assert piece.lost() == [piece]
    one, two, three = piece.lost()
    assert [item.name for part in (one, two, three) for item in part.items] == ["1.txt", "2.txt", "3.txt"]
    three.take(answer("c"))
    one.take(answer("a"))
    assert two.lost() == [two]
    assert not batch.is_answered
    assert two.lost() == []
    told = [found for _, found in batch.told()]
    assert [found.is_sure for found in told if found] == [True, False, True]
    assert lines(batch) == [["a"], ['["", "the worker that read it was lost, twice"]'], ["c"]]
