"""Health, metrics that a parser of others reads, and the log, which tells no secrets."""

from __future__ import annotations

import datetime as dt
import json
import logging
import os
import shutil
import signal
from itertools import chain
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from kg.config import Limits, Settings
from kg.engine.pool import Pool
from kg.store.generation import current, publish
from kg.web import create_app
from kg.web.journal import Addresses, Entry, journal, shortened
from kg.web.tally import Kind, Metric, Outcome, Tally, written

ENTRY = Entry(
    client="",
    method="GET",
    path="/sparql",
    view="sparql.endpoint",
    status=200,
    bytes=5,
    seconds=0.0123,
    generation=3,
)


def test_health_names_the_generation(client: FlaskClient) -> None:
    for path in ("/healthz", "/readyz"):
        response = client.get(path)
        assert response.json == {"status": "ok", "generation": 1, "quads": response.json["quads"], "writing": "off"}
        assert response.headers["Cache-Control"] == "no-store"
    assert client.get("/livez").json == {"status": "ok"}


def test_a_server_whose_store_is_gone_is_alive_and_not_ready(tmp_path: Path) -> None:
    publish(tmp_path, [])
    limits = Limits(seconds=1, workers=1)
    with Pool(tmp_path, limits) as pool:
        app = create_app(Settings(store=tmp_path, limits=limits), pool, today=lambda: dt.date(2025, 6, 18))
        asked = app.test_client()
        assert asked.get("/sparql?query=ASK%20%7B%7D").status_code == 200
        assert asked.get("/readyz").status_code == 200
        shutil.rmtree(current(tmp_path).graph_path)
        for process in chain.from_iterable(pool.workers.values()):
            os.kill(process, signal.SIGKILL)
        # What is remembered is no sign of health.
        assert asked.get("/sparql?query=ASK%20%7B%7D").status_code == 200
        for path in ("/healthz", "/readyz"):
            response = asked.get(path)
            assert (response.status_code, response.json["status"]) == (503, "failing")
        assert asked.get("/livez").status_code == 200


def test_prometheus_reads_the_metrics(client: FlaskClient) -> None:
    for _ in range(2):
        client.get("/sparql?query=ASK%20%7B%7D")
    client.get("/nowhere")
    response = client.get("/metrics")
    assert response.content_type == "text/plain; version=0.0.4; charset=utf-8"
    families = {family.name: family for family in text_string_to_metric_families(response.text)}
    asked = {(s.labels["view"], s.labels["status"]): s.value for s in families["kg_requests"].samples}
    assert asked["sparql.endpoint", "200"] >= 2
    assert asked["nowhere", "404"] >= 1
    assert families["kg_request_seconds"].type == "histogram"
    assert families["kg_quads"].samples[0].value > 200
    assert {s.labels["kind"] for s in families["kg_cache_hits"].samples} == {"response", "answer"}
    outcomes = {s.labels["outcome"]: s.value for s in families["kg_queries"].samples}
    assert outcomes["answered"] >= 1
    assert {"deadline", "crashed", "busy", "syntax"} <= set(outcomes)
    assert sum(s.value for s in families["kg_workers"].samples) >= 2
    assert {s.labels["process"]: s.value > 1 << 20 for s in families["kg_memory_bytes"].samples} == {
        "server": True, "workers": True,
    }  # fmt: skip
    states = {s.labels["state"]: s.value for s in families["kg_writing"].samples}
    assert states == {"off": 1, "halted": 0, "ready": 0, "busy": 0, "stopped": 0}
    assert {s.labels["outcome"] for s in families["kg_writes"].samples} == set(Outcome)
    assert families["kg_writes_waiting"].samples[0].value == 0
    assert families["kg_disk_free_bytes"].samples[0].value > 0
    assert all(family.documentation for family in families.values())


@pytest.mark.parametrize(
    ("status", "outcome"),
    [(201, "written"), (204, "written"), (400, "refused"), (403, "refused"), (503, "busy"), (504, "timeout"),
     (507, "full"), (500, "failed")],
)  # fmt: skip
def test_a_write_is_counted_by_its_outcome(status: int, outcome: str) -> None:
    tally = Tally()
    tally.add_write(status)
    assert {name: count for name, count in tally.writes.items() if count} == {outcome: 1}


