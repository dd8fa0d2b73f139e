"""A generation's store under a second name, to be changed: by hard links, so that it costs nothing."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from kg.store import manifest as manifests
from kg.store.generation import Generation


def link_graph(generation: Generation, folder: Path) -> Path:
    """The new folder, with what the generation holds; whoever opens it there changes nothing of the generation.

    Raises:
        StoreError: the generation is damaged.
        OSError: its files can be neither linked nor copied.
    """
    folder.mkdir()
    with generation.lease():
        for file in generation.graph_path.iterdir():
            if file.suffix == ".sst":
                # RocksDB never changes these, it only leaves them behind.
                _link(file, folder / file.name)
            elif manifests.is_content(file):
                shutil.copyfile(file, folder / file.name)
    return folder


def _link(file: Path, target: Path) -> None:
    try:
        os.link(file, target)
    except OSError:
        # A disk without hard links, or without another one for this file.
        shutil.copyfile(file, target)
