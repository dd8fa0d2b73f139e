"""The editor of /sparql: as people use it, by keyboard, in a real browser."""

from __future__ import annotations

import re
import time
import urllib.request
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import PATIENCE, Watched
from tests.browser.test_pages import complaints

pytestmark = [pytest.mark.browser, pytest.mark.server, pytest.mark.usefixtures("scripted")]

DIP = "PREFIX dip: <https://w3id.org/diplomacy-kg/ns#>\n"
LEADERS = DIP + "SELECT ?leader { ?leader a dip:Leader } ORDER BY ?leader"
# Never done within the time of a query, however fast the machine.
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n0 ?o }"
MANY = "SELECT ?s ?other ?value { ?s ?p ?o . ?other ?q ?value } LIMIT 10000"


CONTACTS = (
    "# Contacts and who took part\n"
    + DIP
    + "SELECT ?contact ?person ?day { ?contact dip:participant ?person ; dip:date ?day }"
)
# What each view is drawn from, in columns that no saved question has.
DRAWN = {
    "network": DIP + "SELECT ?a ?b { ?c dip:participant ?a, ?b FILTER (STR(?a) < STR(?b)) }",
    "timeline": DIP + "SELECT ?what ?day { ?what dip:date ?day }",
    "bars": DIP + "SELECT ?who (COUNT(*) AS ?contacts) { ?c dip:participant ?who } GROUP BY ?who",
    "map": "SELECT ?town ?lat ?lng { VALUES (?town ?lat ?lng) { ('Here' 45.1 7.5) ('There' 46 8.25e0) } }",
}


class Desk:
    """The page of the editor, and what people do there."""

    def __init__(self, visitor: Watched, path: str = "/sparql") -> None:
        self.visitor = visitor
        self.page: Page = visitor.open(path)
        self.page.wait_for_selector("form[data-ready]")
        self.code = self.page.get_by_role("textbox", name="SPARQL query")
        self.results = self.page.locator("#results")
        self.status = self.results.get_by_role("status").first
        self.told = self.page.locator(".told")

    @property
    def text(self) -> str:
        return self.page.locator("#query").input_value()

    def write(self, text: str) -> None:
        self.code.focus()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)

    def type(self, text: str) -> None:
        self.code.focus()
        self.page.keyboard.type(text)

    def run(self, text: str) -> None:
        self.write(text)
        self.page.keyboard.press("Control+Enter")


@pytest.fixture
def desk(visit: Callable[..., Watched]) -> Desk:
    return Desk(visit(viewport={"width": 1280, "height": 900}))


def metric(site: str, name: str) -> float:
    with urllib.request.urlopen(f"{site}metrics", timeout=60) as response:
        text = response.read().decode()
    found = re.search(rf"^{re.escape(name)} (\S+)$", text, re.MULTILINE)
    assert found, f"{name} is not among the metrics"
    return float(found[1])


def wait_until(holds: Callable[[], Any]) -> None:
    end = time.monotonic() + PATIENCE / 1000
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_query_is_run_by_the_keyboard_and_its_rows_lead_to_pages_here(desk: Desk) -> None:
    desk.run(LEADERS)
    expect(desk.status).to_contain_text("4 rows")
    expect(desk.results.get_by_role("link", name="Anna Novák")).to_have_attribute("href", "/page/leader/anna-novak")
    assert "query=PREFIX" in desk.page.url
    desk.page.get_by_label("Show IRIs").check()
    expect(desk.results).to_contain_text("https://w3id.org/diplomacy-kg/id/leader/anna-novak")


def test_a_broken_query_is_marked_where_it_is_broken(desk: Desk) -> None:
    desk.visitor.expected.add(400)
    desk.run("SELECT ?x {\n  ?x a ?y .\n  ?x 👍 ?z\n}")
    expect(desk.results.get_by_role("alert")).to_contain_text("line 3, column 6")
    mark = desk.page.locator(".cm-lintRange-error")
    expect(mark).to_have_text("👍")
    desk.results.get_by_role("button", name="line 3").click()
    expect(desk.code).to_be_focused()
    desk.page.keyboard.press("Delete")
    expect(mark).to_have_count(0)
    assert "👍" not in desk.text


