"""Text to the lines and blocks it is set in; what each of them is, :mod:`kg.read.head` and :mod:`kg.read.body` say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from kg.model.text import Span

BREAKS: Final = "\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_LINE = re.compile(rf"[^{BREAKS}]+")
_BREAK = re.compile(rf"\r\n|[{BREAKS}]")
DAY_BEFORE: Final = re.compile(r"(?P<day>date[ \t:]+\d{4}-\d\d-\d\d|\d{4}-\d\d-\d\d)", re.IGNORECASE)
"""The day that a scraper sets before a line; a line of its own here."""

_DATED = re.compile(rf"{DAY_BEFORE.pattern}(?:[ \t]*[|:–—-][ \t]*|[ \t]+)(?=[^\W\d_]|[\"'“‘(\[])", re.IGNORECASE)
_HEAD: Final = 6  # lines in which such a day is looked for
_MID_SENTENCE = re.compile(r"[\w,;'’–—-]$")
_NARROWEST, _WIDEST = 45, 100  # characters of a full line in a file that is wrapped by hand


def lay_out(text: str, stands_alone: Callable[[str], bool]) -> list[Span]:
    """The paragraphs of a text without their outer white space: one a line, or one a block where lines are wrapped.

    ``stands_alone`` tells the lines that a wrapped block never swallows (bylines, dates, links).
    """
    blocks = list(_blocks(text))
    _divide_dated(text, blocks)
    if not _is_wrapped(text, blocks):
        return [line for block in blocks for line in block]
    return [span for block in blocks for span in _join(text, block, stands_alone)]


def _divide_dated(text: str, blocks: list[list[Span]]) -> None:
    """Set the day that a scraper wrote before one of the first lines on a line of its own."""
    seen = 0
    for block in blocks[:_HEAD]:
        for index, line in enumerate(block):
            match = _DATED.match(text, line.begin, line.end)
            if match is not None and (seen == 0 or match.group()[0].isalpha()):
                block[index : index + 1] = [Span(line.begin, match.end("day")), Span(match.end(), line.end)]
                return
            seen += 1
            if seen == _HEAD:
                return


def _blocks(text: str) -> Iterator[list[Span]]:
    """Runs of lines without a blank one between them."""
    block: list[Span] = []
    for match in _LINE.finditer(text):
        inner = match.group().strip()
        if not inner:
            continue
        begin = match.start() + match.group().index(inner[0])
        if block and len(_BREAK.findall(text, block[-1].end, begin)) > 1:
            yield block
            block = []
        block.append(Span(begin, begin + len(inner)))
    if block:
        yield block


def _is_wrapped(text: str, blocks: list[list[Span]]) -> bool:
    """Whether blank lines divide the paragraphs and ends of lines mean nothing."""
    inner = [line for block in blocks for line in block[:-1]]
    lengths = sorted(line.end - line.begin for block in blocks for line in block)
    if len(blocks) < 2 or not inner or lengths[-1] > _WIDEST + 20:
        return False
    full = [line for line in inner if _NARROWEST <= line.end - line.begin <= _WIDEST]
    unfinished = sum(1 for line in full if _MID_SENTENCE.search(text, line.end - 1, line.end))
    return len(full) * 2 >= len(inner) and unfinished * 5 >= len(full) * 3


def _join(text: str, block: list[Span], stands_alone: Callable[[str], bool]) -> Iterator[Span]:
    """The lines of a wrapped block, joined where a line is full and neither it nor the next stands alone."""
    current = block[0]
    last, alone = block[0], stands_alone(block[0].of(text))
    for line in block[1:]:
        next_alone = stands_alone(line.of(text))
        full = last.end - last.begin >= _NARROWEST
        if full and not alone and not next_alone:
            current = Span(current.begin, line.end)
        else:
            yield current
            current = line
        last, alone = line, next_alone
    yield current
