"""By which write each graph came to be as it is: what a client says that it has seen before it changes a graph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Self

_DEFAULT: Final = ""
# More graphs than this are not told apart any longer: each of them counts as changed.
_MOST: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class States:
    """A name for the state of each graph; ``others`` is that of every graph that is not listed."""

    others: str
    listed: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, told: Any, build: str) -> Self:
        """Those that a manifest tells; graphs of which it tells nothing are as that build made them.

        Raises:
            KeyError, TypeError, ValueError: it tells something else.
        """
        if told is None:
            return cls(others=build)
        others = str(told.get("others", build))
        return cls(others=others, listed={str(name): str(one) for name, one in told["listed"].items()})

    @property
    def told(self) -> dict[str, Any]:
        """What a manifest tells of them."""
        return {"others": self.others, "listed": dict(self.listed)}

    def of(self, graph: str | None) -> str:
        """The state of a graph; ``None`` is the default graph."""
        return self.listed.get(graph or _DEFAULT, self.others)

    def only(self, graphs: Iterable[str]) -> dict[str, str]:
        """The states of these named graphs; none where they are too many to be told apart."""
        listed = {graph: self.of(graph) for graph in graphs}
        return listed if len(listed) <= _MOST else {}

    def after(self, write: str, graphs: Iterable[str | None] | None) -> States:
        """The states after a write of that name to these graphs; ``None`` where nobody knows which they are."""
        if graphs is None:
            return States(others=write)
        listed = {**self.listed, **{graph or _DEFAULT: write for graph in graphs}}
        return States(others=self.others, listed=listed) if len(listed) <= _MOST else States(others=write)
