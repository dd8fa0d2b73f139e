"""The page on fact types names every file that knows of the type that it follows, and no other."""

from __future__ import annotations

import re

from tests.docs.pages import ROOT

PAGE = ROOT / "docs" / "how-to" / "fact-type.md"
KNOWS = re.compile(
    r"facts\.statement\b|(?:dip:|terms\.)Statement\b|^Statement:|[\"](?:Statement|statements)[\"]|\.statements\b",
    re.MULTILINE,
)
OWN = {"kg/facts/statement/record.py", "kg/facts/statement/rules.py"}


def test_what_knows_of_statements_is_on_the_page() -> None:
    files = [*(ROOT / "kg").rglob("*.py"), *(ROOT / "ontology").glob("*.ttl")]
    knowing = {file.relative_to(ROOT).as_posix() for file in files if KNOWS.search(file.read_text(encoding="utf-8"))}
    rows = re.findall(r"^\| \[(\S+)\]\(\.\./\.\./(\S+)\) \| \S", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert all(name == target for name, target in rows)
    assert {name for name, _ in rows} == {name for name in knowing if "/statement/" not in name} | OWN
