"""Rules of anniversaries told apart from their events, and of those that are an organisation's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.extract.clause import subject_of
from kg.extract.item import Item
from kg.extract.lexicon import plain_words
from kg.extract.number import number_of
from kg.extract.people import country_of
from kg.extract.rule import Hit, Rule
from kg.facts.anniversary.build import draft_of, ordinal_of, phrase_behind, span_draft, years_told
from kg.facts.anniversary.draft import AnniversaryDraft, Told
from kg.facts.anniversary.phrase import head_of, is_public, is_treaty
from kg.facts.anniversary.whose import codes_in, owner_before, parties_of
from kg.model.entity import fold

_PAIR: Final = 2


def _event(hit: Hit) -> AnniversaryDraft | None:
    """An event so many years back: "40 years after the treaty was signed"."""
    number, phrase = years_told(hit), phrase_behind(hit)
    told = any(item.is_word("relations", "base_event") or is_treaty(item) for item in phrase)
    return draft_of(hit, number, Told.EVENT) if number is not None and told else None


def _turns(hit: Hit) -> AnniversaryDraft | None:
    """Of what turns 50: an organisation, the ties of two countries."""
    number = number_of(hit.match.slot("ord")[0].text)
    what = hit.match.slot("what")
    if number is None or not (codes := codes_in(what)):
        return None
    return span_draft(hit, number, (hit.at("what"), hit.at("what") + len(what)), codes, Told.WHOLE)


def _began(hit: Hit) -> AnniversaryDraft | None:
    """Relations begun in a year that the text gives: of what age they are depends on the feast."""
    since = hit.match.slot("year")[0].value
    year = getattr(since, "year", None)
    codes = codes_in(hit.match.slot("what"))
    if year is None or len(codes) != _PAIR:
        return None
    draft = span_draft(hit, 0, (hit.at("what"), hit.at("ties") + 1), codes, Told.EVENT)
    draft.base_year, draft.head = year, "establishment"
    draft.of = hit.scene.text(hit.match.slot("ties")[0].begin, hit.match.slot("ties")[0].end)
    return draft


def _feast(hit: Hit) -> AnniversaryDraft | None:
    """The nth anniversary of what has been told; of an organisation its own."""
    items = hit.scene.items
    at, stop = hit.at("mark"), hit.match.found.end()
    if stop < len(items) and not _stands_alone(items, stop):
        return None
    whole = items[at].is_word("jubilee")
    first = hit.at("ord") if hit.match.has("ord") else at
    number = number_of(items[at].text) if whole else ordinal_of(hit) if first < at else 0
    if number is None or items[at].text.endswith("century") or not (whole or hit.match.found.start() < at):
        return None
    owner = _own(hit, first)
    if owner is not None and number:
        return span_draft(hit, number, (first, stop), (owner,), Told.WHOLE)
    return span_draft(hit, number, (first, stop), (), Told.FEAST)


def _whose(hit: Hit) -> AnniversaryDraft | None:
    """Of what "whose tenth anniversary" stands behind: "the treaty with Peru, whose tenth anniversary"."""
    items, number = hit.scene.items, ordinal_of(hit)
    first, who = hit.at("mark"), hit.at("who")
    if number is None:
        return None
    stop = next(at for at in range(who, first, -1) if items[at].symbol == ",")
    phrase = items[first:stop]
    if not is_public(hit.scene, phrase, first):
        return None
    draft = span_draft(hit, number, (first, hit.match.found.end()), parties_of(hit.scene, phrase, first), Told.WHOLE)
    draft.of, draft.head = hit.scene.text(phrase[0].begin, phrase[-1].end), head_of(phrase)
    return draft


def _compound(hit: Hit) -> AnniversaryDraft | None:
    """A state's own, the event before the word: "Fiji's 55th independence anniversary"."""
    items = hit.scene.items
    first, number = hit.at("ord"), ordinal_of(hit)
    at = subject_of(items, first - 1, "C") if first and fold(items[first - 1].text) == "its" else None
    owner = country_of(items[at]) if at is not None else owner_before(items, first)
    if number is None or owner is None or fold(items[hit.at("mark")].text) not in plain_words("of_one_state"):
        return None
    draft = span_draft(hit, number, (first, hit.match.found.end()), (owner,), Told.WHOLE)
    draft.of = draft.head = fold(items[hit.at("mark")].text)
    return draft


