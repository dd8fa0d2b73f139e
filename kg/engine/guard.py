"""What a query is, and whether it may run: read-only, within reach, within the limits on text and nesting.

The check is on tokens, so words in strings, comments, IRIs, variables and prefixed names are nobody's business. But the
engine knows no edges of words: it reads ``trueSERVICE`` as two of them, and ``SERVICE:x`` as a name only where one may
stand. So a bare word may not even hold ``SERVICE``, and a prefix that does is called otherwise before the engine reads
the query: what is no name there is a mistake then.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Final

from kg.config import Limits
from kg.engine.answer import QueryTooLarge
from kg.engine.cut import Ends, ends
from kg.engine.history import shape
from kg.engine.prologue import is_volatile
from kg.errors import QueryNotReadOnly, QuerySyntaxError
from kg.query.tokens import Kind, Token, position, tokenize


class Form(StrEnum):
    """The form of a query (SPARQL 1.1, 16)."""

    SELECT = "select"
    ASK = "ask"
    CONSTRUCT = "construct"
    DESCRIBE = "describe"

    @property
    def is_graph(self) -> bool:
        """Whether its answer is a graph."""
        return self in {Form.CONSTRUCT, Form.DESCRIBE}


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A query that may run: its text, its form, and the tokens that are no space.

    ``text`` is what the engine is to read; it is as long as what was asked, each token in its place. What else is found
    out about it is found out once.
    """

    text: str
    form: Form
    tokens: tuple[Token, ...]

    @cached_property
    def is_volatile(self) -> bool:
        """Whether the same graph may answer otherwise next time."""
        return is_volatile(self.tokens)

    @cached_property
    def shape(self) -> bytes:
        """What it has in common with the same question of other things."""
        return shape(self.tokens)

    @cached_property
    def ends(self) -> Ends:
        """Where its rows are limited."""
        return ends(self.tokens)


_UPDATES: Final = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD"})
# The engine's keywords know no case, in ASCII. One reaches out; behind the others a bracket opens an expression, in
# which a ``<`` is read otherwise.
_HIDDEN: Final = re.compile("SERVICE|FILTER|GROUP|ORDER|HAVING", re.IGNORECASE | re.ASCII)
# No letters that any keyword begins with.
_LETTERS: Final = "qxyzjk"
_OPENING: Final = {"{": "}", "(": ")", "[": "]"}
_CLOSING: Final = {closing: opening for opening, closing in _OPENING.items()}


def check(text: str, limits: Limits) -> Checked:
    """The query, if it may run.

    Raises:
        QueryTooLarge: its text is longer than the limit, or of too many pieces.
        QueryNotReadOnly: it is an update, or reaches out of the store.
        QuerySyntaxError: it is nested too deeply, its brackets do not match, or it is no query at all.
    """
    if len(text) > limits.query_characters:
        raise QueryTooLarge(f"the query has {len(text)} characters, more than the {limits.query_characters} allowed")
    return (_checked_lately if len(text) <= SHORT else _checked)(text, limits.nesting)


def _checked(text: str, nesting: int) -> Checked:
    tokens: list[Token] = []
    for token in _read(text):
        if token.kind is Kind.WORD:
            _stay_inside(text, token)
        tokens.append(token)
        if len(tokens) > _MOST_TOKENS:
            told = f"the query has more than {_MOST_TOKENS} words, terms and signs"
            raise QueryTooLarge(told, hint="Ask in parts, or for less at once.")
    match_brackets(text, tokens, nesting)
    return Checked(text=unambiguous(text, tokens), form=_form(text, tokens), tokens=tuple(tokens))


# Each takes the processor some microseconds, in which nobody else in the same process is answered.
_MOST_TOKENS: Final = 30_000
# On its way a query is checked more than once. What is short is known again; a few dozen take some megabytes at most.
SHORT: Final = 2000
_checked_lately: Final = lru_cache(maxsize=64)(_checked)


def read_tokens(text: str) -> list[Token]:
    """The tokens that are no space.

    Raises:
        QuerySyntaxError: a character or a string that SPARQL does not know.
    """
    return list(_read(text))


