"""Contacts by telephone or video, as a verb or a noun tells them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from kg.extract import modality
from kg.extract.among import has_word, says
from kg.extract.beside import preceded
from kg.extract.clause import subject_after, subject_of
from kg.extract.item import Item, Symbol
from kg.extract.lexicon import plain_words
from kg.extract.refer import Those
from kg.extract.register import Figure
from kg.extract.rule import Hit
from kg.facts.contact.building import Built, by_channel, channel_in, draft, last_index, noun_status, pairs
from kg.facts.contact.record import ContactKind
from kg.facts.contact.together import reciprocal
from kg.facts.contact.verbs import transitive
from kg.model.fact import Status

_MANY: Final = 4


def spoke(hit: Hit) -> Built | None:
    """A spoke with B: by telephone where no place is told at which both were."""
    verb, following = hit.scene.items[hit.at("verb") :][:2]
    spoke_of = verb.text.casefold() in plain_words("speaking_of") and following.text.casefold() == "of"
    built = None if spoke_of else transitive(hit)  # "spoke of his friendship with X"
    before_press = says(hit.scene.items[hit.at("verb") : hit.at("other")], "press_events")
    for each in built or ():
        each.kind = ContactKind.MEETING if before_press else each.kind or channel_in(hit.scene.items)
        if each.kind is ContactKind.PHONE and _are_together(hit, each.people):
            each.kind = None  # both may be at the gathering of which the text has told
    return built


def spoke_together(hit: Hit) -> Built | None:
    """A and B spoke by telephone: only where the channel is told."""
    verb = hit.at("verb")
    built = None if verb and hit.scene.items[verb - 1].is_word("both") else reciprocal(hit)
    behind = hit.scene.items[hit.at("verb") + 1 : hit.at("verb") + 9]
    after = _unquoted(hit.scene.items[hit.at("verb") + 1 :])[:5]
    if any(item.symbol == Symbol.DURATION or item.text.casefold() in plain_words("spells") for item in after) or any(
        item.is_word("brief") for item in after[:4]
    ):  # "spoke for two hours", "spoke only in passing"
        for each in built or ():
            each.kind = each.kind or ContactKind.MEETING
    gathering = next((at for at, item in enumerate(behind) if item.symbol == "S"), 0)
    if gathering and not behind[gathering - 1].is_word("at"):  # "spoke on the sidelines of the summit"
        for each in built or ():
            each.kind = each.kind or ContactKind.MEETING
    if _only_spoke(hit.scene.items, hit.at("verb")):
        for each in built or ():
            each.kind = each.kind or ContactKind.PHONE
    return None if any(each.kind is None for each in built or ()) else built


def _unquoted(items: Sequence[Item]) -> Sequence[Item]:
    """The words without a phrase in quotation marks that opens them: "spoke 'on the move' for ten minutes"."""
    if not items or items[0].symbol != '"':
        return items
    end = next((at for at, item in enumerate(items[1:8], 1) if item.symbol == '"'), -1)
    return items[end + 1 :]


def _only_spoke(items: Sequence[Item], verb: int) -> bool:
    """Whether "spoke" is followed by a time or a topic and by no place: "the two spoke on Monday about trade"."""
    behind = items[verb + 1 : verb + 9]
    if not behind or any(item.symbol in "LSN" or item.is_word("at", "to", "out", "with") for item in behind):
        return False
    return behind[0].symbol == "T" or (behind[0].is_word("on") and len(behind) > 1 and behind[1].symbol == "T")


def _are_together(hit: Hit, people: Sequence[Figure]) -> bool:
    """Whether "X also spoke with Y" follows on a meeting of X's at a gathering, and says nothing of a telephone."""
    memory = hit.scene.memory
    if has_word(hit.scene.items, "by_phone", "call", "phoned") or memory.on_line or memory.last_summit is None:
        return False
    return memory.last_round != () and bool(set(people) & set(memory.last_people))


def phoned(hit: Hit) -> Built | None:
    """A telephoned B; A and B both telephoned C, each by himself."""
    built = by_channel(transitive(hit), ContactKind.PHONE)
    verb = hit.at("verb")
    if not built or not hit.match.has("other") or not verb or not hit.scene.items[verb - 1].is_word("both"):
        return built
    others = hit.scene.people(hit.at("other"))
    callers = [figure for figure in built[0].people if figure not in others]
    return [replace(built[0], people=(caller, other)) for caller in callers for other in others]


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
    lasts = any(
        item.symbol in "U0" or item.text.casefold() in plain_words("about_so_long") for item in items[end + 1 : end + 2]
    )
    about = items[end : end + 1] and items[end].is_word("to") and _follows_call(items, end)
    if not (lasts or about) and any(item.is_word("for", "to") for item in items[end : end + 1]):
        return False
    words = items[hit.at("noun") : hit.at("other")]
    return any(item.is_word("from") or (item.is_word("of") and words[0].is_word("trip")) for item in words)


def discussed(hit: Hit) -> Built | None:
    """A and B discussed something by telephone."""
    acting, verb = hit.at("subject"), hit.at("verb")
    people = hit.scene.people(acting)
    status = modality.of_verb(hit.scene.items, acting, verb)
    if len(people) < 2 or status not in {Status.HELD, Status.PLANNED}:
        return None
    built = draft(hit, people, (verb, status, (acting, last_index(hit, "via"))))
    built.kind = _channel_told(hit)
    return [built]


def discussed_with(hit: Hit) -> Built | None:
    """A discussed something with B by telephone."""
    return by_channel(transitive(hit), _channel_told(hit))


