"""Triples as lines of canonical N-Quads: what a build sorts, loads and exports without a quad in memory."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import NamedNode, RdfFormat, Triple, serialize


def in_whole(triples: Iterable[Triple]) -> bytes:
    """The triples as lines of the default graph, each with its end."""
    written = serialize(triples, format=RdfFormat.N_TRIPLES)
    assert written is not None  # without an output it returns the bytes
    return written


def in_graph(lines: bytes, name: NamedNode) -> bytes:
    """The same lines in a named graph; within a line there is no other line's end."""
    return lines.replace(b" .\n", b" <%b> .\n" % name.value.encode())