def _stands_alone(items: Sequence[Item], stop: int) -> bool:
    """Whether no word behind says of what the anniversary is: "of" only in "of that step"."""
    if items[stop].is_word("of"):
        return items[min(stop + 1, len(items) - 1)].is_word("that", "this")
    return not items[stop].is_word("since_word") and items[stop].symbol not in "wN"


def _own(hit: Hit, first: int) -> str | None:
    """The organisation whose own anniversary it is, or the country whose centenary."""
    items = hit.scene.items
    owner = items[first - 2] if first > 1 and items[first - 1].is_word("possessive") else None
    if first and fold(items[first - 1].text) == "its":
        at = subject_of(items, first - 1, "O")
        owner = items[at] if at is not None else None
    if owner is None or owner.symbol not in "OC":
        return None
    if owner.symbol == "C" and fold(hit.match.slot("mark")[0].text) not in plain_words("centenaries"):
        return None
    return country_of(owner)


_ORD: Final = "ord=(<0|w|N|U|first_meeting|adjective|jubilee|two|three|four> (<-> <w|first_meeting|adjective|years>)?)"

RULES: Final[tuple[Rule[AnniversaryDraft], ...]] = (
    Rule(
        id="anniversary.years-after",
        pattern="ord=(<0|w|U|N|an|two|three|four|jubilee>) <years>? <on|w>? mark=(<after|since_word>)",
        trigger="mark",
        needs=("years", "jubilee", "U"),
        build=_event,
        example="Forty years after Chile and Peru signed a treaty of friendship, the anniversary was celebrated in Lima.",
        counter=("Forty years after Chile and Peru signed a treaty of friendship, a ship sank.",),
    ),
    Rule(
        id="anniversary.turns",
        pattern="what=(O|D <relations>|<relations> <between> D) <modal_future|aux>? mark=(<turns>) ord=(<0|w>)",
        trigger="mark",
        needs=("turns",),
        build=_turns,
        example="The UN turns 80 this year. The anniversary will be celebrated in June.",
        counter=("The UN turns to other matters.", "Anna Novak turns 80 this year."),
    ),
    Rule(
        id="anniversary.ties-begun",
        pattern="what=(D) ,? <who|which>? <aux|also>{0,2} mark=(<upgraded>) ties=(<relations>) <in|on> year=(T)",
        trigger="mark",
        needs=("relations",),
        build=_began,
        example="Chile and Peru, which established diplomatic ties in 1965, celebrate the 60th anniversary this year.",
        counter=(
            "Chile and Peru, which established diplomatic ties in 1965, celebrate the 70th anniversary this year.",
        ),
    ),
    Rule(
        id="anniversary.compound",
        pattern=f"{_ORD} mark=(<base_event>) <anniversary>",
        trigger="mark",
        needs=("anniversary",),
        build=_compound,
        example="Anna Novak flew to Suva for Fiji's 55th independence anniversary.",
        counter=("Anna Novak flew to Suva for the club's 55th independence anniversary.",),
    ),
    Rule(
        id="anniversary.whose",
        pattern=f"mark=(<base_event|relations|agreement_noun>) <^.|;|,|P|Q>{{0,6}} , <on|w>? who=(<whose>) {_ORD} <anniversary>",
        trigger="mark",
        needs=("anniversary",),
        build=_whose,
        example="Chile praised the fisheries agreement with Peru, whose tenth anniversary falls on Saturday.",
        counter=("Chile praised the agreement with Peru, a country whose tenth anniversary falls on Saturday.",),
    ),
    Rule(
        id="anniversary.feast",
        pattern=f"({_ORD}|<the>)? mark=(<anniversary|jubilee>)",
        trigger="mark",
        needs=("anniversary", "jubilee"),
        build=_feast,
        example="NATO celebrated its 76th anniversary on Friday.",
        counter=("Chile celebrated the 76th anniversary on Friday.", "The club celebrated its 76th anniversary."),
    ),
)
