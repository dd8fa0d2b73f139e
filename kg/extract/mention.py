"""Sentence to items: listed names and words, names in no list, times and durations, marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from kg.extract.item import EMPTY, Item, Mention, Symbol
from kg.extract.lexicon import Lexicon
from kg.extract.names import join_names
from kg.extract.portfolio import join_portfolios
from kg.extract.segment import Sentence
from kg.extract.spelling import Spelling
from kg.extract.time import Duration, TimeExpression, find_durations, find_times, words_of_tokens
from kg.lexicon.gazetteer import Found, Kind

_NONE: Final[dict[Kind, tuple[str, ...]]] = {}
_NO_TIMES: Final[Mapping[int, Duration | TimeExpression]] = {}


def find_mentions(text: str, sentence: Sentence, lexicon: Lexicon) -> list[Item]:
    """The items of one sentence; every character of a token belongs to exactly one item."""
    words, begins = sentence.words, sentence.begins
    spellings = lexicon.spellings
    spelled = [spellings[word] for word in words]
    timed = _timed(text, sentence, spelled)
    opened = 1 if words[0][0].isalnum() else 2  # an opening quote leaves the next word the first one
    items: list[Item] = []
    at, stop = 0, len(words)
    while at < stop:
        spelling, begin = spelled[at], begins[at]
        phrase = None
        if spelling.longer and at + 1 < stop and spelled[at + 1].folded in spelling.longer:
            phrase = lexicon.gazetteer.longest(words, at)
        if begin in timed and not (phrase and Kind.LEADER in phrase[1].keys):
            item = _time(text, begin, timed[begin], initial=at < opened)
            while at < stop and begins[at] < item.end:
                at += 1
        elif phrase is None or phrase[0] == 1:
            word, symbol = words[at], spelling.symbol if at >= opened else spelling.opening
            end = begin + len(word)
            item = Item(symbol, word, begin, end, spelling.keys, spelling.classes, None, None, at < opened)
            at += 1
        else:
            last = at + phrase[0] - 1
            item = _listed(phrase[1], text, (begin, begins[last] + len(words[last])), lexicon, initial=at < opened)
            at = last + 1
        items.append(item)
    return join_names(text, join_portfolios(text, items))


def _timed(text: str, sentence: Sentence, spelled: Sequence[Spelling]) -> Mapping[int, Duration | TimeExpression]:
    """Times and durations by the offset at which they begin."""
    tokens = zip(spelled, sentence.begins, sentence.words, strict=True)
    timely = [(begin, word) for spelling, begin, word in tokens if spelling.timely]
    if not timely:
        return _NO_TIMES
    begin, end = sentence.begin, sentence.end
    words = words_of_tokens(text, timely, end)
    spans: dict[int, Duration | TimeExpression] = {}
    for duration in find_durations(text, begin, end, words):
        spans[duration.begin] = duration
    for time in find_times(text, begin, end, words):
        known = spans.get(time.begin)
        if known is None or known.end < time.end:
            spans[time.begin] = time
    return spans


def _time(text: str, begin: int, value: Duration | TimeExpression, *, initial: bool) -> Item:
    """An item for a time or a duration."""
    symbol = Symbol.TIME if isinstance(value, TimeExpression) else Symbol.DURATION
    return Item(symbol, text[begin : value.end], begin, value.end, _NONE, EMPTY, None, value, initial)


def _listed(found: Found, article: str, span: tuple[int, int], lexicon: Lexicon, *, initial: bool) -> Item:
    """An item for a listed phrase of several words."""
    begin, end = span
    text = article[begin:end]
    symbol = lexicon.spellings.symbol(found, text, initial=initial)
    item = Item(symbol, text, begin, end, found.keys, found.classes, None, None, initial)
    if symbol == Symbol.PERSON:
        item.mention = Mention(text, begin, end, known=found.keys[Kind.LEADER], full=True)
    return item


__all__ = ["find_mentions"]
