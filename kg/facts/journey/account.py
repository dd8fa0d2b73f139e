"""A record as an article: a line that says who went where and when, then its remarks with their subject put back.

Only the remarks are read for facts; the lines before them are made here and stand as evidence of what the fields say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from typing import Final

from kg.facts.journey.words import Words, load_words
from kg.model.text import Article, Paragraph, Part, Span
from kg.read.historian import Journey, Role

_END: Final = re.compile(r"(?:[.;,]|\.?[”\"’])\s+(?:and\s+)?(?=\S)|\sand\s+(?=\S)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The article of one record, and the places of what was made from its fields.

    ``heads`` is the line that names heads in office, if one was asked for, ``host`` the one that names the President,
    ``remarks`` what follows them; ``as_read`` is the text with stand-ins.
    """

    article: Article
    line: Span
    remarks: Span
    as_read: str
    host: Span | None = None
    heads: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """Who travels where: names as the account calls them; ``host``, ``kind`` of visit and ``heads`` only where needed.

    ``stand_in`` is as long as the subject: what the rules read in its place, since a traveller need not be understood.
    """

    subject: str
    stand_in: str
    home: str
    country: str
    host: str | None = None
    kind: str = ""
    heads: tuple[str, ...] = ()


def tell(journey: Journey, plot: Plot) -> Account:
    """The article of one record; the same record gives the same article."""
    line = _line(journey, plot)
    parts = [(line, Part.FURNITURE)]
    if plot.host is not None:
        told = f"It was of the kind “{plot.kind}”; the President in office was {plot.host}."
        parts.append((told, Part.FURNITURE))
    if plot.heads:
        parts.append((f"In office at that time: {', '.join(plot.heads)}.", Part.FURNITURE))
    if remarks := with_subject(journey.remarks, plot.subject):
        parts.append((remarks, Part.BODY))
    text = "\n".join(words for words, _ in parts)
    paragraphs, at = [], 0
    for words, part in parts:
        paragraphs.append(Paragraph(at, at + len(words), part))
        at += len(words) + 1
    spans = [Span(p.begin, p.end) for p in paragraphs]
    article = Article(
        id=blake2b(f"{journey.role}\x1f{journey.number}\x1f{text}".encode(), digest_size=10).hexdigest(),
        path=journey.path, text=text, paragraphs=tuple(paragraphs), headline=line,
    )  # fmt: skip
    return Account(
        article=article,
        as_read=text.replace(plot.subject, plot.stand_in),
        line=spans[0],
        remarks=spans[-1] if remarks else Span(len(text), len(text)),
        host=spans[1] if plot.host is not None else None,
        heads=spans[1 + (plot.host is not None)] if plot.heads else None,
    )


def _line(journey: Journey, plot: Plot) -> str:
    """Who went where and when."""
    where = ", ".join((*journey.locales, plot.country)) if journey.role is not Role.VISITOR else plot.home
    when = f"on {journey.begin}" if journey.begin == journey.end else f"from {journey.begin} to {journey.end}"
    return f"{plot.subject} visited {where} {when}."


def with_subject(remarks: str, subject: str) -> str:
    """The remarks with the subject before every verb that begins one: "Met with ..." says who met.

    Of several titled people whom he met, each comes in a sentence of his own.
    """
    said: list[str] = []
    for begin, end, more in _clauses(remarks):
        clause = remarks[begin:end].strip(" ;,")
        if clause:
            said.append(_sentence(clause, subject, more=more) + ("" if clause.endswith((".", "!", "?", "]")) else "."))
    return " ".join(said)


