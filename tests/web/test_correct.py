"""A reader who knows better takes a fact sheet from the page; built with, the page shows both claims."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from kg.cli import group
from kg.config import Limits, Settings
from kg.engine.pool import Pool
from kg.errors import SeedError
from kg.facts.sheet import parse_sheet
from kg.web import create_app
from kg.web.show import kind_words
from kg.web.things import _nameless

HTML = {"Accept": "text/html"}
MEETING = "meeting/2025-06-17-anna-novak-emil-brandt"
REPORT = (
    "Bratislava, Budapest leaders talk on the Danube\n\nBRATISLAVA, June 18, 2025 (Danube Wire) - Slovak Prime "
    "Minister Robert Fico met Hungarian Prime Minister Viktor Orban on Tuesday in Bratislava.\n"
)


@pytest.mark.parametrize(
    "path",
    [MEETING, "planned/clara-rossi-emil-brandt", "agreement/2025-06-17-ARV-BLM-fishery", "summit/lake-forum-2025",
     "tenure/anna-novak-president-ARV", "anniversary/30-ARV-COR-relations"],
)  # fmt: skip
def test_the_sheet_of_every_fact_is_read_as_it_is(client: FlaskClient, path: str) -> None:
    page = client.get(f"/page/{path}", headers=HTML).text
    assert f'href="/correct/{path}.toml"' in page
    for query, changes in (("", True), ("?retract=1", False)):
        response = client.get(f"/correct/{path}.toml{query}")
        assert response.mimetype == "application/toml"
        (curation,) = parse_sheet(response.text, "x.toml").curations
        assert curation.fact == path
        assert bool(curation.changes) is changes


def test_a_sheet_tells_what_the_graph_has(client: FlaskClient) -> None:
    text = client.get(f"/correct/{MEETING}.toml").text
    for line in ('date = "2025-06-17"', '# place = "Seeburg"', '# duration = "PT30M"', '# format = "bilateral"',
                 "# first_meeting = true", '# status = "held"'):  # fmt: skip
        assert f"\n{line}\n" in text


def test_what_the_graph_does_not_tell_is_no_value_of_the_sheet(client: FlaskClient) -> None:
    text = client.get("/correct/tenure/oskar-lind-chancellor-BLM.toml").text
    with pytest.raises(SeedError, match="a correction changes something"):
        parse_sheet(text, "x.toml")
    (curation,) = parse_sheet(text.replace('# end = "2025"', 'end = "2025-01"'), "x.toml").curations
    assert [name for name, _ in curation.changes] == ["end"]


@pytest.mark.parametrize("file", ["leader/anna-novak.toml", MEETING, "meeting/none.toml", "%22%0a.toml"])
def test_what_is_no_fact_has_no_sheet(client: FlaskClient, file: str) -> None:
    assert client.get(f"/correct/{file}").status_code == 404
    assert "/correct/" not in client.get("/page/leader/anna-novak", headers=HTML).text


def test_a_sheet_from_the_page_is_applied_and_the_page_shows_both_claims(tmp_path: Path) -> None:
    """From the page of a meeting through its sheet and another build to the page of the meeting as it is then."""
    sources = tmp_path / "articles"
    sources.mkdir()
    (sources / "danube.txt").write_text(REPORT, encoding="utf-8")
    old = "meeting/2025-06-17-robert-fico-viktor-orban"
    with built(sources, tmp_path / "one") as before:
        sheet = before.get(f"/correct/{old}.toml").text
        withdrawn = before.get(f"/correct/{old}.toml?retract=1").text
    sheet = sheet.replace("your name", "Ida Brandt").replace('date = "2025-06-17"', 'date = "2025-06-16"')
    (sources / "sheet.toml").write_text(sheet, encoding="utf-8")
    with built(sources, tmp_path / "two") as after:
        page = after.get("/page/meeting/2025-06-16-robert-fico-viktor-orban", headers=HTML).text
        assert re.search(r"17 June 2025.*Danube", page, re.DOTALL)
        assert re.search(r"16 June 2025.*Fact sheet by Ida Brandt", page, re.DOTALL)
        assert "Corrected by hand" in page
        assert "why, in a sentence" in page
        gone = after.get(f"/page/{old}", headers=HTML).text
        assert 'It is now <a href="/page/meeting/2025-06-16-robert-fico-viktor-orban">' in gone
    (sources / "sheet.toml").write_text(withdrawn, encoding="utf-8")
    with built(sources, tmp_path / "three") as after:
        page = after.get(f"/page/{old}", headers=HTML).text
        assert_withdrawn(page)


def test_what_no_source_told_is_added_with_the_name_of_who_knows(tmp_path: Path) -> None:
    sources = tmp_path / "articles"
    sources.mkdir()
    (sources / "danube.txt").write_text(REPORT, encoding="utf-8")
    tenure = "tenure/robert-fico-prime-minister-SVK"
    with built(sources, tmp_path / "one") as before:
        sheet = before.get(f"/correct/{tenure}.toml").text
    author = '"Ida </bdi><script>alert(1)</script> \\u202E\\u0007"'
    sheet = sheet.replace('"your name"', author).replace('# start = "2025-06"', 'start = "2023-10-25"')
    (sources / "sheet.toml").write_text(sheet, encoding="utf-8")
    with built(sources, tmp_path / "two") as after:
        page = after.get(f"/page/{tenure}", headers=HTML).text
    assert "2023-10-25" in page
    assert "Corrected by hand" in page
    assert "Ida &lt;/bdi&gt;&lt;script&gt;" in page
    assert not any(text in page for text in ("<script>alert", "\u202e", "\x07"))
    # The correction is told above, and not once more by its number.
    assert "/page/curation/" not in page


@pytest.mark.parametrize(
    ("path", "kind"), [("call/2025-06-17-a-b", "phone call"), ("planned/2025-06-17-a-b", "planned contact")]
)
def test_what_was_withdrawn_is_called_by_its_kind(path: str, kind: str) -> None:
    assert kind_words(_nameless(f"https://example.org/id/{path}", path).kind, 1) == kind


def assert_withdrawn(page: str) -> None:
    """Nothing; the page says who withdrew the fact and why, beside the words of the source."""
    assert "Withdrawn by hand" in page
    assert "why it is wrong altogether" in page
    claims = page[page.index('class="claims"') : page.index("</section>")]
    assert re.search(r"(?s)<li>.*Fico.*says.*/page/article/.*<li>.*withdrawn.*says.*Fact sheet by", claims)
    assert "<bdi>Robert Fico Viktor Orban, 17 June 2025</bdi></h1>" in page
    assert "/correct/" not in page


class built:  # noqa: N801  # used as the verb of a sentence
    """Within, the pages over the graph of some sources."""

    def __init__(self, sources: Path, store: Path) -> None:
        outcome = CliRunner().invoke(group, ["build", str(sources), "--store", str(store)])
        assert outcome.exit_code == 0, outcome.output
        limits = Limits(workers=1)
        self._pool = Pool(store, limits)
        self._app = create_app(Settings(store=store, limits=limits), self._pool, today=lambda: dt.date(2026, 11, 22))

    def __enter__(self) -> FlaskClient:
        return self._app.test_client()

    def __exit__(self, *_: object) -> None:
        self._pool.close()
