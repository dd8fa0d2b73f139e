"""Texts and numbers in one row of bytes are read as they were packed."""

from __future__ import annotations

import gc
import weakref

import pytest

from kg.query.names import Name, Names, pack_names
from kg.query.packed import Packed, Packer, mark

# Two words of one mark.
ALIKE = ("plumless", "buckeroo")


def packed(packer: Packer) -> Packed:
    return Packed(b"".join(packer.pieces()))


def named(label: str, kind: str = "Leader", date: str = "") -> Name:
    return Name(iri=f"https://example.org/id/{kind.lower()}/{label}", label=label, kind=kind, date=date)


def test_what_was_packed_is_read() -> None:
    packer = Packer()
    packer.told["kinds"] = ["é", "b"]
    packer.texts("texts", ["é☃\U0001f600".encode(), b"", b"abc"])
    packer.numbers("numbers", [3, 1, 2])
    packer.numbers("large", [1 << 40], "Q")
    read = packed(packer)
    assert read.told["kinds"] == ["é", "b"]
    assert list(read.texts("texts")) == ["é☃\U0001f600", "", "abc"]
    assert read.texts("texts")[1:] == ["", "abc"]
    assert list(read.numbers("numbers")) == [3, 1, 2]
    assert list(read.numbers("large")) == [1 << 40]
    assert list(read.numbers("elsewhere")) == []


def test_where_there_is_nothing_nothing_is_read() -> None:
    packer = Packer()
    packer.texts("texts", [])
    packer.numbers("numbers", [])
    packer.keys("keys", [])
    read = packed(packer)
    assert list(read.texts("texts")) == list(read.numbers("numbers")) == list(read.keys("keys").of("a")) == []


def test_a_text_leads_to_all_its_numbers() -> None:
    packer = Packer()
    packer.keys("keys", [("b", 7), ("a", 5), ("b", 1), ("c", 2)])
    keys = packed(packer).keys("keys")
    assert [list(keys.of(text)) for text in ("a", "b", "c", "d")] == [[5], [1, 7], [2], []]


def test_two_names_of_one_mark_are_told_apart() -> None:
    assert mark(ALIKE[0]) == mark(ALIKE[1])
    names = Names(named(label) for label in ALIKE)
    assert [[name.label for name in names.find(label)] for label in ALIKE] == [[label] for label in ALIKE]
    assert names.find(f"leader/{ALIKE[0]}") == [names.get(f"https://example.org/id/leader/{ALIKE[0]}")]


def test_names_are_the_same_from_another_process() -> None:
    every = [named("Anna Novak"), named("Talks", "Meeting", "2025-06-17"), named("Call", "PhoneCall", "2025-06-18")]
    names = Names(Packed(b"".join(pack_names(every))))
    assert list(names) == list(Names(reversed(every))) == sorted(every, key=lambda name: name.kind)
    assert names.counts == {"Leader": 1, "Meeting": 1, "PhoneCall": 1}
    both = names.of_kinds(frozenset({"Meeting", "PhoneCall"}))
    assert [name.label for name in both] == ["Call", "Talks"]
    assert [name.label for name in reversed(both[:5])] == ["Talks", "Call"]
    assert len(names.of_kinds(frozenset())) == 3
    assert not names.of_kinds(frozenset({"Summit"}))
    assert not Names(())
    assert not Names(()).matches("a").names


@pytest.mark.parametrize("asked", ["matches", "find", "leading_of"])
def test_nobody_keeps_the_names_of_a_generation_that_is_gone(asked: str) -> None:
    names = Names([named("Anna Novak")])
    if asked == "leading_of":
        assert names.leading_of(frozenset({"Leader"}), 1)
        assert names.of_kinds(frozenset({"Leader"}))[0]
    else:
        assert getattr(names, asked)("anna")
    gone = weakref.ref(names)
    gc.disable()
    try:
        del names
        assert gone() is None
    finally:
        gc.enable()
