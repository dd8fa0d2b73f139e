"""Article to sentences of tokens, with character offsets; nothing is dropped but marks of page layout."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.extract.lexicon import plain_words
from kg.lexicon.tokens import Tokens, tokenize
from kg.model.text import Article, Part

_LONGEST: Final = 300  # tokens; what is longer is a table, and cut: no text may cost more than it is long
_ENTRY: Final = 20  # words of a list's entry
_CLOCK: Final = 7  # tokens within which a sentence begins behind a time of day: "15.30 GMT - He"
_ENDS: Final = frozenset(".!?…")
_INITIALS: Final = frozenset(
    {"Th", "Ph", "Ch", "Yu", "Zh", "Sh", "Kh", "Ts", "Fr", "Al", "Ed", "Wm", "Geo", "Jos", "Chr", "Md"}
)
_CLOSERS: Final = frozenset("\"'”’)]»")
_OPENERS: Final = frozenset("\"'“‘([«")


@dataclass(slots=True, eq=False)
class Sentence:
    """Tokens of one sentence, the part it stands in, its number in the article (from 0) and that of its paragraph."""

    words: list[str]
    begins: list[int]
    part: Part
    number: int
    paragraph: int

    @property
    def opened(self) -> int:
        """How many tokens open the sentence: an opening quote or a time of day leaves the next word the first one."""
        if self.words[0].isdigit() and self.words[1:2] in ([":"], ["."]):
            return next((at + 1 for at, word in enumerate(self.words[:_CLOCK]) if word.istitle()), 1)
        return 1 if self.words[0][0].isalnum() else 2

    @property
    def begin(self) -> int:
        """Offset of the first character."""
        return self.begins[0]

    @property
    def end(self) -> int:
        """Offset behind the last character."""
        return self.begins[-1] + len(self.words[-1])


def _behind_closers(tokens: Tokens, at: int) -> int:
    """The index behind the closing quotes and brackets that touch the token before this index."""
    while at < len(tokens.words) and tokens.words[at] in _CLOSERS and tokens.touch(at):
        at += 1
    return at


def _ends_here(tokens: Tokens, at: int) -> bool:
    """Whether the mark at this index ends its sentence."""
    words = tokens.words
    after = _behind_closers(tokens, at + 1)
    if after == len(words):
        return True
    following = words[after]
    if following in _OPENERS and after + 1 < len(words):
        following = words[after + 1]
    first = following[0]
    if words[at] != ".":
        return first.isupper() or first.isdigit() or not first.isalnum()
    if at and _is_short(tokens, at):
        return False
    if words[at + 1] not in _CLOSERS and tokens.touch(at + 1):
        # "ended.He": a lower-case word, a stop, a capital.
        return at > 0 and words[at - 1][-1].islower() and len(words[at - 1]) > 1 and first.isupper()
    return not first.islower()


def _is_short(tokens: Tokens, stop: int) -> bool:
    """Whether the full stop belongs to the word before it: "Gen.", an initial."""
    text = tokens.words[stop - 1]
    if text.casefold() in plain_words("abbreviations") and tokens.touch(stop):
        return True
    if len(text) == 1:
        return text.isupper() and not _starts(tokens.words, stop + 1)
    return text in _INITIALS


def _starts(words: Sequence[str], at: int) -> bool:
    """Whether the word is one that begins sentences and no name: "posted it on X. He also met Y"."""
    return at < len(words) and words[at][0].isupper() and words[at].casefold() in plain_words("starters")


def _abbreviation_ends(words: Sequence[str], at: int) -> bool:
    """Whether a dotted abbreviation ("U.S.") also ends its sentence."""
    if at + 1 == len(words):
        return True
    following = words[at + 1]
    return following[0].isupper() and following.casefold() in plain_words("starters")


def _may_end(tokens: Tokens, at: int) -> bool:
    """Whether the token that ends with a mark ends its sentence."""
    text = tokens.words[at]
    if text in _ENDS:
        return _ends_here(tokens, at)
    return len(text) > 3 and text[1] == "." and _abbreviation_ends(tokens.words, at)


def split_sentences(tokens: Tokens) -> Iterator[tuple[int, int]]:
    """First and last index (the last excluded) of the sentences of a paragraph; closing quotes stay with theirs."""
    begin = 0
    for at, word in enumerate(tokens.words):
        if (word[-1] in _ENDS and _may_end(tokens, at)) or at - begin >= _LONGEST:
            stop = _behind_closers(tokens, at + 1)
            yield begin, stop
            begin = stop
    if begin < len(tokens.words):
        yield begin, len(tokens.words)


def segment(article: Article) -> list[Sentence]:
    """The sentences of headline, captions and body, in the order of the text."""
    sentences: list[Sentence] = []
    open_list = listing = False
    for index, paragraph in enumerate(article.paragraphs):
        if paragraph.part is Part.FURNITURE:
            continue
        tokens = tokenize(article.text, paragraph.begin, paragraph.end)
        words, begins = tokens.words, tokens.begins
        for begin, end in split_sentences(tokens):
            found = Sentence(words[begin:end], begins[begin:end], paragraph.part, len(sentences), index)
            last = sentences[-1] if sentences else None
            listed = not begin and (open_list or (listing and _is_entry(found.words)))
            if listed and last is not None and _is_bullet(article.text, last.end, found.begin):
                listing = last.words[-1] == ":" or listing
                sentences[-1] = _lengthened(last, found)
            else:
                listing = False
                sentences.append(found)
            open_list = _opens_list(sentences[-1].words)
    return sentences


def _lengthened(last: Sentence, found: Sentence) -> Sentence:
    """The sentence with an entry of the list that it opened; a colon behind "with" or "from" is no mark of its own."""
    stop = len(last.words) - (last.words[-1] == ":" and last.words[-2].casefold() in plain_words("list_prepositions"))
    words, begins = [*last.words[:stop], *found.words], [*last.begins[:stop], *found.begins]
    return Sentence(words[:_LONGEST], begins[:_LONGEST], last.part, last.number, last.paragraph)


def _opens_list(words: Sequence[str]) -> bool:
    """Whether a list goes on in the next paragraph: "had talks with:", and an entry that ends with a semicolon."""
    if len(words) < 2:
        return False
    last, before = words[-1], words[-2]
    if last == ":":
        return before.casefold() in plain_words("list_openers")
    return last == ";" or (last == "and" and before == ";")


def _is_entry(words: Sequence[str]) -> bool:
    """Whether the words are an entry of a list, such as name and office, and no sentence of their own."""
    return len(words) <= _ENTRY and words[-1] not in _ENDS


def _is_bullet(text: str, end: int, begin: int) -> bool:
    """Whether a new line and the mark of a list lie between two offsets."""
    between = text[end:begin]
    return "\n" in between and bool(between.strip())
