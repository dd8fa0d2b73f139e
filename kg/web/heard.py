"""Requests that came before in the same bytes: what was read of them need not be read again.

Only plain queries are kept, and only as they stood when they were found to be in order; whatever may be otherwise the
next time (who asks, what the graph is, whether there is room) is asked each time.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Any, Final, Generic, Protocol, Self, TypeVar

_MOST: Final = 64
_LONGEST: Final = 1 << 14
_END: Final = b"\r\n\r\n"


class Read(Protocol):
    """A request that was read."""

    def again(self, channel: Any) -> Self:
        """The same request on this connection."""


R = TypeVar("R", bound=Read)


class Heard(Generic[R]):
    """The last of them, some megabytes at most; of one loop and its thread."""

    def __init__(self) -> None:
        """Nothing was heard yet."""
        self._kept: OrderedDict[bytes, R] = OrderedDict()

    def __len__(self) -> int:
        """How many are known."""
        return len(self._kept)

    def find(self, data: bytes, channel: Any) -> R | None:
        """The request that these bytes are, on this connection."""
        found = self._kept.get(data)
        if found is None:
            return None
        self._kept.move_to_end(data)
        return found.again(channel)

    def keep(self, data: bytes, request: R) -> None:
        """Nothing; the request is known by these bytes, where they are all of it and few."""
        if len(data) > _LONGEST or not data.startswith(b"GET /") or data.find(_END) != len(data) - len(_END):
            return
        self._kept[data] = request.again(None)
        if len(self._kept) > _MOST:
            self._kept.popitem(last=False)
