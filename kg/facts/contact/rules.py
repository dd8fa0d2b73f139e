"""The rules of contacts: who met, received, called or spoke with whom; modality is decided before anything is built."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.extract import modality
from kg.extract.clause import PEOPLE, clause_begin, subject_after, subject_of
from kg.extract.item import Item
from kg.extract.refer import Those
from kg.extract.register import Figure
from kg.extract.rule import Hit, Rule
from kg.facts.contact.draft import Draft
from kg.facts.contact.record import ContactFormat, ContactKind
from kg.model.fact import Status

# What may stand between a verb and the one it is done with: no other party, no verb, no new clause.
_LOOSE: Final = "<^P|Q|R|G|;|:|and|but|who|which|verb|said|met|held|talks|meeting|call|where|while|possessive>{0,12}"
_ADJ: Final = "<summit_noun|adjective|an|the|also|A|C|U|0|w|N|S|O|T|first_meeting|brief|trilateral|together|visiting|-|,|and|L|his|possessive|of|leading|two|three|four>{0,9}"
_NOUN: Final = "noun=(<talks|meeting|call|video>)"
_BY: Final = "(via=(<by_phone|by_video>))?"
_OTHER: Final = "other=(<P|Q|R>)"
_WITH: Final = "<with|between>"
_COUNTED: Final = frozenset("second third fourth fifth sixth seventh eighth ninth tenth".split())
_OPENING: Final = 5  # a noun so early in its sentence has no subject before it: the last sentence's is meant


def _several(figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """Each figure once, in order."""
    return tuple(dict.fromkeys(figures))


def _subject(hit: Hit, at: int) -> tuple[int | None, tuple[Figure, ...]]:
    """Index and figures of the subject of the verb at this index."""
    index = subject_of(hit.scene.items, at)
    if index is None:
        return None, ()
    return index, hit.scene.people(index)


def _kind(hit: Hit, trigger: int) -> ContactKind | None:
    """By which channel: from the trigger's own word, then from a phrase beside it."""
    items = hit.scene.items
    word = items[trigger]
    if word.is_word("video"):
        return ContactKind.VIDEO
    if word.is_word("call", "phoned", "phone_from", "by_phone"):
        return ContactKind.PHONE
    if word.is_word("talks", "meeting", "met", "received", "called_on", "sat", "shook", "received_passive"):
        near = items[max(0, trigger - 4) : trigger + 14]
        return next(filter(None, map(_channel, near)), ContactKind.MEETING)
    for item in items[max(0, trigger - 4) : trigger + 14]:
        channel = _channel(item)
        if channel is not None:
            return channel
    return None


def _channel(item: Item) -> ContactKind | None:
    text = item.text.casefold()
    if item.is_word("by_video") and text != "video":
        return ContactKind.VIDEO
    if item.is_word("by_phone") and text not in {"phone", "telephone", "call", "the line", "a phone call"}:
        return ContactKind.PHONE
    return None


def _format(hit: Hit, trigger: int, people: int) -> ContactFormat:
    items = hit.scene.items
    near = items[max(0, trigger - 6) : trigger + 4]
    if items[trigger].is_word("shook", "brief") or any(item.is_word("brief") for item in near):
        return ContactFormat.ENCOUNTER
    after = items[trigger + 1 : trigger + 12]
    for item in after:
        if item.symbol in ";" or item.is_word("and", "but"):
            break
        if item.is_word("brief"):
            return ContactFormat.ENCOUNTER
    if people == 2:
        return ContactFormat.BILATERAL
    return ContactFormat.TRILATERAL if people == 3 else ContactFormat.MULTILATERAL


def _draft(hit: Hit, trigger: int, status: Status, people: Sequence[Figure], span: tuple[int, int]) -> Draft:
    first, last = span
    begin, end = hit.scene.span(max(0, first), last)
    items = hit.scene.items
    near = items[max(0, trigger - 5) : trigger]
    since = any(item.text.casefold().startswith("since") for item in items[trigger : trigger + 8])
    draft = Draft(
        kind=_kind(hit, trigger), status=status, people=_several(people), rule=hit.rule, begin=begin, end=end,
        sentence=hit.scene.sentence.number, trigger=trigger, headline=hit.scene.is_headline,
        format=_format(hit, trigger, len(_several(people))),
        first=any(item.is_word("first_meeting") for item in near) and not since,
        history=any(item.is_word("history") for item in items[max(0, trigger - 4) : trigger + 1]),
    )  # fmt: skip
    draft.antecedents = tuple(f.spans[0] for f in draft.people if f.spans and not begin <= f.spans[0][0] < end)
    return draft


