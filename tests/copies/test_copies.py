"""Agency copy in ten papers is one witness: told by the texts, whatever the papers put above, below and between."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.assemble.copies import originals
from kg.model.sketch import BINS, are_copies, is_sketch, sketch_of, values_of
from kg.model.text import Article

WIRE = """President Anna Novak and Chancellor Emil Brandt agreed on Tuesday to reopen the mountain railway between \
their countries, which has been closed since a landslide buried the northern tunnel three winters ago.

The two leaders talked for a little over an hour in the town hall of Seeburg, on the first day of a visit that \
had been put off twice. They came out together, took no questions and walked to the quay.

"Nobody on either side of the pass has forgotten what the line was for," Novak said in a short statement that \
she read from a card. "It carried our milk, our letters and, once a year, our choirs."

Brandt said engineers of both railways would start on the tunnel in May and that his government would pay for \
the larger part of the work, because most of the rubble lies on its side of the border.

Officials said the first trains could run in the autumn of next year, at first only in daylight and without \
freight. A treaty on customs checks in the carriages has to be signed before that, and parliament in Port \
Arvan has yet to see a draft.

The visit is the first by an Arvanian president in nine years. Ties had soured over fishing quotas in the \
lake, a quarrel that the two foreign ministers settled in the spring after four rounds of talks.

Novak is to lay a wreath at the harbour memorial on Wednesday and to open an exhibition of old posters before \
she flies home in the evening. Her spokesman said no other meetings were planned."""
OWN = """Seven hours in a town hall, a walk along the quay and no dinner: Anna Novak's first day in Seeburg was short \
on pomp. What the president of Arvania brought home is a promise. From May, machines will dig at the northern \
tunnel.

Emil Brandt's government pays most of it. The chancellor told reporters before the visit that he expected \
little; on Tuesday evening his office spoke of a good day.

"It carried our milk, our letters and, once a year, our choirs," Novak said of the railway that the landslide \
cut. Older people in the valley remember the choirs. The younger ones remember buses.

Whether trains will run next autumn is open. Lawyers in Port Arvan point to the treaty on customs checks, of \
which nobody in parliament has seen a line, and to the winter, which closes the upper yard for four months in \
most years.

