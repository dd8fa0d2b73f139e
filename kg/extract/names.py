"""Neighbouring parts of one unlisted name made one item ("Anna de la Cruz-Novak")."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from kg.extract.item import Item, Symbol
from kg.extract.lexicon import plain_words
from kg.lexicon.tokens import folded

_HYPHENS: Final = frozenset("-‑")
_APOSTROPHES: Final = frozenset("'’")
_ARTICLES: Final = frozenset({"al", "Al", "el", "El"})
_ABBREVIATED: Final = frozenset({"Jr", "Sr"})
_NAMED: Final = frozenset({Symbol.NAME, Symbol.PERSON})


def without_style(name: str, styles: str = "styles") -> str | None:
    """The name behind "Sheikh", "Queen" or another word of that list; ``None`` where it begins with none."""
    style, _, rest = name.partition(" ")
    return rest if rest and style.istitle() and style.casefold() in plain_words(styles) else None


def join_names(text: str, items: list[Item], present: Collection[str]) -> list[Item]:
    """The items with the parts of each name joined; a particle lengthens a listed name too.

    ``present`` are the symbols of the items.
    """
    for at, item in enumerate(items) if Symbol.TOWN in present or Symbol.TITLE in present else ():
        if (item.symbol == Symbol.TOWN and _is_given(items, at)) or (
            item.symbol == Symbol.TITLE and _is_sultan(items, at)
        ):
            items[at] = Item(Symbol.NAME, item.text, item.begin, item.end, initial=item.initial)
    opening = _opening(items)
    if _take_leading(text, items, opening):
        opening = _opening(items)
    if not opening:
        return items
    joined: list[Item] = []
    done = 0
    for at in opening:
        if at >= done:
            joined += items[done:at]
            done = _join(text, items, at, joined)
    joined += items[done:]
    return joined


def _opening(items: Sequence[Item]) -> list[int]:
    """The indexes of what a name may begin with; an article does so where a hyphen stands behind it."""
    named = [at for at, item in enumerate(items) if item.symbol in _NAMED]
    marks = [at for at, item in enumerate(items) if item.text == "-"]
    articles = {at - 1 for at in marks if at and items[at - 1].text[:2] in _ARTICLES}
    return sorted(articles.union(named)) if articles else named


def _take_leading(text: str, items: list[Item], opening: Sequence[int]) -> bool:
    """Add to a listed name the first part that lists often leave out: "Muhammad Nawaz Sharif"; whether there is one."""
    number = len(items)
    for at in reversed(opening):
        person, before = items[at], items[at - 1]
        if not at or person.symbol != Symbol.PERSON or before.symbol != Symbol.NAME or before.end + 1 != person.begin:
            continue
        if folded(before.text) in plain_words("leading_parts"):
            person.begin, person.initial = before.begin, before.initial
            person.text = text[person.begin : person.end]
            if person.mention is not None:
                person.mention.begin = person.begin
            del items[at - 1]
    return len(items) < number


def _is_given(items: Sequence[Item], at: int) -> bool:
    """Whether a town's name is somebody's given name: "Milan Novak", not "in Milan"."""
    if folded(items[at].text) not in plain_words("given_towns") or at + 1 >= len(items):
        return False
    if items[at + 1].symbol != Symbol.NAME or items[at + 1].begin != items[at].end + 1:
        return False
    return not at or not items[at - 1].is_word("in", "at", "from", "to", "for", "on", "of")


def _is_sultan(items: Sequence[Item], at: int) -> bool:
    """Whether a title is a given name: "Sultan bin Hamad", "Bosnia's Emir Novak"."""
    following = items[at + 1] if at + 1 < len(items) else None
    if following is None or items[at].text not in {"Sultan", "Amir", "Emir"}:
        return False
    if at > 1 and items[at - 1].is_word("possessive") and items[at - 2].symbol == Symbol.COUNTRY:
        land = folded(items[at - 2].text)  # "Bosnia's Emir Novak"
        return following.symbol == Symbol.NAME and land not in plain_words("lands_of_emirs")
    return following.text in {"bin", "Bin"} and items[at].text != "Emir"


def _join(text: str, items: Sequence[Item], at: int, joined: list[Item]) -> int:
    """The index behind the name that begins here, which is added to the items joined so far."""
    item = items[at]
    if item.text[:2] in _ARTICLES and _begins(items, at):
        stop = _end_of(items, at + 3)
    elif item.symbol == Symbol.NAME:
        stop = _end_of(items, at + 1)
    else:
        stop = at + 1
    joined.append(item if stop == at + 1 else _whole(text, items[at:stop]))
    while joined[-1].symbol == Symbol.PERSON and stop < len(items) and (end := _lengthened(item, items, stop)) > stop:
        stop = end
        _lengthen(item, text, items[stop - 1].end)
    return stop


def _begins(items: Sequence[Item], at: int) -> bool:
    """Whether a hyphen and a name follow the article: "al-Novak"."""
    return at + 2 < len(items) and items[at + 1].text == "-" and items[at + 2].symbol == Symbol.NAME


def _end_of(items: Sequence[Item], stop: int) -> int:
    """The index behind the name whose first part ends before ``stop``."""
    while stop < len(items):
        more = _continues(items, stop)
        if not more:
            break
        stop += more
    if stop + 1 < len(items) and items[stop].text == "." and items[stop].begin == items[stop - 1].end:
        stop += items[stop - 1].text in _ABBREVIATED  # "Novak Jr."
    return stop


def _whole(text: str, parts: Sequence[Item]) -> Item:
    first, last = parts[0], parts[-1]
    return Item(Symbol.NAME, text[first.begin : last.end], first.begin, last.end, initial=first.initial)


def _lengthened(person: Item, items: Sequence[Item], at: int) -> int:
    """The index behind the particles and names that lengthen a listed name; ``at`` where there are none."""
    if items[at].text in _HYPHENS and items[at].begin == person.end and at + 1 < len(items):
        named = items[at + 1].symbol == Symbol.NAME and items[at + 1].begin == items[at].end
        return at + 2 if named else at  # "Anna Novak" is listed, "Anna Novak-Horvat" is somebody else
    if items[at].symbol == Symbol.NAME and folded(items[at].text) in plain_words("name_suffixes"):
        return at + 1  # "Lloyd Austin III"
    if folded(items[at].text.split()[0].split("-")[0]) not in plain_words("particles"):
        return at
    stop = at + _continues([person, *items[at : at + 3]], 1)
    while at < stop < len(items) and (more := _continues(items, stop)):
        stop += more
    return stop


def _lengthen(person: Item, text: str, end: int) -> None:
    known, person.end = person.text, end
    person.text = text[person.begin : end]
    mention = person.mention
    if mention is not None:
        mention.name, mention.end = person.text, end
        plain = without_style(mention.name, "styles_below_the_throne")
        mention.known = () if without_style(mention.name) else mention.known
        if any(mark in person.text[len(known) :] for mark in _HYPHENS):
            mention.known = ()
        if plain is not None:  # "Sheikh Nasser" is listed, "Sheikh Nasser Al Novak" is somebody else
            mention.name, mention.known = plain, ()


def _continues(items: Sequence[Item], at: int) -> int:
    """How many items from ``at`` on still belong to the name that ends before it; 0 where it is over."""
    item = items[at]
    if _is_particle_before(items, at):
        return 2
    if item.symbol == Symbol.NAME or _is_last_part(items, at) or _is_closing_style(items, at):
        return 1
    if _is_middle(items, at):
        return 3
    following = items[at + 1] if at + 1 < len(items) else None
    if following is None:
        return 0
    if items[at - 1].end == item.begin:
        by_mark = _by_mark(items, at, following)
        if by_mark is not None:
            return by_mark
    return _by_particle(items, at, following) if folded(item.text) in plain_words("particles") else 0


def _is_particle_before(items: Sequence[Item], at: int) -> bool:
    """ "Haitham Al Said", "Jaber Al Sabah": what follows the particle is something else elsewhere."""
    if at + 1 >= len(items) or items[at].text not in {"Al", "El", "Bin", "Ould"}:
        return False
    following = items[at + 1]
    return following.text.istitle() and " " not in following.text and following.symbol not in "NtTACP"


def _is_last_part(items: Sequence[Item], at: int) -> bool:
    """ "Tran Hoai Nam": the last part is something else elsewhere."""
    item, before = items[at], items[at - 1]
    if item.symbol not in "LO" or " " in item.text:
        return False
    if before.symbol != Symbol.NAME:
        return False
    titled = at > 1 and (items[at - 2].symbol == Symbol.TITLE or items[at - 2].is_word("counterpart"))
    beside = item.symbol == Symbol.TOWN and item.begin == before.end + 1
    surname = titled and beside  # "Foreign Minister Ana Lima"
    if surname or " " in before.text or (beside and _is_within_name(items, at)):
        return True
    return folded(before.text) in plain_words("arabic_particles")


def _is_within_name(items: Sequence[Item], at: int) -> bool:
    """Whether a town's name stands behind two parts of a name, or between two: "Ana Lucía Mendoza Rey"."""
    one, before = items[at - 2] if at > 1 else None, items[at - 1]
    behind = items[at + 1] if at + 1 < len(items) else None
    second = one is not None and one.symbol == Symbol.NAME and one.end + 1 == before.begin
    return second and behind is not None and behind.symbol == Symbol.NAME and behind.begin == items[at].end + 1


