"""The build hook of wheel and sdist: the scripts of the pages are bundled before, where Node is at hand.

Without Node, or without a way to fetch the packages, what was bundled before travels along; where there is nothing,
wheel and sdist are whole all the same, and the pages that they serve are plain.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any, Final

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_FRONTEND: Final = Path("kg/web/frontend")
_BUILT: Final = Path("kg/web/static/built")
_SECONDS: Final = 600
_INSTALL: Final = ("ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")


class FrontEnd(BuildHookInterface[Any]):
    """What hatch asks for."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Nothing; the scripts are bundled, and are part of what is built."""
        if version == "editable":
            return
        root = Path(self.root)
        fault = _bundle(root / _FRONTEND)
        if (root / _BUILT / "manifest.json").is_file():
            build_data["artifacts"].append(f"/{_BUILT.as_posix()}/**")
            if fault:
                self.app.display_warning(f"{fault}: the scripts of the pages are those that were bundled before")
        else:
            self.app.display_warning(
                f"{fault}: the scripts of the pages are not in this {self.target_name}: plain pages"
            )


def _bundle(frontend: Path) -> str | None:
    """Why the scripts could not be bundled; ``None`` where they are."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return "Node is not here"
    if not (frontend / "node_modules" / "esbuild").is_dir():
        # What was bundled in a checkout is in the sdist: nothing is fetched for the sake of the same once more.
        if (frontend.parent / "static" / "built" / "manifest.json").is_file():
            return None
        if not _is_done(npm, *_INSTALL, folder=frontend):
            return "what the pages are made of could not be installed"
    return None if _is_done(node, "build.mjs", folder=frontend) else "the scripts of the pages could not be bundled"


def _is_done(*command: str, folder: Path) -> bool:
    try:
        return subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=_SECONDS).returncode == 0
    except (OSError, subprocess.SubprocessError):
        return False
