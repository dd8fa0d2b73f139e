"""Who may write: nobody while it is switched off, then whoever sends the token, and never a page of another site."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from flask import request

from kg.engine.writer import Writer
from kg.errors import QueryError
from kg.web.site import site

REALM: Final = 'Bearer realm="Diplomacy KG"'


class WritingOff(QueryError):
    """Writing is switched off."""


class WritingHalted(QueryError):
    """Writing would build on less than what was written before."""


class NoToken(QueryError):
    """A request to write that does not say who it is from."""


class WrongToken(QueryError):
    """A request to write with a token that is not ours."""


class ForeignPage(QueryError):
    """A request to write that a page of another site made a browser send."""


class WrongMedia(QueryError):
    """A body of a media type, or in an encoding, that is not taken here."""


class Compressed(WrongMedia):
    """A body that is compressed."""


@dataclass(frozen=True, slots=True)
class Door:
    """The writer, behind its token; of the token only a hash is kept."""

    writer: Writer | None
    key: bytes = field(repr=False)

    @classmethod
    def locked(cls, writer: Writer | None, token: str) -> Door:
        """The door that this token opens; without a writer nobody is behind it until the store is mended."""
        return cls(writer, _key(token))

    def opens(self, header: str) -> bool:
        """Whether this ``Authorization`` opens it; how long the answer takes tells nothing of the token."""
        scheme, _, token = header.partition(" ")
        return hmac.compare_digest(self.key, _key(token.strip())) and scheme.lower() == "bearer"


def enter() -> Writer:
    """The writer, for a request that may write.

    Raises:
        WritingOff, WritingHalted, ForeignPage, WrongToken: it may not. NoToken: it does not say who it is from.
    """
    door = site().door
    if not isinstance(door, Door):
        raise WritingOff(
            "this server answers queries only: updates are switched off",
            hint="Its operator switches them on with 'kg serve --update' and a token.",
        )
    _refuse_foreign_pages()
    header = request.headers.get("Authorization", "")
    if not names_token(header):
        raise NoToken("writing needs a token", hint="Send the header 'Authorization: Bearer …' with it.")
    if not door.opens(header):
        raise WrongToken("this token does not open this server", hint="Ask its operator for the right one.")
    if door.writer is None:
        raise WritingHalted(
            "the newest state of this graph was damaged: nothing is written on top of an older one",
            hint="Its operator restores a backup with 'kg restore', or builds with --by-hand keep, then starts anew.",
        )
    return door.writer


def names_token(header: str) -> bool:
    """Whether this ``Authorization`` is of the kind that is taken here."""
    return header.partition(" ")[0].lower() == "bearer"


def _refuse_foreign_pages() -> None:
    """Nothing; no browser says that the request comes from elsewhere (Fetch Metadata, RFC 6454)."""
    hint = "Send it from a program, or from a page of this server."
    if request.headers.get("Sec-Fetch-Site", "none") not in {"none", "same-origin"}:
        raise ForeignPage("a page of another site may not write here", hint=hint)
    origin = request.headers.get("Origin")
    if origin is not None and not _is_ours(origin):
        raise ForeignPage("a page of another site may not write here", hint=hint)


def _is_ours(origin: str) -> bool:
    """Whether it is this server; who ends TLS before it need not tell, so that either scheme is."""
    try:
        told = urlsplit(origin)
    except ValueError:
        return False
    return told.scheme.lower() in {"http", "https"} and told.netloc.lower() == request.host.lower()


def _key(token: str) -> bytes:
    return hashlib.sha256(token.encode(errors="surrogateescape")).digest()
