"""What every view needs: the settings, the reader, the saved questions, today; kept with the app."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from flask import current_app

from kg.config import Settings
from kg.engine.census import Census, Registry
from kg.engine.reader import Reader
from kg.query.saved import SavedQuery
from kg.web.desk import Desk
from kg.web.downloads import Downloads
from kg.web.pulse import Pulse

if TYPE_CHECKING:
    from kg.web.access import Door
    from kg.web.built import Built

KEY: Final = "diplomacy-kg"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One graph to show; ``today`` is asked at each request, and ``door`` leads to the writer, if there is one."""

    settings: Settings
    reader: Reader
    queries: Mapping[str, SavedQuery]
    today: Callable[[], dt.date]
    desk: Desk
    built: Built
    downloads: Downloads = field(default_factory=Downloads)
    door: Door | None = None
    registry: Registry = field(default_factory=Registry)
    pulse: Pulse = field(default_factory=Pulse)

    def census(self) -> Census:
        """How much the live generation holds."""
        return self.registry.census(self.reader.pool)

    def thing(self, path: str) -> str:
        """The IRI of the thing with this path."""
        return f"{self.settings.base_iri}id/{path}"

    def path(self, iri: str) -> str | None:
        """The path of a thing of ours; ``None`` for all other IRIs."""
        begin = f"{self.settings.base_iri}id/"
        return iri.removeprefix(begin) if iri.startswith(begin) and len(iri) > len(begin) else None


def site() -> Site:
    """The site of the current app."""
    found = current_app.extensions[KEY]
    assert isinstance(found, Site)
    return found
