"""Who agreed: the sides that the words before and behind a verb name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kg.extract.clause import PARTIES, subject_of
from kg.extract.item import Item
from kg.extract.people import country_of
from kg.extract.refer import Those
from kg.extract.register import Figure
from kg.extract.scene import Scene
from kg.facts.agreement.phrase import countries_in, parties_of
from kg.lexicon.gazetteer import Kind

_GROUPS: Final = ("plural", "sides", "of_states")
_NEAR: Final = 5
_PAIR: Final = 2


@dataclass(frozen=True, slots=True)
class Sides:
    """Countries or organisations, the people where people are named, and the index of the item that names them."""

    parties: tuple[str, ...]
    people: tuple[Figure, ...]
    index: int

    def joined(self, other: Sides | None) -> Sides:
        """These sides and the other ones."""
        if other is None:
            return self
        return Sides(
            tuple(dict.fromkeys((*self.parties, *other.parties))),
            tuple(dict.fromkeys((*self.people, *other.people))),
            self.index,
        )

    @property
    def are_several(self) -> bool:
        """Whether there are two sides, or two people whose countries may turn up later."""
        return len(self.parties) > 1 or len(self.people) > 1


def sides_at(scene: Scene, index: int) -> Sides | None:
    """The sides that one item stands for."""
    item = scene.items[index]
    if item.symbol in "CDO":
        codes = countries_in([item])
        return Sides(codes, (), index) if codes else None
    if item.symbol == "L":
        code = country_of(item) if Kind.CAPITAL in item.keys or Kind.METONYM in item.keys else None
        return Sides((code,), (), index) if code else None
    those = item.value
    if item.symbol == "G" and isinstance(those, Those):
        named = _pair_before(scene.items, index)
        if named and (those.sides or item.is_word("they") or item.text.casefold() in {"they", "both"}):
            return Sides(named, (), index)
        if those.sides:
            codes = _pair_with(scene, index) or _pair_of_article(scene)
            return Sides(codes, (), index) if len(codes) > 1 else None
    people = scene.people(index)
    codes = parties_of(people)
    if people and (codes or item.symbol != "R"):
        return Sides(codes, people, index)
    return _unnamed(scene, index) or (Sides(codes, people, index) if people else None)


def _unnamed(scene: Scene, index: int) -> Sides | None:
    """The side of an official without a name ("Angola's oil minister"), of "X and his Zambian counterpart" both."""
    items = scene.items
    mention = items[index].mention
    if mention is None or mention.country is None or items[index].symbol != "R":
        return None
    at = index - 1
    while at > 0 and (items[at].symbol == "," or items[at].is_word("and")):
        at -= 1
    if index - at == 1 or not items[index - 1].is_word("and"):
        return Sides((mention.country,), (), index)
    people = scene.people(at) if items[at].symbol in "PR" else ()
    codes = parties_of(people)
    return Sides((*codes, mention.country), people, at) if codes and mention.country not in codes else None


def _pair_before(items: Sequence[Item], index: int) -> tuple[str, ...]:
    """The countries that the sentence names together before a plural reference to them."""
    for item in reversed(items[:index]):
        if item.symbol == "D" and isinstance(item.value, tuple):
            return tuple(code for code in item.value if isinstance(code, str))
        if item.symbol in "PQ":
            return ()
    return ()


def _pair_of_article(scene: Scene) -> tuple[str, ...]:
    """Which countries "the two sides" are: those of the last group of people, or the last pair named."""
    codes = parties_of(scene.memory.group_of(2))
    return codes if len(codes) == _PAIR else scene.memory.sides


def _pair_with(scene: Scene, index: int) -> tuple[str, ...]:
    """The sides of the talks with the one whom the sentence names first: "In the talks with X, the two sides"."""
    named = [item.value for item in scene.items[:index] if isinstance(item.value, Figure) and item.symbol in "PR"]
    if len(named) != 1:
        return ()
    group = next((group for group in reversed(scene.memory.groups) if named[0] in group), ())
    codes = parties_of(group)
    return codes if len(codes) == _PAIR else ()


def subject_sides(scene: Scene, verb: int) -> Sides | None:
    """The sides that are the subject of the verb."""
    delegates = _delegates(scene, verb)
    if delegates is not None:
        return delegates
    index = subject_of(scene.items, verb, PARTIES)
    if index is not None:
        return sides_at(scene, index)
    index = subject_of(scene.items, verb, PARTIES + "L")
    return sides_at(scene, index) if index is not None else None


def _delegates(scene: Scene, verb: int) -> Sides | None:
    """States by those who act for them: "representatives of A and B", "Chilean and Peruvian envoys".

    "A's government".
    """
    items = scene.items
    at = verb - 1
    while at >= 0 and (items[at].symbol == "T" or items[at].is_word("aux", "also", "on")):
        at -= 1
    if at < 1:
        return None
    if items[at].symbol in "CDO":
        before = at - 1
        while before > 0 and items[before].is_word("the"):
            before -= 1
        if items[before].is_word("of", "from") and before and _is_group(items[before - 1]):
            return Sides(countries_in([items[at]]), (), before - 1)
        return None
    if items[at].is_word("office_of"):
        return _body(items, at)
    return _envoys(scene, at) if items[at].is_word(*_GROUPS) else None


def _envoys(scene: Scene, at: int) -> Sides | None:
    """The states of "Chilean and Peruvian envoys", of "A and B watched as their ministers signed"."""
    items = scene.items
    if items[at - 1].is_word("their"):
        named = next((item for item in reversed(items[:at]) if item.symbol in "DQP"), None)
        people = named.value if named is not None and named.symbol == "Q" else ()
        both = [figure for figure in people if isinstance(figure, Figure)] if isinstance(people, tuple) else []
        codes = _pair_before(items, at) or parties_of(both) or (_pair_of_article(scene) if at < _NEAR else ())
        first = at - 1
    else:
        codes, first = _demonyms(items, at)
    return Sides(codes, (), first) if len(codes) > 1 else None


def _is_group(item: Item) -> bool:
    return item.symbol == "G" or item.is_word(*_GROUPS)


def _body(items: Sequence[Item], at: int) -> Sides | None:
    """The state whose government or ministry stands here: "Chile's government", "the Chilean foreign ministry"."""
    before = at - 1
    if before > 0 and items[before].is_word("possessive"):
        before -= 1
    code = country_of(items[before]) if before >= 0 and items[before].symbol in "CA" else None
    return Sides((code,), (), before) if code else None


def _demonyms(items: Sequence[Item], noun: int) -> tuple[tuple[str, ...], int]:
    """The countries of "Chilean and Peruvian negotiators", and where the words begin."""
    found: list[str] = []
    first = noun
    for at in range(noun - 1, max(-1, noun - 1 - 2 * _NEAR), -1):
        if items[at].symbol in "ACO":
            code = country_of(items[at])
            found += [code] if code else []
            first = at
        elif not (items[at].symbol == "," or items[at].is_word("and", "adjective", "tending")):
            break
    return tuple(dict.fromkeys(reversed(found))), first


def partner_sides(scene: Scene, start: int, stop: int) -> Sides | None:
    """The other side after "with" in these words; none where it is somebody's company or a thing."""
    items = scene.items
    for at in range(start, min(stop, len(items) - 1)):
        if items[at].is_word("with") and items[at].text.casefold() == "with":
            other = _party_after(scene, at + 1)
            if other is not None:
                return other
    return None


