"""Versions and copies of articles through the command line: what a build holds, and what it says of its sources."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

URI = "urn:newsml:example.com:20310212:railway"
LEAD = "President Anna Novak met Chancellor Emil Brandt of Austria in Vienna on Tuesday for talks on a railway."
REPORT = f"""{LEAD} The line over the pass has been closed since a landslide buried its northern tunnel, and both
governments want to see trains again before the winter of next year. Engineers are to start in May.

The cost will be shared, officials in Vienna said, with the larger part paid by the side on which most of the rubble
lies. A treaty on customs checks in the carriages has to be signed before that, and neither parliament has seen it.

The visit was put off twice. Novak flies home on Wednesday evening after she has opened an exhibition of old posters."""


def text(headline: str, paper: str, body: str = REPORT) -> str:
    return f"{headline}\n{paper}\n12 February 2031\n\nVIENNA - {body}\n"


def ninjs(**fields: Any) -> dict[str, Any]:
    return {"uri": URI, "type": "text", "language": "en", "pubstatus": "usable", "headline": "Novak in Vienna",
            "versioncreated": "2031-02-12T08:00:00Z", "body_text": LEAD} | fields  # fmt: skip


def headlines(kg: Any, store: Path) -> list[str]:
    asked = store.parent / "asked.rq"
    asked.write_text("SELECT ?h { ?a <https://w3id.org/diplomacy-kg/ns#headline> ?h }")
    return list(kg("query", "-f", asked, "--store", store, "--format", "csv").stdout.split()[1:])


def test_a_build_holds_the_newest_version_and_none_of_what_was_taken_back(kg: Any, tmp_path: Path) -> None:
    folder, store = tmp_path / "wire", tmp_path / "store"
    folder.mkdir()
    (folder / "a.json").write_text(json.dumps(ninjs(version="2", headline="Second")))
    (folder / "b.json").write_text(json.dumps(ninjs(version="1", headline="First")))
    done = kg("build", folder, "--store", store)
    assert "1  articles that have a newer version" in done.stderr
    assert headlines(kg, store) == ["Second"]
    (folder / "c.json").write_text(json.dumps(ninjs(version="3", pubstatus="canceled", body_text="")))
    done = kg("build", folder, "--store", store, status=3)
    assert "its publisher says that it is canceled" in done.stderr
    assert headlines(kg, store) == []


def test_ten_papers_are_one_witness_to_a_meeting_and_its_evidence_says_so(kg: Any, tmp_path: Path) -> None:
    folder, store = tmp_path / "papers", tmp_path / "store"
    folder.mkdir()
    for number in range(9):
        headline = f"Novak and Brandt meet, page {number} says"
        (folder / f"{number}.txt").write_text(text(headline, "The Quillbury Courier", REPORT.replace("May", "June")))
    (folder / "own.json").write_text(json.dumps(ninjs(headline="A short visit", body_text=f"{LEAD} It rained.")))
    (folder / "wire.txt").write_text(text("Leaders talk trains", "Reuters").replace("12 Feb", "11 Feb"))
    kg("build", folder, "--store", store)
    rows = kg("query", "best-attested", "--store", store, "--format", "csv").stdout.splitlines()
    (meeting,) = (row for row in rows if ",Meeting," in row)
    fact, _, sources, _ = meeting.split(",")
    assert sources == "2"
    said = kg("why", fact, "--store", store).stdout
    assert said.count("; a copy of ") >= 9
    assert said.endswith("11 articles, 2 independent: the text of the others is a copy\n")
    told = json.loads(kg("why", fact, "--store", store, "--format", "json").stdout)
    assert len({words["copy_of"] for words in told}) == 2
