"""What a sentence itself says of whose official somebody is, where no country stands beside his title.

Who came with whom, who is met in his own capital, whose ambassador "its" is. What follows from the whole text is
:mod:`kg.extract.settling`'s.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from kg.extract.among import has_kind, has_word
from kg.extract.country import country_of
from kg.extract.item import Item, Mention
from kg.extract.known import HEADS
from kg.extract.lexicon import Lexicon, plain_words
from kg.lexicon.gazetteer import Kind

HOSTS: Final = HEADS | {"foreign-minister", "heir"}
_BOUND: Final = ("to", "for", "visit", "visits", "visited", "visiting")  # what stands before where somebody travels
NATIONAL: Final = HEADS | {
    "foreign-minister", "minister", "deputy", "heir", "legislator", "spokesperson", "subnational", "military",
}  # fmt: skip
_OPENING: Final = 4  # items in which a sentence says of which state it tells
_BROUGHT: Final = frozenset({"message", "letter", "greetings", "invitation", "regards"})
_BRINGING: Final = frozenset(
    {
        "delivered", "handed", "handed over", "hands over", "presented", "conveyed", "carried", "brought", "passed",
        "delivers", "delivering", "conveys", "conveying", "carrying",
    }
)  # fmt: skip
_OWN: Final = frozenset({"its", "that country's", "that country’s"})


def note_company(items: Sequence[Item], lexicon: Lexicon) -> None:
    """Note who came with whom, and who is met in his own capital.

    "X, accompanied by Foreign Minister Y": both are of one country. "X will fly to Lima to meet President Y": of Peru.
    """
    _note_counterparts(items)
    _note_visitors(items)
    first = next((item.mention for item in items if item.symbol in "PR" and item.mention is not None), None)
    host: Mention | None = None
    joined = False
    for at, item in enumerate(items):
        if "company" in item.classes:
            joined = True
        elif item.symbol in "PR" and item.mention is not None:
            served = at > 0 and items[at - 1].is_word("his") and not item.mention.counterpart  # "his spokesman, X"
            item.mention.served = at > 1 and items[at - 1].is_word("possessive") and items[at - 2].symbol in "PN"
            served = served or (joined and host is None)  # "the visitor was accompanied by X"
            if (joined or served) and host is not None and item.mention.country is None:
                # "X did not meet Y, his spokesman, Z, said": X's
                owner = first or host if served and item.mention.office_kind == "spokesperson" else host
                item.mention.company, item.mention.country = owner, owner.country
                joined = joined and at + 1 < len(items) and items[at + 1].is_word("and")
                continue
            if item.symbol == "P":
                item.mention.served = item.mention.served or served
                _place(items, at, item.mention, lexicon)
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


def _note_counterparts(items: Sequence[Item]) -> None:
    """Note that whoever "met his Polish counterpart" is no Pole."""
    people = [item.mention for item in items if item.symbol in "PR" and item.mention is not None]
    for index, mention in enumerate(people):
        if mention.counterpart and mention.country is not None and index and people[index - 1].country is None:
            people[index - 1].apart = mention.country


def _note_visitors(items: Sequence[Item]) -> None:
    """Note that whom "the visiting Polish minister" meets is no Pole."""
    people = [at for at, item in enumerate(items) if item.symbol in "PR" and item.mention is not None]
    for one, other in pairwise(people):
        guest, host = items[one].mention, items[other].mention
        if guest is None or host is None:
            continue
        if not guest.visiting:
            guest, host = host, guest
        if guest.visiting and guest.country is not None and host.country is None and _are_apart(items, one, other):
            host.apart = guest.country


def _are_apart(items: Sequence[Item], one: int, other: int) -> bool:
    """Whether one of the two meets the other: "A met the visiting B", "talks between the visiting A and B"."""
    if any(item.symbol in "C;" or item.is_word("company") for item in items[one + 1 : other]):
        return False
    if has_word(items[one + 1 : other], "met", "meet", "received", "called_on", "with", "talks"):
        return True
    return items[other - 1].is_word("and") and has_word(items[max(0, one - 3) : one], "between")


def opening_place(items: Sequence[Item]) -> str | None:
    """The country of the town or state with which a digest's item opens: "Bogotá. ...", "LIMA - ..."."""
    if not items or items[0].symbol not in "CL" or (len(items) > 1 and items[1].symbol not in ".-–:,|"):
        return None
    return _state_of(items[0])