def test_a_link_to_a_broken_query_opens_with_the_mark(visit: Callable[..., Watched]) -> None:
    visitor = visit()
    visitor.expected.add(400)
    desk = Desk(visitor, "/sparql?query=SELECT+*+%7B%0A+%3Fs+%3Fp%0A%7D")
    expect(desk.page.locator(".cm-lintRange-error")).to_have_text("}")


def test_one_key_declares_the_prefixes_that_are_missing(desk: Desk) -> None:
    desk.write("SELECT * { ?x a dip:Leader ; rdfs:label 'owl:x' ; nobody:knows <a:b> }")
    expect(desk.page.locator(".cm-lintRange-warning")).to_have_text(["dip:", "rdfs:", "nobody:"])
    desk.page.keyboard.press("Alt+Enter")
    expect(desk.page.locator(".cm-lintRange-warning")).to_have_text(["nobody:"])
    assert re.findall(r"PREFIX (\w+):", desk.text) == ["dip", "rdfs"]


def test_terms_and_things_of_this_graph_are_completed(desk: Desk) -> None:
    options = desk.page.locator(".cm-tooltip-autocomplete li")
    desk.write("")
    desk.type("SELECT * { ?x a meeti")
    expect(options.first).to_contain_text("dip:Meeting")
    # For a moment after it opens, the list takes no key: who types on does not mean it.
    desk.page.wait_for_timeout(150)
    desk.page.keyboard.press("Enter")
    assert desk.text.startswith("PREFIX dip: <https://w3id.org/diplomacy-kg/ns#>\nSELECT * { ?x a dip:Meeting")
    desk.type(" ; dip:partic")
    expect(options.first).to_contain_text("dip:participant")
    desk.page.wait_for_timeout(150)
    desk.page.keyboard.press("Enter")
    desk.type(" novak")
    expect(options.first).to_contain_text("Anna Novák")
    desk.page.wait_for_timeout(150)
    desk.page.keyboard.press("Enter")
    assert "dip:participant <https://w3id.org/diplomacy-kg/id/leader/anna-novak>" in desk.text
    desk.page.keyboard.press("Control+Enter")
    expect(desk.status).to_contain_text("2 rows")


def test_who_cancels_ends_the_work_on_the_server(desk: Desk, site: str) -> None:
    gone = 'kg_queries_total{outcome="gone"}'
    before = metric(site, gone)
    desk.run(SLOW)
    cancel = desk.page.get_by_role("button", name="Cancel")
    expect(cancel).to_be_visible()
    desk.page.wait_for_timeout(500)
    cancel.focus()
    desk.page.keyboard.press("Enter")
    expect(desk.told).to_have_text("Cancelled.")
    expect(desk.page.get_by_role("button", name="Run")).to_be_focused()
    wait_until(lambda: metric(site, gone) == before + 1)
    desk.run(LEADERS)
    expect(desk.status).to_contain_text("4 rows")


def test_a_large_answer_is_shown_a_page_at_a_time_and_searched_as_a_whole(desk: Desk) -> None:
    desk.run(MANY)
    expect(desk.status).to_contain_text("10,000 rows")
    rows = desk.results.locator("tbody tr")
    expect(rows).to_have_count(100)
    desk.page.get_by_role("button", name="Last", exact=True).click()
    expect(desk.results).to_contain_text("Page 100 of 100")
    desk.results.get_by_role("button", name="value").click()
    expect(desk.results.get_by_role("columnheader", name="value")).to_have_attribute("aria-sort", "ascending")
    expect(desk.results).to_contain_text("Page 1 of 100")
    desk.page.get_by_label("Only rows with").fill("clara")
    expect(desk.results).to_contain_text("of 10,000 with “clara”")
    assert all("Clara" in text or "clara" in text for text in rows.all_inner_texts())


