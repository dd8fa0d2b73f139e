"""Options that lead to a SPARQL server elsewhere: its address, and who we are to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

import click

if TYPE_CHECKING:
    from kg.store.server import Address

_SCHEMES: Final = ("http://", "https://")
_SECRET: Final = "Give it as the variable: a command line is public."  # noqa: S105  # no secret


def served_store_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--store``: the folder of the graph, or the address of a server that holds it."""
    return click.option(
        "--store",
        type=StoreOrAddress(),
        default="kg-store",
        envvar="KG_STORE",
        show_default=True,
        show_envvar=True,
        help="The folder that holds the graph, or the address of a SPARQL 1.1 query endpoint that does.",
    )(command)


class StoreOrAddress(click.Path):
    """A folder, or the address of a server."""

    name = "folder|URL"

    def __init__(self) -> None:
        """Whether it is there is for others to say."""
        super().__init__(file_okay=False)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The text itself; of a folder that is none, a complaint."""
        return value if is_address(str(value)) else super().convert(value, param, ctx)


def is_address(told: str) -> bool:
    """Whether this is the address of a server, and no folder."""
    return told.lower().startswith(_SCHEMES)


def named_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Who we are to a server elsewhere."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


_OPTIONS: Final = (
    click.option(
        "--remote-user",
        default="",
        envvar="KG_REMOTE_USER",
        metavar="NAME",
        help="Who we are to a server elsewhere, where it asks (Basic or Digest).",
    ),
    click.option(
        "--remote-password",
        default="",
        envvar="KG_REMOTE_PASSWORD",
        metavar="SECRET",
        help=f"With which password. {_SECRET}",
    ),
    click.option(
        "--remote-token",
        default="",
        envvar="KG_REMOTE_TOKEN",
        metavar="SECRET",
        help=f"What it is sent as 'Authorization: Bearer SECRET' instead. {_SECRET}",
    ),
)


def address_of(place: str, told: Mapping[str, Any]) -> Address | None:
    """The address of a server, with who we are to it; ``None`` of a folder.

    Raises:
        ConfigError: it is no address.
    """
    from kg.store.digest_auth import Credentials
    from kg.store.server import Address

    if not is_address(place):
        return None
    known = Credentials(user=told["remote_user"], password=told["remote_password"], token=told["remote_token"])
    return Address.read(place, known)
