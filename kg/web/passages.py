"""The words that a thing rests on, as a page quotes them: what they are about is marked; and where sources disagree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Final

import pyoxigraph as ox

from kg.engine.reader import Term
from kg.errors import KgError
from kg.query.naming import PREFIX_LINES
from kg.web.counting import Count
from kg.web.site import site
from kg.web.stamp import seen

MOST_OF_A_FACT: Final = 60
MOST_OF_AN_ARTICLE: Final = 400
_MOST_CLAIMS: Final = 60

_TOLD: Final = """OPTIONAL { ?e dip:rule ?rule } OPTIONAL { ?e dip:begin ?begin ; dip:end ?end }
  OPTIONAL { ?e dip:attributedTo ?attributedTo } OPTIONAL { ?e dip:dateText ?dateText }"""
_OF_A_FACT: Final = f"""SELECT ?quote ?article ?original ?publisher ?published ?rule ?begin ?end ?attributedTo ?dateText
WHERE {{
  ?e dip:supports $node ; dip:article ?article ; dip:quote ?quote .
  OPTIONAL {{ ?article dip:publisher ?publisher }} OPTIONAL {{ ?article dip:published ?published }}
  OPTIONAL {{ ?article dip:copyOf ?original }}
  {_TOLD}
}} ORDER BY ?article ?begin DESC(?end) ?rule LIMIT {MOST_OF_A_FACT + 1}"""
_OF_AN_ARTICLE: Final = f"""SELECT ?quote ?rule ?begin ?end ?attributedTo ?dateText ?fact WHERE {{
  ?e dip:article $node ; dip:quote ?quote .
  OPTIONAL {{ ?e dip:supports ?fact }}
  {_TOLD}
}} ORDER BY ?begin DESC(?end) ?rule ?fact LIMIT {MOST_OF_AN_ARTICLE + 1}"""
_PLACES_OF_A_FACT: Final = """SELECT (COUNT(*) AS ?total) WHERE {
  ?e dip:supports $node ; dip:article ?article ; dip:quote ?quote }"""
_PLACES_OF_AN_ARTICLE: Final = """SELECT (COUNT(*) AS ?total) WHERE {
  ?e dip:article $node ; dip:quote ?quote . OPTIONAL { ?e dip:supports ?fact } }"""
# Copies of one article are one witness.
_WITNESSES: Final = """SELECT (COUNT(DISTINCT ?article) AS ?articles)
  (COUNT(DISTINCT COALESCE(?original, ?article)) AS ?independent)
