"""What the builders of agreements share: the sides of a verb, whether it says that it was done, the draft."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.extract import modality
from kg.extract.item import Item
from kg.extract.lexicon import plain_words
from kg.extract.rule import Hit
from kg.facts.agreement.draft import AgreementDraft, Matter
from kg.facts.agreement.phrase import concerned, head_noun, phrases, topic_text
from kg.facts.agreement.record import Act
from kg.facts.agreement.sides import Sides, partner_ahead, partner_before, partner_sides, subject_sides
from kg.model.fact import Status

_FEWEST: Final = 2
_YEARS: Final = ("years", "year", "decade", "decades", "century")
_REJECTING: Final = frozenset({"rejected", "rejects", "dismissed", "dismisses", "denied", "denies", "refuted"})


def acting(hit: Hit, verb: int, partner: tuple[int, int] | None) -> Sides | None:
    """The sides of a verb that tells what was done; the other side stands after "with" in the words of ``partner``."""
    sides = subject_sides(hit.scene, verb)
    if sides is None or not holds(hit, sides.index, verb):
        return None
    if len(sides.parties) < _FEWEST and partner is not None:
        others = partner_sides(hit.scene, *partner) or partner_before(hit.scene, verb)
        sides = sides.joined(others or partner_ahead(hit.scene, sides.index))
    return sides


def holds(hit: Hit, index: int, verb: int) -> bool:
    """Whether the verb says that it was done: no infinitive, no "close to signing", nothing denied or to come."""
    items = hit.scene.items
    before = items[verb - 1] if verb else None
    if before is not None and (before.is_word("to", "tending") or before.text.casefold().endswith(" to")):
        return False
    if items[verb].text.casefold().split()[0].endswith("ing") and not (
        before is None or before.symbol == "," or before.is_word("after", "and", "be", "also")
    ):
        return False
    if _is_denied_claim(items, index) or _is_long_ago(items, index):
        return False
    between = items[index + 1 : verb]
    if any(item.symbol == '"' or _keeps(item, joined=between[-1:] and between[-1].is_word("and")) for item in between):
        return False
    return modality.of_verb(items, index, verb) is Status.HELD


def _is_long_ago(items: Sequence[Item], subject: int) -> bool:
    """Whether the deed only dates another: "thirty years after A and B signed a treaty"."""
    at = subject - 1
    while at > 0 and items[at].is_word("the"):
        at -= 1
    if at < 1 or not items[at].is_word("after", "since_word"):
        return False
    told = items[max(0, at - 2) : at]
    return any(item.is_word("years", "jubilee") or item.text.casefold().endswith(_YEARS) for item in told)


def _is_denied_claim(items: Sequence[Item], subject: int) -> bool:
    """Whether it is only said by somebody who is contradicted: "rejected the suggestion of X that A and B had"."""
    if not subject or not items[subject - 1].is_word("that"):
        return False
    said = [at for at, item in enumerate(items[:subject]) if item.text.casefold() in plain_words("suggestions")]
    return any(
        item.is_word("denial", "not") or item.text.casefold() in _REJECTING for item in items[: max(said, default=0)]
    )


def _keeps(item: Item, *, joined: object) -> bool:
    """Whether a word between subject and verb keeps the deed from being done.

    A first deed does not ("discussed trade and agreed to meet"), a failure does ("failed to settle and sign").
    """
    if not item.is_word("tending"):
        return False
    return not joined or item.text.casefold() in plain_words("failing")


def draft_of(hit: Hit, act: Act, sides: Sides | None, verb: int, span: tuple[int, int]) -> AgreementDraft | None:
    """The agreement of these sides on the phrase between the indexes; ``None`` where there is no second side."""
    start, stop = span
    scene = hit.scene
    if sides is None or not sides.are_several or stop <= start:
        return None
    if scene.items[start].is_word("no", "not"):
        return None
    matters = [matter_of(hit, sides, part, last=part[1] == stop) for part in phrases(scene.items, start, stop)]
    if all(item.is_word("the", "an", "their", "his", "adjective", "and") for item in scene.items[start:stop]):
        return None
    first = sides.index if 0 <= sides.index < start else min(verb, start)
    end = max(scene.items[stop - 1].end, scene.items[verb].end)
    return AgreementDraft(
        rule=hit.rule, begin=scene.items[first].begin, end=end, act=act, topic=matters[0].topic, head=matters[0].head,
        parties=tuple(sorted(sides.parties)), concerns=matters[0].concerns, people=sides.people,
        sentence=scene.sentence.number, trigger=verb, headline=scene.is_headline, others=tuple(matters[1:]),
    )  # fmt: skip


def matter_of(hit: Hit, sides: Sides, part: tuple[int, int], *, last: bool) -> Matter:
    """One thing that was agreed; words behind the last one may name whom it concerns."""
    begin, end = part
    items = hit.scene.items
    named = concerned(items if last else items[:end], begin, end)
    states = hit.scene.lexicon.world.countries
    concerns = tuple(sorted(code for code in named if code not in sides.parties and (code in states or code == "EU")))
    phrase = items[begin:end]
    return Matter(topic_text(hit.scene, phrase), head_noun(phrase), concerns)
