"""The whole flow on one screen: sources -> reports -> assembly -> graph -> audit -> a new generation of the store.

Reading and extraction are :mod:`kg.ledger.sources`'s: whoever has reports already can build without them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from pyoxigraph import DefaultGraph, Store

from kg import __version__
from kg.assemble.amended import amended
from kg.assemble.audit import Violation, by_kind, check_shapes, problems_of
from kg.assemble.curate import Change, curate
from kg.assemble.gather import gather
from kg.assemble.growth import Grown, grown_in, note
from kg.assemble.known import Known
from kg.assemble.merge import merge
from kg.assemble.people import one_name_each
from kg.assemble.ranking import rows
from kg.assemble.sample import sample
from kg.assemble.told import Assembly
from kg.assemble.versions import in_force
from kg.config import BASE_IRI, Settings, shipped
from kg.errors import KgError
from kg.facts.report import Report
from kg.facts.sheet import Mode, Sheet
from kg.ledger.sources import Sources, Stages, read_sources
from kg.ledger.spool import Spool
from kg.lexicon.world import World
from kg.mappers import article, assembly, count, curation, meta, terms, world
from kg.mappers.entities import Entities
from kg.mappers.iri import article_graph
from kg.mappers.lines import in_graph, in_whole
from kg.model.fact import Problem
from kg.read import taken_back
from kg.read.remote import Location
from kg.store.by_hand import ByHand
from kg.store.export import ExportFormat, turtle
from kg.store.generation import Generation
from kg.store.rebuild import publish_build, workplace, written
from kg.store.written import in_memory

# Above this many triples the shapes are tried on a sample, and on all by `kg check`; the assertions always on all.
SHAPES_UP_TO: Final = 50_000
EXPORTS: Final = {
    "diplomacy.ttl": ExportFormat.TURTLE,
    "diplomacy.nt": ExportFormat.NTRIPLES,
    "diplomacy.nq": ExportFormat.NQUADS,
}


Fill = Callable[[Iterable[bytes]], Grown]
"""The store with the quads of lines of N-Quads, and what is known of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a build did; ``generation`` is ``None`` where the graph broke its own rules and was not published.

    ``part`` says on which part of a large graph the shapes were tried; ``lost`` what was damaged in the store before,
    and is not in the graph now; ``people`` are the graphs that people wrote over HTTP and that were carried over,
    ``kept`` is how many of their changes to other graphs were.
    ``left_out`` is how many reports newer versions replace, and how many their publishers take back.
    """

    generation: Generation | None
    counts: dict[str, int]
    problems: tuple[Problem, ...]
    rejected: tuple[KgError, ...] = ()
    violations: tuple[Violation, ...] = ()
    part: str | None = None
    lost: str | None = None
    people: tuple[str, ...] = ()
    kept: int = 0
    left_out: tuple[int, int] = (0, 0)


def build(
    paths: Iterable[Location],
    settings: Settings,
    known: World,
    stages: Stages,
    *,
    built: str | None = None,
) -> Run:
    """The graph of all articles, fact sheets and JSON Lines under the paths, published as the store's new generation.

    ``built`` is the moment to write into the graph, if any: the same sources otherwise give the same bytes. What people
    wrote over HTTP is carried over; the settings say what becomes of their changes to the graphs of the build.

    Raises:
        WrittenByHand: it would overwrite what people wrote.
        StoreError: the store cannot be written; what was served before is served still.
    """
    grown: list[Grown] = []

    def fill(lines: Iterable[bytes]) -> Grown:
        place.fill(lines)
        grown.append(grown_in(place))
        return grown[0]

    with workplace(settings.store, count.beginnings(settings.base_iri)) as place:
        with Spool(place.folder) as spool:
            run = survey(paths, settings.base_iri, known, replace(stages, light=spool.light), fill)
        told = meta.to_quads(
            settings.base_iri, __version__, run.counts, by_kind(run.problems), built=built, part=run.part
        )
        with written():
            place.add(told)
        if run.violations:
            return run
        with stages.during("counting"), written():
            place.add(count.to_quads(rows(grown[0].tallies), settings.base_iri))
            note(place, grown[0])
        with stages.during("publishing"):
            rebuilt = publish_build(settings.store, place, EXPORTS, ByHand(settings.by_hand))
            if stages.ledger is not None:
                stages.ledger.finish()
    carried = rebuilt.carried
    people, kept = tuple(sorted(carried.people)), sum(carried.changes.graphs.values())
    return replace(run, generation=rebuilt.generation, lost=carried.lost, people=people, kept=kept)


def survey(paths: Iterable[Location], base: str, known: World, stages: Stages, fill: Fill | None = None) -> Run:
    """Everything that is to be said of the graph of the sources; it is where ``fill`` put it, and not published."""
    with stages.during("reading"):
        sources, left_out = standing(read_sources(paths, stages))
    with stages.during("assembling"):
        whole, problems = assemble(sources, known)
        sources = replace(sources, reports=())  # all that is needed of them is in the whole
    with stages.during("mapping"), written():
        lines = lines_of(whole, sources, known, base)
        graph = Grown(in_memory(lines)) if fill is None else fill(lines)
    with stages.during("auditing"):
        found = audit_grown(graph)
    return Run(
        generation=None,
        counts=graph.classes,
        problems=(*problems, *problems_of(whole.contradictions, (*found.violations, *found.in_part))),
        rejected=sources.rejected,
        violations=found.violations,
        part=found.part,
        left_out=left_out,
    )


def standing(sources: Sources) -> tuple[Sources, tuple[int, int]]:
    """The sources without what newer versions replace and publishers take back, and how many these are.

    A withdrawal is named as rejected.
    """
    stands = in_force(sources.reports)
    withdrawn = [refusal for article in stands.withdrawals if (refusal := taken_back(article)) is not None]
    left_out = len(stands.replaced), len(stands.taken_back)
    return replace(sources, reports=stands.reports, rejected=(*sources.rejected, *withdrawn)), left_out


def assemble(sources: Sources, known: World) -> tuple[Assembly, list[Problem]]:
    """What reports and sheets say together, corrections applied, and the problems on the way."""
    background = Known.of(known)
    replaced = {sheet.report.article.id for sheet in sources.sheets if sheet.mode is Mode.REPLACE}
    reports = [_emptied(report) if report.article.id in replaced else report for report in sources.reports]
    reports += [sheet.report for sheet in sources.sheets]
    problems = [problem for report in reports for problem in report.problems]
    whole = merge(reports, background)
    changes = [
        Change(key=key, origin=f"{sheet.article.path}:{change.line}", changes=change.changes, sheet=sheet.article.id)
        for sheet in sorted(sources.sheets, key=lambda s: s.article.id)
        for change in sheet.curations
        if not (key := _key(change.fact)).startswith("article/")
    ]
    if changes:
        reports = one_name_each(gather(reports), background.people)
        reports, refused = curate(reports, whole, changes)
        problems += refused
        whole = amended(whole, merge(reports, background), changes)
    return whole, problems


def _emptied(report: Report) -> Report:
    """The article alone: a sheet tells its facts."""
    return Report(article=report.article)


def _key(fact: str) -> str:
    """The key in an IRI under any base, or the key itself."""
    return fact.rpartition("/id/")[2]


def turtle_of(report: Report, known: World, base: str = BASE_IRI) -> str:
    """What one report alone says, as Turtle; by what contacts are put in order is of use in a store only."""
    quads = assembly.to_quads(merge([report], Known.of(known)), known, base)
    told = (quad for quad in quads if quad.graph_name == DefaultGraph() and quad.predicate != terms.sortKey)
    return turtle(told).decode()


def draw(whole: Assembly, sources: Sources, known: World, base: str) -> Store:
    """The graph in memory: each article's, the whole in the default graph, the reference world, and the shortcuts."""
    return in_memory(lines_of(whole, sources, known, base))


