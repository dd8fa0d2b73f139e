"""README.md says what the code does: its reference is written from the commands, its examples are run."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from kg.cli import group
from kg.query.saved import load_queries
from kg.read.formats import FORMATS, SUFFIXES

ROOT = Path(__file__).parents[2]
ITEMS = ROOT.parent / "shared" / "data" / "current-events" / "2025.jsonl"


@pytest.fixture
def readme(root: Path) -> str:
    return (root / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def store(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the sample articles."""
    folder = tmp_path_factory.mktemp("readme") / "kg-store"
    told = CliRunner().invoke(group, ["build", str(root / "seeds" / "articles"), "--store", str(folder)])
    assert told.exit_code == 0, told.output
    return folder


def commands() -> dict[str, click.Command]:
    context = click.Context(group)
    found = {name: group.get_command(context, name) for name in group.list_commands(context)}
    return {name: command for name, command in found.items() if command is not None}


def reference() -> str:
    """What ``--help`` prints, for ``kg`` and for each of its commands."""
    parts = []
    for arguments in ([], *([name] for name in commands())):
        told = CliRunner().invoke(group, [*arguments, "--help"], prog_name="kg", terminal_width=100)
        assert told.exit_code == 0, told.output
        title = " ".join(["kg", *arguments])
        parts.append(f"### {title}\n\n```text\n{told.output.rstrip()}\n```\n")
    return "\n".join(parts)


def settings() -> str:
    """Every option that has a variable of its own, with the commands that take it."""
    taken: dict[tuple[str, str, str, str], list[str]] = {}
    for name, command in commands().items():
        for option in command.params:
            if isinstance(option, click.Option) and option.envvar:
                default = (
                    "" if option.default in {None, ""} or "UNSET" in repr(option.default) else f"`{option.default}`"
                )
                takes = f" {option.metavar}" if option.metavar else ""
                row = (str(option.envvar), f"`{option.opts[-1]}{takes}`", default, (option.help or "").rstrip("."))
                taken.setdefault(row, []).append(name)
    rows = [f"| `{row[0]}` | {' | '.join(row[1:])} | {', '.join(taken[row])} |" for row in sorted(taken)]
    return "\n".join(["| variable | option | default | meaning | commands |", "|---|---|---|---|---|", *rows, ""])


def formats() -> str:
    """The formats that are read: the ends of their files' names, where their fields come from, what it takes."""
    rows = [
        f"| {each.name} | {', '.join(f'`{suffix}`' for suffix in each.suffixes)} | {each.fields} "
        f"| {f'`diplomacy-kg[{each.extra}]`' if each.extra else ''} |"
        for each in FORMATS
    ]
    head = "| format | files | headline, dates, publisher, writer, language | takes |"
    return "\n".join([head, "|---|---|---|---|", *rows, ""])


def scores(*arguments: str | Path) -> str:
    """The table and the counts that ``kg eval`` prints."""
    told = CliRunner().invoke(group, ["eval", *map(str, arguments), "--format", "markdown"])
    assert told.exit_code == 0, told.output
    return told.stdout


def scores_of_sealed_reports() -> str:
    """The scores of the whole reports; while a set that has been looked at is replaced by a new one, that it is."""
    sealed = ROOT / "tests" / "articles" / "sealed"
    return scores(sealed) if sealed.is_dir() else "At present the sealed set is being replaced by a new one.\n"


def scores_of_real_text() -> str:
    """The scores of the news items, which are not ours to ship; without them, the part stays as it is."""
    if not ITEMS.is_file():
        pytest.skip(f"NOT TESTED: the items are not beside the checkout, in {ITEMS}")
    return scores(ROOT / "tests" / "current_events" / "labels.jsonl", "--items", ITEMS, "--set", "sealed")


def scores_of_merging() -> str:
    """The pairs of tellings of one event: only the row that is about merging."""
    head, rule, *rows = scores(ROOT / "tests" / "articles" / "merging").splitlines()
    return "\n".join([head, rule, *(row for row in rows if row.startswith("| merging |")), ""])


