"""One server for all cases, and an order of the cases in which few of them load a new dataset."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.w3c.asking import held
from tests.w3c.endpoint import Endpoint, WritableEndpoint, serving, serving_writers
from tests.w3c.manifests import Case, Dataset, Kind


@pytest.fixture(scope="session")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    """The real server over a store of its own."""
    with serving(tmp_path_factory.mktemp("w3c")) as here:
        yield here


@pytest.fixture(scope="session")
def writable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WritableEndpoint]:
    """The real server over a store of its own, taking updates."""
    with serving_writers(tmp_path_factory.mktemp("w3c"), "a-token-that-nobody-guesses") as here:
        yield here


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The cases over one dataset come one after the other, wherever chance has put them: each loads what it needs,
    but hundreds of loads take minutes.
    """
    places = [at for at, item in enumerate(items) if _case(item) is not None]
    for at, item in zip(places, sorted((items[at] for at in places), key=_place), strict=True):
        items[at] = item


def _case(item: pytest.Item) -> Case | None:
    case = item.callspec.params.get("case") if isinstance(item, pytest.Function) and hasattr(item, "callspec") else None
    return case if isinstance(case, Case) else None


def _place(item: pytest.Item) -> tuple[str, Dataset]:
    case = _case(item)
    assert case is not None
    return str(item.path), held(case) if case.kind in {Kind.QUERY, Kind.CSV} else Dataset()