def lines_of(whole: Assembly, sources: Sources, known: World, base: str) -> Iterator[bytes]:
    """The same graph as lines of N-Quads, in no order, some more than once."""
    yield from assembly.to_lines(whole, known, base)
    for sheet in sources.sheets:
        yield from _curated(sheet, Entities(base, known), dict(whole.moved))
    yield from world.to_lines(known, base)


def _curated(sheet: Sheet, entities: Entities, moved: Mapping[str, str]) -> Iterator[bytes]:
    """The sheet as a source, and what it changed, in its own graph and in the whole."""
    if sheet.curations:
        told = in_whole([*article.to_rdf(sheet.article, entities), *curation.to_rdf(sheet, entities, moved)])
        yield told
        yield in_graph(told, article_graph(entities.base, sheet.article.id))


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """What in the default graph breaks a rule; ``part`` says on which part the shapes were tried, if not on all.

    ``in_part`` are shapes broken there: they are told as problems, and no reason to publish nothing.
    """

    violations: tuple[Violation, ...]
    in_part: tuple[Violation, ...] = ()
    part: str | None = None


def audit(store: Store, *, shapes_up_to: int = SHAPES_UP_TO) -> Audit:
    """What in the default graph breaks an assertion or a shape: these are tried on a sample above that many triples."""
    return audit_grown(Grown(store), shapes_up_to)


def audit_grown(graph: Grown, shapes_up_to: int = SHAPES_UP_TO) -> Audit:
    """The same of a graph that may have been sound before it was changed."""
    store, found = graph.store, list(graph.violations())
    whole = store.quads_for_pattern(None, None, None, DefaultGraph())
    quads = list(islice((quad for quad in whole if quad not in graph.apart), shapes_up_to + 1))
    folder = shipped("ontology")
    if len(quads) <= shapes_up_to:
        found += check_shapes(quads, folder / "shapes.ttl", folder / "diplomacy.ttl")
        return Audit(violations=tuple(found))
    part = sample(store, shapes_up_to * 2 // 5)
    broken = check_shapes(part.quads, folder / "shapes.ttl", folder / "diplomacy.ttl")
    in_part = tuple(violation for violation in broken if violation.thing in part.things)
    return Audit(violations=tuple(found), in_part=in_part, part=part.told)
