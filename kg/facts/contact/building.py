"""What builders of contacts share: the subject, the channel, the format, one draft or one for each pair."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract import outcome
from kg.extract.among import has_word
from kg.extract.clause import clause_begin, subject_of
from kg.extract.item import Item
from kg.extract.lexicon import plain_words
from kg.extract.register import Figure
from kg.extract.rule import Hit
from kg.facts.contact.draft import Draft
from kg.facts.contact.record import ContactFormat, ContactKind
from kg.facts.contact.speaker import in_first_person, is_of_speaker, speaker_before, speaker_of
from kg.model.fact import Status

Built = list[Draft]
Told = tuple[int, Status, tuple[int, int]]  # trigger, status, indexes of the first and last item


def subject(hit: Hit, at: int) -> tuple[int | None, tuple[Figure, ...]]:
    """Index and figures of the subject of the verb at this index."""
    index = speaker_of(hit.scene.items, at)
    if index is None and in_first_person(hit.scene.items, at):
        return None, speaker_before(hit, at)
    if index is None and is_of_speaker(hit.scene.items, at):
        return None, ()
    index = subject_of(hit.scene.items, at) if index is None else index
    index = _heads_delegation(hit.scene.items, at) if index is None else index
    if index is None:
        return None, ()
    return index, _who_also(hit, index, at) or hit.scene.people(index)


def _who_also(hit: Hit, index: int, at: int) -> tuple[Figure, ...]:
    """Whom "they" means who "also met X": those who met somebody in the sentence before, without him."""
    items, memory = hit.scene.items, hit.scene.memory
    together, told = memory.hosts
    if not together or hit.scene.sentence.number - told != 1 or items[index].text.casefold() != "they":
        return ()
    return together if has_word(items[index + 1 : at + 1], "also") else ()


def _heads_delegation(items: Sequence[Item], at: int) -> int | None:
    """The index of the one who led the delegation that is the subject: "a delegation led by X met"."""
    for left in range(at - 1, max(0, at - 6), -1):
        if items[left].symbol in "PR" and items[left - 1].is_word("led_by"):
            opens = items[max(0, left - 8) : left - 1]
            return left if has_word(opens, "delegation") else None
        if items[left].is_word("verb", "said") and not items[left].is_word("aux"):
            return None
    return None


def noun_status(hit: Hit, noun: int, end: int | None = None) -> Status | None:
    """The status of the talks named at this index, in their clause and up to ``end``, else to the sentence's end."""
    items = hit.scene.items
    return outcome.of_noun(items, clause_begin(items, noun), noun, len(items) if end is None else end)


def by_channel(built: Built | None, kind: ContactKind | None) -> Built | None:
    """The contacts, each by this channel."""
    for each in built or ():
        each.kind = kind
    return built


def first_of(index: int | None, trigger: int) -> int:
    """Where the words of a contact begin: at a subject before its trigger, else at the trigger."""
    return index if index is not None and index < trigger else trigger


def last_index(hit: Hit, slot: str) -> int:
    """The index of a slot's last item."""
    return hit.match.found.end(slot) - 1


def channel_of(items: Sequence[Item], trigger: int) -> ContactKind | None:
    """By which channel: from the trigger's own word, then from a phrase beside it."""
    word = items[trigger]
    if word.is_word("video"):
        return ContactKind.VIDEO
    if word.is_word("call", "phoned", "phone_from", "by_phone"):
        return ContactKind.PHONE
    near = (*items[max(0, trigger - 4) : trigger], *_up_to_next(items[trigger : trigger + 14]))
    beside = next(filter(None, map(_channel, near)), None) if has_word(near, "by_video", "by_phone") else None
    if word.text.casefold() in plain_words("may_be_calls") and not any(i.symbol in "LS" for i in items):
        return beside  # "had a conversation with X": the contact told before decides
    if word.is_word("talks", "meeting", "met", "received", "called_on", "sat", "shook", "received_passive"):
        return beside or ContactKind.MEETING
    return beside


def channel_in(items: Sequence[Item]) -> ContactKind | None:
    """By which channel one spoke with another: by telephone where the sentence tells no place."""
    if has_word(items, "by_phone", "call"):
        return ContactKind.PHONE
    if has_word(items, "by_video", "video"):
        return ContactKind.VIDEO
    if has_word(items, "reception"):
        return ContactKind.MEETING
    if any(item.symbol in "LS" or item.is_word("brief") for item in items):
        return None
    return ContactKind.PHONE


def _up_to_next(items: Sequence[Item]) -> Sequence[Item]:
    """The words of one contact, as far as the verb of the next one."""
    for at, item in enumerate(items[2:], 2):
        if item.is_word("spoke", "met", "received", "phoned") or item.symbol == ";":
            return items[:at]
    return items


def _channel(item: Item) -> ContactKind | None:
    text = item.text.casefold()
    if item.is_word("by_video") and text != "video":
        return ContactKind.VIDEO
    if item.is_word("by_phone") and text not in plain_words("mere_phone"):
        return ContactKind.PHONE
    return None


