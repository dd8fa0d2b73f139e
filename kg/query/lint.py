"""What is wrong with a query: the line, the column, and what to do about it.

Our own look at common slips and at prefixes comes first, then rdflib's parser, which knows the place; the engine's
words are the last resort. rdflib's parser can take very long on hostile text: run this where it can be stopped.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any, Final

from kg.query.slips import find_slips, short_triple
from kg.query.tokens import Kind, Token, position, significant, tokenize
from kg.store.prefixes import PREFIXES

_PLACE: Final = re.compile(r"error at (\d+):(\d+): ?(?:expected )?(.*)", re.DOTALL)
# rdflib's parser takes more than linear time; what a person wrote is shorter than this.
_READABLE: Final = 20_000
# What is longer was written by a program, and would be looked at for seconds; the engine tells the place at once.
LONG: Final = 100_000
_REFUSED: Final = re.compile(
    r"The (?:(?P<function>custom function)|graph) <(?P<iri>[^>]*)> "
    r"(?P<is>is not supported|does not exist|already exists)"
)
_UNBOUND: Final = "variable that is unbound"
_NO_VARIABLES: Final = "Variables are not allowed"
_NO_DATA: Final = "Write INSERT { … } WHERE { … }, or DELETE likewise, where something is to be found first."
_DEFAULT: Final = "Look just before this place: a dot, a bracket or a keyword may be missing or too many."


def explain(text: str, engine_says: str) -> dict[str, Any]:
    """``message``, ``line``, ``column`` (from 1, or ``None``) and ``hint`` of the first thing wrong with a query."""
    if len(text) > LONG:
        return _from_engine(text, engine_says)
    tokens = significant(tokenize(text))
    for slip in find_slips(tokens):
        return _finding(text, slip.begin, slip.message, slip.hint)
    parsed = _parsed(text, tokens) if len(text) <= _READABLE else None
    return _undeclared(text) or parsed or _from_engine(text, engine_says)


def explain_update(text: str, engine_says: str, *, is_as_sent: bool = True) -> dict[str, Any]:
    """As :func:`explain`, of an update; its place is the furthest that either parser came to.

    Where the engine read another text than was sent, its places are not of this one.
    """
    if len(text) > LONG:
        return _from_engine(text, engine_says)
    tokens = significant(tokenize(text))
    for slip in find_slips(tokens):
        return _finding(text, slip.begin, slip.message, slip.hint)
    undeclared = _undeclared(text)
    if undeclared is not None:
        return undeclared
    if _NO_VARIABLES in engine_says:
        return {**_from_engine(text, engine_says), "message": "DATA holds no variables", "hint": _NO_DATA}
    offset = max(_update_read(text), _engine_read(text, engine_says) if is_as_sent else 0)
    if offset == 0:
        told = _from_engine(text, engine_says)
        return told if is_as_sent else {**told, "line": None, "column": None}
    return _unexpected(text, [token for token in tokens if token.end > offset])


def _unexpected(text: str, rest: list[Token]) -> dict[str, Any]:
    """What is wrong where the first of these tokens stands."""
    if not rest:
        return _finding(text, len(text.rstrip()), "the update ends too early", "Something is missing at its end.")
    return _finding(text, rest[0].begin, f"unexpected '{rest[0].text[:40]}'", _DEFAULT)


def _update_read(text: str) -> int:
    """How far rdflib reads an update: to the beginning of the operation that it cannot."""
    from pyparsing import ParseException
    from rdflib.plugins.sparql.parser import parseUpdate

    if len(text) > _READABLE:
        return 0
    try:
        parseUpdate(text)
    except ParseException as error:
        return int(error.loc)
    except Exception:  # noqa: BLE001  # as above
        return 0
    return 0


def _engine_read(text: str, engine_says: str) -> int:
    """How far the engine reads; 0 where it does not tell.

    It tells of a keyword that it missed by the place where that would have ended.
    """
    match = _PLACE.search(engine_says)
    if match is None:
        return 0
    lines = text.splitlines(keepends=True)
    offset = sum(map(len, lines[: int(match[1]) - 1])) + int(match[2]) - 1
    words = match[3].removeprefix("one of ").split(", ")
    if all(word.isalpha() and word.isupper() for word in words):
        offset -= max(map(len, words))
    return max(0, min(offset, len(text)))


def load_parser() -> None:
    """Nothing; what :func:`explain` needs is loaded, which takes longer than most queries run."""
    from rdflib.plugins.sparql.parser import parseQuery

    parseQuery("ASK {}")


def explain_refusal(text: str, engine_says: str) -> dict[str, Any] | None:
    """As :func:`explain`, of what the engine reads and will not do; ``None`` where the text is not why."""
    match = _REFUSED.fullmatch(engine_says)
    if match is None:
        return None
    tokens = significant(tokenize(text)) if len(text) <= LONG else []
    place = next((token.begin for token in tokens if _may_be(token, match["iri"])), None)
    if match["function"]:
        message, hint = f"there is no function <{match['iri']}>", "Use those of SPARQL 1.1, or a cast: xsd:integer(?x)."
    else:
        message, hint = f"the graph <{match['iri']}> {match['is']}", "Where that is no error, write SILENT."
    found = _finding(text, place or 0, message, hint)
    return found if place is not None else {**found, "line": None, "column": None}


def _may_be(token: Token, iri: str) -> bool:
    """Whether the token names this IRI, as far as the ends of both tell."""
    if token.kind is Kind.IRI:
        return iri.endswith(token.text[1:-1])
    local = token.text.partition(":")[2]
    return token.kind is Kind.NAME and bool(local) and iri.endswith(local)


def undeclared_prefixes(text: str) -> list[Token]:
    """The prefixed names of a query whose prefix nothing declares, in order."""
    tokens = significant(tokenize(text))
    declared = {name.text for word, name in pairwise(tokens) if word.word == "PREFIX" and name.kind is Kind.NAME}
    return [token for token in tokens if token.kind is Kind.NAME and f"{token.text.split(':', 1)[0]}:" not in declared]


def _undeclared(text: str) -> dict[str, Any] | None:
    for token in undeclared_prefixes(text):
        prefix = token.text.split(":", 1)[0]
        known = PREFIXES.get(prefix)
        hint = (
            f"Add at the top: PREFIX {prefix}: <{known}>"
            if known
            else f"Add at the top a line PREFIX {prefix}: <…> with the namespace you mean."
        )
        return _finding(text, token.begin, f"the prefix '{prefix}:' is not declared", hint)
    return None


def _parsed(text: str, tokens: list[Token]) -> dict[str, Any] | None:
    from pyparsing import ParseException
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        parseQuery(text)
    except ParseException as error:
        offset = min(error.loc, len(text))
        if offset >= len(text.rstrip()):
            return _finding(text, offset, "the query ends too early", "Something is missing at its end.")
        rest = [token for token in tokens if token.begin >= offset]
        slip = short_triple(rest)
        if slip is not None:
            return _finding(text, slip.begin, slip.message, slip.hint)
        if rest and rest[0].word in {"FILTER", "BIND"}:
            return _finding(text, offset, f"this {rest[0].word} cannot be read", "Look into its brackets: is it whole?")
        return _finding(text, offset, f"unexpected '{rest[0].text[:40] if rest else text[offset]}'", _DEFAULT)
    except Exception:  # noqa: BLE001  # a parser of others, on any text: what it cannot take, the engine's words tell
        return None
    return None


def _from_engine(text: str, engine_says: str) -> dict[str, Any]:
    match = _PLACE.search(engine_says)
    if match is None:
        return {"message": engine_says[:300], "line": None, "column": None, "hint": None}
    line, column = int(match[1]), int(match[2])
    if _UNBOUND in match[3]:
        message = "a variable in SELECT is neither grouped nor bound"
        hint = "With GROUP BY or an aggregate, every other variable in SELECT must stand in GROUP BY."
    else:
        message, hint = "the engine does not understand the query here", _DEFAULT
    # The engine counts on from the end of the line it stopped at; never point beyond the text.
    return {"message": message, "line": min(line, text.count("\n") + 1), "column": column, "hint": hint}


def _finding(text: str, offset: int, message: str, hint: str) -> dict[str, Any]:
    line, column = position(text, offset)
    return {"message": message, "line": line, "column": column, "hint": hint}
