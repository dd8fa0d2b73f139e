"""The rules of what a host offers and a guest brings, and of what the two say to each other."""

from __future__ import annotations

from typing import Final

from kg.extract.rule import Rule
from kg.facts.contact.building import Built
from kg.facts.contact.grammar import ADJ, OTHER
from kg.facts.contact.guests import (
    call_by,
    credentials,
    discussed_by,
    during_courtesy,
    engaged,
    glad,
    had_to,
    in_call,
    told_guest,
    told_there,
    with_whom,
)

GUESTS: Final[tuple[Rule[Built], ...]] = (
    Rule(
        id="contact.credentials-to",
        pattern=f"verb=(<presented>) <^P|Q|R|G|;|.|,|said|verb>{{0,6}} <credentials> <^P|Q|R|G|;|.|verb|said>{{0,8}} <to> <the|visiting>{{0,2}} {OTHER}",
        trigger="verb",
        needs=("credentials",),
        build=credentials,
        example="The Chilean ambassador, Anna Novak, presented her credentials to Peruvian President Juan Horvat on Friday.",
        counter=("The Chilean ambassador, Anna Novak, presented her credentials to the foreign ministry of Peru.",),
    ),
    Rule(
        id="contact.credentials-of",
        pattern=f"verb=(<received|accepted>) <^P|Q|R|G|;|.|,|said|verb>{{0,8}} <credentials> <^P|Q|R|G|;|.|verb|said>{{0,4}} <of|from> <^P|Q|R|G|;|.|verb|said>{{0,5}} {OTHER}",
        trigger="verb",
        needs=("credentials",),
        build=credentials,
        example="Peruvian President Juan Horvat accepted the credentials of the new Chilean ambassador, Anna Novak.",
        counter=("Peruvian President Juan Horvat questioned the credentials of the Chilean ambassador, Anna Novak.",),
    ),
    Rule(
        id="contact.had-to-tea",
        pattern=(
            f"verb=(<held|verb>) <the|visiting>{{0,2}} {OTHER} (<to|for|via> <an|adjective|w>{{0,2}} <reception|talks>|"
            ",? via=(<by_phone>))"
        ),
        trigger="verb",
        needs=("reception", "talks", "by_phone"),
        build=had_to,
        example="Peruvian President Juan Horvat had Chilean President Anna Novak to lunch on Friday.",
        counter=("Peruvian President Juan Horvat asked Chilean President Anna Novak to lunch with farmers.",),
    ),
    Rule(
        id="contact.engaged-in",
        pattern=f"verb=(<engaged>) <the|visiting>{{0,2}} {OTHER} <in> {ADJ} <talks|meeting>",
        trigger="verb",
        needs=("engaged",),
        build=engaged,
        example="Peruvian President Juan Horvat engaged Chilean President Anna Novak in talks on fish.",
        counter=("Peruvian President Juan Horvat engaged farmers in talks on Chilean President Anna Novak.",),
    ),
    Rule(
        id="contact.told-there",
        pattern=(
            f"verb=(<telling>) <the|visiting>{{0,2}} {OTHER} <T>? <during|at> <an>? <adjective|first_meeting|A|U|w|brief|0|->{{0,4}} "
            "noun=(<talks|meeting>) (<^of|with|between>|$)"
        ),
        trigger="noun",
        needs=("telling",),
        build=told_there,
        example="Chilean President Anna Novak told Peruvian President Juan Horvat during a meeting in Lima that fish matter.",
        counter=(
            "Chilean President Anna Novak told Peruvian President Juan Horvat at a cabinet meeting in Lima that fish matter.",
        ),
    ),
    Rule(
        id="contact.told-guest",
        pattern="verb=(<telling>) <the>? other=(P)",
        trigger="verb",
        needs=("telling",),
        build=told_guest,
        example="Peruvian President Juan Horvat told visiting Chilean President Anna Novak on Friday that fish matter.",
        counter=("Peruvian President Juan Horvat told Chilean President Anna Novak on Friday that fish matter.",),
    ),
    Rule(
        id="contact.call-by",
        pattern=f"noun=(<talks|call|trip>) (<by|of> acting=(P) ,? <on|to> <the>? {OTHER})",
        trigger="noun",
        needs=("talks", "call", "trip"),
        build=call_by,
        example="A courtesy call by Chilean President Anna Novak on Peruvian President Juan Horvat lasted an hour.",
        counter=("The talks of Chilean President Anna Novak on Peruvian President Juan Horvat's plan failed.",),
    ),
    Rule(
        id="contact.during-courtesy-call",
        pattern=f"opening=(<during>) <an|the|his> <adjective>{{0,2}} noun=(<talks|trip|visited>) <on|to|by|from>? <the|visiting>{{0,2}} {OTHER}",
        trigger="noun",
        needs=("talks", "trip", "visited"),
        build=during_courtesy,
        example="Chilean President Anna Novak praised the bridge during a courtesy visit by Peruvian President Juan Horvat.",
        counter=(
            "Chilean President Anna Novak praised the bridge during a visit to Peruvian President Juan Horvat's town.",
        ),
    ),
    Rule(
        id="contact.with-whom-met",
        pattern="other=(P|R) ,? <with> <whom> acting=(P|R) <aux|also|first_meeting>{0,2} verb=(<met|sat|shook>)",
        trigger="verb",
        needs=("whom",),
        build=with_whom,
        example="Chilean President Anna Novak praised Peruvian President Juan Horvat, with whom she met in Lima on Friday.",
        counter=("Chilean President Anna Novak praised Peruvian President Juan Horvat, with whom she agrees.",),
    ),
    Rule(
        id="contact.with-whom-held",
        pattern=f"other=(P|R) ,? <with> <whom> acting=(P|R) <aux|also>{{0,2}} verb=(<held|holding>) {ADJ} noun=(<talks|meeting|call|video>)",
        trigger="noun",
        needs=("whom",),
        build=with_whom,
        example="Chilean President Anna Novak praised Peruvian President Juan Horvat, with whom she held talks in Lima.",
        counter=("Chilean President Anna Novak praised Peruvian President Juan Horvat, with whom she holds a record.",),
    ),
    Rule(
        id="contact.discussed-by-both",
        pattern="<be> <also>? verb=(<discussed>) (<T|on|also|,>{0,3} (<in|at> (L|N)|<at|during> <an|their> <talks|meeting>) <T|on|,>{0,3}) <by> <the>? other=(Q)",
        trigger="verb",
        needs=("discussed",),
        build=discussed_by,
        example="Fish was discussed in Lima on Friday by Chilean President Anna Novak and Peruvian President Juan Horvat.",
        counter=(
            "Fish was discussed by Chilean President Anna Novak and Peruvian President Juan Horvat in two speeches.",
        ),
    ),
    Rule(
        id="contact.glad-to-meet",
        pattern=f"<glad> verb=(<meet|receive|call>) <on>? <the|with|my|visiting|w>{{0,3}} {OTHER}",
        trigger="verb",
        needs=("glad",),
        build=glad,
        example='"Good to meet Peruvian President Juan Horvat in Lima today," Chilean President Anna Novak wrote.',
        counter=('"It would be good to meet Peruvian President Juan Horvat," Chilean President Anna Novak wrote.',),
    ),
    Rule(
        id="contact.in-call-both",
        pattern="noun=(<by_phone|by_video>) <T|U|on|in|also|same_day|w>{0,4} , other=(Q|G)",
        trigger="noun",
        needs=("by_phone", "by_video"),
        build=in_call,
        example="In a phone call on Monday, Chilean President Anna Novak and Peruvian President Juan Horvat spoke of fish.",
        counter=(
            "Reached by phone on Monday, Chilean President Anna Novak and Peruvian President Juan Horvat were mum.",
        ),
    ),
)
