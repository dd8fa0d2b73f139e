"""What programs are told of every address, beside the saved questions: what it takes, what it answers, what it refuses.

A test compares the table with the addresses there are, and with the statuses that tests see.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from kg.web.formats import DATASETS, GRAPHS, TABLES, Format
from kg.web.protocol import FORM, QUERY, UPDATE

HTML: Final = "text/html"
JSON: Final = "application/json"
PROMETHEUS: Final = "text/plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One method of one address.

    ``takes`` is the schema of a body by its media type; ``answers`` what a status means, each with a body of one of the
    types in ``media`` where its body is told at all; ``refuses`` are the statuses of refusals of its own.
    """

    path: str
    name: str
    tells: str
    method: str = "get"
    parameters: tuple[str, ...] = ()
    takes: Mapping[str, Mapping[str, Any]] = field(default_factory=lambda: MappingProxyType({}))
    answers: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({200: "The answer."}))
    media: tuple[str, ...] = (HTML,)
    refuses: tuple[int, ...] = ()
    needs_token: bool = False


def _media(*formats: Format) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.media[0] for one in formats))


_STRING: Final = {"type": "string"}
_LIST: Final = {"type": "array", "items": {"type": "string", "format": "uri"}}
_DATASET: Final = ("default-graph-uri", "named-graph-uri")
_ENGINE: Final = (429, 503, 504)
_READ: Final = {200: "The answer.", 304: "What you have is still right."}
_SHOWN: Final = {200: "The page.", 304: "What you have is still right."}
_WRITTEN: Final = {201: "Done; the graph is new.", 204: "Done."}
_WRITES: Final = (400, 401, 403, 412, 413, 415, 503, 504, 507)
_SYNTAXES: Final = ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json")
_DOCUMENT: Final[Mapping[str, Mapping[str, Any]]] = dict.fromkeys(_SYNTAXES, _STRING)
_UPDATE: Final[Mapping[str, Mapping[str, Any]]] = {UPDATE: _STRING}
_NOTHING: Final[Mapping[str, Mapping[str, Any]]] = {}
_PARTS: Final = {"multipart/form-data": {"type": "object", "additionalProperties": {"type": "string"}}}


def _form(name: str, *graphs: str) -> dict[str, Any]:
    fields = {name: _STRING, **dict.fromkeys(graphs, _LIST)}
    return {"type": "object", "required": [name], "properties": fields}