def _sentence(clause: str, subject: str, *, more: bool) -> str:
    """One clause as a sentence; ``more`` where it goes on with whom he met."""
    if more:
        return f"{subject} also met with {_and().sub('', clause, count=1)}"
    if match := _verbal().match(clause):
        before = f"{match['where']} " if match["where"] else ""
        was = "was " if match["passive"] else ""
        rest = re.sub(r"^and\s+", "", clause[len(match["where"] or "") :].lstrip(), flags=re.IGNORECASE)
        return f"{before}{subject} {was}{_lower(rest)}"
    if match := _nominal().match(clause):
        article = "" if match["noun"].lower().endswith("s") else "an " if clause[0].lower() in "aeiou" else "a "
        return f"{subject} had {article}{_lower(clause)}"
    return clause[:1].upper() + clause[1:]


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def _clauses(remarks: str) -> Sequence[tuple[int, int, bool]]:
    """The remarks cut where words begin that can be a sentence, or where the next of those begins whom he met.

    Each piece with its bounds and whether it goes on with whom he met.
    """
    pieces: list[tuple[int, int, bool]] = []
    begin, more, met = 0, False, _met().match(remarks) is not None
    for match in _END.finditer(remarks):
        rest = remarks[match.end() :]
        stop = match.group()[0] in '.;”"’'
        if (stop or match.group().endswith("and ")) and (_verbal().match(rest) or (stop and _nominal().match(rest))):
            next_more, met = False, _met().match(rest) is not None
        elif met and match.group()[0] != "." and _goes_on(remarks[begin : match.start()], rest):
            next_more = True
        else:
            met = met and match.group()[0] != "."
            continue
        pieces.append((begin, match.start() + (match.group()[0] in '.”"’'), more))
        begin, more = match.end(), next_more
    return [*pieces, (begin, len(remarks), more)]


def _goes_on(before: str, after: str) -> bool:
    """Whether the next of those whom he met begins: a title and a name, and no title waits for its name before it."""
    last = before.rstrip(" ,;").rpartition(" ")[2]
    waits = last[:1].isupper() and last.casefold() in load_words().heads
    return not waits and _titled().match(_and().sub("", after, count=1)) is not None


@cache
def _verbal() -> re.Pattern[str]:
    """A verb in the past, perhaps after "Also" or "In Berlin,"."""
    words: Words = load_words()
    before = "|".join(sorted(map(re.escape, words.before), key=len, reverse=True))
    verbs = "|".join(map(re.escape, words.verbs))
    other = "|".join(map(re.escape, words.other))
    return re.compile(
        rf"(?P<where>(?:In|On|At|During) [^,;.]{{2,40}},)?\s*(?:(?:{before})\s+)*"
        rf"(?!(?:{other})\b)(?:{verbs}|[a-z-]{{3,20}}ed)\b(?!-)(?P<passive> by\b)?",
        re.IGNORECASE,
    )


@cache
def _nominal() -> re.Pattern[str]:
    """An encounter named by a noun: "Audience with", "Informal meeting with"."""
    words: Words = load_words()
    adjectives = "|".join(map(re.escape, words.encounter_adjectives))
    nouns = "|".join(map(re.escape, words.encounters))
    return re.compile(rf"(?:(?:{adjectives})\s+){{0,2}}(?P<noun>{nouns})\s+with\b", re.IGNORECASE)


@cache
def _met() -> re.Pattern[str]:
    """A clause that says whom he met."""
    before = "|".join(sorted(map(re.escape, load_words().before), key=len, reverse=True))
    return re.compile(
        rf"(?:(?:In|On|At) [^,;.]{{2,40}},)?\s*(?:(?:{before})\s+)*met\s+(?:[^\s.;,]+\s+){{0,5}}?with\b", re.IGNORECASE
    )


@cache
def _titled() -> re.Pattern[str]:
    """Somebody by title and name, perhaps after his country's or organisation's name."""
    heads = "|".join(re.escape(head.capitalize()) for head in load_words().heads)
    before = r"(?:the\s+)?(?:[A-Z][\w.’'-]*\s+(?:of\s+)?){0,5}?(?:[\w-]+-)?"
    return re.compile(rf"{before}(?:{heads})s?\s+(?!(?:{heads})\b)[A-Z]")


@cache
def _and() -> re.Pattern[str]:
    return re.compile(r"(?:and\s+)?(?:(?:also\s+)?with\s+)?(?:subsequently\s+)?")
