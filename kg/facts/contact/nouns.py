"""Contacts told by a noun: whose talks, with whom, and talks that were stopped."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from kg.extract.among import has_kind
from kg.extract.clause import PEOPLE, follows_preposition, subject_after, subject_of
from kg.extract.item import Item
from kg.extract.lexicon import plain_words
from kg.extract.refer import Those
from kg.extract.register import Figure
from kg.extract.rule import Hit
from kg.facts.contact.building import (
    Built,
    Told,
    by_channel,
    draft,
    last_index,
    noun_status,
    pairs,
    subject,
)
from kg.facts.contact.record import ContactKind
from kg.facts.contact.speaker import in_first_person
from kg.model.fact import Status

_OPENING: Final = 5  # a noun so early in its sentence has no subject before it: the last sentence's is meant


def _is_counted(hit: Hit, first: int, noun: int) -> bool:
    """Whether the words count the talks among others: "their second meeting this year"."""
    return any(item.text.casefold() in plain_words("counted") for item in hit.scene.items[first:noun])


def nominal(hit: Hit) -> Built | None:
    """His talks with B; a phone call between A and B."""
    noun, other = hit.at("noun"), hit.at("other")
    items = hit.scene.items
    if (items[noun].is_word("called") and not items[noun].is_word("call")) or other in hit.scene.claimed:
        return None
    owned = noun > 0 and items[max(0, noun - 2)].is_word("possessive", "their", "his")
    if (owned and _is_counted(hit, noun - 1, noun)) or _is_owner(items, last_index(hit, "other")):
        return None
    status = noun_status(hit, noun)
    taken_part = any(i.text.casefold() in plain_words("taking_part") for i in items[max(0, noun - 4) : noun])
    if status is None or taken_part or (status is Status.HELD and _only_spoken_of(items[:noun])):
        return None
    others = hit.scene.people(other)
    told = (noun, status, (noun, last_index(hit, "other")))
    joining = [item for item in items[noun:other] if item.is_word("with", "between")]
    between = bool(joining) and joining[-1].is_word("between")
    if between or (len(others) > 1 and items[other - 1].is_word("of", "attended_by", "led_by")):
        return _of_all(hit, others, told)
    acting = whose(hit, noun)
    if len(others) == 1 and len(acting) < 2 and any(i.is_word("trilateral") for i in items[max(0, noun - 3) : noun]):
        group = tuple(figure for figure in hit.scene.memory.group_of(2) if figure not in others)
        return [draft(hit, (*group, *others), told)] if len(group) > 1 else None
    built = pairs(hit, acting, other, told)
    for each in built or ():
        each.spoken_of = status is Status.HELD and _is_spoken_of(items, noun)
    return built


def _is_owner(items: Sequence[Item], at: int) -> bool:
    """Whether somebody or something of his is meant, not he: "between X and His Majesty's late father"."""
    return at + 1 < len(items) and items[at + 1].is_word("possessive")


def between_aside(hit: Hit) -> Built | None:
    """Talks between A, who is on a visit to C, and B."""
    noun, status = hit.at("noun"), noun_status(hit, hit.at("noun"))
    if status is None or (status is Status.HELD and _only_spoken_of(hit.scene.items[:noun])):
        return None
    told = (noun, status, (noun, last_index(hit, "other")))
    return pairs(hit, hit.scene.people(hit.at("first")), hit.at("other"), told)


def _is_spoken_of(items: Sequence[Item], noun: int) -> bool:
    """Whether "the meeting with X" is spoken of as known, and nothing says that it is over: no "after the meeting"."""
    at = noun - 1
    while at > 0 and items[at].is_word("adjective"):
        at -= 1
    return at >= 0 and items[at].text.casefold() == "the" and not (at and items[at - 1].is_word("after", "during"))


def _of_all(hit: Hit, people: Sequence[Figure], told: Told) -> Built | None:
    """One contact of all; several calls are one of the first with each of the others."""
    if len(people) > 2 and hit.scene.items[told[0]].text.casefold().endswith(("calls", "conversations")):
        return [draft(hit, (people[0], each), told) for each in people[1:]]
    return [draft(hit, people, told)] if len(people) > 1 else None


def _only_spoken_of(before: Sequence[Item]) -> bool:
    """Whether "a meeting" or "talks" are merely spoken or thought of: "reports of a call", "insisted on talks".

    Not so "two hours of talks", "a round of talks", "on a call".
    """
    at = len(before) - 1
    while at >= 0 and (before[at].is_word("an", "adjective", "brief", "summit_noun") or before[at].symbol in "UwA0-"):
        at -= 1
    if at < 1 or before[at].text.casefold() not in plain_words("of_mere_talk"):
        return False
    return before[at - 1].symbol != "U" and before[at - 1].text.casefold() not in plain_words("of_real_talks")


def of_with(hit: Hit) -> Built | None:
    """The meeting of A with B."""
    noun, other = hit.at("noun"), hit.at("other")
    status = noun_status(hit, noun)
    if status is None:
        return None
    acting, told = hit.scene.people(hit.at("acting")), (noun, status, (noun, last_index(hit, "other")))
    if len(acting) > 1:  # "a three-way meeting of A and B with C"
        return [draft(hit, (*acting, *hit.scene.people(other)), told)]
    return pairs(hit, acting, other, told)


def talks_that_with(hit: Hit) -> Built | None:
    """Talks that A was to hold on Friday with B have been put off."""
    noun, status = hit.at("noun"), _stopped(hit)
    if status is None:
        return None
    return pairs(hit, hit.scene.people(hit.at("acting")), hit.at("other"), (noun, status, (noun, hit.at("verb"))))


def that_they_had(hit: Hit) -> Built | None:
    """A conversation that A and B had in C."""
    noun, verb = hit.at("noun"), hit.at("verb")
    people = hit.scene.people(hit.at("other"))
    if len(people) < 2 or hit.scene.items[verb].is_word("holding"):
        return None
    return [draft(hit, people, (noun, Status.HELD, (noun, verb)))]


def sides_led(hit: Hit) -> Built | None:
    """In the talks, A led the one side and B the other."""
    noun, other = hit.at("noun"), hit.at("other")
    if noun_status(hit, noun, other) is not Status.HELD:
        return None
    return pairs(hit, hit.scene.people(hit.at("acting")), other, (noun, Status.HELD, (noun, last_index(hit, "other"))))


def in_call_with(hit: Hit) -> Built | None:
    """In a phone call with B, A asked."""
    return nominal(hit) if hit.scene.items[hit.at("noun")].text.casefold().startswith("in ") else None


def whose(hit: Hit, noun: int) -> tuple[Figure, ...]:
    """Whose talks with somebody: the owner's, the subject's, the one's whom the text is about."""
    acting = _owner(hit, noun) or subject(hit, noun)[1]
    if not acting and in_first_person(hit.scene.items, noun):
        return ()
    if not acting:
        index = subject_after(hit.scene.items, last_index(hit, "other"))
        named = index is not None and hit.scene.items[index].symbol in "PRQ" and _goes_on(hit.scene.items, index)
        acting = hit.scene.people(index) if index is not None and named else ()
    if not acting and (elsewhere := _after_semicolon(hit, noun) or _who_says(hit, noun)):
        return elsewhere
    strange = hit.scene.memory.stranger or hit.scene.memory.after_stranger
    if acting or strange or noun >= _OPENING or any(item.symbol in "NP" for item in hit.scene.items[:noun]):
        return acting
    others = hit.scene.people(hit.at("other"))
    at_home = {figure.country for figure in others if figure.country}
    return tuple(f for f in _protagonist(hit, at_home) if f not in others)


