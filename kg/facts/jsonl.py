"""Reports as JSON objects, one a line, and back; the text of an article does not travel with its facts.

People and places are named inside the facts and described once, under ``leaders`` and ``places``.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from typing import Any, Final

from kg.errors import SeedError
from kg.facts.agreement.record import Agreement
from kg.facts.anniversary.record import Anniversary
from kg.facts.contact.record import Contact
from kg.facts.decode import read_report
from kg.facts.fields import Fields, Path
from kg.facts.report import Report
from kg.facts.statement.record import Statement
from kg.facts.summit.record import Summit
from kg.facts.tenure.record import Tenure
from kg.model.date import PartialDate, When
from kg.model.entity import Leader, Place, SummitEdition
from kg.model.fact import Evidence
from kg.model.text import Article, Version
from kg.read.remote import Location

Json = dict[str, Any]
_BEGIN: Final = 4096
_REPORT: Final = re.compile(rb'\{\s*(?:"article"\s*:\s*\{|\}|"(?:leaders|contacts|facts)"\s*:)')


def to_line(report: Report) -> str:
    """One line of JSON Lines, without its line end; keys always in the same order."""
    return json.dumps(to_json(report), ensure_ascii=False)


def holds_reports(file: Location) -> bool:
    """Whether a file ends with ``.jsonl`` and its first line is a report or nothing: others hold articles."""
    if file.suffix != ".jsonl":
        return False
    try:
        with file.open("rb") as lines:
            begin = lines.read(_BEGIN).lstrip(b"\xef\xbb\xbf \t\r\n")
    except OSError:
        return True
    return not begin or _REPORT.match(begin) is not None


def from_line(line: str, file: str, number: int) -> Report:
    """The report of one line.

    Raises:
        SeedError: not JSON, an unknown key or a bad value; names file and line.
    """
    try:
        table = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise SeedError(file, number, f"not JSON: {error}") from error
    return from_json(table, file, number)


def from_json(table: object, file: str, number: int) -> Report:
    """The report of a JSON object that stands in that line of the file.

    Raises:
        SeedError: an unknown key or a bad value; names file and line.
    """

    def fault(path: Path, reason: str) -> SeedError:
        where = "/".join(map(str, path))
        return SeedError(file, number, f"{where}: {reason}" if where else reason)

    return read_report(Fields(table, (), fault))


def to_json(report: Report) -> Json:
    """The report as the JSON object of one article."""
    return {
        "article": _article(report.article),
        "leaders": [_leader(who) for who in _people(report)],
        "places": [{"name": place.name, "country": place.country} for place in _places(report)],
        "contacts": [_contact(contact) for contact in report.contacts],
        "summits": [_summit(summit) for summit in report.summits],
        "agreements": [_agreement(agreement) for agreement in report.agreements],
        "anniversaries": [_anniversary(anniversary) for anniversary in report.anniversaries],
        "tenures": [_tenure(tenure) for tenure in report.tenures],
        "statements": [_statement(statement) for statement in report.statements],
        "problems": [
            {"kind": p.kind.value, "begin": p.begin, "end": p.end, "detail": p.detail} for p in report.problems
        ],
    }


def _people(report: Report) -> Sequence[Leader]:
    """Everybody whom the report names, once; the listed ones first."""
    named = [*report.leaders]
    named += [who for contact in report.contacts for who in contact.participants]
    named += [who for summit in report.summits for who in summit.participants]
    named += [who for agreement in report.agreements for who in agreement.by]
    named += [who for t in report.tenures for who in (t.holder, t.preceded_by) if who is not None]
    named += [statement.speaker for statement in report.statements]
    seen: dict[str, Leader] = {}
    for who in named:
        seen.setdefault(who.name, who)
    return list(seen.values())


def _places(report: Report) -> Sequence[Place]:
    """Every place that a fact names, once, in the order of the facts."""
    named = [contact.place for contact in report.contacts] + [summit.place for summit in report.summits]
    seen: dict[str, Place] = {}
    for place in named:
        if place is not None:
            seen.setdefault(place.name, place)
    return list(seen.values())


def _leader(who: Leader) -> Json:
    return {
        "name": who.name, "office": who.office, "country": who.country, "wikidata": who.wikidata,
        "written": who.written,
    }  # fmt: skip


def _article(article: Article) -> Json:
    return {
        "id": article.id, "path": article.path, "headline": article.headline, "publisher": article.publisher,
        "agency": article.agency, "byline": article.byline, "published": article.published,
        "updated": article.updated, "dateline": article.dateline, "dateline_date": _date(article.dateline_date),
        "language": article.language, "names": None if article.names is None else list(article.names),
        "address": article.address, "version": _version(article.version),
        "sketch": None if article.sketch is None else b64encode(article.sketch).decode(),
    }  # fmt: skip


def _version(version: Version | None) -> Json | None:
    if version is None:
        return None
    return {"name": version.name, "number": version.number, "withdrawn": version.withdrawn}


def _date(date: PartialDate | None) -> str | None:
    return None if date is None else str(date)


def _when(when: When) -> Json:
    return {
        "date": _date(when.date),
        "earliest": when.earliest.isoformat() if when.earliest else None,
        "latest": when.latest.isoformat() if when.latest else None,
        "precision": when.precision.value if when.precision else None,
    }


def _evidence(evidence: Sequence[Evidence]) -> list[Json]:
    return [
        {
            "begin": e.begin, "end": e.end, "rule": e.rule, "quote": e.quote, "date_text": e.date_text,
            "stated_date": _date(e.stated_date), "attributed_to": e.attributed_to,
            "antecedents": [list(span) for span in e.antecedents],
        }
        for e in evidence
    ]  # fmt: skip


def _edition(edition: SummitEdition | None) -> Json | None:
    if edition is None:
        return None
    return {"series": edition.series, "year": edition.year, "place": edition.place}


def _contact(contact: Contact) -> Json:
    return {
        "id": contact.id, "kind": contact.kind.value, "status": contact.status.value,
        "format": contact.format.value if contact.format else None,
        "participants": [who.name for who in contact.participants], **_when(contact.when),
        "place": contact.place.name if contact.place else None, "summit": _edition(contact.summit),
        "duration": contact.duration, "first_meeting": contact.first_meeting,
        "evidence": _evidence(contact.evidence),
    }  # fmt: skip


def _summit(summit: Summit) -> Json:
    return {
        "series": summit.series, "name": summit.name, "year": summit.year,
        "place": summit.place.name if summit.place else None, **_when(summit.when),
        "status": summit.status.value if summit.status else None, "organiser": summit.organiser,
        "observed_on": [day.isoformat() for day in summit.observed_on],
        "participants": [who.name for who in summit.participants], "evidence": _evidence(summit.evidence),
    }  # fmt: skip


def _agreement(agreement: Agreement) -> Json:
    return {
        "act": agreement.act.value, "topic": agreement.topic, "head": agreement.head,
        "parties": list(agreement.parties), "concerns": list(agreement.concerns),
        "by": [who.name for who in agreement.by], "concluded_at": agreement.concluded_at, **_when(agreement.when),
        "evidence": _evidence(agreement.evidence),
    }  # fmt: skip


def _anniversary(anniversary: Anniversary) -> Json:
    return {
        "ordinal": anniversary.ordinal, "of": anniversary.of, "head": anniversary.head, "year": anniversary.year,
        "base_year": anniversary.base_year, "parties": list(anniversary.parties), **_when(anniversary.when),
        "relative_to": anniversary.relative_to,
        "relative_days": list(anniversary.relative_days) if anniversary.relative_days else None,
        "evidence": _evidence(anniversary.evidence),
    }  # fmt: skip


def _tenure(tenure: Tenure) -> Json:
    bounds: Mapping[str, Any] = {
        name: getattr(tenure, name).isoformat() if getattr(tenure, name) else None
        for name in ("start_earliest", "start_latest", "end_earliest", "end_latest")
    }
    return {
        "holder": tenure.holder.name, "office": tenure.office, "country": tenure.country,
        "start": _date(tenure.start), "end": _date(tenure.end), **bounds,
        "observed_on": [str(date) for date in tenure.observed_on],
        "preceded_by": tenure.preceded_by.name if tenure.preceded_by else None,
        "evidence": _evidence(tenure.evidence),
    }  # fmt: skip


def _statement(statement: Statement) -> Json:
    return {
        "speaker": statement.speaker.name, "about": list(statement.about),
        "about_anniversary": list(statement.about_anniversary) if statement.about_anniversary else None,
        "made_at": statement.made_at, "evidence": _evidence(statement.evidence),
    }  # fmt: skip
