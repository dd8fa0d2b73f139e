"""Whose minister is meant where the text does not say: the press of a country names its own without it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from kg.extract.country import country_of
from kg.extract.figure import Figure
from kg.extract.item import Item, Mention
from kg.extract.known import HEADS
from kg.extract.lexicon import plain_words
from kg.extract.register import Register
from kg.lexicon.gazetteer import Kind
from kg.lexicon.tokens import folded

_HOSTS: Final = HEADS | {"foreign-minister", "heir"}
_BOUND: Final = ("to", "for", "visit", "visits", "visited", "visiting")  # what stands before where somebody travels
_MANY: Final = frozenset({"legislator", "military", "subnational", "spokesperson"})
_NATIONAL: Final = HEADS | {
    "foreign-minister", "minister", "deputy", "heir", "legislator", "spokesperson", "subnational", "military",
}  # fmt: skip


def note_company(items: Sequence[Item]) -> None:
    """Note who came with whom, and who is met in his own capital.

    "X, accompanied by Foreign Minister Y": both are of one country. "X will fly to Lima to meet President Y": of Peru.
    """
    host: Mention | None = None
    joined = False
    for at, item in enumerate(items):
        if "company" in item.classes:
            joined = host is not None
        elif item.symbol in "PR" and item.mention is not None:
            served = at > 0 and items[at - 1].is_word("his") and not item.mention.counterpart  # "his spokesman, X"
            if (joined or served) and host is not None and item.mention.country is None:
                item.mention.company, item.mention.country = host, host.country
            elif item.symbol == "P":
                _note_visit(items, at, item.mention)
                _place_leader(items, at, item.mention)
                _place_host(items, at, item.mention)
                host = item.mention
            else:
                host = item.mention
            joined = False
        elif joined and (item.symbol in ".;" or item.is_word("verb", "met", "held", "received")):
            joined = False


def note_lands(items: Sequence[Item]) -> None:
    """Give "the country's president" the country that the sentence has named before him."""
    if not [item for item in items if item.mention is not None and item.mention.there]:
        return
    land: str | None = None
    for item in items:
        if item.symbol in "CL":
            land = _state_of(item) or land
        elif item.mention is not None and item.mention.there and item.mention.country is None:
            item.mention.country = land


def share_states(items: Sequence[Item]) -> None:
    """Give the states of "the leaders of A and B, Chancellor X and President Y" to the two, in their order."""
    for at in [at for at, item in enumerate(items) if "plural" in item.classes]:
        if at + 2 >= len(items) or not items[at + 1].is_word("of", "from"):
            continue
        end = at + 2
        while end < len(items) and (
            items[end].symbol in "CO" or items[end].is_word("and", "the") or items[end].symbol == ","
        ):
            end += 1
        codes = [country_of(each) for each in items[at + 2 : end] if each.symbol in "CO"]
        stop = end
        while stop < len(items) and (items[stop].symbol in "P," or items[stop].is_word("and")):
            stop += 1
        mentions = [each.mention for each in items[end:stop] if each.symbol == "P" and each.mention is not None]
        if len(codes) == len(mentions) > 1 and all(mention.country is None for mention in mentions):
            for mention, code in zip(mentions, codes, strict=True):
                mention.country = code


def note_near(items: Sequence[Item], last: str | None) -> str | None:
    """Note for each person without a country the one named last before him; give the last one of the sentence."""
    for item in items:
        if item.mention is not None and item.symbol == "P":
            item.mention.near = last if item.mention.country is None else item.mention.country
            last = item.mention.country or last
        elif item.symbol in "CAL":
            last = _state_of(item) or last
    return last


def _state_of(item: Item) -> str | None:
    kinds = (Kind.COUNTRY, Kind.DEMONYM, Kind.CAPITAL, Kind.METONYM)
    return next((item.keys[kind][0] for kind in kinds if kind in item.keys), None)


def _note_visit(items: Sequence[Item], at: int, mention: Mention) -> None:
    """Note the country of "X concluded her visit to Brunei": X is not of it."""
    behind = items[at + 1 : at + 8]
    for index, item in enumerate(behind[:-1]):
        if item.symbol in "PRQ.;":
            return
        following = behind[index + 1]
        if item.is_word("visited") and following.symbol in "CL" and (state := _state_of(following)) is not None:
            mention.visits = state


def _place_leader(items: Sequence[Item], at: int, mention: Mention) -> None:
    """Give who leads a country's side that country: "the Peruvian side was led by President X"."""
    before = items[max(0, at - 5) : at]
    sides = [index for index, item in enumerate(before) if item.is_word("one_side")]
    if mention.country is not None or not sides or not before[-1].is_word("by", "led_by"):
        return
    state = next((item for item in reversed(before[: sides[-1]]) if item.symbol in "AC"), None)
    mention.country = country_of(state) if state is not None else None


