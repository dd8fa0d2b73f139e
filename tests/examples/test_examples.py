"""The pages of this folder: a snippet gives exactly the facts beneath it, or nothing."""

import re
from itertools import accumulate
from pathlib import Path

import pytest

from kg.model.text import Article, Paragraph, Part

PAGES = sorted(Path(__file__).parent.glob("*.md"))
MISS = "Known miss.\n\n"
SECTION = re.compile(r"^## (.+)\n\n((?:(?!^## )[^\n]*\n)+)", re.MULTILINE)
EXAMPLES = [(page, title, body) for page in PAGES for title, body in SECTION.findall(page.read_text(encoding="utf-8"))]


def article_of(body):
    """The snippet as an article; each line of the quotation is a paragraph."""
    said = dict(re.findall(r"^(Published|Dateline|Headline) (.+?)\.?$", body, re.MULTILINE))
    headline = said.get("Headline")
    lines = [line for line in (headline, *re.findall(r"^> (.+)$", body, re.MULTILINE)) if line]
    begins = accumulate((len(line) + 1 for line in lines[:-1]), initial=0)
    paragraphs = [Paragraph(b, b + len(line), Part.BODY) for b, line in zip(begins, lines, strict=True)]
    if headline:
        paragraphs[0] = Paragraph(0, len(headline), Part.HEADLINE)
    return Article(
        id="a1", path="a1.txt", text="\n".join(lines), paragraphs=tuple(paragraphs),
        headline=headline, published=said.get("Published"), dateline=said.get("Dateline"),
    )  # fmt: skip


def lines_of(body):
    block = re.search(r"```facts\n(.+?)\n```", body, re.DOTALL)
    assert block or body.rstrip().endswith("\nNothing."), "an example ends with its facts, or with Nothing."
    return block[1].splitlines() if block else []


@pytest.mark.parametrize(("page", "title", "body"), EXAMPLES, ids=[f"{p.stem}: {t}" for p, t, _ in EXAMPLES])
def test_a_snippet_gives_its_facts_and_no_others(page, title, body, request, given_and_wanted):
    given, wanted = given_and_wanted(article_of(body), lines_of(body))
    if request.config.getoption("--update-examples", default=False):
        marked = ("" if given == wanted else MISS) + body.removeprefix(MISS)
        text = page.read_text(encoding="utf-8")
        page.write_text(text.replace(f"## {title}\n\n{body}", f"## {title}\n\n{marked}"), encoding="utf-8")
        return
    if body.startswith(MISS):
        request.applymarker(pytest.mark.xfail(strict=True, reason="known miss"))
    assert given == wanted


def test_there_are_enough_examples_and_a_third_gives_nothing():
    nothing = [body for _, _, body in EXAMPLES if not lines_of(body)]
    assert len(EXAMPLES) >= 400
    assert len(nothing) * 3 >= len(EXAMPLES)


def test_no_page_has_a_title_twice():
    titles = [(page, title) for page, title, _ in EXAMPLES]
    assert len(titles) == len(set(titles))
