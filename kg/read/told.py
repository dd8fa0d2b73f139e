"""What a source says of an article in fields of its own, and the article that these and its text make.

The fields come first; what they leave open, the header and the dateline in the text may say. The article's text is the
headline, a blank line and the body: offsets count its characters.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from kg.errors import ArticleError
from kg.model.text import Article, Version
from kg.read.address import web_address
from kg.read.dateline import normal_case
from kg.read.decode import LARGEST, refuse_controls
from kg.read.language import is_english
from kg.read.layout import BREAKS
from kg.read.masthead import Masthead
from kg.read.plain import article_id, read_report

_BLANKS = re.compile(rf"[\s{BREAKS}]+")
_LONGEST: Final = 2_000  # characters of a field


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One item of a source: its body, with blank lines between paragraphs, and its fields, ``None`` where it has none.

    ``located`` is the town it was filed from; ``language`` is a tag or a name of it, as given;
    ``address`` is what the source itself knows it by, for the reasons of refusals; ``url`` is a page of the web,
    ``version`` which of its versions it is.
    """

    path: str
    body: str
    headline: str | None = None
    publisher: str | None = None
    agency: str | None = None
    byline: str | None = None
    located: str | None = None
    published: str | None = None
    updated: str | None = None
    language: str | None = None
    address: str | None = None
    url: str | None = None
    version: Version | None = None


def to_article(told: Told, is_place: Callable[[str], bool]) -> Article:
    """The article of an item; of one that is taken back only what it is called.

    Raises:
        ArticleError: it has no text, is too large, is no prose, or in another language than English.
    """
    headline, body = _line(told.headline), told.body.strip()
    if told.version is not None and told.version.withdrawn is not None:
        return _withdrawn(told, told.version, headline)
    if not body:
        raise ArticleError(told.path, "no text")
    if len(body) > LARGEST:
        raise ArticleError(told.path, f"too large: {len(body):,} characters, at most {LARGEST:,} are read")
    if headline and _BLANKS.sub(" ", body[: len(headline) * 2 + 8]).startswith(headline + " "):
        body = _without_first_line(body, headline)
    text = f"{headline}\n\n{body}" if headline else body
    refuse_controls(text, told.path)
    article = read_report(text, told.path, _masthead(told, headline, is_place))
    return replace(article, address=web_address(told.url), version=told.version)


def taken_back(article: Article) -> ArticleError | None:
    """Why an article is none any more: its publisher takes it back."""
    if article.version is None or article.version.withdrawn is None:
        return None
    return ArticleError(article.path, f"its publisher says that it is {article.version.withdrawn}")


def _withdrawn(told: Told, version: Version, headline: str | None) -> Article:
    """An article without text: nothing of what it said is to be read."""
    number = "" if version.number is None else str(version.number)
    return Article(
        id=article_id(
            "\x1f".join((version.name, number, told.updated or told.published or "", version.withdrawn or ""))
        ),
        path=told.path,
        text="",
        paragraphs=(),
        headline=headline,
        published=told.published,
        updated=told.updated,
        version=version,
    )


def _without_first_line(body: str, headline: str) -> str:
    """The body without a first line that is the headline once more."""
    first, _, rest = body.partition("\n")
    return rest.strip() if _BLANKS.sub(" ", first).strip() == headline and rest.strip() else body


def _masthead(told: Told, headline: str | None, is_place: Callable[[str], bool]) -> Masthead:
    masthead = Masthead(is_place, headline=headline)
    masthead.published, masthead.updated = told.published, told.updated
    masthead.labelled = masthead.published is not None
    if masthead.updated == masthead.published:
        masthead.updated = None
    if publisher := _line(told.publisher):
        masthead.take_publisher(publisher)
    masthead.set_first("agency", _line(told.agency))
    if byline := _line(told.byline):
        masthead.take_byline(re.sub(r"^by\s+", "", byline, flags=re.IGNORECASE))
    if located := _line(told.located):
        masthead.set_first("filed_from", normal_case(located.split(",", maxsplit=1)[0].strip()))
    if told.language and not is_english(told.language):
        masthead.language = told.language
    return masthead


def _line(words: str | None) -> str | None:
    """A field on one line, or ``None`` where nothing is in it."""
    return _BLANKS.sub(" ", words or "").strip()[:_LONGEST].strip() or None
