"""The questions behind the sections of pages, in SPARQL without prefixes and limits; ``$node`` is the thing."""

from __future__ import annotations

from typing import Final

_WHEN: Final = """OPTIONAL { ?event dip:date ?date }
  OPTIONAL { ?event dip:earliest ?earliest }
  OPTIONAL { ?event dip:latest ?latest }
  BIND (COALESCE(STR(?date), CONCAT(STR(?earliest), "/", STR(?latest))) AS ?when)"""
_OTHERS: Final = " FILTER (?person != $node)"
_WITH: Final = """OPTIONAL { ?event dip:participant ?person . FILTER (?person != $node) }
  OPTIONAL { ?event dip:place ?place }
  OPTIONAL { ?event dip:onMarginsOf ?summit }"""
CONTACTS: Final = "FILTER (?class IN (dip:Meeting, dip:PhoneCall, dip:VideoCall))"


def latest(which: str, most: int = 20, *, all_of_them: bool = False) -> str:
    """The latest events that fit, with the others who took part, or with all of them."""
    return f"""SELECT ?when ?event (GROUP_CONCAT(DISTINCT STR(?person); SEPARATOR=" ") AS ?with)
  (SAMPLE(?place) AS ?where) (SAMPLE(?summit) AS ?gathering)
WHERE {{
  {{ SELECT DISTINCT ?event ?first WHERE {{ {which} OPTIONAL {{ ?event dip:earliest ?first }} }}
    ORDER BY DESC(?first) ?event LIMIT {most + 1} }}
  {_WITH.replace(_OTHERS, "") if all_of_them else _WITH}
  {_WHEN}
}}
GROUP BY ?event ?when ?first
ORDER BY DESC(?first) ?event"""


def agreements(which: str) -> str:
    """The latest agreements that fit, with their sides."""
    return f"""SELECT ?when ?agreement (GROUP_CONCAT(DISTINCT STR(?side); SEPARATOR=" ") AS ?parties) ?concludedAt
WHERE {{
  {which}
  OPTIONAL {{ ?agreement dip:party ?side }}
  OPTIONAL {{ ?agreement dip:concludedAt ?concludedAt . OPTIONAL {{ ?concludedAt dip:date ?day }} }}
  OPTIONAL {{ ?agreement dip:date ?own }}
  BIND (STR(COALESCE(?own, ?day)) AS ?when)
}}
GROUP BY ?when ?agreement ?concludedAt
ORDER BY DESC(?when) ?agreement"""


_TENURES: Final = """SELECT ?office ?leader ?since ?until ?tenure
  (CONCAT(STR(MIN(?day)), IF(MIN(?day) = MAX(?day), "", CONCAT("/", STR(MAX(?day))))) AS ?seen)
WHERE {
  WHICH
  ?tenure dip:office ?office ; dip:holder ?leader .
  OPTIONAL { ?tenure dip:start ?start } OPTIONAL { ?tenure dip:startEarliest ?from }
  OPTIONAL { ?tenure dip:end ?end } OPTIONAL { ?tenure dip:endLatest ?to }
  OPTIONAL { ?tenure dip:observedOn ?day . FILTER (DATATYPE(?day) = xsd:date) }
  BIND (STR(COALESCE(?start, ?from)) AS ?since)
  BIND (STR(COALESCE(?end, ?to)) AS ?until)
}
GROUP BY ?office ?leader ?since ?until ?tenure
ORDER BY DESC(COALESCE(?since, ?seen)) ?office ?leader"""


def tenures(which: str) -> str:
    """The times in office that fit: from when until when, and when the holder was seen in it."""
    return _TENURES.replace("WHICH", which)


PLANS: Final = """SELECT ?when ?plan ?status (GROUP_CONCAT(DISTINCT STR(?person); SEPARATOR=" ") AS ?with) ?gathering
WHERE {
  { SELECT DISTINCT ?plan WHERE { WHICH ?plan a dip:PlannedContact } LIMIT 200 }
  OPTIONAL { ?plan dip:plannedParticipant ?person . FILTER (?person != $node) }
  OPTIONAL { ?plan dip:status ?how . BIND (STRAFTER(STR(?how), "#") AS ?status) }
  OPTIONAL { ?plan dip:onMarginsOf ?gathering }
  OPTIONAL { ?plan dip:date ?date } OPTIONAL { ?plan dip:earliest ?earliest } OPTIONAL { ?plan dip:latest ?latest }
  BIND (COALESCE(STR(?date), CONCAT(STR(?earliest), "/", STR(?latest))) AS ?when)
}
GROUP BY ?when ?plan ?status ?gathering
ORDER BY DESC(?when) ?plan"""

BY_YEAR: Final = f"""SELECT ?year (SUM(?isMeeting) AS ?meetings) (SUM(1 - ?isMeeting) AS ?calls) WHERE {{
  ?event dip:participant $node ; a ?class ; dip:earliest ?earliest ; dip:latest ?latest .
  {CONTACTS}
  BIND (IF(?class = dip:Meeting, 1, 0) AS ?isMeeting)
  BIND (SUBSTR(STR(?earliest), 1, 4) AS ?year)
  FILTER (?year = SUBSTR(STR(?latest), 1, 4))
}}
GROUP BY ?year
ORDER BY DESC(?year)"""

