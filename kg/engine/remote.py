"""An engine whose graph is on a SPARQL 1.1 server elsewhere; what strangers ask is held to the same limits as here.

A query first runs over an empty graph in a worker of our own: what is no SPARQL 1.1, calls a function of another
engine's, or keeps a planner busy for ever is refused there, in the words that everybody knows, and never sent. Rows and
triples come back in one format and are written here, so that answers look the same whatever server gave them.
"""

from __future__ import annotations

import contextlib
import io
import json
import tempfile
import threading
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

import pyoxigraph as ox

from kg.config import Limits
from kg.engine.answer import Answer, AnswerTooLarge, AskerGone, EngineBusy
from kg.engine.asked import Asked, stopped
from kg.engine.engine import Engine
from kg.engine.functions import check_functions
from kg.engine.guard import Form
from kg.engine.pool import Pool
from kg.engine.prologue import directives, prefixes
from kg.engine.remote_state import RemoteState
from kg.engine.serialising import Overfull, write
from kg.errors import QuerySyntaxError, StoreError
from kg.query.tokens import Kind, tokenize
from kg.store.generation import Generation, publish
from kg.store.server import Address, Hurried, Reply, Request, Server, ServerAway, ServerRefused, ServerSlow, TooLarge

FORM: Final = "application/x-www-form-urlencoded"
ROWS: Final = "application/sparql-results+json"
# The first is what every server of SPARQL 1.1 should know; what comes is read by its own name.
TRIPLES: Final = "application/n-triples, text/turtle;q=0.8, application/rdf+xml;q=0.5"
_SYNTAXES: Final = {
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "text/plain": ox.RdfFormat.N_TRIPLES,
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
# What Virtuoso calls the one cell of the table that it answers an ASK with.
_TRUTH: Final = "__ASK_RETVAL"
# What Virtuoso says where LIMIT is higher than the rows that it keeps while it sorts (MaxSortedTopRows).
_SORTED: Final = "Error SR353"
# JSON takes so much more room than what it is written as here, at most.
_GROWTH: Final = 4
_FEW_SECONDS: Final = 2.0
_LATER: Final = "Try again in a few seconds."


class _SortsLess(Exception):
    """The server sorts fewer rows than the limit that was added here."""


class Remote(Engine):
    """A server at an address; safe to use from many threads."""

    def __init__(self, address: Address, base: str, limits: Limits, refresh: float) -> None:
        """Nobody is asked yet; ``base`` is where the IRIs of the graph begin, ``refresh`` how long its state holds.

        Raises:
            StoreError: the workers that look at queries first cannot be started.
        """
        super().__init__(limits)
        self.server = Server(address)
        self._places_there = threading.BoundedSemaphore(2 * limits.workers + limits.slow_places)
        self._waiting = 0
        self._lock = threading.Lock()
        self._stack = contextlib.ExitStack()
        folder = self._stack.enter_context(tempfile.TemporaryDirectory(prefix="kg-remote-"))
        publish(Path(folder), [])
        self._first = self._stack.enter_context(Pool(Path(folder), replace(limits, memory_bytes=0)))
        self._state = RemoteState(self._rows, base, refresh)

    @property
    def generation(self) -> Generation:
        """The state of the server's graph, as it was seen lately; without quads where it never was."""
        return self._state.generation

    @property
    def waiting(self) -> int:
        """How many queries wait for their turn to be sent."""
        return self._waiting

    @property
    def workers(self) -> dict[str, Any]:
        """The processes that look at queries first."""
        return dict(self._first.workers)

    def ready(self) -> bool:
        """Whether queries are kept from the network until they are known to be harmless.

        Raises:
            StoreError: the server does not answer.
        """
        is_blocked = self._first.ready()
        self._state.look()
        return is_blocked

    def warm_up(self) -> None:
        """Nothing; mistakes in queries are explained at once from now on."""
        self._first.warm_up()

    def close(self) -> None:
        """Nothing; no connection is open any more, and no process runs."""
        self.server.close()
        self._stack.close()

    def _give(self, asked: Asked) -> Answer:
        if not asked.ours:
            self._look_first(asked)
        live = self.generation
        with self._place(asked):
            reply = self._send(asked)
        return self._answer_of(asked, reply, live)

    def _look_first(self, asked: Asked) -> None:
        """Nothing; the query runs over an empty graph, and calls no function of anybody's own.

        Raises:
            QueryError: it does not, or it does.
        """
        check_functions(asked.query)
        told = replace(asked.question, format=asked.format)
        seconds = min(_FEW_SECONDS, asked.limits.seconds)
        self._first.run(told, replace(self.limits, seconds=seconds), asked.query).body.close()

    @contextlib.contextmanager
    def _place(self, asked: Asked) -> Any:
        with self._lock:
            self._waiting += 1
        try:
            is_free = self._places_there.acquire(timeout=asked.limits.seconds)
        finally:
            with self._lock:
                self._waiting -= 1
        if not is_free:
            raise EngineBusy("the server of the graph is busy with other queries", hint=_LATER)
        try:
            yield
        finally:
            self._places_there.release()

    def _send(self, asked: Asked) -> Reply:
        try:
            return self._asked_of(self._request(asked, asked.job["run"]), asked)
        except _SortsLess as refused:
            # Without our limit it sorts; there are still only so many bytes that may come.
            try:
                return self._asked_of(self._request(asked, asked.query.text), asked)
            except _SortsLess:
                raise QuerySyntaxError(f"the engine refused the query: {refused}") from None

    def _request(self, asked: Asked, text: str) -> Request:
        question = asked.question
        # What is passed over here stays here: nobody reads the end of a comment otherwise.
        text = "".join(" " if token.kind is Kind.COMMENT else token.text for token in tokenize(text))
        # Relative IRIs are made whole there as they are here.
        text = text if question.base is None else f"BASE <{question.base}> {text}"
        told = [("query", text)]
        told += [("default-graph-uri", graph) for graph in question.default_graphs]
        told += [("named-graph-uri", graph) for graph in question.named_graphs]
        home = self._state.home
        is_bare = not question.default_graphs and not question.named_graphs and not asked.names_its_graphs
        if is_bare and home:
            told.append(("default-graph-uri", home))
            told += [("named-graph-uri", graph) for graph in _graphs_named(asked)]
        accept = TRIPLES if asked.query.form.is_graph else ROWS
        return Request(
            body=urlencode(told).encode(),
            media=FORM,
            seconds=asked.limits.seconds,
            accept=accept,
            most=asked.bytes * _GROWTH,
            is_gone=asked.by.is_gone,
        )

    def _asked_of(self, request: Request, asked: Asked) -> Reply:
        try:
            return self.server.send(request)
        except ServerSlow:
            raise stopped(asked.limits) from None
        except TooLarge:
            raise _too_large(asked) from None
        except Hurried:
            raise AskerGone("the client hung up") from None
        except ServerAway:
            self._state.doubt()
            raise
        except ServerRefused as refused:
            if _SORTED in refused.told:
                raise _SortsLess(refused.told) from None
            raise _refusal(refused, asked) from None

    def _answer_of(self, asked: Asked, reply: Reply, live: Generation) -> Answer:
        try:
            result, rows = _graph(reply) if asked.query.form.is_graph else _table(reply, asked)
            names = prefixes(directives(asked.query.tokens), asked.question.base) if asked.query.form.is_graph else {}
            content = write(result, asked.format, asked.bytes, names)
        except Overfull:
            raise _too_large(asked) from None
        except (ValueError, SyntaxError, KeyError, TypeError, AttributeError) as error:
            told = f"{self.server.address} gave an answer that cannot be read: {type(error).__name__}: {error}"
            raise StoreError(told[:300]) from None
        return Answer(
            body=io.BytesIO(content),
            size=len(content),
            format=asked.format,
            generation=live.number,
            digest=live.digest,
            is_cut=rows is not None,
            rows=rows,
        )

    def _rows(self, text: str, seconds: float) -> list[dict[str, str]]:
        """The rows of a question of our own, whatever state the graph is in."""
        body = urlencode([("query", text)]).encode()
        reply = self.server.send(Request(body=body, media=FORM, seconds=seconds, accept=ROWS, most=1 << 24))
        try:
            rows = json.loads(reply.content)["results"]["bindings"]
            return [{name: str(term["value"]) for name, term in row.items()} for row in rows]
        except (ValueError, KeyError, TypeError, AttributeError):
            told = f"{self.server.address} gave {reply.media}, not the results of a query: is it a query endpoint?"
            raise StoreError(told) from None


def _graphs_named(asked: Asked) -> list[str]:
    """The graphs that the query asks by name; none where it asks any graph there is, too."""
    spaces = prefixes(directives(asked.query.tokens), asked.question.base)
    found: set[str] = set()
    for word, name in pairwise(asked.query.tokens):
        if not word.word.endswith("GRAPH"):
            continue
        if name.kind is Kind.IRI:
            found.add(name.text[1:-1])
        elif name.kind is Kind.NAME:
            prefix, _, rest = name.text.partition(":")
            found.add(spaces.get(prefix, "") + rest)
        else:
            return []
    return sorted(found)


def _table(reply: Reply, asked: Asked) -> tuple[Any, int | None]:
    """The table, and how many rows it has, where there were more."""
    told = json.loads(reply.content)
    if asked.query.form is Form.ASK:
        told = {"head": {}, "boolean": _truth(told)}
        return ox.parse_query_results(json.dumps(told).encode(), format=ox.QueryResultsFormat.JSON), None
    rows = told["results"]["bindings"]
    is_cut = len(rows) > asked.rows
    head = {"vars": [str(name) for name in told["head"]["vars"]]}
    told = {"head": head, "results": {"bindings": rows[: asked.rows]}}
    result = ox.parse_query_results(json.dumps(told).encode(), format=ox.QueryResultsFormat.JSON)
    return result, asked.rows if is_cut else None


def _truth(told: dict[str, Any]) -> bool:
    if "boolean" in told:
        return told["boolean"] is True
    return any(row[_TRUTH]["value"] in {"1", "true"} for row in told["results"]["bindings"])


def _graph(reply: Reply) -> tuple[Any, None]:
    """The triples, as they came."""
    syntax = _SYNTAXES[reply.media]
    return (quad.triple for quad in ox.parse(reply.content, format=syntax)), None


def _too_large(asked: Asked) -> AnswerTooLarge:
    told = f"the answer is larger than {asked.bytes // 1024**2} MiB"
    return AnswerTooLarge(told, hint="Add a LIMIT, or ask for less.")


def _refusal(refused: ServerRefused, asked: Asked) -> Exception:
    """What a refusal of the server means for the one who asked."""
    if refused.status in {408, 504}:
        return stopped(asked.limits)
    if refused.status in {400, 500} and refused.told and not asked.ours:
        hint = "The query is sound, but the server that holds the graph does not answer it: write it otherwise."
        return QuerySyntaxError(f"the engine refused the query: {refused.told}", hint=hint)
    return refused
