"""``kg explain`` tells what is seen in a sentence, what every rule made of it, and what it lacks."""

from __future__ import annotations

import pytest

from kg.extract.lexicon import load_lexicon
from kg.facts.agreement import rules as agreement
from kg.facts.anniversary import rules as anniversary
from kg.facts.contact import rules as contact
from kg.facts.explaining import explain_sentence
from kg.facts.summit import rules as summit
from kg.facts.tenure import rules as tenure

RULES = [*contact.RULES, *agreement.RULES, *anniversary.RULES, *summit.RULES, *tenure.RULES]
NOVAK, HORVAT = "Chilean President Anna Novak", "Peruvian President Juan Horvat"


def explained(sentence: str, day: str | None = "2025-06-18", *, every: bool = False) -> str:
    return "\n".join(explain_sentence(sentence, day, load_lexicon(), every=every))


def line(text: str, beginning: str) -> str:
    """The one line that begins so, blanks around it aside."""
    [found] = [line.strip() for line in text.splitlines() if line.strip().startswith(beginning)]
    return found


def test_mentions_are_shown_with_what_they_were_resolved_to():
    told = explained(f"{NOVAK} met {HORVAT} for 30 minutes in Lima on Tuesday on the sidelines of the G7 summit.")
    assert (
        line(told, f"person       “{NOVAK}”")
        == f"person       “{NOVAK}”: Anna Novak, President, CHL (known by his title here)"
    )
    assert line(told, "time").endswith("“Tuesday”: 2025-06-17")
    assert line(told, "duration").endswith("PT30M")
    assert line(told, "gathering").endswith("“the G7 summit”: G7")
    assert "PER" in line(told, "town")
    assert "Keir Starmer, Prime Minister, GBR (listed in the world)" in explained("Prime Minister Keir Starmer smiled.")


def test_every_rule_of_every_fact_type_is_accounted_for():
    told = explained(f"{NOVAK} met {HORVAT} in Lima on Tuesday.", every=True)
    for rule in RULES:
        assert f"  {rule.id} " in told, rule.id


def test_the_facts_come_first_and_rules_without_a_word_in_the_sentence_are_only_counted():
    told = explained(f"{NOVAK} met {HORVAT} in Lima on Tuesday.")
    assert told.startswith("Facts:\n  meeting, held: Anna Novak – Juan Horvat")
    assert "none of its words" not in told
    assert " more, of whose words none is there (--all lists them)" in told


def test_what_a_rule_built_and_the_facts_are_shown():
    told = explained(f"{NOVAK} met {HORVAT} in Lima on Tuesday.")
    assert "built meeting held Anna Novak – Juan Horvat from “met Peruvian President Juan Horvat”" in told
    assert "  meeting, held: Anna Novak – Juan Horvat; 2025-06-17; Lima" in told
    assert "Missing:" not in told


@pytest.mark.parametrize("words", ["did not meet", "would have liked to meet"])
def test_a_rule_that_refused_says_why(words: str):
    told = explained(f"{NOVAK} {words} {HORVAT}.")
    assert "but refused it: denied, wished or only supposed" in told
    assert "an event that took place or is planned: this one is denied, wished or only supposed" in told


def test_a_missing_word_is_named():
    told = explained(f"{NOVAK} flurbed {HORVAT} yesterday.")
    assert "a word that a rule begins with; in no list of seeds/words are: flurbed" in told


def test_a_missing_participant_is_named():
    told = explained("The two leaders met on the sidelines of the summit on Tuesday.", None)
    assert "Facts: none." in told
    assert "a second participant: nobody is known" in told
    assert "who “The two leaders” means" in told
    assert "the day of publication (--date), by which “Tuesday” is read" in told
    assert "a second participant: 1 is known" in explained(f"{NOVAK} met on Tuesday.")


def test_a_name_in_no_list_is_named():
    assert "who “Zebulon Quince” is: no list has the name" in explained(f"{NOVAK} met Zebulon Quince.")


def test_several_sentences_are_explained_in_turn():
    told = explained(f"{NOVAK} received {HORVAT} in Lima. The two leaders agreed to open the border.")
    assert told.count("Mentions:") == 2
    assert "Anna Novak, President, CHL (known by his title here); Juan Horvat, President, PER" in line(told, "people")


@pytest.mark.parametrize("sentence", ["", " ", ".", "“", "\x00", "\u202e)(", "a" * 5000])
def test_no_text_breaks_it(sentence: str):
    assert "Facts: none." in explained(sentence)


def test_observing_changes_nothing():
    told = explained(f"{NOVAK} met {HORVAT} in Lima on Tuesday.")
    assert explained(f"{NOVAK} met {HORVAT} in Lima on Tuesday.") == told


def test_the_command_prints_it_and_refuses_a_day_that_is_none(kg):
    assert "meeting, held: Anna Novak – Juan Horvat" in kg("explain", f"{NOVAK} met {HORVAT}.").stdout
    assert "--date" in kg("explain", "They met.", "--date", "yesterday", status=2).stderr
