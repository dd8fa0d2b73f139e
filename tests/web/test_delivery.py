"""What travels: strong tags, compressed bodies, and nothing where the client has it; over all rooms of the site."""

from __future__ import annotations

import gzip

import pytest
from flask.testing import FlaskClient

LONG = "/sparql?query=SELECT%20*%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D"
ROOMS = {
    "query": LONG,
    "question": "/queries/calls.csv?leader=anna-novak",
    "thing": "/data/leader/anna-novak.ttl",
    "page": "/page/leader/anna-novak",
    "graph": "/store?default",
    "export": "/exports/diplomacy.nt",
    "dataset": "/.well-known/void",
    "ontology": "/ontology.ttl",
    "description": "/sparql",
    "style": "/static/style.css",
}
GZIP = {"Accept-Encoding": "gzip"}


@pytest.mark.parametrize("room", ROOMS)
def test_every_answer_is_the_same_compressed_and_has_a_tag_of_its_own(client: FlaskClient, room: str) -> None:
    with client.get(ROOMS[room]) as plain, client.get(ROOMS[room], headers=GZIP) as pressed:
        assert plain.status_code == pressed.status_code == 200
        assert plain.headers["ETag"].startswith('"')
        if room != "question":
            assert pressed.headers["Content-Encoding"] == "gzip"
            assert gzip.decompress(pressed.data) == plain.data
            assert pressed.headers["ETag"] != plain.headers["ETag"]
            assert "Accept-Encoding" in plain.vary
            assert "Accept-Encoding" in pressed.vary


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_who_has_it_is_not_sent_it_again(client: FlaskClient, room: str, encoding: str) -> None:
    headers = {"Accept-Encoding": encoding}
    with client.get(ROOMS[room], headers=headers) as first:
        tag = first.headers["ETag"]
        varies = first.headers.get("Vary")
    with client.get(ROOMS[room], headers={**headers, "If-None-Match": tag}) as second:
        assert second.status_code == 304
        assert second.data == b""
        assert second.headers["ETag"] == tag
        assert second.headers.get("Vary") == varies
        assert "Content-Type" not in second.headers
    with client.get(ROOMS[room], headers={"Accept-Encoding": "identity", "If-None-Match": '"x-gzip"'}) as third:
        assert third.status_code == 200


def test_a_tag_is_of_one_question_in_one_format_over_one_dataset(client: FlaskClient) -> None:
    paths = [LONG, f"{LONG}%20", f"{LONG}&format=xml", f"{LONG}&default-graph-uri=http://example.org/none"]
    tags = [client.get(path).headers["ETag"] for path in paths]
    assert len(set(tags)) == len(paths)
    for path, tag in zip(paths[1:], tags, strict=False):
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 200


def test_a_tag_that_is_made_up_gives_nobody_an_old_answer(client: FlaskClient) -> None:
    tag = client.get(LONG).headers["ETag"].strip('"')
    generation, _, rest = tag.partition("-")
    for forged in (generation, f"{generation}-", rest, f"{generation}-{rest[::-1]}", tag[:20], "*" + tag):
        assert client.get(LONG, headers={"If-None-Match": f'"{forged}"'}).status_code == 200


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("gzip", "gzip"),
        ("GZIP", "gzip"),
        ("x-gzip", "gzip"),
        ("br, *", "gzip"),
        ("deflate, gzip;q=0.1", "gzip"),
        ("gzip;q=0", None),
        ("*;q=1, gzip;q=0", None),
        ("*;q=0", None),
        ("br", None),
        ("", None),
        ("gzip;q=x", None),
    ],
)
def test_it_comes_compressed_where_that_is_taken(client: FlaskClient, accepted: str, expected: str | None) -> None:
    assert client.get(LONG, headers={"Accept-Encoding": accepted}).headers.get("Content-Encoding") == expected


def test_head_says_what_get_would(client: FlaskClient) -> None:
    for path in ROOMS.values():
        for headers in ({}, GZIP):
            with client.get(path, headers=headers) as whole, client.head(path, headers=headers) as head:
                assert head.status_code == 200
                assert head.data == b""
                for name in ("Content-Type", "Content-Encoding", "Content-Length", "ETag", "Vary", "Cache-Control"):
                    assert head.headers.get(name) == whole.headers.get(name), (path, name)


def test_a_part_of_an_export_comes_as_it_is(client: FlaskClient) -> None:
    with client.get("/exports/diplomacy.nt", headers={**GZIP, "Range": "bytes=0-9"}) as part:
        assert part.status_code == 206
        assert len(part.data) == 10
        assert "Content-Encoding" not in part.headers


def test_an_answer_of_many_megabytes_is_compressed_as_it_goes(client: FlaskClient) -> None:
    text = 'SELECT (REPLACE(REPLACE(REPLACE("%s", "a", "%s"), "a", "%s"), "a", "%s") AS ?x) {}' % (("a" * 60,) * 4)
    with client.get("/sparql", query_string={"query": text}, headers=GZIP) as pressed:
        assert "Content-Length" not in pressed.headers
        data = pressed.data
        assert len(data) < 1_000_000
        assert len(gzip.decompress(data)) > 12_000_000


def test_what_does_not_hang_on_the_accept_header_does_not_vary_by_it(client: FlaskClient) -> None:
    for path in ("/static/style.css", f"{LONG}&format=csv", "/queries/calls.csv?leader=anna-novak"):
        with client.get(path) as answer:
            assert "Accept" not in answer.vary
    for path in (LONG, "/store?default", "/queries/calls", "/nowhere"):
        assert "Accept" in client.get(path).vary


def test_health_and_refusals_are_kept_by_nobody(client: FlaskClient) -> None:
    for path in ("/sparql?query=ASK", "/nowhere", "/healthz", "/metrics"):
        assert client.get(path).headers["Cache-Control"] == "no-store"
        assert "ETag" not in client.get(path).headers
