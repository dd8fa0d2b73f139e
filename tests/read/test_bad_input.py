"""Files that are no articles are refused by name and reason; files in odd encodings are read."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import ArticleError
from kg.model.text import Article, Part
from kg.read import read_articles, read_text

REPORT = "Novak visits Arden\nPresident Anna Novak met her host over tea, and both praised the weather.\n"


def no_place(_: str) -> bool:
    return False


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"a" * 10_000_001, "too large"),
        (REPORT.encode() + b"x\n" * 2_500_000, "too large"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00", "binary"),
        (b"\x01\x02\x03\x04\x05 text \x06\x07", "binary"),
        (b"\xff\xfe\x00\x00N\x00\x00\x00", "binary"),
        ("Novak besucht den Präsidenten von Arden.".encode("latin-1"), "cannot be decoded"),
        (b"\xff\xfeN", "cannot be decoded"),
        (b'{"title": "Novak visits Arden", "text": "She met her host over tea in the old town."}', "JSON"),
        (b'{"a": 1}\n{"a": 2}\n', "JSON"),
        (b"[" * 100_000, "not an article"),
        (b"<!DOCTYPE html><html><body><p>She met her host over tea in the old town.</p></body></html>", "markup"),
        (b"date,who,where\n2031-02-12,Novak,Arden\n2031-02-13,Novak,Arden\n", "a table"),
        (b"who\twhere\twhen\nNovak\tArden\t2031\nRoe\tQuillbury\t2030\n", "a table"),
        (b"3.14\n2.71\n1.41\n", "no sentence"),
        (b"1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16.\n", "no sentence"),
        (b"import os\n\ndef main():\n    x = os.getcwd()\n    print(x)\n\nmain()\n", "a program"),
        (b"int main(void) {\n  int x = 1;\n  return x;\n}\n", "a program"),
        (b"milk\neggs\ntea\n", "no sentence"),
        (b"Novak visits Arden\n", "no sentence"),
    ],
)
def test_what_is_no_article_is_refused_with_its_reason(content: bytes, reason: str) -> None:
    with pytest.raises(ArticleError, match=reason) as caught:
        read_text(content, "some/file.txt", no_place)
    assert caught.value.path == "some/file.txt"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-bom"])
def test_the_encodings_of_newsrooms_are_read(encoding: str) -> None:
    content = b"\xff\xfe" + REPORT.encode("utf-16-le") if encoding.endswith("bom") else REPORT.encode(encoding)
    assert read_text(content, "a.txt", no_place).text == REPORT


def test_a_folder_is_read_in_order_and_its_bad_files_come_out_as_errors(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "x.txt").write_text(REPORT)
    (tmp_path / ".secret.txt").write_text(REPORT)
    (tmp_path / "b" / "two.md").write_text(REPORT)
    (tmp_path / "c.TXT").write_text(REPORT)
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "d.docx").write_bytes(b"PK")
    (tmp_path / "sheet.toml").write_text("x = 1")
    found = list(read_articles(tmp_path, is_place=no_place))
    assert [Path(item.path).name for item in found] == ["a.txt", "two.md", "c.TXT", "d.docx"]
    assert [isinstance(item, Article) for item in found] == [False, True, True, False]
    assert "unknown format: .docx; there are .txt, .text, .md, " in str(found[3])


def test_a_file_that_is_not_there_comes_out_as_its_error(tmp_path: Path) -> None:
    (error,) = read_articles(tmp_path / "none.txt", is_place=no_place)
    assert isinstance(error, ArticleError)


def test_spacing_and_composition_do_not_change_the_name_of_an_article() -> None:
    one = read_text("Café visit\nShe met her host over tea in the café.\n".encode(), "a.txt", no_place)
    two = read_text(
        "  Cafe\u0301 visit\r\n\r\nShe met  her host over tea in the cafe\u0301.".encode(), "b.txt", no_place
    )
    assert one.id == two.id
    assert len(one.id) == 20


def test_marks_of_other_languages_in_a_headline_stay_text() -> None:
    headline = 'Novak """ > . <x> } <script>alert(1)</script> \x07 \u202e visits'
    article = read_text(f"{headline}\n{REPORT.splitlines()[1]}\n".encode(), "a.txt", no_place)
    assert article.headline == headline


@pytest.mark.parametrize(
    "unit",
    [
        "Novak met Roe. ",
        "Novak, met - ",
        "a",
        "(",
        "PARIS (",
        "2031-02-12 ",
        "\n",
        "By ",
        "x\n",
        "Tags: \n| ",
        "Home > ",
        "(Paris, ",
    ],
)
def test_a_long_file_of_anything_takes_linear_time(unit: str) -> None:
    content = (REPORT + unit * (1_000_000 // len(unit)) + "\nNovak left.\n").encode()
    begin = time.process_time()
    with contextlib.suppress(ArticleError):  # of more lines than any report has
        read_text(content, "a.txt", no_place)
    assert time.process_time() - begin < 10


PIECES = st.sampled_from(
    [
        "Novak visits Arden",
        "By Jane Doe",
        "PARIS (Reuters) - ",
        "Published: 12 Feb 2031, 08:30 GMT",
        "---",
        "title: x",
        "PHOTO: A",
        "Share",
        "She met her host over tea in the old town.",
        "date 2031-02-12 ",
        "AFP",
        " — ",
        "|",
        "Related Articles",
        "Source: ",
        "(left)",
        "31.02.2031",
        "25:99",
        "/TASS/",
        "Paris, 31 June 2031 ",
        "İ",
        "ß",
        "Headline: ",
        "Home » World",
        "(Paris, 12 May 2031) - ",
        "No. 47/2031",
        "MINISTRY OF TEA",
        "**PARIS** ",
        "1. ",
        "• ",
        "\r\n",
        "\u2028",
        "\x85",
        "\x0c",
        "\x1c",
        " ",
        "\n\n",
    ]
)


@settings(deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=30).map("".join))
def test_paragraphs_lie_in_the_text_in_order_and_without_outer_white_space(text: str) -> None:
    try:
        article = read_text(text.encode("utf-8", "surrogatepass"), "a.txt", lambda name: name == "Paris")
    except ArticleError:
        return
    assert article.text == text.removeprefix("\ufeff")
    last = 0
    for paragraph in article.paragraphs:
        assert last <= paragraph.begin < paragraph.end <= len(article.text)
        words = article.text[paragraph.begin : paragraph.end]
        assert words == words.strip()
        last = paragraph.end
    assert any(paragraph.part is not Part.FURNITURE for paragraph in article.paragraphs)


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_but_the_error_of_articles(content: bytes) -> None:
    with contextlib.suppress(ArticleError):
        read_text(content, "a.txt", no_place)
