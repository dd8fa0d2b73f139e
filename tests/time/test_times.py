"""Words of time and the days they mean, on a day of publication and without one."""

from __future__ import annotations

import datetime as dt
import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.time import TimeKind, find_times, resolve, step
from kg.model.date import UNKNOWN, PartialDate, Precision, When

ANCHOR = dt.date(2025, 6, 18)
TABLE = tomllib.loads((Path(__file__).parent / "times.toml").read_text(encoding="utf-8"))
ROWS = [(tense, sentence, times) for tense, rows in TABLE.items() for sentence, times in rows.items()]
TENSES = ("past", "future")
DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31))
STYLES = (
    "{0:%B} {0.day}, {0.year}",
    "{0.day} {0:%B} {0.year}",
    "{0:%b}. {0.day}, {0.year}",
    "{0.day} {0:%b} {0.year}",
    "{0:%A}, {0:%B} {0.day}, {0.year}",
    "{0:%A} {0.day} {0:%B} {0.year}",
    "{0:%a}, {0.day} {0:%b} {0.year}",
    "{0:%Y-%m-%d}",
    "{0:%Y/%m/%d}",
    "{0:%d.%m.%Y}",
    "{0.day}-{0:%b}-{0.year}",
)


def shown(when: When) -> str:
    if when.date is not None:
        return str(when.date)
    return f"{when.earliest}/{when.latest}" if when.earliest else ""


@pytest.mark.parametrize(("tense", "sentence", "expected"), ROWS, ids=[row[1] for row in ROWS])
def test_a_sentence_gives_its_times(tense: str, sentence: str, expected: list[list[str]]) -> None:
    found = find_times(sentence, 0, len(sentence))
    meant = [[one.text, shown(resolve(one, ANCHOR, future=tense == "future"))] for one in found]
    assert meant == expected
    assert all(sentence[one.begin : one.end] == one.text for one in found)


def test_there_are_enough_examples() -> None:
    assert len(ROWS) >= 120


@pytest.mark.parametrize(
    ("words", "earliest", "latest"),
    [
        ("in early June", "2025-06-01", "2025-06-11"),
        ("in mid-May", "2025-05-10", "2025-05-22"),
        ("in late May", "2025-05-21", "2025-05-31"),
        ("earlier in June", "2025-06-01", "2025-06-18"),
        ("earlier this month", "2025-06-01", "2025-06-18"),
        ("this month", "2025-06-01", "2025-06-18"),
        ("this year", "2025-01-01", "2025-06-18"),
        ("earlier this year", "2025-01-01", "2025-06-18"),
        ("last month", "2025-05-01", "2025-05-31"),
        ("in June", "2025-06-01", "2025-06-30"),
    ],
)
def test_bounds_are_as_narrow_as_the_words(words: str, earliest: str, latest: str) -> None:
    (expression,) = find_times(words, 0, len(words))
    when = resolve(expression, ANCHOR)
    assert (str(when.earliest), str(when.latest)) == (earliest, latest)


@pytest.mark.parametrize(("tense", "sentence", "expected"), ROWS, ids=[row[1] for row in ROWS])
def test_without_a_day_of_publication_nothing_relative_is_placed(
    tense: str, sentence: str, expected: list[list[str]]
) -> None:
    for expression in find_times(sentence, 0, len(sentence)):
        when = resolve(expression, None, future=tense == "future")
        if expression.kind is TimeKind.MONTH_DAY and expression.relation is None:
            assert when == When.on(PartialDate(month=expression.month, day=expression.day))
        elif expression.kind is TimeKind.MONTH_DAY:
            assert when.precision is Precision.MONTH_DAY
        else:
            assert when.is_unknown == expression.is_relative
    assert expected is not None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("the next day", "2025-06-13"),
        ("The following morning he", "2025-06-13"),
        ("two days later she", "2025-06-14"),
        ("a day earlier", "2025-06-11"),
        ("the previous evening", "2025-06-11"),
        ("the day before, he", "2025-06-11"),
        ("the following Monday", "2025-06-16"),
        ("the previous Friday", "2025-06-06"),
        ("the week before", "2025-06-02/2025-06-08"),
        ("three weeks later", "2025-06-30/2025-07-06"),
        ("the following month", "2025-07"),
        ("the previous year", "2024"),
        ("in March of that year", "2025-03"),
        ("on the 23rd.", "2025-06-23"),
    ],
)
def test_a_step_counts_from_the_day_told_before_it(words: str, expected: str) -> None:
    (expression,) = find_times(words, 0, len(words))
    assert shown(step(expression, When.on(PartialDate.parse("2025-06-12")))) == expected
    assert step(expression, UNKNOWN).is_unknown


def test_a_day_without_its_year_stays_one_where_nothing_anchors_it() -> None:
    (expression,) = find_times("on June 17.", 0, 11)
    assert str(resolve(expression, None).date) == "--06-17"


def test_only_the_characters_asked_for_are_read() -> None:
    text = "On June 17, 2025 they met."
    assert find_times(text, 0, 6) == []
    assert [one.text for one in find_times(text, 3, 10)] == ["June 17"]
    assert find_times(text, 16, len(text)) == []


@settings(deadline=None)
@given(DAYS, st.sampled_from(STYLES))
def test_every_style_of_a_date_is_read_back(day: dt.date, style: str) -> None:
    text = f"They met on {style.format(day)} in Arden."
    (found,) = find_times(text, 0, len(text))
    assert resolve(found, None) == When.on(PartialDate.of(day))


@settings(deadline=None)
@given(DAYS, st.sampled_from([f"{day:%A}" for day in (dt.date(2025, 6, 16 + n) for n in range(7))]))
def test_a_weekday_lies_within_seven_days(anchor: dt.date, weekday: str) -> None:
    for words, future, least, most in (
        (weekday, False, -6, 0),
        (f"last {weekday}", False, -7, -1),
        (f"next {weekday}", False, 1, 7),
        (weekday, True, 1, 7),
        (f"this {weekday}", True, 0, 6),
    ):
        (expression,) = find_times(words, 0, len(words))
        day = resolve(expression, anchor, future=future).earliest
        assert day is not None
        assert f"{day:%A}" == weekday
        assert least <= (day - anchor).days <= most


WORDS = [*sorted({word for row in ROWS for word in row[1].split()}), "9999", "29", "Feb.", "(", "a", "laſt", "weekſ"]


@settings(deadline=None)
@given(
    st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=6)), max_size=14), st.dates(), st.sampled_from(TENSES)
)
def test_times_lie_in_the_text_and_their_bounds_in_order(words: list[str], anchor: dt.date, tense: str) -> None:
    text = " ".join(words)
    position = 0
    for found in find_times(text, 0, len(text)):
        assert position <= found.begin < found.end <= len(text)
        assert text[found.begin : found.end] == found.text
        position = found.end
        when = resolve(found, anchor, future=tense == "future")
        assert when == UNKNOWN or when.earliest is None or when.earliest <= (when.latest or when.earliest)


@pytest.mark.parametrize(
    "unit",
    [
        "in ",
        "June ",
        "17 ",
        "last ",
        "a week ",
        "Tuesday, ",
        "17-",
        "June 17 and ",
        "2025",
        "the the ",
        "ago ",
        "in a a ",
    ],
)
def test_no_words_take_more_than_linear_time(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    begin = time.process_time()
    find_times(text, 0, len(text))
    assert time.process_time() - begin < 5
