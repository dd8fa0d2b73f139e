"""Answers to take away: as a spreadsheet opens them, as the data of the things in them, and as lines of code."""

from __future__ import annotations

import csv
import io
import json
import shlex
from typing import Final

import pyoxigraph as ox
from flask import Response, url_for

from kg.engine.answer import Question
from kg.engine.guard import Checked
from kg.web import answers
from kg.web.formats import Format
from kg.web.paged import FACTS
from kg.web.site import site

_MOST_THINGS: Final = 1000
_BYTES: Final = 16 << 20
# A spreadsheet would reckon what begins so.
_RECKONED: Final = ("=", "+", "-", "@", "\t", "\r")


def for_a_spreadsheet(question: Question, name: str, query: Checked) -> Response:
    """The answer as CSV that Excel opens with its accents, and in which no text is taken for a formula."""
    response = answers.answer(question, "text/csv", name=name, query=query)
    if response.status_code != 200:
        return response
    tag = response.get_etag()[0]
    response.direct_passthrough = False
    written = response.get_data().decode()
    response.set_data(b"\xef\xbb\xbf" + "".join(_tame(written)).encode())
    response.headers.set("Content-Disposition", "attachment", filename=name)
    if tag is not None:
        response.set_etag(f"{tag}-excel")
    return response


def _tame(written: str) -> list[str]:
    out = io.StringIO()
    sheet = csv.writer(out)
    for row in csv.reader(io.StringIO(written, newline="")):
        sheet.writerow([f"'{cell}" if cell.startswith(_RECKONED) and not _is_number(cell) else cell for cell in row])
    return [out.getvalue()]


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def things(written: str, chosen: Format, media: str, name: str) -> Response:
    """What the graph says of the things in an answer, as RDF: of its facts, or of all where it names none."""
    reader = site().reader
    table = reader.answered(Question(text=written, rows=_MOST_THINGS, bytes=_BYTES))
    columns = [column for column in table.columns if column in FACTS] or table.columns
    found = dict.fromkeys(
        row[column].value for row in table.rows for column in columns if column in row and row[column].is_iri
    )
    kept = [str(ox.NamedNode(iri)) for iri in list(found)[:_MOST_THINGS]]
    text = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ VALUES ?s {{ {' '.join(kept)} }} ?s ?p ?o }}"
    response = answers.answer(Question(text=text, format=chosen.written), media, name=name)
    if table.is_cut or len(found) > _MOST_THINGS:
        response.headers["KG-Truncated"] = f"things={len(kept)}"
    return response


def as_code(name: str, tail: str) -> list[tuple[str, str]]:
    """The same question as an address and in the languages of those who go on with its answer."""
    page = url_for("questions.page", name=name, _external=True) + tail
    table = url_for("questions.download", name=name, suffix="csv", _external=True) + tail
    return [
        ("URL", page),
        ("curl", f"curl -o {name}.csv {shlex.quote(table)}"),
        ("Python", f"import pandas as pd\n\ntable = pd.read_csv({json.dumps(table)})"),
        ("R", f'table <- read.csv({json.dumps(table)}, encoding = "UTF-8")'),
    ]