def _goes_on(items: Sequence[Item], at: int) -> bool:
    """Whether the clause goes on behind a party, which else is the last of a list: "talks with A, B and C"."""
    return at + 1 < len(items) and items[at + 1].symbol not in ".;"


def _after_semicolon(hit: Hit, noun: int) -> tuple[Figure, ...]:
    """The subject of the clause before a semicolon: "A met B; talks with C are off"."""
    items = hit.scene.items
    mark = next((at for at in range(noun - 1, max(-1, noun - _OPENING), -1) if items[at].symbol == ";"), None)
    if mark is None or any(item.symbol in "PQRGN" for item in items[mark:noun]):
        return ()
    index = next((at for at in range(mark) if items[at].symbol in "PR"), None)
    return hit.scene.people(index) if index is not None and not follows_preposition(items, index) else ()


def _who_says(hit: Hit, noun: int) -> tuple[Figure, ...]:
    """Who says "that the meeting with X was put off": his own, where he is no spokesman."""
    items = hit.scene.items
    that = next((at for at in range(noun - 1, max(-1, noun - _OPENING), -1) if items[at].text.casefold() == "that"), 0)
    if not that or not items[that - 1].is_word("said") or any(item.symbol in "PQRGN" for item in items[that:noun]):
        return ()
    index = subject_of(items, that - 1)
    people = hit.scene.people(index) if index is not None and items[index].symbol in "PR" else ()
    others = {figure.country for figure in hit.scene.people(hit.at("other"))}
    return tuple(f for f in people if f.office_kind != "spokesperson" and f.country not in others)


