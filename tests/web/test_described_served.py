"""The description of the data set, by the real server and the command line: true of what can be downloaded."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.parse import urljoin

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from kg.store.export import ExportFormat, write_graph
from kg.store.generation import publish
from kg.store.prefixes import PREFIXES, RDFS

SAMPLE = Path(__file__).parents[1] / "queries" / "sample.ttl"
ROOT = Path(__file__).parents[2]
MEDIA = {"croissant": "application/ld+json", "datacite": "application/vnd.datacite.datacite+json"}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that was published with an export, as a build publishes it."""
    root = tmp_path_factory.mktemp("built")
    store = ox.Store()
    store.load(path=SAMPLE, format=ox.RdfFormat.TURTLE)
    publish(root, list(store), exports={"diplomacy.nq": write_graph(store, ExportFormat.NQUADS)})
    return root


def typed(*told: str | Path) -> bytes:
    """What ``kg export`` writes."""
    command = [sys.executable, "-c", "from kg.cli import main; main()", "export", *map(str, told)]
    return subprocess.run(command, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, check=True, stdout=subprocess.PIPE).stdout


def fetched(address: str) -> tuple[str, bytes]:
    """Its media type and its bytes."""
    with urllib.request.urlopen(address, timeout=60) as answer:
        return answer.headers["Content-Type"], answer.read()


@pytest.mark.server
def test_the_server_and_the_command_line_give_the_same_description_and_its_checksums_are_those_of_the_files(
    built: Path, running: Callable[[Path], AbstractContextManager[str]], tmp_path: Path
) -> None:
    with running(built) as address:
        for form, media in MEDIA.items():
            served = f"{address}exports/{form}.json"
            assert fetched(served) == (media, typed("--store", built, "--format", form))
        croissant = f"{address}exports/croissant.json"
        files = json.loads(fetched(croissant)[1])["distribution"]
        assert len(files) == 8
        for file in files:
            media, content = fetched(urljoin(croissant, file["contentUrl"]))
            assert media.partition(";")[0] == file["encodingFormat"]
            assert (hashlib.sha256(content).hexdigest(), f"{len(content)} B") == (file["sha256"], file["contentSize"])
            form = {"ttl": "turtle", "nq": "nquads"}.get(file["name"].rpartition(".")[2], file["name"])
            target = tmp_path / file["contentUrl"]
            typed("--store", built, "--format", form, "-o", target)
            assert target.read_bytes() == content


def test_the_licence_of_the_command_line_stands_in_the_description(built: Path) -> None:
    licence = "https://creativecommons.org/licenses/by/4.0/"
    told = json.loads(typed("--store", built, "--format", "croissant", "--licence", licence))
    assert told["license"] == licence


def test_the_descriptions_stand_on_the_page_of_exports_and_in_dcat_but_are_no_distribution(client: FlaskClient) -> None:
    page = client.get("/exports/").text
    told = ox.Store()
    told.load(client.get("/.well-known/void", headers={"Accept": "text/turtle"}).data, format=ox.RdfFormat.TURTLE)
    schemas = {"croissant": "http://mlcommons.org/croissant/1.0", "datacite": "http://datacite.org/schema/kernel-4"}
    for form, schema in schemas.items():
        file = ox.NamedNode(f"http://localhost/exports/{form}.json")
        assert f'href="/exports/{form}.json"' in page
        (seen,) = told.quads_for_pattern(None, ox.NamedNode(f"{RDFS}seeAlso"), file)
        assert list(told.quads_for_pattern(seen.subject, None, file)) == [seen]
        (conforms,) = told.quads_for_pattern(file, ox.NamedNode(f"{PREFIXES['dcterms']}conformsTo"), None)
        assert conforms.object == ox.NamedNode(schema)


def test_dcat_tells_size_and_checksum_of_what_was_published(
    built: Path, running: Callable[..., AbstractContextManager[str]]
) -> None:
    told = ox.Store()
    with running(built) as address:
        told.load(fetched(urljoin(address, ".well-known/void"))[1], format=ox.RdfFormat.TURTLE)
        file = urljoin(address, "exports/diplomacy.nq")
        _, content = fetched(file)
    query = f"""PREFIX dcat: <{PREFIXES["dcat"]}> PREFIX spdx: <http://spdx.org/rdf/terms#>
        SELECT ?file ?size ?sum {{ ?file a dcat:Distribution ; dcat:byteSize ?size ; spdx:checksum
          [ spdx:algorithm spdx:checksumAlgorithm_sha256 ; spdx:checksumValue ?sum ] }}"""
    found = {row["file"].value: (row["size"].value, row["sum"].value) for row in told.query(query)}  # type: ignore[union-attr]
    assert found == {file: (str(len(content)), hashlib.sha256(content).hexdigest())}
