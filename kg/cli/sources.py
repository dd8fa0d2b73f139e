"""What sources are called on the command line: files, folders, patterns, addresses, standard input."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

if TYPE_CHECKING:
    from kg.read.remote import Location


class _Source(click.Path):
    """Where a source lies; there is something, or it is refused at once."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path or the address."""
        from kg.read.remote import Remote, located
        from kg.read.under import is_there

        at: Location = located(str(value))
        try:
            if is_there(at):
                return at
        except OSError as error:
            self.fail(f"{at} cannot be read: {error.strerror or error}", param, ctx)
        if isinstance(at, Remote):
            self.fail(f"There is nothing at {at}.", param, ctx)
        return super().convert(value, param, ctx)


SOURCE: Final = _Source(exists=True, allow_dash=True, path_type=Path)
