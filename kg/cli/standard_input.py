"""What comes in on standard input, as a file that worker processes can read."""

from __future__ import annotations

import shutil
import sys
import tempfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kg.read.remote import Location

DASH: Final = Path("-")
NAME: Final = "stdin"
_GZIP: Final = b"\x1f\x8b"
_BEGIN: Final = 1 << 16


@contextmanager
def with_standard_input(
    sources: Sequence[Location],
) -> Iterator[tuple[tuple[Location, ...], Mapping[Location, str]]]:
    """The sources with a file in place of ``-``, and what that file is called; it is gone afterwards."""
    if DASH not in sources:
        yield tuple(sources), {}
        return
    with tempfile.TemporaryDirectory(prefix="kg-") as folder:
        file = _spooled(Path(folder))
        kept = dict.fromkeys(file if source == DASH else source for source in sources)
        yield tuple(kept), {file: NAME}


def _spooled(folder: Path) -> Path:
    """Standard input as a file whose name says its format."""
    from kg.read.formats import suffix_for

    plain = folder / NAME
    with plain.open("wb") as copy:
        shutil.copyfileobj(sys.stdin.buffer, copy)
    with plain.open("rb") as copy:
        begin = copy.read(_BEGIN)
    packed = ".gz" if begin.startswith(_GZIP) else ""
    return plain.rename(folder / f"{NAME}{suffix_for(_unpacked(begin) if packed else begin)}{packed}")


def _unpacked(begin: bytes) -> bytes:
    """The beginning of what is packed; nothing where it is damaged."""
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(begin, _BEGIN)
    except zlib.error:
        return b""