def note_near(items: Sequence[Item], last: str | None, place: str | None = None) -> str | None:
    """Note for each person without a country the one named last before him; give the last one of the sentence.

    ``place`` is the country with which the item opens: it stands before all others.
    """
    for item in items:
        if item.mention is not None and item.symbol == "P":
            item.mention.near = (place or last) if item.mention.country is None else item.mention.country
            last = item.mention.country or last
        elif item.symbol in "CAL":
            last = _state_of(item) or last
    return last


def opening_state(items: Sequence[Item]) -> str | None:
    """The one state of which a sentence tells: "Spain's government hopes", "The Embassy of Peru in Rome reports"."""
    at = next((at for at, item in enumerate(items[:_OPENING]) if item.symbol in "CA" and country_of(item)), None)
    if at is None or has_kind(items[:at], "PRQN,;") or not all(_may_open(item) for item in items[:at]):
        return None
    others = {country_of(item) for item in items if item.symbol in "CA"} - {country_of(items[at])}
    return None if others else country_of(items[at])


def _may_open(item: Item) -> bool:
    return item.is_word("the", "of", "office_of") or item.text.casefold() in {"embassy", "government"}


def note_owned(items: Sequence[Item], opener: str | None) -> None:
    """Give "Its agriculture minister, X" the state of which the sentence before told."""
    at = next((at for at, item in enumerate(items[:2]) if item.symbol == "P"), None)
    if at is None or opener is None or items[0].text.casefold().partition(" ")[0] != "its":
        return
    mention = items[at].mention
    if mention is not None and mention.country is None and mention.office_kind in NATIONAL:
        mention.country = opener


def _place(items: Sequence[Item], at: int, mention: Mention, lexicon: Lexicon) -> None:
    """Give a person the country that the words around him tell, or note where he is met."""
    _note_visit(items, at, mention)
    if mention.country is not None:
        return
    mention.country = (
        _led_side(items, at)
        or _owner(items, at, mention.title)
        or _represented(items, at)
        or _sender(items, at)
        or (_host(items, at) if mention.office_kind in NATIONAL else None)
        or (_chief(items, at) if mention.office_kind in NATIONAL - HEADS else None)
    )
    mention.called = _is_reached_by(items, at, "called_on", "received_passive")
    mention.met = mention.called or _is_reached_by(items, at, "met", "meet", "talks")
    mention.seat = _seat(items, at, lexicon) if mention.office_kind in NATIONAL else None
    mention.scene = _scene(items)
    mention.beside = items[at - 2].mention if at > 1 and items[at - 1].is_word("and") else None


def _state_of(item: Item) -> str | None:
    states = item.keys.states
    return states[0] if states else None


def _note_visit(items: Sequence[Item], at: int, mention: Mention) -> None:
    """Note the country of "X concluded her visit to Brunei": X is not of it."""
    behind = items[at + 1 : at + 8]
    for index, item in enumerate(behind[:-1]):
        if item.symbol in "PRQ.;":
            return
        following = behind[index + 1]
        if (
            item.is_word("visited", "travel")
            and following.symbol in "CL"
            and (state := _state_of(following)) is not None
        ):
            mention.visits = state


def _led_side(items: Sequence[Item], at: int) -> str | None:
    """The country whose side somebody leads or joins: "the Peruvian side was led by President X"."""
    before = items[max(0, at - 9) : at]
    sides = [index for index, item in enumerate(before) if item.is_word("one_side")]
    if not sides or has_kind(before[sides[-1] :], "PRQ.;"):
        return None
    opening = at <= len(before) and before[0].is_word("on", "from", "for")
    if not opening and not before[-1].is_word("by", "led_by"):
        return None
    state = next((item for item in reversed(before[: sides[-1]]) if item.symbol in "AC"), None)
    return country_of(state)


def _owner(items: Sequence[Item], at: int, title: str) -> str | None:
    """The country whose "its ambassador" is: the one named last before."""
    if not at:
        return None
    begin = at - 1
    if items[begin].is_word("possessive") and begin > 1 and items[begin - 2].is_word("the"):
        if items[begin - 1].text.casefold() != "country":
            return None
        begin -= 2
    elif items[begin].text.casefold() not in _OWN:
        return None
    before = items[:begin]
    if begin > 1 and items[begin - 1].is_word("with") and items[begin - 2].symbol == ",":
        before = items[:2]  # "Peru left the pact with Chile, with its president saying": the subject's
    elif title in plain_words("of_parties"):
        before = _behind_names(before)
    return next(
        (state for item in reversed(before) if item.symbol in "CA" and (state := country_of(item)) is not None), None
    )


def _behind_names(items: Sequence[Item]) -> Sequence[Item]:
    """The items behind the last name, which may be a party's: "the Union won in Peru and its leader"."""
    last = max((at for at, item in enumerate(items) if item.symbol == "N"), default=-1)
    return items[last + 1 :]


