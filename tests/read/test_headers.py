"""Every house's head of a report gives the same fields, and leaves the same report below."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from kg.model.text import Part
from kg.read import read_text

LEAD = "President Anna Novak met her host over tea, and both praised the weather of the valley."
MORE = "They agreed to meet again before the river freezes."
PLACES = {"New Delhi", "Paris", "Tokyo", "Hanoi", "London", "Geneva", "Arden"}
HEADS = tomllib.loads((Path(__file__).parent / "headers.toml").read_text(encoding="utf-8"))["head"]
FIELDS = ("headline", "publisher", "agency", "byline", "dateline", "published", "updated")


@pytest.mark.parametrize("head", HEADS, ids=lambda head: str(head["style"]))
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_head_gives_its_fields_and_nothing_else(head: dict[str, Any], newline: str) -> None:
    text = head["text"].replace("<lead>", LEAD).replace("<more>", MORE).lstrip("\n").replace("\n", newline)
    article = read_text(text.encode(), "sample.txt", (PLACES | set(head.get("places", ()))).__contains__)
    assert article.text == text
    assert {field: getattr(article, field) for field in FIELDS} == {field: head.get(field) for field in FIELDS}
    assert (article.dateline_date and str(article.dateline_date)) == head.get("dateline_date")
    body = [text[p.begin : p.end] for p in article.paragraphs if p.part is Part.BODY]
    first = head.get("lead_has", "")
    assert any(paragraph in {LEAD, first + LEAD, first} for paragraph in body)
    assert any(paragraph.startswith(MORE) for paragraph in body)
    assert len(body) <= 3
    assert sum(p.part is Part.CAPTION for p in article.paragraphs) == head.get("captions", 0)


def test_a_signature_is_cut_off_the_last_paragraph() -> None:
    article = read_text(f"Novak visits Arden\n{LEAD}\n{MORE} BLOOMBERG\n\n".encode(), "a.txt", PLACES.__contains__)
    last = article.paragraphs[-1]
    assert article.text[last.begin : last.end] == MORE


def test_a_file_wrapped_by_hand_gives_a_paragraph_a_block() -> None:
    text = (
        "Novak visits Arden\nPublished: 12 February 2031\nBy Jane Doe\n\n"
        "QUILLBURY, Arden - President Anna Novak met her host over tea on the\n"
        "terrace of the old customs house, and both of them praised the weather\n"
        "of the valley.\n\n"
        "They agreed to meet again before the river freezes, which in this part\n"
        "of the country happens late.\n"
    )
    article = read_text(text.encode(), "a.txt", PLACES.__contains__)
    body = [text[p.begin : p.end] for p in article.paragraphs if p.part is Part.BODY]
    assert [paragraph.split()[0] for paragraph in body] == ["President", "They"]
    assert body[0].endswith("of the valley.")
    assert (article.byline, article.published) == ("Jane Doe", "2031-02-12")


def test_bullets_are_no_part_of_a_paragraph() -> None:
    text = f"Novak visits Arden\n{LEAD}\n• {MORE}\n"
    article = read_text(text.encode(), "a.txt", PLACES.__contains__)
    last = article.paragraphs[-1]
    assert text[last.begin : last.end] == MORE


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement",
        "READ MORE: Ten walks along the river",
        "Share this article",
        "Subscribe to our newsletter",
        "(END)",
        "Tags: Arden, tea, rivers",
        "Copyright 2031 The Arden Courier. All rights reserved.",
        "* * *",
        "https://example.org/x",
        "Reporting by Jane Doe in Paris; writing by John Roe",
        "#arden #tea",
        "Follow us on every river",
        "ALSO READ",
    ],
)
def test_what_surrounds_a_report_is_furniture(line: str) -> None:
    text = f"Novak visits Arden\n{LEAD}\n{line}\n{MORE}\n"
    article = read_text(text.encode(), "a.txt", PLACES.__contains__)
    parts = {text[p.begin : p.end]: p.part for p in article.paragraphs}
    assert parts[line] is Part.FURNITURE
    assert parts[LEAD] is parts[MORE] is Part.BODY


@pytest.mark.parametrize(
    "line",
    [
        "Share prices rose after the meeting of the two ministers.",
        "Follow-up talks are to be held in the town hall.",
        "Printing the treaty took the whole night, the minister said.",
        "Tagged birds crossed the frontier while the leaders spoke.",
        "More tea was served after the ministers had signed.",
    ],
)
def test_a_sentence_is_no_furniture(line: str) -> None:
    text = f"Novak visits Arden\n{LEAD}\n{line}\n"
    article = read_text(text.encode(), "a.txt", PLACES.__contains__)
    assert article.paragraphs[-1].part is Part.BODY


@pytest.mark.parametrize(
    "line",
    [
        "PHOTO: The two leaders wave from the balcony of the customs house.",
        "FILE PHOTO: Anna Novak waves in Quillbury.",
        "Anna Novak (R) and her host walk along the river.",
        "Anna Novak waves from the balcony. (Photo: John Roe)",
        "Image: Anna Novak and her host walk along the river",
    ],
)
def test_a_caption_is_told_from_the_report(line: str) -> None:
    text = f"Novak visits Arden\n{LEAD}\n{line}\n{MORE}\n"
    article = read_text(text.encode(), "a.txt", PLACES.__contains__)
    assert {text[p.begin : p.end]: p.part for p in article.paragraphs}[line] is Part.CAPTION


def test_a_list_of_countries_has_no_datelines() -> None:
    text = f"Novak visits Arden\n{LEAD}\nArden: {MORE}\n"
    article = read_text(text.encode(), "a.txt", PLACES.__contains__)
    assert article.dateline is None
    assert article.text[article.paragraphs[-1].begin :].startswith("Arden: ")
