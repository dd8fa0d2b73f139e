"""IRIs from keys, and the names of the graphs; whatever a key holds, nothing but a harmless path comes out."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from pyoxigraph import NamedNode

from kg.assemble.key import short
from kg.model.entity import slug

_SAFE: Final = re.compile(r"[A-Za-z0-9-]{1,200}")


def once(text: str) -> str:
    """One segment of a path: the text where it is letters, digits and hyphens, else its slug; it is not remembered."""
    return text if _SAFE.fullmatch(text) else short(slug(text))


@lru_cache(maxsize=1 << 15)
def segment(text: str) -> str:
    """The same segment, for what is asked for again and again."""
    return once(text)


@lru_cache(maxsize=1 << 15)
def mint(base: str, key: str) -> NamedNode:
    """The IRI of the thing with this key, under the base."""
    return NamedNode(f"{base}id/" + "/".join(segment(part) for part in key.split("/", 1)))


@lru_cache(maxsize=1 << 12)
def article_graph(base: str, article: str) -> NamedNode:
    """The graph of what one article alone supports."""
    return NamedNode(f"{base}graph/article/{segment(article)}")


def graph(base: str, name: str) -> NamedNode:
    """The graph ``reference``, ``derived`` or ``meta``."""
    return NamedNode(f"{base}graph/{segment(name)}")


def key_of(base: str, iri: str) -> str | None:
    """The key that was minted to this IRI; ``None`` for an IRI of somebody else."""
    prefix = f"{base}id/"
    return iri.removeprefix(prefix) if iri.startswith(prefix) else None
