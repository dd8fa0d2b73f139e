"""Pages of much: many who took part, long names, more rows than are shown; what is left out is told."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from kg.config import BASE_IRI, Limits, Settings
from kg.engine.pool import Pool
from kg.store.generation import publish
from kg.store.prefixes import DIP, RDF, RDFS, XSD
from kg.web import create_app
from tests.web.test_pages import read

GUESTS = 40
AT_ONE = 20
DAYS = 45
PLACES = 401
LONG = "Guest " + "Nameofmany " * 40
ALL_DAY = ("date", "earliest", "latest")


def say(subject: str, predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Quad:
    return ox.Quad(ox.NamedNode(f"{BASE_IRI}id/{subject}"), ox.NamedNode(predicate), value)


def meeting(path: str, guests: Iterator[int], day: dt.date, label: str) -> Iterator[ox.Quad]:
    yield say(path, RDF + "type", ox.NamedNode(DIP + "Meeting"))
    yield say(path, RDFS + "label", ox.Literal(label))
    yield say(path, DIP + "onMarginsOf", ox.NamedNode(f"{BASE_IRI}id/summit/crowd-2024"))
    for predicate in ALL_DAY:
        yield say(path, DIP + predicate, ox.Literal(day.isoformat(), datatype=ox.NamedNode(XSD + "date")))
    for guest in guests:
        yield say(path, DIP + "participant", ox.NamedNode(f"{BASE_IRI}id/leader/guest-{guest}"))


def crowd() -> Iterator[ox.Quad]:
    """A leader who met another on each of many days, and one meeting of many."""
    yield say("summit/crowd-2024", RDF + "type", ox.NamedNode(DIP + "Summit"))
    yield say("summit/crowd-2024", RDFS + "label", ox.Literal("Crowd 2024"))
    for guest in range(GUESTS):
        yield say(f"leader/guest-{guest}", RDF + "type", ox.NamedNode(DIP + "Leader"))
        yield say(f"leader/guest-{guest}", RDFS + "label", ox.Literal(f"Guest {guest}" if guest else LONG))
    first = dt.date(2024, 3, 1)
    for number, guest in zip(range(DAYS), itertools.cycle(range(1, GUESTS)), strict=False):
        day = first + dt.timedelta(days=number)
        yield from meeting(f"meeting/day-{number}", iter((0, guest)), day, f"Meeting {number}")
    yield from meeting("meeting/all", iter(range(AT_ONE)), first, f"Meeting: {LONG}")
    yield from told("meeting/all", "article/all")


def told(fact: str, article: str) -> Iterator[ox.Quad]:
    """An article that says the same again and again."""
    yield say(article, RDF + "type", ox.NamedNode(DIP + "Article"))
    for number in range(PLACES):
        words = f"evidence/all-{number}"
        yield say(words, DIP + "supports", ox.NamedNode(f"{BASE_IRI}id/{fact}"))
        yield say(words, DIP + "article", ox.NamedNode(f"{BASE_IRI}id/{article}"))
        yield say(words, DIP + "quote", ox.Literal(f"They met for the {number}th time."))


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    store = tmp_path_factory.mktemp("crowded")
    publish(store, crowd())
    limits = Limits(seconds=60, quick_seconds=20, workers=1)
    with Pool(store, limits) as pool:
        settings = Settings(store=store, limits=limits)
        yield create_app(settings, pool, today=lambda: dt.date(2026, 11, 22)).test_client()


def test_a_section_says_how_many_there_are_in_all(crowded: FlaskClient) -> None:
    page = read(crowded, "/page/leader/guest-0")
    assert f"The first 20 of {DAYS + 1}." in page
    assert f"The first 20 of {GUESTS - 1}." in page


def test_everybody_who_took_part_is_told(crowded: FlaskClient) -> None:
    page = read(crowded, "/page/meeting/all")
    facts = page[page.index('<dl class="facts">') : page.index("</dl>")]
    assert facts.count("/page/leader/guest-") == AT_ONE


@pytest.mark.parametrize(("path", "shown"), [("meeting/all", 60), ("article/all", 400)])
def test_evidence_that_is_shown_in_part_says_of_how_much(crowded: FlaskClient, path: str, shown: int) -> None:
    page = read(crowded, f"/page/{path}")
    assert page.count("<blockquote") == shown
    assert f"From the first {shown} of {PLACES} places that were read." in page


def test_a_summit_of_many_has_its_matrix(crowded: FlaskClient) -> None:
    page = read(crowded, "/page/summit/crowd-2024")
    matrix = page[page.index('class="matrix"') :].partition("</table>")[0]
    assert matrix.count('<th scope="row">') == GUESTS


def test_a_long_name_is_cut_where_it_is_a_title_or_a_link(crowded: FlaskClient) -> None:
    page = read(crowded, "/page/meeting/all")
    title = page[page.index("<h1") : page.index("</h1>")]
    assert 'class="lengthy"' in title
    assert title.endswith("Nameofmany…</bdi>")
    assert LONG not in page[page.index("<body>") :]
    assert LONG.strip() in crowded.get("/queries/who-met-at-summit.csv?summit=crowd-2024").text


def test_what_was_asked_for_is_no_column(crowded: FlaskClient) -> None:
    asked = read(crowded, "/queries/who-met-at-summit?summit=crowd-2024")
    assert 'data-name="summit"' not in asked
    assert 'data-name="leader"' in asked
    assert 'data-name="summit"' in read(crowded, "/queries/who-met-at-summit")
