"""From a rule's match to the agreement that it tells; what one side wants, plans or does alone is none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.extract.among import has_word, says
from kg.extract.clause import clause_begin
from kg.extract.item import Item
from kg.extract.lexicon import plain_words
from kg.extract.rule import Hit
from kg.extract.scene import Scene
from kg.extract.time import TimeExpression
from kg.facts.agreement.draft import AgreementDraft
from kg.facts.agreement.drafting import acting, draft_of, holds, matter_of
from kg.facts.agreement.phrase import parties_of, phrase_end, resumed
from kg.facts.agreement.record import Act
from kg.facts.agreement.sides import Sides, sides_at, subject_sides
from kg.facts.agreement.signing import PREPOSITIONS, act_of, behind_adverbial, signs_something
from kg.model.entity import fold

_DENYING: Final = ("modal_future", "will_take_place", "not", "no", "hypothetical", "cancelled", "postponed")
_FEWEST: Final = 2
_NEAREST: Final = 5
_SOON: Final = 2  # sentences behind the talks in which "it was agreed"


def agreed(hit: Hit) -> AgreementDraft | None:
    """A and B agreed to do something; A agreed with B on something."""
    verb = hit.at("verb")
    items = hit.scene.items
    start = hit.match.found.end("mark") if hit.match.has("mark") else hit.match.found.end("verb")
    stop = phrase_end(items, start, len(items))
    if stop <= start or _meets_again(items, start, stop) or _finds(items, start, stop):
        return None
    sides = acting(hit, verb, (verb + 1, start))
    word = items[verb]
    act = _act_of(word, items[start:stop])
    draft = draft_of(hit, act, sides, verb, (start, stop))
    more = resumed(items, stop) if items[start - 1].is_word("to") else None
    if draft is not None and sides is not None and more is not None:
        end = phrase_end(items, more, len(items))
        draft.others += (matter_of(hit, sides, (more, end), last=True),)
        draft.end = max(draft.end, items[end - 1].end)
    return draft


def _act_of(verb: Item, phrase: Sequence[Item]) -> Act:
    """What the verb says; to renew an agreement is to agree."""
    if verb.is_word("reaffirmed"):
        prolonged = fold(verb.text).startswith("renew") and any(item.is_word("agreement_noun") for item in phrase)
        return Act.AGREED if prolonged else Act.REAFFIRMED
    return Act.AFFIRMED if verb.is_word("affirmed") else Act.PLEDGED if verb.is_word("pledged") else Act.AGREED


def it_was_agreed(hit: Hit) -> AgreementDraft | None:
    """It was agreed to do something: by those whose talks were told just before."""
    memory, items = hit.scene.memory, hit.scene.items
    people = memory.last_told
    if hit.match.slot("it")[0].text.casefold() != "it" or hit.scene.sentence.number - memory.last_sentence > _SOON:
        return None
    start = hit.match.found.end("mark")
    stop = phrase_end(items, start, len(items))
    if len(parties_of(people)) < _FEWEST or stop <= start or _meets_again(items, start, stop):
        return None
    return draft_of(hit, Act.AGREED, Sides(parties_of(people), people, hit.at("it")), hit.at("verb"), (start, stop))


def _meets_again(items: Sequence[Item], start: int, stop: int) -> bool:
    """Whether all that was agreed is to meet, to talk or to play.

    Or nothing was agreed ("agreed to disagree", "agreed on little"), or no thing is named at all ("concurred in working
    together").
    """
    named = [item for item in items[start:stop] if item.symbol != "T" and not item.is_word("to", "on")]
    if not named:
        return True
    word = fold(named[0].text)
    return named[0].is_word("meet", "speaking") or word == "in" or word in plain_words("no_matter")


def _finds(items: Sequence[Item], start: int, stop: int) -> bool:
    """Whether two only find that something was so: "agreed that the winter was cold"."""
    if not any(item.text.casefold() == "that" for item in items[max(0, start - 1) : start + 1]):
        return False
    return any(item.text.casefold() in {"was", "were"} for item in items[start:stop])


def signed(hit: Hit) -> AgreementDraft | None:
    """A and B signed a treaty; A signed a treaty with B."""
    verb, noun = hit.at("verb"), hit.at("noun")
    items = hit.scene.items
    last = hit.match.found.end()
    if not signs_something(items, verb, noun, last) or says(items[verb:noun], "negotiating"):
        return None
    start = behind_adverbial(items, verb + 1, noun)
    stop = max(phrase_end(items, start, len(items)), noun + 1)
    act = act_of(items[verb])
    sides = acting(hit, verb, (verb + 1, len(items)))
    if act is Act.ANNOUNCED:
        sides = _of_others(hit, sides, (verb + 1, stop))
    return draft_of(hit, act, sides, verb, (start, stop))


def announced(hit: Hit) -> AgreementDraft | None:
    """What two sides announce together."""
    verb = hit.at("verb")
    items = hit.scene.items
    sides = acting(hit, verb, None)
    stop = phrase_end(items, verb + 1, len(items))
    if any(item.is_word("apart") for item in hit.match.slot("what")) or items[verb - 1].is_word("separately"):
        return None
    if items[verb + 1].is_word("on") or _is_one_sided(items[verb + 1 : stop]):
        return None  # "announced on Monday that"
    return draft_of(hit, Act.ANNOUNCED, _of_others(hit, sides, (verb + 1, stop)), verb, (verb + 1, stop))


def _is_one_sided(phrase: Sequence[Item]) -> bool:
    """Whether what several announce is done by each for himself: aid, sanctions, a vote; not if it is a joint one."""
    if any(item.text.casefold() in plain_words("joint_deeds") for item in phrase):
        return False
    return any(fold(word) in plain_words("one_sided") for item in phrase[:_NEAREST] for word in item.text.split())


def _of_others(hit: Hit, sides: Sides | None, span: tuple[int, int]) -> Sides | None:
    """The sides between whom the announced agreement is, where the words name them: "a ceasefire between A and B"."""
    items = hit.scene.items
    between = next((at for at in range(*span) if items[at].is_word("between")), None)
    if sides is None or not sides.are_several or between is None:
        return sides
    if not any(i.is_word("agreement_noun") for i in items[span[0] : between]):
        return sides
    at = next((at for at in range(between + 1, min(between + 3, len(items))) if items[at].symbol in "DQ"), None)
    others = sides_at(hit.scene, at) if at is not None else None
    if others is None or set(others.parties) <= set(sides.parties):
        return sides
    by = tuple(figure for figure in sides.people if figure.country in others.parties)
    return Sides(others.parties, by, sides.index)


def stated(hit: Hit) -> AgreementDraft | None:
    """A and B issued a joint statement announcing what they will do."""
    start = hit.match.found.end()
    stop = phrase_end(hit.scene.items, start, len(hit.scene.items))
    return draft_of(hit, Act.ANNOUNCED, acting(hit, hit.at("verb"), None), hit.at("verb"), (start, stop))


def witnessed(hit: Hit) -> AgreementDraft | None:
    """A and B watched the signing of a treaty."""
    verb, noun = hit.at("verb"), hit.at("noun")
    items = hit.scene.items
    start = hit.match.found.end("signing")
    stop = max(noun + 1, phrase_end(items, noun, len(items)))
    if _is_of_others(items[noun:stop]):
        return None
    return draft_of(hit, Act.SIGNED, acting(hit, verb, None), verb, (start, stop))


def signing_between(hit: Hit) -> AgreementDraft | None:
    """The visit ended with the signing of a treaty between A and B."""
    noun, other = hit.at("noun"), hit.at("other")
    items = hit.scene.items
    first = hit.at("signing")
    before = items[clause_begin(items, first) : first]
    if any(item.is_word(*_DENYING, "tending", "planned", "discussed") and not item.is_word("to") for item in before):
        return None
    sides = sides_at(hit.scene, other)
    return draft_of(hit, Act.SIGNED, sides, noun, (first + 1, max(noun + 1, phrase_end(items, noun, other))))


def _is_of_others(phrase: Sequence[Item]) -> bool:
    """Whether what is signed is between companies or offices, not between states."""
    between = next((at for at, item in enumerate(phrase) if item.is_word("between")), len(phrase))
    return any(item.text.casefold() in plain_words("private_sides") for item in phrase[between:])


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
    act = act_of(items[verb])
    return draft_of(hit, act, sides, verb, (start, max(noun + 1, min(stop, phrase_end(items, noun, stop)))))


def _describes(item: Item) -> bool:
    """Whether the word before the noun belongs to it: "the new fisheries agreement"."""
    if item.is_word(*PREPOSITIONS) or item.text.casefold() in {"under", "by", "in", "and"}:
        return False
    return item.is_word("adjective", "topic_verb") or item.symbol in "wAN"


def relations(hit: Hit) -> AgreementDraft | None:
    """A and B upgraded their relations; A restored ties with B; long ago is history ("established ties in 1972")."""
    verb, noun = hit.at("verb"), hit.at("noun")
    items = hit.scene.items
    stop = max(phrase_end(items, verb + 1, len(items)), noun + 1)
    sides = acting(hit, verb, (noun, stop + 6))
    since = sides is not None and sides.index > 0 and items[sides.index - 1].text.casefold() == "since"
    if since or _is_history(hit.scene, items[stop : stop + _NEAREST]):
        return None
    return draft_of(hit, Act.AGREED, sides, verb, (verb, stop))


def _is_history(scene: Scene, behind: Sequence[Item]) -> bool:
    """Whether the words behind give a year before the last one, or, in an article without a day, any year."""
    years = [item.value.year for item in behind if isinstance(item.value, TimeExpression) and item.value.year]
    return any(scene.day is None or year < scene.day.year - 1 for year in years)


def ratified(hit: Hit) -> AgreementDraft | None:
    """A and B ratified a treaty; where one side does, it is none."""
    verb, noun = hit.at("verb"), hit.at("noun")
    items = hit.scene.items
    sides = subject_sides(hit.scene, verb)
    if sides is None or len(sides.parties) < _FEWEST or not holds(hit, sides.index, verb):
        return None
    if not signs_something(items, verb, noun, hit.match.found.end()):
        return None
    return draft_of(hit, Act.AGREED, sides, verb, (verb + 1, max(noun + 1, phrase_end(items, verb + 1, len(items)))))


def mutual(hit: Hit) -> AgreementDraft | None:
    """A and B exchange ambassadors, lift visas, reopen their border: states that do so together have agreed on it."""
    verb, noun = hit.at("verb"), hit.at("noun")
    items = hit.scene.items
    if noun + 1 < len(items) and items[noun + 1].symbol == "w":
        return None  # "border guards", "embassy staff"
    if has_word(items[verb + 1 : noun], "not"):
        return None  # "share not only a border"
    sides = subject_sides(hit.scene, verb)
    if sides is None or len(sides.parties) < _FEWEST or not holds(hit, sides.index, verb):
        return None
    if sides.people and items[verb].text.casefold() in {"opened", "open"}:
        return None  # two ministers open a crossing: a ceremony
    return draft_of(hit, Act.AGREED, sides, verb, (verb, max(noun + 1, phrase_end(items, noun, len(items)))))
