"""Patterns over typed items: written in words of the field, run as a regular expression, one character an item.

Syntax, blanks ignored: a :class:`~kg.extract.item.Symbol` letter stands for an item of its kind; ``<met>`` for a listed
word of the class ``met``, ``<met|sat>`` for either, ``<^and|but>`` for any item but these (letters and marks count too:
``<^P|,>``); ``slot=( … )`` names what it holds; ``?``, ``{m,n}`` and ``|`` as usual. ``*`` and ``+`` do not exist: gaps
are bounded, so that no sentence makes a pattern blow up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from kg.extract.item import Item, Symbol
from kg.extract.musts import Letters, musts
from kg.lexicon.gazetteer import Kind

_FIRST: Final = 0xE000
_MARKS: Final = {"(": "‹", ")": "›", "—": "–", "--": "–", "---": "–", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'}
_UNBOUNDED: Final = re.compile(r"[*+]|\{\d+,\}")
_NESTED: Final = re.compile(r"\([^()]*[}?][^()]*\)\{")
_CLASS: Final = re.compile(r"<(\^?)([^<>]+)>")
_SLOT: Final = re.compile(r"\b([a-z_]+)=\(")


class PatternError(ValueError):
    """A pattern that is not of the syntax, or names a class that no word list has."""


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """A compiled pattern: its regular expression, its slots by name, and what a sentence must hold for it to match."""

    regex: re.Pattern[str]
    slots: Mapping[str, int]
    musts: tuple[Letters, ...]  # sets of letters of each of which one must be there


@dataclass(slots=True)
class Alphabet:
    """The character of every set of word classes."""

    letters: dict[frozenset[str], str] = field(default_factory=dict)
    by_class: dict[str, Letters] = field(default_factory=dict)

    @classmethod
    def of(cls, class_sets: Iterable[frozenset[str]]) -> Alphabet:
        """One character for each distinct set, in a stable order."""
        alphabet = cls()
        for number, classes in enumerate(sorted(set(class_sets), key=sorted)):
            letter = chr(_FIRST + number)
            alphabet.letters[classes] = letter
            for name in classes:
                alphabet.by_class[name] = alphabet.by_class.get(name, frozenset()) | {letter}
        return alphabet

    def _members(self, names: str) -> Letters:
        """The letters of class names and symbols with ``|`` between them."""
        letters: Letters = frozenset()
        for name in names.split("|"):
            if len(name) > 1 and name not in self.by_class:
                raise PatternError(f"no word list has the class {name!r}")
            letters |= {name} if len(name) == 1 else self.by_class[name]
        return letters

    def compile(self, pattern: str) -> Pattern:
        """One pattern, ready to be looked for.

        Raises:
            PatternError: an unbounded or nested repetition, or an unknown class.
        """
        if _UNBOUNDED.search(pattern):
            raise PatternError(f"unbounded repetition in {pattern!r}")
        if _NESTED.search(pattern.replace(" ", "")):
            raise PatternError(f"nested repetition in {pattern!r}")
        slots = _SLOT.sub(r"(?P«\1»", pattern)
        classes = _CLASS.sub(lambda m: f"[{m[1]}{re.escape(''.join(sorted(self._members(m[2]))))}]", slots)
        regex = re.compile(classes.replace(" ", "").replace("«", "<").replace("»", ">"))
        return Pattern(regex, dict(regex.groupindex), musts(pattern, self._members))


def mark_symbol(text: str) -> str:
    """The symbol of a punctuation mark."""
    return _MARKS.get(text, text if len(text) == 1 and text in ",;:-–.?!\"'/&" else Symbol.WORD)


def symbols_of(items: Sequence[Item]) -> str:
    """One character an item: what patterns run over."""
    return "".join([item.symbol for item in items])


def class_sets(found: Iterable[Mapping[Kind, tuple[str, ...]]]) -> Iterable[frozenset[str]]:
    """The sets of word classes that listed phrases have."""
    for keys in found:
        if Kind.WORD in keys:
            yield frozenset(keys[Kind.WORD])
