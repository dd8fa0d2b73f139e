"""Which format is given: what the Accept line wants most, whatever else it holds (RFC 9110, 12.5.1)."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from kg.web.formats import GRAPHS, HTML, TABLES, NotAcceptable, choose, preferred
from kg.web.protection import Asked

EVERY = [media for form in (*TABLES, *GRAPHS, HTML) for media in form.media]
# What clients that nobody here wrote send, and the format that each of them means.
CLIENTS = {
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8": "html",
    "application/sparql-results+json,application/json,text/javascript,application/javascript": "json",
    "application/sparql-results+xml; charset=UTF-8": "xml",
    "text/csv; q=1.0, */*; q=0.1": "csv",
    "application/sparql-results+json, application/sparql-results+xml; q=0.9, text/tab-separated-values; q=0.7": "json",
    "text/turtle,application/n-triples;q=0.9,application/ld+json;q=0.8,application/rdf+xml;q=0.7,*/*;q=0.5": "ttl",
    "application/n-quads,application/trig;q=0.95,application/ld+json;q=0.9,application/n-triples;q=0.8": "nq",
    'application/ld+json;profile="http://www.w3.org/ns/json-ld#expanded"': "jsonld",
    "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2": "html",
    "APPLICATION/SPARQL-RESULTS+XML": "xml",
}
app = Flask(__name__)
app.request_class = Asked


@pytest.mark.parametrize(("accept", "suffix"), CLIENTS.items())
def test_clients_get_what_they_mean(accept: str, suffix: str) -> None:
    with app.test_request_context(headers={"Accept": accept}) as context:
        assert choose(context.request, (*TABLES, *GRAPHS, HTML))[0].suffix == suffix


ranges = st.sampled_from([*EVERY, "*/*", "text/*", "application/*", "image/*", "*", "", "/", ";", "text"])
qualities = st.sampled_from(
    ["", ";q=0", ";q=1", ";q=0.5", ";q=.5", ";q=0.001", ";q=2", ";q=-1", ";q=x", ";charset=latin-1"]
)


@given(st.lists(st.tuples(ranges, qualities), min_size=1, max_size=8))
def test_what_is_given_is_wanted(wishes: list[tuple[str, str]]) -> None:
    with app.test_request_context(headers={"Accept": ",".join(map("".join, wishes))}) as context:
        best = preferred(context.request, EVERY)
        if best is not None and context.request.accept_mimetypes:
            fitting = {best, f"{best.partition('/')[0]}/*", "*/*", "*"}
            refused = {";q=0", ";q=-1", ";q=x", ";charset=latin-1"}
            assert any(name in fitting and quality not in refused for name, quality in wishes)
        elif best is None:
            liked = {name for name, quality in wishes if quality in {"", ";q=1"}}
            assert not liked & set(EVERY)


@given(st.text(max_size=60))
def test_no_line_breaks_it(accept: str) -> None:
    line = accept.encode("latin-1", "replace").decode("latin-1").replace("\r", " ").replace("\n", " ")
    with app.test_request_context(headers={"Accept": line}) as context:
        try:
            chosen, media = choose(context.request, TABLES)
        except NotAcceptable:
            return
        assert media in chosen.media


def test_a_suffix_beats_a_name_beats_a_wish() -> None:
    with app.test_request_context("/?format=tsv", headers={"Accept": "text/csv"}) as context:
        assert choose(context.request, TABLES, "xml")[0].suffix == "xml"
        assert choose(context.request, TABLES)[0].suffix == "tsv"


@pytest.mark.parametrize(
    ("name", "suffix"), [("TURTLE", "ttl"), ("n-quads", "nq"), ("json-ld", "jsonld"), ("text/turtle", "ttl")]
)
def test_a_format_has_several_names(name: str, suffix: str) -> None:
    with app.test_request_context(query_string={"format": name}) as context:
        assert choose(context.request, GRAPHS)[0].suffix == suffix


@pytest.mark.parametrize(
    ("accept", "suffix"),
    [("text/turtle", "ttl"), ("application/ld+json", "jsonld"), ("text/html;q=0.2, application/rdf+xml", "rdf")],
)
def test_the_address_of_a_page_leads_programs_to_its_data(client: FlaskClient, accept: str, suffix: str) -> None:
    response = client.get("/page/leader/anna-novak", headers={"Accept": accept})
    assert response.status_code == 303
    assert response.headers["Location"].endswith(f"/data/leader/anna-novak.{suffix}")
    assert "Accept" in response.headers["Vary"]


@pytest.mark.parametrize("accept", ["*/*", "", "image/png", "text/html, text/turtle;q=0.5"])
def test_the_address_of_a_page_is_a_page_for_everybody_else(client: FlaskClient, accept: str) -> None:
    assert client.get("/page/leader/anna-novak", headers={"Accept": accept}).mimetype == "text/html"
