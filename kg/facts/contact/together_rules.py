"""The rules of people who met or spoke with each other."""

from __future__ import annotations

from typing import Final

from kg.extract.rule import Rule
from kg.facts.contact.building import Built
from kg.facts.contact.calls import spoke_together
from kg.facts.contact.grammar import ADJ, NOUN
from kg.facts.contact.together import during_talks, during_talks_of, gerund_together, reciprocal, were_together, with_me
from kg.facts.contact.verbs import infinitive

TOGETHER: Final[tuple[Rule[Built], ...]] = (
    Rule(
        id="contact.held-together",
        pattern=f"verb=(<held>) {ADJ} {NOUN}",
        trigger="noun",
        needs=("held",),
        build=reciprocal,
        example="Chilean President Anna Novak and Peruvian President Juan Horvat held two hours of talks in Lima.",
        counter=(
            "Chilean President Anna Novak and Peruvian President Juan Horvat will not hold talks in Lima.",
            "Chilean President Anna Novak and Peruvian President Juan Horvat attended both meetings.",
        ),
    ),
    Rule(
        id="contact.will-hold",
        pattern=f"verb=(<holding|meet>) ({ADJ} {NOUN})?",
        trigger="verb",
        needs=("holding", "meet"),
        build=infinitive,
        example="Chilean President Anna Novak and Peruvian President Juan Horvat will meet in Lima on Friday.",
        counter=("Chilean President Anna Novak and Peruvian President Juan Horvat may meet in Lima on Friday.",),
    ),
    Rule(
        id="contact.met-together",
        pattern="verb=(<met|sat|shook>)",
        trigger="verb",
        needs=("met", "sat", "shook"),
        build=reciprocal,
        example="Chilean President Anna Novak and Peruvian President Juan Horvat met in Lima.",
        counter=("Chilean President Anna Novak and Peruvian President Juan Horvat met reporters in Lima.",),
    ),
    Rule(
        id="contact.and-i",
        pattern=f"other=(P|R) <and> me=(N|w) <also|aux|modal_future|T>{{0,3}} verb=(<met|meet|sat|shook|spoke|speaking|held|holding>) ({ADJ} {NOUN})?",
        trigger="verb",
        needs=("met", "meet", "sat", "shook", "spoke", "speaking", "held", "holding"),
        build=with_me,
        example='"Peruvian President Juan Horvat and I met in Lima on Friday," said Chilean President Anna Novak.',
        counter=('"Peruvian President Juan Horvat and I hope to meet in Lima," said Chilean President Anna Novak.',),
    ),
    Rule(
        id="contact.were-together",
        pattern="<be> verb=(<together>) <for|in|at|L|also|brief>{0,4} U",
        trigger="verb",
        needs=("together",),
        build=were_together,
        example="Chilean President Anna Novak and Peruvian President Juan Horvat were together for forty minutes.",
        counter=("Chilean President Anna Novak and Peruvian President Juan Horvat were together at the funeral.",),
    ),
    Rule(
        id="contact.co-chaired-together",
        pattern="verb=(<co_chaired>) <^P|Q|R|G|;|.|with|verb|said>{0,8} noun=(<gathering_noun|talks|meeting>)",
        trigger="noun",
        needs=("co_chaired",),
        build=reciprocal,
        example="Chilean President Anna Novak and Peruvian President Juan Horvat co-chaired the joint commission's meeting.",
        counter=("Chilean President Anna Novak and Peruvian President Juan Horvat co-chaired a charity.",),
    ),
    Rule(
        id="contact.spent-together",
        pattern="verb=(<spent|held>) <w|adjective|also>{0,2} U <w>? <together|themselves>",
        trigger="verb",
        needs=("spent", "held"),
        build=reciprocal,
        example="Chilean President Anna Novak and Peruvian President Juan Horvat spent 50 minutes together in Lima.",
        counter=("Chilean President Anna Novak and Peruvian President Juan Horvat spent 50 minutes on the phone.",),
    ),
    Rule(
        id="contact.during-talks",
        pattern=(
            "<during|after|in|at> <an|their|adjective|U|brief|of|-|chamber|common_nouns|w>{0,6} noun=(<talks|meeting|call|video>) (<in|at|on|which|that>|.|,|;|T|L)"
        ),
        trigger="noun",
        needs=("talks", "meeting", "call", "video"),
        build=during_talks,
        example="Chilean President Anna Novak and Peruvian President Juan Horvat agreed on a new bridge during talks in Lima.",
        counter=(
            "Chilean President Anna Novak and Peruvian President Juan Horvat spoke during the meeting of ministers.",
            "Chilean President Anna Novak praised Peruvian President Juan Horvat during talks in Lima.",
        ),
    ),
    Rule(
        id="contact.during-talks-of",
        pattern="<during|after> <an|the|adjective|U|brief|-|w>{0,5} noun=(<talks|meeting|call|video>) <between> other=(G)",
        trigger="noun",
        needs=("talks", "meeting", "call", "video"),
        build=during_talks_of,
        example=(
            "Chilean President Anna Novak and Peruvian President Juan Horvat want a bridge. "
            "The deal was reached during a phone call between the two leaders."
        ),
        counter=(
            "Presidents Anna Novak and Juan Horvat want a bridge, to be opened during a meeting between the two leaders.",
        ),
    ),
    Rule(
        id="contact.after-meeting",
        pattern="<after|while|by|,> verb=(<meeting_ing>) (<in|at|on|for|brief|together|separately|during|.|,|;|T|S>|<also> <in|at|on>)",
        trigger="verb",
        needs=("meeting_ing",),
        build=gerund_together,
        example="Chilean President Anna Novak and Peruvian President Juan Horvat made peace after meeting in Lima.",
        counter=("Chilean President Anna Novak and Peruvian President Juan Horvat spoke after a meeting in Lima.",),
    ),
    Rule(
        id="contact.spoke-together",
        pattern="verb=(<spoke>)",
        trigger="verb",
        needs=("spoke",),
        build=spoke_together,
        example="Chilean President Anna Novak and Peruvian President Juan Horvat spoke by phone on Friday.",
        counter=("Chilean President Anna Novak and Peruvian President Juan Horvat spoke at a rally.",),
    ),
)
