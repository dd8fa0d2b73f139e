"""The commands that make a graph and answer for it: build, check, stats, why."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from kg.cli.into import into_options
from kg.cli.options import base_option, check_moment, store_option, world_option
from kg.cli.progress import progress
from kg.cli.sources import SOURCE
from kg.cli.standard_input import with_standard_input

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.assemble.audit import Violation
    from kg.errors import KgError
    from kg.ledger.book import Ledger
    from kg.model.fact import Problem
    from kg.pipeline import Run
    from kg.read.remote import Location

REJECTED: Final = 3
INVALID: Final = 4
_SHOWN: Final = 20
_LAST_SECOND: Final = 253_402_300_799  # the end of the year 9999


_BUILD_OPTIONS: Final = (
    store_option,
    base_option,
    world_option,
    click.option(
        "--built",
        callback=check_moment,
        metavar="MOMENT",
        envvar="KG_BUILT",
        help="An ISO 8601 moment to write into the graph as its birth.",
    ),
    click.option(
        "--source-date-epoch",
        type=click.IntRange(0, _LAST_SECOND),
        envvar="SOURCE_DATE_EPOCH",
        metavar="SECONDS",
        help="That moment in seconds since 1970, where --built does not give it.",
    ),
    click.option(
        "--workers",
        type=click.IntRange(1, 64),
        default=1,
        show_default=True,
        help="Processes that read articles; the graph is the same.",
    ),
    click.option(
        "--scheduler",
        default="",
        envvar="KG_SCHEDULER",
        metavar="ADDRESS",
        help="The scheduler of a Dask cluster, as tcp://HOST:8786, whose workers read; the graph is the same.",
    ),
    click.option(
        "--by-hand",
        type=click.Choice(["refuse", "keep", "discard"]),
        default="refuse",
        show_default=True,
        envvar="KG_BY_HAND",
        help="Changes that people made over HTTP to graphs of the build: keep puts them on top of the new ones. "
        "Where the store is damaged, both go on from what is left.",
    ),
    click.option("--no-ledger", is_flag=True, help="Read every article anew, and remember nothing of it."),
    click.option(
        "--with-removed", is_flag=True, help="Take in again what 'kg remove' took away, and forget that it did."
    ),
    into_options,
)


def build_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """What whoever builds may say: where, in which world, how."""
    for option in reversed(_BUILD_OPTIONS):
        command = option(command)
    return command


@click.command()
@click.argument("sources", nargs=-1, type=SOURCE)
@click.option("--resume", is_flag=True, help="Build from the sources of the last build, also one that was broken off.")
@build_options
@click.pass_context
def build(context: click.Context, /, sources: tuple[Location, ...], *, resume: bool, **told: Any) -> None:
    """Read the articles, records, fact sheets and reports in SOURCES into a new graph.

    SOURCES are files, folders, patterns in quotes ('news/*.txt', ** for folders in folders), addresses that fsspec
    reads (https://, s3://, ..., which take diplomacy-kg[remote]), or - for standard input: articles as plain text
    (.txt, .text), Markdown (.md, .markdown), HTML (.html, .htm, .xhtml), JSON and ninjs (.json, .ninjs), JSON Lines
    (.jsonl, .ndjson), RSS, Atom and NewsML-G2 (.xml, .rss, .atom, .rdf), WARC (.warc, .wet), each also packed (.gz);
    records of journeys (.xml); fact sheets (.toml); reports as 'kg extract --format jsonl' writes them (.jsonl).
    Articles in other languages than English are rejected. The new graph goes live when it is complete and sound; until
    then, and if anything fails, the old one stays. The same sources give the same graph, byte for byte. Graphs that
    people wrote over HTTP are carried over.

    What the articles told is kept in a ledger beside the graph: the next build reads only what is new or changed, and
    one that was broken off goes on where it was. 'kg add' and 'kg remove' build with more sources, or without articles.

    With --scheduler the articles are read by the workers of a Dask cluster, which are sent their bytes and need no disk
    of ours, but diplomacy-kg[dask] as it is here; who reads by other rules is left out by name. What a lost worker had
    goes to another one; an article that two were lost over is rejected. Keys for tls:// are Dask's own settings.

    With --into the new graph is also loaded into a server of SPARQL 1.1 elsewhere, which 'kg serve --store URL' shows.
    There the default graph and the graphs under graph/ of the base IRI are the build's; all others stay as they are.
    What was broken off goes on with the same command.

    Exit status: 0 all went in, 3 some sources were rejected (each is named), 4 the graph breaks its own rules.
    """
    from kg.cli.ordering import again, build_in_order, last_order, order_of
    from kg.ledger.memory import Removal, recall
    from kg.store.lock import alone

    if resume == bool(sources):
        raise click.UsageError("name SOURCES, or say --resume for those of the last build")
    root = Path(told["store"]).absolute()
    with alone(root / "ledger"):
        memory = recall(root)
        order = again(context, last_order(memory, begun=True), told) if resume else order_of(sources, told)
        removal = Removal(removed={} if told["with_removed"] else dict(memory.removed))
        run = build_in_order(order, memory, removal, told)
    _report(run)
    context.exit(_status(run.rejected, run.violations))


@click.command()
@click.argument("sources", nargs=-1, type=SOURCE)
@store_option
@world_option
@click.option(
    "--most-problems", type=click.IntRange(0), envvar="KG_MOST_PROBLEMS", help="Fail above this many problems."
)
@click.pass_context
def check(
    context: click.Context,
    sources: tuple[Location, ...],
    store: Path,
    worlds: tuple[Path, ...],
    most_problems: int | None,
) -> None:
    """Check SOURCES without building, or, without any, the graph in the store: every shape and every assertion.

    Of SOURCES it lists, counted, what in their words could not be used, so that you see what to add to the lists: names
    with a title in no list, times that no day is known for, events of whom nobody is known; and contradictions.

    Exit status: 0 sound, 1 the live generation is damaged, 3 some sources were rejected, 4 rules are broken, there are
    too many problems, or a newer generation was damaged and put aside.
    """
    rejected, violations, problems = _check_sources(sources, worlds) if sources else _check_store(store)
    _list_rejected(rejected)
    _list_violations(violations)
    _list_problems(problems)
    status = _status(rejected, violations)
    if most_problems is not None and len(problems) > most_problems:
        click.echo(f"kg: {len(problems)} problems are more than {most_problems}", err=True)
        status = INVALID
    if not sources and _tell_loss(store):
        status = INVALID
    click.echo("sound" if status == 0 else "not sound")
    context.exit(status)


@click.command()
@store_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="table: to read; json: for programs, with the digest of the graph.",
)
def stats(store: Path, form: str) -> None:
    """Count what is in the graph: things of each class, articles, quads."""
    from kg.assemble.derive import counts
    from kg.store.generation import current, digest

    generation = current(store)
    generation.check(by_content=True)
    graph = generation.open()
    _tell_loss(store)
    classes = counts(graph)
    if form == "json":
        told = {"generation": generation.number, "quads": generation.quads, "digest": digest(graph)}
        click.echo(json.dumps({**told, "classes": classes}))
        return
    for kind, number in sorted(classes.items(), key=lambda item: (-item[1], item[0])):
        click.echo(f"{number:8}  {kind}")
    click.echo(f"{generation.quads:8}  quads in generation {generation.number}")


@click.command()
@click.argument("iri")
@store_option
@base_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="text: to read; json: for programs.",
)
def why(iri: str, store: Path, base_iri: str, form: str) -> None:
    """Print the sentences behind the fact with this IRI, or with the end of it ("meeting/2025-…")."""
    from kg.assemble.why import evidence_of, witnesses
    from kg.errors import StoreError
    from kg.store.generation import current

    fact = iri if "://" in iri else f"{base_iri}id/{iri.removeprefix('id/')}"
    found = evidence_of(current(store).open(), fact)
    if not found:
        place = "at the foot of its page and in 'kg query NAME --format csv'"
        raise StoreError(f"nothing in the graph supports {fact}; the IRI of a fact stands {place}")
    if form == "json":
        click.echo(json.dumps([words._asdict() for words in found], ensure_ascii=False, indent=1))
        return
    for words in found:
        click.echo(f"“{words.quote}”")
        says = f", according to {words.attributed_to}" if words.attributed_to else ""
        click.echo(f"    {words.headline or words.file}, {words.published or 'undated'}{says}")
        copied = f"; a copy of {words.copy_of}" if words.copy_of else ""
        click.echo(f"    {words.file}, characters {words.begin} to {words.end}; rule {words.rule}{copied}\n")
    articles, independent = witnesses(found)
    if independent < articles:
        click.echo(f"{articles} articles, {independent} independent: the text of the others is a copy")


def _check_sources(
    sources: Sequence[Location], worlds: Sequence[Path]
) -> tuple[Sequence[KgError], Sequence[Violation], Sequence[Problem]]:

    from kg.assemble.gaps import gap_reader
    from kg.config import BASE_IRI
    from kg.extract.lexicon import load_lexicon
    from kg.orders import stages_of
    from kg.pipeline import survey

    lexicon = load_lexicon(*worlds)
    with with_standard_input(sources) as (files, names):
        watched = progress(files)
        stages = stages_of(lexicon, names=names, extract=gap_reader(lexicon))
        stages = replace(stages, watch=watched.tick, during=watched.during)
        run = survey(files, BASE_IRI, lexicon.world, stages)
    _tell_part(run.part)
    return run.rejected, run.violations, run.problems


def _check_store(store: Path) -> tuple[Sequence[KgError], Sequence[Violation], Sequence[Problem]]:
    from kg.pipeline import audit
    from kg.store.generation import current, verify

    generation = current(store)
    verify(generation)
    return (), audit(generation.open(), shapes_up_to=generation.quads).violations, ()


def tell_damage(lost: str) -> None:
    """Nothing; it stands on standard error, in red where somebody watches."""
    click.secho(f"kg: DAMAGE: {lost}", err=True, fg="red", bold=True)


def _tell_loss(store: Path) -> bool:
    """Whether something was damaged and put aside, and nobody has built or restored since; it is told."""
    from kg.store.recover import loss, loss_in_short

    if (lost := loss(store)) is None:
        return False
    tell_damage(lost)
    click.echo(f"    {loss_in_short(store)}, until 'kg restore' or 'kg build --by-hand keep'.", err=True)
    return True


def _report(run: Run) -> None:
    """What the build did, on standard error."""
    from kg.assemble.audit import by_kind

    _list_rejected(run.rejected)
    _list_violations(run.violations)
    for kind, number in by_kind(run.problems).items():
        click.echo(f"{number:8}  problems: {kind}", err=True)
    _tell_left_out(*run.left_out)
    _tell_part(run.part)
    if run.lost is not None:
        tell_damage(run.lost)
    _tell_carried(run)
    if run.generation is not None:
        told = ", ".join(f"{number} {kind}" for kind, number in run.counts.items() if kind in _MAIN)
        click.echo(
            f"{told or 'no facts'}; {run.generation.quads} quads in generation {run.generation.number}", err=True
        )
    else:
        click.echo("kg: the graph breaks its own rules and was not published", err=True)


def _tell_part(part: str | None) -> None:
    """On which part of a large graph the shapes were tried."""
    if part is not None:
        click.echo(f"{part}; 'kg check' without sources tries them on the whole store", err=True)


def _tell_ledger(ledger: Ledger | None) -> None:
    """What was known already, and whether what was known before is lost."""
    if ledger is None:
        return
    if ledger.damage is not None:
        click.echo(f"kg: the ledger was damaged and is begun anew, articles were read again: {ledger.damage}", err=True)
    if ledger.known:
        click.echo(f"known from an earlier build: {ledger.known}; read: {ledger.fresh}", err=True)


def _tell_left_out(replaced: int, taken_back: int) -> None:
    """What was read and is not in the graph, because its publisher says so."""
    for number, reason in ((replaced, "have a newer version"), (taken_back, "were taken back by their publisher")):
        if number:
            click.echo(f"{number:8}  articles that {reason}", err=True)


def _tell_carried(run: Run) -> None:
    """What people wrote over HTTP and is in the new graph."""
    if run.people:
        more = f" and {len(run.people) - _SHOWN} more" if len(run.people) > _SHOWN else ""
        click.echo(f"carried over, written by people: {', '.join(run.people[:_SHOWN])}{more}", err=True)
    if run.kept:
        told = "1 change" if run.kept == 1 else f"{run.kept} changes"
        click.echo(f"kept on top of the graphs of the build: {told} by people", err=True)


_MAIN: Final = ("Article", "Leader", "Meeting", "PhoneCall", "VideoCall", "Summit", "Agreement", "Anniversary")


def _list_rejected(rejected: Sequence[KgError]) -> None:
    for error in rejected:
        click.echo(f"rejected: {error}", err=True)


def _list_violations(violations: Sequence[Violation]) -> None:
    for broken in violations[:_SHOWN]:
        click.echo(f"broken: {broken.thing}: {broken.message}", err=True)
    if len(violations) > _SHOWN:
        click.echo(f"broken: {len(violations) - _SHOWN} more", err=True)


def _list_problems(problems: Iterable[Problem]) -> None:
    """Each kind with its number, and beneath it what it is about, the commonest first."""
    from kg.assemble.audit import by_kind

    told = list(problems)
    for kind, number in by_kind(told).items():
        click.echo(f"{number:8}  {kind}", err=True)
        details = Counter(" ".join(problem.detail.split()) for problem in told if problem.kind.value == kind)
        ordered = sorted(details, key=lambda detail: (-details[detail], detail))
        for detail in ordered[:_SHOWN]:
            click.echo(f"{details[detail]:16}  {detail}", err=True)
        if len(ordered) > _SHOWN:
            click.echo(f"{'':16}  and {len(ordered) - _SHOWN} others", err=True)


def _status(rejected: Sequence[KgError], violations: Sequence[Violation]) -> int:
    return INVALID if violations else REJECTED if rejected else 0
