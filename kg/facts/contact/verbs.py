"""Contacts told by a verb: who met, received or sat down with whom, and who met each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.extract import modality
from kg.extract.clause import subject_after, subject_of
from kg.extract.item import Item, Symbol
from kg.extract.lexicon import plain_words
from kg.extract.register import Figure
from kg.extract.rule import Hit
from kg.facts.contact.building import Built, draft, first_of, last_index, pairs, subject
from kg.model.fact import Status

_NEAR: Final = 4  # items between "the first leader" and what he was the first to do


def transitive(hit: Hit) -> Built | None:
    """A met (with) B; A received B; A sat down with B; A phoned B."""
    trigger = hit.at("verb")
    items = hit.scene.items
    if items[trigger].is_word("meeting_ing"):
        return gerund(hit)
    index, acting = subject(hit, trigger)
    if not acting and trigger and items[trigger - 1].is_word("having"):
        index = subject_after(items, last_index(hit, "other"))
        acting = hit.scene.people(index) if index is not None else ()
    return with_other(hit, index, acting)


def passive(hit: Hit) -> Built | None:
    """B was received by A; a ceremony at which B and C sign, "hosted by A", is no contact."""
    index, acting = subject(hit, hit.at("verb"))
    if _hosts_an_event(hit.scene.items, hit.at("verb")) or _is_invited(hit.scene.items, index, hit.at("verb")):
        return None
    signed = hit.scene.items[index : hit.at("verb")] if index is not None else ()
    if signed and signed[-1].symbol == "," and any(item.is_word("put_name") for item in signed):
        return None
    return with_other(hit, index, acting)


def _is_invited(items: Sequence[Item], subject: int | None, at: int) -> bool:
    """Whether somebody only came at another's invitation: "arrived in Lima as guest of", no "dined as the guest of"."""
    if not items[at].text.casefold().startswith("as "):
        return False
    words = items[subject if subject is not None else 0 : at]
    return not any(
        item.is_word("spent", "be", "attended") or item.text.casefold() in plain_words("guests_do") for item in words
    )


def _hosts_an_event(items: Sequence[Item], at: int) -> bool:
    """Whether it is a gathering or a dinner that is hosted, not a guest: "arrived for the summit, hosted by Y"."""
    if not items[at].text.casefold().startswith("hosted"):
        return False
    before = at - 1
    while before > 0 and items[before].symbol in ",‹›(" + Symbol.SUMMIT:
        if items[before].symbol == Symbol.SUMMIT:
            return True
        before -= 1
    return items[before].symbol in "wN" or items[before].is_word("gathering_noun", "summit_noun", "meeting")


def with_other(hit: Hit, index: int | None, acting: Sequence[Figure]) -> Built | None:
    """The contacts of a verb's subject, whose item is at ``index``, with the verb's other party."""
    trigger = hit.at("verb")
    status = modality.of_verb(hit.scene.items, index, trigger)
    if status is None or not acting:
        return None
    if status is Status.HELD and hit.scene.items[trigger].is_word("present") and _is_ahead_of_us(hit, trigger):
        status = Status.PLANNED
    return pairs(hit, acting, hit.at("other"), (trigger, status, (first_of(index, trigger), last_index(hit, "other"))))


def _is_ahead_of_us(hit: Hit, trigger: int) -> bool:
    """Whether a verb in the present tells of what is to come: "tomorrow X receives Y", "guests are X, who meets Y"."""
    return _opens_ahead(hit, trigger) or hit.scene.items[trigger - 1].is_word("who")


