"""Pieces of pattern that the rules of contacts share."""

from __future__ import annotations

from typing import Final

# What may stand between a verb and the one it is done with: no other party, no verb, no new clause.
LOOSE: Final = (
    "<^P|Q|R|G|;|:|and|but|who|which|verb|said|met|held|talks|meeting|call|where|while|possessive>{0,12}"
)  # fmt: skip
ADJ: Final = (
    "<summit_noun|adjective|an|the|also|A|C|U|0|w|N|S|O|T|first_meeting|brief|trilateral|together|visiting|-|,|and|L|his|"
    'possessive|of|leading|two|three|four|">{0,9}'
)
NOUN: Final = "noun=(<talks|meeting|call|video>)"
OTHER: Final = "other=(<P|Q|R>)"
WITH: Final = "<with|between>"
VIA: Final = "via=(<by_phone|by_video>)"
