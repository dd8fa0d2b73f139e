"""The options of a server that writes, and the token that it writes for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import click

from kg.cli.options import Seconds
from kg.config import Limits
from kg.errors import ConfigError

_DEFAULT: Final = Limits()
_SHORTEST_TOKEN: Final = 20
# Of a file without an end, such as a device, no more is read.
_LONGEST_FILE: Final = 65_536
_ADVICE: Final = "what 'openssl rand -hex 32' prints"


def writing_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--update``, ``--token`` and ``--token-file``: whether and for whom the server writes, and for how long."""
    command = click.option(
        "--update-timeout",
        type=Seconds(),
        default=_DEFAULT.update_seconds,
        envvar="KG_UPDATE_TIMEOUT",
        show_default=True,
        metavar="SECONDS",
        help="When an update or an upload is stopped.",
    )(command)
    command = click.option(
        "--token-file",
        type=click.Path(path_type=Path, dir_okay=False),
        envvar="KG_TOKEN_FILE",
        help="A file that holds the token.",
    )(command)
    command = click.option(
        "--token",
        envvar="KG_TOKEN",
        metavar="SECRET",
        help="What writers send as 'Authorization: Bearer SECRET'. Give it as the variable: a command line is public.",
    )(command)
    return click.option(
        "--update",
        is_flag=True,
        envvar="KG_UPDATE",
        help="Take SPARQL Update and graphs from whoever has the token.",
    )(command)


def token_of(told: Mapping[str, Any]) -> str | None:
    """The token of a server that writes; ``None`` of one that does not, and whoever gave one all the same is told.

    Raises:
        ConfigError: there is none, or it is too short to be a secret.
    """
    if told["update"]:
        return read_token(told["token"], told["token_file"])
    if told["token"] or told["token_file"]:
        click.echo("kg: a token is given, but writing is off: it is switched on with --update", err=True)
    return None


def read_token(token: str | None, file: Path | None) -> str:
    """The token, of the option or in the file.

    Raises:
        ConfigError: there is none, or it is too short to be a secret.
    """
    if token is not None and file is not None:
        raise ConfigError("--token and --token-file are both given: which one holds?")
    if file is not None:
        try:
            with file.open(encoding="utf-8") as opened:
                token = opened.read(_LONGEST_FILE).strip()
        except OSError as error:
            raise ConfigError(f"--token-file: {file} cannot be read: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise ConfigError(f"--token-file: {file} is no text: write into it {_ADVICE}") from error
        if not token:
            raise ConfigError(f"--token-file: {file} is empty: write into it {_ADVICE}")
    if not token:
        raise ConfigError(f"a token is missing: with --update set KG_TOKEN or --token-file, to {_ADVICE}")
    if len(token) < _SHORTEST_TOKEN or not token.isascii() or not token.isprintable() or " " in token:
        raise ConfigError(f"the token has fewer than {_SHORTEST_TOKEN} letters, or others than ASCII: take {_ADVICE}")
    return token
