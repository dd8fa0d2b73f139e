"""The words of the records, from ``seeds/words/journey.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kg.config import shipped
from kg.errors import SeedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What heads a title, begins a remark, is a meeting, is a summit; all in lower case."""

    heads: tuple[str, ...]
    verbs: tuple[str, ...]
    other: tuple[str, ...]
    before: tuple[str, ...]
    encounters: tuple[str, ...]
    encounter_adjectives: tuple[str, ...]
    received: tuple[str, ...]
    instead: tuple[str, ...]
    plans: tuple[str, ...]
    attendance: tuple[str, ...]
    ministers: tuple[str, ...]
    series: Mapping[str, tuple[str, ...]]
    seat: Mapping[str, str]


@cache
def load_words() -> Words:
    """The shipped words.

    Raises:
        SeedError: a list is missing or is none.
    """
    path = shipped("seeds") / "words" / "journey.toml"
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        return Words(
            **{name: tuple(map(str, told[name])) for name in Words.__slots__ if name not in {"series", "seat"}},
            series={series: tuple(names) for series, names in told["series"].items()},
            seat={str(country): str(office) for country, office in told["seat"].items()},
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError) as error:
        raise SeedError(str(path), None, f"{error!r}") from error
