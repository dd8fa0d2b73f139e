"""docs/reference.md says what the code does: it is written from the saved questions and the ontology."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from kg.query.saved import Parameter, load_queries
from kg.query.types import ParameterType
from kg.store.prefixes import DIP

_KINDS = {
    "Classes": OWL.Class,
    "Links between things": OWL.ObjectProperty,
    "Values of things": OWL.DatatypeProperty,
    "Closed lists": OWL.NamedIndividual,
}


def questions(root: Path) -> str:
    """The saved questions with their parameters."""
    head = ["| question | parameters | what it answers |", "|---|---|---|"]
    rows = [
        f"| `{query.name}` | {', '.join(map(_parameter, query.parameters))} "
        f"| {query.summary}: {_cell(query.description)} |"
        for query in load_queries(root / "queries").values()
    ]
    return "\n".join([*head, *rows, ""])


def _parameter(parameter: Parameter) -> str:
    need = "" if parameter.required else f", default {parameter.default}" if parameter.default else ", optional"
    return f"`{parameter.name}` ({parameter.type}{need})"


def types(_: Path) -> str:
    """The types of parameters, and of what kinds of things they are."""
    rows = [f"| `{each}` | {', '.join(sorted(each.kinds)) or 'a value'} |" for each in ParameterType]
    return "\n".join(["| type | names |", "|---|---|", *rows, ""])


def terms(root: Path) -> str:
    """Every term of the ontology with its comment."""
    graph = Graph().parse(root / "ontology" / "diplomacy.ttl")
    parts = []
    for title, kind in _KINDS.items():
        found = sorted(str(term) for term in graph.subjects(RDF.type, kind) if str(term).startswith(DIP))
        rows = [_term(graph, URIRef(term)) for term in found]
        parts += [f"### {title}", "", "| term | what it is | example |", "|---|---|---|", *rows, ""]
    return "\n".join(parts)


def _term(graph: Graph, term: URIRef) -> str:
    ends = [_named(graph, term, end) for end in (RDFS.domain, RDFS.range)]
    ends = [end for end in ends if end]
    between = f" ({' → '.join(ends)})" if ends else ""
    comment, example = (_cell(str(graph.value(term, what))) for what in (RDFS.comment, SKOS.example))
    return f"| `dip:{str(term).removeprefix(DIP)}`{between} | {comment} | {example} |"


def _named(graph: Graph, term: URIRef, end: URIRef) -> str:
    return ", ".join(sorted(_short(node) for node in graph.objects(term, end) if isinstance(node, URIRef)))


def _short(node: object) -> str:
    text = str(node)
    return text.rpartition("#")[2] or text.rpartition("/")[2]


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


PARTS = {"questions": questions, "types": types, "terms": terms}


@pytest.mark.parametrize("name", PARTS)
def test_the_part_is_what_the_code_says_too(name: str, root: Path, request: pytest.FixtureRequest) -> None:
    page = root / "docs" / "reference.md"
    text = page.read_text(encoding="utf-8")
    begin, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
    before, _, rest = text.partition(begin)
    _, mark, after = rest.partition(end)
    assert mark, f"docs/reference.md has no part {name!r}"
    fresh = f"{before}{begin}\n{PARTS[name](root)}\n{end}{after}"
    if request.config.getoption("--update", default=False):
        page.write_text(fresh, encoding="utf-8")
        return
    assert text == fresh, f"the {name} have changed: make readme"
