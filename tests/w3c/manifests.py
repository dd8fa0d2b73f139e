"""The cases of the W3C's SPARQL test suites as values, found by their manifests.

The suites lie beside the checkout and stay there. Every file has the address that it has at the W3C, by its place
below :data:`SUITES`: against that address its own relative IRIs, and those of the manifest, are resolved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest

SUITES: Final = Path(__file__).parents[3] / "shared" / "data" / "w3c-sparql" / "sparql"
BASE: Final = "https://w3c.github.io/rdf-tests/sparql/"
MISSING: Final = f"NOT TESTED: the W3C's suites are not beside the checkout, in {SUITES}"

MF: Final = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT: Final = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
UT: Final = "http://www.w3.org/2009/sparql/tests/test-update#"
HT: Final = "http://www.w3.org/2011/http#"
CNT: Final = "http://www.w3.org/2011/content#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
LABEL: Final = "http://www.w3.org/2000/01/rdf-schema#label"
_APPROVAL: Final = "http://www.w3.org/2001/sw/DataAccess/tests/test-dawg#approval"

# Other specifications than those that this server answers to, each a folder of its own.
_ELSEWHERE: Final = frozenset({"sparql11/entailment", "sparql11/service", "sparql11/syntax-fed"})


class Kind(StrEnum):
    """What a case tests; the word is the type in its manifest."""

    QUERY = "QueryEvaluationTest"
    CSV = "CSVResultFormatTest"
    UPDATE = "UpdateEvaluationTest"
    GOOD_QUERY = "PositiveSyntaxTest"
    GOOD_QUERY_11 = "PositiveSyntaxTest11"
    BAD_QUERY = "NegativeSyntaxTest"
    BAD_QUERY_11 = "NegativeSyntaxTest11"
    GOOD_UPDATE = "PositiveUpdateSyntaxTest11"
    BAD_UPDATE = "NegativeUpdateSyntaxTest11"
    PROTOCOL = "ProtocolTest"
    GRAPH_STORE = "GraphStoreProtocolTest"
    DESCRIPTION = "ServiceDescriptionTest"


Node = ox.NamedNode | ox.BlankNode | ox.Literal


class Manifest:
    """One manifest as a graph."""

    def __init__(self, file: Path) -> None:
        self.folder = file.parent.relative_to(SUITES).as_posix()
        self._graph = ox.Store()
        self._graph.load(path=file, format=ox.RdfFormat.TURTLE, base_iri=address(file))

    def all(self, subject: Node, predicate: str) -> list[Node]:
        found = self._graph.quads_for_pattern(subject, ox.NamedNode(predicate), None)
        return [quad.object for quad in found]

    def one(self, subject: Node, predicate: str) -> Node | None:
        return next(iter(self.all(subject, predicate)), None)

    def text(self, subject: Node, predicate: str) -> str | None:
        found = self.one(subject, predicate)
        return None if found is None else found.value

    def items(self, head: Node | None) -> Iterator[Node]:
        while head is not None and head.value != f"{RDF}nil":
            first = self.one(head, f"{RDF}first")
            assert first is not None
            yield first
            head = self.one(head, f"{RDF}rest")

    def tests(self) -> Iterator[tuple[ox.NamedNode, Kind]]:
        """Every test that the manifest lists; one of a kind that we do not know is an error."""
        for quad in self._graph.quads_for_pattern(None, ox.NamedNode(f"{MF}entries"), None):
            for node in self.items(quad.object):
                assert isinstance(node, ox.NamedNode)
                kind = self.text(node, f"{RDF}type") or ""
                yield node, Kind(kind.removeprefix(MF))


@dataclass(frozen=True, slots=True, order=True)
class Dataset:
    """What the store holds: files for the default graph, and files by the name of their graph."""

    default: tuple[Path, ...] = ()
    named: tuple[tuple[str, Path], ...] = ()

    def quads(self) -> Iterator[ox.Quad]:
        for file in self.default:
            yield from read_graph(file, ox.DefaultGraph())
        for name, file in self.named:
            yield from read_graph(file, ox.NamedNode(name))


@dataclass(frozen=True, slots=True)
class Case:
    """One test; ``text`` is the file with its query or update, ``after`` what an update leaves behind."""

    name: str
    kind: Kind
    manifest: Manifest = field(repr=False)
    node: ox.NamedNode = field(repr=False)
    text: Path | None = None
    before: Dataset = Dataset()
    after: Dataset = Dataset()
    result: Path | None = None
    is_lax: bool = False


def each(*kinds: Kind, but: Callable[[Case], bool] = lambda _: False) -> pytest.MarkDecorator:
    """A test for each case of these kinds, named by it; without the suites one that is skipped and says so."""
    if not SUITES.is_dir():
        return pytest.mark.parametrize("case", [pytest.param(None, marks=pytest.mark.skip(reason=MISSING), id="none")])
    found = [case for case in of_kind(*kinds) if not but(case)]
    return pytest.mark.parametrize("case", found, ids=[case.name for case in found])


@cache
def cases() -> tuple[Case, ...]:
    """Every case of SPARQL 1.0 and 1.1, entailment, federation and what the W3C has withdrawn apart; by name."""
    files = [*SUITES.rglob("manifest*.ttl"), *SUITES.rglob("extended-manifest*.ttl")]
    found = [case for file in files for case in _read(Manifest(file))]
    return tuple(sorted(found, key=lambda case: case.name))


def of_kind(*kinds: Kind) -> list[Case]:
    """The cases of these kinds."""
    return [case for case in cases() if case.kind in kinds]


def read_graph(file: Path, graph: ox.NamedNode | ox.DefaultGraph) -> Iterator[ox.Quad]:
    """The file's triples in this graph; its blank nodes are like those of no other file."""
    written = ox.RdfFormat.from_extension(file.suffix[1:])
    parsed = ox.parse(path=file, format=written, base_iri=address(file), rename_blank_nodes=True)
    return (ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in parsed)


