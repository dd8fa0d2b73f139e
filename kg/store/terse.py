"""Turtle of any size, line by line: sorted N-Triples in, one block a subject out, with our prefixes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from kg.store.prefixes import PREFIXES, RDF, XSD

_LOCAL: Final = re.compile(rb"[A-Za-z_0-9][A-Za-z_0-9-]*")
_NAMESPACE: Final = re.compile(rb"<([^>]*[#/])([^>#/]*)>")
_TYPE: Final = f"<{RDF}type>".encode()
_TYPED: Final = re.compile(rb'(".*")\^\^(<[^>]*>)', re.DOTALL)
# What Turtle writes without quotation marks, as long as the digits say which type it is.
_BARE: Final = {
    f"<{XSD}integer>".encode(): re.compile(rb"[+-]?[0-9]+"),
    f"<{XSD}boolean>".encode(): re.compile(rb"true|false"),
}
DECLARED: Final = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in sorted(PREFIXES.items()))
_KNOWN: Final = {namespace.encode(): prefix.encode() for prefix, namespace in PREFIXES.items()}
_NAMESPACES: Final = {prefix: namespace for namespace, prefix in _KNOWN.items()}


def terse(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The same triples as Turtle; ``lines`` are canonical N-Triples, each once, sorted by their bytes."""
    yield DECLARED.encode()
    yield from blocks(lines)


def blocks(lines: Iterable[bytes]) -> Iterator[bytes]:
    """What follows the prefixes in :func:`terse`: a block for each subject."""
    for subject, block in groupby((line.split(b" ", 2) for line in lines), key=lambda parts: parts[0]):
        yield b"\n" + _term(subject) + b"".join(_predicates([(parts[1], parts[2]) for parts in block])) + b" .\n"


def _predicates(told: Iterable[tuple[bytes, bytes]]) -> Iterator[bytes]:
    """What is said of one subject: its classes first."""
    ordered = sorted(told, key=lambda pair: pair[0] != _TYPE)
    opening = b" "
    for predicate, pairs in groupby(ordered, key=lambda pair: pair[0]):
        objects = [_object(rest[: rest.rindex(b" .")]) for _, rest in pairs]
        between = b",\n        " if len(objects) > 1 else b""
        yield opening + (b"a" if predicate == _TYPE else _term(predicate)) + b" " + between.join(objects)
        opening = b" ;\n    "


def _object(term: bytes) -> bytes:
    if not term.startswith(b'"'):
        return term if term.startswith(b"<<") else _term(term)
    typed = _TYPED.fullmatch(term)
    if typed is None:
        return term
    text, kind = typed.groups()
    bare = _BARE.get(kind)
    return text[1:-1] if bare is not None and bare.fullmatch(text[1:-1]) else text + b"^^" + _term(kind)


def _term(term: bytes) -> bytes:
    """An IRI by its prefix where that is possible; anything else as it is."""
    found = _NAMESPACE.fullmatch(term)
    if found is None:
        return term
    prefix = _KNOWN.get(found[1])
    return prefix + b":" + found[2] if prefix is not None and _LOCAL.fullmatch(found[2]) else term


def written_out(term: bytes) -> bytes:
    """The subject of a block as N-Triples have it."""
    if term.startswith((b"<", b"_:")):
        return term
    prefix, _, local = term.partition(b":")
    return b"<" + _NAMESPACES[prefix] + local + b">"
