"""A piece of HTML or XHTML, as agencies and feeds send the body of an article, to its paragraphs.

It is read once from left to right: no nesting, no length and no broken tag costs more than its own characters. Whole
pages, with menus around the article, are :mod:`kg.read.html`'s.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Final

_TAG = re.compile(r"<(/?)([A-Za-z][\w:-]*)[^<>]*>|<[!?][^<>]*>")
_OPAQUE: Final = frozenset({"script", "style", "template", "noscript", "svg", "iframe", "head", "figcaption", "table"})
_BLOCKS: Final = frozenset({
    "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figure", "footer", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "td", "tr", "ul",
})  # fmt: skip
_HAS_MARKUP = re.compile(
    r"</?(?:p|br|div|b|i|em|strong|a|span|ul|li|h[1-6]|section|article|img|figure)\b[^<>]*>", re.IGNORECASE
)


def has_markup(text: str) -> bool:
    """Whether a text that may be either is HTML."""
    return _HAS_MARKUP.search(text) is not None


def paragraphs_of(markup: str) -> str:
    """The words of its paragraphs, each on one line, with blank lines between; tables, captions and scripts go."""
    blocks: list[list[str]] = [[]]
    for kind, words in _pieces(markup):
        if kind == "text":
            blocks[-1].append(words)
        elif blocks[-1] and words in _BLOCKS:
            blocks.append([])
    lines = (" ".join(html.unescape("".join(block)).split()) for block in blocks)
    return "\n\n".join(filter(None, lines))


def _pieces(markup: str) -> Iterator[tuple[str, str]]:
    """Words and names of tags, in order; what stands inside opaque elements is left out."""
    position = 0
    while position < len(markup):
        begin = markup.find("<", position)
        if begin < 0:
            yield "text", markup[position:]
            return
        yield "text", markup[position:begin]
        position = _after_special(markup, begin)
        if position > begin:
            continue
        match = _TAG.match(markup, begin)
        if match is None:
            yield "text", "<"
            position = begin + 1
            continue
        position, name = match.end(), (match[2] or "").lower().rpartition(":")[2]
        if name in _OPAQUE and not match[1] and not match.group().endswith("/>"):
            position = _after_element(markup, position, name)
        yield "tag", "p" if name in _OPAQUE else name


def _after_special(markup: str, begin: int) -> int:
    """The end of a comment or CDATA section that begins here; what never ends goes on to the end."""
    for opening, closing in (("<!--", "-->"), ("<![CDATA[", "]]>")):
        if markup.startswith(opening, begin):
            end = markup.find(closing, begin + len(opening))
            return len(markup) if end < 0 else end + len(closing)
    return begin


def _after_element(markup: str, begin: int, name: str) -> int:
    """Where the element ends, or the end of everything."""
    closing = re.compile(rf"</(?:\w+:)?{name}\b[^<>]*>", re.IGNORECASE).search(markup, begin)
    return len(markup) if closing is None else closing.end()
