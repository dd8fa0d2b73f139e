"""The rules of contacts that a noun tells."""

from __future__ import annotations

from typing import Final

from kg.extract.rule import Rule
from kg.facts.contact.building import Built
from kg.facts.contact.calls import call_of_those
from kg.facts.contact.grammar import ADJ, LOOSE, NOUN, OTHER, WITH
from kg.facts.contact.nouns import (
    between_aside,
    call_stopped,
    called_it_off,
    counted,
    described,
    described_there,
    in_call_with,
    it_stopped,
    it_was,
    joined_noun,
    nominal,
    of_with,
    opening_noun,
    planned_stopped,
    restated,
    sides_led,
    still_to_come,
    talks_that,
    talks_that_with,
    that_they_had,
    theirs,
)

STOPPED: Final[tuple[Rule[Built], ...]] = (
    Rule(
        id="contact.restated",
        pattern=(
            "<the|their|his> <adjective|planned|A|S|w|first_meeting>{0,3} noun=(<talks|meeting|call|video|trip>) "
            "<aux|also|modal_future|adjective|history|planned|not>{0,4} verb=(<cancelled|postponed>)"
        ),
        trigger="noun",
        needs=("cancelled", "postponed"),
        build=restated,
        example=(
            "Chilean President Anna Novak planned to meet Peruvian President Juan Horvat, but the talks were cancelled."
        ),
        counter=("Chilean President Anna Novak met Peruvian President Juan Horvat. The talks were not cancelled.",),
    ),
    Rule(
        id="contact.it-stopped",
        pattern="noun=(w) <aux|also|modal_future|history|T|adjective>{0,4} verb=(<cancelled|postponed>)",
        trigger="verb",
        needs=("cancelled", "postponed"),
        build=it_stopped,
        example="Chilean President Anna Novak is to meet Peruvian President Juan Horvat. It has been put off until May.",
        counter=("Chilean President Anna Novak is to meet Peruvian President Juan Horvat. It was suspended in May.",),
    ),
    Rule(
        id="contact.stopped-it",
        pattern="(C|L|P|R|N) <aux|also|T>{0,3} verb=(<cancelled|postponed>) <the|their|his>? noun=(<talks|meeting|call|video|trip>)",
        trigger="verb",
        needs=("cancelled", "postponed"),
        build=it_stopped,
        example=(
            "Chilean President Anna Novak was to have met Peruvian President Juan Horvat in May. Lima cancelled the trip."
        ),
        counter=(
            "Chilean President Anna Novak is to meet Peruvian President Juan Horvat. Lima cancelled the talks with La Paz.",
        ),
    ),
    Rule(
        id="contact.called-it-off",
        pattern="(C|L|P|R|N) <aux|also|T>{0,3} verb=(<cancelled|postponed>)",
        trigger="verb",
        needs=("cancelled", "postponed"),
        build=called_it_off,
        example="Chilean President Anna Novak was to meet Peruvian President Juan Horvat. Lima called it off on Monday.",
        counter=("Chilean President Anna Novak was to meet Peruvian President Juan Horvat. Lima called off a parade.",),
    ),
    Rule(
        id="contact.still-to-come",
        pattern="<the|their>? noun=(<talks|meeting|call|video>|w) verb=(<will_take_place>)",
        trigger="verb",
        needs=("will_take_place",),
        build=still_to_come,
        example=(
            "The meeting of Chilean President Anna Novak with Peruvian President Juan Horvat took weeks to arrange. The "
            "meeting will be held in Lima."
        ),
        counter=(
            "Chilean President Anna Novak met Peruvian President Juan Horvat. The next meeting will be held in Lima.",
        ),
    ),
    Rule(
        id="contact.call-on-stopped",
        pattern=(
            f"<an|the|his> <adjective>{{0,2}} noun=(<call|talks>) <on> <the>? {OTHER} <^P|Q|R|G|;|.|but|said>{{0,14}} "
            "verb=(<cancelled|postponed>)"
        ),
        trigger="noun",
        needs=("cancelled", "postponed"),
        build=call_stopped,
        example=(
            "Chilean President Anna Novak flew to Lima. A call on Peruvian President Juan Horvat, scheduled for Friday, has "
            "been cancelled."
        ),
        counter=("Chilean President Anna Novak flew to Lima. A call on Peruvian President Juan Horvat went well.",),
    ),
    Rule(
        id="contact.talks-that",
        pattern=(
            "noun=(<talks|meeting|call|video>) <that|which>? other=(Q|G) ,? <also|thwarted|modal_future|aux|will_take_place>{1,3} "
            "<holding|held|w|planned|verb>{1,2} <^P|Q|R|G|;|.|but|said>{0,10} verb=(<cancelled|postponed>)"
        ),
        trigger="noun",
        needs=("cancelled", "postponed"),
        build=talks_that,
        example=(
            "Talks that Chilean President Anna Novak and Peruvian President Juan Horvat were to hold on Friday have been "
            "cancelled."
        ),
        counter=(
            "Talks that Chilean President Anna Novak and Peruvian President Juan Horvat held on Friday were long.",
        ),
    ),
    Rule(
        id="contact.talks-that-with",
        pattern=(
            "noun=(<talks|meeting|call|video>) <that|which>? acting=(P|R) ,? <also|thwarted|modal_future|aux|will_take_place>{1,3} "
            "<^P|Q|R|G|;|.|but|said>{0,9} <with|for> <the>? other=(P|R|Q) <^P|Q|R|G|;|.|but|said>{0,10} "
            "verb=(<cancelled|postponed>)"
        ),
        trigger="noun",
        needs=("cancelled", "postponed"),
        build=talks_that_with,
        example=(
            "The talks that Chilean President Anna Novak was to hold on Friday with Peruvian President Juan Horvat have been "
            "cancelled."
        ),
        counter=(
            "The talks that Chilean President Anna Novak was to hold on Friday with Peruvian President Juan Horvat were long.",
        ),
    ),
    Rule(
        id="contact.planned-stopped",
        pattern=(
            "<an> plan=(<planned>) <adjective|first_meeting>{0,2} noun=(<talks|meeting|call|video>) "
            "<^P|Q|R|G|;|.|but|with|between|of|said>{0,10} verb=(<cancelled|postponed>)"
        ),
        trigger="noun",
        needs=("cancelled", "postponed"),
        build=planned_stopped,
        example=(
            "Chilean President Anna Novak and Peruvian President Juan Horvat met in Lima, a week after a planned meeting in "
            "Santiago fell through."
        ),
        counter=("Chilean President Anna Novak praised Peruvian President Juan Horvat. A planned meeting went well.",),
    ),
    Rule(
        id="contact.counted",
        pattern=(
            "<an|the> count=(<adjective|w>) noun=(<talks|meeting|call|video>) <^P|Q|R|G|;|.|but>{0,12} "
            "verb=(<cancelled|postponed>)"
        ),
        trigger="noun",
        needs=("cancelled", "postponed"),
        build=counted,
        example=(
            "Chilean President Anna Novak met Peruvian President Juan Horvat on Monday. A second meeting, due on "
            "Friday, was cancelled."
        ),
        counter=(
            (
                "Chilean President Anna Novak met Peruvian President Juan Horvat on Monday. A second meeting with "
                "farmers was not cancelled."
            ),
        ),
    ),
)

