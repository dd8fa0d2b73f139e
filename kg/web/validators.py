"""Strong entity tags: one for each generation, question and format, and for its very bytes (RFC 9110, 8.8.3).

A tag begins with the mark of the generation, then tells what was asked of it, and ends with a hash of the bytes. So a
client that has an answer to the same question is told so without asking the engine again, and yet two answers never
share a tag.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import IO, Final

import pyoxigraph as ox
from flask import Request
from werkzeug.http import parse_accept_header

from kg import __version__
from kg.engine.answer import Question
from kg.engine.guard import SHORT

GZIPPED: Final = "-gzip"
_LONGEST: Final = 4096
_SIZE: Final = 8
_SUM: Final = "blake2b-8"
_CHUNK: Final = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What an answer depends on: the question with its format, the limit on rows, and the generation by its digest.

    In the place of the digest stands the name of a graph's state, where the answer depends on that graph alone.
    """

    digest: str
    question: Question
    rows: int

    @property
    def key(self) -> str:
        """What the tags of all answers with this basis begin with."""
        name = _known_question if len(self.question.text) <= SHORT else _question
        return f"{mark(self.digest)}-{name(self.question, self.rows)}"


def _question(asked: Question, rows: int) -> str:
    # In the order of its fields, as tags have had them from the beginning.
    parts = (asked.text, asked.format, asked.base, asked.default_graphs, asked.named_graphs, asked.rows, asked.bytes)
    return _hash(json.dumps((__version__, ox.__version__, rows, parts)).encode())


# Who asks again is told the same.
_known_question: Final = lru_cache(maxsize=64)(_question)


def mark(digest: str) -> str:
    """What every tag of a generation begins with."""
    return digest[:16]


def tag(basis: Basis, body: IO[bytes] | bytes) -> str:
    """The tag of an answer, uncompressed; its body stands at its first byte again."""
    if isinstance(body, bytes):
        return f"{basis.key}-{_hash(body)}"
    # Of what many read, the first one reckons it for all.
    notes = getattr(body, "notes", {})
    if _SUM not in notes:
        notes[_SUM] = _hash_of_file(body)
    return f"{basis.key}-{notes[_SUM]}"


def tag_of_bytes(content: bytes) -> str:
    """The tag of what depends on nothing that has a name."""
    return _hash(content)


def held(request: Request, basis: Basis) -> str | None:
    """The tag of an answer with this basis that the client has, and may be given; ``None`` where it has none."""
    for one in _offered(request):
        plain = one.removesuffix(GZIPPED)
        if plain.startswith(f"{basis.key}-") and (plain == one or accepts_gzip(request)):
            return one
    return None


def accepts_gzip(request: Request) -> bool:
    """Whether the answer may come compressed (RFC 9110, 12.5.3)."""
    header = request.headers.get("Accept-Encoding", "")
    return len(header) <= _LONGEST and wants_gzip(header)


@lru_cache(maxsize=64)
def wants_gzip(header: str) -> bool:
    """The same of an ``Accept-Encoding`` header."""
    wanted = {name.lower(): quality for name, quality in parse_accept_header(header)}
    return next((wanted[name] for name in ("gzip", "x-gzip", "*") if name in wanted), 0) > 0


def _offered(request: Request) -> Iterator[str]:
    if request.method in {"GET", "HEAD"}:
        yield from sorted(request.if_none_match.as_set(include_weak=True))


def _hash_of_file(body: IO[bytes]) -> str:
    content = blake2b(digest_size=_SIZE)
    while chunk := body.read(_CHUNK):
        content.update(chunk)
    body.seek(0)
    return content.hexdigest()


def _hash(content: bytes) -> str:
    return blake2b(content, digest_size=_SIZE).hexdigest()
