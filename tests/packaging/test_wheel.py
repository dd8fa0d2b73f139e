"""The wheel: whole, and at work in an environment that holds nothing else of the project's."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from kg import __version__
from tests.required import SCRIPTS, missing

SHIPPED = ("ontology", "seeds", "queries")

pytestmark = pytest.mark.slow


def run(*command: str | Path, folder: Path, path: str | None = None) -> subprocess.CompletedProcess[str]:
    """The finished command, run with none of our settings; ``path`` is where it finds others, unless that is ours."""
    hidden = ("KG_", "PYTHON", "COVERAGE_", "VIRTUAL_ENV")
    ours = os.environ.items()  # noqa: TID251  # what the command inherits
    environment = {name: value for name, value in ours if not name.startswith(hidden)}
    if path is not None:
        environment["PATH"] = path
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


def test_the_wheel_carries_the_scripts_and_their_licences_but_not_what_they_are_made_of(
    wheel: Path, root: Path
) -> None:
    built = root / "kg" / "web" / "static" / "built"
    with zipfile.ZipFile(wheel) as archive:
        names = {Path(name).name for name in archive.namelist() if name.startswith("kg/web/static/built/")}
        assert [name for name in archive.namelist() if name.startswith("kg/web/frontend/")] == []
    if not (built / "manifest.json").is_file():
        missing(SCRIPTS)
    assert {"manifest.json", "licences.txt"} < names
    assert {name for name in names if name.startswith("main-")}


@pytest.fixture(scope="session")
def archive(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sdist."""
    folder = tmp_path_factory.mktemp("sdist")
    built = run(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", folder, folder=root)
    assert built.returncode == 0, built.stderr
    [found] = folder.glob("*.tar.gz")
    return found


def test_the_sdist_carries_the_source_of_the_scripts_and_what_was_bundled(archive: Path, root: Path) -> None:
    with tarfile.open(archive) as opened:
        names = {name.partition("/")[2] for name in opened.getnames()}
    assert {"kg/web/frontend/package-lock.json", "kg/web/frontend/src/main.ts"} <= names
    assert [name for name in names if "node_modules" in name] == []
    if (root / "kg" / "web" / "static" / "built" / "manifest.json").is_file():
        assert {"kg/web/static/built/manifest.json", "kg/web/static/built/licences.txt"} <= names


@pytest.mark.parametrize("bundled", [True, False], ids=["bundled before", "never bundled"])
def test_without_node_a_wheel_is_built_and_says_what_it_has(archive: Path, tmp_path: Path, bundled: bool) -> None:
    with tarfile.open(archive) as opened:
        opened.extractall(tmp_path, filter="data")
    [checkout] = tmp_path.iterdir()
    static = checkout / "kg" / "web" / "static" / "built"
    shutil.rmtree(static, ignore_errors=True)
    if bundled:
        static.mkdir()
        (static / "manifest.json").write_text("{}", encoding="utf-8")
    done = run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path, folder=checkout, path="")
    assert done.returncode == 0, done.stderr
    told = done.stdout + done.stderr
    assert ("those that were bundled before" in told) == bundled
    assert ("plain pages" in told) != bundled
    [wheel] = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as opened_wheel:
        assert ("kg/web/static/built/manifest.json" in opened_wheel.namelist()) == bundled


def test_the_lock_of_the_scripts_names_versions_and_hashes_and_no_place(root: Path) -> None:
    text = (root / "kg" / "web" / "frontend" / "package-lock.json").read_text(encoding="utf-8")
    assert "://" not in text
    lock = json.loads(text)
    assert lock["lockfileVersion"] == 3
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert [name for name, package in packages.items() if not package.get("integrity", "").startswith("sha512-")] == []
    asked = json.loads((root / "kg" / "web" / "frontend" / "package.json").read_text(encoding="utf-8"))
    wanted = asked["dependencies"] | asked["devDependencies"]
    assert {name: packages[f"node_modules/{name}"]["version"] for name in wanted} == wanted


def test_the_scripts_have_the_types_that_they_say(root: Path) -> None:
    folder = root / "kg" / "web" / "frontend"
    if not (folder / "node_modules" / "typescript").is_dir() or shutil.which("node") is None:
        missing("TypeScript is not here: 'make scripts' installs it, where Node is")
    done = subprocess.run(
        ["node_modules/.bin/tsc", "--noEmit"], cwd=folder, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout
