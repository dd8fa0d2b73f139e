"""The rules of agreements: two or more sides agree, pledge, sign; what one side wants or calls for is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kg.extract import modality
from kg.extract.clause import PARTIES, clause_begin, subject_of
from kg.extract.item import Item
from kg.extract.refer import Those
from kg.extract.register import Figure
from kg.extract.rule import Hit, Rule
from kg.facts.agreement.draft import AgreementDraft
from kg.facts.agreement.phrase import countries_in, head_noun, parties_of, phrase_end, topic_text
from kg.facts.agreement.record import Act
from kg.model.fact import Status

_NP: Final = "<^.|;|:|said|agreed|met|held|who|which|verb|but|P|Q|R>{0,9}"


@dataclass(frozen=True, slots=True)
class _Sides:
    """Who agreed: countries or organisations, and the people where people are named."""

    parties: tuple[str, ...]
    people: tuple[Figure, ...]
    index: int


def _sides_at(hit: Hit, index: int) -> _Sides | None:
    """The sides that one item stands for."""
    scene = hit.scene
    item = scene.items[index]
    if item.symbol in "CDO":
        codes = countries_in([item])
        return _Sides(codes, (), index) if codes else None
    if item.symbol == "G" and isinstance(item.value, Those) and item.value.sides:
        codes = _sides_of_article(hit, index)
        return _Sides(codes, (), index) if len(codes) > 1 else None
    people = scene.people(index)
    return _Sides(parties_of(people), people, index) if people else None


def _sides_of_article(hit: Hit, index: int) -> tuple[str, ...]:
    """Which countries "the two sides" are: those of the sentence, of the last group of people, the last pair named."""
    scene = hit.scene
    for item in reversed(scene.items[:index]):
        if item.symbol == "D" and isinstance(item.value, tuple) and len(item.value) == 2:
            return item.value
    group = scene.memory.group_of(2)
    codes = parties_of(group)
    if len(codes) == 2:
        return codes
    return scene.memory.sides


def _subject(hit: Hit, verb: int) -> _Sides | None:
    index = subject_of(hit.scene.items, verb, PARTIES)
    return _sides_at(hit, index) if index is not None else None


def _joined(first: _Sides, second: _Sides | None) -> _Sides:
    if second is None:
        return first
    return _Sides(
        tuple(dict.fromkeys((*first.parties, *second.parties))), tuple(dict.fromkeys((*first.people, *second.people))), first.index,
    )  # fmt: skip


def _partner(hit: Hit, start: int, end: int) -> _Sides | None:
    """The other side after "with" in these words."""
    items = hit.scene.items
    for at in range(start, min(end, len(items) - 1)):
        if items[at].is_word("with") and items[at].text.casefold() == "with":
            for other in range(at + 1, min(at + 5, len(items))):
                if items[other].symbol in PARTIES:
                    return _sides_at(hit, other)
                if not items[other].is_word("the", "visiting", "an"):
                    break
    return None


def _holds(hit: Hit, index: int, verb: int) -> bool:
    return modality.of_verb(hit.scene.items, index, verb) is Status.HELD


def _draft(hit: Hit, act: Act, sides: _Sides, verb: int, start: int, stop: int) -> AgreementDraft | None:
    """The agreement of these sides on the phrase between the indexes."""
    scene = hit.scene
    phrase = scene.items[start:stop]
    if (len(sides.parties) < 2 and len(sides.people) < 2) or not phrase:
        return None
    limit = _concern_end(scene.items, stop)
    named = countries_in(scene.items[start:limit])
    concerns = tuple(sorted(code for code in named if code not in sides.parties and code in _actors(hit)))
    first = sides.index if 0 <= sides.index < start else min(verb, start)
    begin, end = scene.items[first].begin, phrase[-1].end
    return AgreementDraft(
        rule=hit.rule, begin=begin, end=max(end, scene.items[verb].end), act=act, topic=topic_text(scene, phrase), head=head_noun(phrase), parties=tuple(sorted(sides.parties)),
        concerns=concerns, people=sides.people, sentence=scene.sentence.number, trigger=verb, headline=scene.is_headline,
    )  # fmt: skip


def _actors(hit: Hit) -> set[str]:
    """What can be concerned: countries, and the organisations that act like states."""
    world = hit.scene.lexicon.world
    return {*world.countries, "EU"}


def _concern_end(items: Sequence[Item], stop: int) -> int:
    """Where the words about what was agreed end: at the next act, at a reporting clause, at the end of the sentence."""
    for at in range(stop, len(items)):
        item = items[at]
        if item.symbol in ".;" or item.is_word(
            "said", "agreed", "reaffirmed", "affirmed", "pledged", "met", "held", "after", "during", "topic_end"
        ):
            return at
        if item.symbol in "PQRG":
            return at
    return len(items)


def _agreed(hit: Hit) -> AgreementDraft | None:
    verb = hit.at("verb")
    items = hit.scene.items
    sides = _subject(hit, verb)
    if sides is None or not _holds(hit, sides.index, verb):
        return None
    start = hit.match.found.end("mark") if hit.match.has("mark") else hit.match.found.end()
    stop = phrase_end(items, start, len(items))
    if len(sides.parties) < 2:
        sides = _joined(sides, _partner(hit, verb + 1, start))
    word = items[verb]
    act = (
        Act.REAFFIRMED if word.is_word("reaffirmed") else Act.AFFIRMED if word.is_word("affirmed")
        else Act.PLEDGED if word.is_word("pledged") else Act.AGREED
    )  # fmt: skip
    if items[start].is_word("meet", "holding", "speaking") or (
        start + 1 < stop and items[start].is_word("to") and items[start + 1].is_word("meet")
    ):
        return None
    return _draft(hit, act, sides, verb, start, stop)


def _signed(hit: Hit) -> AgreementDraft | None:
    """A and B signed a treaty; A signed a treaty with B."""
    verb, noun = hit.at("verb"), hit.at("noun")
    items = hit.scene.items
    if any(item.is_word("not_agreement") for item in items[verb : noun + 1]):
        return None
    if verb and items[verb - 1].is_word("the", "an", "adjective", "their", "his"):
        return None  # "the signed declaration", "the latest sign"
    sides = _subject(hit, verb)
    if sides is None or not _holds(hit, sides.index, verb):
        return None
    stop = phrase_end(items, verb + 1, len(items))
    if len(sides.parties) < 2:
        sides = _joined(sides, _partner(hit, verb + 1, len(items)))
    word = items[verb].text.casefold()
    act = (
        Act.ANNOUNCED
        if word.startswith(("announc", "unveil"))
        else Act.SIGNED
        if word.startswith(("sign", "ink", "initial", "exchang", "put pen", "seal"))
        else Act.AGREED
    )
    return _draft(hit, act, sides, verb, verb + 1, max(stop, noun + 1))


def _signed_second(hit: Hit) -> AgreementDraft | None:
    """The second of two things signed in one sentence."""
    verb, noun = hit.at("verb"), hit.at("noun")
    items = hit.scene.items
    sides = _subject(hit, verb)
    if sides is None or not _holds(hit, sides.index, verb):
        return None
    if len(sides.parties) < 2:
        sides = _joined(sides, _partner(hit, verb + 1, len(items)))
    start = noun
    while start and not items[start - 1].is_word("and"):
        start -= 1
    return _draft(hit, Act.SIGNED, sides, verb, start, max(noun + 1, phrase_end(items, noun, len(items))))


def _announced(hit: Hit) -> AgreementDraft | None:
    """What two sides announce together."""
    verb = hit.at("verb")
    items = hit.scene.items
    sides = _subject(hit, verb)
    if sides is None or len(sides.people) + len(sides.parties) < 3 and len(sides.parties) < 2:
        return None
    if not _holds(hit, sides.index, verb):
        return None
    return _draft(hit, Act.ANNOUNCED, sides, verb, verb + 1, phrase_end(items, verb + 1, len(items)))


def _witnessed(hit: Hit) -> AgreementDraft | None:
    verb, noun = hit.at("verb"), hit.at("noun")
    sides = _subject(hit, verb)
    if sides is None or not _holds(hit, sides.index, verb):
        return None
    return _draft(
        hit,
        Act.SIGNED,
        sides,
        verb,
        hit.match.found.end("signing"),
        max(noun + 1, phrase_end(hit.scene.items, noun, len(hit.scene.items))),
    )


def _signed_by(hit: Hit) -> AgreementDraft | None:
    """A treaty signed by A and B; an agreement between A and B was signed."""
    verb, noun, other = hit.at("verb"), hit.at("noun"), hit.at("other")
    items = hit.scene.items
    sides = _sides_at(hit, other)
    if sides is None or modality.of_noun(items, clause_begin(items, noun), noun, len(items)) is not Status.HELD:
        return None
    start = noun
    while start and (items[start - 1].is_word("adjective", "topic_verb") or items[start - 1].symbol in "wA"):
        start -= 1
    return _draft(hit, Act.SIGNED, sides, verb, start, noun + 1)


def _relations(hit: Hit) -> AgreementDraft | None:
    """A and B upgraded their relations; A restored ties with B."""
    verb, noun = hit.at("verb"), hit.at("noun")
    items = hit.scene.items
    sides = _subject(hit, verb)
    if sides is None or not _holds(hit, sides.index, verb):
        return None
    stop = phrase_end(items, verb + 1, len(items))
    if len(sides.parties) < 2:
        sides = _joined(sides, _partner(hit, noun, stop + 6))
    return _draft(hit, Act.AGREED, sides, verb, verb, max(stop, noun + 1))


RULES: Final[tuple[Rule[AgreementDraft], ...]] = (
    Rule(
        id="agreement.reaffirmed-commitment",
        pattern="verb=(<reaffirmed|affirmed>) <their|an|the|adjective>{0,3} mark=(<commitment> <to>)",
        trigger="verb",
        needs=("reaffirmed", "affirmed"),
        build=_agreed,
        example="Chilean President Anna Novak and Peruvian President Juan Horvat reaffirmed their commitment to open borders.",
        counter=("Chilean President Anna Novak reaffirmed her commitment to open borders.",),
    ),
    Rule(
        id="agreement.witnessed",
        pattern=f"verb=(<witnessed>) <the|an>? signing=(<signing_of> <of>?) {_NP} noun=(<agreement_noun>)",
        trigger="verb",
        needs=("witnessed",),
        build=_witnessed,
        example="Chilean President Anna Novak and Peruvian President Juan Horvat witnessed the signing of two mining agreements.",
        counter=("Chilean President Anna Novak witnessed the signing of a mining contract.",),
    ),
    Rule(
        id="agreement.signed",
        pattern=f"verb=(<signed>) {_NP} noun=(<agreement_noun>)",
        trigger="verb",
        needs=("signed",),
        build=_signed,
        example="Chile and Peru signed a fisheries agreement in Lima on Friday.",
        counter=(
            "Chile hopes to sign a fisheries agreement with Peru.",
            "Chilean President Anna Novak signed a decree on fisheries.",
        ),
    ),
    Rule(
        id="agreement.signed-second",
        pattern=f"verb=(<signed>) {_NP} <agreement_noun> {_NP} <and> <an|adjective|w|two|three>{{1,3}} noun=(<agreement_noun>)",
        trigger="noun",
        needs=("signed",),
        build=_signed_second,
        example="Chile and Peru sign a trade agreement and an accord on rescue at sea.",
        counter=("Chile signs a trade agreement and an accord on rescue at sea.",),
    ),
    Rule(
        id="agreement.announced",
        pattern="verb=(<announced>) <an|the|adjective|w|A|two|three|topic_verb>{1,4}",
        trigger="verb",
        needs=("announced",),
        build=_announced,
        example="Chilean President Anna Novak and Peruvian President Juan Horvat announced a joint fund for fishermen.",
        counter=("Chilean President Anna Novak announced a fund for fishermen.",),
    ),
    Rule(
        id="agreement.signed-any",
        pattern="verb=(<put_name>) noun=(<an|the|adjective|w|A|two|three|four|0|topic_verb>{1,4})",
        trigger="verb",
        needs=("put_name",),
        build=_signed,
        example="Chile and Peru signed a five-year work schedule on Friday.",
        counter=("Chilean President Anna Novak signed the guest book.",),
    ),
    Rule(
        id="agreement.relations",
        pattern="verb=(<upgraded>) <their|the|an|adjective|full|C|D|A|w>{0,4} noun=(<relations>)".replace("|full", ""),
        trigger="verb",
        needs=("upgraded",),
        build=_relations,
        example="Chile and Peru restored diplomatic relations on Friday.",
        counter=("Chile wants to restore diplomatic relations with Peru.",),
    ),
    Rule(
        id="agreement.agreed-to",
        pattern="verb=(<agreed|pledged|affirmed|reaffirmed>) <with>? <also|,>{0,2} mark=(<to|on|that>)",
        trigger="verb",
        needs=("agreed", "pledged", "affirmed", "reaffirmed"),
        build=_agreed,
        example="Chilean President Anna Novak and Peruvian President Juan Horvat agreed to reopen the border.",
        counter=("Chilean President Anna Novak agreed to reopen the border.",),
    ),
    Rule(
        id="agreement.agreed-with",
        pattern="verb=(<agreed>) <also>? <with> <the|visiting>{0,2} <P|R|C|O> mark=(<to|on|that>)",
        trigger="verb",
        needs=("agreed",),
        build=_agreed,
        example="Chilean President Anna Novak agreed with Peruvian President Juan Horvat to reopen the border.",
        counter=("Chilean President Anna Novak disagreed with Peruvian President Juan Horvat on the border.",),
    ),
    Rule(
        id="agreement.pledged",
        pattern="verb=(<pledged|agreed|reaffirmed>) <their|an|the>? <adjective|w|topic_verb>{1,4}",
        trigger="verb",
        needs=("pledged", "agreed", "reaffirmed"),
        build=_agreed,
        example="Chile and Peru pledged closer ties on Friday.",
        counter=("Chile pledged closer ties on Friday.",),
    ),
    Rule(
        id="agreement.signed-by",
        pattern=f"noun=(<agreement_noun>) {_NP} verb=(<signed_by>) <the>? other=(D|Q|G)",
        trigger="noun",
        needs=("signed_by",),
        build=_signed_by,
        example="The fisheries agreement was signed by Chile and Peru on Friday.",
        counter=("The fisheries agreement will be signed by Chile and Peru on Friday.",),
    ),
    Rule(
        id="agreement.between-signed",
        pattern=f"noun=(<agreement_noun>) {_NP} <between> <the>? other=(D|Q) <^.|;|,|not>{{0,8}} verb=(<signed|took_place>)",
        trigger="noun",
        needs=("agreement_noun",),
        build=_signed_by,
        example="A fisheries agreement between Chile and Peru was signed on Friday.",
        counter=("A fisheries agreement between Chile and Peru was not signed on Friday.",),
    ),
)
