"""A match of a person pattern to its mention: name, office, country, and whether the office is a public one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from kg.extract.among import has_kind, has_word
from kg.extract.country import country_of
from kg.extract.item import Item, Mention, Symbol
from kg.extract.known import HEADS
from kg.extract.lexicon import Lexicon, plain_words
from kg.extract.names import without_style
from kg.extract.rewrite import Match
from kg.lexicon.gazetteer import Kind
from kg.lexicon.tokens import folded
from kg.lexicon.world import Office

_DELEGATION: Final = 10  # items between a delegation and who led it
_SMALL: Final = frozenset({"of", "for", "and", "the", "to", "in", "on", "at"})
# Offices that firms, clubs and churches have too: without a country beside them they name no public one.
_SHARED: Final = frozenset(
    {
        "administrator", "bank-president", "captain", "chair", "chairman", "chairperson", "chief-executive",
        "commander", "commissioner", "coordinator", "director", "director-general", "director-of-institute",
        "executive-director", "general", "general-secretary", "governor", "head", "managing-director", "mayor",
        "representative", "secretary", "speaker", "treasurer",
    }
)  # fmt: skip


def _named(items: Sequence[Item]) -> tuple[str, tuple[str, ...], bool]:
    """Name and known bearers of a name slot; whether it is a full name."""
    last = items[-1]
    if last.mention is not None and last.mention.name:
        return last.mention.name, last.mention.known, True
    name = " ".join(item.text for item in items)
    word, _, rest = name.partition(" ")
    if rest and folded(word) in plain_words("region_words"):
        name = rest
    known = last.keys.get(Kind.SHORT, ()) if len(items) == 1 else ()
    plain = None if known else without_style(name, "styles_below_the_throne")
    name = plain or name  # "Sheikh Nasser" is listed, "Sheikh Nasser Al Novak" is somebody else
    return name, known, " " in name


def country_in(match: Match) -> str | None:
    """The country or organisation that stands in the match."""
    for slot in ("of", "post", "owner", "bodynat", "nat"):
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


def _in_chamber(match: Match, title: Item, office: Office, lexicon: Lexicon) -> Office:
    """The office with the chamber of which it is: "the speaker of the Belgian Chamber of Representatives"."""
    body = match.slot("body")
    if not body or not body[0].is_word("chamber") or not match.items[match.index("title") + 1].is_word("of"):
        return office
    words = body[0].text if body[0].text[0].isupper() else body[0].text.title()
    listed = lexicon.office(f"{title.text} of the {words}") or lexicon.office(f"{title.text} of {words}")
    if listed is not None or office.kind != "legislator":
        return listed or office
    return replace(office, id=f"{office.id} {folded(words)}", label=f"{office.label} of the {words}")


def mention_of(match: Match, lexicon: Lexicon) -> Mention:
    """The person of a match, named or not."""
    slot = match.slot("name")
    name, known, full = _named(slot) if slot else (None, (), False)
    first = slot[0] if slot else match.items[match.found.start()]
    last = slot[-1] if slot else match.items[match.found.end() - 1]
    mods = (*match.slot("mods"), *match.slot("mid"))
    mention = Mention(
        name, first.begin, last.end, country=country_in(match), known=known, full=full,
        former=has_word(mods, "former"),
        then=has_word(mods, "then"),
        elect=match.has("elect") or has_word(mods, "future_holder"),
        visiting=any(item.text.casefold() == "visiting" for item in match.slot("mods")),
        bare=not match.has("nat") and not match.has("of"),
    )  # fmt: skip
    if match.has("title"):
        _entitle(mention, match, lexicon)
    named = slot[-1].mention if slot else None
    if named is not None and named.titled and mention.country is None:  # "her Danish colleague X, the prime minister"
        mention.country = named.country
    if named is not None and named.office and mention.office and folded(named.office) in plain_words("thrones"):
        mention.also = (*mention.also, mention.office)  # "Crown Prince X, deputy premier"
        mention.office, mention.office_kind, mention.title = named.office, named.office_kind, named.title
    posted = match.slot("posted")
    mention.posted = country_of(posted[0]) if posted and mention.office_kind == "envoy" else None
    return mention


def _entitle(mention: Mention, match: Match, lexicon: Lexicon) -> None:
    """Add to a mention what its title says."""
    title = match.slot("title")[0]
    office = lexicon.office(title.text) or _with_portfolio(title, lexicon)
    office = office and _in_chamber(match, title, office, lexicon)
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
            seat = lexicon.seat(office, mention.title) or office.country
            region = None if seat else _of_region(match, office, lexicon)
            mention.country = seat or region or _of_sender(match, office, lexicon) or _of_delegation(match)
            if region is not None:
                mention.office_kind = "subnational"


def _of_sender(match: Match, office: Office, lexicon: Lexicon) -> str | None:
    """The organisation whose head somebody represents: "the Secretary-General's Special Envoy for the Sahel"."""
    start = match.found.start()
    if office.kind != "envoy" or start < 2 or not match.items[start - 1].is_word("possessive"):
        return None
    sender = match.items[start - 2]
    head = lexicon.office(sender.text.split("the ")[-1])
    if head is None or head.kind != "organisation-head":
        return None
    return (sender.mention.country if sender.mention else None) or lexicon.seat(head, folded(head.label)) or "UN"


def _of_delegation(match: Match) -> str | None:
    """The country whose delegation somebody led: "a delegation from the National Assembly of Laos led by Speaker X"."""
    items, end = match.items, match.found.start()
    end -= bool(end and items[end - 1].is_word("its"))
    reach = range(end - 2, max(0, end - _DELEGATION), -1) if end and items[end - 1].is_word("led_by") else ()
    group = next((at for at in reach if items[at].is_word("delegation")), None)
    if group is None:
        return None
    behind = items[group + 1 : end - 1]
    codes = {country_of(item) for item in (items[group - 1], *behind) if item.symbol in "AC"}
    plain = all(item.symbol in "AC," or item.is_word("of", "from", "the", "chamber", "possessive") for item in behind)
    return codes.pop() if plain and len(codes) == 1 else None


def _of_region(match: Match, office: Office, lexicon: Lexicon) -> str | None:
    """The country of the province or the town that somebody governs: "Quebec Premier", "the Mayor of Osaka"."""
    if office.kind != "subnational" and folded(office.label) not in plain_words("of_regions"):
        return None
    start = match.found.start()
    owner = match.items[start - 2 : start - 1] if start > 1 and match.items[start - 1].is_word("possessive") else []
    for items in (match.slot("of"), match.slot("nat"), match.slot("port"), owner):
        for item in items:
            governed = office.kind == "subnational" and Kind.TOWN in item.keys
            town = lexicon.world.towns.get(item.keys[Kind.TOWN][0]) if governed else None
            named = folded(item.text)
            region = lexicon.world.regions.get(named) or lexicon.world.regions.get(named.rpartition(" ")[0])
            country = region or (town.country if town is not None else None)
            if country is not None:
                return country
    return None


def _with_portfolio(title: Item, lexicon: Lexicon) -> Office | None:
    """The office of "Minister for Trade", which no list has: a minister's, with its portfolio for a label."""
    plain = lexicon.office(title.value) if isinstance(title.value, str) else None
    if plain is None:
        return None
    words = folded(title.text)
    of_foreign = "foreign" in words.split() and plain.id in {"minister", "cabinet-secretary"}
    kind = "foreign-minister" if of_foreign else plain.kind
    if words.startswith("secretary of state for "):  # of no one country, as the Secretary of State is
        plain, kind = replace(plain, country=None), kind if "foreign" in words.split() else "minister"
    short = title.value if isinstance(title.value, str) and title.value.isupper() else None
    label = title.text if short is None else title.text.replace(short, plain.label)  # "Foreign Affairs CS"
    return replace(plain, id=folded(title.text), label=_capitalised(label) if label.islower() else label, kind=kind)


