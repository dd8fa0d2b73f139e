"""The drawn views of answers: they hold what their tables hold, can be taken away whole, and are never needed."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest
from playwright.sync_api import Page, Route, expect

from kg.store.generation import publish
from kg.store.prefixes import DIP, RDF, RDFS, XSD
from tests.browser.conftest import Watched
from tests.browser.test_pages import complaints
from tests.serving import ROOT, served

pytestmark = [pytest.mark.browser, pytest.mark.server, pytest.mark.usefixtures("scripted")]

SAMPLE = ROOT / "tests" / "queries" / "sample.ttl"
ID = "https://w3id.org/diplomacy-kg/id/"
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '<script>alert("1")</script><img src=x onerror=alert(2)>'
CROWD = 26
VIEWS = {
    "network": "/queries/who-met-at-summit?summit=lake-forum-2025",
    "bars": "/queries/counterparts?leader=anna-novak",
    "timeline": "/queries/contacts-in-period?from=2025-06-01",
    "map": "/queries/meetings-by-place",
}
SIGNS = {"network": "circle", "bars": "rect", "timeline": "a", "map": "a"}


def crowd() -> Iterator[ox.Quad]:
    """A summit at which each of many met each, one of them with a name that would be a script."""

    def say(subject: str, predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Quad:
        return ox.Quad(ox.NamedNode(ID + subject), ox.NamedNode(predicate), value)

    day = ox.Literal("2024-03-05", datatype=ox.NamedNode(XSD + "date"))
    summit = "summit/crowd-2024"
    yield say(summit, RDF + "type", ox.NamedNode(DIP + "Summit"))
    yield say(summit, RDFS + "label", ox.Literal("Crowd 2024"))
    for number in range(CROWD):
        yield say(f"leader/guest-{number}", RDF + "type", ox.NamedNode(DIP + "Leader"))
        yield say(f"leader/guest-{number}", RDFS + "label", ox.Literal(f"Guest {number}" if number else HOSTILE))
    for one, other in itertools.combinations(range(CROWD), 2):
        meeting = f"meeting/crowd-{one}-{other}"
        yield say(meeting, RDF + "type", ox.NamedNode(DIP + "Meeting"))
        yield say(meeting, DIP + "onMarginsOf", ox.NamedNode(ID + summit))
        for guest in (one, other):
            yield say(meeting, DIP + "participant", ox.NamedNode(f"{ID}leader/guest-{guest}"))
        for predicate in ("date", "earliest", "latest"):
            yield say(meeting, DIP + predicate, day)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The real server over the invented world and a crowd."""
    store = tmp_path_factory.mktemp("store")
    publish(store, itertools.chain(ox.parse(path=SAMPLE, format=ox.RdfFormat.TURTLE), crowd()))
    with served(store, "--query-timeout", "60") as address:
        yield address


def drawn(visitor: Watched, path: str, view: str) -> Page:
    """The page, once the view on it is drawn."""
    page = visitor.open(path)
    page.wait_for_selector(f"figure[data-view={view}][data-drawn]")
    return page


def saved(page: Page, kind: str, folder: Path) -> Path:
    """The file that a click saves."""
    with page.expect_download() as coming:
        page.get_by_role("button", name=f"Save {kind}").first.click()
    file = folder / coming.value.suggested_filename
    coming.value.save_as(file)
    return file


def rows(page: Page) -> int:
    return page.locator("table#answer tbody tr").count()


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_shows_what_its_table_holds_and_says_so_in_words(visit: Callable[..., Watched], view: str) -> None:
    page = drawn(visit(), VIEWS[view], view)
    figure = page.locator(f"figure[data-view={view}]")
    told = figure.locator("[aria-details=answer]")
    assert re.match(r"(Network|Bar chart|Timeline|Map) of \d+ ", told.get_attribute("aria-label") or "")
    assert told.get_attribute("aria-describedby") == "answer-caption"
    assert page.locator("table#answer").is_visible()
    if view == "network":
        assert told.get_attribute("role") == "img"
        assert figure.locator("canvas").count() > 0
        assert figure.get_by_label("Highlight").locator("option").count() == 4
    elif view == "bars":
        assert figure.locator("svg rect.mark").count() == 2 * rows(page)
    else:
        assert figure.locator("svg a").count() == rows(page)


def test_where_all_are_linked_with_all_every_name_has_its_room(visit: Callable[..., Watched], tmp_path: Path) -> None:
    page = drawn(visit(accept_downloads=True), "/queries/who-met-at-summit?summit=crowd-2024", "network")
    picture = ET.parse(saved(page, "SVG", tmp_path))
    told = {"".join(text.itertext()) for text in picture.iter(f"{SVG}text")}
    assert {f"Guest {number}" for number in range(1, CROWD)} <= told
    dots = [tuple(float(dot.attrib[name]) for name in ("cx", "cy", "r")) for dot in picture.iter(f"{SVG}circle")]
    assert len(dots) == CROWD
    for (x, y, r), (x2, y2, r2) in itertools.combinations(dots, 2):
        assert (x - x2) ** 2 + (y - y2) ** 2 > (r + r2) ** 2


