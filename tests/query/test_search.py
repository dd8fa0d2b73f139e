"""Names are found by their words, as people spell them, the best first, and in no time."""

from __future__ import annotations

import time

import pytest

from kg.query.names import Name, Names


def named(label: str, kind: str = "Leader", mentions: int = 0, *others: str) -> Name:
    slug = label.lower().replace(" ", "-")
    return Name(
        iri=f"https://example.org/id/{kind.lower()}/{slug}", label=label, kind=kind, others=others, mentions=mentions
    )


NAMES = Names(
    [
        named("Volodymyr Zelenskyy", "Leader", 9),
        named("Sergey Lavrov", "Leader", 4),
        named("Vladimir Putin", "Leader", 7),
        named("Ursula von der Leyen"),
        named("Cyril Ramaphosa"),
        named("Xi Jinping"),
        named("Anna Xiomara"),
        named("Park Soo-bin"),
        named("Mohammed Ali"),
        named("United Nations", "Organization", 1, "UNO"),
        named("Côte d’Ivoire", "Country"),
        named("Xi Jinping, President of China", "Tenure", 50),
        named("Meeting: Sergey Lavrov and Xi Jinping, 2025-06-17", "Meeting", 1),
    ]
)


def first(text: str) -> str:
    return NAMES.matches(text).names[0].label


@pytest.mark.parametrize(
    ("asked", "label"),
    [
        ("Zelensky", "Volodymyr Zelenskyy"), ("Selenskyj", "Volodymyr Zelenskyy"), ("zelenskiy", "Volodymyr Zelenskyy"),
        ("Lawrow", "Sergey Lavrov"), ("Poutine", "Vladimir Putin"), ("wladimir putin", "Vladimir Putin"),
        ("van der leyen", "Ursula von der Leyen"), ("ramaposa", "Cyril Ramaphosa"), ("Muhamad", "Mohammed Ali"),
        ("UN", "United Nations"), ("cote divoire", "Côte d’Ivoire"), ("cote d'ivoire", "Côte d’Ivoire"),
        ("ivoire", "Côte d’Ivoire"), ("XI", "Xi Jinping"), ("xi jin ping", "Xi Jinping"), ("Jin-ping Xi", "Xi Jinping"),
        ("park soobin", "Park Soo-bin"), ("soo bin", "Park Soo-bin"), ("Soo-Bin Park", "Park Soo-bin"),
        ("2025-06-17", "Meeting: Sergey Lavrov and Xi Jinping, 2025-06-17"),
    ],
)  # fmt: skip
def test_a_name_is_found_however_it_is_spelled(asked: str, label: str) -> None:
    assert first(asked) == label


def test_the_very_word_comes_before_what_it_begins_and_people_before_what_they_did() -> None:
    assert [name.label for name in NAMES.matches("xi").names] == [
        "Xi Jinping",
        "Xi Jinping, President of China",
        "Meeting: Sergey Lavrov and Xi Jinping, 2025-06-17",
        "Anna Xiomara",
    ]


def test_a_search_is_counted_by_kind_and_read_page_by_page() -> None:
    found = NAMES.matches("xi")
    assert found.total == 4
    assert found.counts == {"Leader": 2, "Tenure": 1, "Meeting": 1}
    leaders = NAMES.matches("xi", "Leader", begin=1, most=1)
    assert [name.label for name in leaders.names] == ["Anna Xiomara"]
    assert leaders.total == 2
    pages = [NAMES.matches("xi", begin=begin, most=3).names for begin in (0, 3, 6)]
    assert [len(page) for page in pages] == [3, 1, 0]


def test_of_many_things_of_one_name_none_is_lost() -> None:
    many = [
        Name(iri=f"https://example.org/id/meeting/{number}", label="Meeting: Anna and Emil", kind="Meeting")
        for number in range(30)
    ]
    names = Names([*many, named("Meeting: Anna and Emil", "Topic")])
    pages = [names.matches("Meeting: Anna and Emil", begin=begin, most=8).names for begin in range(0, 40, 8)]
    assert len({name.iri for page in pages for name in page}) == 31
    assert sum(map(len, pages)) == 31


def test_a_short_name_with_another_vowel_is_found() -> None:
    names = Names([named("Ursula von der Leyen"), named("Henri Duval"), named("Li Qiang")])
    assert [name.label for name in names.search("von der layen")] == ["Ursula von der Leyen"]
    assert [name.label for name in names.search("duvol")] == ["Henri Duval"]
    assert names.search("loon") == []


def test_what_is_only_spelled_alike_is_no_parameter() -> None:
    assert NAMES.matches("ramaposa").is_alike
    assert NAMES.find("ramaposa") == []
    assert NAMES.matches("zzzzz").total == 0
    assert NAMES.matches("  ").total == 0


def test_a_search_among_many_names_takes_next_to_no_time() -> None:
    many = Names(named(f"Person{number} Family{number % 3000}") for number in range(60_000))
    began = time.process_time()
    for number in range(1000):
        assert many.matches(f"family{number} person{number}").total >= 1
    # Four hundredths of a millisecond each on a quiet machine; reading all names takes forty.
    assert time.process_time() - began < 2
