"""The formats that sources come in: how each is known, and who reads it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO, Final

from kg.errors import ArticleError
from kg.model.text import Article
from kg.read import feed, historian, newsml
from kg.read.historian import Journey
from kg.read.html import read_page
from kg.read.item import Item
from kg.read.lines import lines_of, read_line
from kg.read.markdown import read_markdown
from kg.read.plain import read_text
from kg.read.record import read_records
from kg.read.told import Told, to_article
from kg.read.warc import pages_of, read_web_page
from kg.read.xml import local, parse_document

IsPlace = Callable[[str], bool]
Found = Article | Journey | Told | ArticleError


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One format: its name, the ends of its files' names, and what has to be installed for it beside ``diplomacy-kg``.

    Either ``read`` has the whole file, or ``split`` takes it apart, however large it is, and ``read_part`` has a part.
    """

    name: str
    suffixes: tuple[str, ...]
    fields: str
    extra: str | None = None
    read: Callable[[bytes, str, IsPlace], Iterator[Found]] | None = None
    split: Callable[[BinaryIO, str, str], Iterator[Item | ArticleError]] | None = None
    read_part: Callable[[Item], Found] | None = None


def _one(reader: Callable[[bytes, str, IsPlace], Article]) -> Callable[[bytes, str, IsPlace], Iterator[Found]]:
    def read(content: bytes, path: str, is_place: IsPlace) -> Iterator[Found]:
        yield reader(content, path, is_place)

    return read


def _page(content: bytes, path: str, _: IsPlace) -> Iterator[Found]:
    yield read_page(content, path)


def _records(content: bytes, path: str, _: IsPlace) -> Iterator[Found]:
    yield from read_records(content, path)


def _xml(content: bytes, path: str, _: IsPlace) -> Iterator[Found]:
    """What a document tells, by its root."""
    root = parse_document(content, path)
    if historian.is_records(root):
        yield from historian.journeys_of(root, path)
    elif feed.is_feed(root):
        yield from feed.items_of(root, path)
    elif newsml.is_newsml(root):
        yield from newsml.items_of(root, path)
    elif local(root) == "html":
        yield read_page(content, path)
    else:
        known = ", ".join([*historian.SCOPE, "rss", "feed", "newsItem", "newsMessage"])
        raise ArticleError(path, f"unknown XML: the root is <{local(root)[:40]}>, not one of {known}")


FORMATS: Final = (
    Format(name="plain text",
           suffixes=(".txt", ".text"), fields="the header above the report, or front matter",
           read=_one(read_text)),
    Format(name="Markdown",
           suffixes=(".md", ".markdown"), fields="front matter, or the header above the report",
           read=_one(read_markdown)),
    Format(name="HTML",
           suffixes=(".html", ".htm", ".xhtml"), fields="schema.org in JSON-LD, then `meta` elements", extra="html",
           read=_page),
    Format(name="JSON: IPTC ninjs 1.x to 3.x, schema.org, usual names of fields",
           suffixes=(".json", ".ninjs"), fields="the object's",
           read=_records),
    Format(name="JSON Lines of such objects, or of Wikipedia's current events",
           suffixes=(".jsonl", ".ndjson"), fields="each object's",
           split=lines_of, read_part=read_line),
    Format(name="XML: RSS, Atom, NewsML-G2, the Historian's visits and travels",
           suffixes=(".xml", ".rss", ".atom", ".rdf"), fields="each item's, then the feed's",
           read=_xml),
    Format(name="WARC, also its unpacked text",
           suffixes=(".warc", ".wet"), fields="each page's", extra="warc",
           split=pages_of, read_part=read_web_page),
)  # fmt: skip
"""Every format of articles and records; each may be packed: ``news.jsonl.gz``."""

SUFFIXES: Final = tuple(suffix for each in FORMATS for suffix in each.suffixes)
_BY_SUFFIX: Final = {suffix: each for each in FORMATS for suffix in each.suffixes}
_LONGEST_ADDRESS: Final = 200
_PAGE = re.compile(rb"\s*<(?:!doctype html|html|head|body)\b", re.IGNORECASE)


def format_of(name: str) -> Format | None:
    """The format of a file by its name, ``.gz`` aside; ``None`` where it is none that is read."""
    path = PurePath(name.lower())
    return _BY_SUFFIX.get(PurePath(path.stem).suffix if path.suffix == ".gz" else path.suffix)


def read_as(item: Item, is_place: IsPlace) -> Iterator[Found]:
    """What the reader of its format makes of an item.

    Raises:
        ArticleError: nothing, or nothing more.
    """
    known = _BY_SUFFIX[item.suffix]
    if known.read is not None:
        yield from known.read(item.content, item.name, is_place)
    elif known.read_part is not None:
        yield known.read_part(item)


def suffix_for(content: bytes) -> str:
    """The end of a name for what has none, as standard input, by how its bytes begin."""
    begin = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1000]
    if begin.startswith(b"WARC/"):
        return ".warc"
    if begin.startswith(b"{"):
        return ".jsonl" if _on_one_line(content.lstrip(b"\xef\xbb\xbf \t\r\n")) else ".json"
    if re.match(rb"\[\s*[{\]]", begin):
        return ".json"
    if _PAGE.match(begin):
        return ".html"
    if re.match(rb"<(?:\?xml|[A-Za-z][\w:]*[\s>])", begin):
        return ".xml"
    return ".txt"


def _on_one_line(content: bytes) -> bool:
    """Whether the first line is an object of JSON, or longer than what is known of it."""
    line, end, below = content.partition(b"\n")
    try:
        return not end or below.startswith(b'{"') or isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def concluded(found: Found, is_place: IsPlace) -> Article | Journey | ArticleError:
    """The article that an item makes, or why it makes none."""
    if not isinstance(found, Told):
        return found
    try:
        return to_article(found, is_place)
    except ArticleError as error:
        address = " ".join((found.address or "").split())[:_LONGEST_ADDRESS]
        return ArticleError(error.path, f"{error.reason} ({address})") if address else error
