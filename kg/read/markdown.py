"""Markdown to plain text with its front matter as it stands; what the text says is :mod:`kg.read.plain`'s."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from kg.model.text import Article
from kg.read.decode import decode
from kg.read.masthead import Masthead
from kg.read.plain import read_report

_FENCE = re.compile(r"-{3,}|\+{3,}")
_CODE = re.compile(r" {0,3}(`{3,}|~{3,})")
_DEFINITION = re.compile(r" {0,3}\[[^\]\n]{1,200}\]:\s.*")
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(.*?)[ \t]*#*[ \t]*$")
_QUOTED = re.compile(r"^(?: {0,3}>[ \t]?)+")
_COMMENT = re.compile(r"<!--.*?-->")
_MOST: Final = 60  # lines of front matter
_INLINE: Final = (
    (re.compile(r"!\[[^\]\[]{0,500}\](?:\([^()\s]{0,1000}(?:\s[^()]{0,300})?\)|\[[^\]\[]{0,200}\])"), ""),
    (re.compile(r"\[([^\]\[]{1,500})\](?:\([^()\s]{0,1000}(?:\s[^()]{0,300})?\)|\[[^\]\[]{0,200}\])"), r"\1"),
    (re.compile(r"\[\^[^\]\s]{1,40}\]"), ""),
    (re.compile(r"</?[A-Za-z][^<>]{0,300}>"), ""),
    (re.compile(r"(?<![\\\w*])(\*{1,3})(?=[^\s*])([^*]{1,1000}?)(?<=[^\s*\\])\1(?!\*)"), r"\2"),
    (re.compile(r"(?<![\\\w])(_{1,3})(?=[^\s_])([^_]{1,1000}?)(?<=[^\s_\\])\1(?!\w)"), r"\2"),
    (re.compile(r"(`{1,2})([^`]{1,500})\1"), r"\2"),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
)


def read_markdown(content: bytes, path: str, is_place: Callable[[str], bool]) -> Article:
    """The article in a Markdown file; offsets count the characters of its text without the marks.

    Raises:
        ArticleError: as :func:`kg.read.plain.read_text` does.
    """
    return read_report(plain_text(decode(content, path)), path, Masthead(is_place))


def plain_text(text: str) -> str:
    """The words without marks of Markdown: emphasis, addresses of links, pictures, code, signs of quotation."""
    return "\n".join(_plain_lines(text.splitlines()))


def _plain_lines(lines: list[str]) -> Iterator[str]:
    used = _front_matter(lines)
    yield from lines[:used]
    code, headed = "", False
    for line in lines[used:]:
        fence = _CODE.match(line)
        if fence is not None and (not code or fence[1].startswith(code)):
            code = "" if code else fence[1]
            continue
        if code or _DEFINITION.fullmatch(line):
            continue
        heading = _HEADING.match(line)
        if heading is None:
            yield _inline(_QUOTED.sub("", line, count=1))
        else:
            # The reader of the head takes the first one for the headline.
            yield ("" if headed else "# ") + _inline(heading[1])
            headed = True


def _inline(line: str) -> str:
    end = line.rfind("-->") + 1  # behind it nothing is looked for, however many comments begin there
    line = _COMMENT.sub("", line[: end + 2]) + line[end + 2 :] if end else line
    for pattern, words in _INLINE:
        line = pattern.sub(words, line)
    return line


def _front_matter(lines: list[str]) -> int:
    """How many lines the front matter has, with its fences; 0 where there is none."""
    if not lines or not _FENCE.fullmatch(lines[0].strip()):
        return 0
    ends = [number for number in range(1, min(len(lines), _MOST)) if lines[number].strip() == lines[0].strip()]
    return ends[0] + 1 if ends else 0
