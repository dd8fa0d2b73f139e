"""Whoever does what the pages of docs say sees what they say: each is run in a copy of the tree of its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.pages import ROOT, as_it_went, copy_tree, printed
from tests.docs.timeline import timeline

DOCS = ROOT / "docs"
RUN = sorted(page for page in DOCS.rglob("*.md") if "```console\n" in page.read_text(encoding="utf-8"))


@pytest.mark.slow
@pytest.mark.parametrize("page", RUN, ids=lambda page: page.relative_to(DOCS).as_posix())
def test_the_page_says_what_happens(page: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    told = page.read_text(encoding="utf-8")
    fresh = as_it_went(told, copy_tree(tmp_path))
    if request.config.getoption("--update-docs", default=False):
        page.write_text(fresh, encoding="utf-8")
        return
    assert told == fresh


@pytest.mark.slow
def test_the_picture_of_the_tutorial_is_that_of_its_answer(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    folder, picture = copy_tree(tmp_path), DOCS / "pictures" / "timeline.svg"
    printed("kg build docs/tutorial --store kg-store", folder)
    drawn = timeline(printed("kg query contacts-in-period --store kg-store --format csv", folder))
    if request.config.getoption("--update-docs", default=False):
        picture.write_text(drawn, encoding="utf-8")
        return
    assert picture.read_text(encoding="utf-8") == drawn


def test_the_tutorial_and_the_how_to_pages_are_run() -> None:
    assert {page.stem for page in RUN} >= {"tutorial", "word", "rule", "question", "source"}


@pytest.mark.parametrize("page", sorted(DOCS.rglob("*.md")), ids=lambda page: page.relative_to(DOCS).as_posix())
def test_every_link_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)[^)]*\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_page_is_named_in_the_readme_or_on_the_page_of_all_pages() -> None:
    named = (ROOT / "README.md").read_text(encoding="utf-8") + (DOCS / "README.md").read_text(encoding="utf-8")
    pages = {page.relative_to(DOCS).as_posix() for page in DOCS.rglob("*.md")} - {"README.md"}
    assert [page for page in pages if f"({page})" not in named and f"(docs/{page})" not in named] == []
