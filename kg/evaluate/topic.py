"""What two phrases for a topic share: stems of content words, and the head noun."""

from __future__ import annotations

import re
from typing import Final

from kg.evaluate.match import words_of

_EMPTY: Final = frozenset(
    {
        "a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "its", "of", "on", "or", "the", "their", "to",
        "with", "between", "both", "each", "other", "over", "under", "new", "joint", "more", "further",
    }
)  # fmt: skip
_ENDING = re.compile(r"(?:i[sz]ations?|ations?|ions?|ments?|ings?|ies|ed|es|al|s|e|y)$")
_LINK = re.compile(r"\b(?:of|on|for|in|to|with|between|from|about|against|at|by|under|over|and)\b", re.IGNORECASE)
_SHORTEST: Final = 3


def stems_of(phrase: str) -> frozenset[str]:
    """The stems of the content words, shorn of their commonest endings."""
    return frozenset(_stem(word) for word in words_of(phrase) if word not in _EMPTY)


def head_noun(phrase: str) -> str:
    """The word before the first preposition ("group" in "working group on permits"); empty where there is none."""
    for part in _LINK.split(phrase):
        if words := words_of(part):
            return words[-1]
    return ""


def share_topic(one: str, other: str) -> int:
    """How many stems two phrases share, one more where their head nouns are the same."""
    heads = head_noun(one), head_noun(other)
    same_head = bool(heads[0]) and _stem(heads[0]) == _stem(heads[1])
    return len(stems_of(one) & stems_of(other)) + same_head


def _stem(word: str) -> str:
    plain = _ENDING.sub("", word)
    return plain if len(plain) >= _SHORTEST else word
