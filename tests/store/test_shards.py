"""Shards of N-Quads: one after the other they are the whole export, and the manifest tells the truth of each."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from kg.cli import group
from kg.errors import StoreError
from kg.store.export import ExportFormat, write_graph
from kg.store.generation import Generation, publish
from kg.store.shards import MANIFEST, write_shards

SAMPLE = Path(__file__).parents[1] / "queries" / "sample.ttl"


@pytest.fixture(params=[True, False], ids=["published", "made now"])
def generation(request: pytest.FixtureRequest, tmp_path: Path) -> Generation:
    store = ox.Store()
    store.load(path=str(SAMPLE), format=ox.RdfFormat.TURTLE)
    whole = write_graph(store, ExportFormat.NQUADS)
    return publish(tmp_path / "store", store, exports={"diplomacy.nq": whole} if request.param else None)


@pytest.mark.parametrize("number", [1, 3, 7, 2000])
def test_together_they_are_the_whole_export(generation: Generation, tmp_path: Path, number: int) -> None:
    folder = tmp_path / "shards"
    write_shards(generation, folder, number)
    told = json.loads((folder / MANIFEST).read_text(encoding="ascii"))
    files = [folder / shard["name"] for shard in told["shards"]]
    assert sorted(folder.iterdir()) == sorted([*files, folder / MANIFEST])
    assert files == sorted(files)
    assert b"".join(file.read_bytes() for file in files) == write_graph(generation.open(), ExportFormat.NQUADS)
    for shard, file in zip(told["shards"], files, strict=True):
        content = file.read_bytes()
        assert shard["sha256"] == hashlib.sha256(content).hexdigest()
        assert shard["bytes"] == len(content)
        assert shard["quads"] == content.count(b"\n")
    sizes = {shard["quads"] for shard in told["shards"]}
    assert max(sizes) - min(sizes) <= 1
    assert sum(shard["quads"] for shard in told["shards"]) == told["quads"] == generation.quads


def test_what_lies_in_the_folder_stays(generation: Generation, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="ascii")
    with pytest.raises(StoreError, match="not empty"):
        write_shards(generation, tmp_path, 2)


def test_the_command_writes_them_and_wants_a_folder_and_nquads(generation: Generation, tmp_path: Path) -> None:
    store, folder = generation.path.parents[1], tmp_path / "out"
    told = ["--store", str(store), "--shards", "2"]
    assert CliRunner().invoke(group, ["export", *told, "-o", str(folder)]).exit_code == 2
    assert CliRunner().invoke(group, ["export", *told, "--format", "nquads"]).exit_code == 2
    assert CliRunner().invoke(group, ["export", *told, "--format", "nquads", "-o", str(folder)]).exit_code == 0
    assert len(list(folder.glob("part-*.nq"))) == 2
