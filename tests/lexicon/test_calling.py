"""What a country or an organisation is called after "of"."""

from __future__ import annotations

import pytest

from kg.config import shipped
from kg.lexicon.calling import with_article
from kg.lexicon.world import World, load_world


@pytest.fixture(scope="module")
def world() -> World:
    return load_world(shipped("seeds") / "world")


@pytest.mark.parametrize(
    ("party", "told"),
    [
        ("USA", "the United States"),
        ("GBR", "the United Kingdom"),
        ("NLD", "the Netherlands"),
        ("GMB", "the Gambia"),
        ("DOM", "the Dominican Republic"),
        ("SLB", "the Solomon Islands"),
        ("UKR", "Ukraine"),
        ("SDN", "Sudan"),
        ("SYC", "Seychelles"),
        ("MAR", "Morocco"),
        ("EU", "the European Union"),
        ("AU", "the African Union"),
        ("NATO", "the North Atlantic Treaty Organization"),
        ("BRICS", "BRICS"),
        ("Hamas", "Hamas"),
        ("a body that nobody lists", "a body that nobody lists"),
    ],
)
def test_a_party_stands_after_of_as_one_writes_it(world: World, party: str, told: str) -> None:
    assert with_article(party, world) == told
