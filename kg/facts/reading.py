"""The cascade over one article: sentences, mentions, figures, references, rules; then what they tell together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Final, TypeVar

from kg.extract.attach import attach
from kg.extract.figure import name_key
from kg.extract.home import note_company, note_lands, note_near, note_owned, opening_place, opening_state, share_states
from kg.extract.item import Item, Symbol
from kg.extract.lexicon import Lexicon, plain_words
from kg.extract.listed import share_titles
from kg.extract.memory import Memory
from kg.extract.mention import find_mentions, note_money
from kg.extract.origin import dateline_of, origin_of
from kg.extract.placing import town_of
from kg.extract.refer import Referrer
from kg.extract.register import Register
from kg.extract.rule import RuleSet
from kg.extract.scene import Scene
from kg.extract.segment import Sentence, segment
from kg.extract.settling import settle_home
from kg.facts.agreement.draft import AgreementDraft
from kg.facts.contact.denying import denials_in, denies_before
from kg.facts.contact.found import find_contacts
from kg.facts.contact.hearsay import disputed_in, without_hearsay
from kg.facts.heading import note_heading
from kg.facts.naming import gatherings_of, note_gatherings, note_meant, remember_gatherings
from kg.facts.reader import Reader, reader_of
from kg.facts.records import compose
from kg.facts.report import Report
from kg.facts.statement.rules import find_statements
from kg.facts.told import Told
from kg.lexicon.gazetteer import Kind
from kg.model.date import PartialDate, Precision
from kg.model.entity import Place, fold
from kg.model.fact import Evidence
from kg.model.text import Article, Part

_FRESH_DAYS: Final = 7
_DASHES: Final = frozenset("-–—:")
_LEAD: Final = 4  # sentences whose countries may be those of a leader without one
D = TypeVar("D")


def publication_day(article: Article) -> dt.date | None:
    """The day by which relative times are read: of publication, else of the last update, else of a dated dateline."""
    dateline = str(article.dateline_date) if article.dateline_date else ""
    for said in (article.published, article.updated, dateline):
        if said and len(said) >= len("2025-06-17"):
            try:
                return PartialDate.parse(said[:10]).earliest
            except ValueError:
                continue
    return None


def read_facts(article: Article, lexicon: Lexicon) -> Report:
    """The facts of one article, each with its evidence."""
    return read_with(reader_of(lexicon), article)


def read_with(reader: Reader, article: Article) -> Report:
    """The facts of one article, read by these finders and rules."""
    lexicon = reader.lexicon
    day = publication_day(article)
    dateline = dateline_of(article, lexicon)
    register = Register(lexicon, day, origin_of(article, dateline, lexicon))
    told = Told(article=article, register=register, day=day, dateline=dateline)
    pages = [(sentence, _mentions(article, sentence, reader, register)) for sentence in segment(article)]
    _note_near(pages)
    told.setting = dateline or _setting(pages, lexicon)
    register.of_items = _is_of_items(article)
    register.headed = _headed(pages, register)
    _introduce(register, pages)
    lead = _headline_countries(pages)
    _settle(register, lead)
    memory = Memory(looks_ahead=_looks_ahead(article))
    referrer = Referrer(reader.lists, register, memory)
    for sentence, items in pages:
        resolved = referrer.resolve(items, article.text, sentence)
        _read(Scene(article, sentence, resolved, register, memory, lexicon, day), reader, told)
    _settle(register, lead)
    return compose(told, lexicon)


def _note_near(pages: Sequence[tuple[Sentence, list[Item]]]) -> None:
    """Note beside which country each person stands in his paragraph."""
    last = place = opener = None
    paragraph = -1
    for sentence, items in pages:
        if sentence.paragraph != paragraph:
            last, place, opener = None, opening_place(items), None
        note_owned(items, opener)
        last = note_near(items, last, place)
        opener = opening_state(items)
        paragraph = sentence.paragraph


def _is_of_items(article: Article) -> bool:
    """Whether the article is a digest, whose paragraphs tell of different countries: by a word of its headline."""
    words = fold(article.headline or "").replace(",", " ").replace(":", " ").split()
    return not plain_words("digests").isdisjoint(words)


def _looks_ahead(article: Article) -> bool:
    """Whether the article says what is to come: "Diary of the week ahead"."""
    headline = fold(article.headline or "")
    return any(phrase in headline for phrase in plain_words("ahead_headlines"))


def _headed(pages: Sequence[tuple[Sentence, list[Item]]], register: Register) -> dict[str, str]:
    """The kinds of office that the headline names by country alone: "S. Korean FM meets counterparts"."""
    headed: dict[str, set[str]] = {}
    states = register.lexicon.world.countries
    for sentence, items in pages:
        for item in items if sentence.part is Part.HEADLINE else ():
            mention = item.mention if item.symbol == Symbol.REFERENCE else None
            kind, country = (mention.office_kind, mention.country) if mention is not None else (None, None)
            if kind is not None and country in states and mention is not None and not mention.counterpart:
                headed.setdefault(kind, set()).add(str(country))
    return {kind: next(iter(codes)) for kind, codes in headed.items() if len(codes) == 1}


def _introduce(register: Register, pages: Sequence[tuple[Sentence, list[Item]]]) -> None:
    """Make figures of the mentions: of full names first, so that short ones find them."""
    mentions = [item.mention for _, items in pages for item in items if item.mention is not None]
    for mention in sorted(mentions, key=lambda mention: not mention.full):
        register.introduce(mention)


def _settle(register: Register, lead: Sequence[str]) -> None:
    register.settle()
    settle_home(register, lead)


def _headline_countries(pages: Sequence[tuple[Sentence, list[Item]]]) -> list[str]:
    """The countries that headline and first sentences name, in their order."""
    found: list[str] = []
    for _, items in pages[:_LEAD]:
        for at, item in enumerate(items):
            found += () if _strikes(items, at) else item.keys.states
            if item.mention is not None and item.mention.country:
                found.append(item.mention.country)
    return list(dict.fromkeys(found))


def _setting(pages: Sequence[tuple[Sentence, list[Item]]], lexicon: Lexicon) -> Place | None:
    """The one town in which the headline says that something was: "Ministers meet in Lima"."""
    headline = next((items for sentence, items in pages if sentence.part is Part.HEADLINE), [])
    towns = [
        at
        for at, item in enumerate(headline)
        if at and headline[at - 1].is_word("in") and (item.symbol == "L" or fold(item.text) in lexicon.world.towns)
    ]
    return town_of(headline[towns[0]], lexicon) if len(towns) == 1 else None


def _mentions(article: Article, sentence: Sentence, reader: Reader, register: Register) -> list[Item]:
    """The items of one sentence, with gatherings and persons joined; what it names is noted."""
    items = find_mentions(article.text, sentence, reader.lexicon)
    if "$" in sentence.words:
        note_money(items)
    listed = [item for item in items if item.keys]
    for item in listed:
        register.countries.update(item.keys.states)
        register.place(item)
    if "(" in sentence.words:
        items = _without_sides(items)
    named = ["summit" for item in listed if Kind.SUMMIT in item.keys]
    if named or not reader.gatherings.beside.isdisjoint([item.symbol for item in items]):
        items = reader.gatherings.find(items)
    items = share_titles(items, reader.lexicon)
    items = reader.people.find(items, article.text)
    if [item for item in items if item.mention is not None]:
        share_states(items)
        note_lands(items)
        note_company(items, reader.lexicon)
    _note_names(items, register)
    return items


def _note_names(items: Sequence[Item], register: Register) -> None:
    """Note the last names of those who are in no list, and how often each country is named."""
    for at, item in enumerate(items):
        if item.symbol == Symbol.NAME:
            if item.text.count(" ") in {1, 2}:
                register.strangers.add(name_key(item.text.split()[-1]))
        elif item.symbol == Symbol.REFERENCE:
            _note_envoy(item, register)
        elif item.symbol in "CAL":
            _note_country(items, at, register)
        elif item.symbol in "OS" and (Kind.ORGANISATION in item.keys or Kind.SUMMIT in item.keys):
            kind = Kind.ORGANISATION if Kind.ORGANISATION in item.keys else Kind.SUMMIT
            register.bodies[item.keys[kind][0]] += 1


def _note_country(items: Sequence[Item], at: int, register: Register) -> None:
    item = items[at]
    if not _strikes(items, at):
        register.heard.update(item.keys.states[:1])
    if Kind.TOWN in item.keys:
        register.towns[register.lexicon.world.towns[item.keys[Kind.TOWN][0]].country] += 1


def _note_envoy(item: Item, register: Register) -> None:
    """Note the country of an ambassador without a name: he is received by others than his own."""
    mention = item.mention
    if mention is not None and mention.office_kind == "envoy" and mention.country is not None:
        register.envoys.add(mention.country)


def _strikes(items: Sequence[Item], at: int) -> bool:
    """Whether a country is named as the one that strikes: "a Freedonian airstrike" hits officials of another."""
    return (
        items[at].symbol == Symbol.DEMONYM
        and at + 1 < len(items)
        and items[at + 1].text.casefold() in plain_words("strikes")
    )


def _without_sides(items: list[Item]) -> list[Item]:
    """The items without a caption's "(left)"."""
    kept: list[Item] = []
    at = 0
    while at < len(items):
        if _is_side(items[at : at + 3]):
            at += 3
            continue
        kept.append(items[at])
        at += 1
    return kept