def _protagonist(hit: Hit, at_home: Collection[str]) -> tuple[Figure, ...]:
    """Whose meeting "A meeting with X" is, who is not of X's country.

    The one's who takes part in most contacts so far, then whom the text has named most, else the last subject's.
    """
    around = hit.scene.register.around(hit.scene.memory.last)
    named = [f for f in around if f.spans and f.office_kind != "spokesperson"]
    figures = [f for f in named if f.country is None or f.country not in at_home]
    before = hit.scene.memory.before if hit.scene.memory.before in figures else None
    if not figures:
        return ()
    weights = {id(f): (hit.scene.memory.met[id(f)] > 1 and hit.scene.memory.met[id(f)], len(f.spans)) for f in figures}
    most = max(weights.values())
    leading = [f for f in figures if weights[id(f)] == most]
    if before is not None and (before in leading or len(leading) > 1):
        return (before,)
    return (leading[0],)


def _owner(hit: Hit, noun: int) -> tuple[Figure, ...]:
    """Whose talks: "his", "their", "Lee's" before the noun."""
    items = hit.scene.items
    for at in range(noun - 1, max(-1, noun - 8), -1):
        item = items[at]
        if item.is_word("his") and isinstance(item.value, Figure):
            return _named_after(hit, at, noun) or (item.value,)
        if item.is_word("possessive") and at and items[at - 1].symbol in PEOPLE:
            return hit.scene.people(at - 1)
        if item.is_word("with", "of", "after", "in", "during", "on", "at") or item.symbol in PEOPLE:
            break
    return ()


def _named_after(hit: Hit, owner: int, noun: int) -> tuple[Figure, ...]:
    """Whom "his" means in an opening phrase: the subject that follows it ("In his call with X, Y raised")."""
    items = hit.scene.items
    if owner > _OPENING or any(item.symbol in PEOPLE for item in items[:owner]):
        return ()
    index = subject_after(items, noun)
    others = hit.scene.people(hit.at("other")) if hit.match.has("other") else ()
    people = hit.scene.people(index) if index is not None and items[index].symbol in "PR" else ()
    return tuple(figure for figure in people if figure not in others)


def theirs(hit: Hit) -> Built | None:
    """Their first in-person talks; the two leaders' meeting."""
    noun, poss = hit.at("noun"), hit.at("poss")
    people = _possessors(hit, poss)
    status = noun_status(hit, noun)
    if len(people) < 2 or status is None or (_is_counted(hit, poss, noun) and status is not Status.PLANNED):
        return None
    built = draft(hit, people, (noun, status, (poss, noun)))
    seen = any(item.text.casefold() in plain_words("in_person") for item in hit.scene.items[poss:noun])
    neutral = hit.scene.items[noun].is_word("talks") and built.kind is ContactKind.MEETING and not seen
    if neutral and status is Status.HELD:
        built.kind = None  # "their talks" may have been by phone: the contact told before decides
    built.definite = True
    return [built]


def described(hit: Hit) -> Built | None:
    """The 40-minute meeting took place in C: more of the contact that was told before."""
    noun, verb = hit.at("noun"), hit.at("verb")
    items = hit.scene.items
    memory = hit.scene.memory
    new = not memory.last_told and hit.scene.sentence.number - memory.discussing_sentence == 1
    people = memory.discussing if new else memory.last_told
    if len(people) < 2 or any(item.symbol in "PQ" for item in items[:noun]) or _is_counted(hit, 0, noun):
        return None
    status = noun_status(hit, noun)
    if status is not Status.HELD or any(item.is_word("with", "between", "of") for item in items[noun + 1 : verb]):
        return None
    groups = _round(hit, noun) or (people,)
    drafts = [draft(hit, each, (noun, status, (hit.match.found.start(), verb))) for each in groups]
    for built in drafts:
        built.kind, built.adds = built.kind if new else None, not new
    return drafts


