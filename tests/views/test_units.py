"""How drawings are laid out, tried in Node without a browser: `drawing.test.ts`, bundled as it would be served."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from tests.required import SCRIPTS, missing
from tests.serving import ROOT

FRONTEND = ROOT / "kg" / "web" / "frontend"
# The widths that one of the tests goes through.
WIDTHS = (320, 640, 960, 1600)
TESTS = Path(__file__).parent / "drawing.test.ts"


def test_drawings_are_laid_out_as_their_tests_say(tmp_path: Path) -> None:
    node = shutil.which("node")
    bundler = FRONTEND / "node_modules" / "esbuild" / "bin" / "esbuild"
    if node is None or not bundler.is_file():
        missing(SCRIPTS)
    assert node
    bundled = tmp_path / "drawing.test.mjs"
    command = [bundler, TESTS, "--bundle", "--platform=node", "--format=esm", f"--outfile={bundled}"]
    done = subprocess.run(command, cwd=FRONTEND, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    testing = [node, "--test", "--test-reporter=tap", bundled]
    run = subprocess.run(testing, capture_output=True, text=True, timeout=300, check=False)
    assert run.returncode == 0, run.stdout[-8000:]
    ran = re.search(r"^# pass (\d+)$", run.stdout, re.MULTILINE)
    assert ran
    assert int(ran[1]) == TESTS.read_text(encoding="utf-8").count("\ntest(") + len(WIDTHS)