def _is_closing_style(items: Sequence[Item], at: int) -> bool:
    """ "Maurice Bishop": what stands before other names ends this one."""
    item = items[at]
    if (
        not item.is_word("honorific")
        or not item.text.istitle()
        or folded(item.text) not in plain_words("closing_styles")
    ):
        return False
    following = items[at + 1] if at + 1 < len(items) else None
    return items[at - 1].end + 1 == item.begin and (following is None or following.symbol not in "NP")


def _is_middle(items: Sequence[Item], at: int) -> bool:
    """ "Baek Do-yun": the middle is a word elsewhere."""
    item = items[at]
    if not item.classes or at + 2 >= len(items) or items[at + 1].text != "-" or not item.text[0].isupper():
        return False
    return items[at + 1].begin == item.end and items[at + 2].begin == items[at + 1].end


def _by_mark(items: Sequence[Item], at: int, following: Item) -> int | None:
    """How far a hyphen, an apostrophe or the stop of an initial takes the name; ``None`` for no such mark."""
    item = items[at]
    if item.text in _HYPHENS and following.begin == item.end:
        elsewhere = following.symbol in "CAOLt" and folded(items[at - 1].text) not in plain_words("arabic_particles")
        return 2 if following.text[0].isalpha() and not elsewhere else 0
    if item.text in _APOSTROPHES and folded(following.text) in plain_words("particles"):
        return 1  # "Shia' Al Sudani"
    if item.text == "." and len(items[at - 1].text) == 1:
        return 2 if following.symbol == Symbol.NAME else 1
    return None


def _by_particle(items: Sequence[Item], at: int, following: Item) -> int:
    """How far a particle takes the name: "de Novak", "al-Novak", "de la Cruz"."""
    if following.symbol == Symbol.NAME or (
        folded(items[at].text) in plain_words("arabic_particles") and following.text.istitle()
    ):
        return 2
    last = items[at + 2] if at + 2 < len(items) else None
    if last is None:
        return 0
    if following.text in _HYPHENS:
        return 3 if last.text[0].isupper() else 0
    return 3 if folded(following.text) in plain_words("particles") and last.symbol == Symbol.NAME else 0
