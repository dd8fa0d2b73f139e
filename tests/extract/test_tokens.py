"""Words are looked up once, and offsets are the article's."""

from hypothesis import given
from hypothesis import strategies as st

from kg.extract import spelling
from kg.extract.lexicon import load_lexicon
from kg.extract.spelling import Spellings
from kg.lexicon.tokens import tokenize

SPECIAL = ["U.S.", "McKay’s", "o'clock", "1,000.5", "a_b", "—", "in\u0301"]
TEXTS = st.lists(st.one_of(st.sampled_from(SPECIAL), st.text()))


@given(TEXTS, st.integers(0, 9))
def test_every_token_stands_where_it_says(parts: list[str], begin: int):
    text = "".join(parts)
    tokens = tokenize(text, begin)
    assert all(text.startswith(word, at) for word, at in zip(tokens.words, tokens.begins, strict=True))
    assert "".join(tokens.words) == "".join(text[begin:].split())


def test_a_full_memory_of_spellings_is_emptied(monkeypatch):
    lexicon = load_lexicon()
    monkeypatch.setattr(spelling, "_KEPT", 2)
    spellings = Spellings(lexicon.gazetteer, lexicon.alphabet)
    assert [spellings[word].text for word in ("met", "Peru", "talks", "met")] == ["met", "Peru", "talks", "met"]
    assert len(spellings) <= 2
