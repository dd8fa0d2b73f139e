"""Shortcuts derived from the assembled facts by SPARQL CONSTRUCT, and counts; never the only place of a fact.

A saved question that would count through the whole graph has its numbers from here; its own long query, which asks the
facts alone, gives the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, QuerySolutions, QueryTriples, Store, Triple

_PREFIX: Final = """PREFIX dip: <https://w3id.org/diplomacy-kg/ns#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""

_TOGETHER: Final = """CONSTRUCT { ?one dip:%(edge)s ?other } WHERE {
  ?contact a dip:%(kind)s ; dip:status dip:held ; dip:participant ?one , ?other .
  FILTER (?one != ?other)
}"""

ORDER: Final = """CONSTRUCT { ?contact dip:sortKey ?key } WHERE {
  VALUES ?class { dip:Meeting dip:PhoneCall dip:VideoCall }
  ?contact a ?class .
  OPTIONAL { ?contact dip:earliest ?earliest }
  BIND (COALESCE(xsd:integer(REPLACE(STR(?earliest), "-", "")), 0) AS ?key)
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

# To be raised with every change of what is counted: then a question counts anew in stores that were built before.
COUNTING: Final = 1
# Of what most sources report, and of those who met most, so many.
MOST: Final = 500

_CONTACT: Final = """VALUES (?class ?what) { (dip:Meeting "meetings") (dip:PhoneCall "calls") (dip:VideoCall "calls") }
      ?contact a ?class"""
_HELD_AT: Final = "?meeting a dip:Meeting ; dip:place ?one . ?one dip:country ?country ."
_WITHIN: Final = """?meeting dip:earliest ?earliest ; dip:latest ?latest .
      BIND (SUBSTR(STR(?earliest), 1, 4) AS ?year)
      FILTER (?year = SUBSTR(STR(?latest), 1, 4))"""
_OUTLET: Final = """?article a dip:Article .
      OPTIONAL { ?article dip:publisher|dip:agency ?named }
      BIND (COALESCE(?named, "unknown") AS ?outlet)"""
_SEVERAL_SOURCES: Final = """SELECT ?one (COUNT(DISTINCT COALESCE(?original, ?article)) AS ?sources) WHERE {
          VALUES ?class { dip:Meeting dip:PhoneCall dip:VideoCall dip:Agreement dip:Summit dip:PlannedContact }
          ?one a ?class ; dip:reportedIn ?article .
          OPTIONAL { ?article dip:copyOf ?original }
      } GROUP BY ?one HAVING (COUNT(DISTINCT COALESCE(?original, ?article)) > 1)"""


def _days(kind: str, name: str, path: str, more: str) -> tuple[str, str]:
    """Of the meetings in each place how many have each first, or last, day."""
    year = "?year " if more else ""
    return (
        kind,
        f"""SELECT ?one {year}("{name}" AS ?what) ?day (COUNT(DISTINCT ?meeting) AS ?n) WHERE {{
      {_HELD_AT}
      {more}
      ?meeting dip:{path} ?day
    }} GROUP BY ?one {year}?day""",
    )


# The kind of each tally, and the query that has its key and its number in each row.
TALLIES: Final = (
    ("leaders", f"""SELECT ?one ?other ?what (COUNT(*) AS ?n) WHERE {{
      {_CONTACT} ; dip:participant ?one, ?other .
      FILTER (STR(?one) < STR(?other))
    }} GROUP BY ?one ?other ?what"""),
    ("countries", f"""SELECT ?one ?other ?what (COUNT(*) AS ?n) WHERE {{
      {{ SELECT DISTINCT ?contact ?what ?one ?other WHERE {{
          {_CONTACT} ; dip:participant ?leader, ?counterpart .
          ?leader dip:represents ?one .
          ?counterpart dip:represents ?other .
          FILTER (STR(?one) < STR(?other))
      }} }}
    }} GROUP BY ?one ?other ?what"""),
    ("months", f"""SELECT ?month ?what (COUNT(*) AS ?n) WHERE {{
      {{ SELECT DISTINCT ?contact ?what ?month WHERE {{
          {_CONTACT} ; dip:earliest ?earliest ; dip:latest ?latest ; dip:participant ?leader .
          BIND (SUBSTR(STR(?earliest), 1, 7) AS ?month)
          FILTER (?month = SUBSTR(STR(?latest), 1, 7))
      }} }}
    }} GROUP BY ?month ?what"""),
    ("places", f"""SELECT ?one ("meetings" AS ?what) (COUNT(DISTINCT ?meeting) AS ?n) WHERE {{ {_HELD_AT} }}
    GROUP BY ?one"""),
    _days("places", "since", "earliest", ""),
    _days("places", "until", "latest", ""),
    ("place-years", f"""SELECT ?one ?year ("meetings" AS ?what) (COUNT(DISTINCT ?meeting) AS ?n) WHERE {{
      {_HELD_AT}
      {_WITHIN}
    }} GROUP BY ?one ?year"""),
    _days("place-years", "since", "earliest", _WITHIN),
    _days("place-years", "until", "latest", _WITHIN),
    ("outlets", f"""SELECT ?outlet ("articles" AS ?what) (COUNT(DISTINCT ?article) AS ?n) WHERE {{ {_OUTLET} }}
    GROUP BY ?outlet"""),
    ("outlets", f"""SELECT ?outlet ("days" AS ?what) ?day (COUNT(DISTINCT ?article) AS ?n) WHERE {{
      {_OUTLET}
      ?article dip:published ?published . BIND (SUBSTR(STR(?published), 1, 10) AS ?day)
    }} GROUP BY ?outlet ?day"""),
    ("outlets", f"""SELECT ?outlet ("facts" AS ?what) (COUNT(DISTINCT ?fact) AS ?n) WHERE {{
      {_OUTLET}
      ?fact dip:reportedIn ?article
    }} GROUP BY ?outlet"""),
    ("facts", f"""SELECT ?one ("sources" AS ?what) (?sources AS ?n) WHERE {{
      {{ {_SEVERAL_SOURCES} }}
    }}"""),
    ("facts", f"""SELECT ?one ("sentences" AS ?what) (COUNT(DISTINCT ?words) AS ?n) WHERE {{
      {{ {_SEVERAL_SOURCES} }}
      ?words dip:supports ?one
    }} GROUP BY ?one"""),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One row of a count: of which kind it is, and its values by name."""

    kind: str
    values: Mapping[str, NamedNode | Literal]


def derive(store: Store) -> Iterator[Triple]:
    """The shortcut edges that follow from the default graph."""
    for rule in RULES:
        found = store.query(_PREFIX + rule)
        assert isinstance(found, QueryTriples)
        yield from found


def order(store: Store) -> Iterator[Triple]:
    """By what each held contact is put in order."""
    found = store.query(_PREFIX + ORDER)
    assert isinstance(found, QueryTriples)
    yield from found


def tallied(store: Store) -> Iterator[tuple[tuple[str, ...], int]]:
    """Everything that is counted in the default graph, kind by kind: of what there are how many."""
    for kind, query in TALLIES:
        rows = store.query(_PREFIX + query)
        assert isinstance(rows, QuerySolutions)
        names = [variable.value for variable in rows.variables]
        for row in rows:
            *key, number = (getattr(row[name], "value", "") for name in names)
            yield (kind, *key), int(number)


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
