"""Folders for what is needed for a while: they go with whoever has them, or, if that was killed, at the next start."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import Final

from kg.store.lock import lease, unleased

_HELD: Final = "held"
# Without its lease for so long, a folder is not just being made.
_BIRTH_SECONDS: Final = 60


class Scratch:
    """A folder of one's own, which nobody sweeps away while this process lives."""

    def __init__(self, parent: Path, prefix: str) -> None:
        """Make it; the folders of others that are gone go.

        Raises:
            OSError: it cannot be made.
        """
        sweep_forsaken(parent, prefix)
        self.path = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
        begun = self.path / f"{_HELD}.new"
        begun.touch()
        # Held before it has the name that others look for.
        self._held = lease(begun)
        begun.rename(self.path / _HELD)

    def close(self) -> None:
        """Nothing; the folder is gone."""
        self._held.close()
        shutil.rmtree(self.path, ignore_errors=True)


def sweep_forsaken(parent: Path, prefix: str) -> None:
    """Nothing; the folders with such names whose owners were killed are gone."""
    for folder in parent.glob(f"{prefix}*"):
        with contextlib.suppress(OSError):
            if _is_ours(folder):
                _sweep(folder)


def _sweep(folder: Path) -> None:
    if not (folder / _HELD).exists():
        if time.time() - folder.stat().st_mtime > _BIRTH_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)
        return
    with unleased(folder / _HELD) as is_free:
        if is_free:
            shutil.rmtree(folder, ignore_errors=True)


def _is_ours(folder: Path) -> bool:
    """Whether it is a folder, and this user's: others may write in the same parent."""
    if folder.is_symlink() or not folder.is_dir():
        return False
    return not hasattr(os, "getuid") or folder.stat().st_uid == os.getuid()