def _represented(items: Sequence[Item], at: int) -> str | None:
    """The country of "Ambassador X, who represents it"."""
    behind = items[at + 1 : at + 6]
    if len(behind) < 4 or behind[0].symbol != "," or not behind[1].is_word("who"):
        return None
    if behind[2].text.casefold() not in {"represents", "represented", "leads", "heads"}:
        return None
    state = next((item for item in behind[3:] if item.symbol in "CO"), None)
    return country_of(state)


def _sender(items: Sequence[Item], at: int) -> str | None:
    """The country of him from whom somebody brings a message: that of the messenger."""
    if at < 3 or not items[at - 1].is_word("from") or items[at - 2].text.casefold() not in _BROUGHT:
        return None
    verb = next((index for index in range(at - 3, max(-1, at - 7), -1) if items[index].text in _BRINGING), None)
    before = items[:verb] if verb is not None else ()
    people = [item.mention for item in before if item.mention is not None]
    joined = verb is not None and items[verb - 1].is_word("and")  # "X called on Y and handed over": X did
    bearer = people[0 if joined else -1] if people else None
    return bearer.country if bearer is not None else None


def _host(items: Sequence[Item], at: int) -> str | None:
    """The country to which, or to whose capital, somebody travels to meet him."""
    for index in range(max(1, at - 8), at):
        item, between = items[index], items[index:at]
        state = item.keys.get(Kind.CAPITAL) or (item.keys.get(Kind.COUNTRY) if item.symbol == "C" else None)
        bound = items[index - 1].text.casefold().endswith(_BOUND)
        if state and bound and has_word(between, "meet", "talks"):
            return state[0]
    return None


def _seat(items: Sequence[Item], at: int, lexicon: Lexicon) -> str | None:
    """The country of the town where he received somebody, or was called on.

    "She was received in Mombasa by the Governor, X", "paid a courtesy call on Minister X at the Ministry in Warsaw".
    """
    by = at > 1 and items[at - 1].is_word("by")
    for index in range(max(1, at - 4), at) if by else ():
        before = items[max(0, index - 3) : index]
        if items[index - 1].is_word("in") and has_word(before, "received", "received_passive"):
            return _country_of_town(items[index], lexicon)
    if not _is_reached_by(items, at, "called_on", "received_passive"):
        return None
    for index in range(at + 1, min(len(items), at + 8)):
        if items[index].symbol in "PRQ.;,":
            return None
        if items[index - 1].is_word("in") and (state := _country_of_town(items[index], lexicon)) is not None:
            return state
    return None


def _is_reached_by(items: Sequence[Item], at: int, *classes: str) -> bool:
    """Whether he is called on, or receives, or is met: by one of these words just before."""
    for item in reversed(items[max(0, at - 3) : at]):
        if item.is_word(*classes):
            return True
        if item.symbol in "PRQ.;":
            return False
    return False


def _chief(items: Sequence[Item], at: int) -> str | None:
    """The country of the head before him in a list of those met: "met Peruvian President X and Foreign Minister Y"."""
    while at > 1 and (items[at - 1].is_word("and") or items[at - 1].symbol == ",") and items[at - 2].symbol == "P":
        at -= 2
        chief = items[at].mention
        if chief is None or not chief.titled or chief.counterpart:
            return None
        if chief.office_kind in HEADS:
            return chief.country if _is_reached_by(items, at, "met", "meet", "talks", "called_on") else None
    return None


def _scene(items: Sequence[Item]) -> str | None:
    """The country in whose capital the sentence plays: "In Seoul, meanwhile, Foreign Minister X said ..."."""
    if len(items) < 3 or not items[0].is_word("in") or Kind.CAPITAL not in items[1].keys or items[2].symbol != ",":
        return None
    state = items[1].keys[Kind.CAPITAL][0]
    hosts = {item.mention.country for item in items if item.mention is not None}
    return None if state in hosts else state  # "In Lima, Minister X met his Peruvian counterpart"


def _country_of_town(item: Item, lexicon: Lexicon) -> str | None:
    if item.symbol != "L":
        return None
    if Kind.CAPITAL in item.keys:
        return item.keys[Kind.CAPITAL][0]
    return lexicon.world.towns[item.keys[Kind.TOWN][0]].country if Kind.TOWN in item.keys else None


__all__ = [
    "HOSTS",
    "NATIONAL",
    "note_company",
    "note_lands",
    "note_near",
    "note_owned",
    "opening_place",
    "opening_state",
    "share_states",
]
