"""One query on its way through the pool: what is asked, what its worker is told, and the refusals it may meet."""

from __future__ import annotations

import builtins
from dataclasses import asdict, dataclass, replace
from functools import cached_property, lru_cache
from typing import Any, Self

from kg.config import Limits
from kg.engine import wire
from kg.engine.answer import AnswerTooLarge, Question, ResultFormat
from kg.engine.asker import Asker
from kg.engine.cut import limited
from kg.engine.guard import Checked, Form
from kg.engine.history import Keys, keys
from kg.engine.prologue import directives
from kg.errors import KgError, QuerySyntaxError, QueryTooLong, StoreDamaged


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One query on its way: what is asked, what it may use, and who waits for it."""

    question: Question
    query: Checked
    format: ResultFormat
    rows: int
    bytes: int
    limits: Limits
    by: Asker
    ours: bool

    @classmethod
    def of(cls, question: Question, query: Checked, limits: Limits, by: Asker, *, ours: bool = False) -> Self:
        """The question under these limits; ``ours`` says that it is one of our own.

        Raises:
            QuerySyntaxError: its answer cannot be written so.
        """
        return cls(
            question=question,
            query=query,
            format=_format(question, query),
            rows=min(question.rows or limits.rows, limits.rows),
            bytes=min(question.bytes or limits.bytes, limits.bytes),
            limits=limits,
            by=by,
            ours=ours,
        )

    def again(self, by: Asker) -> Self:
        """The same, asked by this one; what was found out about it is known already."""
        _ = self.keys, self.what, self.message
        other = object.__new__(type(self))
        # Quicker than dataclasses.replace, which would forget what was found out.
        other.__dict__.update(self.__dict__, by=by)
        return other

    @cached_property
    def keys(self) -> Keys:
        """What it is known by; made when it is its client's turn."""
        return keys(self.query, *self.question.default_graphs, "", *self.question.named_graphs)

    @cached_property
    def what(self) -> tuple[object, ...]:
        """All that its answer depends on beside the generation; empty where it may come out otherwise next time."""
        if self.ours or self.query.is_volatile:
            return ()
        asked = self.question
        return asked.text, self.format, asked.base, asked.default_graphs, asked.named_graphs, self.rows, self.bytes

    @cached_property
    def names_its_graphs(self) -> bool:
        """Whether the query says itself what it is asked over."""
        return any("FROM" in token.word for token in self.query.tokens)

    @cached_property
    def job(self) -> dict[str, Any]:
        """What the worker is told: what was read here once need not be read there again."""
        return {
            "text": self.question.text,
            "form": self.query.form,
            "run": limited(self.query, self.rows + 1) if self.query.form is Form.SELECT else self.query.text,
            "prologue": directives(self.query.tokens) if self.query.form.is_graph else "",
            "format": self.format,
            "base": self.question.base,
            "default_graphs": self.question.default_graphs,
            "named_graphs": self.question.named_graphs,
            "rows": self.rows,
            "limits": _told(self.limits, self.bytes),
        }

    @cached_property
    def message(self) -> builtins.bytes:
        """The same as it is sent."""
        return wire.write(self.job)


@lru_cache(maxsize=16)
def _told(limits: Limits, most: int) -> dict[str, Any]:
    """The limits as the worker is told them, where they are not the usual ones; nobody changes them."""
    usual = asdict(Limits())
    told = asdict(replace(limits, bytes=most))
    return {name: value for name, value in told.items() if value != usual[name]}


def _format(question: Question, query: Checked) -> ResultFormat:
    fallback = ResultFormat.TURTLE if query.form.is_graph else ResultFormat.JSON
    written = question.format or fallback
    if written.is_graph != query.form.is_graph:
        kind = "a graph" if query.form.is_graph else "a table"
        raise QuerySyntaxError(f"the answer of {query.form.upper()} is {kind}: it cannot be written as {written}")
    return written


def stopped(limits: Limits) -> QueryTooLong:
    """The refusal of a query that took too long."""
    return QueryTooLong(
        f"the query was stopped after {limits.seconds:g} second{'' if limits.seconds == 1 else 's'}",
        hint="Ask for less: name a subject, add a FILTER, or a LIMIT inside a subquery.",
    )


def refusal(head: dict[str, Any], most: int) -> KgError:
    """The refusal that a worker tells of in the head of its answer; ``most`` bytes it might have."""
    match head["error"]:
        case "syntax":
            return QuerySyntaxError(head["message"], line=head["line"], column=head["column"], hint=head["hint"])
        case "size":
            return AnswerTooLarge(
                f"the answer is larger than {most // 1024**2} MiB", hint="Add a LIMIT, or ask for less."
            )
        case "memory":
            return AnswerTooLarge("the query needed more memory than one query may have", hint="Ask for less at once.")
        case _ if "Corruption" in head["message"]:
            return StoreDamaged(f"the generation that was asked is damaged: {head['message'][:300]}")
        case _:
            return QuerySyntaxError(f"the engine refused the query: {head['message']}")
