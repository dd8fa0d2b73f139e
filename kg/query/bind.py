"""Parameters put into a saved question: as validated terms, in the place of their variables, never as pasted text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pyoxigraph as ox

from kg.errors import QuerySyntaxError
from kg.query.names import Names
from kg.query.saved import Parameter, SavedQuery
from kg.query.tokens import Kind, tokenize
from kg.query.types import to_term


def bind(query: SavedQuery, given: Mapping[str, str], names: Names, today: dt.date, *, is_counted: bool = False) -> str:
    """The SPARQL text with every given parameter, or its default, in place; an optional one not given stays a variable.

    ``is_counted`` says that the counts of the graph hold, and may be used.

    Raises:
        QuerySyntaxError: an unknown parameter, a missing one, or a value that is not of its type.
    """
    known = {parameter.name for parameter in query.parameters}
    for name in given:
        if name not in known:
            offered = ", ".join(sorted(known)) or "none"
            raise QuerySyntaxError(f"{query.name} has no parameter '{name[:40]}'", hint=f"Its parameters: {offered}.")
    terms = {
        parameter.variable[1:]: term
        for parameter in query.parameters
        if (term := _term(parameter, given, names, today))
    }
    return _written(query.asked([name[1:] for name in terms], is_counted=is_counted), terms)


def _term(
    parameter: Parameter, given: Mapping[str, str], names: Names, today: dt.date
) -> ox.NamedNode | ox.Literal | None:
    text = given.get(parameter.name, "").strip() or parameter.default
    told = f"It is the {parameter.label.lower()}, of the type {parameter.type}."
    if not text:
        if parameter.required:
            raise QuerySyntaxError(f"the parameter '{parameter.name}' is missing", hint=told)
        return None
    try:
        return to_term(parameter.type, text, names, today)
    except QuerySyntaxError as error:
        raise QuerySyntaxError(f"{parameter.name}: {error}", hint=error.hint or told) from error


def _written(text: str, terms: Mapping[str, ox.NamedNode | ox.Literal]) -> str:
    return "".join(
        # As N-Triples: what a term is made of cannot end it.
        str(terms[token.text[1:]]) if token.kind is Kind.VARIABLE and token.text[1:] in terms else token.text
        for token in tokenize(text)
    )
