"""How queries end, counted: answered, or refused for one reason or another."""

from __future__ import annotations

import contextlib
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from kg.engine.answer import AnswerTooLarge, AskerGone, EngineBusy, QueryCrashed, QueryTooLarge, TooManyQueries
from kg.errors import KgError, QueryError, QueryNotReadOnly, QuerySyntaxError, QueryTooLong, StoreError

ANSWERED: Final = "answered"
# Of these, the engine had to end a worker for the first four.
_REASONS: Final[Mapping[type[KgError], str]] = MappingProxyType(
    {
        QueryTooLong: "deadline",
        QueryCrashed: "crashed",
        AskerGone: "gone",
        AnswerTooLarge: "too-large-an-answer",
        EngineBusy: "busy",
        TooManyQueries: "too-many-of-one-client",
        QueryTooLarge: "too-long-a-text",
        QuerySyntaxError: "syntax",
        QueryNotReadOnly: "not-read-only",
        QueryError: "other",
        StoreError: "store",
    }
)


class Outcomes:
    """Counts by outcome; safe to use from many threads."""

    def __init__(self) -> None:
        """Nothing yet."""
        self._lock = threading.Lock()
        self._count = Counter(dict.fromkeys((ANSWERED, *_REASONS.values()), 0))

    @contextlib.contextmanager
    def counted(self) -> Iterator[None]:
        """Nothing; how what stands within ends is counted."""
        outcome = ANSWERED
        try:
            yield
        except KgError as error:
            outcome = next(reason for kind in type(error).__mro__ if (reason := _REASONS.get(kind)) is not None)
            raise
        finally:
            self.add(outcome)

    def add(self, outcome: str) -> None:
        """Nothing; one more ended so."""
        with self._lock:
            self._count[outcome] += 1

    def __call__(self) -> Mapping[str, int]:
        """The counts."""
        with self._lock:
            return dict(self._count)
