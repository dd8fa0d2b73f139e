"""One report scored: what counts as right, as a miss, as a false alarm."""

import datetime as dt
from dataclasses import replace

from kg.evaluate.gold import Gold
from kg.evaluate.match import Matcher
from kg.evaluate.score import ReportScore, score_report
from kg.evaluate.tally import FactKind, Tally, Verdict
from kg.facts.agreement.record import Act, Agreement
from kg.facts.anniversary.record import Anniversary
from kg.facts.contact.record import Contact, ContactFormat, ContactKind
from kg.facts.report import Report
from kg.facts.summit.record import Summit
from kg.model.date import UNKNOWN, PartialDate, When
from kg.model.entity import Leader, Place, SummitEdition
from kg.model.fact import Status
from kg.model.text import Article

ARTICLE = Article(id="a1", path="a1.txt", text="", paragraphs=())
NOVAK = Leader(name="Anna Novak", office="Prime Minister", country="SVN")
KALNS = Leader(name="Juris Kalns", office="President", country="LVA")
RUDIN = Leader(name="Sergey Rudin", office="Foreign Minister", country="BLR")
MONDAY = When.on(PartialDate.parse("2024-04-08"))
FRIDAY = When.on(PartialDate.parse("2024-04-12"))


def meeting(*people: Leader, status: Status = Status.HELD, when: When = UNKNOWN, **more: object) -> Contact:
    contact = Contact(
        id="c1",
        kind=ContactKind.MEETING,
        status=status,
        format=ContactFormat.BILATERAL,
        participants=people,
        when=when,
    )
    return replace(contact, **more)  # type: ignore[arg-type]


def agreement(topic: str, *parties: str, act: Act = Act.AGREED) -> Agreement:
    return Agreement(act=act, topic=topic, head="-", parties=parties)


def report(**facts: tuple[object, ...]) -> Report:
    return replace(Report(article=ARTICLE), **facts)  # type: ignore[arg-type]


def scored(expected: Report, found: Report, matcher: Matcher, *, paraphrased: bool = False) -> ReportScore:
    return score_report(Gold(name="a1", source=ARTICLE, expected=expected, paraphrased=paraphrased), found, matcher)


def test_nothing_expected_and_nothing_found_counts_nothing(matcher: Matcher) -> None:
    score = scored(report(), report(), matcher)
    assert set(score.tallies.values()) == {Tally()}
    assert not score.findings
    assert score.is_quiet
    assert not score.is_noisy


def test_what_is_expected_is_right_in_every_kind(matcher: Matcher) -> None:
    told = report(
        leaders=(NOVAK, KALNS),
        contacts=(meeting(NOVAK, KALNS, when=MONDAY, place=Place(name="Riga"), summit=SummitEdition(series="G9")),),
        summits=(Summit(series="G9", name="G9"),),
        agreements=(agreement("rail freight", "LVA", "SVN"),),
        anniversaries=(Anniversary(ordinal=30, of="relations", head="relations", parties=("LVA", "SVN")),),
    )
    score = scored(told, told, matcher)
    assert all(tally.f1 == 1 for kind, tally in score.tallies.items() if kind is not FactKind.PUBLISHED)
    assert not score.findings


def test_leaders_are_matched_by_name_and_offices_among_those_matched(matcher: Matcher) -> None:
    found = report(leaders=(replace(NOVAK, office="PM"), replace(KALNS, country="LTU"), Leader(name="Somebody Else")))
    score = scored(report(leaders=(NOVAK, KALNS, RUDIN)), found, matcher)
    assert score.tallies[FactKind.LEADERS] == Tally(2, 3, 3)
    assert score.tallies[FactKind.OFFICE] == Tally(1, 2, 2)
    assert score.count(FactKind.OFFICE, Verdict.WRONG) == 1


def test_whoever_takes_part_in_a_contact_is_a_leader(matcher: Matcher) -> None:
    score = scored(report(leaders=(NOVAK, KALNS)), report(contacts=(meeting(NOVAK, KALNS),)), matcher)
    assert score.tallies[FactKind.LEADERS] == Tally(2, 2, 2)


def test_a_leader_told_twice_is_a_false_alarm_once(matcher: Matcher) -> None:
    score = scored(report(leaders=(NOVAK,)), report(leaders=(NOVAK, replace(NOVAK, name="Novak"))), matcher)
    assert score.tallies[FactKind.LEADERS] == Tally(1, 1, 2)


