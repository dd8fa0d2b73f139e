"""A case as it is asked: its text with a base, the data it is asked over, and what Oxigraph itself says of it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import urljoin

import pyoxigraph as ox

from kg.query.tokens import Kind as Piece
from kg.query.tokens import Token, significant, tokenize
from tests.w3c.manifests import Case, Dataset, Kind, address, of_kind, place
from tests.w3c.results import Answer, read

JSON: Final = "application/sparql-results+json"
TRIPLES: Final = "application/n-triples"
_REFUSALS: Final = (SyntaxError, ValueError, RuntimeError, OSError)
# The scheme of an absolute IRI (RFC 3986, 3.1).
_SCHEME: Final = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:")


@cache
def asked(case: Case) -> str:
    """The text of a query or update as it is sent.

    The protocol has no place for a base IRI: where the text has relative IRIs, a ``BASE`` line gives the address of
    its own file.
    """
    assert case.text is not None
    text = case.text.read_bytes().decode()
    relative = any(token.kind is Piece.IRI and not _SCHEME.match(token.text) for token in _tokens(text))
    return f"BASE <{address(case.text)}>\n{text}" if relative else text


@cache
def held(case: Case) -> Dataset:
    """What the store holds when a query is asked: what the manifest names, and each graph that its FROM names."""
    named = dict(case.before.named)
    for iri in _from(case):
        named[iri] = place(iri)
    return Dataset(case.before.default, tuple(sorted(named.items())))


@cache
def everything() -> Dataset:
    """Every file that a query of the suites is asked over, in the graph with the file's address."""
    datasets = [held(case) for case in of_kind(Kind.QUERY)]
    files = {file for one in datasets for file in (*one.default, *(file for _, file in one.named))}
    return Dataset((), tuple((address(file), file) for file in sorted(files)))


def protocol_graphs(case: Case) -> list[tuple[str, str]]:
    """The parameters of the protocol that name the case's data; none where its FROM does so."""
    if _from(case):
        return []
    default = [("default-graph-uri", address(file)) for file in case.before.default]
    named = [("named-graph-uri", name) for name, _ in case.before.named]
    return default + named or [("default-graph-uri", "http://example.org/no-such-graph")]


def is_ordered(case: Case) -> bool:
    """Whether the query orders its solutions: ``ORDER BY`` outside all brackets."""
    depth = 0
    for token in _tokens(asked(case)):
        depth += (token.text in {"{", "(", "["}) - (token.text in {"}", ")", "]"})
        if depth == 0 and token.word == "ORDER":
            return True
    return False


def engine_says(case: Case) -> Answer | None:
    """What Oxigraph in this process answers to the query, over the same data; ``None`` where it refuses it."""
    store = ox.Store()
    store.extend(held(case).quads())
    try:
        result = store.query(asked(case))
    except _REFUSALS:
        return None
    if isinstance(result, ox.QueryTriples):
        return read(ox.serialize(result, format=ox.RdfFormat.N_TRIPLES) or b"", TRIPLES)
    return read(result.serialize(format=ox.QueryResultsFormat.JSON) or b"", JSON)


def engine_csv(case: Case) -> bytes:
    """The CSV that Oxigraph in this process writes of the answer."""
    store = ox.Store()
    store.extend(held(case).quads())
    result = store.query(asked(case))
    assert isinstance(result, ox.QuerySolutions)
    return result.serialize(format=ox.QueryResultsFormat.CSV) or b""


def engine_updates(case: Case) -> ox.Store:
    """What Oxigraph in this process leaves behind of the case's data after the update."""
    store = ox.Store()
    store.extend(case.before.quads())
    store.update(asked(case))
    return store


def engine_reads(case: Case) -> bool:
    """Whether Oxigraph in this process takes the text for a query, or for an update where it is one."""
    try:
        if is_update(case):
            ox.Store().update(asked(case))
        else:
            ox.Store().query(asked(case))
    except _REFUSALS:
        return False
    return True


def is_update(case: Case) -> bool:
    """Whether the text is an update."""
    assert case.text is not None
    return case.text.suffix == ".ru"


@cache
def failures() -> Mapping[str, str]:
    """The cases that the engine is known to fail, each with the cause."""
    return {name: cause["cause"] for cause in _listed() if "refusal" not in cause for name in cause["cases"]}


@cache
def refused() -> Mapping[str, str]:
    """The cases that this server refuses whatever the engine would do, each with what the refusal says."""
    return {name: cause["refusal"] for cause in _listed() if "refusal" in cause for name in cause["cases"]}


def _listed() -> list[dict[str, Any]]:
    return list(tomllib.loads((Path(__file__).parent / "failures.toml").read_text(encoding="utf-8")).values())


@cache
def _from(case: Case) -> frozenset[str]:
    """The graphs that the query's own FROM and FROM NAMED name."""
    assert case.text is not None
    tokens = _tokens(asked(case))
    return frozenset(
        urljoin(address(case.text), token.text[1:-1])
        for before, last, token in zip(tokens, tokens[1:], tokens[2:], strict=False)
        if token.kind is Piece.IRI and (last.word == "FROM" or (before.word, last.word) == ("FROM", "NAMED"))
    )


def _tokens(text: str) -> list[Token]:
    return significant(tokenize(text))
