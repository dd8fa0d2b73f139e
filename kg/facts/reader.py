"""The finders and rules of one lexicon, compiled once and read by every article."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kg.extract.attribution import AttributionFinder
from kg.extract.gathering import GatheringFinder
from kg.extract.joining import Lists
from kg.extract.lexicon import Lexicon
from kg.extract.people import PeopleFinder
from kg.extract.rule import RuleSet
from kg.facts.agreement import rules as agreement_rules
from kg.facts.agreement.draft import AgreementDraft
from kg.facts.anniversary import rules as anniversary_rules
from kg.facts.anniversary.rules import AnniversaryDraft
from kg.facts.contact import rules as contact_rules
from kg.facts.summit import rules as summit_rules
from kg.facts.summit.rules import PresenceDraft
from kg.facts.tenure import rules as tenure_rules
from kg.facts.tenure.rules import TenureDraft

_READERS: Final = 4  # lexicons whose readers are kept


@dataclass(frozen=True, slots=True)
class Reader:
    """Every finder and rule set of one lexicon, compiled once."""

    lexicon: Lexicon
    people: PeopleFinder
    gatherings: GatheringFinder
    lists: Lists
    attribution: AttributionFinder
    contacts: RuleSet[contact_rules.Built]
    agreements: RuleSet[AgreementDraft]
    anniversaries: RuleSet[AnniversaryDraft]
    summits: RuleSet[PresenceDraft]
    tenures: RuleSet[TenureDraft]
    asides: frozenset[str] | None  # signs of anniversaries, summits and tenures, told by few sentences; None: try all

    @classmethod
    def of(cls, lexicon: Lexicon) -> Reader:
        """Compile for this lexicon."""
        alphabet = lexicon.alphabet
        anniversaries = RuleSet(anniversary_rules.RULES, alphabet)
        summits = RuleSet(summit_rules.RULES, alphabet)
        tenures = RuleSet(tenure_rules.RULES, alphabet)
        return cls(
            lexicon=lexicon,
            people=PeopleFinder(lexicon),
            gatherings=GatheringFinder(lexicon),
            lists=Lists(lexicon),
            attribution=AttributionFinder(lexicon),
            contacts=RuleSet(contact_rules.RULES, alphabet),
            agreements=RuleSet(agreement_rules.RULES, alphabet),
            anniversaries=anniversaries,
            summits=summits,
            tenures=tenures,
            asides=anniversaries.signs | summits.signs | tenures.signs,
        )


@lru_cache(maxsize=_READERS)
def reader_of(lexicon: Lexicon) -> Reader:
    """The reader of a lexicon, made once."""
    return Reader.of(lexicon)
