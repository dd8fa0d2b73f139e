"""Words to the things that they name: an index over folded spellings, built once for each state of the graph.

A word stands for all that it begins, and for what is spelled alike: "Selenskyj" finds Zelenskyy, "lawrow" Lavrov.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import accumulate, chain
from typing import Final
from weakref import proxy

from kg.model.entity import fold
from kg.query.packed import Packed, Packer

_WORD: Final = re.compile(r"[^\W_]+")
_PARTING: Final = re.compile(r"(?<=[^\W\d_])['-](?=[^\W\d_])")
# Stands before the first word of a spelling; no word holds it.
_FIRST: Final = "\x01"
_LAST: Final = "\U0010ffff"
_MOST_WORDS: Final = 12
# A word this short is spelled as it is spelled.
_SHORTEST: Final = 4
_MOST_ALIKE: Final = 64
_KEPT_NUMBERS: Final = 1 << 22
_ALIKE: Final = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"tsch|tch", "ch"),
        (r"sch", "sh"),
        (r"ph", "f"),
        (r"kh|gh(?=.)", "h"),
        (r"ou|oo", "u"),
        (r"ee", "i"),
        (r"c(?=[eiy])", "s"),
        (r"ck|c(?!h)|q", "k"),
        (r"w", "v"),
        (r"z", "s"),
        (r"[yj]", "i"),
        (r"x", "ks"),
        (r"(?<=[dt])h", ""),
        (r"([a-z])\1+", r"\1"),
        (r"(?<=...)e$", ""),
    )
)
_VOWELS: Final = re.compile(r"(?<=.)[aeiou]+")


@dataclass(frozen=True, slots=True)
class Found:
    """Numbers of things, best first; ``is_alike`` where none has these very words, but others like them."""

    numbers: Sequence[int]
    is_alike: bool = False


_NOTHING: Final = Found(())


def words_of(text: str) -> list[str]:
    """The words of a folded text; what an apostrophe or a hyphen parts stands as one word and as two."""
    words = _WORD.findall(text)
    if _PARTING.search(text):
        return [*_WORD.findall(_PARTING.sub("", text)), *words]
    return words


def asked_words(text: str) -> tuple[str, ...]:
    """The words that somebody types, folded, each once."""
    return tuple(dict.fromkeys(_WORD.findall(fold(text).replace("'", ""))))[:_MOST_WORDS]


def _joined(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The words with two neighbours as one, each pair in turn."""
    for at in range(len(words) - 1):
        yield (*words[:at], words[at] + words[at + 1], *words[at + 2 :])


def initials(label: str) -> str:
    """What a name of several words is called for short: "un" for "United Nations"; empty for others."""
    large = [word[0] for word in _WORD.findall(label) if word[0].isupper()]
    return "".join(large).casefold() if 2 <= len(large) <= 6 else ""


@lru_cache(maxsize=1 << 14)
def sound(word: str) -> str:
    """What spellings of one word in several languages share."""
    for pattern, replaced in _ALIKE:
        word = pattern.sub(replaced, word)
    return word


def _may_vary(word: str) -> bool:
    """Whether a word is spelled in several ways: not where it is short, or a number."""
    return len(word) >= _SHORTEST and not any(map(str.isdigit, word))


def pack_index(packer: Packer, spellings: Iterable[Iterable[str]]) -> None:
    """Nothing; an index of the folded spellings of thing 0, 1, 2 and so on is packed."""
    having: dict[str, array[int]] = {}
    count = 0
    for number, spelled in enumerate(spellings):
        count += 1
        held: set[str] = set()
        for spelling in spelled:
            words = words_of(spelling)
            held.update(words)
            if words:
                held.add(_FIRST + words[0])
        for word in held:
            if word in having:
                having[word].append(number)
            else:
                having[word] = array("I", (number,))
    words = sorted(having)
    sounds = sorted((sound(word), at) for at, word in enumerate(words) if word[0] != _FIRST)
    packer.told["indexed"] = count
    packer.texts("words", [word.encode(errors="surrogatepass") for word in words])
    packer.numbers("starts", accumulate((len(having[word]) for word in words), initial=0), "Q")
    packer.numbers("having", chain.from_iterable(having[word] for word in words))
    packer.texts("sounds", [heard.encode(errors="surrogatepass") for heard, _ in sounds])
    packer.numbers("sounded", (at for _, at in sounds))


