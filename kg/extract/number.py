"""Numbers in words: cardinals, ordinals, jubilees."""

from __future__ import annotations

import re
from typing import Final

from kg.model.entity import fold

_VALUES: Final = {
    "a": 1, "an": 1, "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11,
    "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15,
    "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
    "fortieth": 40, "fiftieth": 50, "sixtieth": 60, "seventieth": 70, "eightieth": 80, "ninetieth": 90,
    "hundredth": 100,
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
_WHOLE: Final = {
    "golden": 50, "silver": 25, "diamond": 60, "platinum": 70, "ruby": 40, "centenary": 100, "centennial": 100,
    "bicentenary": 200, "bicentennial": 200, "sesquicentennial": 150, "tercentenary": 300, "semicentennial": 50,
    "half": 50, "quarter": 25, "quadricentennial": 400,
}  # fmt: skip


def number_of(text: str) -> int | None:
    """The number that "60th", "sixty", "thirty-fifth", "one hundred and twentieth" or "golden jubilee" names.

    ``None`` where the words name none; "half a century" is 50, "a quarter of a century" 25.
    """
    digits = re.fullmatch(r"(\d{1,4})(?:st|nd|rd|th)?", text.strip(), re.IGNORECASE)
    if digits:
        return int(digits[1]) or None
    total = 0
    for word in re.split(r"[\s\-\u2011]+", fold(text.strip())):
        if word in _WHOLE:
            return _WHOLE[word]
        if word in {"hundred", "century", "hundredth"}:
            total = max(total, 1) * 100
        elif word in _VALUES:
            total += _VALUES[word]
        elif word != "and":
            break
    return total or None