ROUTES: Final = (
    Route(path="/", name="home", tells="What is in the graph.", answers=_SHOWN, refuses=(412,)),
    Route(
        path="/search",
        name="search",
        tells="The things whose names hold these words; the thing itself where only one does.",
        parameters=("q", "kind", "page"),
        answers={**_SHOWN, 303: "The one that was found."},
        refuses=(404, 412),
    ),
    Route(
        path="/search.json",
        name="suggestions",
        tells="The best of what a text may mean.",
        parameters=("q", "kind"),
        answers=_READ,
        media=(JSON,),
        refuses=(412,),
    ),
    Route(
        path="/sparql",
        name="query",
        tells="SPARQL 1.1 Protocol: the answer to a query; without one the service description.",
        parameters=("query", *_DATASET, "format"),
        answers=_READ,
        media=(*_media(*TABLES, *GRAPHS), HTML),
        refuses=(403, 406, 412, *_ENGINE),
    ),
    Route(
        path="/sparql",
        method="post",
        name="queryByPost",
        tells="The same by POST: a form, or the query itself as the body.",
        parameters=(*_DATASET, "format"),
        takes={FORM: _form("query", *_DATASET), QUERY: _STRING},
        answers={200: "The answer."},
        media=(*_media(*TABLES, *GRAPHS), HTML),
        refuses=(403, 406, 415, *_ENGINE),
    ),
    *(
        Route(
            path="/sparql/total",
            method=method,
            name=name,
            tells="How many rows a SELECT has beyond the limit on rows: `rows`, and whether there are `more`.",
            parameters=parameters,
            takes=takes,
            media=(JSON,),
            refuses=(403, 415, *_ENGINE) if takes else (403, 412, *_ENGINE),
        )
        for method, name, parameters, takes in (
            ("get", "total", ("query", *_DATASET), _NOTHING),
            ("post", "totalByPost", _DATASET, {FORM: _form("query", *_DATASET), QUERY: _STRING}),
        )
    ),
    Route(
        path="/update",
        method="post",
        name="update",
        tells="SPARQL 1.1 Update, done as a whole, and seen by whoever asks next.",
        parameters=("using-graph-uri", "using-named-graph-uri"),
        takes={FORM: _form("update", "using-graph-uri", "using-named-graph-uri"), UPDATE: _STRING},
        answers={204: "Done."},
        media=(),
        refuses=(401, 403, 415, 503, 504, 507),
        needs_token=True,
    ),
    *(
        Route(
            path=path,
            name=f"graph{name}",
            tells="Graph Store Protocol: one graph" + (", or all of them as a dataset." if not name else "."),
            parameters=parameters,
            answers=_READ,
            media=_media(*GRAPHS) if name else _media(*GRAPHS, *DATASETS),
            refuses=(404, 406, 412, *_ENGINE),
        )
        for path, name, parameters in (
            ("/store", "", ("graph", "default", "format")),
            ("/store/{direct}", "Here", ("direct", "format")),
        )
    ),
    *(
        Route(
            path=path,
            method=method,
            name=f"{method}Graph{name}",
            tells=tells,
            parameters=(*parameters, "If-Match"),
            takes=takes,
            answers=_WRITTEN if method != "delete" else {204: "Done."},
            media=(),
            refuses=(*_WRITES, 404),
            needs_token=True,
        )
        for path, name, parameters in (("/store", "", ("graph", "default")), ("/store/{direct}", "Here", ("direct",)))
        for method, tells, takes in (
            ("put", "The graph is this one from now on.", _DOCUMENT),
            ("post", "This is added; without a graph's name to a new one.", {**_DOCUMENT, **_PARTS}),
            ("delete", "The graph is no more.", _NOTHING),
            ("patch", "The graph is changed by an update.", _UPDATE),
        )
    ),
    Route(
        path="/queries/",
        name="questions",
        tells="The saved questions, or those on a subject.",
        parameters=("tag",),
        answers=_SHOWN,
        refuses=(412,),
    ),
    Route(
        path="/queries/{name}.rq",
        name="questionText",
        tells="The SPARQL of a saved question; with its parameters as they are bound.",
        parameters=("name",),
        answers=_READ,
        media=(QUERY,),
        refuses=(404, 412, *_ENGINE),
    ),
    Route(
        path="/queries/{name}.{suffix}",
        name="questionFile",
        tells="The answer to a saved question as a file, or the things in it as RDF; with its parameters.",
        parameters=("name", "suffix", "excel", "limit"),
        answers=_READ,
        media=_media(*TABLES, *GRAPHS),
        refuses=(404, 406, 412, *_ENGINE),
    ),
    Route(
        path="/id/{path}",
        name="thing",
        tells="A thing, by the path of its IRI.",
        parameters=("path",),
        answers={303: "Its page, or its data, as you accept."},
        media=(),
        refuses=(404, 406),
    ),
    Route(
        path="/data/{file}",
        name="data",
        tells="All that the graph says of a thing, with the evidence; the file is its path and a suffix.",
        parameters=("file",),
        answers=_READ,
        media=_media(*GRAPHS),
        refuses=(404, 406, 412, *_ENGINE),
    ),
    Route(
        path="/page/{path}",
        name="page",
        tells="A thing as people read it.",
        parameters=("path",),
        answers={**_SHOWN, 303: "Its data, for who accepts that and no page."},
        refuses=(404, 412, *_ENGINE),
    ),
    Route(
        path="/cite/{file}",
        name="citation",
        tells="How a thing is cited: the file is its path and .txt, .bib or .json.",
        parameters=("file",),
        answers=_READ,
        media=("text/plain", "application/x-bibtex", "application/vnd.citationstyles.csl+json"),
        refuses=(404, 412),
    ),
    Route(
        path="/correct/{file}",
        name="factSheet",
        tells="A fact sheet that corrects a fact, or with ?retract withdraws it: the file is its path and .toml.",
        parameters=("file", "retract"),
        answers=_READ,
        media=("application/toml",),
        refuses=(404, 412, *_ENGINE),
    ),
    Route(path="/exports/", name="exports", tells="What can be downloaded.", answers=_SHOWN, refuses=(412,)),
    Route(
        path="/exports/{name}",
        name="export",
        tells="One export that /exports/ names: diplomacy.ttl, .nt, .nq, .trig, .jsonld, .rdf, a table, a description.",
        parameters=("name", "Range"),
        answers={**_READ, 206: "The part that was asked for."},
        media=_media(*GRAPHS),
        refuses=(404, 412, 416, 503),
    ),
    *(
        Route(
            path=path,
            name=name,
            tells="The ontology.",
            parameters=parameters,
            answers=_READ,
            media=(*_media(*GRAPHS), HTML),
            refuses=(404, 406, 412),
        )
        for path, name, parameters in (
            ("/ontology", "ontology", ("format",)),
            ("/ontology.{suffix}", "ontologyFile", ("suffix",)),
        )
    ),
    Route(
        path="/ontology/{name}",
        name="term",
        tells="One term: what it means, and examples from the graph.",
        parameters=("name",),
        answers=_SHOWN,
        refuses=(404, 412, *_ENGINE),
    ),
    Route(
        path="/vocabulary.json",
        name="vocabulary",
        tells="Prefixes, terms and names, for editors.",
        answers=_READ,
        media=(JSON,),
        refuses=(412, *_ENGINE),
    ),
    Route(
        path="/vocabulary/names.json",
        name="vocabularyNames",
        tells="The things whose names begin like these words.",
        parameters=("q",),
        answers=_READ,
        media=(JSON,),
        refuses=(412, *_ENGINE),
    ),
    Route(
        path="/vocabulary/labels.json",
        method="post",
        name="vocabularyLabels",
        tells="The labels of the things with these IRIs.",
        takes={FORM: {"type": "object", "properties": {"iri": _LIST}}},
        media=(JSON,),
        refuses=_ENGINE,
    ),
    Route(
        path="/.well-known/void",
        name="dataset",
        tells="The data set in VoID and DCAT.",
        parameters=("format",),
        answers=_READ,
        media=_media(*GRAPHS),
        refuses=(406, 412, *_ENGINE),
    ),
    Route(path="/openapi.json", name="openapi", tells="This.", answers=_READ, media=(JSON,), refuses=(412,)),
    Route(path="/livez", name="lives", tells="Whether the process answers at all.", media=(JSON,)),
    *(
        Route(path=path, name=name, tells="Whether queries are answered.", media=(JSON,), refuses=(503,))
        for path, name in (("/healthz", "isWell"), ("/readyz", "isReady"))
    ),
    Route(path="/metrics", name="metrics", tells="Counts, for Prometheus.", media=(PROMETHEUS,)),
)
PARAMETERS: Final[Mapping[str, Mapping[str, Any]]] = MappingProxyType(
    {
        "query": {"in": "query", "description": "The text of a query.", "schema": _STRING},
        "default-graph-uri": {"in": "query", "description": "Of the dataset; beats FROM.", "schema": _LIST},
        "named-graph-uri": {"in": "query", "description": "Of the dataset; beats FROM NAMED.", "schema": _LIST},
        "using-graph-uri": {"in": "query", "description": "Of the dataset that WHERE is matched in.", "schema": _LIST},
        "using-named-graph-uri": {"in": "query", "description": "Likewise, by name.", "schema": _LIST},
        "format": {"in": "query", "description": "A suffix or a media type; beats Accept.", "schema": _STRING},
        "graph": {"in": "query", "description": "The IRI of a graph.", "schema": {**_STRING, "format": "uri"}},
        "default": {"in": "query", "description": "The default graph.", "schema": _STRING, "allowEmptyValue": True},
        "q": {"in": "query", "description": "Words of a name.", "schema": _STRING},
        "kind": {"in": "query", "description": "A class, such as Leader.", "schema": _STRING},
        "page": {"in": "query", "description": "From 1.", "schema": {"type": "integer", "minimum": 1}},
        "retract": {"in": "query", "description": "Withdraw it altogether.", "schema": _STRING},
        "tag": {"in": "query", "description": "A subject.", "schema": _STRING},
        "limit": {
            "in": "query",
            "description": "The most rows that are wanted; the header KG-Truncated says that there are more.",
            "schema": {"type": "integer", "minimum": 1},
        },
        "excel": {"in": "query", "description": "CSV as spreadsheets open it.", "schema": _STRING},
        "name": {"in": "path", "required": True, "description": "Its name.", "schema": _STRING},
        "path": {"in": "path", "required": True, "description": "The end of an IRI, with strokes.", "schema": _STRING},
        "file": {"in": "path", "required": True, "description": "Such as leader/x.ttl.", "schema": _STRING},
        "direct": {"in": "path", "required": True, "description": "The end of a graph's name.", "schema": _STRING},
        "suffix": {
            "in": "path",
            "required": True,
            "description": "A format.",
            "schema": {"type": "string", "enum": [one.suffix for one in (*TABLES, *GRAPHS)]},
        },
        "If-Match": {"in": "header", "description": "The ETag of what is to be changed, or *.", "schema": _STRING},
        "Range": {"in": "header", "description": "The bytes of the part.", "schema": _STRING},
    }
)
# What may become of any request before anybody looks at what it asks.
ANYWHERE: Final = (400, 408, 413, 414, 429, 431, 500, 501, 503, 505)
