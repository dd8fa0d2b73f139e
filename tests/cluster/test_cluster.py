"""``kg build --scheduler``: the graph is that of one machine, whichever worker is lost; strangers are left out."""

from __future__ import annotations

import json
import shutil
import subprocess
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest

from kg.extract.lexicon import load_lexicon
from tests.bench.corpus import write
from tests.cluster.conftest import KG, READING, ROOT, Cluster, Hear, graph, is_reading, start, wait_for
from tests.required import missing

ARTICLE = (
    "LIMA, May 28, 2025 (Andes Wire) - Chilean President Anna Novak met Peruvian President Juan Horvat in Lima on "
    "Wednesday.\n"
)
HOSTILE = {
    "empty.txt": b"",
    "latin.txt": "Der Präsident empfing den König.\nSie sprachen über Öl.\n".encode("latin-1"),
    "deep.json": b"[" * 100_000,
    "lines.jsonl": b'{"title": "Novak in Lima", "text": "' + b"LIMA, May 28, 2025 (Andes Wire) - Chilean President "
    b"Anna Novak met Peruvian President Juan Horvat in Lima on Wednesday."
    + b'"}\n{\n{"text": "'
    + b"The leaders met. " * 1000
    + b'"}\n',
    "binary.txt": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
}


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """Some reports, others that are none, and a fact sheet."""
    folder = tmp_path / "articles"
    write(folder, load_lexicon().world, 60, seed=7)
    for name, content in HOSTILE.items():
        (folder / name).write_bytes(content)
    shutil.copy(next((ROOT / "seeds" / "facts").glob("*.toml")), folder)
    return folder


def rejected(said: str) -> list[str]:
    return [line for line in said.splitlines() if line.startswith("rejected: ")]


def test_the_graph_and_the_rejections_are_those_of_one_machine_also_when_a_worker_is_killed(
    cluster: Cluster, articles: Path, tmp_path: Path
) -> None:
    first, _ = cluster.worker(), cluster.worker()
    told = [tmp_path, KG, articles, "--store"]
    with start(*told, "many", "--scheduler", cluster.address) as building:
        wait_for(lambda: is_reading(first))
        first.kill()
        said = building.communicate(timeout=180)[1]
    with start(*told, "alone") as building:
        said_alone = building.communicate(timeout=180)[1]
    assert graph(tmp_path / "many") == graph(tmp_path / "alone")
    assert said.count(" is lost") == 1
    assert rejected(said) == rejected(said_alone)
    assert len(rejected(said)) >= len(HOSTILE)


def test_an_article_that_two_workers_do_not_survive_is_rejected_by_name(cluster: Cluster, tmp_path: Path) -> None:
    told = "President Emmanuel Macron met Chancellor Friedrich Merz for the {}th time in London on Tuesday.\n\n"
    slow = tmp_path / "slow.txt"
    slow.write_text("Talks\n\nPARIS, June 17, 2025 (Wire) - " + "".join(map(told.format, range(9_000))))
    with start(tmp_path, READING, "slow.txt", "--scheduler", cluster.address) as hearing:
        for _ in range(2):
            worker = cluster.worker()
            wait_for(partial(is_reading, worker))
            worker.kill()
        cluster.worker()
        said = hearing.communicate(timeout=180)[1]
    assert rejected(said) == ["rejected: slow.txt: the worker that read it was lost, twice"]


def test_a_worker_with_other_words_or_code_is_left_out_by_name_and_the_others_read(
    cluster: Cluster, hear: Hear, tmp_path: Path
) -> None:
    house = tmp_path / "house"
    for folder in ("kg", "seeds", "queries", "ontology"):
        ignored = shutil.ignore_patterns("__pycache__", "static", "node_modules")
        shutil.copytree(ROOT / folder, house / folder, ignore=ignored)
    with (house / "seeds" / "words" / "furniture.toml").open("a", encoding="utf-8") as words:
        words.write("\n# another one\n")
    cluster.worker(house)
    (tmp_path / "a.txt").write_text(ARTICLE)
    told = ["a.txt", "--scheduler", cluster.address]
    _, said = hear(*told, status=1)
    assert "left out: the code or the words of its diplomacy-kg are not those of this one" in said
    assert "kg: none of the workers can read for this build" in said
    cluster.worker()
    wait_for(lambda: "Registered to" in (cluster.folder / "1-worker.log").read_text())
    found, said = hear(*told)
    assert "Juan Horvat" in found
    assert said.count(" is left out: ") == 1


def test_a_world_of_ones_own_goes_to_the_workers(cluster: Cluster, hear: Hear, tmp_path: Path) -> None:
    cluster.worker()
    (tmp_path / "world").mkdir()
    (tmp_path / "world" / "leaders.csv").write_text(
        "name,short,aliases,sex,wikidata,country,office,start,end\n"
        "Anna Maria Novak,Anna Novak,,,,CHL,president,2022-03-11,2026-03-11\n"
    )
    (tmp_path / "a.txt").write_text(ARTICLE)
    told = ["a.txt", "--world", "world"]
    alone, _ = hear(*told)
    many, _ = hear(*told, "--scheduler", cluster.address)
    assert many == alone
    assert "Anna Maria Novak" in many


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "http://127.0.0.1:9", "tls://127.0.0.1:9"])
def test_a_scheduler_that_is_not_there_is_told(address: str, hear: Hear, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE)
    _, said = hear("a.txt", "--scheduler", address, status=1)
    assert said.startswith(f"kg: no scheduler of Dask can be reached at {address}: ")


@pytest.fixture
def keys(tmp_path: Path) -> dict[str, str]:
    """Dask's settings for keys of our own."""
    if shutil.which("openssl") is None:
        missing("TLS, which takes openssl")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    told = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=kg"]
    command = ["openssl", "req", "-x509", *told, "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(command, check=True, capture_output=True)
    settings = {"DASK_DISTRIBUTED__COMM__TLS__CA_FILE": str(certificate)}
    for who in ("SCHEDULER", "WORKER", "CLIENT"):
        settings[f"DASK_DISTRIBUTED__COMM__TLS__{who}__KEY"] = str(key)
        settings[f"DASK_DISTRIBUTED__COMM__TLS__{who}__CERT"] = str(certificate)
    return settings


def test_tls_is_dasks_own_and_who_has_no_key_is_not_heard(keys: dict[str, str], hear: Hear, tmp_path: Path) -> None:
    (tmp_path / "cluster").mkdir()
    (tmp_path / "a.txt").write_text(ARTICLE)
    with ExitStack() as stack:
        cluster = Cluster(tmp_path / "cluster", stack, keys, protocol="tls")
        cluster.start()
        cluster.worker()
        assert json.loads(cluster.file.read_text())["address"].startswith("tls://")
        told = ["a.txt", "--scheduler", cluster.address]
        assert "Juan Horvat" in hear(*told, **keys)[0]
        _, said = hear(*told, status=1)
        assert "kg: no scheduler of Dask can be reached at tls://" in said