def told_by_phone(hit: Hit) -> Built | None:
    """A told B something by telephone; A consulted B, checked in with B, reached B by telephone."""
    verb = hit.scene.items[hit.at("verb")]
    if hit.scene.items[hit.at("via")].is_word("spoke", "phoned"):
        return None  # with another: "met X, and spoke over the phone with Y"
    plain = verb.symbol == "w" or verb.is_word("aux")
    if plain and not (verb.text.endswith("ed") or verb.text.casefold() == "got"):
        return None
    return discussed_with(hit)


def together_by_phone(hit: Hit) -> Built | None:
    """A and B patched up a row by telephone, in a late-night call."""
    items, verb, via = hit.scene.items, hit.at("verb"), hit.at("via")
    if items[verb].is_word("be") or (items[verb].symbol == "w" and not items[verb].text.endswith("ed")):
        return None
    if items[verb].is_word("attended") and not items[verb].is_word("talks", "met"):
        return None  # each of them spoke to others: "both addressed the forum by video link"
    if not items[via].is_word("by_phone", "by_video", "face_to_face") and not any(
        item.is_word("in", "during", "via", "on") for item in items[max(verb, via - 6) : via]
    ):
        return None
    if has_word(items[verb:via], "meet"):
        return None  # they are to: "agreed to meet in person"
    if any(item.is_word("with", "between") for item in items[via + 1 : via + 2]):
        return None  # the call was with somebody else besides
    return discussed(hit)


def discussed_there(hit: Hit) -> Built | None:
    """A discussed something with B in C: they met."""
    if hit.match.has("town") and hit.match.slot("town")[0].text.casefold() in plain_words("no_towns"):
        return None
    built = transitive(hit)
    for each in built or ():
        each.kind = each.kind or ContactKind.MEETING
    return built


def discussed_face_to_face(hit: Hit) -> Built | None:
    """A discussed something with B: by whatever channel the text tells of the two, else face to face."""
    if not hit.scene.items[hit.at("verb")].text.casefold().split()[0].endswith("ed"):
        return None
    built = transitive(hit)
    return built if built and built[0].status is Status.HELD else None


def discussed_together_there(hit: Hit) -> Built | None:
    """A and B discussed something in C: they met."""
    acting, verb = hit.at("subject"), hit.at("verb")
    people = hit.scene.people(acting)
    if not 1 < len(people) < _MANY or modality.of_verb(hit.scene.items, acting, verb) is not Status.HELD:
        return None
    if _is_what_they_discussed(hit.scene.items, hit.match.found.end() - 1):
        return None
    built = draft(hit, people, (verb, Status.HELD, (acting, hit.match.found.end() - 1)))
    built.kind = built.kind or ContactKind.MEETING
    return [built]


def _is_what_they_discussed(items: Sequence[Item], at: int) -> bool:
    """Whether the gathering is their topic, not where they were: "discussed the upcoming Arctic ministerial"."""
    return (
        items[at].symbol == "S"
        and items[at - 1].is_word("planned", "the")
        and not preceded(
            items, at - 1 if items[at - 1].is_word("planned") else at, "in", "at", "during", "sidelines", "on"
        )
    )


def during_call(hit: Hit) -> Built | None:
    """During a phone call, A told B something."""
    acting = hit.scene.people(hit.at("subject"))
    noun = hit.at("noun")
    return pairs(hit, acting, hit.at("other"), (noun, Status.HELD, (noun, last_index(hit, "other"))))


def call_to(hit: Hit) -> Built | None:
    """In a telephone call to B, A offered help."""
    noun, items = hit.at("noun"), hit.scene.items
    if not items[noun].text.casefold().endswith("call") or not (
        items[noun].is_word("by_phone") or any(i.is_word("in", "during") for i in items[max(0, noun - 3) : noun])
    ):
        return None
    index = subject_of(items, noun) or subject_after(items, last_index(hit, "other"))
    acting = hit.scene.people(index) if index is not None else ()
    built = pairs(hit, acting, hit.at("other"), (noun, Status.HELD, (noun, last_index(hit, "other"))))
    return by_channel(built, ContactKind.PHONE)


def called(hit: Hit) -> Built | None:
    """A called B on Monday; A will call B to discuss C: not B a liar, not B to account."""
    items, end = hit.scene.items, last_index(hit, "other") + 1
    following = items[end] if end < len(items) else None
    again = items[hit.at("verb") - 1].is_word("also") and following is not None and following.symbol == "."
    if following is None or not (again or _follows_call(items, end)):
        return None
    return phoned(hit)


def _follows_call(items: Sequence[Item], at: int) -> bool:
    """Whether what follows the one called says when, or what about."""
    item = items[at]
    if item.symbol == "T" or item.is_word("by_phone", "same_day"):
        return True
    if item.symbol == "," and at + 1 < len(items) and items[at + 1].is_word("and"):
        at, item = at + 1, items[at + 1]
    behind = items[at + 1] if at + 1 < len(items) else None
    if item.is_word("and") and behind is not None:
        return behind.text.casefold() in plain_words("said_on_calling")
    if item.is_word("on") and behind is not None:
        return behind.symbol == "T"
    return item.is_word("to") and behind is not None and behind.text.casefold() in plain_words("called_to")


def _channel_told(hit: Hit) -> ContactKind:
    if hit.match.any("via", "face_to_face"):
        return ContactKind.MEETING
    return ContactKind.VIDEO if hit.match.any("via", "by_video", "video") else ContactKind.PHONE


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
    status = noun_status(hit, noun)
    if len(people) < 2 or status is not Status.HELD:
        return None
    return [draft(hit, people, (noun, status, (hit.match.found.start(), noun)))]
