"""The commands that read a graph: serve, query, queries, export."""

from __future__ import annotations

import gzip
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, cast

import click

from kg.cli.building import tell_damage
from kg.cli.operating import log_of, operation_options, run_until_told
from kg.cli.options import (
    Seconds,
    Whole,
    base_option,
    containment_options,
    licence_option,
    limit_options,
    store_option,
    today,
)
from kg.cli.servers import address_of, named_options, served_store_option
from kg.cli.writing import token_of, writing_options
from kg.config import Limits, Settings, shipped
from kg.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.engine.engine import Engine
    from kg.query.saved import SavedQuery
    from kg.store.server import Address
    from kg.web.access import Door

_FORMATS: Final = ("table", "json", "csv", "tsv", "xml", "turtle")
_TABLES: Final = ("leaders", "meetings", "planned", "summits", "agreements", "anniversaries")
_EXPORTS: Final = (
    *("turtle", "ntriples", "nquads", "trig", "jsonld", "rdfxml", "graphml"),
    *(f"{table}.{suffix}" for suffix in ("csv", "parquet") for table in _TABLES),
    *("croissant", "datacite"),
)


@click.command()
@served_store_option
@base_option
@licence_option
@limit_options
@named_options
@click.option(
    "--refresh",
    type=Seconds(may_be_none=True),
    default=300.0,
    show_default=True,
    envvar="KG_REFRESH",
    metavar="SECONDS",
    help="Of a graph on another server: for how long answers are kept that others may change there; 0: for ever.",
)
@writing_options
@click.option("--host", default="127.0.0.1", show_default=True, envvar="KG_HOST", help="The address to listen on.")
@click.option(
    "--port",
    default=8000,
    show_default=True,
    type=Whole(0, 65535),
    envvar="KG_PORT",
    help="0 takes a free one.",
)
@click.option(
    "--workers",
    default=2,
    show_default=True,
    type=Whole(1, 64),
    envvar="KG_WORKERS",
    help="Queries at a time, and as many of those that were seen to be quick.",
)
@containment_options
@operation_options
def serve(**told: Any) -> None:
    """Serve the graph in the store: pages, saved questions, and a SPARQL endpoint.

    The address is printed once it answers. A newer build goes live by itself, without a request that fails.

    Where --store is the address of a SPARQL 1.1 query endpoint, the graph on that server is served, read-only:
    'kg build --into' loads it there.

    Ctrl-C or SIGTERM end it: no new request is taken, those that are being answered are finished. Exit status: 0 all
    were, 1 some took longer than --stop-timeout.

    With --update and a token of at least 20 letters it also takes SPARQL Update at /update and graphs at /store.
    """
    import signal

    from kg.web import create_app, warm_up
    from kg.web.listen import listening

    limits = _limits(told)
    address = address_of(told["store"], told)
    settings = Settings(
        store=Path() if address else Path(told["store"]).resolve(),
        server=str(address or ""),
        base_iri=told["base_iri"],
        licence=told["licence"],
        proxies=told["proxies"],
        limits=limits,
    )
    token = token_of(told)
    if address and token:
        raise ConfigError("--update writes to a store of ours: what another server holds is written there")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    _sound_queries()
    with log_of(told, token) as log, _engine(settings, address, told) as pool, _door(settings, token) as door:
        if not _is_ready(pool):
            _warn_of_network(told["host"], insecure=told["insecure"])
        app = create_app(settings, pool, today=today, door=door, log=log)
        _tell_of_scripts()
        threading.Thread(target=warm_up, args=(app,), daemon=True).start()
        with listening(app, told["host"], told["port"], limits) as (listened, run):
            run_until_told(run, told["stop_timeout"], f"Diplomacy KG is served at {listened} (end with Ctrl-C)")


def _engine(settings: Settings, address: Address | None, told: Mapping[str, Any]) -> Engine:
    """What answers queries: workers over the store, or the server at the address."""
    from kg.engine.pool import Pool
    from kg.engine.remote import Remote
    from kg.engine.writer import sweep_killed

    if address is not None:
        return Remote(address, settings.base_iri, settings.limits, told["refresh"])
    _verify(settings.store)
    sweep_killed(settings.store)
    return Pool(settings.store, settings.limits)


def _is_ready(engine: Engine) -> bool:
    """Whether queries are kept from the network; a server elsewhere that is away is told of, and may come back."""
    from kg.store.server import ServerAway

    try:
        return engine.ready()
    except ServerAway as error:
        click.echo(f"kg: {error}; until it is there, requests are answered with 503", err=True)
        return True


def _limits(told: dict[str, Any]) -> Limits:
    return Limits(
        seconds=told["query_timeout"],
        rows=told["max_rows"],
        workers=told["workers"],
        slow_places=told["slow_places"],
        worker_memory=told["worker_memory"],
        total_memory=told["total_memory"] or 0,
        spool_bytes=told["spool"],
        client_queries=told["client_queries"],
        memory_bytes=told["cache_size"] << 20,
        update_seconds=told["update_timeout"],
    )


