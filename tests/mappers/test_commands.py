"""build, check, stats and why from the outside: what they print where, and their exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import group

SHEET = Path(__file__).parents[1] / "sheets" / "lake_summit.toml"
MEETING = "meeting/2024-05-12-anna-novak-juan-horvat"


def kg(*arguments: str | Path) -> Result:
    return CliRunner().invoke(group, list(map(str, arguments)))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store")
    done = kg("build", SHEET, "--store", folder)
    assert (done.exit_code, done.stdout) == (0, "")
    assert "1 Meeting" in done.stderr
    return folder


def test_a_rejected_source_is_named_with_its_reason_and_the_rest_is_built(tmp_path: Path) -> None:
    empty, sheet = tmp_path / "empty.txt", tmp_path / "slip.toml"
    empty.write_text("")
    sheet.write_text('[sheet]\nauthor = "A"\nsource = "B"\nmood = "gay"\n')
    done = kg("build", SHEET, empty, sheet, "--store", tmp_path / "store")
    assert done.exit_code == 3
    assert f"rejected: {empty}: " in done.stderr
    assert f"rejected: {sheet}:4: unknown key 'mood'" in done.stderr
    assert "1 Meeting" in done.stderr


def test_a_broken_graph_is_told_and_the_old_one_stays(store: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(
        '[sheet]\nauthor = "A"\nsource = "B"\n[[tenures]]\nholder = "Mia Lund"\noffice = "Envoy"\ncountry = "NATO"\n'
        "start_earliest = 2024-05-02\nstart_latest = 2024-05-01\n"
    )
    before = kg("stats", "--store", store).stdout
    done = kg("build", SHEET, wrong, "--store", store)
    assert done.exit_code == 4
    assert "the earliest start is not after the latest" in done.stderr
    assert kg("stats", "--store", store).stdout == before
    assert kg("check", wrong).exit_code == 4


def test_check_finds_a_good_graph_and_good_sources_sound(store: Path) -> None:
    for done in (kg("check", "--store", store), kg("check", SHEET)):
        assert (done.exit_code, done.stdout) == (0, "sound\n")


def test_check_fails_above_the_number_of_problems_that_is_allowed(tmp_path: Path) -> None:
    other = tmp_path / "other.toml"
    other.write_text(
        '[sheet]\nauthor = "A"\nsource = "B"\n[[contacts]]\nkind = "meeting"\nstatus = "held"\n'
        'participants = ["Anna Novak", "Juan Horvat"]\ndate = "2024-05-12"\nduration = "PT30M"\n'
    )
    assert kg("check", SHEET, other).exit_code == 0
    done = kg("check", SHEET, other, "--most-problems", "0")
    assert done.exit_code == 4
    assert "1  conflict" in done.stderr


def test_stats_counts_by_class_for_people_and_for_programs(store: Path) -> None:
    assert "       3  Leader\n" in kg("stats", "--store", store).stdout
    told = json.loads(kg("stats", "--store", store, "--format", "json").stdout)
    assert told["classes"]["Meeting"] == 1
    assert told["quads"] > 0


def test_why_prints_the_words_their_article_and_their_rule(store: Path) -> None:
    done = kg("why", MEETING, "--store", store)
    assert done.exit_code == 0
    assert "“[[contacts]] id = " in done.stdout
    assert "Fact sheet by Ida Brandt, 2024-05-14, according to Embassy bulletin 14" in done.stdout
    assert "rule sheet.stated" in done.stdout
    whole = kg("why", f"https://w3id.org/diplomacy-kg/id/{MEETING}", "--store", store, "--format", "json")
    assert json.loads(whole.stdout)[0]["rule"] == "sheet.stated"


@pytest.mark.parametrize("iri", ["meeting/never", "https://example.org/x", '"""> } DROP ALL #'])
def test_why_says_when_nothing_supports_a_thing(store: Path, iri: str) -> None:
    done = kg("why", iri, "--store", store)
    assert done.exit_code == 1
    assert "nothing in the graph supports" in done.stderr


def test_a_store_that_is_not_there_is_told(tmp_path: Path) -> None:
    done = kg("stats", "--store", tmp_path)
    assert done.exit_code == 1
    assert "there is no store" in done.stderr