def partner_before(scene: Scene, verb: int) -> Sides | None:
    """The other side before "with whom"."""
    items = scene.items
    for at in range(verb - 1, max(1, verb - _NEAR), -1):
        if items[at].is_word("whom") and items[at - 1].is_word("with"):
            return next((sides_at(scene, k) for k in (at - 2, at - 3) if k >= 0 and items[k].symbol in PARTIES), None)
    return None


def partner_ahead(scene: Scene, index: int) -> Sides | None:
    """The other side of a sentence that opens with it: "With the Angolan leader, she agreed"."""
    items = scene.items
    first = next((at for at in range(min(index, 2)) if items[at].is_word("with")), None)
    if first is None or items[first].text.casefold() != "with":
        return None
    at = first + 1
    while at < index and items[at].symbol not in PARTIES:
        if not items[at].is_word("the", "visiting", "leading", "adjective"):
            return None
        at += 1
    return sides_at(scene, at) if at < index and items[at + 1].symbol in ",PRG" else None


def _party_after(scene: Scene, start: int) -> Sides | None:
    items = scene.items
    for at in range(start, min(start + _NEAR, len(items))):
        following = items[at + 1 : at + 3]
        acting = bool(following) and any(item.is_word("office_of") for item in following)
        if items[at].symbol == "A" and acting:
            code = country_of(items[at])
            return Sides((code,), (), at) if code else None
        if items[at].symbol in PARTIES:
            owns = bool(following) and following[0].is_word("possessive")
            if items[at].symbol in "CO" and not acting and (owns or (following and following[0].symbol == "N")):
                return None
            return sides_at(scene, at)
        if items[at].symbol == "L":
            return None if following and following[0].is_word("possessive") else sides_at(scene, at)
        if not items[at].is_word("the", "visiting", "an", "leading", "adjective"):
            return None
    return None
