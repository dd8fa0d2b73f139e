"""Where places lie: the degrees of the towns that the seeds know, by the end of a place's IRI."""

from __future__ import annotations

import csv
import math
from functools import cache

from kg.config import shipped
from kg.engine.reader import Term
from kg.model.entity import slug


def coordinates(place: Term | None) -> tuple[float, float] | None:
    """Degrees of latitude and longitude (WGS 84) of a place of ours; ``None`` where nobody has told them."""
    if place is None or not place.is_iri or "/place/" not in place.value:
        return None
    return _towns().get(place.value.rpartition("/place/")[2])


@cache
def _towns() -> dict[str, tuple[float, float]]:
    known: dict[str, tuple[float, float]] = {}
    with (shipped("seeds") / "world" / "places.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            try:
                degrees = float(row["lat"]), float(row["lon"])
            except ValueError:
                continue
            if all(map(math.isfinite, degrees)):
                known[slug(row["name"])] = degrees
    return known
