"""Contacts told by what host and guest do: A received B, called on B, hosted a dinner for B, was received by B."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from kg.extract import modality
from kg.extract.beside import preceded
from kg.extract.clause import subject_after
from kg.extract.item import Item
from kg.extract.lexicon import plain_words
from kg.extract.rule import Hit
from kg.facts.contact.building import (
    Built,
    by_channel,
    channel_of,
    draft,
    first_of,
    last_index,
    noun_status,
    pairs,
    subject,
)
from kg.facts.contact.record import ContactKind
from kg.facts.contact.verbs import infinitive, met_or_will, passive, transitive, with_other
from kg.model.fact import Status


def met(hit: Hit) -> Built | None:
    """A met B; A will meet B; A called on B."""
    verb = hit.scene.items[hit.at("verb")]
    if verb.text.casefold().split()[-1] in plain_words("seeing") and _sees_do(hit):
        return None
    return _called_on(hit) if verb.is_word("called_on") else met_or_will(hit)


def met_then(hit: Hit) -> Built | None:
    """A met on Friday B: not "when they met on Friday, B smiled", nor "they met in the town B comes from"."""
    items, end = hit.scene.items, last_index(hit, "other") + 1
    index, acting = subject(hit, hit.at("verb"))
    if index is None or len(acting) != 1 or not _parts(items, hit.at("other")):
        return None
    following = items[end] if end < len(items) else None
    if following is not None and (following.is_word("verb", "said", "possessive", "held", "aux", "met")):
        return None
    return met_or_will(hit)


def _parts(items: Sequence[Item], other: int) -> bool:
    """Whether a day, a town or "here" stands before the one met, no preposition."""
    before = other - 1
    while before and items[before].is_word("the", "his", "visiting"):
        before -= 1
    return items[before].symbol in "TL" or items[before].is_word("same_day", "also")


def _sees_do(hit: Hit) -> bool:
    """Whether somebody is seen doing something or seen off, not met: "saw X leave"."""
    end = last_index(hit, "other") + 1
    items = hit.scene.items
    following = items[end] if end < len(items) else None
    return following is not None and (
        following.text.casefold() in plain_words("seen_to_go")
        or (following.symbol == "w" and following.text.endswith("ing"))
        or following.is_word("as", "verb", "possessive", "to")
    )


def call_on(hit: Hit) -> Built | None:
    """A is to call on B: not on B to do something."""
    return by_channel(_called_on(hit), ContactKind.MEETING)


def _called_on(hit: Hit) -> Built | None:
    """A called on B: not to do something."""
    items, end = hit.scene.items, last_index(hit, "other") + 1
    if end + 1 < len(items) and items[end].symbol == "," and items[end + 1].is_word("and"):
        end += 1  # "calls on X, and on Y, to settle"
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


def paid_call(hit: Hit) -> Built | None:
    """A paid a call the same day on B; A made a phone call yesterday to B."""
    noun = hit.scene.items[hit.at("noun")].text.casefold()
    if hit.scene.items[hit.at("verb")].text.casefold() not in plain_words("paying") or not noun.endswith(
        ("call", "calls", "visit")
    ):
        return None
    by_phone = "phone" in noun or hit.scene.items[hit.at("other") - 1].is_word("to")
    return by_channel(transitive(hit), ContactKind.PHONE if by_phone else ContactKind.MEETING)


def paid_whom(hit: Hit) -> Built | None:
    """A paid B a courtesy call."""
    noun = hit.scene.items[hit.at("noun")].text.casefold()
    paying = hit.scene.items[hit.at("verb")].text.casefold() in plain_words("paying")
    if not paying or not noun.endswith(("call", "visit")):
        return None
    return by_channel(transitive(hit), ContactKind.MEETING)


def paid_call_by(hit: Hit) -> Built | None:
    """A was paid a farewell call by B."""
    noun = hit.scene.items[hit.at("noun")].text.casefold()
    if hit.scene.items[hit.at("verb")].text.casefold() not in plain_words("paying") or not noun.endswith("call"):
        return None
    return by_channel(passive(hit), ContactKind.MEETING)


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
    items, noun = hit.scene.items, hit.at("noun")
    verb = items[hit.at("verb")]
    joined = next((item for item in items[noun + 1 : hit.at("other")] if item.is_word("with", "for", "to")), verb)
    as_talks = verb.is_word("held") and not verb.is_word("received") and items[noun].is_word("talks")
    if as_talks and joined.is_word("with"):
        return None  # "had breakfast with B": told as talks that were held
    bare = verb.is_word("receive", "holding") and not verb.is_word("received", "held")
    return infinitive(hit) if bare else transitive(hit)


def joined(hit: Hit) -> Built | None:
    """A joined B for talks; A expects B for talks."""
    verb = hit.at("verb")
    if hit.scene.items[verb].is_word("awaits"):
        index, acting = subject(hit, verb)
        span = (first_of(index, verb), last_index(hit, "other"))
        return pairs(hit, acting, hit.at("other"), (verb, Status.PLANNED, span)) if acting else None
    built = infinitive(hit) if hit.scene.items[verb].text.casefold() == "join" else transitive(hit)
    if built and len(built) > 1:  # "joined A and B for talks": at one table
        people = dict.fromkeys(figure for each in built for figure in each.people)
        built = [draft(hit, tuple(people), (verb, built[0].status, (verb, last_index(hit, "other"))))]
    return by_channel(built, channel_of(hit.scene.items, hit.at("noun")))


def opening_passive(hit: Hit) -> Built | None:
    """Received on Friday by B, A spoke."""
    verb, acting = hit.at("verb"), hit.at("subject")
    if not hit.scene.items[verb].initial:
        return None
    span = (verb, last_index(hit, "other"))
    return pairs(hit, hit.scene.people(acting), hit.at("other"), (verb, Status.HELD, span))


def among_those(hit: Hit) -> Built | None:
    """Among those A met in C was B."""
    acting = hit.at("verb") - 1
    if not _is_among(hit) or hit.scene.items[acting].symbol not in "PR":
        return None
    return with_other(hit, acting, hit.scene.people(acting))


def _is_among(hit: Hit) -> bool:
    """Whether the words before the verb tell of one among several: "among the guests"."""
    return any(item.text.casefold() == "among" for item in hit.scene.items[: hit.at("verb")])


def spent_with(hit: Hit) -> Built | None:
    """A spent an hour with B."""
    items = hit.scene.items[hit.at("verb") : hit.at("other")]
    if items[0].is_word("held") and items[0].text.casefold() not in plain_words("having_guests"):
        return None
    if not any(
        (item.symbol in "UT" and items[0].is_word("spent"))
        or item.symbol == "U"
        or item.text.casefold() in plain_words("spells")
        or (item.text.casefold() == "while" and before.is_word("an"))
        for before, item in pairwise(items)
    ):
        return None
    return with_other(hit, *subject(hit, hit.at("verb")))


def among_received(hit: Hit) -> Built | None:
    """Among the guests received by A was B."""
    if not _is_among(hit):
        return None
    verb = hit.at("verb")
    span = (verb, last_index(hit, "other"))
    return pairs(hit, hit.scene.people(hit.at("acting")), hit.at("other"), (verb, Status.HELD, span))


def whom_met(hit: Hit) -> Built | None:
    """A praised B, whom she met in C."""
    acting, verb = hit.at("acting"), hit.at("verb")
    status = modality.of_verb(hit.scene.items, acting, verb)
    if status is None:
        return None
    return pairs(hit, hit.scene.people(acting), hit.at("other"), (verb, status, (hit.at("other"), verb)))


def joined_by(hit: Hit) -> Built | None:
    """A was joined for breakfast by B; A and B were joined at the table by C."""
    items, verb = hit.scene.items, hit.at("verb")
    between = items[verb : hit.at("other")]
    if not any(i.is_word("talks", "meeting", "call", "video") or i.text in plain_words("tables") for i in between):
        return None
    return with_other(hit, *subject(hit, verb))


def joined_by_for(hit: Hit) -> Built | None:
    """A and B were joined on screen by C for a video conference."""
    return by_channel(with_other(hit, *subject(hit, hit.at("verb"))), channel_of(hit.scene.items, hit.at("noun")))


def and_delegation(hit: Hit) -> Built | None:
    """A and a delegation headed by B held talks."""
    acting, verb, noun = hit.at("subject"), hit.at("verb"), hit.at("noun")
    status = modality.of_verb(hit.scene.items, acting, verb)
    if status is None:
        return None
    return pairs(hit, hit.scene.people(acting), hit.at("other"), (noun, status, (acting, noun)))


def joint_press(hit: Hit) -> Built | None:
    """A told a joint news conference with B."""
    noun, other = hit.at("noun"), hit.at("other")
    index, acting = subject(hit, noun)
    if not acting:
        index = subject_after(hit.scene.items, last_index(hit, "other"))
        acting = hit.scene.people(index) if index is not None else ()
    if not acting or noun_status(hit, noun, other) is not Status.HELD:
        return None
    return pairs(hit, acting, other, (noun, Status.HELD, (first_of(index, noun), last_index(hit, "other"))))


def joint_press_together(hit: Hit) -> Built | None:
    """A told a joint news conference that he and B had agreed."""
    noun, pair = hit.at("noun"), hit.at("pair")
    people = hit.scene.people(pair)
    if len(people) != 2 or noun_status(hit, noun, max(noun, pair)) is not Status.HELD:
        return None
    return [draft(hit, people, (noun, Status.HELD, (min(noun, pair), max(noun, pair))))]