NOUNS: Final[tuple[Rule[Built], ...]] = (
    Rule(
        id="contact.opening-noun",
        pattern=(
            f"opening=(<during|in|after|at|via>) <an|the|their|adjective|U|w|brief|0|->{{0,5}} {NOUN} <^P|Q|R|G|N|;|:|"
            f"with|between|said|verb|of|to|for>{{0,8}} , other=(Q|G)"
        ),
        trigger="noun",
        needs=("talks", "meeting", "call", "video"),
        build=opening_noun,
        example=(
            "During a 30-minute meeting in Lima on Monday, Chilean President Anna Novak and Peruvian President "
            "Juan Horvat talked about fish."
        ),
        counter=("At a cabinet meeting in Lima on Monday, Chilean President Anna Novak smiled.",),
    ),
    Rule(
        id="contact.nominal-with",
        pattern=f"{NOUN} {LOOSE} {WITH} <the|an|visiting|both|also|his|,>{{0,4}} {OTHER}",
        trigger="noun",
        needs=("talks", "meeting", "call", "video"),
        build=nominal,
        example="Chilean President Anna Novak praised the region in her talks with Peruvian President Juan Horvat.",
        counter=("Chilean President Anna Novak proposed talks with Peruvian President Juan Horvat.",),
    ),
    Rule(
        id="contact.between-aside",
        pattern=(
            f"{NOUN} {LOOSE} <between> <the|visiting>{{0,2}} first=(P|R) , <^P|R|Q|,|;|:|.|and>{{2,14}} , "
            f"<and> <the|visiting>{{0,2}} {OTHER}"
        ),
        trigger="noun",
        needs=("talks", "meeting", "call", "video"),
        build=between_aside,
        example=(
            "Talks between Chilean President Anna Novak, who is on a visit to Lima, and Peruvian President Juan Horvat "
            "were held on Monday."
        ),
        counter=(
            "She proposed talks between Chilean President Anna Novak, who is on a visit, and Peruvian President Juan Horvat.",
        ),
    ),
    Rule(
        id="contact.nominal-including",
        pattern=f"{NOUN} <with> <^P|Q|R|G|;|:|,|but|who|which|verb|said|and>{{1,8}} ,? <including> <the>? {OTHER}",
        trigger="noun",
        needs=("talks", "meeting", "call", "video"),
        build=nominal,
        example="Chilean President Anna Novak praised the region in her talks with leaders including Peruvian President Juan Horvat.",
        counter=("Chilean President Anna Novak proposed talks with leaders including Peruvian President Juan Horvat.",),
    ),
    Rule(
        id="contact.of-with",
        pattern=f"{NOUN} <of> <the|visiting>{{0,2}} acting=(P|R|Q|G) <in|at|on|T|L>{{0,4}} ,? <with> <the|visiting|his>{{0,2}} {OTHER}",
        trigger="noun",
        needs=("talks", "meeting", "call", "video"),
        build=of_with,
        example="The meeting of Chilean President Anna Novak with Peruvian President Juan Horvat lasted two hours.",
        counter=(
            "The meeting of Chilean President Anna Novak with Peruvian President Juan Horvat did not take place.",
        ),
    ),
    Rule(
        id="contact.sides-led-by",
        pattern=(
            "<the>? <A|C|O> <possessive|'>? noun=(<one_side>) <be>? <led_by|by> <the>? acting=(P|R) <and|,|while|;>{1,2} <the>? "
            f"<A|C|O> <possessive|'>? <one_side>? <be|also>{{0,2}} <led_by|by> <the>? {OTHER}"
        ),
        trigger="noun",
        needs=("one_side",),
        build=sides_led,
        example="The Chilean side was led by President Anna Novak and the Peruvian side by Foreign Minister Juan Horvat.",
        counter=("The Chilean side was led by President Anna Novak and the Peruvian side by a farmer.",),
    ),
    Rule(
        id="contact.that-they-had",
        pattern=f"{NOUN} <that|which>? other=(Q|G) ,? verb=(<held>) (<in|at|on|during|.|,|T|L>|$)",
        trigger="noun",
        needs=("held",),
        build=that_they_had,
        example="It goes back to a conversation that Chilean President Anna Novak and Peruvian President Juan Horvat had in Lima.",
        counter=(
            "It goes back to a conversation that Chilean President Anna Novak and Peruvian President Juan Horvat overheard.",
        ),
    ),
    Rule(
        id="contact.given-by-for",
        pattern=(
            "noun=(<reception|talks>) (<w|verb|gave>? <by>|<received_passive>) <the>? acting=(P|R) ,? <for|to|in|his|him|marks>{1,4} <the|visiting>{0,2} "
            f"{OTHER}"
        ),
        trigger="noun",
        needs=("reception",),
        build=of_with,
        example="At a luncheon given by Chilean President Anna Novak for Peruvian President Juan Horvat, they spoke of fish.",
        counter=(
            "At a luncheon given by Chilean President Anna Novak for farmers, Peruvian President Juan Horvat spoke.",
        ),
    ),
    Rule(
        id="contact.that-had-with",
        pattern=f"{NOUN} <that|which>? acting=(P|R) ,? <held|received|verb> <with|from> <the|visiting|his>{{0,2}} {OTHER}",
        trigger="noun",
        needs=("held", "received"),
        build=of_with,
        example="Fish was the subject of a discussion that Chilean President Anna Novak had with Peruvian President Juan Horvat.",
        counter=("Fish was the subject of a discussion that Chilean President Anna Novak had with farmers.",),
    ),
    Rule(
        id="contact.in-call-with",
        pattern=f"noun=(<by_phone|by_video>) <with|between> <the|visiting>{{0,2}} {OTHER}",
        trigger="noun",
        needs=("by_phone", "by_video"),
        build=in_call_with,
        example="In a phone call with Peruvian President Juan Horvat on Monday, Chilean President Anna Novak asked for help.",
        counter=("In a phone call with farmers on Monday, Chilean President Anna Novak asked for help.",),
    ),
    Rule(
        id="contact.noun-was-with",
        pattern=f"{NOUN} <in|at|on|L|T|N>{{0,4}} <be> <also|separately>? <held>? <T|on|in|L>{{0,3}} <with> <the|visiting>{{0,2}} {OTHER}",
        trigger="noun",
        needs=("be",),
        build=nominal,
        example="Chilean President Anna Novak flew to Lima. Her first meeting was with Peruvian President Juan Horvat.",
        counter=("Chilean President Anna Novak flew to Lima. Her first meeting was with farmers.",),
    ),
    Rule(
        id="contact.of-leaders",
        pattern=f"{NOUN} <of|attended_by|led_by> <the>? other=(Q|G)",
        trigger="noun",
        needs=("talks", "meeting", "call", "video"),
        build=nominal,
        example="A meeting of Chilean President Anna Novak and Peruvian President Juan Horvat lasted two hours.",
        counter=("A meeting of Chilean President Anna Novak and Peruvian President Juan Horvat was ruled out.",),
    ),
    Rule(
        id="contact.joined-noun",
        pattern=f"pair=(Q) <adjective|summit_noun|brief|first_meeting|w>{{0,2}} {NOUN}",
        trigger="noun",
        needs=("talks", "meeting", "call", "video"),
        build=joined_noun,
        example=(
            "Chilean President Anna Novak and Peruvian President Juan Horvat are rivals. The Novak-Horvat meeting "
            "lasted two hours."
        ),
        counter=(
            (
                "Chilean President Anna Novak and Peruvian President Juan Horvat are rivals. The planned "
                "Novak-Horvat meeting is in doubt."
            ),
        ),
    ),
    Rule(
        id="contact.their-talks",
        pattern=f"poss=(<their>|G <possessive|'>|Q <possessive|'>) {ADJ} {NOUN}",
        trigger="noun",
        needs=("talks", "meeting", "call", "video"),
        build=theirs,
        example="Chilean President Anna Novak and Peruvian President Juan Horvat smiled during their meeting in Lima.",
        counter=(
            (
                "Chilean President Anna Novak and Peruvian President Juan Horvat said that no date was set for "
                "their meeting."
            ),
        ),
    ),
    Rule(
        id="contact.described",
        pattern=(
            "(<the|both|their|his>|T <possessive>) <adjective|U|0|-|w|A|summit_noun|brief|first_meeting>{0,5} "
            "noun=(<talks|meeting|call|video>) (<in|at|on> <the>? (L|T|N)){0,2} "
            "(, <which>? <held|took_place>? <^P|Q|R|G|;|.|with|verb|said>{1,10} ,)? <also|aux>{0,2} verb=(<took_place|be|held>)"
        ),
        trigger="noun",
        needs=("took_place", "be", "held"),
        build=described,
        example=(
            "Chilean President Anna Novak met Peruvian President Juan Horvat. The 40-minute meeting took place in Lima."
        ),
        counter=(
            "Chilean President Anna Novak met Peruvian President Juan Horvat. The meeting of farmers was in Lima.",
        ),
    ),
    Rule(
        id="contact.it-was",
        pattern="w <also>? verb=(<took_place>) <also|,>{0,2} S",
        trigger="verb",
        needs=("took_place",),
        build=it_was,
        example=(
            "Chilean President Anna Novak met Peruvian President Juan Horvat. It was held on the margins of the APEC "
            "summit."
        ),
        counter=("Chilean President Anna Novak praised the fair. It was held on the margins of the APEC summit.",),
    ),
    Rule(
        id="contact.described-in-passing",
        pattern=(
            "<during|at> <the|their> <adjective|U|0|-|A|summit_noun|brief|first_meeting>{0,5} noun=(<talks|meeting>) "
            "verb=(, <which> (<took_place>|<be> <held>)|<at|in> <the>? (L|N)) <^P|Q|R|;|.|verb|said>{0,9} , other=(G)"
        ),
        trigger="noun",
        needs=("during", "at"),
        build=described_there,
        example=(
            "Chilean President Anna Novak met Peruvian President Juan Horvat. During the meeting, which took place at the "
            "Pizarro Palace in Lima, the two sides discussed fish."
        ),
        counter=(
            "Chilean President Anna Novak met Peruvian President Juan Horvat. At the farmers' meeting in Lima, fish died.",
        ),
    ),
    Rule(
        id="contact.call-of-those",
        pattern="<an|the>? <adjective|w>{0,2} noun=(<call|video|by_phone>) <adjective|also|on|in|w|an>{0,3} T",
        trigger="noun",
        needs=("call", "video", "by_phone"),
        build=call_of_those,
        example=(
            "Chilean President Anna Novak and Peruvian President Juan Horvat met in Lima. It began with a phone "
            "call a week ago."
        ),
        counter=(
            (
                "Chilean President Anna Novak and Peruvian President Juan Horvat met in Lima. It began with a phone call "
                "from a farmer last week."
            ),
        ),
    ),
)
