"""What people come for, from the first page to the sentence that says so, with scripts and without."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pyoxigraph as ox
import pytest
from playwright.sync_api import Locator, Page, expect

from kg.store.generation import publish
from tests.browser.conftest import Watched
from tests.serving import served

pytestmark = [pytest.mark.browser, pytest.mark.server]

DIP = "https://w3id.org/diplomacy-kg/ns#"
RDF_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
LABEL = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
BASE = "https://w3id.org/diplomacy-kg/id/"
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])


@SCRIPTS
def test_from_a_leader_to_the_meeting_its_sentence_and_its_article(
    visit: Callable[..., Watched], scripts: object
) -> None:
    page = visit(java_script_enabled=scripts).open("/")
    page.get_by_role("searchbox").last.fill("novák anna")
    page.keyboard.press("Enter")
    # More things bear the name than she: her tenure does, and her meetings.
    page.locator("main").get_by_role("link", name="Anna Novák", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Anna Novák")
    page.locator("main a[href*='/page/meeting/2025-06-17']").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Emil Brandt")
    quote = page.locator("blockquote").first
    expect(quote).to_be_visible()
    page.locator("main a[href*='/page/article/']").first.click()
    expect(page).to_have_url(re.compile("/page/article/"))


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with more leaders, and places of the same names, than a list holds."""
    store = tmp_path_factory.mktemp("many")
    quads = []
    for number in range(300):
        for kind in ("Leader", "Place"):
            thing = ox.NamedNode(f"{BASE}{kind.lower()}/zz-{number}")
            quads.append(ox.Quad(thing, RDF_TYPE, ox.NamedNode(f"{DIP}{kind}")))
            quads.append(ox.Quad(thing, LABEL, ox.Literal(f"Zz {'Person' if kind == 'Leader' else 'Town'} {number}")))
    publish(store, quads)
    with served(store) as address:
        yield address


def offered(page: Page, box: Locator) -> Locator:
    return page.locator(f"datalist#{box.get_attribute('list')} option")


def test_typing_a_name_offers_what_the_search_finds(visit: Callable[..., Watched]) -> None:
    page = visit().open("/")
    box = page.locator("#q")
    before = offered(page, box).count()
    box.press_sequentially("novak")
    # A browser shows what holds the very letters, which the name with its accent does not.
    expect(offered(page, box).filter(has_text="leader · “novak”")).to_have_attribute("value", "Anna Novák")
    box.fill("")
    expect(offered(page, box)).to_have_count(before)
    box.fill("Anna Novák")
    page.keyboard.press("Enter")
    expect(page.locator("main a[href='/page/leader/anna-novak']").first).to_be_visible()


def test_typing_into_a_form_offers_things_that_fit_it(visit: Callable[..., Watched], many: str) -> None:
    page = visit(many).open("/queries/meetings-of-leader")
    box = page.get_by_label("Leader")
    assert offered(page, box).count() == 200
    box.press_sequentially("zz 299")
    expect(offered(page, box)).to_have_count(1)
    expect(offered(page, box)).to_have_attribute("value", "Zz Person 299")
    box.fill("Zz Person 299")
    page.get_by_role("button", name="Ask").click()
    expect(page).to_have_url(re.compile("leader=Zz"))
    expect(page.get_by_role("status")).to_contain_text("No answer")


@SCRIPTS
def test_a_saved_question_is_asked_with_a_value_from_its_list(visit: Callable[..., Watched], scripts: object) -> None:
    page = visit(java_script_enabled=scripts).open("/queries/")
    page.locator("main a[href*='/queries/who-met-at-summit']").first.click()
    page.get_by_role("combobox", name="Summit").select_option(label="Lake Forum 2025")
    page.get_by_role("button", name="Ask").click()
    expect(page).to_have_url(re.compile("summit="))
    expect(page.locator("main table")).to_contain_text("Anna Novák")
    page.locator("main table a[href*='/page/meeting/']").first.click()
    expect(page.locator("blockquote").first).to_be_visible()
