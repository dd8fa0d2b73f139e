"""The heads of RDF files in one order: Oxigraph writes the prefixes in an order of chance."""

from __future__ import annotations

import re
from typing import Final

_TURTLE: Final = re.compile(rb"(?:@prefix [^\n]*\n)+")
_XML: Final = re.compile(rb'(?<=<rdf:RDF)(?: xmlns(?::[^\s=]+)?="[^"<>]*")+')
_ATTRIBUTE: Final = re.compile(rb' xmlns(?::[^\s=]+)?="[^"<>]*"')
_LONGEST_XML: Final = 1 << 20


def sorted_head(content: bytes) -> bytes:
    """The file, Turtle, TriG or RDF/XML, with its prefixes sorted; any other as it is."""
    if (found := _TURTLE.match(content)) is not None:
        return b"".join(sorted(found[0].splitlines(keepends=True))) + content[found.end() :]
    if content.startswith(b"<?xml") and (found := _XML.search(content, 0, _LONGEST_XML)) is not None:
        return content[: found.start()] + b"".join(sorted(_ATTRIBUTE.findall(found[0]))) + content[found.end() :]
    return content