def format_of(items: Sequence[Item], trigger: int, people: int) -> ContactFormat:
    """Between how many sides, or how informally."""
    if items[trigger].is_word("shook") or _is_brief(items, trigger):
        return ContactFormat.ENCOUNTER
    if people == 2:
        return ContactFormat.BILATERAL
    return ContactFormat.TRILATERAL if people == 3 else ContactFormat.MULTILATERAL


def _is_brief(items: Sequence[Item], trigger: int) -> bool:
    if has_word(items[max(0, trigger - 6) : trigger + 4], "brief"):
        return True
    behind = items[trigger + 1 : trigger + 12]
    for item in behind if has_word(behind, "brief") else ():
        if item.symbol == ";" or item.is_word("and", "but"):
            return False
        if item.is_word("brief"):
            return True
    return False


def draft(hit: Hit, people: Sequence[Figure], told: Told) -> Draft:
    """The contact of these people as these words tell it."""
    trigger, status, (first, last) = told
    begin, end = hit.scene.span(max(0, first), last)
    items = hit.scene.items
    once = tuple(dict.fromkeys(people))
    first_time = has_word(items[max(0, trigger - 5) : trigger], "first_meeting")
    since = first_time and any(item.text.casefold().startswith("since") for item in items[trigger : trigger + 8])
    return Draft(
        kind=channel_of(items, trigger), status=status, people=once, rule=hit.rule, begin=begin, end=end,
        sentence=hit.scene.sentence.number, trigger=trigger, headline=hit.scene.is_headline,
        format=format_of(items, trigger, len(once)),
        first=first_time and not since,
        history=has_word(items[max(0, trigger - 4) : trigger + 1], "history"),
    )  # fmt: skip


def pairs(hit: Hit, acting: Sequence[Figure], other: int, told: Told) -> Built | None:
    """The contacts of a subject with those at ``other``: one with each, or one of all."""
    others = [figure for figure in hit.scene.people(other) if figure not in acting]
    begins_clause = hit.scene.items[other].text.casefold().startswith("that ")  # "hosted the summit that X skipped"
    if not acting or not others or begins_clause or _is_owner(hit, other):
        return None
    trigger = told[0]
    if len(acting) > 1 and told[1] is Status.HELD:
        hit.scene.memory.hosts = tuple(acting), hit.scene.sentence.number
    if len(acting) > 1 and len(others) == 1 and _are_apart(hit, trigger):
        return _numbered([draft(hit, (each, *others), told) for each in acting])
    if len(acting) == len(others) > 1 and _are_in_order(hit, other):
        return [draft(hit, two, told) for two in zip(acting, others, strict=True)]
    one_side = len(acting) == 1 or len({figure.country for figure in acting}) == 1
    if one_side and len(others) > 1 and _are_separate(hit, trigger, other):
        drafts = [draft(hit, (*acting, each), told) for each in others]
        return _numbered(drafts) if _are_in_order(hit, other) else drafts
    return [draft(hit, (*acting, *others), told)]


def _are_in_order(hit: Hit, other: int) -> bool:
    """Whether the first meets the first, the second the second: "A and B were received by C and D, respectively"."""
    return any(item.text.casefold() == "respectively" for item in hit.scene.items[other:])


def _numbered(drafts: Built) -> Built:
    """The drafts, each with the number of the time that is its own."""
    for number, each in enumerate(drafts):
        each.number = number
    return drafts


def _are_separate(hit: Hit, trigger: int, other: int) -> bool:
    """Whether "A met B and C" is two meetings: yes, unless the words say that they met together."""
    items = hit.scene.items
    before = items[max(0, trigger - 4) : other]
    if has_word((*before, *items[other + 1 : other + 6]), "separately") or " with " in items[other].text:
        return True  # "with B and with C"
    if has_word(before, "trilateral", "together"):
        return False
    if items[trigger].text.casefold() in plain_words("at_one_table") or _is_single(items, trigger):
        return False
    after = items[other + 1 : other + 7]
    return not any(
        item.text.casefold() in plain_words("jointly")
        or (item.is_word("together") and has_word(after[at : at + 2], "talks", "meeting"))
        for at, item in enumerate(after)
    )


def _is_single(items: Sequence[Item], trigger: int) -> bool:
    """Whether the words name one call or one meeting with several: "a videoconference with A and B"."""
    noun = items[trigger]
    meal = noun.text.casefold().endswith(("lunch", "dinner", "breakfast"))
    if not (meal or noun.is_word("call", "video", "meeting")) or noun.text.casefold().endswith("s"):
        return False
    before = items[max(0, trigger - 5) : trigger]
    return any(item.text.casefold() in {"a", "an"} for item in before)


def _is_owner(hit: Hit, other: int) -> bool:
    """Whether the one met is only named as an owner: "met X's father"."""
    items = hit.scene.items
    return other + 1 < len(items) and (items[other + 1].is_word("possessive") or items[other + 1].symbol == "'")


def _are_apart(hit: Hit, trigger: int) -> bool:
    """Whether several people met the same one each for himself: "respectively", "separate calls"."""
    items = hit.scene.items
    if "separate" in items[trigger].text or items[trigger].text.casefold().endswith(("calls", "conversations")):
        return True
    return has_word(items[max(0, trigger - 4) : trigger + 16], "separately")
