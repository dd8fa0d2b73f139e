"""The pictures of README.md, taken anew of the sample graph: `python tests/browser/pictures.py`, which needs chromium.

The graph is built and served for the time of the taking only; look at the pictures before they go into the repository.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Final
from urllib.parse import quote_plus

from playwright.sync_api import Page, sync_playwright

ROOT: Final = Path(__file__).resolve().parents[2]
PICTURES: Final = Path(__file__).parent / "pictures"
WIDTH: Final = 1280
MOST_BYTES: Final = 200_000

_ASKED: Final = """PREFIX dip: <https://w3id.org/diplomacy-kg/ns#>

SELECT ?one ?other ?day WHERE {
  ?meeting a dip:Meeting ;
    dip:onMarginsOf <https://w3id.org/diplomacy-kg/id/summit/g7-2025> ;
    dip:participant ?one, ?other ;
    dip:date ?day .
  FILTER (STR(?one) < STR(?other))
}
ORDER BY ?day ?one ?other LIMIT 5
"""
# Name: the page, and how much of it is shown.
PAGES: Final[Mapping[str, tuple[str, int]]] = MappingProxyType(
    {
        "home": ("/", 900),
        "who-met-at-the-g7": ("/queries/who-met-at-summit?summit=G7+2025", 1330),
        "meeting": ("/page/meeting/2025-06-16-cyril-ramaphosa-lee-jae-myung", 640),
        "sparql": (f"/sparql?query={quote_plus(_ASKED)}", 900),
    }
)
_KG: Final = (sys.executable, "-c", "from kg.cli import group; group()")


@contextmanager
def served(store: Path) -> Iterator[str]:
    """The address at which the sample graph is served, on a free port of the loopback."""
    subprocess.run([*_KG, "build", "seeds/articles", "seeds/facts", "--store", str(store)], cwd=ROOT, check=True)
    command = [*_KG, "serve", "--store", str(store), "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            yield server.stdout.readline().split(" at ")[1].split("/ ")[0]
        finally:
            server.terminate()


def take(page: Page, address: str, picture: Path, height: int) -> None:
    """The picture of the page at this address, with all that its scripts draw.

    Raises:
        ValueError: it is too heavy to be kept.
    """
    page.set_viewport_size({"width": WIDTH, "height": height})
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=picture)
    if picture.stat().st_size > MOST_BYTES:
        raise ValueError(f"{picture.name} has {picture.stat().st_size} bytes, more than {MOST_BYTES}")


def main() -> None:
    """Take them all, in light colours."""
    with (
        tempfile.TemporaryDirectory() as folder,
        served(Path(folder) / "store") as address,
        sync_playwright() as driver,
        driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"]) as browser,
    ):
        page = browser.new_page(locale="en-GB", color_scheme="light", reduced_motion="reduce")
        for name, (path, height) in PAGES.items():
            take(page, address + path, PICTURES / f"{name}.png", height)


if __name__ == "__main__":
    main()
