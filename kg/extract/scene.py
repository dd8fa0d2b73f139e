"""One sentence in its article: its items, and what of the article so far bears on it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from kg.extract.among import has_word
from kg.extract.figure import Figure
from kg.extract.item import Item, Symbol
from kg.extract.known import HEADS
from kg.extract.lexicon import Lexicon, plain_words
from kg.extract.memory import Memory, Those
from kg.extract.pattern import symbols_of
from kg.extract.register import Register
from kg.extract.segment import Sentence
from kg.model.text import Article, Part


@dataclass(slots=True)
class Scene:
    """The sentence under the rules."""

    article: Article
    sentence: Sentence
    items: list[Item]
    register: Register
    memory: Memory
    lexicon: Lexicon
    day: dt.date | None
    claimed: set[int] = field(default_factory=set)
    symbols: str = ""
    present: frozenset[str] = frozenset()
    _words: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Read the symbols once for every rule set."""
        self.symbols = symbols_of(self.items)
        self.present = frozenset(self.symbols)

    @property
    def is_headline(self) -> bool:
        """Whether the sentence is the headline."""
        return self.sentence.part is Part.HEADLINE

    @property
    def is_question(self) -> bool:
        """Whether the sentence asks, or is a questioner's in a transcript ("Question: …"), and so tells of nothing."""
        opening = self.items[:2]
        if len(opening) > 1 and opening[1].symbol == ":" and opening[0].text.casefold() in plain_words("questioner"):
            return True
        if "?" not in self.present:
            return False
        last = next((item for item in reversed(self.items) if item.symbol != '"'), None)
        return last is not None and last.symbol == "?"

    @property
    def words(self) -> frozenset[str]:
        """The items' words, folded: put together when they are first asked for."""
        if not self._words:
            self._words = frozenset([item.text.casefold() for item in self.items])
        return self._words

    def says(self, name: str) -> bool:
        """Whether one of the items is a word of this list of ``seeds/words/plain.toml``."""
        return not self.words.isdisjoint(plain_words(name))

    def people(self, at: int) -> tuple[Figure, ...]:
        """The figures that the item at this index stands for; none where it is not known."""
        item = self.items[at]
        if isinstance(item.value, Figure):
            return (item.value,)
        if item.symbol == Symbol.PEOPLE and isinstance(item.value, tuple):
            return item.value
        if isinstance(item.value, Those):
            return self.those(at, item.value)
        return ()

    def those(self, at: int, those: Those) -> tuple[Figure, ...]:
        """Whom "the two leaders" means: the people of this sentence before it, if so many; else the last group."""
        before: list[Figure] = []
        for index, item in enumerate(self.items[:at]):
            if self._only_says(index):
                continue
            values = item.value if isinstance(item.value, tuple) else (item.value,)
            before += [v for v in values if isinstance(v, Figure) and v not in before and item.symbol in "PQR"]
        if those.office == "head":
            before = [f for f in before if f.office_kind in HEADS]
        elif those.office is not None and those.office != "leader":
            before = [f for f in before if those.office in f.offices]
        if len(before) == (those.number or 2):
            return tuple(before)
        if len(before) == 1 and those.number == 0 and has_word(self.items[:at], "delegation"):
            return tuple(before)  # "the premier and his delegation will fly to Lima, where they will be received"
        if self.memory.after_stranger and those.office is None:
            return ()
        later = [item.value for item in self.items[at + 1 :] if item.symbol == Symbol.PEOPLE]
        group = self.memory.group_of(those.number, those.office, later)
        leader = self.memory.escorted.get(group)
        return group if leader is None or those.number or those.office else (leader,)

    def _only_says(self, at: int) -> bool:
        """Whether the item is who tells of the others: "he has not, she said, but the two spoke"."""
        if not 0 < at < len(self.items) - 1 or not self.items[at].is_word("he"):
            return False
        return self.items[at - 1].symbol == "," and self.items[at + 1].is_word("said")

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The offsets that the items ``first`` to ``last`` (both included) cover."""
        return self.items[first].begin, self.items[last].end

    def text(self, begin: int, end: int) -> str:
        """The article's characters at these offsets."""
        return self.article.text[begin:end]
