"""Commands that become one generation: each is done as a whole or not at all, whatever becomes of the others."""

from __future__ import annotations

import errno
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from kg.engine.tally import FEW, graphs_of, named_there, new_blanks, size, there, touched_quads
from kg.engine.writable import Writable
from kg.engine.written import NoSuchGraph, PreconditionFailed
from kg.store.generation import Generation
from kg.store.publish import Checkpoint
from kg.store.states import States

# Whoever was done first does not wait much longer than this for those who come along.
_TOGETHER_SECONDS: Final = 0.25
_LARGE: Final = 8 * 1024 * 1024
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FULL_WORDS: Final = ("No space left", "File too large", "quota exceeded", "Disk quota")
_REFUSALS: Final = ("does not exist", "already exists", "is not supported")
_LATER: Final = {"later": True}


class Batch:
    """The commands, and what became of each of them."""

    def __init__(self, commands: Sequence[dict[str, Any]], began: float) -> None:
        """None of them is done."""
        self.heads: list[dict[str, Any]] = []
        # Of those that are done: the name of the request, and whether its graph was not there before.
        self.requests: dict[str, bool] = {}
        self._commands = commands
        self._began = began
        self._more: int | None = 0
        self._states = States(others="")

    def carry_out(self, live: Writable, base: Generation, begin: Callable[[int], None]) -> bool:
        """Whether the store can still be trusted; each command is done, refused, or left for later.

        ``begin`` is told the number of each one before it is begun.
        """
        live.at(base)
        began = time.monotonic()
        self._states = base.states
        for number, command in enumerate(self._commands):
            now = time.monotonic()
            if number and now - began > _TOGETHER_SECONDS:
                self.heads.append(_LATER)
            elif now - self._began > command["seconds"]:
                self.heads.append({"error": "busy"})
            else:
                begin(number)
                self.heads.append(self._try(live, base, command))
                if self.heads[-1].get("error") in {"full", "memory", "store"}:
                    self._undo()
                    return False
        return True

    def checkpoint(self, store: ox.Store, base: Generation, *, is_counted: bool) -> Checkpoint:
        """What is to be published."""
        is_few = base.quads <= FEW
        return Checkpoint(
            store=store,
            quads=len(store) if is_few else base.quads + (self._more or 0),
            is_exact=is_few or (is_counted and self._more is not None),
            requests=self.requests,
            states=self._states,
        )

    def published(self, number: int) -> list[dict[str, Any]]:
        """What became of each, now that this generation holds what is done."""
        return [{**head, "generation": number} if "created" in head else head for head in self.heads]

    def failed(self, fault: dict[str, Any]) -> list[dict[str, Any]]:
        """What became of each, now that nothing is done, and why."""
        return [fault if "created" in head else head for head in self.heads]

    def _undo(self) -> None:
        """Nothing; none is done: where the disk is full it is so for all, else the others are left for later."""
        fault = self.heads[-1]
        others = fault if fault["error"] == "full" else _LATER
        self.heads += [others] * (len(self._commands) - len(self.heads))
        self.heads = self.failed(others)
        self.requests = {}

    def _try(self, live: Writable, base: Generation, command: dict[str, Any]) -> dict[str, Any]:
        began, store, records = time.monotonic(), live.at(base), live.records()
        try:
            if command["do"] == "update":
                created, (graphs, more, is_idle) = False, _update(store, base, command)
            else:
                graphs, is_idle = {command["graph"]}, False
                _check_state(self._states.of(command["graph"]), command["condition"])
                created, more = _change(store, command)
        except PreconditionFailed as error:
            return {"error": "condition", "message": str(error), "hint": error.hint}
        except NoSuchGraph as error:
            return {"error": "missing", "message": str(error)}
        except (OSError, SyntaxError, ValueError, RuntimeError, MemoryError) as error:
            told = fault(error)
            # An update is undone as a whole; what else fails for no known reason may be half done.
            is_undone = told["error"] != "engine" or command["do"] in {"update", "patch"}
            return told if is_undone else {**told, "error": "store"}
        if is_idle or (command["do"] in {"update", "patch"} and live.is_as_it_was(records)):
            # It is done: what is there is what was wanted.
            return {"created": False, "seconds": time.monotonic() - began}
        self._more = None if more is None or self._more is None else self._more + more
        self.requests[command["request"]] = created
        self._states = self._states.after(command["request"], graphs)
        return {"created": created, "seconds": time.monotonic() - began}


