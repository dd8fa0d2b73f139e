"""A SPARQL query as tokens, exactly as the engine sees them: nothing hides in a string, a comment or an IRI.

Only ``<`` depends on its place: after an operand inside an expression it compares, everywhere else it opens an IRI.
What a token means for safety is decided in :mod:`kg.engine.guard`, for a parameter in :mod:`kg.query.bind`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Final, NamedTuple


class Kind(StrEnum):
    """What a piece of a query is (SPARQL 1.1, 19.8)."""

    SPACE = "space"
    COMMENT = "comment"
    IRI = "iri"
    STRING = "string"
    VARIABLE = "variable"
    BLANK = "blank"
    NAME = "name"
    TAG = "tag"
    NUMBER = "number"
    WORD = "word"
    SIGN = "sign"
    STRAY = "stray"


class Token(NamedTuple):
    """One piece of the text; ``begin`` counts its characters."""

    kind: Kind
    text: str
    begin: int

    @property
    def word(self) -> str:
        """The keyword in capitals; empty for all that is no bare word."""
        return self.text.upper() if self.kind is Kind.WORD else ""

    @property
    def end(self) -> int:
        """The character after the last one."""
        return self.begin + len(self.text)


_BASE: Final = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_VAR: Final = _BASE + "_0-9\u00b7\u0300-\u036f\u203f-\u2040"
_CHAR: Final = _VAR + r"\-"
_ESCAPE: Final = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_LOCAL: Final = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_STRING: Final = (
    r"'''(?:(?:''?)?(?:[^'\\]|\\.))*'''"
    r'|"""(?:(?:""?)?(?:[^"\\]|\\.))*"""'
    # Three quotes that nothing closes are no empty string and a quote: they are an error.
    r"|'(?!'')(?:[^'\\\r\n]|\\.)*'"
    r'|"(?!"")(?:[^"\\\r\n]|\\.)*"'
)
_NAME: Final = (
    # The prefix has a bound, so that a long row of dotted words is not read again from each of them.
    rf"(?:[{_BASE}](?:[{_CHAR}.]{{0,100}}[{_CHAR}])?)?:"
    rf"(?:(?:[{_BASE}_:0-9]|{_LOCAL})(?:(?:[{_CHAR}.:]|{_LOCAL})*(?:[{_CHAR}:]|{_LOCAL}))?)?"
)
_NUMBER: Final = r"[0-9]+\.[0-9]*[eE][+-]?[0-9]+|[0-9]*\.[0-9]+(?:[eE][+-]?[0-9]+)?|[0-9]+(?:[eE][+-]?[0-9]+)?"
_PIECES: Final = (
    (Kind.SPACE, r"[ \t\r\n]+"),
    (Kind.COMMENT, r"\#[^\r\n]*"),
    (Kind.IRI, rf"""<(?:[^\x00-\x20<>"{{}}|^`\\]|{_ESCAPE})*>"""),
    (Kind.STRING, _STRING),
    (Kind.VARIABLE, rf"[?$][{_BASE}_0-9][{_VAR}]*"),
    (Kind.BLANK, rf"_:[{_BASE}_0-9](?:[{_CHAR}.]*[{_CHAR}])?"),
    (Kind.NAME, _NAME),
    (Kind.TAG, r"@[A-Za-z]+(?:-[A-Za-z0-9]+)*"),
    (Kind.NUMBER, _NUMBER),
    # Digits are a number behind the word, but for the words that end in some.
    (Kind.WORD, r"[A-Za-z_]*(?:[Mm][Dd]5|[Ss][Hh][Aa](?:1|256|384|512))|[A-Za-z_]+"),
    (Kind.SIGN, r"\^\^|&&|\|\||!=|<=|>=|<<|>>|[{}()\[\].,;=<>!+\-*/|^?~]"),
    (Kind.STRAY, r"."),
)
_PIECE: Final = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _PIECES), re.DOTALL)
_KINDS: Final = {str(kind): kind for kind in Kind}
_COMPARISON: Final = re.compile(r"<=|<")

