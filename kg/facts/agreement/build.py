"""From a rule's match to the agreement that it tells; what one side wants, plans or does alone is none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.extract import modality
from kg.extract.clause import clause_begin
from kg.extract.item import Item
from kg.extract.rule import Hit
from kg.facts.agreement.draft import AgreementDraft, Matter
from kg.facts.agreement.phrase import concerned, head_noun, phrase_end, phrases, topic_text
from kg.facts.agreement.record import Act
from kg.facts.agreement.sides import Sides, partner_before, partner_sides, sides_at, subject_sides
from kg.model.entity import fold
from kg.model.fact import Status

_SIGNING: Final = ("sign", "ink", "initial", "exchang", "put pen", "seal")
_PREPOSITIONS: Final = ("of", "on", "for", "from", "to", "at", "after", "with", "against", "about", "over")
_DENYING: Final = ("modal_future", "will_take_place", "not", "no", "hypothetical", "cancelled", "postponed")
_FEWEST: Final = 2


def agreed(hit: Hit) -> AgreementDraft | None:
    """A and B agreed to do something; A agreed with B on something."""
    verb = hit.at("verb")
    items = hit.scene.items
    start = hit.match.found.end("mark") if hit.match.has("mark") else hit.match.found.end("verb")
    stop = phrase_end(items, start, len(items))
    if stop <= start or _meets_again(items, start, stop):
        return None
    sides = _acting(hit, verb, (verb + 1, start))
    word = items[verb]
    act = (
        Act.REAFFIRMED if word.is_word("reaffirmed") else Act.AFFIRMED if word.is_word("affirmed")
        else Act.PLEDGED if word.is_word("pledged") else Act.AGREED
    )  # fmt: skip
    return _draft(hit, act, sides, verb, (start, stop))


def _meets_again(items: Sequence[Item], start: int, stop: int) -> bool:
    """Whether all that was agreed is to meet or to talk.

    Or no thing is named at all ("concurred in working together").
    """
    first = start + 1 if items[start].is_word("to") and start + 1 < stop else start
    return items[first].is_word("meet", "speaking") or fold(items[first].text) == "in"


def signed(hit: Hit) -> AgreementDraft | None:
    """A and B signed a treaty; A signed a treaty with B."""
    verb, noun = hit.at("verb"), hit.at("noun")
    items = hit.scene.items
    last = hit.match.found.end()
    if not _signs_something(items, verb, noun, last):
        return None
    stop = max(phrase_end(items, verb + 1, len(items)), noun + 1)
    sides = _acting(hit, verb, (verb + 1, len(items)))
    return _draft(hit, _act_of(items[verb]), sides, verb, (verb + 1, stop))


def _signs_something(items: Sequence[Item], verb: int, noun: int, last: int) -> bool:
    """Whether what is signed is an agreement: no law, no book, no part of another phrase."""
    if any(item.is_word("not_agreement", "no") for item in items[verb + 1 : last]):
        return False
    if any(item.is_word("into_law") for item in items[last:]) or items[noun].is_word("in"):
        return False
    if verb and items[verb - 1].is_word("the", "an", "adjective", "their", "his", "agreement_noun"):
        return False  # "the signed declaration", "a deal signed in May"
    return not any(
        item.is_word(*_PREPOSITIONS) for item in [*items[verb + 1 : noun], items[verb + 1]] if item.symbol != "T"
    )


def _act_of(verb: Item) -> Act:
    word = verb.text.casefold()
    if word.startswith(("announc", "unveil")):
        return Act.ANNOUNCED
    return Act.SIGNED if word.startswith(_SIGNING) else Act.AGREED


def announced(hit: Hit) -> AgreementDraft | None:
    """What two sides announce together."""
    verb = hit.at("verb")
    items = hit.scene.items
    sides = _acting(hit, verb, None)
    if any(item.is_word("apart") for item in hit.match.slot("what")):
        return None
    return _draft(hit, Act.ANNOUNCED, sides, verb, (verb + 1, phrase_end(items, verb + 1, len(items))))


def stated(hit: Hit) -> AgreementDraft | None:
    """A and B issued a joint statement announcing what they will do."""
    start = hit.match.found.end()
    stop = phrase_end(hit.scene.items, start, len(hit.scene.items))
    return _draft(hit, Act.ANNOUNCED, _acting(hit, hit.at("verb"), None), hit.at("verb"), (start, stop))


def witnessed(hit: Hit) -> AgreementDraft | None:
    """A and B watched the signing of a treaty."""
    verb, noun = hit.at("verb"), hit.at("noun")
    items = hit.scene.items
    start = hit.match.found.end("signing")
    stop = max(noun + 1, phrase_end(items, noun, len(items)))
    return _draft(hit, Act.SIGNED, _acting(hit, verb, None), verb, (start, stop))


def signed_by(hit: Hit) -> AgreementDraft | None:
    """A treaty was signed by A and B; an agreement between A and B was signed."""
    verb, noun, other = hit.at("verb"), hit.at("noun"), hit.at("other")
    items = hit.scene.items
    begin = clause_begin(items, noun)
    before = [item for item in items[max(begin, noun - 5) : noun] if item.symbol != ","]
    if any(item.is_word(*_DENYING) and not item.is_word("to") for item in [*before, *items[noun + 1 : verb]]):
        return None
    sides = sides_at(hit.scene, other)
    if sides is None or not sides.are_several:
        return None
    start = noun
    while start > begin and _describes(items[start - 1]):
        start -= 1
    stop = min(verb, other)
    while stop > noun + 1 and items[stop - 1].is_word("be", "aux", "also", "between", "the"):
        stop -= 1
    act = _act_of(items[verb])
    return _draft(hit, act, sides, verb, (start, max(noun + 1, min(stop, phrase_end(items, noun, stop)))))


def _describes(item: Item) -> bool:
    """Whether the word before the noun belongs to it: "the new fisheries agreement"."""
    if item.is_word(*_PREPOSITIONS) or item.text.casefold() in {"under", "by", "in", "and"}:
        return False
    return item.is_word("adjective", "topic_verb") or item.symbol in "wAN"


def relations(hit: Hit) -> AgreementDraft | None:
    """A and B upgraded their relations; A restored ties with B."""
    verb, noun = hit.at("verb"), hit.at("noun")
    items = hit.scene.items
    stop = max(phrase_end(items, verb + 1, len(items)), noun + 1)
    return _draft(hit, Act.AGREED, _acting(hit, verb, (noun, stop + 6)), verb, (verb, stop))


def mutual(hit: Hit) -> AgreementDraft | None:
    """A and B exchange ambassadors, lift visas, reopen their border: states that do so together have agreed on it."""
    verb, noun = hit.at("verb"), hit.at("noun")
    items = hit.scene.items
    if noun + 1 < len(items) and items[noun + 1].symbol == "w":
        return None  # "border guards", "embassy staff"
    sides = subject_sides(hit.scene, verb)
    if sides is None or len(sides.parties) < _FEWEST or not _holds(hit, sides.index, verb):
        return None
    return _draft(hit, Act.AGREED, sides, verb, (verb, max(noun + 1, phrase_end(items, noun, len(items)))))


def _acting(hit: Hit, verb: int, partner: tuple[int, int] | None) -> Sides | None:
    """The sides of a verb that tells what was done; the other side stands after "with" in the words of ``partner``."""
    sides = subject_sides(hit.scene, verb)
    if sides is None or not _holds(hit, sides.index, verb):
        return None
    if len(sides.parties) < _FEWEST and partner is not None:
        sides = sides.joined(partner_sides(hit.scene, *partner) or partner_before(hit.scene, verb))
    return sides


def _holds(hit: Hit, index: int, verb: int) -> bool:
    """Whether the verb says that it was done: no infinitive, no "close to signing", nothing denied or to come."""
    items = hit.scene.items
    before = items[verb - 1] if verb else None
    if before is not None and (before.is_word("to", "tending") or before.text.casefold().endswith(" to")):
        return False
    if items[verb].text.casefold().endswith("ing") and not (
        before is None or before.symbol == "," or before.is_word("after", "and", "be", "also")
    ):
        return False
    if any(item.is_word("tending") or item.symbol == '"' for item in items[index + 1 : verb]):
        return False
    return modality.of_verb(items, index, verb) is Status.HELD


def _draft(hit: Hit, act: Act, sides: Sides | None, verb: int, span: tuple[int, int]) -> AgreementDraft | None:
    """The agreement of these sides on the phrase between the indexes; ``None`` where there is no second side."""
    start, stop = span
    scene = hit.scene
    if sides is None or not sides.are_several or stop <= start:
        return None
    if scene.items[start].is_word("no", "not"):
        return None
    matters = [_matter(hit, sides, part, last=part[1] == stop) for part in phrases(scene.items, start, stop)]
    if all(item.is_word("the", "an", "their", "his", "adjective") for item in scene.items[start:stop]):
        return None
    first = sides.index if 0 <= sides.index < start else min(verb, start)
    end = max(scene.items[stop - 1].end, scene.items[verb].end)
    return AgreementDraft(
        rule=hit.rule, begin=scene.items[first].begin, end=end, act=act, topic=matters[0].topic, head=matters[0].head,
        parties=tuple(sorted(sides.parties)), concerns=matters[0].concerns, people=sides.people,
        sentence=scene.sentence.number, trigger=verb, headline=scene.is_headline, others=tuple(matters[1:]),
    )  # fmt: skip


def _matter(hit: Hit, sides: Sides, part: tuple[int, int], *, last: bool) -> Matter:
    """One thing that was agreed; words behind the last one may name whom it concerns."""
    begin, end = part
    items = hit.scene.items
    named = concerned(items if last else items[:end], begin, end)
    states = hit.scene.lexicon.world.countries
    concerns = tuple(sorted(code for code in named if code not in sides.parties and (code in states or code == "EU")))
    phrase = items[begin:end]
    return Matter(topic_text(hit.scene, phrase), head_noun(phrase), concerns)
