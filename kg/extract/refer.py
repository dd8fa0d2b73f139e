"""References to figures: surnames, titles alone, pronouns, counterparts; lists are :mod:`kg.extract.joining`'s.

Works sentence by sentence in the order of the text and never reaches across articles.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kg.extract.among import has_kind, says
from kg.extract.clause import open_relative
from kg.extract.figure import Figure
from kg.extract.item import Item, Mention, Symbol
from kg.extract.joining import Joiner, Lists
from kg.extract.known import HEADS
from kg.extract.lexicon import plain_words
from kg.extract.memory import Memory, Those
from kg.extract.pronoun import PREPOSITIONS, as_counterpart, is_object, opens_quote
from kg.extract.register import Register
from kg.extract.segment import Sentence
from kg.lexicon.tokens import folded

_ACTS: Final = ("verb", "aux", "modal_future", "hypothetical", "met", "held", "said", "received", "also", "spoke")
_MET: Final = ("met", "received")
_ASIDE: Final = ("on", "also", "in", "from")  # with a time or a place between a subject and its verb
_NAMED: Final = frozenset({Symbol.PERSON, Symbol.REFERENCE, Symbol.NAME})
_REACHING: Final = ("met", "meet", "received", "receive", "phoned", "called_on", "with", "spoke")
_THRONE: Final = frozenset({"monarch", "heir"})
_PRONOUNS: Final = frozenset({"latter", "he", "him", "his", "highness"})
_NO_LEADERS: Final = frozenset({"minister", "deputy", "foreign-minister", "envoy", "spokesperson", "subnational"})
_OPENING: Final = 6  # items before the subject of "With the visiting minister, X, he agreed"
_SOON: Final = 300  # characters within which a title alone may mean one who is named below
_AGENT: Final = 3  # items before the one by whom something was done
_SEXES: Final = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f"}


class Referrer:
    """The references of one article."""

    __slots__ = (
        "_joiner",
        "_object",
        "_paragraph",
        "_quoted",
        "_spoken_of",
        "_strange",
        "_subject",
        "memory",
        "register",
    )

    def __init__(self, lists: Lists, register: Register, memory: Memory) -> None:
        """Take figures from the register; the memory says whom the text has named so far."""
        self.register = register
        self.memory = memory
        self._joiner = Joiner(lists, register, memory)
        self._subject: Figure | None = None  # of the sentence being read
        self._object: Figure | None = None  # the first one named after the subject
        self._spoken_of: Figure | None = None  # the last one named in a quotation
        self._strange = False  # "he" of the sentence being read is one of whom the text tells nothing
        self._quoted = False  # within quotation marks, which may open in an earlier sentence of the paragraph
        self._paragraph = -1

    def resolve(self, items: list[Item], text: str, sentence: Sentence) -> list[Item]:
        """The items with each reference bound to its figure (``item.value``), and lists joined."""
        memory = self.memory
        items = self._split_joined(items)
        memory.open_sentence(sentence.number)
        self._subject = self._object = self._spoken_of = None
        self._strange = False
        opens = sentence.paragraph != self._paragraph
        if opens:
            self._paragraph, self._quoted = sentence.paragraph, False
        self._bind_all(items)
        items = self._joiner.join(items, sentence.part)
        self._bind_those(items)
        self._remember_pair(items)
        for item in items:
            if item.symbol in "QDG":
                item.text = text[item.begin : item.end]
        memory.stranger = memory.acting is None and (self._strange or self._opens_with_stranger(items))
        speaks_for = self._subject is not None and self._subject.office_kind == "spokesperson" and memory.subject
        if self._subject is not None and not memory.stranger:
            memory.subject = speaks_for or self._subject  # "…, her spokesman said. She had met Y": not the spokesman
        elif opens and (owner := _only_owner(items)) is not None:
            memory.subject = owner
        elif self._subject is None and (agent := _agent(items)) is not None:
            memory.subject = agent
        return items

    def _bind_all(self, items: Sequence[Item]) -> None:
        for at, item in enumerate(items):
            if item.symbol == '"':
                self._quoted = opens_quote(item, quoted=self._quoted)
            elif item.symbol in _NAMED or (item.classes and not _PRONOUNS.isdisjoint(item.classes)):
                figure = self._figure(items, at)
                if figure is not None:
                    self._bind(items, at, figure)

    def _bind(self, items: Sequence[Item], at: int, figure: Figure) -> None:
        """Let the item mean the figure; the first one that no preposition governs is the sentence's subject."""
        item = items[at]
        item.value = figure
        figure.spans.append((item.begin, item.end))
        if item.symbol == Symbol.PERSON:
            figure.names.append((item.begin, item.end))
        if self._quoted:  # whom somebody speaks of is not who acts
            self._spoken_of = figure
            return
        self.memory.see(figure)
        if item.symbol not in "PR":
            return
        if at + 1 < len(items) and items[at + 1].is_word(*_ACTS):
            self.memory.acting = figure
        if self._subject is not None and self._subject is not figure and self._object is None:
            self._object = figure
        if self._subject is None and not _is_governed(items, at):
            self._subject = figure

    def _bind_those(self, items: Sequence[Item]) -> None:
        """Let "both leaders", whom somebody else meets, be the two people told of together before; so are "them"."""
        for at, item in enumerate(items):
            if item.text == "them" and at > 1 and items[at - 1].is_word("met", "meet", "received", "receive"):
                self._bind_them(items, at)
                continue
            those = item.value
            if item.symbol != Symbol.THOSE or not isinstance(those, Those) or those.sides or not at:
                continue
            others = [each for each in items[:at] if each.symbol in "PRQG"]
            if len(others) != 1 or not items[at - 1].is_word(*_REACHING):
                continue
            group = self.memory.group_of(those.number, those.office)
            if len(group) > 1 and isinstance(others[0].value, Figure) and others[0].value not in group:
                item.symbol, item.value = Symbol.PEOPLE, group

    def _bind_them(self, items: Sequence[Item], at: int) -> None:
        """Let "them" be the several people of the sentence's subject, or those told of together before it."""
        acting = next((item.value for item in reversed(items[: at - 1]) if item.symbol in "PR"), None)
        lists = [
            item.value for item in items[: at - 1] if item.symbol == Symbol.PEOPLE and isinstance(item.value, tuple)
        ]
        named = [figure for figure in lists[-1] if isinstance(figure, Figure)] if lists else []
        group = tuple(named) if len(named) > 1 else self.memory.group_of(0)
        if isinstance(acting, Figure) and len(group) > 1 and acting not in group:
            items[at].symbol, items[at].value = Symbol.PEOPLE, group

    def _remember_pair(self, items: Sequence[Item]) -> None:
        """Two people named in one sentence are together, where no list says who is."""
        people = [item for item in items if item.symbol in "PRQG"]
        if has_kind(people, "QG") or any(i.mention is not None and i.mention.company is not None for i in people):
            return  # "X, who was accompanied by his minister": not "the two leaders"
        figures = [i.value for i in people if isinstance(i.value, Figure) and i.value.office_kind != "spokesperson"]
        named = list(dict.fromkeys(figures))
        if len(named) == 2 and not _is_only_possible(items):
            self.memory.together(named)

    def _figure(self, items: Sequence[Item], at: int) -> Figure | None:
        """Whom one item means, if anybody."""
        item = items[at]
        mention = item.mention
        if item.symbol == Symbol.PERSON and mention is not None:
            figure = self.register.introduce(mention) or self.register.name(item)
            if figure is not None and (mention.served or mention.company is not None):
                self._as_servant(figure, items, at)
            if figure is not None and mention.counterpart and not item.text.startswith(("my ", "our ")):
                as_counterpart(figure, self._owner(items, at) or self._following(items, at))
            return figure
        if item.symbol == Symbol.REFERENCE and mention is not None:
            if _is_predicate(items, at) and mention.country is not None:
                return None  # "X, who died on Monday, was Freedonia's foreign minister": X, not the one of now
            return self._by_title(mention, self._owner(items, at) if mention.counterpart else None)
        if item.symbol == Symbol.NAME:
            figure = self.register.name(item)
            if figure is not None:
                item.symbol = Symbol.PERSON
            return figure
        return self._by_pronoun(items, at) if item.is_word(*_PRONOUNS) else None

    def _as_servant(self, figure: Figure, items: Sequence[Item], at: int) -> None:
        """Give him the country of whose spokesman he is, or with whom he came: "she ..., her spokesman X said"."""
        mention = items[at].mention
        if mention is None or (figure.country is not None and not figure.at_home):
            return
        host = next(
            (item.value for item in items[:at] if item.mention is not None and item.mention is mention.company), None
        )
        if host is None and mention.served:
            owned = items[at - 1].is_word("possessive")
            host = items[at - 2].value if owned else self._pronoun(items[at - 1])
        if isinstance(host, Figure) and host is not figure and host.country is not None:
            figure.country, figure.at_home, figure.company = host.country, False, host

    def _by_pronoun(self, items: Sequence[Item], at: int) -> Figure | None:
        """Whom "he", "him", "the latter" means; "his" stays a word."""
        item = items[at]
        if item.is_word("latter") and self.memory.recent:
            item.symbol = Symbol.REFERENCE
            return self.memory.recent[-1]
        if item.is_word("highness") and item.symbol not in "PR":
            figure = self._styled(item)
            item.symbol = Symbol.REFERENCE if figure is not None else item.symbol
            return figure
        if item.symbol in "PR" or not item.is_word("he", "him", "his") or self._is_stranger(items, at):
            return None
        if item.is_word("he") and self._is_whom(items, at) and self.memory.subject is not None:
            item.symbol = Symbol.REFERENCE
            return self.memory.subject
        if item.is_word("he") and at and items[at - 1].text.casefold() == "where" and self.memory.acting is not None:
            item.symbol = Symbol.REFERENCE
            return self.memory.acting  # "X stays while Y will be in Lima, where he is to meet Z"
        acted_on = item.is_word("him") and (folded(item.text) == "him" or is_object(items, at))
        meant = self._pronoun(item, acted_on=acted_on, other=_with_whom(items, at))
        figure = self._acted_on(items, at, meant) if acted_on else self._owned(items, at) or meant
        if figure is not None and (item.is_word("he") or acted_on):
            item.symbol = Symbol.REFERENCE
        return figure

    def _acted_on(self, items: Sequence[Item], at: int, figure: Figure | None) -> Figure | None:
        """Whom "him" means, who is not the one that acts: X in "X came as guest of Y, who held talks with him"."""
        who = open_relative(items, 0, at)
        acting = next((item.value for item in reversed(items[: who or 0][-2:]) if item.symbol in "PR"), None)
        return self._subject if acting is not None and figure is acting and self._subject is not None else figure

    def _owned(self, items: Sequence[Item], at: int) -> Figure | None:
        """Whose it is for which somebody is thanked, or of which somebody speaks in a quotation."""
        if not items[at].is_word("his"):
            return None
        return _thanked(items, at) or (self._spoken_of if self._quoted else None)

    def _is_whom(self, items: Sequence[Item], at: int) -> bool:
        """Whether "he" cannot be the subject, of whom a relative clause tells: "X, whom he was to meet, fell ill"."""
        if not at or not items[at - 1].is_word("whom"):
            return False
        return any(item.value is self._subject for item in items[max(0, at - 4) : at - 1] if item.value is not None)

    def _is_stranger(self, items: Sequence[Item], at: int) -> bool:
        """Whether "he" is one of whom the text tells nothing: the subject so far, or that of the sentence before.

        So is "him" behind it, in the same sentence: "He toured the region: X received him."
        """
        if folded(items[at].text) == "him":
            return self._strange or self._opens_with_stranger(items[:at])
        self._strange = self._strange or self._is_strange(items, at)
        return self._strange

    def _is_strange(self, items: Sequence[Item], at: int) -> bool:
        if not items[at].is_word("he") or (self._subject is not None and self.memory.acting is not None):
            return False
        if self._opens_with_stranger(items[:at]):
            return True
        return self._subject is None and self.memory.after_stranger

    def _opens_with_stranger(self, items: Sequence[Item]) -> bool:
        """Whether one opens of whom the text knows no more: "Anna Smith said that he met X", "The chancellor met X"."""
        at = next((at for at, item in enumerate(items) if item.symbol in "NPRQG"), len(items))
        if _is_unnamed(items, at):
            return True
        if not at and len(items) > 1 and items[1].symbol == Symbol.NAME:
            at = 1  # "Footballer Marco Bianchi met X"
        if at + 1 >= len(items) or not self.register.is_stranger(items[at]) or not _opens(items[:at]):
            return False
        if at and folded(items[at].text.split()[-1]) in plain_words("firms"):
            return False
        acts = items[at + 1]
        return acts.is_word(*_ACTS) or (acts.symbol == Symbol.WORD and acts.text.endswith(("s", "ed")))

    def _styled(self, item: Item) -> Figure | None:
        """Whom "His Excellency" means: the subject; "Her Majesty": the last one on a throne, or at a state's head."""
        if folded(item.text).endswith(("excellency", "eminence", "beatitude")):
            return self.memory.subject
        for kinds in (_THRONE, {"head-of-state"}):
            found = [figure for figure in self.memory.recent if figure.office_kind in kinds]
            if found:
                return self.memory.subject if self.memory.subject in found else found[-1]
        return None

    def _pronoun(self, item: Item, *, acted_on: bool = False, other: object = None) -> Figure | None:
        """Whom "he", "her" or "his" means: the subject so far, the last sentence's, the last person of that sex.

        It is not the ``other`` one of "With X, he agreed".
        """
        memory, subject = self.memory, self._subject
        possessive = item.is_word("his") and not acted_on
        acting = self.memory.acting if item.is_word("him") and not possessive else None
        if acting is not None and subject is not None and acting is not subject:
            return subject  # "X flew to Lima, where Y received him"
        if subject is not None and not possessive and item.is_word("him"):
            if self._object is not None and self._object is not subject:
                return self._object
            if memory.subject is not None and memory.subject is not subject:
                return memory.subject
            return next((figure for figure in reversed(memory.recent) if figure is not subject), None)
        sex = _SEXES.get(folded(item.text.split()[0]), "") if item.text else ""
        nearest = memory.acting if possessive and not item.is_word("him") else None
        for figure in (nearest, subject, memory.here, memory.subject, *reversed(memory.recent)):
            fits = figure is not None and (not sex or not figure.sex or figure.sex == sex)
            if fits and figure is not other:
                return figure
        return None

    def _following(self, items: Sequence[Item], at: int) -> Figure | None:
        """Whose counterpart one is who is named first: Y of "At talks with his counterpart X, Minister Y said"."""
        between = items[at + 1 : at + 4]
        closed = next((index for index, item in enumerate(between) if item.symbol == ","), None)
        behind = items[at + 2 + closed] if closed is not None and at + 2 + closed < len(items) else None
        return self.register.introduce(behind.mention) if behind is not None and behind.mention is not None else None

    def _owner(self, items: Sequence[Item], at: int) -> Figure | None:
        """Whose counterpart is meant: of the one named just before ("X and his"), of who acts, of the subject."""
        named = (
            items[at - 2].value if at > 1 and items[at - 1].is_word("and") and items[at - 2].symbol in "PR" else None
        )
        if isinstance(named, Figure):
            return named
        acting = self.memory.acting
        sex = _SEXES.get(folded(items[at].text.split()[0]), "")
        if acting is not None and acting is not self._subject and (not sex or acting.sex in {"", sex}):
            return acting
        return self._pronoun(items[at])

    def _by_title(self, mention: Mention, owner: Figure | None) -> Figure | None:
        """Whom "the Japanese prime minister" or "his Turkish counterpart" means, in the article, else in the world."""
        if mention.guest:
            return self._guest()
        if mention.counterpart and mention.country is None:
            return None
        office = mention.office or (owner.office if owner else None)
        candidates = self._candidates(mention, office, owner)
        if candidates:
            minister = mention.bare and not mention.visiting and mention.title in plain_words("any_minister")
            chosen = self._last_of(candidates, visiting=mention.visiting, acting=minister)
            if chosen is not None and mention.counterpart:
                as_counterpart(chosen, owner)
            elif chosen is not None and chosen.office is None and mention.office:
                chosen.office, chosen.office_kind, chosen.titled = mention.office, mention.office_kind, True
            return chosen
        if mention.country is None or mention.former or mention.then or mention.vague:
            return None
        person = self.register.known.holder(office, mention.country)
        return self.register.of_person(person) if person is not None else None

    def _guest(self) -> Figure | None:
        """Whom "the visitor" means: the only one of whom the text says that he travels, else that is not of here."""
        here = self.register.home or self.register.ours
        recent = (figure for figure in self.memory.recent if figure is not self._subject)  # who receives the guest
        named = [figure for figure in recent if figure.country is not None]
        guests = [figure for figure in named if figure.visits] or [
            figure for figure in named if (figure.country != here if here is not None else not figure.at_home)
        ]
        countries = {figure.country for figure in guests}
        if len(countries) > 1 and self.memory.there is not None:
            guests = [figure for figure in guests if figure.country != self.memory.there.country]
            countries = {figure.country for figure in guests}
        known = [figure for figure in guests if figure.in_contact] or guests
        return known[-1] if len(countries) == 1 and known[-1].country not in known[-1].visits else None

    def _candidates(self, mention: Mention, office: str | None, owner: Figure | None) -> list[Figure]:
        """The figures whom a title used alone may mean."""
        found = [
            figure
            for figure in self.register.around(self.memory.last)
            if figure is not owner
            and (mention.country is None or figure.country == mention.country)
            and (office is None or self._may_hold(figure, office, mention))
        ]
        if not (mention.former or mention.then):
            found = [figure for figure in found if not figure.is_past] or found
        if mention.title == "head of state":
            found = [figure for figure in found if figure.office_kind in _THRONE | {"head-of-state"}] or found
        if mention.title in plain_words("any_minister"):
            found = [figure for figure in found if figure.office_kind not in HEADS] or found
        # Whom the text names with his country, and only far below, is no "president" of whom it speaks here.
        named = [figure for figure in found if figure.spans]
        found = named or [f for f in found if not (mention.bare and f.placed and f.begin - mention.end > _SOON)]
        if mention.office_kind is not None and mention.office is None:
            found = [figure for figure in found if figure.office_kind in HEADS] or found
        if mention.title == "leader":  # no minister, where another of the country may be named below
            found = [figure for figure in found if figure.office_kind not in _NO_LEADERS]
        if office is not None:
            found = [figure for figure in found if _is_called_so(figure, folded(office), mention.title)] or found
        if mention.counterpart:
            return [figure for figure in found if any(m.counterpart for m in figure.mentions)] or found
        return self._of_bare(found, mention) if mention.bare else found

    def _of_bare(self, figures: list[Figure], mention: Mention) -> list[Figure]:
        """Of several those whom a title without a country means: of home, or, where it says so, the visitors."""
        if mention.office_kind == "foreign-minister":  # not the Secretary of State who receives him
            figures = [figure for figure in figures if folded(figure.office or "") == mention.title] or figures
        return [figure for figure in figures if figure.placed is mention.visiting] or self._of_home(figures, mention)

    def _of_home(self, figures: list[Figure], mention: Mention) -> list[Figure]:
        """Of several whom the text all names with their country, those of the dateline's, whom a bare title means."""
        if mention.visiting or mention.office_kind not in HEADS | {"foreign-minister"}:
            return figures
        for country in (self.register.ours, self.register.home):
            own = [figure for figure in figures if figure.country == country and country is not None]
            if own:
                return own
        return figures

    def _may_hold(self, figure: Figure, office: str, mention: Mention) -> bool:
        """Whether the office may be his; one who has none in the text must be of the country that the words name."""
        if not figure.offices:
            return mention.country is not None
        if mention.title in plain_words("any_envoy") and figure.office_kind == "envoy":
            return True
        if mention.title in plain_words("any_minister"):
            return self._holds(figure, mention.title)
        return self._holds(figure, folded(office), mention.title)

    def _last_of(self, candidates: Sequence[Figure], *, visiting: bool = False, acting: bool = False) -> Figure | None:
        """The one named last, of guests one who was met; the only one, where none was named yet.

        ``acting`` says that a sentence that opens so goes on about the subject of the one before.
        """
        if visiting:
            candidates = [figure for figure in candidates if figure.in_contact] or candidates
        if acting and self._subject is None and self.memory.subject in candidates:
            return self.memory.subject
        last = next((figure for figure in reversed(self.memory.recent) if figure in candidates), None)
        return last or (candidates[0] if len(candidates) == 1 else None)

    def _holds(self, figure: Figure, *offices: str) -> bool:
        """Whether one of these titles fits: "the minister" is any minister, "the premier" a prime minister."""
        return any(self._is_called(figure, office) for office in offices)

    def _is_called(self, figure: Figure, office: str) -> bool:
        if office in plain_words("of_heads"):
            return figure.office_kind in HEADS
        if office in plain_words("any_minister"):
            return any(office in held.split() for held in figure.offices)
        if office == "leader" or office in figure.offices:
            return True
        same_office, of_something = self.register.known.same_office, f"{office} of "
        return any(held.startswith(of_something) or same_office(held, office) for held in figure.offices)

    def _split_joined(self, items: list[Item]) -> list[Item]:
        """The items with "Novak-Horvat" as two people where both are surnames of the article."""
        if not ["-" for item in items if item.symbol == Symbol.NAME and "-" in item.text]:
            return items
        return [part for item in items for part in self._halves(item)]

    def _halves(self, item: Item) -> Iterator[Item]:
        left, mark, right = item.text.partition("-") if item.symbol == Symbol.NAME else ("", "", "")
        if mark and not self.register.name(item):
            middle = item.begin + len(left)
            one = Item(Symbol.NAME, left, item.begin, middle)
            other = Item(Symbol.NAME, right, middle + 1, item.end)
            if self.register.name(one) and self.register.name(other):
                yield from (one, Item("-", "-", middle, middle + 1), other)
                return
        yield item


