"""The names of leaders against what the items' own links say of whom they speak, where the items are at hand."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Final

import pytest

from kg.evaluate.gold import item_article
from kg.extract.figure import name_key
from kg.extract.lexicon import Lexicon, load_lexicon
from kg.facts.reading import read_facts
from kg.model.entity import Leader

ITEMS: Final = Path(__file__).parents[3] / "shared" / "data" / "current-events" / "2025.jsonl"
SHARE: Final = 0.99  # a link may lead to a department, or spell a name in a way that no list has


def names_of(who: Leader, lexicon: Lexicon) -> frozenset[str]:
    """Every spelling of the name that the text or the world gives."""
    known = lexicon.world.people.get(who.name)
    return frozenset(map(name_key, (who.name, who.written or "", *(known.aliases + known.short if known else ()))))


def titled(link: dict[str, str]) -> str:
    """The linked page's title without what tells it from another ("(politician)")."""
    return name_key(re.sub(r" \([^)]*\)$", "", link["title"]))


def test_a_leader_whose_name_is_a_link_is_whom_the_linked_page_is_about() -> None:
    if not ITEMS.is_file():
        pytest.skip(f"NOT TESTED: the news items are not beside the checkout, in {ITEMS}")
    lexicon = load_lexicon()
    linked, wrong = 0, []
    for line in ITEMS.read_text(encoding="utf-8").splitlines()[::3]:
        item = json.loads(line)
        links = {name_key(link["text"]): titled(link) for link in item["links"]}
        for who in read_facts(item_article(item["id"], item["date"], item["text"]), lexicon).leaders:
            names = names_of(who, lexicon)
            titles = [links[name] for name in names if name in links]
            linked += bool(titles)
            if titles and not names & set(titles):
                wrong.append((item["id"], who.name, titles))
    assert linked > 300
    assert len(wrong) <= linked * (1 - SHARE), wrong
