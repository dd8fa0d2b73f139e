"""Who takes part in what: an article's contacts with their drafts, and those of each figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.extract.figure import Figure
from kg.facts.contact.draft import Draft
from kg.facts.contact.record import Contact

Pairs = Sequence[tuple[Draft, Contact]]
Taken = Mapping[Figure, Pairs]


def parts_taken(pairs: Pairs) -> Taken:
    """The contacts of each figure, in their order."""
    taken: dict[Figure, list[tuple[Draft, Contact]]] = {}
    for pair in pairs:
        for figure in dict.fromkeys(pair[0].people):
            taken.setdefault(figure, []).append(pair)
    return taken
