"""Which reports of contacts are one contact: a page of cases that a diplomat could check."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.assemble.known import Known
from kg.assemble.merge import merge
from kg.assemble.told import Assembly
from kg.facts.contact.record import Contact, ContactFormat, ContactKind
from kg.facts.report import Report
from kg.model.date import UNKNOWN, PartialDate, Precision, When
from kg.model.entity import Leader, Place, SummitEdition
from kg.model.fact import Evidence, Status
from kg.model.text import Article

NOVAK, HORVAT, LUND = (Leader(name=name) for name in ("Anna Novak", "Juan Horvat", "Mia Lund"))
BLED, LIMA, SLOVENIA = Place(name="Bled", country="SVN"), Place(name="Lima", country="PER"), Place(name="Slovenia")
VILLA = Place(name="Villa Bled", country="SVN")
KNOWN = Known(
    countries=frozenset({"slovenia", "peru"}),
    towns={"bled": (46.37, 14.11), "villa bled": (46.36, 14.09), "lima": (-12.05, -77.04)},
)
NUMBERS = itertools.count()


def on(text: str) -> When:
    return When.on(PartialDate.parse(text))


def week(first: str) -> When:
    day = dt.date.fromisoformat(first)
    return When.between(day, day + dt.timedelta(days=6), Precision.WEEK)


def met(when: When = UNKNOWN, *who: Leader, **more: Any) -> Contact:
    words = Evidence(begin=next(NUMBERS), end=10**6, quote="met", rule="contact.met")
    fields: dict[str, Any] = {
        "id": "c1",
        "kind": ContactKind.MEETING,
        "status": Status.HELD,
        "format": ContactFormat.BILATERAL,
        "evidence": (words,),
    }
    return Contact(participants=who or (NOVAK, HORVAT), when=when, **(fields | more))


def report(name: str, *contacts: Contact, published: str | None = None, dateline: str | None = None) -> Report:
    article = Article(
        id=name, path=f"{name}.txt", text="", paragraphs=(), published=published, dateline=dateline
    )  # fmt: skip
    numbered = tuple(replace(contact, id=f"c{n}") for n, contact in enumerate(contacts, 1))
    return Report(article=article, contacts=numbered)


def wholes(assembly: Assembly) -> list[tuple[str, tuple[str, ...]]]:
    return [(fact.whole.key, fact.whole.articles) for fact in assembly.contacts if fact.whole is not None]


def merged(*reports: Report) -> list[tuple[str, tuple[str, ...]]]:
    return wholes(merge(reports, KNOWN))


def test_no_reports_give_nothing() -> None:
    assert merge([]) == Assembly()


def test_two_articles_on_one_meeting_give_one_meeting_with_two_sources() -> None:
    assert merged(report("a", met(on("2024-05-12"))), report("b", met(on("2024-05-12")))) == [
        ("meeting/2024-05-12-anna-novak-juan-horvat", ("a", "b"))
    ]


@pytest.mark.parametrize(
    ("precise", "vague"),
    [
        ("2024-05-12", on("2024-05")),
        ("2024-05-12", on("2024")),
        ("2024-05-12", week("2024-05-06")),
        ("2024-05-12", on("--05-12")),
        ("2024-05", on("2024")),
    ],
)
def test_a_vaguer_date_goes_with_the_one_contact_that_it_allows(precise: str, vague: When) -> None:
    found = merged(report("a", met(on(precise))), report("b", met(vague)))
    assert found == [(f"meeting/{precise}-anna-novak-juan-horvat", ("a", "b"))]


@pytest.mark.parametrize("other", ["2024-05-13", "2024-06", "2023", "--05-13"])
def test_another_date_is_another_contact(other: str) -> None:
    assert len(merged(report("a", met(on("2024-05-12"))), report("b", met(on(other))))) == 2


def test_a_month_with_two_meetings_in_it_stays_apart_from_both() -> None:
    two = (report("a", met(on("2024-05-02"))), report("b", met(on("2024-05-20"))))
    assert len(merged(*two, report("c", met(on("2024-05"))))) == 3


def test_a_summit_tells_which_of_two_meetings_is_meant() -> None:
    epc = SummitEdition(series="EPC", year=2024)
    two = (report("a", met(on("2024-05-02"))), report("b", met(on("2024-05-20"), summit=epc)))
    found = merged(*two, report("c", met(on("2024-05"), summit=SummitEdition(series="EPC"))))
    assert found[1] == ("meeting/2024-05-20-anna-novak-juan-horvat", ("b", "c"))


def test_different_summits_are_different_meetings() -> None:
    one, two = (SummitEdition(series=series, year=2024) for series in ("EPC", "NATO"))
    found = merged(report("a", met(on("2024-05"), summit=one)), report("b", met(on("2024-05"), summit=two)))
    assert len(found) == 2
    assert len({key for key, _ in found}) == 2


def test_different_people_or_channels_are_different_contacts() -> None:
    day = on("2024-05-12")
    reports = (
        report("a", met(day)),
        report("b", met(day, NOVAK, LUND)),
        report("c", met(day, NOVAK, HORVAT, LUND)),
        report("d", met(day, kind=ContactKind.PHONE)),
    )
    assert len(merged(*reports)) == 4


def test_a_town_tells_which_of_two_meetings_in_a_month_is_meant() -> None:
    two = (report("a", met(on("2024-05-02"), place=BLED)), report("b", met(on("2024-05-20"), place=LIMA)))
    found = merged(*two, report("c", met(on("2024-05"), place=LIMA)))
    assert found[1] == ("meeting/2024-05-20-anna-novak-juan-horvat", ("b", "c"))


def test_a_month_in_another_town_is_another_meeting() -> None:
    one = report("a", met(on("2024-05-12"), place=BLED))
    assert len(merged(one, report("b", met(on("2024-05"), place=LIMA)))) == 2
    assert len(merged(one, report("b", met(on("2024-05"), place=Place(name="Peru", country="PER"))))) == 2
    assert len(merged(one, report("b", met(on("2024-05"), place=SLOVENIA)))) == 1
    assert len(merged(one, report("b", met(on("2024-05"), place=VILLA)))) == 1


def test_two_outlets_a_day_apart_beside_one_summit_tell_of_one_meeting() -> None:
    epc = SummitEdition(series="EPC", year=2024)
    one, two, three = (on(f"2024-05-{day}") for day in (12, 13, 14))
    tellings = [report("a", met(one, summit=epc)), report("b", met(two, summit=epc)), report("c", met(two))]
    whole = merge(tellings, KNOWN)
    assert wholes(whole) == [("meeting/2024-05-13-anna-novak-juan-horvat", ("a", "b", "c"))]
    assert [(c.property, c.claims) for c in whole.contradictions] == [
        ("date", (("2024-05-12", ("a",)), ("2024-05-13", ("b", "c"))))
    ]
    assert len(merged(*tellings, report("d", met(three, summit=epc)))) == 2


def test_a_day_apart_without_a_summit_or_in_one_article_are_two_meetings() -> None:
    epc = SummitEdition(series="EPC", year=2024)
    one, two = on("2024-05-12"), on("2024-05-13")
    assert len(merged(report("a", met(one, place=BLED)), report("b", met(two, place=BLED)))) == 2
    both = report("c", met(one), met(two))
    assert len(merged(report("a", met(one, summit=epc)), report("b", met(two, summit=epc)), both)) == 2


@pytest.mark.parametrize(("one", "two", "events"), [("Lima", "Bled", 1), ("Bled", "Lima", 2), ("Lima", "Lima", 2)])
def test_a_call_has_a_later_day_where_the_day_begins_earlier(one: str, two: str, events: int) -> None:
    tuesday, wednesday = (met(on(day), kind=ContactKind.PHONE) for day in ("2024-05-14", "2024-05-15"))
    reports = report("a", tuesday, dateline=one), report("b", wednesday, dateline=two)
    assert len(merged(*reports)) == events
    assert len(merged(*reports, report("c", met(on("2024-05-15"), kind=ContactKind.PHONE)))) == events


def test_a_venue_in_the_town_is_no_contradiction() -> None:
    day = on("2024-05-12")
    whole = merge([report("a", met(day, place=BLED)), report("b", met(day, place=VILLA))], KNOWN)
    assert len(wholes(whole)) == 1
    assert not whole.contradictions


def test_the_last_and_the_first_day_of_time_have_no_day_beside_them() -> None:
    epc = SummitEdition(series="EPC", year=1)
    for day in ("0001-01-01", "9999-12-31"):
        assert len(merged(report("a", met(on(day), summit=epc)))) == 1


def test_an_undated_contact_stays_alone_where_nothing_supports_a_date() -> None:
    assert merged(report("a", met(on("2024-05-12"))), report("b", met())) == [
        ("meeting/2024-05-12-anna-novak-juan-horvat", ("a",)),
        ("meeting/undated-b-anna-novak-juan-horvat", ("b",)),
    ]


def test_two_undated_contacts_of_two_articles_are_not_taken_for_one() -> None:
    assert len(merged(report("a", met()), report("b", met()))) == 2


def test_an_undated_call_goes_with_the_call_of_an_article_on_the_same_meeting() -> None:
    day, last_week = on("2024-05-12"), week("2024-05-06")
    one = report("a", met(day), met(last_week, kind=ContactKind.PHONE))
    two = report("b", met(on("--05-12")), met(kind=ContactKind.PHONE))
    assert merged(one, two) == [
        ("call/2024-05-06-anna-novak-juan-horvat", ("a", "b")),
        ("meeting/2024-05-12-anna-novak-juan-horvat", ("a", "b")),
    ]


def test_an_undated_meeting_goes_with_the_one_at_the_same_summit() -> None:
    epc = SummitEdition(series="EPC", year=2024)
    found = merged(report("a", met(on("2024-05-12"), summit=epc)), report("b", met(summit=epc)))
    assert found == [("meeting/2024-05-12-anna-novak-juan-horvat", ("a", "b"))]


def test_an_undated_meeting_goes_with_the_one_at_the_only_summit_of_its_article() -> None:
    epc = SummitEdition(series="EPC", year=2024)
    aside = met(on("2024-05-12"), NOVAK, LUND, summit=epc)
    one, two = report("a", met(on("2024-05-12"), summit=epc)), report("b", aside, met())
    assert merged(one, two)[0] == ("meeting/2024-05-12-anna-novak-juan-horvat", ("a", "b"))


def test_a_summit_without_a_year_takes_it_from_an_article_on_the_same_meeting() -> None:
    full, bare = SummitEdition(series="EPC", year=2024), SummitEdition(series="EPC")
    whole = merge([
        report("a", met(on("2024-05-12"), summit=full)),
        report("b", met(on("--05-12"), summit=bare), met(UNKNOWN, NOVAK, LUND, summit=bare, status=Status.CANCELLED)),
    ])  # fmt: skip
    assert [(fact.whole.key, fact.whole.articles) for fact in whole.summits if fact.whole] == [
        ("summit/epc-2024", ("a", "b"))
    ]
    assert wholes(whole)[1] == ("planned/epc-2024-anna-novak-mia-lund", ("b",))


def test_the_whole_is_as_precise_as_its_most_precise_article() -> None:
    one = met(on("2024-05-12"), place=SLOVENIA, first_meeting=True)
    two = met(on("2024-05"), place=BLED, duration="PT45M", format=None)
    (fact,) = merge([report("a", one), report("b", two)], KNOWN).contacts
    assert fact.whole is not None
    contact = fact.whole.fact
    assert (contact.when, contact.place, contact.duration, contact.first_meeting, contact.format) == (
        on("2024-05-12"), BLED, "PT45M", True, ContactFormat.BILATERAL,
    )  # fmt: skip
    assert [telling.fact.when for telling in fact.tellings] == [on("2024-05-12"), on("2024-05")]


def test_a_contradiction_is_kept_with_both_its_sides() -> None:
    day = on("2024-05-12")
    whole = merge([
        report("a", met(day, duration="PT30M", place=BLED)),
        report("b", met(day, duration="PT45M", place=LIMA)),
    ])  # fmt: skip
    assert len(wholes(whole)) == 1
    assert [(c.property, c.claims) for c in whole.contradictions] == [
        ("duration", (("PT30M", ("a",)), ("PT45M", ("b",)))),
        ("place", (("Bled", ("a",)), ("Lima", ("b",)))),
    ]


def test_two_towns_in_one_article_are_two_meetings_on_one_day() -> None:
    day = on("2024-05-12")
    assert len(merged(report("a", met(day, place=BLED), met(day, place=LIMA)))) == 2


def test_a_plan_that_came_true_is_one_meeting_that_an_article_announced() -> None:
    plan = met(on("2024-05-12"), status=Status.PLANNED)
    whole = merge([report("a", plan, published="2024-05-10"), report("b", met(on("2024-05-12")))])
    assert wholes(whole) == [("meeting/2024-05-12-anna-novak-juan-horvat", ("b",))]
    held = next(fact.whole for fact in whole.contacts if fact.whole)
    assert held.announced == ("a",)
    told = [telling.key for fact in whole.contacts for telling in fact.tellings]
    assert sorted(told) == ["meeting/2024-05-12-anna-novak-juan-horvat", "planned/2024-05-12-anna-novak-juan-horvat"]


def test_a_plan_told_after_a_meeting_is_another_one() -> None:
    plan = met(on("2024"), status=Status.PLANNED)
    assert len(merged(report("a", plan, published="2024-06-01"), report("b", met(on("2024-05-12"))))) == 2


def test_a_plan_that_was_called_off_is_one_plan() -> None:
    day = on("2024-05-12")
    reports = (report("a", met(day, status=Status.PLANNED)), report("b", met(day, status=Status.CANCELLED)))
    (fact,) = merge(reports).contacts
    assert fact.whole is not None
    assert (fact.whole.fact.status, fact.whole.articles) == (Status.CANCELLED, ("a", "b"))


def test_held_in_one_article_and_called_off_in_another_is_a_contradiction() -> None:
    day = on("2024-05-12")
    whole = merge([report("a", met(day, status=Status.CANCELLED)), report("b", met(day))])
    assert len(wholes(whole)) == 2
    assert [(c.property, c.claims) for c in whole.contradictions] == [
        ("status", (("cancelled", ("a",)), ("held", ("b",))))
    ]


def test_facts_that_would_share_a_key_get_different_ones() -> None:
    found = merged(report("a", met(on("2024-05"), summit=SummitEdition(series="EPC", year=2024))),
                   report("b", met(on("2024-05"), summit=SummitEdition(series="NATO", year=2024))))  # fmt: skip
    assert len({key for key, _ in found}) == 2


TIMES = st.sampled_from(
    [UNKNOWN, on("2024"), on("2024-05"), on("2024-05-12"), on("2024-05-13"), on("--05-12"), week("2024-05-06")]
)
SUMMITS = st.sampled_from([None, *(SummitEdition(series=s, year=y) for s in ("EPC", "NATO") for y in (None, 2024))])
CONTACTS = st.builds(
    lambda when, who, summit, place, status, kind, begin: met(
        when, *who, summit=summit, place=place, status=status, kind=kind,
        evidence=(Evidence(begin=begin, end=begin + 3, quote="met", rule="contact.met"),),
    ),
    TIMES, st.sampled_from([(NOVAK, HORVAT), (HORVAT, LUND)]), SUMMITS, st.sampled_from([None, BLED, LIMA, SLOVENIA]),
    st.sampled_from(list(Status)), st.sampled_from([ContactKind.MEETING, ContactKind.PHONE]), st.integers(0, 99),
)  # fmt: skip
REPORTS = st.lists(st.lists(CONTACTS, max_size=3), max_size=6).map(
    lambda all_contacts: [report(f"r{n}", *contacts) for n, contacts in enumerate(all_contacts)]
)


@settings(deadline=None)
@given(REPORTS, st.randoms(use_true_random=False))
def test_the_order_of_the_reports_changes_nothing(reports: list[Report], random: Any) -> None:
    shuffled = list(reports)
    random.shuffle(shuffled)
    assert merge(reports, KNOWN) == merge(shuffled, KNOWN)


@settings(deadline=None)
@given(REPORTS)
def test_every_telling_goes_into_one_contact_and_no_two_contacts_share_a_key(reports: list[Report]) -> None:
    whole = merge(reports, KNOWN)
    told = [(t.articles[0], t.fact.id) for fact in whole.contacts for t in fact.tellings]
    assert sorted(told) == sorted((r.article.id, contact.id) for r in reports for contact in r.contacts)
    keys = [fact.tellings[0].key for fact in whole.contacts]
    assert len(keys) == len(set(keys))


@settings(deadline=None)
@given(REPORTS)
def test_what_was_merged_has_the_same_people_channel_and_outcome(reports: list[Report]) -> None:
    for fact in merge(reports, KNOWN).contacts:
        contacts = [telling.fact for telling in fact.tellings]
        assert len({tuple(sorted(who.slug for who in contact.participants)) for contact in contacts}) == 1
        assert len({(contact.kind, contact.status is Status.HELD) for contact in contacts}) == 1
        days = {c.when.date for c in contacts if c.when.precision is Precision.DAY}
        assert len(days) <= (2 if any(c.summit for c in contacts) else 1)  # no report of these has a dateline


def test_the_same_article_read_twice_counts_once() -> None:
    one = report("a", met(on("2024-05-12")))
    assert merge([one, one]) == merge([one])
