"""Whom the words of a fact only refer to: the places of the article that name them.

"They agreed to reopen the border" names nobody. Beside such a quote stand the nearest place before it that names each
of them, behind it where there is none (a headline's "PM meets counterpart"), and the place that gives the full name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.extract.figure import Figure
from kg.extract.register import Register
from kg.model.fact import Evidence
from kg.model.text import Article

Span = tuple[int, int]


class Chain:
    """The references of one article that has been read to its end."""

    __slots__ = ("_register", "_text")

    def __init__(self, article: Article, register: Register) -> None:
        """Look up people and countries in what was noted of them."""
        self._text = article.text
        self._register = register

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
        return replace(words, antecedents=tuple(sorted(found)))

    def _of_person(self, figure: Figure, words: Evidence) -> list[Span]:
        """Where the figure is named, if the words do not; by his title, if the article never names him."""
        if not figure.names:
            return _nearest(sorted((*figure.spans, *figure.styled)), words)
        full = next(((begin, end) for begin, end in figure.names if figure.written in self._text[begin:end]), None)
        if any(_stands_in(span, words) for span in figure.names):
            return []
        nearest = _nearest(figure.names, words)
        return [*nearest, full] if full is not None else nearest

    def _of_party(self, code: str, words: Evidence) -> list[Span]:
        """Where the country is named, if the words do not; where its people are, if the article never names it."""
        names, seats = self._register.places.get(code, []), self._register.seats.get(code, [])
        if names or seats:
            return [] if any(_stands_in(span, words) for span in seats) else _nearest(names or seats, words)
        own = [figure for figure in self._register.figures if figure.country == code]
        return _nearest(sorted(span for figure in own for span in figure.names), words)


def _nearest(places: Sequence[Span], words: Evidence) -> list[Span]:
    """The last place before the quote, else the first behind it; none where the quote or its own chain holds one."""
    if any(_stands_in(span, words) for span in places) or {*places} & {*words.antecedents}:
        return []
    before = [span for span in places if span[0] < words.begin]
    return before[-1:] or list(places[:1])


def _stands_in(span: Span, words: Evidence) -> bool:
    """Whether the place is in the quote, if only in part."""
    return span[0] < words.end and words.begin < span[1]
