"""Hostile files: each is refused with the item in it and the reason, in little time; the rest of the file goes in."""

from __future__ import annotations

import gzip
import json
import sys
import time
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import ArticleError
from kg.model.text import Article
from kg.read.formats import FORMATS, concluded
from kg.read.markdown import plain_text
from kg.read.markup import paragraphs_of

Reading = Callable[[str, str | bytes], list[Article | ArticleError]]

TEXT = "PARIS (Reuters) - President Anna Novak met her host over tea, and both praised the weather of the valley."
LINE = json.dumps({"title": "Novak visits Arden", "text": TEXT})


@pytest.fixture(autouse=True)
def _in_little_time() -> Iterator[None]:
    begin = time.process_time()
    yield
    assert time.process_time() - begin < 20


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">%s]><rss><channel><item><title>&z;</title></item></channel></rss>'
)
ENTITIES = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.xml", BOMB % ENTITIES, "a document type or entities is not read"),
        ("a.rss", '<!-- x --><!doctype rss SYSTEM "file:///etc/passwd"><rss/>', "a document type"),
        ("a.xml", "<rss>" + "<a>" * 100_000, "nested deeper than 100"),
        ("a.xml", "<rss><channel></rss>", "not well-formed XML"),
        ("a.xml", "<rss><channel/></rss>", "a feed without items"),
        ("a.xml", "<catalogue/>", "unknown XML: the root is <catalogue>"),
        ("a.xml", '<?xml version="1.0" encoding="utf-7"?><rss/>', "a feed without items"),
        ("a.xml", b'<?xml version="1.0" encoding="windows-1252"?><rss>\x81</rss>', "cannot be decoded"),
        ("a.xml", '<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"/>', "without a newsItem"),
        ("a.json", "[" * 100_000, "nested too deeply"),
        ("a.json", '{"text": ' + "9" * 10_000 + "}", "a number that is too long"),
        ("a.json", "[]", "the list is empty"),
        ("a.json", "3", "neither an article nor a list"),
        ("a.json", json.dumps({"text": "x" * 100 + "\udc80"}), "half a character"),
        ("a.json", json.dumps({"text": TEXT + "\x00"}), "control characters"),
        ("a.json", json.dumps({"words": TEXT}), "no text: none of its fields is one of"),
        ("a.json", json.dumps({"text": ["a", ["b"] * 9, 3]}), "not an article"),
        ("a.json", b'{"text": "\xff"}', "cannot be decoded"),
        ("a.jsonl", "\n \n", "empty file"),
        ("a.html", "<div>" * 300 + TEXT + "</div>" * 300, "HTML nested deeper than 150 elements"),
        ("a.html", "<div>" * 1_000_000, "HTML nested deeper"),
        ("a.html", "<p>" * 1_700_000, "too large: a page of 5,100,000 characters"),
        ("a.html", "<p>x" * 60_000, "a page of more than 50,000 tags"),
        ("a.html", "<html><body><p>Menu</p></body></html>", "not an article"),
        ("a.html", "<html></html>", "no text"),
        ("a.html", b"<html>\x00\x00</html>", "binary"),
        ("a.warc", "WARC/9.9 nonsense", "WARC file"),
        ("a.warc", b"", "WARC file"),
        ("a.warc", TEXT, "WARC file"),
        ("a.txt.gz", b"\x1f\x8b\x08\x00", "damaged gzip"),
        ("a.txt.gz", TEXT, "damaged gzip"),
        ("a.txt.gz", gzip.compress(b"a " * 6_000_000), "unpacks to more than 200 times"),
        ("a.gz", gzip.compress(TEXT.encode()), "unknown format"),
    ],
)
def test_a_hostile_file_is_refused_with_its_reason(name: str, content: str | bytes, reason: str, read: Reading) -> None:
    (error,) = read(name, content)
    assert isinstance(error, ArticleError)
    assert reason in error.reason


@pytest.mark.parametrize(("name", "library"), [("a.html", "trafilatura"), ("a.warc", "warcio")])
def test_where_the_extra_of_a_format_is_missing_the_reason_says_what_to_install(
    name: str, library: str, read: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    (error,) = read(name, "<html><p>WARC/1.0")
    assert str(error).endswith(f"install diplomacy-kg[{name[2:]}]")


def test_a_bomb_of_gzip_is_left_when_it_is_known_for_one(read: Reading) -> None:
    (error,) = read("a.jsonl.gz", gzip.compress(b" " * 100_000_000, 9))
    assert "unpacks to more than" in str(error)


def test_a_line_of_ten_megabytes_costs_itself_alone(read: Reading) -> None:
    long = '{"text": "' + "a" * 12_000_000 + '"}'
    first, error, last = read("a.jsonl", f"{LINE}\n{long}\n{LINE}\n")
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert "a.jsonl#2: too large: a line of more than" in str(error)


def test_what_breaks_in_the_middle_of_a_file_leaves_what_stands_before_it(read: Reading) -> None:
    packed = gzip.compress(f"{LINE}\n".encode()) + gzip.compress(LINE.encode())[:-12]
    first, *_, error = read("a.jsonl.gz", packed)
    assert isinstance(first, Article)
    assert "damaged gzip" in str(error)


@pytest.mark.parametrize(
    "item",
    [
        b"\xff\xfe",
        b"{}",
        b"null",
        b'{"@type": "NewsArticle"}',
        b'{"uri": "x", "bodies": [null, 3, {"value": {}}]}',
        b'{"uri": "x", "pubStatus": {}, "body_text": 3}',
        b'{"text": "short"}',
        b'{"id": 1, "date": 2, "category": 3, "text": 4, "links": []}',
        b'{"text": "' + b"<p>" * 100_000 + b'"}',
        b'{"text": "' + b"<!--" * 100_000 + b'"}',
        b"[" * 20_000,
        b'{"title": ["a", {"name": ["b"]}], "text": {"name": 3}}',
    ],
)
def test_a_hostile_line_costs_itself_alone(item: bytes, read: Reading) -> None:
    first, error, last = read("a.jsonl", LINE.encode() + b"\n" + item + b"\n" + LINE.encode())
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert "a.jsonl#2: " in str(error)


@pytest.mark.parametrize(
    "unit", ["<", "<a ", "<!--", "<![CDATA[", "<script>", "</", "&", "&amp", "<p>x", "<svg><svg>", '"']
)
def test_a_long_piece_of_markup_takes_linear_time(unit: str) -> None:
    paragraphs_of(unit * (600_000 // len(unit)))


@pytest.mark.parametrize("unit", ["*", "**a", "_a", "[", "[a](", "![", "`", "<", "> ", "#", "\\", "[a]", "<!--", "* a"])
def test_a_long_line_of_markdown_takes_linear_time(unit: str) -> None:
    plain_text(unit * (100_000 // len(unit)))


@settings(deadline=None, max_examples=60)
@given(
    st.text(max_size=60)
    | st.lists(st.sampled_from(["<p>", "</p>", "<", ">", "&lt;", "<!--", "-->", "a", " "])).map("".join)
)
def test_paragraphs_have_no_tags_and_no_outer_blanks(markup: str) -> None:
    for line in paragraphs_of(markup).split("\n\n"):
        assert line == " ".join(line.split())


@settings(deadline=None, max_examples=80)
@given(st.sampled_from([each for each in FORMATS if each.read]), st.binary(max_size=120))
def test_no_bytes_raise_anything_but_the_error_of_articles(form: object, content: bytes) -> None:
    try:
        for found in form.read(content, "a", lambda _: False):  # type: ignore[attr-defined]
            concluded(found, lambda _: False)
    except ArticleError:
        pass
