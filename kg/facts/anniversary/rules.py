"""The rules of anniversaries: the nth return of an event between states or of public history."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.extract.clause import subject_of
from kg.extract.item import Item
from kg.extract.lexicon import plain_words
from kg.extract.rule import Hit, Rule
from kg.facts.anniversary import apart_rules
from kg.facts.anniversary.build import draft_of, ordinal_of, phrase_behind, years_told
from kg.facts.anniversary.draft import AnniversaryDraft
from kg.facts.anniversary.phrase import is_treaty
from kg.facts.anniversary.telling import tell
from kg.facts.anniversary.whose import codes_in
from kg.model.entity import fold


def _nth(hit: Hit) -> AnniversaryDraft | None:
    """The nth anniversary of an event; a jubilee of one."""
    number, phrase = ordinal_of(hit), phrase_behind(hit)
    if number is None or (hit.match.slot("ord")[0].text.endswith("century") and not _of_ties(phrase)):
        return None
    return draft_of(hit, number)


def _years(hit: Hit) -> AnniversaryDraft | None:
    """Of "marked 60 years of diplomatic ties": only of relations and of events that history dates."""
    number = years_told(hit)
    phrase = phrase_behind(hit)
    if number is None or not _is_shared(hit, phrase):
        return None
    return draft_of(hit, number)


def _years_of_ties(hit: Hit) -> AnniversaryDraft | None:
    """Of "fifty years of diplomatic relations", whatever is said of them."""
    number = years_told(hit)
    return draft_of(hit, number) if number is not None and _of_ties(phrase_behind(hit)) else None


def _is_shared(hit: Hit, phrase: Sequence[Item]) -> bool:
    """Whether years of it are an anniversary: ties, what history dates, a treaty; friendship only of two countries."""
    if any(item.is_word("relations", "base_event") or is_treaty(item) for item in phrase):
        return True
    if phrase and fold(phrase[0].text.split()[-1]) not in plain_words("shared_goods"):
        return False
    subject = subject_of(hit.scene.items, hit.match.found.start(), "D")
    return len(codes_in(phrase)) > 1 or subject is not None


def _of_ties(phrase: Sequence[Item]) -> bool:
    """Whether it is diplomatic relations that have lasted."""
    return (
        any(item.is_word("relations") for item in phrase) and "diplomatic" in " ".join(i.text for i in phrase).lower()
    )


_AT: Final = "(, <on|in|at>? T ,|, <^.|;|,>{1,5} ,)?"
_ORD: Final = "ord=(<0|w|N|U|first_meeting|adjective|jubilee|two|three|four> (<-> <w|first_meeting|adjective|years>)?)"

RULES: Final[tuple[Rule[AnniversaryDraft], ...]] = (
    Rule(
        id="anniversary.nth-of",
        pattern=f"{_ORD} <base_event|relations>? <anniversary> {_AT} mark=(<of|since_word>)",
        trigger="mark",
        needs=("anniversary",),
        build=_nth,
        example="Chile and Peru marked the 60th anniversary of the normalisation of diplomatic relations.",
        counter=(
            "The airline marked the 60th anniversary of its founding.",
            "Chilean President Anna Novak celebrated the 20th anniversary of her wedding.",
        ),
    ),
    Rule(
        id="anniversary.jubilee-of",
        pattern="ord=(<jubilee>) mark=(<of|since_word>)",
        trigger="ord",
        needs=("jubilee",),
        build=_nth,
        example="Chile and Peru celebrated the golden jubilee of their diplomatic relations.",
        counter=(
            "The club celebrated the golden jubilee of its founding.",
            "Half a century of war ended in Chile.",
        ),
    ),
    Rule(
        id="anniversary.years-of",
        pattern="<marks> <the|an|also>{0,2} ord=(<0|w|U|two|three|four|jubilee>) <years>? mark=(<of|since_word>)",
        trigger="mark",
        needs=("marks",),
        build=_years,
        example="Chile and Peru this year celebrate 60 years of diplomatic relations.",
        counter=("The two men celebrated 60 years of friendship.",),
    ),
    Rule(
        id="anniversary.years-of-ties",
        pattern="ord=(<0|w|U|N|two|three|four>) <years>? mark=(<of>) <A|the|adjective|w|C|D|topic_verb>{0,3} <relations>",
        trigger="mark",
        needs=("relations",),
        build=_years_of_ties,
        example="Sixty years of diplomatic relations between Chile and Peru deserve a stamp.",
        counter=("Ten years of strained relations between Chile and Peru are over.",),
    ),
    Rule(
        id="anniversary.years-since-ties",
        pattern="<be> <the>? ord=(<0|w|U|N|two|three|four>) <years>? mark=(<since_word>) <the>? <D|C> <aux|also>{0,2} <upgraded> <relations>",
        trigger="mark",
        needs=("relations",),
        build=_years_of_ties,
        example="It is sixty years since Chile and Peru established diplomatic relations.",
        counter=("It is sixty years since Chile left.",),
    ),
    *apart_rules.RULES,
)

__all__ = ["RULES", "AnniversaryDraft", "tell"]
