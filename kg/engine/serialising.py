"""Results of the native engine, written in the formats of answers."""

from __future__ import annotations

import io
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

import pyoxigraph as ox

from kg.engine.answer import ResultFormat
from kg.store.heads import sorted_head
from kg.store.xml import legal_xml

_TABLES: Final = {
    ResultFormat.JSON: ox.QueryResultsFormat.JSON,
    ResultFormat.XML: ox.QueryResultsFormat.XML,
    ResultFormat.CSV: ox.QueryResultsFormat.CSV,
    ResultFormat.TSV: ox.QueryResultsFormat.TSV,
}
_GRAPHS: Final = {
    ResultFormat.TURTLE: ox.RdfFormat.TURTLE,
    ResultFormat.NTRIPLES: ox.RdfFormat.N_TRIPLES,
    ResultFormat.NQUADS: ox.RdfFormat.N_QUADS,
    ResultFormat.TRIG: ox.RdfFormat.TRIG,
    ResultFormat.JSONLD: ox.RdfFormat.JSON_LD,
    ResultFormat.RDFXML: ox.RdfFormat.RDF_XML,
}


class Overfull(Exception):
    """The answer is larger than the limit."""


class Spool(io.BytesIO):
    """Bytes up to a limit."""

    def __init__(self, limit: int) -> None:
        """An empty spool."""
        super().__init__()
        self._limit = limit

    def write(self, chunk: Any, /) -> int:
        """The number of bytes taken.

        Raises:
            Overfull: they are too many.
        """
        if self.tell() + len(chunk) > self._limit:
            raise Overfull
        return super().write(chunk)


def write(result: Any, written: ResultFormat, most: int, names: Mapping[str, str] = MappingProxyType({})) -> bytes:
    """The result in this format, of at most so many bytes; ``names`` are the namespaces of a graph by prefix.

    Raises:
        Overfull: it is larger.
    """
    spool = Spool(most)
    if not isinstance(result, ox.QuerySolutions | ox.QueryBoolean):
        ox.serialize(result, spool, format=_GRAPHS[written], prefixes=dict(names))
        content = sorted_head(spool.getvalue())
    else:
        result.serialize(spool, format=_TABLES[written])
        content = spool.getvalue()
    return legal_xml(content) if written in {ResultFormat.XML, ResultFormat.RDFXML} else content
