"""Contacts told by talks for which or at which something was done, that are under way, arranged or stopped."""

from __future__ import annotations

from kg.extract import modality
from kg.extract.item import Symbol
from kg.extract.lexicon import plain_words
from kg.extract.rule import Hit
from kg.facts.contact.building import Built, by_channel, draft, first_of, last_index, noun_status, pairs, subject
from kg.facts.contact.record import ContactKind
from kg.facts.contact.verbs import held
from kg.model.fact import Status


def met_for(hit: Hit) -> Built | None:
    """A sat down for talks with B; A will meet for a working lunch with B."""
    built = held(hit)
    bare = hit.scene.items[hit.at("verb")].is_word("meet")
    return [each for each in built or () if not (bare and each.status is Status.HELD)] or None


def said_there(hit: Hit) -> Built | None:
    """A raised the border with B during a two-hour meeting in C."""
    acting, verb, noun = hit.at("acting"), hit.at("verb"), hit.at("noun")
    items = hit.scene.items
    if items[verb].symbol == Symbol.WORD and not items[verb].text.endswith("ed"):
        return None
    if any(item.text.casefold() in plain_words("bodies") for item in items[last_index(hit, "other") + 1 : noun]):
        return None
    if modality.of_verb(items, acting, verb) is not Status.HELD:
        return None
    return pairs(hit, hit.scene.people(acting), hit.at("other"), (noun, Status.HELD, (acting, noun)))


def under_way(hit: Hit) -> Built | None:
    """A is meeting B now; A is meeting B on Friday; A was meeting B when the news broke."""
    verb, end = hit.at("verb"), last_index(hit, "other")
    status = _under_way(hit, end)
    index, acting = subject(hit, hit.at("be"))
    if status is None or not acting:
        return None
    return pairs(hit, acting, hit.at("other"), (verb, status, (first_of(index, verb), end)))


def under_way_together(hit: Hit) -> Built | None:
    """A and B are meeting now."""
    verb, acting = hit.at("verb"), hit.at("subject")
    people, status = hit.scene.people(acting), _under_way(hit, hit.at("verb"))
    return [draft(hit, people, (verb, status, (acting, verb)))] if status is not None and len(people) > 1 else None


def _under_way(hit: Hit, end: int) -> Status | None:
    """Held where the words say that it goes on or went on, planned where they tell its day."""
    items, be = hit.scene.items, hit.at("be")
    behind = items[end + 1 : end + 7]
    if items[be].text.casefold() in {"was", "were"}:
        return Status.HELD if any(item.text.casefold() in {"when", "as"} for item in behind) else None
    if items[be].text.casefold() not in {"is", "are"}:
        return None
    if any(item.text.casefold() in plain_words("now") for item in (*items[be:end], *behind[:2])):
        return Status.HELD
    return Status.PLANNED if any(item.symbol == Symbol.TIME for item in behind[:4]) else None


def arranged(hit: Hit) -> Built | None:
    """A and B have pencilled in a meeting for Friday."""
    acting, verb, noun = hit.at("subject"), hit.at("verb"), hit.at("noun")
    items, people = hit.scene.items, hit.scene.people(hit.at("subject"))
    if items[verb].text.casefold() not in plain_words("arranging") or len(people) < 2:
        return None
    stopped = noun_status(hit, noun)
    status = Status.PLANNED if stopped is Status.HELD else stopped
    return [draft(hit, people, (noun, status, (acting, noun)))] if status is not None else None


def stopped_together(hit: Hit) -> Built | None:
    """A and B have agreed to put off Friday's talks."""
    acting, verb, noun = hit.at("subject"), hit.at("verb"), hit.at("noun")
    items, people = hit.scene.items, hit.scene.people(hit.at("subject"))
    status = modality.stopped_by(items[verb])
    if status is None or len(people) < 2 or any(i.is_word("not", "hypothetical") for i in items[acting:verb]):
        return None
    return [draft(hit, people, (noun, status, (acting, noun)))]


def agreed_there(hit: Hit) -> Built | None:
    """A and B agreed in C on Friday to open a border: the two were there together."""
    acting, verb = hit.at("subject"), hit.at("verb")
    people = hit.scene.people(acting)
    if len(people) != 2 or modality.of_verb(hit.scene.items, acting, verb) is not Status.HELD:
        return None
    return by_channel([draft(hit, people, (verb, Status.HELD, (acting, verb)))], ContactKind.MEETING)