def infinitive(hit: Hit) -> Built | None:
    """A will meet B; A plans to hold talks with B; headlines: A and B meet."""
    trigger = hit.at("verb")
    index, acting = subject(hit, trigger)
    status = None if _is_the_first(hit, trigger) else modality.of_verb(hit.scene.items, index, trigger)
    if status is Status.HELD and _is_when(hit, index):
        status = Status.PLANNED
    elif status is Status.PLANNED and _achieved(hit, index, trigger):
        status = Status.HELD
    elif status is None or (status is Status.HELD and not (_is_present(hit, index, trigger) or _did(hit, trigger))):
        return None
    first = first_of(index, trigger)
    if hit.match.has("other"):
        return pairs(hit, acting, hit.at("other"), (trigger, status, (first, last_index(hit, "other"))))
    if len(acting) < 2:
        return None
    if hit.match.has("noun") and status is Status.HELD and hit.scene.items[trigger].is_word("held"):
        return None  # "X and Y hold talks": told as what they held
    if hit.match.has("noun"):
        return [draft(hit, acting, (hit.at("noun"), status, (first, hit.at("noun"))))]
    return None if _has_object(hit, trigger) else [draft(hit, acting, (trigger, status, (first, trigger)))]


def _is_the_first(hit: Hit, trigger: int) -> bool:
    """Whether it is told of no day that somebody met another before all others did: "is the first leader to meet X"."""
    return any(item.text.casefold() == "is the first" for item in hit.scene.items[max(0, trigger - 6) : trigger])


def _is_when(hit: Hit, index: int | None) -> bool:
    """Whether a present verb tells of what is to come: "what he will say when they meet"."""
    return index is not None and index > 0 and hit.scene.items[index - 1].text.casefold() == "when"


def _achieved(hit: Hit, index: int | None, trigger: int) -> bool:
    """Whether what is told is not a plan but its success: "used a stopover in Lima to meet X"."""
    items = hit.scene.items
    between = items[index + 1 if index is not None and index < trigger else 0 : trigger]
    if any(item.is_word("modal_future", "thwarted", "will_take_place") and not item.is_word("to") for item in between):
        return False
    if any(item.text.casefold() in plain_words("achieved_near") for item in between[-_NEAR:]):
        return True
    return any(item.is_word("made_time") or item.text.casefold() in plain_words("achieved") for item in between)


def _did(hit: Hit, trigger: int) -> bool:
    """Whether "did" stresses the verb: "she did see him"."""
    before = hit.scene.items[max(0, trigger - 4) : trigger]
    if hit.scene.items[trigger].text.casefold().startswith("come "):  # "had last come together"
        return any(item.text.casefold() in {"had", "has", "have"} for item in before)
    if any(item.is_word("did_so") for item in before):
        return True
    return any(item.text.casefold() == "did" for item in before) and not any(item.is_word("not") for item in before)


def _has_object(hit: Hit, trigger: int) -> bool:
    """Whether the verb says whom or what: "will meet reporters", "to hold elections"."""
    items = hit.scene.items
    following = items[trigger + 1] if trigger + 1 < len(items) else None
    return items[trigger].is_word("holding") or (following is not None and is_object(following))


def is_object(item: Item) -> bool:
    """Whether the word behind a verb is whom or what it is done to: "will meet reporters"."""
    if item.is_word("also", "brief", "in", "on", "at", "for") or item.text.casefold() in plain_words("adverbs"):
        return False
    return item.symbol in "wNPQROLCDAt0" or item.is_word(
        "people_noun", "the", "an", "his", "their", "with", "sides", "plural"
    )


def _is_present(hit: Hit, index: int | None, trigger: int) -> bool:
    """Whether a bare verb form is a plural present ("the leaders meet"), not an infinitive."""
    if index is None or index > trigger:
        return False
    between = hit.scene.items[index + 1 : trigger]
    return hit.scene.items[index].symbol in "QG" and all(i.symbol == "T" or i.is_word("also", ",") for i in between)


def met_or_will(hit: Hit) -> Built | None:
    """A met B; A will meet B."""
    return infinitive(hit) if hit.scene.items[hit.at("verb")].is_word("meet") else transitive(hit)