def _separate(hit: Hit, trigger: int, other: int) -> bool:
    """Whether "A met B and C" is two meetings: yes, unless the words say that they met together."""
    items = hit.scene.items
    before = items[max(0, trigger - 4) : other]
    if any(item.is_word("separately") for item in (*before, *items[other + 1 : other + 6])):
        return True
    if any(item.is_word("trilateral", "together") for item in before):
        return False
    after = items[other + 1 : other + 7]
    return not any(
        item.text.casefold() in {"together", "jointly", "collectively"}
        or (item.is_word("together") and after[at + 1 : at + 2] and after[at + 1].is_word("talks", "meeting"))
        for at, item in enumerate(after)
    )


def _is_owner(hit: Hit, other: int) -> bool:
    """Whether the one met is only named as an owner: "met X's father"."""
    items = hit.scene.items
    return other + 1 < len(items) and (items[other + 1].is_word("possessive") or items[other + 1].symbol == "'")


def _apart(hit: Hit, trigger: int) -> bool:
    """Whether several people met the same one each for himself: "respectively", "separate calls"."""
    items = hit.scene.items
    if "separate" in items[trigger].text:
        return True
    return any(item.is_word("separately") for item in items[max(0, trigger - 4) : trigger + 16])


def _last_index(hit: Hit, slot: str) -> int:
    return hit.match.found.end(slot) - 1


Built = list[Draft]


def _pairs(
    hit: Hit, trigger: int, status: Status, subject: Sequence[Figure], other: int, span: tuple[int, int]
) -> Built | None:
    """The contacts of a subject with those at ``other``: one with each, or one of all."""
    others = [f for f in hit.scene.people(other) if f not in subject]
    if not subject or not others or _is_owner(hit, other):
        return None
    if len(subject) > 1 and len(others) == 1 and _apart(hit, trigger):
        drafts = [_draft(hit, trigger, status, (each, *others), span) for each in subject]
        for number, draft in enumerate(drafts):
            draft.number = number
        return drafts
    one_side = len(subject) == 1 or len({figure.country for figure in subject}) == 1
    if one_side and len(others) > 1 and _separate(hit, trigger, other):
        drafts = [_draft(hit, trigger, status, (*subject, each), span) for each in others]
        if any(item.text.casefold() == "respectively" for item in hit.scene.items[other:]):
            for number, draft in enumerate(drafts):
                draft.number = number
        return drafts
    return [_draft(hit, trigger, status, (*subject, *others), span)]


def _transitive(hit: Hit) -> Built | None:
    """A met (with) B; A received B; A sat down with B; A phoned B."""
    trigger, other = hit.at("verb"), hit.at("other")
    index, subject = _subject(hit, trigger)
    if hit.scene.items[trigger].is_word("meeting_ing"):
        return _gerund(hit)
    if not subject and trigger and hit.scene.items[trigger - 1].is_word("having"):
        index = subject_after(hit.scene.items, _last_index(hit, "other"))
        subject = hit.scene.people(index) if index is not None else ()
    status = modality.of_verb(hit.scene.items, index, trigger)
    if status is None or not subject:
        return None
    first = index if index is not None and index < trigger else trigger
    return _pairs(hit, trigger, status, subject, other, (first, _last_index(hit, "other")))


def _infinitive(hit: Hit) -> Built | None:
    """A will meet B; A plans to hold talks with B; headlines: A and B meet."""
    trigger = hit.at("verb")
    items = hit.scene.items
    index, subject = _subject(hit, trigger)
    status = modality.of_verb(items, index, trigger)
    if status is None:
        return None
    if status is Status.HELD and not _is_present(hit, index, trigger):
        return None
    first = index if index is not None and index < trigger else trigger
    if hit.match.has("other"):
        return _pairs(hit, trigger, status, subject, hit.at("other"), (first, _last_index(hit, "other")))
    if len(subject) < 2:
        return None
    if hit.match.has("noun"):
        return [_draft(hit, hit.at("noun"), status, subject, (first, hit.at("noun")))]
    following = items[trigger + 1] if trigger + 1 < len(items) else None
    if items[trigger].is_word("holding") or (following is not None and _is_object(following)):
        return None
    return [_draft(hit, trigger, status, subject, (first, trigger))]


def _is_object(item: Item) -> bool:
    """Whether the word behind a verb is whom or what it is done to: "will meet reporters"."""
    if item.is_word("also", "brief", "in", "on", "at", "for"):
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


def _reciprocal(hit: Hit) -> Built | None:
    """A and B met; the two leaders held talks."""
    trigger = hit.at("verb")
    items = hit.scene.items
    index = subject_of(items, trigger)
    if index is None or items[index].symbol not in "QG":
        return None
    following = items[hit.match.found.end()] if hit.match.found.end() < len(items) else None
    if following is not None and (following.symbol in "PQRN" or following.is_word("with", "people_noun")):
        return None
    if not hit.match.has("noun") and following is not None and items[trigger].is_word("met") and _is_object(following):
        return None
    subject = hit.scene.people(index)
    status = modality.of_verb(items, index, trigger)
    if status is None or len(subject) < 2:
        return None
    noun = hit.at("noun") if "noun" in hit.match.found.re.groupindex else -1
    built = _draft(hit, noun if noun >= 0 else trigger, status, subject, (index, hit.match.found.end() - 1))
    built.trigger = trigger
    return [built]


