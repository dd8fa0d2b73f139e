"""What a correction changed: what the sources said before, beside what its author says, and where the fact is now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from itertools import chain
from typing import Any

from kg.assemble.curate import Change, mark
from kg.assemble.told import Assembly, Contradiction, Merged, Told
from kg.facts.report import KINDS
from kg.model.date import When
from kg.model.entity import Place


@dataclass(slots=True)
class _Amended:
    """A fact as it was, with the new values and the sheet that each is from."""

    tellings: list[Told[Any]] = field(default_factory=list)
    whole: Told[Any] | None = None
    values: dict[str, tuple[Any, str]] = field(default_factory=dict)


def amended(before: Assembly, after: Assembly, changes: Iterable[Change]) -> Assembly:
    """The assembly after the changes, with both claims on what they changed, and the new key of what they moved."""
    facts = _facts(before, [change for change in changes if change.changes])
    keys = {
        (telling.articles[0], mark(telling.fact)): telling.key for fact in _merged(after) for telling in fact.tellings
    }
    contradictions, moved = list(after.contradictions), []
    contradictions += _withdrawn(before, [change for change in changes if not change.changes], {*keys.values()})
    known = {(found.key, found.property) for found in contradictions}
    for old, fact in sorted(facts.items()):
        new = next((keys[one] for one in _marks(fact) if one in keys), None)
        if new is None:
            continue
        if new != old:
            moved.append((old, new))
        contradictions += [found for found in _claims(new, fact) if (found.key, found.property) not in known]
    ordered = tuple(sorted(contradictions, key=lambda found: (found.key, found.property)))
    return replace(after, contradictions=ordered, moved=tuple(moved))


def _withdrawn(before: Assembly, changes: Iterable[Change], left: Collection[str]) -> Iterator[Contradiction]:
    """Of each fact that is no more the words that told it, with their articles, and the sheets that withdrew it."""
    sheets: dict[str, set[str]] = {}
    for change in changes:
        sheets.setdefault(change.key, set()).add(change.sheet)
    told: dict[str, dict[str, set[str]]] = {}
    for telling in chain.from_iterable(merged.tellings for merged in _merged(before)):
        if telling.key in sheets and telling.key not in left and telling.fact.evidence:
            quote = " ".join(telling.fact.evidence[0].quote.split())
            told.setdefault(telling.key, {}).setdefault(quote, set()).add(telling.articles[0])
    for key, words in sorted(told.items()):
        said = tuple((quote, tuple(sorted(articles))) for quote, articles in sorted(words.items()))
        claims = (*said, ("withdrawn", tuple(sorted(sheets[key]))))
        yield Contradiction(key=key, property="fact", claims=claims, settled=True)


def _merged(assembly: Assembly) -> Iterator[Merged[Any]]:
    return chain.from_iterable(getattr(assembly, kind) for kind in KINDS)


def _facts(before: Assembly, changes: Sequence[Change]) -> Mapping[str, _Amended]:
    """By its key what each fact was that is changed, and its new values."""
    found: dict[str, _Amended] = {change.key: _Amended() for change in changes}
    for change in changes:
        found[change.key].values.update({name: (value, change.sheet) for name, value in change.changes})
    for merged in _merged(before):
        for telling in merged.tellings:
            if telling.key in found:
                found[telling.key].tellings.append(telling)
                found[telling.key].whole = merged.whole or telling
    return found


def _marks(fact: _Amended) -> Iterator[tuple[str, str]]:
    """By what each telling is found again after the change."""
    for telling in fact.tellings:
        names = {one.name for one in fields(telling.fact)}
        values = {name: value for name, (value, _) in fact.values.items() if name in names}
        yield telling.articles[0], mark(replace(telling.fact, **values))


def _claims(key: str, fact: _Amended) -> Iterator[Contradiction]:
    if fact.whole is None:
        return
    for name, (value, sheet) in sorted(fact.values.items()):
        was, now = _told(getattr(fact.whole.fact, name, None)), _told(value)
        if was and now and was != now:
            claims = ((was, fact.whole.articles), (now, (sheet,)))
            subject = "date" if name == "when" else name.replace("_", " ")
            yield Contradiction(key=key, property=subject, claims=claims, settled=True)


def _told(value: Any) -> str:
    """A value of a record as a claim says it; empty where there is none."""
    match value:
        case None:
            return ""
        case When():
            if value.date is not None:
                return str(value.date)
            return f"{value.earliest}/{value.latest}" if value.earliest and value.latest else ""
        case Place():
            return value.name
        case bool():
            return str(value).lower()
        case _:
            return str(value)
