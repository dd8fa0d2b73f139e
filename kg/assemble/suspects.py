"""Whether what changed in a sound graph may break an assertion of :mod:`kg.assemble.audit`: then all are tried.

Only what came or went is looked at, and what that may have made untrue.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import permutations
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.assemble.audit import GROUNDED
from kg.assemble.tallies import EVIDENCE, MEETING, PARTICIPANT, SUPPORTS, TYPE
from kg.assemble.views import Before, Term, View

_DIP: Final = "https://w3id.org/diplomacy-kg/ns#"
_MET, _STATUS, _HELD = (NamedNode(_DIP + name) for name in ("met", "status", "held"))
_BEGIN, _END = NamedNode(_DIP + "begin"), NamedNode(_DIP + "end")
_PLAN: Final = NamedNode(_DIP + "PlannedContact")
_GROUNDED: Final = frozenset(NamedNode(_DIP + name) for name in GROUNDED)

_Pair = tuple[Term, Term]


def is_suspect(now: View, before: Before, things: Collection[NamedNode]) -> bool:
    """Whether there is anything among the things that the change touched that an assertion may forbid."""
    return any(_is_wrong(now, thing) for thing in things) or _is_wrong_with_pairs(now, before, things)


def _is_wrong(now: View, thing: NamedNode) -> bool:
    kinds = now.ends(thing, TYPE)
    if _PLAN in kinds and (now.ends(thing, PARTICIPANT) or _HELD in now.ends(thing, _STATUS)):
        return True
    if EVIDENCE in kinds and _ends_too_soon(now.ends(thing, _BEGIN), now.ends(thing, _END)):
        return True
    return not _GROUNDED.isdisjoint(kinds) and not now.subjects(SUPPORTS, thing)


def _ends_too_soon(begins: Sequence[Term], ends: Sequence[Term]) -> bool:
    numbers = [[int(term.value) for term in side if isinstance(term, Literal)] for side in (begins, ends)]
    return any(end < begin for begin in numbers[0] for end in numbers[1])


def _is_wrong_with_pairs(now: View, before: Before, things: Collection[NamedNode]) -> bool:
    """Whether two met without a held meeting, only one met the other, or there was a meeting and they did not."""
    found = {pair for thing in things for pair in _together(now, thing)}
    ended = {pair for thing in things for pair in _together(before, thing)}
    edges = {(quad.subject, quad.object) for quad in before.changed if quad.predicate == _MET}
    if not all(_has_met(now, pair) and _has_met(now, pair[::-1]) for pair in found):
        return True
    held = {pair for thing in things if _HELD in now.ends(thing, _STATUS) for pair in _together(now, thing)}
    for one, other in (ended | edges | found) - held:
        meets = _meets(now, one, other)
        if meets != _has_met(now, (one, other)) or meets != _has_met(now, (other, one)):
            return True
    return False


def _together(view: View, thing: NamedNode) -> Iterator[_Pair]:
    if MEETING in view.ends(thing, TYPE):
        yield from permutations(view.ends(thing, PARTICIPANT), 2)


def _has_met(now: View, pair: _Pair) -> bool:
    return isinstance(pair[0], NamedNode) and pair[1] in now.ends(pair[0], _MET)


def _meets(now: View, one: Term, other: Term) -> bool:
    """Whether there is a held meeting of both."""
    for contact in now.subjects(PARTICIPANT, one):
        is_held = MEETING in now.ends(contact, TYPE) and _HELD in now.ends(contact, _STATUS)
        if is_held and other in now.ends(contact, PARTICIPANT):
            return True
    return False
