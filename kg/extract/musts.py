"""What a sentence must hold for a pattern to match: read off the pattern, so that most sentences are never searched."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

Letters = frozenset[str]
_ATOM: Final = re.compile(r"(?:[a-z_]+=(?=\())?(\(|<[^<>]*>|\S)")
_TIMES: Final = re.compile(r"\?|\{(\d+)[^}]*\}\??")
_MARKS: Final = frozenset(",;:-–/'\"‹›")


def musts(pattern: str, members: Callable[[str], Letters]) -> tuple[Letters, ...]:
    """For each part that no match can do without: the letters of which one must be there.

    ``members`` gives the letters of the names in ``<…>``. What cannot be told (a negated class, an alternative that
    may be empty) demands nothing.
    """
    branches = [tuple(_of_branch(branch, members)) for branch in _split(pattern)]
    if len(branches) == 1:
        return branches[0]
    return (frozenset().union(*(found[0] for found in branches)),) if all(branches) else ()


def _of_branch(branch: str, members: Callable[[str], Letters]) -> Iterator[Letters]:
    at = 0
    while (atom := _ATOM.search(branch, at)) is not None:
        begin = atom.start(1)
        at = _closing(branch, begin) if atom[1] == "(" else atom.end()
        part = branch[begin:at]
        times = _TIMES.match(branch, at)
        at = times.end() if times else at
        if times is None or int(times[1] or 0):
            yield from _of_part(part, members)


def _of_part(part: str, members: Callable[[str], Letters]) -> tuple[Letters, ...]:
    if part[0] == "(":
        return musts(part[1:-1], members)
    if part[0] == "<":
        return () if part[1] == "^" else (members(part[1:-1]),)
    return (frozenset(part),) if part.isalnum() or part in _MARKS else ()


def _split(pattern: str) -> list[str]:
    """The alternatives of a pattern, those within brackets left together."""
    cuts, depth = [-1], 0
    for at, character in enumerate(pattern):
        depth += (character in "(<") - (character in ")>")
        if character == "|" and not depth:
            cuts.append(at)
    return [pattern[begin + 1 : end] for begin, end in zip(cuts, [*cuts[1:], len(pattern)], strict=True)]


def _closing(pattern: str, opening: int) -> int:
    """The index behind the bracket that closes the one at this index."""
    depth = 0
    for at in range(opening, len(pattern)):
        depth += (pattern[at] == "(") - (pattern[at] == ")")
        if not depth:
            return at + 1
    return len(pattern)