def _round(hit: Hit, noun: int) -> tuple[tuple[Figure, ...], ...]:
    """Whose meetings "both meetings", "the three meetings" or "the talks" of several pairs are, if more than one."""
    memory, scene = hit.scene.memory, hit.scene
    if scene.sentence.number - memory.round_sentence > 1 or len(memory.last_round) < 2:
        return ()
    named = scene.items[noun].text.casefold()
    both = any(item.is_word("both") for item in scene.items[:noun])
    if not named.endswith("s") or (both and len(memory.last_round) != 2):
        return ()
    return memory.last_round


def it_was(hit: Hit) -> Built | None:
    """It was held in C, beside a gathering: more of the contact that the sentence before told."""
    verb, memory = hit.at("verb"), hit.scene.memory
    near = hit.scene.sentence.number - memory.round_sentence == 1 and len(memory.last_round) == 1
    if not near or memory.last_told != memory.last_round[0]:
        return None
    if hit.scene.items[0].text.casefold() != "it" or hit.match.found.start() != 0:
        return None
    built = draft(hit, memory.last_told, (verb, Status.HELD, (0, verb)))
    built.kind, built.adds = None, True
    return [built]


def described_there(hit: Hit) -> Built | None:
    """During the meeting, which took place in C, the two sides spoke of fish: more of the contact told before."""
    noun, people = hit.at("noun"), hit.scene.memory.last_told
    if len(people) < 2 or hit.match.found.start() or set(hit.scene.people(hit.at("other"))) - set(people):
        return None
    built = draft(hit, people, (noun, Status.HELD, (hit.match.found.start(), last_index(hit, "verb"))))
    built.kind, built.adds = None, True
    return [built]


def _possessors(hit: Hit, poss: int) -> tuple[Figure, ...]:
    """Whom "their" or "the two leaders'" means."""
    items = hit.scene.items
    if items[poss].symbol in PEOPLE:
        return hit.scene.people(poss)
    told_after = subject_after(items, hit.at("noun")) if poss < _OPENING or _opens_clause(items, poss) else None
    if told_after is not None and items[told_after].symbol == "Q":
        return hit.scene.people(told_after)  # "in their first meeting, X and Y discussed"
    index = subject_of(items, poss)
    people = hit.scene.people(index) if index is not None else ()
    return people if len(people) > 1 else hit.scene.those(poss, Those(0, sides=False))


def _opens_clause(items: Sequence[Item], at: int) -> bool:
    """Whether "said that in their" stands here: a phrase opens what somebody says."""
    return at > 1 and items[at - 1].is_word("in", "during", "after", "at") and items[at - 2].text.casefold() == "that"


def joined_noun(hit: Hit) -> Built | None:
    """The Novak-Horvat meeting."""
    noun, pair = hit.at("noun"), hit.at("pair")
    people = hit.scene.people(pair)
    status = noun_status(hit, noun)
    if status is None or len(people) < 2:
        return None
    return [draft(hit, people, (noun, status, (pair, noun)))]


def opening_noun(hit: Hit) -> Built | None:
    """During a meeting in X on Friday, A and B said: of them, where the sentence opens so."""
    opening, noun, other = hit.at("opening"), hit.at("noun"), hit.at("other")
    items = hit.scene.items
    if opening > 1 or any(item.text.casefold() in plain_words("bodies") for item in items[opening:noun]):
        return None
    people = hit.scene.people(other)
    return [draft(hit, people, (noun, Status.HELD, (opening, other)))] if len(people) > 1 else None


def _stopped(hit: Hit) -> Status | None:
    """Cancelled or postponed, as the verb says; ``None`` where it is denied."""
    noun, verb = hit.at("noun"), hit.at("verb")
    items = hit.scene.items
    first, last = sorted((noun, verb))
    if any(item.is_word("not", "hypothetical") for item in items[first:last]):
        return None
    if any(item.is_word("denial") and not item.is_word("modal_future") for item in items[max(0, first - 5) : first]):
        return None
    return Status.CANCELLED if items[verb].is_word("cancelled") else Status.POSTPONED


