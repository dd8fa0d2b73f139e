"""The rules of rounds of contacts: listed behind a colon, counted off, of all who sat at one table."""

from __future__ import annotations

from typing import Final

from kg.extract.rule import Rule
from kg.facts.contact.building import Built
from kg.facts.contact.grammar import NOUN, OTHER
from kg.facts.contact.rounds import (
    at_table,
    attended,
    followed,
    led_sides,
    listed,
    of_visit,
    received_too,
    they_joined,
    they_were,
    turn,
)

ROUNDS: Final[tuple[Rule[Built], ...]] = (
    Rule(
        id="contact.listed",
        pattern=f"{NOUN} <^P|Q|R|G|;|.|said|with|:>{{0,12}} : <the|with>{{0,2}} {OTHER}",
        trigger="noun",
        needs=("talks", "meeting", "call", "video"),
        build=listed,
        example="Chilean President Anna Novak's meetings in Lima: Peruvian President Juan Horvat; Bolivian President Eva Kos.",
        counter=("The meeting in Lima: Peruvian President Juan Horvat speaks.",),
    ),
    Rule(
        id="contact.turn",
        pattern=f"word=(<turn_of>) <the|visiting|also>{{0,2}} {OTHER}",
        trigger="word",
        needs=("turn_of",),
        build=turn,
        example=(
            "Chilean President Anna Novak met Bolivian President Eva Kos on Monday. Then it was the turn of Peruvian "
            "President Juan Horvat."
        ),
        counter=("It was the turn of Peruvian President Juan Horvat to speak.",),
    ),
    Rule(
        id="contact.followed",
        pattern=f"{OTHER} ,? <also>? word=(<followed>) (<also|T|same_day|.|,|;|:>|<in|at|on> (L|T)|$)",
        trigger="word",
        needs=("followed",),
        build=followed,
        example=(
            "Chilean President Anna Novak received Bolivian President Eva Kos on Monday. Peruvian President Juan Horvat "
            "followed in the afternoon."
        ),
        counter=(
            "Chilean President Anna Novak went to Lima on Monday. Peruvian President Juan Horvat followed later.",
        ),
    ),
    Rule(
        id="contact.they-were",
        pattern="word=(G) <be> <the>? other=(Q)",
        trigger="other",
        needs=("be",),
        build=they_were,
        example=(
            "Chilean President Anna Novak met separately with two leaders on Monday. They were Peruvian President Juan "
            "Horvat and Bolivian President Eva Kos."
        ),
        counter=(
            "Chilean President Anna Novak named two friends on Monday. They were Peruvian President Juan Horvat and Eva Kos.",
        ),
    ),
    Rule(
        id="contact.received-too",
        pattern="other=(P|Q) ,? <be> <also|separately>{0,2} word=(<received>) (<separately|also>|T|<same_day>|.|$)",
        trigger="word",
        needs=("received",),
        build=received_too,
        example=(
            "Chilean President Anna Novak met Bolivian President Eva Kos on Monday. Peruvian President Juan Horvat was "
            "received separately."
        ),
        counter=(
            "Chilean President Anna Novak spoke on Monday. Peruvian President Juan Horvat was received separately.",
        ),
    ),
    Rule(
        id="contact.at-table",
        pattern="word=(<around_table>) <be|sat> <the>? other=(Q)",
        trigger="word",
        needs=("around_table",),
        build=at_table,
        example="Around the table were Chilean President Anna Novak and Peruvian President Juan Horvat.",
        counter=("Around the table were farmers and Peruvian President Juan Horvat.",),
    ),
    Rule(
        id="contact.talks-attended-by",
        pattern="noun=(<talks|meeting>) <in|at|on|L|T|S>{0,5} <be|also>{1,2} <attended_by|led_by> <the>? other=(Q)",
        trigger="noun",
        needs=("attended_by", "led_by"),
        build=attended,
        example="The talks in Lima were attended by Chilean President Anna Novak and Peruvian President Juan Horvat.",
        counter=("The summit was attended by Chilean President Anna Novak and Peruvian President Juan Horvat.",),
    ),
    Rule(
        id="contact.led-their-sides",
        pattern="other=(Q) ,? <also|aux>{0,2} word=(w|<verb>) <their> <w|adjective>{0,2} <delegation|one_side|sides> <at|in|during> <the|an|adjective>{0,3} noun=(<talks|meeting>)",
        trigger="noun",
        needs=("delegation", "one_side", "sides"),
        build=led_sides,
        example="Chilean President Anna Novak and Peruvian President Juan Horvat led their delegations at the talks in Lima.",
        counter=(
            "Chilean President Anna Novak and Peruvian President Juan Horvat praised their delegations at the talks.",
        ),
    ),
    Rule(
        id="contact.of-visit",
        pattern=(
            "acting=(P|R) <possessive|'> <^P|Q|R|G|;|.|trip|visited|programme>{0,5} what=(<trip|visited|programme>) <^P|Q|R|G|;|.|said|met|he>{0,12} "
            f"noun=(<talks|meeting|reception>) <^P|Q|R|G|;|.|,|said|verb|with>{{0,6}} <with> <the|visiting|his>{{0,2}} {OTHER}"
        ),
        trigger="noun",
        needs=("trip", "visited", "programme"),
        build=of_visit,
        example="Chilean President Anna Novak's visit to Lima opened on Monday with talks with Peruvian President Juan Horvat.",
        counter=("Chilean President Anna Novak's visit did not include talks with Peruvian President Juan Horvat.",),
    ),
    Rule(
        id="contact.visit-of",
        pattern=(
            "what=(<trip|programme>) <of|by> <the|visiting>{0,2} acting=(P|R) <^P|Q|R|G|;|.|said|met|he>{0,12} "
            f"noun=(<talks|meeting|reception>) <^P|Q|R|G|;|.|,|said|verb|with>{{0,6}} <with> <the|visiting|his>{{0,2}} {OTHER}"
        ),
        trigger="noun",
        needs=("trip", "programme"),
        build=of_visit,
        example="The programme of Chilean President Anna Novak in Lima included talks with Peruvian President Juan Horvat.",
        counter=(
            "The visit of Chilean President Anna Novak to Lima ruled out talks with Peruvian President Juan Horvat.",
        ),
    ),
    Rule(
        id="contact.they-joined",
        pattern=f"<be> <also|T>{{0,2}} verb=(<join>) <also|T|same_day>{{0,2}} <by> <the>? {OTHER}",
        trigger="verb",
        needs=("join",),
        build=they_joined,
        example=(
            "Chilean President Anna Novak met Peruvian President Juan Horvat in Lima. They were joined by Bolivian "
            "President Eva Kos."
        ),
        counter=(
            "Chilean President Anna Novak was joined by Peruvian President Juan Horvat in condemning the attack.",
        ),
    ),
)
