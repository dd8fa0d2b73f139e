"""Contacts of those who met each other: A and B met, held talks, agreed on something during talks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.extract import modality
from kg.extract.among import has_word
from kg.extract.clause import follows_preposition, subject_of
from kg.extract.item import Item
from kg.extract.lexicon import plain_words
from kg.extract.rule import Hit
from kg.facts.contact.building import Built, channel_in, draft, noun_status, pairs
from kg.facts.contact.speaker import quoted_speaker
from kg.facts.contact.verbs import is_object
from kg.model.fact import Status

_CLAUSE: Final = 8  # items of the clause that says what came of the talks
_MANY: Final = 5


def reciprocal(hit: Hit) -> Built | None:
    """A and B met; the two leaders held talks."""
    trigger = hit.at("verb")
    passive = trigger > 0 and hit.scene.items[trigger - 1].is_word("be")  # "has still to be seen"
    if passive or _meets_others(hit, trigger) or _only_present(hit, trigger):
        return None
    built = were_together(hit)
    for each in built or ():
        each.trigger = trigger
    return built


def were_together(hit: Hit) -> Built | None:
    """A and B were together for an hour: whoever is the subject, if they are several."""
    trigger = hit.at("verb")
    index = subject_of(hit.scene.items, trigger)
    if index is None:
        index = _led_delegations(hit.scene.items, trigger)
    if index is None or hit.scene.items[index].symbol not in "QG":
        return None
    acting = hit.scene.people(index)
    status = modality.of_verb(hit.scene.items, index, trigger)
    if status is None or len(acting) < 2:
        return None
    told = hit.at("noun") if hit.match.has("noun") else trigger
    return [draft(hit, acting, (told, status, (index, hit.match.found.end() - 1)))]


def _led_delegations(items: Sequence[Item], trigger: int) -> int | None:
    """The index of those who led the delegations that met: "delegations led by X and by Y met"."""
    at = next((at for at in range(trigger - 1, 1, -1) if items[at].symbol == "Q"), 0)
    if not at or not items[at - 1].is_word("led_by") or has_word(items[at + 1 : trigger], "verb", "said"):
        return None
    return at if items[at - 2].text.casefold() in plain_words("delegations") else None


def _only_present(hit: Hit, trigger: int) -> bool:
    """Whether they sat in on a meeting that may be others': "the two ambassadors attended both meetings"."""
    verb = hit.scene.items[trigger]
    return hit.match.has("noun") and (verb.is_word("sat_in") or verb.is_word("received"))


def _meets_others(hit: Hit, trigger: int) -> bool:
    """Whether somebody or something else is met: "met reporters", "held talks with farmers"."""
    items, end = hit.scene.items, hit.match.found.end()
    following = items[end] if end < len(items) else None
    if following is None:
        return False
    if following.symbol in "PQRN" or following.is_word("with", "people_noun"):
        return True
    return not hit.match.has("noun") and items[trigger].is_word("met") and is_object(following)


def with_me(hit: Hit) -> Built | None:
    """ "X and I met", Y said: X and Y."""
    items, verb, noun = hit.scene.items, hit.at("verb"), hit.match.has("noun")
    if items[hit.at("me")].text != "I" or items[verb].is_word("held", "holding") is not noun:
        return None
    speaker = quoted_speaker(items, verb)
    status = modality.of_verb(items, hit.at("me"), verb)
    if speaker is None or status is None or (status is Status.HELD and items[verb].is_word("meet", "speaking")):
        return None
    told = hit.at("noun") if noun else verb
    built = pairs(hit, hit.scene.people(speaker), hit.at("other"), (told, status, (hit.at("other"), speaker)))
    for each in built or () if items[verb].is_word("spoke", "speaking") else ():
        each.kind = each.kind or channel_in(items)
    return built


def gerund_together(hit: Hit) -> Built | None:
    """A and B said, after meeting in C: they met each other."""
    built = were_together(hit)
    return built if built and built[0].status is Status.HELD else None


def opening_participle(hit: Hit) -> Built | None:
    """Meeting in X on Friday, A and B said."""
    verb, other = hit.at("verb"), hit.at("other")
    items = hit.scene.items
    if not items[verb].initial:
        return None
    if items[verb].is_word("speaking") and not any(i.is_word("by_phone", "by_video") for i in items[verb:other]):
        return None
    people = hit.scene.people(other)
    return [draft(hit, people, (verb, Status.HELD, (verb, other)))] if len(people) > 1 else None


