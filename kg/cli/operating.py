"""Options for operators of a server: the room for known answers, the log, how it stops."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from kg.cli.options import Seconds, Whole

if TYPE_CHECKING:
    from kg.web.journal import Journal
    from kg.web.leaving import Run


def operation_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """What a server keeps in memory and writes down, and how it ends."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


_OPTIONS: Final = (
    click.option(
        "--cache-size",
        default=64,
        show_default=True,
        type=Whole(0, 1 << 20),
        envvar="KG_CACHE_SIZE",
        metavar="MIB",
        help="Room for answers that are kept for those who ask the same; 0 keeps none.",
    ),
    click.option(
        "--access-log",
        type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
        envvar="KG_ACCESS_LOG",
        metavar="FILE",
        help="Write a line of JSON for each answer; - is standard error. The file may be moved away meanwhile.",
    ),
    click.option(
        "--log-addresses",
        type=click.Choice(["full", "short", "none"]),
        default="full",
        show_default=True,
        envvar="KG_LOG_ADDRESSES",
        help="How much of clients' addresses the log holds: short is the network, /24 or /48.",
    ),
    click.option(
        "--log-queries",
        is_flag=True,
        envvar="KG_LOG_QUERIES",
        help="Write the texts of queries into the log, too.",
    ),
    click.option(
        "--stop-timeout",
        type=Seconds(may_be_none=True),
        default=15.0,
        show_default=True,
        envvar="KG_STOP_TIMEOUT",
        metavar="SECONDS",
        help="How long a server that is told to stop goes on with what it is answering.",
    ),
)


@contextmanager
def log_of(told: dict[str, Any], secret: str | None) -> Iterator[Journal | None]:
    """The log that the options ask for, without the secret; ``None`` where they ask for none.

    Raises:
        ClickException: it cannot be written.
    """
    import logging

    from kg.web.journal import Addresses, journal

    # That requests wait for a thread is normal under load, and counted.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    target: Path | None = told["access_log"]
    if target is None:
        yield None
        return
    addresses, queries = Addresses(told["log_addresses"]), told["log_queries"]
    with journal(_checked(target), addresses, queries=queries, secret=secret) as kept:
        yield kept


def run_until_told(run: Run, seconds: float, told: str) -> None:
    """Nothing; it ran until a signal told it to stop, and then so long that those could be answered who were there.

    ``told`` is printed once it can be stopped in this way.

    Raises:
        ClickException: not all were answered in that time.
    """
    import signal

    def leave(*_: object) -> None:
        run.leave()
        # Who says it twice means at once.
        signal.signal(signal.SIGINT, signal.default_int_handler)

    for stop in (signal.SIGTERM, signal.SIGINT):
        signal.signal(stop, leave)
    _settle_hangups(leave)
    click.echo(told)
    sys.stdout.flush()
    if not run(seconds):
        raise click.ClickException(f"some requests were not answered within {seconds:g} seconds")


def _settle_hangups(leave: Callable[..., None]) -> None:
    """Nothing; who started the server from a terminal ends it with that; elsewhere a hangup means a change of the log.

    There is nothing to do then: a log that was moved away is begun anew.
    """
    import signal

    hangup = getattr(signal, "SIGHUP", None)
    if hangup is not None and signal.getsignal(hangup) is signal.SIG_DFL:
        signal.signal(hangup, leave if sys.stdin and sys.stdin.isatty() else signal.SIG_IGN)


def _checked(target: Path) -> Path | None:
    if str(target) == "-":
        return None
    try:
        target.open("ab").close()
    except OSError as error:
        raise click.ClickException(f"the log {target} cannot be written: {error.strerror}") from error
    return target.resolve()
