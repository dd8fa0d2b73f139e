"""A built graph against an answer key, fact by fact, whatever the IRIs are called.

Things are matched by what makes them themselves (a meeting by who and when, an agreement by parties, countries
concerned, act, articles and words); then every fact of a matched thing must be in both graphs. Labels of topics,
summits and anniversaries are free, so are further statements, further evidence and further names; counts and the
numbers by which contacts are put in order say nothing of their own. An organisation may
be labelled by another of its names. What the world does not list (a link to Wikidata) may be absent, never different.
Of evidence it is asked that for every span of the key some span of ours overlaps it and supports the same fact.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SKOS
from rdflib.term import Node

DIP = Namespace("https://w3id.org/diplomacy-kg/ns#")
Signature = tuple[object, ...]

ENTITIES = ("Leader", "Country", "Office", "Organization", "Place")
FREE_LABEL = ("Summit", "Anniversary", "CommemoratedEvent")
OPEN = ("Statement",)  # more than the key has is welcome


def compare(key: Graph, ours: Graph, names: Graph | None = None) -> list[str]:
    """What differs, a line each; empty where the graphs say the same. ``names`` has further names of our things."""
    return sorted(_Comparison(key, ours, names if names is not None else ours).differences())


class _Comparison:
    def __init__(self, key: Graph, ours: Graph, names: Graph) -> None:
        self.key = key
        self.ours = ours
        self.names = names
        self.same: dict[Node, Node] = {}

    def differences(self) -> Iterator[str]:
        for kind, sign in self._signatures().items():
            yield from self._match(kind, sign)
        for mine, other in self.same.items():
            yield from self._facts(mine, other)
        yield from self._evidence()

    def _signatures(self) -> dict[str, Callable[[Graph, Node], Signature]]:
        """How things of each class are known, entities first: later signatures use the labels of earlier things."""
        people = {"participant", "plannedParticipant"}
        return {
            "Article": lambda g, n: (str(g.value(n, DIP.sourceFile)),),
            **dict.fromkeys(ENTITIES, lambda g, n: (self._name(g, n),)),
            "Summit": lambda g, n: (self._names(g, n, "organizedBy"), str(g.value(n, DIP.date))),
            **dict.fromkeys(
                ("Meeting", "PhoneCall", "VideoCall", "PlannedContact"),
                lambda g, n: (*(self._names(g, n, p) for p in sorted(people)), str(g.value(n, DIP.earliest))),
            ),
            "Anniversary": lambda g, n: (str(g.value(n, DIP.ordinal)), self._names(g, n, "party")),
            "CommemoratedEvent": lambda g, n: (self._names(g, n, "party"), str(g.value(n, DIP.date))),
            "Tenure": lambda g, n: (self._names(g, n, "holder"), self._names(g, n, "office")),
            "Agreement": lambda g, n: (
                self._names(g, n, "party"),
                self._names(g, n, "concerns"),
                str(g.value(n, DIP.act)),
            ),
            "Statement": lambda g, n: (self._names(g, n, "speaker"), _files(g, n)),
        }

    def _name(self, graph: Graph, node: Node) -> str:
        """The label; of an organisation of ours the name by which the key calls it."""
        label = str(graph.value(node, RDFS.label)).split(",")[0]
        if graph is self.key or (node, RDF.type, DIP.Organization) not in graph:
            return label
        names = {label, *map(str, self.names.objects(node, SKOS.altLabel))}
        return min((n for n in names if self._is_organisation(n)), default=label)

    def _is_organisation(self, name: str) -> bool:
        found = self.key.subjects(RDFS.label, Literal(name, lang="en"))
        return any((node, RDF.type, DIP.Organization) in self.key for node in found)

    def _names(self, graph: Graph, node: Node, predicate: str) -> frozenset[str]:
        return frozenset(self._name(graph, other) for other in graph.objects(node, DIP[predicate]))

    def _match(self, kind: str, sign: Callable[[Graph, Node], Signature]) -> Iterator[str]:
        open_to = defaultdict(list)
        for node in sorted(self.ours.subjects(RDF.type, DIP[kind])):
            open_to[sign(self.ours, node)].append(node)
        for node in sorted(self.key.subjects(RDF.type, DIP[kind])):
            found = open_to[sign(self.key, node)]
            best = max(found, key=lambda other: self._shared(node, other), default=None)
            if best is None:
                yield f"missing {kind}: {_show(node)} {_spread(sign(self.key, node))}"
                continue
            found.remove(best)
            self.same[node] = best
        if kind not in OPEN:
            for node in [node for nodes in open_to.values() for node in nodes]:
                yield f"extra {kind}: {_show(node)} {_spread(sign(self.ours, node))}"

    def _shared(self, node: Node, other: Node) -> int:
        """How many spans of the two overlap."""
        mine, theirs = list(_spans(self.key, node)), list(_spans(self.ours, other))
        return sum(_overlap(one, two) for one in mine for two in theirs)

    def _facts(self, node: Node, other: Node) -> Iterator[str]:
        wanted = {(p, self._translated(o)) for p, o in self.key.predicate_objects(node) if self._counts(node, p)}
        found = {(p, o) for p, o in self.ours.predicate_objects(other) if self._counts(node, p)}
        for p, o in sorted(wanted - found, key=str):
            unlisted = p == OWL.sameAs and (other, p, None) not in self.ours
            if not unlisted and not self._same_name(p, o, other, found):
                yield f"missing: {_show(node)} {_short(p)} {_show(o)}"
        for p, o in sorted(found - wanted, key=str):
            if p != SKOS.altLabel and not self._same_name(p, o, other, wanted):
                yield f"extra: {_show(node)} {_short(p)} {_show(o)}"

    def _counts(self, node: Node, predicate: Node) -> bool:
        """Whether facts of this kind are compared for this thing."""
        kind = str(self.key.value(node, RDF.type)).rpartition("#")[2]
        if predicate == RDFS.label and kind in FREE_LABEL:
            return False
        # Topics are known by their agreements; a sort key is the first day once more.
        return predicate not in {DIP.topic, DIP.sortKey}

    def _translated(self, node: Node) -> Node:
        return self.same.get(node, node)

    def _same_name(self, predicate: Node, value: Node, other: Node, others: set[tuple[Node, Node]]) -> bool:
        """Whether a label is there in a longer or shorter form ("Bled, Slovenia"), or as another name."""
        if predicate != RDFS.label:
            return False
        labels = {str(o).split(",")[0] for p, o in others if p == predicate}
        return str(value).split(",")[0] in labels or self._name(self.ours, other) in labels | {str(value)}

    def _evidence(self) -> Iterator[str]:
        for span in sorted(self.key.subjects(RDF.type, DIP.Evidence)):
            mine = _span(self.key, span)
            for fact in self.key.objects(span, DIP.supports):
                other = self.same.get(fact)
                theirs = _spans(self.ours, other) if other is not None else ()
                if not any(_overlap(mine, their) for their in theirs):
                    yield f"missing evidence: {_show(fact)} {mine} {self.key.value(span, DIP.quote)!s:.60}"


def _files(graph: Graph, node: Node) -> frozenset[str]:
    return frozenset(str(graph.value(article, DIP.sourceFile)) for article in graph.objects(node, DIP.reportedIn))


def _span(graph: Graph, evidence: Node) -> tuple[str, int, int]:
    file = graph.value(graph.value(evidence, DIP.article), DIP.sourceFile)
    return str(file), int(str(graph.value(evidence, DIP.begin))), int(str(graph.value(evidence, DIP.end)))


def _spans(graph: Graph, fact: Node) -> Iterable[tuple[str, int, int]]:
    return (_span(graph, evidence) for evidence in graph.subjects(DIP.supports, fact))


def _overlap(one: tuple[str, int, int], two: tuple[str, int, int]) -> bool:
    return one[0] == two[0] and one[1] < two[2] and two[1] < one[2]


def _short(node: Node) -> str:
    return str(node).rpartition("#")[2].rpartition("/")[2]


def _show(node: Node) -> str:
    if isinstance(node, Literal):
        return node.n3()
    return "/".join(str(node).split("/")[-2:]) if isinstance(node, URIRef) else str(node)


def _spread(signature: Signature) -> str:
    parts = (", ".join(sorted(map(str, part))) if isinstance(part, frozenset) else str(part) for part in signature)
    return "(" + "; ".join(part for part in parts if part) + ")"
