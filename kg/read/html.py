"""A page of the web to what it tells: its text by trafilatura, its fields from JSON-LD and ``meta`` elements."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

from kg.errors import ArticleError
from kg.read import schema_org
from kg.read.address import web_address
from kg.read.decode import decode, refuse_size
from kg.read.markup import paragraphs_of
from kg.read.moment import read_moment
from kg.read.told import Told

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DECLARED = re.compile(rb"<meta[^<>]{0,200}?charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_XML = re.compile(rb"<\?xml[^<>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})")
_XML_DECLARATION = re.compile(r"\s*<\?xml[^<>]{0,300}\?>")
_SUPERSETS: Final = {"iso8859-1": "cp1252", "ascii": "cp1252"}  # as browsers read them
_DEEPEST: Final = 150
_LARGEST: Final = 5_000_000  # characters of a page
_MOST_TAGS: Final = 50_000
_MOST_SCRIPTS: Final = 40  # JSON-LD scripts of a page
_TAG = re.compile(r"<(/?)([A-Za-z][\w:-]*)[^<>]*?(/?)>")
_VOID: Final = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "p", "li", "dd", "dt", "option",
    "param", "source", "td", "th", "tr", "track", "wbr", "path", "use", "circle", "rect",
})  # fmt: skip
_META: Final[Mapping[str, tuple[str, ...]]] = {
    "headline": ("og:title", "twitter:title", "dc.title", "title"),
    "publisher": ("og:site_name", "dc.publisher", "publisher", "application-name"),
    "byline": ("author", "dc.creator", "parsely-author", "article:author_name", "byl"),
    "published": (
        "article:published_time", "og:published_time", "datepublished", "dc.date.issued", "dc.date", "dcterms.created",
        "parsely-pub-date", "pubdate", "publishdate", "date",
    ),
    "updated": ("article:modified_time", "og:updated_time", "datemodified", "dc.date.modified", "last-modified"),
    "language": ("og:locale", "dc.language", "content-language", "language"),
}  # fmt: skip


def read_page(content: bytes, path: str, charset: str | None = None) -> Told:
    """What a page tells; ``charset`` is what it was sent with, if known.

    Raises:
        ArticleError: it cannot be decoded, is too large or nested too deeply, has no text, or its reader is missing.
    """
    if find_spec("trafilatura") is None:
        raise ArticleError(path, "to read HTML, install diplomacy-kg[html]")
    page = decode_page(content, path, charset)
    if len(page) > _LARGEST:
        raise ArticleError(path, f"too large: a page of {len(page):,} characters, at most {_LARGEST:,} are read")
    _refuse_structure(page, path)
    tree = _tree(page, path)
    fields = _fields(tree, path)
    body = _text(page)
    if not body and fields.body:
        body = fields.body
    if not body:
        raise ArticleError(path, "no text of an article was found in the page")
    return replace(fields, body=body)


def decode_page(content: bytes, path: str, charset: str | None = None) -> str:
    """The characters of a page: as it was sent, else as it declares, else UTF-8.

    Raises:
        ArticleError: empty, too large, binary, or not of the encoding that it says.
    """
    refuse_size(len(content), path)
    marked = content.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE))
    told = _XML.match(content[:400]) or _DECLARED.search(content[:4096])
    name = charset or (told[1].decode("ascii") if told else "utf-8")
    try:
        encoding = codecs.lookup(name.strip("\"' ")).name
    except (LookupError, ValueError):
        encoding = "utf-8"
    encoding = _SUPERSETS.get(encoding, encoding)
    if marked or encoding in {"utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-7"}:
        return _XML_DECLARATION.sub("", decode(content, path), count=1)
    try:
        text = content.decode(encoding)
    except (UnicodeError, LookupError) as error:
        at = f" at byte {error.start}" if isinstance(error, UnicodeDecodeError) else ""
        raise ArticleError(path, f"cannot be decoded: not {encoding}{at}") from None
    return _XML_DECLARATION.sub("", decode(text.encode("utf-8", "surrogatepass"), path), count=1)


def _refuse_structure(page: str, path: str) -> None:
    """Nothing for a page of usual nesting and number of elements.

    Raises:
        ArticleError: so many are open at once that its text would be lost without a word, or so many are there that to
            find the text would take minutes.
    """
    depth = 0
    for number, match in enumerate(_TAG.finditer(page)):
        if number > _MOST_TAGS:
            raise ArticleError(path, f"too large: a page of more than {_MOST_TAGS:,} tags")
        if match[2].lower() in _VOID or match[3]:
            continue
        depth = max(0, depth - 1) if match[1] else depth + 1
        if depth > _DEEPEST:
            raise ArticleError(path, f"HTML nested deeper than {_DEEPEST} elements")


def _tree(page: str, path: str) -> HtmlElement:
    from lxml import etree, html

    try:
        return html.document_fromstring(page, parser=html.HTMLParser(no_network=True, huge_tree=False))
    except (etree.LxmlError, ValueError) as error:
        raise ArticleError(path, f"no page of HTML: {str(error)[:80]}") from None


def _text(page: str) -> str:
    """The paragraphs of the article in a page; empty where none is found."""
    from trafilatura import extract
    from trafilatura.settings import use_config

    settings = use_config()
    settings.set("DEFAULT", "EXTRACTION_TIMEOUT", "0")
    settings.set("DEFAULT", "MIN_EXTRACTED_SIZE", "60")
    settings.set("DEFAULT", "MIN_OUTPUT_SIZE", "1")
    found = extract(page, include_comments=False, include_tables=False, config=settings)
    return "\n\n".join(line for line in (found or "").splitlines() if line.strip())


def _fields(tree: HtmlElement, path: str) -> Told:
    """The fields of its JSON-LD first, of its ``meta`` elements second, its title and language last."""
    ld = _json_ld(tree, path)
    meta = _meta(tree)
    told = {field: next(filter(None, (meta.get(name) for name in names)), None) for field, names in _META.items()}
    title = " ".join((tree.findtext(".//title") or "").split())
    return Told(
        path=path,
        body=ld.body,
        headline=ld.headline or told["headline"] or _heading(tree) or title or None,
        publisher=ld.publisher or told["publisher"],
        byline=ld.byline or told["byline"],
        located=ld.located,
        published=ld.published or read_moment(told["published"]) or _timed(tree),
        updated=ld.updated or read_moment(told["updated"]),
        language=ld.language or tree.get("lang") or told["language"],
        url=ld.url or web_address(_canonical(tree), meta.get("og:url")),
        version=ld.version,
    )


def _canonical(tree: HtmlElement) -> str | None:
    """The address that the page gives as its own."""
    found: list[str] = tree.xpath("//link[@rel='canonical']/@href")
    return found[0] if found else None


def _json_ld(tree: HtmlElement, path: str) -> Told:
    """What the first article in the page's JSON-LD tells; what is broken there tells nothing."""
    for script in tree.xpath("//script[@type='application/ld+json']")[:_MOST_SCRIPTS]:
        try:
            value: Any = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        article = next(schema_org.articles_in(value), None)
        if article is not None:
            body = schema_org.text_of(article.get("articleBody")) or ""
            return schema_org.fields_of(article, path, paragraphs_of(body))
    return Told(path=path, body="")


def _meta(tree: HtmlElement) -> Mapping[str, str]:
    """The content of every ``meta`` element by its name, the first of each."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = (element.get("content") or "").strip()
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            if content and element.get(attribute):
                found.setdefault(element.get(attribute).strip().lower(), content)
    return found


def _heading(tree: HtmlElement) -> str | None:
    """The only heading of the first order."""
    headings = tree.findall(".//h1")
    return " ".join(headings[0].text_content().split()) or None if len(headings) == 1 else None


def _timed(tree: HtmlElement) -> str | None:
    """The only ``time`` element's moment, or that of one marked as of publication."""
    marked = tree.xpath("//*[@itemprop='datePublished']")
    times = marked[:1] or (found if len(found := tree.findall(".//time[@datetime]")) == 1 else [])
    return read_moment(times[0].get("datetime") or times[0].get("content")) if times else None
