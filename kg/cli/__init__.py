"""The command ``kg``: each subcommand is loaded when it is called, so that help comes at once."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from types import MappingProxyType
from typing import Any, Final

import click

from kg import __version__
from kg.errors import ConfigError, KgError, QuerySyntaxError, QueryTooLong

# command: (module, function, help in one line); a module that is not there leaves its commands out
_COMMANDS: Final[Mapping[str, tuple[str, str, str]]] = MappingProxyType(
    {
        "build": ("kg.cli.building", "build", "Read articles and fact sheets into a new graph."),
        "add": ("kg.cli.increments", "add", "Build from the sources there are and more."),
        "remove": ("kg.cli.increments", "remove", "Take articles out of the graph."),
        "check": ("kg.cli.building", "check", "Check sources and graph, and fail on too many problems."),
        "stats": ("kg.cli.building", "stats", "Count what is in the graph."),
        "why": ("kg.cli.building", "why", "Print the sentences behind a fact."),
        "extract": ("kg.cli.reading", "extract", "Print the facts of articles without building a graph."),
        "explain": ("kg.cli.reading", "explain", "Show what is seen in a sentence, and why nothing matched."),
        "eval": ("kg.cli.reading", "evaluate", "Measure the facts against a marked set of articles."),
        "serve": ("kg.cli.serving", "serve", "Serve the graph: pages, questions, SPARQL."),
        "query": ("kg.cli.serving", "query", "Ask a saved question, or one in a file."),
        "queries": ("kg.cli.serving", "queries", "List the saved questions and their parameters."),
        "export": ("kg.cli.serving", "export", "Write the whole graph to a file."),
        "backup": ("kg.cli.keeping", "backup", "Copy the graph that is live, verified, while it is served."),
        "restore": ("kg.cli.keeping", "restore", "Make a backup the live graph."),
        "deploy": ("kg.cli.deploying", "deploy", "Print a unit for systemd, a Containerfile or a site of nginx."),
    }
)
_STATUS: Final[tuple[tuple[type[KgError], int], ...]] = (
    (ConfigError, 2),
    (QuerySyntaxError, 2),
    (QueryTooLong, 5),
    (KgError, 1),
)


class Commands(click.Group):
    """The group: loads a command when it is named, turns our errors into a line and an exit status."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names in the order of a working day."""
        del ctx
        return [name for name, (module, _, _) in _COMMANDS.items() if find_spec(module) is not None]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, loaded."""
        if cmd_name not in self.list_commands(ctx):
            return None
        module, function, _ = _COMMANDS[cmd_name]
        command = getattr(importlib.import_module(module), function)
        assert isinstance(command, click.Command)
        for option in command.params:
            if isinstance(option, click.Option):
                option.envvar = option.envvar or _variable(cmd_name, option)
                option.show_envvar = True
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, written without loading one."""
        rows = [(name, _COMMANDS[name][2]) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def invoke(self, ctx: click.Context) -> Any:
        """The command's result; an error of ours ends with its message and its exit status."""
        try:
            return super().invoke(ctx)
        except KgError as error:
            hint = getattr(error, "hint", None)
            line, column = getattr(error, "line", None), getattr(error, "column", None)
            place = f" (line {line}, column {column})" if isinstance(line, int) and column is not None else ""
            click.echo(f"kg: {error}{place}" + (f"\n    {hint}" if hint else ""), err=True)
            ctx.exit(next(status for kind, status in _STATUS if isinstance(error, kind)))
        except click.UsageError:
            raise
        except click.ClickException as error:
            click.echo(f"kg: {error.format_message()}", err=True)
            ctx.exit(error.exit_code)
        except KeyboardInterrupt:
            click.echo("kg: interrupted", err=True)
            ctx.exit(130)


def _variable(command: str, option: click.Option) -> str:
    """The variable of an option that shares none with other commands: its own name behind that of its command."""
    name = max(option.opts, key=len).lstrip("-").replace("-", "_")
    return f"KG_{command}_{name}".upper()


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="kg")
def group() -> None:
    """News articles about diplomacy in, a graph of who met whom out, with the sentences that say so.

    Begin with 'kg build FOLDER' and 'kg serve'. Every option can also be set as a variable: --store as KG_STORE.
    """


def main() -> None:
    """Run ``kg``."""
    try:
        group.main(prog_name="kg")
    except BrokenPipeError:
        # Whoever read our output (head, less) has enough.
        sys.stderr.close()
        sys.exit(0)
