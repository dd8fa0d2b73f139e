"""Saved questions: one ``.rq`` file each, SPARQL below a header of ``#+`` lines that grlc reads too.

The header is the small part of YAML that such headers need: ``key: text``, lists of texts, and a list of mappings for
the parameters. A parameter ``summit`` stands in the query as the variable ``?_summit``; it is bound by
:mod:`kg.query.bind`, and where it is optional and not given, it stays a variable.

A file in the folder ``counted`` gives the same answer from what a build counts: ``meetings-per-month.rq`` where nothing
is given, ``meetings-per-month.year.rq`` where the year is. It is asked only of a graph whose counts hold.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from kg.errors import SeedError
from kg.query.tokens import Kind, tokenize
from kg.query.types import ParameterType


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A typed parameter; ``default`` is text as a person would give it, ``None`` where there is none."""

    name: str
    type: ParameterType
    label: str
    required: bool = False
    default: str | None = None

    @property
    def variable(self) -> str:
        """How the query writes it."""
        return f"?_{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedQuery:
    """A question that people ask again and again."""

    name: str
    summary: str
    description: str
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    view: str
    text: str
    counted: Mapping[frozenset[str], str] = field(default_factory=dict)

    def asked(self, given: Collection[str], *, is_counted: bool) -> str:
        """The SPARQL for these parameters; where the counts of the graph hold, the one that uses them, if there is."""
        known = [
            (needed, text)
            for needed, text in self.counted.items()
            if needed <= set(given) <= needed | {name[2:] for name in _parameters(text)}
        ]
        return max(known, key=lambda one: len(one[0]))[1] if known and is_counted else self.text


VIEWS: Final = ("table", "network", "timeline", "bars", "map")
# What the address of a page of a question says beside its parameters.
RESERVED: Final = frozenset({"format", "view", "page", "excel", "limit"})
COUNTED: Final = "counted"
_KEYS: Final = {"summary", "description", "tags", "params", "view"}
_PARAMETER_KEYS: Final = {"name", "type", "label", "required", "default"}
_PAIR: Final = re.compile(r"(?P<key>[a-z]+):(?: (?P<value>.*))?")


def load_queries(folder: Path) -> Mapping[str, SavedQuery]:
    """The saved questions of a folder by name, in the order of their names.

    Raises:
        SeedError: a file that is no saved question, with its line.
    """
    found, faults = sound_queries(folder)
    if faults:
        raise faults[0]
    return found


def sound_queries(folder: Path) -> tuple[Mapping[str, SavedQuery], tuple[SeedError, ...]]:
    """The saved questions of a folder by name, in the order of their names, and what is wrong with the other files."""
    found, faults = {}, []
    for file in sorted(folder.glob("*.rq")):
        try:
            found[file.stem] = parse_query(file.stem, _text(file))
        except SeedError as fault:
            faults.append(fault)
    for file in sorted((folder / COUNTED).glob("*.rq")):
        name, *needed = file.stem.split(".")
        try:
            found[name] = _with_counted(found.get(name), frozenset(needed), file)
        except SeedError as fault:
            faults.append(fault)
    return found, tuple(faults)


def _with_counted(query: SavedQuery | None, needed: frozenset[str], file: Path) -> SavedQuery:
    name = f"{COUNTED}/{file.name}"
    if query is None:
        raise SeedError(name, None, "there is no question of this name")
    text = _text(file)
    written = {variable[2:] for variable in _parameters(text)}
    if stray := (written | needed) - {parameter.name for parameter in query.parameters}:
        raise SeedError(name, None, f"the question has no parameter {', '.join(sorted(stray))}")
    if unused := needed - written:
        raise SeedError(name, None, f"its name says what its text does not use: {', '.join(sorted(unused))}")
    return replace(query, counted={**query.counted, needed: text})


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SeedError(file.name, None, f"cannot be read: {error}") from error


