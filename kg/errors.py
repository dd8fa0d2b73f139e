"""The one tree of errors; bad *data* is never here, it is a :class:`kg.model.fact.Problem`."""

from __future__ import annotations


class KgError(Exception):
    """Anything that stops a command; never raised itself."""


class ConfigError(KgError):
    """A setting that is not of its kind; the message names setting, value and what is allowed."""


class SeedError(KgError):
    """A line of seed data, a word list, a saved query or a fact sheet that does not say what it must."""

    def __init__(self, file: str, line: int | None, reason: str) -> None:
        """Name the file, its line (1-based, or ``None`` for the whole file) and the reason."""
        where = file if line is None else f"{file}:{line}"
        super().__init__(f"{where}: {reason}")
        self.file = file
        self.line = line
        self.reason = reason


class ArticleError(KgError):
    """A source file that is no article; rejected by name and reason, the rest of the batch goes on."""

    def __init__(self, path: str, reason: str) -> None:
        """Name the file and the reason."""
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class StoreError(KgError):
    """A store that cannot be opened, is damaged, or cannot be written."""


class StoreDamaged(StoreError):
    """A generation that is not as it was published, or a store whose live one cannot be told."""

    hint = (
        "'kg serve' puts it aside and serves the last sound generation, 'kg restore' brings a backup back, "
        "'kg build --by-hand keep' builds on the last sound one."
    )


class ClusterError(KgError):
    """A scheduler of Dask that cannot be reached, or whose workers cannot read for us."""


class QueryError(KgError):
    """A query that cannot be answered; ``line`` and ``column`` are 1-based, ``hint`` says what to do."""

    def __init__(
        self, message: str, *, line: int | None = None, column: int | None = None, hint: str | None = None
    ) -> None:
        """Keep the place and the hint beside the message."""
        super().__init__(message)
        self.line = line
        self.column = column
        self.hint = hint


class QuerySyntaxError(QueryError):
    """Not SPARQL 1.1, or a parameter that is not of its type."""


class QueryNotReadOnly(QueryError):
    """An update, or a query that would reach out of the store (``SERVICE``, ``LOAD``)."""


class QueryTooLong(QueryError):
    """Stopped at its deadline or at a limit on text, nesting, rows or bytes."""
