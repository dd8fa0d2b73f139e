"""Where an article stands on the web, as its source says, and what its publisher calls it."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, urlsplit

from kg.model.text import Version, Withdrawal

_LONGEST: Final = 1_000
_WEB: Final = re.compile(r"https?://[^\x00-\x20\x7f<>\"{}|^`\\#]{4,}", re.IGNORECASE)
_KEPT: Final = "".join(map(chr, range(0x21, 0x7F)))
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]+")
_HOST: Final = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+\.?")
_ESCAPE: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")


def web_address(*told: str | None) -> str | None:
    """The first of these that is the address of a page: of a host by http or https, without its fragment."""
    return next(filter(None, (_web_address(each) for each in told)), None)


def _web_address(told: str | None) -> str | None:
    words = (told or "").strip().partition("#")[0]
    if len(words) > _LONGEST or not _WEB.fullmatch(words) or _ESCAPE.search(words):
        return None
    try:
        words = quote(words, safe=_KEPT)
        parts = urlsplit(words)
    except ValueError:
        return None
    if len(words) > _LONGEST or "[" in words or "]" in words or not _HOST.fullmatch(parts.netloc):
        return None
    return words


def version_of(name: str | None, number: str | None = None, status: str | None = None) -> Version | None:
    """The version of what has this name; ``None`` where it has none that is unlike all others, which only a URI is."""
    words = (name or "").strip()
    if len(words) > _LONGEST or not _NAME.fullmatch(words):
        return None
    digits = (number or "").strip()
    return Version(
        name=words,
        number=int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else None,
        withdrawn=Withdrawal(status) if status in set(Withdrawal) else None,
    )
