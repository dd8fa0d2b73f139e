"""The commands that keep a graph safe: backup, restore."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import store_option
from kg.errors import StoreError

_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command()
@click.argument("folder", type=_FOLDER)
@store_option
def backup(folder: Path, store: Path) -> None:
    """Copy the graph that is live into FOLDER, which is made new, and verify the copy, every byte and every quad.

    Serving and writing go on; what is written meanwhile is not in the copy. FOLDER is a store of its own: 'kg serve
    --store FOLDER' serves it, 'kg restore FOLDER' brings it back.
    """
    from kg.store.backup import back_up

    generation = back_up(store, folder)
    click.echo(f"{folder}: {generation.quads} quads of generation {generation.number}", err=True)


@click.command()
@click.argument("folder", type=_FOLDER)
@store_option
def restore(folder: Path, store: Path) -> None:
    """Make the graph of the backup in FOLDER the live one, all at once, after verifying every byte and every quad.

    A running server goes over to it. If anything fails, what was live stays live.
    """
    from kg.store.backup import restore as bring_back

    if not (folder / "current").is_file():
        raise StoreError(f"{folder} is no backup: name the folder that 'kg backup' made")
    generation = bring_back(store, folder)
    click.echo(f"{store}: {generation.quads} quads, live as generation {generation.number}", err=True)