def _warn_of_network(host: str, *, insecure: bool) -> None:
    """Nothing; the operator is told.

    Raises:
        ClickException: others could ask here, and nobody said that they may all the same.
    """
    told = "this platform cannot keep queries from the network (no seccomp)"
    if not insecure and not _is_here(host):
        raise click.ClickException(f"{told}: listen on 127.0.0.1, or say --insecure if you mean it")
    click.echo(f"kg: {told}; let nobody ask whom you do not know", err=True)


def _tell_of_scripts() -> None:
    """Nothing; whoever starts a server whose pages are plain is told so."""
    from kg.web.built import FOLDER, Built

    if not Built.read(FOLDER):
        click.echo("kg: the pages are plain: their scripts are not built (with Node at hand, 'make' does it)", err=True)


def _is_here(host: str) -> bool:
    """Whether only this machine can connect to that address."""
    import ipaddress
    import socket

    try:
        found = socket.getaddrinfo(host, None)
    except OSError:
        return False
    return all(ipaddress.ip_address(str(place[0]).partition("%")[0]).is_loopback for *_, place in found)


def _verify(store: Path) -> None:
    """Nothing; the live generation is sound. What was damaged before it is told, loudly, at every start."""
    from kg.store.recover import loss, recover

    found = recover(store)
    number = found.generation.number
    lost = loss(store)
    if lost is not None:
        tell_damage(lost)
        click.echo(
            f"    Generation {number} is served, the last one that is sound. What was written after it is", err=True
        )
        click.echo("    not in it, and writing is off, until 'kg restore' or 'kg build --by-hand keep'.", err=True)
    elif found.faults:
        click.echo(f"kg: {found.faults[0]}: it is written anew for generation {number}, the newest, sound", err=True)


@contextmanager
def _door(settings: Settings, token: str | None) -> Iterator[Door | None]:
    """The way to the writer, which runs meanwhile; ``None`` where there is no token."""
    from kg.engine.writer import Writer
    from kg.store.recover import loss
    from kg.web.access import Door

    if token is None:
        yield None
        return
    if loss(settings.store) is not None:
        yield Door.locked(None, token)
        return
    with Writer(settings.store, settings.limits) as writer:
        writer.ready()
        yield Door.locked(writer, token)


@click.command()
@click.argument("name", required=False)
@click.option(
    "-f",
    "--file",
    type=click.File(encoding="utf-8"),
    help="A file with SPARQL instead of a saved question; - is standard input.",
)
@click.option(
    "--param", "given", multiple=True, metavar="NAME=VALUE", help="A parameter of the question; may be repeated."
)
@click.option(
    "--format",
    "written",
    type=click.Choice(_FORMATS),
    default="table",
    show_default=True,
    envvar="KG_QUERY_FORMAT",
    help="table: to read; turtle: for what CONSTRUCT and DESCRIBE give; else rows for programs.",
)
@served_store_option
@base_option
@named_options
@limit_options
def query(**told: Any) -> None:
    """Ask a saved question (NAME, see 'kg queries'), or the SPARQL of a file.

    \b
    kg query who-met-at-summit --param summit="G7 2025"
    kg query meetings-of-leader --param leader="Ursula von der Leyen" --format csv
    """  # noqa: D301  # click's mark for lines to keep
    from kg.errors import QueryTooLong

    if (told["name"] is None) == (told["file"] is None):
        raise click.UsageError("give the name of a saved question (see 'kg queries'), or a file with -f")
    limits = Limits(seconds=told["query_timeout"], rows=told["max_rows"], workers=1)
    address = address_of(told["store"], told)
    settings = Settings(store=Path() if address else Path(told["store"]), base_iri=told["base_iri"], limits=limits)
    with _asked_engine(settings, address) as pool:
        try:
            _print_answer(pool, _text(pool, told), told["written"])
        except QueryTooLong:
            # What cannot be read has many faces: it is no fault of the query where the store is damaged.
            if address is None:
                pool.generation.check(by_content=True)
            raise


def _asked_engine(settings: Settings, address: Address | None) -> Engine:
    from kg.engine.pool import Pool
    from kg.engine.remote import Remote

    if address is None:
        return Pool(settings.store, settings.limits)
    remote = Remote(address, settings.base_iri, settings.limits, 0)
    try:
        remote.ready()
    except BaseException:
        remote.close()
        raise
    return remote


def _text(pool: Engine, told: dict[str, Any]) -> str:
    from kg.engine.reader import Reader
    from kg.query.bind import bind

    if told["file"] is not None:
        if told["given"]:
            raise click.UsageError("--param belongs to a saved question")
        return str(told["file"].read())
    given = {}
    for pair in told["given"]:
        name, equals, value = pair.partition("=")
        if not equals:
            raise click.UsageError(f"--param takes NAME=VALUE, not {pair!r}")
        given[name] = value
    reader = Reader(pool)
    return bind(_saved(told["name"]), given, reader.names(), today(), is_counted=reader.is_counted())


