"""Who met and spoke with whom as a network, in GraphML (http://graphml.graphdrawing.org), which Gephi and yEd open.

A node is a leader; an edge joins two who met or spoke, and tells how often, and when for the first and the last time.
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import Final
from xml.etree import ElementTree as ET

import pyoxigraph as ox

from kg.store.paths import code, follow, label, things
from kg.store.xml import legal_xml

_GRAPHML: Final = "http://graphml.graphdrawing.org/xmlns"
_NODE: Final = (("label", "string"), ("country", "string"), ("country_code", "string"))
_EDGE: Final = (
    ("meetings", "int"), ("phone_calls", "int"), ("video_calls", "int"), ("weight", "int"),
    ("first", "string"), ("last", "string"),
)  # fmt: skip
_COUNTED: Final = {"Meeting": "meetings", "PhoneCall": "phone_calls", "VideoCall": "video_calls"}


class _Edge:
    """What is known of two leaders."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.first = ""
        self.last = ""

    @property
    def told(self) -> dict[str, str]:
        """The data of the edge."""
        told = {name: str(self.counts[name]) for name in _COUNTED.values()}
        days = {"first": self.first, "last": self.last}
        return {**told, "weight": str(self.counts.total()), **{name: day for name, day in days.items() if day}}


def graphml(store: ox.Store) -> bytes:
    """The network of all leaders who met or spoke; the same graph gives the same bytes."""
    edges = _edges(store)
    root = ET.Element("graphml", {"xmlns": _GRAPHML})
    for of, keys in (("node", _NODE), ("edge", _EDGE)):
        for name, kind in keys:
            told = {"id": f"{of}-{name}", "for": of, "attr.name": name, "attr.type": kind}
            ET.SubElement(root, "key", told)
    graph = ET.SubElement(root, "graph", {"id": "diplomacy", "edgedefault": "undirected"})
    for leader in sorted({leader for pair in edges for leader in pair}):
        _add(graph, "node", {"id": leader}, _told_of(store, ox.NamedNode(leader)))
    for (one, other), edge in sorted(edges.items()):
        _add(graph, "edge", {"source": one, "target": other}, edge.told)
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="UTF-8", xml_declaration=True)
    return written + b"\n"


def _edges(store: ox.Store) -> dict[tuple[str, str], _Edge]:
    edges: dict[tuple[str, str], _Edge] = {}
    for name, counted in _COUNTED.items():
        for contact in things(store, [name]):
            people = [one.value for one in follow(store, contact, "participant") if isinstance(one, ox.NamedNode)]
            first, last = (_days(store, contact, bound) for bound in ("earliest", "latest"))
            for pair in combinations(sorted(people), 2):
                edge = edges.setdefault(pair, _Edge())
                edge.counts[counted] += 1
                edge.first = min([*filter(None, [edge.first]), *first], default="")
                edge.last = max([edge.last, *last])
    return edges


def _days(store: ox.Store, contact: ox.NamedNode, bound: str) -> list[str]:
    return [label(store, day) for day in follow(store, contact, bound)]


def _told_of(store: ox.Store, leader: ox.NamedNode) -> dict[str, str]:
    countries = follow(store, leader, "represents")
    told = {"label": label(store, leader)}
    if countries:
        told["country"] = "; ".join(label(store, one) for one in countries)
        told["country_code"] = "; ".join(code(one).upper() for one in countries)
    return told


def _add(graph: ET.Element, what: str, attributes: dict[str, str], told: dict[str, str]) -> None:
    legal = {name: legal_xml(text.encode()).decode() for name, text in attributes.items()}
    element = ET.SubElement(graph, what, legal)
    for name, text in told.items():
        data = ET.SubElement(element, "data", {"key": f"{what}-{name}"})
        data.text = legal_xml(text.encode()).decode()
