"""Scratch folders: those of the killed are swept away at the next start, those of the living never."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from kg.store.scratch import Scratch, sweep_forsaken

_HOLD = """
import sys; sys.path[:] = {path!r}
from pathlib import Path
from kg.store.scratch import Scratch
scratch = Scratch(Path({parent!r}), "x-")
(scratch.path / "large").write_text("what was uploaded")
print(scratch.path, flush=True)
input()
"""


def test_the_folder_of_a_killed_process_goes_and_that_of_a_living_one_stays(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _HOLD.format(path=sys.path, parent=str(tmp_path))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        theirs = Path(other.stdout.readline().strip())
        ours = Scratch(tmp_path, "x-")
        sweep_forsaken(tmp_path, "x-")
        assert (theirs / "large").read_text() == "what was uploaded"
        assert ours.path.is_dir()
        other.kill()
    newer = Scratch(tmp_path, "x-")
    assert not theirs.exists()
    assert ours.path.is_dir()
    for scratch in (ours, newer):
        scratch.close()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_just_being_made_is_left_alone(tmp_path: Path) -> None:
    born, dead = tmp_path / "x-born", tmp_path / "x-dead"
    for folder in (born, dead):
        folder.mkdir()
    hour_ago = time.time() - 3600
    os.utime(dead, (hour_ago, hour_ago))
    sweep_forsaken(tmp_path, "x-")
    assert [folder.name for folder in tmp_path.iterdir()] == ["x-born"]


def test_nothing_behind_a_link_or_under_another_name_is_swept(tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "held").touch()
    (tmp_path / "x-link").symlink_to(precious)
    (tmp_path / "x-file").touch()
    sweep_forsaken(tmp_path, "x-")
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["precious", "x-file", "x-link"]
    assert (precious / "held").exists()
