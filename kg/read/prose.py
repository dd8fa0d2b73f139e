"""Whether a text is prose at all: tables, records, programs and lists of numbers are refused by name."""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import islice
from typing import Final

from kg.errors import ArticleError
from kg.read.layout import BREAKS

MOST_LINES: Final = 200_000
"""Lines of the longest file that is read, blank ones not counted."""

_SAMPLE: Final = 200_000  # characters; what a file is shows in its beginning
_LINE = re.compile(r"[^\r\n]+")
_FILLED = re.compile(rf"\S[^{BREAKS}]*")
_WORD = re.compile(r"[^\W\d_]{1,30}")
_END = re.compile(r"[.!?…。！？؟।](?=[\s\"'”’»)\]]|$)")
_IDEOGRAPHS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_MARKUP = re.compile(r"\s*<(?:\?xml|!doctype|html|rss|feed|[a-z][\w:-]*(?:\s[^<>]*)?>)", re.IGNORECASE)
_PROGRAM = re.compile(
    r"\s*(?:#include|#!|//|/\*|\*/|import \w+(?:$|[.;,])|from \S+ import|def \w+\(|class \w+[(:{]|return\b|@\w+|"
    r"(?:public|private|static|const|let|var|function|func|fn|package|using|elif|else)\b.*[;:{(]$|[\]})]+[;,]?$)"
    r"|.*(?:[;{]\s*$|[=!<>]=|=>|->|\w\(\)|\w \+?= \w|</\w)"
)


def refuse_non_article(text: str, path: str) -> None:
    """Nothing for a text with a sentence of prose in it.

    Raises:
        ArticleError: more lines than any report has; JSON, markup, a table, a program, or anything without a sentence.
    """
    if next(islice(_FILLED.finditer(text), MOST_LINES, None), None) is not None:
        raise ArticleError(path, f"too large (more than {MOST_LINES:,} lines)")
    lines = [line for line in _LINE.findall(text[:_SAMPLE]) if line.strip()]
    kind = _kind(text, lines)
    if kind is None and not any(_is_prose(line) for line in lines) and not _is_prose(" ".join(lines)):
        kind = "no sentence of prose"
    if kind is not None:
        raise ArticleError(path, f"not an article: {kind}")


def _kind(text: str, lines: list[str]) -> str | None:
    if text.lstrip()[:1] in {"{", "["} and _is_json(text, lines):
        return "JSON"
    if _MARKUP.match(text[:1000]):
        return "markup"
    if _is_table(lines):
        return "a table"
    if len(lines) >= 3 and sum(1 for line in lines if _PROGRAM.match(line[:300])) * 2 > len(lines):
        return "a program"
    return None


def _is_json(text: str, lines: list[str]) -> bool:
    for part in (text, lines[0]):  # a whole document, or JSON Lines
        try:
            json.loads(part)
        except RecursionError:
            return True
        except ValueError:
            continue
        return True
    return False


def _is_table(lines: list[str]) -> bool:
    """Whether most lines have the same number of the same delimiter."""
    if len(lines) < 3:
        return False
    for delimiter, least in (("\t", 1), (";", 2), ("|", 2), (",", 2)):
        counts = Counter(line.count(delimiter) for line in lines)
        usual, times = max(counts.items(), key=lambda item: (item[1], item[0]))
        spaced = sum(line.count(f"{delimiter} ") for line in lines)
        tight = spaced * 3 < usual * times or delimiter == "|"
        if usual >= least and times >= 0.8 * len(lines) and tight:
            return True
    return False


def _is_prose(line: str) -> bool:
    """Whether a line reads like language: mostly letters, small words, an end or a good length."""
    line = line.strip()[:2000]
    if len(_IDEOGRAPHS.findall(line)) >= 8:
        return True
    words = _WORD.findall(line)
    if len(words) < 5:
        return False
    letters = sum(map(len, words))
    if (letters + line.count(" ")) < 0.75 * len(line) or not 2 <= letters / len(words) <= 14:
        return False
    small = sum(1 for word in words if not word[0].isupper())
    return small >= 2 and (len(words) >= 12 or _END.search(line) is not None)
