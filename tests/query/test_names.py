"""Things without a label of their own are named by what is said of them."""

from __future__ import annotations

import pytest

from kg.query.naming import read_names
from kg.store.prefixes import DIP

THING = "https://example.org/id/thing/1"


def named(kind: str, **says: str | tuple[str, ...]) -> str:
    """The label of the one thing of which this is said."""
    values = [(key, value) for key, told in says.items() for value in ((told,) if isinstance(told, str) else told)]
    rows = [{"thing": THING, "says": key, "value": value} for key, value in (("kind", DIP + kind), *values)]
    return next(iter(read_names(rows))).label


@pytest.mark.parametrize(
    ("label", "says"),
    [
        (
            "Chile and Peru signed: fisheries treaty, 9 April 2024",
            {"part": "fisheries treaty", "side": ("Peru", "Chile"), "act": DIP + "signed", "date": "2024-04-09"},
        ),
        ("Chile and Peru agreed: reopen the border", {"part": "reopen the border", "side": ("Peru", "Chile")}),
    ],
)
def test_an_agreement_is_named_by_its_sides_its_act_and_its_topic(label: str, says: dict[str, str]) -> None:
    assert named("Agreement", **says) == label


def test_a_tenure_is_named_by_its_holder_and_the_office() -> None:
    says = {"part": "Anna Novak", "office": "Prime Minister of Slovenia"}
    assert named("Tenure", **says) == "Anna Novak, Prime Minister of Slovenia"
    assert named("Tenure", date="2024-04", **says) == "Anna Novak, Prime Minister of Slovenia, since April 2024"


def test_a_statement_is_named_by_its_speaker_and_what_it_is_about() -> None:
    assert named("Statement", part="Anna Novak", side=("Latvia", "Ukraine")) == "Anna Novak on Latvia and Ukraine"
    assert named("Statement", part="Anna Novak") == "Statement: Anna Novak"


def test_a_contact_is_named_by_who_took_part_and_its_day() -> None:
    label = named("Meeting", part=("Juris Kalns", "Anna Novak"), date="2024-04-09")
    assert label == "Meeting: Anna Novak and Juris Kalns, 2024-04-09"


def test_a_date_of_another_form_stands_as_it_is() -> None:
    says = {"part": "Anna Novak", "office": "Prime Minister of Slovenia", "date": "2024-04-09T10:00:00"}
    assert named("Tenure", **says).endswith("since 2024-04-09T10:00:00")