def _place_host(items: Sequence[Item], at: int, mention: Mention) -> None:
    """Give one who is met where somebody travels to that place's country, if he leads one and has no other."""
    if mention.country is not None or mention.office_kind not in _HOSTS:
        return
    before = items[max(0, at - 8) : at]
    for index, item in enumerate(before):
        if not any(i.is_word("meet", "talks") for i in before[index:]):
            continue
        state = item.keys.get(Kind.CAPITAL) or (item.keys.get(Kind.COUNTRY) if item.symbol == "C" else None)
        bound = items[max(0, at - 8) + index - 1].text.casefold()
        if state and bound.endswith(_BOUND):
            mention.country = state[0]


def settle_home(register: Register, lead: Sequence[str]) -> None:
    """Give a country to those whom the text names without one.

    ``lead`` are the countries of headline and lead in their order. Whoever came with somebody is of his country. A
    report that names its first leader with a country means that one where it names none; the press of a country names
    its own leaders without, and every other with it.
    """
    first = _first(register.figures)
    register.ours = ours = None
    if first is not None and not first.at_home and (first.placed or first.person):
        register.ours = ours = first.country
    at_home = any(f.office_kind in _HOSTS and f.country is None and f.person is None for f in register.figures)
    abroad = _Abroad.of(register.figures)
    for figure in register.figures:
        if figure.country is not None or not figure.titled or figure.person is not None:
            continue
        if figure.company is not None and figure.company.country is not None:
            figure.country = figure.company.country
        elif register.of_items and figure.near is not None and figure.office_kind in _NATIONAL:
            figure.country = figure.near
        elif register.issuer is not None and figure.office_kind == "envoy":
            figure.country = register.issuer
        elif figure.office is not None and figure.office_kind in _NATIONAL:
            visited = at_home and ours != register.home and register.home is not None
            figure.country = _likeliest(register, figure, abroad, lead, None if visited else ours)
            figure.at_home = figure.country is not None
        abroad.note(figure)


def _first(figures: Iterable[Figure]) -> Figure | None:
    """The leader whom the text names first with an office."""
    named = [figure for figure in figures if figure.mentions and figure.office_kind in _NATIONAL]
    return min(named, key=lambda figure: min(mention.begin for mention in figure.mentions), default=None)


@dataclass(slots=True, eq=False)
class _Abroad:
    """The countries of those whom the text names with theirs, read off the figures once."""

    foreign: set[str]  # of anybody
    led: set[str]  # of those who lead them, or are somebody's counterparts
    held: dict[str | None, set[str]] = field(default_factory=dict)  # of every holder of an office, guesses included

    @classmethod
    def of(cls, figures: Sequence[Figure]) -> _Abroad:
        """The countries of these figures."""
        leading = [figure for figure in figures if figure.office_kind in HEADS or figure.apart_from]
        abroad = cls(_foreign(figures), _foreign(leading))
        for figure in figures:
            abroad.note(figure)
        return abroad

    def note(self, figure: Figure) -> None:
        """Keep of which country a holder of his office is."""
        if figure.country and not _has_many(figure):
            self.held.setdefault(figure.office, set()).add(figure.country)


def _likeliest(
    register: Register, figure: Figure, abroad: _Abroad, lead: Sequence[str], ours: str | None
) -> str | None:
    """The country that is most likely the figure's own; never one for which another holder of his office is named."""
    states = register.lexicon.world.countries
    shut = {other.country for other in figure.apart_from if other.country}
    shut |= figure.visits | abroad.held.get(figure.office, set())
    near = [c for c in dict.fromkeys((register.issuer, ours, register.home, *lead)) if c in states and c not in shut]
    if ours is not None or (near and near[0] == register.issuer):
        return near[0] if near else None
    foreign = abroad.foreign
    own = [code for code in near if code not in foreign or (code == register.home and code not in abroad.led)]
    if own:
        return own[0]
    closed = shut | foreign
    far = next((code for code, _ in register.heard.most_common() if code in states and code not in closed), None)
    return far or next(iter(near), None)


def _foreign(figures: Iterable[Figure]) -> set[str]:
    """The countries whose leaders the text names with their country."""
    return {figure.country for figure in figures if figure.country and figure.placed and not figure.at_home}


def _has_many(figure: Figure) -> bool:
    """Whether a country has many of the figure's office at a time: ministers, members of parliament."""
    return figure.office_kind in _MANY or folded(figure.office or "") in plain_words("vague_titles")


__all__ = ["note_company", "note_lands", "note_near", "settle_home", "share_states"]