def _held(hit: Hit) -> Built | None:
    """A held talks with B."""
    trigger, noun, other = hit.at("verb"), hit.at("noun"), hit.at("other")
    items = hit.scene.items
    index, subject = _subject(hit, trigger)
    status = modality.of_verb(items, index, trigger)
    if status is None or not subject:
        return None
    if items[trigger].is_word("holding") and not items[trigger].is_word("held") and status is Status.HELD:
        if not _follows(hit, trigger, "after", "during", "before", "while", "by", "and"):
            return None
    if any(item.is_word("no", "report_no") for item in items[trigger:noun]):
        return None
    first = index if index is not None and index < trigger else trigger
    built = _pairs(hit, noun, status, subject, other, (first, _last_index(hit, "other")))
    for draft in built or ():
        draft.trigger = noun
    return built


def _follows(hit: Hit, at: int, *classes: str) -> bool:
    return at > 0 and hit.scene.items[at - 1].is_word(*classes)


def _gerund(hit: Hit) -> Built | None:
    """After meeting B in C, A said; A flew home after meeting B."""
    trigger, other = hit.at("verb"), hit.at("other")
    items = hit.scene.items
    governor = items[trigger - 1] if trigger else None
    if governor is None or not (
        governor.is_word("after", "before", "while", "by", "of", "in", "on", "for") or governor.symbol == ","
    ):
        return None
    index = subject_of(items, trigger)
    if index is None:
        index = subject_after(items, _last_index(hit, "other"))
    if index is None:
        return None
    status = modality.of_verb(items, index if index < trigger else None, trigger)
    if governor.is_word("for", "of") and not governor.is_word("after"):
        return None
    if status is None:
        return None
    return _pairs(hit, trigger, status, hit.scene.people(index), other, (trigger, _last_index(hit, "other")))


def _nominal(hit: Hit) -> Built | None:
    """His talks with B; a phone call between A and B."""
    noun, other = hit.at("noun"), hit.at("other")
    items = hit.scene.items
    if items[noun].is_word("called") and not items[noun].is_word("call"):
        return None
    if (
        noun
        and items[noun - 1].text.casefold() in _COUNTED
        and items[max(0, noun - 2)].is_word("possessive", "their", "his")
    ):
        return None
    begin = clause_begin(items, noun)
    status = modality.of_noun(items, begin, noun, len(items))
    if status is None:
        return None
    others = hit.scene.people(other)
    span = (noun, _last_index(hit, "other"))
    if any(item.is_word("between") for item in items[noun:other]) or (
        len(others) > 1 and items[other - 1].is_word("of")
    ):
        return [_draft(hit, noun, status, others, span)] if len(others) > 1 else None
    subject = _owner(hit, noun) or _subject(hit, noun)[1]
    if not subject:
        index = subject_after(items, _last_index(hit, "other"))
        subject = hit.scene.people(index) if index is not None else ()
    if not subject and noun < _OPENING:
        subject = _protagonist(hit)
    return _pairs(hit, noun, status, subject, other, span)


def _protagonist(hit: Hit) -> tuple[Figure, ...]:
    """Whose meeting "A meeting with X" is: of the one whom the text has named most; of the last subject where it is even."""
    figures = [f for f in hit.scene.register.figures if f.spans and f.office_kind != "spokesperson"]
    before = hit.scene.memory.before
    if not figures:
        return ()
    most = max(len(f.spans) for f in figures)
    leading = [f for f in figures if len(f.spans) == most]
    if before is not None and (before in leading or len(leading) > 1):
        return (before,)
    return (leading[0],)


def _owner(hit: Hit, noun: int) -> tuple[Figure, ...]:
    """Whose talks: "his", "their", "Lee's" before the noun."""
    items = hit.scene.items
    for at in range(noun - 1, max(-1, noun - 8), -1):
        item = items[at]
        if item.is_word("his") and isinstance(item.value, Figure):
            return (item.value,)
        if item.is_word("possessive") and at and items[at - 1].symbol in PEOPLE:
            return hit.scene.people(at - 1)
        if item.is_word("with", "of", "after", "in", "during", "on", "at") or item.symbol in PEOPLE:
            break
    return ()


