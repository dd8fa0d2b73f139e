"""A match of a person pattern to its mention: name, office, country, and whether the office is a public one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from kg.extract.country import country_of
from kg.extract.item import Item, Mention, Symbol
from kg.extract.lexicon import Lexicon, plain_words
from kg.extract.names import without_style
from kg.extract.placing import town_of
from kg.extract.rewrite import Match
from kg.lexicon.gazetteer import Kind
from kg.lexicon.tokens import folded
from kg.lexicon.world import Office

# Offices that firms, clubs and churches have too: without a country beside them they name no public one.
_SHARED: Final = frozenset(
    {
        "administrator", "bank-president", "captain", "chair", "chairman", "chairperson", "chief-executive",
        "commander", "commissioner", "coordinator", "director", "director-general", "director-of-institute",
        "executive-director", "general", "general-secretary", "governor", "head", "mayor", "representative",
        "secretary", "speaker", "treasurer",
    }
)  # fmt: skip


def _named(items: Sequence[Item]) -> tuple[str, tuple[str, ...], bool]:
    """Name and known bearers of a name slot; whether it is a full name."""
    last = items[-1]
    if last.mention is not None and last.mention.name:
        return last.mention.name, last.mention.known, True
    name = " ".join(item.text for item in items)
    known = last.keys.get(Kind.SHORT, ()) if len(items) == 1 else ()
    plain = None if known else without_style(name, "styles_below_the_throne")
    name = plain or name  # "Sheikh Nasser" is listed, "Sheikh Nasser Al Novak" is somebody else
    return name, known, " " in name


def country_in(match: Match) -> str | None:
    """The country or organisation that stands in the match."""
    for slot in ("of", "post", "bodynat", "nat"):
        items = match.slot(slot)
        if slot == "of" and items and _is_posted_to(match):
            continue
        country = country_of(items[0]) if items else None
        if country is not None:
            return country
    return None


def _is_posted_to(match: Match) -> bool:
    """Whether the country is where somebody is sent, not whom he serves: "ambassador to X"."""
    return match.items[match.found.start("of") - 1].is_word("to") or (
        match.items[match.found.start("of") - 1].is_word("the")
        and match.items[match.found.start("of") - 2].is_word("to")
    )


def _is_sent_for(match: Match) -> bool:
    """Whether the country is what somebody is sent for: "Special Envoy for Libya"."""
    if not match.has("of"):
        return False
    at = match.found.start("of") - 1
    return match.items[at - 1 if match.items[at].is_word("the") else at].text.casefold() == "for"


def mention_of(match: Match, lexicon: Lexicon) -> Mention:
    """The person of a match, named or not."""
    slot = match.slot("name")
    name, known, full = _named(slot) if slot else (None, (), False)
    first = slot[0] if slot else match.items[match.found.start()]
    last = slot[-1] if slot else match.items[match.found.end() - 1]
    mods = (*match.slot("mods"), *match.slot("mid"))
    mention = Mention(
        name, first.begin, last.end, country=country_in(match), known=known, full=full,
        former=any(item.is_word("former") for item in mods),
        then=any(item.is_word("then") for item in mods),
        elect=match.has("elect") or any(item.is_word("future_holder") for item in mods),
        visiting=any(item.text.casefold() == "visiting" for item in match.slot("mods")),
        bare=not match.has("nat") and not match.has("of"),
    )  # fmt: skip
    if match.has("title"):
        _entitle(mention, match, lexicon)
    return mention


def _entitle(mention: Mention, match: Match, lexicon: Lexicon) -> None:
    """Add to a mention what its title says."""
    title = match.slot("title")[0]
    office = lexicon.office(title.text) or _with_portfolio(title, lexicon)
    mention.titled, mention.title = True, folded(title.text)
    mention.elect = mention.elect or mention.title.endswith(("elect", "designate"))
    mention.also = _also(match, title, lexicon)
    if office is not None:
        mention.office_kind = office.kind
        # "leader" says that somebody leads and "Sheikh" how he is addressed, not which office is held
        mention.office = None if office.id in {"leader", "sheikh"} else _label(match, mention.title, office)
        if (
            office.kind == "envoy" and _is_sent_for(match) and match.slot("of")[0].symbol != Symbol.ORGANISATION
        ):  # "Special Envoy for Libya" serves another
            mention.country = country_of(match.slot("nat")[0]) if match.has("nat") else None
        if mention.country is None:
            mention.country = lexicon.seats.get(office.id) or _of_town(match, office, lexicon)


def _of_town(match: Match, office: Office, lexicon: Lexicon) -> str | None:
    """The country of a mayor's town or a governor's province, where the place is listed."""
    town = match.one("of", "L") or match.one("port", "L")
    place = town_of(town, lexicon) if town is not None and office.kind == "subnational" else None
    return place.country if place is not None else None


def _with_portfolio(title: Item, lexicon: Lexicon) -> Office | None:
    """The office of "Minister for Trade", which no list has: a minister's, with its portfolio for a label."""
    plain = lexicon.office(title.value) if isinstance(title.value, str) else None
    if plain is None:
        return None
    of_foreign = "foreign" in folded(title.text).split() and plain.kind == "minister"
    kind = "foreign-minister" if of_foreign else plain.kind
    return replace(plain, id=folded(title.text), label=title.text, kind=kind)


