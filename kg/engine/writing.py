"""The writer's process: takes one command at a time, and each that succeeds becomes a generation.

It may be killed at any moment: what it had not yet published never was.
"""

from __future__ import annotations

import contextlib
import errno
import math
import signal
import socket
import threading
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from kg.config import Limits
from kg.engine import stops, wire
from kg.engine.asker import Asker
from kg.engine.confine import confine
from kg.engine.tally import FEW, new_blanks, size, there, touched_quads
from kg.engine.update_guard import check_update, with_dataset, within
from kg.engine.writable import Writable
from kg.engine.written import NoSuchGraph, PreconditionFailed
from kg.errors import QueryError, StoreError
from kg.query.lint import explain_refusal, explain_update
from kg.store.generation import Generation, current
from kg.store.lock import StoreBusy, alone
from kg.store.publish import Checkpoint, publish_checkpoint

_STACK: Final = 512 * 1024 * 1024
_GRACE: Final = 5
# How long nobody must want anything before there is time to count.
_PAUSE: Final = 0.3
_LARGE: Final = 8 * 1024 * 1024
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FULL_WORDS: Final = ("No space left", "File too large", "quota exceeded", "Disk quota")


def serve(number: int, root: str, memory: int) -> None:
    """Nothing; commands that came over the socket were carried out until the other side hung up."""
    line = socket.socket(fileno=number)
    stops.ignore()
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    blocked = confine(memory)
    threading.stack_size(_STACK)
    # Oxigraph's evaluator recurses: it runs where the stack is deep.
    thread = threading.Thread(target=_obey, args=(line, Path(root), blocked))
    thread.start()
    thread.join()


def _obey(line: socket.socket, root: Path, blocked: bool) -> None:  # noqa: FBT001  # sent on as it is
    try:
        live = Writable(root)
    except OSError as error:
        wire.send(line, {"ready": False, "message": str(error)})
        return
    wire.send(line, {"ready": True, "network_blocked": blocked})
    with contextlib.suppress(wire.Lost):
        while True:
            command = wire.receive(line)
            # Should the server die first, the kernel ends this process all the same.
            signal.alarm(math.ceil(command["limits"]["update_seconds"]) + _GRACE)
            # Before this, nothing of it can have been done.
            wire.send(line, {"taken": True})
            head = _reply(live, root, command)
            wire.send(line, head)
            signal.alarm(0)
            if not wire.has_come(line, _PAUSE, Asker()):
                _count(live)
    live.close()


def _reply(live: Writable, root: Path, command: dict[str, Any]) -> dict[str, Any]:
    """What became of the command; where it failed midway, the writable copy is made anew for the next one."""
    limits = Limits(**command["limits"])
    try:
        with alone(root, limits.update_seconds):
            return _carry_out(live, root, command, limits)
    except SyntaxError as error:
        engine_says = str(error.msg or error)
    except QueryError as error:
        kind = {PreconditionFailed: "condition", NoSuchGraph: "missing"}.get(type(error), type(error).__name__)
        told = {"message": str(error), "line": error.line, "column": error.column, "hint": error.hint}
        return {"error": kind, **told}
    except StoreBusy:
        return {"error": "busy"}
    except (StoreError, OSError, ValueError, RuntimeError, MemoryError) as error:
        live.forget()
        refusal = explain_refusal(command.get("text", ""), str(error))
        return {"error": "syntax", **refusal} if refusal else {"error": _kind(error), "message": str(error)}
    # Not before the error is gone: the parser keeps errors, and with them what they were raised within, the store.
    is_as_sent = command["do"] == "update" and not (command["graphs"] or command["named"])
    return {"error": "syntax", **explain_update(command["text"], engine_says, is_as_sent=is_as_sent)}


def _carry_out(live: Writable, root: Path, command: dict[str, Any], limits: Limits) -> dict[str, Any]:
    base = current(root)
    _check_number(base, command["condition"])
    store = live.at(base)
    if command["do"] == "update":
        created, quads = False, _update(store, base, command, limits)
    else:
        created, quads = _change(store, base, command, limits)
    is_exact = quads is not None and live.is_counted(base)
    told = Checkpoint(
        store=store, quads=base.quads if quads is None else quads, is_exact=is_exact, request=command["request"]
    )
    generation = publish_checkpoint(root, base, told)
    live.is_now(generation)
    return {"generation": generation.number, "created": created}


def _count(live: Writable) -> None:
    """Nothing; the quads of a large store are counted, now that nobody waits."""
    with contextlib.suppress(OSError, RuntimeError):
        live.count()


def _update(store: ox.Store, base: Generation, command: dict[str, Any], limits: Limits) -> int | None:
    """How many quads there are now, where that is known at once; the store is changed."""
    update = check_update(command["text"], limits)
    text = with_dataset(update, tuple(command["graphs"]), tuple(command["named"]))
    touched = touched_quads(update, command["base"]) if base.quads > FEW else None
    before = there(store, touched)
    store.update(text, base_iri=command["base"])
    if touched is None:
        return len(store) if base.quads <= FEW else None
    return base.quads + there(store, touched) - before + new_blanks(touched)


def _change(store: ox.Store, base: Generation, command: dict[str, Any], limits: Limits) -> tuple[bool, int]:
    """Whether the graph was not there before, and how many quads there are now; one graph is changed."""
    name = command["graph"]
    graph = ox.DefaultGraph() if name is None else ox.NamedNode(name)
    is_there = isinstance(graph, ox.DefaultGraph) or store.contains_named_graph(graph)
    _check_existence(command["condition"], is_there=is_there)
    before = size(store, graph)
    match command["do"]:
        case "patch":
            store.update(within(check_update(command["text"], limits), name), base_iri=name)
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
    return is_there_now and not is_there, base.quads + size(store, graph) - before


def _load(store: ox.Store, file: Path, graph: ox.NamedNode | ox.DefaultGraph) -> None:
    # Read here, not by the store, which would give blank nodes other labels each time.
    parsed = ox.parse(path=str(file), format=ox.RdfFormat.N_TRIPLES)
    # Of the two ways the one is quick for few triples, the other for many.
    extend = store.bulk_extend if file.stat().st_size > _LARGE else store.extend
    extend(ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in parsed)


def _check_number(base: Generation, condition: dict[str, Any]) -> None:
    wanted, other = condition["generation"], condition["other_than"]
    if (wanted is not None and wanted != base.number) or (other is not None and other == base.number):
        raise PreconditionFailed(
            "the graph was changed since", hint="Fetch it again, with its ETag, and send your change anew."
        )


def _check_existence(condition: dict[str, Any], *, is_there: bool) -> None:
    if condition["exists"] is not None and condition["exists"] != is_there:
        raise PreconditionFailed("the graph is there already" if is_there else "there is no such graph")


def _kind(error: BaseException) -> str:
    """Whether the disk is full, memory is, or the engine has some other reason."""
    cause: BaseException | None = error
    while cause is not None:
        if getattr(cause, "errno", None) in _FULL or any(words in str(cause) for words in _FULL_WORDS):
            return "full"
        if isinstance(cause, MemoryError):
            return "memory"
        cause = cause.__cause__
    words = str(error)
    return (
        "engine" if isinstance(error, ValueError) or words.endswith(("does not exist", "already exists")) else "store"
    )
