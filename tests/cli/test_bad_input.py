"""A folder of bad files, through the real command line: each is named with its reason, the rest is built, all is inert.

And a build that fails leaves the graph that is served as it was.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from rdflib import Graph

from kg.config import Limits, Settings
from kg.engine.pool import Pool
from kg.store.generation import Generation, current, verify
from kg.web import create_app

HOSTILE = 'Novak says """ > . <urn:x> <urn:x> . } <script>alert(1)</script> {{ 7*7 }} \x07\u202eevil\u2066 in Lima'
GOOD = (
    "LIMA, May 28, 2025 (Andes Wire) - Chilean President Anna Novak met Peruvian President Juan Horvat in Lima on "
    "Wednesday.\nThe two leaders agreed to open a rail link across the border.\n"
)
NAME = 'Mia """ > . <urn:x> } <script>alert(2)</script> \\ Lund'
AUTHOR = 'Ida <script>alert(3)</script> "Brandt"'
BULLETIN = 'Bulletin """ > . <urn:x> }'
SHEET = f"""
[sheet]
author = {json.dumps(AUTHOR)}
source = {json.dumps(BULLETIN)}
[[leaders]]
name = {json.dumps(NAME)}
office = "President"
country = "CHL"
[[contacts]]
kind = "meeting"
status = "held"
participants = ["Juan Horvat", {json.dumps(NAME)}]
date = "2025-05-29"
place = "Lima'; DROP ALL; <b>"
"""
BAD = {
    "empty.txt": (b"", "empty"),
    "binary.txt": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary"),
    "huge.txt": (b"The leaders met. " * 600_000, "too large"),
    "latin.txt": ("Der Präsident empfing den König.\nSie sprachen über Öl.\n".encode("latin-1"), "cannot be decoded"),
    "table.csv": (b"who,whom\nNovak,Horvat\n", "unknown format"),
    "list.txt": (b"eggs\nmilk\ntea\n", "no sentence"),
    "broken.toml": (b"[sheet\nauthor = 'A'\n", "not TOML"),
    "slip.toml": (b"[sheet]\nauthor = 'A'\nsource = 'B'\nmood = 'gay'\n", "unknown key 'mood'"),
    "broken.jsonl": (b'{"article": \n', "not JSON"),
}
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture(scope="module")
def built(kg, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The store of a folder of bad files with two good ones among them, and what the build said."""
    folder = tmp_path_factory.mktemp("bad")
    for name, (content, _) in BAD.items():
        (folder / name).write_bytes(content)
    (folder / "good.txt").write_text(f"{HOSTILE}\n{GOOD}", encoding="utf-8")
    (folder / "sheet.toml").write_text(SHEET, encoding="utf-8")
    store = folder.parent / "bad-store"
    return store, kg("build", folder, "--store", store, status=3).stderr


@pytest.fixture(scope="module")
def client(built: tuple[Path, str]) -> Iterator[FlaskClient]:
    limits = Limits(seconds=10, workers=1)
    with Pool(built[0], limits) as pool:
        yield create_app(Settings(store=built[0], limits=limits), pool, today=lambda: dt.date(2026, 1, 1)).test_client()


@pytest.mark.parametrize("name", list(BAD))
def test_each_bad_file_is_named_with_its_reason(built, name):
    [line] = [line for line in built[1].splitlines() if name in line]
    assert line.startswith("rejected: ")
    assert BAD[name][1] in line


def test_the_rest_is_built(kg, built):
    told = json.loads(kg("stats", "--store", built[0], "--format", "json").stdout)["classes"]
    assert told["Meeting"] == 2
    assert told["Article"] == 2
    kg("check", "--store", built[0])
    assert "Anna Novak met Peruvian President Juan Horvat" in " ".join(
        kg("why", "meeting/2025-05-28-anna-novak-juan-horvat", "--store", built[0]).stdout.split()
    ).replace("Chilean President ", "")


@pytest.mark.parametrize("form", ["turtle", "ntriples", "nquads", "trig", "jsonld", "rdfxml"])
def test_what_is_hostile_stays_text_in_every_export(kg, built, tmp_path, form):
    file = tmp_path / "graph"
    kg("export", "--store", built[0], "--format", form, "-o", file)
    assert not UNFIT.search(file.read_text(encoding="utf-8"))
    if form == "turtle":
        graph = Graph().parse(file)
        assert any("<urn:x> <urn:x>" in str(text) for text in graph.objects())
        assert "urn:x" not in {str(term) for triple in graph for term in triple}
        quads = list(ox.parse(file.read_bytes(), format=ox.RdfFormat.TURTLE))
        assert len(quads) == len(graph)


@pytest.mark.parametrize("path", ["/", "/queries/who-met-at-summit", "/queries/articles-on-event", "/queries/evidence"])
def test_what_is_hostile_stays_text_on_pages(client, path):
    _is_inert(client.get(path).text)


def test_what_is_hostile_stays_text_on_the_pages_of_things(kg, built, client):
    whole = kg("export", "--store", built[0], "--format", "ntriples").stdout
    things = sorted(
        set(re.findall(r"^<[^>]*/id/((?:article|evidence|leader|meeting|place)/[^>]*)>", whole, re.MULTILINE))
    )
    shown = [client.get(f"/page/{thing}") for thing in things]
    assert {page.status_code for page in shown} == {200}
    assert any("&lt;script&gt;" in page.text for page in shown)
    for page in shown:
        _is_inert(page.text)


def _is_inert(html: str) -> None:
    # As text of the page, or within its data, where no sign can end the element.
    assert "alert(" not in re.sub(r"(&lt;script&gt;|\\u003cscript\\u003e)alert\(", "", html)
    assert "<b>" not in html
    assert not UNFIT.search(html)


def test_a_hostile_parameter_asks_nothing_else(kg, built):
    before = kg("stats", "--store", built[0]).stdout
    for value in ('""" } DROP ALL #', "> . <urn:y>", "\u202e}", "<img>;"):
        asked = kg("query", "meetings-of-leader", "--param", f"leader={value}", "--store", built[0], status=2)
        assert not asked.stdout
    assert kg("stats", "--store", built[0]).stdout == before


