"""The rules of meetings that a verb tells."""

from __future__ import annotations

from typing import Final

from kg.extract.rule import Rule
from kg.facts.contact.another import another, each_with
from kg.facts.contact.building import Built
from kg.facts.contact.grammar import ADJ, LOOSE, NOUN, OTHER, WITH
from kg.facts.contact.together import brought_by, brought_together, opening_participle
from kg.facts.contact.verbs import gerund, held, met_or_will, passive, transitive
from kg.facts.contact.visiting import (
    among_received,
    among_those,
    and_delegation,
    call_on,
    joined,
    joined_by,
    joint_press,
    joint_press_together,
    met,
    opening_passive,
    paid_call,
    paid_call_by,
    received,
    reception,
    spent_with,
    whom_met,
)

MEETINGS: Final[tuple[Rule[Built], ...]] = (
    Rule(
        id="contact.received-by",
        pattern=f"verb=(<received_passive>) <the|also|visiting>{{0,2}} {OTHER}",
        trigger="verb",
        needs=("received_passive",),
        build=passive,
        example="Chilean President Anna Novak was received by Peruvian President Juan Horvat in Lima.",
        counter=("Chilean President Anna Novak was not received by Peruvian President Juan Horvat.",),
    ),
    Rule(
        id="contact.received-later-by",
        pattern=(
            f"<be> <also|first_meeting|not|will_take_place>{{0,2}} verb=(<received|receive|met|looked_up>) <^P|Q|R|;|.|verb|"
            f"and|but>{{0,8}} <by> <the|visiting>{{0,2}} {OTHER}"
        ),
        trigger="verb",
        needs=("received", "receive", "met", "looked_up"),
        build=passive,
        example="Chilean President Anna Novak was welcomed in Lima on Friday by Peruvian President Juan Horvat.",
        counter=("Chilean President Anna Novak was welcomed in Lima on Friday by a crowd.",),
    ),
    Rule(
        id="contact.opening-received-by",
        pattern="verb=(<received|met>) <T|on|in|at|L|C|also|,>{0,6} <by> <the|visiting>{0,2} other=(P) ,? <T|on|in|L|,>{0,4} , subject=(P|R)",
        trigger="verb",
        needs=("received", "met"),
        build=opening_passive,
        example="Received on Friday by Peruvian President Juan Horvat, Chilean President Anna Novak spoke of fish.",
        counter=("Received on Friday by a crowd, Chilean President Anna Novak spoke of fish.",),
    ),
    Rule(
        id="contact.among-those",
        pattern=f"verb=(<met|received>) <^P|Q|R|G|;|.|with>{{0,6}} <be> <the|visiting|also>{{0,2}} {OTHER}",
        trigger="verb",
        needs=("be",),
        build=among_those,
        example="Among those Chilean President Anna Novak met in Lima was Peruvian President Juan Horvat.",
        counter=("The farmer whom Chilean President Anna Novak met was Peruvian President Juan Horvat's aide.",),
    ),
    Rule(
        id="contact.among-received",
        pattern=f"verb=(<received_passive>) <the>? acting=(P|R) <^P|Q|R|G|;|.>{{0,10}} <be> <the|also>{{0,2}} {OTHER}",
        trigger="verb",
        needs=("received_passive",),
        build=among_received,
        example="Among the guests received by Chilean President Anna Novak in Lima was Peruvian President Juan Horvat.",
        counter=("The guest received by Chilean President Anna Novak was Peruvian President Juan Horvat's aide.",),
    ),
    Rule(
        id="contact.whom-met",
        pattern="other=(P|R) ,? <whom> acting=(P|R) <aux|also|first_meeting|thwarted|modal_future|will_take_place>{0,3} verb=(<met|meet|received|receive|phoned>)",
        trigger="verb",
        needs=("whom",),
        build=whom_met,
        example="Chilean President Anna Novak praised Peruvian President Juan Horvat, whom she met in Lima on Friday.",
        counter=("Chilean President Anna Novak praised Peruvian President Juan Horvat, whom she knew.",),
    ),
    Rule(
        id="contact.joined-by",
        pattern=f"<be> <also|T>{{0,2}} verb=(<join>) <^P|Q|R|G|;|.|verb>{{1,8}} <by> <the>? {OTHER}",
        trigger="verb",
        needs=("join",),
        build=joined_by,
        example="Chilean President Anna Novak was joined for breakfast in Lima by Peruvian President Juan Horvat.",
        counter=("Chilean President Anna Novak was joined in the campaign by Peruvian President Juan Horvat.",),
    ),
    Rule(
        id="contact.joint-press-with",
        pattern=f"noun=(<joint_press>) <T|in|at|on|L>{{0,6}} <with> <the|visiting|his>{{0,2}} {OTHER}",
        trigger="noun",
        needs=("joint_press",),
        build=joint_press,
        example="Chilean President Anna Novak told a joint news conference with Peruvian President Juan Horvat that fish matter.",
        counter=(
            "Chilean President Anna Novak called for a joint news conference with Peruvian President Juan Horvat.",
        ),
    ),
    Rule(
        id="contact.joint-press-together",
        pattern="noun=(<joint_press>) <^.|;|P|R>{0,8} pair=(Q|G)",
        trigger="noun",
        needs=("joint_press",),
        build=joint_press_together,
        example=(
            "Chilean President Anna Novak told a joint news conference that she and Peruvian President Juan Horvat had "
            "agreed to fish."
        ),
        counter=("At a joint news conference, farmers and Peruvian President Juan Horvat spoke.",),
    ),
    Rule(
        id="contact.and-delegation",
        pattern=(
            "subject=(P|R) <and> <an|the> (A|C)? <delegation|adjective|w>{1,3} <led_by> <the>? other=(P|R) ,? "
            f"verb=(<held>) {ADJ} noun=(<talks|meeting|video>)"
        ),
        trigger="noun",
        needs=("led_by",),
        build=and_delegation,
        example=(
            "Chilean President Anna Novak and a Peruvian delegation headed by Foreign Minister Juan Horvat held talks in "
            "Lima."
        ),
        counter=("Chilean President Anna Novak and a Peruvian delegation headed by a farmer held talks in Lima.",),
    ),
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
            f"verb=(<met|meet|called_on>) <with|also|an|the|my|visiting|brief|separately|first_meeting|his|,>{{0,5}} "
            f"{OTHER}"
        ),
        trigger="verb",
        needs=("met", "meet", "called_on"),
        build=met,
        example="Chilean President Anna Novak met Peruvian President Juan Horvat in Lima on Friday.",
        counter=("Chilean President Anna Novak did not meet Peruvian President Juan Horvat.",),
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
            f"verb=(<met|received|meet>) <^P|Q|R|G|;|:|,|but|who|which|verb|said|held>{{0,8}} ,? <led_by|including> "
            f"<the>? {OTHER}"
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
        id="contact.and-another",
        pattern=(
            "first=(P|Q|R) <T|in|at|on|L|same_day|,|S|O|the|also|brief|separately>{0,8} <and> <also|,|separately|T|on|in|L|an|adjective|talks|meeting|same_day>{0,6} "
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
