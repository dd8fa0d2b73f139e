"""SPARQL Update over HTTP: behind the token, as a whole, seen at once; and refused in every other case."""

from __future__ import annotations

import dataclasses
import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kg.config import Limits, Settings
from kg.engine.pool import Pool
from kg.engine.writer import Writer
from kg.store.generation import current, publish
from kg.store.lock import alone
from kg.web import create_app
from kg.web.access import Door

TOKEN = "a-token-that-nobody-guesses"
KEY = {"Authorization": f"Bearer {TOKEN}"}
DIRECT = {**KEY, "Content-Type": "application/sparql-update"}
LIMITS = Limits(seconds=5, workers=1, update_seconds=20, update_characters=50_000, upload_bytes=1_000_000)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("written")
    publish(root, [])
    return root


@pytest.fixture(scope="module")
def site(root: Path) -> Iterator[FlaskClient]:
    settings = Settings(store=root, limits=LIMITS)
    with Pool(root, LIMITS) as pool, Writer(root, LIMITS) as writer:
        door = Door.locked(writer, TOKEN)
        yield create_app(settings, pool, today=lambda: None, door=door).test_client()  # type: ignore[arg-type,return-value]


@pytest.fixture(autouse=True)
def _empty(site: FlaskClient) -> None:
    assert site.post("/update", data="DROP ALL", headers=DIRECT).status_code == 204


def until(truth: Callable[[], bool]) -> None:
    begun = time.monotonic()
    while not truth():
        assert time.monotonic() - begun < 15
        time.sleep(0.05)


def rows(site: FlaskClient, pattern: str) -> list[str]:
    answer = site.get("/sparql", query_string={"query": f"SELECT * WHERE {{ {pattern} }}", "format": "csv"})
    assert answer.status_code == 200, answer.text
    return sorted(answer.text.splitlines()[1:])


def test_an_update_is_seen_by_the_next_query(site: FlaskClient) -> None:
    for number in range(3):
        answer = site.post("/update", data=f"INSERT DATA {{ <a:s> <a:p> {number} }}", headers=DIRECT)
        assert (answer.status_code, answer.data) == (204, b"")
        assert "Content-Type" not in answer.headers
        assert rows(site, "<a:s> <a:p> ?o") == [str(one) for one in range(number + 1)]


def test_the_metrics_tell_how_many_wait_to_write(site: FlaskClient, root: Path) -> None:
    def write(number: int) -> int:
        client = site.application.test_client()
        return client.post("/update", data=f"INSERT DATA {{ <a:s> <a:p> {number} }}", headers=DIRECT).status_code

    def told() -> list[str]:
        return re.findall(r"^kg_writes_waiting (\d+)$", site.get("/metrics").text, re.MULTILINE)

    assert told() == ["0"]
    with ThreadPoolExecutor(5) as people, alone(root):
        first = people.submit(write, 0)
        until(lambda: site.get("/healthz").json["writing"] == "busy")  # type: ignore[index]
        others = [people.submit(write, number) for number in range(1, 5)]
        until(lambda: told() == ["4"])
    assert [one.result() for one in (first, *others)] == 5 * [204]
    assert told() == ["0"]


def test_an_update_comes_as_a_form_too(site: FlaskClient) -> None:
    answer = site.post("/update", data={"update": "INSERT DATA { <a:s> <a:p> 'é' }"}, headers=KEY)
    assert answer.status_code == 204
    assert rows(site, "<a:s> <a:p> ?o") == ["é"]


def test_an_update_is_done_as_a_whole_or_not_at_all(site: FlaskClient) -> None:
    before = site.get("/healthz").json
    answer = site.post(
        "/update", data="INSERT DATA { <a:s> <a:p> 1 } ; CREATE GRAPH <a:g> ; CREATE GRAPH <a:g>", headers=DIRECT
    )
    assert answer.status_code == 400
    assert "already exists" in answer.json["message"]  # type: ignore[index]
    assert rows(site, "?s ?p ?o") == []
    assert site.get("/healthz").json == before


