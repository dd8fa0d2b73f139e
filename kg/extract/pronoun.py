"""What pronouns and counterparts need: whom "her" may be, which mark opens a quotation, whose office is meant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.extract.figure import Figure
from kg.extract.item import Item
from kg.extract.lexicon import plain_words
from kg.lexicon.tokens import folded

PREPOSITIONS: Final = (
    "with", "of", "by", "between", "from", "for", "to", "at", "on", "in", "against", "during", "after", "before", "via",
    "according",
)  # fmt: skip
_OBJECT_NEXT: Final = frozenset(',.;:T"–›!?')


def opens_quote(mark: Item, *, quoted: bool) -> bool:
    """Whether a quotation mark opens a quotation: a curly one says so, a straight one is the other of a pair."""
    return mark.text in "“„«" if mark.text in "“”„«»" else not quoted


def is_object(items: Sequence[Item], at: int) -> bool:
    """Whether "her" is a person met, not whose something is."""
    if at + 1 >= len(items):
        return True
    following = items[at + 1]
    if following.symbol in _OBJECT_NEXT or following.is_word(*PREPOSITIONS, "and"):
        return True
    return following.text.casefold() in plain_words("behind_object")


def as_counterpart(figure: Figure, owner: Figure | None) -> None:
    """Give a counterpart the office of the one whose counterpart he is; the two are of different countries."""
    if owner is None or owner is figure:
        return
    vague = figure.office is not None and folded(figure.office) in plain_words("any_minister") | plain_words("styles")
    if (figure.office is None or (vague and owner.office_kind != "spokesperson")) and owner.office is not None:
        figure.office, figure.office_kind, figure.former_only = owner.office, owner.office_kind, False
        if "foreign minister" in owner.offices and owner.office_kind == "deputy":  # and deputy premier too
            figure.office, figure.office_kind = "Foreign Minister", "foreign-minister"
        figure.offices.add(folded(figure.office))
    if owner.office_kind == "foreign-minister":
        figure.offices.add("foreign minister")
    elif owner.office is not None:
        figure.offices.add(folded(owner.office))  # also where the text gives him another title
    figure.apart_from.append(owner)
    owner.apart_from.append(figure)
