"""Why a fact is in the graph: the words that support it, each with its article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from pyoxigraph import NamedNode, QuerySolutions, Store, Variable

_QUERY: Final = """PREFIX dip: <https://w3id.org/diplomacy-kg/ns#>
SELECT ?fact ?quote ?begin ?end ?rule ?attributed ?headline ?published ?file ?article ?original WHERE {
  ?words dip:supports ?fact ; dip:article ?article ; dip:quote ?quote ; dip:rule ?rule ;
    dip:begin ?begin ; dip:end ?end .
  OPTIONAL { ?words dip:attributedTo ?attributed }
  OPTIONAL { ?article dip:headline ?headline }
  OPTIONAL { ?article dip:published ?published }
  OPTIONAL { ?article dip:sourceFile ?file }
  OPTIONAL { ?article dip:copyOf ?original }
} ORDER BY ?published ?file ?begin ?end ?rule"""


_OPTIONAL: Final = ("attributed", "headline", "published", "file", "original")


class Words(NamedTuple):
    """One span that supports a fact."""

    quote: str
    begin: int
    end: int
    rule: str
    attributed_to: str | None
    headline: str | None
    published: str | None
    file: str | None
    article: str
    copy_of: str | None


def witnesses(found: Sequence[Words]) -> tuple[int, int]:
    """How many articles these words stand in, and how many of them are independent: copies of one count once."""
    return len({words.article for words in found}), len({words.copy_of or words.article for words in found})


def evidence_of(store: Store, fact: str) -> list[Words]:
    """The words behind the fact with this IRI, by article and place; none for an IRI that the graph does not know."""
    if re.search(r"[\s<>\"{}|\\^`]", fact):
        return []
    rows = store.query(_QUERY, substitutions={Variable("fact"): NamedNode(fact)})
    assert isinstance(rows, QuerySolutions)
    found = []
    for row in rows:
        told = {name: getattr(row[name], "value", None) for name in _OPTIONAL}
        found.append(
            Words(
                quote=row["quote"].value,
                begin=int(row["begin"].value),
                end=int(row["end"].value),
                rule=row["rule"].value,
                attributed_to=told["attributed"],
                headline=told["headline"],
                published=told["published"],
                file=told["file"],
                article=row["article"].value,
                copy_of=told["original"],
            )
        )
    return found