def test_the_graphs_of_the_protocol_are_those_that_are_matched(site: FlaskClient) -> None:
    data = "INSERT DATA { <a:default> <a:p> 0 GRAPH <a:g> { <a:s> <a:p> 1 } GRAPH <a:h> { <a:t> <a:p> 2 } }"
    site.post("/update", data=data, headers=DIRECT)
    copy = "INSERT { ?s <a:copied> ?o } WHERE { ?s <a:p> ?o }"
    site.post("/update?using-graph-uri=a:g", data=copy, headers=DIRECT)
    assert rows(site, "?s <a:copied> ?o") == ["a:s,1"] or rows(site, "?s <a:copied> ?o") == ["1,a:s"]
    form = {"update": "DELETE { ?s ?p ?o } WHERE { GRAPH ?g { ?x ?y ?z } ?s ?p ?o }", "using-named-graph-uri": "a:h"}
    site.post("/update", data=form, headers=KEY)
    assert len(rows(site, "?s ?p ?o")) == 2
    site.post("/update", data={"update": "DELETE WHERE { ?s <a:p> ?o }", "using-graph-uri": "a:g"}, headers=KEY)
    assert len(rows(site, "?s ?p ?o")) == 2


def test_what_changes_nothing_makes_no_generation_and_leaves_the_tags_of_graphs(site: FlaskClient, root: Path) -> None:
    made = "INSERT DATA { <a:s> <a:p> 'one' GRAPH <a:g> { <a:s> <a:p> 2 } }"
    assert site.post("/update", data=made, headers=DIRECT).status_code == 204
    before, tag = current(root), site.get("/store?graph=a:g").headers["ETag"]
    for nothing in (
        made,
        "INSERT DATA { GRAPH <a:g> { <a:s> <a:p> 2 } }",
        "DELETE DATA { <a:s> <a:p> 'none' }",
        "DELETE { ?s ?p 'none' } INSERT { ?s ?p 'some' } WHERE { ?s ?p 'none' }",
        "CLEAR SILENT GRAPH <a:none>",
        "DELETE DATA { <a:s> <a:p> 'one' } ; INSERT DATA { <a:s> <a:p> 'one' }",
    ):
        assert site.post("/update", data=nothing, headers=DIRECT).status_code == 204
        assert (current(root).number, current(root).digest) == (before.number, before.digest), nothing
    assert site.get("/store?graph=a:g").headers["ETag"] == tag
    assert rows(site, "<a:s> <a:p> ?o") == ["one"]


def test_the_least_change_makes_a_generation(site: FlaskClient, root: Path) -> None:
    for least in (
        "INSERT DATA { <a:a> <a:b> 1 }",
        "DELETE { <a:a> <a:b> ?n } INSERT { <a:a> <a:b> 2 } WHERE { <a:a> <a:b> ?n }",
        "INSERT DATA { <a:a> <a:b> 2 . _:b <a:b> 2 }",
        "INSERT DATA { <a:a> <a:b> 2 . _:b <a:b> 2 }",
        "CREATE GRAPH <a:empty>",
        "DROP GRAPH <a:empty>",
        "DELETE WHERE { <a:a> <a:b> 2 }",
        "DELETE WHERE { ?b <a:b> 2 }",
        "INSERT DATA { GRAPH <a:left> { <a:a> <a:b> 1 } } ; DELETE DATA { GRAPH <a:left> { <a:a> <a:b> 1 } }",
    ):
        before = current(root).number
        assert site.post("/update", data=least, headers=DIRECT).status_code == 204
        assert current(root).number == before + 1, least
    assert site.get("/store?graph=a:left").status_code == 200


def test_of_updates_that_come_together_those_that_change_nothing_are_done_too(site: FlaskClient) -> None:
    texts = [f"INSERT DATA {{ <a:s> <a:n> {number // 2} }}" for number in range(12)]
    with ThreadPoolExecutor(6) as crowd:
        answers = list(
            crowd.map(lambda text: site.application.test_client().post("/update", data=text, headers=DIRECT), texts)
        )
    assert {answer.status_code for answer in answers} == {204}
    assert rows(site, "<a:s> <a:n> ?n") == [str(number) for number in range(6)]


