"""The head of a request: what two readers could take for two things is refused (RFC 9112, 11.2), and what is too long.

Waitress reads the lines; what it passes over is looked at here, before and after.
"""

from __future__ import annotations

import ipaddress
import re
from typing import Final, Protocol

from waitress.utilities import BadRequest, Error, RequestHeaderFieldsTooLarge

_CONTROLS: Final = bytes(sorted({*range(32), 127} - set(b"\t\r\n")))
_CODINGS: Final = re.compile(rb"^transfer-encoding:(.*)$", re.IGNORECASE | re.MULTILINE)
_MOST_FIELDS: Final = 500
_VERSIONS: Final = frozenset({"1.0", "1.1"})
_HOST: Final = re.compile(r"(?:[A-Za-z0-9._~-]+|\[([0-9A-Fa-f:.]+)\])(?::[0-9]{0,5})?")
_RANGE: Final = re.compile(r"bytes=(?:[0-9]{1,18}-[0-9]{0,18}|-[0-9]{1,18})", re.IGNORECASE)
_CONDITIONS: Final = ("IF_MATCH", "IF_NONE_MATCH", "IF_RANGE")
_LONGEST: Final = 8192
# Elsewhere nobody has so much to say in an address; reading it would keep others waiting.
_LONG: Final = ("/sparql", "/update")
_LONGEST_QUERY: Final = 1 << 16


class Head(Protocol):
    """A request whose head was read."""

    headers: dict[str, str]
    command: str
    version: str
    path: str
    query: str
    chunked: bool


class AddressTooLong(Error):  # type: ignore[misc]  # waitress has no types
    """A request line without an end."""

    code = 414
    reason = "URI Too Long"


class AddressNotEncoded(BadRequest):  # type: ignore[misc]
    """An address with letters that no address has."""

    told = "the address has letters that are not ASCII"
    hint = "Percent-encode it: á is %C3%A1. With curl, give parameters by -G --data-urlencode."


class VersionNotSupported(Error):  # type: ignore[misc]
    """Another HTTP than 1.0 and 1.1."""

    code = 505
    reason = "HTTP Version Not Supported"


def has_too_many(head: bytes) -> bool:
    """Whether there are more fields than anybody needs."""
    return head.count(b"\n") > _MOST_FIELDS


def is_ambiguous(head: bytes) -> bool:
    """Whether it holds what no field may, or a field that goes on in the next line, or two codings of the body.

    For some of it waitress would look in time that grows with the square.
    """
    # Such searches are much faster than those for a pattern, and most heads hold nothing of it.
    if len(head.translate(None, _CONTROLS)) < len(head) or b"\n " in head or b"\n\t" in head:
        return True
    if b"transfer-encoding" not in head.lower():
        return False
    codings = _CODINGS.findall(head)
    return len(codings) > 1 or b"," in b"".join(codings)


def is_unencoded(head: bytes) -> bool:
    """Whether the address, or what else stands in the first line, has bytes that are no ASCII (RFC 3986, 2)."""
    return not head.partition(b"\n")[0].isascii()


def fault_of_head(asked: Head) -> Error | None:
    """Why the request is refused for its head alone; what may be passed over is taken out of it."""
    if asked.version not in _VERSIONS:
        return VersionNotSupported("not HTTP/1.0 or HTTP/1.1") if asked.version else BadRequest("no version")
    if not _is_host(asked.headers.get("HOST", "unnamed" if asked.version == "1.0" else "")):
        return BadRequest("no Host, or more than one")
    # Methods have their case (RFC 9110, 9.1), which waitress changes.
    if asked.command != asked.command.upper():
        return BadRequest("a method in small letters")
    # Chunks of the version before, or beside a length: two readers would end the body in two places.
    if "TRANSFER_ENCODING" in asked.headers or (asked.chunked and "CONTENT_LENGTH" in asked.headers):
        return BadRequest("two lengths")
    if len(asked.query) > _LONGEST_QUERY and not asked.path.startswith(_LONG):
        return AddressTooLong("more parameters than any address here takes")
    _put_in_order(asked.headers)
    return _fault_of_conditions(asked)


def _put_in_order(headers: dict[str, str]) -> None:
    # It is a list (RFC 9110, 7.6.1); waitress looks for one word.
    wanted = {one.strip() for one in headers.get("CONNECTION", "").lower().split(",")}
    for word in ("close", "keep-alive"):
        if word in wanted:
            headers["CONNECTION"] = word
            break
    # What is no single range of bytes is passed over (RFC 9110, 14.2).
    if not _RANGE.fullmatch(headers.get("RANGE", "")):
        headers.pop("RANGE", None)


def _fault_of_conditions(asked: Head) -> Error | None:
    """Reading long ones takes long: who reads gets the whole answer without them, who writes would do harm."""
    for name in _CONDITIONS:
        if len(asked.headers.get(name, "")) > _LONGEST:
            if asked.command not in {"GET", "HEAD"}:
                return RequestHeaderFieldsTooLarge("a condition without an end")
            del asked.headers[name]
    return None


def _is_host(told: str) -> bool:
    """Whether this is a name or an address, with or without a port."""
    found = _HOST.fullmatch(told)
    if found is None or found[1] is None:
        return found is not None
    try:
        ipaddress.IPv6Address(found[1])
    except ValueError:
        return False
    return True
