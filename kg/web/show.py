"""How terms look on a page: labels before IRIs, nothing that can act, nothing that can turn the line around."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from flask import Flask, request, url_for
from markupsafe import Markup, escape

from kg.engine.reader import Table, Term
from kg.query.kinds import CLASSES
from kg.query.names import Name, Names
from kg.store.prefixes import DIP, PREFIXES, XSD
from kg.web.phrases import seen_from_there, spoken
from kg.web.site import site

_UNSEEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_DATE: Final = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}(/[0-9]{4}(-[0-9]{2}){0,2})?")
# What a page shows of an answer; the downloads hold all.
MOST_ROWS: Final = 500
MOST_BYTES: Final = 4 * 1024**2
MOST_COLUMNS: Final = 50
_LINKED: Final = re.compile(r"https?://", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a page's table: the variable, and the one that holds its label, if there is one."""

    name: str
    label: str | None = None

    @property
    def title(self) -> str:
        """The heading."""
        return words(self.name)


def columns(table: Table) -> list[Column]:
    """The columns to show: ``x`` and ``xName`` are one."""
    known = set(table.columns)
    labels = {f"{name}Name" for name in known} & known
    return [
        Column(name=name, label=f"{name}Name" if f"{name}Name" in labels else None)
        for name in table.columns
        if name not in labels
    ]


def inert(text: str) -> str:
    """The text with its control and direction characters made visible."""
    return _UNSEEN.sub(lambda match: f"⟨U+{ord(match[0]):04X}⟩", text)


def words(name: str) -> str:
    """A name in camel case as words: ``plannedParticipant`` is "planned participant"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|[_-]", " ", name).lower()


def link(iri: str, label: str | None = None) -> Markup:
    """A link to our page of a thing, or outward; a bare text where the IRI is not one to follow."""
    name = site().reader.names().get(iri)
    text = inert(label or (name.label if name else short(iri)))
    path = site().path(iri)
    if iri.startswith(DIP):
        return Markup('<a href="{}">{}</a>').format(url_for("catalog.ontology", _anchor=iri.removeprefix(DIP)), text)
    if path is not None:
        return Markup('<a href="{}"><bdi>{}</bdi></a>').format(url_for("things.page", path=path), text)
    if _LINKED.match(iri):
        return Markup('<a href="{}" rel="noreferrer noopener" class="outward"><bdi>{}</bdi></a>').format(iri, text)
    return Markup("<bdi>{}</bdi>").format(text)


def cell(term: Term | None, label: Term | None = None) -> Markup:
    """A term as a page shows it."""
    if term is None:
        return Markup("<bdi>{}</bdi>").format(inert(label.value)) if label else Markup("")
    if term.is_iri:
        return link(term.value, label.value if label else None)
    if _DATE.fullmatch(term.value):
        return Markup('<span class="date">{}</span>').format(term.value.replace("/", " – "))
    if term.datatype == XSD + "duration":
        return Markup("{}").format(spoken(term.value))
    # What GROUP_CONCAT joined for a spreadsheet stands line by line on a page.
    return Markup("<br>").join(Markup("<bdi>{}</bdi>").format(inert(part)) for part in term.value.split(" | "))


def short(iri: str) -> str:
    """An IRI as a prefixed name where one fits, else its last part."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and len(iri) > len(namespace):
            rest = iri.removeprefix(namespace)
            return words(rest) if prefix == "dip" else f"{prefix}:{rest}"
    path = site().path(iri)
    return path if path is not None else iri


def kind_words(kind: str, count: int) -> str:
    """The kind as people call it, for so many."""
    known = CLASSES.get(kind)
    if known is None:
        return words(kind)
    return known.one if count == 1 else known.many


def page_number() -> int:
    """The page that the request is for; the first where it does not say, or nothing that can be."""
    told = request.args.get("page", "")
    return max(int(told), 1) if re.fullmatch("[0-9]{1,6}", told, re.ASCII) else 1


def newest(names: Names, kinds: frozenset[str], most: int) -> list[Name]:
    """The things of these kinds with the latest dates, newest first."""
    return [name for name in names.of_kinds(kinds) if name.date][:most]


def register(app: Flask) -> None:
    """Nothing; templates know these words."""
    app.jinja_env.filters.update(inert=inert, words=words, short=short, spoken=spoken, seen_from_there=seen_from_there)
    app.jinja_env.globals.update(
        link=link, cell=cell, kind_words=kind_words, site=site, escape=escape, most_columns=MOST_COLUMNS
    )
