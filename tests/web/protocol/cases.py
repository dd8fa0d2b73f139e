"""A table of requests, one line a case of a standard, each with the answer it must get.

``native`` is the status that Oxigraph's own server (0.5.13) gives to the same request where its answer is another one, 0
where it gives none, and why ours differs on purpose. The tests run the table (test_table.py); ``python -m tests.web.protocol.against URL`` runs it against another
server and prints where that differs.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import EllipsisType
from typing import Any
from urllib.parse import quote

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
CSV, TSV = "text/csv; charset=utf-8", "text/tab-separated-values; charset=utf-8"
TURTLE = "text/turtle; charset=utf-8"
REFUSAL = {"Content-Type": "application/json", "Cache-Control": "no-store"}
DATA = "http://kasei.us/2009/09/sparql/data/data%d.rdf"
ONE, TWO, THREE = (DATA % number for number in (1, 2, 3))

Expected = Mapping[str, str | EllipsisType | None]


@dataclass(frozen=True, kw_only=True)
class Case:
    """A request and its answer: status, headers (``None``: absent, ``...``: of any value), and what the body holds."""

    section: str
    what: str
    request: bytes
    status: int
    headers: Expected = field(default_factory=dict)
    body: bytes = b""
    native: tuple[int, str] | None = None

    def __str__(self) -> str:
        return f"{self.section} {self.what}"


def case(section: str, what: str, request: bytes, status: int, **more: Any) -> Case:
    return Case(section=section, what=what, request=request, status=status, **more)


def sent(method: str, path: str, *lines: str, body: bytes | None = None, version: str = "1.1") -> bytes:
    head = [f"{method} {path} HTTP/{version}", "Host: kg.example", "Connection: close", *lines]
    if body is not None and not any(line.startswith(("Content-Length", "Transfer-Encoding")) for line in lines):
        head.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*head, "", ""]).encode("latin-1") + (body or b"")


def get(path: str, *lines: str, method: str = "GET") -> bytes:
    return sent(method, path, *lines)


def post(body: str | bytes, kind: str | None = QUERY, *lines: str, path: str = "/sparql") -> bytes:
    content = body.encode() if isinstance(body, str) else body
    told = (f"Content-Type: {kind}",) if kind else ()
    return sent("POST", path, *told, *lines, body=content)


def asking(text: str, *more: str) -> str:
    return "&".join(["/sparql?query=" + quote(text, safe=""), *more])


def graph(name: str, iri: str) -> str:
    return f"{name}={quote(iri, safe='')}"


def accept(media: str) -> str:
    return f"Accept: {media}"


ASK = "ASK {}"
ROW = "SELECT ?x { VALUES ?x { 'Nov\u00e1k' } }"
MAKE = "PREFIX ex: <http://example.org/> CONSTRUCT { ex:a ex:b ex:c } WHERE {}"
HELD = "ASK { <%s> ?p ?o }"
NAMED = "ASK { GRAPH ?g { <%s> ?p ?o } }"

# fmt: off
GETTING = (
    case("Protocol 2.1.1", "a query by GET", get(asking(ASK)), 200, headers={"Content-Type": JSON}, body=b'"boolean":true'),
    case("Protocol 2.1.1", "a plus is a space", get("/sparql?query=ASK+%7B%7D"), 200, body=b"true"),
    case("Protocol 2.1.1", "a query with line ends and tabs", get(asking("ASK\r\n{\t}")), 200, body=b"true"),
    case("Protocol 2.1.1", "parameters nobody knows are passed over", get(asking(ASK, "timeout=9", "x")), 200, body=b"true"),
    case("Protocol 2.1.1", "the address with a slash at its end", get(asking(ASK).replace("?", "/?")), 200, body=b"true", native=(404, "clients are told an address with and without it")),
    case("RFC 9112 3.2.2", "the address in absolute form", get("http://kg.example" + asking(ASK)), 200, body=b"true"),
    case("Protocol 2.1.1", "a body with GET says nothing", sent("GET", asking(ASK), body=b"query=x"), 200, body=b"true"),
)
POSTING = (
    case("Protocol 2.1.2", "a query by form", post("query=" + quote(ASK), FORM), 200, headers={"Content-Type": JSON}, body=b'"boolean":true'),
    case("Protocol 2.1.2", "a form that names its charset", post("query=" + quote(ROW), FORM + "; charset=UTF-8"), 200, body="Nov\u00e1k".encode()),
    case("Protocol 2.1.2", "a media type in capitals", post("query=" + quote(ASK), FORM.upper()), 200, body=b"true"),
    case("Protocol 2.1.2", "a form with its graphs in the address", post("query=" + quote(HELD % ONE), FORM, path="/sparql?" + graph("default-graph-uri", ONE)), 200, body=b"true"),
    case("Protocol 2.1.2", "a form that says its format", post("query=" + quote(ROW) + "&format=csv", FORM), 200, headers={"Content-Type": CSV}, native=(200, "it has no such parameter")),
    case("Protocol 2.1.3", "a query as the body", post(ASK), 200, headers={"Content-Type": JSON}, body=b'"boolean":true'),
    case("Protocol 2.1.3", "a body that names its charset", post(ROW, QUERY + "; charset=utf-8"), 200, body="Nov\u00e1k".encode()),
    case("Protocol 2.1.3", "a body that begins with a byte order mark", post(b"\xef\xbb\xbfASK {}"), 200, body=b"true", native=(400, "editors write it, and it says nothing")),
    case("Protocol 2.1.3", "a body with its graphs in the address", post(HELD % ONE, path="/sparql?" + graph("default-graph-uri", ONE)), 200, body=b"true"),
    case("RFC 9112 7.1", "a body in chunks", sent("POST", "/sparql", f"Content-Type: {QUERY}", "Transfer-Encoding: chunked", body=b"3\r\nASK\r\n3\r\n {}\r\n0\r\n\r\n"), 200, body=b"true"),
    case("RFC 9110 10.1.1", "a client that waits to be told to go on", post(ASK, QUERY, "Expect: 100-continue"), 100, body=b"true"),
    case("Protocol 2.1.3", "an answer to POST is kept by nobody", post(ASK), 200, headers={"Cache-Control": "no-store", "ETag": None}, native=(200, "it says nothing of caches")),
)
DATASETS = (
    case("Protocol 2.1.4", "one default graph", get(asking(HELD % ONE, graph("default-graph-uri", ONE))), 200, body=b"true"),
    case("Protocol 2.1.4", "two default graphs are merged", get(asking(f"ASK {{ <{ONE}> ?p ?o . <{TWO}> ?q ?r }}", graph("default-graph-uri", ONE), graph("default-graph-uri", TWO))), 200, body=b"true"),
    case("Protocol 2.1.4", "a graph that is not named is not there", get(asking(HELD % TWO, graph("default-graph-uri", ONE))), 200, body=b"false"),
    case("Protocol 2.1.4", "the default graph of the store is not there", get(asking("ASK { ?s a <https://w3id.org/diplomacy-kg/ns#Meeting> }", graph("default-graph-uri", ONE))), 200, body=b"false"),
    case("Protocol 2.1.4", "two named graphs", get(asking(f"ASK {{ GRAPH ?g {{ <{ONE}> ?p ?o }} GRAPH ?h {{ <{TWO}> ?q ?r }} }}", graph("named-graph-uri", ONE), graph("named-graph-uri", TWO))), 200, body=b"true"),
    case("Protocol 2.1.4", "a named graph only leaves the default graph empty", get(asking("ASK { ?s ?p ?o }", graph("named-graph-uri", ONE))), 200, body=b"false"),
    case("Protocol 2.1.4", "a default graph only leaves no named ones", get(asking(NAMED % ONE, graph("default-graph-uri", ONE))), 200, body=b"false"),
    case("Protocol 2.1.4", "default and named graphs", post("query=" + quote(f"ASK {{ <{THREE}> ?p ?o GRAPH ?g {{ <{ONE}> ?q ?r }} }}") + "&" + graph("default-graph-uri", THREE) + "&" + graph("named-graph-uri", ONE), FORM), 200, body=b"true"),
    case("Protocol 2.1.4", "the graphs of the request beat those of the query", get(asking(f"ASK FROM <{THREE}> {{ <{THREE}> ?p ?o }}", graph("default-graph-uri", ONE))), 200, body=b"false"),
    case("Protocol 2.1.4", "the named graphs of the request beat those of the query", get(asking(f"ASK FROM NAMED <{THREE}> {{ GRAPH ?g {{ <{THREE}> ?p ?o }} }}", graph("named-graph-uri", ONE))), 200, body=b"false"),
    case("Protocol 2.1.4", "the graphs of the query where the request has none", get(asking(f"ASK FROM <{THREE}> {{ <{THREE}> ?p ?o }}")), 200, body=b"true"),
    case("Protocol 2.1.4", "a graph that is not in the store is empty", get(asking("ASK { ?s ?p ?o }", graph("default-graph-uri", "http://example.org/none"))), 200, body=b"false"),
    case("Protocol 2.1.4", "a graph by a relative IRI", get(asking(ASK, "default-graph-uri=data1.rdf")), 400, headers=REFUSAL, body=b"default-graph-uri"),
    case("Protocol 2.1.4", "a graph by what is no IRI", get(asking(ASK, graph("named-graph-uri", "http://example.org/> {} #"))), 400, headers=REFUSAL),
    case("Protocol 2.1.4", "an empty graph field of a form says nothing", post("default-graph-uri=&query=" + quote(ASK), FORM), 200, body=b"true", native=(400, "forms of other servers send it empty")),
    case("Protocol 2.2.2", "a relative IRI is relative to the base of the service", get(asking("SELECT (<x> AS ?y) {}", "format=csv")), 200, body=b"https://w3id.org/diplomacy-kg/x", native=(200, "its base is its own address")),
)
FORMATS = (
    *(
        case("Protocol 2.1.5", f"a table as {media}", get(asking(ROW), accept(media)), 200, headers={"Content-Type": told, "Vary": "Accept-Encoding, Accept"}, body="Nov\u00e1k".encode(), native=(200, "it does not say that it chose"))
        for media, told in ((JSON, JSON), (XML, XML), ("text/csv", CSV), ("text/tab-separated-values", TSV))
    ),
    *(
        case("Protocol 2.1.5", f"a graph as {media}", get(asking(MAKE), accept(media)), 200, headers={"Content-Type": told}, body=b"example.org/", native=(200, "it leaves out the charset of Turtle"))
        for media, told in (
            ("text/turtle", TURTLE), ("application/n-triples", "application/n-triples"), ("application/n-quads", "application/n-quads"),
            ("application/trig", "application/trig"), ("application/ld+json", "application/ld+json"), ("application/rdf+xml", "application/rdf+xml"),
        )
    ),
    case("Protocol 2.1.5", "a description as TriG", get(asking("DESCRIBE <http://example.org/none>"), accept("application/trig")), 200, headers={"Content-Type": "application/trig"}),
    case("Protocol 2.1.5", "a truth as XML", get(asking(ASK), accept(XML)), 200, headers={"Content-Type": XML}, body=b"<boolean>true</boolean>"),
    case("Protocol 2.1.5", "a table without a wish", get(asking(ROW)), 200, headers={"Content-Type": JSON}),
    case("Protocol 2.1.5", "a graph without a wish", get(asking(MAKE)), 200, headers={"Content-Type": TURTLE}, native=(200, "it begins with N-Quads")),
    case("RFC 9110 12.5.1", "whatever there is", get(asking(ROW), accept("*/*")), 200, headers={"Content-Type": JSON}),
    case("RFC 9110 12.5.1", "JSON in short", get(asking(ROW), accept("application/json")), 200, headers={"Content-Type": "application/json"}, native=(200, "it answers with the longer name")),
    case("RFC 9110 12.5.1", "what is wanted more", get(asking(ROW), accept("text/csv;q=0.2, text/tab-separated-values;q=0.9")), 200, headers={"Content-Type": TSV}),
    case("RFC 9110 12.5.1", "anything but this", get(asking(ROW), accept(f"*/*, {JSON};q=0")), 200, headers={"Content-Type": XML}, native=(200, "it passes over a quality of 0")),
    case("RFC 9110 12.5.1", "what is named comes before a range", get(asking(ROW), accept("*/*, text/csv")), 200, headers={"Content-Type": CSV}, native=(200, "it takes the first range that fits")),
    case("RFC 9110 12.5.1", "a range of a type", get(asking(ROW), accept("text/*")), 200, headers={"Content-Type": CSV}, native=(200, "it gives JSON, which is no text")),
    case("RFC 9110 12.5.1", "a precise range beats a wide one that is wanted more", get(asking(ROW), accept("text/*, text/csv;q=0.1, text/xml;q=0, application/*;q=0")), 200, headers={"Content-Type": TSV}, native=(200, "it gives JSON, which was not wanted")),
    case("RFC 9110 12.5.1", "a type with its charset", get(asking(MAKE), accept("text/turtle; charset=utf-8")), 200, headers={"Content-Type": TURTLE}, native=(200, "it leaves out the charset")),
    case("RFC 9110 12.5.1", "a type in a charset that is not ours", get(asking(MAKE), accept("text/turtle; charset=iso-8859-1")), 406, headers=REFUSAL),
    case("RFC 9110 12.5.1", "the star of old clients", get(asking(ROW), accept("image/gif, *; q=.2, */*; q=.2")), 200, headers={"Content-Type": JSON}, native=(400, "Java's own client sends it")),
    case("RFC 9110 12.5.1", "an empty wish", get(asking(ROW), "Accept:"), 200, headers={"Content-Type": JSON}),
    case("RFC 9110 15.5.7", "a type there is not", get(asking(ROW), accept("image/png")), 406, headers=REFUSAL, body=b"text/csv"),
    case("RFC 9110 15.5.7", "a graph as a table", get(asking(MAKE), accept("text/csv")), 406, headers=REFUSAL),
    case("RFC 9110 15.5.7", "a table as a graph", get(asking(ROW), accept("text/turtle")), 406, headers=REFUSAL),
    case("ours", "a format by name beats the wish", get(asking(ROW, "format=csv"), accept(JSON)), 200, headers={"Content-Type": CSV, "Vary": "Accept-Encoding"}, body="x\r\nNov\u00e1k\r\n".encode(), native=(200, "it has no such parameter")),
    case("ours", "a format that there is not", get(asking(ROW, "format=exe")), 406, headers=REFUSAL, body=b"csv", native=(200, "it has no such parameter")),
    case("ours", "two formats", get(asking(ROW, "format=csv", "format=tsv")), 400, headers=REFUSAL, native=(200, "it has no such parameter")),
    case("CSV/TSV 3", "values in CSV are plain, with CR LF", get(asking("SELECT ('a,\"b' AS ?x) (<http://e/> AS ?y) {}"), accept("text/csv")), 200, body=b'x,y\r\n"a,""b",http://e/\r\n'),
    case("CSV/TSV 4", "values in TSV are terms", get(asking("SELECT ('a'@en AS ?x) (<http://e/> AS ?y) {}"), accept("text/tab-separated-values")), 200, body=b'?x\t?y\n"a"@en\t<http://e/>\n'),
    case("ours", "Turtle with the prefixes of the query", get(asking(MAKE)), 200, body=b"@prefix ex: <http://example.org/> .\nex:a ex:b ex:c .\n", native=(200, "it writes N-Quads, and Turtle without prefixes")),
    case("ours", "prefixes made whole by the base of the query", get(asking("BASE <http://example.org/x/> PREFIX ex: <../> CONSTRUCT { ex:a ex:b <c> } WHERE {}")), 200, body=b"@prefix ex: <http://example.org/> .\nex:a ex:b ex:x\\/c .", native=(200, "it writes N-Quads, and Turtle without prefixes")),
    case("ours", "XML whatever the literals hold", get(asking("SELECT ('\\u0001' AS ?x) {}"), accept(XML)), 200, body="\ufffd".encode(), native=(200, "it writes XML that no parser reads")),
)
REFUSED = (
    case("Protocol 2.1", "no query by GET", get("/sparql?default-graph-uri=http://example.org/"), 400, headers=REFUSAL, body=b"no query"),
    case("Protocol 2.1", "no query, and a table is wanted", get("/sparql", accept(JSON)), 400, headers=REFUSAL, body=b"no query", native=(406, "who wants a table forgot the query")),
    case("Protocol 2.1", "an empty query", get("/sparql?query="), 400, headers=REFUSAL),
    case("Protocol 2.1", "no query by form", post("", FORM), 400, headers=REFUSAL, body=b"no query"),
    case("Protocol 2.1", "an empty body", post(""), 400, headers=REFUSAL),
    case("Protocol 2.1", "two queries by GET", get(asking(ASK, "query=" + quote(ASK))), 400, headers=REFUSAL, body=b"more than one query"),
    case("Protocol 2.1", "two queries by form", post("query=ASK%7B%7D&query=ASK%7B%7D", FORM), 400, headers=REFUSAL),
    case("Protocol 2.1", "a query in the address and one in the body", post(ASK, path=asking(ASK)), 400, headers=REFUSAL),
    case("ours", "thousands of parameters", get("/sparql?" + "a&" * 3000), 400, headers=REFUSAL),
    case("Protocol 2.1.7", "a query that is none", get(asking("ASK {")), 400, headers=REFUSAL, body=b'"line":1'),
    case("Protocol 2.1.7", "a query that is none, told as text", get(asking("ASK {"), accept("text/plain")), 400, headers={"Content-Type": "text/plain; charset=utf-8"}, body=b"line 1, column 5"),
    case("Protocol 2.1.7", "a query that is none, told as a page", get(asking("ASK {"), accept("text/html")), 400, headers={"Content-Type": "text/html; charset=utf-8"}),
    case("Protocol 2.1", "a parameter that is no UTF-8", get("/sparql?query=ASK%20%7B%7D%20%23%FF"), 400, headers=REFUSAL, body=b"UTF-8", native=(200, "it puts U+FFFD in the place of what it cannot read")),
    case("Protocol 2.1", "an address that is not ASCII", get("/sparql?query=ASK%7B%7D%23\u00e9"), 400, headers=REFUSAL),
    case("Protocol 2.1.2", "a form that is no UTF-8", post("query=ASK%20%7B%7D%20%23%C3", FORM), 400, headers=REFUSAL, body=b"UTF-8", native=(200, "it puts U+FFFD in the place of what it cannot read")),
    case("Protocol 2.1.3", "a body that is no UTF-8", post(b"ASK {} #\xff"), 400, headers=REFUSAL, body=b"UTF-8"),
    case("Protocol 2.1.3", "a body in UTF-16 that says so", post("ASK {}".encode("utf-16"), QUERY + "; charset=UTF-16"), 415, headers=REFUSAL, body=b"UTF-8", native=(400, "the charset is a part of the media type")),
    case("Protocol 2.1.3", "a body of another type", post(ASK, "text/plain"), 415, headers=REFUSAL, body=QUERY.encode()),
    case("Protocol 2.1.3", "a body without a type", post(ASK, None), 415, headers=REFUSAL, native=(400, "the type is what is missing")),
    case("Protocol 2.1.2", "a form without a type", post("query=ASK%7B%7D", None), 415, headers=REFUSAL, native=(400, "the type is what is missing")),
    case("Protocol 2.1.2", "a form in parts", post(b"--x\r\nContent-Disposition: form-data; name=query\r\n\r\nASK {}\r\n--x--\r\n", "multipart/form-data; boundary=x"), 415, headers=REFUSAL),
    case("RFC 9110 15.5.16", "a compressed body", post(gzip.compress(b"ASK {}"), QUERY, "Content-Encoding: gzip"), 415, headers={"Accept-Encoding": "identity"}, native=(200, "a small body may be a large query: it would have to be counted twice")),
    case("Protocol 2.2", "an update to the address of queries", post("DROP ALL", "application/sparql-update"), 415, headers=REFUSAL, body=b"/update"),
    case("Protocol 2.2", "an update by GET", get("/sparql?update=DROP%20ALL"), 403, headers=REFUSAL, body=b"/update", native=(400, "the parameter is known and not allowed")),
    case("Protocol 2.2", "an update by form to the address of queries", post("update=DROP%20ALL", FORM), 403, headers=REFUSAL, native=(400, "the parameter is known and not allowed")),
    case("Protocol 2.2", "an update in the place of a query", get(asking("DROP ALL")), 400, headers=REFUSAL, body=b"DROP is an update"),
    case("Protocol 4", "a query that reaches out", get(asking("ASK { SERVICE <http://127.0.0.1:9/> {} }")), 400, headers=REFUSAL, body=b"SERVICE", native=(500, "it asks the other server, whatever its address")),
    *(
        case("RFC 9110 15.5.6", f"a query by {method}", sent(method, asking(ASK)), 405, headers={"Allow": ...}, native=(404, "the address is there, the method is not"))
        for method in ("PUT", "DELETE", "PATCH", "TRACE", "BREW")
    ),
    case("RFC 9110 15.5.14", "a query that is too long", post(b"#" * 150_000 + b"\nASK {}"), 413, headers=REFUSAL, native=(200, "it has no limit")),
    case("RFC 9110 15.5.14", "a body that is too large, before any of it came", sent("POST", "/sparql", f"Content-Type: {QUERY}", "Content-Length: 999999999"), 413, headers=REFUSAL, native=(0, "it waits for the body")),
    case("RFC 9110 15.5.14", "a body that is too large is not waited for", sent("POST", "/sparql", f"Content-Type: {QUERY}", "Content-Length: 999999999", "Expect: 100-continue"), 413, headers=REFUSAL, native=(0, "it waits for the body")),
    case("RFC 9110 15.5.14", "a body that is too large and under way", post(b"#" * 2_000_000), 413, headers=REFUSAL, native=(400, "it reads all of it, and refuses what it says")),
    case("RFC 9110 15.5.14", "chunks that are too large together", sent("POST", "/sparql", f"Content-Type: {QUERY}", "Transfer-Encoding: chunked", body=b"186A0\r\n" + b"#" * 100_000 + b"\r\n" + (b"186A0\r\n" + b"#" * 100_000 + b"\r\n") * 6 + b"0\r\n\r\n"), 413, headers=REFUSAL, native=(400, "it reads all of it, and refuses what it says")),
    case("RFC 9110 15.5.4", "a large graph where nothing is taken, before any of it came", sent("PUT", "/store?default", "Content-Type: text/turtle", "Content-Length: 999999999"), 403, headers=REFUSAL, native=(0, "it waits for the body, from everybody")),
    case("RFC 9110 15.5.15", "an address that is too long", get(asking("#" * 300_000)), 414, headers=REFUSAL, body=b"POST", native=(400, "there is a status for it")),
    case("RFC 9110 15.5.5", "an address that is not there", get("/nowhere"), 404, headers=REFUSAL),
)
BROKEN = (
    case("RFC 9112 3", "a line that is no request", b"\x16\x03\x01\x02\x00\r\n\r\n", 400, headers=REFUSAL),
    case("RFC 9112 3", "a request of two words", b"GET /sparql\r\nHost: kg.example\r\n\r\n", 400, headers=REFUSAL),
    case("RFC 3986 2", "an address that is not percent-encoded", get("/search?q=Orb\u00e1n"), 400, headers=REFUSAL, body=b"Percent-encode"),
    case("RFC 9112 2.3", "another version", sent("GET", asking(ASK), version="2.0"), 505, headers=REFUSAL, native=(400, "there is a status for it")),
    case("RFC 9112 2.3", "the version before", sent("GET", asking(ASK), version="1.0"), 200, body=b"true"),
    case("RFC 9112 3.2", "no Host", f"GET {asking(ASK)} HTTP/1.1\r\nConnection: close\r\n\r\n".encode(), 400, headers=REFUSAL),
    case("RFC 9112 3.2", "two Hosts", get(asking(ASK), "Host: other.example"), 400, headers=REFUSAL),
    case("RFC 9112 3.2", "a Host that is none", f"GET {asking(ASK)} HTTP/1.1\r\nHost: a/b\r\nConnection: close\r\n\r\n".encode(), 400, headers=REFUSAL),
    case("RFC 9112 5.1", "a header without a colon", get(asking(ASK), "nothing"), 400, headers=REFUSAL),
    case("RFC 9112 5.1", "a space before the colon", get(asking(ASK), "Accept : text/csv"), 400, headers=REFUSAL),
    case("RFC 9112 2.2", "a bare carriage return", get(asking(ASK), "X: a\rY: b"), 400, headers=REFUSAL),
    case("RFC 9110 5.5", "a control character after long spaces", get(asking(ASK), "X:" + "\t " * 100_000 + "\0"), 400, headers=REFUSAL),
    case("RFC 9112 6.3", "a length that is no number", sent("POST", "/sparql", "Content-Length: six"), 400, headers=REFUSAL),
    case("RFC 9112 6.3", "a length below nothing", sent("POST", "/sparql", "Content-Length: -1"), 400, headers=REFUSAL),
    case("RFC 9112 6.3", "two lengths", sent("POST", "/sparql", "Content-Length: 6", "Content-Length: 7", body=b"ASK {}"), 400, headers=REFUSAL),
    case("RFC 9112 6.3", "a length and chunks", sent("POST", "/sparql", f"Content-Type: {QUERY}", "Content-Length: 6", "Transfer-Encoding: chunked", body=b"0\r\n\r\n"), 400, headers=REFUSAL),
    case("RFC 9112 7.1", "a chunk without a size", sent("POST", "/sparql", f"Content-Type: {QUERY}", "Transfer-Encoding: chunked", body=b"zz\r\nASK {}\r\n0\r\n\r\n"), 400, headers=REFUSAL),
    case("RFC 9112 6.1", "a transfer that nobody knows", sent("POST", "/sparql", f"Content-Type: {QUERY}", "Transfer-Encoding: rot13", body=b"ASK {}"), 501, headers=REFUSAL, native=(400, "there is a status for it")),
    case("RFC 6585 5", "a header that is too long", get(asking(ASK), "X: " + "a" * 300_000), 431, headers=REFUSAL, native=(400, "there is a status for it")),
    case("RFC 6585 5", "too many headers", get(asking(ASK), *["X: a"] * 1000), 431, headers=REFUSAL, native=(400, "there is a status for it")),
    case("ours", "what is refused before it is read, as text", f"GET {asking(ASK)} HTTP/1.1\r\nAccept: text/plain\r\n\r\n".encode(), 400, headers={"Content-Type": "text/plain; charset=utf-8"}),
    case("ours", "what is refused before it is read, as a page", f"GET {asking(ASK)} HTTP/1.1\r\nAccept: text/html\r\n\r\n".encode(), 400, headers={"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": ...}),
)
CROSS = {"Access-Control-Allow-Origin": "*"}
METHODS = (
    case("RFC 9110 9.3.2", "HEAD of a query", get(asking(ROW), method="HEAD"), 200, headers={"Content-Type": JSON, "Content-Length": ..., "ETag": ...}, native=(404, "it knows GET only, and HEAD is GET without the body")),
    case("RFC 9110 9.3.2", "HEAD of a query that is none", get(asking("ASK {"), method="HEAD"), 400, headers=REFUSAL, native=(404, "it knows GET only, and HEAD is GET without the body")),
    case("RFC 9110 9.3.7", "OPTIONS", get("/sparql", method="OPTIONS"), 204, headers={"Allow": ..., "Content-Type": None}, native=(404, "it does not say what may be done")),
    case("RFC 9110 9.3.7", "OPTIONS of the whole server", get("*", method="OPTIONS"), 204, headers={"Allow": ...}, native=(404, "it does not say what may be done")),
    case("Fetch 3.2.2", "a script of another site asks whether it may", get("/sparql", "Origin: http://other.example", "Access-Control-Request-Method: POST", "Access-Control-Request-Headers: content-type", method="OPTIONS"), 204, headers={**CROSS, "Access-Control-Allow-Methods": "GET, HEAD, POST", "Access-Control-Allow-Headers": ..., "Access-Control-Max-Age": ...}, native=(404, "only with --cors")),
    case("Fetch 3.2.2", "a script of another site may not write", get("/store?default", "Origin: http://other.example", "Access-Control-Request-Method: PUT", method="OPTIONS"), 204, headers={**CROSS, "Access-Control-Allow-Methods": "GET, HEAD"}, native=(404, "only with --cors, and then it may")),
    case("Fetch 3.2.3", "a script of another site reads an answer", get(asking(ASK), "Origin: http://other.example"), 200, headers={**CROSS, "Access-Control-Allow-Credentials": None}, native=(200, "only with --cors")),
    case("Fetch 3.2.3", "a script of another site reads a refusal", get(asking("ASK {"), "Origin: http://other.example"), 400, headers=CROSS, native=(400, "only with --cors")),
    case("Fetch 3.2.3", "a script of another site reads why there is no such method", sent("PUT", "/sparql", "Origin: http://other.example"), 405, headers=CROSS, native=(404, "the address is there, the method is not")),
)
CACHING = (
    case("RFC 9110 8.8.3", "an answer has a strong tag", get(asking(ROW)), 200, headers={"ETag": ..., "Cache-Control": "no-cache", "Vary": ...}, native=(200, "it sends no tag")),
    case("RFC 9110 13.1.2", "anything of it will do", get(asking(ROW), "If-None-Match: *"), 304, headers={"ETag": ..., "Content-Type": None}, native=(200, "it knows no conditions")),
    case("RFC 9110 13.1.2", "the tag of something else", get(asking(ROW), 'If-None-Match: "x", W/"y"'), 200, body="Nov\u00e1k".encode()),
    case("RFC 9110 13.1.1", "only what is not here", get(asking(ROW), 'If-Match: "x"'), 412, headers=REFUSAL, native=(200, "it knows no conditions")),
    case("RFC 9110 13.1.1", "only what is here", get(asking(ROW), "If-Match: *"), 200),
    case("RFC 9111 5.2.2.5", "what asks for chance is not kept", get(asking("SELECT (RAND() AS ?x) {}")), 200, headers={"Cache-Control": "no-store", "ETag": None}, native=(200, "it says nothing of caches")),
    case("RFC 9110 12.5.3", "a long answer compressed", get("/store?default", "Accept-Encoding: gzip"), 200, headers={"Content-Encoding": "gzip", "Vary": ..., "ETag": ...}, native=(200, "it does not compress")),
    case("RFC 9110 12.5.3", "compressed by no means", get("/store?default", "Accept-Encoding: gzip;q=0, *"), 200, headers={"Content-Encoding": None, "Vary": ...}, native=(200, "it does not compress")),
    case("RFC 9110 12.5.3", "a short answer as it is", get(asking(ASK), "Accept-Encoding: gzip"), 200, headers={"Content-Encoding": None}),
)
STORE = (
    case("Graph Store 4.2", "the default graph", get("/store?default"), 200, headers={"Content-Type": TURTLE, "ETag": ...}, body=b"dip:Meeting", native=(200, "it begins with N-Quads")),
    case("Graph Store 4.2", "a graph by its name", get("/store?" + graph("graph", ONE)), 200, headers={"Content-Type": TURTLE}, body=ONE.encode(), native=(200, "it begins with N-Quads")),
    case("Graph Store 4.2", "a name that is decoded once", get("/store?" + graph("graph", "http://example.org/%31")), 200, body=b"encoded"),
    case("Graph Store 4.2", "a name that is not decoded twice", get("/store?" + graph("graph", "http://example.org/1")), 404, headers=REFUSAL),
    case("Graph Store 4.1", "a graph by its path", get("/store/graph/by/path"), 200, body=b"direct"),
    case("Graph Store 4.1", "a path with what an IRI may not hold", get("/store/graph/a%20space"), 200, body=b"spaced"),
    case("Graph Store 4.1", "a path that names none", get("/store/graph/none"), 404, headers=REFUSAL),
    case("Graph Store 5.2", "a graph there is not", get("/store?graph=http://example.org/none"), 404, headers=REFUSAL),
    case("Graph Store 4.2", "a graph by a relative name", get("/store?graph=none"), 400, headers=REFUSAL, native=(404, "it makes the name whole by its own address")),
    case("Graph Store 4.2", "two graphs", get("/store?graph=http://example.org/a&graph=http://example.org/b"), 400, headers=REFUSAL),
    case("Graph Store 4.2", "a graph and the default graph", get("/store?default&graph=http://example.org/a"), 400, headers=REFUSAL),
    case("Graph Store 4.1", "a graph by path and by name", get("/store/a?graph=http://example.org/a"), 400, headers=REFUSAL, native=(404, "it takes the path, and passes over the name")),
    case("Graph Store 5.2", "a graph in another format", get("/store?" + graph("graph", ONE), accept("application/rdf+xml")), 200, headers={"Content-Type": "application/rdf+xml"}),
    case("Graph Store 5.2", "a graph as a picture", get("/store?default", accept("image/png")), 406, headers=REFUSAL),
    case("Graph Store 5.8", "HEAD of a graph", get("/store?" + graph("graph", ONE), accept("text/turtle; charset=utf-8"), method="HEAD"), 200, headers={"Content-Type": TURTLE, "ETag": ...}, native=(200, "it does not say the type")),
    case("Graph Store 5.8", "HEAD of a graph there is not", get("/store?graph=http://example.org/none", method="HEAD"), 404),
    case("ours", "every graph as N-Quads", get("/store", accept("application/n-quads")), 200, headers={"Content-Type": "application/n-quads", "ETag": ...}, body=f"<{ONE}>".encode(), native=(200, "it sends no tag")),
    case("ours", "every graph as TriG", get("/store", accept("application/trig")), 200, headers={"Content-Type": "application/trig"}, body=b"dip:Meeting", native=(200, "its prefixes are others")),
    case("ours", "every graph in a format that has one", get("/store", accept("text/turtle")), 406, headers=REFUSAL, native=(400, "what is wrong is what is wanted")),
)
DESCRIBED = (
    case("Description 2", "the bare address", get("/sparql"), 200, headers={"Content-Type": TURTLE}, body=b"sd:endpoint <http://kg.example/sparql>", native=(200, "it begins with N-Quads")),
    case("Description 2", "the bare address for a program", get("/sparql", accept("application/rdf+xml")), 200, headers={"Content-Type": "application/rdf+xml"}),
    case("Description 2", "the bare address for a reader", get("/sparql", accept("text/html,application/xhtml+xml,*/*;q=0.8")), 200, headers={"Content-Type": "text/html; charset=utf-8"}, native=(200, "it has no page there")),
    case("Description 3.2", "what it speaks", get("/sparql"), 200, body=b"sd:supportedLanguage sd:SPARQL10Query , sd:SPARQL11Query ;", native=(200, "it writes N-Quads")),
    case("Description 3.2", "its graphs by name", get("/sparql"), 200, body=f"sd:name <{ONE}>".encode(), native=(200, "it lists no graphs")),
    case("Description 3.2", "its entailment, which is none", get("/sparql"), 200, body=b"entailment/Simple"),
)

CASES = (*GETTING, *POSTING, *DATASETS, *FORMATS, *REFUSED, *BROKEN, *METHODS, *CACHING, *STORE, *DESCRIBED)
