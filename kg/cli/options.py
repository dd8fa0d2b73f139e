"""Options that several commands share; each is also a ``KG_…`` variable of its own name."""

from __future__ import annotations

import datetime as dt
import ipaddress
import math
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import click

from kg.config import BASE_IRI, Limits

_DEFAULT = Limits()
_DAY: Final = 86_400
_MOST_ROWS: Final = 1_000_000_000


class Whole(click.IntRange):
    """A whole number between two others."""

    name = "integer"


class Seconds(click.FloatRange):
    """A time in seconds, of a day at most: no clock counts without end."""

    name = "number of seconds"

    def __init__(self, *, may_be_none: bool = False) -> None:
        """More than none, unless there may be none."""
        super().__init__(0, _DAY, min_open=not may_be_none)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The number; what is none, or endless, is refused."""
        number = float(super().convert(value, param, ctx))
        if math.isnan(number):
            self.fail(f"{value!r} is no number of seconds.", param, ctx)
        return number


def store_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--store``: the folder of the graph."""
    return click.option(
        "--store",
        type=click.Path(path_type=Path, file_okay=False),
        default=Path("kg-store"),
        envvar="KG_STORE",
        show_default=True,
        show_envvar=True,
        help="The folder that holds the graph.",
    )(command)


def base_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--base-iri``: where the IRIs of things begin."""
    return click.option(
        "--base-iri",
        default=BASE_IRI,
        callback=_check_base,
        envvar="KG_BASE_IRI",
        show_default=True,
        show_envvar=True,
        help="The beginning of the IRIs of things; ends with / or #.",
    )(command)


def licence_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--licence``: under which the graph may be used."""
    return click.option(
        "--licence",
        default="",
        callback=_check_licence,
        envvar="KG_LICENCE",
        show_envvar=True,
        help="The IRI of the licence of the graph: the pages and the description of the data set tell it.",
    )(command)


def _check_licence(context: click.Context, option: click.Parameter, iri: str) -> str:
    """The IRI, if browsers can follow it.

    Raises:
        click.BadParameter: they cannot.
    """
    if iri and not iri.startswith(("https://", "http://")):
        raise click.BadParameter(f"{iri} is no address; write https://creativecommons.org/licenses/by/4.0/ or the like")
    return _check_base(context, option, iri) if iri else ""


def _check_base(context: click.Context, option: click.Parameter, iri: str) -> str:
    """The IRI itself, if others can begin with it.

    Raises:
        click.BadParameter: it is not absolute, or what follows would run into its last word.
    """
    from kg.store.base import fault_of_base

    if (fault := fault_of_base(iri)) is not None:
        raise click.BadParameter(fault, context, option)
    return iri


def world_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--world``: folders of the user's own beside the shipped world; may be repeated."""
    return click.option(
        "--world",
        "worlds",
        multiple=True,
        envvar="KG_WORLD",
        type=click.Path(path_type=Path, file_okay=False, exists=True),
        callback=_check_worlds,
        help="A folder of your own countries, leaders, summits (CSV as in seeds/world) beside the shipped ones.",
    )(command)


def _check_worlds(context: click.Context, option: click.Parameter, folders: tuple[Path, ...]) -> tuple[Path, ...]:
    """The folders, if each holds files of a world and no other tables, which would be passed over in silence.

    Raises:
        click.BadParameter: one that has none, or a table of another name.
    """
    from kg.config import shipped

    if not folders:
        return folders
    known = {path.name for path in (shipped("seeds") / "world").iterdir()} | {"leaders.csv"}
    for folder in folders:
        tables = {path.name for path in folder.iterdir() if path.name in known or path.suffix == ".csv"}
        if strange := sorted(tables - known) or ([] if tables else ["no such file"]):
            told = f"{folder}: {', '.join(strange)}; a world has {', '.join(sorted(known))}"
            raise click.BadParameter(told, context, option)
    return folders


def check_moment(context: click.Context, option: click.Parameter, text: str | None) -> str | None:
    """The text itself, if it is a day or a moment of ISO 8601.

    Raises:
        click.BadParameter: it is none.
    """
    if text is not None:
        try:
            dt.datetime.fromisoformat(text)
        except ValueError as error:
            told = f"{text!r} is no moment of ISO 8601, such as 2025-06-18 or 2025-06-18T09:30:00Z"
            raise click.BadParameter(told, context, option) from error
    return text


