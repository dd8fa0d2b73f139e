"""``kg serve`` over a store that is named as people name it: from the folder they stand in."""

from __future__ import annotations

import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest


@pytest.mark.server
def test_a_store_in_the_present_folder_serves_its_published_files(kg, root: Path, tmp_path: Path) -> None:
    kg("build", root / "seeds" / "articles" / "kensington_treaty.txt", "--store", tmp_path / "kg-store")
    command = [sys.executable, "-c", "from kg.cli import main; main()", "serve", "--store", "kg-store", "--port", "0"]
    with subprocess.Popen(
        command, cwd=tmp_path, env={"PYTHONPATH": str(root)}, stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            assert server.stdout is not None
            address = server.stdout.readline().split(" at ")[1].split("/ ")[0]
            with urllib.request.urlopen(f"{address}/exports/diplomacy.ttl") as answer:
                assert answer.status == 200
                assert b"dip:Meeting" in answer.read()
        finally:
            server.terminate()
