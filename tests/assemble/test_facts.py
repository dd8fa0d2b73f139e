"""Summits, agreements, anniversaries, tenures: when two articles tell one thing, and what they tell of it together."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from kg.assemble.amended import amended
from kg.assemble.audit import problems_of
from kg.assemble.curate import Change, curate
from kg.assemble.merge import merge
from kg.assemble.told import Assembly, Link
from kg.facts.agreement.record import Act, Agreement
from kg.facts.anniversary.record import Anniversary
from kg.facts.contact.record import Contact, ContactKind
from kg.facts.jsonl import from_line, to_line
from kg.facts.report import Report
from kg.facts.statement.record import Statement
from kg.facts.summit.record import Summit
from kg.facts.tenure.record import Tenure
from kg.model.date import PartialDate, When
from kg.model.entity import Leader, Place
from kg.model.fact import Evidence, ProblemKind, Status
from kg.model.text import Article

NOVAK, HORVAT, LUND = (Leader(name=name) for name in ("Anna Novak", "Juan Horvat", "Mia Lund"))
WORDS = (Evidence(begin=3, end=9, quote="so they", rule="some.rule"),)


def on(text: str) -> When:
    return When.on(PartialDate.parse(text))


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def report(name: str, **facts: Any) -> Report:
    article = Article(id=name, path=f"{name}.txt", text="", paragraphs=())
    return Report(article=article, **facts)


def talks(when: str = "2024-05-12") -> Contact:
    return Contact(id="c1", kind=ContactKind.MEETING, status=Status.HELD, format=None,
                   participants=(NOVAK, HORVAT), when=on(when), evidence=WORDS)  # fmt: skip


def summit(**more: Any) -> Summit:
    fields: dict[str, Any] = {"series": "EPC", "name": "EPC", "year": 2024, "evidence": WORDS}
    return Summit(**(fields | more))


def pact(**more: Any) -> Agreement:
    fields: dict[str, Any] = {"act": Act.AGREED, "topic": "alpine rescue", "head": "rescue", "parties": ("PRY", "SVN")}
    return Agreement(**(fields | {"evidence": WORDS, "concluded_at": "c1"} | more))


def jubilee(**more: Any) -> Anniversary:
    fields: dict[str, Any] = {"ordinal": 30, "of": "the first embassy", "head": "embassy", "parties": ("PRY", "SVN")}
    return Anniversary(**(fields | {"evidence": WORDS} | more))


def keys(facts: Any) -> list[str]:
    return [fact.whole.key for fact in facts if fact.whole is not None]


def only(facts: Any) -> Any:
    (fact,) = facts
    return fact.whole.fact


# --- summits


def test_two_articles_on_one_edition_give_one_summit() -> None:
    bled = Place(name="Bled")
    one = summit(when=on("2024-05"), observed_on=(day("2024-05-12"),), participants=(LUND,))
    two = summit(place=bled, observed_on=(day("2024-05-11"),), participants=(NOVAK,), status=Status.HELD)
    whole = merge([report("a", summits=(one,)), report("b", summits=(two,))])
    fact = only(whole.summits)
    assert (fact.place, fact.status, fact.when) == (bled, Status.HELD, on("2024-05"))
    assert fact.observed_on == (day("2024-05-11"), day("2024-05-12"))
    assert [who.name for who in fact.participants] == ["Anna Novak", "Mia Lund"]


def test_a_summit_that_was_only_seen_going_on_is_dated_by_its_month() -> None:
    fact = only(merge([report("a", summits=(summit(observed_on=(day("2024-05-12"),)),))]).summits)
    assert fact.when == on("2024-05")


def test_two_gatherings_of_one_series_in_one_year_are_two_summits() -> None:
    spring = summit(when=on("2024-03"), place=Place(name="Bled"))
    autumn = summit(when=on("2024-11"), place=Place(name="Lima"))
    whole = merge([report("a", summits=(spring, autumn)), report("b", summits=(spring,))])
    assert len(set(keys(whole.summits))) == 2


def test_summits_of_an_unknown_year_in_two_articles_stay_apart() -> None:
    whole = merge([report(name, summits=(summit(year=None),)) for name in "ab"])
    assert keys(whole.summits) == ["summit/epc-undated-a", "summit/epc-undated-b"]


# --- agreements


def test_one_agreement_in_two_articles_is_one_by_parties_concerned_and_head_noun() -> None:
    one, two = pact(topic="cooperation in alpine rescue"), pact(act=Act.SIGNED)
    whole = merge([report("a", contacts=(talks(),), agreements=(one,)),
                   report("b", contacts=(talks(),), agreements=(two,))])  # fmt: skip
    fact = only(whole.agreements)
    assert (fact.act, fact.topic) == (Act.SIGNED, "alpine rescue")
    assert whole.agreements[0].whole is not None
    assert whole.agreements[0].whole.links[Link.CONTACT] == "meeting/2024-05-12-anna-novak-juan-horvat"


@pytest.mark.parametrize("other", [{"concerns": ("AUT",)}, {"head": "trade"}, {"parties": ("HRV", "SVN")}])
def test_another_party_concern_or_subject_is_another_agreement(other: dict[str, Any]) -> None:
    reports = [
        report("a", contacts=(talks(),), agreements=(pact(),)),
        report("b", contacts=(talks(),), agreements=(pact(**other),)),
    ]
    assert len(keys(merge(reports).agreements)) == 2


def test_the_same_parties_may_agree_the_same_again_at_another_meeting() -> None:
    reports = [
        report(name, contacts=(talks(when),), agreements=(pact(),))
        for name, when in (("a", "2024-05-12"), ("b", "2025-01-20"))
    ]
    assert len(set(keys(merge(reports).agreements))) == 2


def test_an_agreement_told_without_its_meeting_goes_with_the_one_of_its_date() -> None:
    loose = pact(concluded_at=None, when=on("2024-05"))
    whole = merge([report("a", contacts=(talks(),), agreements=(pact(),)), report("b", agreements=(loose,))])
    assert len(keys(whole.agreements)) == 1


def test_nothing_is_concluded_at_a_meeting_that_was_called_off() -> None:
    from dataclasses import replace

    off = replace(talks(), status=Status.CANCELLED)
    whole = merge([report("a", contacts=(off,), agreements=(pact(),))])
    assert whole.agreements[0].whole is not None
    assert Link.CONTACT not in whole.agreements[0].whole.links


def test_a_topic_that_two_agreements_spell_in_two_ways_has_one_label() -> None:
    visas = {"head": "exemption", "concluded_at": None}
    one = pact(topic="Visa Exemption for Diplomats", parties=("AGO", "EST"), **visas)
    other = pact(topic="visa exemption for diplomats", **visas)
    whole = merge([report("a", agreements=(one,)), report("b", agreements=(other,))])
    told = [fact.whole for fact in whole.agreements if fact.whole]
    assert [fact.fact.topic for fact in told] == ["visa exemption for diplomats"] * 2
    assert len({fact.links[Link.TOPIC] for fact in told}) == 1


# --- anniversaries


def test_one_article_gives_the_year_and_the_other_the_days() -> None:
    one = jubilee(year=2024, base_year=1994, when=on("2024"))
    two = jubilee(relative_to="c1", relative_days=(1, 14))
    whole = merge([report("a", anniversaries=(one,)), report("b", contacts=(talks(),), anniversaries=(two,))])
    fact = only(whole.anniversaries)
    assert (fact.year, fact.base_year) == (2024, 1994)
    assert (str(fact.when.date), fact.when.earliest, fact.when.latest) == (
        "2024", day("2024-05-13"), day("2024-05-26"),
    )  # fmt: skip


def test_a_day_without_a_year_gets_it_from_another_article() -> None:
    whole = merge([report("a", anniversaries=(jubilee(year=2024),)),
                   report("b", anniversaries=(jubilee(when=on("--06-22")),))])  # fmt: skip
    fact = only(whole.anniversaries)
    assert (fact.when, fact.base_year) == (on("2024-06-22"), 1994)


def test_articles_that_put_it_in_different_years_contradict_each_other() -> None:
    whole = merge([report(name, anniversaries=(jubilee(year=year),)) for name, year in (("a", 2024), ("b", 2025))])
    assert [c.property for c in whole.contradictions] == ["year"]


def test_two_events_of_one_name_are_told_apart_by_their_years() -> None:
    def pasts(*bases: int | None) -> set[str]:
        facts = tuple(jubilee(ordinal=30 + at, base_year=base) for at, base in enumerate(bases))
        return {
            told.links[Link.PAST]
            for told in (f.whole for f in merge([report("a", anniversaries=facts)]).anniversaries)
            if told
        }

    assert pasts(1994, 1994, None) == {"past/PRY-SVN-embassy"}
    assert pasts(1994, 1924) == {"past/PRY-SVN-embassy-1994", "past/PRY-SVN-embassy-1924"}


def test_an_event_has_the_same_words_whichever_of_its_anniversaries_is_told() -> None:
    facts = (jubilee(of="the first embassy in Lima"), jubilee(ordinal=31, of="the first embassy"))
    told = merge([report("a", anniversaries=facts)]).anniversaries
    assert {each.whole.fact.of for each in told if each.whole} == {"the first embassy"}


def test_anniversaries_of_nobody_in_particular_are_one_only_if_they_say_the_same() -> None:
    one, two = jubilee(parties=(), of="the first flight"), jubilee(parties=(), of="the great flood")
    whole = merge([report("a", anniversaries=(one,)), report("b", anniversaries=(one, two))])
    assert len(keys(whole.anniversaries)) == 2


# --- tenures


def test_a_tenure_is_as_narrow_as_all_articles_together_make_it() -> None:
    one = Tenure(holder=NOVAK, office="President", country="SVN", start=PartialDate(year=2022),
                 start_earliest=day("2022-11-01"), start_latest=day("2022-12-31"), evidence=WORDS)  # fmt: skip
    two = Tenure(holder=NOVAK, office="President", country="SVN", start=PartialDate(year=2022, month=12),
                 start_latest=day("2022-12-23"), observed_on=(PartialDate(year=2024),), evidence=WORDS)  # fmt: skip
    fact = only(merge([report("a", tenures=(one,)), report("b", tenures=(two,))]).tenures)
    assert (str(fact.start), fact.start_earliest, fact.start_latest) == (
        "2022-12", day("2022-11-01"), day("2022-12-23"),
    )  # fmt: skip
    assert fact.observed_on == ()


def test_a_predecessor_was_gone_when_the_successor_was_seen_in_office() -> None:
    new = Tenure(holder=NOVAK, office="President", country="SVN", preceded_by=LUND, evidence=WORDS)
    seen = Tenure(holder=NOVAK, office="President", country="SVN",
                  observed_on=(PartialDate.parse("2024-05-12"),), evidence=WORDS)  # fmt: skip
    whole = merge([report("a", tenures=(new,)), report("b", tenures=(seen,))])
    assert keys(whole.tenures) == ["tenure/anna-novak-president-SVN", "tenure/mia-lund-president-SVN"]
    assert whole.tenures[1].whole is not None
    assert whole.tenures[1].whole.fact.end_latest == day("2024-05-12")


def test_two_starts_that_cannot_both_be_true_are_a_contradiction() -> None:
    starts = [("a", "2022"), ("b", "2021-05")]
    whole = merge([
        report(name, tenures=(Tenure(holder=NOVAK, office="President", country="SVN",
                                     start=PartialDate.parse(start), evidence=WORDS),))
        for name, start in starts
    ])  # fmt: skip
    assert [c.property for c in whole.contradictions] == ["start"]


# --- statements and curation


def told() -> tuple[list[Report], Assembly]:
    said = Statement(speaker=NOVAK, about_anniversary=(30, "embassy"), made_at="c1", evidence=WORDS)
    reports = [
        report("a", contacts=(talks(),), anniversaries=(jubilee(),), statements=(said,)),
        report("b", contacts=(talks(),)),
    ]
    return reports, merge(reports)


def test_a_statement_points_to_its_meeting_and_its_anniversary() -> None:
    _, whole = told()
    assert whole.statements[0].whole is not None
    assert dict(whole.statements[0].whole.links) == {
        Link.CONTACT: "meeting/2024-05-12-anna-novak-juan-horvat",
        Link.ANNIVERSARY: "anniversary/30-PRY-SVN-embassy",
    }


def test_a_withdrawn_fact_is_gone_from_every_article() -> None:
    reports, whole = told()
    change = Change(key="meeting/2024-05-12-anna-novak-juan-horvat", origin="x.toml:3")
    changed, problems = curate(reports, whole, [change])
    assert problems == []
    assert merge(changed).contacts == ()


def test_a_corrected_day_moves_the_meeting() -> None:
    reports, whole = told()
    change = Change(key="meeting/2024-05-12-anna-novak-juan-horvat", origin="x.toml:3",
                    changes=(("when", on("2024-05-11")),))  # fmt: skip
    changed, _ = curate(reports, whole, [change])
    assert keys(merge(changed).contacts) == ["meeting/2024-05-11-anna-novak-juan-horvat"]


def test_a_corrected_fact_keeps_what_its_sources_say_beside_the_correction() -> None:
    reports, whole = told()
    old = "meeting/2024-05-12-anna-novak-juan-horvat"
    change = Change(key=old, origin="x.toml:3", sheet="sheet-1",
                    changes=(("when", on("2024-05-11")), ("place", Place(name="Asunción"))))  # fmt: skip
    changed, _ = curate(reports, whole, [change])
    after = amended(whole, merge(changed), [change])
    new = "meeting/2024-05-11-anna-novak-juan-horvat"
    assert after.moved == ((old, new),)
    found = next(found for found in after.contradictions if found.property == "date")
    assert found.key == new
    assert found.settled
    assert found.claims == (("2024-05-12", ("a", "b")), ("2024-05-11", ("sheet-1",)))
    assert list(problems_of(after.contradictions, ())) == []


def test_a_correction_that_changes_nothing_claims_nothing() -> None:
    reports, whole = told()
    change = Change(key="meeting/2024-05-12-anna-novak-juan-horvat", origin="x.toml:3", sheet="sheet-1",
                    changes=(("when", on("2024-05-12")),))  # fmt: skip
    changed, _ = curate(reports, whole, [change])
    after = amended(whole, merge(changed), [change])
    assert (after.contradictions, after.moved) == (merge(changed).contradictions, ())


def test_a_correction_of_what_nobody_tells_is_a_problem() -> None:
    reports, whole = told()
    changed, problems = curate(reports, whole, [Change(key="meeting/never", origin="x.toml:3")])
    assert changed == reports
    assert [(p.kind, "x.toml:3" in p.detail) for p in problems] == [(ProblemKind.REJECTED, True)]


def test_merged_facts_are_the_same_each_time_they_are_made() -> None:
    told = [report(name, contacts=(talks(), talks("2024-06-01"))) for name in ("a", "b")]
    contacts = merge(told).contacts
    assert list(contacts) == list(contacts) == [contacts[0], contacts[-1]]
    assert contacts == merge(reversed(told)).contacts == tuple(contacts)
    assert contacts[:1] == (contacts[0],)
    assert len(contacts) == 2


def test_reports_share_what_they_have_in_common() -> None:
    line = to_line(report("a", contacts=(talks(),)))
    [one], [other] = (from_line(line, "told.jsonl", number).contacts for number in (1, 2))
    assert one == other
    assert one.when is other.when
    assert one.participants[0] is other.participants[0]
    assert one.evidence[0].rule is other.evidence[0].rule