@pytest.mark.parametrize("view", VIEWS)
def test_a_picture_stands_by_itself_and_can_be_cited(visit: Callable[..., Watched], tmp_path: Path, view: str) -> None:
    page = drawn(visit(accept_downloads=True), VIEWS[view], view)
    file = saved(page, "SVG", tmp_path)
    title = page.locator("h1").inner_text()
    picture = ET.parse(file).getroot()
    said = [text for node in picture.iter(SVG + "text") for text in node.itertext()]
    assert file.name.endswith("-generation-1.svg")
    assert said[0] == title
    assert any(re.match(r"Diplomacy KG, generation 1, built \d+ \w+ \d{4}\.", text) for text in said)
    assert page.url in said
    assert picture.find(f".//{SVG}{SIGNS[view]}") is not None
    assert "var(" not in file.read_text(encoding="utf-8")
    png = saved(page, "PNG", tmp_path)
    assert png.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    sides = [int.from_bytes(png.read_bytes()[at : at + 4]) for at in (16, 20)]
    assert sides == [2 * int(picture.attrib[side]) for side in ("width", "height")]
    assert png.stat().st_size > 10_000, "the picture is empty"


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_is_open_to_all_on_a_phone_and_a_desk_in_light_and_dark(
    visit: Callable[..., Watched], axe: str, view: str
) -> None:
    page = drawn(visit(viewport={"width": 1440, "height": 900}), VIEWS[view], view)
    page.evaluate(axe)
    for width, scheme in itertools.product((1440, 360), ("light", "dark")):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert complaints(page) == [], f"{view}, {width} px, {scheme}"


@pytest.mark.parametrize("view", VIEWS)
def test_without_scripts_the_table_is_all(visit: Callable[..., Watched], view: str) -> None:
    page = visit(java_script_enabled=False).open(VIEWS[view])
    assert page.locator("figure[data-view]").is_hidden()
    assert rows(page) > 0


@pytest.mark.parametrize("view", ["network", "bars", "timeline"])
def test_a_name_that_would_be_a_script_is_a_name(visit: Callable[..., Watched], tmp_path: Path, view: str) -> None:
    path = {
        "network": "/queries/who-met-at-summit?summit=crowd-2024",
        "bars": "/queries/counterparts?leader=guest-3",
        "timeline": "/queries/meetings-of-leader?leader=guest-1",
    }[view]
    page = drawn(visit(accept_downloads=True), path, view)
    assert page.locator("figure script, figure img").count() == 0
    text = saved(page, "SVG", tmp_path).read_text(encoding="utf-8")
    assert "&lt;script&gt;" in text
    assert "<script" not in text
    assert "<img" not in text


def test_a_network_has_all_rows_though_the_page_has_a_part_of_them(
    visit: Callable[..., Watched], tmp_path: Path
) -> None:
    page = drawn(visit(accept_downloads=True), "/queries/who-met-at-summit?summit=crowd-2024", "network")
    every = CROWD * (CROWD - 1) // 2
    assert rows(page) < every
    picture = ET.parse(saved(page, "SVG", tmp_path)).getroot()
    assert len(picture.findall(f".//{SVG}line[@class='mark']")) == every
    assert len(picture.findall(f".//{SVG}circle")) == CROWD


@pytest.mark.parametrize("number", [1, 2])
def test_bars_are_the_first_of_all_rows_on_every_page_and_say_of_how_many(
    visit: Callable[..., Watched], number: int
) -> None:
    visitor = visit()
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url))
    page = drawn(visitor, f"/queries/counterparts?page={number}", "bars")
    # They are on the first page already.
    assert [".json" in url for url in asked].count(True) == number - 1
    figure = page.locator("figure[data-view=bars]")
    expect(figure.locator("figcaption")).to_have_text(re.compile(r"The first 60 of 3\d\d rows are drawn\."))
    assert figure.locator("svg rect.mark").count() == 2 * 60
    expect(figure.locator("svg text").nth(2)).to_contain_text("Novák")


def test_a_map_without_a_place_that_it_knows_says_so(visit: Callable[..., Watched]) -> None:
    visitor = visit()
    visitor.page.route("**/queries/meetings-by-place", without_degrees)
    page = drawn(visitor, VIEWS["map"], "map")
    expect(page.locator("figure figcaption")).to_contain_text("cannot be drawn, as nobody has told where")


