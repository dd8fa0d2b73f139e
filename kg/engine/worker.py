"""One worker process: opens a generation read-only, answers queries one by one, and may be killed at any moment."""

from __future__ import annotations

import contextlib
import math
import signal
import socket
import sys
import threading
from typing import Any, Final

import pyoxigraph as ox

from kg.config import Limits
from kg.engine import stops, wire
from kg.engine.answer import ResultFormat
from kg.engine.confine import confine, seal
from kg.engine.cut import count_rows, limited, most_rows
from kg.engine.guard import Form, check
from kg.engine.prologue import prefixes
from kg.engine.serialising import Overfull, write

try:
    import resource
except ImportError:  # Windows has no such limits
    resource = None  # type: ignore[assignment]

_STACK: Final = 512 * 1024 * 1024
_GRACE: Final = 5
_WORN: Final = 512 * 1024 * 1024


def serve(number: int, path: str, memory: int) -> None:
    """Nothing; questions that came over the socket were answered until the other side hung up."""
    line = socket.socket(fileno=number)
    stops.ignore()
    blocked = confine(memory)
    threading.stack_size(_STACK)
    # Oxigraph's evaluator recurses: it runs where the stack is deep.
    thread = threading.Thread(target=_answer_all, args=(line, path, blocked))
    thread.start()
    thread.join()


def _answer_all(line: socket.socket, path: str, blocked: bool) -> None:  # noqa: FBT001  # sent on as it is
    try:
        store = ox.Store.read_only(path)
    except (OSError, ValueError, RuntimeError) as error:
        wire.send(line, {"ready": False, "message": str(error)})
        return
    told = {"ready": True, "network_blocked": blocked and seal(), "thread": threading.get_native_id()}
    wire.send(line, told)
    with contextlib.suppress(wire.Lost):
        while True:
            job = wire.receive(line)
            limits = Limits(**job["limits"])
            # Should the pool die first, the kernel ends this process all the same.
            signal.alarm(math.ceil(limits.seconds) + _GRACE)
            head, body = _reply(store, job, limits)
            wire.send(line, {**head, "worn": _peak() > _WORN}, body)
            signal.alarm(0)


def _peak() -> int:
    """The most memory that was ever in use, in bytes; 0 where the platform cannot tell."""
    if resource is None:
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _reply(store: ox.Store, job: dict[str, Any], limits: Limits) -> tuple[dict[str, Any], bytes]:
    try:
        return _answer(store, job, limits)
    except SyntaxError as error:
        # Imported where it is needed: rdflib takes longer to load than most queries to run.
        from kg.query.lint import explain

        finding = explain(job["text"], str(error.msg or error))
        return {"error": "syntax", **finding}, b""
    except Overfull:
        return {"error": "size"}, b""
    except MemoryError:
        return {"error": "memory"}, b""
    except (OSError, ValueError, RuntimeError) as error:
        from kg.query.lint import explain_refusal

        refusal = explain_refusal(job["text"], str(error))
        return ({"error": "syntax", **refusal} if refusal else {"error": "engine", "message": str(error)}), b""


def _answer(store: ox.Store, job: dict[str, Any], limits: Limits) -> tuple[dict[str, Any], bytes]:
    written = ResultFormat(job["format"])
    form = Form(job["form"])
    if form is not Form.SELECT:
        result = _run(store, job["run"], job)
        names = prefixes(job["prologue"], job["base"]) if form.is_graph else {}
        return {"cut": False}, write(result, written, limits.bytes, names)
    most = job["rows"]
    body = write(_run(store, job["run"], job), written, limits.bytes)
    # A row takes at least two bytes in every format ("{}", or the end of its line): most answers need no counting.
    if len(body) < 2 * most or most_rows(body, written) <= most or count_rows(body, written) <= most:
        return {"cut": False}, body
    query = check(job["text"], limits)
    return {"cut": True, "rows": most}, write(_run(store, limited(query, most), job), written, limits.bytes)


def _run(store: ox.Store, text: str, job: dict[str, Any]) -> Any:
    default: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = [ox.NamedNode(iri) for iri in job["default_graphs"]]
    named: list[ox.NamedNode | ox.BlankNode] = [ox.NamedNode(iri) for iri in job["named_graphs"]]
    if not default and not named:
        return store.query(text, base_iri=job["base"])
    # SPARQL 1.1 Protocol, 2.1.4: what is not named is not there.
    return store.query(text, base_iri=job["base"], default_graph=default, named_graphs=named)
