"""Who says "I" or "we" of himself: the one whom the words before, behind or around a quotation name."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.among import has_kind
from kg.extract.clause import PEOPLE, follows_preposition
from kg.extract.figure import Figure
from kg.extract.item import Item
from kg.extract.lexicon import plain_words
from kg.extract.rule import Hit


def speaker_of(items: Sequence[Item], at: int) -> int | None:
    """The index of the one who says "I" or "we" of himself in the quotation in which this item stands."""
    opening = next((left for left in range(at - 1, -1, -1) if items[left].symbol == '"'), -1)
    if opening < 0:
        return _teller(items, at)
    before = items[opening + 1 : at]
    owned = any(item.text.casefold() in plain_words("of_ours") for item in before)  # "My envoy met X"
    unsaid = len(before) < 3 and not owned and not has_kind(before, "PQRGN")  # "Spoke with X," Y posted
    words = plain_words("first_person" if items[at].is_word("talks", "meeting", "call", "video") else "tellers")
    if not unsaid and not any(item.text in words for item in before):
        return None
    return quoted_speaker(items, at) or _announced_speaker(items, opening)


def in_first_person(items: Sequence[Item], at: int) -> bool:
    """Whether the subject of the words at this index is an "I" or "we" that stands before them."""
    for left in range(at - 1, -1, -1):
        item = items[left]
        if item.symbol == ";" or (item.symbol in PEOPLE and not follows_preposition(items, left)):
            return False
        if item.text in plain_words("tellers"):
            return True
    return False


def is_of_speaker(items: Sequence[Item], at: int) -> bool:
    """Whether the subject of a verb in a quotation is somebody of the speaker's: "My envoy met X"."""
    opening = next((left for left in range(at - 1, -1, -1) if items[left].symbol == '"'), at)
    before = items[opening + 1 : at]
    owned = any(item.text.casefold() in {"my", "our"} for item in before)
    return owned and not has_kind(before, PEOPLE)


def quoted_speaker(items: Sequence[Item], at: int) -> int | None:
    """The index of the one whom the words behind a quotation name as its speaker: "…," said X."""
    closing = next((right for right in range(at + 1, len(items)) if items[right].symbol == '"'), None)
    if closing is None:
        return None
    behind = items[closing + 1 : closing + 7]
    if not any(item.is_word("said") or item.text.casefold() in plain_words("posted") for item in behind):
        return None
    return next((closing + 1 + index for index, item in enumerate(behind) if item.symbol in "PR"), None)


def _announced_speaker(items: Sequence[Item], opening: int) -> int | None:
    """The index of the one who is said to speak before a quotation opens: X said: "We …"; "X, the minister: …"."""
    before = items[:opening]
    if not before or before[-1].symbol not in ":,":
        return None
    people = [at for at, item in enumerate(before) if item.symbol in PEOPLE]
    at = people[0] if people else 0
    told = at > 0 and before[at - 1].is_word("said", "telling", "verb")  # "the miner told X: …"
    if len(people) != 1 or told or before[at].symbol not in "PR" or follows_preposition(items, at):
        return None
    behind = before[at + 1 : -1]
    said = not behind or behind[0].is_word("said", "telling") or behind[0].text.casefold() in plain_words("posted")
    return at if said and not any(item.symbol == "N" for item in before) else None


def speaker_before(hit: Hit, at: int) -> tuple[Figure, ...]:
    """Who says "I" in a quotation that is a sentence of its own: the subject of the sentence before."""
    items, memory = hit.scene.items, hit.scene.memory
    closing = next((right for right in range(at, len(items)) if items[right].symbol == '"'), len(items))
    alone = items[0].symbol == '"' and closing < len(items) and all(item.symbol in '".' for item in items[closing:])
    verb = not items[at].is_word("talks", "meeting", "call", "video")
    before = memory.before if alone and verb and not memory.after_stranger else None
    return (before,) if before is not None and before.office_kind != "spokesperson" else ()


def _teller(items: Sequence[Item], at: int) -> int | None:
    """The index of the one who says "I met X" without quotation marks: "I met X today, Y wrote"."""
    said = next(
        (left for left in range(at - 1, max(-1, at - 5), -1) if items[left].text in plain_words("tellers")), None
    )
    if said is None or has_kind(items[said:at], "PQRG"):
        return None
    for right in range(at + 2, len(items) - 1):
        told = items[right + 1].is_word("said") or items[right + 1].text.casefold() in plain_words("posted")
        if items[right].symbol in "PR" and items[right - 1].symbol == "," and told:
            return right
    return None


__all__ = ["in_first_person", "is_of_speaker", "quoted_speaker", "speaker_before", "speaker_of"]
