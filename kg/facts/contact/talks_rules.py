"""The rules of talks for which or at which something was done, and of talks under way, arranged or stopped."""

from __future__ import annotations

from typing import Final

from kg.extract.rule import Rule
from kg.facts.contact.building import Built
from kg.facts.contact.grammar import ADJ, NOUN, OTHER
from kg.facts.contact.talks import (
    agreed_there,
    arranged,
    met_for,
    said_there,
    stopped_together,
    under_way,
    under_way_together,
)

TALKS: Final[tuple[Rule[Built], ...]] = (
    Rule(
        id="contact.met-for-talks",
        pattern=(
            f"verb=(<met|meet|sat>) <in|at|on|T|L|also>{{0,5}} <for> {ADJ} {NOUN} <in|at|on|T|L|,|w>{{0,5}} "
            f"<with> <the|visiting|his>{{0,3}} {OTHER}"
        ),
        trigger="noun",
        needs=("met", "meet", "sat"),
        build=met_for,
        example="Chilean President Anna Novak sat down for talks with Peruvian President Juan Horvat in Lima.",
        counter=("Chilean President Anna Novak hopes to sit down for talks with Peruvian President Juan Horvat.",),
    ),
    Rule(
        id="contact.said-there",
        pattern=(
            "acting=(P|R) <also|aux|T|on>{0,3} verb=(<verb|discussed>|w) <^P|Q|R|G|;|.|said|met|held|with>{1,8} <with|to> "
            f"<the|visiting>{{0,2}} {OTHER} <T|,|for|the|an|his|adjective|w>{{0,6}} <during|at> <an> <adjective|A|U|w|brief|0|->{{0,4}} "
            "noun=(<talks|meeting>) (<^of|with|between>|$)"
        ),
        trigger="noun",
        needs=("talks", "meeting"),
        build=said_there,
        example="Chilean President Anna Novak raised the border with Peruvian President Juan Horvat during a long meeting.",
        counter=("Chilean President Anna Novak raised the border with farmers during a long meeting.",),
    ),
    Rule(
        id="contact.under-way",
        pattern=f"be=(<be>) <also|w>{{0,2}} verb=(<meeting_ing>) <with|the|also|visiting>{{0,3}} {OTHER}",
        trigger="verb",
        needs=("meeting_ing",),
        build=under_way,
        example="Chilean President Anna Novak is now meeting Peruvian President Juan Horvat in Lima.",
        counter=("Chilean President Anna Novak is not meeting Peruvian President Juan Horvat.",),
    ),
    Rule(
        id="contact.under-way-together",
        pattern="subject=(Q|G) be=(<be>) <also|w>{0,2} verb=(<meeting_ing>) (<also|w|in|at|on|for>|.|L|T|S|$)",
        trigger="verb",
        needs=("meeting_ing",),
        build=under_way_together,
        example="Chilean President Anna Novak and Peruvian President Juan Horvat are now meeting in Lima.",
        counter=("Chilean President Anna Novak and Peruvian President Juan Horvat are meeting their pledges.",),
    ),
    Rule(
        id="contact.arranged",
        pattern=f"subject=(Q|G) ,? <aux|also>{{0,2}} verb=(<planned>) {ADJ} {NOUN} (<for|in|at|on|to|during>|L|T|.|,|$)",
        trigger="noun",
        needs=("planned",),
        build=arranged,
        example="Chilean President Anna Novak and Peruvian President Juan Horvat have scheduled a meeting for Friday.",
        counter=("Chilean President Anna Novak and Peruvian President Juan Horvat await a meeting of farmers.",),
    ),
    Rule(
        id="contact.stopped-together",
        pattern=(
            "subject=(Q|G) <^P|Q|R|G|;|.|with|said>{0,5} verb=(<cancelled|postponed>) "
            "<T|possessive|'|the|an|their|adjective|planned|A|first_meeting>{0,6} "
            "noun=(<talks|meeting|call|video>) (<^with|between|of>|$)"
        ),
        trigger="noun",
        needs=("cancelled", "postponed"),
        build=stopped_together,
        example="Chilean President Anna Novak and Peruvian President Juan Horvat have agreed to put off Friday's talks.",
        counter=("Chilean President Anna Novak and Peruvian President Juan Horvat put off talks with farmers.",),
    ),
    Rule(
        id="contact.agreed-there",
        pattern="subject=(Q) <also|aux>{0,2} verb=(<agreed>) (<in> L|<on>? T <in> L) <T|on|,>{0,3} <to|on|that|an>",
        trigger="verb",
        needs=("agreed",),
        build=agreed_there,
        example="Chilean President Anna Novak and Peruvian President Juan Horvat agreed in Lima on Friday to open the border.",
        counter=(
            "Chilean President Anna Novak and Peruvian President Juan Horvat have agreed to meet in Lima on Friday.",
        ),
    ),
)
