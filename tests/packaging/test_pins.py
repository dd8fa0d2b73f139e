"""The pins: every dependency of development at one version, proved by hashes, from wherever it is fetched."""

import re
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PIN = re.compile(r"(?P<name>[a-z0-9-]+)==(?P<version>[0-9][0-9a-z.]*)(?P<marker> ; [^\\]+)? \\")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")


@pytest.fixture(scope="module")
def lines(root: Path) -> list[str]:
    return (root / "requirements-dev.txt").read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def pins(lines: list[str]) -> dict[str, str]:
    found = [match for line in lines if (match := PIN.fullmatch(line))]
    return {match["name"]: match["version"] for match in found}


def test_every_line_is_a_version_or_a_hash(lines: list[str]) -> None:
    assert [line for line in lines if not PIN.fullmatch(line) and not HASH.fullmatch(line)] == []


def test_every_version_has_a_hash(lines: list[str]) -> None:
    following = zip(lines, [*lines[1:], ""], strict=True)
    assert [line for line, after in following if PIN.fullmatch(line) and not HASH.fullmatch(after)] == []


def test_what_the_project_asks_for_is_pinned_within_its_range(project: dict, pins: dict[str, str]) -> None:
    asked = [*project["project"]["dependencies"], *project["project"]["optional-dependencies"]["dev"]]
    asked += project["build-system"]["requires"]
    for requirement in map(Requirement, asked):
        pinned = pins.get(canonicalize_name(requirement.name))
        assert pinned is not None, f"{requirement.name} is not pinned: make pins"
        assert requirement.specifier.contains(pinned), f"{requirement.name} is pinned at {pinned}: make pins"
