"""What of the text so far a reference can mean."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Final

from kg.extract.figure import Figure
from kg.extract.known import HEADS
from kg.extract.setting import Setting
from kg.model.date import UNKNOWN, When
from kg.model.entity import Place, SummitEdition

_LONG_AGO: Final = 8  # sentences after which "they" are no longer those who were named together
_JUST_NOW: Final = 2  # sentences back in which two people must be named for "they" to be them without more
_SMALL: Final = 3  # "they" are hardly more people than that
_PREMIERS: Final = frozenset({"prime minister", "premier"})
_KEPT: Final = 200  # people, and groups of them: nobody refers to one who was named longer ago


@dataclass(frozen=True, slots=True)
class Those:
    """A plural reference: how many (0 where the text does not say), and whether sides rather than people are meant."""

    number: int
    sides: bool
    office: str | None = None  # folded: "the two presidents" are presidents; "leader" is of any, "head" of a state's


@dataclass(slots=True)
class Memory:
    """What of the text so far a reference can mean."""

    looks_ahead: bool = False  # the article is a diary of what is to come
    subject: Figure | None = None
    stranger: bool = False  # the subject of the sentence being read is a name of which the text tells nothing
    after_stranger: bool = False  # so was that of the sentence before
    before: Figure | None = None  # the subject of the sentence before the one being read
    acting: Figure | None = None  # the last one before a verb in the sentence being read
    here: Figure | None = None  # the last person named in the sentence being read
    recent: list[Figure] = field(default_factory=list)
    groups: list[tuple[Figure, ...]] = field(default_factory=list)  # people named or acting together
    seen_at: dict[int, int] = field(default_factory=dict)  # in which sentence each figure was last named
    escorted: dict[tuple[Figure, ...], Figure] = field(default_factory=dict)  # who came with each group of escorts
    hosts: tuple[tuple[Figure, ...], int] = ((), 0)  # several who met others, and in which sentence
    told_at: dict[tuple[Figure, ...], int] = field(default_factory=dict)  # in which sentence each group was last
    sentence: int = 0  # the number of the one being read
    sides: tuple[str, ...] = ()  # the last two countries named together
    series: str | None = None  # the last summit series named
    years: dict[str, int] = field(default_factory=dict)  # of each series the year told last
    called: set[tuple[str, str]] = field(default_factory=set)  # what common nouns the text calls each series by
    last_day: When | None = None  # of the last held contact with a day
    last_people: tuple[Figure, ...] = ()
    met: Counter[int] = field(default_factory=Counter)  # in how many contacts told each figure takes part
    last_told: tuple[Figure, ...] = ()  # of the last contact told, of any status
    last_round: tuple[tuple[Figure, ...], ...] = ()  # of all held contacts that one sentence told last
    round_sentence: int = 0
    last_sentence: int = 0
    discussing: tuple[Figure, ...] = ()  # two who discussed something, the text has not yet said how
    discussing_sentence: int = 0
    host: Figure | None = None  # who held a round of meetings that the text goes on to tell
    host_sentence: int = 0
    on_line: bool = False  # whether the last held contact was a call
    last_summit: SummitEdition | None = None
    last_place: Place | None = None
    paragraph: int = -1
    filed: Place | None = None  # the town that the paragraph's own dateline names
    heading: When | None = None  # the day that stands above the paragraphs, as in a diary
    hours: int = 0  # how many entries have begun with their hour, as in a live report
    story_day: When | None = None  # the last day told of the article's own events
    story_countries: set[str] = field(default_factory=set)  # of those who took part in the article's own events
    first_day: dt.date | None = None  # of the gathering whose days the text counts
    arrival: dt.date | None = None  # on which the text says that somebody arrived for a visit
    trip: tuple[tuple[Figure, ...], Place, int] | None = None  # who is to go where, and the sentence that says it
    there: Place | None = None  # the last town told of, which "there" means
    setting: Setting | None = None  # the gathering at which the whole report is set
    begun: bool = False  # whether a contact has been told below the headline
    headed: frozenset[str] = frozenset()  # the states whose leaders, named by no name, meet in the headline's present
    plot: bool = False  # whether the text has begun to tell what happens in a film or a novel
    told: When = UNKNOWN  # the last time told, of whatever: "the next day" counts from it

    @property
    def last(self) -> Figure | None:
        """The figure mentioned last."""
        return self.recent[-1] if self.recent else None

    def open_sentence(self, number: int) -> None:
        """Forget whom the sentence before named; its subject stays."""
        self.sentence = number
        self.here = self.acting = None
        self.after_stranger, self.stranger = self.stranger, False
        self.before = self.subject

    def see(self, figure: Figure) -> None:
        """Remember the figure as the last one mentioned."""
        if figure in self.recent:
            self.recent.remove(figure)
        self.recent.append(figure)
        del self.recent[:-_KEPT]
        self.seen_at[id(figure)] = self.sentence
        self.here = figure

    def together(self, figures: Sequence[Figure]) -> None:
        """Remember people named or acting together."""
        if len(figures) > 1:
            group = tuple(figures)
            if group in self.groups:
                self.groups.remove(group)
            self.groups.append(group)
            del self.groups[:-_KEPT]
            self.told_at[group] = self.sentence

    def group_of(self, number: int, office: str | None = None, later: Collection[object] = ()) -> tuple[Figure, ...]:
        """The last group of that size (any above one for 0) and office; else the last figures of that office.

        ``later`` are groups named only behind the reference: "they agreed, adding that A and B would meet".
        """
        if office == "leader":
            return self._leaders(number)
        if office == "head":
            together = next((group for group in reversed(self.groups) if _are(group, number, HEADS)), ())
            heads = [figure for figure in self.recent if figure.office_kind in HEADS][-(number or 2) :]
            return together or (tuple(heads) if len(heads) == (number or 2) else ())
        for group in reversed(self.groups):
            if group in later:
                continue
            if self.sentence - self.told_at[group] > _LONG_AGO and office is None:
                return ()
            if (number == len(group) or (number == 0 and len(group) <= _SMALL)) and (
                office is None or all(_holds(f, office) for f in group)
            ):
                return group
        least = number or 2
        if office is not None:
            holders = [figure for figure in self.recent if _holds(figure, office)]
            return tuple(holders[-least:]) if len(holders) >= least else ()
        last = self.recent[-least:]
        near = all(self.sentence - self.seen_at[id(figure)] <= _JUST_NOW for figure in last)
        return tuple(last) if near and len(last) == least else ()

    def _leaders(self, number: int) -> tuple[Figure, ...]:
        """Whom "the two leaders" means: the last group, or the last of heads where that one is of their ministers."""
        last = self.group_of(number)
        if last and all((figure.office_kind or "").endswith("minister") for figure in last):
            lands = {figure.country for figure in last}
            for group in reversed(self.groups):
                if len(group) == len(last) and {f.country for f in group} == lands and _lead(group):
                    return group
        return last


def _are(group: Sequence[Figure], number: int, kinds: Collection[str]) -> bool:
    """Whether a group is of so many (any few for 0), all of whom hold an office of these kinds."""
    fits = len(group) == number if number else len(group) <= _SMALL
    return fits and all(figure.office_kind in kinds for figure in group)


def _lead(group: Sequence[Figure]) -> bool:
    return all(figure.office_kind in HEADS for figure in group)


def _holds(figure: Figure, office: str) -> bool:
    """Whether the figure is what a plural title says; "the two ministers" are of whatever, and no prime ministers."""
    return (figure.office_kind or "").endswith("minister") if office == "minister" else _is_office(figure, office)


def _is_office(figure: Figure, office: str) -> bool:
    """Whether the figure holds the office; a premier is a prime minister."""
    return office in figure.offices or (office in _PREMIERS and not _PREMIERS.isdisjoint(figure.offices))
