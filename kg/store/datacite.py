"""The data set as DataCite 4 JSON, which repositories and catalogues of research data take."""

from __future__ import annotations

import json
from typing import Any, Final

from kg.store.described import ABOUT, KEYWORDS, TITLE, DataSet
from kg.store.prefixes import DIP

SCHEMA: Final = "http://datacite.org/schema/kernel-4"
_HOW: Final = "Read from the reports by rules, without a model: each fact names its article, its sentence and its rule."


def datacite(dataset: DataSet) -> bytes:
    """The description, after the schema of DataCite 4.3; a graph without any report has no year."""
    told = {
        "schemaVersion": SCHEMA,
        "identifiers": [{"identifier": dataset.iri, "identifierType": "URL"}],
        "creators": [{"name": TITLE, "nameType": "Organizational"}],
        "titles": [{"title": TITLE, "lang": "en"}],
        "publisher": TITLE,
        **({"publicationYear": f"{dataset.day.year:04}"} if dataset.day else {}),
        "types": {"resourceType": "Knowledge graph", "resourceTypeGeneral": "Dataset"},
        "subjects": [{"subject": word, "lang": "en"} for word in KEYWORDS],
        "dates": _dates(dataset),
        "language": "en",
        "alternateIdentifiers": [
            {"alternateIdentifier": kept.checksum, "alternateIdentifierType": f"SHA-256 of {name}"}
            for name, (_, kept) in dataset.files.items()
        ],
        "relatedIdentifiers": [
            {
                "relatedIdentifier": DIP.rstrip("#"),
                "relatedIdentifierType": "URL",
                "relationType": "IsDocumentedBy",
            }
        ],
        "sizes": [f"{name}: {kept.size} bytes" for name, (_, kept) in dataset.files.items()],
        "formats": sorted({file.media for file, _ in dataset.files.values()}),
        "version": dataset.version,
        "rightsList": [_rights(dataset.licence)],
        "descriptions": [
            {"description": ABOUT, "descriptionType": "Abstract", "lang": "en"},
            {"description": _HOW, "descriptionType": "Methods", "lang": "en"},
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n"


def _rights(licence: str) -> dict[str, str]:
    return {"rightsUri": licence} if licence else {"rights": "No licence is stated", "lang": "en"}


def _dates(dataset: DataSet) -> list[dict[str, Any]]:
    """The day it was issued, and the days between which the reports were published."""
    issued = [{"date": dataset.day.isoformat(), "dateType": "Issued"}] if dataset.day else []
    if dataset.reported is None:
        return issued
    first, last = dataset.reported
    told = {"date": f"{first}/{last}", "dateType": "Other", "dateInformation": "the oldest and the newest report"}
    return [*issued, told]