def brought_together(hit: Hit) -> Built | None:
    """The talks brought together A and B."""
    noun, other = hit.at("noun"), hit.at("other")
    people = hit.scene.people(other)
    if len(people) < 2 or noun_status(hit, noun, other) is not Status.HELD:
        return None
    return [draft(hit, people, (noun, Status.HELD, (noun, other)))]


def brought_by(hit: Hit) -> Built | None:
    """A brought together B and C: all three met."""
    acting, verb, other = hit.at("acting"), hit.at("verb"), hit.at("other")
    beside = hit.scene.people(1) if hit.scene.items[0].is_word("with") else ()  # "Together with X, Y brought …"
    people = (*beside, *hit.scene.people(acting), *hit.scene.people(other))
    if len(set(people)) < 3 or not hit.scene.items[verb].text.casefold().startswith("brought"):
        return None
    if modality.of_verb(hit.scene.items, acting, verb) is not Status.HELD:
        return None
    return [draft(hit, people, (verb, Status.HELD, (acting, other)))]


def during_talks(hit: Hit) -> Built | None:
    """A and B agreed on a bridge during talks in C: with each other, where nobody else is named."""
    noun, items = hit.at("noun"), hit.scene.items
    index = next((at for at in range(noun) if items[at].symbol in "QG" and not follows_preposition(items, at)), None)
    if index is None or (index and items[index - 1].is_word("hypothetical")) or not _is_phrase(hit, noun):
        return None  # "as if the two were in conversation"
    if any(item.symbol in "PR" for item in items[index + 1 : noun]):
        return None
    acting = hit.scene.people(index)
    status = noun_status(hit, noun, noun + 2)
    if not 1 < len(acting) < _MANY or status is not Status.HELD:
        return None
    first = hit.match.found.start()
    between = items[index + 1 : first]
    lasted = items[first].is_word("after") and any(item.symbol == "U" for item in items[first:noun])
    told = _came_of_it(between) if lasted else _did_something(between)
    told = told or (index == 0 and not between)  # a caption: "X and Y during talks in Z"
    return [draft(hit, acting, (noun, status, (index, noun)))] if told else None


def during_talks_of(hit: Hit) -> Built | None:
    """The deal was reached during a phone call between the two leaders: those told of before."""
    noun, other = hit.at("noun"), hit.at("other")
    people = hit.scene.people(other)
    status = noun_status(hit, noun)
    if not 1 < len(people) < _MANY or status is not Status.HELD or not _is_phrase(hit, noun):
        return None
    first = hit.match.found.start()
    if not _did_something(hit.scene.items[max(0, first - _CLAUSE) : first]):
        return None  # "will be signed during a meeting between the two"
    return [draft(hit, people, (noun, status, (noun, other)))]


def _is_phrase(hit: Hit, noun: int) -> bool:
    """Whether "during", "after", "in" or "at" opens a phrase of the talks: not "after meeting in C"."""
    items, first = hit.scene.items, hit.match.found.start()
    if items[first].text.casefold() == "at" and not any(i.is_word("an", "their") for i in items[first:noun]):
        return False
    return not (items[noun].is_word("meeting_ing") and items[noun - 1].is_word("after", "while"))


def _did_something(words: Sequence[Item]) -> bool:
    """Whether the words from the subject on tell of what the two did, not of what they will do or did with others."""
    if not any(item.is_word("verb", "said", "agreed") or item.text.endswith("ed") for item in words):
        return False
    if any(item.is_word("modal_future", "hypothetical", "not", "met", "held") for item in _main(words)):
        return False
    return not any(item.text.casefold() in plain_words("only_there") for item in words)


def _came_of_it(words: Sequence[Item]) -> bool:
    """Whether the words before "after three hours of talks" tell of what the two did then, or could not do."""
    main = words[: next((at for at, item in enumerate(words) if item.is_word("to")), None)]
    if any(item.is_word("modal_future", "hypothetical", "met", "held") for item in main):
        return False
    return any(item.is_word("verb", "said", "agreed") or item.text.endswith("ed") for item in main)


def _main(words: Sequence[Item]) -> Sequence[Item]:
    """The words of a clause without what was agreed to be done: "agreed to reopen a bridge"."""
    for at, item in enumerate(words[:-1]):
        if item.is_word("to") and at and words[at - 1].is_word("agreed") and words[at + 1].is_word("deed"):
            return words[:at]
    return words
