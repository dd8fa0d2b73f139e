"""The formats of newsrooms and of the web: what each source says of its articles in its fields, and their text."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from kg.errors import ArticleError
from kg.model.text import Article, Part, Version
from kg.read import read_articles
from kg.read.address import web_address
from kg.read.formats import suffix_for
from kg.read.markdown import plain_text
from kg.read.moment import read_moment

Reading = Callable[[str, str | bytes], list[Article | ArticleError]]

LEAD = "President Anna Novak met her host over tea, and both praised the weather of the valley."
MORE = "They agreed to meet again before the river freezes & the bridge closes."
BODY = f"PARIS (Reuters) - {LEAD}\n\n{MORE}"
PARAGRAPHS = f"<p>PARIS (Reuters) - {LEAD}</p><p>{MORE.replace('&', '&amp;')}</p>"


def fields(article: Article | ArticleError) -> dict[str, Any]:
    assert isinstance(article, Article), article
    names = ("headline", "publisher", "byline", "dateline", "agency", "published", "updated", "language")
    return {name: value for name in names if (value := getattr(article, name)) is not None}


def body(article: Article | ArticleError) -> list[str]:
    assert isinstance(article, Article), article
    return [article.text[p.begin : p.end] for p in article.paragraphs if p.part is Part.BODY]


TOLD = {
    "headline": "Novak visits Arden", "publisher": "The Quillbury Courier", "byline": "Jane Roe", "dateline": "Paris",
    "agency": "Reuters", "published": "2031-02-12T08:30:00+01:00", "language": "en",
}  # fmt: skip
UPDATED = TOLD | {"updated": "2031-02-12T10:00:00+01:00"}

NINJS_1 = {
    "uri": "http://ninjs.example.com/20310212-1", "type": "text", "pubstatus": "usable", "version": "2",
    "firstcreated": "2031-02-12T08:30:00+01:00", "versioncreated": "2031-02-12T10:00:00+01:00", "language": "en-GB",
    "copyrightholder": "The Quillbury Courier", "byline": "By Jane Roe", "headline": "Novak visits Arden",
    "body_text": BODY.replace("\n\n", " "), "body_xhtml": PARAGRAPHS,
}  # fmt: skip
NINJS_2 = {
    "uri": "urn:newsml:example.com:20310212:1", "standard": {"name": "ninjs", "version": "2.1"}, "type": "text",
    "firstcreated": "2031-02-12T08:30:00+01:00", "versioncreated": "2031-02-12T10:00:00+01:00", "language": "en",
    "infosources": [{"name": "Somebody"}, {"name": "The Quillbury Courier", "role": "publisher"}], "by": "Jane Roe",
    "headlines": [{"role": "short", "value": "Novak"}, {"role": "main", "value": "Novak visits Arden"}],
    "bodies": [{"role": "main", "contenttype": "text/plain", "value": BODY}],
}  # fmt: skip
NINJS_3 = {
    "uri": "urn:newsml:example.com:20310212:1", "standard": {"name": "ninjs", "version": "3.0"}, "type": "text",
    "firstCreated": "2031-02-12T08:30:00+01:00", "versionCreated": "2031-02-12T10:00:00+01:00", "language": "en",
    "pubStatus": "usable", "copyrightHolder": "The Quillbury Courier", "by": "Jane Roe",
    "headlines": [{"role": "main", "contentType": "text/plain", "value": "Novak visits Arden"}],
    "bodies": [{"role": "richtext", "contentType": "application/xhtml+xml", "value": PARAGRAPHS}],
}  # fmt: skip
SCHEMA_ORG = {
    "@context": "https://schema.org", "@type": ["NewsArticle"], "headline": "Novak visits Arden", "inLanguage": "en",
    "datePublished": "2031-02-12T08:30:00+01:00", "dateModified": "2031-02-12T10:00:00+01:00",
    "author": [{"@type": "Person", "name": "Jane Roe"}], "articleBody": BODY,
    "publisher": {"@type": "NewsMediaOrganization", "name": "The Quillbury Courier"},
}  # fmt: skip
USUAL = {
    "title": "Novak visits Arden", "text": BODY, "date": "2031-02-12T08:30:00+01:00", "author": "Jane Roe",
    "source": {"name": "The Quillbury Courier"}, "modified": "2031-02-12T10:00:00+01:00", "url": "https://example.com/1",
}  # fmt: skip
OBJECTS = {"ninjs 1": NINJS_1, "ninjs 2": NINJS_2, "ninjs 3": NINJS_3, "schema.org": SCHEMA_ORG, "usual names": USUAL}


@pytest.mark.parametrize("name", OBJECTS)
def test_an_object_of_json_gives_its_fields_and_its_paragraphs(name: str, read: Reading) -> None:
    (article,) = read("item.json", json.dumps(OBJECTS[name]))
    assert fields(article) == UPDATED
    assert body(article) == [LEAD, MORE]


def test_a_line_of_json_lines_may_be_of_any_of_these_forms_and_is_known_by_its_number(read: Reading) -> None:
    lines = [json.dumps(item) for item in OBJECTS.values()]
    found = read("news.jsonl", "\n\n".join([*lines, "{", "[1]", '"a"']))
    assert [fields(article) for article in found[:5]] == [UPDATED] * 5
    assert [article.path.rpartition("#")[2] for article in found] == ["1", "3", "5", "7", "9", "11", "13", "15"]
    assert [error.reason.partition(":")[0] for error in found[5:]] == ["not JSON", "no article", "no article"]


def test_a_list_of_objects_or_a_list_inside_an_object_are_articles_each(read: Reading) -> None:
    for content in ([USUAL, NINJS_1], {"status": "ok", "articles": [USUAL, NINJS_1]}):
        found = read("list.json", json.dumps(content))
        assert [fields(article) for article in found] == [UPDATED, UPDATED]
        assert [article.path[-2:] for article in found] == ["#1", "#2"]


@pytest.mark.parametrize("status", ["withheld", "canceled"])
def test_what_its_publisher_withdrew_is_refused(status: str, read: Reading) -> None:
    for name in ("pubstatus", "pubStatus"):
        (error,) = read("item.json", json.dumps(NINJS_3 | {name: status}))
        assert f"its publisher says that it is {status}" in str(error)


def test_a_picture_in_ninjs_is_no_text(read: Reading) -> None:
    (error,) = read("item.json", json.dumps(NINJS_1 | {"type": "picture"}))
    assert "no text, but picture" in str(error)


RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Quillbury Courier</title><link>https://example.com/</link><description>News</description>
<language>en-gb</language>
<item><title>Novak visits Arden</title><link>https://example.com/1</link>
<guid>https://example.com/1</guid>
<dc:creator>Jane Roe</dc:creator><pubDate>Wed, 12 Feb 2031 08:30:00 +0100</pubDate>
<description>In short</description><content:encoded><![CDATA[{PARAGRAPHS}<!-- <!DOCTYPE x> -->]]></content:encoded>
</item>
<item><title>Nothing here</title><guid>https://example.com/2</guid></item>
<item><title>Novak visits Arden</title><author>roe@example.com (Jane Roe)</author>
<pubDate>Wed, 12 Feb 2031 08:30:00 +0100</pubDate><description>{PARAGRAPHS.replace("&", "&amp;").replace("<", "&lt;")}
</description></item></channel></rss>"""


