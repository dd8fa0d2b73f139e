"""The data set as Croissant 1.0 and as DataCite 4.3 JSON: what they ask for, and what is in the files."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
import re
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg.config import BASE_IRI
from kg.mappers import meta
from kg.store.export import ExportFormat, Known, stream_graph, write_graph
from kg.store.prefixes import DIP
from kg.store.tables import TABLES

SAMPLE = Path(__file__).parents[1] / "queries" / "sample.ttl"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
BASE = "https://example.org/talks/"
FORMS = {
    "diplomacy.ttl": ExportFormat.TURTLE,
    "diplomacy.nq": ExportFormat.NQUADS,
    **{f"{name}.csv": ExportFormat(f"{name}.csv") for name in TABLES},
}
MEDIA = {"ttl": "text/turtle", "nq": "application/n-quads", "csv": "text/csv"}
# Croissant 1.0, "Dataset-level information": what must be there, and what may.
REQUIRED = {"@context", "@type", "conformsTo", "description", "license", "name", "url", "creator", "datePublished"}
MAY = {"distribution", "recordSet", "publisher", "version", "citeAs", "inLanguage", "keywords"}
# The kernel's schema: what must be there, what each part must have, and the lists that words are of.
KERNEL = {"identifiers", "creators", "titles", "publisher", "publicationYear", "types", "schemaVersion"}
PARTS = {
    "identifiers": {"identifier", "identifierType"},
    "creators": {"name"},
    "titles": {"title"},
    "subjects": {"subject"},
    "dates": {"date", "dateType"},
    "alternateIdentifiers": {"alternateIdentifier", "alternateIdentifierType"},
    "relatedIdentifiers": {"relatedIdentifier", "relatedIdentifierType", "relationType"},
    "descriptions": {"description", "descriptionType"},
}
MORE = {
    "creators": {"nameType"},
    "titles": {"lang"},
    "subjects": {"lang"},
    "dates": {"dateInformation"},
    "descriptions": {"lang"},
}


@pytest.fixture(scope="module")
def store() -> ox.Store:
    store = ox.Store()
    store.load(path=SAMPLE, format=ox.RdfFormat.TURTLE)
    return store


def described(store: ox.Store, form: ExportFormat, licence: str = LICENCE) -> dict[str, Any]:
    sink = io.BytesIO()
    stream_graph(store, form, sink, known=Known(licence=licence))
    told = json.loads(sink.getvalue())
    assert isinstance(told, dict)
    return told


def expanded(told: dict[str, Any]) -> set[str]:
    """Every property of the document as an IRI, as its context reads."""
    quads = ox.parse(json.dumps(told), format=ox.RdfFormat.JSON_LD, base_iri="https://example.org/exports/")
    return {quad.predicate.value for quad in quads}


def test_croissant_has_what_the_specification_asks_for_and_nothing_else(store: ox.Store) -> None:
    told = described(store, ExportFormat.CROISSANT)
    assert told.keys() >= REQUIRED
    assert told.keys() <= REQUIRED | MAY
    assert (told["@type"], told["conformsTo"]) == ("sc:Dataset", "http://mlcommons.org/croissant/1.0")
    assert (told["license"], told["url"]) == (LICENCE, f"{BASE_IRI}dataset")
    assert told["datePublished"] == "2025-07-02", "the day of the newest report"
    assert told["creator"]["@type"] == told["publisher"]["@type"] == "sc:Organization"
    assert re.fullmatch(r"\d+\.\d+\.\d+[0-9A-Za-z.-]*\+[0-9a-f]{16}", told["version"])
    assert told["version"] in told["citeAs"]
    assert told["citeAs"].count("{") == told["citeAs"].count("}")


def test_every_word_of_croissant_is_of_a_vocabulary_that_its_own_context_names(store: ox.Store) -> None:
    told = described(store, ExportFormat.CROISSANT)
    assert isinstance(told["@context"], dict), "nothing is fetched to read it"
    words = expanded(told)
    croissant, schema = "http://mlcommons.org/croissant/", "https://schema.org/"
    assert {word.removeprefix(croissant) for word in words if word.startswith(croissant)} == {
        *("citeAs", "column", "dataType", "extract", "field", "fileObject", "key"),
        *("recordSet", "repeated", "separator", "source", "transform"),
    }
    assert {word.removeprefix(schema) for word in words if word.startswith(schema)} == {
        *("contentSize", "contentUrl", "creator", "datePublished", "description", "distribution", "encodingFormat"),
        *("inLanguage", "keywords", "license", "name", "publisher", "sha256", "url", "version"),
    }
    rest = {word for word in words if not word.startswith((croissant, schema))}
    assert rest == {"http://purl.org/dc/terms/conformsTo", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"}


def test_each_file_has_the_size_and_the_checksum_that_its_export_has(store: ox.Store) -> None:
    files = {file["@id"]: file for file in described(store, ExportFormat.CROISSANT)["distribution"]}
    assert files.keys() == FORMS.keys()
    for name, form in FORMS.items():
        content = write_graph(store, form)
        assert files[name].pop("description")
        assert files[name] == {
            "@type": "cr:FileObject",
            "@id": name,
            "name": name,
            "contentUrl": name,
            "contentSize": f"{len(content)} B",
            "encodingFormat": MEDIA[name.rpartition(".")[2]],
            "sha256": hashlib.sha256(content).hexdigest(),
        }


@pytest.mark.parametrize("name", TABLES)
def test_each_field_is_a_column_of_its_table_and_every_value_is_of_its_type(store: ox.Store, name: str) -> None:
    told = described(store, ExportFormat.CROISSANT)
    (records,) = (one for one in told["recordSet"] if one["@id"] == name)
    table = csv.DictReader(io.StringIO(write_graph(store, ExportFormat(f"{name}.csv")).decode(), newline=""))
    rows = list(table)
    assert [field["source"]["extract"]["column"] for field in records["field"]] == table.fieldnames
    assert records["@type"] == "cr:RecordSet"
    assert len({field["@id"] for field in records["field"]}) == len(records["field"])
    (key,) = (field for field in records["field"] if field["@id"] == records["key"]["@id"])
    assert len({row[key["name"]] for row in rows}) == len(rows)
    for field in records["field"]:
        assert (field["@type"], field["@id"]) == ("cr:Field", f"{name}/{field['name']}")
        assert field["source"]["fileObject"] == {"@id": f"{name}.csv"}
        assert field["description"]
        separator = field["source"].get("transform", {}).get("separator")
        assert (separator is not None) == field.get("repeated", False)
        for row in rows:
            whole = row[field["source"]["extract"]["column"]]
            for value in (whole.split(separator) if separator else [whole]) if whole else []:
                assert is_of(value, field["dataType"]), f"{name}, {field['name']}: {value}"


def is_of(value: str, kind: str) -> bool:
    """Whether it is a value of this type; another type is an error."""
    if kind == "sc:Date":
        return dt.date.fromisoformat(value).isoformat() == value
    return re.fullmatch({"sc:Text": ".+", "sc:Integer": "-?[0-9]+", "sc:URL": r"https?://\S+"}[kind], value) is not None


def test_datacite_has_what_the_kernel_asks_for_and_nothing_else(store: ox.Store) -> None:
    told = described(store, ExportFormat.DATACITE)
    assert told.keys() - KERNEL == {
        *("subjects", "dates", "language", "alternateIdentifiers", "relatedIdentifiers"),
        *("sizes", "formats", "version", "rightsList", "descriptions"),
    }
    assert told.keys() >= KERNEL
    for part, needed in PARTS.items():
        assert told[part], part
        for one in told[part]:
            assert needed <= one.keys() <= needed | MORE.get(part, set())
            assert all(isinstance(value, str) and value for value in one.values())
        assert len({json.dumps(one, sort_keys=True) for one in told[part]}) == len(told[part])
    assert told["schemaVersion"] == "http://datacite.org/schema/kernel-4"
    assert told["identifiers"] == [{"identifier": f"{BASE_IRI}dataset", "identifierType": "URL"}]
    assert told["types"] == {"resourceType": "Knowledge graph", "resourceTypeGeneral": "Dataset"}
    assert (told["publisher"], told["publicationYear"], told["rightsList"]) == (
        "Diplomacy KG",
        "2025",
        [{"rightsUri": LICENCE}],
    )
    assert {one["dateType"]: one["date"] for one in told["dates"]} == {
        "Issued": "2025-07-02",
        "Other": "2025-06-18/2025-07-02",
    }
    assert {one["relationType"] for one in told["relatedIdentifiers"]} <= {"IsDocumentedBy", "References", "Requires"}
    assert {one["descriptionType"] for one in told["descriptions"]} == {"Abstract", "Methods"}
    assert told["version"] == described(store, ExportFormat.CROISSANT)["version"]


def test_without_a_licence_both_say_so_and_name_none(store: ox.Store) -> None:
    licence = described(store, ExportFormat.CROISSANT, "")["license"]
    assert (licence["@type"], licence["name"]) == ("sc:CreativeWork", "No licence is stated")
    assert described(store, ExportFormat.DATACITE, "")["rightsList"] == [
        {"rights": "No licence is stated", "lang": "en"}
    ]


def test_the_base_and_the_moment_are_those_that_the_build_wrote() -> None:
    store = ox.Store()
    store.extend(meta.to_quads(BASE, "1.2.3", {}, {}, built="2026-03-04T05:06:07Z"))
    store.add(report("2026-01-01"))
    # Not the build's: what people wrote into a graph of theirs.
    theirs = [
        ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode("a:g"))
        for quad in meta.to_quads("https://a.example/", "9", {}, {}, built="2027-01-01T00:00:00Z")
    ]
    store.extend(theirs)
    told = described(store, ExportFormat.CROISSANT)
    assert (told["url"], told["datePublished"]) == (f"{BASE}dataset", "2026-03-04")
    assert described(store, ExportFormat.DATACITE)["identifiers"][0]["identifier"] == f"{BASE}dataset"


@pytest.mark.parametrize("days", [[], ["some day"], ["2025-99-01", ""]])
def test_a_graph_without_a_day_is_described_without_one(days: list[str]) -> None:
    store = ox.Store()
    store.extend(report(day) for day in days)
    told = described(store, ExportFormat.CROISSANT)
    assert told.keys() >= REQUIRED - {"datePublished"}
    assert "datePublished" not in told
    assert "year" not in told["citeAs"]
    kernel = described(store, ExportFormat.DATACITE)
    assert "publicationYear" not in kernel
    assert kernel["dates"] == []


def report(day: str) -> ox.Quad:
    article = ox.NamedNode(f"{BASE}id/article/{hashlib.sha256(day.encode()).hexdigest()}")
    return ox.Quad(article, ox.NamedNode(f"{DIP}published"), ox.Literal(day))
