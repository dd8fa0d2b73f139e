"""curl, as people use it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.clients.world import LEADERS, NAMES, NOTES, SLIP, TOKEN, WHO_MET

pytestmark = pytest.mark.server

Run = Callable[..., str]


def names(table: str) -> list[str]:
    return [row["name"] for row in csv.DictReader(io.StringIO(table, newline=""))]


def headers(told: str) -> dict[str, str]:
    """The headers of the last answer that curl shows, by their names in small letters."""
    lines = told.replace("\r", "").strip().split("\n\n")[-1].splitlines()[1:]
    return {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}


@pytest.mark.parametrize("way", [(), ("-G",)], ids=["post", "get"])
def test_a_query_in_one_line(site: str, curl: Run, way: tuple[str, ...]) -> None:
    asked = (*way, f"{site}sparql", "--data-urlencode", f"query={LEADERS}")
    assert json.loads(curl(*asked))["head"]["vars"] == ["name", "leader"]
    assert names(curl(*asked, "-H", "Accept: text/csv")) == NAMES
    assert names(curl(*asked, "--data-urlencode", "format=csv")) == NAMES


def test_a_query_from_a_file(site: str, curl: Run, tmp_path: Path) -> None:
    file = tmp_path / "leaders.rq"
    file.write_text(LEADERS, encoding="utf-8")
    assert names(curl(f"{site}sparql", "-H", "Accept: text/csv", "--data-urlencode", f"query@{file}")) == NAMES
    direct = ("-H", "Content-Type: application/sparql-query", "--data-binary", f"@{file}")
    assert names(curl(f"{site}sparql", "-H", "Accept: text/csv", *direct)) == NAMES


def test_a_graph_in_the_format_that_is_asked_for(site: str, curl: Run) -> None:
    asked = ("-G", f"{site}sparql", "--data-urlencode", f"query={WHO_MET}")
    assert "dip:participant" in curl(*asked)
    assert curl(*asked, "-H", "Accept: application/n-triples").count(" .\n") == 2
    best = "Accept: image/png, text/turtle;q=0.2, application/rdf+xml;q=0.9"
    assert "<rdf:RDF" in curl(*asked, "-H", best)


def test_the_head_is_that_of_the_answer(site: str, curl: Run) -> None:
    asked = ("-G", f"{site}sparql", "--data-urlencode", f"query={LEADERS}")
    whole, head = headers(curl(*asked, "-D", "-", "-o", "/dev/null")), headers(curl(*asked, "-I"))
    for name in ("content-type", "content-length", "etag", "vary", "cache-control"):
        assert head[name] == whole[name], name


def test_what_is_compressed_is_the_same(site: str, curl: Run) -> None:
    asked = ("-G", f"{site}sparql", "--data-urlencode", "query=SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o")
    packed = curl(*asked, "--compressed", "-D", "-", "-o", "/dev/null", "-w", "%{size_download}")
    assert "content-encoding: gzip" in packed.lower()
    plain = curl(*asked)
    assert int(packed.rsplit(maxsplit=1)[-1]) < len(plain.encode()) / 4
    assert curl(*asked, "--compressed") == plain


def test_what_has_not_changed_is_not_sent_again(site: str, curl: Run, tmp_path: Path) -> None:
    asked = ("-G", f"{site}sparql", "--data-urlencode", f"query={LEADERS}")
    kept = str(tmp_path / "tag")
    curl(*asked, "--etag-save", kept)
    again = curl(*asked, "--etag-compare", kept, "-w", "%{http_code}")
    assert again == "304"
    assert curl(*asked, "-H", 'If-None-Match: "another"', "-o", "/dev/null", "-w", "%{http_code}") == "200"


def test_a_refusal_says_what_is_wrong_and_where(site: str, curl: Run) -> None:
    told = json.loads(curl("-G", f"{site}sparql", "--data-urlencode", f"query={SLIP}"))
    assert (told["status"], told["line"], told["column"]) == (400, 1, 15)
    assert "PREFIX dip:" in told["hint"]


def test_links_are_followed_to_the_page_or_to_the_data(site: str, curl: Run) -> None:
    thing = f"{site}id/leader/anna-novak"
    assert "<title>" in curl("-L", "-H", "Accept: text/html", thing)
    assert "Anna Novák" in curl("-L", "-H", "Accept: text/turtle", thing)
    assert "@prefix dip:" in curl(f"{site}exports/diplomacy.ttl")


def test_a_graph_is_put_changed_and_removed(writable: str, curl: Run, tmp_path: Path) -> None:
    file = tmp_path / "notes.ttl"
    file.write_text('<http://example.org/a> <http://example.org/says> "née Horák" .', encoding="utf-8")
    store, key = f"{writable}store?graph={NOTES}", ("-H", f"Authorization: Bearer {TOKEN}")
    told = ("-o", "/dev/null", "-w", "%{http_code}")
    assert curl(*told, "-H", "Content-Type: text/turtle", "-T", str(file), store) == "401"
    assert curl(*told, *key, "-H", "Content-Type: text/turtle", "-T", str(file), store) == "201"
    assert "née Horák" in curl(store)
    assert curl(*told, *key, "-F", f"part=@{file};type=text/turtle", store) == "204"
    change = f"update=INSERT DATA {{ GRAPH <{NOTES}> {{ <http://example.org/a> <http://example.org/says> 'more' }} }}"
    assert curl(*told, *key, "--data-urlencode", change, f"{writable}update") == "204"
    assert "more" in curl(store)
    assert curl(*told, *key, "-X", "DELETE", store) == "204"
    assert curl(*told, store) == "404"
