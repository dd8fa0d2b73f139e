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

_MEETING_OR_CALL: Final = "VALUES (?class ?isMeeting) { (dip:Meeting 1) (dip:PhoneCall 0) (dip:VideoCall 0) }"
_MEETINGS: Final = "(SUM(?isMeeting) AS ?meetings) (SUM(1 - ?isMeeting) AS ?calls)"
_MOST_FIRST: Final = "ORDER BY DESC(?meetings) DESC(?calls) ?one ?other"
_HELD_AT: Final = "?meeting a dip:Meeting ; dip:place ?one . ?one dip:country ?country ."
_BOUNDS: Final = "(COUNT(DISTINCT ?meeting) AS ?meetings) (MIN(?earliest) AS ?since) (MAX(?latest) AS ?until)"

# In this order the pairs are ranked.
COUNTS: Final = {
    "leaders": f"""SELECT ?one ?other {_MEETINGS} WHERE {{
      {_MEETING_OR_CALL}
      ?contact a ?class ; dip:participant ?one, ?other .
      FILTER (STR(?one) < STR(?other))
    }} GROUP BY ?one ?other {_MOST_FIRST} LIMIT {MOST}""",
    "countries": f"""SELECT ?one ?other {_MEETINGS} WHERE {{
      {{ SELECT DISTINCT ?contact ?isMeeting ?one ?other WHERE {{
          {_MEETING_OR_CALL}
          ?contact a ?class ; dip:participant ?leader, ?counterpart .
          ?leader dip:represents ?one .
          ?counterpart dip:represents ?other .
          FILTER (STR(?one) < STR(?other))
      }} }}
    }} GROUP BY ?one ?other {_MOST_FIRST}""",
    "months": f"""SELECT (STRDT(?begin, xsd:gYearMonth) AS ?month) {_MEETINGS} WHERE {{
      {{ SELECT DISTINCT ?contact ?isMeeting ?begin WHERE {{
          {_MEETING_OR_CALL}
          ?contact a ?class ; dip:earliest ?earliest ; dip:latest ?latest ; dip:participant ?leader .
          BIND (SUBSTR(STR(?earliest), 1, 7) AS ?begin)
          FILTER (?begin = SUBSTR(STR(?latest), 1, 7))
      }} }}
    }} GROUP BY ?begin""",
    "places": f"""SELECT ?one {_BOUNDS} WHERE {{
      {_HELD_AT}
      OPTIONAL {{ ?meeting dip:earliest ?earliest }}
      OPTIONAL {{ ?meeting dip:latest ?latest }}
    }} GROUP BY ?one""",
    "place-years": f"""SELECT ?one (STRDT(?begin, xsd:gYear) AS ?year) {_BOUNDS} WHERE {{
      {_HELD_AT}
      ?meeting dip:earliest ?earliest ; dip:latest ?latest .
      BIND (SUBSTR(STR(?earliest), 1, 4) AS ?begin)
      FILTER (?begin = SUBSTR(STR(?latest), 1, 4))
    }} GROUP BY ?one ?begin""",
    "outlets": """SELECT ?outlet (COUNT(DISTINCT ?article) AS ?articles) (COUNT(DISTINCT ?fact) AS ?facts)
      (MIN(?day) AS ?since) (MAX(?day) AS ?until) WHERE {
      ?article a dip:Article .
      OPTIONAL { ?article dip:publisher|dip:agency ?named }
      OPTIONAL { ?article dip:published ?published . BIND (SUBSTR(STR(?published), 1, 10) AS ?day) }
      OPTIONAL { ?fact dip:reportedIn ?article }
      BIND (COALESCE(?named, "unknown") AS ?outlet)
    } GROUP BY ?outlet""",
    "facts": f"""SELECT ?one ?sources (COUNT(DISTINCT ?words) AS ?sentences) WHERE {{
      {{ SELECT ?one (COUNT(DISTINCT COALESCE(?original, ?article)) AS ?sources) WHERE {{
          VALUES ?class {{ dip:Meeting dip:PhoneCall dip:VideoCall dip:Agreement dip:Summit dip:PlannedContact }}
          ?one a ?class ; dip:reportedIn ?article .
          OPTIONAL {{ ?article dip:copyOf ?original }}
      }} GROUP BY ?one HAVING (COUNT(DISTINCT COALESCE(?original, ?article)) > 1) }}
      OPTIONAL {{ ?words dip:supports ?one }}
    }} GROUP BY ?one ?sources ORDER BY DESC(?sources) DESC(?sentences) ?one LIMIT {MOST}""",
}


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


def count(store: Store) -> Iterator[Counted]:
    """Everything that is counted in the default graph, kind by kind."""
    for kind, query in COUNTS.items():
        rows = store.query(_PREFIX + query)
        assert isinstance(rows, QuerySolutions)
        names = [variable.value for variable in rows.variables]
        for row in rows:
            values = {name: term for name in names if isinstance(term := row[name], NamedNode | Literal)}
            if values.keys() - {"meetings", "calls", "articles", "facts"}:  # no row at all is one of nothing
                yield Counted(kind=kind, values=values)


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
