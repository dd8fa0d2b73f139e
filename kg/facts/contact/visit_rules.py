"""The rules of meetings that are told of a guest: received by, among those met, joined by."""

from __future__ import annotations

from typing import Final

from kg.extract.rule import Rule
from kg.facts.contact.building import Built
from kg.facts.contact.grammar import ADJ, OTHER
from kg.facts.contact.verbs import passive
from kg.facts.contact.visiting import (
    among_received,
    among_those,
    and_delegation,
    joined_by,
    joined_by_for,
    joint_press,
    joint_press_together,
    opening_passive,
    whom_met,
)

VISITS: Final[tuple[Rule[Built], ...]] = (
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
            f"<be|will_take_place> <also|first_meeting|not>{{0,2}} verb=(<received|receive|met|looked_up>) <^P|Q|R|;|.|verb|"
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
        id="contact.joined-by-for",
        pattern=(
            f"<be> <also|T>{{0,2}} verb=(<join>) <^P|Q|R|G|;|.|verb>{{0,5}} <by> <the>? {OTHER} <in|at|on|L|T>{{0,5}} <for> "
            f"{ADJ} noun=(<talks|meeting|call|video>)"
        ),
        trigger="verb",
        needs=("join",),
        build=joined_by_for,
        example="Chilean President Anna Novak was joined by Peruvian President Juan Horvat for a video conference.",
        counter=("Chilean President Anna Novak was joined by Peruvian President Juan Horvat for a parade.",),
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
        id="contact.joint-press-held",
        pattern="pair=(Q|G) <also|aux>{0,2} <held> <an>? noun=(<joint_press>)",
        trigger="noun",
        needs=("joint_press",),
        build=joint_press_together,
        example="Chilean President Anna Novak and Peruvian President Juan Horvat held a joint news conference in Lima.",
        counter=("Chilean President Anna Novak and Peruvian President Juan Horvat scrapped a joint news conference.",),
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
)