def _saved(name: str) -> SavedQuery:
    from difflib import get_close_matches

    known = _sound_queries()
    if name not in known:
        close = get_close_matches(name, known, 3, 0.4)
        hint = f" Did you mean {', '.join(close)}?" if close else ""
        raise click.UsageError(f"there is no saved question {name!r}.{hint} See 'kg queries'.")
    return known[name]


def _sound_queries() -> Mapping[str, SavedQuery]:
    """The saved questions; a file that is none is named and left out."""
    from kg.query.saved import sound_queries

    found, faults = sound_queries(shipped("queries"))
    for fault in faults:
        click.echo(f"kg: left out of the saved questions: {fault}", err=True)
    return found


def _print_answer(pool: Engine, text: str, written: str) -> None:
    from kg.cli.table import draw
    from kg.engine.answer import Question, ResultFormat
    from kg.engine.guard import check
    from kg.engine.reader import Reader

    if written == "table" and check(text, pool.limits).form.is_graph:
        written = "turtle"
    if written == "table":
        reader = Reader(pool)
        table = reader.table(text)
        click.echo(draw(table, reader.names()), nl=False)
        is_cut = table.is_cut
    else:
        answer = pool.run(Question(text=text, format=ResultFormat(written)))
        is_cut = answer.is_cut
        _to_stdout(answer.read())
    if is_cut:
        click.echo(f"kg: only the first {pool.limits.rows} rows; raise --max-rows for more", err=True)


def _to_stdout(content: bytes) -> None:
    stream = sys.stdout.buffer
    stream.write(content)
    if content and not content.endswith(b"\n") and sys.stdout.isatty():
        stream.write(b"\n")
    stream.flush()


@click.command()
def queries() -> None:
    """List the saved questions with their parameters."""
    for saved in _sound_queries().values():
        click.echo(f"{click.style(saved.name, bold=True)}  {saved.summary}")
        for parameter in saved.parameters:
            need = (
                "required"
                if parameter.required
                else f"default {parameter.default}"
                if parameter.default
                else "optional"
            )
            click.echo(f"    --param {parameter.name}=…  {parameter.label}: {parameter.type}, {need}")


@click.command()
@store_option
@click.option(
    "--format",
    "written",
    type=click.Choice(_EXPORTS),
    default="turtle",
    show_default=True,
    envvar="KG_EXPORT_FORMAT",
    help="A format of RDF, the network as GraphML, a table as CSV or Parquet, or a description of the data set.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="The file to write, of shards the folder; else standard output.",
)
@click.option(
    "--shards", type=Whole(1, 100_000), help="Write N-Quads as so many files with a manifest, for bulk loaders."
)
@licence_option
def export(store: Path, written: str, output: Path | None, shards: int | None, licence: str) -> None:
    """Write the whole graph; the same graph gives the same bytes.

    nquads and trig hold every named graph, the other formats of RDF the assembled knowledge. graphml is the network of
    who met whom, for Gephi; the tables are CSV, or Parquet, which takes the extra diplomacy-kg[parquet]. croissant and
    datacite describe the data set for tools and catalogues: its files, under the names of /exports/, their checksums,
    each column of the tables. All is written piece by piece, whatever its size. A file whose name ends in .gz is
    compressed. Shards are sorted through all files: one after the other they are the whole; manifest.json has the size
    and the SHA-256 of each.
    """
    from kg.store.described import published_files
    from kg.store.export import ExportFormat, Known, stream_graph
    from kg.store.generation import current

    if shards is not None:
        _export_shards(store, written, output, shards)
        return
    generation, form = current(store), ExportFormat(written)
    graph, known = generation.open(), Known(licence=licence, files=published_files(generation.path))
    if output is None:
        stream_graph(graph, form, sys.stdout.buffer, known=known)
        sys.stdout.buffer.flush()
        return
    try:
        with _file(output) as sink:
            stream_graph(graph, form, sink, known=known)
        size = output.stat().st_size
    except OSError as error:
        raise click.ClickException(f"{output} cannot be written: {error.strerror}") from error
    click.echo(f"{output}: {size} bytes", err=True)


def _export_shards(store: Path, written: str, output: Path | None, number: int) -> None:
    from kg.store.generation import current
    from kg.store.shards import write_shards

    if written != "nquads" or output is None:
        raise click.UsageError("--shards takes --format nquads, and a new folder with -o")
    told = write_shards(current(store), output, number)
    click.echo(f"{output}: {told['quads']} quads in {number} files", err=True)


@contextmanager
def _file(output: Path) -> Iterator[IO[bytes]]:
    """What is written to becomes the file once it is whole; before, and if anything fails, that is as it was."""
    if output.exists() and not output.is_file():
        # A pipe or a device is written to as it is.
        with output.open("wb") as sink:
            yield sink
        return
    begun = output.with_name(f"{output.name}.part")
    try:
        with begun.open("wb") as sink:
            if output.suffix == ".gz":
                # Without a name and a moment in it: the same graph gives the same bytes.
                with gzip.GzipFile(filename="", mode="wb", fileobj=sink, mtime=0) as packed:
                    yield cast("IO[bytes]", packed)
            else:
                yield sink
        begun.replace(output)
    finally:
        begun.unlink(missing_ok=True)