def held(hit: Hit) -> Built | None:
    """A held talks with B."""
    trigger, noun = hit.at("verb"), hit.at("noun")
    items = hit.scene.items
    index, acting = subject(hit, trigger)
    status = modality.of_verb(items, index, trigger)
    if status is None or not acting or any(item.is_word("no", "report_no") for item in items[trigger:noun]):
        return None
    if status is Status.PLANNED and _achieved(hit, index, trigger):
        status = Status.HELD
    if status is Status.HELD and _is_bare_holding(hit, trigger):
        return None
    coming = items[trigger].is_word("present") and trigger and items[trigger - 1].is_word("who")
    lined_up = any(i.text.casefold() in plain_words("lined_up") for i in items[noun + 1 : noun + 3])
    if status is Status.HELD and (coming or lined_up):
        status = Status.PLANNED  # "has a call planned with X"
    span = (first_of(index, trigger), last_index(hit, "other"))
    built = pairs(hit, acting, hit.at("other"), (noun, status, span))
    for each in built or ():
        each.trigger = noun
    return built


def held_during(hit: Hit) -> Built | None:
    """With B, A discussed fish during a meeting."""
    index, noun = hit.at("subject"), hit.at("noun")
    if modality.of_verb(hit.scene.items, index, hit.at("verb")) is not Status.HELD:
        return None
    return pairs(hit, hit.scene.people(index), hit.at("other"), (noun, Status.HELD, (hit.at("other"), noun)))


def _is_bare_holding(hit: Hit, trigger: int) -> bool:
    """Whether "holding talks" tells of nothing that was done: no "after", no "while" before it."""
    items = hit.scene.items
    if not items[trigger].is_word("holding") or items[trigger].is_word("held"):
        return False
    return not (trigger and items[trigger - 1].is_word("after", "during", "before", "while", "by", "and"))


def gerund(hit: Hit) -> Built | None:
    """After meeting B in C, A said; A flew home after meeting B."""
    trigger = hit.at("verb")
    items = hit.scene.items
    if trigger and items[trigger - 1].is_word("will_take_place") and items[trigger].is_word("meeting_ing"):
        return with_other(hit, *subject(hit, trigger))  # "tomorrow she will be meeting X"
    return _gerund(hit, trigger)


def _gerund(hit: Hit, trigger: int) -> Built | None:
    """What a participle tells that the word before it governs."""
    items = hit.scene.items
    governor = items[trigger - 1] if trigger else None
    if governor is None or not _governs(governor):
        return None
    index = subject_of(items, trigger)
    if index is None:
        index = subject_after(items, last_index(hit, "other"))
    if index is None:
        return None
    status = modality.of_verb(items, index if index < trigger else None, trigger)
    if status is None:
        return None
    if status in {Status.CANCELLED, Status.POSTPONED} and governor.is_word("after"):
        status = Status.HELD  # "cancelled a press conference after meeting X"
    if status is Status.HELD and governor.symbol == "," and any(map(_is_ahead, items[:trigger])):
        status = Status.PLANNED
    if status is Status.HELD and governor.is_word("before") and hit.scene.is_headline:
        status = Status.PLANNED
    span = (trigger, last_index(hit, "other"))
    return pairs(hit, hit.scene.people(index), hit.at("other"), (trigger, status, span))


def _is_ahead(item: Item) -> bool:
    """Whether a time is in the future by its words: "next week"."""
    return item.symbol == "T" and item.text.casefold().startswith(tuple(plain_words("ahead")))


def _opens_ahead(hit: Hit, trigger: int) -> bool:
    """Whether the day told beside a verb in the present is still to come: "tomorrow X receives Y"."""
    items = hit.scene.items
    return any(map(_is_ahead, (*items[:trigger], *items[last_index(hit, "other") + 1 : last_index(hit, "other") + 4])))


def _governs(governor: Item) -> bool:
    """Whether a word before "meeting X" says that it was done: "after", "by", "pictured", no "hopes of"."""
    if governor.text.casefold() in plain_words("pictured"):
        return True
    if governor.is_word("for", "of") and not governor.is_word("after"):
        return False
    return governor.is_word("after", "before", "while", "by", "of", "in", "on", "for") or governor.symbol == ","
