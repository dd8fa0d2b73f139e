"""The options that load a build into a server elsewhere, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

import click

from kg.cli.servers import address_of, is_address, named_options
from kg.errors import ConfigError

if TYPE_CHECKING:
    from kg.store.generation import Generation
    from kg.store.server import Address


def _checked(context: click.Context, option: click.Parameter, told: str) -> str:
    if told and not is_address(told):
        raise click.BadParameter("it is no address that begins with http:// or https://", context, option)
    return told


def into_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--into`` and who we are there."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return named_options(command)


_OPTIONS: Final = (
    click.option(
        "--into",
        default="",
        envvar="KG_INTO",
        metavar="URL",
        callback=_checked,
        help="Load the graph into the server that takes SPARQL 1.1 Update at this address, too.",
    ),
    click.option(
        "--into-query",
        default="",
        envvar="KG_INTO_QUERY",
        metavar="URL",
        callback=_checked,
        help="Where that server answers queries; else its usual address: /query for /update, and the like.",
    ),
)


def load_into(generation: Generation, base: str, told: Mapping[str, Any]) -> None:
    """Nothing; the server has the generation, whose IRIs begin with the base.

    Raises:
        StoreError: it has not.
    """
    from kg.store.load import load
    from kg.store.talk import Talk, query_address

    target = _address(told["into"], told)
    asked = _address(told["into_query"] or query_address(told["into"]), told)
    with Talk(target, asked) as talk:
        done = load(generation, base, talk)
    if not done.is_new:
        click.echo(f"{target} has this graph already", err=True)
        return
    click.echo(f"{target} has {done.quads} quads in {done.graphs} graphs; {done.removed} old ones are gone", err=True)
    if done.left_out:
        click.echo(f"left out: {done.left_out} quads in graphs that are not the build's", err=True)
    if done.changed:
        click.echo(f"durations that this server takes as xsd:dayTimeDuration only: {done.changed}", err=True)


def _address(url: str, told: Mapping[str, Any]) -> Address:
    address = address_of(url, told)
    if address is None:
        raise ConfigError("--into takes the address of a server")
    return address