def _opens(before: Sequence[Item]) -> bool:
    """Whether words may stand before a sentence's subject: a time, a place, what he is by trade ("actor X")."""
    return all(
        item.symbol in "TL,AN" or item.is_word("in", "on", "at", "adjective") or _is_trade(item) for item in before
    )


def _is_unnamed(items: Sequence[Item], at: int) -> bool:
    """Whether one by his office or trade alone acts there: "On Monday the chancellor met X", "the Ombudsman met X"."""
    if not _opens([item for item in items[:at] if not item.is_word("the", "an")]):
        return False
    acts = next((item for item in items[at + 1 :] if item.symbol not in "LT," and not item.is_word(*_ASIDE)), None)
    if at >= len(items) or acts is None:
        return False
    if items[at].symbol == Symbol.REFERENCE:
        return items[at].value is None and acts.is_word(*_ACTS)
    the = at > 0 and items[at - 1].is_word("the", "an")
    return the and items[at].symbol == Symbol.NAME and acts.is_word(*_MET)


def _is_trade(item: Item) -> bool:
    return item.symbol == Symbol.WORD and item.text.islower() and not item.text.endswith(("ly", "ing"))


def _only_owner(items: Sequence[Item]) -> Figure | None:
    """The only person of a sentence, of whose doings it tells: X in "The palace sent its account of X's first trip"."""
    people = [at for at, item in enumerate(items) if item.symbol in "PRQG"]
    if len(people) != 1 or people[0] + 1 >= len(items) or not items[people[0] + 1].is_word("possessive"):
        return None
    owner = items[people[0]].value
    return owner if isinstance(owner, Figure) else None