def test_an_item_of_rss_has_the_fields_of_the_item_then_of_the_feed(read: Reading) -> None:
    first, empty, second = read("feed.xml", RSS)
    assert fields(first) == fields(second) == TOLD
    assert body(first) == body(second) == [LEAD, MORE]
    assert str(empty).endswith("feed.xml#2: no text (https://example.com/2)")


def test_a_feed_in_rdf_is_read(read: Reading) -> None:
    (article,) = read(
        "feed.rdf",
        f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
        xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://example.com/"><title>The
        Quillbury Courier</title><dc:language>en</dc:language></channel>
        <item rdf:about="https://example.com/1"><title>Novak visits
        Arden</title><dc:date>2031-02-12T08:30:00+01:00</dc:date><dc:creator>Jane Roe</dc:creator>
        <description><![CDATA[{PARAGRAPHS}]]></description></item></rdf:RDF>""",
    )
    assert fields(article) == TOLD


def test_an_entry_of_atom_has_its_text_as_xhtml_or_as_escaped_html(read: Reading) -> None:
    escaped = PARAGRAPHS.replace("&", "&amp;").replace("<", "&lt;")
    entry = """<entry><id>tag:example.com,2031:{number}</id><title type="html">Novak visits Arden</title>
        <author><name>Jane Roe</name></author><published>2031-02-12T08:30:00+01:00</published>
        <updated>2031-02-12T10:00:00+01:00</updated>{content}</entry>"""
    xhtml = f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{PARAGRAPHS}</div></content>'
    found = read(
        "feed.atom",
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>The Quillbury Courier</title>'
        + entry.format(number=1, content=xhtml)
        + entry.format(number=2, content=f'<content type="html">{escaped}</content>')
        + "</feed>",
    )
    assert [fields(article) for article in found] == [UPDATED, UPDATED]
    assert [body(article) for article in found] == [[LEAD, MORE], [LEAD, MORE]]


def news_item(content: str, status: str = "usable", kind: str = "text") -> str:
    return f"""<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" version="2"
    guid="urn:newsml:example.com:20310212:1" standard="NewsML-G2" standardversion="2.33"
    conformance="power" xml:lang="en-GB">
    <itemMeta><itemClass qcode="ninat:{kind}"/><provider qcode="nprov:QC"><name>The Quillbury Courier</name></provider>
    <versionCreated>2031-02-12T10:00:00+01:00</versionCreated><firstCreated>2031-02-12T08:30:00+01:00</firstCreated>
    <pubStatus qcode="stat:{status}"/></itemMeta>
    <contentMeta><by>By Jane Roe</by><language tag="en"/><headline>Novak visits Arden</headline></contentMeta>
    <contentSet>{content}</contentSet></newsItem>"""


XHTML = f"""<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head>
<title>No part of it</title></head><body>{PARAGRAPHS}</body></html></inlineXML>"""
NITF = f"""<inlineXML contenttype="application/nitf+xml"><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><body>
<body.head><hedline><hl1>No part of it</hl1></hedline></body.head><body.content>{PARAGRAPHS}</body.content></body>
</nitf></inlineXML>"""
PLAIN = f"<inlineData contenttype='text/plain'>{BODY.replace('&', '&amp;')}</inlineData>"


@pytest.mark.parametrize("content", [XHTML, NITF, PLAIN], ids=["xhtml", "nitf", "plain"])
def test_an_item_of_newsml_g2_gives_its_fields_and_its_paragraphs(content: str, read: Reading) -> None:
    (article,) = read("item.xml", news_item(content))
    assert fields(article) == UPDATED
    assert body(article) == [LEAD, MORE]


def test_a_message_of_newsml_g2_gives_each_item_and_refuses_what_was_withdrawn(read: Reading) -> None:
    items = news_item(XHTML), news_item(XHTML, status="canceled"), news_item("", kind="picture"), news_item(PLAIN)
    first, withdrawn, picture, last = read(
        "message.xml",
        f'<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>{"".join(items)}</itemSet></newsMessage>',
    )
    assert fields(first) == fields(last) == UPDATED
    assert str(withdrawn).endswith("message.xml#2: its publisher says that it is canceled")
    assert str(picture).endswith("message.xml#3: no text, but picture")


LD = json.dumps({"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, SCHEMA_ORG | {"articleBody": ""}]})
AROUND = """<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>%s
<aside><a href="/more">More stories from the valley</a></aside><footer>© 2031 The Quillbury Courier</footer>"""
ARTICLE = AROUND % f"<article><h1>Novak visits Arden</h1>{PARAGRAPHS}<p>{LEAD.replace('tea', 'cake')}</p></article>"
META = """<meta property="og:title" content="Novak visits Arden">
<meta property="og:site_name" content="The Quillbury Courier">
<meta name="author" content="Jane Roe"><meta property="article:published_time" content="2031-02-12T08:30:00+01:00">
<meta property="article:modified_time" content="2031-02-12T10:00:00+01:00">"""


def page(head: str, lang: str = "en-GB") -> str:
    title = "<title>Novak visits Arden | The Quillbury Courier</title>"
    return f'<!DOCTYPE html><html lang="{lang}"><head>{title}{head}</head><body>{ARTICLE}</body></html>'


@pytest.mark.parametrize("head", [f'<script type="application/ld+json">{LD}</script>', META], ids=["json-ld", "meta"])
def test_a_page_gives_its_fields_and_the_text_of_its_article_alone(head: str, read: Reading) -> None:
    (article,) = read("page.html", page(head))
    assert fields(article) == UPDATED
    assert body(article) == [LEAD, MORE, LEAD.replace("tea", "cake")]


def test_what_a_page_says_in_json_ld_counts_before_its_other_fields(read: Reading) -> None:
    other = META.replace("2031", "2029").replace("Courier", "Echo").replace("Roe", "Doe")
    (article,) = read("page.html", page(f'{other}<script type="application/ld+json">{LD}</script>'))
    assert fields(article) == UPDATED


def test_a_page_with_broken_json_ld_has_its_other_fields(read: Reading) -> None:
    (article,) = read("page.htm", page(META + '<script type="application/ld+json">{"@type": "NewsArticle", </script>'))
    assert fields(article) == UPDATED


def test_what_no_field_says_the_header_in_the_text_may_say(read: Reading) -> None:
    text = f"By Jane Roe\nPublished: 12 February 2031, 08:30 CET\n\n{BODY}"
    (article,) = read("item.json", json.dumps({"title": "Novak visits Arden", "text": text}))
    assert fields(article) == {key: TOLD[key] for key in TOLD if key != "publisher"} | {"publisher": "Reuters"}
    (article,) = read("item.json", json.dumps({"title": "Novak visits Arden", "text": text, "date": "2031-03-01"}))
    assert fields(article)["published"] == "2031-03-01"


def test_a_page_in_the_encoding_that_it_declares_is_read(read: Reading) -> None:
    content = page('<meta charset="iso-8859-1">').replace("Novak", "Nová’k".replace("’", "")).encode("latin-1")
    (article,) = read("page.html", content)
    assert "Nová" in article.text
    (error,) = read("page.html", content.replace(b"iso-8859-1", b"utf-8"))
    assert "cannot be decoded: not UTF-8 at byte" in str(error)


def record(kind: str, address: str, content: bytes, media: str = "application/http; msgtype=response") -> bytes:
    """One record as ISO 28500 has it."""
    head = f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>\r\n"
    head += f"WARC-Date: 2031-02-13T00:00:00Z\r\nWARC-Target-URI: {address}\r\nContent-Type: {media}\r\n"
    return f"{head}Content-Length: {len(content)}\r\n\r\n".encode() + content + b"\r\n\r\n"


def response(address: str, media: str, content: bytes, status: str = "200 OK") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\nContent-Length: {len(content)}\r\n\r\n"
    return record("response", address, head.encode() + content)


@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz"])
def test_the_pages_of_an_archive_are_read_and_the_rest_is_passed_over(name: str, read: Reading) -> None:
    good = page(META).encode()
    records = [
        record("warcinfo", "", b"software: by hand\r\n", "application/warc-fields"),
        response("https://example.com/1", "text/html; charset=utf-8", good),
        response("https://example.com/../../etc/passwd", "text/html", b"<html><body><p>Menu</p></body></html>"),
        response("https://example.com/a.png", "image/png", b"\x89PNG"),
        response("https://example.com/old", "text/html", good, "301 Moved Permanently"),
        record("request", "https://example.com/1", b"GET /1 HTTP/1.1\r\n\r\n", "application/http; msgtype=request"),
        response("https://example.com/2", "text/html; charset=iso-8859-1", good.decode().encode("latin-1")),
        record("conversion", "https://example.com/3", BODY.encode(), "text/plain"),
    ]
    packed = name.endswith(".gz")
    found = read(name, b"".join(gzip.compress(each) if packed else each for each in records))
    first, menu, second, text = found
    assert fields(first) == fields(second) == UPDATED
    assert [item.path.rpartition("/")[2] for item in found] == [f"{name}#{n}" for n in (2, 3, 7, 8)]
    assert body(text) == [LEAD, MORE]
    assert str(menu).endswith("(https://example.com/../../etc/passwd)")


@pytest.mark.parametrize("name", ["item.json", "news.jsonl", "feed.xml", "page.html", "a.txt", "a.md"])
def test_a_packed_file_is_read_as_the_file_in_it(name: str, read: Reading) -> None:
    content = {".json": json.dumps(USUAL), ".jsonl": json.dumps(USUAL), ".xml": RSS, ".html": page(META)}.get(
        Path(name).suffix, f"Novak visits Arden\n{BODY}"
    )
    plain, packed = read(name, content), read(f"{name}.gz", gzip.compress(content.encode()))
    assert [str(item.id if isinstance(item, Article) else item.reason) for item in plain] == [
        str(item.id if isinstance(item, Article) else item.reason) for item in packed
    ]


def test_markdown_loses_its_marks_and_keeps_its_front_matter(read: Reading) -> None:
    front = '---\ntitle: "Novak visits Arden"\ndate: 2031-02-12T08:30:00+01:00\nauthor: Jane Roe\n'
    text = (
        f"{front}publisher: The Quillbury Courier\n---\n\n![Both](a.png)\n\n"
        '**PARIS** (Reuters) - President [Anna Novak](https://example.com/novak "her page") _met_ her host over `tea`, '
        "and **both** praised the weather of the valley.[^1]\n\n> They agreed to meet again before the river freezes "
        "\\& the bridge closes.\n\n[^1]: A note.\n[x]: https://example.com\n"
    )
    (article,) = read("a.md", text)
    assert fields(article) == TOLD
    assert body(article)[:2] == [LEAD, MORE]


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("5 * 3 * 2", "5 * 3 * 2"),
        ("snake_case_name", "snake_case_name"),
        ("# A *B* #", "# A B"),
        ("# A\n## B", "# A\nB"),
        ("```\ncode\n```\nText", "Text"),
        ("a **b", "a **b"),
        ("<b>Bold</b> 1 < 2", "Bold 1 < 2"),
    ],
)
def test_what_is_no_mark_stays(marked: str, plain: str) -> None:
    assert plain_text(marked) == plain


def test_items_of_current_events_have_their_day_and_are_wikipedias(read: Reading) -> None:
    item = {
        "id": "2031-02-12-1", "date": "2031-02-12", "category": "International relations", "topics": [], "text": LEAD,
        "links": [{"text": "Novak", "title": "Anna Novak"}], "sources": ["The Quillbury Courier"],
    }  # fmt: skip
    (article,) = read("2031.jsonl", json.dumps(item))
    assert fields(article) == {
        "publisher": "Wikipedia, Portal:Current events",
        "published": "2031-02-12",
        "language": "en",
    }


def test_the_same_source_gives_the_same_articles(read: Reading) -> None:
    assert read("feed.xml", RSS)[0] == read("feed.xml", RSS)[0]


@pytest.mark.parametrize(
    ("told", "moment"),
    [
        ("2031-02-12", "2031-02-12"),
        ("2031-02-12T08:30:00Z", "2031-02-12T08:30:00+00:00"),
        ("2031-02-12T08:30:00.123+0100", "2031-02-12T08:30:00+01:00"),
        ("20310212T083000Z", "2031-02-12T08:30:00+00:00"),
        ("2031-02-12T08:30", "2031-02-12T08:30:00"),
        ("Wed, 12 Feb 2031 08:30:00 GMT", "2031-02-12T08:30:00+00:00"),
        ("12 Feb 31 08:30 EST", "2031-02-12T08:30:00-05:00"),
        ("February 12, 2031", "2031-02-12"),
        ("2031", None),
        ("2031-02", None),
        ("04/05/2031", None),
        ("2031-02-30", None),
        ("yesterday", None),
        ("", None),
        (None, None),
    ],
)
def test_a_field_of_time_is_read_as_precisely_as_it_is_and_never_guessed(told: str | None, moment: str | None) -> None:
    assert read_moment(told) == moment


@pytest.mark.parametrize(
    ("content", "suffix"),
    [
        (json.dumps(USUAL), ".jsonl"),
        (json.dumps(USUAL, indent=1), ".json"),
        (json.dumps([USUAL]), ".json"),
        (f"{json.dumps(USUAL)}\n{json.dumps(USUAL)}\n", ".jsonl"),
        (RSS, ".xml"),
        (page(META), ".html"),
        ("WARC/1.0\r\n", ".warc"),
        (f"Novak visits Arden\n{BODY}", ".txt"),
        ("[PARIS] A story", ".txt"),
        ("", ".txt"),
    ],
)
def test_what_has_no_name_is_known_by_how_it_begins(content: str, suffix: str) -> None:
    assert suffix_for(content.encode()) == suffix


def test_articles_of_a_folder_come_in_the_order_of_their_files(tmp_path: Path) -> None:
    (tmp_path / "b.xml").write_text(RSS)
    (tmp_path / "a.jsonl").write_text(json.dumps(USUAL))
    found = read_articles(tmp_path, is_place=lambda _: False)
    assert [item.path.rpartition("/")[2] for item in found] == ["a.jsonl#1", "b.xml#1", "b.xml#2", "b.xml#3"]


def test_a_record_whose_length_is_wrong_is_told_once_and_ends_its_archive(
    read: Reading, capsys: pytest.CaptureFixture[str]
) -> None:
    good = response("https://example.com/1", "text/html", page(META).encode())
    wrong = re.sub(rb"Content-Length: \d+", b"Content-Length: 200", good, count=1)
    first, *told = read("crawl.warc", good + wrong + good)
    assert fields(first) == UPDATED
    assert all(isinstance(error, ArticleError) for error in told)
    assert "damaged WARC file after record 2" in str(told[-1])
    assert capsys.readouterr() == ("", "")


def test_a_record_without_an_address_ends_its_archive_with_a_reason(read: Reading) -> None:
    good = response("https://example.com/1", "text/html", page(META).encode())
    first, error = read("crawl.warc", good + re.sub(rb"WARC-Target-URI:[^\r]*\r\n", b"", good))
    assert fields(first) == UPDATED
    assert "damaged WARC file after record 1" in str(error)


# --- where an article stands on the web, and which version it is


ADDRESS = "https://courier.example/2031/02/novak?page=1"


def test_the_page_that_an_article_is_from_is_told_by_its_source(read: Reading) -> None:
    body = f"<article><h1>Novak visits Arden</h1>{PARAGRAPHS}</article>"
    page = f"<html><head><title>x</title><link rel='canonical' href='{ADDRESS}'></head><body>{body}</body></html>"
    feed = RSS.replace("<link>https://example.com/1</link>", f"<link>{ADDRESS}</link>")
    sources = {
        "item.json": json.dumps(SCHEMA_ORG | {"url": ADDRESS}), "news.jsonl": json.dumps(USUAL | {"url": ADDRESS}),
        "page.html": page, "feed.xml": feed,
    }  # fmt: skip
    for name, content in sources.items():
        article = read(name, content)[0]
        assert isinstance(article, Article), (name, article)
        assert article.address == ADDRESS


def test_only_the_address_of_a_page_is_one(read: Reading) -> None:
    for wrong in (
        "javascript:alert(1)", "/2031/02/novak", "https://localhost/a", "https://a:b@c.example/", "ftp://x.example/a",
        "https://x.example/<b>", "https://x.example/%zz", "https://x.example:99999/", 7, ["https://x.example/a b"],
    ):  # fmt: skip
        (article,) = read("item.json", json.dumps(USUAL | {"url": wrong}))
        assert isinstance(article, Article)
        assert article.address is None
    (article,) = read("item.json", json.dumps(USUAL | {"url": "https://x.example/não#top"}))
    assert isinstance(article, Article)
    assert article.address == "https://x.example/n%C3%A3o"


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=30), st.sampled_from(["", "a.example/", "www.x.example?"]))
def test_every_address_can_be_an_iri(words: str, host: str) -> None:
    address = web_address(f"https://{host}{words}")
    if address is not None:
        assert NamedNode(address).value == address == web_address(address)


def test_an_item_of_a_newsroom_says_which_version_it_is(read: Reading) -> None:
    for content in (NINJS_1, NINJS_3 | {"version": "2"}):
        (article,) = read("item.json", json.dumps(content))
        assert isinstance(article, Article)
        assert article.version == Version(name=str(content["uri"]), number=2)
    (article,) = read("item.xml", news_item(XHTML))
    assert isinstance(article, Article)
    assert article.version is not None
    assert article.version.number is not None
