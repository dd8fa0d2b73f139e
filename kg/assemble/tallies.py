"""What is counted in the default graph, as numbers to which each thing adds its own.

So the counts of a graph that grew follow from those of the one before: what the things in which they differ added then
goes, what they add now comes. Of a whole graph SPARQL finds them sooner (:data:`kg.assemble.derive.TALLIES`).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final

from pyoxigraph import NamedNode, Store

from kg.assemble.derive import counts, tallied
from kg.assemble.views import Before, Term, View

Key = tuple[str, ...]
Tallies = Counter[Key]
"""Numbers by what they count: the kind, what of it, and which of its numbers."""

_SEVERAL: Final = 2
_DIP: Final = "https://w3id.org/diplomacy-kg/ns#"


def _term(name: str) -> NamedNode:
    return NamedNode(_DIP + name)


TYPE: Final = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
ARTICLE, EVIDENCE, MEETING = _term("Article"), _term("Evidence"), _term("Meeting")
PARTICIPANT, REPRESENTS, PLACE, COUNTRY = map(_term, ("participant", "represents", "place", "country"))
SUPPORTS, REPORTED, COPY_OF = map(_term, ("supports", "reportedIn", "copyOf"))
_PUBLISHER, _AGENCY, _PUBLISHED = map(_term, ("publisher", "agency", "published"))
_EARLIEST, _LATEST = _term("earliest"), _term("latest")
CONTACTS: Final = {MEETING: "meetings", _term("PhoneCall"): "calls", _term("VideoCall"): "calls"}
_ATTESTED: Final = frozenset({*CONTACTS, *map(_term, ("Agreement", "Summit", "PlannedContact"))})
_TELLING: Final = frozenset({ARTICLE, *_ATTESTED})
_UNKNOWN: Final = "unknown"
_MONTH, _YEAR, _DAY = 7, 4, 10


def tally(store: Store) -> Tallies:
    """All of them, of everything in the default graph: :data:`kg.assemble.derive.TALLIES`, and the classes."""
    tallies = Tallies(dict(tallied(store)))
    tallies.update({("classes", name): number for name, number in counts(store).items()})
    return +tallies


def brought_up(tallies: Tallies, now: View, before: View, things: Iterable[NamedNode]) -> Tallies:
    """Those of a graph as it is, from those of it as it was, and the things that the change touched."""
    sums = Tallies(tallies)
    for thing in things:
        sums.update(added(now, thing))
        sums.subtract(added(before, thing))
    return Tallies({key: number for key, number in sums.items() if number})


def touched(now: View, before: Before) -> frozenset[NamedNode]:
    """The things that may add something else than they did."""
    found: set[NamedNode] = set()
    for quad in before.changed:
        assert isinstance(quad.subject, NamedNode)
        found.add(quad.subject)
        if quad.predicate == SUPPORTS and isinstance(quad.object, NamedNode):
            found.add(quad.object)
        path = REPORTED if quad.object == ARTICLE else _HANGS_ON.get(quad.predicate)
        if path is not None:
            found |= now.subjects(path, quad.subject)
    return frozenset(found)


# What a thing adds hangs on these properties of what it points to, too: by which path it does.
_HANGS_ON: Final = {
    REPRESENTS: PARTICIPANT,
    COUNTRY: PLACE,
    COPY_OF: REPORTED,
    _PUBLISHER: REPORTED,
    _AGENCY: REPORTED,
}


def added(view: View, thing: NamedNode) -> Tallies:
    """What one thing adds."""
    sums, kinds = Tallies(), [kind for kind in view.ends(thing, TYPE) if isinstance(kind, NamedNode)]
    told = {REPORTED: view.ends(thing, REPORTED)} if _TELLING.isdisjoint(kinds) else view.of(thing)
    for kind in kinds:
        if kind.value.startswith(_DIP):
            sums[_class(kind)] += 1
        if kind in CONTACTS:
            sums.update(_of_contact(view, told, CONTACTS[kind]))
        if kind == MEETING:
            sums.update(_of_places(view, told))
        if kind == ARTICLE:
            sums.update(
                ("outlets", name, what, *day) for what, *day in _of_article(told) for name in _outlets(view, thing)
            )
        if kind in _ATTESTED:
            sums.update(_of_fact(view, thing, told))
    outlets = {name for article in told.get(REPORTED, ()) for name in _outlets(view, article)}
    sums.update(("outlets", name, "facts") for name in outlets)
    return sums


def classes(tallies: Tallies) -> dict[str, int]:
    """How many things of each of our classes there are, by the class's name."""
    return {name: tallies["classes", name] for kind, name in sorted(key[:2] for key in tallies if key[0] == "classes")}


