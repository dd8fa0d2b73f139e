"""Debian's chromium over the real server; every page that a test opens is watched for what it must not do."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pyoxigraph as ox
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from kg.store.generation import publish
from kg.web.built import FOLDER, Built
from tests.required import SCRIPTS, missing
from tests.serving import ROOT, served

SAMPLE = ROOT / "tests" / "queries" / "sample.ttl"
AXE = ROOT / "kg" / "web" / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
# A busy machine takes long; what never comes fails all the same.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)
MOST_ROWS = 12_000


@dataclass(slots=True)
class Watched:
    """A page, and what it did that no page may do."""

    page: Page
    address: str
    scripts: bool = True
    faults: list[str] = field(default_factory=list)
    # Refusals of the server that a test means to see; browsers log them as errors.
    expected: set[int] = field(default_factory=set)

    def open(self, path: str) -> Page:
        """The page at this path of the site, with all that its scripts do at first, where they run."""
        self.page.goto(self.address + path.lstrip("/"))
        if self.scripts:
            self.page.wait_for_load_state("networkidle")
        return self.page

    def watch(self) -> None:
        """Nothing; from now on all that it does is seen."""
        host = urlsplit(self.address).netloc
        page = self.page
        page.on("request", lambda request: self._check_host(request.url, host))
        page.on("pageerror", lambda error: self.faults.append(f"script failed: {error}"))
        page.on("console", lambda message: self._check_console(message.type, message.text))

    def _check_host(self, url: str, host: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"data", "blob"} and parts.netloc != host:
            self.faults.append(f"asked another host: {url}")

    def _check_console(self, kind: str, text: str) -> None:
        is_refusal = any(f"status of {status}" in text for status in self.expected)
        if kind in {"error", "warning"} and not is_refusal:
            self.faults.append(f"console: {text}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = shutil.which("chromium")
    if program is None:
        missing("there is no chromium on this machine")
    with sync_playwright() as driver:
        # The pages are ours; Debian's sandbox does not start as root.
        opened = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the real server over the invented world; it answers no more rows than 12,000."""
    store = tmp_path_factory.mktemp("store")
    publish(store, ox.parse(path=SAMPLE, format=ox.RdfFormat.TURTLE))
    # Others may keep the machine busy: nobody here is turned away for that.
    roomy = ("--query-timeout", "300", "--workers", "4", "--client-queries", "8")
    with served(store, *roomy, "--max-rows", str(MOST_ROWS)) as address:
        yield address


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Callable[..., Watched]]:
    """How to open pages as a reader of ours; at the end, none may have done what it must not."""
    contexts: list[BrowserContext] = []
    visits: list[Watched] = []

    def begin(address: str = site, **told: Any) -> Watched:
        context = browser.new_context(locale="en-GB", reduced_motion="reduce", **told)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        visits.append(Watched(page=page, address=address, scripts=told.get("java_script_enabled", True)))
        visits[-1].watch()
        return visits[-1]

    yield begin
    for context in contexts:
        context.close()
    assert [fault for one in visits for fault in one.faults] == []


@pytest.fixture
def scripted() -> None:
    """Nothing; the scripts of the pages are there."""
    if Built.read(FOLDER):
        return
    missing(SCRIPTS)


@pytest.fixture(scope="session")
def axe() -> str:
    """The script that looks for what keeps people out."""
    if AXE.is_file():
        return AXE.read_text(encoding="utf-8")
    missing("axe-core is not installed: 'make scripts' does it, where Node is")
    raise AssertionError
