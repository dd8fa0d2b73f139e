"""The pages: what people read, whole without JavaScript, and inert whatever a name holds."""

from __future__ import annotations

import ast
import atexit
import datetime as dt
import hashlib
import json
import re
import shlex
import time
from pathlib import Path
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from kg.config import BASE_IRI, Limits, Settings
from kg.engine.pool import Pool
from kg.query.saved import load_queries
from kg.store.generation import current, publish
from kg.store.prefixes import DIP
from kg.web import create_app
from kg.web.sections import SECTIONS
from kg.web.site import KEY
from kg.web.taken import as_code

HTML = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
MEETING = "meeting/2025-06-17-anna-novak-emil-brandt"
QUERIES = Path(__file__).parents[2] / "queries"


def read(client: FlaskClient, path: str, status: int = 200) -> str:
    response = client.get(path, headers=HTML)
    assert response.status_code == status, path
    assert response.mimetype == "text/html"
    return response.text


def test_the_first_page_tells_what_is_there(client: FlaskClient) -> None:
    page = read(client, "/")
    assert "<strong>4</strong> leaders" in page
    assert '<a href="/page/meeting/2025-06-17-anna-novak-emil-brandt"><bdi>Anna Novák and Emil Brandt</bdi></a>' in page
    assert "Who met whom at a summit" in page
    assert "30th anniversary" in page
    assert "50th anniversary" not in page


def test_search_finds_a_leader_without_her_accent(client: FlaskClient) -> None:
    response = client.get("/search?q=anna+novak&kind=Leader", headers=HTML)
    assert response.status_code == 303
    assert response.headers["Location"].endswith("/page/leader/anna-novak")
    assert "Clara Rossi" in read(client, "/search?q=ros")
    assert "Nothing has such a name" in read(client, "/search?q=zzz")


def test_search_tells_kinds_and_pages_and_what_is_spelled_alike(client: FlaskClient) -> None:
    page = read(client, "/search?q=anna")
    assert 'href="/search?q=anna&amp;kind=Meeting"' in page
    assert page.index("/page/leader/anna-novak") < page.index("/page/meeting/")
    assert "spelled alike" in read(client, "/search?q=bransd")
    assert "/page/meeting/" not in read(client, "/search?q=anna&kind=Leader&page=2")
    for number in ("0", "-1", "x", "9" * 400, "²"):
        read(client, f"/search?q=anna&page={number}")


def test_a_program_is_told_the_best_names(client: FlaskClient) -> None:
    response = client.get("/search.json?q=novak")
    assert response.json is not None
    best = response.json["results"][0]
    assert best["label"] == "Anna Novák"
    assert best["page"] == "/page/leader/anna-novak"
    assert best["slug"] == "anna-novak"
    assert response.headers["KG-Generation"] == "1"
    assert client.get("/search.json").json == {"query": "", "total": 0, "alike": False, "results": []}


def test_who_met_whom_is_asked_by_a_form_and_answered_with_the_sentences(client: FlaskClient) -> None:
    form = read(client, "/queries/who-met-at-summit")
    assert '<option value="lake-forum-2025">Lake Forum 2025</option>' in form
    page = read(client, "/queries/who-met-at-summit?summit=Lake+Forum+2025")
    assert "Novák sat down with Brandt" in page
    assert 'href="/page/leader/emil-brandt"' in page
    # No IRI is shown but in the text of the query, and in the link that opens it in the editor.
    assert BASE_IRI not in re.sub(r"<pre.*?</pre>|<a class=.button.*?>", "", page, flags=re.DOTALL)
    assert f'href="/page/{MEETING}#evidence">Evidence<' in page
    assert '<figure class="view" data-view="network" data-of="answer"' in page
    alone = read(client, "/queries/who-met-at-summit?summit=Lake+Forum+2025&view=table")
    assert "data-view" not in alone