def _also(match: Match, title: Item, lexicon: Lexicon) -> tuple[str, ...]:
    """The labels of further titles in the match."""
    begin, end = match.found.span()
    others = [item for item in match.items[begin:end] if item.symbol == Symbol.TITLE and item is not title]
    offices = [lexicon.office(item.text) for item in others]
    return tuple(office.label for office in offices if office is not None and office.id != "leader")


def _label(match: Match, title: str, office: Office) -> str:
    """The office in words, with what it is of and how high: "Deputy Trade Minister"."""
    label = office.label.removesuffix("-elect").removesuffix("-designate")
    port = match.slot("port")
    if port and title in plain_words("portfolio") and office.kind != "spokesperson":
        label = f"{port[0].text} {label}"
    for item in (*match.slot("mods"), *match.slot("mid")):
        if folded(item.text) in plain_words("ranks"):
            label = f"{item.text.title()} {label}"
    return label


def is_public(match: Match, mention: Mention, lexicon: Lexicon) -> bool:
    """Whether title and context show a public office: a company, club or university president holds none."""
    if _of_somebody_else(match) or mention.title.startswith("opposition"):
        return False
    if match.has("port") and mention.title not in plain_words("portfolio"):
        return False
    if mention.country is None and _may_be_private(match, lexicon.office(mention.title)):
        return False
    return mention.office is not None or (mention.country is not None and mention.office_kind is not None)


def is_thing(match: Match) -> bool:
    """Whether the name is a thing's: "General Confederation", "Field Marshal Novak Air Base"."""
    slot = match.slot("name")
    words = slot[-1].text.split() if slot else []
    if not words:
        return False
    end = match.found.end("name")
    behind = match.items[end] if end < len(match.items) else None
    if behind is not None and behind.text[:1].isupper() and behind.begin == slot[-1].end + 1:
        words = [*words, behind.text]
    return folded(words[-1]) in plain_words("last_of_things") or folded(words[0]) in plain_words("first_of_things")


def is_given_name(match: Match, mention: Mention) -> bool:
    """Whether what could be a title is a given name: "Amir Novak", where no country, article or style stands by."""
    if mention.title not in plain_words("also_given_names") or (mention.known and mention.full):
        return False
    if any(match.slot(slot) for slot in ("nat", "of", "mods")):
        return False
    between = match.items[match.index("title") + 1 : match.index("name")] if match.has("name") else ()
    return match.has("name") and not between


def _of_somebody_else(match: Match) -> bool:
    """Whether the office is of a firm, or of somebody whose husband, son or aide is meant."""
    start = match.found.start()
    of = match.slot("of")
    if of and of[0].symbol == Symbol.NAME and folded(match.slot("title")[0].text) in plain_words("of_regions"):
        return False
    if of and (of[0].symbol == Symbol.NAME or of[0].is_word("common_nouns")):
        return True
    return match.has("whose") or (start > 0 and match.items[start - 1].is_word("whose"))


def _may_be_private(match: Match, office: Office | None) -> bool:
    """Whether a title without a country may be one of a firm or a club."""
    of = match.slot("of")
    if of and of[0].symbol in "NL" and folded(match.slot("title")[0].text) in plain_words("of_regions"):
        return False
    if office is not None and office.id in {"governor", "mayor"} and match.any("mods", "the"):
        return False
    if office is not None and office.id in _SHARED:
        return not (office.kind == "legislator" and (" " in match.slot("title")[0].text or match.has("body")))
    start = match.found.start()
    before = match.items[start - 1] if start else None
    if before is not None and before.is_word("possessive") and start > 1 and not match.has("nat"):
        owner = match.items[start - 2]  # "the university's chancellor"
        return owner.is_word("common_nouns") and not owner.is_word("own_state", "of_states")
    if before is None or match.has("mods"):
        return False
    return before.is_word("common_nouns") or before.symbol == Symbol.NAME
