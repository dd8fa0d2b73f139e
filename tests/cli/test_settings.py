"""Every option is a variable, too; a moment of building and a number of workers are what they say."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from kg.cli import group
from kg.store.generation import current

# One meaning in several commands.
SHARED = {
    "KG_BASE_IRI", "KG_BUILT", "KG_BY_HAND", "KG_INTO", "KG_INTO_QUERY", "KG_LICENCE", "KG_MAX_ROWS",
    "KG_QUERY_TIMEOUT", "KG_REMOTE_PASSWORD", "KG_REMOTE_TOKEN", "KG_REMOTE_USER", "KG_SCHEDULER", "KG_STORE",
    "KG_WORLD", "SOURCE_DATE_EPOCH",
}  # fmt: skip
ENDED = "<http://www.w3.org/ns/prov#endedAtTime>"


def options():
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        for option in command.params:
            if isinstance(option, click.Option):
                yield name, option


def test_every_option_has_a_variable_and_its_help_shows_it():
    helps = {}
    for name, option in options():
        if name not in helps:
            helps[name] = " ".join(CliRunner().invoke(group, [name, "--help"]).output.split())
        assert isinstance(option.envvar, str)
        assert option.envvar.startswith("KG_") or option.envvar == "SOURCE_DATE_EPOCH"
        assert option.envvar in helps[name], (name, option.opts)


def test_no_variable_means_two_things():
    taken = {}
    for name, option in options():
        taken.setdefault(option.envvar, set()).add((name, max(option.opts, key=len)))
    for variable, users in taken.items():
        assert len(users) == 1 or variable in SHARED, (variable, users)
        assert len({option for _, option in users}) == 1, (variable, users)


def test_a_variable_is_as_good_as_its_option(kg, sample: Path):
    asked = kg("query", "calls", KG_STORE=str(sample), KG_QUERY_FORMAT="csv").stdout
    assert asked == kg("query", "calls", "--store", sample, "--format", "csv").stdout
    assert json.loads(kg("stats", "--store", sample, KG_STATS_FORMAT="json", KG_QUERY_FORMAT="csv").stdout)
    assert kg("extract", "--help", KG_EXTRACT_FORMAT="nonsense").stdout


@pytest.mark.parametrize(
    ("told", "moment"),
    [
        ({"SOURCE_DATE_EPOCH": "1750000000"}, "2025-06-15T15:06:40Z"),
        ({"KG_BUILT": "2025-06-18", "SOURCE_DATE_EPOCH": "1750000000"}, "2025-06-18"),
    ],
)
def test_the_moment_of_building_is_the_one_that_is_given(kg, root, tmp_path, told, moment):
    kg("build", root / "seeds" / "facts", "--store", tmp_path, **told)
    assert moments(kg, tmp_path) == [moment]


def test_no_moment_is_written_where_none_is_given(kg, sample):
    assert moments(kg, sample) == []


def moments(kg, store: Path) -> list[str]:
    """The moments of building in the graph."""
    whole = kg("export", "--store", store, "--format", "nquads").stdout
    return [line.split('"')[1] for line in whole.splitlines() if ENDED in line]


@pytest.mark.parametrize(
    "told", [{"KG_BUILT": "last Tuesday"}, {"SOURCE_DATE_EPOCH": "soon"}, {"SOURCE_DATE_EPOCH": "-1"}]
)
def test_a_moment_that_is_none_is_a_usage_error(kg, root, tmp_path, told):
    kg("build", root / "seeds" / "facts", "--store", tmp_path / "store", status=2, **told)
    assert not (tmp_path / "store").exists()


def digest(store: Path) -> str:
    return current(store).digest


def test_several_workers_build_the_same_graph_and_name_the_same_rejects(kg, root: Path, sample: Path, tmp_path: Path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "empty.txt").write_text("")
    sources = (tmp_path / "a", root / "seeds" / "articles", root / "seeds" / "facts")
    said = kg("build", *sources, "--store", tmp_path / "store", "--workers", "3", status=3).stderr
    assert "empty.txt: empty file" in said
    assert digest(tmp_path / "store") == digest(sample)
