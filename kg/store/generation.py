"""Generations: immutable stores on disk, each with its manifest, and one small file that names the live one.

A generation is written beside the live one, verified, and only then named in ``current`` by an atomic rename; readers
never see half of it. Making them is the neighbours' work (:mod:`kg.store.publish`), as is reading graphs
(:mod:`kg.store.graph`, :mod:`kg.engine`).
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

import pyoxigraph as ox

from kg.errors import StoreDamaged, StoreError
from kg.store import manifest as manifests
from kg.store.lock import alone, lease
from kg.store.sorting import SortedLines
from kg.store.states import States

# The file that says how many quads there are, where they were counted after the generation went live.
COUNT: Final = "count"
# The files of a build that tell of changes by people which it put on top of its own graphs.
BY_HAND: Final = ("by-hand.added.nq", "by-hand.removed.nq")
# Of a digest, as much as tells one generation from all others.
_MARK: Final = 16
# No store has had more generations.
_DIGITS: Final = 18
EXPORT_NAME: Final = re.compile(r"[a-z0-9][a-z0-9.-]*")


class GenerationGone(StoreError):
    """A generation that was dropped, for newer ones took its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Generation:
    """One immutable store; ``path`` is its folder, ``built`` the number of the build that it goes back to.

    ``digest`` tells its content from every other: of a build the SHA-256 of its sorted canonical N-Quads, of what was
    written over HTTP since that of its files. ``people`` are the graphs of a build that were written by people before.
    """

    number: int
    path: Path
    counted: int
    digest: str
    built: int = 0
    people: frozenset[str] = frozenset()
    is_exact: bool = True
    written: States | None = None
    told: str | None = None

    @property
    def content(self) -> str:
        """The digest that people may compare; empty of a graph elsewhere that nobody told of.

        What ``told`` says, a server elsewhere said: then ``digest`` tells its states apart, and nothing more.
        """
        return self.digest if self.told is None else self.told

    @property
    def states(self) -> States:
        """By which write each graph came to be as it is; a build wrote all of them."""
        return self.written or States(others=self.digest[:_MARK])

    @property
    def quads(self) -> int:
        """How many quads it holds; about so many while that of a large one is still being counted."""
        if not self.is_exact:
            with contextlib.suppress(OSError, ValueError):
                return int((self.path / COUNT).read_text(encoding="ascii"))
        return self.counted

    @property
    def graph_path(self) -> Path:
        """The folder that Oxigraph opens."""
        return self.path / "graph"

    @property
    def is_build(self) -> bool:
        """Whether a build wrote it, and nobody since."""
        return self.built in {0, self.number}

    @property
    def is_as_counted(self) -> bool:
        """Whether the default graph is as the build made it that counted it: nobody has changed it by hand since."""
        if self.is_build:
            return not self._has_changes(self.path)
        try:
            build = read_generation(self.path.parent.parent, self.built)
        except StoreError:
            return False
        return self.states.of(None) == build.states.of(None) and not self._has_changes(build.path)

    @staticmethod
    def _has_changes(folder: Path) -> bool:
        """Whether a build kept changes that people had made to its graphs."""
        return any((folder / name).exists() for name in BY_HAND)

    def export(self, name: str) -> Path | None:
        """The file of an export that was published with this generation."""
        if not EXPORT_NAME.fullmatch(name):
            return None
        file = self.path / "exports" / name
        return file if file.is_file() else None

    @property
    def exports(self) -> tuple[str, ...]:
        """The names of all exports that were published with this generation."""
        folder = self.path / "exports"
        return tuple(sorted(file.name for file in folder.iterdir())) if folder.is_dir() else ()

    def lease(self) -> IO[bytes]:
        """What keeps the generation on disk until it is closed; no file of it is missing or cut short.

        Raises:
            GenerationGone: it is dropped already.
            StoreError: it is damaged: Oxigraph would take a store without its end for an empty one.
        """
        try:
            held = lease(self.path / manifests.NAME)
        except OSError as error:
            raise GenerationGone(f"generation {self.number} is gone: a newer one took its place") from error
        try:
            self.check(by_content=False)
        except BaseException:
            held.close()
            raise
        return held

    def check(self, *, by_content: bool) -> None:
        """Nothing; its files are as its manifest says, by size or by every byte.

        Raises:
            StoreError: it is damaged; the message names the first file that differs.
        """
        damaged = f"generation {self.number} is damaged"
        try:
            manifest = manifests.read_manifest(self.path, self.number)
            for fault in manifests.faults(self.path, manifest, by_content=by_content):
                raise StoreDamaged(f"{damaged}: {fault}")
        except OSError as error:
            raise StoreDamaged(f"{damaged}: {error}") from error

    def open(self) -> ox.Store:
        """The store, read-only; it stays on the disk until this program ends.

        Raises:
            StoreError: Oxigraph cannot read it.
        """
        with self.lease() as held:
            # The lease goes with the last descriptor of the file.
            os.dup(held.fileno())
        return self.peek()

    def peek(self) -> ox.Store:
        """The store, read-only, for those who know that it stays. Raises as :meth:`open` does."""
        try:
            return ox.Store.read_only(str(self.graph_path))
        except (OSError, ValueError, RuntimeError) as error:
            raise StoreDamaged(f"generation {self.number} cannot be opened: {error}") from error