def part(name: str, text: str) -> re.Match[str]:
    """The generated part of this name."""
    found = re.search(rf"(?<=<!-- {name} -->\n).*?(?=<!-- end of {name} -->)", text, re.DOTALL)
    assert found is not None, f"README.md has no part {name!r}"
    return found


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("scores of the sealed reports", scores_of_sealed_reports),
        ("scores of the real text", scores_of_real_text),
        ("scores of merging", scores_of_merging),
        ("formats", formats),
        ("commands", reference),
        ("settings", settings),
    ],
)
def test_the_part_is_what_the_code_says(
    name: str, write: object, readme: str, root: Path, request: pytest.FixtureRequest
) -> None:
    assert callable(write)
    fresh = f"\n{write()}\n"
    found = part(name, readme)
    if request.config.getoption("--update", default=False):
        updated = readme[: found.start()] + fresh + readme[found.end() :]
        (root / "README.md").write_text(updated, encoding="utf-8")
        return
    assert found[0] == fresh, f"the {name} have changed: make readme"


def test_every_setting_has_a_meaning() -> None:
    told = [[cell.strip() for cell in row.split("|")[1:-1]] for row in settings().splitlines()[2:]]
    assert told
    assert [(variable, option) for variable, option, _, meaning, _ in told if not meaning] == []


def test_every_address_is_listed_once(readme: str) -> None:
    table = readme.partition("| path | what |\n|---|---|\n")[2].partition("\n\n")[0]
    listed = [address for row in table.splitlines() for address in re.findall(r"`(/[^` ]*)`", row.split("|")[1])]
    assert len(listed) > 10
    assert len(listed) == len(set(listed))


def test_the_help_of_build_names_every_end_of_a_file_that_is_read() -> None:
    told = CliRunner().invoke(group, ["build", "--help"], terminal_width=100).output
    assert [suffix for suffix in (*SUFFIXES, ".gz", ".toml") if suffix not in re.findall(r"\.\w+", told)] == []


def lines(readme: str) -> Iterator[str]:
    """The lines that a reader is told to type, continued ones joined."""
    for block in re.findall(r"```sh\n(.*?)```", readme, re.DOTALL):
        yield from filter(None, block.replace("\\\n", " ").splitlines())


def test_every_kg_line_is_a_command_with_its_options(readme: str) -> None:
    typed = [shlex.split(line, comments=True) for line in lines(readme)]
    typed = [words for words in typed if words and words[0] == "kg"]
    assert typed
    for _, name, *words in typed:
        command = commands()[name]
        known = {spelling for option in command.params for spelling in option.opts}
        assert {word for word in words if word.startswith("-") and word != "-"} <= known, words


def test_every_make_line_is_a_target(readme: str, root: Path) -> None:
    targets = re.findall(r"^([a-z]+):", (root / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    named = set(re.findall(r"(?:^|`)make ([a-z]+)", readme, re.MULTILINE))
    assert {"serve", "test"} <= named <= set(targets)


def test_every_question_that_is_named_is_there(readme: str, root: Path) -> None:
    known = set(load_queries(root / "queries"))
    named = set(re.findall(r"(?:kg query |/queries/)([a-z][a-z-]*)", readme))
    assert named
    assert named <= known


def test_every_link_into_the_checkout_leads_somewhere(readme: str, root: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)\)", readme)
    assert targets
    assert [target for target in targets if not (root / target).exists()] == []


@pytest.mark.slow
def test_the_evidence_shown_is_what_kg_why_prints(readme: str, store: Path) -> None:
    shown = re.search(r"```console\n\$ (kg why .*?)\n(.*?)\n```", readme, re.DOTALL)
    assert shown is not None
    told = CliRunner().invoke(group, [*shlex.split(shown[1])[1:], "--store", str(store)])
    assert told.exit_code == 0, told.output
    assert told.output.strip() == shown[2].strip()


@pytest.mark.filterwarnings("ignore:Dataset.:DeprecationWarning:rdflib")  # rdflib 7.6 calls its own old name
@pytest.mark.slow
def test_the_python_example_runs(
    readme: str, store: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    [example] = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)
    monkeypatch.chdir(store.parent)
    exec(compile(example, "README.md", "exec"), {})
    assert "https://w3id.org/diplomacy-kg/id/leader/" in capsys.readouterr().out
