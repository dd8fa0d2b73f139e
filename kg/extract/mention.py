"""Sentence to items: listed names and words, names in no list, times and durations, marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from kg.extract.item import EMPTY, NO_KEYS, Item, Mention, Symbol
from kg.extract.lexicon import Lexicon
from kg.extract.names import join_names
from kg.extract.portfolio import join_portfolios
from kg.extract.segment import Sentence
from kg.extract.spelling import Spelling
from kg.extract.time import Duration, TimeExpression, find_durations, find_times, words_of_tokens
from kg.lexicon.gazetteer import Found, Kind

_SHORT: Final = 4
_NO_TIMES: Final[Mapping[int, Duration | TimeExpression]] = {}


def find_mentions(text: str, sentence: Sentence, lexicon: Lexicon) -> list[Item]:
    """The items of one sentence; every character of a token belongs to exactly one item."""
    begins, opened = sentence.begins, sentence.opened
    spelled = list(map(lexicon.spellings.__getitem__, sentence.words))
    timed = _timed(text, sentence, spelled)
    items: list[Item] = []
    done, stop = 0, len(begins)
    for at, (spelling, begin) in enumerate(zip(spelled, begins, strict=True), 1):
        if begin < done:  # part of the item before
            continue
        if begin in timed or (spelling.longer and at < stop and spelled[at].folded in spelling.longer):
            item = _long(text, sentence, at - 1, timed.get(begin), lexicon)
            if item is not None:
                done = item.end
                items.append(item)
                continue
        word, symbol, classes = spelling.text, spelling.symbol, spelling.classes
        initial = at <= opened
        if initial:
            symbol = spelling.opening
        elif spelling.may_be_name and _is_name(spelling, sentence, at):
            symbol, classes = Symbol.NAME, EMPTY
        items.append(Item(symbol, word, begin, begin + len(word), spelling.keys, classes, None, None, initial))
    return _joined(text, items)


def _joined(text: str, items: list[Item]) -> list[Item]:
    """The items with titles and names joined to what belongs to them."""
    present = {item.symbol for item in items}
    if Symbol.TITLE in present:
        items = join_portfolios(text, items)
    return join_names(text, items, present)


def note_money(items: Sequence[Item]) -> None:
    """Take the country out of the name of money: "US$8 billion"."""
    for item, sign in pairwise(items):
        if sign.text == "$" and item.end == sign.begin:
            item.symbol, item.keys = Symbol.WORD, NO_KEYS


def _is_name(spelling: Spelling, sentence: Sentence, at: int) -> bool:
    """Whether the listed word before ``at`` is part of a name here: "Frank Novak", "No Kwang-il", "Anna R. Novak"."""
    if spelling.may_be_given and _goes_on_as_name(sentence, at):
        return True
    if not spelling.classes or len(spelling.text) >= _SHORT:
        return False
    initial = len(spelling.text) == 1 and sentence.words[at : at + 1] == ["."]
    return initial or _is_family_name(sentence, at)


def _is_family_name(sentence: Sentence, at: int) -> bool:
    """Whether the capitalised word before ``at`` is a Korean family name: "Do Sang-min", "No Kwang-il"."""
    given = sentence.words[at - 1 : at + 3]
    return len(given) == 4 and given[1].istitle() and given[2] == "-" and given[3].islower()


def _goes_on_as_name(sentence: Sentence, at: int) -> bool:
    """Whether a capitalised word follows, as behind a given name: "Frank Novak"."""
    following = sentence.words[at] if at < len(sentence.words) else ""
    return following.istitle() and following.isalpha()


def _long(
    text: str, sentence: Sentence, at: int, timed: Duration | TimeExpression | None, lexicon: Lexicon
) -> Item | None:
    """The item for the time or the listed phrase of several words that begins at ``at``; ``None`` for none."""
    initial = at < sentence.opened
    phrase = lexicon.gazetteer.longest(sentence.words, at)
    if timed is not None and not (phrase and Kind.LEADER in phrase[1].keys):
        return _time(text, sentence.begins[at], timed, initial=initial)
    if phrase is None or phrase[0] == 1:
        return None
    last = at + phrase[0] - 1
    span = sentence.begins[at], sentence.begins[last] + len(sentence.words[last])
    return _listed(phrase[1], text, span, lexicon, initial=initial)


def _timed(text: str, sentence: Sentence, spelled: Sequence[Spelling]) -> Mapping[int, Duration | TimeExpression]:
    """Times and durations by the offset at which they begin."""
    timely = [(at, spelling) for at, spelling in enumerate(spelled) if spelling.opens or spelling.measures]
    if not timely:
        return _NO_TIMES
    begins, begin, end = sentence.begins, sentence.begin, sentence.end
    opening = [(begins[at], spelling.text) for at, spelling in timely if spelling.opens]
    measuring = [(begins[at], spelling.text) for at, spelling in timely if spelling.measures]
    spans: dict[int, Duration | TimeExpression] = {}
    for duration in find_durations(text, begin, end, words_of_tokens(text, measuring, end)) if measuring else ():
        spans[duration.begin] = duration
    for time in find_times(text, begin, end, words_of_tokens(text, opening, end)) if opening else ():
        known = spans.get(time.begin)
        if known is None or known.end < time.end:
            spans[time.begin] = time
    return spans


def _time(text: str, begin: int, value: Duration | TimeExpression, *, initial: bool) -> Item:
    """An item for a time or a duration."""
    symbol = Symbol.TIME if isinstance(value, TimeExpression) else Symbol.DURATION
    return Item(symbol, text[begin : value.end], begin, value.end, NO_KEYS, EMPTY, None, value, initial)


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
