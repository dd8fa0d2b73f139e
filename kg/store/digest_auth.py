"""Who we are to a server: a user with a password (RFC 7617, or RFC 7616 where it asks for a digest), or a token."""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

_PART: Final = re.compile(r'(\w+)=(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))')
_HASHES: Final = {"MD5": "md5", "SHA-256": "sha256"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """A user with a password, or a token, or nothing."""

    user: str = ""
    password: str = field(repr=False, default="")
    token: str = field(repr=False, default="")

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self.user or self.token)


def challenge_of(header: str) -> dict[str, str]:
    """What a server that asks for a digest says; empty where it asks for something else, or for another one."""
    scheme, _, rest = header.partition(" ")
    if scheme.lower() != "digest":
        return {}
    told = {name.lower(): quoted or bare for name, quoted, bare in _PART.findall(rest)}
    is_known = told.get("algorithm", "MD5").upper() in _HASHES and "auth" in told.get("qop", "auth").split(",")
    return told if is_known and "nonce" in told else {}


def authorization(
    known: Credentials, challenge: Mapping[str, str] | None, method: str, target: str, count: int
) -> str | None:
    """The header that says who we are; ``None`` where nobody asks: a password is sent only to who does, a token always.

    ``count`` is how often this nonce was used.
    """
    if known.token:
        return f"Bearer {known.token}"
    if not known.user or challenge is None:
        return None
    if not challenge:
        pair = f"{known.user}:{known.password}".encode()
        return f"Basic {base64.b64encode(pair).decode()}"
    algorithm = challenge.get("algorithm", "MD5")

    def hashed(*parts: str) -> str:
        return hashlib.new(_HASHES[algorithm.upper()], ":".join(parts).encode(), usedforsecurity=False).hexdigest()

    realm, nonce, ours, number = challenge.get("realm", ""), challenge["nonce"], secrets.token_hex(8), f"{count:08x}"
    secret = hashed(known.user, realm, known.password)
    proof = hashed(secret, nonce, number, ours, "auth", hashed(method, target))
    told = {"username": known.user, "realm": realm, "nonce": nonce, "uri": target, "cnonce": ours, "response": proof}
    if "opaque" in challenge:
        told["opaque"] = challenge["opaque"]
    quoted = ", ".join(f'{name}="{value}"' for name, value in told.items())
    return f"Digest {quoted}, algorithm={algorithm}, qop=auth, nc={number}"