def test_an_unknown_name_says_which_there_are(client: FlaskClient) -> None:
    page = read(client, "/queries/who-met-at-summit?summit=Moon+Forum", 400)
    assert "no summit is called" in page
    assert "Lake Forum 2025 (lake-forum-2025)" in page


@pytest.mark.parametrize("name", load_queries(QUERIES))
def test_every_question_has_a_form_a_text_and_downloads(client: FlaskClient, name: str) -> None:
    read(client, f"/queries/{name}")
    assert client.get(f"/queries/{name}.rq").mimetype == "application/sparql-query"
    query = load_queries(QUERIES)[name]
    if not any(parameter.required for parameter in query.parameters):
        for suffix in ("csv", "tsv", "json", "xml"):
            assert client.get(f"/queries/{name}.{suffix}").status_code == 200
    else:
        assert client.get(f"/queries/{name}.csv").status_code == 400


def test_a_question_without_a_browser_gives_its_table(client: FlaskClient) -> None:
    response = client.get("/queries/calls", headers={"Accept": "text/csv"})
    assert response.mimetype == "text/csv"
    assert "Anna Novák" in response.text


def test_no_more_rows_are_given_than_are_wanted(client: FlaskClient) -> None:
    every = client.get("/queries/counterparts.json")
    some = client.get("/queries/counterparts.json?limit=2")
    assert some.headers["KG-Truncated"] == "rows=2"
    assert some.json["results"]["bindings"] == every.json["results"]["bindings"][:2]
    assert some.headers["ETag"] != every.headers["ETag"]
    assert "KG-Truncated" not in client.get("/queries/counterparts.json?limit=5000").headers
    for wrong in ("0", "-1", "many", "2.5", "9" * 12):
        assert client.get(f"/queries/counterparts.json?limit={wrong}").status_code == 400


def test_an_answer_is_taken_away_as_people_need_it(client: FlaskClient) -> None:
    sheet = client.get("/queries/calls.csv?excel=1")
    assert sheet.data.startswith(b"\xef\xbb\xbfwhen,")
    assert "Anna Novák" in sheet.data.decode("utf-8-sig")
    assert client.get("/queries/calls.csv").data.startswith(b"when,")
    assert client.get("/queries/calls.csv?excel=1", headers={"If-None-Match": sheet.headers["ETag"]}).status_code == 304
    turtle = client.get("/queries/who-met-at-summit.ttl?summit=Lake+Forum+2025")
    assert turtle.mimetype == "text/turtle"
    said = {str(triple.subject) for triple in ox.parse(turtle.data, format=ox.RdfFormat.TURTLE)}
    assert said == {
        f"<{BASE_IRI}id/{MEETING}>",
        f"<{BASE_IRI}id/meeting/2025-06-18-anna-novak-clara-rossi-emil-brandt>",
    }
    page = read(client, "/queries/calls?leader=Clara+Rossi")
    for words in ("curl -o calls.csv", "pd.read_csv(", "read.csv(", "/queries/calls.csv?leader=Clara+Rossi"):
        assert words in page


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("leader/anna-novak", {("Person", "workLocation", "Country")}),
        ("place/seeburg", {("Place", "containedInPlace", "Country")}),
        ("office/president-ARV", set()),
        ("agreement/2025-06-17-ARV-BLM-fishery", {("CreativeWork", "about", "Country")}),
    ],
)
def test_what_search_engines_are_told_are_properties_of_such_things_with_such_values(
    client: FlaskClient, path: str, expected: set[tuple[str, str, str]]
) -> None:
    page = read(client, f"/page/{path}")
    said = json.loads(page[page.index('<script type="application/ld+json">') :].split(">", 1)[1].split("</script>")[0])
    values = {name: value for name, value in said.items() if isinstance(value, list)}
    found = {(said["@type"], name, one["@type"]) for name, many in values.items() for one in many if "@type" in one}
    assert {one for one in found if one[2] == "Country"} == expected


