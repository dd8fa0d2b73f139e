"""A user's own world folder through the real command line: a leader, a title, a summit and a town, each one line."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ARTICLE = """Grand Steward hosts talks

SKANDERHAVN, March 4, 2026 (Westwire) - Ruritanian Grand Steward Otto Falk met Estonian Prime Minister Kadri Rebane \
in Skanderhavn on Wednesday on the sidelines of the Amber Coast Forum.

Wolmer had spoken by phone with Rebane on Tuesday.
"""
LINES = {
    "countries.csv": (
        "iso3,iso2,name,official,aliases,demonyms,people,capital,metonyms,zone,wikidata",
        "XRU,,Ruritania,Grand Duchy of Ruritania,,Ruritanian,Ruritanians,Skanderhavn,,Europe/Vienna,",
    ),
    "places.csv": ("name,aliases,country,lat,lon", "Skanderhavn,,XRU,55.1,15.0"),
    "offices.csv": ("id,label,titles,kind,country", "grand-steward,Grand Steward,Grand Steward,head-of-government,XRU"),
    "leaders.csv": (
        "name,short,aliases,sex,wikidata,country,office,start,end",
        "Ida Wolmer,Wolmer,,f,,XRU,foreign-minister,2024-01-01,",
    ),
    "summits.csv": ("series,name,organiser,aliases", "ACF,Amber Coast Forum,ACF,Amber Coast Forum"),
    "editions.csv": (
        "series,year,place,country,start,end,name",
        "ACF,2026,Skanderhavn,XRU,2026-03-04,2026-03-05,Amber Coast Forum 2026",
    ),
}
GOLD = {
    "leaders": [
        {"name": "Otto Falk", "office": "Grand Steward", "country": "XRU"},
        {"name": "Kadri Rebane", "office": "Prime Minister", "country": "EST"},
        {"name": "Ida Wolmer", "office": None, "country": "XRU"},
    ],
    "contacts": [
        {"kind": "meeting", "status": "held", "format": "bilateral", "participants": ["Otto Falk", "Kadri Rebane"],
         "date": "2026-03-04", "earliest": "2026-03-04", "latest": "2026-03-04", "place": "Skanderhavn",
         "summit": {"series": "ACF", "year": 2026, "place": "Skanderhavn"}},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("articles")
    (folder / "amber.txt").write_text(ARTICLE, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("world")
    for name, lines in LINES.items():
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_without_the_lines_check_says_what_is_missing(kg, articles):
    told = kg("check", articles)
    assert told.stdout == "sound\n"
    assert "1  unknown-title\n" in told.stderr
    assert "1  Ruritanian Grand Steward Otto Falk\n" in told.stderr
    assert "2  trigger-without-roles\n" in told.stderr


def test_with_the_lines_check_has_nothing_to_say(kg, articles, world):
    told = kg("check", articles, "--world", world)
    assert (told.stdout, told.stderr) == ("sound\n", "")


def test_extract_reads_by_the_lines(kg, articles, world):
    alone = json.loads(kg("extract", articles, "--format", "jsonl").stdout)
    assert alone["contacts"] == []
    told = json.loads(kg("extract", articles, "--world", world, "--format", "jsonl").stdout)
    meeting, call = told["contacts"]
    assert meeting["participants"] == ["Kadri Rebane", "Otto Falk"]
    assert (meeting["date"], meeting["place"]) == ("2026-03-04", "Skanderhavn")
    assert (meeting["summit"]["series"], meeting["summit"]["year"]) == ("ACF", 2026)
    assert (call["kind"], call["participants"]) == ("phone", ["Ida Wolmer", "Kadri Rebane"])
    posts = {who["name"]: (who["office"], who["country"]) for who in told["leaders"]}
    assert posts["Otto Falk"] == ("Grand Steward", "XRU")
    assert posts["Ida Wolmer"] == (None, "XRU")  # known by her surname; the text gives no title


def test_build_makes_a_graph_that_can_be_asked_about_the_summit(kg, articles, world, tmp_path):
    kg("build", articles, "--world", world, "--store", tmp_path / "store")
    asked = kg("query", "who-met-at-summit", "--param", "summit=ACF 2026", "--store", tmp_path / "store",
               "--format", "csv").stdout  # fmt: skip
    assert {row["leaderName"] for row in table(asked)} | {row["counterpartName"] for row in table(asked)} == {
        "Kadri Rebane",
        "Otto Falk",
    }
    kg("check", "--store", tmp_path / "store")


def test_the_variable_does_what_the_option_does(kg, articles, world):
    told = kg("extract", articles, "--format", "jsonl", KG_WORLD=str(world)).stdout
    assert told == kg("extract", articles, "--world", world, "--format", "jsonl").stdout


def test_explain_knows_the_title(kg, world):
    sentence = "Grand Steward Otto Falk met Estonian Prime Minister Kadri Rebane."
    assert "Otto Falk, Grand Steward, XRU" not in kg("explain", sentence).stdout
    assert "Otto Falk, Grand Steward, XRU" in kg("explain", sentence, "--world", world).stdout


def test_eval_scores_by_the_lines(kg, world, tmp_path):
    (tmp_path / "amber.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "amber.json").write_text(json.dumps(GOLD), encoding="utf-8")

    def pairs(*more: str | Path) -> dict[str, float]:
        return json.loads(kg("eval", tmp_path, "--format", "json", *more).stdout)["total"]["facts"]

    assert pairs()["held pairs"]["right"] == 0
    assert pairs("--world", world)["held pairs"]["right"] == 1
    assert pairs("--world", world)["summit"]["right"] == 1


def test_a_line_that_is_wrong_is_named_with_its_file_and_number(kg, articles, tmp_path):
    (tmp_path / "leaders.csv").write_text(LINES["leaders.csv"][0] + "\nIda Wolmer,Wolmer\n", encoding="utf-8")
    told = kg("extract", articles, "--world", tmp_path, status=1)
    assert "leaders.csv" in told.stderr
    assert "2" in told.stderr


@pytest.mark.parametrize("name", ["leader.csv", "notes.txt"])
def test_a_file_that_would_be_passed_over_is_an_error(kg, articles, tmp_path, name):
    (tmp_path / name).write_text("", encoding="utf-8")
    assert "a world has countries.csv" in kg("extract", articles, "--world", tmp_path, status=2).stderr
