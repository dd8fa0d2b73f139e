"""A NewsArticle of schema.org, as pages carry it in JSON-LD, to what it tells."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from kg.errors import ArticleError
from kg.read.address import version_of, web_address
from kg.read.markup import has_markup, paragraphs_of
from kg.read.moment import read_moment
from kg.read.told import Told

_ARTICLES: Final = (
    "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "BackgroundNewsArticle", "Article", "BlogPosting",
    "LiveBlogPosting", "OpinionNewsArticle", "Report", "PressRelease", "AdvertiserContentArticle",
)  # fmt: skip
_DEEPEST: Final = 20


def is_article(item: Mapping[str, Any]) -> bool:
    """Whether the object says that it is an article."""
    told = item.get("@type")
    kinds = told if isinstance(told, list) else [told]
    return any(isinstance(kind, str) and kind.rpartition("/")[2] in _ARTICLES for kind in kinds)


def articles_in(value: Any, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """Every article in a JSON-LD document, in its order."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for each in value:
            yield from articles_in(each, depth + 1)
    elif isinstance(value, dict):
        if is_article(value):
            yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item"):
            yield from articles_in(value.get(name), depth + 1)


def told_by(item: Mapping[str, Any], path: str) -> Told:
    """What the article tells.

    Raises:
        ArticleError: it has no ``articleBody``.
    """
    body = text_of(item.get("articleBody")) or text_of(item.get("text"))
    if body is None:
        raise ArticleError(path, "no text: it has no articleBody")
    return fields_of(item, path, paragraphs_of(body) if has_markup(body) else body)


def fields_of(item: Mapping[str, Any], path: str, body: str) -> Told:
    """What the fields tell of a text that may stand elsewhere."""
    name, page = _identified(item.get("@id")), item.get("mainEntityOfPage")
    url = web_address(text_of(item.get("url")), text_of(page), _identified(page), name)
    return Told(
        path=path,
        body=body,
        headline=text_of(item.get("headline")) or text_of(item.get("name")),
        publisher=text_of(item.get("publisher")) or text_of(item.get("sourceOrganization")),
        byline=text_of(item.get("author")) or text_of(item.get("creator")),
        located=text_of(item.get("locationCreated")) or text_of(item.get("dateline")),
        published=read_moment(text_of(item.get("datePublished")) or text_of(item.get("dateCreated"))),
        updated=read_moment(text_of(item.get("dateModified"))),
        language=text_of(item.get("inLanguage")),
        address=text_of(item.get("url")) or name,
        url=url,
        version=version_of(url if url is not None and _is_below_a_host(url) else None),
    )


def _identified(value: Any) -> str | None:
    """What an object or a reference is identified by."""
    return text_of(value.get("@id") if isinstance(value, dict) else value)


def _is_below_a_host(url: str) -> bool:
    """Whether an address is of a page, not of a whole site, as some sites give it for each of their pages."""
    parts = urlsplit(url)
    return bool(parts.path.strip("/") or parts.query)


def text_of(value: Any) -> str | None:
    """The words of a value: itself, its ``name`` or ``@value``, or those of up to three of a list."""
    if isinstance(value, str):
        return html.unescape(value).strip() or None
    if isinstance(value, dict):
        named = (value.get(key) for key in ("name", "alternateName", "@value"))
        return next((text_of(each) for each in named if isinstance(each, str) and each.strip()), None)
    if isinstance(value, list):
        return ", ".join(filter(None, (text_of(each) for each in value[:3] if not isinstance(each, list)))) or None
    return None
