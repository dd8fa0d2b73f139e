"""Whom the words of a fact only refer to: the places of the article that name them.

"They agreed to reopen the border" names nobody. Beside such a quote stand the nearest place before it that names each
of them, behind it where there is none (a headline's "PM meets counterpart"), and the place that gives the full name.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from operator import itemgetter

from kg.extract.figure import Figure
from kg.extract.register import Register
from kg.model.fact import Evidence
from kg.model.text import Article

Span = tuple[int, int]


class Chain:
    """The references of one article that has been read to its end."""

    __slots__ = ("_named", "_register", "_text")

    def __init__(self, article: Article, register: Register) -> None:
        """Look up people and countries in what was noted of them."""
        self._text = article.text
        self._register = register
        self._named: dict[Figure, tuple[list[Span], Span | None]] = {}

    def close(
        self, evidence: Iterable[Evidence], people: Iterable[Figure], parties: Iterable[str] = ()
    ) -> tuple[Evidence, ...]:
        """The evidence, each quote with the places that name the people and the parties whom it does not."""
        figures, codes = tuple(people), tuple(parties)
        return tuple(self._closed(each, figures, codes) for each in evidence)

    def concerning(self, evidence: Iterable[Evidence], countries: Sequence[str]) -> tuple[Evidence, ...]:
        """The evidence, each quote with the places that name the countries concerned, which often stand behind it."""
        return tuple(
            replace(words, antecedents=tuple(sorted({*words.antecedents, *self._behind(countries, words)})))
            for words in evidence
        )

    def _behind(self, countries: Sequence[str], words: Evidence) -> list[Span]:
        """The first place behind the quote that names each country, else the last before it."""
        found: list[Span] = []
        for code in countries:
            nearest = self._of_party(code, words)
            behind = [span for span in self._register.places.get(code, ()) if span[0] >= words.end]
            found += behind[:1] if nearest and behind else nearest
        return found

    def _closed(self, words: Evidence, people: Sequence[Figure], parties: Sequence[str]) -> Evidence:
        found = {*words.antecedents}
        for figure in people:
            found.update(self._of_person(figure, words))
        represented = {figure.country for figure in people}
        for code in parties:
            if code not in represented:
                found.update(self._of_party(code, words))
        antecedents = tuple(sorted(found))
        return words if antecedents == words.antecedents else replace(words, antecedents=antecedents)

    def _of_person(self, figure: Figure, words: Evidence) -> list[Span]:
        """Where the figure is named, if the words do not; by his title, if the article never names him."""
        if not figure.names:
            return _nearest(sorted((*figure.spans, *figure.styled)), words)
        names, full = self._names_of(figure)
        if _stand_in(names, words):
            return []
        nearest = _nearest(names, words)
        return [*nearest, full] if full is not None else nearest

    def _names_of(self, figure: Figure) -> tuple[list[Span], Span | None]:
        """Where the figure is named, in the order of the text, and the first place that gives the full name."""
        named = self._named.get(figure)
        if named is None:
            full = next(((begin, end) for begin, end in figure.names if figure.written in self._text[begin:end]), None)
            self._named[figure] = named = sorted(figure.names), full
        return named

    def _of_party(self, code: str, words: Evidence) -> list[Span]:
        """Where the country is named, if the words do not; where its people are, if the article never names it."""
        names, seats = self._register.places.get(code, []), self._register.seats.get(code, [])
        if names or seats:
            return [] if _stand_in(seats, words) else _nearest(names or seats, words)
        own = [figure for figure in self._register.figures if figure.country == code]
        return _nearest(sorted(span for figure in own for span in figure.names), words)


def _nearest(places: Sequence[Span], words: Evidence) -> list[Span]:
    """The last place before the quote, else the first behind it; none where the quote or its own chain holds one."""
    if _stand_in(places, words) or any(_is_among(span, places) for span in words.antecedents):
        return []
    at = _first_from(places, words.begin)
    return list(places[at - 1 : at] if at else places[:1])


def _first_from(places: Sequence[Span], begin: int) -> int:
    """The index of the first place that begins there or later; they stand in the order of the text, none in another."""
    return bisect_left(places, begin, key=itemgetter(0))


def _stand_in(places: Sequence[Span], words: Evidence) -> bool:
    """Whether one of the places is in the quote, if only in part."""
    at = _first_from(places, words.begin)
    return any(begin < words.end and words.begin < end for begin, end in places[max(0, at - 1) : at + 1])


def _is_among(span: Span, places: Sequence[Span]) -> bool:
    at = _first_from(places, span[0])
    return at < len(places) and places[at] == span