def _theirs(hit: Hit) -> Built | None:
    """Their first in-person talks; the two leaders' meeting."""
    noun = hit.at("noun")
    items = hit.scene.items
    poss = hit.at("poss")
    item = items[poss]
    if item.symbol in PEOPLE:
        people = hit.scene.people(poss)
    else:
        index = subject_of(items, poss)
        people = hit.scene.people(index) if index is not None else ()
        if len(people) < 2:
            people = hit.scene.those(poss, Those(0, sides=False))
    if len(people) < 2:
        return None
    status = modality.of_noun(items, clause_begin(items, noun), noun, len(items))
    if status is None:
        return None
    if any(item.text.casefold() in _COUNTED for item in items[poss:noun]):
        return None  # "their second meeting this year" counts one that is told elsewhere
    draft = _draft(hit, noun, status, people, (poss, noun))
    if items[noun].is_word("talks") and draft.kind is ContactKind.MEETING and status is Status.HELD:
        draft.kind = None  # "their talks" may have been by phone: the contact told before decides
    draft.definite = True
    return [draft]


def _call_of_those(hit: Hit) -> Built | None:
    """A phone call last week: of those who were just told of, where the sentence names nobody else."""
    noun = hit.at("noun")
    items = hit.scene.items
    word = items[noun].text.casefold()
    if not word.endswith(("call", "conversation")) or word in {"call", "a call"}:
        return None
    if any(item.symbol in "PQRN" for item in items):
        return None
    people = hit.scene.those(noun, Those(0, sides=False))
    status = modality.of_noun(items, clause_begin(items, noun), noun, len(items))
    if len(people) < 2 or status is not Status.HELD:
        return None
    return [_draft(hit, noun, status, people, (hit.match.found.start(), noun))]


def _opening_participle(hit: Hit) -> Built | None:
    """Meeting in X on Friday, A and B said."""
    verb, other = hit.at("verb"), hit.at("other")
    item = hit.scene.items[verb]
    if not item.initial or (
        item.is_word("speaking") and not any(i.is_word("by_phone", "by_video") for i in hit.scene.items[verb:other])
    ):
        return None
    people = hit.scene.people(other)
    return [_draft(hit, verb, Status.HELD, people, (verb, other))] if len(people) > 1 else None


def _reception(hit: Hit) -> Built | None:
    """A hosted a dinner for B."""
    verb = hit.scene.items[hit.at("verb")]
    bare = verb.is_word("receive", "holding") and not verb.is_word("received", "held")
    return _infinitive(hit) if bare else _transitive(hit)


def _discussed(hit: Hit) -> Built | None:
    """A and B discussed something by telephone."""
    subject, verb = hit.at("subject"), hit.at("verb")
    people = hit.scene.people(subject)
    if len(people) < 2 or modality.of_verb(hit.scene.items, subject, verb) is not Status.HELD:
        return None
    draft = _draft(hit, verb, Status.HELD, people, (subject, _last_index(hit, "via")))
    draft.kind = ContactKind.VIDEO if hit.match.any("via", "by_video") else ContactKind.PHONE
    return [draft]


def _discussed_with(hit: Hit) -> Built | None:
    """A discussed something with B by telephone."""
    built = _transitive(hit)
    for draft in built or ():
        draft.kind = ContactKind.VIDEO if hit.match.any("via", "by_video") else ContactKind.PHONE
    return built


def _counted(hit: Hit) -> Built | None:
    """A third meeting, planned for May, was called off: one more of those who were just told of."""
    noun, verb = hit.at("noun"), hit.at("verb")
    items = hit.scene.items
    if hit.match.slot("count")[0].text.casefold() not in _COUNTED:
        return None
    if any(item.is_word("not", "hypothetical") for item in items[noun:verb]):
        return None
    people = hit.scene.those(noun, Those(0, sides=False))
    status = Status.CANCELLED if items[verb].is_word("cancelled") else Status.POSTPONED
    return [_draft(hit, noun, status, people, (hit.match.found.start(), verb))] if len(people) > 1 else None


_GREMIUM: Final = frozenset(
    "cabinet party council security government annual general board commission committee".split()
)


def _opening_noun(hit: Hit) -> Built | None:
    """During a meeting in X on Friday, A and B said: of them, where the sentence opens so."""
    opening, noun, other = hit.at("opening"), hit.at("noun"), hit.at("other")
    items = hit.scene.items
    if opening > 1 or any(item.text.casefold() in _GREMIUM for item in items[opening:noun]):
        return None
    people = hit.scene.people(other)
    return [_draft(hit, noun, Status.HELD, people, (opening, other))] if len(people) > 1 else None


def _passive(hit: Hit) -> Built | None:
    """B was received by A."""
    trigger, other = hit.at("verb"), hit.at("other")
    index, subject = _subject(hit, trigger)
    status = modality.of_verb(hit.scene.items, index, trigger)
    if status is None or not subject:
        return None
    first = index if index is not None and index < trigger else trigger
    return _pairs(hit, trigger, status, subject, other, (first, _last_index(hit, "other")))


