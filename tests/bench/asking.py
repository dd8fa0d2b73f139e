"""The saved questions of a benchmark: each with its parameters bound to things that a generated graph holds."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg.config import shipped
from kg.query.bind import bind
from kg.query.names import Names
from kg.query.naming import NAMES_QUERY, read_names
from kg.query.saved import Parameter, load_queries
from kg.query.types import ParameterType

TODAY: Final = dt.date(2025, 6, 18)
_GIVEN: Final = {
    ParameterType.DATE: "2016-03-01",
    ParameterType.YEAR: "2016",
    ParameterType.INTEGER: "1",
}
_PERIOD: Final = {"from": "2010-01-01", "until": "2019-12-31"}
# Of so many things by chance the one that most is said of.
_SAMPLE: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question as it is sent: its name, and the SPARQL with everything bound."""

    name: str
    text: str


def bound_questions(store: ox.Store, seed: int = 1) -> Iterator[Asked]:
    """Every saved question, its parameters of things given by chance, others left to their defaults."""
    names = names_of(store)
    things = some_things(store, names, seed)
    for query in load_queries(shipped("queries")).values():
        given: dict[str, str] = {}
        for parameter in query.parameters:
            # Two things by chance have seldom to do with each other: of those that may be left out, the first is given.
            is_asked = parameter.required or not given or not parameter.type.has_choices
            if is_asked and (value := value_of(parameter, things)):
                given[parameter.name] = value
        yield Asked(name=query.name, text=bind(query, given, names, TODAY))


def names_of(store: ox.Store) -> Names:
    """The names of all things in the store."""
    solutions = store.query(NAMES_QUERY)
    assert isinstance(solutions, ox.QuerySolutions)
    return read_names(
        {key: term.value for key in ("thing", "says", "value") if (term := row[key]) is not None} for row in solutions
    )


def value_of(parameter: Parameter, things: Callable[[ParameterType], str]) -> str | None:
    """A value for the parameter; ``None`` leaves it to its default."""
    if parameter.type is ParameterType.DATE and parameter.name in _PERIOD:
        return _PERIOD[parameter.name]
    if parameter.type.has_choices:
        return things(parameter.type)
    return None if parameter.default else _GIVEN.get(parameter.type)


def some_things(store: ox.Store, names: Names | None = None, seed: int = 1) -> Callable[[ParameterType], str]:
    """What gives a thing of a type by chance, each time another one, of those that much is said of."""
    known = names or names_of(store)
    chance = random.Random(seed)
    given: set[str] = set()

    def thing(kind: ParameterType) -> str:
        offered = [name.iri for name in known.of_kinds(kind.kinds) if name.iri not in given]
        some = chance.sample(offered, min(_SAMPLE, len(offered)))
        node = max(some, key=lambda iri: sum(1 for _ in store.quads_for_pattern(None, None, ox.NamedNode(iri), None)))
        given.add(node)
        return node

    return thing