@pytest.mark.parametrize(
    "given", ["O'Brien", 'a"b', "a\\b", "$(id)`id`", "Nováková", "\U0001f600", "%41 & + #", "a\nb"]
)
def test_lines_of_code_hold_the_address_whatever_was_asked(client: FlaskClient, given: str) -> None:
    tail = f"?{urlencode({'leader': given})}"
    address = f"http://localhost/queries/calls.csv{tail}"
    with client.application.test_request_context():
        lines = dict(as_code("calls", tail))
    assert shlex.split(lines["curl"]) == ["curl", "-o", "calls.csv", address]
    # Without quotes, backslashes and letters beyond ASCII, a string is written alike in Python and in R.
    assert re.fullmatch(r"[!#-\[\]-~]+", address)
    assert lines["R"] == f'table <- read.csv("{address}", encoding = "UTF-8")'
    call = ast.parse(lines["Python"]).body[-1]
    assert isinstance(call, ast.Assign)
    assert isinstance(call.value, ast.Call)
    assert ast.literal_eval(call.value.args[0]) == address


def test_a_spreadsheet_takes_no_text_of_a_stranger_for_a_formula(hostile: FlaskClient) -> None:
    rows = hostile.get("/queries/outlets.csv?excel=1").data.decode("utf-8-sig").splitlines()
    assert [row.split(",")[0] for row in rows[1:]] == ["'=HYPERLINK(1)"]
    assert hostile.get("/queries/outlets.csv").text.splitlines()[1].startswith("=HYPERLINK(1)")


