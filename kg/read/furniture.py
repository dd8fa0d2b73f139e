"""Which lines of a file are no part of its report: links, notices, credits; and which belong to a picture."""

from __future__ import annotations

import re
from functools import cache

from kg.read.words import alternatives, furniture, keys, known_agency

_LONGEST = 300
_ORNAMENT = re.compile(r"[\W_]+|[\W_]*(?:-?\s?30\s?-?)[\W_]*|\d+\s?min(?:ute)?s?(?:\sread)?", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|(?:#\w+[\s,]*)+|@\w+")
_RIGHTS = re.compile(r"©|\(c\)\s*(?:\d{4}|copyright)|copyright\b.*\d{4}|all rights reserved\.?$", re.IGNORECASE)
_STAFF = re.compile(
    r"\((?:additional |with |web )?"
    r"(?:reporting|writing|editing|compiled|translated|inputs?|produced|editors?(?=:))\b.*\)\.?",
    re.IGNORECASE,
)
_TRAIL = re.compile(
    r"[^\W\d_][^»›→|]{0,40}(?:\s*[»›→]\s*[^»›→]{1,160}){1,6}|Home(?:\s+[>/|]\s+[^>/|]{1,160}){1,6}"
    r"|[^\W\d_]\w*(?: [\w&]+){0,2}(?:\s+>\s+[^\W\d_]\w*(?: [\w&]+){0,2}){1,5}",
    re.IGNORECASE,
)
_AGO = re.compile(
    r"(?:(?:first |last )?(?:published|updated|posted|modified)\b.{1,40}|(?:\d+|an?) \w+ )\bago", re.IGNORECASE
)
_OUTER = re.compile(r"^[^\w©]+|[^\w©]+$")
_BARS = re.compile(r"\s*[|•·]\s*")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")


def is_furniture(line: str) -> bool:
    """Whether a line says nothing of the report's own."""
    if len(line) > _LONGEST:
        return False
    if _ORNAMENT.fullmatch(line) or _ADDRESS.fullmatch(line) or _RIGHTS.match(line) or _STAFF.fullmatch(line):
        return True
    if _AGO.fullmatch(line) or line.lower().rstrip(":") in keys("labels"):
        return True
    segments = [_bare(segment) for segment in _BARS.split(line)]
    if any(segment in furniture("whole") for segment in segments) and all(len(each.split()) <= 6 for each in segments):
        return True
    begun = _starts("start").match(line) or (is_link(line) and _starts("start_of_phrase").match(line))
    return bool(begun) and len(line.split()) <= 30


def is_trail(line: str) -> bool:
    """Whether the line is the way to a page ("Home » World » Europe")."""
    return (
        len(line) <= _LONGEST and _TRAIL.fullmatch(line) is not None and (line[:4].lower() == "home" or len(line) <= 80)
    )


def opens_key_points(line: str) -> bool:
    """Whether the line heads a list of what the report will say."""
    return len(line) <= 60 and _bare(line) in furniture("key_points")


def opens_links(line: str) -> bool:
    """Whether the short lines below are links to other pages."""
    return len(line) <= 60 and _bare(line) in furniture("links")


def is_link(line: str) -> bool:
    """Whether a line below such a heading is a link: short, and no sentence."""
    return len(line) <= 160 and _SENTENCE_END.search(line) is None


def is_credit(line: str) -> bool:
    """Whether a line only names who took a picture ("PHOTO: EPA-EFE")."""
    match = _picture().match(line)
    return match is not None and len(line[match.end() :].split()) <= 6 and not line.endswith(".")


def is_caption(line: str, below: str) -> bool:
    """Whether a line, above the line ``below``, tells what a picture shows."""
    if len(line) > 700:
        return False
    opened = _picture().match(line) is not None
    return opened or is_credit(below) or _inside().search(line) is not None


@cache
def _starts(words: str) -> re.Pattern[str]:
    return re.compile(rf"[\W_]{{0,3}}(?:{alternatives(furniture(words))})(?!\w)", re.IGNORECASE)


@cache
def _picture() -> re.Pattern[str]:
    return re.compile(
        rf"[(\[]?(?:{alternatives(furniture('picture'))})s?\s*(?:[:|/©]|\bby\b|\bcourtesy\b)\s*", re.IGNORECASE
    )


@cache
def _inside() -> re.Pattern[str]:
    letters = [word for word in furniture("position") if len(word.split("-")[-1].split()[-1]) == 1]
    words = furniture("position") - set(letters)
    capitals = "|".join(re.escape(word).upper().replace("ND", "nd") for word in sorted(letters))
    return re.compile(
        rf"\((?:(?i:{alternatives(words)})|{capitals})\)"
        rf"|[.!?]\s(?:Photo|PHOTO|Picture|Image)s?\s(?:courtesy|credit|by)\b.{{0,60}}$"
        rf"|[—–-]\s(?:[A-Z][\w.]*\s){{1,4}}photos?$"
        rf"|[(\[./—–-]\s*(?i:file\s+)?(?:PHOTO|Photo|IMAGE|Image|Picture)\s*[:/]"
        rf"|\s(?:FILE\s)?PHOTO:|\bvia Getty Images|/\s?Getty Images|\(AP Photo/"
    )


def _bare(words: str) -> str:
    return " ".join(_OUTER.sub("", words.lower()).split())


def signing_agency(text: str) -> tuple[str, int] | None:
    """The agency that signs the last paragraph, and where the paragraph ends without it."""
    match = _SIGNATURE.search(text[-120:])
    if match is None:
        return None
    words = match["capitals"] or match["dashed"] or match["bracketed"]
    name = known_agency(re.split(r"[/,&]|\band\b", words, flags=re.IGNORECASE)[0].strip())
    if name is None or (match["capitals"] and not words.isupper()):
        return None
    return name, len(text) - len(text[-120:]) + match.start("cut")


_SIGNATURE = re.compile(
    r"[.!?…][\"'”’)\]]{0,2}(?P<cut>\s+(?:(?P<capitals>[^\W\d_][\w-]+(?:[ ,/&]{1,3}[^\W\d_][\w-]+){0,4})\.?"
    r"|[—–-]{1,2}\s*(?P<dashed>[^\W\d_][\w ./-]{1,40}?)\.?|[(\[/](?P<bracketed>[^()\[\]]{2,40}?)[)\]/]))$"
)
