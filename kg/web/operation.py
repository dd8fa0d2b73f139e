"""For programs: the saved questions as an OpenAPI document."""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint, Response, jsonify, request

from kg import __version__
from kg.query.saved import Parameter, SavedQuery
from kg.query.types import ParameterType
from kg.web.formats import TABLES
from kg.web.site import site

bp = Blueprint("operation", __name__)

_TYPES: Final = {ParameterType.INTEGER: "integer", ParameterType.YEAR: "integer"}


@bp.get("/openapi.json")
def openapi() -> Response:
    """The saved questions as paths that programs can call (OpenAPI 3.1)."""
    here = site()
    return jsonify(
        openapi="3.1.0",
        info={"title": "Diplomacy KG", "version": __version__, "description": "The saved questions of this graph."},
        servers=[{"url": request.root_url.rstrip("/")}],
        paths={f"/queries/{query.name}": {"get": _operation(query)} for query in here.queries.values()},
    )


def _operation(query: SavedQuery) -> dict[str, Any]:
    text = {"schema": {"type": "string"}}
    return {
        "operationId": query.name,
        "summary": query.summary,
        "description": query.description,
        "tags": list(query.tags),
        "parameters": [
            *map(_parameter, query.parameters),
            {
                "name": "format",
                "in": "query",
                "required": True,
                "schema": {"type": "string", "enum": [format_.suffix for format_ in TABLES], "default": "json"},
            },
        ],
        "responses": {
            "200": {"description": "The answer.", "content": {format_.media[0]: text for format_ in TABLES}},
            "400": {"description": "A parameter is missing or not of its type."},
            "504": {"description": "It took too long."},
        },
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": _TYPES.get(parameter.type, "string")}
    if parameter.type is ParameterType.DATE:
        schema["format"] = "date"
    if parameter.default is not None and parameter.default != "today":
        schema["default"] = parameter.default
    by_name = " by label, slug or IRI" if parameter.type.has_choices else ""
    return {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required,
        "description": f"{parameter.label}: a {parameter.type}{by_name}.",
        "schema": schema,
    }
