"""Whose official somebody is where the text does not say: the press of a country names its own without it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Final

from kg.extract.figure import Figure
from kg.extract.home import HOSTS, NATIONAL
from kg.extract.known import HEADS
from kg.extract.lexicon import plain_words
from kg.extract.register import Register
from kg.lexicon.tokens import folded

_OFTEN: Final = 4
_MANY: Final = frozenset({"legislator", "military", "subnational", "spokesperson"})
_NOT_EVERYWHERE: Final = frozenset({"monarch", "heir", "head-of-government"})
_ROYAL: Final = frozenset({"monarch", "heir"})
_EVERYBODYS: Final = frozenset({"USA", "VAT"})  # whose leaders the press of any country names without their country


@dataclass(slots=True, eq=False)
class _Situation:
    """What the figures of one article tell together, read off them once."""

    register: Register
    first: Figure | None  # the leader whom the text names first
    foreign: set[str]  # the countries whose officials the text names with their country
    led: set[str]  # of those who lead them, or are somebody's counterparts
    usual: tuple[str | None, ...]  # the countries of home, the likeliest first, where the text's own leaders give none
    ours: str | None = None
    held: dict[str | None, set[str]] = field(default_factory=dict)  # of every holder of an office, guesses included

    @classmethod
    def of(cls, register: Register, lead: Sequence[str]) -> _Situation:
        """What the figures tell before any of them is given a country."""
        figures = register.figures
        leading = [figure for figure in figures if figure.office_kind in HEADS or figure.apart_from]
        usual = (_known_at_home(figures), *register.posts, _heard_most(register), *lead)
        situation = cls(register, _first(figures), _foreign(figures), _foreign(leading), usual)
        for figure in figures:
            situation.note(figure)
        return situation

    def note(self, figure: Figure) -> None:
        """Keep of which country a holder of his office is."""
        if figure.country and not figure.elect and not _has_many(figure):
            self.held.setdefault(figure.office, set()).add(figure.country)

    def taken(self, figure: Figure) -> set[str]:
        """The countries that have another holder of his office."""
        return set() if figure.is_past or figure.elect else self.held.get(figure.office, set())


def settle_home(register: Register, lead: Sequence[str]) -> None:
    """Give a country to those whom the text names without one.

    ``lead`` are the countries of headline and lead in their order. Whoever came with somebody is of his country. A
    report that names its first leader with a country means that one where it names none; the press of a country names
    its own leaders without, and every other with it.
    """
    situation = _Situation.of(register, lead)
    situation.ours = _ours(register, situation.first)
    register.first_home = None
    for figure in sorted(register.figures, key=attrgetter("begin")):
        if figure.country is None and figure.titled and figure.person is None:
            figure.country = _of_figure(situation, figure)
            situation.note(figure)
            if figure.at_home and register.first_home is None and not figure.met and not figure.visits:
                register.first_home = figure.country
    for figure in register.figures:  # whose host has his country only now
        if figure.country is None and figure.company is not None:
            figure.country = figure.company.country
    _settle_hosts(register)


def _ours(register: Register, first: Figure | None) -> str | None:
    """The country whose leaders the text means where it names none; ``None`` where they may be abroad."""
    register.ours = None
    if first is not None and not first.at_home and not first.is_past and (first.placed or first.person):
        register.ours = first.country
    if register.origin.outlet is not None and register.origin.issuer is None:
        register.ours = register.origin.outlet
    at_home = any(f.office_kind in HOSTS and f.country is None and f.person is None for f in register.figures)
    visited = at_home and register.home is not None and register.ours != register.home
    return None if visited else register.ours


def _of_figure(situation: _Situation, figure: Figure) -> str | None:
    """The country or organisation of one figure."""
    origin = situation.register.origin
    if figure.company is not None and figure.company.country is not None:
        return figure.company.country
    if figure.office_kind == "organisation-head":
        return origin.body or _only_body(situation)
    if figure.office_kind == "envoy":
        return origin.issuer or _other_side(situation)
    if figure.office_kind not in NATIONAL:
        return None
    told = _told_beside(situation, figure) or _visited(situation, figure) or _of_house(situation, figure)
    if told is None and figure.office is not None:
        told = figure.scene or _likeliest(situation, figure)
        figure.at_home = told is not None
    return told


def _told_beside(situation: _Situation, figure: Figure) -> str | None:
    """The country that words near a national official tell: of the town where he receives, of his digest's item."""
    register = situation.register
    posted = register.origin.posted
    told = figure.seat or (posted if figure.called or figure.near == posted else None)
    if told is not None and figure.office is not None:
        return told
    if register.of_items and register.origin.issuer is None and figure.near is not None:
        return figure.near
    headed = register.headed.get(figure.office_kind or "")
    if headed is not None and headed not in situation.foreign:
        return headed
    beside = figure.beside  # "Prime Minister X and Speaker Y": of one country, where the world knows X
    if beside is not None and beside.called and not beside.placed and beside.country is not None:
        return beside.country  # "called on Prime Minister X and Speaker Y"
    return beside.country if beside is not None and beside.person is not None and not beside.placed else None


def _of_house(situation: _Situation, figure: Figure) -> str | None:
    """The country of the one royal house that the text names: "King X of Freedonia and Queen Y"."""
    if figure.office_kind not in _ROYAL:
        return None
    houses = {f.country for f in situation.register.figures if f.office_kind in _ROYAL and f.country is not None}
    return houses.pop() if len(houses) == 1 else None