_CONSTANTS: Final = ("TRUE", "FALSE")
_MODIFIERS: Final = re.compile("GROUP|ORDER|HAVING")
_BEFORE_LIST: Final = frozenset(
    {"VALUES", "UNION", "OPTIONAL", "MINUS", "GRAPH", "SERVICE", "WHERE", "A", "TRUE", "FALSE"}
)


def tokenize(text: str) -> Iterator[Token]:
    """Every character of the text in exactly one token, in order; what SPARQL does not know is ``STRAY``."""
    place = _Place()
    at = 0
    while at < len(text):
        match = _PIECE.match(text, at)
        if match is not None and text[at] == "<" and place.compares:
            match = _COMPARISON.match(text, at)
            kind = Kind.SIGN
        else:
            assert match is not None  # STRAY takes any character
            kind = _KINDS[match.lastgroup or "stray"]
        assert match is not None
        token = Token(kind, match[0], at)
        yield token
        at = match.end()
        if kind is not Kind.SPACE and kind is not Kind.COMMENT:
            place.pass_by(token)


def significant(tokens: Iterable[Token]) -> list[Token]:
    """The tokens without space and comments."""
    return [token for token in tokens if token.kind not in {Kind.SPACE, Kind.COMMENT}]


def position(text: str, offset: int) -> tuple[int, int]:
    """Line and column of a character, both from 1."""
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1


class _Place:
    """Where in a query the lexer stands: whether a ``<`` here compares or opens an IRI.

    As the engine knows no edges of words, what a word says here is looked for within it, too.
    """

    def __init__(self) -> None:
        # "(" of an expression, "[" of any other bracket, "{" of a group, "<<" of a triple term; and whether it was
        # opened in a head.
        self._open: list[tuple[str, bool]] = []
        self._head = False  # between SELECT and its group, or among solution modifiers: a "(" opens an expression
        self._last: Token | None = None
        self._before: Token | None = None

    @property
    def compares(self) -> bool:
        """Whether we are in an expression, just after an operand."""
        if not self._is_expression or self._last is None:
            return False
        last = self._last
        if last.kind is Kind.WORD:
            return last.word.endswith(_CONSTANTS)
        if last.kind is Kind.SIGN:
            return last.text in {")", ">>", "}"}
        return last.kind is not Kind.STRAY

    def pass_by(self, token: Token) -> None:
        """Take note of the next significant token."""
        if token.kind is Kind.SIGN:
            self._pass_sign(token.text)
        elif token.kind is Kind.WORD:
            self._pass_word(token.word)
        self._before, self._last = self._last, token

    @property
    def _is_expression(self) -> bool:
        return bool(self._open) and self._open[-1][0] == "("

    def _pass_sign(self, sign: str) -> None:
        match sign:
            case "(":
                self._open.append(("(" if self._opens_expression() else "[", self._head))
            case "{":
                self._open.append((sign, self._head))
                self._head = False
            case "[" | "<<":
                self._open.append((sign, self._head))
            case ")" | "]" | "}" | ">>":
                was_head = bool(self._open) and self._open.pop()[1]
                # The group of EXISTS stands in an expression, which a head goes on behind.
                self._head = was_head and (sign != "}" or self._is_expression)

    def _pass_word(self, word: str) -> None:
        if "SELECT" in word:
            self._head = True
        elif _MODIFIERS.search(word):
            self._head = self._head or not self._open or self._open[-1][0] == "{"
        elif word in {"FROM", "WHERE"}:
            self._head = False

    def _opens_expression(self) -> bool:
        if self._last is not None and self._last.text == "<<":
            return False
        if self._head or self._is_expression:
            return True
        last = self._last
        if last is None:
            return False
        if last.kind is Kind.WORD:
            return last.word not in _BEFORE_LIST
        called = last.kind in {Kind.IRI, Kind.NAME}
        return called and self._before is not None and self._before.word.endswith("FILTER")
