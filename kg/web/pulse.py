"""Whether queries are answered: asked once for all who ask at the same time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from kg.engine.answer import Question
from kg.engine.engine import Engine
from kg.errors import KgError

_SECONDS: Final = 5.0
# A server that does not answer is not asked again at once.
_FAILED_FOR: Final = 1.0


class Pulse:
    """Feels whether a pool answers; safe to use from many threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Nothing is known yet."""
        self._clock = clock
        self._lock = threading.Lock()
        self._begun = self._ended = float("-inf")
        self._beats = True

    def beats(self, pool: Engine) -> bool:
        """Whether it answered a question that was asked after this call; of a failure, one shortly before."""
        now = self._clock()
        with self._lock:
            is_fresh = self._begun >= now or (not self._beats and self._ended > now - _FAILED_FOR)
            if not is_fresh:
                self._begun = self._clock()
                self._beats = _answers(pool)
                self._ended = self._clock()
            return self._beats


def _answers(pool: Engine) -> bool:
    try:
        # Not remembered, and no turn of anybody's.
        pool.run(Question(text="ASK {}"), replace(pool.limits, seconds=_SECONDS)).body.close()
    except KgError:
        return False
    return True
