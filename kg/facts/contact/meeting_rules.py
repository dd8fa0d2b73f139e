"""The rules of meetings that a verb tells."""

from __future__ import annotations

from typing import Final

from kg.extract.rule import Rule
from kg.facts.contact.another import and_with, another, each_with
from kg.facts.contact.building import Built
from kg.facts.contact.grammar import ADJ, LOOSE, NOUN, OTHER, WITH
from kg.facts.contact.together import brought_by, brought_together, opening_participle
from kg.facts.contact.verbs import gerund, held, held_during, met_or_will, transitive
from kg.facts.contact.visiting import (
    call_on,
    joined,
    met,
    met_then,
    paid_call,
    paid_call_by,
    paid_whom,
    received,
    reception,
    spent_with,
)

MEETINGS: Final[tuple[Rule[Built], ...]] = (
    Rule(
        id="contact.spent-with",
        pattern=f"verb=(<spent|held>) <^P|Q|R|G|;|.|,|verb|said|with|talks|meeting|call>{{1,8}} <with> <the|visiting|his>{{0,2}} {OTHER}",
        trigger="verb",
        needs=("spent", "held"),
        build=spent_with,
        example="Chilean President Anna Novak spent an hour with Peruvian President Juan Horvat in Lima.",
        counter=("Chilean President Anna Novak spent an hour with farmers in Lima.",),
    ),
    Rule(
        id="contact.met",
        pattern=(
            f"verb=(<met|meet|called_on>) <with|also|an|the|my|visiting|brief|separately|first_meeting|his|leading|,>{{0,5}} "
            f"{OTHER}"
        ),
        trigger="verb",
        needs=("met", "meet", "called_on"),
        build=met,
        example="Chilean President Anna Novak met Peruvian President Juan Horvat in Lima on Friday.",
        counter=("Chilean President Anna Novak did not meet Peruvian President Juan Horvat.",),
    ),
    Rule(
        id="contact.met-then",
        pattern=f"verb=(<met|meet>) <on|in|at|T|L|same_day|also>{{1,6}} <the|his|visiting>{{0,2}} {OTHER}",
        trigger="verb",
        needs=("met", "meet"),
        build=met_then,
        example="Chilean President Anna Novak met on Friday her Peruvian counterpart, Juan Horvat, in Lima.",
        counter=("When they met on Friday Chilean President Anna Novak and Peruvian President Juan Horvat smiled.",),
    ),
    Rule(
        id="contact.visited",
        pattern="verb=(<looked_up>) <the|visiting>{0,2} other=(P) (<in|at|on|and|to|for>|T|.|,|$)",
        trigger="verb",
        needs=("looked_up",),
        build=transitive,
        example="Chilean President Anna Novak visited Peruvian President Juan Horvat at his home on Friday.",
        counter=("Chilean President Anna Novak visited Peruvian President Juan Horvat's home town.",),
    ),
    Rule(
        id="contact.met-in-with",
        pattern=f"verb=(<met|meet|sat|shook>) {LOOSE} {WITH} <the|an|my|visiting|also|his|,>{{0,4}} {OTHER}",
        trigger="verb",
        needs=("met", "meet", "sat", "shook"),
        build=met_or_will,
        example="Chilean President Anna Novak met in Lima on Friday with Peruvian President Juan Horvat.",
        counter=("Chilean President Anna Novak hopes to meet in Lima with Peruvian President Juan Horvat.",),
    ),
    Rule(
        id="contact.met-delegation",
        pattern=(
            f"verb=(<met|received|meet>) <^P|Q|R|G|;|:|,|but|who|which|verb|said|held>{{0,15}} ,? <led_by|including> "
            f"<the|its>? {OTHER}"
        ),
        trigger="verb",
        needs=("met", "received", "meet"),
        build=met_or_will,
        example="Chilean President Anna Novak met a delegation led by Peruvian President Juan Horvat.",
        counter=("Chilean President Anna Novak met a delegation of farmers from Peru.",),
    ),
    Rule(
        id="contact.held-with",
        pattern=f"verb=(<held|holding>) {ADJ} {NOUN} {LOOSE} {WITH} <the|an|my|visiting|both|also|his|,>{{0,4}} {OTHER}",
        trigger="noun",
        needs=("held", "holding"),
        build=held,
        example="Chilean President Anna Novak held talks in Lima with Peruvian President Juan Horvat.",
        counter=("Chilean President Anna Novak held no talks with Peruvian President Juan Horvat.",),
    ),
    Rule(
        id="contact.reception-for",
        pattern=(
            f"verb=(<received|held|receive|holding|gave>) <an|the|adjective|his>{{0,3}} noun=(<reception|talks>) <^P|Q|"
            f"R|G|;|:|,|but|and|who|which|verb|said>{{0,10}} <for|with|to> <the|visiting|an>{{0,3}} {OTHER}"
        ),
        trigger="verb",
        needs=("reception",),
        build=reception,
        example="Chilean President Anna Novak hosted a dinner in Lima for visiting Peruvian President Juan Horvat.",
        counter=("Chilean President Anna Novak hosted a dinner for 200 farmers.",),
    ),
    Rule(
        id="contact.will-call-on",
        pattern=f"<modal_future|to|thwarted|will_take_place> <also>? verb=(<call>) <on> <the|visiting>{{0,2}} {OTHER}",
        trigger="verb",
        needs=("call",),
        build=call_on,
        example="Chilean President Anna Novak is to call on Peruvian President Juan Horvat in Lima on Friday.",
        counter=("Chilean President Anna Novak is to call on Peruvian President Juan Horvat to resign.",),
    ),
    Rule(
        id="contact.paid-call-by",
        pattern=(
            f"<be> <also>? verb=(<verb>) <an|adjective|separately>{{0,3}} noun=(<call|talks>) <same_day|T|in|at|on|L|N|,|"
            f"also|the>{{0,6}} <by> <the|visiting>{{0,2}} {OTHER}"
        ),
        trigger="noun",
        needs=("call", "talks"),
        build=paid_call_by,
        example="Chilean President Anna Novak was paid a farewell call in Lima by Peruvian President Juan Horvat.",
        counter=("Chilean President Anna Novak was handed a call in Lima by Peruvian President Juan Horvat.",),
    ),
    Rule(
        id="contact.paid-call",
        pattern=f"verb=(<verb>) <an|adjective|separately|his>{{0,3}} noun=(<call|talks>) <same_day|T|in|L|,|also>{{0,4}} <on|to> <the|visiting>{{0,2}} {OTHER}",
        trigger="noun",
        needs=("call", "talks"),
        build=paid_call,
        example="Chilean President Anna Novak paid a call the same day on Peruvian President Juan Horvat.",
        counter=("Chilean President Anna Novak made a call the same day for peace in Peru.",),
    ),
    Rule(
        id="contact.paid-whom",
        pattern=f"verb=(<verb>) <the|visiting>{{0,2}} {OTHER} <an> <adjective>{{0,2}} noun=(<call|talks>)",
        trigger="noun",
        needs=("call", "talks"),
        build=paid_whom,
        example="Chilean President Anna Novak paid Peruvian President Juan Horvat a courtesy call in Lima.",
        counter=("Chilean President Anna Novak paid Peruvian President Juan Horvat a compliment in Lima.",),
    ),
    Rule(
        id="contact.and-another",
        pattern=(
            "first=(P|Q|R) <T|in|at|on|L|same_day|,|S|O|the|his|their|office_of|chamber|A|also|brief|separately|for|U>{0,9} <and> <also|,|separately|T|on|in|L|an|adjective|talks|meeting|same_day>{0,6} "
            f"joint=(<with|by|to>?) <the|visiting>{{0,2}} {OTHER}"
        ),
        trigger="other",
        needs=("and",),
        build=another,
        example=(
            "Chilean President Anna Novak had talks with Peruvian President Juan Horvat on Monday and with Bolivian "
            "President Eva Kos on Tuesday."
        ),
        counter=("Chilean President Anna Novak met Peruvian President Juan Horvat and Eva Kos went home.",),
    ),
    Rule(
        id="contact.semicolon-with",
        pattern=f"; <and>? <also>? joint=(<with>) <the|visiting>{{0,2}} {OTHER}",
        trigger="other",
        needs=("with",),
        build=and_with,
        example=(
            "Chilean President Anna Novak held bilaterals with Peruvian President Juan Horvat, her host; with Bolivian "
            "President Eva Kos; and with Estonian President Mart Vidal."
        ),
        counter=(
            "Chilean President Anna Novak met Peruvian President Juan Horvat; prices rose, and with Eva Kos she went home.",
        ),
    ),
    Rule(
        id="contact.and-with",
        pattern=f"first=(P|Q|R) <^P|Q|R|G|;|.|verb|said|and|but>{{0,9}} <and> <also|T|on|,|by_phone|by_video>{{0,6}} joint=(<with>) <the|visiting>{{0,2}} {OTHER}",
        trigger="other",
        needs=("and",),
        build=another,
        example=(
            "Chilean President Anna Novak had talks with Peruvian President Juan Horvat about fish, and with Bolivian "
            "President Eva Kos about gas."
        ),
        counter=(
            "Chilean President Anna Novak saw Peruvian President Juan Horvat off, and with Eva Kos she went home.",
        ),
    ),
    Rule(
        id="contact.each-with",
        pattern=(
            f"verb=(<held|received>) {ADJ} {NOUN} <^P|Q|R|G|;|.|with>{{0,9}} <the|an>{{0,1}} <^P|Q|R|G|;|.>{{0,3}} <with|from> <the>? first=(P|R) "
            f"<^P|Q|R|G|;|.|verb>{{0,4}} <and|,> <^P|Q|R|G|;|.|verb>{{1,4}} <with|from> <the>? {OTHER}"
        ),
        trigger="other",
        needs=("held", "received"),
        build=each_with,
        example=(
            "Chilean President Anna Novak held two meetings in Lima: the first with Peruvian President Juan Horvat and the "
            "second with Bolivian President Eva Kos."
        ),
        counter=("Chilean President Anna Novak held two meetings in Lima: the first with farmers.",),
    ),
    Rule(
        id="contact.brought-together",
        pattern="noun=(<talks|meeting|call|video>) <^P|Q|R|G|;|.|,|verb|said|held>{0,6} <brought_together> <the>? other=(Q|G)",
        trigger="noun",
        needs=("brought_together",),
        build=brought_together,
        example="The talks in Lima brought together Chilean President Anna Novak and Peruvian President Juan Horvat.",
        counter=("The talks in Lima brought together farmers and Peruvian President Juan Horvat.",),
    ),
    Rule(
        id="contact.brought-two-together",
        pattern="acting=(P|R) <also>{0,2} verb=(<brought_together>) <the>? other=(Q) (<in|at|on|for|during|with>|T|.|,|$)",
        trigger="verb",
        needs=("brought_together",),
        build=brought_by,
        example=(
            "Chilean President Anna Novak brought together Peruvian President Juan Horvat and Bolivian President Eva Kos "
            "in Lima."
        ),
        counter=("Chilean President Anna Novak brought together farmers and Peruvian President Juan Horvat.",),
    ),
    Rule(
        id="contact.co-chaired",
        pattern=f"verb=(<co_chaired>) <^P|Q|R|G|;|.|verb|said>{{1,10}} <with> <the|his|visiting>{{0,2}} {OTHER}",
        trigger="verb",
        needs=("co_chaired",),
        build=transitive,
        example="Chilean President Anna Novak co-chaired the joint commission with Peruvian President Juan Horvat.",
        counter=("Chilean President Anna Novak co-chaired the joint commission with farmers.",),
    ),
    Rule(
        id="contact.joined-for",
        pattern=f"verb=(<join|awaits>) <the|visiting>{{0,2}} {OTHER} <in|at|L|on|T|C>{{0,5}} <for> {ADJ} noun=(<talks|meeting|video|call>)",
        trigger="verb",
        needs=("join", "awaits"),
        build=joined,
        example="Chilean President Anna Novak joined Peruvian President Juan Horvat for talks in Lima.",
        counter=("Chilean President Anna Novak joined Peruvian President Juan Horvat in condemning the attack.",),
    ),
    Rule(
        id="contact.with-opening",
        pattern=(
            f"<with> <the|visiting>{{0,2}} other=(P|Q) , subject=(P|R|G) <also|aux>{{0,2}} verb=(<held>) {ADJ} "
            "noun=(<talks|meeting|call|video>)"
        ),
        trigger="noun",
        needs=("held",),
        build=held,
        example="With Peruvian President Juan Horvat, Chilean President Anna Novak held talks in Lima.",
        counter=("With Peruvian President Juan Horvat absent, Chilean President Anna Novak held a rally.",),
    ),
    Rule(
        id="contact.with-opening-during",
        pattern=(
            "<with> <the|visiting>{0,2} other=(P) , subject=(P|R|G) <also|aux>{0,2} verb=(<discussed>) <^P|Q|R|G|;|:|.|,|verb|said>{0,10} "
            "<during|in|at> <an> <adjective>{0,2} noun=(<talks|meeting|call|video>)"
        ),
        trigger="noun",
        needs=("discussed", "with"),
        build=held_during,
        example="With Peruvian President Juan Horvat, Chilean President Anna Novak discussed fish during a meeting in Lima.",
        counter=("With Peruvian President Juan Horvat, Chilean President Anna Novak discussed fish in a newspaper.",),
    ),
    Rule(
        id="contact.received",
        pattern=(
            f"verb=(<received|receive>) <the|an|visiting|also|brief|on|in|at|T|L|C|N|,|his|office_of|adjective|talks|honorific|"
            f"reception|same_day|two|three|separately|meeting|0|audience_words>{{0,14}} {OTHER}"
        ),
        trigger="verb",
        needs=("received", "receive"),
        build=received,
        example="Chilean President Anna Novak received Peruvian President Juan Horvat at the palace.",
        counter=("Chilean President Anna Novak welcomed Peruvian President Juan Horvat's proposal.",),
    ),
    Rule(
        id="contact.meeting-they",
        pattern="verb=(<meeting_ing|speaking>) <^.|;|P|Q|R|G|,|said|verb>{1,14} , other=(Q|G)",
        trigger="verb",
        needs=("meeting_ing", "speaking"),
        build=opening_participle,
        example="Meeting in Lima on Friday, Chilean President Anna Novak and Peruvian President Juan Horvat smiled.",
        counter=(
            (
                "The meeting in Lima on Friday, Chilean President Anna Novak and Peruvian President Juan Horvat "
                "said, was off."
            ),
        ),
    ),
    Rule(
        id="contact.gerund",
        pattern=f"verb=(<meeting_ing|holding>) <with|an|the|visiting|also>{{0,3}} {OTHER}",
        trigger="verb",
        needs=("meeting_ing", "holding"),
        build=gerund,
        example="After meeting Peruvian President Juan Horvat in Lima, Chilean President Anna Novak flew home.",
        counter=("Chilean President Anna Novak ruled out meeting Peruvian President Juan Horvat.",),
    ),
)
