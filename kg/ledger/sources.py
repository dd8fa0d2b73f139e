"""Everything under some paths: reports of articles, from the ledger where it knows them, fact sheets, reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from itertools import chain

from kg.errors import ArticleError, KgError, SeedError
from kg.facts import jsonl
from kg.facts.report import Report
from kg.facts.sheet import Sheet, read_sheet
from kg.ledger.book import Ledger
from kg.ledger.heard import Answer, Asked, Things, from_line, to_line
from kg.read.item import Item
from kg.read.remote import Location
from kg.read.under import files_under, size_of


def one_by_one(things: Callable[[Item], Things], asked: Iterable[Asked]) -> Iterator[tuple[Asked, Answer | None]]:
    """The lines of each item, made here."""
    for one in asked:
        item = one.to_read
        yield one, None if item is None else Answer([make() for _, make in things(item)])


Each = Callable[[Callable[[Item], Things], Iterable[Asked]], Iterator[tuple[Asked, Answer | None]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stages:
    """What a build is given: files to the items in them, and these to what they tell.

    ``each`` makes the lines of many items, perhaps in several processes; they come out in their order, those that are
    known without an answer. ``ledger`` is what earlier builds remember, if anything; ``keep`` says
    which reports stay, ``light`` what of them stays in memory. ``watch`` is told of each item
    what it gave and how many bytes it stood for; ``during`` is entered with the name of every stage.
    """

    items: Callable[[Location], Iterator[Item | ArticleError]]
    things: Callable[[Item], Things]
    each: Each = field(default=one_by_one)
    ledger: Ledger | None = None
    keep: Callable[[Iterable[Report]], Sequence[Report]] = field(default=list)
    light: Callable[[Report], Report] = field(default=lambda report: report)
    watch: Callable[[Sequence[Report | KgError], int], None] = field(default=lambda _told, _weight: None)
    during: Callable[[str], AbstractContextManager[object]] = field(default=nullcontext)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What the sources hold: reports, fact sheets, and what was rejected with its reason."""

    reports: tuple[Report, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    rejected: tuple[KgError, ...] = ()


def read_sources(paths: Iterable[Location], stages: Stages) -> Sources:
    """Everything under the paths: fact sheets, reports as 'kg extract' writes them, and articles."""
    gathering = _Gathering(stages)
    files = dict.fromkeys(chain.from_iterable(map(files_under, paths)))
    for asked, answer in stages.each(stages.things, gathering.asked(files)):
        gathering.take(asked, answer)
    return Sources(
        reports=tuple(stages.keep(gathering.reports)),
        sheets=tuple(gathering.sheets),
        rejected=tuple(gathering.rejected),
    )


@dataclass(slots=True, eq=False)
class _Gathering:
    """What was found so far. An item that is just being read is not read twice: its lines are there at its turn."""

    stages: Stages
    reports: list[Report] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)
    rejected: list[KgError] = field(default_factory=list)
    going_on: set[bytes] = field(default_factory=set)
    unsure: dict[bytes, tuple[str, ...]] = field(default_factory=dict)

    def asked(self, files: Iterable[Location | ArticleError]) -> Iterator[Asked]:
        """What is to be read, and, in its turn, what is not to be."""
        for file in files:
            if isinstance(file, ArticleError):
                yield Asked(name=file.path, error=file)
            elif file.suffix == ".toml" or jsonl.holds_reports(file):
                yield self._structured(file)
            else:
                for found in self.stages.items(file):
                    yield self._ask(found)

    def take(self, asked: Asked, answer: Answer | None) -> None:
        """Nothing; what an item told is noted, here and in the ledger."""
        if asked.error is not None:
            self.rejected.append(asked.error)
            self.stages.watch([asked.error], asked.weight)
            return
        told = [from_line(line, asked.name) for line in self._lines(asked, answer)]
        self.stages.watch(told, asked.weight)
        for found in told:
            if isinstance(found, Report):
                self.reports.append(self.stages.light(found))
            else:
                self.rejected.append(found)

    def _structured(self, file: Location) -> Asked:
        """A fact sheet or a file of reports, which need no rules, read at once."""
        asked = Asked(name=str(file), lines=(), weight=size_of(file))
        try:
            if file.suffix == ".toml":
                self.sheets.append(read_sheet(file))
            else:
                reports = _read_lines(file, self.stages.light)
                self.stages.watch(reports, 0)
                self.reports += reports
        except SeedError as error:
            asked.error = error
        return asked

    def _ask(self, found: Item | ArticleError) -> Asked:
        if isinstance(found, ArticleError):
            return Asked(name=found.path, lines=(to_line(found, found.path),))
        asked = Asked(name=found.name, item=found, weight=found.weight)
        if self.stages.ledger is not None:
            asked.key = self.stages.ledger.key(found)
            asked.waits = asked.key in self.going_on
            asked.lines = None if asked.waits else self.stages.ledger.find(asked.key)
            if asked.lines is None:
                self.going_on.add(asked.key)
            else:
                asked.item = None
        return asked

    def _lines(self, asked: Asked, answer: Answer | None) -> Sequence[str]:
        if asked.lines is not None:
            return asked.lines
        if self.stages.ledger is None or asked.key is None:
            return answer.lines if answer is not None else ()
        if answer is None:
            lines = self.unsure.get(asked.key) or self.stages.ledger.find(asked.key)
            # A ledger that was damaged since has forgotten it.
            if lines is None and asked.item is not None:
                return [make() for _, make in self.stages.things(asked.item)]
            return lines or ()
        self.going_on.discard(asked.key)
        if answer.is_sure:
            self.stages.ledger.add(asked.key, answer.lines)
        else:
            self.unsure[asked.key] = tuple(answer.lines)
        return answer.lines


def _read_lines(file: Location, light: Callable[[Report], Report]) -> list[Report]:
    try:
        with file.open(encoding="utf-8", newline="\n") as lines:
            told = ((line, number) for number, line in enumerate(lines, start=1) if line.strip())
            return [light(jsonl.from_line(line, str(file), number)) for line, number in told]
    except (OSError, UnicodeDecodeError) as error:
        raise SeedError(str(file), None, f"cannot be read: {error}") from error