def without_degrees(route: Route) -> None:
    """The page as it is over a graph that does not say where places lie."""
    told = route.fetch()
    route.fulfill(response=told, body=re.sub(r'(data-title="(?:lat|long)"[^>]*>).*?</td>', r"\1</td>", told.text()))


def test_a_network_is_looked_at_with_the_keyboard_alone(visit: Callable[..., Watched]) -> None:
    page = drawn(visit(), VIEWS["network"], "network")
    choice = page.get_by_label("Highlight")
    choice.focus()
    page.keyboard.type("Anna")
    expect(page.locator("figure .spoken")).to_contain_text("Anna Novák:")
    told = page.locator("figure .spoken").inner_text()
    assert re.fullmatch(r"Anna Novák: \d meetings?, with .*Emil Brandt \(\d\).*\.", told)
    page.get_by_role("link", name="Open the page").press("Enter")
    page.wait_for_url("**/page/leader/anna-novak")


def test_a_network_moves_and_grows_with_keys_and_buttons(visit: Callable[..., Watched]) -> None:
    page = drawn(visit(), VIEWS["network"], "network")
    stage = page.locator("figure .stage")
    looks = [stage.screenshot()]
    stage.focus()
    for key in ("+", "ArrowLeft", "0"):
        page.keyboard.press(key)
        page.wait_for_timeout(200)
        looks.append(stage.screenshot())
    assert len({looks[0], looks[1], looks[2]}) == 3
    page.get_by_role("button", name="Closer").click()
    page.wait_for_timeout(200)
    assert stage.screenshot() != looks[3]


def test_a_timeline_is_one_stop_of_the_tabulator_and_arrows_lead_on(visit: Callable[..., Watched]) -> None:
    page = drawn(visit(), VIEWS["timeline"], "timeline")
    marks = page.locator("figure svg a")
    assert page.locator("figure svg a[tabindex='0']").count() == 1
    marks.first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("End")
    assert marks.last.evaluate("mark => mark === document.activeElement")
    page.keyboard.press("Enter")
    page.wait_for_url("**/page/**")


def test_a_map_is_looked_at_closer_and_as_a_whole_again(visit: Callable[..., Watched]) -> None:
    page = drawn(visit(), VIEWS["map"], "map")
    land = page.locator("figure .land")
    before = land.get_attribute("d") or ""
    page.get_by_role("button", name="Closer").click()
    expect(land).not_to_have_attribute("d", before)
    page.get_by_role("button", name="All of the map").click()
    expect(land).to_have_attribute("d", before)


def test_pictures_are_as_light_or_dark_as_the_page(visit: Callable[..., Watched], tmp_path: Path) -> None:
    papers = set()
    for scheme in ("light", "dark"):
        page = drawn(visit(color_scheme=scheme, accept_downloads=True), VIEWS["bars"], "bars")
        picture = ET.parse(saved(page, "SVG", tmp_path)).getroot()
        papers.add(next(picture.iter(SVG + "rect")).attrib["fill"])
    assert papers == {"#fbfaf7", "#14181a"}


def test_paper_has_the_drawing_and_not_its_buttons(visit: Callable[..., Watched]) -> None:
    page = drawn(visit(), VIEWS["network"], "network")
    page.pdf()
    page.emulate_media(media="print")
    assert page.locator("figure svg.printed circle").count() > 0
    assert page.locator("figure svg.printed").is_visible()
    assert page.locator("figure .view-tools").is_hidden()


def test_paper_has_the_drawings_that_nobody_scrolled_to(visit: Callable[..., Watched]) -> None:
    page = visit(viewport={"width": 1200, "height": 300}).open("/page/leader/guest-2")
    network = page.locator("figure[data-view=network]")
    page.wait_for_function("performance.getEntriesByType('resource').some(one => one.name.includes('/network-'))")
    page.wait_for_load_state("networkidle")
    assert network.locator("canvas, svg").count() == 0
    assert page.evaluate("scrollY") == 0
    for _ in range(2):
        page.pdf()
    assert network.locator("svg.printed").count() == 1
    assert network.locator("svg.printed circle").count() > 10
    assert page.locator("figure[data-view]:not([data-drawn], [hidden])").count() == 0
    assert page.get_by_text("printed before it was drawn").count() == 0


def test_paper_says_where_a_drawing_that_was_not_ready_stands(visit: Callable[..., Watched]) -> None:
    visitor = visit(viewport={"width": 1200, "height": 300})
    page = visitor.page
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/static/built/network-*.js", hold)
    page.goto(f"{visitor.address}page/leader/guest-2")
    network = page.locator("figure[data-view=network]")
    page.wait_for_function("!document.querySelector('figure[data-view=network]').hidden")
    page.pdf()
    page.emulate_media(media="print")
    expect(network).to_have_text(re.compile("^This was printed before it was drawn"))
    page.emulate_media(media="screen")
    expect(network.get_by_text("printed before")).to_be_hidden()
    network.scroll_into_view_if_needed()
    while not held:
        page.wait_for_timeout(50)
    held[0].continue_()
    page.wait_for_selector("figure[data-view=network][data-drawn]")
    expect(network.get_by_text("printed before")).to_have_count(0)