def _read(text: str) -> Iterator[Token]:
    for token in tokenize(text):
        if token.kind is Kind.STRAY:
            raise _unknown(text, token)
        if token.kind is not Kind.SPACE and token.kind is not Kind.COMMENT:
            yield token


def unambiguous(text: str, tokens: list[Token], keywords: re.Pattern[str] = _HIDDEN) -> str:
    """The text, as long as it was, with other prefixes where the engine could take a part of them for a keyword."""
    names = [(token, token.text.partition(":")[0]) for token in tokens if token.kind is Kind.NAME]
    if not any(keywords.search(prefix) for _, prefix in names):
        return text
    used = {prefix for _, prefix in names}
    renamed = {prefix: _other(prefix, used, keywords) for prefix in sorted(used) if keywords.search(prefix)}
    parts, at = [], 0
    for token, prefix in names:
        if prefix in renamed:
            parts += [text[at : token.begin], renamed[prefix]]
            at = token.begin + len(prefix)
    return "".join([*parts, text[at:]])


def _other(prefix: str, used: set[str], keywords: re.Pattern[str]) -> str:
    """A prefix of the same length that nobody uses; it is used from now on."""
    for letters in itertools.product(_LETTERS, repeat=len("SERVICE")):
        other = keywords.sub(lambda found, letters=letters: "".join(letters[: len(found[0])]), prefix)  # type: ignore[misc]
        if other not in used:
            used.add(other)
            return other
    raise AssertionError  # so many prefixes do not fit into a query


def _stay_inside(text: str, token: Token) -> None:
    word = token.word
    if "SERVICE" in word:
        line, column = position(text, token.begin)
        raise QueryNotReadOnly(
            "SERVICE is not allowed: a query here reads this graph alone",
            line=line,
            column=column,
            hint="Ask the other endpoint by itself and join the answers.",
        )
    if word in _UPDATES:
        line, column = position(text, token.begin)
        raise QueryNotReadOnly(
            f"{word} is an update; this endpoint answers queries only",
            line=line,
            column=column,
            hint="Begin with SELECT, ASK, CONSTRUCT or DESCRIBE; a server that takes updates has them at /update.",
        )


def match_brackets(text: str, tokens: list[Token], deepest: int) -> None:
    """Nothing; every bracket has its other half, and none is nested too deeply.

    Raises:
        QuerySyntaxError: one has not, or is.
    """
    opened: list[Token] = []
    for token in tokens:
        if token.kind is not Kind.SIGN:
            continue
        if token.text in _OPENING:
            opened.append(token)
            if len(opened) > deepest:
                raise misplaced(text, token, f"nested more than {deepest} deep", "Write it flatter.")
        elif token.text in _CLOSING and (not opened or opened.pop().text != _CLOSING[token.text]):
            raise misplaced(text, token, f"'{token.text}' closes nothing", "Remove it, or add the bracket it closes.")
    if opened:
        last = opened[-1]
        raise misplaced(text, last, f"'{last.text}' is never closed", f"Add '{_OPENING[last.text]}'.")


def _form(text: str, tokens: list[Token]) -> Form:
    for token in tokens:
        if token.word in {"BASE", "PREFIX", "VERSION"} or token.kind in {Kind.NAME, Kind.IRI, Kind.STRING}:
            continue
        if token.word.lower() in set(Form):
            return Form(token.word.lower())
        raise misplaced(text, token, f"a query does not begin with {token.text[:40]!r}", _BEGIN)
    raise QuerySyntaxError("the query is empty", line=1, column=1, hint=_BEGIN)


_BEGIN: Final = "Begin with SELECT, ASK, CONSTRUCT or DESCRIBE, after any PREFIX lines."


def _unknown(text: str, token: Token) -> QuerySyntaxError:
    if token.text in {"'", '"'}:
        return misplaced(text, token, "a string that is never closed", f"Add the closing {token.text}.")
    hint = "Put text between quotation marks." if token.text.isprintable() else "Remove the invisible character."
    return misplaced(text, token, f"the character {token.text!a} has no meaning here", hint)


def misplaced(text: str, token: Token, message: str, hint: str) -> QuerySyntaxError:
    """The error at this token."""
    line, column = position(text, token.begin)
    return QuerySyntaxError(message, line=line, column=column, hint=hint)
