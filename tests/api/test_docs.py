"""The examples of docs/python.md run in their order, in a folder of their own, and print what stands below them."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import kg
from tests.api.conftest import ROOT

GUIDE = ROOT / "docs" / "python.md"
_EXAMPLE = re.compile(r"^```python\n(?P<code>.*?)^```\n(?:\n```text\n(?P<told>.*?)^```\n)?", re.DOTALL | re.MULTILINE)


def test_every_example_prints_what_stands_below_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "seeds" / "articles", tmp_path / "articles")
    monkeypatch.chdir(tmp_path)
    guide, names = GUIDE.read_text(encoding="utf-8"), {}
    examples = list(_EXAMPLE.finditer(guide))
    assert len(examples) > 4
    fresh, end = "", 0
    for example in examples:
        exec(compile(example["code"], GUIDE.name, "exec"), names)
        told = capsys.readouterr().out
        below = f"\n```text\n{told}```\n" if told else ""
        fresh += f"{guide[end : example.start()]}```python\n{example['code']}```\n{below}"
        end = example.end()
    fresh += guide[end:]
    assert guide == fresh


def test_the_guide_names_everything_that_is_public() -> None:
    table = GUIDE.read_text(encoding="utf-8").partition("## All names")[2]
    named = set(re.findall(r"^\| `(\w+)", table, re.MULTILINE))
    assert named | {"Store", "__version__"} == set(kg.__all__)
    assert "`Store`" in table


def test_every_link_leads_somewhere() -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)\)", GUIDE.read_text(encoding="utf-8"))
    assert links
    assert [link for link in links if not (GUIDE.parent / link).exists()] == []
