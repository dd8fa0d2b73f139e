"""The vocabulary for editors: all that one may write in a query of this graph, in one document of bounded size."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from kg.web import vocabulary

DIP = "https://w3id.org/diplomacy-kg/ns#"
ANNA = "https://w3id.org/diplomacy-kg/id/leader/anna-novak"


def test_it_has_prefixes_terms_and_names(client: FlaskClient) -> None:
    told = client.get("/vocabulary.json").json
    assert told["prefixes"]["dip"] == DIP
    terms = {term["iri"]: term for term in told["terms"]}
    meeting, participant = terms[DIP + "Meeting"], terms[DIP + "participant"]
    assert (meeting["kind"], participant["kind"]) == ("class", "property")
    assert meeting["comment"]
    assert meeting["count"] > 0
    assert terms["http://www.w3.org/2000/01/rdf-schema#label"]["kind"] == "property"
    assert terms[DIP + "held"]["kind"] == "value"
    assert ["leader/anna-novak", "Anna Novák", "Leader", ""] in told["names"]
    assert told["base"] + "leader/anna-novak" == ANNA
    assert told["total"] == len(told["names"])


def test_what_the_graph_uses_most_comes_first(client: FlaskClient) -> None:
    counts = [term["count"] for term in client.get("/vocabulary.json").json["terms"]]
    assert counts == sorted(counts, reverse=True)


def test_who_has_it_is_told_so(client: FlaskClient) -> None:
    first = client.get("/vocabulary.json")
    assert first.headers["KG-Generation"].isdecimal()
    again = client.get("/vocabulary.json", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.data == b""


def test_a_large_graph_is_searched_instead(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "MOST_NAMES", 3)
    monkeypatch.setattr(vocabulary, "_KEPT", ("vocabulary of a large graph",))
    told = client.get("/vocabulary.json").json
    assert told["names"] is None
    assert told["total"] > 3


def test_names_are_found_by_how_their_words_begin(client: FlaskClient) -> None:
    found = client.get("/vocabulary/names.json", query_string={"q": "nov an"}).json["names"]
    assert ["leader/anna-novak", "Anna Novák", "Leader", ""] in found
    assert client.get("/vocabulary/names.json").json["names"] == []
    assert client.get("/vocabulary/names.json", query_string={"q": "x" * 100_000}).json["names"] == []


def test_labels_are_given_for_iris_that_have_one(client: FlaskClient) -> None:
    asked = {"iri": [ANNA, "http://example.org/nobody", "\0"]}
    assert client.post("/vocabulary/labels.json", data=asked).json == {"labels": {ANNA: "Anna Novák"}}
    many = {"iri": [f"http://example.org/{one}" for one in range(1000)] + [ANNA]}
    assert client.post("/vocabulary/labels.json", data=many).json == {"labels": {}}
