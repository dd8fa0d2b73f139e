"""The lines of ``frames.txt``: who met, and when, where and at which gathering the words say that it was."""

from pathlib import Path

import pytest

from kg.extract.lexicon import load_lexicon
from kg.facts.contact.record import Contact
from kg.facts.reading import read_facts
from kg.facts.report import Report
from kg.lexicon.places import place_test
from kg.read.plain import read_text

HERE = Path(__file__).parent
LEXICON = load_lexicon()
MISS = "? "
UNDATED = "undated: "
HEADLINE = "= "


def frames() -> list:
    """The lines; a known miss begins with a question mark, a heading with a hash."""
    params = []
    for number, line in enumerate((HERE / "frames.txt").read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("#"):
            continue
        wanted, _, text = line.removeprefix(MISS).partition(" | ")
        marks = [pytest.mark.xfail(strict=True, reason="known miss")] if line.startswith(MISS) else []
        params.append(pytest.param(wanted, text, id=f"frames.txt:{number}", marks=marks))
    return params


def read(text: str, *, undated: bool) -> Report:
    """The facts of a report of 18 June 2025 whose paragraphs stand between double strokes."""
    first, *others = text.split(" // ")
    headed = first.startswith(HEADLINE)
    head = [first.removeprefix(HEADLINE) if headed else "Talks in brief", *([] if undated else ["18 June 2025"])]
    content = "\n\n".join([*head, *([] if headed else [first]), *others])
    return read_facts(read_text(content.encode(), "frames", place_test(LEXICON.world)), LEXICON)


def shown(contact: Contact) -> str:
    """The contact as a line would have it: the pair, then what is known of day, place and gathering."""
    pair = "-".join(sorted(leader.name.split()[-1] for leader in contact.participants))
    told = pair if contact.status == "held" else f"{contact.status} {pair}"
    when = contact.when
    if when.date is not None:
        told += f" on {when.date}"
    elif when.earliest is not None:
        told += f" from {when.earliest} to {when.latest}"
    if contact.place is not None:
        told += f" in {contact.place.name}"
    if contact.summit is not None:
        told += f" at {contact.summit.series} {contact.summit.year or ''}".rstrip()
    return told


@pytest.mark.parametrize(("wanted", "text"), frames())
def test_each_contact_has_the_day_place_and_gathering_that_the_words_give(wanted: str, text: str) -> None:
    contacts = read(text, undated=wanted.startswith(UNDATED)).contacts
    expected = wanted.removeprefix(UNDATED)
    assert sorted(map(shown, contacts)) == ([] if expected == "none" else sorted(expected.split("; ")))