class Index:
    """Things by the words of their spellings; a thing is a number, and the lower one comes first among equals."""

    def __init__(self, packed: Packed) -> None:
        """The index that :func:`pack_index` packed."""
        self._words, self._sounds = map(packed.texts, ("words", "sounds"))
        self._starts, self._numbers, self._sounded = map(packed.numbers, ("starts", "having", "sounded"))
        kept = max(4, min(256, _KEPT_NUMBERS // max(packed.told["indexed"], 1)))
        self._known = lru_cache(maxsize=kept)(partial(Index._find, proxy(self)))

    def find(self, words: tuple[str, ...]) -> Found:
        """The things that have every word, or what it begins: those with the very words, then those that begin so."""
        return self._known(words) if words else _NOTHING

    def _find(self, words: tuple[str, ...]) -> Found:
        hits = self._with_all([self._beginning(word) for word in words])
        is_alike = not hits
        if is_alike:
            # A name whose syllables are written apart: "Jin ping".
            for joined in _joined(words):
                hits = self._with_all([self._beginning(word) for word in joined])
                if hits:
                    words = joined
                    break
        if not hits:
            # Small words between the parts of a name are often written otherwise.
            long = [word for word in words if len(word) >= _SHORTEST]
            hits = self._with_all([self._near(word) for word in long or words])
            if not hits:
                return _NOTHING
        whole = hits.intersection(*(self._of(word) for word in words))
        begun = hits.intersection(self._under(_FIRST + words[0])) - whole
        rest = hits - whole - begun
        return Found(array("I", (*sorted(whole), *sorted(begun), *sorted(rest))), is_alike)

    @staticmethod
    def _with_all(many: list[Collection[int]]) -> set[int]:
        fewest, *others = sorted(many, key=len)
        return set(fewest).intersection(*others)

    def _beginning(self, word: str) -> Collection[int]:
        """The things with a word that begins so, or is spelled like one that does."""
        strict = self._under(word)
        return self._and_those(strict, self._sounding(sound(word))) if _may_vary(word) else strict

    def _near(self, word: str) -> Collection[int]:
        """As :meth:`_beginning`; where there is none, the things with the same consonants, or most of its beginning."""
        found = self._beginning(word)
        if found or not _may_vary(word):
            return found
        heard = sound(word)
        bones = _VOWELS.sub("", heard)
        if len(bones) >= 3 or len(word) > _SHORTEST:
            low, high = self._range(self._sounds, heard[0])
            # Of few consonants, it is also where vowels stand that tells words apart.
            mark = "" if len(bones) >= 3 else "a"
            shape = _VOWELS.sub(mark, heard)
            alike = [at for at in range(low, high) if _VOWELS.sub(mark, self._sounds[at]) == shape]
            found = self._and_those((), [self._sounded[at] for at in alike[:_MOST_ALIKE]])
        while not found and len(heard) > _SHORTEST:
            heard = heard[:-1]
            found = self._and_those((), self._sounding(heard))
        return found

    def _sounding(self, heard: str) -> Sequence[int]:
        """The places of the words that sound as if they begin so; none where they are too many."""
        low, high = self._range(self._sounds, heard)
        return self._sounded[low:high] if len(heard) >= 3 and high - low <= _MOST_ALIKE else ()

    def _and_those(self, numbers: Collection[int], places: Sequence[int]) -> Collection[int]:
        if not places:
            return numbers
        every = set(numbers)
        for at in places:
            every.update(self._numbers[self._starts[at] : self._starts[at + 1]])
        return every

    def _under(self, beginning: str) -> Sequence[int]:
        low, high = self._range(self._words, beginning)
        return self._numbers[self._starts[low] : self._starts[high]]

    def _of(self, word: str) -> Sequence[int]:
        at = bisect_left(self._words, word)
        if at == len(self._words) or self._words[at] != word:
            return ()
        return self._numbers[self._starts[at] : self._starts[at + 1]]

    @staticmethod
    def _range(ordered: Sequence[str], beginning: str) -> tuple[int, int]:
        return bisect_left(ordered, beginning), bisect_left(ordered, beginning + _LAST)
