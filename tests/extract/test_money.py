"""The country in the name of money is not spoken of."""

from kg.evaluate.gold import item_article
from kg.extract.lexicon import load_lexicon
from kg.facts.reading import read_facts


def test_money_is_no_country() -> None:
    text = "Pakistani Prime Minister Salman Haidari announces US$8.5 billion investment agreements with China."
    (agreement,) = read_facts(item_article("1", "2025-06-18", text), load_lexicon()).agreements
    assert agreement.parties == ("CHN", "PAK")
    assert agreement.concerns == ()
