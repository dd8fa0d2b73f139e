"""How many requests were answered, how, and in how much time, in the text format of Prometheus.

The format is that of its version 0.0.4: counters end in ``_total``, times are seconds, sizes bytes.
"""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

MEDIA: Final = "text/plain; version=0.0.4; charset=utf-8"
_BOUNDS: Final = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Kind(StrEnum):
    """What a number is."""

    COUNTER = "counter"
    GAUGE = "gauge"


class Outcome(StrEnum):
    """How a request to write ended."""

    WRITTEN = "written"
    REFUSED = "refused"
    BUSY = "busy"
    TIMEOUT = "timeout"
    FULL = "full"
    FAILED = "failed"

    @classmethod
    def of(cls, status: int) -> Outcome:
        """What the status of the answer says."""
        if status in _OUTCOMES:
            return cls(_OUTCOMES[status])
        return cls.WRITTEN if status < 300 else cls.REFUSED if status < 500 else cls.FAILED


_OUTCOMES: Final = {503: "busy", 504: "timeout", 507: "full"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """One number, or one for each value of a label."""

    name: str
    help: str
    kind: Kind
    values: Mapping[str, float]
    label: str = ""

    @classmethod
    def of(cls, name: str, help: str, kind: Kind, value: float) -> Metric:  # noqa: A002  # the word of the format
        """A metric of one number."""
        return cls(name=name, help=help, kind=kind, values={"": value})

    def lines(self) -> Iterable[str]:
        """As Prometheus reads it."""
        yield from _head(self.name, self.help, self.kind)
        for value, number in sorted(self.values.items()):
            yield f"{self.name}{_labels(**{self.label: value}) if self.label else ''} {_number(number)}"


class _Histogram:
    """How many took how long."""

    def __init__(self) -> None:
        self.buckets = [0] * (len(_BOUNDS) + 1)
        self.seconds = 0.0

    def add(self, seconds: float) -> None:
        self.buckets[bisect_left(_BOUNDS, seconds)] += 1
        self.seconds += seconds

    def lines(self, name: str, view: str) -> Iterable[str]:
        total = 0
        for bound, count in zip((*map(str, _BOUNDS), "+Inf"), self.buckets, strict=True):
            total += count
            yield f"{name}_bucket{_labels(view=view, le=bound)} {total}"
        yield f"{name}_sum{_labels(view=view)} {self.seconds:.6f}"
        yield f"{name}_count{_labels(view=view)} {total}"


class Tally:
    """Counts answers; safe to use from many threads."""

    def __init__(self) -> None:
        """Nothing yet."""
        self._lock = threading.Lock()
        self._count: Counter[tuple[str, int]] = Counter()
        self._writes: Counter[str] = Counter(dict.fromkeys(Outcome, 0))
        self._times: defaultdict[str, _Histogram] = defaultdict(_Histogram)

    def add(self, view: str, status: int, seconds: float) -> None:
        """Count one answer."""
        with self._lock:
            self._count[view, status] += 1
            self._times[view].add(seconds)

    def add_write(self, status: int) -> None:
        """Count one request to write."""
        with self._lock:
            self._writes[Outcome.of(status)] += 1

    @property
    def writes(self) -> Mapping[str, float]:
        """How requests to write ended."""
        with self._lock:
            return dict(self._writes)

    def lines(self) -> Iterable[str]:
        """The counts by view and status, and the times by view."""
        with self._lock:
            yield from _head("kg_requests_total", "Answers by view and status.", "counter")
            for (view, status), count in sorted(self._count.items()):
                yield f"kg_requests_total{_labels(view=view, status=str(status))} {count}"
            yield from _head("kg_request_seconds", "How long answers took, by view.", "histogram")
            for view, times in sorted(self._times.items()):
                yield from times.lines("kg_request_seconds", view)


def written(tally: Tally, metrics: Iterable[Metric]) -> str:
    """All of it as one text."""
    lines = [*tally.lines(), *(line for metric in metrics for line in metric.lines())]
    return "".join(f"{line}\n" for line in lines)


def _head(name: str, told: str, kind: str) -> Iterable[str]:
    yield f"# HELP {name} {told}"
    yield f"# TYPE {name} {kind}"


def _labels(**labels: str) -> str:
    inner = ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items())
    return f"{{{inner}}}"


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)
