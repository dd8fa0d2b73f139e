"""Article to sentences of tokens, with character offsets; nothing is dropped but marks of page layout."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kg.extract.lexicon import plain_words
from kg.lexicon.tokens import Token, tokenize
from kg.model.text import Article, Part

_LONGEST: Final = 300  # tokens; what is longer is a table, and cut: no text may cost more than it is long
_ENDS: Final = frozenset(".!?…")
_INITIALS: Final = frozenset({"Th", "Ph", "Ch", "Yu", "Zh", "Sh", "Kh", "Ts", "Fr", "Al", "Ed", "Wm", "Geo", "Jos", "Chr", "Md"})
_CLOSERS: Final = frozenset("\"'”’)]»")
_OPENERS: Final = frozenset("\"'“‘([«")


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens of one sentence, the part it stands in, and its number in the article (from 0)."""

    tokens: tuple[Token, ...]
    part: Part
    number: int
    paragraph: int

    @property
    def begin(self) -> int:
        """Offset of the first character."""
        return self.tokens[0].begin

    @property
    def end(self) -> int:
        """Offset behind the last character."""
        return self.tokens[-1].end


def _behind_closers(tokens: Sequence[Token], at: int) -> int:
    """The index behind the closing quotes and brackets that touch the token before this index."""
    while at < len(tokens) and tokens[at].text in _CLOSERS and tokens[at].begin == tokens[at - 1].end:
        at += 1
    return at


def _ends_here(tokens: Sequence[Token], at: int) -> bool:
    """Whether the mark at this index ends its sentence."""
    after = _behind_closers(tokens, at + 1)
    if after == len(tokens):
        return True
    following = tokens[after]
    if following.text in _OPENERS and after + 1 < len(tokens):
        following = tokens[after + 1]
    first = following.text[0]
    if tokens[at].text != ".":
        return first.isupper() or first.isdigit() or not first.isalnum()
    before = tokens[at - 1] if at else None
    if before is not None and _is_short(before, tokens[at]):
        return False
    if tokens[at + 1].begin == tokens[at].end and tokens[at + 1].text not in _CLOSERS:
        # "ended.He": a lower-case word, a stop, a capital.
        return before is not None and before.text[-1].islower() and len(before.text) > 1 and first.isupper()
    return not first.islower()


def _is_short(before: Token, stop: Token) -> bool:
    """Whether the full stop belongs to the word before it: "Gen.", an initial."""
    text = before.text
    if text.casefold() in plain_words("abbreviations") and before.end == stop.begin:
        return True
    return text.isupper() if len(text) == 1 else text in _INITIALS


def _abbreviation_ends(tokens: Sequence[Token], at: int) -> bool:
    """Whether a dotted abbreviation ("U.S.") also ends its sentence."""
    if at + 1 == len(tokens):
        return True
    following = tokens[at + 1].text
    return following[0].isupper() and following.casefold() in plain_words("starters")


def split_sentences(tokens: Sequence[Token]) -> Iterator[tuple[Token, ...]]:
    """The sentences of one paragraph; closing quotes stay with the sentence that they close."""
    begin = 0
    for at, token in enumerate(tokens):
        text = token.text
        if text in _ENDS:
            ends = at >= begin and _ends_here(tokens, at)
        else:
            ends = text[-1] == "." and len(text) > 3 and text[1] == "." and _abbreviation_ends(tokens, at)
        if ends or at - begin >= _LONGEST:
            stop = _behind_closers(tokens, at + 1)
            yield tuple(tokens[begin:stop])
            begin = stop
    if begin < len(tokens):
        yield tuple(tokens[begin:])


def segment(article: Article) -> list[Sentence]:
    """The sentences of headline, captions and body, in the order of the text."""
    sentences: list[Sentence] = []
    open_list = False
    for index, paragraph in enumerate(article.paragraphs):
        if paragraph.part is Part.FURNITURE:
            continue
        tokens = tokenize(article.text, paragraph.begin, paragraph.end)
        for number, found in enumerate(split_sentences(tokens)):
            last = sentences[-1] if sentences else None
            if open_list and last is not None and not number and _is_bullet(article.text, last.end, found[0].begin):
                whole = (*last.tokens[: -1 if last.tokens[-1].text == ":" else None], *found)
                sentences[-1] = replace(last, tokens=whole[:_LONGEST])
            else:
                sentences.append(Sentence(found, paragraph.part, len(sentences), index))
            open_list = _opens_list(sentences[-1].tokens)
    return sentences


def _opens_list(tokens: Sequence[Token]) -> bool:
    """Whether a list goes on in the next paragraph: "had talks with:", and an entry that ends with a semicolon."""
    if tokens[-1].text == ":":
        return len(tokens) > 1 and tokens[-2].text.casefold() in plain_words("list_openers")
    ends = tokens[-1].text == ";" or (tokens[-1].text == "and" and len(tokens) > 1 and tokens[-2].text == ";")
    return ends and len(tokens) > 1


def _is_bullet(text: str, end: int, begin: int) -> bool:
    """Whether a new line and the mark of a list lie between two offsets."""
    between = text[end:begin]
    return "\n" in between and bool(between.strip())
