"""The command that prints how others run the server: deploy."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

import click

EXAMPLES: Final[Mapping[str, Path]] = MappingProxyType(
    {
        name: Path(__file__).resolve().parents[1] / "deploy" / file
        for name, file in (
            ("systemd", "diplomacy-kg.service"),
            ("container", "Containerfile"),
            ("nginx", "nginx.conf"),
        )
    }
)


@click.command()
@click.argument("example", type=click.Choice(list(EXAMPLES)))
def deploy(example: str) -> None:
    """Print an example of how to run the server: a unit for systemd, a Containerfile, a site of nginx before it.

    Each says at its top how it is used.
    """
    click.echo(EXAMPLES[example].read_text(encoding="utf-8"), nl=False)