A baker opposite the old station has already painted a locomotive on his window. He is not sure about the date \
either."""
PARAGRAPHS = WIRE.split("\n\n")
CUTS = {
    "whole": WIRE,
    "in capitals, with other quotation marks": WIRE.replace('"', "”").upper(),
    "without the last paragraph": "\n\n".join(PARAGRAPHS[:-1]),
    "without the last two": "\n\n".join(PARAGRAPHS[:-2]),
    "the first four paragraphs": "\n\n".join(PARAGRAPHS[:4]),
    "without a paragraph in the middle": "\n\n".join(PARAGRAPHS[:3] + PARAGRAPHS[4:]),
    "with a paragraph of the paper's own": f"{WIRE}\n\nThe line was opened by the grandfathers of both, as a plaque at "
    "the upper station says, and the Quillbury Courier's readers paid for the plaque.",
    "with a sentence in the middle": WIRE.replace("quay.", "quay, where a brass band was waiting in the rain.", 1),
    "corrected": WIRE.replace("three winters", "four winters")
    .replace("nine years", "ten years")
    .replace("May", "June"),
    "on one line": WIRE.replace("\n\n", " "),
}


def article(name: str, text: str, published: str | None = "2031-02-12") -> Article:
    return Article(id=name, path=f"{name}.txt", text="", paragraphs=(), published=published, sketch=sketch_of(text))


def test_without_articles_there_are_no_copies() -> None:
    assert originals([]) == {}
    assert originals([article("a", WIRE)]) == {}


def test_ten_papers_with_the_report_of_one_agency_are_one_witness() -> None:
    papers = [article(f"p{number}", text, "2031-02-12T09:00:00") for number, text in enumerate(CUTS.values())]
    agency = article("wire", WIRE + "\n\nIt rained.", "2031-02-12T07:30:00")
    assert originals([*papers, agency]) == {paper.id: "wire" for paper in papers}


@pytest.mark.parametrize("cut", CUTS)
def test_what_a_paper_cuts_adds_and_corrects_leaves_a_copy(cut: str) -> None:
    assert originals([article("a", WIRE), article("b", CUTS[cut])]) == {"b": "a"}


def test_two_reports_on_one_event_are_no_copies_though_they_quote_the_same_words() -> None:
    assert originals([article("a", WIRE), article("b", OWN)]) == {}


def test_a_report_that_quotes_a_whole_statement_is_no_copy_of_it() -> None:
    statement = "\n\n".join(PARAGRAPHS[2:4])
    assert originals([article("a", statement), article("b", f"{OWN}\n\n{statement}")]) == {}


def test_two_releases_in_the_same_phrases_about_others_are_no_copies() -> None:
    phrases = (
        "{0} received {1} today at the foreign ministry. The two sides reviewed the state of relations in trade and "
        "transport and agreed to keep in touch. {0} thanked {1} for the help that {2} gave after the flood. {1} said "
        "that {2} would send a trade mission to {3} in the spring. The two sides also exchanged views on "
        "matters of the region. {1} leaves {3} tonight for {4}, where a signing on {5} is planned with port officials."
    )
    one = phrases.format("Minister Rossi", "Envoy Lind", "Belmark", "Port Corl", "Seeburg", "dredging")
    other = phrases.format("Minister Rossi", "Ambassador Okafor", "Arvania", "Port Corl", "Lindholm", "ferry tickets")
    assert originals([article("a", one), article("b", other)]) == {}


def test_the_original_is_the_one_published_first_whatever_zone_and_precision_its_time_has() -> None:
    moments = {
        "undated": None, "day": "2031-02-12", "noon": "2031-02-12T12:00:00", "next": "2031-02-13",
        "first": "2031-02-12T18:00:00+09:00",
    }  # fmt: skip
    assert set(originals([article(name, WIRE, moment) for name, moment in moments.items()]).values()) == {"first"}


def test_short_texts_are_copies_only_where_they_say_the_same() -> None:
    short = "Chancellor Emil Brandt received President Anna Novak in Seeburg on Tuesday for talks on the railway."
    assert originals([article("a", short), article("b", short.replace(" on Tuesday", ", on  Tuesday,"))]) == {"b": "a"}
    assert originals([article("a", short), article("b", short.replace("Tuesday", "Monday"))]) == {}
    assert sketch_of("Read the full report here.") is None


def test_what_is_a_copy_does_not_depend_on_the_order_of_the_articles() -> None:
    texts = [*CUTS.values(), OWN, *(" ".join(w[::-1] for w in each.split()) for each in PARAGRAPHS)]
    articles = [article(f"a{number}", text) for number, text in enumerate(texts)]
    found = originals(articles)
    for seed in range(5):
        random.Random(seed).shuffle(articles)
        assert originals(articles) == found
    assert list(found) == sorted(found)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 1 << 32))
def test_any_hundred_words_cut_by_a_fifth_are_a_copy_and_shuffled_are_none(seed: int) -> None:
    rng = random.Random(seed)
    words = [
        f"{rng.choice('bdfgklmnprst')}{rng.choice('aeiou')}{rng.randrange(500)}" for _ in range(rng.randrange(100, 600))
    ]
    begin = rng.randrange(len(words) // 5)
    kept = words[begin : begin + len(words) * 4 // 5]
    shuffled = rng.sample(words, len(words))
    sketches = [sketch_of(" ".join(each)) for each in (words, kept, shuffled)]
    whole, cut, other = (values_of(sketch) for sketch in sketches if sketch is not None)
    assert are_copies(whole, cut)
    assert not are_copies(whole, other)


def test_a_sketch_says_how_it_looks_and_nothing_else_is_one() -> None:
    long, short = sketch_of(WIRE), sketch_of(PARAGRAPHS[2])
    assert long is not None
    assert short is not None
    assert is_sketch(long)
    assert is_sketch(short)
    assert not any(map(is_sketch, (b"", long[:-1], bytes(len(long)), short + b"\0")))


def test_thirty_thousand_texts_with_the_same_notice_are_compared_with_their_neighbours_alone() -> None:
    rng = random.Random(6)
    # The first three values are those of the notice; all pairs would be 450 million.
    sketches = [b"\x01\x00" + b"notice" + rng.randbytes(2 * BINS - 6) for _ in range(30_000)]
    articles = [
        Article(id=f"{number:05}", path="", text="", paragraphs=(), sketch=sketch)
        for number, sketch in enumerate(sketches)
    ]
    begin = time.process_time()
    copy = Article(id="copy", path="", text="", paragraphs=(), sketch=sketches[77][:-20] + rng.randbytes(20))
    assert originals([*articles, copy]) == {"copy": "00077"}
    assert time.process_time() - begin < 120
