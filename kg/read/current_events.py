"""An item of Wikipedia's current events, as JSON, to what it tells.

An item has ``id``, ``date``, ``category``, ``text`` and the ``links`` of its text. Its words are Wikipedia's; the
papers that it leads to as ``sources`` are not its publishers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from kg.read.moment import read_moment
from kg.read.told import Told

_FIELDS: Final = frozenset({"id", "date", "category", "text", "links"})
PUBLISHER: Final = "Wikipedia, Portal:Current events"


def is_item(item: Mapping[str, Any]) -> bool:
    """Whether the object has the fields of such an item."""
    return item.keys() >= _FIELDS and isinstance(item["links"], list)


def told_by(item: Mapping[str, Any], path: str) -> Told:
    """What the item tells."""
    body, date = item["text"], item["date"]
    return Told(
        path=path,
        body=body if isinstance(body, str) else "",
        publisher=PUBLISHER,
        published=read_moment(date if isinstance(date, str) else None),
        language="en",
        address=item["id"] if isinstance(item["id"], str) else None,
    )