def publish(root: Path, quads: Iterable[ox.Quad], *, exports: Mapping[str, bytes] | None = None) -> Generation:
    """A new verified generation that holds exactly these quads, now the live one.

    ``exports`` are files by name that are kept and served with it. If anything fails, the generation that was live
    before is live still, and nothing of the new one remains.

    Raises:
        StoreError: it could not be written, or does not read back as written.
    """
    from kg.store.publish import Draft, publish_draft

    with alone(root):
        return publish_draft(root, Draft(quads=quads, exports=exports or {}))


def current(root: Path) -> Generation:
    """The live generation of the store in this folder, by its manifest; its content is not read (see :func:`verify`).

    Raises:
        StoreError: there is no store here, or what ``current`` names is damaged.
    """
    try:
        name = (root / "current").read_text(encoding="ascii").strip()
    except FileNotFoundError:
        raise _nothing(root) from None
    except (OSError, UnicodeDecodeError) as error:
        raise StoreDamaged(f"the file 'current' of {root} cannot be read: {error}") from error
    if not name.isdecimal() or len(name) > _DIGITS:
        raise StoreDamaged(f"the file 'current' of {root} names no generation: {name[:40]!r}")
    return read_generation(root, int(name))


def numbers(root: Path) -> list[int]:
    """The numbers of all generations that are there, sound or not, in order."""
    folder = root / "generations"
    return sorted(int(entry.name) for entry in folder.iterdir() if entry.name.isdecimal()) if folder.is_dir() else []


def _nothing(root: Path) -> StoreError:
    if numbers(root):
        return StoreDamaged(f"the file 'current' of {root} is missing, which names the live generation")
    return StoreError(f"there is no store in {root}: build one with 'kg build'")


def read_generation(root: Path, number: int) -> Generation:
    """The generation of this number, by its manifest.

    Raises:
        StoreError: it is damaged.
    """
    folder = root / "generations" / str(number)
    if not folder.is_dir():
        raise StoreDamaged(f"generation {number} is missing")
    manifest = manifests.read_manifest(folder, number)
    try:
        return Generation(
            number=number,
            path=folder,
            counted=int(manifest["quads"]),
            is_exact=bool(manifest.get("exact", True)),
            digest=str(manifest["digest"]),
            built=int(manifest.get("built", number)),
            people=frozenset(manifest.get("people", ())),
            written=States.read(manifest.get("states"), str(manifest["digest"])[:_MARK]),
        )
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise StoreDamaged(f"generation {number} is damaged: its manifest says no {error}") from error


def verify(generation: Generation, *, deep: bool = True) -> None:
    """Nothing; the generation is on disk as its manifest says: each file by size and checksum, the quads by number.

    ``deep`` also reads every quad of a build and compares the digest.

    Raises:
        StoreError: it is damaged; the message names the generation and what differs.
    """
    generation.check(by_content=True)
    damaged = f"generation {generation.number} is damaged"
    store = generation.peek()
    is_counted = generation.is_exact or (generation.path / COUNT).is_file()
    if is_counted and len(store) != generation.quads:
        raise StoreDamaged(f"{damaged}: {len(store)} quads instead of {generation.quads}")
    if deep and digest_of(generation, store) != generation.digest:
        raise StoreDamaged(f"{damaged}: its quads are not those that were published")


def digest_of(generation: Generation, store: ox.Store) -> str:
    """The digest that the generation should have by what it holds."""
    if generation.is_build:
        return digest(store)
    manifest = manifests.read_manifest(generation.path, generation.number)
    return manifests.Files(sizes=manifest["files"], sums=manifest["sums"]).digest


def digest(quads: Iterable[ox.Quad]) -> str:
    """The SHA-256 of the canonical N-Quads, sorted by code point, one a line."""
    total = hashlib.sha256()
    with tempfile.TemporaryDirectory(prefix="kg-digest.") as folder:
        lines = SortedLines(Path(folder))
        if isinstance(quads, ox.Store):
            quads.dump(lines.sink, format=ox.RdfFormat.N_QUADS)
        else:
            ox.serialize(quads, lines.sink, format=ox.RdfFormat.N_QUADS)
        for line in lines.lines():
            total.update(line)
    return total.hexdigest()


def canonical_lines(quads: Iterable[ox.Quad]) -> list[bytes]:
    """The quads as canonical N-Quads lines (RDF 1.2 N-Quads, 3), each once, sorted."""
    if isinstance(quads, ox.Store):
        written = quads.dump(format=ox.RdfFormat.N_QUADS)
    else:
        written = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
    assert written is not None  # without an output it returns the bytes
    return sorted(set(written.splitlines(keepends=True)))
