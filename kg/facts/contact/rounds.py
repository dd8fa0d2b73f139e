"""Contacts of a round that the words list or count off: "her meetings: X; Y", "then it was the turn of Z"."""

from __future__ import annotations

from typing import Final

from kg.extract.clause import subject_of
from kg.extract.lexicon import plain_words
from kg.extract.register import Figure
from kg.extract.rule import Hit
from kg.facts.contact.building import Built, by_channel, draft, last_index, noun_status, pairs
from kg.facts.contact.nouns import of_with, whose
from kg.facts.contact.record import ContactKind
from kg.facts.contact.visiting import joined_by
from kg.model.fact import Status

_ACTS: Final = (
    "modal_future",
    "will_take_place",
    "verb",
    "met",
    "aux",
    "spoke",
    "said",
    "sat",
    "held",
    "received",
    "shook",
)
_ROUND: Final = 2  # sentences within which a round of meetings goes on


def listed(hit: Hit) -> Built | None:
    """A's meetings on Monday: B; C; D."""
    noun, other = hit.at("noun"), hit.at("other")
    status = noun_status(hit, noun, other)
    behind = hit.scene.items[last_index(hit, "other") + 1 :][:1]
    if status is None or any(item.is_word(*_ACTS) or item.text.endswith("ed") for item in behind):
        return None  # a sentence of its own: "No meeting, only this: X chatted with Y"
    people = hit.scene.people(other)
    acting = [figure for figure in whose(hit, noun) if figure not in people]
    return pairs(hit, acting, other, (noun, status, (noun, last_index(hit, "other")))) if acting else None


def turn(hit: Hit) -> Built | None:
    """Then it was the turn of B: of meeting the one who met others just before."""
    other = hit.at("other")
    others = hit.scene.people(other)
    acting = _last_host(hit, others)
    if not acting:
        return None
    status = (Status.HELD, (hit.match.found.start(), last_index(hit, "other")))
    built = pairs(hit, acting, other, (hit.at("word"), *status))
    if built and hit.scene.memory.host is not None:
        hit.scene.memory.host_sentence = hit.scene.sentence.number
    return by_channel(built, ContactKind.PHONE) if hit.scene.memory.on_line else built


def _last_host(hit: Hit, others: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """The one of the contact told last, a sentence or two before, who takes part in most of those told."""
    memory = hit.scene.memory
    if memory.host is not None and hit.scene.sentence.number - memory.host_sentence <= _ROUND:
        return (memory.host,) if memory.host not in others else ()
    if len(others) > 1 or len(memory.last_people) < 2 or hit.scene.sentence.number - memory.last_sentence > _ROUND:
        return ()
    free = [figure for figure in memory.last_people if figure not in others]
    first = memory.before if memory.before in free else free[0] if free else None
    most = max(free, key=lambda figure: (memory.met[id(figure)], figure is first), default=None)
    return (most,) if most is not None else ()


def followed(hit: Hit) -> Built | None:
    """B followed in the afternoon: was met next."""
    return turn(hit) if _goes_on(hit) else None


def _goes_on(hit: Hit) -> bool:
    """Whether the sentence before told of a round of meetings, or of a contact."""
    memory, number = hit.scene.memory, hit.scene.sentence.number
    hosted = memory.host is not None and number - memory.host_sentence <= _ROUND
    return hosted or (bool(memory.last_told) and number - memory.last_sentence <= 1)


def they_were(hit: Hit) -> Built | None:
    """A met separately with three presidents. They were B, C and D."""
    those = hit.scene.items[hit.at("word")]
    return turn(hit) if those.text.casefold() == "they" and hit.scene.memory.host is not None else None


def received_too(hit: Hit) -> Built | None:
    """B and C were hosted separately, by the one who met others just before."""
    return turn(hit) if _goes_on(hit) else None


def at_table(hit: Hit) -> Built | None:
    """Around the table were A, B and C."""
    people = hit.scene.people(hit.at("other"))
    if len(people) < 2:
        return None
    return [draft(hit, people, (hit.at("word"), Status.HELD, (hit.at("word"), last_index(hit, "other"))))]


def attended(hit: Hit) -> Built | None:
    """The talks were attended by A and B: of two sides, and no aides of those who held them."""
    noun, other = hit.at("noun"), hit.at("other")
    people = hit.scene.people(other)
    aides = set(hit.scene.memory.last_told) - set(people)
    if aides or len(people) < 2 or hit.scene.items[noun].text.casefold() in plain_words("of_many"):
        return None
    if noun_status(hit, noun, other) is not Status.HELD:
        return None
    return [draft(hit, people, (noun, Status.HELD, (noun, last_index(hit, "other"))))]


def led_sides(hit: Hit) -> Built | None:
    """A and B led their delegations at the talks."""
    noun, people = hit.at("noun"), hit.scene.people(hit.at("other"))
    led = hit.scene.items[hit.at("word")].text.casefold() in plain_words("leading_sides")
    if not led or len(people) < 2 or noun_status(hit, noun) is not Status.HELD:
        return None
    return [draft(hit, people, (noun, Status.HELD, (hit.at("other"), noun)))]


def of_visit(hit: Hit) -> Built | None:
    """A's visit opened with talks with B; A's programme included a meeting with B."""
    items, noun = hit.scene.items, hit.at("noun")
    told = items[hit.at("what") + 1 : noun]
    built = of_with(hit)
    if any(item.text.casefold() in plain_words("lists") for item in told):
        for each in built or ():
            each.status = Status.PLANNED if each.status is Status.HELD else each.status
    return built


def they_joined(hit: Hit) -> Built | None:
    """They were joined by C: at the talks that were just told of."""
    verb, other = hit.at("verb"), hit.at("other")
    index = subject_of(hit.scene.items, verb)
    memory = hit.scene.memory
    if index is None or hit.scene.items[index].symbol != "G":
        return joined_by(hit)
    people = (*memory.last_told, *hit.scene.people(other))
    if len(memory.last_told) != len(set(people)) - 1 or hit.scene.sentence.number - memory.last_sentence > 1:
        return None
    return [draft(hit, people, (verb, Status.HELD, (index, last_index(hit, "other"))))]