def _is_side(items: Sequence[Item]) -> bool:
    return len(items) == 3 and items[0].symbol == "‹" and items[1].is_word("side") and items[2].symbol == "›"


def _read(scene: Scene, reader: Reader, told: Told) -> None:
    """Run the rules of every fact type over one sentence."""
    gatherings = gatherings_of(scene) if Symbol.SUMMIT in scene.present else []
    note_gatherings(scene, gatherings, told)
    note_meant(scene, told)
    _open_paragraph(scene)
    note_heading(scene)
    _read_events(scene, reader, told)
    if reader.asides is None or not scene.present.isdisjoint(reader.asides):
        told.anniversaries += _drafts(scene, reader.anniversaries)
        told.presences += _drafts(scene, reader.summits)
        told.tenures += _drafts(scene, reader.tenures)
    told.statements += find_statements(scene, told.statements[-1] if told.statements else None)
    remember_gatherings(scene, gatherings)


def _open_paragraph(scene: Scene) -> None:
    """Note the town of a paragraph that opens with a dateline of its own, as the items of a digest do."""
    memory, items = scene.memory, scene.items
    if memory.paragraph == scene.sentence.paragraph:
        return
    memory.paragraph, memory.filed = scene.sentence.paragraph, None
    opening = items[0]
    behind = scene.article.text[opening.end : opening.end + 3].lstrip()[:1]
    alone = len(items) == 2 and items[1].symbol in ".:"
    if opening.symbol in "LC" and (alone or (opening.text.isupper() and behind and behind in _DASHES)):
        memory.filed = town_of(items[0], scene.lexicon)


