"""Every page, with scripts and without, in light and dark, on a phone and a desk: open to all, asking nobody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote_plus

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Watched

pytestmark = [pytest.mark.browser, pytest.mark.server]

ASKED = "SELECT ?leader ?meeting { ?meeting a <https://w3id.org/diplomacy-kg/ns#Meeting> ; ?p ?leader } LIMIT 20"
MEETING = "meeting/2025-06-17-anna-novak-emil-brandt"
PAGES = {
    "home": "/",
    "search": "/search?q=an",
    "search that finds nothing": "/search?q=zzz",
    "questions": "/queries/",
    "question": "/queries/who-met-at-summit?summit=lake-forum-2025",
    "question to be asked": "/queries/meetings-of-leader",
    "sparql": "/sparql",
    "sparql answered": f"/sparql?query={quote_plus(ASKED)}",
    "sparql refused": "/sparql?query=SELECT+*+%7B",
    "leader": "/page/leader/anna-novak",
    "meeting": f"/page/{MEETING}",
    "summit": "/page/summit/lake-forum-2025",
    "ontology": "/ontology",
    "exports": "/exports/",
    "nowhere": "/page/leader/nobody",
}
REFUSED = {"sparql refused": 400, "question to be asked": 400, "nowhere": 404}
# Between the two, every page is seen in each colour and each width; what keeps people out hangs on one or the other.
SEEN = {True: ((360, "dark"), (1440, "light")), False: ((360, "light"), (1440, "dark"))}
RUN = """async () => (await axe.run(document, { resultTypes: ["violations"] })).violations
  .map((one) => `${one.id}: ${one.nodes.map((node) => `${node.target} ${node.failureSummary}`).join("; ")}`)"""


def complaints(page: Page) -> list[str]:
    found: list[str] = page.evaluate(RUN)
    return found


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_open_to_all_and_asks_nobody_else(
    visit: Callable[..., Watched], axe: str, name: str, scripts: Any
) -> None:
    visitor = visit()
    visitor.expected.add(REFUSED.get(name, 0))
    if not scripts:
        # They come, and do nothing: what looks at the page needs scripts itself.
        visitor.page.route("**/static/built/*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page = visitor.open(PAGES[name])
    page.evaluate(axe)
    for width, scheme in SEEN[scripts]:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{name} is wider than {width}"
        assert complaints(page) == [], f"{name}, {width} px, {scheme}"


@pytest.mark.parametrize("name", PAGES)
def test_where_scripts_are_off_a_page_is_whole(visit: Callable[..., Watched], name: str) -> None:
    visitor = visit(java_script_enabled=False, viewport={"width": 360, "height": 800})
    visitor.expected.add(REFUSED.get(name, 0))
    page = visitor.open(PAGES[name])
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.get_by_role("heading", level=1).count() == 1
    # Nothing stands there that only a script could fill or work.
    assert page.locator("[hidden]:not(figure[data-view]), button:not(form *), [aria-busy], canvas").count() == 0


def test_the_page_is_looked_at_indeed(visit: Callable[..., Watched], axe: str) -> None:
    page = visit().open("/")
    page.evaluate(axe)
    page.evaluate(
        "document.querySelector('h1').insertAdjacentHTML('afterend', '<img src=/static/icon.svg><a href=/></a>')"
    )
    assert {complaint.partition(":")[0] for complaint in complaints(page)} == {"image-alt", "link-name"}


def test_what_a_page_must_not_do_is_seen(visit: Callable[..., Watched]) -> None:
    visitor = visit()
    page = visitor.open("/")
    page.evaluate("document.body.setAttribute('style', 'color: red')")
    page.evaluate("fetch('http://127.0.0.2:9/').catch(() => 0)")
    page.wait_for_timeout(200)
    assert any("style" in fault for fault in visitor.faults)
    assert any("Content Security Policy" in fault and "127.0.0.2" in fault for fault in visitor.faults)
    visitor.faults.clear()
