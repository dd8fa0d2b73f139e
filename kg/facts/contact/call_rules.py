"""The rules of calls."""

from __future__ import annotations

from typing import Final

from kg.extract.rule import Rule
from kg.facts.contact.building import Built
from kg.facts.contact.calls import (
    call_from,
    call_to,
    called,
    discussed,
    discussed_face_to_face,
    discussed_there,
    discussed_together_there,
    discussed_with,
    during_call,
    phoned,
    spoke,
    together_by_phone,
    told_by_phone,
)
from kg.facts.contact.grammar import LOOSE, OTHER, VIA

CALLS: Final[tuple[Rule[Built], ...]] = (
    Rule(
        id="contact.phone-from",
        pattern=f"verb=(<phone_from|phoned>) (<on>? T)? <the|visiting>{{0,2}} {OTHER}",
        trigger="verb",
        needs=("phone_from", "phoned"),
        build=phoned,
        example="Chilean President Anna Novak received a phone call from Peruvian President Juan Horvat.",
        counter=("Chilean President Anna Novak received a letter from Peruvian President Juan Horvat.",),
    ),
    Rule(
        id="contact.call-from",
        pattern=(
            f"verb=(<received|held|verb>) (<on>? T)? <an|adjective|w|N|brief|separately|anniversary>{{0,5}} noun=(<call|talks|trip>) <T|in|L|at|on|same_day|,>{{0,4}} "
            f"<from|of|w|adjective>{{1,2}} <the|visiting|honorific|.>{{0,3}} {OTHER}"
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
        pattern=f"subject=(Q|G) ,? <also|aux|modal_future|T|on>{{0,3}} verb=(<discussed|agreed>) <^P|Q|R|G|;|:|verb|said|met|held>{{0,12}} {VIA}",
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
        id="contact.together-by-phone",
        pattern=(
            "subject=(Q|G) ,? <also|aux>{0,2} verb=(<verb|discussed>|w) <^P|Q|R|G|;|:|said|met|held|will_take_place>{0,12} "
            "via=(<by_phone|by_video|call|video|face_to_face>)"
        ),
        trigger="via",
        needs=("by_phone", "by_video", "call", "video", "face_to_face"),
        build=together_by_phone,
        example="Chilean President Anna Novak and Peruvian President Juan Horvat patched up their row in a late-night call.",
        counter=(
            "Chilean President Anna Novak and Peruvian President Juan Horvat patched up their row over a call for votes.",
        ),
    ),
    Rule(
        id="contact.will-call",
        pattern=f"<modal_future|to|thwarted|will_take_place> <also>? verb=(<call>) <the|visiting>{{0,2}} {OTHER}",
        trigger="verb",
        needs=("call",),
        build=called,
        example="Chilean President Anna Novak will call Peruvian President Juan Horvat on Friday to discuss the flood.",
        counter=("Chilean President Anna Novak will call Peruvian President Juan Horvat a liar.",),
    ),
    Rule(
        id="contact.discussed-together-there",
        pattern=(
            "subject=(Q|G) ,? <also|aux|on|T>{0,3} verb=(<discussed>) <^P|Q|R|G|;|:|verb|said|met|held|with|will_take_place>{0,10} "
            "(S|<in|at> (L|S)|<at|during|via> <an|the|his|their|adjective|w>{0,3} <talks|meeting>)"
        ),
        trigger="verb",
        needs=("discussed",),
        build=discussed_together_there,
        example="Chilean President Anna Novak and Peruvian President Juan Horvat discussed fish in Lima on Monday.",
        counter=(
            "Chilean President Anna Novak and Peruvian President Juan Horvat discussed fish with farmers in Lima.",
        ),
    ),
    Rule(
        id="contact.discussed-by-with",
        pattern=f"verb=(<discussed>) <^P|Q|R|G|;|:|verb|said|met|held|with>{{0,8}} {VIA} <T|on>{{0,2}} <with> <the|visiting|his>{{0,2}} {OTHER}",
        trigger="verb",
        needs=("discussed",),
        build=discussed_with,
        example="Chilean President Anna Novak exchanged views by telephone with Peruvian President Juan Horvat.",
        counter=("Chilean President Anna Novak exchanged views by telephone with farmers.",),
    ),
    Rule(
        id="contact.discussed-with",
        pattern=(
            f"verb=(<discussed>) <^P|Q|R|G|;|:|verb|said|met|held>{{0,10}} <with> <the|visiting|his>{{0,2}} {OTHER} ,? <T|on>{{0,3}} {VIA}"
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
        id="contact.told-by-phone",
        pattern=f"verb=(<telling|verb|sat|signed|aux>|w) <in|with|topic_verb|to|on>{{0,2}} <the|visiting>{{0,2}} {OTHER} <^P|Q|R|G|;|.|verb|said|met|meet|held|spoke|phoned|that>{{0,6}} via=(<by_phone|by_video|face_to_face>)",
        trigger="verb",
        needs=("by_phone", "by_video", "face_to_face"),
        build=told_by_phone,
        example="Chilean President Anna Novak told Peruvian President Juan Horvat in a phone call on Sunday that help was coming.",
        counter=("Chilean President Anna Novak told Peruvian President Juan Horvat that a phone call was late.",),
    ),
    Rule(
        id="contact.during-call-told",
        pattern=(
            "<during|in|on> <an|the|his|adjective|U|w|0|->{1,4} noun=(<call|video>) <T|on|also|same_day>{0,4} , "
            f"subject=(P|R) <also>? <telling> {OTHER}"
        ),
        trigger="noun",
        needs=("call", "video"),
        build=during_call,
        example="During a phone call on Monday, Chilean President Anna Novak told Peruvian President Juan Horvat that help was coming.",
        counter=(
            "During a phone call on Monday, Chilean President Anna Novak told reporters about Peruvian President Juan Horvat.",
        ),
    ),
    Rule(
        id="contact.call-to",
        pattern=f"noun=(<call|by_phone>) <to> <the>? {OTHER}",
        trigger="noun",
        needs=("call", "by_phone"),
        build=call_to,
        example="In a telephone call to Peruvian President Juan Horvat on Monday, Chilean President Anna Novak offered help.",
        counter=("In a telephone call to farmers on Monday, Chilean President Anna Novak offered help.",),
    ),
    Rule(
        id="contact.called",
        pattern=f"verb=(<called>) <the|visiting>{{0,2}} {OTHER}",
        trigger="verb",
        needs=("called",),
        build=called,
        example="Chilean President Anna Novak called Peruvian President Juan Horvat on Monday to discuss the flood.",
        counter=("Chilean President Anna Novak called Peruvian President Juan Horvat a liar on Monday.",),
    ),
    Rule(
        id="contact.discussed-there",
        pattern=(
            f"verb=(<discussed>) <^P|Q|R|G|;|:|verb|said|met|held>{{0,10}} <with> <the|visiting|his>{{0,2}} {OTHER} "
            "<T|on|,|also>{0,3} (S|<in|at> (L|S)|<on> <the> S|<in> town=(N) (<on|.|,>|T))"
        ),
        trigger="verb",
        needs=("discussed",),
        build=discussed_there,
        example="Chilean President Anna Novak discussed fish with Peruvian President Juan Horvat in Lima on Monday.",
        counter=("Chilean President Anna Novak discussed fish with Peruvian President Juan Horvat's farmers in Lima.",),
    ),
    Rule(
        id="contact.discussed-it-with",
        pattern=(
            f"verb=(<discussed>) (<^P|Q|R|G|;|:|,|verb|said|met|held|and|his|meet>{{1,7}})? <with> <the|visiting|his>{{0,2}} {OTHER} "
            "(<on|in>? T|.|,|;|$|<the|an|adjective>)"
        ),
        trigger="verb",
        needs=("discussed",),
        build=discussed_face_to_face,
        example="Chilean President Anna Novak discussed the new bridge with Peruvian President Juan Horvat on Monday.",
        counter=(
            "Chilean President Anna Novak discussed the new bridge with Peruvian President Juan Horvat's farmers.",
            "Chilean President Anna Novak wants to discuss the new bridge with Peruvian President Juan Horvat.",
        ),
    ),
    Rule(
        id="contact.spoke-with",
        pattern=f"verb=(<spoke|speaking>) {LOOSE} <with|to|between> <the|my|visiting|both|also>{{0,2}} {OTHER}",
        trigger="verb",
        needs=("spoke", "speaking"),
        build=spoke,
        example="Chilean President Anna Novak spoke by phone with Peruvian President Juan Horvat.",
        counter=("Chilean President Anna Novak spoke to reporters about Peruvian President Juan Horvat.",),
    ),
)
