"""The texts of this folder, and what they tell: contacts, leaders, agreements and so on, or nothing at all."""

from pathlib import Path

import pytest

from kg.evaluate.gold import item_article
from kg.evaluate.match import Matcher
from kg.evaluate.topic import share_topic
from kg.extract.lexicon import load_lexicon
from kg.facts.contact.record import Contact
from kg.facts.reading import read_facts
from kg.facts.report import Report
from kg.lexicon.places import place_test
from kg.model.fact import Status
from kg.read import read_articles

HERE = Path(__file__).parent
LEXICON = load_lexicon()
MATCHER = Matcher(LEXICON.world)
MISS = "? "


def lines(name: str) -> list:
    """The lines of a file; a known miss begins with a question mark."""
    params = []
    for number, line in enumerate((HERE / name).read_text(encoding="utf-8").splitlines(), start=1):
        wanted, _, text = line.removeprefix(MISS).partition(" | ")
        marks = [pytest.mark.xfail(strict=True, reason="known miss")] if line.startswith(MISS) else []
        params.append(pytest.param(wanted, text, id=f"{name}:{number}", marks=marks))
    return params


def read(text: str, day: str = "2025-06-18") -> Report:
    return read_facts(item_article(f"{day}-1", day, text), LEXICON)


def contacts_of(report: Report) -> list[str]:
    return sorted(
        f"{contact.status} {'-'.join(sorted(leader.name.split()[-1] for leader in contact.participants))}"
        for contact in report.contacts
    )


@pytest.mark.parametrize(("wanted", "text"), lines("contacts.txt"))
def test_the_words_tell_of_these_contacts_and_of_no_others(wanted: str, text: str) -> None:
    assert contacts_of(read(text)) == sorted([] if wanted == "none" else wanted.split("; "))


@pytest.mark.parametrize(("wanted", "text"), lines("leaders.txt"))
def test_the_words_name_these_leaders_and_no_others(wanted: str, text: str) -> None:
    held = {leader.written or leader.name: leader for leader in read(text).leaders if leader.office}
    named = [] if wanted == "none" else [line.rpartition(", ") for line in wanted.split("; ")]
    people = {
        name_and_office.split(" = ")[0]: (name_and_office.split(" = ")[1], at) for name_and_office, _, at in named
    }
    assert held.keys() == people.keys()
    for name, (office, country) in people.items():
        assert (held[name].country or "-") == country
        assert MATCHER.same_office(held[name].office, office)


@pytest.mark.parametrize(("wanted", "text"), lines("agreements.txt"))
def test_the_words_tell_of_these_agreements_and_of_no_others(wanted: str, text: str) -> None:
    left = list(read(text).agreements)
    for line in [] if wanted == "none" else wanted.split("; "):
        act, parties, topic = line.split(" ", 2)
        like = [a for a in left if a.act == act and "-".join(a.parties) == parties and share_topic(a.topic, topic)]
        assert like, line
        left.remove(like[0])
    assert left == []


@pytest.mark.parametrize(("wanted", "text"), lines("anniversaries.txt"))
def test_the_words_tell_of_these_anniversaries_and_of_no_others(wanted: str, text: str) -> None:
    found = sorted(f"{a.ordinal} {'-'.join(a.parties) or '-'} {a.base_year}" for a in read(text).anniversaries)
    assert found == sorted([] if wanted == "none" else wanted.split("; "))


@pytest.mark.parametrize(("wanted", "text"), lines("statements.txt"))
def test_the_words_hold_these_statements_and_no_others(wanted: str, text: str) -> None:
    found = sorted(f"{s.speaker.name.split()[-1]} about {', '.join(s.about)}".strip() for s in read(text).statements)
    assert found == sorted([] if wanted == "none" else wanted.split("; "))


def beside(contact: Contact) -> str:
    """The people of a contact and the gathering at which it was."""
    people = "-".join(sorted(leader.name.split()[-1] for leader in contact.participants))
    status = "" if contact.status is Status.HELD else f"{contact.status} "
    at = f" at {contact.summit.series} {contact.summit.year}" if contact.summit else ""
    return f"{status}{people}{at}"


@pytest.mark.parametrize(("wanted", "text"), lines("summits.txt"))
def test_the_words_put_these_contacts_beside_these_gatherings_and_name_no_others(wanted: str, text: str) -> None:
    day, _, said = text.partition(" | ")
    contacts, _, gatherings = wanted.partition(" # ")
    report = read(said, day)
    assert sorted(map(beside, report.contacts)) == sorted(contacts.split("; "))
    named = sorted(f"{summit.series} {summit.year}" for summit in report.summits)
    assert named == ([] if gatherings == "none" else sorted(gatherings.split(", ")))


def nothing_of(report: Report) -> bool:
    return not (report.contacts or report.agreements or report.anniversaries)


@pytest.mark.parametrize("text", (HERE / "nothing.txt").read_text(encoding="utf-8").splitlines())
def test_the_words_tell_of_no_contact_no_agreement_no_anniversary_and_no_gathering(text: str) -> None:
    report = read(text)
    assert nothing_of(report)
    assert not report.summits


@pytest.mark.parametrize("path", sorted((HERE / "quiet").glob("*.txt")), ids=lambda path: path.stem)
def test_a_report_of_a_quiet_day_tells_of_no_contact_no_agreement_and_no_anniversary(path: Path) -> None:
    (article,) = read_articles(path, is_place=place_test(LEXICON.world))
    assert nothing_of(read_facts(article, LEXICON))


@pytest.mark.parametrize("line", (HERE / "few.txt").read_text(encoding="utf-8").splitlines())
def test_a_report_that_names_many_who_did_not_meet_tells_of_those_few_who_did(line: str) -> None:
    name, _, wanted = line.partition(" | ")
    (article,) = read_articles(HERE / "few" / f"{name}.txt", is_place=place_test(LEXICON.world))
    assert contacts_of(read_facts(article, LEXICON)) == sorted(wanted.split("; "))


@pytest.mark.parametrize(
    "name", ["contacts.txt", "leaders.txt", "agreements.txt", "anniversaries.txt", "statements.txt"]
)
def test_no_text_that_tells_of_nothing_is_a_known_miss(name: str) -> None:
    assert f"{MISS}none" not in (HERE / name).read_text(encoding="utf-8")
