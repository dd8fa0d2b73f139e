"""How long things lasted, and what sounds like it but tells no length."""

from __future__ import annotations

import time

import pytest

from kg.extract.time import find_durations

LENGTHS = {
    "their 30-minute talks": [("30-minute", "PT30M")],
    "a two-hour meeting": [("two-hour", "PT2H")],
    "for an hour and a half": [("an hour and a half", "PT1H30M")],
    "one and a half hours": [("one and a half hours", "PT1H30M")],
    "two-and-a-half-hour talks": [("two-and-a-half-hour", "PT2H30M")],
    "a 2.5-hour session": [("2.5-hour", "PT2H30M")],
    "after 90 minutes of talks": [("90 minutes", "PT90M")],
    "after 90 minutes they left": [],
    "two years and three months": [("two years and three months", "P2Y3M")],
    "two days and three hours": [("two days and three hours", "P2DT3H")],
    "for 90 minutes": [("90 minutes", "PT90M")],
    "nearly two hours": [("nearly two hours", "PT2H")],
    "about 40 minutes": [("about 40 minutes", "PT40M")],
    "just over an hour": [("just over an hour", "PT1H")],
    "two hours and 20 minutes": [("two hours and 20 minutes", "PT2H20M")],
    "an hour and 20 minutes": [("an hour and 20 minutes", "PT1H20M")],
    "half an hour": [("half an hour", "PT30M")],
    "a half-hour call": [("a half-hour", "PT30M")],
    "an hour-long call": [("an hour-long", "PT1H")],
    "the hourlong call": [("hourlong", "PT1H")],
    "a 45-minute-long call": [("45-minute-long", "PT45M")],
    "three quarters of an hour": [("three quarters of an hour", "PT45M")],
    "a three-day visit": [("three-day", "P3D")],
    "stayed three days": [("three days", "P3D")],
    "a weeklong trip": [("weeklong", "P7D")],
    "for two weeks": [("two weeks", "P14D")],
    "a two-year freeze": [("two-year", "P2Y")],
    "Twenty-five minutes": [("Twenty-five minutes", "PT25M")],
    "The talks lasted 35 minutes, then 2 days": [("35 minutes", "PT35M"), ("2 days", "P2D")],
    "41 years old": [],
    "a 41-year-old bridge": [],
    "two weeks ago": [],
    "two weeks after the vote": [],
    "a month later": [],
    "in two weeks": [],
    "the past three days": [],
    "three hours and two days": [],
    "the next two weeks": [],
    "twice a day": [],
    "60-year anniversary": [],
    "hours of talks": [],
    "several hours": [],
    "the last minute": [],
    "the second meeting": [],
}


@pytest.mark.parametrize(("words", "expected"), LENGTHS.items(), ids=list(LENGTHS))
def test_words_give_their_lengths(words: str, expected: list[tuple[str, str]]) -> None:
    found = find_durations(words, 0, len(words))
    assert [(one.text, one.iso) for one in found] == expected
    assert all(words[one.begin : one.end] == one.text for one in found)


def test_an_inexact_length_says_so() -> None:
    text = "nearly two hours, just 30 minutes"
    assert [one.approximate for one in find_durations(text, 0, len(text))] == [True, False]


@pytest.mark.parametrize("unit", ["hour ", "a half ", "two hours and ", "1", "minute-", "half an "])
def test_no_words_take_more_than_linear_time(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    begin = time.process_time()
    find_durations(text, 0, len(text))
    assert time.process_time() - begin < 5
