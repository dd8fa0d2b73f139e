"""The commands that read text: ``extract``, ``explain``, ``eval``."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.evaluating import eval_command
from kg.cli.options import world_option
from kg.cli.sources import SOURCE
from kg.cli.standard_input import with_standard_input

if TYPE_CHECKING:
    from kg.evaluate.score import ReadFacts
    from kg.extract.lexicon import Lexicon
    from kg.facts.report import Report
    from kg.read.remote import Location


def _open_reader(worlds: tuple[Path, ...]) -> ReadFacts:
    from kg.extract.lexicon import load_lexicon
    from kg.facts.reading import read_facts

    lexicon = load_lexicon(*worlds)
    return lambda article: read_facts(article, lexicon)


evaluate = eval_command(_open_reader)


@click.command()
@click.argument("files", nargs=-1, required=True, type=SOURCE)
@click.option(
    "--format", "form", type=click.Choice(("jsonl", "turtle", "table", "toml")), default="table", show_default=True,
    help="jsonl: one object an article; turtle: its triples; table: to read; toml: a fact sheet to edit.",
)  # fmt: skip
@world_option
def extract(files: tuple[Location, ...], form: str, worlds: tuple[Path, ...]) -> None:
    """Print the facts of articles, each with the words that say so, without building a graph.

    FILES are articles, folders of them, patterns, addresses, or - for standard input, in every format that 'kg build'
    reads. A file or an
    item in it that is no article is named on standard error with its reason, and the
    exit status is 3; the others are read all the same.
    """
    from kg.errors import ArticleError
    from kg.extract.lexicon import load_lexicon
    from kg.facts.sources import report_of
    from kg.lexicon.places import place_test
    from kg.model.text import Article
    from kg.read import read_sources, taken_back

    lexicon = load_lexicon(*worlds)
    is_place = place_test(lexicon.world)
    rejected = 0
    with with_standard_input(files) as (paths, names):
        for source in chain.from_iterable(read_sources(p, is_place=is_place, name=names.get(p)) for p in paths):
            if isinstance(source, ArticleError):
                rejected += 1
                click.echo(f"rejected: {source}", err=True)
                continue
            if isinstance(source, Article) and (refusal := taken_back(source)) is not None:
                rejected += 1
                click.echo(f"rejected: {refusal}", err=True)
                if form != "jsonl":  # where it goes on to a build, and takes back what is there
                    continue
            for line in _lines(report_of(source, lexicon), form, lexicon):
                click.echo(line)
    if rejected:
        sys.exit(3)


def _lines(report: Report, form: str, lexicon: Lexicon) -> Iterator[str]:
    """One report in the form asked for."""
    if form == "jsonl":
        from kg.facts.jsonl import to_line

        yield to_line(report).rstrip("\n")
    elif form == "toml":
        from kg.facts.draft_sheet import to_sheet

        yield to_sheet(report)
    elif form == "turtle":
        from kg.pipeline import turtle_of

        yield turtle_of(report, lexicon.world)
    else:
        yield from _table(report)


def _table(report: Report) -> Iterator[str]:
    """The facts of one report for a reader's eyes."""
    article = report.article
    yield f"{article.path}: {article.headline or 'no headline'} ({article.published or 'undated'})"
    for contact in report.contacts:
        people = " – ".join(leader.name for leader in contact.participants)
        when = str(contact.when.date or "") or (
            f"{contact.when.earliest}..{contact.when.latest}" if contact.when.earliest else "date unknown"
        )
        where = f", {contact.place.name}" if contact.place else ""
        beside = f", {contact.summit.series} {contact.summit.year or ''}".rstrip() if contact.summit else ""
        yield f"  {contact.kind} {contact.status}: {people} ({when}{where}{beside})"
        yield from (f"      “{evidence.quote}” [{evidence.rule}]" for evidence in contact.evidence)
    for agreement in report.agreements:
        concerned = f" (concerns {', '.join(agreement.concerns)})" if agreement.concerns else ""
        yield f"  {agreement.act}: {', '.join(agreement.parties)}: {agreement.topic}{concerned}"
        yield from (f"      “{evidence.quote}” [{evidence.rule}]" for evidence in agreement.evidence)
    for jubilee in report.anniversaries:
        parties = f" ({', '.join(jubilee.parties)})" if jubilee.parties else ""
        yield f"  anniversary: {jubilee.ordinal} years, {jubilee.of}{parties}"
    for leader in report.leaders:
        yield f"  leader: {leader.name}, {leader.office or 'office not said'}, {leader.country or 'country not said'}"


@click.command()
@click.argument("sentence")
@click.option("--date", "day", default=None, help="The day of publication, as 2025-06-18, by which times are read.")
@click.option("--all", "every", is_flag=True, help="List also the rules of whose words none is there.")
@world_option
def explain(sentence: str, day: str | None, worlds: tuple[Path, ...], *, every: bool) -> None:
    """Show what is read in a SENTENCE: its facts, its mentions, each rule that was tried, and why nothing matched."""
    from kg.errors import ConfigError
    from kg.extract.lexicon import load_lexicon
    from kg.facts.explaining import explain_sentence
    from kg.model.date import PartialDate

    if not sentence.strip():
        raise click.UsageError("the sentence is empty")
    if day is not None:
        try:
            PartialDate.parse(day)
        except ValueError as error:
            raise ConfigError(f"--date: {error}; write it as 2025-06-18") from error
    for line in explain_sentence(sentence, day, load_lexicon(*worlds), every=every):
        click.echo(line)


__all__: Sequence[str] = ("evaluate", "explain", "extract")
