"""The graph about the graph: the run, its counts, how it can be had (VoID, DCAT)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg.mappers import literal, terms
from kg.mappers.iri import graph

_VOID: Final = "http://rdfs.org/ns/void#"
_DCAT: Final = "http://www.w3.org/ns/dcat#"
_DCT: Final = "http://purl.org/dc/terms/"
_PROV: Final = "http://www.w3.org/ns/prov#"
MEDIA_TYPES: Final = {
    "diplomacy.ttl": "text/turtle",
    "diplomacy.nt": "application/n-triples",
    "diplomacy.nq": "application/n-quads",
}


def to_quads(  # noqa: PLR0913  # all that a run tells of itself
    base: str,
    version: str,
    classes: Mapping[str, int],
    problems: Mapping[str, int],
    *,
    built: str | None = None,
    part: str | None = None,
) -> Iterator[Quad]:
    """The data set and the run that made it; ``built`` is a moment only where somebody gave one.

    ``part`` says on which part of the graph its shapes were tried, where that was not all of it.
    """
    name = graph(base, "meta")
    for triple in (*_dataset(base, classes), *_run(base, version, problems, built), *_audit(base, part)):
        yield Quad(triple.subject, triple.predicate, triple.object, name)


def _audit(base: str, part: str | None) -> Iterator[Triple]:
    if part is not None:
        node = NamedNode(f"{base}run/audit")
        yield Triple(node, NamedNode(_PROV + "wasGeneratedBy"), NamedNode(f"{base}run"))
        yield Triple(node, terms.RDFS_LABEL, literal.plain(part))


def _dataset(base: str, classes: Mapping[str, int]) -> Iterator[Triple]:
    dataset = NamedNode(f"{base}dataset")
    for kind in (_VOID + "Dataset", _DCAT + "Dataset"):
        yield Triple(dataset, terms.RDF_TYPE, NamedNode(kind))
    yield Triple(dataset, NamedNode(_DCT + "title"), literal.spoken("Diplomacy KG"))
    yield Triple(dataset, NamedNode(_VOID + "vocabulary"), NamedNode(terms.DIP))
    yield Triple(dataset, NamedNode(_VOID + "uriSpace"), Literal(f"{base}id/"))
    # The counts are of what was built; of the graph as it is, with what people wrote since, the site tells them.
    built = NamedNode(f"{base}dataset/built")
    yield Triple(dataset, NamedNode(_VOID + "subset"), built)
    yield Triple(built, terms.RDF_TYPE, NamedNode(_VOID + "Dataset"))
    yield Triple(built, NamedNode(_PROV + "wasGeneratedBy"), NamedNode(f"{base}run"))
    for kind, number in classes.items():
        part = NamedNode(f"{base}dataset/built/class/{kind}")
        yield Triple(built, NamedNode(_VOID + "classPartition"), part)
        yield Triple(part, NamedNode(_VOID + "class"), NamedNode(terms.DIP + kind))
        yield Triple(part, NamedNode(_VOID + "entities"), literal.number(number))
    for file, media in MEDIA_TYPES.items():
        form = NamedNode(f"{base}exports/{file}")
        yield Triple(dataset, NamedNode(_DCAT + "distribution"), form)
        yield Triple(form, terms.RDF_TYPE, NamedNode(_DCAT + "Distribution"))
        yield Triple(form, NamedNode(_DCAT + "downloadURL"), form)
        yield Triple(form, NamedNode(_DCAT + "mediaType"), Literal(media))


def _run(base: str, version: str, problems: Mapping[str, int], built: str | None) -> Iterator[Triple]:
    run = NamedNode(f"{base}run")
    yield Triple(run, terms.RDF_TYPE, NamedNode(_PROV + "Activity"))
    yield Triple(NamedNode(f"{base}dataset"), NamedNode(_PROV + "wasGeneratedBy"), run)
    yield Triple(run, terms.RDFS_LABEL, literal.plain(f"diplomacy-kg {version}"))
    if built is not None:
        yield Triple(run, NamedNode(_PROV + "endedAtTime"), literal.timestamp(built))
    for kind, number in problems.items():
        part = NamedNode(f"{base}run/problems/{kind}")
        yield Triple(part, NamedNode(_PROV + "wasGeneratedBy"), run)
        yield Triple(part, terms.RDFS_LABEL, literal.plain(kind))
        yield Triple(part, NamedNode(_VOID + "entities"), literal.number(number))
