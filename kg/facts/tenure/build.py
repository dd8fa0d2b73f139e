"""From a rule's match to the sign of a tenure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from kg.extract import modality
from kg.extract.clause import PEOPLE, subject_of
from kg.extract.item import Item, Mention, Symbol
from kg.extract.number import number_of
from kg.extract.register import Figure
from kg.extract.rule import Hit
from kg.extract.scene import Scene
from kg.extract.time import TimeExpression, resolve
from kg.facts.tenure.draft import TenureDraft
from kg.model.date import When
from kg.model.entity import fold
from kg.model.fact import Evidence, Status

_REACH: Final = 9


def _evidence(hit: Hit, first: int, last: int, when: Item | None = None) -> list[Evidence]:
    begin, end = hit.scene.span(first, last)
    text = hit.scene.text(begin, end)
    return [Evidence(begin=begin, end=end, quote=text, rule=hit.rule, date_text=when.text if when else None)]


def took_office(hit: Hit) -> TenureDraft | None:
    """Two weeks after X took office; a month after taking office; four months after X's inauguration."""
    scene, items = hit.scene, hit.scene.items
    at = hit.at("span")
    count = number_of(hit.match.slot("count")[0].text)
    index = hit.at("who") if hit.match.has("who") else subject_of(items, at)
    people = scene.people(index) if index is not None else ()
    if len(people) != 1 or count is None:
        return None
    first, last = hit.match.found.start(), hit.match.found.end() - 1
    begin, end = scene.span(first, last)
    said = scene.text(items[first].begin, items[at].end)
    return TenureDraft(
        holder=people[0],
        sentence=scene.sentence.number,
        begin=begin,
        since=f"P{count}{items[at].text[0].upper()}",
        evidence=[Evidence(begin=begin, end=end, quote=scene.text(begin, end), rule=hit.rule, date_text=said)],
    )


# -- begin and end with a time of their own


def _holder(scene: Scene, verb: int) -> tuple[int, Figure] | None:
    """The one person who is the subject of a verb that tells what was done."""
    index = subject_of(scene.items, verb, PEOPLE)
    people = scene.people(index) if index is not None else ()
    if index is None or len(people) != 1 or modality.of_verb(scene.items, index, verb) is not Status.HELD:
        return None
    return index, people[0]


def _time_of(items: Sequence[Item], subject: int, verb: int) -> int | None:
    """The time that dates the verb: behind it in its clause, else at the beginning of the sentence."""
    for at in range(verb + 1, min(len(items), verb + 1 + _REACH)):
        if items[at].symbol == Symbol.TIME:
            return at
        if items[at].symbol in ",;." or items[at].is_word("after", "before", "verb", "said", "who", "and"):
            break
    if any(item.is_word("verb") and not item.is_word("aux") for item in items[subject + 1 : verb]):
        return None
    return next((at for at in range(min(subject, 3)) if items[at].symbol == Symbol.TIME), None)


def _other_office(scene: Scene, figure: Figure, verb: int) -> bool:
    """Whether the words behind the verb name an office that is not the figure's, or only a further term."""
    items = scene.items[verb + 1 : verb + 1 + _REACH]
    if any(item.is_word("another_term") for item in items):
        return True
    for item in items:
        if item.symbol in ",;.P":
            break
        if item.symbol == Symbol.TITLE:
            office = scene.lexicon.office(item.text)
            return office is not None and figure.office is not None and fold(office.label) != fold(figure.office)
    return False


def _dated(hit: Hit, slot: str) -> tuple[Figure, When, list[Evidence]] | None:
    """Whose office begins or ends by this verb, when, and by which words."""
    scene, items = hit.scene, hit.scene.items
    verb = hit.at(slot)
    found = _holder(scene, verb)
    if found is None or _other_office(scene, found[1], verb):
        return None
    index, figure = found
    at = _time_of(items, index, verb)
    value = items[at].value if at is not None else None
    if at is None or not isinstance(value, TimeExpression):
        return None
    when = resolve(value, scene.day)
    if when.is_unknown:
        return None
    return figure, when, _evidence(hit, min(index, at), max(verb, at), items[at])


def began(hit: Hit) -> TenureDraft | None:
    """X took office on a day."""
    return _marked(hit, "start")


def elected(hit: Hit) -> TenureDraft | None:
    """X was elected in a year: in office from then on at the earliest."""
    return _marked(hit, "elected")


def ended(hit: Hit) -> TenureDraft | None:
    """X resigned on a day."""
    return _marked(hit, "end")


