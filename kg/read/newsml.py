"""IPTC NewsML-G2: a ``newsItem``, or the items of a ``newsMessage``, to what each tells."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import Final

from kg.errors import ArticleError
from kg.read.address import version_of
from kg.read.markup import has_markup, paragraphs_of
from kg.read.moment import read_moment
from kg.read.told import Told
from kg.read.xml import inner, local

NAMESPACE: Final = "http://iptc.org/std/nar/2006-10-01/"
_ROOTS: Final = frozenset({"newsMessage", "newsItem"})
_XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"


def is_newsml(root: ET.Element) -> bool:
    """Whether the document is a news item or a message of such."""
    return local(root) in _ROOTS


def items_of(root: ET.Element, path: str) -> Iterator[Told | ArticleError]:
    """What each news item tells; packages and items of knowledge in a message are no articles.

    Raises:
        ArticleError: there is no news item.
    """
    items = [root] if local(root) == "newsItem" else [item for item in root.iter() if local(item) == "newsItem"]
    if not items:
        raise ArticleError(path, "NewsML-G2 without a newsItem")
    for number, item in enumerate(items, start=1):
        try:
            yield _told(item, path if root is item else f"{path}#{number}")
        except ArticleError as error:
            yield error


def _told(item: ET.Element, path: str) -> Told:
    """What one item tells.

    Raises:
        ArticleError: it is no text.
    """
    about, content = _child(item, "itemMeta"), _child(item, "contentMeta")
    kind = _code(_in(about, "itemClass"))
    if kind not in {None, "text", "composite"}:
        raise ArticleError(path, f"no text, but {kind}")
    first, version = _moment(about, "firstCreated"), _moment(about, "versionCreated")
    return Told(
        path=path,
        body=_body(item),
        headline=_words(_in(content, "headline")) or _words(_in(about, "title")),
        publisher=_name(_in(about, "provider")) or _name(_in(content, "infoSource")),
        byline=_words(_in(content, "by")) or _name(_in(content, "creator")),
        located=_name(_in(content, "located")),
        published=first or version,
        updated=version if first and version != first else None,
        address=item.get("guid"),
        version=version_of(item.get("guid"), item.get("version") or "1", _code(_in(about, "pubStatus"))),
        language=_language(item, content),
    )


def _body(item: ET.Element) -> str:
    """The text of its content: NITF and XHTML by their paragraphs, else as it stands."""
    held = _child(item, "contentSet")
    for element in held if held is not None else ():
        if local(element) == "inlineXML":
            wanted = [e for e in element.iter() if local(e) in {"body.content", "body"}]
            # NITF has its text in body.content, below a head of its own.
            wanted.sort(key=lambda e: local(e) != "body.content")
            words = paragraphs_of(inner(wanted[0] if wanted else element))
        elif local(element) == "inlineData":
            words = "".join(element.itertext())
            words = paragraphs_of(words) if has_markup(words) else words.strip()
        else:
            continue
        if words:
            return words
    return ""


def _language(item: ET.Element, content: ET.Element | None) -> str | None:
    told = _in(content, "language")
    return (told.get("tag") if told is not None else None) or item.get(_XML_LANG)


def _moment(parent: ET.Element | None, name: str) -> str | None:
    return read_moment(_words(_in(parent, name)))


def _in(parent: ET.Element | None, name: str) -> ET.Element | None:
    return None if parent is None else _child(parent, name)


def _child(parent: ET.Element, name: str) -> ET.Element | None:
    return next((child for child in parent if local(child) == name), None)


def _code(element: ET.Element | None) -> str | None:
    """The code of a concept without its scheme: ``text`` of ``ninat:text``."""
    told = "" if element is None else element.get("qcode") or element.get("uri") or ""
    return told.replace("/", ":").rpartition(":")[2] or None


def _name(element: ET.Element | None) -> str | None:
    """The name of a party or place: the element's ``name``, its literal, or its code."""
    if element is None:
        return None
    name = _in(element, "name")
    return _words(name) or element.get("literal") or _words(element) or _code(element)


def _words(element: ET.Element | None) -> str | None:
    return None if element is None else " ".join("".join(element.itertext()).split()) or None