def _agent(items: Sequence[Item]) -> Figure | None:
    """Who did what a sentence without another subject tells: X in "The reports were denied by Minister X"."""
    last = next((at for at in range(len(items) - 1, -1, -1) if items[at].symbol in "PRQG"), 0)
    if last < _AGENT or not items[last - 1].is_word("by"):
        return None
    done = items[last - 2].is_word("denial", "verb") and any(item.is_word("be") for item in items[:last])
    agent = items[last].value
    return agent if done and isinstance(agent, Figure) else None


def _thanked(items: Sequence[Item], at: int) -> Figure | None:
    """Who is thanked for what is his: X in "Y congratulated X on the outcome of his talks with Z"."""
    last = at - 1
    while last > 0 and items[last].text.casefold() in plain_words("owned_by_thanked"):
        last -= 1
    if last < 1 or at - last < 2 or items[last].symbol not in "PR":
        return None
    sex = _SEXES.get(folded(items[at].text), "")
    thanked = items[last].value if items[last - 1].text.casefold() in plain_words("thanking") else None
    return thanked if isinstance(thanked, Figure) and thanked.sex in {"", sex} else None


def _is_governed(items: Sequence[Item], at: int) -> bool:
    """Whether a preposition governs the person, or a list that he is in: Y of "meetings with X and Y will be moved"."""
    while at > 1 and (items[at - 1].is_word("and") or items[at - 1].symbol == ",") and items[at - 2].symbol in "PR":
        at -= 2
    return at > 0 and items[at - 1].is_word(*PREPOSITIONS)