def _capitalised(label: str) -> str:
    """ "minister of mines and energy" as a title is written."""
    return " ".join(word if word in _SMALL else word.capitalize() for word in label.split())


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
    if _of_somebody_else(match, mention) or mention.title.startswith("opposition") or _of_party_of(match, mention):
        return False
    of_region = mention.office_kind == "subnational" and mention.country is not None
    if match.has("port") and mention.title not in plain_words("portfolio") and not of_region:
        return False
    if match.has("port") and mention.country is None and _is_clerical(match, mention):
        return False
    if _is_of_a_club(match, mention) or _speaks_for_a_group(match, mention):
        return False
    if mention.country is None and _may_be_private(match, mention, lexicon.office(mention.title)):
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
    if len(words) == 1 and folded(words[0]) in plain_words("post_nominals"):
        return True  # "Novak, SC, MP"
    return folded(words[-1]) in plain_words("last_of_things") or folded(words[0]) in plain_words("first_of_things")


def is_given_name(match: Match, mention: Mention) -> bool:
    """Whether what could be a title is a given name: "Amir Novak", where no country, article or style stands by."""
    if mention.title not in plain_words("also_given_names") or (mention.known and mention.full):
        return False
    if any(match.slot(slot) for slot in ("nat", "of", "mods")):
        return False
    if not plain_words("arabic_particles").isdisjoint(folded(mention.name or "").replace("-", " ").split()):
        return False  # "Amir Hamad bin Khalifa"
    between = match.items[match.index("title") + 1 : match.index("name")] if match.has("name") else ()
    return match.has("name") and not between


def _speaks_for_a_group(match: Match, mention: Mention) -> bool:
    """Whether a spokesman is one of a party, a movement, rebels: what stands before him is no ministry."""
    at = match.index("title")
    before = match.slot("port")[-1] if match.has("port") else match.items[at - 1] if at else None
    if before is None or mention.office_kind != "spokesperson":
        return False
    last = folded(before.text).rsplit(" ", 1)[-1]
    if last in plain_words("groups"):
        return True
    named = before.symbol == Symbol.NAME and before.end + 1 == match.items[at].begin and not match.has("nat")
    named = named and not (before.text.isalpha() and before.text.isupper())  # "MFA spokesman"
    return named and last not in plain_words("ministry_ends") and last not in plain_words("speaking_offices")


