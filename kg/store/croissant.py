"""The data set as Croissant 1.0 (MLCommons): JSON-LD that tools for machine learning load its tables by.

The files lie beside the description, whoever serves them: their addresses are their names.
"""

from __future__ import annotations

import json
from typing import Any, Final

from kg.store.described import ABOUT, KEYWORDS, TITLE, DataSet, File, Kept
from kg.store.tables import SEPARATOR, TABLES, Column, Kind, Table

CONFORMS_TO: Final = "http://mlcommons.org/croissant/1.0"
_TERMS: Final = (
    *(
        "citeAs",
        "column",
        "equivalentProperty",
        "extract",
        "field",
        "fileObject",
        "fileProperty",
        "fileSet",
        "format",
        "includes",
    ),
    *("isLiveDataset", "jsonPath", "key", "md5", "parentField", "path", "recordSet", "references", "regex"),
    *("repeated", "replace", "samplingRate", "separator", "source", "subField", "transform"),
)
# Written out, as the specification has it: nobody fetches anything to read it.
_CONTEXT: Final[dict[str, Any]] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "dct": "http://purl.org/dc/terms/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "sc": "https://schema.org/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    **{name: f"cr:{name}" for name in _TERMS},
}
_TYPES: Final = {Kind.TEXT: "sc:Text", Kind.LIST: "sc:Text", Kind.COUNT: "sc:Integer", Kind.DAY: "sc:Date"}
# The specification wants one.
_NO_LICENCE: Final = {
    "@type": "sc:CreativeWork",
    "name": "No licence is stated",
    "description": "Who published this copy has not said under which licence it may be used: ask before you use it.",
}


def croissant(dataset: DataSet) -> bytes:
    """The description; a graph without any report has no day."""
    maker = {"@type": "sc:Organization", "name": TITLE, "url": dataset.base}
    told = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "name": TITLE,
        "description": ABOUT,
        "conformsTo": CONFORMS_TO,
        "url": dataset.iri,
        "license": dataset.licence or _NO_LICENCE,
        "creator": maker,
        "publisher": maker,
        **({"datePublished": dataset.day.isoformat()} if dataset.day else {}),
        "version": dataset.version,
        "citeAs": dataset.citation,
        "inLanguage": "en",
        "keywords": list(KEYWORDS),
        "distribution": [_file(file, kept) for file, kept in dataset.files.values()],
        "recordSet": [_records(name, table) for name, table in TABLES.items()],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n"


def _file(file: File, kept: Kept) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": file.name,
        "name": file.name,
        "description": file.about,
        "contentUrl": file.name,
        "contentSize": f"{kept.size} B",
        "encodingFormat": file.media,
        "sha256": kept.checksum,
    }


def _records(name: str, table: Table) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": table.about,
        "key": {"@id": f"{name}/{table.columns[0].name}"},
        "field": [_field(name, column) for column in table.columns],
    }


def _field(table: str, column: Column) -> dict[str, Any]:
    several = column.kind is Kind.LIST
    return {
        "@type": "cr:Field",
        "@id": f"{table}/{column.name}",
        "name": column.name,
        "description": column.about,
        "dataType": "sc:URL" if column.holds_iris else _TYPES[column.kind],
        **({"repeated": True} if several else {}),
        "source": {
            "fileObject": {"@id": f"{table}.csv"},
            "extract": {"column": column.name},
            **({"transform": {"separator": SEPARATOR}} if several else {}),
        },
    }