def address(file: Path) -> str:
    """The file's address at the W3C."""
    return BASE + file.relative_to(SUITES).as_posix()


def place(iri: str) -> Path:
    """The file with this address."""
    assert iri.startswith(BASE), iri
    return SUITES / iri.removeprefix(BASE)


def _read(manifest: Manifest) -> Iterator[Case]:
    if manifest.folder in _ELSEWHERE:
        return
    for node, kind in manifest.tests():
        approval = manifest.text(node, _APPROVAL) or ""
        if not approval.endswith(("#Deprecated", "#Withdrawn", "#Rejected")):
            yield _case(manifest, node, kind)


def _case(manifest: Manifest, node: ox.NamedNode, kind: Kind) -> Case:
    action, result = manifest.one(node, f"{MF}action"), manifest.one(node, f"{MF}result")
    text, outcome = _text(manifest, action), None
    before = after = Dataset()
    match kind:
        case Kind.QUERY | Kind.CSV:
            assert action is not None
            assert result is not None
            outcome = place(result.value)
            before = _dataset(manifest, action, QT)
        case Kind.UPDATE:
            assert action is not None
            assert result is not None
            before, after = _dataset(manifest, action, UT), _dataset(manifest, result, UT)
        case Kind.PROTOCOL:
            before = _dataset(manifest, node, UT)
    return Case(
        name=f"{manifest.folder}/{node.value.partition('#')[2]}",
        kind=kind,
        manifest=manifest,
        node=node,
        text=text,
        before=before,
        after=after,
        result=outcome,
        is_lax=manifest.text(node, f"{MF}resultCardinality") == f"{MF}LaxCardinality",
    )


def _text(manifest: Manifest, action: Node | None) -> Path | None:
    if isinstance(action, ox.NamedNode):
        return place(action.value)
    if action is None:
        return None
    found = manifest.text(action, f"{QT}query") or manifest.text(action, f"{UT}request")
    return place(found) if found else None


def _dataset(manifest: Manifest, node: Node, words: str) -> Dataset:
    named = []
    for graph in manifest.all(node, f"{words}graphData"):
        content = manifest.one(graph, f"{words}graph")
        # In the manifests of queries a graph's file is its name; in those of updates the name is told beside it.
        file = place((content or graph).value)
        named.append((manifest.text(graph, LABEL) or graph.value, file))
    default = (place(data.value) for data in manifest.all(node, f"{words}data"))
    return Dataset(tuple(sorted(default)), tuple(sorted(named)))
