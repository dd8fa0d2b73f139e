"""Contacts told by what a host offers or a guest brings: credentials presented, tea, words said to a visitor."""

from __future__ import annotations

from kg.extract import modality
from kg.extract.clause import subject_after, subject_of
from kg.extract.lexicon import plain_words
from kg.extract.rule import Hit
from kg.facts.contact.building import (
    Built,
    by_channel,
    first_of,
    last_index,
    noun_status,
    pairs,
    subject,
)
from kg.facts.contact.record import ContactKind
from kg.facts.contact.speaker import quoted_speaker
from kg.facts.contact.verbs import transitive, with_other
from kg.model.fact import Status


def credentials(hit: Hit) -> Built | None:
    """A presented her credentials to B; B accepted the credentials of A."""
    verb = hit.scene.items[hit.at("verb")]
    index, acting = subject(hit, hit.at("verb"))
    status = modality.of_verb(hit.scene.items, index, hit.at("verb"))
    if verb.text.casefold() in plain_words("bare_present") and status is not Status.PLANNED:
        return None
    built = with_other(hit, index, acting)
    return by_channel(built, ContactKind.MEETING)


def had_to(hit: Hit) -> Built | None:
    """A had B to tea; A took B to lunch; A had B on the line."""
    if hit.scene.items[hit.at("verb")].text.casefold() not in plain_words("having_guests"):
        return None
    return by_channel(transitive(hit), ContactKind.PHONE if hit.match.has("via") else ContactKind.MEETING)


def engaged(hit: Hit) -> Built | None:
    """A engaged B in talks."""
    return by_channel(transitive(hit), ContactKind.MEETING)


def told_there(hit: Hit) -> Built | None:
    """A told B during a meeting in C that trade would grow."""
    noun, items = hit.at("noun"), hit.scene.items
    words = items[last_index(hit, "other") + 1 : noun]
    indefinite = items[noun].is_word("talks") or any(item.is_word("an") for item in words)
    if not indefinite or any(item.text.casefold() in plain_words("bodies") for item in words):
        return None
    index, acting = subject(hit, hit.at("verb"))
    if not acting or modality.of_verb(items, index, hit.at("verb")) is not Status.HELD:
        return None
    told = (noun, Status.HELD, (first_of(index, hit.at("verb")), noun))
    return pairs(hit, acting, hit.at("other"), told)


def told_guest(hit: Hit) -> Built | None:
    """A told visiting B that trade would grow."""
    items, verb = hit.scene.items, hit.at("verb")
    guest = items[hit.at("other")].mention
    if guest is None or not guest.visiting or items[verb].text.casefold() not in plain_words("telling_in_person"):
        return None
    if any(item.text.casefold() in plain_words("written") or item.symbol == '"' for item in items):
        return None
    return by_channel(transitive(hit), ContactKind.MEETING)


def call_by(hit: Hit) -> Built | None:
    """A courtesy call by A on B."""
    noun, other = hit.at("noun"), hit.at("other")
    status = noun_status(hit, noun)
    if status is None or not hit.scene.items[noun].text.casefold().endswith(("call", "calls", "visit")):
        return None
    acting = hit.scene.people(hit.at("acting"))
    built = pairs(hit, acting, other, (noun, status, (noun, last_index(hit, "other"))))
    return by_channel(built, ContactKind.MEETING)


def during_courtesy(hit: Hit) -> Built | None:
    """Speaking during a courtesy call on B, A said; A said so during a courtesy visit by B."""
    opening, noun, other = hit.at("opening"), hit.at("noun"), hit.at("other")
    items = hit.scene.items
    if not any(item.text.casefold().startswith("courtesy") for item in items[opening : noun + 1]):
        return None
    index = subject_of(items, opening)
    index = subject_after(items, last_index(hit, "other")) if index is None else index
    if index is None or noun_status(hit, noun, noun + 1) is not Status.HELD:
        return None
    told = (noun, Status.HELD, (noun, last_index(hit, "other")))
    return by_channel(pairs(hit, hit.scene.people(index), other, told), ContactKind.MEETING)


def with_whom(hit: Hit) -> Built | None:
    """A praised B, with whom she had held talks in C."""
    acting, verb = hit.at("acting"), hit.at("verb")
    status = modality.of_verb(hit.scene.items, acting, verb)
    if status is None:
        return None
    trigger = hit.at("noun") if hit.match.has("noun") else verb
    told = (trigger, status, (hit.at("other"), trigger))
    return pairs(hit, hit.scene.people(acting), hit.at("other"), told)


def discussed_by(hit: Hit) -> Built | None:
    """Fish was discussed in C by A and B."""
    verb, other = hit.at("verb"), hit.at("other")
    people = hit.scene.people(other)
    if len(people) != 2 or modality.of_verb(hit.scene.items, None, verb) is not Status.HELD:
        return None
    told = (verb, Status.HELD, (verb, last_index(hit, "other")))
    return by_channel(pairs(hit, people[:1], other, told), ContactKind.MEETING)


def glad(hit: Hit) -> Built | None:
    """ "Good to meet B in C today," A wrote."""
    verb = hit.at("verb")
    items = hit.scene.items
    if any(
        item.is_word("modal_future", "hypothetical", "not")
        for item in items[max(0, hit.match.found.start() - 3) : hit.match.found.start()]
    ):
        return None
    index = quoted_speaker(items, verb)
    if index is None:
        return None
    acting = hit.scene.people(index)
    return pairs(hit, acting, hit.at("other"), (verb, Status.HELD, (verb, last_index(hit, "other"))))


def in_call(hit: Hit) -> Built | None:
    """In a telephone conversation on Monday, A and B discussed something."""
    noun, other = hit.at("noun"), hit.at("other")
    people = hit.scene.people(other)
    if len(people) < 2 or not hit.scene.items[noun].text.casefold().startswith("in "):
        return None
    return pairs(hit, people[:1], other, (noun, Status.HELD, (noun, last_index(hit, "other"))))


__all__ = [
    "call_by", "credentials", "discussed_by", "during_courtesy", "engaged", "glad", "had_to", "in_call", "told_guest",
    "told_there", "with_whom",
]  # fmt: skip
