"""``python -m tests.bench.extraction``: extraction alone, on one core, over varied reports of 300 words and more.

Beside it, in the same run: the same texts as a single one, which costs no more per character where time is linear; and
a blank spaCy pipeline that finds the same listed phrases in them. spaCy is no requirement: where it is not installed,
that is said and nothing is compared. Each line gives articles and megabytes a second and the peak of memory so far.
"""

from __future__ import annotations

import argparse
import datetime as dt
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from kg.extract.lexicon import Lexicon, load_lexicon
from kg.facts.reading import publication_day, read_facts
from kg.lexicon.gazetteer import listed_phrases
from kg.lexicon.places import place_test
from kg.model.text import Article
from kg.read import read_text
from tests.bench.measuring import peak
from tests.bench.repeating import Sample, repeat

ROOT: Final = Path(__file__).parents[2]
_SHORTEST: Final = 300  # words
_Finder = Callable[[str], object]


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.extraction", description=__doc__)
    parser.add_argument("--articles", type=int, default=400, help="how many different articles (default: 400)")
    parser.add_argument("--rounds", type=int, default=5, help="how often to time each, the best counts (default: 5)")
    told = parser.parse_args()
    if min(told.articles, told.rounds) < 1:
        parser.error("--articles and --rounds must be 1 or more")
    for line in measure(told.articles, told.rounds):
        print(line)


def measure(number: int, rounds: int) -> Iterator[str]:
    """The figures as lines to read."""
    lexicon = load_lexicon()
    is_place = place_test(lexicon.world)
    samples = [_sample(name, text, lexicon, is_place) for name, text in _reports()]
    texts = list(repeat(samples, number, lexicon.world))
    articles = [read_text(text.encode(), name, is_place) for name, text in texts]
    words, size = sum(len(text.split()) for _, text in texts), sum(len(text) for _, text in texts)
    yield f"{number} articles of {words / number:.0f} words, {size / number:,.0f} characters, from {len(samples)} texts"
    yield f"peak memory before: {peak():.0f} MB"
    ours = _seconds(lambda article: read_facts(article, lexicon), articles, rounds)
    yield f"extraction: {_speed(ours, number, size)}"
    whole = read_text("\n\n".join(text for _, text in texts).encode(), "whole.txt", is_place)
    together = _seconds(lambda article: read_facts(article, lexicon), [whole], 1)
    yield f"extraction, all as one text: {_speed(together, number, size)}"
    find = _spacy_finder(lexicon)
    if find is None:
        yield "spaCy is not installed: nothing to compare with (pip install spacy; no model is needed)"
        return
    theirs = _seconds(find, [article.text for article in articles], rounds)
    yield f"spaCy, tokens and listed phrases alone: {_speed(theirs, number, size)}"
    yield f"extraction is {theirs / ours:.2f} times as fast as that"


def _reports() -> Iterator[tuple[str, str]]:
    """The labelled reports and the samples, short ones joined until they are long enough."""
    held = ""
    for file in sorted([*ROOT.glob("tests/articles/*/*.txt"), *ROOT.glob("seeds/articles/*.txt")]):
        held = f"{held}\n\n{file.read_text(encoding='utf-8').strip()}".strip()
        if len(held.split()) >= _SHORTEST:
            yield file.name, held
            held = ""


def _sample(name: str, text: str, lexicon: Lexicon, is_place: Callable[[str], bool]) -> Sample:
    article = read_text(text.encode(), name, is_place)
    people = tuple(leader.written or leader.name for leader in read_facts(article, lexicon).leaders)
    day = publication_day(article) or dt.date(2025, 6, 18)
    return Sample(name=name, text=text, year=day.year, people=people)


def _seconds(read: Callable[[Any], object], articles: Sequence[Article] | Sequence[str], rounds: int) -> float:
    """The sum of the shortest times that each took: what others do on the machine counts little."""
    shortest = [float("inf")] * len(articles)
    for _ in range(rounds):
        for at, article in enumerate(articles):
            begin = time.process_time_ns()
            read(article)
            shortest[at] = min(shortest[at], time.process_time_ns() - begin)
    return sum(shortest) / 1e9


def _speed(seconds: float, number: int, size: int) -> str:
    return (
        f"{number / seconds:,.0f} articles/s, {size / seconds / 1e6:.3f} MB/s ({seconds:.2f} s), "
        f"peak memory {peak():.0f} MB"
    )


def _spacy_finder(lexicon: Lexicon) -> _Finder | None:
    """What finds the phrases of the gazetteer by spaCy; ``None`` where there is no spaCy."""
    try:
        import spacy
        from spacy.matcher import PhraseMatcher
    except ImportError:
        return None
    pipeline = spacy.blank("en")
    matcher = PhraseMatcher(pipeline.vocab, attr="LOWER")
    for kind, phrases in _by_kind(lexicon):
        matcher.add(kind, [pipeline.make_doc(phrase) for phrase in phrases])
    return lambda text: matcher(pipeline.make_doc(text))


def _by_kind(lexicon: Lexicon) -> Iterable[tuple[str, Sequence[str]]]:
    listed: dict[str, dict[str, None]] = {}
    for phrase, kind, _ in listed_phrases(lexicon.world, lexicon.vocabulary):
        listed.setdefault(kind.value, {})[phrase] = None
    return [(kind, list(phrases)) for kind, phrases in listed.items()]


if __name__ == "__main__":
    main()
