"""Bytes to the tree of an XML document: no document type, no entities, at most so many elements in each other."""

from __future__ import annotations

import codecs
import re
import xml.etree.ElementTree as ET
from typing import Final

from kg.errors import ArticleError
from kg.read.decode import decode, refuse_size

_PROLOG: Final = re.compile(r"(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_ENCODING: Final = re.compile(rb"<\?xml[^<>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})")
_DEEPEST: Final = 100


def parse_document(content: bytes, path: str) -> ET.Element:
    """The tree of a file in UTF-8, UTF-16 or the encoding of one byte a character that it declares.

    Raises:
        ArticleError: it cannot be decoded, or :func:`parse_xml` refuses it.
    """
    refuse_size(len(content), path)
    told = _ENCODING.match(content)
    name = told[1].decode("ascii").lower() if told else "utf-8"
    if name.startswith(("iso-8859-", "windows-125", "us-ascii")):
        try:
            content = content.decode(codecs.lookup(name).name).encode()
        except (LookupError, UnicodeError):
            raise ArticleError(path, f"cannot be decoded: not {name}") from None
    return parse_xml(decode(content, path), path, deepest=_DEEPEST)


def parse_xml(text: str, path: str, *, deepest: int) -> ET.Element:
    """The tree of a document without a document type, at most so deep.

    Raises:
        ArticleError: not well-formed, too deep, or with declarations.
    """
    prolog = _PROLOG.match(text.removeprefix("\ufeff"))
    if prolog is not None and prolog.string.startswith("<!", prolog.end()):
        raise ArticleError(path, "XML with a document type or entities is not read")
    builder = ET.TreeBuilder()
    parser = ET.XMLParser(target=_Shallow(builder, path, deepest))  # noqa: S314 - declarations were refused
    try:
        # Text, not bytes: what the file declares as its encoding no longer counts.
        parser.feed(text)
        parser.close()
    except ET.ParseError as error:
        raise ArticleError(path, f"not well-formed XML: {error}") from None
    return builder.close()


class _Shallow:
    """Builds a tree that is not deep."""

    def __init__(self, builder: ET.TreeBuilder, path: str, deepest: int) -> None:
        """Begin outside of any element."""
        self.builder = builder
        self.path = path
        self.deepest = deepest
        self.depth = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Open an element.

        Raises:
            ArticleError: too many are open.
        """
        self.depth += 1
        if self.depth > self.deepest:
            raise ArticleError(self.path, f"XML nested deeper than {self.deepest}")
        self.builder.start(tag, attributes)

    def end(self, tag: str) -> None:
        """Close an element."""
        self.depth -= 1
        self.builder.end(tag)

    def data(self, words: str) -> None:
        """Add words to the open element."""
        self.builder.data(words)

    def close(self) -> None:
        """Nothing: the builder is closed by whom it belongs to."""


def local(element: ET.Element) -> str:
    """The element's name without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def inner(element: ET.Element) -> str:
    """What stands inside the element, as markup, without namespaces."""
    parts = [_escaped(element.text)]
    stack: list[tuple[ET.Element, str]] = [(child, "") for child in reversed(element)]
    while stack:
        child, closing = stack.pop()
        if closing:
            parts.append(closing)
            continue
        parts += (f"<{local(child)}>", _escaped(child.text))
        stack.append((child, f"</{local(child)}>{_escaped(child.tail)}"))
        stack += ((each, "") for each in reversed(child))
    return "".join(parts)


def _escaped(words: str | None) -> str:
    return (words or "").replace("&", "&amp;").replace("<", "&lt;")
