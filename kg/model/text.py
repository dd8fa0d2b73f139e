"""An article as read: text, its parts by character offset, and what its source says about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kg.model.date import PartialDate


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters ``begin`` (included) to ``end`` (excluded) of an article's text."""

    begin: int
    end: int

    def of(self, text: str) -> str:
        """The characters themselves."""
        return text[self.begin : self.end]


class Part(StrEnum):
    """What a paragraph of a file is."""

    HEADLINE = "headline"
    BODY = "body"
    CAPTION = "caption"
    FURNITURE = "furniture"  # header lines, bylines, page links: kept for offsets, never read for facts


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph by its place; a dateline is not part of the body paragraph that follows it."""

    begin: int
    end: int
    part: Part


class Withdrawal(StrEnum):
    """How a publisher takes an item back, in the words of IPTC's ``pubStatus``."""

    WITHHELD = "withheld"
    CANCELED = "canceled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One of the versions of an article that its publisher calls by one name: which it is, whether it is taken back."""

    name: str
    number: int | None = None
    withdrawn: Withdrawal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One news report.

    ``text`` is the decoded file, unchanged: every offset counts its characters. ``published`` and ``updated`` are
    ISO 8601 (a date, or a date-time with or without zone), ``None`` where the source does not say; nothing is guessed.
    ``names`` are what the text calls countries and organisations beside their labels, ``None`` where nobody has looked.
    ``address`` is where it stands on the web; ``sketch`` tells copies of it (:mod:`kg.model.sketch`).
    """

    id: str
    path: str
    text: str
    paragraphs: tuple[Paragraph, ...]
    headline: str | None = None
    publisher: str | None = None
    agency: str | None = None
    byline: str | None = None
    dateline: str | None = None
    dateline_date: PartialDate | None = None
    published: str | None = None
    updated: str | None = None
    language: str = "en"
    names: tuple[str, ...] | None = None
    address: str | None = None
    version: Version | None = None
    sketch: bytes | None = None
