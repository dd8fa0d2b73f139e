"""What every response says to browsers, and what no request makes us read."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from flask import Request
from werkzeug.datastructures import MIMEAccept
from werkzeug.utils import cached_property

HEADERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Content-Security-Policy": (
            "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
            "frame-ancestors 'none'"
        ),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
)
_LONGEST_ACCEPT: Final = 16_384


class Asked(Request):
    """A request whose ``Accept`` is read only where it is of a length that a client could mean."""

    @cached_property
    def accept_mimetypes(self) -> MIMEAccept:
        """What it accepts; nothing, which is anything, where the line is too long to be meant (RFC 9110, 12.5.1)."""
        if len(self.headers.get("Accept", "")) > _LONGEST_ACCEPT:
            return MIMEAccept()
        return super().accept_mimetypes
