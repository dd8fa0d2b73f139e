"""The header of a saved question is read strictly: what is wrong is named with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import SeedError
from kg.query.saved import load_queries, parse_query, sound_queries
from kg.query.types import ParameterType

GOOD = """#+ summary: Who met whom
#+ description: >
#+   One line,
#+   and another.
#+ tags:
#+   - meetings
#+   - "summits"
#+ params:
#+   - name: summit
#+     type: summit
#+     label: 'Summit'
#+     required: true
#+ view: table
SELECT * { ?m ?p ?_summit }
"""


def test_a_header_is_read_whole() -> None:
    query = parse_query("q", GOOD)
    assert query.summary == "Who met whom"
    assert query.description == "One line, and another."
    assert query.tags == ("meetings", "summits")
    (parameter,) = query.parameters
    assert (parameter.name, parameter.type, parameter.label) == ("summit", ParameterType.SUMMIT, "Summit")
    assert parameter.required
    assert parameter.default is None


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("#+ summary: Who met whom\n", "", 1, "lacks summary"),
        ("#+ view: table", "#+ view: hologram", 13, "view is one of"),
        ("#+ view: table", "#+ colour: red", 13, "not a line of the header"),
        ("#+ view: table", "#+ view: table\n#+ view: bars", 14, "stands twice"),
        ("type: summit", "type: wizard", 9, "no such type"),
        ("required: true", "required: maybe", 9, "true or false"),
        ("    label", "    lable", 11, "not a line of a parameter"),
        ("#+     label: 'Summit'\n", "", 9, "without label"),
        ("?_summit }", "?_other }", None, "not in both"),
        ("  - meetings", "  meetings", 6, "unexpected"),
    ],
)
def test_a_header_that_is_wrong_is_named(old: str, new: str, line: int | None, reason: str) -> None:
    with pytest.raises(SeedError, match=reason) as caught:
        parse_query("q", GOOD.replace(old, new))
    assert caught.value.line == line


def test_one_wrong_file_leaves_the_other_questions_in_place(tmp_path: Path) -> None:
    (tmp_path / "good.rq").write_text(GOOD, encoding="utf-8")
    (tmp_path / "headless.rq").write_text("SELECT * { ?s ?p ?o }", encoding="utf-8")
    (tmp_path / "latin.rq").write_bytes(GOOD.encode() + b"# \xe9")
    found, faults = sound_queries(tmp_path)
    assert list(found) == ["good"]
    assert [str(fault).split(":")[0] for fault in faults] == ["headless.rq", "latin.rq"]
    with pytest.raises(SeedError, match=r"headless.rq"):
        load_queries(tmp_path)