def test_a_histogram_counts_upwards_and_labels_are_escaped() -> None:
    tally = Tally()
    for seconds in (0.0001, 0.0005, 0.02, 99.0):
        tally.add("r", 200, seconds)
    odd = Metric(name="kg_odd", help="Odd.", kind=Kind.GAUGE, values={'a"b\\c\nd': 1.5}, label="x")
    lines = written(tally, [odd]).splitlines()
    buckets = [int(line.rpartition(" ")[2]) for line in lines if "_bucket" in line]
    assert buckets == sorted(buckets)
    assert (buckets[0], buckets[-1]) == (2, 4)
    assert 'kg_request_seconds_bucket{view="r",le="+Inf"} 4' in lines
    assert 'kg_odd{x="a\\"b\\\\c\\nd"} 1.5' in lines


def told(file: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def test_the_log_is_a_line_of_json_for_each_answer(tmp_path: Path) -> None:
    file = tmp_path / "access.log"
    with journal(file, Addresses.SHORT, queries=False) as kept:
        kept.write(ENTRY, "192.0.2.77")
        kept.write(ENTRY.again(0.0001, "curl/8"), "2001:db8:1:2::3")
    one, other = told(file)
    assert str(one.pop("time")).endswith("Z")
    assert one == {
        "client": "192.0.2.0", "method": "GET", "path": "/sparql", "view": "sparql.endpoint", "status": 200, "bytes": 5,
        "milliseconds": 12.3, "recalled": False, "generation": 3, "agent": "",
    }  # fmt: skip
    assert (other["client"], other["recalled"]) == ("2001:db8:1::", True)


def test_nobody_writes_a_line_of_their_own_into_the_log(tmp_path: Path) -> None:
    file = tmp_path / "access.log"
    hostile = Entry(
        client="", method="GET", path='/a"\n{"status": 200}', view="nowhere", status=404, bytes=0, seconds=0.0,
        agent="\r\n\x1b[31m\u2028" + "x" * 10_000, query="SELECT\n*",
    )  # fmt: skip
    with journal(file, Addresses.FULL, queries=False) as kept:
        kept.write(hostile, "127.0.0.1")
    assert len(told(file)) == 1
    assert "query" not in told(file)[0]
    assert len(file.read_bytes()) < 2000
    assert b"\x1b" not in file.read_bytes()


def test_the_token_does_not_stand_in_the_log_wherever_somebody_put_it(tmp_path: Path) -> None:
    file, token = tmp_path / "access.log", "secret+with/signs=0123456789"
    hostile = Entry(
        client="", method="GET", path=f"/{'x' * 290}{token}/{token}", view="nowhere", status=404, bytes=0, seconds=0.0,
        agent=f"curl {token}", query=f"# {token}\n# {quote(token)} {quote(token, safe='')}",
    )  # fmt: skip
    with journal(file, Addresses.FULL, queries=True, secret=token) as kept:
        kept.write(hostile, "127.0.0.1")
        logging.getLogger("kg.test").warning("refused: %s", token)
    assert len(told(file)) == 2
    for spelt in (token, quote(token), quote(token, safe=""), token[:8]):
        assert spelt not in file.read_text(encoding="utf-8")


def test_the_log_goes_on_in_a_new_file_when_the_old_one_is_moved_away(tmp_path: Path) -> None:
    file = tmp_path / "access.log"
    with journal(file, Addresses.NONE, queries=True) as kept:
        kept.write(ENTRY, "192.0.2.77")
        while not file.exists() or not file.read_bytes():
            logging.Handler().flush()
        file.rename(tmp_path / "access.log.1")
        kept.write(ENTRY, "192.0.2.77")
    assert len(told(tmp_path / "access.log.1")) == len(told(file)) == 1
    assert told(file)[0]["client"] == ""


def test_what_goes_wrong_stands_in_the_log(tmp_path: Path) -> None:
    file = tmp_path / "access.log"
    with journal(file, Addresses.FULL, queries=False):
        try:
            int("broken")
        except ValueError:
            logging.getLogger("kg.test").exception("unexpected")
    (line,) = told(file)
    assert (line["level"], line["part"], line["message"]) == ("ERROR", "kg.test", "unexpected")
    assert "ValueError: invalid literal" in str(line["trace"])


@pytest.mark.parametrize(
    ("address", "how", "expected"),
    [
        ("192.0.2.77", Addresses.FULL, "192.0.2.77"),
        ("192.0.2.77", Addresses.SHORT, "192.0.2.0"),
        ("fe80::1%eth0", Addresses.SHORT, "fe80::"),
        ("192.0.2.77", Addresses.NONE, ""),
        ("<script>", Addresses.FULL, ""),
        ("", Addresses.SHORT, ""),
    ],
)
def test_addresses_are_written_as_told(address: str, how: Addresses, expected: str) -> None:
    assert shortened(address, how) == expected
