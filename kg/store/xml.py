"""XML that every parser reads, whatever the literals hold; apart from the exports, so that a worker starts fast."""

from __future__ import annotations

import re
from typing import Final

_ILLEGAL: Final = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")


def legal_xml(content: bytes) -> bytes:
    """The XML with U+FFFD in the place of characters that no XML may hold (XML 1.0, 2.2)."""
    return _ILLEGAL.sub("\ufffd".encode(), content)
