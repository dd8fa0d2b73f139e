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
from kg.web.phrases import called, day_in_words, seen_from_there, spoken
from kg.web.site import site
from kg.web.terms import terms

_UNSEEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_DATE: Final = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}(/[0-9]{4}(-[0-9]{2}){0,2})?")
# What a page shows of an answer; the downloads hold all.
MOST_ROWS: Final = 500
MOST_BYTES: Final = 4 * 1024**2
MOST_COLUMNS: Final = 50
MOST_TERMS: Final = 12
# A view asks for all rows of an answer that has more than one page, up to so many.
MOST_DRAWN: Final = 20_000
_MOST_THINGS: Final = 100
_LONGEST_LINK: Final = 160
# How views draw a column: the ends of a line, when, what, how many, where.
ROLES: Final = {
    **dict.fromkeys(("leader", "one", "from", "party"), "source"),
    **dict.fromkeys(("counterpart", "other", "to"), "target"),
    **dict.fromkeys(("first", "second"), "through"),
    **dict.fromkeys(("when", "year", "month", "published", "since", "latest", "day"), "date"),
    "until": "end",
    **dict.fromkeys(("event", "meeting", "call", "plan", "anniversary", "agreement", "tenure", "article"), "label"),
    **dict.fromkeys(("meetings", "calls", "sources", "sentences", "agreements", "events", "count"), "value"),
    **dict.fromkeys(("place", "where"), "place"),
    "lat": "lat",
    "long": "long",
    **dict.fromkeys(("kind", "status", "state", "how", "act"), "kind"),
}
_LAST_DAY: Final = re.compile(r"(?<=\s)[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?\Z", re.ASCII)
_MOMENT: Final = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}:[0-9]{2})(?=[:0-9.]*(?:Z|[+-][0-9:]{5})?$)", re.ASCII
)
_LINKED: Final = re.compile(r"https?://", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a page's table: the variable, and the one that holds its label, if there is one."""

    name: str
    label: str | None = None

    @property
    def role(self) -> str | None:
        """What a view takes it for: the end of a line, a time, a length; ``None`` for what only the table shows."""
        return ROLES.get(self.name)

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


def brief(text: str, most: int = 280) -> str:
    """The text, or as many whole words of its beginning as have room in so many characters."""
    if len(text) <= most:
        return text
    begun = text[:most]
    return f"{begun.rsplit(' ', 1)[0] if ' ' in begun[most // 2 :] else begun}…"


def words(name: str) -> str:
    """A name in camel case as words: ``plannedParticipant`` is "planned participant"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|[_-]", " ", name).lower()


def link(iri: str, label: str | None = None) -> Markup:
    """A link to our page of a thing, or outward; a bare text where the IRI is not one to follow."""
    name = site().reader.names().get(iri)
    text = brief(inert(label or (name.label if name else short(iri))), _LONGEST_LINK)
    path = site().path(iri)
    if iri.startswith(DIP):
        return Markup('<a href="{}">{}</a>').format(_term_page(iri.removeprefix(DIP)), text)
    if path is not None:
        return Markup('<a href="{}"><bdi>{}</bdi></a>').format(url_for("things.page", path=path), _whole(text))
    if _LINKED.match(iri):
        return Markup('<a href="{}" rel="noreferrer noopener" class="outward"><bdi>{}</bdi></a>').format(iri, text)
    return Markup("<bdi>{}</bdi>").format(text)


def _whole(text: str) -> Markup:
    """A name, the day at its end as one word."""
    day = _LAST_DAY.search(text)
    if day is None:
        return escape(text)
    return Markup('{}<span class="date">{}</span>').format(text[: day.start()], day[0])


def _term_page(name: str) -> str:
    """The page of a term of ours; the list of all where there is none of that name."""
    return url_for("catalog.term", name=name) if name in terms() else url_for("catalog.ontology")


def titled(name: Name) -> Markup:
    """A link to a thing, without the kind and the day that stand beside it."""
    label = bare(name)
    day = day_in_words(name.date)
    return link(name.iri, label.removesuffix(day).rstrip(", ") or label if day else label)


def cell(term: Term | None, label: Term | None = None) -> Markup:
    """A term as a page shows it."""
    if term is None:
        return Markup("<bdi>{}</bdi>").format(inert(label.value)) if label else Markup("")
    if term.is_iri:
        return link(term.value, label.value if label else None)
    return _timed(term) or _listed(term.value)


def _timed(term: Term) -> Markup | None:
    """A time or how long it took; ``None`` for what is neither."""
    if _DATE.fullmatch(term.value):
        return dated(term.value)
    if term.datatype == XSD + "dateTime" and (moment := _MOMENT.match(term.value)):
        return Markup('<time datetime="{}">{}, {}</time>').format(term.value, day_in_words(moment[1]), moment[2])
    if term.datatype == XSD + "duration":
        return Markup("{}").format(spoken(term.value))
    return None


def _listed(text: str) -> Markup:
    """A text; what GROUP_CONCAT joined for a spreadsheet, line by line, or as links where it joined things."""
    if things := _things(text):
        return Markup(", ").join(map(link, things))
    return Markup("<br>").join(Markup("<bdi>{}</bdi>").format(inert(part)) for part in text.split(" | "))


def dated(text: str) -> Markup:
    """A day, a month, a year or the two ends of an interval, for people and for machines."""
    ends = text.split("/")
    if len(set(ends)) == 1 or len(ends) == 1:
        return Markup('<time class="date" datetime="{0}">{0}</time>').format(ends[0])
    return Markup('<span class="date"><time datetime="{0}">{0}</time> – <time datetime="{1}">{1}</time></span>').format(
        *ends
    )


def _things(text: str) -> list[str]:
    """The IRIs of ours that a text is made of, by their names; none where it holds anything else."""
    if not text.startswith(site().settings.base_iri):
        return []
    iris = text.split(" ")
    if len(iris) > _MOST_THINGS or any(site().path(iri) is None for iri in iris):
        return []
    names = site().reader.names()
    return sorted(iris, key=lambda iri: name.label if (name := names.get(iri)) else iri)


def short(iri: str) -> str:
    """An IRI as a prefixed name where one fits, else its last part."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and len(iri) > len(namespace):
            rest = iri.removeprefix(namespace)
            if prefix == "wd":
                return f"Wikidata {rest}"
            return words(rest) if prefix == "dip" else f"{prefix}:{rest}"
    path = site().path(iri)
    return path if path is not None else iri


def bare(name: Name) -> str:
    """The label of a thing without its kind before it, where the page says that above, and with its day in words."""
    kind, colon, rest = name.label.partition(": ")
    label = rest if colon and kind.lower() == kind_words(name.kind, 1) else name.label
    if not name.date or not label.endswith(name.date):
        return label
    return f"{label.removesuffix(name.date)}{day_in_words(name.date)}"


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
    return [name for name in names.of_kinds(kinds)[:most] if name.date]


def page_of(iri: str) -> str:
    """The address of our page of a thing; the IRI itself where it has none."""
    path = site().path(iri)
    return url_for("things.page", path=path) if path is not None else iri


def register(app: Flask) -> None:
    """Nothing; templates know these words."""
    app.jinja_env.filters.update(
        inert=inert,
        brief=brief,
        called=called,
        words=words,
        short=short,
        spoken=spoken,
        day_in_words=day_in_words,
        seen_from_there=seen_from_there,
    )
    app.jinja_env.globals.update(
        link=link,
        cell=cell,
        bare=bare,
        dated=dated,
        titled=titled,
        page_of=page_of,
        kind_words=kind_words,
        site=site,
        escape=escape,
        most_columns=MOST_COLUMNS,
        most_terms=MOST_TERMS,
        most_drawn=MOST_DRAWN,
    )
