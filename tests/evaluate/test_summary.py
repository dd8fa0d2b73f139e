"""All reports together: shares, bars, constructions, merging, tables."""

import json

from kg.evaluate.gold import Gold
from kg.evaluate.merging import score_merging
from kg.evaluate.score import ReportScore
from kg.evaluate.summary import bars, by_construction, summarize
from kg.evaluate.table import as_json, construction_rows, counts_line, fact_rows, markdown, plain
from kg.evaluate.tally import FactKind, Finding, Tally, Verdict
from kg.facts.report import Report
from kg.model.text import Article

NONE = Tally()


def score(name: str = "r1", *constructions: str, pairs: Tally = NONE, **more: object) -> ReportScore:
    return ReportScore(
        name=name,
        constructions=constructions,
        tallies={FactKind.PAIRS: pairs},
        findings=(),
        **more,  # type: ignore[arg-type]
    )


def missed(*scores: ReportScore) -> list[str]:
    return [bar.name for bar in bars(summarize(scores)) if bar.is_missed]


def test_shares_of_nothing_are_unknown() -> None:
    assert (Tally().precision, Tally().recall, Tally().f1) == (None, None, None)
    assert Tally(0, 2, 0).f1 == 0


def test_counts_are_added_before_they_are_divided() -> None:
    pairs = summarize([score(pairs=Tally(1, 1, 1)), score(pairs=Tally(1, 3, 2))]).tallies[FactKind.PAIRS]
    assert (pairs.precision, pairs.recall) == (2 / 3, 0.5)


def test_no_bar_is_missed_where_nothing_was_expected_and_nothing_found() -> None:
    assert missed(score()) == []


def test_a_low_recall_misses_its_bar() -> None:
    assert missed(score(pairs=Tally(84, 100, 84))) == ["held pairs, recall"]
    assert missed(score(pairs=Tally(85, 100, 85))) == []


def test_one_false_meeting_one_undue_date_and_one_noisy_report_each_miss_a_bar() -> None:
    held = Finding(report="r1", kind=FactKind.PAIRS, verdict=Verdict.FALSE_HELD, detail="")
    date = Finding(report="r1", kind=FactKind.DATE, verdict=Verdict.FALSE_ALARM, detail="")
    poor = ReportScore(name="r1", constructions=(), tallies={}, findings=(held, date), is_quiet=True, is_noisy=True)
    assert missed(poor) == [
        "false held",
        "dates where the text gives none",
        "facts from reports without contact or agreement",
    ]


def test_a_plan_told_as_held_counts_among_the_false_held() -> None:
    kinds = (Verdict.FALSE_HELD, Verdict.NOT_HELD)
    findings = tuple(Finding(report="r1", kind=FactKind.PAIRS, verdict=verdict, detail="") for verdict in kinds)
    summary = summarize([ReportScore(name="r1", constructions=(), tallies={}, findings=findings)])
    assert (summary.false_held, summary.not_held) == (2, 1)
    assert "false held: 2, of them planned or called off: 1;" in counts_line(summary)


def test_a_report_counts_for_each_of_its_constructions() -> None:
    groups = by_construction([score("r1", "list", "phone"), score("r2", "list"), score("r3")])
    assert {name: summary.reports for name, summary in groups.items()} == {"(none)": 1, "list": 2, "phone": 1}


def article(name: str) -> Article:
    return Article(id=f"id-{name}", path=name, text="", paragraphs=())


def told(name: str, *contacts: str) -> tuple[Gold, Report, ReportScore]:
    report = Report(article=article(name))
    found = score(name, matched=tuple(enumerate(contacts)))
    return Gold(name=name, source=report.article, expected=report), report, found


def test_merging_is_counted_by_pairs_of_contacts() -> None:
    clusters = [frozenset({("a", 0), ("b", 0), ("c", 0)})]
    events = {("id-a", "x"): "m1", ("id-b", "x"): "m1", ("id-c", "x"): "m2", ("id-c", "y"): "m2"}
    tally, findings = score_merging([told("a", "x"), told("b", "x"), told("c", "x", "y")], clusters, events)
    assert tally == Tally(right=1, expected=3, found=2)
    assert [str(finding) for finding in findings] == [
        "a: miss, merging: a#0 and c#0 are one event",
        "b: miss, merging: b#0 and c#0 are one event",
        "c: false alarm, merging: c#0 and c#1 are two events",
    ]


def test_a_contact_that_was_not_found_is_no_miss_of_merging() -> None:
    clusters = [frozenset({("a", 0), ("b", 0)})]
    assert score_merging([told("a", "x"), told("b")], clusters, {("id-a", "x"): "m1"}) == (Tally(), ())


def test_the_table_is_aligned_and_has_a_row_for_each_kind() -> None:
    summary = summarize([score(pairs=Tally(1, 2, 1))], merging=Tally(1, 1, 1))
    lines = plain(fact_rows(summary)).splitlines()
    assert len({len(line) for line in lines}) == 1
    assert lines[4].split() == ["held", "pairs", "2", "1", "1", "1.000", "0.500", "0.667"]
    assert lines[-1].startswith("merging")
    assert markdown(fact_rows(summary)).splitlines()[1] == "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"


def test_the_table_of_constructions_has_a_row_for_each() -> None:
    rows = construction_rows(by_construction([score("r1", "list", pairs=Tally(1, 2, 1))]))
    assert rows[1][:5] == ("list", "1", "1.000", "0.500", "0")


def test_json_has_null_for_what_cannot_be_divided() -> None:
    told_json = json.loads(as_json(summarize([score()]), {}, []))
    assert told_json["total"]["facts"]["held pairs"]["f1"] is None
    assert not any(bar["missed"] for bar in told_json["bars"])
