"""Where a ``<`` compares and where it opens an IRI the guard says as the engine does: nothing hides between the two.

Queries are made at random, as bare of space as the engine takes them. What stands behind a comparison on its line is a
comment for who compares, and nonsense for who reads an IRI; behind an IRI it is the other way round.
"""

from __future__ import annotations

import random

import pyoxigraph as ox
import pytest

from kg.config import Limits
from kg.engine.guard import check
from kg.errors import KgError

_PREFIXES = "PREFIX p: <a:p> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
_TERMS = ("?x", "1", ".5", "1.e1", "true", "FALSE", "'a'@en", "'''c'''", "'a'^^<a:t#>", "<a:b#>", "p:x", "p:", "<>")
_FUNCTIONS = (("STR", 1), ("MD5", 1), ("SHA256", 1), ("COALESCE", 2), ("REGEX", 2), ("IF", 3), ("xsd:string", 1))
_COMPARED = ("<5#>@@'''\"\n", "<=5#>@{\n", "<?zz#>@(\n", "<<a:b#>", "<<<(<a:s><a:p#> 1)>>")


class _Writer:
    """Writes queries; each at random."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._names = 0

    def _any(self, *choices: str) -> str:
        return self._random.choice(choices)

    def _gap(self) -> str:
        return self._any("", "", " ", "\n", " #<c\n")

    def _name(self) -> str:
        self._names += 1
        return f"?v{self._names}"

    def _operand(self, depth: int) -> str:  # noqa: PLR0911  # a list of them
        if depth <= 0:
            return self._any(*_TERMS)
        match self._random.randrange(8):
            case 0:
                return f"({self._gap()}{self._expression(depth - 1)})"
            case 1:
                return f"{self._any('', 'NOT', 'NOT ')}EXISTS{self._gap()}{self._group(depth - 1)}"
            case 2 | 3:
                name, count = self._random.choice(_FUNCTIONS)
                told = ",".join(self._expression(depth - 1) for _ in range(count))
                return f"{name}{self._gap()}({told})"
            case 4:
                return f"{self._operand(0)}{self._any(' IN', ' NOT IN')}({self._expression(depth - 1)},<a:i#>)"
            case 5:
                return f"<<({self._gap()}<a:s#>{self._gap()}<a:p#>{self._gap()}?x{self._gap()})>>"
            case 6:
                return f"COUNT(DISTINCT{self._gap()}{self._expression(depth - 1)})"
            case _:
                return self._any("!", "-", "+") + self._operand(depth - 1)

    def _expression(self, depth: int) -> str:
        parts = []
        for _ in range(self._random.choice((1, 1, 2))):
            compared = self._gap() + self._any(*_COMPARED) if self._random.random() < 0.4 else ""
            parts.append(self._operand(depth) + compared)
        return f"{self._gap()}{self._any('&&', '||')}{self._gap()}".join(parts)

    def _pattern(self, depth: int) -> str:  # noqa: PLR0911  # a list of them
        match self._random.randrange(9):
            case 0 | 1:
                return f"FILTER{self._gap()}({self._expression(depth)})"
            case 2:
                return f"FILTER{self._gap()}{self._any('<f:f#>', ' xsd:string')}({self._expression(depth)})"
            case 3:
                return f"BIND({self._expression(depth)}{self._gap()}AS{self._gap()}{self._name()})"
            case 4:
                return f"{{{self.select(depth)}}}"
            case 5:
                return f"VALUES(?x ?y){{(<a:v#>UNDEF)({self._gap()}<a:v#>'s')}}"
            case 6:
                return f"OPTIONAL{self._gap()}{self._group(depth)}"
            case 7:
                return f"?s{self._any('<a:p#>', '(<a:p#>|^<a:q#>)*', ' a ')}(1{self._gap()}<a:l#>){self._any('', '.')}"
            case _:
                return f"?s<a:p#>{self._any('true', '1', '<a:o#>')}{self._any('', '.', ';a(<a:l#>)')}"

    def _group(self, depth: int) -> str:
        count = self._random.randrange(3) if depth > 0 else 0
        return "{" + "".join(self._gap() + self._pattern(depth - 1) for _ in range(count)) + self._gap() + "}"

    def select(self, depth: int) -> str:
        """A SELECT."""
        told = "".join(f"({self._expression(depth)}{self._gap()}AS{self._gap()}{self._name()})" for _ in range(2))
        parts = [f"SELECT{self._any('', ' DISTINCT', ' REDUCED')}{self._gap()}{told}{self._group(depth)}"]
        brackets = f"({self._expression(depth)}){self._gap()}({self._expression(depth - 1)})"
        if self._random.random() < 0.3:
            parts.append(f"GROUP{self._gap()}BY{self._gap()}?x{self._gap()}HAVING{self._gap()}{brackets}")
        if self._random.random() < 0.4:
            parts.append(f"ORDER{self._gap()}BY{self._gap()}{brackets}")
        return self._gap().join(parts)


@pytest.mark.parametrize("seed", range(4))
def test_guard_and_engine_read_the_same_comparisons(seed: int) -> None:
    writer, store, read = _Writer(seed), ox.Store(), 0
    for _ in range(2500):
        text = _PREFIXES + writer.select(2)
        try:
            store.query(text, base_iri="http://example.org/")
        except SyntaxError:
            continue
        except (ValueError, RuntimeError):
            pass  # it was read; functions that nobody knows are told of later
        read += 1
        try:
            check(text, Limits())
        except KgError as error:
            pytest.fail(f"{error}: {text!r}")
    assert read > 100
