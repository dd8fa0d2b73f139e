"""What is signed: whether it is an agreement at all, and by which act."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.extract.item import Item
from kg.facts.agreement.record import Act

_ARTICLES: Final = frozenset({"a", "an", "two", "three", "four", "several"})
_SIGNING: Final = ("sign", "ink", "initial", "exchang", "put ", "seal")
PREPOSITIONS: Final = ("of", "on", "for", "from", "to", "at", "after", "with", "against", "about", "over")


def signs_something(items: Sequence[Item], verb: int, noun: int, last: int) -> bool:
    """Whether what is signed is an agreement: no law, no book, no part of another phrase."""
    if any(_is_none(items, at) for at in range(verb + 1, last)):
        return False
    if any(item.is_word("into_law") for item in items[last:]) or items[noun].is_word("in"):
        return False
    if _is_part(items, verb, noun):
        return False
    if verb and items[verb - 1].is_word("the", "an", "adjective", "their", "his", "agreement_noun"):
        return False  # "the signed declaration", "a deal signed in May"
    start = behind_adverbial(items, verb + 1, noun)
    between = items[start : max(noun, start + 1)]
    return not any(item.is_word(*PREPOSITIONS) for item in between if item.symbol != "T")


def _is_none(items: Sequence[Item], at: int) -> bool:
    """Whether the word is no agreement; a "visa waiver agreement" is one."""
    waived = at + 1 < len(items) and items[at].text.casefold() == "waiver" and items[at + 1].is_word("agreement_noun")
    return items[at].is_word("not_agreement", "no") and not waived


def behind_adverbial(items: Sequence[Item], start: int, noun: int) -> int:
    """Where what is signed begins, behind where or when it was: "signed on this occasion a letter"."""
    if not items[start].is_word("on", "at", "in"):
        return start
    article = next((at for at in range(noun - 1, start + 1, -1) if items[at].text.casefold() in _ARTICLES), None)
    return start if article is None else article


def _is_part(items: Sequence[Item], verb: int, noun: int) -> bool:
    """Whether verb or noun is part of another noun ("a prisoner exchange agreement", "ceasefire proposals").

    Or the noun is a verb itself ("exchange ambassadors and swap prisoners").
    """
    if verb and items[verb - 1].symbol == "w" and items[verb].text.casefold() in {"exchange", "exchanges"}:
        return True
    if items[noun - 1].is_word("and"):
        return True
    return noun + 1 < len(items) and items[noun + 1].is_word("not_agreement")


def act_of(verb: Item) -> Act:
    """Signed, announced, or merely agreed: what the verb says."""
    word = verb.text.casefold()
    if word.startswith(("announc", "unveil")):
        return Act.ANNOUNCED
    return Act.SIGNED if word.startswith(_SIGNING) else Act.AGREED