def test_a_meeting_of_three_has_three_pairs(matcher: Matcher) -> None:
    expected = report(contacts=(meeting(NOVAK, KALNS, RUDIN),))
    found = report(contacts=(meeting(NOVAK, KALNS), meeting(NOVAK, RUDIN)))
    score = scored(expected, found, matcher)
    assert score.tallies[FactKind.PAIRS] == Tally(2, 3, 2)
    assert score.tallies[FactKind.CONTACTS] == Tally(0, 1, 2)
    assert not score.count(FactKind.PAIRS, Verdict.FALSE_HELD)
    assert not score.count(FactKind.PAIRS, Verdict.NOT_HELD)


def test_a_pair_met_twice_is_one_pair_and_two_contacts(matcher: Matcher) -> None:
    twice = (meeting(NOVAK, KALNS, when=MONDAY), meeting(NOVAK, KALNS, when=FRIDAY))
    score = scored(report(contacts=twice), report(contacts=twice[::-1]), matcher)
    assert score.tallies[FactKind.PAIRS] == Tally(1, 1, 1)
    assert score.tallies[FactKind.CONTACTS] == Tally(2, 2, 2)
    assert score.tallies[FactKind.DATE] == Tally(2, 2, 2)
    assert score.matched == ((0, "c1"), (1, "c1"))


def test_a_call_is_no_meeting_but_phone_and_video_are_of_one_class(matcher: Matcher) -> None:
    phone = meeting(NOVAK, KALNS, kind=ContactKind.PHONE)
    video = meeting(NOVAK, KALNS, kind=ContactKind.VIDEO)
    assert scored(report(contacts=(phone,)), report(contacts=(video,)), matcher).tallies[FactKind.CONTACTS].right == 1
    face = report(contacts=(meeting(NOVAK, KALNS),))
    assert scored(report(contacts=(phone,)), face, matcher).tallies[FactKind.CONTACTS] == Tally(0, 1, 1)


def test_a_planned_meeting_told_as_held_is_false_held_and_was_not_held(matcher: Matcher) -> None:
    expected = report(contacts=(meeting(NOVAK, KALNS, status=Status.PLANNED, when=FRIDAY),))
    score = scored(expected, report(contacts=(meeting(NOVAK, KALNS, when=FRIDAY),)), matcher)
    assert score.count(FactKind.PAIRS, Verdict.NOT_HELD) == 1
    assert score.count(FactKind.CONTACTS, Verdict.WRONG) == 1
    assert score.tallies[FactKind.CONTACTS] == Tally(0, 1, 1)
    assert score.tallies[FactKind.DATE] == Tally()


def test_a_plan_told_as_held_beside_a_real_meeting_is_false_held(matcher: Matcher) -> None:
    met = meeting(NOVAK, KALNS, when=MONDAY)
    plan = meeting(NOVAK, KALNS, status=Status.POSTPONED, when=FRIDAY)
    found = report(contacts=(met, replace(met, when=FRIDAY)))
    score = scored(report(contacts=(met, plan)), found, matcher)
    assert [f.detail for f in score.findings if f.verdict is Verdict.NOT_HELD] == [
        "held, meeting, Anna Novak – Juris Kalns, 2024-04-12: it was postponed"
    ]
    assert score.tallies[FactKind.PAIRS] == Tally(1, 1, 1)


def test_a_meeting_that_no_text_tells_is_false_held(matcher: Matcher) -> None:
    score = scored(report(), report(contacts=(meeting(NOVAK, KALNS),)), matcher)
    assert score.count(FactKind.PAIRS, Verdict.FALSE_HELD) == 1
    assert score.is_noisy


def test_a_real_meeting_told_twice_is_a_false_alarm_but_not_false_held(matcher: Matcher) -> None:
    met = meeting(NOVAK, KALNS, when=MONDAY)
    score = scored(report(contacts=(met,)), report(contacts=(met, met)), matcher)
    assert score.tallies[FactKind.CONTACTS] == Tally(1, 1, 2)
    assert not score.count(FactKind.PAIRS, Verdict.FALSE_HELD)
    assert not score.count(FactKind.PAIRS, Verdict.NOT_HELD)


