"""What the graph holds and how it can be had: VoID, with counts for each class and property, and DCAT."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple
from urllib.parse import quote

import pyoxigraph as ox

from kg.engine.census import Census
from kg.store.described import ABOUT, TITLE
from kg.store.prefixes import DIP, PREFIXES, RDF, RDFS, XSD
from kg.web.describe import FORMATS, GRAPHS, VOID, count, says

_DCAT: Final = PREFIXES["dcat"]
_TERMS: Final = PREFIXES["dcterms"]
_SPDX: Final = "http://spdx.org/rdf/terms#"
_NATURAL: Final = XSD + "nonNegativeInteger"
_MEDIA: Final = "https://www.iana.org/assignments/media-types/"
_PROTOCOL: Final = "https://www.w3.org/TR/sparql11-protocol/"
# A dump holds the triples themselves (VoID, 3.3).
PARQUET: Final = "application/vnd.apache.parquet"
_NO_RDF: Final = frozenset({"text/csv", "application/xml", PARQUET})


class File(NamedTuple):
    """An export: its media type, and, where they are known, the number of its bytes and their SHA-256."""

    media: str
    size: int | None = None
    checksum: str | None = None


class Files(NamedTuple):
    """What can be downloaded: exports by name, and descriptions with what they conform to."""

    exports: Mapping[str, File] = {}
    descriptions: Mapping[str, tuple[str, str]] = {}


def dataset_description(base: str, root: str, census: Census, files: Files, licence: str = "") -> list[ox.Triple]:
    """The dataset: where to ask, what to download, how much of each class and property, under which licence.

    ``root`` is the address of the site and ends in ``/``.
    """
    dataset = ox.NamedNode(f"{base}dataset")
    return [
        says(dataset, RDF + "type", ox.NamedNode(VOID + "Dataset")),
        says(dataset, RDF + "type", ox.NamedNode(_DCAT + "Dataset")),
        says(dataset, _TERMS + "title", ox.Literal(TITLE, language="en")),
        says(dataset, _TERMS + "description", ox.Literal(ABOUT, language="en")),
        says(dataset, _TERMS + "identifier", ox.Literal(census.digest)),
        *([says(dataset, _TERMS + "license", ox.NamedNode(licence))] if licence else []),
        says(dataset, VOID + "vocabulary", ox.NamedNode(DIP)),
        says(dataset, VOID + "uriSpace", ox.Literal(f"{base}id/")),
        *(says(dataset, VOID + "feature", ox.NamedNode(FORMATS + name)) for name in GRAPHS),
        *_counts(base, dataset, census),
        *_service(root, dataset),
        *_downloads(root, dataset, files.exports),
        *_descriptions(root, dataset, files),
    ]


def _counts(base: str, dataset: ox.NamedNode, census: Census) -> Iterator[ox.Triple]:
    yield says(dataset, VOID + "triples", count(census.triples))
    yield says(dataset, VOID + "classes", count(len(census.classes)))
    yield says(dataset, VOID + "properties", count(len(census.properties)))
    for name, things in census.classes.items():
        part = ox.NamedNode(f"{base}dataset/class/{_local(name)}")
        yield says(dataset, VOID + "classPartition", part)
        yield says(part, VOID + "class", ox.NamedNode(name))
        yield says(part, VOID + "entities", count(things))
    for name, use in census.properties.items():
        part = ox.NamedNode(f"{base}dataset/property/{_local(name)}")
        yield says(dataset, VOID + "propertyPartition", part)
        yield says(part, VOID + "property", ox.NamedNode(name))
        yield says(part, VOID + "triples", count(use.triples))
        yield says(part, VOID + "distinctSubjects", count(use.subjects))
        yield says(part, VOID + "distinctObjects", count(use.objects))


def _local(name: str) -> str:
    """The name of a term of ours, or the whole IRI of another, as the end of an IRI."""
    return quote(name.removeprefix(DIP), safe="")


def _service(root: str, dataset: ox.NamedNode) -> Iterator[ox.Triple]:
    endpoint = ox.NamedNode(f"{root}sparql")
    yield says(dataset, VOID + "sparqlEndpoint", endpoint)
    yield says(endpoint, RDF + "type", ox.NamedNode(_DCAT + "DataService"))
    yield says(endpoint, _TERMS + "title", ox.Literal("SPARQL", language="en"))
    yield says(endpoint, _TERMS + "conformsTo", ox.NamedNode(_PROTOCOL))
    yield says(endpoint, _DCAT + "endpointURL", endpoint)
    yield says(endpoint, _DCAT + "endpointDescription", endpoint)
    yield says(endpoint, _DCAT + "servesDataset", dataset)


def _downloads(root: str, dataset: ox.NamedNode, exports: Mapping[str, File]) -> Iterator[ox.Triple]:
    for name, (media, size, checksum) in exports.items():
        file = ox.NamedNode(f"{root}exports/{name}")
        if media not in _NO_RDF:
            yield says(dataset, VOID + "dataDump", file)
        yield says(dataset, _DCAT + "distribution", file)
        yield says(file, RDF + "type", ox.NamedNode(_DCAT + "Distribution"))
        yield says(file, _TERMS + "title", ox.Literal(name, language="en"))
        yield says(file, _DCAT + "downloadURL", file)
        yield says(file, _DCAT + "mediaType", ox.NamedNode(_MEDIA + media))
        if size is not None:
            yield says(file, _DCAT + "byteSize", ox.Literal(str(size), datatype=ox.NamedNode(_NATURAL)))
        if checksum is not None:
            yield from _checksum(file, checksum)


def _checksum(file: ox.NamedNode, checksum: str) -> Iterator[ox.Triple]:
    told = ox.NamedNode(f"{file.value}#sha256")
    yield says(file, _SPDX + "checksum", told)
    yield says(told, RDF + "type", ox.NamedNode(_SPDX + "Checksum"))
    yield says(told, _SPDX + "algorithm", ox.NamedNode(_SPDX + "checksumAlgorithm_sha256"))
    yield says(told, _SPDX + "checksumValue", ox.Literal(checksum, datatype=ox.NamedNode(XSD + "hexBinary")))


def _descriptions(root: str, dataset: ox.NamedNode, files: Files) -> Iterator[ox.Triple]:
    """The data set in other vocabularies: documents on it, no distributions of it."""
    for name, (media, schema) in files.descriptions.items():
        file = ox.NamedNode(f"{root}exports/{name}")
        yield says(dataset, RDFS + "seeAlso", file)
        yield says(file, _TERMS + "title", ox.Literal(name, language="en"))
        yield says(file, _TERMS + "format", ox.NamedNode(_MEDIA + media))
        yield says(file, _TERMS + "conformsTo", ox.NamedNode(schema))
