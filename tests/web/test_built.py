"""The scripts of the pages: sent to be kept, linked from every page, never needed; a page's first view stays light."""

from __future__ import annotations

import dataclasses
import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kg.cli import serving
from kg.web.built import FOLDER, Built
from kg.web.site import KEY
from tests.required import SCRIPTS, missing

PAGES = ("/", "/sparql", "/queries/", "/queries/who-met-at-summit", "/search?q=nov", "/ontology", "/exports/")
MOST_COMPRESSED = 150_000
MANIFEST = """{
  "main": {"script": "main-AB.js", "needs": ["shared-CD.js"]},
  "editor": {"script": "editor-EF.js", "needs": ["shared-CD.js", "words-GH.js"]},
  "style": {"style": "style-IJ.css"}
}"""


def asked_for(page: str) -> list[str]:
    """The scripts that a browser fetches for the first view of a page."""
    return list(dict.fromkeys(re.findall(r'<(?:script|link rel="modulepreload")[^>]* (?:src|href)="([^"]+)"', page)))


@pytest.fixture
def told(client: FlaskClient, tmp_path: Path) -> Iterator[FlaskClient]:
    """The site with other scripts: what their files hold is their name."""
    (tmp_path / "manifest.json").write_text(MANIFEST, encoding="utf-8")
    for name in ("main-AB.js", "shared-CD.js", "editor-EF.js", "words-GH.js", "style-IJ.css", "licences.txt"):
        (tmp_path / name).write_text(f"/* {name} */", encoding="utf-8")
    yield from with_scripts(client, Built.read(tmp_path))


@pytest.fixture
def plain(client: FlaskClient, tmp_path: Path) -> Iterator[FlaskClient]:
    """The site as it is where the scripts were never bundled."""
    yield from with_scripts(client, Built.read(tmp_path / "nothing"))


def with_scripts(client: FlaskClient, built: Built) -> Iterator[FlaskClient]:
    kept = client.application.extensions[KEY]
    client.application.extensions[KEY] = dataclasses.replace(kept, built=built)
    yield client
    client.application.extensions[KEY] = kept


@pytest.mark.parametrize("page", PAGES)
def test_without_scripts_a_page_asks_for_none(plain: FlaskClient, page: str) -> None:
    shown = plain.get(page, headers={"Accept": "text/html"})
    assert shown.status_code == 200
    assert "<script" not in shown.text
    assert "/static/built/" not in shown.text


@pytest.mark.parametrize("page", PAGES)
def test_a_page_fetches_its_scripts_side_by_side_and_links_their_licences(told: FlaskClient, page: str) -> None:
    shown = told.get(page, headers={"Accept": "text/html"}).text
    assert '<script type="module" src="/static/built/main-AB.js"></script>' in shown
    assert {"/static/built/main-AB.js", "/static/built/shared-CD.js"} <= set(asked_for(shown))
    assert 'href="/static/built/style-IJ.css"' in shown
    assert 'href="/static/built/licences.txt"' in shown


def test_whoever_starts_a_server_whose_pages_are_plain_is_told_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("kg.web.built.FOLDER", tmp_path)
    serving._tell_of_scripts()
    assert "the pages are plain" in capsys.readouterr().err
    (tmp_path / "manifest.json").write_text(MANIFEST, encoding="utf-8")
    serving._tell_of_scripts()
    assert capsys.readouterr().err == ""


def test_what_is_bundled_meanwhile_leaves_a_running_server_as_it_is(told: FlaskClient, tmp_path: Path) -> None:
    (tmp_path / "main-AB.js").unlink()
    assert told.get("/static/built/main-AB.js").status_code == 200


def test_a_script_is_kept_for_ever_and_the_licences_are_asked_for_anew(told: FlaskClient) -> None:
    script = told.get("/static/built/main-AB.js")
    assert script.text == "/* main-AB.js */"
    assert script.content_type == "text/javascript; charset=utf-8"
    assert "immutable" in script.headers["Cache-Control"]
    licences = told.get("/static/built/licences.txt")
    assert licences.content_type == "text/plain; charset=utf-8"
    assert "immutable" not in licences.headers["Cache-Control"]


@pytest.mark.parametrize("name", ["manifest.json", "main-XY.js", "..%2F..%2Fapp.py", "%2e%2e", ".hidden"])
def test_what_is_no_such_file_is_not_there(told: FlaskClient, name: str) -> None:
    assert told.get(f"/static/built/{name}").status_code == 404


def test_scripts_come_from_here_only_and_never_from_within_a_page(client: FlaskClient) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'; connect-src 'self'; style-src 'self';" in policy
    assert "unsafe" not in policy


def test_a_page_with_views_is_light_whatever_is_drawn_on_it() -> None:
    built = Built.read(FOLDER)
    if not built:
        missing(SCRIPTS)
    for parts in (("network", "timeline", "bars"), ("map",), ("editor",)):
        sizes = {
            name: len(gzip.compress(built.files[name], 5)) for name in built.ahead("main", "rows", "suggest", *parts)
        }
        assert sum(sizes.values()) <= MOST_COMPRESSED, (parts, sizes)


@pytest.mark.parametrize("page", PAGES)
def test_the_first_view_of_a_page_is_light(client: FlaskClient, page: str) -> None:
    if not Built.read(FOLDER):
        missing(SCRIPTS)
    shown = client.get(page, headers={"Accept": "text/html"}).text
    scripts = asked_for(shown)
    assert scripts
    sizes = {name: len(gzip.compress(client.get(name).data, 5)) for name in scripts}
    assert sum(sizes.values()) <= MOST_COMPRESSED, sizes
