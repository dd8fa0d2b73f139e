"""Whatever is refused, for whatever reason, is told together with what to do."""

from __future__ import annotations

from http import HTTPStatus

import pytest

from kg.engine.written import StoreFull
from kg.errors import KgError, StoreError
from kg.web.errors import STATUS, refusal, refusal_of


@pytest.mark.parametrize("kind", STATUS, ids=lambda kind: kind.__name__)
def test_every_error_of_ours_has_its_status_and_says_what_to_do(kind: type[KgError]) -> None:
    told = refusal_of(kind("the reason"))
    assert (told.status, told.error) == (STATUS[kind], STATUS[kind].phrase)
    assert told.message
    assert told.hint


@pytest.mark.parametrize("status", [status for status in HTTPStatus if status >= 400])
def test_every_refusal_of_http_says_what_to_do(status: HTTPStatus) -> None:
    told = refusal(status)
    assert told.message
    assert told.hint
    assert refusal(status, "of this", "do that").hint == "do that"


@pytest.mark.parametrize(("kind", "part"), [(StoreFull, "room"), (StoreError, "Try again")])
def test_a_store_that_fails_names_no_folder(kind: type[StoreError], part: str) -> None:
    told = refusal_of(kind("/srv/diplomacy/graph/000012.sst: input/output error"))
    assert "/srv" not in f"{told.message} {told.hint}"
    assert part in told.hint