WHERE { $node dip:reportedIn ?article . OPTIONAL { ?article dip:copyOf ?original } }"""
_CLAIMS: Final = f"""SELECT ?property ?value ?article WHERE {{
  ?conflict dip:about $node ; dip:property ?property . ?claim dip:claimIn ?conflict ; dip:value ?value .
  OPTIONAL {{ ?claim dip:reportedIn ?article }} }} ORDER BY ?property ?value ?article LIMIT {_MOST_CLAIMS}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A quotation: ``parts`` are its pieces, each with whether it is marked, ``facts`` what it says.

    ``places`` are characters of the article, each with the rule that read them, the whole passage first.
    """

    parts: tuple[tuple[str, bool], ...]
    told: Mapping[str, Term]
    facts: tuple[str, ...] = ()
    places: tuple[tuple[str, str], ...] = ()

    @property
    def article(self) -> str:
        """The IRI of the article that it stands in; empty where that is the page itself."""
        term = self.told.get("article")
        return term.value if term else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passages:
    """The quotations of a page; where they are not all, of how many places they are made, and of how many one could.

    ``witnesses`` are how many articles there are, and how many are independent, where some are copies.
    """

    shown: tuple[Passage, ...]
    is_cut: bool = False
    rows: int = 0
    total: Count = field(default_factory=Count)
    witnesses: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """What sources say of one property: each value, and the articles that say so."""

    subject: str
    claims: tuple[tuple[str, tuple[str, ...]], ...]


def of_fact(node: ox.NamedNode) -> Passages:
    """Every sentence that a fact rests on, article by article, in the order of the text."""
    rows = _rows(_OF_A_FACT, node)
    is_cut = len(rows) > MOST_OF_A_FACT
    witnesses = _witnesses(node) if is_cut or any("original" in row for row in rows) else None
    return replace(_begun(rows, MOST_OF_A_FACT, _PLACES_OF_A_FACT, node), witnesses=witnesses)


def of_article(node: ox.NamedNode) -> Passages:
    """Every sentence of an article that says something, in the order of its text, with what it says."""
    rows = _rows(_OF_AN_ARTICLE, node)
    return _begun(rows, MOST_OF_AN_ARTICLE, _PLACES_OF_AN_ARTICLE, node)


def _begun(rows: Sequence[Mapping[str, Term]], most: int, counting: str, node: ox.NamedNode) -> Passages:
    """The passages of so many rows at most, and how many there would be."""
    if len(rows) <= most:
        return Passages(shown=_passages(rows))
    return Passages(shown=_passages(rows[:most]), is_cut=True, rows=most, total=_total(counting, node, most))


def _total(counting: str, node: ox.NamedNode, known: int) -> Count:
    try:
        total = int(_rows(counting, node)[0]["total"].value)
    except KgError:
        total = known
    # A newer generation may have fewer.
    return Count(rows=total) if total > known else Count(rows=known, is_more=True)


def _witnesses(node: ox.NamedNode) -> tuple[int, int] | None:
    """How many articles report a fact and how many of these are no copies, where that is not the same."""
    (row,) = _rows(_WITNESSES, node)
    articles, independent = (int(row[name].value) for name in ("articles", "independent"))
    return None if articles == independent else (articles, independent)


def conflicts(node: ox.NamedNode) -> tuple[Conflict, ...]:
    """What sources disagree on, to be shown side by side."""
    found = []
    for subject, claims in groupby(_rows(_CLAIMS, node), key=lambda row: row["property"].value):
        values = tuple(
            (value, tuple(row["article"].value for row in rows if "article" in row))
            for value, rows in groupby(claims, key=lambda row: row["value"].value)
        )
        found.append(Conflict(subject=subject, claims=values))
    return tuple(found)


def _rows(text: str, node: ox.NamedNode) -> list[Mapping[str, Term]]:
    table = seen(site().reader.table(PREFIX_LINES + text.replace("$node", str(node)), MOST_OF_AN_ARTICLE + 1))
    return list(table.rows)


Key = tuple[str, str, str, str]


def _key(row: Mapping[str, Term]) -> Key:
    """What tells one passage from another: its article, its place, its words."""
    article, begin, end, quote = (row[key].value if key in row else "" for key in ("article", "begin", "end", "quote"))
    return article, begin, end, quote


def _passages(rows: Iterable[Mapping[str, Term]]) -> tuple[Passage, ...]:
    """The rows, those of one place together; what lies within a longer passage is marked there."""
    kept: list[tuple[tuple[int, int] | None, list[Mapping[str, Term]]]] = []
    for key, found in groupby(rows, key=_key):
        same = list(found)
        span = _span(same[0])
        # They come in the order of the text, the longer one first.
        outer, within = kept[-1] if kept else (None, [])
        if span and outer and _key(within[0])[0] == key[0] and outer[0] <= span[0] and span[1] <= outer[1]:
            within.extend(same)
        else:
            kept.append((span, same))
    return tuple(_passage(span, same) for span, same in kept)


def _passage(outer: tuple[int, int] | None, rows: Sequence[Mapping[str, Term]]) -> Passage:
    first = rows[0]
    spans = [span for row in rows if outer and (span := _span(row)) and span != outer]
    inner = [(begin - outer[0], end - outer[0]) for begin, end in spans if outer]
    return Passage(
        parts=tuple(_parts(first["quote"].value, [*_times(first["quote"].value, rows), *inner])),
        told={key: term for row in reversed(rows) for key, term in row.items()} | dict(first),
        facts=tuple(dict.fromkeys(row["fact"].value for row in rows if "fact" in row)),
        places=tuple(dict.fromkeys(_told_place(row) for row in rows)),
    )


def _told_place(row: Mapping[str, Term]) -> tuple[str, str]:
    """Where a passage stands, and the rule that read it."""
    begin, end = (row[key].value if key in row else "" for key in ("begin", "end"))
    return f"{begin}–{end}" if begin and end else "", row["rule"].value if "rule" in row else ""


def _span(row: Mapping[str, Term]) -> tuple[int, int] | None:
    """Where a quotation stands in its article; ``None`` where that is not told, or cannot be."""
    try:
        begin, end = int(row["begin"].value), int(row["end"].value)
    except (KeyError, ValueError):
        return None
    return (begin, end) if end - begin == len(row["quote"].value) else None


def _times(quote: str, rows: Iterable[Mapping[str, Term]]) -> Iterator[tuple[int, int]]:
    """Where a quotation says when it was."""
    for told in {row["dateText"].value for row in rows if "dateText" in row}:
        at = quote.find(told) if told else -1
        if at >= 0:
            yield at, at + len(told)


def _parts(quote: str, marks: Iterable[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    """The quotation in pieces; where marks meet they are one."""
    at = 0
    for begin, end in _merged(marks):
        if at < begin:
            yield quote[at:begin], False
        yield quote[begin:end], True
        at = end
    if at < len(quote):
        yield quote[at:], False


def _merged(marks: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for begin, end in sorted(marks):
        if found and begin <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((begin, end))
    return found
