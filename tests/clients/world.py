"""Questions about the invented world, and their answers."""

from __future__ import annotations

from typing import Final

DIP: Final = "https://w3id.org/diplomacy-kg/ns#"
IDS: Final = "https://w3id.org/diplomacy-kg/id/"
PREFIXES: Final = f"PREFIX dip: <{DIP}>\nPREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n"

LEADERS: Final = PREFIXES + "SELECT ?name ?leader { ?leader a dip:Leader ; rdfs:label ?name } ORDER BY ?name"
NAMES: Final = ["Anna Novák", "Clara Rossi", "Emil Brandt", "Oskar Lind"]
SLUGS: Final = ["anna-novak", "clara-rossi", "emil-brandt", "oskar-lind"]
IRIS: Final = [f"{IDS}leader/{slug}" for slug in SLUGS]

MEETING: Final = f"{IDS}meeting/2025-06-17-anna-novak-emil-brandt"
WHO_MET: Final = (
    PREFIXES + f"CONSTRUCT {{ <{MEETING}> dip:participant ?leader }} {{ <{MEETING}> dip:participant ?leader }}"
)
PAIR: Final = {f"{IDS}leader/anna-novak", f"{IDS}leader/emil-brandt"}

YES: Final = PREFIXES + "ASK { ?call a dip:PhoneCall }"
NO: Final = PREFIXES + "ASK { ?call a dip:Leader, dip:PhoneCall }"
SLIP: Final = "SELECT * { ?s dip:date ?o }"

TOKEN: Final = "a-token-that-nobody-guesses"
NOTES: Final = "http://example.org/notes"
NOTE: Final = (
    f"INSERT DATA {{ GRAPH <{NOTES}> {{ <{IDS}leader/anna-novak> rdfs:comment 'An archivist says: née Horák' }} }}"
)
