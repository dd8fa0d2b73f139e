"""The OpenAPI document, and the graph store as far as it reads."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.described import is_untold, operation, told
from tests.web.protocol.cases import CASES, Case


def test_every_address_and_method_is_described(client: FlaskClient) -> None:
    document = client.get("/openapi.json").json
    assert document is not None
    missing = []
    for rule in client.application.url_map.iter_rules():
        path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
        if path.startswith("/static/") or path == "/queries/{name}":
            continue
        known = document["paths"].get(path, {})
        methods = (rule.methods or set()) - {"HEAD", "OPTIONS"}
        missing += [f"{method} {path}" for method in methods if method.lower() not in known]
    assert not missing, "describe them in kg/web/routes.py"
    rules = {re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule) for rule in client.application.url_map.iter_rules()}
    questions = {
        path for path in document["paths"] if operation("GET", path) and "tags" in document["paths"][path]["get"]
    }
    assert set(document["paths"]) - questions <= rules


@pytest.mark.parametrize("case", CASES, ids=str)
def test_every_status_of_the_protocol_is_described(case: Case) -> None:
    method, _, rest = case.request.decode("latin-1").partition(" ")
    path = rest.partition(" ")[0]
    assert case.status == 100 or not is_untold(method, path, case.status)


def test_the_document_is_whole() -> None:
    document = told()
    names = [one["operationId"] for path in document["paths"].values() for one in path.values()]
    assert len(set(names)) == len(names)
    components = document["components"]
    assert set(components["schemas"]["Refusal"]["required"]) == {"status", "error", "line", "column", "message", "hint"}
    for path, methods in document["paths"].items():
        for one in methods.values():
            named = {parameter["name"] for parameter in one["parameters"] if parameter["in"] == "path"}
            assert named == set(re.findall(r"\{(\w+)\}", path))
            _check(one, components)


def _check(one: dict[str, Any], components: dict[str, Any]) -> None:
    """Nothing; the operation is of the shape that OpenAPI 3.1 wants (4.8.10)."""
    assert one["summary"]
    for status, given in one["responses"].items():
        HTTPStatus(int(status))
        answer = components["responses"][given["$ref"].rpartition("/")[2]] if "$ref" in given else given
        assert answer["description"]
        assert all("schema" in content for content in answer.get("content", {}).values())
    for parameter in one["parameters"]:
        assert parameter["in"] in {"query", "path", "header"}
        assert parameter["schema"]["type"]
    assert all("schema" in content for content in one.get("requestBody", {}).get("content", {}).values())
    assert all(name in components["securitySchemes"] for need in one.get("security", ()) for name in need)


def test_every_question_is_a_path_of_the_openapi_document(client: FlaskClient) -> None:
    document = client.get("/openapi.json").json
    assert document is not None
    assert len(document["paths"]) >= 13
    asked = document["paths"]["/queries/meetings-of-leader"]["get"]
    assert [parameter["name"] for parameter in asked["parameters"]] == ["leader", "from", "until", "format", "limit"]
    assert asked["parameters"][0]["required"]


def test_a_graph_can_be_read_and_not_written(client: FlaskClient) -> None:
    response = client.get("/store?default", headers={"Accept": "application/n-triples"})
    assert response.mimetype == "application/n-triples"
    assert response.text.count("\n") > 200
    assert client.get("/store?graph=http://example.org/none").status_code == 404
    for path in ("/store?default&default", "/store?graph=a%20b", "/store?default&graph=http://example.org/g"):
        assert client.get(path).status_code == 400
    for method in (client.post, client.put, client.delete, client.patch):
        assert method("/store?default").status_code == 403