def test_paper_has_how_a_page_is_cited_and_nothing_that_leads_on(visit: Callable[..., Watched]) -> None:
    page = visit(java_script_enabled=False).open("/page/leader/anna-novak")
    page.emulate_media(media="print")
    assert page.locator(".citation").is_visible()
    assert [page.get_by_role("heading", name=name).count() for name in ("Cite this", "Ask further")] == [1, 0]


@pytest.mark.parametrize(
    ("path", "views"), [("leader/guest-2", {"timeline", "network"}), ("summit/crowd-2024", {"network"})]
)
def test_pages_of_things_have_their_views(visit: Callable[..., Watched], path: str, views: set[str]) -> None:
    page = visit(viewport={"width": 1200, "height": 5000}).open(f"/page/{path}")
    for view in views:
        page.locator(f"figure[data-view={view}]").first.scroll_into_view_if_needed()
        page.wait_for_selector(f"figure[data-view={view}][data-drawn]")


def test_what_cannot_be_drawn_is_a_table_and_no_empty_frame(visit: Callable[..., Watched]) -> None:
    page = visit().open("/queries/meetings-per-month?leader=guest-4")
    page.wait_for_selector("figure[data-view=bars]", state="hidden")
    assert rows(page) == 1
    assert page.locator("figure[data-view=bars]").is_hidden()


def test_a_view_is_fetched_only_where_it_is_seen(visit: Callable[..., Watched]) -> None:
    visitor = visit()
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url))
    visitor.open("/")
    assert not any(re.search(r"/(network|map|bars|timeline)-", url) for url in asked)
    drawn(visitor, VIEWS["bars"], "bars")
    assert [url for url in asked if re.search(r"/(network|map|timeline)-", url)] == []


def column(page: Page, place: int) -> list[str]:
    """What stands in a column of the answer, where the rows are to be seen."""
    return page.locator(f"table#answer tbody tr:not([hidden]) td:nth-child({place})").all_inner_texts()


def test_a_table_is_sorted_by_its_headings_with_the_keyboard_and_says_how(visit: Callable[..., Watched]) -> None:
    page = visit().open("/queries/counterparts")
    head = page.get_by_role("columnheader", name="meetings")
    before = column(page, 3)
    head.get_by_role("button").focus()
    page.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "ascending")
    assert column(page, 3) == sorted(before, key=int) != before
    page.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "descending")
    assert column(page, 3) == sorted(before, key=int, reverse=True)
    page.get_by_role("columnheader", name="counterpart").get_by_role("button").click()
    assert page.locator("th[aria-sort]").count() == 1
    guests = [name for name in column(page, 2) if name.startswith("Guest ")]
    assert guests == sorted(guests, key=lambda name: int(name.split()[1]))
    assert page.get_by_role("columnheader", name="says so").get_by_role("button").count() == 0
    lead = page.locator("table#answer tbody tr").first
    assert all(name in lead.inner_text() for name in (column(page, 1)[0], column(page, 2)[0]))


def test_a_part_of_an_answer_is_sorted_and_searched_and_says_that_it_is_a_part(visit: Callable[..., Watched]) -> None:
    page = visit().open("/queries/who-met-at-summit?summit=crowd-2024")
    told = page.locator(".tools")
    expect(told).to_contain_text("Sorting and searching are for the 200 rows of this page, of 325.")
    page.get_by_label("Only rows with").fill("GUEST 25")
    expect(told).to_contain_text(re.compile(r"\d+ rows of 200 with “guest 25”"))
    assert all("Guest 25" in one + other for one, other in zip(column(page, 1), column(page, 2), strict=True))
    page.get_by_role("link", name="Next").click()
    page.get_by_role("link", name="All of them in the editor").click()
    expect(page.locator("#results").get_by_role("status").first).to_contain_text("325 rows")


def test_on_a_phone_the_headings_are_what_cards_are_sorted_by(visit: Callable[..., Watched], axe: str) -> None:
    page = visit(viewport={"width": 360, "height": 800}).open("/queries/counterparts")
    button = page.get_by_role("columnheader", name="meetings").get_by_role("button")
    button.click()
    box = button.bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 24
    assert box["x"] + box["width"] <= 360
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.evaluate(axe)
    assert complaints(page) == []


def test_without_scripts_headings_are_headings(visit: Callable[..., Watched]) -> None:
    page = visit(java_script_enabled=False).open("/queries/counterparts")
    assert page.locator("th button, .tools").count() == 0
