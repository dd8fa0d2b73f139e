"""How an answer travels: compressed where the client takes that, and not at all where it has the answer already."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Iterator
from http import HTTPStatus
from typing import Final

from flask import Request, Response
from werkzeug.wsgi import wrap_file

from kg.engine.large import Shared
from kg.web.validators import GZIPPED, accepts_gzip, tag_of_bytes

# Smaller than this, the head of a gzip stream outweighs what it saves.
_LEAST: Final = 600
LEVEL: Final = 5
_STREAM_LEVEL: Final = 1
_GZIP: Final = 16 + zlib.MAX_WBITS
_COMPRESSIBLE: Final = ("text/", "application/json", "application/xml", "application/n-", "application/trig")
_STRUCTURED: Final = ("+json", "+xml")


def deliver(request: Request, response: Response) -> Response:
    """The response as it is sent: 304 or 412 where the client's conditions say so, compressed where it may be."""
    is_read = request.method in {"GET", "HEAD"} and response.status_code == HTTPStatus.OK
    if is_read and response.is_sequence and not response.get_etag()[0] and not response.cache_control.no_store:
        response.set_etag(tag_of_bytes(response.get_data()))
        response.headers.setdefault("Cache-Control", "no-cache")
    squeezed = False
    if is_text(response.mimetype or "") and not response.content_encoding:
        response.vary.add("Accept-Encoding")
        squeezed = _is_worth_it(response) and accepts_gzip(request)
    if is_read:
        failed = _condition(request, response, squeezed=squeezed)
        if failed is not None:
            return _without_body(response, failed)
    return _compressed(request, response) if squeezed else response


def _condition(request: Request, response: Response, *, squeezed: bool) -> HTTPStatus | None:
    """304 or 412, by RFC 9110, 13.2.2; ``None`` where the answer is to be sent."""
    tag, is_weak = response.get_etag()
    if tag is None:
        return None
    known = {tag, f"{tag}{GZIPPED}"} if squeezed else {tag}
    if request.if_match and not request.if_match.star_tag and (is_weak or not known & request.if_match.as_set()):
        return HTTPStatus.PRECONDITION_FAILED
    theirs = request.if_none_match
    held = known & theirs.as_set(include_weak=True)
    if held:
        response.set_etag(min(held), weak=bool(is_weak))
    return HTTPStatus.NOT_MODIFIED if held or theirs.star_tag else None


def _without_body(response: Response, status: HTTPStatus) -> Response:
    response.close()
    empty = Response(status=status)
    for name, value in response.headers:
        if not name.lower().startswith("content-"):
            empty.headers.add(name, value)
    del empty.headers["Content-Type"]
    return empty


def is_text(media: str) -> bool:
    """Whether a body of this type may travel compressed."""
    return media.startswith(_COMPRESSIBLE) or media.endswith(_STRUCTURED)


def _is_worth_it(response: Response) -> bool:
    if response.status_code == HTTPStatus.PARTIAL_CONTENT:
        return False
    size = response.calculate_content_length() if response.is_sequence else response.content_length
    return size is None or is_worth_it(size)


def is_worth_it(size: int) -> bool:
    """Whether so many bytes are worth compressing."""
    return size >= _LEAST


def _compressed(request: Request, response: Response) -> Response:
    tag, is_weak = response.get_etag()
    if tag is not None:
        response.set_etag(f"{tag}{GZIPPED}", weak=bool(is_weak))
    response.content_encoding = "gzip"
    response.headers.pop("Accept-Ranges", None)
    if response.is_sequence:
        response.set_data(gzip.compress(response.get_data(), LEVEL, mtime=0))
        return response
    whole = response.response
    response.call_on_close(getattr(whole, "close", lambda: None))
    shared = getattr(getattr(whole, "file", None), "shared", None)
    pressed = None if shared is None else shared.pressed
    if pressed is not None:
        response.call_on_close(pressed.close)
        response.response, response.content_length = wrap_file(request.environ, pressed), pressed.size
        return response
    response.response = _stream(whole, shared)  # type: ignore[arg-type]  # what a file gives is bytes
    response.direct_passthrough = False
    response.headers.pop("Content-Length", None)
    return response


def _stream(chunks: Iterable[bytes], shared: Shared | None) -> Iterator[bytes]:
    """The chunks, compressed; of what many read, the first one compresses it for all."""
    press = zlib.compressobj(_STREAM_LEVEL, zlib.DEFLATED, _GZIP)
    kept = None if shared is None else shared.press()
    try:
        for chunk in chunks:
            if pressed := press.compress(chunk):
                if kept is not None:
                    kept.add(pressed)
                yield pressed
        end = press.flush()
        if kept is not None:
            kept.add(end)
            kept.finish()
        yield end
    finally:
        if kept is not None:
            kept.close()
