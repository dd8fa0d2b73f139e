"""An engine's answer as an HTTP response: asked for only where the client does not have it already."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from flask import Response, request
from werkzeug.wsgi import wrap_file

from kg.engine.answer import Answer, Question
from kg.engine.begun import Ready, Sent
from kg.engine.guard import Checked
from kg.store.generation import Generation
from kg.web.desk import QUERY, SENT
from kg.web.formats import content_type
from kg.web.site import site
from kg.web.validators import Basis, held, tag

_AT_ONCE: Final = 1 << 20


def _digest(generation: Generation) -> str:
    return generation.digest


def answer(
    question: Question,
    media: str,
    *,
    name: str | None = None,
    query: Checked | None = None,
    state: Callable[[Generation], str] = _digest,
) -> Response:
    """The answer of the live generation; 304 without asking the engine where the client has it.

    ``name`` is the file name that a browser keeps it under; ``query`` is the question's, unless it is our own.
    What may come out otherwise next time nobody may keep. ``state`` gives the name of all that the answer depends on:
    what its tag begins with.

    Raises as :meth:`kg.engine.pool.Pool.run` does.
    """
    request.environ[QUERY] = question.text
    volatile = query is not None and query.is_volatile
    pool = site().reader.pool
    asked = pool.generation
    basis = Basis(digest=state(asked), question=question, rows=pool.limits.rows)
    known = None if volatile else held(request, basis)
    if known is not None:
        response = Response(status=304)
        del response.headers["Content-Type"]
        response.set_etag(known)
        response.headers["Cache-Control"] = "no-cache"
        response.vary.add("Accept-Encoding")
        return response
    sent: Sent | Ready | None = request.environ.pop(SENT, None)
    given = pool.run(question, query=query) if sent is None else sent.finish()
    read = request.method in {"GET", "HEAD"} and not volatile
    if given.digest != asked.digest:
        newer = pool.generation
        basis = replace(basis, digest=state(newer) if newer.digest == given.digest else given.digest)
    validator = tag(basis, given.body) if read else None
    response = respond(given, media, name)
    if validator is not None:
        response.set_etag(validator)
    else:
        response.headers["Cache-Control"] = "no-store"
    return response


def respond(given: Answer, media: str, name: str | None = None) -> Response:
    """The answer, streamed from its spool; a header says where it was cut."""
    if given.size <= _AT_ONCE:
        response = Response(given.read(), content_type=content_type(media))
    else:
        response = Response(
            wrap_file(request.environ, given.body), content_type=content_type(media), direct_passthrough=True
        )
        response.call_on_close(given.body.close)
        response.content_length = given.size
    response.headers["KG-Generation"] = str(given.generation)
    response.headers["Cache-Control"] = "no-cache"
    if given.is_cut:
        response.headers["KG-Truncated"] = f"rows={given.rows}"
    if name is not None:
        response.headers.set("Content-Disposition", "inline", filename=name)
    return response
