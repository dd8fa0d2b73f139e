"""The rules of contacts in their order: talks that were stopped, calls, meetings, nouns, people together.

The order decides who keeps a trigger that several rules match; modality is decided before anything is built.
"""

from __future__ import annotations

from typing import Final

from kg.extract.rule import Rule
from kg.facts.contact.building import Built
from kg.facts.contact.call_rules import CALLS
from kg.facts.contact.guest_rules import GUESTS
from kg.facts.contact.meeting_rules import MEETINGS
from kg.facts.contact.noun_rules import NOUNS, STOPPED
from kg.facts.contact.round_rules import ROUNDS
from kg.facts.contact.talks_rules import TALKS
from kg.facts.contact.together_rules import TOGETHER
from kg.facts.contact.visit_rules import VISITS

RULES: Final[tuple[Rule[Built], ...]] = (
    *STOPPED,
    *CALLS,
    *ROUNDS,
    *GUESTS,
    *TALKS,
    *VISITS,
    *MEETINGS,
    *NOUNS,
    *TOGETHER,
)

__all__ = ["RULES", "Built"]
