"""The scripts of the pages, as they were bundled from ``frontend``; without them every page is plain, and works."""

from __future__ import annotations

import json
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Final, Self

from flask import Blueprint, Flask, Response, abort

from kg.web.site import site

bp = Blueprint("built", __name__)

FOLDER: Final = Path(__file__).parent / "static" / "built"
LICENCES: Final = "licences.txt"
# A name tells the content: what a browser has under it stays right.
_FOR_EVER: Final = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What was made of one source: a script with those that it needs at once, or a style sheet."""

    script: str | None = None
    style: str | None = None
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """The parts by the names of their sources, and what each file holds, whatever is bundled meanwhile."""

    parts: Mapping[str, Part] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self.parts)

    @classmethod
    def read(cls, folder: Path) -> Self:
        """What lies in the folder; nothing where no manifest does."""
        manifest = folder / "manifest.json"
        if not manifest.is_file():
            return cls()
        told = json.loads(manifest.read_text(encoding="utf-8"))
        parts = {
            name: Part(script=part.get("script"), style=part.get("style"), needs=tuple(part.get("needs", ())))
            for name, part in told.items()
        }
        named = (file for file in folder.iterdir() if not file.name.startswith(".") and file != manifest)
        files = {file.name: file.read_bytes() for file in named}
        return cls(parts=MappingProxyType(parts), files=MappingProxyType(files))

    def style(self, name: str) -> str | None:
        """The file of a style sheet."""
        part = self.parts.get(name)
        return part.style if part else None

    def script(self, name: str) -> str | None:
        """The file of a script."""
        part = self.parts.get(name)
        return part.script if part else None

    def ahead(self, *names: str) -> list[str]:
        """The files that a page will ask for with these scripts, to be fetched side by side."""
        found = [self.parts[name] for name in names if name in self.parts]
        return list(dict.fromkeys(file for part in found for file in (part.script, *part.needs) if file))


@bp.get("/static/built/<name>")
def file(name: str) -> Response:
    """One file, to be kept for ever; the licences carry no mark of their content, and are asked for anew."""
    content = site().built.files.get(name)
    if content is None:
        abort(404)
    media = mimetypes.guess_type(name)[0] or "application/octet-stream"
    response = Response(content, content_type=f"{media}; charset=utf-8")
    if name != LICENCES:
        response.headers["Cache-Control"] = _FOR_EVER
    return response


def register(app: Flask) -> None:
    """Nothing; templates know what is there."""
    app.register_blueprint(bp)
    app.jinja_env.globals.update(built=lambda: site().built)
