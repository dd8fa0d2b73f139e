"""The settings, read once at the door: options, then ``KG_…`` variables, then defaults."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.errors import ConfigError

BASE_IRI: Final = "https://w3id.org/diplomacy-kg/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one query of a stranger may use."""

    seconds: float = 10.0
    rows: int = 100_000
    bytes: int = 64 * 1024 * 1024
    query_characters: int = 100_000
    nesting: int = 64
    workers: int = 2
    # What takes longer than `quick_seconds` goes on in the slow lane, if one of its places is free.
    quick_seconds: float = 1.0
    slow_places: int = 2
    # Address space, of one worker and of all of them together; 0 is what every place of every lane needs.
    worker_memory: int = 2 * 1024**3
    total_memory: int = 0
    # Answers that their clients have not read to the end yet, together.
    spool_bytes: int = 1024**3
    # Requests that are not answered yet, heads and bodies, together; and clients that are connected at a time.
    request_bytes: int = 64 * 1024**2
    connections: int = 4096
    # Queries of one client at a time.
    client_queries: int = 2
    # What one update or upload may use.
    update_seconds: float = 60.0
    update_characters: int = 2_000_000
    upload_bytes: int = 64 * 1024 * 1024
    upload_quads: int = 2_000_000
    # Answers that are kept for those who ask the same, a quarter of it as whole responses; 0 keeps none.
    memory_bytes: int = 64 * 1024**2


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything a command may be told."""

    store: Path = Path("kg-store")
    # The address of the server that holds the graph, without its password; empty where the store does.
    server: str = ""
    base_iri: str = BASE_IRI
    # The IRI of the licence under which the graph may be used; empty where nobody says.
    licence: str = ""
    # Whose word is taken on who asks: addresses or networks of proxies.
    proxies: tuple[str, ...] = ()
    limits: Limits = Limits()
    # What a build does with changes that people made to its graphs: refuse, keep, discard.
    by_hand: str = "refuse"


def shipped(folder: str) -> Path:
    """The folder ``ontology``, ``seeds`` or ``queries``: beside the package in a checkout, inside it in a wheel.

    Raises:
        ConfigError: it is in neither place, so the installation is broken.
    """
    package = Path(__file__).resolve().parent
    for place in (package / "shipped" / folder, package.parent / folder):
        if place.is_dir():
            return place
    raise ConfigError(f"the folder {folder!r} is missing from this installation; install diplomacy-kg again")
