"""What one spelling is wherever it stands: words come again and again, so each is looked up in the lists once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kg.extract.item import EMPTY, NO_KEYS, Symbol
from kg.extract.pattern import Alphabet, mark_symbol
from kg.extract.plain import plain_words
from kg.extract.time import measures_time, opens_time, parts_of
from kg.lexicon.gazetteer import Found, Gazetteer, Keys, Kind
from kg.lexicon.tokens import folded

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
_SHORT: Final = 4
_KEPT: Final = 1 << 16  # more than the different words of any newspaper
_EXCELLENCY: Final = "HE"  # His Excellency, in the Gulf press: never the pronoun
_HONORIFIC: Final = frozenset({"honorific"})


@dataclass(slots=True, eq=False)
class Spelling:
    """One token's characters: the item that they make alone, and what may begin with them."""

    text: str
    folded: str
    symbol: str
    opening: str  # the symbol at the beginning of a sentence
    keys: Keys
    classes: frozenset[str]
    longer: Mapping[str, object]  # second words of the listed phrases that begin with it
    opens: bool  # a time may begin with it, or be found by it
    measures: bool  # a unit of time
    may_be_given: bool  # a listed word that is somebody's given name before another: "Frank"
    may_be_name: bool  # that, or a short listed word with a capital: a family name or an initial


class Spellings(dict[str, Spelling]):
    """Every spelling met so far, of one lexicon; forgotten altogether when they are more than any language has."""

    __slots__ = ("_alphabet", "_gazetteer", "_kinds")

    def __init__(self, gazetteer: Gazetteer, alphabet: Alphabet) -> None:
        """Begin empty."""
        super().__init__()
        self._gazetteer = gazetteer
        self._alphabet = alphabet
        self._kinds: dict[str, str] = {}  # the symbols of phrases, as they are written

    def __missing__(self, word: str) -> Spelling:
        """Look a new spelling up."""
        if len(self) >= _KEPT:
            self.clear()
        self[word] = spelling = self._read(word)
        return spelling

    def symbol(self, found: Found, text: str, *, initial: bool) -> str:
        """The symbol of a listed phrase as it is written."""
        if found.letter:
            return found.letter
        symbol = self._kinds.get(text) or self._kind_symbol(found, text)
        if found.classes and (symbol == Symbol.WORD or (symbol == Symbol.NAME and initial)):
            return self._alphabet.letters[found.classes]
        return symbol

    def _kind_symbol(self, found: Found, text: str) -> str:
        """The symbol that the kind of a phrase gives it, kept for the next time it is met."""
        if len(self._kinds) >= _KEPT:
            self._kinds.clear()
        self._kinds[text] = symbol = _kind_symbol(found, text)
        return symbol

    def _read(self, word: str) -> Spelling:
        found = self._gazetteer.alone(word)
        if found is not None and Kind.DEMONYM in found.keys and not word.isascii():
            found = None  # "Germán" is a name
        if found is not None and word == _EXCELLENCY:
            found = Found(classes=_HONORIFIC, letter=self._alphabet.letters[_HONORIFIC])
        return Spelling(
            text=word,
            folded=folded(word),
            symbol=self._alone(found, word, initial=False),
            opening=self._alone(found, word, initial=True),
            keys=NO_KEYS if found is None or found.letter else found.keys,
            classes=EMPTY if found is None else found.classes,
            longer=self._gazetteer.longer(word),
            opens=any(map(opens_time, parts_of(word))),
            measures=any(map(measures_time, parts_of(word))),
            may_be_given=_may_be_given(found, word),
            may_be_name=_may_be_given(found, word) or (bool(found) and len(word) < _SHORT and word.istitle()),
        )

    def _alone(self, found: Found | None, word: str, *, initial: bool) -> str:
        """The symbol of a token by itself."""
        return self.symbol(found, word, initial=initial) if found else _unlisted(word, initial=initial)


def _may_be_given(found: Found | None, word: str) -> bool:
    only_word = found is not None and found.keys.keys() == {Kind.WORD}
    return only_word and word.istitle() and folded(word) in plain_words("given_words")


def _unlisted(word: str, *, initial: bool) -> str:
    """The symbol of a token that is in no list."""
    first = word[0]
    if first.islower():
        return Symbol.WORD
    if first.isdigit():
        return Symbol.NUMBER
    if first.isupper() and not (initial and folded(word) in plain_words("sentence_openers")):
        return Symbol.NAME
    return Symbol.WORD if first.isalpha() else mark_symbol(word)


def _kind_symbol(found: Found, text: str) -> str:
    """The kind of a phrase that is more than a word; a proper name only where it has its capital."""
    keys = found.keys
    of_person = Kind.LEADER in keys or Kind.SHORT in keys
    capital = not text.islower() and any(map(str.isupper, text)) if of_person else text[0].isupper()
    for kind, letter in _PRECEDENCE:
        if kind in keys and (capital or kind is Kind.TITLE or not text[0].isalpha()):
            return letter
    return Symbol.WORD


__all__ = ["Spelling", "Spellings"]