def leads_a_party(match: Match, mention: Mention) -> bool:
    """Whether a known leader is called the leader of no state: "Union leader X", "the leader of the Union, X"."""
    if _of_party_of(match, mention):
        return True
    if mention.title != "leader" or mention.country is not None:
        return False
    at = match.index("title")
    before = match.slot("port")[-1] if match.has("port") else match.items[at - 1] if at else None
    of = match.slot("of")
    return any(
        item is not None
        and (item.symbol == Symbol.NAME or folded(item.text).rsplit(" ", 1)[-1] in plain_words("groups"))
        for item in (before, *of)
    )


def _of_party_of(match: Match, mention: Mention) -> bool:
    """Whether the country before "leader" ends the name of a party: "Progress Party of Freedonia leader X"."""
    start = match.found.start()
    if mention.title != "leader" or start < 2 or not match.has("nat"):
        return False
    return match.items[start - 1].text == "of" and match.items[start - 2].text[0].isupper()


def _is_of_a_club(match: Match, mention: Mention) -> bool:
    """Whether a town's name is part of a club's: "Dinamo Bucharest president X"."""
    title = match.index("title") if match.has("title") else 0
    if title < 2 or mention.office_kind == "subnational":
        return False
    town, before = match.items[title - 1], match.items[title - 2]
    return town.symbol == Symbol.TOWN and before.symbol == Symbol.NAME and before.end + 1 == town.begin


def _is_clerical(match: Match, mention: Mention) -> bool:
    """Whether a secretary is one of no ministry: "the parish secretary"."""
    last = folded(match.slot("port")[0].text).rsplit(" ", 1)[-1]
    return mention.title == "secretary" and last not in plain_words("ministry_ends")


def _of_somebody_else(match: Match, mention: Mention) -> bool:
    """Whether the office is of a firm, or of somebody whose husband, son or aide is meant."""
    start = match.found.start()
    of = match.slot("of")
    if of and of[0].symbol == Symbol.NAME and _is_of_regions(mention) and not _is_firm(of[0], mention):
        return False
    if of and (of[0].symbol == Symbol.NAME or of[0].is_word("common_nouns")):
        return True
    return match.has("whose") or (start > 0 and match.items[start - 1].is_word("whose"))


def _is_firm(named: Item, mention: Mention) -> bool:
    """Whether the words of a name behind "president of" are those of a club or a firm, not of a region."""
    words = named.text.split()
    return (
        mention.title in plain_words("presiding") and len(words) > 1 and mention.country is None and not mention.known
    )


def _is_of_a_body(before: Sequence[Item], office: Office | None) -> bool:
    """Whether "its president" or "the Beef Importers' president" is none of a state."""
    if before[-1].text.casefold() == "its":
        heads = office is not None and office.kind in HEADS
        return heads and not has_kind(before, "CA")
    return before[-1].symbol == "'" and len(before) > 1 and before[-2].symbol == Symbol.NAME


def _is_of_regions(mention: Mention) -> bool:
    return mention.office_kind == "subnational" or mention.title in plain_words("of_regions")


def _may_be_private(match: Match, mention: Mention, office: Office | None) -> bool:
    """Whether a title without a country may be one of a firm or a club."""
    of = match.slot("of")
    if of and of[0].symbol in "NL" and _is_of_regions(mention):
        return False
    if office is not None and office.id in {"governor", "mayor"} and match.any("mods", "the"):
        return False
    if office is not None and office.id in _SHARED:
        if office.id == "speaker" and _stands_beside_a_head(match):
            return False
        return not (office.kind == "legislator" and (" " in match.slot("title")[0].text or match.has("body")))
    start = match.found.start()
    return start > 0 and (_is_of_a_body(match.items[:start], office) or _stands_behind_a_firm(match, start))


def _stands_beside_a_head(match: Match) -> bool:
    """Whether "Speaker X" is one of two who are named with their titles: "Prime Minister X and Speaker Y"."""
    start = match.found.start()
    if start < 2 or not match.slot("title")[0].text[0].isupper() or not match.items[start - 1].is_word("and"):
        return False
    before = match.items[max(0, start - 4) : start - 1]
    return before[-1].symbol in "NP" and has_kind(before, "tP")


def _stands_behind_a_firm(match: Match, start: int) -> bool:
    """Whether the words before a title are a firm's or a club's: "the university's chancellor"."""
    while start > 1 and match.items[start - 1].is_word("former", "then", "acting"):
        start -= 1
    before = match.items[start - 1]
    if before.symbol == "›":  # "the Alpine Ski Federation (ASF) president"
        return start > 3 and match.items[start - 2].symbol == Symbol.NAME
    if before.is_word("possessive") and start > 1 and not match.has("nat"):
        owner = match.items[start - 2]
        return owner.is_word("common_nouns") and not owner.is_word("own_state", "of_states")
    return not match.has("mods") and (before.is_word("common_nouns") or before.symbol == Symbol.NAME)
