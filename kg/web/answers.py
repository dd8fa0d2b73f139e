"""An engine's answer as an HTTP response."""

from __future__ import annotations

from typing import Final

from flask import Response, request
from werkzeug.wsgi import wrap_file

from kg.engine.answer import Answer
from kg.web.formats import content_type

_AT_ONCE: Final = 1 << 20


def respond(answer: Answer, media: str, name: str | None = None) -> Response:
    """The answer, streamed from its spool; a header says where it was cut.

    ``name`` is the file name that a browser keeps it under.
    """
    if answer.size <= _AT_ONCE:
        response = Response(answer.read(), content_type=content_type(media))
    else:
        response = Response(
            wrap_file(request.environ, answer.body), content_type=content_type(media), direct_passthrough=True
        )
        response.call_on_close(answer.body.close)
        response.content_length = answer.size
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "KG-Truncated, KG-Generation"
    response.headers["KG-Generation"] = str(answer.generation)
    response.headers["Cache-Control"] = "no-cache"
    if answer.is_cut:
        response.headers["KG-Truncated"] = f"rows={answer.rows}"
    if name is not None:
        response.headers.set("Content-Disposition", "inline", filename=name)
    return response