def _is_predicate(items: Sequence[Item], at: int) -> bool:
    """Whether a title is what somebody was or became, not one who acts."""
    before = items[at - 1] if at else None
    if before is None or not (before.is_word("be") or before.text.casefold() in {"became", "becomes"}):
        return False
    return before.text.casefold() not in {"is", "are"} and any(i.symbol in "NP" for i in items[: at - 1])


def _with_whom(items: Sequence[Item], at: int) -> object:
    """The person with whom a sentence opens before its subject: X in "With X, he agreed"."""
    last = at - 2 if at and items[at - 1].symbol == "," else at - 1
    opened = last > 0 and items[0].is_word("with") and items[last].symbol in "PR"
    return items[last].value if opened and at <= _OPENING else None


def _is_only_possible(items: Sequence[Item]) -> bool:
    """Whether the sentence tells of what may be: "X could be received by Y"."""
    return says(items, "may_be")


def _is_called_so(figure: Figure, office: str, title: str) -> bool:
    """Whether the text itself gives him this office: "the Foreign Minister" is no Secretary of State.

    "The Secretary" alone is the Secretary of State, no Foreign Secretary.
    """
    if title == "secretary":
        return folded(figure.office or "").startswith("secretary of ")
    like = figure.office_kind == "foreign-minister" and folded(figure.office or "") != office
    return office in figure.offices and not like


__all__ = ["Memory", "Referrer", "Those"]
