"""Contacts told by a verb: who met, received or sat down with whom, and who met each other."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract import modality
from kg.extract.beside import preceded
from kg.extract.clause import clause_begin, follows_preposition, subject_after, subject_of
from kg.extract.item import Item
from kg.extract.lexicon import plain_words
from kg.extract.register import Figure
from kg.extract.rule import Hit
from kg.facts.contact.building import Built, channel_of, draft, first_of, last_index, pairs, subject
from kg.facts.contact.record import ContactKind
from kg.model.fact import Status

_MANY = 5
_TRIGGERS = (
    "met",
    "meet",
    "received",
    "receive",
    "sat",
    "spoke",
    "speaking",
    "phoned",
    "talks",
    "meeting",
    "call",
    "video",
)


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
    return _with_other(hit, index, acting)


def passive(hit: Hit) -> Built | None:
    """B was received by A."""
    return _with_other(hit, *subject(hit, hit.at("verb")))


def opening_passive(hit: Hit) -> Built | None:
    """Received on Friday by B, A spoke."""
    verb, acting = hit.at("verb"), hit.at("subject")
    if not hit.scene.items[verb].initial:
        return None
    span = (verb, last_index(hit, "other"))
    return pairs(hit, hit.scene.people(acting), hit.at("other"), (verb, Status.HELD, span))


def among_those(hit: Hit) -> Built | None:
    """Among those A met in C was B."""
    items, verb = hit.scene.items, hit.at("verb")
    if not any(item.text.casefold() == "among" for item in items[:verb]):
        return None
    return _with_other(hit, verb - 1, hit.scene.people(verb - 1)) if items[verb - 1].symbol in "PR" else None


def spent_with(hit: Hit) -> Built | None:
    """A spent an hour with B."""
    items = hit.scene.items[hit.at("verb") : hit.at("other")]
    if not any(item.symbol == "U" or item.text.casefold() in plain_words("spells") for item in items):
        return None
    return _with_other(hit, *subject(hit, hit.at("verb")))


def _with_other(hit: Hit, index: int | None, acting: Sequence[Figure]) -> Built | None:
    """The contacts of a verb's subject, whose item is at ``index``, with the verb's other party."""
    trigger = hit.at("verb")
    status = modality.of_verb(hit.scene.items, index, trigger)
    if status is None or not acting:
        return None
    return pairs(hit, acting, hit.at("other"), (trigger, status, (first_of(index, trigger), last_index(hit, "other"))))


def infinitive(hit: Hit) -> Built | None:
    """A will meet B; A plans to hold talks with B; headlines: A and B meet."""
    trigger = hit.at("verb")
    index, acting = subject(hit, trigger)
    status = modality.of_verb(hit.scene.items, index, trigger)
    if status is Status.PLANNED and _achieved(hit, index, trigger):
        status = Status.HELD
    elif status is None or (status is Status.HELD and not (_is_present(hit, index, trigger) or _did(hit, trigger))):
        return None
    first = first_of(index, trigger)
    if hit.match.has("other"):
        return pairs(hit, acting, hit.at("other"), (trigger, status, (first, last_index(hit, "other"))))
    if len(acting) < 2:
        return None
    if hit.match.has("noun"):
        return [draft(hit, acting, (hit.at("noun"), status, (first, hit.at("noun"))))]
    return None if _has_object(hit, trigger) else [draft(hit, acting, (trigger, status, (first, trigger)))]


def _achieved(hit: Hit, index: int | None, trigger: int) -> bool:
    """Whether what is told is not a plan but its success: "used a stopover in Lima to meet X"."""
    items = hit.scene.items
    between = items[index + 1 if index is not None and index < trigger else 0 : trigger]
    if any(item.is_word("modal_future", "thwarted", "will_take_place") and not item.is_word("to") for item in between):
        return False
    return any(item.text.casefold() in plain_words("achieved") for item in between)


def _did(hit: Hit, trigger: int) -> bool:
    """Whether "did" stresses the verb: "she did see him"."""
    before = hit.scene.items[max(0, trigger - 2) : trigger]
    if any(item.is_word("did_so") for item in before):
        return True
    return any(item.text.casefold() == "did" for item in before) and not any(item.is_word("not") for item in before)


def _has_object(hit: Hit, trigger: int) -> bool:
    """Whether the verb says whom or what: "will meet reporters", "to hold elections"."""
    items = hit.scene.items
    following = items[trigger + 1] if trigger + 1 < len(items) else None
    return items[trigger].is_word("holding") or (following is not None and _is_object(following))


def _is_object(item: Item) -> bool:
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


def met(hit: Hit) -> Built | None:
    """A met B; A will meet B; A called on B."""
    verb = hit.scene.items[hit.at("verb")]
    if verb.text.casefold() in plain_words("seeing") and _sees_do(hit):
        return None
    return _called_on(hit) if verb.is_word("called_on") else met_or_will(hit)


def _sees_do(hit: Hit) -> bool:
    """Whether somebody is seen doing something or seen off, not met: "saw X leave"."""
    end = last_index(hit, "other") + 1
    items = hit.scene.items
    following = items[end] if end < len(items) else None
    return following is not None and (
        following.text.casefold() in plain_words("seen_to_go")
        or following.text.endswith("ing")
        or following.is_word("as", "verb", "possessive", "to")
    )


def met_or_will(hit: Hit) -> Built | None:
    """A met B; A will meet B."""
    return infinitive(hit) if hit.scene.items[hit.at("verb")].is_word("meet") else transitive(hit)


def call_on(hit: Hit) -> Built | None:
    """A is to call on B: not on B to do something."""
    built = _called_on(hit)
    for each in built or ():
        each.kind = ContactKind.MEETING
    return built


def another(hit: Hit) -> Built | None:
    """A had talks with B on Monday and with C on Tuesday; A will meet B tomorrow and C on Friday."""
    items, first, other = hit.scene.items, hit.at("first"), hit.at("other")
    trigger = _trigger_before(items, first)
    further = any(item.is_word("also") for item in items[max(first, other - 2) : other])
    if trigger is None or not (hit.match.has("joint") or further or _has_times(items, first, other)):
        return None
    verb = _verb_of(items, trigger)
    index = subject_of(items, verb)
    acting = hit.scene.people(index) if index is not None else ()
    by_noun = items[trigger].is_word("talks", "meeting", "call", "video")
    status = modality.of_verb(items, index, verb)
    if status is not None and by_noun:
        status = modality.of_noun(items, clause_begin(items, trigger), trigger, first + 1)
    if status is None or not acting or index == first:
        return None
    built = pairs(hit, acting, other, (other, status, (first_of(index, other), last_index(hit, "other"))))
    for each in built or ():
        each.kind = channel_of(items, trigger)
    return built


def _trigger_before(items: Sequence[Item], first: int) -> int | None:
    """The index of the word that says that the one at ``first`` was met, talked with or called."""
    for at in range(first - 1, max(-1, first - 10), -1):
        if items[at].symbol in "PQR;":
            return None
        if items[at].is_word(*_TRIGGERS):
            return at
    return None


def _verb_of(items: Sequence[Item], trigger: int) -> int:
    """The index of the verb that governs a noun such as "talks"; the trigger itself where it is a verb."""
    if not items[trigger].is_word("talks", "meeting", "call", "video"):
        return trigger
    return next(
        (at for at in range(trigger - 1, max(-1, trigger - 8), -1) if items[at].is_word("held", "holding")), trigger
    )


def _has_times(items: Sequence[Item], first: int, other: int) -> bool:
    """Whether each of two people met has a time of his own: "B on Monday and C on Tuesday"."""
    between, behind = items[first + 1 : other], items[other + 1 : other + 5]
    return any(item.symbol == "T" for item in between) and any(item.symbol == "T" for item in behind)


def brought_together(hit: Hit) -> Built | None:
    """The talks brought together A and B."""
    noun, other = hit.at("noun"), hit.at("other")
    items = hit.scene.items
    people = hit.scene.people(other)
    if len(people) < 2 or modality.of_noun(items, clause_begin(items, noun), noun, other) is not Status.HELD:
        return None
    return [draft(hit, people, (noun, Status.HELD, (noun, other)))]


def paid_call(hit: Hit) -> Built | None:
    """A paid a call the same day on B; A made a phone call yesterday to B."""
    noun = hit.scene.items[hit.at("noun")].text.casefold()
    if hit.scene.items[hit.at("verb")].text.casefold() not in plain_words("paying") or not noun.endswith(
        ("call", "calls", "visit")
    ):
        return None
    by_phone = noun not in {"call", "courtesy call", "courtesy calls", "calls"}
    built = transitive(hit)
    for each in built or ():
        each.kind = (
            ContactKind.PHONE if by_phone or hit.scene.items[hit.at("other") - 1].is_word("to") else ContactKind.MEETING
        )
    return built


def _called_on(hit: Hit) -> Built | None:
    """A called on B: not to do something."""
    end = last_index(hit, "other") + 1
    items = hit.scene.items
    if end < len(items) and (items[end].is_word("to", "possessive") or _asks_also(items, end)):
        return None
    return infinitive(hit) if items[hit.at("verb")].is_word("call", "meet") else transitive(hit)


def _asks_also(items: Sequence[Item], end: int) -> bool:
    """Whether "and" names another who is called on, perhaps to do something, and no further deed."""
    following = items[end + 1] if end + 1 < len(items) else None
    return items[end].is_word("and") and not (
        following is not None
        and (following.is_word("verb", "held", "met", "discussed", "also") or following.text.endswith("ed"))
    )


def received(hit: Hit) -> Built | None:
    """A received B, hosted B, welcomed B: not a decision, a phone call or a letter of his."""
    verb = hit.scene.items[hit.at("verb")]
    if verb.is_word("receive") and not verb.text.endswith(("s", "ed")):
        return infinitive(hit)
    items = hit.scene.items
    end = last_index(hit, "other") + 1
    following = items[end] if end < len(items) else None
    if following is not None and (following.is_word("possessive") or following.symbol == '"'):
        return None
    between = range(hit.at("verb") + 1, hit.at("other"))
    if any(items[at].symbol == "N" and not preceded(items, at, "in", "at") for at in between):
        return None
    return transitive(hit)


def reception(hit: Hit) -> Built | None:
    """A hosted a dinner for B."""
    verb = hit.scene.items[hit.at("verb")]
    bare = verb.is_word("receive", "holding") and not verb.is_word("received", "held")
    return infinitive(hit) if bare else transitive(hit)


def joined(hit: Hit) -> Built | None:
    """A joined B for talks; A expects B for talks."""
    verb = hit.at("verb")
    if hit.scene.items[verb].is_word("awaits"):
        index, acting = subject(hit, verb)
        span = (first_of(index, verb), last_index(hit, "other"))
        return pairs(hit, acting, hit.at("other"), (verb, Status.PLANNED, span)) if acting else None
    return infinitive(hit) if hit.scene.items[hit.at("verb")].text.casefold() == "join" else transitive(hit)


def held(hit: Hit) -> Built | None:
    """A held talks with B."""
    trigger, noun = hit.at("verb"), hit.at("noun")
    items = hit.scene.items
    index, acting = subject(hit, trigger)
    status = modality.of_verb(items, index, trigger)
    if status is None or not acting or any(item.is_word("no", "report_no") for item in items[trigger:noun]):
        return None
    if status is Status.HELD and _is_bare_holding(hit, trigger):
        return None
    span = (first_of(index, trigger), last_index(hit, "other"))
    built = pairs(hit, acting, hit.at("other"), (noun, status, span))
    for each in built or ():
        each.trigger = noun
    return built


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
    if status is Status.HELD and governor.symbol == "," and any(map(_is_ahead, items[:trigger])):
        status = Status.PLANNED
    span = (trigger, last_index(hit, "other"))
    return pairs(hit, hit.scene.people(index), hit.at("other"), (trigger, status, span))


def _is_ahead(item: Item) -> bool:
    """Whether a time is in the future by its words: "next week"."""
    return item.symbol == "T" and item.text.casefold().startswith(tuple(plain_words("ahead")))


def gerund_together(hit: Hit) -> Built | None:
    """A and B said, after meeting in C: they met each other."""
    trigger = hit.at("verb")
    items = hit.scene.items
    index = subject_of(items, trigger)
    if index is None or items[index].symbol not in "QG":
        return None
    acting = hit.scene.people(index)
    status = modality.of_verb(items, index, trigger)
    if len(acting) < 2 or status is not Status.HELD:
        return None
    return [draft(hit, acting, (trigger, status, (index, trigger)))]


def during_talks(hit: Hit) -> Built | None:
    """A and B agreed on a bridge during talks in C: with each other, where nobody else is named."""
    noun, items = hit.at("noun"), hit.scene.items
    opening = items[hit.match.found.start()]
    if opening.text.casefold() == "at" and not any(
        i.is_word("an", "their") for i in items[hit.match.found.start() : noun]
    ):
        return None
    if items[noun].is_word("meeting_ing") and items[noun - 1].is_word("after", "while"):
        return None  # "after meeting in C": a verb
    index = next((at for at in range(noun) if items[at].symbol in "QG" and not follows_preposition(items, at)), None)
    if index is None or any(item.symbol in "PR" for item in items[index + 1 : noun]):
        return None
    acting = hit.scene.people(index)
    status = modality.of_noun(items, clause_begin(items, noun), noun, noun + 2)
    verbs = items[index + 1 : hit.match.found.start()]
    if (
        not 1 < len(acting) < _MANY
        or status is not Status.HELD
        or not any(item.is_word("verb", "said", "agreed") or item.text.endswith("ed") for item in verbs)
    ):
        return None
    if any(item.is_word("modal_future", "hypothetical", "not", "met", "held") for item in _main(verbs)):
        return None
    if any(item.text.casefold() in plain_words("only_there") for item in verbs):
        return None
    return [draft(hit, acting, (noun, status, (index, noun)))]


def _main(words: Sequence[Item]) -> Sequence[Item]:
    """The words of a clause without what was agreed to be done: "agreed to reopen a bridge"."""
    for at, item in enumerate(words[:-1]):
        if item.is_word("to") and at and words[at - 1].is_word("agreed") and words[at + 1].is_word("deed"):
            return words[:at]
    return words


def _governs(governor: Item) -> bool:
    """Whether a word before "meeting X" says that it was done: "after", "by", no "hopes of"."""
    if governor.is_word("for", "of") and not governor.is_word("after"):
        return False
    return governor.is_word("after", "before", "while", "by", "of", "in", "on", "for") or governor.symbol == ","


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


def reciprocal(hit: Hit) -> Built | None:
    """A and B met; the two leaders held talks."""
    trigger = hit.at("verb")
    items = hit.scene.items
    index = subject_of(items, trigger)
    if index is None or items[index].symbol not in "QG" or _meets_others(hit, trigger):
        return None
    acting = hit.scene.people(index)
    status = modality.of_verb(items, index, trigger)
    if status is None or len(acting) < 2 or _only_present(hit, trigger):
        return None
    told = hit.at("noun") if hit.match.has("noun") else trigger
    built = draft(hit, acting, (told, status, (index, hit.match.found.end() - 1)))
    built.trigger = trigger
    return [built]


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
    return not hit.match.has("noun") and items[trigger].is_word("met") and _is_object(following)
