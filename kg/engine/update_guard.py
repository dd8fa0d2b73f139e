"""Whether an update may run: within reach, within the limits; and its text, held to the graphs that it may see.

The check is on tokens, as that of queries (:mod:`kg.engine.guard`): what stands in strings, comments and names is
nobody's business.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.config import Limits
from kg.engine.answer import QueryTooLarge
from kg.engine.guard import match_brackets, misplaced, read_tokens, unambiguous
from kg.engine.history import shape
from kg.errors import QueryNotReadOnly
from kg.query.tokens import Kind, Token, position, tokenize

_OUTSIDE: Final = {
    "SERVICE": "Ask the other endpoint by itself and send what it says as an update.",
    "LOAD": "Fetch the document yourself and send it to the graph store: PUT or POST /store?graph=…",
}
_OPERATIONS: Final = frozenset({"INSERT", "DELETE", "WITH", "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD"})
_PROLOGUE: Final = frozenset({"BASE", "PREFIX", "VERSION"})
_WHOLE_GRAPHS: Final = _OPERATIONS - {"INSERT", "DELETE"} | {"GRAPH", "USING"}
# Words that a prefix may not be taken for, not even in part.
_KEYWORDS: Final = re.compile(
    "|".join(sorted({*_OUTSIDE, *_WHOLE_GRAPHS, "FILTER", "ORDER", "HAVING"})), re.IGNORECASE | re.ASCII
)
_RDF_1_2: Final = frozenset({"TRIPLE", "STRLANGDIR", "VERSION"})
_READABLE: Final = "Say it in RDF 1.1: exports would be unreadable for most programs."


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """An update that may run: what the engine is to read of it, and the tokens that are no space."""

    text: str
    tokens: tuple[Token, ...]

    @property
    def shape(self) -> bytes:
        """What it has in common with the same update of other things."""
        return shape(self.tokens)


@dataclass(frozen=True, slots=True)
class Edit:
    """Text to put at a place of the update."""

    at: int
    text: str


def check_update(text: str, limits: Limits) -> Update:
    """The update, if it may run.

    Raises:
        QueryTooLarge: its text is longer than the limit.
        QueryNotReadOnly: it reaches out of the store.
        QuerySyntaxError: it is nested too deeply, its brackets do not match, or it begins like no update.
    """
    if len(text) > limits.update_characters:
        raise QueryTooLarge(
            f"the update has {len(text)} characters, more than the {limits.update_characters} allowed",
            hint="Send data as RDF to the graph store: PUT or POST /store?graph=…",
        )
    tokens = read_tokens(text)
    _stay_inside(text, tokens)
    match_brackets(text, tokens, limits.nesting)
    for token in _beginnings(tokens):
        if token.word not in _OPERATIONS:
            hint = "An operation begins with INSERT, DELETE, WITH, CLEAR, DROP, CREATE, COPY, MOVE or ADD."
            raise misplaced(text, token, f"an update does not begin with {token.text[:40]!r}", hint)
    return Update(text=unambiguous(text, tokens, _KEYWORDS), tokens=tuple(tokens))


def with_dataset(update: Update, graphs: tuple[str, ...], named: tuple[str, ...]) -> str:
    """The update over the graphs that the protocol gives (SPARQL 1.1 Protocol, 2.2.3); the graphs are absolute IRIs.

    Raises:
        QuerySyntaxError: the update names its own.
    """
    text, tokens = update.text, update.tokens
    if not graphs and not named:
        return text
    for token in tokens:
        if any(word in token.word for word in ("USING", "WITH")):
            hint = "Leave out using-graph-uri and using-named-graph-uri, or the clause."
            raise misplaced(text, token, f"{token.word} stands beside graphs that are given as parameters", hint)
    clauses = "".join(f"\nUSING <{iri}>" for iri in graphs) + "".join(f"\nUSING NAMED <{iri}>" for iri in named)
    return _edited(text, _clauses_before_where(text, tokens, f"{clauses}\n"))


def within(update: Update, graph: str | None) -> str:
    """The update, held to one graph, which is an absolute IRI or, where ``None``, the default graph.

    Raises:
        QuerySyntaxError: it speaks of graphs, or of the store as a whole.
    """
    text, tokens = update.text, update.tokens
    for token in tokens:
        if any(word in token.word for word in _WHOLE_GRAPHS):
            hint = "A PATCH changes the one graph it is sent to. Send other updates to /update."
            raise misplaced(text, token, f"{token.word} is not for the change of one graph", hint)
    if graph is None:
        return text
    return _edited(text, _held(tokens, graph))


def as_insertions(update: Update) -> str | None:
    """The update with insertions in the place of its deletions; ``None`` where it does not name all that it changes."""
    parts, at = [], 0
    for token in _beginnings(update.tokens):
        following = next((other for other in update.tokens if other.begin > token.begin), None)
        if following is None or following.word != "DATA":
            return None
        if token.word == "DELETE":
            parts += [update.text[at : token.begin], "INSERT"]
            at = token.end
    return "".join([*parts, update.text[at:]])


def body_begins(text: str) -> int:
    """Where the first operation begins, behind all that the prologue declares."""
    skip = 0
    for token in tokenize(text):
        if token.kind in {Kind.SPACE, Kind.COMMENT}:
            continue
        if skip:
            skip -= 1
        elif token.word in _PROLOGUE:
            skip = 2 if token.word == "PREFIX" else 1
        else:
            return token.begin
    return len(text)


def _stay_inside(text: str, tokens: list[Token]) -> None:
    previous: Token | None = None
    for token in tokens:
        # Within longer words, too: the engine does not ask where a keyword ends.
        for word in _OUTSIDE:
            if word in token.word:
                line, column = position(text, token.begin)
                message = f"{word} is not allowed: nothing here reaches out of the store"
                raise QueryNotReadOnly(message, line=line, column=column, hint=_OUTSIDE[word])
        if _is_rdf_1_2(token, previous):
            raise misplaced(text, token, "triple terms and directions of text (RDF 1.2) are not taken", _READABLE)
        previous = token


def _is_rdf_1_2(token: Token, previous: Token | None) -> bool:
    if token.word in _RDF_1_2 or token.text in {"<<", ">>", "~"}:
        return True
    joined = previous is not None and previous.end == token.begin
    return (
        joined
        and previous is not None
        and ((previous.text, token.text) == ("{", "|") or (previous.kind is Kind.TAG and token.text == "-"))
    )


def _beginnings(tokens: Sequence[Token]) -> Iterator[Token]:
    """The first token of each operation."""
    depth, is_begin, skip = 0, True, 0
    for token in tokens:
        if skip:
            skip -= 1
        elif is_begin and depth == 0 and token.word in _PROLOGUE:
            skip = 2 if token.word == "PREFIX" else 1
        elif token.text == ";" and depth == 0 and token.kind is Kind.SIGN:
            is_begin = True
        elif is_begin:
            is_begin = False
            yield token
        if token.kind is Kind.SIGN:
            depth += (token.text in {"{", "(", "["}) - (token.text in {"}", ")", "]"})


def _groups(tokens: Sequence[Token]) -> Iterator[tuple[Token, Token, Token, Token | None]]:
    """Each outermost group with braces: its opening and closing one, the word before it, and the word before that."""
    depth = 0
    opened: Token | None = None
    before: list[Token] = []
    for token in tokens:
        if token.kind is Kind.SIGN and token.text == "{":
            if depth == 0:
                opened = token
            depth += 1
        elif token.kind is Kind.SIGN and token.text == "}":
            depth -= 1
            if depth == 0 and opened is not None and before:
                yield opened, token, before[-1], before[-2] if len(before) > 1 else None
                before = []
        elif depth == 0:
            before.append(token)


def _clauses_before_where(text: str, tokens: Sequence[Token], clauses: str) -> Iterator[Edit]:
    for opened, closed, last, earlier in _groups(tokens):
        if last.word == "WHERE" and earlier is not None and earlier.word == "DELETE":
            # DELETE WHERE has no place for them: it is short for DELETE {…} WHERE {…}.
            group = text[opened.begin : closed.end]
            yield Edit(last.begin, f"{group}{clauses}")
        elif last.word == "WHERE":
            yield Edit(last.begin, clauses)
        elif last.word not in {"DATA", "INSERT", "DELETE"}:
            raise misplaced(text, opened, "a group that belongs to no operation", "Write WHERE before it.")


def _held(tokens: Sequence[Token], graph: str) -> Iterator[Edit]:
    for token in _beginnings(tokens):
        following = next((other for other in tokens if other.begin > token.begin), None)
        if following is not None and following.text == "{":
            yield Edit(token.begin, f"WITH <{graph}>\n")
    for opened, closed, last, earlier in _groups(tokens):
        if last.word == "DATA" or (last.word == "WHERE" and earlier is not None and earlier.word == "DELETE"):
            yield Edit(opened.end, f" GRAPH <{graph}> {{\n")
            yield Edit(closed.begin, "\n}")


def _edited(text: str, edits: Iterator[Edit]) -> str:
    parts, at = [], 0
    for edit in sorted(edits, key=lambda edit: edit.at):
        parts += [text[at : edit.at], edit.text]
        at = edit.at
    return "".join([*parts, text[at:]])
