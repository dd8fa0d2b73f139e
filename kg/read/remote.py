"""Files at addresses: object stores, web servers, whatever fsspec reads, as far as readers need what a path can do.

Addresses are those of fsspec (``s3://bucket/2025/``, ``https://host/news.jsonl.gz``); keys come from its own settings
and from the environment, never in an address, which the graph would tell.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path, PurePosixPath
from typing import IO, Any, BinaryIO, Final, Literal, TextIO, TypeAlias, TypeVar, overload
from urllib.parse import urlsplit

from kg.errors import ConfigError

T = TypeVar("T")
_ADDRESS: Final = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_BLOCK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Remote:
    """A file, a folder or a pattern at an address; what fails on the way to it is an ``OSError``, whatever it was."""

    address: str

    def __str__(self) -> str:
        """The address."""
        return self.address

    @property
    def name(self) -> str:
        """What is behind the last slash."""
        return PurePosixPath(self.address).name

    @property
    def suffix(self) -> str:
        """The end of the name, with its dot."""
        return PurePosixPath(self.name).suffix

    def exists(self) -> bool:
        """Whether there is a file or a folder."""
        return bool(_tried(lambda: self._system().exists(self._path())))

    def is_dir(self) -> bool:
        """Whether it is a folder."""
        return bool(_tried(lambda: self._system().isdir(self._path())))

    def files(self) -> list[Remote]:
        """All files of the folder, also in folders of it, by their addresses."""
        return self._all(lambda: self._system().find(self._path()))

    def matches(self) -> list[Remote]:
        """The files and folders that the address is a pattern of."""
        return self._all(lambda: self._system().glob(self._path()))

    @overload
    def open(self, mode: Literal["rb"] = ...) -> BinaryIO: ...

    @overload
    def open(self, mode: str = ..., *, encoding: str, newline: str | None = ...) -> TextIO: ...

    def open(self, mode: str = "rb", *, encoding: str | None = None, newline: str | None = None) -> IO[Any]:
        """The file's bytes or, with an encoding, its text; it is fetched while it is read."""
        plain = io.BufferedReader(_Fetched(_tried(lambda: self._system().open(self._path(), "rb"))), _BLOCK)
        return plain if "b" in mode else io.TextIOWrapper(plain, encoding=encoding, newline=newline)

    def read_bytes(self) -> bytes:
        """All of it."""
        with self.open() as stream:
            return stream.read()

    def _all(self, find: Callable[[], list[str]]) -> list[Remote]:
        system = self._system()
        return [Remote(address) for address in sorted(map(system.unstrip_protocol, _tried(find)))]

    def _system(self) -> Any:
        from fsspec.core import url_to_fs

        return _tried(lambda: url_to_fs(self.address)[0])

    def _path(self) -> str:
        return str(self._system()._strip_protocol(self.address))  # noqa: SLF001  # fsspec's own name for it


Location: TypeAlias = Path | Remote
"""Where a source lies."""


class _Fetched(io.RawIOBase):
    """The bytes of a file of fsspec; whatever its reading raises is an ``OSError``."""

    def __init__(self, file: BinaryIO) -> None:
        """Begin at the beginning."""
        super().__init__()
        self.file = file

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: Any) -> int:
        """The next bytes."""
        room = memoryview(buffer)
        piece = _tried(lambda: self.file.read(len(room)))
        room[: len(piece)] = piece
        return len(piece)

    def tell(self) -> int:
        """How many bytes were read."""
        return self.file.tell()

    def close(self) -> None:
        """Nothing; no more is fetched."""
        if not self.closed:
            self.file.close()
        super().close()


def located(source: str) -> Location:
    """Where a source lies that somebody names: a path, or an address if it begins as one.

    Raises:
        ConfigError: fsspec or what it needs for such addresses is not installed, or the address tells secrets.
    """
    return _address(source) if _ADDRESS.match(source) else Path(source)


def absolute(location: Location) -> Location:
    """The same from the root on."""
    return location.absolute() if isinstance(location, Path) else location


def _address(source: str) -> Remote:
    if find_spec("fsspec") is None:
        raise ConfigError("to read from addresses, install diplomacy-kg[remote]")
    from fsspec.core import url_to_fs

    told = urlsplit(source)
    scheme = told.scheme.lower()
    if told.password is not None:
        where = "in the settings of fsspec or in the environment"
        raise ConfigError(f"an address with a password would be told by the graph: passwords and keys stand {where}")
    if scheme in {"http", "https"} and "?" in source:
        raise ConfigError(f"{source.partition('?')[0]}: an address with a query is not read")
    try:
        system, path = url_to_fs(source)
    except (ImportError, ValueError) as error:
        raise ConfigError(f"{scheme}:// cannot be read: {error}") from error
    return Remote(system.unstrip_protocol(path))


def _tried(act: Callable[[], T]) -> T:
    """What comes of it.

    Raises:
        OSError: whatever went wrong.
    """
    try:
        return act()
    except OSError:
        raise
    except Exception as error:  # each kind of store raises what its own library does
        told = " ".join(str(error).split()) or type(error).__name__
        raise OSError(None, told[:200]) from error
