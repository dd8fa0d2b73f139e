"""Newer versions of an article replace older ones, and withdrawals take them away, in whatever order they come."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.assemble.versions import in_force
from kg.facts.jsonl import from_line, to_line
from kg.facts.report import Report
from kg.model.text import Article, Version, Withdrawal

URI = "urn:newsml:example.com:20310212:railway"


def version(
    number: int | None,
    moment: str | None = None,
    *,
    withdrawn: Withdrawal | None = None,
    name: str = URI,
    text: str = "",
) -> Report:
    told = Version(name=name, number=number, withdrawn=withdrawn)
    identity = f"{name}|{number}|{moment}|{withdrawn}|{text}"
    return Report(
        article=Article(id=identity, path="wire.json", text="", paragraphs=(), published=moment, version=told)
    )


def standing(*reports: Report) -> list[Report]:
    return list(in_force(reports).reports)


def test_what_has_no_name_of_its_publishers_stands_always() -> None:
    reports = [Report(article=Article(id=f"a{n}", path="same.txt", text="", paragraphs=())) for n in range(3)]
    assert standing(*reports) == reports
    assert standing() == []


def test_the_highest_number_stands() -> None:
    one, two, ten = version(1), version(2), version(10)
    assert standing(two, ten, one) == [ten]


def test_without_numbers_the_latest_time_stands_in_any_zone() -> None:
    early, late = version(None, "2031-02-12T10:00:00+09:00"), version(None, "2031-02-12T08:00:00+01:00")
    assert standing(late, early) == [late]


def test_of_one_number_the_latest_time_stands() -> None:
    early, late, old = version(2, "2031-02-12T08:00:00"), version(2, "2031-02-12T09:00:00"), version(1, "2031-02-13")
    assert standing(early, late, old) == [late]


def test_where_neither_number_nor_time_tells_both_stand() -> None:
    one, other = version(None, text="one"), version(None, text="other")
    assert standing(one, other) == [one, other]


def test_items_of_other_names_are_not_touched() -> None:
    one, other = version(1), version(2, name="urn:newsml:example.com:20310212:harbour")
    assert standing(one, other) == [one, other]


@pytest.mark.parametrize("how", Withdrawal)
def test_a_withdrawal_takes_away_what_came_before_and_not_what_comes_after(how: Withdrawal) -> None:
    first, withdrawal, again = version(1), version(2, withdrawn=how), version(3)
    found = in_force([first, withdrawal])
    assert found.reports == ()
    assert [article.version and article.version.number for article in found.replaced] == [1]
    assert found.withdrawals == (withdrawal.article,)
    assert standing(first, withdrawal, again) == [again]


def test_a_withdrawal_of_the_same_number_wins() -> None:
    found = in_force([version(2), version(2, withdrawn=Withdrawal.CANCELED)])
    assert found.reports == ()
    assert len(found.taken_back) == 1


def test_a_withdrawal_without_number_and_time_takes_everything_away() -> None:
    assert standing(version(1, "2031-02-12"), version(None, withdrawn=Withdrawal.CANCELED)) == []


VERSIONS = st.builds(
    version,
    st.none() | st.integers(0, 3),
    st.none() | st.sampled_from(["2031-02-12", "2031-02-12T08:00:00", "2031-02-12T08:30:00+05:00", "2031-02-13"]),
    withdrawn=st.none() | st.sampled_from(list(Withdrawal)),
    name=st.sampled_from(["urn:a", "urn:b"]),
    text=st.sampled_from(["x", "y"]),
)


@given(st.lists(VERSIONS, max_size=12), st.randoms(use_true_random=False))
def test_what_stands_does_not_depend_on_the_order(reports: list[Report], rng: random.Random) -> None:
    found = in_force(reports)
    shuffled = rng.sample(reports, len(reports))
    again = in_force(shuffled)
    assert sorted(map(repr, again.reports)) == sorted(map(repr, found.reports))
    assert (again.replaced, again.taken_back, again.withdrawals) == (
        found.replaced,
        found.taken_back,
        found.withdrawals,
    )
    # What stands, stands alone too; nothing that was withdrawn does.
    assert in_force(found.reports).reports == found.reports
    assert all(report.article.version and report.article.version.withdrawn is None for report in found.reports)


@given(st.lists(VERSIONS, max_size=12))
def test_what_was_replaced_may_be_forgotten(reports: list[Report]) -> None:
    found = in_force(reports)
    gone = {article.id for article in found.replaced}
    left = [report for report in reports if report.article.id not in gone]
    assert in_force(left).reports == found.reports


@given(VERSIONS)
def test_a_version_travels_as_json_lines(report: Report) -> None:
    assert from_line(to_line(report), "told.jsonl", 1) == report
