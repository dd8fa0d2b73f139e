"""Plain queries: the requests that most programs send, read and answered without the app, in the same words.

What is not plain in any way (a condition, a long body, a page, a mistake) is for the app, which says all there is to
say.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final, NamedTuple

from kg.config import Limits
from kg.engine.answer import Answer, Question
from kg.engine.asked import Asked
from kg.engine.asker import Asker
from kg.engine.guard import SHORT, Checked, check
from kg.errors import KgError
from kg.web.delivery import LEVEL, is_worth_it
from kg.web.formats import content_type, wanted_of_a_query
from kg.web.protection import HEADERS
from kg.web.protocol import FORM, QUERY, by_name, graphs, one, read_pairs, read_text
from kg.web.site import Site
from kg.web.validators import GZIPPED, Basis, tag, wants_gzip

VIEW: Final = "sparql.endpoint"
_PARAMETERS: Final = frozenset({"query", "default-graph-uri", "named-graph-uri"})
# With one of these it is for the app.
_MORE: Final = frozenset(
    {"IF_MATCH", "IF_NONE_MATCH", "IF_MODIFIED_SINCE", "IF_UNMODIFIED_SINCE", "IF_RANGE", "RANGE", "CONTENT_LENGTH",
     "CONTENT_TYPE", "CONTENT_ENCODING", "TRANSFER_ENCODING", "EXPECT", "UPGRADE"}
)  # fmt: skip
# A POST needs these.
_OF_A_BODY: Final = frozenset({"CONTENT_LENGTH", "CONTENT_TYPE"})
_UTF_8: Final = ("", "; charset=utf-8", ";charset=utf-8")
_FORMS: Final = frozenset(f"{FORM}{charset}" for charset in _UTF_8)
_TEXTS: Final = frozenset(f"{QUERY}{charset}" for charset in _UTF_8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """A plain query: how it is asked, whoever asks, and how it is answered."""

    asked: Asked
    media: str
    may_be_gzipped: bool
    may_be_kept: bool


def read_plain(request: Any, here: Site) -> Plain | None:
    """The query of this request of waitress's, where it is plain."""
    if not _is_plain(request):
        return None
    told = request.headers
    # Looked at, not taken: the app may have to read it.
    body = b"" if request.command == "GET" else request.body_rcv.getbuf().get()
    sent = _Sent(request.query, body, told.get("CONTENT_TYPE", "").lower(), told.get("ACCEPT", ""))
    try:
        read = (_read_lately if sum(map(len, sent)) <= _OFTEN else _read)(
            sent, here.settings.base_iri, here.reader.pool.limits
        )
        if read is None:
            return None
        question, query, media = read
        asked = Asked.of(question, query, here.reader.pool.limits, Asker())
    except (KgError, UnicodeError):
        return None
    encodings = told.get("ACCEPT_ENCODING", "")
    if len(encodings) > SHORT:
        return None
    return Plain(asked=asked, media=media, may_be_gzipped=wants_gzip(encodings), may_be_kept=request.command == "GET")


def _is_plain(request: Any) -> bool:
    return (
        # What is refused may lack all the rest.
        request.error is None
        and request.path == "/sparql"
        and request.version == "1.1"
        and not request.proxy_netloc
        and (_MORE.isdisjoint(request.headers) if request.command == "GET" else _is_plain_post(request))
        and request.headers.get("CONNECTION", "keep-alive").lower() == "keep-alive"
    )


def _is_plain_post(request: Any) -> bool:
    """Whether it has a short body, whose length and type it tells as most programs do."""
    told = request.headers
    return (
        request.command == "POST"
        and not request.chunked
        and 0 < request.content_length <= SHORT
        and told.get("CONTENT_TYPE", "").lower() in _FORMS | _TEXTS
        and _MORE.isdisjoint(told.keys() - _OF_A_BODY)
    )


class _Sent(NamedTuple):
    """What a request says of its query: the parameters of the address, the body and its type, the formats."""

    parameters: str
    body: bytes
    kind: str
    accept: str


def _read(sent: _Sent, base: str, limits: Limits) -> tuple[Question, Checked, str] | None:
    """What is asked, as it was checked, and the media type of the answer; ``None`` for the app."""
    question = _question(_pairs(sent), base)
    if question is None:
        return None
    query = check(question.text, limits)
    wanted = wanted_of_a_query(sent.accept, is_graph=query.form.is_graph)
    return None if wanted is None else (replace(question, format=wanted[0].written), query, wanted[1])


# A program that asks again asks in the same words. Together they take a few megabytes at most.
_OFTEN: Final = 4 * SHORT
_read_lately: Final = lru_cache(maxsize=64)(_read)


def _pairs(sent: _Sent) -> list[tuple[str, str]]:
    """The parameters of the address and the body."""
    pairs = read_pairs(sent.parameters.encode("latin-1"))
    if sent.kind in _TEXTS:
        return [*pairs, ("query", read_text(sent.body, "query"))]
    return pairs + read_pairs(sent.body) if sent.body else pairs


def _question(pairs: list[tuple[str, str]], base: str) -> Question | None:
    given = by_name(pairs)
    if not given.keys() <= _PARAMETERS:
        return None
    text = one(given, "query")
    if len(text) > SHORT:
        return None
    default, named = graphs(given, "default-graph-uri"), graphs(given, "named-graph-uri")
    return Question(text=text, base=base, default_graphs=default, named_graphs=named)


def write_plain(plain: Plain, answer: Answer, rows: int) -> tuple[bytes, bytes]:
    """The head of the answer up to its ``Date``, which comes last, and the body; ``rows`` are the most there may be."""
    body = answer.read()
    is_gzipped = plain.may_be_gzipped and is_worth_it(len(body))
    told = _usual(plain.media, plain.may_be_kept, is_gzipped)
    if plain.may_be_kept:
        mark = tag(Basis(digest=answer.digest, question=plain.asked.question, rows=rows), body)
        told += f'Etag: "{mark}{GZIPPED if is_gzipped else ""}"\r\n'
    if answer.is_cut:
        told += f"Kg-Truncated: rows={answer.rows}\r\n"
    if is_gzipped:
        body = gzip.compress(body, LEVEL, mtime=0)
    told += f"Kg-Generation: {answer.generation}\r\nContent-Length: {len(body)}\r\nDate: "
    return told.encode("latin-1"), body


@lru_cache(maxsize=256)
def _usual(media: str, may_be_kept: bool, is_gzipped: bool) -> str:  # noqa: FBT001  # two of its arguments
    """The lines of a head that many answers have in common."""
    told = {
        **HEADERS,
        "Cache-Control": "no-cache" if may_be_kept else "no-store",
        "Content-Type": content_type(media),
        "Vary": "Accept-Encoding, Accept",
    }
    if is_gzipped:
        told["Content-Encoding"] = "gzip"
    lines = "".join(f"{name}: {told[name]}\r\n" for name in sorted(told))
    return f"HTTP/1.1 200 OK\r\n{lines}"
