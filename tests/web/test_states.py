"""Editors of different graphs over HTTP: each If-Match is about one graph, whoever writes or builds meanwhile."""

from __future__ import annotations

import http.client
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest

from kg.store.by_hand import ByHand
from kg.store.rebuild import rebuild
from tests.durability.groups import TOKEN, start

pytestmark = [pytest.mark.server, pytest.mark.skipif(sys.platform == "win32", reason="processes in groups")]
BUILT = "<a:one> <a:p> 1 . <a:article> { <a:one> <a:said> 1 }"
MINE, YOURS, BUILDS = "http://example.org/mine", "http://example.org/yours", "a:article"
# Of one test alone: from then on it is the build's, and the tests come in any order.
TAKEN = "http://example.org/taken"


class Editor:
    """A person with an editor of graphs."""

    def __init__(self, address: str) -> None:
        self._address = address
        self.said = ""

    def ask(self, method: str, graph: str, body: str = "", **headers: str) -> http.client.HTTPResponse:
        """The answer, read."""
        told = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "text/turtle", "Accept": "application/n-triples"}
        told |= {name.replace("_", "-"): value for name, value in headers.items()}
        which = f"graph={quote(graph, safe='')}" if graph else "default"
        with closing(http.client.HTTPConnection(self._address, timeout=60)) as line:
            line.request(method, f"/store?{which}", body, told)
            answer = line.getresponse()
            self.said = answer.read().decode()
            return answer

    def see(self, graph: str) -> str:
        """The tag of the graph."""
        answer = self.ask("GET", graph)
        assert answer.status == 200, self.said
        return answer.headers["ETag"]

    def change(self, graph: str, tag: str, number: int) -> int:
        """The status of a PUT of what was seen under this tag, changed."""
        return self.ask("PUT", graph, f"<a:s> <a:n> {number} .", If_Match=tag).status


def build(root: Path, trig: str) -> None:
    store = ox.Store()
    store.load(trig, format=ox.RdfFormat.TRIG)
    rebuild(root, store, {}, ByHand.KEEP)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    root = tmp_path_factory.mktemp("states")
    build(root, BUILT)
    server, address = start(root, "--update")
    with server:
        yield address.removeprefix("http://").rstrip("/"), root
        server.terminate()
    assert server.returncode == 0


def test_two_editors_of_two_graphs_are_never_in_each_others_way(store: tuple[str, Path]) -> None:
    def edit(graph: str) -> list[int]:
        editor = Editor(store[0])
        editor.ask("PUT", graph)
        return [editor.change(graph, editor.see(graph), number) for number in range(15)]

    with ThreadPoolExecutor(2) as people:
        assert list(people.map(edit, (MINE, YOURS))) == [15 * [204]] * 2


def test_two_editors_of_one_graph_never_overwrite_each_other(store: tuple[str, Path]) -> None:
    Editor(store[0]).ask("PUT", MINE, "<a:s> <a:n> 0 .")

    def count_up(_: int) -> int:
        """How often this one counted up."""
        editor, done = Editor(store[0]), 0
        for _ in range(15):
            tag = editor.see(MINE)
            number = int(editor.said.split('"')[1])
            status = editor.change(MINE, tag, number + 1)
            assert status in {204, 412}
            done += status == 204
        return done

    with ThreadPoolExecutor(2) as people:
        done = sum(people.map(count_up, range(2)))
    reader = Editor(store[0])
    reader.see(MINE)
    assert f'"{done}"' in reader.said
    assert done >= 15


def test_a_build_in_between_changes_the_tags_of_its_own_graphs_alone(store: tuple[str, Path]) -> None:
    address, root = store
    editor = Editor(address)
    for graph in (MINE, YOURS):
        editor.ask("PUT", graph, "_:b <a:n> 1 .")
    tags = {graph: editor.see(graph) for graph in (MINE, YOURS, BUILDS, "")}
    build(root, BUILT.replace("1", "2"))
    assert editor.ask("GET", MINE, If_None_Match=tags[MINE]).status == 304
    assert [editor.change(graph, tags[graph], 7) for graph in (BUILDS, "", MINE, MINE)] == [412, 412, 204, 412]
    build(root, BUILT.replace("1", "3"))
    assert editor.ask("DELETE", YOURS, If_Match=tags[YOURS]).status == 204


def test_a_graph_that_a_build_takes_for_its_own_has_a_new_tag(store: tuple[str, Path]) -> None:
    address, root = store
    editor = Editor(address)
    editor.ask("PUT", TAKEN, "<a:s> <a:n> 1 .")
    tag = editor.see(TAKEN)
    build(root, f"{BUILT} <{TAKEN}> {{ <a:s> <a:n> 2 }}")
    assert editor.change(TAKEN, tag, 3) == 412
