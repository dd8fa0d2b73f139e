"""Sentence to items: listed names and words, names in no list, times and durations, marks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.extract.item import EMPTY, Item, Mention, Symbol
from kg.extract.lexicon import Lexicon
from kg.extract.pattern import mark_symbol
from kg.extract.segment import Sentence
from kg.extract.time import TimeExpression, find_durations, find_times
from kg.lexicon.gazetteer import Found, Kind
from kg.lexicon.tokens import Token
from kg.model.entity import fold

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
_STYLES: Final = ("Sheikh ", "Sheikha ", "Prince ", "Princess ", "King ", "Queen ")
_HONORIFIC: Final = frozenset({"honorific"})
_PARTICLES: Final = frozenset(
    "bin bint ibn al el ul ur uz de da do dos das del della di du la le van von der den ter ten zu ben abu abd y".split()
)
_SENTENCE_OPENERS: Final = frozenset(
    "in on at the a an he she it they we i his her their its our this that these those there here after before during "
    "while when as since for from with by to of and but or if not no both all some many most more such also last "
    "earlier later meanwhile however according speaking asked told what who how why where which under over between "
    "among amid despite although though because until ahead around about following since two three four five six "
    "yet so then now still even just only once other others another each every neither either talks relations ties "
    "further additionally moreover separately photo file image video read more related watch live breaking exclusive "
    "analysts officials diplomats sources critics observers experts authorities state foreign trade local world "
    "government president".split()
)


def _word(token: Token, *, initial: bool) -> Item:
    """An item for a token that is in no list."""
    text = token.text
    first = text[0]
    if first.isdigit():
        symbol = Symbol.NUMBER
    elif first.isupper() and not (initial and fold(text) in _SENTENCE_OPENERS):
        symbol = Symbol.NAME
    elif first.isalpha():
        symbol = Symbol.WORD
    else:
        symbol = mark_symbol(text)
    return Item(symbol, text, token.begin, token.end, initial=initial)


def _listed(found: Found, text: str, span: tuple[int, int], lexicon: Lexicon, *, initial: bool) -> Item:
    """An item for a listed phrase."""
    keys = found.keys
    classes = found.classes
    if len(keys) == 1 and classes and text != "HE":
        return Item(lexicon.alphabet.letters[classes], text, span[0], span[1], keys, classes, initial=initial)
    capital = any(c.isupper() for c in text) if {Kind.LEADER, Kind.SHORT} & keys.keys() else text[0].isupper()
    if text == "HE":  # His Excellency, in the Gulf press: never the pronoun
        classes, keys = _HONORIFIC, {}
    symbol = Symbol.WORD
    for kind, letter in _PRECEDENCE:
        if kind in keys and (capital or kind is Kind.TITLE or not text[0].isalpha()):
            symbol = letter
            break
    if symbol == Symbol.NAME and classes and initial:
        symbol = Symbol.WORD
    if symbol == Symbol.WORD and classes:
        symbol = lexicon.alphabet.letters[classes]
    item = Item(symbol, text, span[0], span[1], keys, classes, initial=initial)
    if symbol == Symbol.PERSON:
        item.mention = Mention(text, span[0], span[1], known=keys[Kind.LEADER], full=True)
    return item


def _timed(text: str, sentence: Sentence) -> dict[int, tuple[str, int, object]]:
    """Times and durations by the offset at which they begin: symbol, end, value."""
    spans: dict[int, tuple[str, int, object]] = {}
    for duration in find_durations(text, sentence.begin, sentence.end):
        spans[duration.begin] = (Symbol.DURATION, duration.end, duration)
    for time in find_times(text, sentence.begin, sentence.end):
        known = spans.get(time.begin)
        if known is None or known[1] < time.end:
            spans[time.begin] = (Symbol.TIME, time.end, time)
    return spans


def find_mentions(text: str, sentence: Sentence, lexicon: Lexicon) -> list[Item]:
    """The items of one sentence; every character of a token belongs to exactly one item."""
    tokens = sentence.tokens
    folded = [fold(token.text) for token in tokens]
    timed = _timed(text, sentence)
    items: list[Item] = []
    at = 0
    longest = lexicon.gazetteer.longest
    while at < len(tokens):
        token = tokens[at]
        initial = at == 0 or (at == 1 and not tokens[0].text[0].isalnum())
        time = timed.get(token.begin)
        match = longest(tokens, folded, at)
        if time is not None and not (match and Kind.LEADER in match[1].keys):
            stop = at + 1
            while stop < len(tokens) and tokens[stop].begin < time[1]:
                stop += 1
            items.append(
                Item(time[0], text[token.begin : time[1]], token.begin, time[1], value=time[2], initial=initial)
            )
            at = stop
        elif match is not None:
            length, found = match
            end = tokens[at + length - 1].end
            items.append(_listed(found, text[token.begin : end], (token.begin, end), lexicon, initial=initial))
            at += length
        else:
            items.append(_word(token, initial=initial))
            at += 1
    return _join_names(text, items)


def _continues(items: Sequence[Item], at: int) -> int:
    """How many items from ``at`` on still belong to the name that ends before it; 0 where it is over."""
    item = items[at]
    if item.symbol == Symbol.NAME:
        return 1
    if (
        item.symbol in "LO"
        and " " not in item.text
        and items[at - 1].symbol == Symbol.NAME
        and " " in items[at - 1].text
    ):
        return 1  # "Tran Hoai Nam": the last part is something else elsewhere
    touching = items[at - 1].end == item.begin
    if item.classes and item.text[0].isupper() and at + 2 < len(items) and items[at + 1].text == "-":
        if items[at + 1].begin == item.end and items[at + 2].begin == items[at + 1].end:
            return 3  # "Baek Do-yun": the middle is a word elsewhere
    following = items[at + 1] if at + 1 < len(items) else None
    if item.text in "-‑" and touching and following is not None and following.begin == item.end:
        return 2 if following.symbol in {Symbol.NAME, Symbol.WORD} and following.text[0].isalpha() else 0
    if item.text in "'’" and touching and following is not None and fold(following.text) in _PARTICLES:
        return 1  # "Shia' Al Sudani"
    if item.text == "." and touching and len(items[at - 1].text) == 1 and following is not None:
        return 2 if following.symbol == Symbol.NAME else 1
    if fold(item.text) in _PARTICLES and following is not None:
        if following.symbol == Symbol.NAME:
            return 2
        if following.text in "-‑" and at + 2 < len(items) and items[at + 2].text[0].isupper():
            return 3
        if fold(following.text) in _PARTICLES and at + 2 < len(items) and items[at + 2].symbol == Symbol.NAME:
            return 3
    return 0


def _both_short(left: Item, items: Sequence[Item], at: int) -> bool:
    """Whether a hyphen joins two people ("Macron-Merz talks"), not the halves of a name."""
    return items[at].text in "-‑" and Kind.SHORT in left.keys and Kind.SHORT in items[at + 1].keys


def _join_names(text: str, items: list[Item]) -> list[Item]:
    """Neighbouring parts of one unlisted name made one item ("Anna de la Cruz-Novak")."""
    joined: list[Item] = []
    at = 0
    while at < len(items):
        item = items[at]
        begins_particle = (
            item.text[:2] in {"al", "Al", "el", "El"}
            and at + 2 < len(items)
            and items[at + 1].text == "-"
            and items[at + 2].symbol == Symbol.NAME
        )
        if (
            joined
            and joined[-1].symbol == Symbol.PERSON
            and fold(item.text.split()[0].split("-")[0]) in _PARTICLES
            and _continues([joined[-1], *items[at:]], 1)
        ):
            stop = at + _continues([joined[-1], *items[at:]], 1)
            while stop < len(items) and (more := _continues(items, stop)):
                stop += more
            joined[-1].end = items[stop - 1].end
            joined[-1].text = text[joined[-1].begin : joined[-1].end]
            mention = joined[-1].mention
            if mention is not None:
                mention.name, mention.end = joined[-1].text, joined[-1].end
                style = next((style for style in _STYLES if mention.name.startswith(style)), None)
                if style is not None:  # "Sheikh Nasser" is listed, "Sheikh Nasser Al Novak" is somebody else
                    mention.name, mention.known = mention.name.removeprefix(style), ()
            at = stop
            continue
        if item.symbol != Symbol.NAME and not begins_particle:
            joined.append(item)
            at += 1
            continue
        stop = at + 3 if begins_particle else at + 1
        while stop < len(items):
            more = _continues(items, stop)
            if not more or _both_short(items[stop - 1], items, stop):
                break
            stop += more
        if stop == at + 1:
            joined.append(item)
        else:
            end = items[stop - 1].end
            whole = Item(Symbol.NAME, text[item.begin : end], item.begin, end, initial=item.initial)
            joined.append(whole)
        at = stop
    return joined


__all__ = ["TimeExpression", "find_mentions"]