def test_a_date_is_right_missing_wrong_or_undue(matcher: Matcher) -> None:
    def of(expected: When, found: When) -> ReportScore:
        told = report(contacts=(meeting(NOVAK, KALNS, when=found),))
        return scored(report(contacts=(meeting(NOVAK, KALNS, when=expected),)), told, matcher)

    week = When.between(dt.date(2024, 4, 1), dt.date(2024, 4, 7))
    month = When.on(PartialDate.parse("2024-04"))
    assert of(MONDAY, MONDAY).tallies[FactKind.DATE] == Tally(1, 1, 1)
    assert of(week, week).tallies[FactKind.DATE] == Tally(1, 1, 1)
    assert of(MONDAY, UNKNOWN).count(FactKind.DATE, Verdict.MISS) == 1
    assert of(MONDAY, month).count(FactKind.DATE, Verdict.WRONG) == 1
    assert of(UNKNOWN, week).count(FactKind.DATE, Verdict.FALSE_ALARM) == 1
    assert of(UNKNOWN, UNKNOWN).tallies[FactKind.DATE] == Tally()


def test_the_publication_date_is_scored_where_gold_tells_it(matcher: Matcher) -> None:
    def of(expected: str | None, read: str | None) -> Tally:
        gold = Gold(name="a1", source=ARTICLE, expected=report(), article={"published": expected})
        found = report(article=replace(ARTICLE, published=read))  # type: ignore[arg-type]
        return score_report(gold, found, matcher).tallies[FactKind.PUBLISHED]

    assert of("2024-04-09", "2024-04-09T08:30:00Z") == Tally(1, 1, 1)
    assert of("2024-04-09", None) == Tally(0, 1, 0)
    assert of(None, "2024-04-09") == Tally(0, 0, 1)


def test_a_summit_is_right_by_series_and_year(matcher: Matcher) -> None:
    def of(year: int | None) -> Tally:
        edition = SummitEdition(series="Group of Nine", year=year)
        told = report(contacts=(meeting(NOVAK, KALNS, summit=edition),))
        expected = meeting(NOVAK, KALNS, summit=SummitEdition(series="G9", year=2024))
        return scored(report(contacts=(expected,)), told, matcher).tallies[FactKind.SUMMIT]

    assert of(2024) == Tally(1, 1, 1)
    assert of(None) == Tally(0, 1, 1)


def test_agreements_need_the_same_parties_a_like_act_and_a_like_topic(matcher: Matcher) -> None:
    def right(found: Agreement, *, paraphrased: bool = False) -> int:
        expected = report(agreements=(agreement("rail freight corridor", "LVA", "SVN"),))
        score = scored(expected, report(agreements=(found,)), matcher, paraphrased=paraphrased)
        return score.tallies[FactKind.AGREEMENTS].right

    assert right(agreement("a corridor for freight", "SVN", "LVA", act=Act.SIGNED))
    assert not right(agreement("rail freight corridor", "LVA", "SVN", "BLR"))
    assert not right(agreement("rail freight corridor", "LVA", "SVN", act=Act.REAFFIRMED))
    assert not right(agreement("visa rules", "LVA", "SVN"))
    assert right(agreement("visa rules", "LVA", "SVN"), paraphrased=True)


def test_several_agreements_of_two_states_are_told_apart_by_topic(matcher: Matcher) -> None:
    expected = (agreement("rail freight", "LVA", "SVN"), agreement("visa rules", "LVA", "SVN"))
    score = scored(report(agreements=expected), report(agreements=expected[::-1]), matcher)
    assert score.tallies[FactKind.AGREEMENTS] == Tally(2, 2, 2)


def test_anniversaries_need_ordinal_parties_and_no_other_base_year(matcher: Matcher) -> None:
    thirty = Anniversary(ordinal=30, of="ties", head="ties", year=2024, base_year=1994, parties=("LVA", "SVN"))

    def right(found: Anniversary) -> int:
        score = scored(report(anniversaries=(thirty,)), report(anniversaries=(found,)), matcher)
        return score.tallies[FactKind.ANNIVERSARIES].right

    assert right(replace(thirty, of="diplomatic relations", parties=("SVN", "LVA")))
    assert right(replace(thirty, year=None, base_year=None))
    assert not right(replace(thirty, base_year=1995))
    assert not right(replace(thirty, ordinal=40))
    assert not right(replace(thirty, parties=("LVA",)))