def _update(
    store: ox.Store, base: Generation, command: dict[str, Any]
) -> tuple[set[str | None] | None, int | None, bool]:
    """Which graphs it changed, how many more quads there are now, where that is known; whether it changed nothing."""
    touched = touched_quads(command["insertions"], command["base"])
    if touched is None:
        store.update(command["text"], base_iri=command["base"])
        return None, None, False
    before, named = there(store, touched), named_there(store, touched)
    store.update(command["text"], base_iri=command["base"])
    after, blanks = there(store, touched), new_blanks(touched)
    more = sum(after) - sum(before) + blanks
    # What is inserted and deleted again leaves its graph behind.
    is_idle = before == after and not blanks and named == named_there(store, touched)
    return graphs_of(touched), None if base.quads <= FEW else more, is_idle


def _change(store: ox.Store, command: dict[str, Any]) -> tuple[bool, int]:
    """Whether the graph was not there before, and how many more quads there are now; one graph is changed."""
    name = command["graph"]
    graph = ox.DefaultGraph() if name is None else ox.NamedNode(name)
    is_there = isinstance(graph, ox.DefaultGraph) or store.contains_named_graph(graph)
    _check_existence(command["condition"], is_there=is_there)
    before = size(store, graph)
    match command["do"]:
        case "patch":
            store.update(command["text"], base_iri=name)
        case "delete":
            if not is_there:
                raise NoSuchGraph("there is no such graph")
            store.clear_graph(graph) if isinstance(graph, ox.DefaultGraph) else store.remove_graph(graph)
        case "put" | "post":
            if command["do"] == "put" and is_there:
                store.clear_graph(graph)
            if not is_there:
                store.add_graph(graph)
            _load(store, Path(command["file"]), graph)
    is_there_now = isinstance(graph, ox.DefaultGraph) or store.contains_named_graph(graph)
    return is_there_now and not is_there, size(store, graph) - before


def _load(store: ox.Store, file: Path, graph: ox.NamedNode | ox.DefaultGraph) -> None:
    # Read here, not by the store, which would give blank nodes other labels each time.
    parsed = ox.parse(path=str(file), format=ox.RdfFormat.N_TRIPLES)
    # Of the two ways the one is quick for few triples, the other for many.
    extend = store.bulk_extend if file.stat().st_size > _LARGE else store.extend
    extend(ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in parsed)


def _check_state(state: str, condition: dict[str, Any]) -> None:
    if condition["state"] not in {None, state}:
        raise PreconditionFailed(
            "the graph was changed since", hint="Fetch it again, with its ETag, and send your change anew."
        )


def _check_existence(condition: dict[str, Any], *, is_there: bool) -> None:
    if condition["exists"] is not None and condition["exists"] != is_there:
        raise PreconditionFailed("the graph is there already" if is_there else "there is no such graph")


def fault(error: BaseException) -> dict[str, Any]:
    """What a process tells of an error: whether the disk is full, memory is, or the engine has some other reason."""
    return {"error": _kind(error), "message": str(error)}


def _kind(error: BaseException) -> str:
    cause: BaseException | None = error
    while cause is not None:
        if getattr(cause, "errno", None) in _FULL or any(words in str(cause) for words in _FULL_WORDS):
            return "full"
        if isinstance(cause, MemoryError):
            return "memory"
        cause = cause.__cause__
    is_refusal = isinstance(error, ValueError | SyntaxError) or str(error).endswith(_REFUSALS)
    return "engine" if is_refusal else "store"