@pytest.mark.parametrize(
    "clause",
    ["WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "DELETE { ?s ?p ?o } USING <a:g> WHERE { ?s ?p ?o }"],
)
def test_two_ways_to_name_the_graphs_contradict_each_other(site: FlaskClient, clause: str) -> None:
    answer = site.post("/update?using-graph-uri=a:g", data=clause, headers=DIRECT)
    assert answer.status_code == 400
    assert "stands beside" in answer.json["message"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({"Authorization": "Bearer"}, 403),
        ({"Authorization": f"Basic {TOKEN}"}, 401),
        ({"Authorization": TOKEN}, 401),
        ({"Authorization": f"Bearer {TOKEN}x"}, 403),
        ({"Authorization": f"Bearer {TOKEN[:-1]}"}, 403),
        ({**KEY, "Origin": "https://elsewhere.example"}, 403),
        ({**KEY, "Origin": "null"}, 403),
        ({**KEY, "Origin": "http://["}, 403),
        ({**KEY, "Origin": "ftp://localhost"}, 403),
        ({**KEY, "Origin": "//localhost"}, 403),
        ({**KEY, "Origin": "https://localhost"}, 204),
        ({**KEY, "Sec-Fetch-Site": "cross-site"}, 403),
        ({**KEY, "Sec-Fetch-Site": "same-site"}, 403),
        ({**KEY, "Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}, 204),
        ({"Authorization": f"bearer {TOKEN}"}, 204),
    ],
)
def test_only_the_token_writes_and_never_a_page_of_another_site(
    site: FlaskClient, headers: dict[str, str], status: int
) -> None:
    answer = site.post("/update", data={"update": "INSERT DATA { <a:s> <a:p> 1 }"}, headers=headers)
    assert answer.status_code == status
    assert ("WWW-Authenticate" in answer.headers) == (status == 401)
    assert bool(rows(site, "?s ?p ?o")) == (status == 204)
    assert TOKEN not in answer.text


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH"])
def test_nothing_but_post_updates(site: FlaskClient, method: str) -> None:
    answer = site.open("/update?update=INSERT%20DATA%20%7B%3Ca:s%3E%20%3Ca:p%3E%201%7D", method=method, headers=KEY)
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]
    assert rows(site, "?s ?p ?o") == []


@pytest.mark.parametrize(
    ("data", "media", "status"),
    [
        (b"INSERT DATA { <a:s> <a:p> 1 }", "text/plain", 415),
        (b"INSERT DATA { <a:s> <a:p> 1 }", "application/sparql-query", 415),
        (b"INSERT DATA { <a:s> <a:p> '\xff' }", "application/sparql-update", 400),
        (b"update=%FF", "application/x-www-form-urlencoded", 400),
        (b"update=DROP+ALL&update=DROP+ALL", "application/x-www-form-urlencoded", 400),
        (b"query=ASK{}", "application/x-www-form-urlencoded", 400),
        (b"update=DROP+ALL&query=ASK{}", "application/x-www-form-urlencoded", 400),
        (b"update=DROP+ALL&using-graph-uri=relative", "application/x-www-form-urlencoded", 400),
        (b"INSERT DATA { <a:s> <a:p> }", "application/sparql-update", 400),
        (b"SELECT * { ?s ?p ?o }", "application/sparql-update", 400),
        (b"INSERT DATA { " + b"<a:s> <a:p> 1 . " * 5000 + b"}", "application/sparql-update", 413),
        (b"x" * 700_000, "application/sparql-update", 413),
    ],
)
def test_what_is_no_update_is_refused_with_its_reason(site: FlaskClient, data: bytes, media: str, status: int) -> None:
    answer = site.post("/update", data=data, headers={**KEY, "Content-Type": media})
    assert answer.status_code == status
    assert set(answer.json) == {"status", "error", "line", "column", "message", "hint"}  # type: ignore[arg-type]
    assert answer.json["hint"]  # type: ignore[index]
    assert rows(site, "?s ?p ?o") == []


def test_a_compressed_update_is_refused(site: FlaskClient) -> None:
    answer = site.post("/update", data=b"\x1f\x8b", headers={**DIRECT, "Content-Encoding": "gzip"})
    assert answer.status_code == 415


@pytest.mark.parametrize(
    "update",
    [
        "LOAD <http://127.0.0.1:9/x>",
        "load silent <file:///etc/passwd> INTO GRAPH <a:g>",
        "INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "INSERT { ?s ?p ?o } WHERE { SERVICE SILENT ?x { ?s ?p ?o } }",
        "DROP ALL; LoAd <http://127.0.0.1:9/x>",
        "PREFIX a: <a:>#\nLOAD\n<http://127.0.0.1:9/x>",
    ],
)
def test_nothing_reaches_out_of_the_store(site: FlaskClient, update: str) -> None:
    answer = site.post("/update", data=update, headers=DIRECT)
    assert answer.status_code == 400
    assert "reaches out" in answer.json["message"]  # type: ignore[index]
    assert answer.json["line"]  # type: ignore[index]


def test_the_words_of_what_is_refused_may_be_said(site: FlaskClient) -> None:
    update = (
        'PREFIX load: <a:> # SERVICE\nINSERT DATA { load:service load:load \'LOAD <x> SERVICE\', """\'SERVICE\'""" }'
    )
    assert site.post("/update", data=update, headers=DIRECT).status_code == 204
    assert len(rows(site, "?load ?service ?o")) == 2


@pytest.mark.parametrize("value", ["<<( <a:s> <a:p> 1 )>>", "'x'@en--ltr"])
def test_what_most_programs_cannot_read_is_not_taken(site: FlaskClient, value: str) -> None:
    answer = site.post("/update", data=f"INSERT DATA {{ <a:s> <a:p> {value} }}", headers=DIRECT)
    assert answer.status_code == 400
    assert "RDF 1.2" in answer.json["message"]  # type: ignore[index]


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA " + "{" * 60_000,
        "INSERT { ?s ?p ?o } WHERE " + "{" * 60 + "}" * 59,
        "INSERT { ?s ?p ?x } WHERE { ?s ?p ?o BIND (" + "+".join(["1"] * 5_000) + " AS ?x) }",
        "DELETE WHERE { ?s " + "/".join(["<a:p>"] * 5000) + " ?o }",
    ],
    ids=["braces", "unclosed", "sum", "path"],
)
def test_a_hostile_update_harms_nobody(site: FlaskClient, update: str) -> None:
    answer = site.post("/update", data=update, headers=DIRECT)
    assert answer.status_code in {204, 400, 413, 504}
    assert site.post("/update", data="INSERT DATA { <a:s> <a:p> 1 }", headers=DIRECT).status_code == 204
    assert rows(site, "<a:s> <a:p> ?o") == ["1"]