def to_lines(tallies: Tallies) -> Iterator[bytes]:
    """Each number as a line of JSON, in order."""
    for key in sorted(tallies):
        yield json.dumps([*key, tallies[key]], ensure_ascii=False).encode() + b"\n"


def from_lines(lines: Iterable[bytes]) -> Tallies:
    """The numbers of such lines."""
    return Tallies({tuple(key): number for *key, number in map(json.loads, lines)})


_Told = Mapping[NamedNode, Sequence[Term]]


def _class(kind: NamedNode) -> Key:
    return "classes", kind.value.removeprefix(_DIP)


def _ends(view: View, thing: Term, path: NamedNode) -> list[str]:
    return _texts(view.ends(thing, path)) if isinstance(thing, NamedNode) else []


def _values(told: _Told, path: NamedNode) -> list[str]:
    return _texts(told.get(path, ()))


def _texts(ends: Iterable[Term]) -> list[str]:
    return sorted(str(getattr(end, "value", "")) for end in ends)


def _of_contact(view: View, told: _Told, what: str) -> Iterator[Key]:
    for one, other in combinations(_values(told, PARTICIPANT), 2):
        yield "leaders", one, other, what
    countries = {name for who in told.get(PARTICIPANT, ()) for name in _ends(view, who, REPRESENTS)}
    for one, other in combinations(sorted(countries), 2):
        yield "countries", one, other, what
    if told.get(PARTICIPANT):
        for month in sorted(_within(told, _MONTH)):
            yield "months", month, what


def _within(told: _Told, length: int) -> set[str]:
    """The months or years within which the thing was."""
    begin, end = ({value[:length] for value in _values(told, path)} for path in (_EARLIEST, _LATEST))
    return begin & end


def _of_places(view: View, told: _Told) -> Iterator[Key]:
    for place in told.get(PLACE, ()):
        if not isinstance(place, NamedNode) or not view.ends(place, COUNTRY):
            continue
        for key in (("places", place.value), *(("place-years", place.value, year) for year in _within(told, _YEAR))):
            yield *key, "meetings"
            for day in _values(told, _EARLIEST):
                yield *key, "since", day
            for day in _values(told, _LATEST):
                yield *key, "until", day


def _of_article(told: _Told) -> Iterator[Key]:
    """What an article adds to each of its outlets."""
    yield ("articles",)
    for day in _values(told, _PUBLISHED):
        yield "days", day[:_DAY]


def _outlets(view: View, article: Term) -> set[str]:
    """The names under which an article came; nothing of what is no article."""
    if not isinstance(article, NamedNode) or ARTICLE not in view.ends(article, TYPE):
        return set()
    return {*_ends(view, article, _PUBLISHER), *_ends(view, article, _AGENCY)} or {_UNKNOWN}


def _of_fact(view: View, thing: NamedNode, told: _Told) -> Tallies:
    """How many sources report it, and in how many passages, where there are several sources: copies count as one."""
    articles = [end for end in told.get(REPORTED, ()) if isinstance(end, NamedNode)]
    sources = {name for article in articles for name in _ends(view, article, COPY_OF) or (article.value,)}
    if len(sources) < _SEVERAL:
        return Tallies()
    key = ("facts", thing.value)
    return Tallies({(*key, "sources"): len(sources), (*key, "sentences"): len(view.subjects(SUPPORTS, thing))})
