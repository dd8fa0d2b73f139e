"""The OpenAPI document, and the graph store as far as it reads."""

from __future__ import annotations

from flask.testing import FlaskClient


def test_every_question_is_a_path_of_the_openapi_document(client: FlaskClient) -> None:
    document = client.get("/openapi.json").json
    assert document is not None
    assert len(document["paths"]) >= 13
    asked = document["paths"]["/queries/meetings-of-leader"]["get"]
    assert [parameter["name"] for parameter in asked["parameters"]] == ["leader", "from", "until", "format"]
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