def test_an_update_without_an_end_is_stopped_and_nothing_of_it_is_done(tmp_path: Path) -> None:
    publish(tmp_path, [])
    limits = dataclasses.replace(LIMITS, update_seconds=2)
    with Pool(tmp_path, limits) as pool, Writer(tmp_path, limits) as writer:
        app = create_app(
            Settings(store=tmp_path, limits=limits), pool, today=lambda: None, door=Door.locked(writer, TOKEN)
        )  # type: ignore[arg-type,return-value]
        site = app.test_client()
        values = " ".join(map(str, range(60)))
        cross = " ".join(f"VALUES ?v{number} {{ {values} }}" for number in range(6))
        count = f"INSERT {{ <a:s> <a:p> ?n }} WHERE {{ SELECT (COUNT(*) AS ?n) {{ {cross} }} }}"
        endless = f"INSERT DATA {{ <a:x> <a:y> 1 }} ; {count}"
        answer = site.post("/update", data=endless, headers=DIRECT)
        assert answer.status_code == 504
        assert current(tmp_path).number == 1
        assert site.post("/update", data="INSERT DATA { <a:s> <a:p> 1 }", headers=DIRECT).status_code == 204
        assert rows(site, "?s ?p ?o") == rows(site, "<a:s> <a:p> 1 . ?s ?p ?o")


def test_without_a_door_nobody_writes_and_the_hint_says_how(client: FlaskClient) -> None:
    for answer in (client.post("/update", data="DROP ALL", headers=DIRECT), client.put("/store?default", headers=KEY)):
        assert answer.status_code == 403
        assert "--update" in answer.json["hint"]  # type: ignore[index]
