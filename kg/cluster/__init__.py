"""Articles read by the workers of a Dask cluster: they are sent the bytes, and send back what these tell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

from kg.errors import ConfigError
from kg.ledger.heard import Answer, Asked, Things
from kg.ledger.sources import Each
from kg.read.item import Item


def each_on_cluster(address: str, worlds: Sequence[Path], tell: Callable[[str], None]) -> Each:
    """How a build makes the lines of its items: by the workers of the scheduler at this address.

    ``tell`` is given a sentence about each worker that is lost or left out.

    Raises:
        ConfigError: Dask is not installed.
    """
    if find_spec("distributed") is None:
        raise ConfigError("to read on the workers of Dask, install diplomacy-kg[dask]")

    def each(_: Callable[[Item], Things], asked: Iterable[Asked]) -> Iterator[tuple[Asked, Answer | None]]:
        from kg.cluster.foreman import foreman
        from kg.cluster.order import order_of

        with foreman(address, order_of(worlds), tell) as chief:
            yield from chief.results(asked)

    return each
