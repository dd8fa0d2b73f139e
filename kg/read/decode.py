"""Bytes to text, or the reason why a file is no text; whether the text is an article is :mod:`kg.read.prose`'s."""

from __future__ import annotations

import codecs
import re
from typing import Final

from kg.errors import ArticleError

LARGEST: Final = 10_000_000
"""Bytes of the largest file that is read."""

_UTF16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_HALF = re.compile("[\ud800-\udfff]")


def decode(content: bytes, path: str) -> str:
    """The text, unchanged but for a byte order mark.

    Raises:
        ArticleError: empty, too large, binary, or neither UTF-8 nor UTF-16 with a byte order mark.
    """
    refuse_size(len(content), path)
    marked = content.startswith(_UTF16)
    if not marked and b"\x00" in content:
        raise ArticleError(path, "binary file (it holds NUL bytes)")
    try:
        text = content.decode("utf-16" if marked else "utf-8-sig")
    except UnicodeDecodeError as error:
        encoding = "UTF-16" if marked else "UTF-8"
        raise ArticleError(path, f"cannot be decoded: not {encoding} at byte {error.start}") from None
    if not text.strip():
        raise ArticleError(path, "empty file")
    refuse_controls(text, path)
    return text


def refuse_controls(text: str, path: str) -> None:
    """Nothing for a text without NUL, half characters, and more than a few control characters.

    Raises:
        ArticleError: it is none that could be written down.
    """
    controls = sum(1 for _ in _CONTROL.finditer(text))
    if "\x00" in text or (controls > 3 and controls * 50 > len(text)):
        raise ArticleError(path, "binary file (it holds control characters)")
    if (half := _HALF.search(text)) is not None:
        raise ArticleError(path, f"broken text: half a character (U+{ord(half.group()):X}) at {half.start()}")


def refuse_size(size: int, path: str) -> None:
    """Nothing for a size that is read.

    Raises:
        ArticleError: no bytes, or more than :data:`LARGEST`.
    """
    if size == 0:
        raise ArticleError(path, "empty file")
    if size > LARGEST:
        raise ArticleError(path, f"too large: {size:,} bytes, at most {LARGEST:,} are read")
