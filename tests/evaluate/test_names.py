"""When two names mean the same."""

import pytest

from kg.evaluate.match import Likeness, Matcher
from kg.evaluate.topic import head_noun, share_topic


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anna Novák", "Anna Novak"),
        ("Park Min-ho", "Park Min Ho"),
        ("H.E. Mr. Juris Kalns", "Juris Kalns"),
        ("Sheikh Sabah al-Omar", "Sabah Al Omar"),
    ],
)
def test_spelling_and_honorifics_make_no_other_person(matcher: Matcher, one: str, other: str) -> None:
    assert matcher.likeness(one, other) is Likeness.SAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Novak", "Anna Novak"),
        ("A. Novak", "Anna Novak"),
        ("Sergei Rudin", "Sergey Rudin"),
        ("Lutsk", "Aurvan Lutzk"),
    ],
)
def test_part_of_a_name_or_another_given_spelling_may_be_the_same_person(
    matcher: Matcher, one: str, other: str
) -> None:
    assert matcher.likeness(one, other) is Likeness.PART


def test_two_names_of_one_known_leader_are_one(matcher: Matcher) -> None:
    assert matcher.likeness("Aurvan Lutzk", "Orvan Lutsk") is Likeness.KNOWN


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anna Novak", "Petr Novak"),
        ("Marko Ilic", "Marta Ilic"),
        ("Anna Novak", "Anna Kalns"),
        ("Zayd bin Karim", "Tarik bin Zayd bin Karim"),  # both known, the name of one is part of the other's
    ],
)
def test_two_people_stay_two(matcher: Matcher, one: str, other: str) -> None:
    assert matcher.likeness(one, other) is Likeness.NONE


def test_a_found_name_takes_the_spelling_of_the_best_expected_one(matcher: Matcher) -> None:
    names = matcher.alignment(["Kalns", "Anna Novák", "Somebody Else"], ["Juris Kalns", "A. Novak", "Anna Novak"])
    assert names == {"Kalns": "Juris Kalns", "Anna Novák": "Anna Novak", "Somebody Else": "Somebody Else"}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("PM", "Prime Minister", True),
        ("Premier", "Prime Minister", True),
        ("acting Foreign Minister", "Minister of Foreign Affairs", True),
        ("Foreign Minister", "Prime Minister and Minister of Foreign Affairs", True),
        ("Minister of Fisheries", "Fisheries Minister", True),
        ("Minister for Defense", "Defence Minister", True),
        ("President", "Prime Minister", False),
        ("Deputy Prime Minister", "Prime Minister", False),
        (None, None, True),
        (None, "President", False),
    ],
)
def test_titles_name_an_office(matcher: Matcher, one: str | None, other: str | None, *, same: bool) -> None:
    assert matcher.same_office(one, other) is same
    assert matcher.same_office(other, one) is same


def test_a_place_is_known_by_its_other_name_and_with_what_it_lies_in(matcher: Matcher) -> None:
    assert matcher.same_place("Fredstadt", "Fredville")
    assert matcher.same_place("Fredville", "Fredville, Freedonia")
    assert not matcher.same_place("Fredville", "Freedonia")


def test_a_series_is_known_by_its_full_name(matcher: Matcher) -> None:
    assert matcher.same_series("G9", "Group of Nine")
    assert not matcher.same_series("G9", "G10")


def test_topics_share_stems_and_head_nouns() -> None:
    assert head_noun("joint working group on industrial permits") == "group"
    assert share_topic("trade in grain", "grain exports") == 1
    assert share_topic("trading in grain", "grain trade") == 3
    assert share_topic("normalisation of relations", "normalization of ties") == 2
    assert share_topic("rail freight", "visa rules") == 0