COUNTERPARTS: Final = f"""SELECT ?counterpart ?country ?meetings ?calls ?latest WHERE {{
  {{ SELECT ?counterpart (SUM(?isMeeting) AS ?meetings) (SUM(1 - ?isMeeting) AS ?calls) (STR(MAX(?day)) AS ?latest)
  WHERE {{
    ?event dip:participant $node ; a ?class .
    {CONTACTS}
    BIND (IF(?class = dip:Meeting, 1, 0) AS ?isMeeting)
    # As an option, so that nobody looks at all who were at the summits first.
    OPTIONAL {{ ?event dip:participant ?counterpart . FILTER (?counterpart != $node) }}
    OPTIONAL {{ ?event dip:latest ?day }}
    FILTER (BOUND(?counterpart))
  }} GROUP BY ?counterpart ORDER BY DESC(?meetings) DESC(?calls) ?counterpart LIMIT 21 }}
  OPTIONAL {{ ?counterpart dip:represents ?country }}
}}
ORDER BY DESC(?meetings) DESC(?calls) ?counterpart"""

SAID: Final = f"""SELECT ?quote ?article ?event WHERE {{
  {{ SELECT ?event ?first WHERE {{ ?event dip:participant $node ; a ?class . {CONTACTS}
     OPTIONAL {{ ?event dip:earliest ?first }} }} ORDER BY DESC(?first) ?event LIMIT 12 }}
  ?words dip:supports ?event ; dip:quote ?quote ; dip:article ?article .
}}
ORDER BY DESC(?first) ?event ?article ?quote"""

ATTENDED: Final = """SELECT ?leader ?country ?meetings WHERE {
  { SELECT ?leader (COUNT(DISTINCT ?meeting) AS ?meetings) WHERE {
    { $node dip:participant ?leader } UNION { ?leader dip:participatedIn $node }
    UNION { ?meeting dip:onMarginsOf $node ; a dip:Meeting ; dip:participant ?leader }
  } GROUP BY ?leader ORDER BY DESC(?meetings) ?leader LIMIT 61 }
  OPTIONAL { ?leader dip:represents ?country }
}
ORDER BY DESC(?meetings) ?leader"""

PAIRS: Final = """SELECT ?leader ?counterpart ?meeting ?when WHERE {
  ?meeting dip:onMarginsOf $node ; a dip:Meeting ; dip:participant ?leader, ?counterpart .
  FILTER (STR(?leader) < STR(?counterpart))
  OPTIONAL { ?meeting dip:date ?date }
  OPTIONAL { ?meeting dip:earliest ?earliest } OPTIONAL { ?meeting dip:latest ?latest }
  BIND (COALESCE(STR(?date), CONCAT(STR(?earliest), "/", STR(?latest))) AS ?when)
}
ORDER BY ?when ?leader ?counterpart"""

ANNIVERSARIES: Final = """SELECT ?when ?anniversary ?ordinal ?event ?since WHERE {
  WHICH
  ?anniversary a dip:Anniversary .
  OPTIONAL { ?anniversary dip:date ?date } OPTIONAL { ?anniversary dip:ordinal ?ordinal }
  OPTIONAL { ?anniversary dip:commemorates ?event . OPTIONAL { ?event dip:date ?base } }
  BIND (STR(?date) AS ?when) BIND (STR(?base) AS ?since)
}
ORDER BY DESC(?when) ?anniversary"""

HERE: Final = "?town dip:country $node . ?event dip:place ?town ; dip:status ?status ."

_OF_THE_SUMMIT: Final = """OPTIONAL { ?summit dip:place ?where } OPTIONAL { ?summit dip:date ?date }
  OPTIONAL { ?summit dip:earliest ?earliest } BIND (STR(COALESCE(?date, ?earliest)) AS ?when)
}
ORDER BY DESC(?when) ?summit"""


def gatherings(which: str) -> str:
    """The gatherings that fit, the latest first."""
    return f"SELECT ?when ?summit ?where WHERE {{\n  {which}\n  {_OF_THE_SUMMIT}"


SAME_PEOPLE: Final = "FILTER (STR(?one) < STR(?two)) ?event dip:participant ?one, ?two ; a ?class . " + CONTACTS
SAME_SIDES: Final = """$node dip:party ?one, ?two . FILTER (STR(?one) < STR(?two))
  ?agreement dip:party ?one, ?two ; a dip:Agreement . FILTER (?agreement != $node)"""
AT_SUMMIT: Final = """{ ?agreement dip:concludedAt $node }
  UNION { ?meeting dip:onMarginsOf $node . ?agreement dip:concludedAt ?meeting }"""
COPIES: Final = """SELECT ?article ?publisher ?published WHERE {
  ?article dip:copyOf $node .
  OPTIONAL { ?article dip:publisher ?publisher } OPTIONAL { ?article dip:published ?published }
}
ORDER BY ?published ?article"""
SPOKEN: Final = """SELECT ?quote ?article ?event WHERE {
  ?event dip:speaker $node . ?words dip:supports ?event ; dip:quote ?quote ; dip:article ?article
}
ORDER BY ?article ?quote"""
SAID_THERE: Final = """SELECT ?speaker ?quote ?article ?event WHERE {
  ?event dip:madeAt $node ; dip:speaker ?speaker .
  ?words dip:supports ?event ; dip:quote ?quote ; dip:article ?article
}
ORDER BY ?speaker ?quote"""