def counted(hit: Hit) -> Built | None:
    """A third meeting, planned for May, was called off: one more of those who were just told of."""
    noun, verb = hit.at("noun"), hit.at("verb")
    status = _stopped(hit)
    if status is None or not _is_counted(hit, hit.at("count"), hit.at("count") + 1):
        return None
    people = hit.scene.those(noun, Those(0, sides=False))
    return [draft(hit, people, (noun, status, (hit.match.found.start(), verb)))] if len(people) > 1 else None


def planned_stopped(hit: Hit) -> Built | None:
    """A week after a planned meeting fell through: of the two whom the sentence tells of, or the one before."""
    noun, status = hit.at("noun"), _stopped(hit)
    people = hit.scene.those(noun, Those(0, sides=False))
    if status is None or len(people) != 2:
        return None
    return [draft(hit, people, (noun, status, (hit.match.found.start(), hit.at("verb"))))]


def call_stopped(hit: Hit) -> Built | None:
    """A call on B, set for Friday, was put off."""
    noun, status = hit.at("noun"), _stopped(hit)
    if status is None or not hit.scene.items[noun].text.casefold().endswith("call"):
        return None
    built = pairs(hit, whose(hit, noun), hit.at("other"), (noun, status, (noun, hit.at("verb"))))
    return by_channel(built, ContactKind.MEETING)


def talks_that(hit: Hit) -> Built | None:
    """Talks that A and B were to hold on Friday have been put off."""
    noun, verb, other = hit.at("noun"), hit.at("verb"), hit.at("other")
    people, status = hit.scene.people(other), _stopped(hit)
    return [draft(hit, people, (noun, status, (noun, verb)))] if status is not None and len(people) > 1 else None


def still_to_come(hit: Hit) -> Built | None:
    """ "The meeting is to take place in C": no participants of its own; the talks named before are a plan."""
    noun, verb = hit.at("noun"), hit.at("verb")
    items = hit.scene.items
    if noun > 1 or (items[noun].symbol == "w" and items[noun].text.casefold() != "it"):
        return None
    built = draft(hit, (), (verb, Status.PLANNED, (noun, verb)))
    built.format = None
    return [built]


def _owners(hit: Hit, noun: int) -> tuple[Figure, ...]:
    """Whose trip it is: his of "C was expected, too; his trip is off"."""
    items = hit.scene.items[max(0, noun - 3) : noun]
    return tuple(item.value for item in items if isinstance(item.value, Figure))


def it_stopped(hit: Hit) -> Built | None:
    """ "It has been put off", "B's office cancelled the trip": said of the contact told just before."""
    noun, verb = hit.at("noun"), hit.at("verb")
    items = hit.scene.items
    if items[verb].text.casefold().split()[0] in plain_words("stops_things"):
        return None
    if items[noun].symbol == "w" and (
        items[noun].text.casefold() not in plain_words("it_told") or has_kind(items[:noun], "PQRG")
    ):
        return None  # of something else in the sentence: "X was to join Y for a session; it was put off"
    if noun > verb and not _ends_there(items, noun + 1):
        return None
    return restated(hit)


def called_it_off(hit: Hit) -> Built | None:
    """ "B called it off": said of the contact told just before."""
    verb = hit.at("verb")
    if hit.scene.items[verb].text.casefold() not in plain_words("it_off"):
        return None
    status = Status.CANCELLED if hit.scene.items[verb].is_word("cancelled") else Status.POSTPONED
    built = draft(hit, (), (verb, status, (hit.match.found.start(), verb)))
    built.format = None
    return [built]


def _ends_there(items: Sequence[Item], at: int) -> bool:
    """Whether nothing but a time or a reason follows: not "cancelled the meeting with X"."""
    return at >= len(items) or items[at].symbol in ".;,T" or items[at].text.casefold() in plain_words("reasons")


def restated(hit: Hit) -> Built | None:
    """ "The talks were cancelled": no participants of its own, a status for the contact told before."""
    noun, verb = hit.at("noun"), hit.at("verb")
    status = _stopped(hit)
    if status is None:
        return None
    built = draft(hit, (), (noun, status, (hit.match.found.start(), verb)))
    built.format, built.owners = None, _owners(hit, noun)
    return [built]