def test_an_answer_is_drawn_as_its_columns_allow_and_the_link_holds_the_choice(
    desk: Desk, visit: Callable[..., Watched], axe: str
) -> None:
    desk.run(CONTACTS)
    views = desk.results.get_by_role("group", name="View").get_by_role("button")
    expect(views).to_have_text(["Table", "Network", "Timeline"])
    assert desk.results.locator("figure").count() == 0
    desk.results.get_by_role("button", name="Timeline").focus()
    desk.page.keyboard.press("Enter")
    figure = desk.results.locator("figure[data-view=timeline][data-drawn]")
    expect(figure.locator("[aria-details=answer]")).to_have_attribute("aria-label", re.compile("Timeline of [0-9]+"))
    expect(desk.results.get_by_role("button", name="Timeline")).to_have_attribute("aria-pressed", "true")
    assert desk.results.locator("tbody tr").count() > 1
    other = Desk(visit(accept_downloads=True), desk.page.url.removeprefix(desk.visitor.address.rstrip("/")))
    expect(other.results.locator("figure[data-view=timeline][data-drawn]")).to_be_visible()
    with other.page.expect_download() as coming:
        other.results.get_by_role("button", name="Save SVG").click()
    assert coming.value.suggested_filename == "contacts-and-who-took-part-generation-1.svg"
    saved = coming.value.path().read_text(encoding="utf-8")
    assert "Contacts and who took part" in saved
    assert "view=timeline" in saved
    other.page.evaluate(axe)
    for width in (360, 1440):
        other.page.set_viewport_size({"width": width, "height": 800})
        assert other.page.evaluate("document.documentElement.scrollWidth") <= width
        assert complaints(other.page) == []
    other.results.get_by_role("button", name="Table", exact=True).click()
    expect(other.results.locator("figure")).to_have_count(0)
    assert "view=" not in other.page.url


@pytest.mark.parametrize(("view", "query"), DRAWN.items())
def test_each_view_draws_what_a_free_query_gives(visit: Callable[..., Watched], view: str, query: str) -> None:
    desk = Desk(visit(accept_downloads=True), f"/sparql?{urlencode({'query': query, 'view': view})}")
    expect(desk.results.locator(f"figure[data-view={view}][data-drawn]")).to_be_visible()
    with desk.page.expect_download() as coming:
        desk.results.get_by_role("button", name="Save PNG").click()
    assert coming.value.path().read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"


def test_what_allows_no_view_is_a_table_alone_and_a_view_of_a_link_is_no_promise(visit: Callable[..., Watched]) -> None:
    desk = Desk(visit(), f"/sparql?{urlencode({'query': LEADERS, 'view': 'map'})}")
    expect(desk.status).to_contain_text("4 rows")
    assert desk.results.locator("figure").count() == 0
    assert desk.results.get_by_role("group", name="View").count() == 0


def test_paper_has_the_query_and_its_rows_and_no_buttons(desk: Desk) -> None:
    desk.run(CONTACTS)
    expect(desk.status).to_contain_text("rows")
    desk.page.emulate_media(media="print")
    expect(desk.results.get_by_text("# Contacts and who took part")).to_be_visible()
    assert desk.results.locator("tbody tr").first.is_visible()
    assert not any(button.is_visible() for button in desk.page.locator("button:not(.sort)").all())


def test_a_query_too_long_for_an_address_has_none(desk: Desk) -> None:
    desk.run("ASK {}")
    expect(desk.status).to_contain_text("Yes.")
    assert "query=" in desk.page.url
    desk.run(f"# {'long ' * 2000}\nASK {{ FILTER(false) }}")
    expect(desk.status).to_contain_text("No.")
    assert desk.page.url.endswith("/sparql")


