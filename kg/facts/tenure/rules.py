"""The rules of tenures: who holds, held or took which office, as precisely as the text says it."""

from __future__ import annotations

from typing import Final

from kg.extract.rule import Rule
from kg.facts.tenure import build
from kg.facts.tenure.draft import TenureDraft, start_before

RULES: Final[tuple[Rule[TenureDraft], ...]] = (
    Rule(
        id="tenure.took-office-before",
        pattern="count=(<an|two|three|four|0|w>) span=(<span_unit>) <after> <the|his>{0,1} who=(P <possessive>?|R)? <the|his>? <took_office>",
        trigger="span",
        needs=("took_office",),
        build=build.took_office,
        example="Chilean President Anna Novak met Peruvian President Juan Horvat on Friday, two weeks after taking office.",
        counter=("Chilean President Anna Novak took office.",),
    ),
    Rule(
        id="tenure.began",
        pattern="mark=(<took_up>)",
        trigger="mark",
        needs=("took_up",),
        build=build.began,
        example="Chilean President Anna Novak took office on 2 May.",
        counter=(
            "Chilean President Anna Novak will take office on 2 July.",
            "Chilean President Anna Novak was sworn in for a second term on 2 May.",
        ),
    ),
    Rule(
        id="tenure.elected",
        pattern="mark=(<was_elected>)",
        trigger="mark",
        needs=("was_elected",),
        build=build.elected,
        example="Chilean President Anna Novak was elected in 2019.",
        counter=("Chilean President Anna Novak was not elected in 2019.",),
    ),
    Rule(
        id="tenure.in-office-since",
        pattern="who=(P|R)? ,? mark=(<in_office>|t (<of> C)?) <since_word> when=(T)",
        trigger="when",
        needs=("since_word",),
        build=build.in_office_since,
        example="Chilean President Anna Novak, in office since 2016, opened the fair.",
        counter=("Chilean President Anna Novak has lived in Lima since 2016.",),
    ),
    Rule(
        id="tenure.ended",
        pattern="mark=(<left_office>)",
        trigger="mark",
        needs=("left_office",),
        build=build.ended,
        example="Chilean President Anna Novak resigned on Monday.",
        counter=("Chilean President Anna Novak may resign on Monday.",),
    ),
    Rule(
        id="tenure.term-ends",
        pattern="who=(P|R) ,? <whose> <w|adjective|0|first_meeting>{0,2} <term_ends> <in|on|at>? when=(T)",
        trigger="when",
        needs=("term_ends",),
        build=build.term_ends,
        example="Chilean President Anna Novak, whose term ends in March 2026, opened the fair.",
        counter=("Chilean President Anna Novak opened the fair, whose run ends in March 2026.",),
    ),
    Rule(
        id="tenure.succeeded",
        pattern="mark=(<succeeded>) other=(P|N)",
        trigger="mark",
        needs=("succeeded",),
        build=build.succeeded,
        example="Chilean President Anna Novak succeeded Juan Horvat in 2019.",
        counter=("Chilean President Anna Novak may succeed Juan Horvat.",),
    ),
    Rule(
        id="tenure.predecessor",
        pattern="owner=(P|R|<his>) <possessive>? <visiting|former>{0,1} mark=(<predecessor>) ,? other=(P|N|Q)",
        trigger="mark",
        needs=("predecessor",),
        build=build.predecessor,
        example="Chilean President Anna Novak met her predecessor Juan Horvat.",
        counter=("Chilean President Anna Novak criticised her predecessors.",),
    ),
    Rule(
        id="tenure.successor",
        pattern="owner=(P|R|<his>) <possessive>? mark=(<successor>) ,? other=(P|N)",
        trigger="mark",
        needs=("successor",),
        build=build.successor,
        example="Chilean President Anna Novak thanked her successor Juan Horvat.",
        counter=("Chilean President Anna Novak has no successor.",),
    ),
)

__all__ = ["RULES", "TenureDraft", "start_before"]
