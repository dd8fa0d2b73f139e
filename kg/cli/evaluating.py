"""``kg eval``: how well the facts of known reports are read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kg.cli.options import world_option

if TYPE_CHECKING:
    from kg.evaluate.gold import Gold, ReadArticle
    from kg.evaluate.score import ReadFacts, ReportScore
    from kg.evaluate.summary import Summary
    from kg.evaluate.tally import Finding, Tally
    from kg.facts.report import Report
    from kg.lexicon.world import World

BARS_MISSED: Final = 4

OpenReader = Callable[[tuple[Path, ...]], "ReadFacts"]
Scored = Sequence[tuple["Gold", "Report", "ReportScore"]]

_EXISTING = click.Path(exists=True, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def eval_command(open_reader: OpenReader) -> click.Command:
    """The command ``eval``; ``open_reader`` gives, for the user's world folders, what reads an article's facts."""

    @click.command("eval")
    @click.argument("gold", nargs=-1, required=True, type=_EXISTING)
    @click.option("--texts", type=_FOLDER, help="Folder of the texts, where they are not beside their facts.")
    @click.option("--items", type=_FILE, help="JSON Lines of the news items that the labels are about.")
    @click.option("--set", "part", help="Only the labels of this set, such as 'sealed'.")
    @world_option
    @click.option(
        "--format",
        "form",
        type=click.Choice(["table", "markdown", "json"]),
        default="table",
        show_default=True,
        help="table: to read; markdown: for a page; json: for programs.",
    )
    @click.option("--by", type=click.Choice(["construction"]), help="Scores for each construction of the reports.")
    @click.option("--verbose", is_flag=True, help="List every miss and every false alarm.")
    @click.option("--bars", "barred", is_flag=True, help=f"Exit with {BARS_MISSED} if a bar is missed.")
    @click.pass_context
    def command(  # noqa: PLR0913 - an option each
        context: click.Context,
        *,
        gold: tuple[Path, ...],
        texts: Path | None,
        items: Path | None,
        part: str | None,
        worlds: tuple[Path, ...],
        form: str,
        by: str | None,
        verbose: bool,
        barred: bool,
    ) -> None:
        """Score the facts that are read from the reports of GOLD against the facts expected of them.

        GOLD is a folder of reports (NAME.txt with its expected facts in NAME.json), one such NAME.json, or a .jsonl
        of labels for the items of --items. Several are scored together.
        """
        from kg.evaluate.summary import by_construction, findings_of, summarize

        world = _world(worlds)
        scored = _scored(gold, (texts, items, part), world, open_reader(worlds))
        merging, merge_findings = _merging(gold, scored, world)
        scores = [score for _, _, score in scored]
        summary = summarize(scores, merging)
        findings = [*findings_of(scores), *merge_findings] if verbose else []
        constructions = by_construction(scores) if by else {}
        _print(form, summary, constructions, findings)
        if barred and _tell_missed_bars(summary):
            context.exit(BARS_MISSED)

    return command


def _world(folders: tuple[Path, ...]) -> World:
    from kg.config import shipped
    from kg.lexicon.world import load_world

    return load_world(shipped("seeds") / "world", *folders)


def _scored(
    gold: Sequence[Path], where: tuple[Path | None, Path | None, str | None], world: World, read_facts: ReadFacts
) -> Scored:
    """Every report of the gold standards with what was read from it; files that are no articles are named."""
    from kg.config import shipped
    from kg.errors import ArticleError
    from kg.evaluate.gold import Sources, read_gold
    from kg.evaluate.match import Matcher
    from kg.evaluate.score import evaluate
    from kg.lexicon.vocabulary import load_vocabulary

    texts, items, part = where
    sources = Sources(read=_article_reader(world), texts=texts, items=items, part=part)
    golds = [report for path in gold for report in read_gold(path, sources)]
    for report in golds:
        if isinstance(report.source, ArticleError):
            click.echo(f"no article: {report.source}", err=True)
    honorifics = load_vocabulary(shipped("seeds") / "words").phrases.get("honorific", ())
    return list(evaluate(golds, read_facts, Matcher(world, honorifics)))


def _article_reader(world: World) -> ReadArticle:
    from kg.lexicon.places import place_test
    from kg.read import read_articles

    is_place = place_test(world)
    return lambda path: next(read_articles(path, is_place=is_place))


def _merging(gold: Sequence[Path], scored: Scored, world: World) -> tuple[Tally | None, tuple[Finding, ...]]:
    """How well events told in several reports became one, where a gold folder says which are."""
    from kg.evaluate.gold import read_clusters
    from kg.evaluate.merging import score_merging

    clusters = [cluster for path in gold for cluster in read_clusters(path)]
    if not clusters:
        return None, ()
    from kg.assemble.known import Known
    from kg.assemble.merge import merge

    reports = [report for _, report, _ in scored]
    events = {
        (article, told.fact.id): told.key
        for contact in merge(reports, Known.of(world)).contacts
        for told in contact.tellings
        for article in told.articles
    }
    return score_merging(scored, clusters, events)


def _print(form: str, summary: Summary, constructions: dict[str, Summary], findings: Sequence[Finding]) -> None:
    from kg.evaluate.table import as_json, construction_rows, counts_line, fact_rows, markdown, plain

    if form == "json":
        click.echo(as_json(summary, constructions, findings))
        return
    write = markdown if form == "markdown" else plain
    parts = [write(fact_rows(summary)), counts_line(summary)]
    if constructions:
        parts.append(write(construction_rows(constructions)))
    if findings:
        parts.append("\n".join(f"- {finding}" if form == "markdown" else str(finding) for finding in findings))
    click.echo("\n\n".join(parts))


def _tell_missed_bars(summary: Summary) -> bool:
    """Whether a bar is missed; each such is named."""
    from kg.evaluate.summary import bars

    missed = [bar for bar in bars(summary) if bar.is_missed]
    for bar in missed:
        click.echo(f"bar missed: {bar}", err=True)
    return bool(missed)
