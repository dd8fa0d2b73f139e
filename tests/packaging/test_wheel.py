"""The wheel: whole, and at work in an environment that holds nothing else of the project's."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from kg import __version__

SHIPPED = ("ontology", "seeds", "queries")

pytestmark = pytest.mark.slow


def run(*command: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """The finished command, run with none of our settings and from outside the checkout."""
    hidden = ("KG_", "PYTHON", "COVERAGE_", "VIRTUAL_ENV")
    ours = os.environ.items()  # noqa: TID251  # what the command inherits
    environment = {name: value for name, value in ours if not name.startswith(hidden)}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False
    )


def pip(*arguments: str | Path, folder: Path) -> None:
    """Run pip without a network."""
    done = run(sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments, folder=folder)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="session")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--no-index", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, root, folder=folder)
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="session")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment with the wheel in it; its dependencies come from the one that runs the tests."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin" / "python"
    pip("--python", python, "install", "--no-index", "--no-deps", wheel, folder=folder)
    [packages] = folder.glob("lib/python*/site-packages")
    dependencies = dict.fromkeys(sysconfig.get_path(kind) for kind in ("purelib", "platlib"))
    (packages / "dependencies.pth").write_text("\n".join(dependencies) + "\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("folder", SHIPPED)
def test_the_wheel_carries_every_file_of(folder: str, wheel: Path, root: Path) -> None:
    shipped = {file.relative_to(root).as_posix() for file in (root / folder).rglob("*") if file.is_file()}
    with zipfile.ZipFile(wheel) as archive:
        carried = {name.removeprefix("kg/shipped/") for name in archive.namelist()}
    assert shipped
    assert shipped - carried == set()


def test_the_wheel_carries_the_pages_and_no_test(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert "kg/web/templates/base.html" in names
    assert "kg/web/static/style.css" in names
    assert [name for name in names if name.startswith("tests") or "__pycache__" in name] == []


def test_kg_tells_its_version(environment: Path, tmp_path: Path) -> None:
    told = run(environment / "bin" / "kg", "--version", folder=tmp_path)
    assert told.stdout.strip() == f"kg, version {__version__}"


def test_kg_lists_its_commands(environment: Path, tmp_path: Path) -> None:
    told = run(environment / "bin" / "kg", "--help", folder=tmp_path)
    assert told.returncode == 0, told.stderr
    assert "build" in told.stdout
    assert "serve" in told.stdout


def test_kg_builds_a_graph_and_answers_from_it(environment: Path, tmp_path: Path) -> None:
    kg = environment / "bin" / "kg"
    located = run(environment / "bin" / "python", "-c", "import kg; print(kg.__path__[0])", folder=tmp_path)
    package = Path(located.stdout.strip())
    assert package.is_relative_to(environment)

    built = run(kg, "build", package / "shipped" / "seeds" / "articles", "--store", "graph", folder=tmp_path)
    assert built.returncode == 0, built.stdout + built.stderr
    asked = run(kg, "query", "counterparts", "--store", "graph", "--format", "csv", folder=tmp_path)
    assert asked.returncode == 0, asked.stderr
    header, *rows = asked.stdout.splitlines()
    assert header.startswith("leader")
    assert rows
