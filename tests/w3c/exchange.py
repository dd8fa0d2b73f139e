"""The requests of a protocol case, sent one by one, and what the W3C expects of each answer."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from tests.w3c.compare import same
from tests.w3c.endpoint import Endpoint, Reply
from tests.w3c.manifests import CNT, HT, MF, Case, Manifest, Node
from tests.w3c.results import read

_STATUS: Final = "http://www.w3.org/2011/http-statusCodes#"
_CODES: Final = {"OK": 200, "Created": 201, "NoContent": 204, "NotFound": 404, "BadRequest": 400}
# What each kind of answer may come as (SPARQL 1.1 Protocol, 2.1.6).
_FORMATS: Final = {
    "boolean": {"application/sparql-results+xml", "application/sparql-results+json"},
    "tabular": {
        *("application/sparql-results+xml", "application/sparql-results+json"),
        *("text/csv", "text/tab-separated-values"),
    },
    "RDF": {"application/rdf+xml", "text/turtle", "application/n-triples", "application/xhtml+xml"},
}


@dataclass(frozen=True, slots=True)
class Request:
    """One request as its manifest tells it, and the node of the answer that is expected."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes | None
    answer: Node


def requests(case: Case) -> Iterator[Request]:
    """The requests of the case, in order."""
    told = case.manifest
    action = told.one(case.node, f"{MF}action")
    assert action is not None
    for node in told.items(told.one(action, f"{HT}requests")):
        answer = told.one(node, f"{HT}resp")
        assert answer is not None
        yield Request(
            method=told.text(node, f"{HT}methodName") or "",
            path=told.text(node, f"{HT}absolutePath") or "",
            headers=dict(_headers(told, node)),
            body=_body(told, node),
            answer=answer,
        )


def is_update(case: Case) -> bool:
    """Whether the case tests updates; only its name says so where the request leaves out what would."""
    return "update" in case.name.rpartition("/")[2]


def play(case: Case, endpoint: Endpoint, **extra: str) -> None:
    """Nothing; every request got the answer that is expected. ``extra`` are headers beside those of the case."""
    places: dict[str, str] = {}
    for request in requests(case):
        path = _ours(case, request, _filled(request.path, places))
        body = None if request.body is None else _filled(request.body.decode("latin-1"), places).encode("latin-1")
        reply = endpoint.send(request.method, path, body, **_named(request.headers), **extra)
        _check(case.manifest, request, reply)
        place = case.manifest.text(request.answer, f"{MF}expectedLocation")
        if place is not None:
            places[place] = reply.headers["location"]


def _check(told: Manifest, request: Request, reply: Reply) -> None:
    expected = {node.value for node in told.all(request.answer, f"{MF}expectedStatus")}
    assert any(_is_status(reply.status, name) for name in expected), (request, reply, expected)
    written = told.text(request.answer, f"{MF}expectedFormat")
    assert written is None or reply.media in _FORMATS[written], (request, reply)
    truth = told.text(request.answer, f"{MF}expectedBoolean")
    assert truth is None or json.loads(reply.body)["boolean"] is (truth == "true"), (request, reply)
    for name, value in _headers(told, request.answer):
        assert reply.headers.get(name.lower()) == value, (request, reply)
    graph = _body(told, request.answer)
    if graph is not None:
        assert same(read(reply.body, reply.media), read(graph, reply.media)), (request, reply)


def _is_status(status: int, name: str) -> bool:
    """Whether the status is this one, such as ``NotFound``, or of this kind, such as ``StatusCode2xx``."""
    name = name.removeprefix(_STATUS)
    if name.startswith("StatusCode"):
        return status // 100 == int(name.removeprefix("StatusCode")[0])
    return status == _CODES[name]


def _headers(told: Manifest, node: Node) -> Iterator[tuple[str, str]]:
    for header in told.items(told.one(node, f"{HT}headers")):
        yield told.text(header, f"{HT}fieldName") or "", told.text(header, f"{HT}fieldValue") or ""


def _named(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("-", "_"): value for name, value in headers.items()}


def _body(told: Manifest, node: Node) -> bytes | None:
    content = told.one(node, f"{HT}body")
    if content is None:
        return None
    text, encoding = told.text(content, f"{CNT}chars"), told.text(content, f"{CNT}characterEncoding")
    return (text or "").encode(encoding or "utf-8")


def _filled(text: str, places: Mapping[str, str]) -> str:
    for name, place in places.items():
        text = text.replace(name, place)
    return text


def _ours(case: Case, request: Request, path: str) -> str:
    """The path here for that of the manifest: queries and updates have each their own (its comment allows that)."""
    if path.startswith("/gsp"):
        return "/store" + path.removeprefix("/gsp")
    is_query = request.headers.get("content-type") == "application/sparql-query" or not is_update(case)
    return ("/sparql" if is_query else "/update") + path.removeprefix("/sparql/")