def _received(hit: Hit) -> Built | None:
    """A received B, hosted B, welcomed B: not a decision, a phone call or a letter of his."""
    items = hit.scene.items
    end = _last_index(hit, "other") + 1
    following = items[end] if end < len(items) else None
    if following is not None and following.is_word("possessive"):
        return None
    if following is not None and following.symbol == '"':
        return None
    return _transitive(hit)


def _called_on(hit: Hit) -> Built | None:
    end = _last_index(hit, "other") + 1
    items = hit.scene.items
    if end < len(items) and items[end].is_word("to", "possessive", "and"):
        return None
    return _transitive(hit)


def _spoke(hit: Hit) -> Built | None:
    built = _transitive(hit)
    for draft in built or ():
        if draft.kind is None:
            near = hit.scene.items
            if any(i.is_word("by_phone", "call") for i in near):
                draft.kind = ContactKind.PHONE
            elif any(i.is_word("by_video", "video") for i in near):
                draft.kind = ContactKind.VIDEO
            elif not any(i.symbol in "LS" or i.is_word("brief") for i in near):
                draft.kind = ContactKind.PHONE  # "spoke with", and nothing of a place where they both were
    return built


def _spoke_together(hit: Hit) -> Built | None:
    built = _reciprocal(hit)
    for draft in built or ():
        if draft.kind is None:
            return None
    return built


def _phoned(hit: Hit) -> Built | None:
    built = _transitive(hit)
    for draft in built or ():
        draft.kind = ContactKind.PHONE
    return built


def _call_from(hit: Hit) -> Built | None:
    """A received a birthday call from B."""
    items = hit.scene.items
    if items[hit.at("verb")].text.casefold() not in {"received", "receives", "got", "took", "takes", "had", "gets"}:
        return None
    if not any(item.is_word("from") for item in items[hit.at("noun") : hit.at("other")]):
        return None
    after = items[_last_index(hit, "other") + 1 : _last_index(hit, "other") + 2]
    if after and after[0].is_word("for", "to"):
        return None
    noun = items[hit.at("noun")]
    by_phone = noun.is_word("call") and not noun.is_word("talks", "trip")
    if not by_phone and noun.text.casefold() not in {"courtesy call", "visit", "courtesy visit"}:
        return None
    built = _phoned(hit) if by_phone else _transitive(hit)
    for draft in built or ():
        draft.trigger = hit.at("noun")
    return built


def _joined_noun(hit: Hit) -> Built | None:
    """The Novak-Horvat meeting."""
    noun, pair = hit.at("noun"), hit.at("pair")
    people = hit.scene.people(pair)
    status = modality.of_noun(hit.scene.items, clause_begin(hit.scene.items, noun), noun, len(hit.scene.items))
    if status is None or len(people) < 2:
        return None
    return [_draft(hit, noun, status, people, (pair, noun))]


def _restated(hit: Hit) -> Built | None:
    """ "The talks were cancelled": no participants of its own, a status for the contact told before."""
    noun, verb = hit.at("noun"), hit.at("verb")
    items = hit.scene.items
    status = Status.CANCELLED if items[verb].is_word("cancelled") else Status.POSTPONED
    if any(item.is_word("not", "hypothetical") for item in items[noun:verb]):
        return None
    draft = _draft(hit, noun, status, (), (hit.match.found.start(), verb))
    draft.format = None
    return [draft]