def test_an_answer_is_read_page_by_page_with_its_total(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.web.paged.ON_A_PAGE", 2)
    first = read(client, "/queries/counterparts")
    assert "Rows 1 to 2 of 4." in first
    assert 'rel="next" href="/queries/counterparts?page=2"' in first
    second = read(client, "/queries/counterparts?page=2&leader=")
    assert "Rows 3 to 4 of 4." in second
    assert 'rel="next"' not in second
    assert "No more rows" in read(client, "/queries/counterparts?page=9")
    assert "Rows 1 to 2 of 3." in read(client, "/queries/best-attested")


def test_an_answer_is_worked_out_once_for_all_its_pages_and_for_what_views_draw(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.web.paged.ON_A_PAGE", 2)
    memory = client.application.extensions[KEY].reader.pool.memory
    read(client, "/queries/counterparts?leader=Clara+Rossi")
    hits = memory.hits
    read(client, "/queries/counterparts?leader=Clara+Rossi&page=2")
    assert client.get("/queries/counterparts.json?leader=Clara+Rossi").status_code == 200
    assert memory.hits == hits + 2


@pytest.mark.parametrize("path", ["/queries/counterparts", "/queries/best-attested"])
def test_an_answer_that_is_too_large_to_be_read_whole_has_its_total_all_the_same(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr("kg.web.paged.ON_A_PAGE", 2)
    whole = [told(read(client, f"{path}?page={number}")) for number in (1, 2, 9)]
    monkeypatch.setattr("kg.web.paged.MOST_WHOLE", 10)
    assert [told(read(client, f"{path}?page={number}")) for number in (1, 2, 9)] == whole
    assert re.fullmatch(r"Rows 1 to 2 of [34]\. The downloads hold all\.", whole[0])


def test_of_more_rows_than_are_counted_it_is_said_that_there_are_more(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.web.paged.ON_A_PAGE", 2)
    monkeypatch.setattr("kg.web.paged.MOST_WHOLE", 10)
    monkeypatch.setattr("kg.web.counting.MOST_COUNTED", 3)
    page = read(client, "/queries/counterparts")
    assert "Rows 1 to 2 of more than 3." in page
    assert 'rel="next"' in page
    assert "of more than 3." in page[page.index("data-told") :]


def told(page: str) -> str:
    """What a page says of its rows."""
    return re.sub("<[^>]*>", "", page[page.index('<p role="status">') :].partition("</p>")[0])


def test_the_row_of_a_pair_leads_to_their_meetings_and_of_a_month_to_its(client: FlaskClient) -> None:
    page = read(client, "/queries/counterparts?leader=Emil+Brandt")
    assert 'href="/queries/meetings-between?leader=emil-brandt&amp;counterpart=anna-novak"' in page
    assert 'href="/queries/contacts-in-period?from=2025-06-01&amp;until=2025-06-30"' in read(
        client, "/queries/meetings-per-month"
    )


def test_a_place_lies_where_the_graph_says(client: FlaskClient) -> None:
    page = read(client, "/queries/meetings-by-place")
    row = next(row for row in page.split("<tr") if "/page/place/seeburg" in row)
    assert "47.66" in row
    assert "9.18" in row


def test_questions_are_listed_by_subject(client: FlaskClient) -> None:
    assert "Anniversaries of a year" in read(client, "/queries/?tag=anniversaries")
    assert "Phone and video calls" not in read(client, "/queries/?tag=anniversaries")
    assert "Phone and video calls" in read(client, "/queries/?tag=nothing")


def test_the_text_of_a_question_can_be_had_with_its_values(client: FlaskClient) -> None:
    text = client.get("/queries/who-met-at-summit.rq?summit=Lake+Forum+2025").text
    assert f"<{BASE_IRI}id/summit/lake-forum-2025>" in text
    assert "?_summit" not in text


def test_the_page_of_a_meeting_quotes_every_sentence(client: FlaskClient) -> None:
    page = read(client, f"/page/{MEETING}")
    for words in ("Novák sat down", "meeting.talks", "her spokesman", "Characters 10–70", "30 minutes", "45 minutes"):
        assert words in page
    assert "Sources disagree" in page
    assert "the two met for &lt;script&gt;45&lt;/script&gt; minutes" in page
    assert "Earliest" not in page
    assert '17 June 2025 <span class="quiet">(the day is known)</span>' in page
    assert 'href="/page/agreement/2025-06-17-ARV-BLM-fishery"' in page
    assert 'href="/page/call/2025-06-09-anna-novak-emil-brandt"' in page


@pytest.mark.parametrize("path", ["article/aa01", "leader/anna-novak", "summit/lake-forum-2025", "country/ARV"])
def test_every_thing_has_a_page(client: FlaskClient, path: str) -> None:
    assert "<h1>" in read(client, f"/page/{path}")


@pytest.mark.parametrize(
    ("path", "told"),
    [
        (
            "leader/anna-novak",
            ["President of Arvania", "2023-05", "Meetings and calls by year", "Counterparts", "Emil Brandt",
             "/queries/meetings-of-leader?leader=anna-novak", "shared fishing rights", "cancelled",
             "What sources say", "Novák sat down with Brandt"],
        ),
        (
            "summit/lake-forum-2025",
            ["Who was there", "Clara Rossi", 'class="matrix"', "Anna Novák met Emil Brandt", "a ferry line",
             "June 2025 <span", "only the month is known", "Lake Forum 2023", "<h1><bdi>Lake Forum 2025</bdi></h1>"],
        ),
        ("call/2025-06-09-anna-novak-emil-brandt", ["in the week from 9 June 2025 to 15 June 2025", "The same people"]),
        ("planned/2025-07-anna-novak-clara-rossi", ['<strong class="status">cancelled</strong>', "did instead",
         "/page/video/2025-07-01-anna-novak-clara-rossi"]),
        ("agreement/2025-06-17-ARV-BLM-fishery", ["Other agreements between the same sides", "a ferry line"]),
        ("past/ARV-BLM-border-treaty", ["Its anniversaries", "50th anniversary"]),
        ("country/ARV", ["Who speaks for it", "Latest agreements", "Anniversaries", "30th anniv", "Meeting: Anna"]),
        ("place/seeburg", ["What took place here", "Lake Forum 2025"]),
        ("office/chancellor-BLM", ["Who held it", "Oskar Lind", "Emil Brandt"]),
        ("org/lake-forum", ["Its gatherings", "Lake Forum 2023"]),
        ("topic/ferry-line", ["Agreements on it"]),
        ("meeting/2025-06-17-anna-novak-emil-brandt", ["3 articles, 2 independent", ": a copy of <a"]),
        ("article/aa04", ["Copy of", "Novak and Brandt talk beside", 'href="https://lakeside.example/2025/06/novak']),
        ("article/aa01", ["Copies of it: one witness with it", "Novak, Brandt chat at forum"]),
        ("article/aa02", ["What it says, in the order of its text", "Characters 40–88", "Corlia Today"]),
        ("tenure/anna-novak-president-ARV", ["May 2023", "Reported in"]),
    ],
)  # fmt: skip
def test_each_kind_of_page_tells_what_its_readers_ask(client: FlaskClient, path: str, told: list[str]) -> None:
    page = read(client, f"/page/{path}")
    for words in told:
        assert words in page, words
    assert "too long to gather" not in page


@pytest.mark.parametrize("kind", sorted(SECTIONS))
def test_every_section_is_one_question_with_a_limit_that_the_endpoint_answers(client: FlaskClient, kind: str) -> None:
    for section in SECTIONS[kind]:
        text = section.shared(f"<{BASE_IRI}id/leader/anna-novak>")
        assert re.search(r"\nLIMIT [0-9]+\n$", text)
        response = client.post("/sparql", data={"query": text}, headers={"Accept": "application/json"})
        assert response.status_code == 200, (section.title, response.text)
        assert section.every is None or section.every[0] in load_queries(QUERIES)


def test_what_a_table_draws_is_told_by_its_columns(client: FlaskClient) -> None:
    page = read(client, "/page/leader/anna-novak")
    found = re.search(r'<figure class="view" data-view="timeline" data-of="([^"]+)"[^>]* hidden></figure>', page)
    assert found is not None
    table = page[page.index(f'<table id="{found[1]}"') :]
    assert 'data-name="when" data-role="date"' in table
    assert '<time class="date" datetime="2025-06-17">' in table


def test_a_page_is_cited_with_its_generation_and_described_for_machines(client: FlaskClient) -> None:
    page = read(client, f"/page/{MEETING}")
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert data is not None
    told = json.loads(data[1])
    assert told["@type"] == "Event"
    assert told["startDate"] == told["endDate"] == "2025-06-17"
    assert {person["name"] for person in told["attendee"]} == {"Anna Novák", "Emil Brandt"}
    assert told["superEvent"][0]["name"] == "Lake Forum 2025"
    plain = client.get(f"/cite/{MEETING}.txt").text
    assert f"{BASE_IRI}id/{MEETING}" in plain
    assert "generation 1 of " in plain
    assert client.get(f"/cite/{MEETING}.bib").text.startswith("@misc{diplomacy-kg-meeting-2025-06-17-")
    item = json.loads(client.get(f"/cite/{MEETING}.json").text)[0]
    assert item["title"] == "Meeting: Anna Novák and Emil Brandt, 2025-06-17"
    assert client.get(f"/cite/{MEETING}.exe").status_code == 404
    assert client.get("/cite/leader/nobody.txt").status_code == 404


def test_a_page_says_which_generation_it_is_of(client: FlaskClient) -> None:
    for path in ("/", "/search?q=anna", f"/page/{MEETING}", "/page/leader/anna-novak"):
        assert client.get(path, headers=HTML).headers["KG-Generation"] == "1"


@pytest.mark.parametrize("path", ["leader/nobody", "%3Cscript%3E", "a%20b", "..%2f..%2fetc%2fpasswd", "%0d%0aX: y"])
def test_what_is_not_in_the_graph_has_none(client: FlaskClient, path: str) -> None:
    for room in ("page", "data"):
        response = client.get(f"/{room}/{path}{'.ttl' if room == 'data' else ''}")
        assert response.status_code == 404


def test_the_iri_of_a_thing_leads_to_its_page_or_its_data(client: FlaskClient) -> None:
    assert client.get(f"/id/{MEETING}", headers=HTML).headers["Location"].endswith(f"/page/{MEETING}")
    for media, suffix in (("text/turtle", "ttl"), ("application/ld+json", "jsonld"), ("*/*", "ttl")):
        response = client.get(f"/id/{MEETING}", headers={"Accept": media})
        assert response.status_code == 303
        assert response.headers["Location"].endswith(f"/data/{MEETING}.{suffix}")
    data = client.get(f"/data/{MEETING}.ttl").data
    triples = list(ox.parse(data, format=ox.RdfFormat.TURTLE))
    assert any("evidence" in str(triple.subject) for triple in triples)


def test_the_query_page_shows_labels_and_marks_mistakes(client: FlaskClient) -> None:
    query = "SELECT ?who { ?who a <https://w3id.org/diplomacy-kg/ns#Leader> }"
    page = client.get("/sparql", query_string={"query": query}, headers=HTML).text
    assert ">Anna Novák</bdi></a>" in page
    response = client.get("/sparql", query_string={"query": "SELECT * {\n ?s ?p\n}"}, headers=HTML)
    assert response.status_code == 400
    assert "line 3, column 1" in response.text
    assert "<mark>}</mark>" in response.text
    assert "SERVICE is not allowed" in client.get("/sparql?query=ASK{SERVICE<a:a>{}}", headers=HTML).text


def test_the_catalog_is_whole(client: FlaskClient) -> None:
    for suffix in ("ttl", "nt", "nq", "trig", "jsonld", "rdf"):
        with client.get(f"/exports/diplomacy.{suffix}") as response:
            assert response.status_code == 200
            assert b"anna-novak" in response.data
        asked = {"If-None-Match": response.headers["ETag"]}
        with client.get(f"/exports/diplomacy.{suffix}", headers=asked) as again:
            assert again.status_code == 304
    assert client.get("/exports/other.ttl").status_code == 404
    assert b"void:triples" in client.get("/.well-known/void").data
    assert "dip:Meeting" in read(client, "/ontology")
    for suffix in ("ttl", "nt", "jsonld", "rdf"):
        assert client.get(f"/ontology.{suffix}").status_code == 200
    health = client.get("/healthz").json
    assert health is not None
    assert health["status"] == "ok"


def test_no_page_needs_a_script_or_another_host(client: FlaskClient) -> None:
    for path in (
        "/",
        "/queries/",
        "/queries/calls",
        "/sparql",
        f"/page/{MEETING}",
        "/ontology",
        "/exports/",
        "/nowhere",
    ):
        response = client.get(path, headers=HTML)
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert not re.search(r"<script|\son\w+=|style=|javascript:", without_ours(response.text), re.IGNORECASE)
        assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//(?!w3id\.org)""", response.text)
        assert response.headers["X-Content-Type-Options"] == "nosniff"


OURS = re.compile(r'<script type="module" src="/static/built/main-[A-Z0-9]+\.js"></script>')
NASTY = '"""> . <x> } </script><script>alert(1)</script>\u202eevil\u2066\x07\x1b[31m'


DATA = re.compile(r'<script type="application/ld\+json">([^<>&]*)</script>')


def without_ours(page: str) -> str:
    """The page without the one script of ours that each has where they are built, and without the data for machines."""
    data = DATA.search(page)
    assert data is None or json.loads(data[1])["@id"]
    return DATA.sub("", OURS.sub("", page, count=1), count=1)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A graph whose every text is an attack."""
    root = tmp_path_factory.mktemp("hostile")
    dip, thing = "https://w3id.org/diplomacy-kg/ns#", ox.NamedNode(f"{BASE_IRI}id/leader/x")
    words = ox.NamedNode(f"{BASE_IRI}id/evidence/e")

    def says(subject: ox.NamedNode, predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Quad:
        return ox.Quad(subject, ox.NamedNode(predicate), value)

    publish(
        root,
        [
            says(thing, "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", ox.NamedNode(dip + "Leader")),
            says(thing, "http://www.w3.org/2000/01/rdf-schema#label", ox.Literal(NASTY)),
            says(thing, "http://www.w3.org/2002/07/owl#sameAs", ox.NamedNode("javascript:alert(1)")),
            says(words, dip + "supports", thing),
            says(words, dip + "article", ox.NamedNode(f"{BASE_IRI}id/article/a")),
            says(words, dip + "quote", ox.Literal(NASTY)),
            says(words, dip + "attributedTo", ox.Literal(NASTY)),
            says(
                ox.NamedNode(f"{BASE_IRI}id/article/f"),
                "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
                ox.NamedNode(dip + "Article"),
            ),
            says(ox.NamedNode(f"{BASE_IRI}id/article/f"), dip + "publisher", ox.Literal("=HYPERLINK(1)")),
        ],
    )
    settings = Settings(store=root, limits=Limits(workers=1))
    pool = Pool(root, settings.limits)
    # The workers end with the test process; a fixture that closes them would outlive the client.
    atexit.register(pool.close)
    return create_app(settings, pool, today=lambda: dt.date(2026, 11, 22)).test_client()


@pytest.mark.parametrize(
    "path",
    ["/", "/page/leader/x", "/page/article/a", "/search?q=script", "/search?kind=Leader",
     "/queries/meetings-of-leader", "/sparql?query=SELECT+*+%7B+%3Fs+%3Fp+%3Fo+%7D"],
)  # fmt: skip
def test_a_hostile_name_is_inert_on_every_page(hostile: FlaskClient, path: str) -> None:
    text = hostile.get(path, headers=HTML, follow_redirects=True).text
    assert "<script" not in without_ours(text)
    assert not set(text) & {"\u202e", "\u2066", "\x07", "\x1b"}
    assert 'href="javascript' not in text


@pytest.mark.parametrize(
    "value", [NASTY, "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "x} DROP ALL #"]
)
def test_a_hostile_parameter_is_inert(hostile: FlaskClient, value: str) -> None:
    for path, name in (("/queries/meetings-of-leader", "leader"), ("/search", "q"), ("/sparql", "query")):
        text = hostile.get(path, query_string={name: value}, headers=HTML).text
        assert "<script" not in without_ours(text)
        assert "<img" not in text


def test_the_downloads_tell_their_formats_and_sizes(client: FlaskClient) -> None:
    with client.get("/exports/diplomacy.nq") as made:
        assert made.status_code == 200
    page = client.get("/exports/").text
    assert "every named graph, with what each article alone supports" in page
    assert "RDF/XML: the assembled knowledge" in page
    line = next(line for line in page.splitlines() if "diplomacy.nq" in line)
    assert re.search(r">[0-9.]+ (kB|MB)</td>", line)


def test_the_first_page_tells_the_period_the_build_and_the_sources(client: FlaskClient) -> None:
    page = read(client, "/")
    assert "from June 2023 to July 2025" in page
    assert "published here on" in page
    assert "All 4 articles" in page
    assert '<time class="date" datetime="2025-07-01">' in page
    for subject in ("Meetings", "Agreements", "Sources"):
        assert f"<h3>{subject}</h3>" in page


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Meeting", ["Anna Novák and Emil Brandt", "dip:Meeting", '<a href="/ontology/Contact">']),
        ("Contact", ["/page/call/2025-06-09-anna-novak-emil-brandt"]),
        ("participant", ["/page/leader/anna-novak", '<a href="/ontology/Summit">', "Said of"]),
        ("cancelled", ["/page/planned/2025-07-anna-novak-clara-rossi", "value"]),
        ("retracts", ["This graph does not use it"]),
    ],
)
def test_a_term_has_a_page_with_examples(client: FlaskClient, name: str, told: list[str]) -> None:
    page = read(client, f"/ontology/{name}")
    for words in told:
        assert words in page, words


def test_every_term_has_a_page_and_what_is_none_has_not(client: FlaskClient) -> None:
    names = re.findall(r'<dt id="([^"]+)"', read(client, "/ontology"))
    assert len(names) > 80
    for name in names[::9]:
        read(client, f"/ontology/{name}")
    assert client.get("/ontology/Nothing").status_code == 404


def test_the_downloads_tell_checksums_and_licence(client: FlaskClient) -> None:
    with client.get("/exports/diplomacy.nt") as made:
        digest = hashlib.sha256(made.data).hexdigest()
    page = read(client, "/exports/")
    assert digest in page
    assert "has not said under which licence" in page
    for link in ("/.well-known/void", "/openapi.json", "/ontology.ttl"):
        assert f'href="{link}"' in page


def test_the_exports_of_a_small_graph_are_made_when_their_page_is_opened(sample_store: Path, pool: Pool) -> None:
    settings = Settings(store=sample_store, limits=pool.limits)
    client = create_app(settings, pool, today=lambda: dt.date(2026, 11, 22)).test_client()
    assert "is being written" in read(client, "/exports/")
    until = time.monotonic() + 120
    while "is being written" in (page := read(client, "/exports/")):
        assert time.monotonic() < until
        time.sleep(0.1)
    names = re.findall(r'href="/exports/([^"]+)"', page)
    assert len(names) > 10
    for name in names:
        with client.get(f"/exports/{name}") as made:
            assert hashlib.sha256(made.data).hexdigest() in page


def test_what_was_entered_by_hand_is_no_quotation(sample_store: Path, tmp_path: Path) -> None:
    node, literal = ox.NamedNode, ox.Literal
    words, meeting = node(f"{BASE_IRI}id/evidence/x"), node(f"{BASE_IRI}id/{MEETING}")
    told = {
        "rule": literal("sheet.stated"),
        "quote": literal('[[contacts]] id = "x"'),
        "attributedTo": literal("Readouts of <both>"),
        "article": node(f"{BASE_IRI}id/article/sheet-x"),
        "supports": meeting,
    }
    quads = [ox.Quad(words, node(f"{DIP}{name}"), value) for name, value in told.items()]
    publish(tmp_path, [*current(sample_store).open(), *quads])
    with Pool(tmp_path, Limits(workers=1)) as pool:
        client = create_app(
            Settings(store=tmp_path, limits=pool.limits), pool, today=lambda: dt.date(2026, 11, 22)
        ).test_client()
        page = read(client, f"/page/{MEETING}")
        assert "Entered by hand in a fact sheet, from: <bdi>Readouts of &lt;both&gt;</bdi>" in page
        assert all("[[contacts]]" not in quoted for quoted in re.findall("<blockquote.*?</blockquote>", page))
        rows = client.get("/queries/who-met-at-summit.csv?summit=Lake+Forum+2025").text
        assert "Entered by hand, from: Readouts of <both>" in rows
        assert "[[contacts]]" not in rows


def test_the_licence_that_the_operator_names_is_told(sample_store: Path, pool: Pool) -> None:
    licence = "https://creativecommons.org/licenses/by/4.0/"
    settings = Settings(store=sample_store, limits=pool.limits, licence=licence)
    told = create_app(settings, pool, today=lambda: dt.date(2026, 11, 22)).test_client()
    assert f'<a href="{licence}"' in read(told, "/exports/")
    triples = ox.parse(told.get("/.well-known/void").data, format=ox.RdfFormat.TURTLE)
    assert licence in {str(getattr(triple.object, "value", "")) for triple in triples}
