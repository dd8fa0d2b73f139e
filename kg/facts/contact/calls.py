"""Contacts by telephone or video, as a verb or a noun tells them."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract import modality
from kg.extract.clause import clause_begin
from kg.extract.item import Item, Symbol
from kg.extract.lexicon import plain_words
from kg.extract.refer import Those
from kg.extract.rule import Hit
from kg.facts.contact.building import Built, draft, last_index
from kg.facts.contact.record import ContactKind
from kg.facts.contact.verbs import reciprocal, transitive
from kg.model.fact import Status


def spoke(hit: Hit) -> Built | None:
    """A spoke with B: by telephone where no place is told at which both were."""
    built = transitive(hit)
    for each in built or ():
        each.kind = each.kind or _channel_in(hit.scene.items)
    return built


def _channel_in(items: Sequence[Item]) -> ContactKind | None:
    if any(item.is_word("by_phone", "call") for item in items):
        return ContactKind.PHONE
    if any(item.is_word("by_video", "video") for item in items):
        return ContactKind.VIDEO
    if any(item.symbol in "LS" or item.is_word("brief") for item in items):
        return None
    return ContactKind.PHONE


def spoke_together(hit: Hit) -> Built | None:
    """A and B spoke by telephone: only where the channel is told."""
    built = reciprocal(hit)
    after = hit.scene.items[hit.at("verb") + 1 : hit.at("verb") + 6]
    if any(item.symbol == Symbol.DURATION for item in after):  # "spoke for two hours"
        for each in built or ():
            each.kind = each.kind or ContactKind.MEETING
    return None if any(each.kind is None for each in built or ()) else built


def phoned(hit: Hit) -> Built | None:
    """A telephoned B."""
    built = transitive(hit)
    for each in built or ():
        each.kind = ContactKind.PHONE
    return built


def call_from(hit: Hit) -> Built | None:
    """A received a birthday call from B; a courtesy call is a visit."""
    items = hit.scene.items
    at = hit.at("noun")
    noun = items[at]
    by_phone = noun.is_word("call") and not noun.is_word("talks", "trip")
    if not by_phone and noun.text.casefold() not in plain_words("courtesy_visit"):
        return None
    if not _got_from(hit):
        return None
    built = phoned(hit) if by_phone else transitive(hit)
    for each in built or ():
        each.trigger = at
    return built


def _got_from(hit: Hit) -> bool:
    """Whether the call was had, from somebody: not asked for, not about something else."""
    items = hit.scene.items
    end = last_index(hit, "other") + 1
    if items[hit.at("verb")].text.casefold() not in plain_words("had_call"):
        return False
    if any(item.is_word("for", "to") for item in items[end : end + 1]):
        return False
    return any(item.is_word("from") for item in items[hit.at("noun") : hit.at("other")])


def discussed(hit: Hit) -> Built | None:
    """A and B discussed something by telephone."""
    acting, verb = hit.at("subject"), hit.at("verb")
    people = hit.scene.people(acting)
    if len(people) < 2 or modality.of_verb(hit.scene.items, acting, verb) is not Status.HELD:
        return None
    built = draft(hit, people, (verb, Status.HELD, (acting, last_index(hit, "via"))))
    built.kind = _channel_told(hit)
    return [built]


def discussed_with(hit: Hit) -> Built | None:
    """A discussed something with B by telephone."""
    built = transitive(hit)
    for each in built or ():
        each.kind = _channel_told(hit)
    return built


def _channel_told(hit: Hit) -> ContactKind:
    return ContactKind.VIDEO if hit.match.any("via", "by_video") else ContactKind.PHONE


def call_of_those(hit: Hit) -> Built | None:
    """A phone call last week: of those who were just told of, where the sentence names nobody else."""
    noun = hit.at("noun")
    items = hit.scene.items
    word = items[noun].text.casefold()
    if not word.endswith(("call", "conversation")) or word in plain_words("bare_call"):
        return None
    if any(item.symbol in "PQRN" for item in items):
        return None
    people = hit.scene.those(noun, Those(0, sides=False))
    status = modality.of_noun(items, clause_begin(items, noun), noun, len(items))
    if len(people) < 2 or status is not Status.HELD:
        return None
    return [draft(hit, people, (noun, status, (hit.match.found.start(), noun)))]