def _visited(situation: _Situation, figure: Figure) -> str | None:
    """The country that the first leader visits, for one whom he meets there: where the dateline is abroad for him."""
    first, home = situation.first, situation.register.home
    if first is None or first is figure or not figure.met:
        return None
    abroad = {home} if home is not None and first.at_home and first.country != home else set()
    held = {f.country for f in situation.register.figures if f.office == figure.office and not f.elect and f.placed}
    states = (first.visits or abroad) - situation.taken(figure) - figure.apart - (held if _is_head(figure) else set())
    return next(iter(states)) if len(states) == 1 else None


def _settle_hosts(register: Register) -> None:
    """Let whom the own leaders call on abroad be of the country that they visit."""
    home = register.home
    guests = [f for f in register.figures if f.at_home and not f.called and f.country not in {None, home}]
    for figure in register.figures if home is not None and guests else ():
        if figure.at_home and figure.called and figure.country == guests[0].country:
            figure.country = home


def _only_body(situation: _Situation) -> str | None:
    """The organisation named most often in the text, if there is one; else the only one whose officials it names."""
    register = situation.register
    ranked = register.bodies.most_common(2)
    if ranked:
        return ranked[0][0] if len(ranked) == 1 or ranked[0][1] > ranked[1][1] else None
    served = situation.foreign - register.lexicon.world.countries.keys()
    return next(iter(served)) if len(served) == 1 else None


def _other_side(situation: _Situation) -> str | None:
    """The country of an ambassador received in a capital: the other one of two that the text speaks of."""
    register, first = situation.register, situation.first
    if first is not None and first.visits:
        return None  # he may be the own one there
    named = {code for code in register.heard if code in register.lexicon.world.countries} | situation.foreign
    return next(iter(named - {register.home})) if register.home in named and len(named) == 2 else None


def _first(figures: Iterable[Figure]) -> Figure | None:
    """The leader whom the text names first with an office."""
    named = [figure for figure in figures if figure.mentions and figure.office_kind in NATIONAL]
    return min(named, key=attrgetter("begin"), default=None)


def _likeliest(situation: _Situation, figure: Figure) -> str | None:
    """The country that is most likely the figure's own; never one for which another holder of his office is named."""
    register, ours, foreign = situation.register, situation.ours, situation.foreign
    states, origin, home = register.lexicon.world.countries, register.origin, register.home
    shut = {other.country for other in figure.apart_from if other.country}
    shut |= figure.visits | figure.apart | situation.taken(figure) | register.envoys
    likely = (origin.issuer, ours, register.first_home, home, *situation.usual)
    near = [code for code in dict.fromkeys(likely) if code in states and code not in shut]
    if figure.office_kind in _ROYAL and near and not _has(register, near[0], figure):
        return None  # a king of a republic is one of long ago or far away
    near = [code for code in near if _has(register, code, figure)]
    if ours is not None or (near and near[0] in {origin.issuer, origin.outlet}):
        return near[0] if near else None
    if figure.office_kind == "subnational" and len({*near, *register.heard} & states.keys()) > 1:
        return next((code for code in (register.first_home, home) if code in near), None)  # where is his town?
    led = situation.led if figure.office_kind in HOSTS else set()  # whoever leads there has deputies there
    own = [code for code in near if code not in foreign or (code == home and code not in led)]
    if own:
        return own[0]
    closed = shut | foreign
    heard = [
        c for c, _ in register.heard.most_common() if c in states and c not in closed and _has(register, c, figure)
    ]
    towns = register.towns.most_common() if not register.heard else ()
    if figure is situation.first:  # who is told of with foreigners alone may be of anywhere else
        near = [code for code in near if code not in situation.led]
    return next(iter(heard + near), None) or next((code for code, _ in towns if code not in closed), None)


def _has(register: Register, country: str | None, figure: Figure) -> bool:
    """Whether a country has the figure's office, as far as the world knows: a king, a head of government."""
    kind = figure.office_kind
    if kind not in _NOT_EVERYWHERE:
        return True
    offices = register.lexicon.world.offices
    held = {
        office.kind for _, term in register.lexicon.terms.get(country or "", ()) if (office := offices.get(term.office))
    }
    return not held & HEADS or kind in held or (kind == "heir" and "monarch" in held)


def _heard_most(register: Register) -> str | None:
    """The country of which the text speaks far more often than of any other."""
    ranked = register.heard.most_common(2)
    much = bool(ranked) and ranked[0][1] >= _OFTEN
    return ranked[0][0] if much and (len(ranked) == 1 or ranked[0][1] >= 2 * ranked[1][1]) else None


def _known_at_home(figures: Iterable[Figure]) -> str | None:
    """The country of the known leaders whom the text names without it: its own, unless all the world names them so."""
    known = (f for f in figures if f.person is not None and f.titled and not f.placed)
    bare = {f.country for f in known if not any(mention.counterpart for mention in f.mentions)} - _EVERYBODYS - {None}
    return next(iter(bare)) if len(bare) == 1 else None


def _foreign(figures: Iterable[Figure]) -> set[str]:
    """The countries whose leaders the text names with their country."""
    return {figure.country for figure in figures if figure.country and figure.placed and not figure.at_home}


def _is_head(figure: Figure) -> bool:
    return figure.office_kind in HEADS and not figure.is_past


def _has_many(figure: Figure) -> bool:
    """Whether a country has many of the figure's office at a time: ministers, members of parliament."""
    return figure.office_kind in _MANY or folded(figure.office or "") in plain_words("vague_titles")


__all__ = ["settle_home"]