def _drafts(scene: Scene, rules: RuleSet[D]) -> list[D]:
    """What the rules of one fact type build; they know nothing of the triggers of another."""
    scene.claimed = set()
    return [draft for _, draft in rules.apply(scene)]


def _read_events(scene: Scene, reader: Reader, told: Told) -> None:
    """Contacts and agreements, each with the source that the sentence names."""
    if denies_before(scene):
        told.contacts = [d for d in told.contacts if d.sentence < scene.sentence.number - 1]
    if scene.is_question:
        return
    told.contacts = without_hearsay(scene, told.contacts)
    told.denials += (*denials_in(scene), *disputed_in(scene))
    contacts = find_contacts(scene, reader.contacts)
    scene.claimed = set()
    agreements = [draft for _, draft in sorted(reader.agreements.apply(scene), key=lambda hit: hit[0])]
    if agreements or contacts:
        source = reader.attribution.find(scene, scene.symbols)
        for draft in agreements:
            draft.evidence = [replace(_evidence_of(scene, draft), attributed_to=source)]
        for contact in contacts if source is not None else ():
            contact.evidence = [replace(e, attributed_to=source) for e in contact.evidence]
    if not contacts:
        for draft in agreements:
            _set_frame(scene, draft)
    told.contacts += contacts
    told.agreements += agreements


def _set_frame(scene: Scene, draft: AgreementDraft) -> None:
    """Let the day and town of an agreement between people hold for the talks told next."""
    if scene.is_headline or len(draft.people) < 2:
        return
    everywhere = (0, len(scene.items))
    beside = attach(scene.items, draft.trigger, everywhere, lexicon=scene.lexicon, day=scene.day, future=False)
    began = beside.when.earliest if beside.when.precision is Precision.DAY else None
    if began is not None and scene.day is not None and 0 <= (scene.day - began).days <= _FRESH_DAYS:
        memory = scene.memory
        memory.last_day, memory.last_people = beside.when, draft.people
        at_home = beside.place is not None and any(f.country == beside.place.country for f in draft.people)
        place = beside.place if at_home else None  # elsewhere it may be what they agreed on: "a consulate in X"
        memory.last_sentence, memory.last_place, memory.last_summit = scene.sentence.number, place, None


def _evidence_of(scene: Scene, draft: AgreementDraft) -> Evidence:
    """From the subject to the end of what was agreed."""
    begin, end = draft.begin, draft.end
    return Evidence(begin=begin, end=end, quote=scene.text(begin, end), rule=draft.rule)


__all__ = ["Reader", "Told", "publication_day", "read_facts", "read_with", "reader_of"]
