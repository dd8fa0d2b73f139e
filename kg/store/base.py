"""The beginning of the IRIs of things: what it must be like."""

from __future__ import annotations

from pyoxigraph import NamedNode


def fault_of_base(iri: str) -> str | None:
    """Why others cannot begin with this IRI; ``None`` where they can."""
    try:
        NamedNode(iri)
    except ValueError:
        return f"{iri!r} is no absolute IRI, such as https://example.org/kg/"
    if not iri.endswith(("/", "#")):
        return f"{iri!r} ends with neither / nor #: what is added would run into its last word; give {iri + '/'!r}"
    return None
