"""What a source stands for: files, folders, patterns, addresses."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest
from fsspec.implementations.memory import MemoryFileSystem
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ArticleError, ConfigError
from kg.model.text import Article
from kg.read import read_sources
from kg.read.remote import Location, Remote, located
from kg.read.under import files_under, is_there

REPORT = "Ministers meet\n\nForeign Minister Ana Rell met her counterpart from Norway in Lisbon on Friday.\n"
TREE = ["2025/b.txt", "2025/01/a.txt", "2025/01/c.md", "2025/.draft.txt", ".trash/x.txt", "2024/z.txt", "[old].txt"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in TREE:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(REPORT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def bucket() -> Iterator[str]:
    memory = fsspec.filesystem("memory")
    memory.store.clear()
    for name in TREE:
        memory.pipe(f"/bucket/{name}", REPORT.encode())
    yield "memory:///bucket"
    memory.store.clear()


@pytest.mark.parametrize(
    ("source", "files"),
    [
        ("2025", ["2025/01/a.txt", "2025/01/c.md", "2025/b.txt"]),
        ("2025/b.txt", ["2025/b.txt"]),
        ("2025/*.txt", ["2025/b.txt"]),
        ("2025/**/*.txt", ["2025/01/a.txt", "2025/b.txt"]),
        ("20*", ["2024/z.txt", "2025/01/a.txt", "2025/01/c.md", "2025/b.txt"]),
        ("202[45]/?.txt", ["2024/z.txt", "2025/b.txt"]),
        ("*/x.txt", ["*/x.txt"]),
        ("2025/.draft.txt", ["2025/.draft.txt"]),
    ],
)
def test_hidden_files_stay_away_unless_they_are_named(source: str, files: list[str], folder: Path, bucket: str) -> None:
    assert list(map(str, files_under(located(source)))) == files
    assert files_under(located(str(folder / source))) == [folder / file for file in files]
    assert list(map(str, files_under(located(f"{bucket}/{source}")))) == [f"{bucket}/{file}" for file in files]
    there = files != [source] or "*" not in source
    assert is_there(located(source)) is is_there(located(f"{bucket}/{source}")) is there


def test_a_file_that_is_called_like_a_pattern_is_that_file(folder: Path) -> None:
    assert files_under(Path("[old].txt")) == [Path("[old].txt")]
    assert files_under(folder / "[old].txt") == [folder / "[old].txt"]


def test_an_empty_folder_holds_nothing(tmp_path: Path) -> None:
    assert files_under(tmp_path) == []


@given(
    names=st.sets(st.text("ab.[*?", min_size=1, max_size=4).filter(lambda name: name not in {".", ".."}), max_size=6)
)
def test_every_file_of_a_folder_is_found_by_its_own_name(
    names: set[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("named")
    for name in names:
        (folder / name).touch()
    for name in names:
        assert files_under(folder / name) == [folder / name]
    assert set(files_under(folder)) == {folder / name for name in names if not name.startswith(".")}


def test_an_object_reads_as_the_file_does(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "b.txt.gz").write_bytes(gzip.compress(REPORT.encode()))
    memory = fsspec.filesystem("memory")
    for file in tmp_path.iterdir():
        memory.pipe(f"/same/{file.name}", file.read_bytes())
    here, there = (list(read_sources(located(str(f)), is_place=lambda _: False)) for f in (tmp_path, "memory://same"))
    assert [(a.text, a.headline) for a in here if isinstance(a, Article)] == [
        (a.text, a.headline) for a in there if isinstance(a, Article)
    ]
    assert [a.path for a in there if isinstance(a, Article)] == ["memory:///same/a.txt", "memory:///same/b.txt.gz"]


def test_an_object_that_fails_costs_itself(bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    open_one = Remote.open

    def broken(self: Remote, *args: str, **named: str) -> object:
        if self.name == "b.txt":
            raise OSError(None, "the store hung up")
        return open_one(self, *args, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(Remote, "open", broken)
    found = list(read_sources(located(f"{bucket}/2025"), is_place=lambda _: False))
    assert [str(each) for each in found if isinstance(each, ArticleError)] == [
        "memory:///bucket/2025/b.txt: the store hung up"
    ]
    assert len(found) == 3


class Moody(MemoryFileSystem):  # type: ignore[misc]
    """A store that raises what only its own library knows."""

    protocol = "moody"

    def find(self, path: str, *_: object, **__: object) -> list[str]:
        raise RuntimeError(f"AccessDenied for {path}\nrequest 17")

    def isdir(self, _path: str) -> bool:
        return True

    def exists(self, _path: str, **_: object) -> bool:
        raise RuntimeError("AccessDenied")


def test_a_store_that_refuses_is_told_in_one_line() -> None:
    fsspec.register_implementation("moody", Moody, clobber=True)
    place: Location = located("moody://bucket/2025")
    assert list(map(str, files_under(place))) == [f"{place}: cannot be read: AccessDenied for {place} request 17"]
    with pytest.raises(OSError, match="AccessDenied"):
        is_there(place)


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("s3://bucket/x.txt", r"s3:// cannot be read: Install s3fs"),
        ("nowhere://bucket/x.txt", r"nowhere:// cannot be read: Protocol not known"),
        ("https://me:secret@host/x.txt", r"with a password would be told by the graph"),
        ("https://host/x.txt?sig=secret", r"^https://host/x.txt: an address with a query is not read"),
    ],
)
def test_an_address_that_is_none_of_ours_is_refused(source: str, told: str) -> None:
    with pytest.raises(ConfigError, match=told) as refused:
        located(source)
    assert "secret" not in str(refused.value)


def test_a_path_with_a_colon_is_a_path() -> None:
    assert located("notes: a.txt") == Path("notes: a.txt")
    assert located(f"{os.sep}tmp:{os.sep}x") == Path("/tmp:/x")
