"""The rules of calls."""

from __future__ import annotations

from typing import Final

from kg.extract.rule import Rule
from kg.facts.contact.building import Built
from kg.facts.contact.calls import call_from, discussed, discussed_with, phoned, spoke
from kg.facts.contact.grammar import LOOSE, OTHER, VIA

CALLS: Final[tuple[Rule[Built], ...]] = (
    Rule(
        id="contact.phone-from",
        pattern=f"verb=(<phone_from|phoned>) <the|visiting>{{0,2}} {OTHER}",
        trigger="verb",
        needs=("phone_from", "phoned"),
        build=phoned,
        example="Chilean President Anna Novak received a phone call from Peruvian President Juan Horvat.",
        counter=("Chilean President Anna Novak received a letter from Peruvian President Juan Horvat.",),
    ),
    Rule(
        id="contact.call-from",
        pattern=(
            f"verb=(<received|held|verb>) <an|adjective|w|N|brief|separately>{{0,5}} noun=(<call|talks|trip>) <T|in|L|at|on|same_day|,>{{0,4}} "
            f"<from|w|adjective>{{1,2}} <the|visiting|honorific|.>{{0,3}} {OTHER}"
        ),
        trigger="noun",
        needs=("call", "talks", "trip"),
        build=call_from,
        example=(
            "Chilean President Anna Novak received a congratulatory phone call from Peruvian President Juan Horvat."
        ),
        counter=("Chilean President Anna Novak rejected a call from Peruvian President Juan Horvat for new talks.",),
    ),
    Rule(
        id="contact.discussed-by",
        pattern=f"subject=(Q|G) <also|aux>{{0,2}} verb=(<discussed|agreed>) <^P|Q|R|G|;|:|verb|said|met|held>{{0,12}} {VIA}",
        trigger="verb",
        needs=("discussed", "agreed"),
        build=discussed,
        example=(
            "Chilean President Anna Novak and Peruvian President Juan Horvat discussed the border by telephone on "
            "Sunday."
        ),
        counter=("Chilean President Anna Novak and Peruvian President Juan Horvat discussed the border with farmers.",),
    ),
    Rule(
        id="contact.discussed-with",
        pattern=(
            f"verb=(<discussed>) <^P|Q|R|G|;|:|verb|said|met|held>{{0,10}} <with> <the|visiting>{{0,2}} {OTHER} {VIA}"
        ),
        trigger="verb",
        needs=("discussed",),
        build=discussed_with,
        example=(
            "Chilean President Anna Novak discussed the border with Peruvian President Juan Horvat by telephone "
            "on Sunday."
        ),
        counter=("Chilean President Anna Novak discussed the border with farmers by telephone.",),
    ),
    Rule(
        id="contact.spoke-with",
        pattern=f"verb=(<spoke|speaking>) {LOOSE} <with|to|between> <the|visiting|both|also>{{0,2}} {OTHER}",
        trigger="verb",
        needs=("spoke", "speaking"),
        build=spoke,
        example="Chilean President Anna Novak spoke by phone with Peruvian President Juan Horvat.",
        counter=("Chilean President Anna Novak spoke to reporters about Peruvian President Juan Horvat.",),
    ),
)
