"""Whether those who met stand for two states: ministers of one cabinet, churchmen and heads of clubs do not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.extract.figure import Figure
from kg.extract.known import HEADS
from kg.extract.lexicon import plain_words
from kg.lexicon.tokens import folded

_SERVING: Final = frozenset({"minister", "subnational", "legislator"})  # who has a head of government of his own


def is_diplomatic(people: Sequence[Figure], *, face_to_face: bool) -> bool:
    """Whether a contact of these people is one between states or their organisations.

    Where the text and the world tell of no state at all, nothing diplomatic is told either. A monarch and the head of
    his government see each other every week.
    """
    if not people:
        return True
    if any(folded(figure.office or "") in plain_words("of_churches") for figure in people):
        return False
    if all(figure.country is None or figure.country in plain_words("societies") for figure in people):
        return False
    return not (_of_one_country(people) or (face_to_face and _is_audience(people)))


def _of_one_country(people: Sequence[Figure]) -> bool:
    """Whether all are of one country; a guess proves nothing, unless it is of one who mostly meets his own."""
    if _is_own_minister(people) or _is_own_governor(people):
        return True
    guessed = {figure.at_home for figure in people}
    offices = [figure.office for figure in people if figure.office_kind in HEADS | {"foreign-minister"}]
    if len(offices) > len(set(offices)):
        return False  # a country has one foreign minister: the guess was wrong
    return _country_of_all(people) is not None and len(guessed) == 1


def _country_of_all(people: Sequence[Figure]) -> str | None:
    """The country of which all are."""
    countries = {figure.country for figure in people}
    return people[0].country if len(countries) == 1 else None


def _is_own_minister(people: Sequence[Figure]) -> bool:
    """Whether a head who is known or named with his country meets a minister who is named without one."""
    heads = [f for f in people if (f.placed or f.person) and f.office_kind in HEADS and not f.visits]
    others = [f for f in people if f not in heads]
    return len(heads) == 1 and all(
        f.at_home and f.office_kind in _SERVING and f.country == heads[0].country for f in others
    )


def _is_audience(people: Sequence[Figure]) -> bool:
    """Whether a known monarch receives the head of government of his own country."""
    monarchs = [f for f in people if f.person and folded(f.office or "") in plain_words("royal")]
    others = [f for f in people if f not in monarchs]
    return len(monarchs) == 1 and all(
        f.at_home and f.office_kind in HEADS and f.country == monarchs[0].country for f in others
    )


def _is_own_governor(people: Sequence[Figure]) -> bool:
    """Whether the head of a province or a town meets those who govern his country."""
    return _country_of_all(people) is not None and any(f.office_kind == "subnational" for f in people)


__all__ = ["is_diplomatic"]
