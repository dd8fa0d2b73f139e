"""Article to sentences of tokens, with character offsets; nothing is dropped but marks of page layout."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.lexicon.tokens import Token, tokenize
from kg.model.text import Article, Part

# After these a full stop ends no sentence.
_ABBREVIATIONS: Final = frozenset(
    "mr mrs ms dr prof gen lt col maj capt cmdr adm sgt rep sen gov st jr sr hon no nos vs etc eg ie inc ltd co corp "
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun pres sec amb rev fr "
    "approx est dept univ min smt shri cf al op dist messrs eng mt ft brig".split()
)
_ENDS: Final = frozenset(".!?…")
_CLOSERS: Final = frozenset("\"'”’)]»")
_OPENERS: Final = frozenset("\"'“‘([«")
# Words that begin a sentence even after a dotted abbreviation ("... to the U.S. The two ...").
_STARTERS: Final = frozenset(
    "the he she it they his her their in on at after before during both but and however a an this that these those as "
    "while when we i its for with there following".split()
)


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


def _ends_here(tokens: Sequence[Token], at: int) -> bool:
    """Whether the mark at this index ends its sentence."""
    mark = tokens[at].text
    if mark not in _ENDS:
        return False
    if at + 1 == len(tokens):
        return True
    before = tokens[at - 1] if at else None
    after = at + 1
    while after < len(tokens) and tokens[after].text in _CLOSERS and tokens[after].begin == tokens[after - 1].end:
        after += 1
    if after == len(tokens):
        return True
    following = tokens[after]
    if following.text in _OPENERS and after + 1 < len(tokens):
        following = tokens[after + 1]
    glued = tokens[at + 1].begin == tokens[at].end and tokens[at + 1].text not in _CLOSERS
    first = following.text[0]
    if mark != ".":
        return first.isupper() or first.isdigit() or not first.isalnum()
    if before is not None and before.text.casefold() in _ABBREVIATIONS and before.end == tokens[at].begin:
        return False
    if before is not None and len(before.text) == 1 and before.text.isupper():
        return False
    if glued:
        # "ended.He": a lower-case word, a stop, a capital.
        return before is not None and before.text[-1].islower() and len(before.text) > 1 and first.isupper()
    return not first.islower()


def _abbreviation_ends(tokens: Sequence[Token], at: int) -> bool:
    """Whether a dotted abbreviation ("U.S.") also ends its sentence."""
    text = tokens[at].text
    if not (len(text) > 3 and text.endswith(".") and text[1] == "."):
        return False
    if at + 1 == len(tokens):
        return True
    following = tokens[at + 1].text
    return following[0].isupper() and following.casefold() in _STARTERS


def split_sentences(tokens: Sequence[Token]) -> Iterator[tuple[Token, ...]]:
    """The sentences of one paragraph; closing quotes stay with the sentence that they close."""
    begin = 0
    at = 0
    while at < len(tokens):
        ends = _ends_here(tokens, at) or _abbreviation_ends(tokens, at)
        at += 1
        if not ends:
            continue
        while at < len(tokens) and tokens[at].text in _CLOSERS and tokens[at].begin == tokens[at - 1].end:
            at += 1
        yield tuple(tokens[begin:at])
        begin = at
    if begin < len(tokens):
        yield tuple(tokens[begin:])


def segment(article: Article) -> list[Sentence]:
    """The sentences of headline, captions and body, in the order of the text."""
    sentences: list[Sentence] = []
    for index, paragraph in enumerate(article.paragraphs):
        if paragraph.part is Part.FURNITURE:
            continue
        tokens = tokenize(article.text, paragraph.begin, paragraph.end)
        for found in split_sentences(tokens):
            sentences.append(Sentence(found, paragraph.part, len(sentences), index))
    return sentences