RULES: Final[tuple[Rule[Built], ...]] = (
    Rule(
        id="contact.restated",
        pattern="<the|their|his> <adjective|planned|A|S|w|first_meeting>{0,3} noun=(<talks|meeting|call|video|trip>) <aux|also|modal_future|adjective|history|planned|not>{0,4} verb=(<cancelled|postponed>)",
        trigger="noun",
        needs=("cancelled", "postponed"),
        build=_restated,
        example="Chilean President Anna Novak planned to meet Peruvian President Juan Horvat, but the talks were cancelled.",
        counter=("Chilean President Anna Novak met Peruvian President Juan Horvat. The talks were not cancelled.",),
    ),
    Rule(
        id="contact.received-by",
        pattern=f"verb=(<received_passive>) <the|also|visiting>{{0,2}} {_OTHER}",
        trigger="verb",
        needs=("received_passive",),
        build=_passive,
        example="Chilean President Anna Novak was received by Peruvian President Juan Horvat in Lima.",
        counter=("Chilean President Anna Novak was not received by Peruvian President Juan Horvat.",),
    ),
    Rule(
        id="contact.received-later-by",
        pattern=f"<be> <also|first_meeting|not|will_take_place>{{0,2}} verb=(<received|receive|met>) <^P|Q|R|;|.|verb|and|but>{{0,8}} <by> <the|visiting>{{0,2}} {_OTHER}",
        trigger="verb",
        needs=("received", "receive", "met"),
        build=_passive,
        example="Chilean President Anna Novak was welcomed in Lima on Friday by Peruvian President Juan Horvat.",
        counter=("Chilean President Anna Novak was welcomed in Lima on Friday by a crowd.",),
    ),
    Rule(
        id="contact.phone-from",
        pattern=f"verb=(<phone_from|phoned>) <the|visiting>{{0,2}} {_OTHER}",
        trigger="verb",
        needs=("phone_from", "phoned"),
        build=_phoned,
        example="Chilean President Anna Novak received a phone call from Peruvian President Juan Horvat.",
        counter=("Chilean President Anna Novak received a letter from Peruvian President Juan Horvat.",),
    ),
    Rule(
        id="contact.call-from",
        pattern=f"verb=(<received|held|verb>) <an|adjective|w|N|brief>{{1,5}} noun=(<call|talks|trip>) <from|w|adjective>{{1,2}} <the|visiting>{{0,2}} {_OTHER}",
        trigger="noun",
        needs=("call", "talks", "trip"),
        build=_call_from,
        example="Chilean President Anna Novak received a congratulatory phone call from Peruvian President Juan Horvat.",
        counter=("Chilean President Anna Novak rejected a call from Peruvian President Juan Horvat for new talks.",),
    ),
    Rule(
        id="contact.met",
        pattern=f"verb=(<met|meet|called_on>) <with|also|an|the|visiting|brief|separately|first_meeting|his|,>{{0,5}} {_OTHER}",
        trigger="verb",
        needs=("met", "meet", "called_on"),
        build=lambda hit: (
            _called_on(hit)
            if hit.scene.items[hit.at("verb")].is_word("called_on")
            else _infinitive(hit)
            if hit.scene.items[hit.at("verb")].is_word("meet")
            else _transitive(hit)
        ),
        example="Chilean President Anna Novak met Peruvian President Juan Horvat in Lima on Friday.",
        counter=("Chilean President Anna Novak did not meet Peruvian President Juan Horvat.",),
    ),
    Rule(
        id="contact.met-in-with",
        pattern=f"verb=(<met|meet|sat|shook>) {_LOOSE} {_WITH} <the|an|visiting|also>{{0,2}} {_OTHER}",
        trigger="verb",
        needs=("met", "meet", "sat", "shook"),
        build=lambda hit: _infinitive(hit) if hit.scene.items[hit.at("verb")].is_word("meet") else _transitive(hit),
        example="Chilean President Anna Novak met in Lima on Friday with Peruvian President Juan Horvat.",
        counter=("Chilean President Anna Novak hopes to meet in Lima with Peruvian President Juan Horvat.",),
    ),
    Rule(
        id="contact.met-delegation",
        pattern=f"verb=(<met|received|meet>) <^P|Q|R|G|;|:|,|but|who|which|verb|said|held>{{0,8}} <led_by|including> <the>? {_OTHER}",
        trigger="verb",
        needs=("met", "received", "meet"),
        build=lambda hit: _infinitive(hit) if hit.scene.items[hit.at("verb")].is_word("meet") else _transitive(hit),
        example="Chilean President Anna Novak met a delegation led by Peruvian President Juan Horvat.",
        counter=("Chilean President Anna Novak met a delegation of farmers from Peru.",),
    ),
    Rule(
        id="contact.held-with",
        pattern=f"verb=(<held|holding>) {_ADJ} {_NOUN} {_LOOSE} {_WITH} <the|an|visiting|both|also>{{0,2}} {_OTHER}",
        trigger="noun",
        needs=("held", "holding"),
        build=_held,
        example="Chilean President Anna Novak held talks in Lima with Peruvian President Juan Horvat.",
        counter=("Chilean President Anna Novak held no talks with Peruvian President Juan Horvat.",),
    ),
    Rule(
        id="contact.reception-for",
        pattern=f"verb=(<received|held|receive|holding>) <an|the|adjective|his>{{0,3}} noun=(<reception|talks>) <^P|Q|R|G|;|:|,|but|and|who|which|verb|said>{{0,8}} <for|with> <the|visiting|an>{{0,3}} {_OTHER}",
        trigger="verb",
        needs=("reception",),
        build=_reception,
        example="Chilean President Anna Novak hosted a dinner in Lima for visiting Peruvian President Juan Horvat.",
        counter=("Chilean President Anna Novak hosted a dinner for 200 farmers.",),
    ),
    Rule(
        id="contact.with-opening",
        pattern=f"<with> <the|visiting>{{0,2}} other=(P|Q) , subject=(P|R|G) <also|aux>{{0,2}} verb=(<held>) {_ADJ} noun=(<talks|meeting|call|video>)",
        trigger="noun",
        needs=("held",),
        build=_held,
        example="With Peruvian President Juan Horvat, Chilean President Anna Novak held talks in Lima.",
        counter=("With Peruvian President Juan Horvat absent, Chilean President Anna Novak held a rally.",),
    ),
    Rule(
        id="contact.discussed-by",
        pattern="subject=(Q|G) <also|aux>{0,2} verb=(<discussed>) <^P|Q|R|G|;|:|verb|said|met|held>{0,12} via=(<by_phone|by_video>)",
        trigger="verb",
        needs=("discussed",),
        build=_discussed,
        example="Chilean President Anna Novak and Peruvian President Juan Horvat discussed the border by telephone on Sunday.",
        counter=("Chilean President Anna Novak and Peruvian President Juan Horvat discussed the border with farmers.",),
    ),
    Rule(
        id="contact.discussed-with",
        pattern=f"verb=(<discussed>) <^P|Q|R|G|;|:|verb|said|met|held>{{0,10}} <with> <the|visiting>{{0,2}} {_OTHER} via=(<by_phone|by_video>)",
        trigger="verb",
        needs=("discussed",),
        build=_discussed_with,
        example="Chilean President Anna Novak discussed the border with Peruvian President Juan Horvat by telephone on Sunday.",
        counter=("Chilean President Anna Novak discussed the border with farmers by telephone.",),
    ),
    Rule(
        id="contact.counted",
        pattern="<an|the> count=(<adjective|w>) noun=(<talks|meeting|call|video>) <^P|Q|R|G|;|.|but>{0,12} verb=(<cancelled|postponed>)",
        trigger="noun",
        needs=("cancelled", "postponed"),
        build=_counted,
        example="Chilean President Anna Novak met Peruvian President Juan Horvat on Monday. A second meeting, due on Friday, was cancelled.",
        counter=(
            "Chilean President Anna Novak met Peruvian President Juan Horvat on Monday. A second meeting with farmers was not cancelled.",
        ),
    ),
    Rule(
        id="contact.opening-noun",
        pattern=f"opening=(<during|in|after|at>) <an|the|their|adjective|U|w|brief|0|->{{0,5}} {_NOUN} <^P|Q|R|G|N|;|:|with|between|said|verb|of|to|for>{{0,8}} , other=(Q|G)",
        trigger="noun",
        needs=("talks", "meeting", "call", "video"),
        build=_opening_noun,
        example="During a 30-minute meeting in Lima on Monday, Chilean President Anna Novak and Peruvian President Juan Horvat talked about fish.",
        counter=("At a cabinet meeting in Lima on Monday, Chilean President Anna Novak smiled.",),
    ),
    Rule(
        id="contact.received",
        pattern=f"verb=(<received|receive>) <the|an|visiting|also|brief|on|in|at|T|L|C>{{0,8}} {_OTHER}",
        trigger="verb",
        needs=("received", "receive"),
        build=lambda hit: (
            _infinitive(hit)
            if hit.scene.items[hit.at("verb")].is_word("receive")
            and not hit.scene.items[hit.at("verb")].text.endswith(("s", "ed"))
            else _received(hit)
        ),
        example="Chilean President Anna Novak received Peruvian President Juan Horvat at the palace.",
        counter=("Chilean President Anna Novak welcomed Peruvian President Juan Horvat's proposal.",),
    ),
    Rule(
        id="contact.spoke-with",
        pattern=f"verb=(<spoke|speaking>) {_LOOSE} <with|to|between> <the|visiting|both|also>{{0,2}} {_OTHER}",
        trigger="verb",
        needs=("spoke", "speaking"),
        build=_spoke,
        example="Chilean President Anna Novak spoke by phone with Peruvian President Juan Horvat.",
        counter=("Chilean President Anna Novak spoke to reporters about Peruvian President Juan Horvat.",),
    ),
    Rule(
        id="contact.meeting-they",
        pattern="verb=(<meeting_ing|speaking>) <^.|;|P|Q|R|G|,|said|verb>{1,14} , other=(Q|G)",
        trigger="verb",
        needs=("meeting_ing", "speaking"),
        build=_opening_participle,
        example="Meeting in Lima on Friday, Chilean President Anna Novak and Peruvian President Juan Horvat smiled.",
        counter=(
            "The meeting in Lima on Friday, Chilean President Anna Novak and Peruvian President Juan Horvat said, was off.",
        ),
    ),
    Rule(
        id="contact.gerund",
        pattern=f"verb=(<meeting_ing|holding>) <with|an|the|visiting|also>{{0,3}} {_OTHER}",
        trigger="verb",
        needs=("meeting_ing", "holding"),
        build=_gerund,
        example="After meeting Peruvian President Juan Horvat in Lima, Chilean President Anna Novak flew home.",
        counter=("Chilean President Anna Novak ruled out meeting Peruvian President Juan Horvat.",),
    ),
    Rule(
        id="contact.nominal-with",
        pattern=f"{_NOUN} {_LOOSE} {_WITH} <the|an|visiting|both|also>{{0,2}} {_OTHER}",
        trigger="noun",
        needs=("talks", "meeting", "call", "video"),
        build=_nominal,
        example="Chilean President Anna Novak praised the region in her talks with Peruvian President Juan Horvat.",
        counter=("Chilean President Anna Novak proposed talks with Peruvian President Juan Horvat.",),
    ),
    Rule(
        id="contact.noun-was-with",
        pattern=f"{_NOUN} <be> <with> <the|visiting>{{0,2}} {_OTHER}",
        trigger="noun",
        needs=("be",),
        build=_nominal,
        example="Chilean President Anna Novak flew to Lima. Her first meeting was with Peruvian President Juan Horvat.",
        counter=("Chilean President Anna Novak flew to Lima. Her first meeting was with farmers.",),
    ),
    Rule(
        id="contact.of-leaders",
        pattern=f"{_NOUN} <of> <the>? other=(Q)",
        trigger="noun",
        needs=("talks", "meeting", "call", "video"),
        build=_nominal,
        example="A meeting of Chilean President Anna Novak and Peruvian President Juan Horvat lasted two hours.",
        counter=("A meeting of Chilean President Anna Novak and Peruvian President Juan Horvat was ruled out.",),
    ),
    Rule(
        id="contact.joined-noun",
        pattern=f"pair=(Q) {_ADJ} {_NOUN}",
        trigger="noun",
        needs=("talks", "meeting", "call", "video"),
        build=_joined_noun,
        example="Chilean President Anna Novak and Peruvian President Juan Horvat are rivals. The Novak-Horvat meeting lasted two hours.",
        counter=(
            "Chilean President Anna Novak and Peruvian President Juan Horvat are rivals. The planned Novak-Horvat meeting is in doubt.",
        ),
    ),
    Rule(
        id="contact.their-talks",
        pattern=f"poss=(<their>|G <possessive|'>|Q <possessive|'>) {_ADJ} {_NOUN}",
        trigger="noun",
        needs=("talks", "meeting", "call", "video"),
        build=_theirs,
        example="Chilean President Anna Novak and Peruvian President Juan Horvat smiled during their meeting in Lima.",
        counter=(
            "Chilean President Anna Novak and Peruvian President Juan Horvat said that no date was set for their meeting.",
        ),
    ),
    Rule(
        id="contact.call-of-those",
        pattern="<an|the>? <adjective|w>{0,2} noun=(<call|video|by_phone>) <adjective|also|on|in|w|an>{0,3} T",
        trigger="noun",
        needs=("call", "video", "by_phone"),
        build=_call_of_those,
        example="Chilean President Anna Novak and Peruvian President Juan Horvat met in Lima. It began with a phone call a week ago.",
        counter=(
            "Chilean President Anna Novak and Peruvian President Juan Horvat met in Lima. It began with a phone call from a "
            "farmer last week.",
        ),
    ),
    Rule(
        id="contact.held-together",
        pattern=f"verb=(<held>) {_ADJ} {_NOUN}",
        trigger="noun",
        needs=("held",),
        build=_reciprocal,
        example="Chilean President Anna Novak and Peruvian President Juan Horvat held two hours of talks in Lima.",
        counter=("Chilean President Anna Novak and Peruvian President Juan Horvat will not hold talks in Lima.",),
    ),
    Rule(
        id="contact.will-hold",
        pattern=f"verb=(<holding|meet>) ({_ADJ} {_NOUN})?",
        trigger="verb",
        needs=("holding", "meet"),
        build=_infinitive,
        example="Chilean President Anna Novak and Peruvian President Juan Horvat will meet in Lima on Friday.",
        counter=("Chilean President Anna Novak and Peruvian President Juan Horvat may meet in Lima on Friday.",),
    ),
    Rule(
        id="contact.met-together",
        pattern="verb=(<met|sat|shook>)",
        trigger="verb",
        needs=("met", "sat", "shook"),
        build=_reciprocal,
        example="Chilean President Anna Novak and Peruvian President Juan Horvat met in Lima.",
        counter=("Chilean President Anna Novak and Peruvian President Juan Horvat met reporters in Lima.",),
    ),
    Rule(
        id="contact.spoke-together",
        pattern="verb=(<spoke>)",
        trigger="verb",
        needs=("spoke",),
        build=_spoke_together,
        example="Chilean President Anna Novak and Peruvian President Juan Horvat spoke by phone on Friday.",
        counter=("Chilean President Anna Novak and Peruvian President Juan Horvat spoke at a rally.",),
    ),
)
