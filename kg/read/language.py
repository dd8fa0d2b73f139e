"""Whether a text is English; one in another language is refused by that language's name, not misread."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from typing import Final

from kg.errors import ArticleError
from kg.read.words import word_list

_SAMPLE: Final = 20_000  # characters from the beginning that are looked at
_LEAST: Final = 5  # small words of another language, without which nothing is said of it
_LETTERS: Final = 20  # letters of another script, likewise
_WORD = re.compile(r"[^\W\d_]+(?:['’](?=[^\W\d_]))?")
_RANGES: Final = (
    ("Kana", 0x3040, 0x30FF), ("Han", 0x3400, 0x9FFF), ("Hangul", 0xAC00, 0xD7AF), ("Cyrillic", 0x400, 0x52F),
    ("Arabic", 0x600, 0x6FF), ("Hebrew", 0x590, 0x5FF), ("Greek", 0x370, 0x3FF), ("Devanagari", 0x900, 0x97F),
    ("Bengali", 0x980, 0x9FF), ("Tamil", 0xB80, 0xBFF), ("Thai", 0xE00, 0xE7F), ("Georgian", 0x10A0, 0x10FF),
    ("Armenian", 0x530, 0x58F), ("Amharic", 0x1200, 0x137F),
)  # fmt: skip
_SCRIPTS = re.compile("|".join(f"(?P<{name}>[{chr(first)}-{chr(last)}])" for name, first, last in _RANGES))
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")


def refuse_foreign(text: str, path: str, declared: str = "en") -> None:
    """Nothing for an English text; what its source ``declared`` counts only where the text itself does not tell.

    Raises:
        ArticleError: in another language; the reason names it.
    """
    sample = text[:_SAMPLE]
    looks = _by_script(sample)
    if looks is None:
        looks, english = _by_words(sample)
        if looks is None and not english and (said := _declared(declared)) is not None:
            raise ArticleError(path, f"not in English: its source says that it is in {said}")
    if looks is not None:
        raise ArticleError(path, f"not in English: it looks like {looks}")


def is_english(declared: str) -> bool:
    """Whether a source that says so says that it is in English ("en-GB", "English")."""
    return re.split(r"[-_ ]", declared.strip().lower())[0] in word_list("languages")["english"]["names"]


def _declared(said: str) -> str | None:
    """The other language that a source says it is in, by its name where that is known."""
    if not said or is_english(said):
        return None
    code = re.split(r"[-_ ]", said.strip().lower())[0]
    named = (name for name, told in word_list("languages")["languages"].items() if code in told["codes"])
    return next(named, f"“{said[:20]}”")


def _by_script(sample: str) -> str | None:
    """The language of a text that is mostly in other letters than English."""
    counts = Counter(match.lastgroup for match in _SCRIPTS.finditer(sample))
    foreign = sum(counts.values())
    if foreign < _LETTERS or foreign < len(_LATIN.findall(sample)):
        return None
    script = "Kana" if counts["Kana"] * 10 > foreign else str(counts.most_common(1)[0][0])
    for letters, name in word_list("languages")["scripts"][script]:
        if not letters or sum(sample.lower().count(letter) for letter in letters) * 100 > foreign:
            return str(name)
    return None


def _by_words(sample: str) -> tuple[str | None, bool]:
    """The language whose small words a text is made of, ``None`` for English and where too few stand there to tell.

    Beside it, whether the words are those of English: more than of any other language, and not by chance.
    """
    words = Counter(word.lower().rstrip("'’") for word in _WORD.findall(sample))
    only, shared = Counter[str](), Counter[str]()
    english = 0
    for word in words.keys() & _speakers().keys():
        in_english, names = _speakers()[word]
        english += words[word] * in_english
        for name in names:
            (shared if in_english else only)[name] += words[word]
    best = max(only, key=lambda name: (only[name], name), default="")
    # What both languages have ("in" and "was" of Dutch) speaks for neither.
    told = english - shared[best]
    if only[best] >= _LEAST and only[best] > 2 * told:
        return best, False
    return None, told >= _LEAST and told > only[best]


@cache
def _speakers() -> Mapping[str, tuple[bool, tuple[str, ...]]]:
    """By small word whether it is English, and which other languages have it."""
    table = word_list("languages")
    english = frozenset(table["english"]["small"])
    others = {name: frozenset(told["small"]) for name, told in table["languages"].items()}
    every = english.union(*others.values())
    return {word: (word in english, tuple(name for name in others if word in others[name])) for word in every}