def parse_query(name: str, text: str) -> SavedQuery:
    """The saved question in the text of its file.

    Raises:
        SeedError: the header does not say what it must, or disagrees with the query.
    """
    file = f"{name}.rq"
    header = _Header(file, text)
    missing = {"summary", "description", "tags", "view"} - header.texts.keys() - header.lists.keys()
    if missing:
        raise SeedError(file, 1, f"the header lacks {', '.join(sorted(missing))}")
    if header.texts["view"] not in VIEWS:
        raise SeedError(file, header.lines["view"], f"view is one of {', '.join(VIEWS)}")
    parameters = tuple(_parameter(file, line, entry) for line, entry in header.parameters)
    _compare(file, text, parameters)
    return SavedQuery(
        name=name,
        summary=header.texts["summary"],
        description=header.texts["description"],
        tags=tuple(header.lists.get("tags", ())),
        parameters=parameters,
        view=header.texts["view"],
        text=text,
    )


class _Header:
    """The ``#+`` lines, read."""

    def __init__(self, file: str, text: str) -> None:
        self.texts: dict[str, str] = {}
        self.lists: dict[str, list[str]] = {}
        self.lines: dict[str, int] = {}
        self.parameters: list[tuple[int, dict[str, str]]] = []
        self._file = file
        self._key = ""
        for number, line in enumerate(text.splitlines(), 1):
            if line.startswith("#+"):
                self._take(number, line[2:].rstrip())

    def _take(self, number: int, line: str) -> None:
        entry = line.strip()
        indent = len(line) - len(line.lstrip())
        if not entry:
            return
        if indent <= 1:
            self._open(number, entry)
        elif self._key == "tags" and entry.startswith("- "):
            self.lists["tags"].append(_plain(entry[2:]))
        elif self._key == "params":
            self._parameter_line(number, entry)
        elif self._key == "description":
            self.texts["description"] = f"{self.texts['description']} {entry}".strip()
        else:
            raise SeedError(self._file, number, f"unexpected in the header: {entry!r}")

    def _open(self, number: int, entry: str) -> None:
        match = _PAIR.fullmatch(entry)
        if match is None or match["key"] not in _KEYS:
            raise SeedError(self._file, number, f"not a line of the header ({', '.join(sorted(_KEYS))}): {entry!r}")
        self._key = match["key"]
        if self._key in self.lines:
            raise SeedError(self._file, number, f"{self._key} stands twice")
        self.lines[self._key] = number
        if self._key in {"tags", "params"}:
            self.lists[self._key] = []
        else:
            value = (match["value"] or "").strip()
            self.texts[self._key] = "" if value in {">", "|"} else _plain(value)

    def _parameter_line(self, number: int, entry: str) -> None:
        if entry.startswith("- "):
            self.parameters.append((number, {}))
            entry = entry[2:]
        match = _PAIR.fullmatch(entry)
        if match is None or match["key"] not in _PARAMETER_KEYS or not self.parameters:
            raise SeedError(self._file, number, f"not a line of a parameter: {entry!r}")
        self.parameters[-1][1][match["key"]] = _plain((match["value"] or "").strip())


def _plain(value: str) -> str:
    if len(value) >= 2 and value[0] == value[-1] and value[0] in {'"', "'"}:
        return value[1:-1]
    return value


def _parameter(file: str, line: int, entry: Mapping[str, str]) -> Parameter:
    for key in ("name", "type", "label"):
        if not entry.get(key):
            raise SeedError(file, line, f"a parameter without {key}")
    if entry["name"] in RESERVED:
        raise SeedError(file, line, f"a parameter may not be called {entry['name']}: the address of the page needs it")
    if entry["type"] not in set(ParameterType):
        raise SeedError(file, line, f"no such type: {entry['type']}; there are {', '.join(ParameterType)}")
    if entry.get("required", "false") not in {"true", "false"}:
        raise SeedError(file, line, "required is true or false")
    return Parameter(
        name=entry["name"],
        type=ParameterType(entry["type"]),
        label=entry["label"],
        required=entry.get("required") == "true",
        default=entry.get("default"),
    )


def _compare(file: str, text: str, parameters: tuple[Parameter, ...]) -> None:
    """Nothing; the query holds each parameter of its header, and no other."""
    written = {variable[2:] for variable in _parameters(text)}
    declared = {parameter.name for parameter in parameters}
    if written != declared:
        names = ", ".join(f"?_{name}" for name in sorted(written ^ declared))
        raise SeedError(file, None, f"in the query or in the header, but not in both: {names}")


def _parameters(text: str) -> set[str]:
    """The variables that stand for parameters."""
    return {
        token.text for token in tokenize(text) if token.kind is Kind.VARIABLE and token.text.startswith(("?_", "$_"))
    }
