"""Every export of the sample is the graph for programs of others, too: rdflib, and rapper of Debian's raptor2-utils."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg.store.generation import current
from tests.clients.conftest import runner
from tests.serving import ROOT

RAPPER = {"turtle": "turtle", "ntriples": "ntriples", "nquads": "nquads", "trig": "trig", "rdfxml": "rdfxml"}
RDFLIB = {
    "turtle": "turtle",
    "ntriples": "nt11",
    "rdfxml": "xml",
    "jsonld": "json-ld",
    "nquads": "nquads",
    "trig": "trig",
}
WHOLE = {"nquads", "trig"}


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with each format of the sample, as the command writes it."""
    folder = tmp_path_factory.mktemp("exports")
    _kg("build", *(str(ROOT / "seeds" / name) for name in ("articles", "facts")), folder=folder)
    for form in RDFLIB:
        _kg("export", "--format", form, "-o", f"sample.{form}.gz", folder=folder)
    return folder


@pytest.mark.parametrize("form", RAPPER)
def test_rapper_reads_what_is_in_the_store(form: str, exports: Path, tmp_path: Path) -> None:
    file = tmp_path / f"sample.{form}"
    file.write_bytes(gzip.decompress((exports / f"sample.{form}.gz").read_bytes()))
    written = "nquads" if form in WHOLE else "ntriples"
    told = runner("rapper", "--quiet")("--input", RAPPER[form], "--output", written, os.fspath(file))
    read = ox.parse(told.encode(), format=ox.RdfFormat.N_QUADS)
    assert set(read) == set(_quads(exports, whole=form in WHOLE))


@pytest.mark.filterwarnings("ignore:(Dataset|ConjunctiveGraph):DeprecationWarning")  # rdflib of itself
@pytest.mark.parametrize("form", RDFLIB)
def test_rdflib_reads_what_is_in_the_store(form: str, exports: Path) -> None:
    content = gzip.decompress((exports / f"sample.{form}.gz").read_bytes())
    graph = rdflib.Dataset() if form in WHOLE else rdflib.Graph()
    graph.parse(data=content, format=RDFLIB[form])
    written = graph.serialize(format="nquads" if form in WHOLE else "nt11", encoding="utf-8")
    again = ox.parse(written, format=ox.RdfFormat.N_QUADS)
    assert set(again) == set(_quads(exports, whole=form in WHOLE))


def _quads(exports: Path, *, whole: bool) -> Iterator[ox.Quad]:
    store = current(exports / "kg-store").open()
    return store.quads_for_pattern(None, None, None, None if whole else ox.DefaultGraph())


def _kg(*arguments: str, folder: Path) -> None:
    command = [sys.executable, "-c", "from kg.cli import main; main()", *arguments]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=300)
