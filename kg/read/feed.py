"""A feed in RSS 0.9x, 1.0 or 2.0 or in Atom 1.0, kept as a file, to what each of its items tells."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import Final

from kg.errors import ArticleError
from kg.read.address import version_of, web_address
from kg.read.markup import paragraphs_of
from kg.read.moment import read_moment
from kg.read.told import Told
from kg.read.xml import inner, local

_ROOTS: Final = frozenset({"rss", "RDF", "feed"})
_XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"


def is_feed(root: ET.Element) -> bool:
    """Whether the document is a feed."""
    return local(root) in _ROOTS


def items_of(root: ET.Element, path: str) -> Iterator[Told]:
    """What each item tells, in the order of the feed.

    Raises:
        ArticleError: it has none.
    """
    channel = next((child for child in root if local(child) == "channel"), root)
    items = [element for element in root.iter() if local(element) in {"item", "entry"}]
    if not items:
        raise ArticleError(path, "a feed without items")
    for number, item in enumerate(items, start=1):
        yield _told(item, channel, root, f"{path}#{number}")


def _told(item: ET.Element, channel: ET.Element, root: ET.Element, path: str) -> Told:
    source = _child(item, "source")
    source_name = None if source is None else (_words(source, "title") or _plain(source))
    dated = _words(item, "published", "pubDate", "issued", "date", "created")
    updated = read_moment(_words(item, "updated", "modified"))
    name = _words(item, "guid", "id")
    return Told(
        path=path,
        body=_body(item),
        headline=_markup_words(item, "title"),
        publisher=source_name
        or _words(item, "publisher")
        or _words(channel, "publisher")
        or _markup_words(channel, "title"),
        byline=_author(item),
        published=read_moment(dated) if dated else updated,
        updated=updated if dated else None,
        address=name or _words(item, "link"),
        url=web_address(_link(item), name),
        version=version_of(name),
        language=item.get(_XML_LANG) or _words(item, "language") or root.get(_XML_LANG) or _words(channel, "language"),
    )


def _body(item: ET.Element) -> str:
    """The whole text where the feed carries it, else the summary."""
    for name in ("encoded", "content", "description", "summary"):
        element = _child(item, name)
        if element is None:
            continue
        markup = inner(element) if element.get("type") == "xhtml" or len(element) else (element.text or "")
        if words := paragraphs_of(markup):
            return words
    return ""


def _author(item: ET.Element) -> str | None:
    """Its writer: an element's words, or its ``name``; an address of mail is none."""
    for element in item:
        if local(element) in {"creator", "author"} and (name := _words(element, "name") or _plain(element)):
            bracketed = name.rpartition("(")[2].rstrip(")") if "@" in name and name.endswith(")") else name
            return None if "@" in bracketed else bracketed
    return None


def _link(item: ET.Element) -> str | None:
    """The page of an item: the words of a link, or where the link of Atom that is no other kind leads."""
    links = [child for child in item if local(child) == "link"]
    leading = (link for link in links if link.get("rel", "alternate") == "alternate")
    return next(filter(None, (_plain(link) or link.get("href") for link in leading)), None)


def _child(element: ET.Element, name: str) -> ET.Element | None:
    return next((child for child in element if local(child) == name), None)


def _words(element: ET.Element, *names: str) -> str | None:
    """The words of the first of these children that has some."""
    found = (_child(element, name) for name in names)
    return next(filter(None, (_plain(child) for child in found if child is not None)), None)


def _plain(element: ET.Element) -> str | None:
    return " ".join((element.text or "").split()) or None


def _markup_words(element: ET.Element, name: str) -> str | None:
    """The words of a child that may be escaped markup ("Roe &amp;amp; Co")."""
    words = _words(element, name)
    return " ".join(paragraphs_of(words).split()) or None if words else None
