"""How a page is cited: as plain text, BibTeX and CSL-JSON, with the generation that it was read in."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, Response, abort

from kg.store import manifest
from kg.web.show import brief, inert, kind_words
from kg.web.site import site

bp = Blueprint("cite", __name__)

TITLE: Final = "Diplomacy KG"
_SPECIAL: Final = re.compile(r"[\\{}$&#^_%~]")
_WRITTEN: Final = {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}
_MEDIA: Final = {
    "txt": "text/plain; charset=utf-8",
    "bib": "application/x-bibtex; charset=utf-8",
    "json": "application/vnd.citationstyles.csl+json",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A thing, and the state of the graph that is cited."""

    label: str
    kind: str
    iri: str
    generation: int
    digest: str
    day: dt.date

    @property
    def version(self) -> str:
        """The state of the graph."""
        return f"generation {self.generation}" + (f", SHA-256 {self.digest[:16]}" if self.digest else "")

    @property
    def plain(self) -> str:
        """A line of text."""
        return (
            f"“{self.label}” ({self.kind}). {TITLE}, generation {self.generation} of {_spoken(self.day)}"
            f"{f' (SHA-256 {self.digest[:16]})' if self.digest else ''}. {self.iri}"
        )

    @property
    def bibtex(self) -> str:
        """An entry of BibTeX."""
        key = re.sub(r"[^a-z0-9]+", "-", self.iri.rpartition("/id/")[2].lower()).strip("-")
        return (
            f"@misc{{diplomacy-kg-{key},\n  title = {{{{{_tex(self.label)}}}}},\n  howpublished = {{{TITLE}}},\n"
            f"  version = {{{self.version}}},\n"
            f"  year = {{{self.day.year}}},\n  month = {{{self.day.month}}},\n  day = {{{self.day.day}}},\n"
            f"  url = {{{_tex(self.iri)}}}\n}}\n"
        )

    @property
    def csl(self) -> str:
        """An item of CSL-JSON."""
        item = {
            "id": self.iri,
            "type": "entry",
            "title": self.label,
            "genre": self.kind,
            "container-title": TITLE,
            "version": self.version,
            "issued": {"date-parts": [[self.day.year, self.day.month, self.day.day]]},
            "URL": self.iri,
        }
        return json.dumps([item], indent=1) + "\n"


@bp.get("/cite/<path:file>")
def citation(file: str) -> Response:
    """The citation of a thing; the file is its path and a suffix."""
    path, _, suffix = file.rpartition(".")
    name = site().reader.names().get(site().thing(path))
    if suffix not in _MEDIA or name is None:
        abort(404, "a citation is the path of a thing that has a name, and .txt, .bib or .json")
    cited = cite(name.iri, name.label, name.kind)
    text = {"txt": cited.plain + "\n", "bib": cited.bibtex, "json": cited.csl}[suffix]
    return Response(text, content_type=_MEDIA[suffix])


def cite(iri: str, label: str, kind: str) -> Citation:
    """The citation of a thing in the live generation."""
    generation = site().reader.pool.generation
    return Citation(
        label=brief(" ".join(inert(label).split())),
        kind=kind_words(kind, 1),
        iri=iri,
        generation=generation.number,
        digest=generation.content,
        day=published(),
    )


@bp.app_template_global()
def published() -> dt.date:
    """The day on which the live generation was published here."""
    generation = site().reader.pool.generation
    try:
        seconds = (generation.path / manifest.NAME).stat().st_mtime
    except OSError:
        return site().today()
    return dt.datetime.fromtimestamp(seconds, dt.UTC).date()


def _spoken(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"


def _tex(text: str) -> str:
    return _SPECIAL.sub(lambda match: _WRITTEN.get(match[0], f"\\{match[0]}"), text)
