"""Texts in other languages are refused by name; English ones are read, be they short or full of foreign names."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import ArticleError
from kg.model.text import Article
from kg.read.language import refuse_foreign

Reading = Callable[[str, str | bytes], list[Article | ArticleError]]
ITEMS = Path(__file__).parents[3] / "shared" / "data" / "current-events" / "2025.jsonl"

TEXTS = tomllib.loads((Path(__file__).parent / "languages.toml").read_text(encoding="utf-8"))
FOREIGN, ENGLISH = TEXTS["foreign"], TEXTS["english"]["texts"]


@pytest.mark.parametrize("name", FOREIGN)
def test_a_text_in_another_language_is_refused_by_its_name(name: str) -> None:
    with pytest.raises(ArticleError, match=f"not in English: it looks like {name}"):
        refuse_foreign(FOREIGN[name], "a.txt")


@pytest.mark.parametrize("text", ENGLISH)
def test_an_english_text_is_read_however_short_and_whatever_its_names(text: str) -> None:
    refuse_foreign(text, "a.txt")


def test_what_a_source_says_counts_where_the_text_does_not_tell(read: Reading) -> None:
    short = {"title": "Novak", "text": "Novak Roe Doe Arden Paris besuch treffen gespräch valley.", "language": "de-AT"}
    (error,) = read("a.json", json.dumps(short))
    assert "not in English: its source says that it is in German" in str(error)
    (error,) = read("a.json", json.dumps(short | {"language": "tlh"}))
    assert "its source says that it is in “tlh”" in str(error)


def test_a_page_in_english_on_a_site_in_french_is_read_as_english(read: Reading) -> None:
    text = "President Anna Novak met her host over tea in the old town, and both of them praised the weather."
    (article,) = read("a.json", json.dumps({"title": "Novak", "text": text, "language": "fr"}))
    assert isinstance(article, Article)
    assert article.language == "en"


def test_a_file_in_another_language_is_refused_as_a_whole(read: Reading) -> None:
    (error,) = read("a.txt", f"Novak à Paris\n{FOREIGN['French']}\n")
    assert "looks like French" in str(error)


def test_none_of_five_thousand_short_items_in_english_is_refused() -> None:
    if not ITEMS.is_file():
        pytest.skip("the items of current events are not here")
    for line in ITEMS.read_text(encoding="utf-8").splitlines():
        refuse_foreign(json.loads(line)["text"], "a.txt")