def moment(seconds: int) -> str:
    """That many seconds after the beginning of 1970, in UTC, in ISO 8601."""
    return f"{dt.datetime.fromtimestamp(seconds, dt.UTC):%Y-%m-%dT%H:%M:%SZ}"


def limit_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--query-timeout`` and ``--max-rows``: what one query may use."""
    command = click.option(
        "--max-rows",
        type=Whole(1, _MOST_ROWS),
        default=_DEFAULT.rows,
        envvar="KG_MAX_ROWS",
        show_default=True,
        show_envvar=True,
        help="The most rows of one answer.",
    )(command)
    return click.option(
        "--query-timeout",
        type=Seconds(),
        default=_DEFAULT.seconds,
        envvar="KG_QUERY_TIMEOUT",
        show_default=True,
        show_envvar=True,
        metavar="SECONDS",
        help="When a query is stopped.",
    )(command)


def _bytes(context: click.Context, option: click.Parameter, told: str | None) -> int | None:
    """A size written as 512M or 2G in bytes."""
    if told is None:
        return None
    number, unit = told.strip()[:-1], told.strip()[-1:].upper()
    if not (number.isascii() and number.isdecimal()) or len(number) > 9 or unit not in _UNITS:
        raise click.BadParameter(f"{told!r} is no size such as 512M or 2G", context, option)
    return int(number) * _UNITS[unit]


def _worker_bytes(context: click.Context, option: click.Parameter, told: str) -> int | None:
    """A size in bytes that leaves a worker something to answer with."""
    size = _bytes(context, option, told)
    if size is not None and size < _LEAST_WORKER:
        least = f"{told!r} is too little: 1G is taken before a query begins; give {_LEAST_WORKER >> 20}M or more"
        raise click.BadParameter(least, context, option)
    return size


_LEAST_WORKER: Final = 1280 << 20
_UNITS: Final = {"K": 1 << 10, "M": 1 << 20, "G": 1 << 30}


def containment_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """What all clients together may use of the machine, and whom to believe on who they are."""
    for option in reversed(_CONTAINMENT):
        command = option(command)
    return command


def _check_proxies(context: click.Context, option: click.Parameter, told: tuple[str, ...]) -> tuple[str, ...]:
    named = tuple(proxy for part in told for proxy in part.replace(",", " ").split())
    for proxy in named:
        try:
            ipaddress.ip_network(proxy, strict=False)
        except ValueError as error:
            raise click.BadParameter(f"{proxy!r} is no address and no network", context, option) from error
    return named


_CONTAINMENT: Final = (
    click.option(
        "--slow-places",
        type=Whole(1, 64),
        default=_DEFAULT.slow_places,
        envvar="KG_SLOW_PLACES",
        show_default=True,
        help="Queries of more than a second at a time.",
    ),
    click.option(
        "--worker-memory",
        callback=_worker_bytes,
        metavar="SIZE",
        default="2G",
        envvar="KG_WORKER_MEMORY",
        show_default=True,
        help="Address space of one query's process, of which 1G is taken before it begins.",
    ),
    click.option(
        "--total-memory",
        callback=_bytes,
        metavar="SIZE",
        envvar="KG_TOTAL_MEMORY",
        help="Address space of all these processes together; else enough for every one of them.",
    ),
    click.option(
        "--spool",
        callback=_bytes,
        metavar="SIZE",
        default="1G",
        envvar="KG_SPOOL",
        show_default=True,
        help="Large answers that clients are still reading, together, on disk.",
    ),
    click.option(
        "--client-queries",
        type=Whole(1, 1000),
        default=_DEFAULT.client_queries,
        envvar="KG_CLIENT_QUERIES",
        show_default=True,
        help="Queries of one client at a time.",
    ),
    click.option(
        "--trusted-proxy",
        "proxies",
        multiple=True,
        callback=_check_proxies,
        envvar="KG_TRUSTED_PROXY",
        metavar="ADDRESS",
        help="A proxy whose X-Forwarded-For and -Proto are believed; may be several, with commas between them.",
    ),
    click.option(
        "--insecure",
        is_flag=True,
        envvar="KG_INSECURE",
        help="Listen to others also where this platform cannot keep queries from the network.",
    ),
)


def today() -> dt.date:
    """The day, in UTC: the one clock of the commands."""
    return dt.datetime.fromtimestamp(time.time(), dt.UTC).date()
