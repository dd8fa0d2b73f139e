"""The time of publication that stands below menus, pictures and links, where no line of the header told it."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import replace
from typing import Final

from kg.model.date import PartialDate
from kg.model.text import Paragraph, Part
from kg.read.day import days_today, days_told
from kg.read.header import read_header_line
from kg.read.masthead import Masthead
from kg.read.source import SENTENCE_END
from kg.read.stamp import read_stamps

_SEARCHED: Final = 30  # lines below the header in which it is looked for
_LONGEST: Final = 160
_TELLING: Final = 2  # paragraphs of the report behind which no line is its header's any more
_PROSE: Final = 12  # words of such a paragraph
_JUST_BEFORE: Final = 14  # days from what a report tells to its publication
_FAR: Final = 40  # days from any day that a report tells of to a day that it was not published on


def read_late_stamp(text: str, body: list[Paragraph], masthead: Masthead) -> list[Paragraph]:
    """The same paragraphs; a line with the time of publication, now told to ``masthead``, is furniture among them.

    Lines that are only days are the headings of a diary where there are several of them.
    """
    if masthead.published is not None or masthead.updated is not None or masthead.dated is not None:
        return body
    found = [index for index in _header_lines(text, body) if _tells_time(_line(text, body[index]), masthead)]
    if not found or (len(found) > 1 and _is_day(_line(text, body[found[0]]))):
        return body
    index = found[0]
    read_header_line(_line(text, body[index]), masthead, open_head=True)
    return [*body[:index], replace(body[index], part=Part.FURNITURE), *body[index + 1 :]]


def decide_day(text: str, body: list[Paragraph], masthead: Masthead) -> None:
    """Tell ``masthead`` the day that the report calls today, and which reading of a day in figures is meant.

    That is the one just before which the report's days lie.
    """
    if masthead.published is None and masthead.updated is None:
        masthead.set_first("dated", _today(text, body))
    days = [dt.date.fromisoformat(day) for day in masthead.open_days]
    if not days or masthead.published is not None or masthead.dated is not None or masthead.dateline_date is not None:
        return
    report = text[body[0].begin : body[-1].end] if body else ""
    near = [day for day in days if any(0 <= gap <= _JUST_BEFORE for gap in _gaps(day, report))]
    far = [day for day in days if all(abs(gap) > _FAR for gap in _gaps(day, report))]
    if len(near) == 1 and len(near) + len(far) == len(days):
        masthead.dated = near[0].isoformat()


def _today(text: str, body: list[Paragraph]) -> str | None:
    """The one day, with its year, that the first paragraphs call today: "received him today, 02 February 2020"."""
    told = [text[p.begin : p.end] for p in body if p.part is Part.BODY][:_TELLING]
    days = {str(day) for day in days_today("\n".join(told)) if day.year is not None}
    return days.pop() if len(days) == 1 else None


def _gaps(day: dt.date, report: str) -> list[int]:
    """How many days before this one the days of the report lie."""
    return [gap for told in days_told(report) if (gap := _gap(day, told)) is not None]


def _gap(day: dt.date, told: PartialDate) -> int | None:
    """Days from what is told to the day; a day without a year is the one nearest to it."""
    years = [told.year] if told.year else [day.year - 1, day.year, day.year + 1]
    days = [PartialDate(year=year, month=told.month, day=told.day) for year in years if _is_day_of(year, told)]
    gaps = [(day - dt.date.fromisoformat(str(each))).days for each in days]
    return min(gaps, key=abs) if gaps else None


def _is_day_of(year: int, told: PartialDate) -> bool:
    return (told.month, told.day) != (2, 29) or calendar.isleap(year)


def _header_lines(text: str, body: list[Paragraph]) -> list[int]:
    """The short lines before the report is well under way."""
    lines, told = [], 0
    for index, paragraph in enumerate(body[:_SEARCHED]):
        line = text[paragraph.begin : paragraph.end]
        if paragraph.part is Part.BODY and len(line.split()) >= _PROSE and SENTENCE_END.search(line):
            told += 1
        elif told < _TELLING and len(line) <= _LONGEST:
            lines.append(index)
    return lines


def _tells_time(line: str, masthead: Masthead) -> bool:
    trial = Masthead(masthead.is_place, headline="")
    return read_header_line(line, trial, open_head=True) and bool(trial.published or trial.updated or trial.open_days)


def _is_day(line: str) -> bool:
    """Whether the line is a day without a clock, a label or other words."""
    stamps = read_stamps(line)
    return (
        stamps is not None
        and not stamps.pieces
        and all(not s.field and "T" not in (s.moment or "") for s in stamps.stamps)
    )


def _line(text: str, paragraph: Paragraph) -> str:
    return text[paragraph.begin : paragraph.end]
