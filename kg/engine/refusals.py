"""What the processes that read and write tell of a refusal, as the error that it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from kg.config import Limits
from kg.engine.answer import EngineBusy, QueryTooLarge
from kg.engine.written import (
    NoSuchGraph,
    PreconditionFailed,
    StoreFull,
    UploadRefused,
    UploadTooLarge,
)
from kg.errors import KgError, QueryError, QueryNotReadOnly, QuerySyntaxError, QueryTooLong, StoreError

_PLACED: Final[Mapping[str, type[QueryError]]] = MappingProxyType(
    {
        "syntax": QuerySyntaxError,
        "QuerySyntaxError": QuerySyntaxError,
        "QueryNotReadOnly": QueryNotReadOnly,
        "QueryTooLarge": QueryTooLarge,
        "condition": PreconditionFailed,
        "missing": NoSuchGraph,
        "upload": UploadRefused,
    }
)
_MEMORY: Final = "this needed more memory than it may; nothing of it was done"
_MANY: Final = "the upload has more than {} triples"


class EngineRefused(QuerySyntaxError):
    """What the engine could read and will not do."""

    def __init__(self, engine_says: str) -> None:
        """Keep its words."""
        super().__init__(f"the engine refused the update: {engine_says[:300]}")
        self.engine_says = engine_says


def refusal(head: dict[str, Any], limits: Limits) -> KgError:
    """The error that a process told of."""
    kind = head["error"]
    if kind in _PLACED:
        placed = {name: head.get(name) for name in ("line", "column", "hint")}
        return _PLACED[kind](head["message"], **placed)
    return _made(kind, head.get("message", ""), limits)


def _made(kind: str, message: str, limits: Limits) -> KgError:
    made: dict[str, Callable[[], KgError]] = {
        "busy": lambda: EngineBusy("a build or another writer holds the store", hint="Try again in a few seconds."),
        "full": lambda: StoreFull(f"the disk is full: {message}"),
        "disk": lambda: StoreFull("what was uploaded could not be written to the disk"),
        "memory": lambda: QueryTooLong(_MEMORY, hint="Do less at once."),
        "many": lambda: UploadTooLarge(_MANY.format(limits.upload_quads), hint="Send it in parts, by POST."),
        "engine": lambda: EngineRefused(message),
    }
    return made[kind]() if kind in made else StoreError(f"the store could not be written: {message}")
