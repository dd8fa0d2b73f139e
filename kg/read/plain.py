"""Plain text to an article: header, report, captions and furniture, each by its place; nothing is guessed."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from hashlib import blake2b

from kg.errors import ArticleError
from kg.model.sketch import sketch_of
from kg.model.text import Article, Part
from kg.read.body import read_body
from kg.read.decode import decode
from kg.read.furniture import is_credit, is_furniture
from kg.read.head import read_head
from kg.read.header import is_strong
from kg.read.language import refuse_foreign
from kg.read.late import decide_day, read_late_stamp
from kg.read.layout import lay_out
from kg.read.masthead import Masthead
from kg.read.prose import refuse_non_article


def read_text(content: bytes, path: str, is_place: Callable[[str], bool]) -> Article:
    """The article in a plain text file.

    ``is_place`` says whether a name is a town's or a country's: only such a name opens a dateline in mixed case.

    Raises:
        ArticleError: the file is empty, too large, no text, no article, or in another language than English.
    """
    return read_report(decode(content, path), path, Masthead(is_place))


def read_report(text: str, path: str, masthead: Masthead) -> Article:
    """The article of a text; what ``masthead`` has already, as from the source's own fields, the text does not change.

    Raises:
        ArticleError: no article, or in another language than English.
    """
    refuse_non_article(text, path)
    refuse_foreign(text, path, masthead.language)
    masthead.language = "en"
    lines = lay_out(text, _stands_alone)
    head = read_head(text, lines, masthead)
    body = read_body(text, lines[head.used :], masthead, masthead.is_place)
    paragraphs = (*head.paragraphs, *read_late_stamp(text, body, masthead))
    decide_day(text, body, masthead)
    masthead.conclude()
    if all(paragraph.part is Part.FURNITURE for paragraph in paragraphs):
        raise ArticleError(path, "not an article: nothing but header lines and links")
    return Article(
        id=article_id(text),
        path=path,
        text=text,
        paragraphs=paragraphs,
        headline=masthead.headline,
        publisher=masthead.publisher,
        agency=masthead.agency,
        byline=masthead.byline,
        dateline=masthead.dateline,
        dateline_date=masthead.dateline_date,
        published=masthead.published,
        updated=masthead.updated,
        language=masthead.language,
        sketch=sketch_of("\n".join(text[p.begin : p.end] for p in paragraphs if p.part is Part.BODY)),
    )


def article_id(text: str) -> str:
    """The digest that names an article: the same for the same words, however they are spaced and composed."""
    return blake2b(" ".join(unicodedata.normalize("NFC", text).split()).encode(), digest_size=10).hexdigest()


def _stands_alone(line: str) -> bool:
    return is_furniture(line) or is_credit(line) or is_strong(line)
