"""Statements: direct quotations of leaders, and what they are about."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.extract.clause import PEOPLE, follows_preposition, subject_of
from kg.extract.item import Item
from kg.extract.people import country_of
from kg.extract.register import Figure
from kg.extract.scene import Scene
from kg.model.fact import Evidence

_SHORTEST = 4
Span = tuple[int, int]


@dataclass(slots=True)
class StatementDraft:
    """One quotation; ``words`` are the place that says who speaks."""

    speaker: Figure
    words: Span
    about: tuple[str, ...]
    sentence: int
    paragraph: int
    begin: int
    end: int
    evidence: list[Evidence] = field(default_factory=list)


def _quotes(items: list[Item]) -> list[tuple[int, int]]:
    """The stretches of items between double quotation marks; one left open runs to the end."""
    marks = [at for at, item in enumerate(items) if item.symbol == '"']
    if len(marks) == 1 and marks[0] < 2:
        return [(1, len(items))] if len(items) > 1 else []
    return [(begin + 1, end) for begin, end in zip(marks[::2], marks[1::2], strict=False) if end - begin > _SHORTEST]


def _speaker(scene: Scene, verb: int) -> tuple[Figure, Span] | None:
    """Who speaks, and the words for him: before the verb ("Lee said") or right behind it ("said Lee")."""
    items = scene.items
    if verb + 1 < len(items) and items[verb + 1].symbol in "PR":
        people = scene.people(verb + 1)
        if len(people) == 1 and items[verb].text.casefold() in {"said", "says", "added", "wrote", "stressed"}:
            return people[0], scene.span(verb + 1, verb + 1)
    index = subject_of(items, verb)
    if index is None or items[index].symbol not in PEOPLE or follows_preposition(items, index):
        return None
    people = scene.people(index)
    return (people[0], scene.span(index, index)) if len(people) == 1 else None


def _beside(scene: Scene, quote: tuple[int, int]) -> tuple[Figure, Span] | None:
    """Who speaks without a verb: "X: “…”", "According to X, “…”", "“…,” according to X"."""
    items = scene.items
    before, behind = quote[0] - 3, quote[1] + 2
    if before >= 0 and items[before].symbol in "PR":
        named, mark = before, items[before + 1].symbol
        spoken = mark == ":" or (mark == "," and before > 0 and items[before - 1].is_word("according"))
    else:
        named = behind
        spoken = behind < len(items) and items[behind].symbol in "PR" and items[behind - 1].is_word("according")
    people = scene.people(named) if spoken else ()
    return (people[0], scene.span(named, named)) if len(people) == 1 else None


def find_statements(scene: Scene, before: StatementDraft | None) -> list[StatementDraft]:
    """The quotations of one sentence; a quotation alone continues its paragraph's speaker."""
    items = scene.items
    quotes = _quotes(items) if '"' in scene.present else []
    if not quotes:
        return []
    verb = next((at for at, item in enumerate(items) if item.is_word("said") and not _inside(at, quotes)), None)
    same = before if before is not None and before.paragraph == scene.sentence.paragraph else None
    told = _speaker(scene, verb) if verb is not None else _beside(scene, quotes[0])
    if told is None and verb is None and same is not None:
        told = same.speaker, same.words
    if told is None:
        return []
    speaker, words = told
    found: list[StatementDraft] = []
    for begin, end in quotes:
        inside = items[begin:end]
        if not inside:
            continue
        about = [c for item in _quoted_before(items, end) for c in _codes(item)]
        if same is not None:
            about = [*same.about, *about]
        first, last = inside[0].begin, inside[-1].end
        found.append(
            StatementDraft(
                speaker=speaker, words=words, about=tuple(dict.fromkeys(about)), sentence=scene.sentence.number,
                paragraph=scene.sentence.paragraph, begin=first, end=last,
                evidence=[
                    Evidence(
                        begin=first, end=last, quote=scene.text(first, last), rule="statement.quote-said",
                        antecedents=(words,),
                    )
                ],
            )
        )  # fmt: skip
    return found


def _quoted_before(items: list[Item], end: int) -> list[Item]:
    """What the sentence quotes up to an index: "“Peru,” he said, “is near”" is about Peru."""
    marks = [at for at, item in enumerate(items[:end]) if item.symbol == '"'] or [-1]
    return [
        item for first, last in zip(marks[::2], [*marks[1::2], end], strict=False) for item in items[first + 1 : last]
    ]


def _inside(at: int, quotes: list[tuple[int, int]]) -> bool:
    return any(begin <= at < end for begin, end in quotes)


def _codes(item: Item) -> list[str]:
    if item.symbol == "D" and isinstance(item.value, tuple):
        return [c for c in item.value if isinstance(c, str)]
    code = country_of(item) if item.symbol in "CAO" else None
    return [code] if code else []
