"""One table of JSON or TOML to a report: strict, so that a slip of the pen is told and never swallowed."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from kg.facts.agreement.record import Act, Agreement
from kg.facts.anniversary.record import Anniversary
from kg.facts.contact.record import Contact, ContactFormat, ContactKind
from kg.facts.fields import Fields
from kg.facts.report import Report
from kg.facts.statement.record import Statement
from kg.facts.summit.record import Summit
from kg.facts.tenure.record import Tenure
from kg.model.entity import Leader, Place, SummitEdition
from kg.model.fact import Evidence, Problem, ProblemKind, Status
from kg.model.sketch import is_sketch
from kg.model.text import Article, Version, Withdrawal
from kg.read.address import web_address

# A few people and places come in very many reports: each is one value, of which all of them hold a reference.
_KEPT: Final = 1 << 14
_shared_leader = lru_cache(_KEPT)(Leader)
_shared_place = lru_cache(_KEPT)(Place)
_shared_edition = lru_cache(_KEPT)(SummitEdition)


class _Names:
    """The people and places that a report describes, for the facts that name them."""

    def __init__(self, leaders: Mapping[str, Leader], places: Mapping[str, Place]) -> None:
        self._leaders = leaders
        self._places = places

    def leader(self, name: str) -> Leader:
        """The described leader, or one of whom only the name is known."""
        return self._leaders.get(name) or _shared_leader(name=name)

    def place(self, name: str | None) -> Place | None:
        """The described place, or one of which only the name is known."""
        if name is None:
            return None
        return self._places.get(name) or _shared_place(name=name)


def read_report(fields: Fields, article: Article | None = None) -> Report:
    """The report that a table tells; without ``article`` the table must describe its own.

    Raises:
        Whatever the table's reader makes of an unknown key or a bad value.
    """
    leaders = {who.name: who for who in map(read_leader, fields.tables("leaders"))}
    places = {place.name: place for place in map(_read_place, fields.tables("places"))}
    names = _Names(leaders, places)
    report = Report(
        article=article or read_article(fields),
        leaders=tuple(leaders.values()),
        contacts=tuple(read_contact(row, names, f"c{n}") for n, row in enumerate(fields.tables("contacts"), 1)),
        summits=tuple(read_summit(row, names) for row in fields.tables("summits")),
        agreements=tuple(read_agreement(row, names) for row in fields.tables("agreements")),
        anniversaries=tuple(read_anniversary(row) for row in fields.tables("anniversaries")),
        tenures=tuple(read_tenure(row, names) for row in fields.tables("tenures")),
        statements=tuple(read_statement(row, names) for row in fields.tables("statements")),
        problems=tuple(map(_read_problem, fields.tables("problems"))),
    )
    fields.close()
    return report


def read_article(fields: Fields) -> Article:
    """The article that the table describes; its text is not there."""
    row = fields.table("article")
    if row is None:
        fields.refuse("article", "the table of the article is required")
    names = row.texts("names")
    article = Article(
        id=row.text("id"),
        path=row.text("path"),
        text="",
        paragraphs=(),
        headline=row.optional("headline"),
        publisher=row.optional("publisher"),
        agency=row.optional("agency"),
        byline=row.optional("byline"),
        dateline=row.optional("dateline"),
        dateline_date=row.date("dateline_date"),
        published=row.optional("published"),
        updated=row.optional("updated"),
        language=row.optional("language") or "en",
        names=names if row.has("names") else None,
        address=_read_address(row),
        version=_read_version(row.table("version")),
        sketch=_read_sketch(row),
    )
    row.close()
    return article


def _read_address(row: Fields) -> str | None:
    told = row.optional("address")
    if told is not None and web_address(told) != told:
        row.refuse("address", f"the address of a page is expected, not {told!r}")
    return told


def _read_version(row: Fields | None) -> Version | None:
    if row is None:
        return None
    version = Version(
        name=row.text("name"),
        number=row.optional_number("number"),
        withdrawn=row.optional_choice("withdrawn", Withdrawal),
    )
    row.close()
    return version


def _read_sketch(row: Fields) -> bytes | None:
    told = row.optional("sketch")
    try:
        sketch = None if told is None else b64decode(told, validate=True)
    except ValueError:
        sketch = b""
    if sketch is not None and not is_sketch(sketch):
        row.refuse("sketch", f"no sketch of a text: {told!r}")
    return sketch


def read_leader(row: Fields) -> Leader:
    """One leader, as described."""
    leader = _shared_leader(
        name=row.text("name"),
        office=row.optional("office"),
        country=row.optional("country"),
        wikidata=row.optional("wikidata"),
        written=row.optional("written"),
    )
    row.close()
    return leader


def _read_place(row: Fields) -> Place:
    place = _shared_place(name=row.text("name"), country=row.optional("country"))
    row.close()
    return place


def _read_problem(row: Fields) -> Problem:
    problem = Problem(
        kind=row.choice("kind", ProblemKind),
        begin=row.number("begin"),
        end=row.number("end"),
        detail=row.text("detail"),
    )
    row.close()
    return problem


def _read_evidence(fields: Fields) -> tuple[Evidence, ...]:
    found = []
    for row in fields.tables("evidence"):
        begin = row.number("begin")
        found.append(
            Evidence(
                begin=begin,
                end=row.number("end", least=begin),
                quote=row.text("quote"),
                rule=row.text("rule"),
                date_text=row.optional("date_text"),
                stated_date=row.date("stated_date"),
                attributed_to=row.optional("attributed_to"),
                antecedents=row.spans("antecedents"),
            )
        )
        row.close()
    return tuple(found)


def _read_edition(row: Fields | None) -> SummitEdition | None:
    if row is None:
        return None
    edition = _shared_edition(
        series=row.text("series"), year=row.optional_number("year", least=1), place=row.optional("place")
    )
    row.close()
    return edition


def read_contact(row: Fields, names: _Names, unnamed: str) -> Contact:
    """One contact, of two participants at least; ``unnamed`` is its local id where the table gives none."""
    participants = row.texts("participants")
    if len(set(participants)) < 2:
        row.refuse("participants", "a contact needs two different participants")
    contact = Contact(
        id=row.optional("id") or unnamed,
        kind=row.choice("kind", ContactKind),
        status=row.choice("status", Status),
        format=row.optional_choice("format", ContactFormat),
        participants=tuple(names.leader(name) for name in participants),
        when=row.when(),
        place=names.place(row.optional("place")),
        summit=_read_edition(row.table("summit")),
        duration=row.duration("duration"),
        first_meeting=row.flag("first_meeting"),
        evidence=_read_evidence(row),
    )
    row.close()
    return contact


def read_summit(row: Fields, names: _Names) -> Summit:
    """One summit."""
    series = row.text("series")
    summit = Summit(
        series=series,
        name=row.optional("name") or series,
        year=row.optional_number("year", least=1),
        place=names.place(row.optional("place")),
        when=row.when(),
        status=row.optional_choice("status", Status),
        organiser=row.optional("organiser"),
        observed_on=row.days("observed_on"),
        participants=tuple(names.leader(name) for name in row.texts("participants")),
        evidence=_read_evidence(row),
    )
    row.close()
    return summit


def read_agreement(row: Fields, names: _Names) -> Agreement:
    """One agreement; nobody is both a party and concerned."""
    parties, concerns = row.texts("parties"), row.texts("concerns")
    if both := set(parties) & set(concerns):
        row.refuse("concerns", f"{', '.join(sorted(both))} cannot be a party and only concerned")
    agreement = Agreement(
        act=row.choice("act", Act),
        topic=row.text("topic"),
        head=row.text("head"),
        parties=tuple(sorted(parties)),
        concerns=tuple(sorted(concerns)),
        by=tuple(names.leader(name) for name in row.texts("by")),
        concluded_at=row.optional("concluded_at"),
        when=row.when(),
        evidence=_read_evidence(row),
    )
    row.close()
    return agreement


def read_anniversary(row: Fields) -> Anniversary:
    """One anniversary."""
    anniversary = Anniversary(
        ordinal=row.number("ordinal", least=1),
        of=row.text("of"),
        head=row.text("head"),
        year=row.optional_number("year", least=1),
        base_year=row.optional_number("base_year", least=1),
        parties=tuple(sorted(row.texts("parties"))),
        when=row.when(),
        relative_to=row.optional("relative_to"),
        relative_days=row.pair("relative_days"),
        evidence=_read_evidence(row),
    )
    row.close()
    return anniversary


def read_tenure(row: Fields, names: _Names) -> Tenure:
    """One tenure."""
    before = row.optional("preceded_by")
    tenure = Tenure(
        holder=names.leader(row.text("holder")),
        office=row.text("office"),
        country=row.text("country"),
        start=row.date("start"),
        start_earliest=row.day("start_earliest"),
        start_latest=row.day("start_latest"),
        end=row.date("end"),
        end_earliest=row.day("end_earliest"),
        end_latest=row.day("end_latest"),
        observed_on=row.dates("observed_on"),
        preceded_by=names.leader(before) if before else None,
        evidence=_read_evidence(row),
    )
    row.close()
    return tenure


def read_statement(row: Fields, names: _Names) -> Statement:
    """One statement."""
    statement = Statement(
        speaker=names.leader(row.text("speaker")),
        about=row.texts("about"),
        about_anniversary=row.numbered("about_anniversary"),
        made_at=row.optional("made_at"),
        evidence=_read_evidence(row),
    )
    row.close()
    return statement
