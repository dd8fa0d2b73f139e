"""For programs: every address as an OpenAPI document."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request

from kg.web.openapi import document
from kg.web.site import site

bp = Blueprint("operation", __name__)


@bp.get("/openapi.json")
def openapi() -> Response:
    """The addresses that programs can call (OpenAPI 3.1)."""
    return jsonify(document(site().queries.values(), request.root_url.rstrip("/")))
