"""Shortcuts derived from the assembled facts by SPARQL CONSTRUCT, and counts; never the only place of a fact."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pyoxigraph import NamedNode, QuerySolutions, QueryTriples, Store, Triple

_PREFIX: Final = "PREFIX dip: <https://w3id.org/diplomacy-kg/ns#>\n"

_TOGETHER: Final = """CONSTRUCT { ?one dip:%(edge)s ?other } WHERE {
  ?contact a dip:%(kind)s ; dip:status dip:held ; dip:participant ?one , ?other .
  FILTER (?one != ?other)
}"""

RULES: Final = (
    _TOGETHER % {"edge": "met", "kind": "Meeting"},
    _TOGETHER % {"edge": "spokeByPhoneWith", "kind": "PhoneCall"},
    _TOGETHER % {"edge": "spokeByVideoWith", "kind": "VideoCall"},
    """CONSTRUCT { ?leader dip:participatedIn ?summit } WHERE {
      { ?summit a dip:Summit ; dip:participant ?leader }
      UNION
      { ?meeting a dip:Meeting ; dip:status dip:held ; dip:onMarginsOf ?summit ; dip:participant ?leader }
    }""",
    """CONSTRUCT { ?leader dip:represents ?country } WHERE {
      ?tenure a dip:Tenure ; dip:holder ?leader ; dip:office ?office .
      ?office dip:country ?country
    }""",
)

_COUNTS: Final = (
    "SELECT ?class (COUNT(DISTINCT ?thing) AS ?n) WHERE { ?thing a ?class ."
    " FILTER (STRSTARTS(STR(?class), STR(dip:))) }"
    " GROUP BY ?class ORDER BY ?class"
)


def derive(store: Store) -> Iterator[Triple]:
    """The shortcut edges that follow from the default graph."""
    for rule in RULES:
        found = store.query(_PREFIX + rule)
        assert isinstance(found, QueryTriples)
        yield from found


def counts(store: Store) -> dict[str, int]:
    """How many things of each of our classes the default graph holds, by the class's name."""
    rows = store.query(_PREFIX + _COUNTS)
    assert isinstance(rows, QuerySolutions)
    found = {}
    for row in rows:
        name, number = row["class"], row["n"]
        assert isinstance(name, NamedNode)
        found[name.value.rpartition("#")[2]] = int(number.value)
    return found
