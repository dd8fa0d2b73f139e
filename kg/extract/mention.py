"""Sentence to items: listed names and words, names in no list, times and durations, marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from kg.extract.item import EMPTY, Item, Mention, Symbol
from kg.extract.lexicon import Lexicon, plain_words
from kg.extract.names import join_names
from kg.extract.portfolio import join_portfolios
from kg.extract.pattern import mark_symbol
from kg.extract.segment import Sentence
from kg.extract.time import find_durations, find_times
from kg.lexicon.gazetteer import Found, Kind
from kg.lexicon.tokens import Token, folded

# Which kind a phrase is when the lists allow several; context may decide otherwise later.
_PRECEDENCE: Final = (
    (Kind.LEADER, Symbol.PERSON),
    (Kind.COUNTRY, Symbol.COUNTRY),
    (Kind.DEMONYM, Symbol.DEMONYM),
    (Kind.SUMMIT, Symbol.ORGANISATION),
    (Kind.ORGANISATION, Symbol.ORGANISATION),
    (Kind.CAPITAL, Symbol.TOWN),
    (Kind.METONYM, Symbol.TOWN),
    (Kind.TOWN, Symbol.TOWN),
    (Kind.TITLE, Symbol.TITLE),
    (Kind.SHORT, Symbol.NAME),
)
_HONORIFIC: Final = frozenset({"honorific"})
_EXCELLENCY: Final = "HE"  # His Excellency, in the Gulf press: never the pronoun
_NONE: Final[dict[Kind, tuple[str, ...]]] = {}

Timed = tuple[str, int, object]  # symbol, end, value


def find_mentions(text: str, sentence: Sentence, lexicon: Lexicon) -> list[Item]:
    """The items of one sentence; every character of a token belongs to exactly one item."""
    tokens = sentence.tokens
    words = [folded(token.text) for token in tokens]
    timed = _timed(text, sentence)
    listed, longest = lexicon.gazetteer.root, lexicon.gazetteer.longest
    opened = 1 if tokens[0].text[0].isalnum() else 2  # an opening quote leaves the next word the first one
    items: list[Item] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        match = longest(tokens, words, at) if words[at] in listed else None
        if match is not None and match[0] == 1 and _is_given_name(tokens, at, match[1], opened):
            match = None
        if token.begin in timed and not (match and Kind.LEADER in match[1].keys):
            item = _time(text, token, timed[token.begin], initial=at < opened)
            while at < len(tokens) and tokens[at].begin < item.end:
                at += 1
        elif match is None:
            item = _word(token, words[at], initial=at < opened)
            at += 1
        else:
            item = _listed(match[1], text, (token.begin, tokens[at + match[0] - 1].end), lexicon, initial=at < opened)
            at += match[0]
        items.append(item)
    return join_names(text, join_portfolios(text, items))


def _is_given_name(tokens: Sequence[Token], at: int, found: Found, opened: int) -> bool:
    """Whether a listed word is somebody's name here: "Germán", "Frank Novak"."""
    text = tokens[at].text
    if Kind.DEMONYM in found.keys and not text.isascii():
        return True
    if at < opened or not text.istitle() or found.keys.keys() != {Kind.WORD}:
        return False
    following = tokens[at + 1].text if at + 1 < len(tokens) else ""
    return following.istitle() and following.isalpha() and folded(text) in plain_words("given_words")


def _timed(text: str, sentence: Sentence) -> Mapping[int, Timed]:
    """Times and durations by the offset at which they begin."""
    spans: dict[int, Timed] = {}
    for duration in find_durations(text, sentence.begin, sentence.end):
        spans[duration.begin] = (Symbol.DURATION, duration.end, duration)
    for time in find_times(text, sentence.begin, sentence.end):
        known = spans.get(time.begin)
        if known is None or known[1] < time.end:
            spans[time.begin] = (Symbol.TIME, time.end, time)
    return spans


def _time(text: str, token: Token, timed: Timed, *, initial: bool) -> Item:
    """An item for a time or a duration."""
    symbol, end, value = timed
    return Item(symbol, text[token.begin : end], token.begin, end, _NONE, EMPTY, None, value, initial)


def _word(token: Token, folded_text: str, *, initial: bool) -> Item:
    """An item for a token that is in no list."""
    text = token.text
    first = text[0]
    if first.islower():
        symbol = Symbol.WORD
    elif first.isdigit():
        symbol = Symbol.NUMBER
    elif first.isupper() and not (initial and folded_text in plain_words("sentence_openers")):
        symbol = Symbol.NAME
    elif first.isalpha():
        symbol = Symbol.WORD
    else:
        symbol = mark_symbol(text)
    return Item(symbol, text, token.begin, token.end, _NONE, EMPTY, None, None, initial)


def _listed(found: Found, article: str, span: tuple[int, int], lexicon: Lexicon, *, initial: bool) -> Item:
    """An item for a listed phrase."""
    begin, end = span
    text = article[begin:end]
    if text == _EXCELLENCY:
        letter = lexicon.alphabet.letters[_HONORIFIC]
        return Item(letter, text, begin, end, _NONE, _HONORIFIC, None, None, initial)
    if found.letter:
        return Item(found.letter, text, begin, end, found.keys, found.classes, None, None, initial)
    symbol = _symbol_of(found, text)
    classes = found.classes
    if classes and (symbol == Symbol.WORD or (symbol == Symbol.NAME and initial)):
        symbol = lexicon.alphabet.letters[classes]
    item = Item(symbol, text, begin, end, found.keys, classes, None, None, initial)
    if symbol == Symbol.PERSON:
        item.mention = Mention(text, begin, end, known=found.keys[Kind.LEADER], full=True)
    return item


def _symbol_of(found: Found, text: str) -> str:
    """The kind of a phrase that is more than a word; a proper name only where it has its capital."""
    keys = found.keys
    of_person = Kind.LEADER in keys or Kind.SHORT in keys
    capital = not text.islower() and any(map(str.isupper, text)) if of_person else text[0].isupper()
    for kind, letter in _PRECEDENCE:
        if kind in keys and (capital or kind is Kind.TITLE or not text[0].isalpha()):
            return letter
    return Symbol.WORD


__all__ = ["find_mentions"]
