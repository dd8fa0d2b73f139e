"""The examples of how to run the server: what they set exists, what they run runs, nobody is root."""

import re
import shutil
import subprocess
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from kg.cli import group

VARIABLE = re.compile(r"\bKG_[A-Z_]+(?==)")


def printed(example: str) -> str:
    told = CliRunner().invoke(group, ["deploy", example])
    assert told.exit_code == 0
    return told.stdout


def variables() -> set[str]:
    """Every variable of 'kg serve'."""
    serve = group.get_command(click.Context(group), "serve")
    return {str(option.envvar) for option in serve.params if isinstance(option, click.Option)}


@pytest.mark.parametrize("example", ["systemd", "container"])
def test_every_variable_that_is_set_is_one_of_the_server(example: str) -> None:
    named = set(VARIABLE.findall(printed(example)))
    assert {"KG_STORE", "KG_HOST", "KG_PORT", "KG_ACCESS_LOG", "KG_STOP_TIMEOUT"} <= named
    assert named <= variables()


def test_the_unit_gives_the_server_time_to_stop_and_leaves_the_workers_to_it() -> None:
    unit = dict(line.split("=", 1) for line in printed("systemd").splitlines() if re.match(r"[A-Z]\w+=", line))
    stop = int(re.search(r"KG_STOP_TIMEOUT=(\d+)", printed("systemd"))[1])
    assert int(unit["TimeoutStopSec"]) > stop
    assert unit["KillMode"] == "mixed"
    assert unit["NoNewPrivileges"] == "yes"
    assert unit["ExecStart"].split()[1:] == ["serve"]


def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("NOT TESTED: systemd-analyze is not here")
    unit = tmp_path / "diplomacy-kg.service"
    # Where it will be installed, nothing is yet.
    unit.write_text(printed("systemd").replace("/opt/diplomacy-kg/bin/kg", "/bin/true"))
    done = subprocess.run([analyze, "verify", unit], check=False, capture_output=True, text=True, timeout=60)
    assert "diplomacy-kg.service" not in done.stderr, done.stderr


def test_the_container_runs_the_server_and_is_not_root() -> None:
    text = re.sub(r"\\\n\s*", "", printed("container"))
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    words = [line.split(maxsplit=1)[0] for line in lines]
    assert set(words) <= {
        "FROM", "COPY", "RUN", "ENV", "USER", "VOLUME", "EXPOSE", "STOPSIGNAL", "HEALTHCHECK", "ENTRYPOINT", "CMD",
    }  # fmt: skip
    assert words[0] == "FROM"
    assert words.index("USER") < words.index("ENTRYPOINT")
    assert not {"root", "0"} & set(lines[words.index("USER")].split()[1:])
    assert lines[-2:] == ['ENTRYPOINT ["kg"]', 'CMD ["serve"]']
    assert "http://" not in text.replace("http://127.0.0.1", "")
