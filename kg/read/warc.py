"""WARC archives of the web (ISO 28500) to the pages in them; unpacked text (WET) is read too."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from dataclasses import replace
from importlib.util import find_spec
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from kg.errors import ArticleError
from kg.read.address import web_address
from kg.read.decode import LARGEST, decode
from kg.read.html import read_page
from kg.read.item import Item
from kg.read.told import Told

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

_PAGES: Final = frozenset({"text/html", "application/xhtml+xml"})
_TEXT: Final = "text/plain"
_MAGIC: Final = b"WARC/"


def pages_of(stream: BinaryIO, path: str, suffix: str) -> Iterator[Item | ArticleError]:
    """Each page by the number of its record; pictures, scripts, redirections and requests are passed over.

    Raises:
        ArticleError: the archive is damaged from some record on, or no archive, or its reader is missing.
    """
    if find_spec("warcio") is None:
        raise ArticleError(path, "to read WARC, install diplomacy-kg[warc]")
    if not cast("io.BufferedReader", stream).peek(len(_MAGIC)).startswith(_MAGIC):
        raise ArticleError(path, "no WARC file: it does not begin with WARC/")
    for number, record in _records(stream, path):
        where = f"{path}#{number}"
        if record is None:
            yield ArticleError(where, "damaged record: it does not end where its length says")
        elif (kind := _kind(record)) is not None:
            yield _page(record, kind, where, suffix)


def _records(stream: BinaryIO, path: str) -> Iterator[tuple[int, ArcWarcRecord | None]]:
    """Every record by its number; after one that had another length than it says, its number once more.

    Raises:
        ArticleError: what follows is no record.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    number, records = 0, iter(ArchiveIterator(stream))
    while True:
        # The library tells of wrong lengths on standard error alone.
        with contextlib.redirect_stderr(io.StringIO()) as said:
            try:
                record = next(records, None)
            except (ArchiveLoadFailed, EOFError, ValueError, LookupError, AttributeError, TypeError) as error:
                words = " ".join(str(error).split())[:120]
                raise ArticleError(path, f"damaged WARC file after record {number}: {words}") from None
        if said.getvalue():
            yield number, None
        if record is None:
            return
        number += 1
        yield number, record


def _kind(record: ArcWarcRecord) -> str | None:
    """The media type of a record that holds a page; ``None`` for all others."""
    headers = record.rec_headers
    if record.rec_type == "response" and record.http_headers is not None:
        if record.http_headers.get_statuscode() != "200":
            return None
        headers = record.http_headers
    elif record.rec_type not in {"resource", "conversion"}:
        return None
    kind = (headers.get_header("Content-Type") or "").partition(";")[0].strip().lower()
    return kind if kind in _PAGES or kind == _TEXT else None


def _page(record: ArcWarcRecord, kind: str, name: str, suffix: str) -> Item | ArticleError:
    """The bytes of a page, with its media type, address and encoding as it was sent."""
    address = " ".join((record.rec_headers.get_header("WARC-Target-URI") or "").split())[:200]
    try:
        content = record.content_stream().read(LARGEST + 1)
    except (ValueError, OSError, EOFError) as error:
        return ArticleError(name, f"damaged record: {' '.join(str(error).split())[:80]} ({address})")
    return Item(name=name, suffix=suffix, content=content, told=(kind, address, _charset(record)))


def read_web_page(item: Item) -> Told | ArticleError:
    """What a page tells, or why it does not; its address is in the reason."""
    kind, address, charset = item.told
    try:
        if kind == _TEXT:
            return Told(path=item.name, body=decode(item.content, item.name), address=address, url=web_address(address))
        page = read_page(item.content, item.name, charset)
        return replace(page, address=address, url=page.url or web_address(address))
    except ArticleError as error:
        return ArticleError(error.path, f"{error.reason} ({address})" if address else error.reason)


def _charset(record: ArcWarcRecord) -> str | None:
    """What the page was sent with."""
    if record.http_headers is None:
        return None
    told = (record.http_headers.get_header("Content-Type") or "").lower().partition("charset=")[2]
    return told.partition(";")[0].strip() or None
