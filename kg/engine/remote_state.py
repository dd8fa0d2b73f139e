"""What is known of a graph on a server elsewhere: which build it is of, how large, and where its default graph is.

A build that was loaded there says so in a graph of its own (:mod:`kg.store.loaded`), which is looked at every few
seconds, beside the queries. What others write there is seen when the time that a state holds for is over.
"""

from __future__ import annotations

import contextlib
import hashlib
import secrets
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from kg.errors import KgError
from kg.store.generation import Generation
from kg.store.loaded import Loaded, query, read

_SECONDS: Final = 5.0
_PATIENCE: Final = 20.0
_COUNT: Final = "SELECT (COUNT(*) AS ?count) WHERE { ?s ?p ?o }"
_NOWHERE: Final = Path("/dev/null")

Rows = Callable[[str, float], list[dict[str, str]]]
"""The rows of a query of ours, asked within so many seconds."""


class RemoteState:
    """The state, looked at again and again while somebody asks for it; safe to use from many threads."""

    def __init__(self, rows: Rows, base: str, refresh: float) -> None:
        """Nothing is known yet; the state of a graph that nobody marks holds for ``refresh`` seconds, 0 for ever."""
        self._rows = rows
        self._base = base
        self._refresh = refresh
        self._looking = threading.Lock()
        self._looked = self._begun = float("-inf")
        self._age = 0
        # Whoever starts anew cannot know what others wrote meanwhile.
        self._life = secrets.token_hex(8)
        self._loaded = Loaded()
        self._quads = 0
        self._generation = _generation(Loaded(), 0, f"{self._life}-0")

    @property
    def generation(self) -> Generation:
        """The state that was seen last; whoever comes after a while has it looked at again, and does not wait."""
        if time.monotonic() - self._looked > _SECONDS and self._looking.acquire(blocking=False):
            threading.Thread(target=self._look_again, daemon=True).start()
        return self._generation

    @property
    def home(self) -> str:
        """The graph that stands for the default graph there; empty where that is the default graph itself."""
        return self._loaded.home

    def look(self) -> None:
        """Nothing; the state is that of now.

        Raises:
            StoreError: nobody can tell.
        """
        with self._looking:
            self._look()

    def doubt(self) -> None:
        """Nothing; the server was away: it may have another graph when it comes back."""
        self._looked = float("-inf")

    def _look_again(self) -> None:
        try:
            with contextlib.suppress(KgError):
                self._look()
        finally:
            self._looked = time.monotonic()
            self._looking.release()

    def _look(self) -> None:
        loaded = read(self._rows(query(self._base), _SECONDS))
        now = time.monotonic()
        is_over = self._refresh > 0 and now - self._begun > self._refresh
        if loaded != self._loaded or is_over or not self._age:
            quads = loaded.quads or self._count()
            self._age += 1
            self._begun = now
            self._loaded, self._quads = loaded, quads
            self._generation = _generation(loaded, quads, f"{self._life}-{self._age}")
        self._looked = time.monotonic()

    def _count(self) -> int:
        """How many triples there are, where that can be counted soon."""
        with contextlib.suppress(KgError, KeyError, IndexError, ValueError):
            return int(self._rows(_COUNT, _PATIENCE)[0]["count"])
        return 0


def _generation(loaded: Loaded, quads: int, age: str) -> Generation:
    """The state in the words of a store of ours: its number is that of the build, its digest another each time."""
    told = f"{loaded.digest}\n{age}"
    return Generation(
        number=loaded.number,
        path=_NOWHERE,
        counted=quads,
        digest=hashlib.sha256(told.encode()).hexdigest(),
        told=loaded.digest,
    )
