"""What is wrong with a graph: shapes by SHACL, counts by SPARQL; everything is listed, nothing stops at the first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import Quad, QuerySolutions, RdfFormat, Store, serialize

from kg.assemble.told import Contradiction
from kg.model.fact import Problem, ProblemKind

_PREFIX: Final = "PREFIX dip: <https://w3id.org/diplomacy-kg/ns#>\n"


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One thing of the graph that breaks a rule of it."""

    thing: str
    message: str


# Of these each rests on words.
GROUNDED: Final = ("Meeting", "PhoneCall", "VideoCall", "PlannedContact", "Summit", "Agreement", "Anniversary",
    "Tenure", "Statement")  # fmt: skip

# What must be empty, whatever the articles say. MINUS is evaluated once, NOT EXISTS once a row: 7 s against 0.01 s on
# the graph of 300 articles. :mod:`kg.assemble.suspects` says where they need not be tried.
ASSERTIONS: Final = (
    ("a contact is both held and planned", "?thing a dip:PlannedContact ; dip:participant ?someone"),
    ("a plan counts as held", "?thing a dip:PlannedContact ; dip:status dip:held"),
    ("leaders met without a meeting that was held", """?thing dip:met ?other MINUS {
        ?meeting a dip:Meeting ; dip:status dip:held ; dip:participant ?thing , ?other }"""),
    ("leaders took part in a held meeting but did not meet", """?meeting a dip:Meeting ; dip:participant ?thing , ?other
        FILTER (?thing != ?other) MINUS { ?thing dip:met ?other }"""),
    ("an edge that goes both ways goes one way", "?thing dip:met ?other MINUS { ?other dip:met ?thing }"),
    ("a fact rests on no words", f"""VALUES ?kind {{ dip:{" dip:".join(GROUNDED)} }} ?thing a ?kind
        FILTER NOT EXISTS {{ ?words dip:supports ?thing }}"""),
    ("evidence ends before it begins", "?thing a dip:Evidence ; dip:begin ?b ; dip:end ?e FILTER (?e < ?b)"),
)  # fmt: skip


def check_assertions(store: Store) -> Iterator[Violation]:
    """What in the default graph breaks a count assertion."""
    for message, pattern in ASSERTIONS:
        rows = store.query(f"{_PREFIX}SELECT DISTINCT ?thing WHERE {{ {pattern} }} ORDER BY ?thing")
        assert isinstance(rows, QuerySolutions)
        for row in rows:
            yield Violation(getattr(row["thing"], "value", str(row["thing"])), message)


def check_shapes(quads: Iterable[Quad], shapes: Path, ontology: Path) -> list[Violation]:
    """What in the quads breaks a shape; their graph names are left out, so hand in those of one graph."""
    import pyshacl
    from rdflib import Graph
    from rdflib.namespace import SH

    data = Graph()
    written = serialize((quad.triple for quad in quads), format=RdfFormat.N_TRIPLES)
    data.parse(data=written, format="nt11")
    _, report, _ = pyshacl.validate(
        data,
        shacl_graph=Graph().parse(shapes),
        ont_graph=Graph().parse(ontology),
        advanced=False,
        inference="none",
    )
    assert isinstance(report, Graph)
    found = []
    for result in report.subjects(SH.resultSeverity):
        messages = sorted(str(message) for message in report.objects(result, SH.resultMessage))
        found.append(Violation(str(report.value(result, SH.focusNode)), "; ".join(messages)))
    return sorted(set(found))


def problems_of(contradictions: Iterable[Contradiction], violations: Iterable[Violation]) -> Iterator[Problem]:
    """Contradictions that nobody has settled, and violations, as problems; they stand in no one place of a text."""
    for found in contradictions:
        if found.settled:
            continue
        sides = " / ".join(f"{value} ({', '.join(articles)})" for value, articles in found.claims)
        yield Problem(kind=ProblemKind.CONFLICT, begin=0, end=0, detail=f"{found.key} {found.property}: {sides}")
    for broken in violations:
        yield Problem(kind=ProblemKind.SHAPE, begin=0, end=0, detail=f"{broken.thing}: {broken.message}")


def by_kind(problems: Iterable[Problem]) -> dict[str, int]:
    """How many problems there are of each kind, in the order of kinds."""
    counted = Counter(problem.kind.value for problem in problems)
    return {kind.value: counted[kind.value] for kind in ProblemKind if counted[kind.value]}