def test_a_hostile_article_goes_through_every_form_of_extract(kg, tmp_path):
    article, sheet = tmp_path / "hostile.txt", tmp_path / "hostile.toml"
    article.write_text(f"{HOSTILE}\n{GOOD}", encoding="utf-8")
    for form in ("table", "jsonl", "turtle"):
        kg("extract", article, "--format", form)
    sheet.write_text(kg("extract", article, "--format", "toml").stdout, encoding="utf-8")
    kg("build", sheet, "--store", tmp_path / "store")


# --- builds that fail


@pytest.fixture(scope="module")
def served(kg, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a graph in it, which every failure here leaves as it is; its article lies beside it."""
    folder = tmp_path_factory.mktemp("served")
    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    kg("build", folder / "good.txt", "--store", folder / "store")
    return folder / "store"


@pytest.fixture
def unchanged(kg, served: Path) -> Iterator[None]:
    """The store answers after the test as it did before."""
    before = state(kg, served)
    yield
    assert state(kg, served) == before


def state(kg, store: Path) -> tuple[Generation, list[str], str]:
    """The live generation, everything that lies in the store, and what it answers."""
    generation = current(store)
    verify(generation)
    asked = kg("query", "counterparts", "--store", store, "--format", "csv").stdout
    assert "Juan Horvat" in asked
    return generation, sorted(str(file) for file in store.rglob("*") if not file.name.startswith("LO")), asked


@pytest.mark.usefixtures("unchanged")
def test_a_sheet_that_breaks_the_rules_of_the_graph_changes_nothing(kg, served, tmp_path):
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(
        "[sheet]\nauthor = 'A'\nsource = 'B'\n[[tenures]]\nholder = 'Mia Lund'\noffice = 'President'\ncountry = 'CHL'\n"
        "start_earliest = 2024-05-02\nstart_latest = 2024-05-01\n"
    )
    said = kg("build", served.parent / "good.txt", wrong, "--store", served, status=4).stderr
    assert "not published" in said


@pytest.mark.usefixtures("unchanged")
def test_a_source_that_is_not_there_changes_nothing(kg, served, tmp_path):
    kg("build", tmp_path / "nothing", "--store", served, status=2)


@pytest.mark.usefixtures("unchanged")
def test_a_full_disk_changes_nothing(served, root):
    def small_files() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

    command = [sys.executable, "-c", "from kg.cli import main; main()", "build", served.parent / "good.txt"]
    done = subprocess.run(
        [*command, "--store", served], env={"PYTHONPATH": str(root)}, preexec_fn=small_files, check=False,
        capture_output=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 1
    assert b"could not be written" in done.stderr


def test_a_store_where_nothing_can_be_written_is_told(kg, tmp_path):
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    said = kg("build", tmp_path / "good.txt", "--store", tmp_path / "good.txt" / "store", status=1).stderr
    assert said.startswith("kg: nothing can be written in ")


def test_a_saved_question_that_is_none_is_named_and_the_others_are_there(kg, root, tmp_path):
    for folder in ("kg", "queries"):
        shutil.copytree(root / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "queries" / "mine.rq").write_text("SELECT * { ?s ?p ?o }", encoding="utf-8")
    told = kg("queries", PYTHONPATH=str(tmp_path), PYTHONSAFEPATH="1")
    assert "kg: left out of the saved questions: mine.rq:1: the header lacks" in told.stderr
    assert "counterparts" in told.stdout
    assert "mine" not in told.stdout
