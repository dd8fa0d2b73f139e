"""The names of the things in a graph: for pick-lists, for search, and for parameters given by label, slug or IRI.

They are packed in a row of bytes, by another process where there are many, and read in place.
"""

from __future__ import annotations

import heapq
import json
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import chain
from typing import Final, overload
from weakref import proxy

from kg.model.entity import fold, slug
from kg.query.packed import Packed, Packer
from kg.query.search import Index, asked_words, initials, pack_index


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A thing by its name; ``others`` are further names, ``date`` an ISO date, empty where it has none.

    ``mentions`` counts what else names it: articles, contacts, agreements.
    """

    iri: str
    label: str
    kind: str
    others: tuple[str, ...] = ()
    date: str = ""
    mentions: int = 0

    @property
    def slug(self) -> str:
        """The last part of the IRI."""
        return self.iri.rstrip("/").rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class Matches:
    """What a search found, best first, and how many of each kind; ``is_alike`` where it is only spelled alike."""

    names: Sequence[Name]
    total: int
    counts: Mapping[str, int]
    is_alike: bool = False


# Who and where come before what they did.
_FIRST_KINDS: Final = frozenset({"Leader", "Summit", "Country", "Organization", "Place"})
_KEPT: Final = 1 << 12
_NOBODY: Final = Matches((), 0, {})


class Listed(Sequence[Name]):
    """Names by their numbers, each read when it is asked for."""

    def __init__(self, at: Callable[[int], Name], numbers: Sequence[int]) -> None:
        """Those with these numbers, in this order."""
        self._at, self.numbers = at, numbers

    def __len__(self) -> int:
        """How many there are."""
        return len(self.numbers)

    @overload
    def __getitem__(self, at: int) -> Name: ...

    @overload
    def __getitem__(self, at: slice) -> list[Name]: ...

    def __getitem__(self, at: int | slice) -> Name | list[Name]:
        """The name at this place."""
        if isinstance(at, slice):
            return [self._at(number) for number in self.numbers[at]]
        return self._at(self.numbers[at])


class Names:
    """All names of one generation, read where they were packed.

    The number of a name is its place: the most mentioned people and places first.
    """

    def __init__(self, names: Iterable[Name] | Packed) -> None:
        """Those that were packed; others are packed first."""
        packed = names if isinstance(names, Packed) else Packed(b"".join(pack_names(names)))
        self._texts = packed.texts("name")
        self._by_iri, self._by_path, self._folded = map(packed.keys, ("iri", "path", "folded"))
        self._in_order, self._by_date, self._place = map(packed.numbers, ("in order", "by date", "place"))
        self._of_kind = {kind: packed.numbers(f"kind {kind}") for kind in packed.told["kinds"]}
        self._kinds = packed.numbers("kind")
        self._kind_names: Sequence[str] = packed.told["kinds"]
        self.counts: Mapping[str, int] = {kind: len(numbers) for kind, numbers in self._of_kind.items()}
        self._lists: dict[frozenset[str], Listed] = {}
        self._leading: dict[tuple[frozenset[str], int], tuple[Name, ...]] = {}
        self._index = Index(packed)
        # What they keep does not keep them: all names of a generation go when the next ones come.
        self._counted = lru_cache(maxsize=256)(partial(Names._count, proxy(self)))
        self.at = lru_cache(maxsize=_KEPT)(partial(_read, self._texts))

    def __iter__(self) -> Iterator[Name]:
        """Every name, by kind and label."""
        return map(partial(_read, self._texts), self._in_order)

    def __len__(self) -> int:
        """How many things have a name."""
        return len(self._texts)

    def get(self, iri: str) -> Name | None:
        """The name of this thing."""
        return next((name for name in map(self.at, self._by_iri.of(iri)) if name.iri == iri), None)

    def of_kinds(self, kinds: frozenset[str]) -> Sequence[Name]:
        """The pick-list of a kind: things of a date newest first, all others by label."""
        if kinds not in self._lists:
            self._lists[kinds] = Listed(self.at, self._dated(kinds))
        return self._lists[kinds]

    def _dated(self, kinds: frozenset[str]) -> Sequence[int]:
        known = [self._of_kind[kind] for kind in sorted(kinds) if kind in self._of_kind]
        if not kinds:
            return self._by_date
        return known[0] if len(known) == 1 else array("I", sorted(chain(*known), key=self._place.__getitem__))

    def leading_of(self, kinds: frozenset[str], most: int) -> tuple[Name, ...]:
        """The most mentioned of these kinds, by label."""
        if (kinds, most) not in self._leading:
            chosen = map(self.at, heapq.nsmallest(most, self._dated(kinds)))
            self._leading[kinds, most] = tuple(sorted(chosen, key=lambda name: fold(name.label)))
        return self._leading[kinds, most]

    def leading(self, most: int) -> Sequence[Name]:
        """The most mentioned people, summits, countries, organisations and places."""
        first = (self.at(number) for number in range(min(most, len(self))))
        return [name for name in first if name.kind in _FIRST_KINDS]

    def find(self, text: str, kinds: frozenset[str] = frozenset()) -> list[Name]:
        """The things of this name: an IRI or its end, a label, a further name, a slug; else all that it begins."""
        # "meeting/2025-06-17-a-b", as ``kg why`` names it.
        known = self.get(text) or (self._on_path(text.strip()) if "/" in text else None)
        if known is not None:
            return [known] if not kinds or known.kind in kinds else []
        for spelling in (fold(text.strip()), slug(text)):
            exact = [name for name in self._called(spelling) if not kinds or name.kind in kinds]
            if exact:
                return exact
        found = self._index.find(asked_words(text))
        if found.is_alike:
            return []
        return [self.at(number) for number in found.numbers if self._kind_of(number) in kinds or not kinds]

    def _on_path(self, path: str) -> Name | None:
        return next((name for name in map(self.at, self._by_path.of(path)) if _path(name) == path), None)

    def _called(self, spelling: str) -> list[Name]:
        """The things with this folded name, the most mentioned first."""
        return [name for name in map(self.at, self._folded.of(spelling)) if spelling in _spelled(name)]

    def _kind_of(self, number: int) -> str:
        return self._kind_names[self._kinds[number]]

    def search(self, text: str, most: int = 1_000_000) -> list[Name]:
        """The things whose names hold every word of the text as a beginning of a word, best first."""
        return list(self.matches(text, most=most).names)

    def matches(self, text: str, kind: str = "", *, begin: int = 0, most: int = 20) -> Matches:
        """So many of the things that a text may mean, from this one on.

        First what is exactly so called, then what has these very words, then what begins so, of each the most
        mentioned first; where there is none, what is spelled alike.
        """
        words = asked_words(text)
        found = self._index.find(words)
        if not found.numbers:
            return _NOBODY
        counts = self._counted(words)
        exact = self._called(fold(text.strip()))
        # Where many things are called so, they come in their usual order.
        first = [name for name in exact if not kind or name.kind == kind] if len(exact) <= most else []
        total = counts.get(kind, 0) if kind else len(found.numbers)
        names = self._slice(found.numbers, kind, frozenset(name.iri for name in first), begin + most)
        return Matches([*first, *names][begin : begin + most], total, counts, found.is_alike)

    def _slice(self, numbers: Sequence[int], kind: str, without: frozenset[str], most: int) -> list[Name]:
        """The first names of these numbers, of this kind."""
        found: list[Name] = []
        for number in numbers:
            if kind and self._kind_of(number) != kind:
                continue
            name = self.at(number)
            if name.iri not in without:
                found.append(name)
                if len(found) == most:
                    break
        return found

    def _count(self, words: tuple[str, ...]) -> Mapping[str, int]:
        counted = Counter(map(self._kinds.__getitem__, self._index.find(words).numbers))
        return {self._kind_names[at]: count for at, count in counted.items()}


def _read(texts: Sequence[str], number: int) -> Name:
    """The name with this number."""
    iri, label, kind, others, date, mentions = json.loads(texts[number])
    return Name(iri=iri, label=label, kind=kind, others=tuple(others), date=date, mentions=mentions)


def pack_names(names: Iterable[Name]) -> Iterator[bytes]:
    """The names and all that finds them, as :class:`Packed` reads them."""
    ranked = sorted(names, key=_weight)
    kinds = sorted({name.kind for name in ranked})
    in_order = sorted(range(len(ranked)), key=lambda at: (ranked[at].kind, fold(ranked[at].label), ranked[at].iri))
    by_date = sorted(in_order, key=lambda at: ranked[at].date, reverse=True)
    place = array("I", bytes(4 * len(ranked)))
    for number, at in enumerate(by_date):
        place[at] = number
    packer = Packer()
    packer.told["kinds"] = kinds
    packer.texts("name", [_written(name) for name in ranked])
    packer.numbers("kind", map({kind: at for at, kind in enumerate(kinds)}.__getitem__, (name.kind for name in ranked)))
    for kind in kinds:
        packer.numbers(f"kind {kind}", (at for at in by_date if ranked[at].kind == kind))
    for name, numbers in (("in order", in_order), ("by date", by_date), ("place", place)):
        packer.numbers(name, numbers)
    packer.keys("iri", ((name.iri, at) for at, name in enumerate(ranked)))
    packer.keys("path", ((_path(name), at) for at, name in enumerate(ranked)))
    spelled = [_spelled(name) for name in ranked]
    packer.keys("folded", ((spelling, at) for at, each in enumerate(spelled) for spelling in each))
    pack_index(packer, map(_searched, ranked, spelled))
    return packer.pieces()


def _written(name: Name) -> bytes:
    told = (name.iri, name.label, name.kind, name.others, name.date, name.mentions)
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode(errors="surrogatepass")


def _path(name: Name) -> str:
    return name.iri.rpartition("/id/")[2]


def _spelled(name: Name) -> list[str]:
    """The folded spellings of a name."""
    return list(dict.fromkeys((fold(name.label), fold(name.slug), *map(fold, name.others))))


def _searched(name: Name, spelled: list[str]) -> list[str]:
    """All that a search finds it by."""
    short = initials(name.label) if name.kind in _FIRST_KINDS else ""
    return [*spelled, short] if short else spelled


def _weight(name: Name) -> tuple[bool, int, str, str]:
    """What comes first among names that fit alike: those of people and places, the most mentioned, by label."""
    return name.kind not in _FIRST_KINDS, -name.mentions, fold(name.label), name.iri
