"""JSON objects to what they tell: ninjs, schema.org, items of current events, or objects with usual names of fields."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from kg.errors import ArticleError
from kg.read import current_events, ninjs, schema_org
from kg.read.address import web_address
from kg.read.decode import decode
from kg.read.markup import has_markup, paragraphs_of
from kg.read.moment import read_moment
from kg.read.told import Told

_BODY: Final = (
    "text",
    "body",
    "content",
    "article_text",
    "maintext",
    "fulltext",
    "full_text",
    "body_text",
    "articlebody",
)
_MARKUP: Final = ("html", "body_html", "content_html")
_HEADLINE: Final = ("headline", "title")
_PUBLISHED: Final = (
    "published", "date", "published_at", "publishedat", "publication_date", "pub_date", "pubdate", "date_publish",
    "date_published", "datepublished", "created", "timestamp",
)  # fmt: skip
_UPDATED: Final = ("updated", "modified", "updated_at", "date_modified", "datemodified", "last_modified")
_PUBLISHER: Final = ("publisher", "source", "outlet", "site", "sitename", "source_name", "newspaper", "source_domain")
_BYLINE: Final = ("byline", "author", "authors", "creator", "by")
_LANGUAGE: Final = ("language", "lang", "inlanguage")
_PLACE: Final = ("dateline", "located", "location")
_LISTS: Final = ("articles", "items", "results", "data", "news")


def read_records(content: bytes, path: str) -> Iterator[Told | ArticleError]:
    """What a JSON file tells: one object, a list of them, or an object with a list of articles.

    Raises:
        ArticleError: the file is no JSON, or neither of these.
    """
    whole = parse(decode(content, path), path)
    if isinstance(whole, dict) and not _tells(whole):
        whole = next((whole[name] for name in _LISTS if isinstance(whole.get(name), list)), whole)
    if isinstance(whole, dict) and isinstance(whole.get("@graph"), list):
        whole = [item for item in whole["@graph"] if isinstance(item, dict) and schema_org.is_article(item)]
    if isinstance(whole, dict):
        yield told_by(whole, path)
        return
    if not isinstance(whole, list):
        raise ArticleError(path, "neither an article nor a list of articles in JSON")
    if not whole:
        raise ArticleError(path, "no articles: the list is empty")
    for number, item in enumerate(whole, start=1):
        yield attempt(item, f"{path}#{number}")


def attempt(item: Any, path: str) -> Told | ArticleError:
    """What one object tells, or why it does not."""
    try:
        return told_by(item, path)
    except ArticleError as error:
        return error


def parse(text: str, path: str) -> Any:
    """The value of a JSON text.

    Raises:
        ArticleError: it is none, or nested beyond reason.
    """
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise ArticleError(path, f"not JSON: {error.msg} at character {error.pos}") from None
    except RecursionError:
        raise ArticleError(path, "JSON that is nested too deeply") from None
    except ValueError:
        raise ArticleError(path, "JSON with a number that is too long") from None


def told_by(item: Any, path: str) -> Told:
    """What one object tells of an article.

    Raises:
        ArticleError: it is no object, or of an article that has no text.
    """
    if not isinstance(item, dict):
        raise ArticleError(path, f"no article: {type(item).__name__} where an object should be")
    if schema_org.is_article(item):
        return schema_org.told_by(item, path)
    if ninjs.is_ninjs(item):
        return ninjs.told_by(item, path)
    if current_events.is_item(item):
        return current_events.told_by(item, path)
    return _plain(item, path)


def _tells(item: Mapping[str, Any]) -> bool:
    return (
        any(name.lower() in (*_BODY, *_MARKUP) for name in item) or ninjs.is_ninjs(item) or schema_org.is_article(item)
    )


def _plain(item: Mapping[str, Any], path: str) -> Told:
    """An object with the names of fields that collections of news use."""
    fields = {name.lower(): value for name, value in item.items()}
    body, markup = _first(fields, _BODY), _first(fields, _MARKUP)
    if body is None and markup is None:
        known = ", ".join(_BODY[:3])
        raise ArticleError(path, f"no text: none of its fields is one of {known}, html")
    if body is None or has_markup(body):
        body = paragraphs_of(body or markup or "")
    return Told(
        path=path,
        body=body,
        headline=_first(fields, _HEADLINE),
        publisher=_first(fields, _PUBLISHER),
        byline=_first(fields, _BYLINE),
        located=_first(fields, _PLACE),
        published=read_moment(_first(fields, _PUBLISHED)),
        updated=read_moment(_first(fields, _UPDATED)),
        language=_first(fields, _LANGUAGE),
        address=_first(fields, ("url", "link", "id")),
        url=web_address(_first(fields, ("url",)), _first(fields, ("link",)), _first(fields, ("id",))),
    )


def _first(fields: Mapping[str, Any], names: Sequence[str]) -> str | None:
    """The first of these fields that has words."""
    return next(filter(None, (schema_org.text_of(fields.get(name)) for name in names)), None)
