"""Pages that hold for one generation: which one it was, so that whoever asks again can be answered from memory."""

from __future__ import annotations

from flask import Response, g

from kg.engine.reader import Table
from kg.query.names import Names
from kg.web.site import site


def seen(table: Table) -> Table:
    """The table; the page that is being made rests on it."""
    g.setdefault("generations", set()).add(table.generation)
    return table


def stamped(response: Response, names: Names) -> Response:
    """The response with its generation, where all that it rests on is of the live one."""
    reader = site().reader
    number = reader.pool.generation.number
    if reader.are_of(names, number) and g.get("generations", set()) <= {number}:
        response.headers["KG-Generation"] = str(number)
    return response