def _marked(hit: Hit, end: Literal["start", "elected", "end"]) -> TenureDraft | None:
    """The draft with the time beside the mark as the end that it marks."""
    found = _dated(hit, "mark")
    if found is None:
        return None
    holder, when, evidence = found
    draft = TenureDraft(holder=holder, sentence=hit.scene.sentence.number, evidence=evidence)
    setattr(draft, end, when)
    return draft


def in_office_since(hit: Hit) -> TenureDraft | None:
    """X, in office since a year; X, president since a year."""
    scene = hit.scene
    at = hit.at("mark")
    index = hit.at("who") if hit.match.has("who") else subject_of(scene.items, at, PEOPLE)
    return _with_time(hit, index, begins=True)


def term_ends(hit: Hit) -> TenureDraft | None:
    """X, whose term ends in a month."""
    return _with_time(hit, hit.at("who"), begins=False)


def _with_time(hit: Hit, index: int | None, *, begins: bool) -> TenureDraft | None:
    scene = hit.scene
    people = scene.people(index) if index is not None else ()
    item = hit.match.slot("when")[0]
    if index is None or len(people) != 1 or not isinstance(item.value, TimeExpression):
        return None
    when = resolve(item.value, scene.day, future=not begins)
    if when.is_unknown:
        return None
    evidence = _evidence(hit, index, hit.at("when"), item)
    draft = TenureDraft(holder=people[0], sentence=scene.sentence.number, evidence=evidence)
    if begins:
        draft.start = when
    else:
        draft.end = when
    return draft


# -- who came before


def _named(scene: Scene, at: int, holder: Figure, *, former: bool) -> Figure | None:
    """The person at an index, as one who held or holds the same office; a name of two words or more counts as one."""
    item = scene.items[at]
    people = scene.people(at)
    figure = people[0] if people else None
    if figure is None and item.symbol == Symbol.NAME and " " in item.text and holder.office and holder.country:
        mention = Mention(
            item.text, item.begin, item.end, office=holder.office, country=holder.country, former=former, titled=True,
            full=True, office_kind=holder.office_kind,
        )  # fmt: skip
        figure = scene.register.introduce(mention)
        item.value = figure
        if figure is not None:
            figure.names.append((item.begin, item.end))
    if figure is None or figure is holder:
        return None
    if figure.office is None and holder.office is not None:
        figure.office, figure.office_kind = holder.office, holder.office_kind
    figure.country = figure.country or holder.country
    figure.titled = True
    return figure


def _owner(scene: Scene, at: int) -> Figure | None:
    item = scene.items[at]
    return item.value if isinstance(item.value, Figure) else None


def predecessor(hit: Hit) -> TenureDraft | None:
    """X's predecessor Y; his predecessor Y."""
    holder = _owner(hit.scene, hit.at("owner"))
    previous = _named(hit.scene, hit.at("other"), holder, former=True) if holder is not None else None
    if holder is None or previous is None:
        return None
    return TenureDraft(
        holder=holder, sentence=hit.scene.sentence.number, predecessor=previous,
        evidence=_evidence(hit, hit.match.found.start(), hit.at("other")),
    )  # fmt: skip


def successor(hit: Hit) -> TenureDraft | None:
    """X's successor Y; her successor Y."""
    owner = _owner(hit.scene, hit.at("owner"))
    holder = _named(hit.scene, hit.at("other"), owner, former=False) if owner is not None else None
    if owner is None or holder is None or holder.elect:
        return None
    return TenureDraft(
        holder=holder, sentence=hit.scene.sentence.number, predecessor=owner,
        evidence=_evidence(hit, hit.match.found.start(), hit.at("other")),
    )  # fmt: skip


def _becomes_another(between: Sequence[Item]) -> bool:
    """Whether the words up to "succeeding Y" name another office: "elects Foreign Minister X as chairperson"."""
    return any(item.text.casefold() == "as" for item in between)


def succeeded(hit: Hit) -> TenureDraft | None:
    """X succeeded Y in a year."""
    scene = hit.scene
    verb = hit.at("mark")
    found = _holder(scene, verb)
    if found is None or found[1].office is None or _becomes_another(scene.items[found[0] + 1 : verb]):
        return None
    previous = _named(scene, hit.at("other"), found[1], former=True)
    if previous is None or previous.country != found[1].country:
        return None
    draft = TenureDraft(
        holder=found[1], sentence=scene.sentence.number, predecessor=previous,
        evidence=_evidence(hit, found[0], hit.at("other")),
    )  # fmt: skip
    at = _time_of(scene.items, found[0], hit.at("other"))
    value = scene.items[at].value if at is not None else None
    if at is not None and isinstance(value, TimeExpression):
        draft.start = resolve(value, scene.day)
        draft.evidence = _evidence(hit, min(found[0], at), max(hit.at("other"), at), scene.items[at])
    return draft
