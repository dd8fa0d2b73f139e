"""What import-linter's contracts leave open: that they name every fact type, and that every import is declared."""

import ast
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


def test_every_fact_type_is_in_the_contract_that_keeps_them_apart(root: Path, project: dict) -> None:
    contracts = project["tool"]["importlinter"]["contracts"]
    named = next(set(contract["modules"]) for contract in contracts if contract["type"] == "independence")
    types = {f"kg.facts.{file.parent.name}" for file in (root / "kg" / "facts").glob("*/record.py")}
    assert types == named


def test_what_is_imported_is_a_dependency(root: Path, project: dict) -> None:
    # What stands in the folder of the front end builds, and is not shipped.
    shipped = (file for file in (root / "kg").rglob("*.py") if "frontend" not in file.parts)
    imported = {name for file in shipped for name in _imported(file)} - sys.stdlib_module_names
    distributions = packages_distributions()
    extras = project["project"]["optional-dependencies"]
    asked = [
        *project["project"]["dependencies"],
        *extras["html"],
        *extras["warc"],
        *extras["parquet"],
        *extras["pandas"],
        *extras["remote"],
        *extras["dask"],
    ]
    declared = {canonicalize_name(Requirement(text).name) for text in asked}
    missing = {
        name
        for name in imported - {"kg"}
        if not {canonicalize_name(found) for found in distributions.get(name, [name])} & declared
    }
    assert missing == set()


def _imported(file: Path) -> set[str]:
    """The top-level packages that the file imports."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    modules = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    modules |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
    return {module.partition(".")[0] for module in modules}


def test_what_reads_one_format_alone_is_imported_only_where_it_is_needed(root: Path) -> None:
    for file in (root / "kg" / "read").glob("*.py"):
        top = ast.parse(file.read_text(encoding="utf-8")).body
        names = {alias.name for node in top if isinstance(node, ast.Import) for alias in node.names}
        names |= {node.module for node in top if isinstance(node, ast.ImportFrom) and node.module}
        assert {name.partition(".")[0] for name in names} & {"trafilatura", "lxml", "warcio"} == set(), file
