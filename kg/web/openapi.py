"""The OpenAPI document: every address for programs, the saved questions among them, and the one shape of refusals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any, Final

from kg import __version__
from kg.query.saved import Parameter, SavedQuery
from kg.query.types import ParameterType
from kg.web.formats import TABLES
from kg.web.routes import ANYWHERE, HTML, PARAMETERS, ROUTES, Route

_TYPES: Final = {ParameterType.INTEGER: "integer", ParameterType.YEAR: "integer"}
_ABOUT: Final = (
    "A graph of diplomatic events with the evidence of each fact. Every address that takes GET takes HEAD, and every "
    "one OPTIONS. Answers have strong entity tags, and come compressed where that is accepted. All refusals have one "
    "shape."
)
_TEXT: Final = {"schema": {"type": "string"}}
_QUESTION: Final = (404, 406, 412, 429, 503, 504)


def document(queries: Iterable[SavedQuery], root: str) -> dict[str, Any]:
    """The document (OpenAPI 3.1) of the site at this address."""
    paths: dict[str, dict[str, Any]] = {}
    for route in ROUTES:
        paths.setdefault(route.path, {})[route.method] = _operation(route)
    for query in queries:
        paths[f"/queries/{query.name}"] = {"get": _question(query)}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Diplomacy KG", "version": __version__, "description": _ABOUT},
        "servers": [{"url": root}],
        "paths": paths,
        "components": {
            "schemas": {"Refusal": _refusal()},
            "responses": {str(status): _refused(status) for status in sorted(_statuses())},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _statuses() -> set[int]:
    return {*ANYWHERE, *_QUESTION, *(status for route in ROUTES for status in route.refuses)}


def _refusal() -> dict[str, Any]:
    """The schema of the one shape."""
    number = {"type": ["integer", "null"]}
    fields = {
        "status": {"type": "integer"},
        "error": {"type": "string", "description": "The status in words."},
        "line": {**number, "description": "Where in the query, from 1."},
        "column": number,
        "message": {"type": "string", "description": "What went wrong."},
        "hint": {"type": "string", "description": "What to do."},
    }
    return {"type": "object", "required": list(fields), "properties": fields, "additionalProperties": False}


def _refused(status: int) -> dict[str, Any]:
    shape = {"schema": {"$ref": "#/components/schemas/Refusal"}}
    told: dict[str, Any] = {
        "description": HTTPStatus(status).phrase,
        "content": {"application/json": shape, HTML: _TEXT, "text/plain": _TEXT},
    }
    if status in {429, 503}:
        told["headers"] = {"Retry-After": {"schema": {"type": "integer"}, "description": "In so many seconds."}}
    return told


def _operation(route: Route) -> dict[str, Any]:
    told: dict[str, Any] = {
        "operationId": route.name,
        "summary": route.tells,
        "parameters": [{"name": name, **PARAMETERS[name]} for name in route.parameters],
    }
    if route.takes:
        content = {media: {"schema": dict(schema)} for media, schema in route.takes.items()}
        told["requestBody"] = {"required": True, "content": content}
    told["responses"] = _responses(route.answers, route.media, route.refuses)
    if route.needs_token:
        told["security"] = [{"token": []}]
    return told


def _responses(answers: Mapping[int, str], media: Iterable[str], refuses: Iterable[int]) -> dict[str, Any]:
    bodies = dict.fromkeys(media, _TEXT)
    told = {
        str(status): {"description": words, **({"content": bodies} if bodies and status in {200, 206} else {})}
        for status, words in answers.items()
    }
    return {**told, **{str(one): {"$ref": f"#/components/responses/{one}"} for one in sorted({*ANYWHERE, *refuses})}}


def _question(query: SavedQuery) -> dict[str, Any]:
    named = {"type": "string", "enum": [*(format_.suffix for format_ in TABLES), "html"], "default": "json"}
    answers = {200: "The answer.", 304: "What you have is still right."}
    return {
        "operationId": query.name,
        "summary": query.summary,
        "description": query.description,
        "tags": list(query.tags),
        "parameters": [
            *map(_parameter, query.parameters),
            {"name": "format", "in": "query", "required": False, "schema": named},
            {"name": "limit", **PARAMETERS["limit"]},
        ],
        "responses": _responses(answers, [*(format_.media[0] for format_ in TABLES), HTML], _QUESTION),
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