def test_an_answer_that_is_cut_off_says_so(desk: Desk) -> None:
    desk.run("SELECT * { ?a ?b ?c . ?d ?e ?f }")
    expect(desk.status).to_contain_text(re.compile(r"The first 12,000 of [0-9,]+ rows\."))


def test_a_query_longer_than_a_small_window_is_scrolled_with_keys(desk: Desk, axe: str) -> None:
    desk.page.set_viewport_size({"width": 320, "height": 400})
    desk.write("# a line\n" * 60 + LEADERS)
    desk.page.evaluate(axe)
    assert complaints(desk.page) == []


def test_a_word_and_a_graph_are_answers_too(desk: Desk) -> None:
    desk.run("ASK {}")
    expect(desk.status).to_contain_text("Yes.")
    desk.run(DIP + "CONSTRUCT WHERE { ?x a dip:Summit }")
    expect(desk.results.locator("pre")).to_contain_text("dip:Summit")
    expect(desk.results.get_by_role("link", name="Turtle")).to_be_visible()


def test_what_was_run_is_kept_on_this_device_until_it_is_forgotten(desk: Desk) -> None:
    desk.run("ASK {}")
    expect(desk.status).to_contain_text("Yes.")
    again = Desk(desk.visitor)
    again.page.get_by_text("Earlier queries (1)").click()
    again.page.get_by_role("button", name="ASK {}").click()
    assert again.text == "ASK {}"
    again.page.get_by_role("button", name="Forget them").click()
    expect(again.page.locator(".earlier")).to_be_hidden()
    assert again.page.evaluate("localStorage.length") == 0


def test_a_link_is_made_to_be_shared(desk: Desk, visit: Callable[..., Watched]) -> None:
    desk.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    desk.write("ASK { <a:ä> ?b ?c }")
    desk.page.get_by_role("button", name="Copy link").click()
    expect(desk.told).to_have_text("The link is copied.")
    link: str = desk.page.evaluate("navigator.clipboard.readText()")
    # What somebody sent is shown, and not kept as if one had asked it.
    other = Desk(visit(), link.removeprefix(desk.visitor.address.rstrip("/")))
    assert other.text == "ASK { <a:ä> ?b ?c }"
    expect(other.results).to_contain_text("No.")
    expect(other.page.locator(".earlier")).to_be_hidden()


def test_the_keyboard_gets_into_the_editor_and_out_again(desk: Desk) -> None:
    desk.code.focus()
    desk.page.keyboard.press("Tab")
    expect(desk.page.get_by_role("button", name="Run")).to_be_focused()
    desk.page.keyboard.press("Shift+Tab")
    expect(desk.code).to_be_focused()


def test_without_scripts_the_form_answers_and_marks_mistakes(visit: Callable[..., Watched]) -> None:
    visitor = visit(java_script_enabled=False)
    visitor.expected.add(400)
    page = visitor.open("/sparql")
    page.get_by_role("textbox", name="Query").fill(LEADERS)
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_role("link", name="Anna Novák")).to_be_visible()
    page.get_by_role("textbox", name="Query").fill("SELECT * {\n ?s ?p\n}")
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_role("alert").locator("mark")).to_have_text("}")


def test_of_a_graph_with_too_many_names_the_server_is_asked(visit: Callable[..., Watched]) -> None:
    visitor = visit()

    def without_names(route: Route) -> None:
        told = route.fetch()
        route.fulfill(response=told, json=told.json() | {"names": None})

    visitor.page.route("**/vocabulary.json", without_names)
    desk = Desk(visitor)
    desk.run(LEADERS)
    expect(desk.results.get_by_role("link", name="Anna Novák")).to_be_visible()
    desk.write("")
    desk.type("SELECT * { ?x ?y novak")
    expect(desk.page.locator(".cm-tooltip-autocomplete li").first).to_contain_text("Anna Novák")
