"""Who says so: the office, ministry or government to which a sentence is attributed."""

from __future__ import annotations

from typing import Final

from kg.extract.item import Item
from kg.extract.lexicon import Lexicon
from kg.extract.pattern import Pattern
from kg.extract.people import country_of
from kg.extract.register import Figure
from kg.extract.scene import Scene
from kg.extract.sieve import Sieve, rarest_first

_PATTERNS: Final = (
    # "Lee's office said", "a statement from the South Korean President's office said"
    "who=(P|R|A t|A|C|<the>? t) <possessive|'>? w? body=(<office_of>) (<in> <an>? <office_of>)? <also>? <said>",
    # "according to the presidential office", "According to a statement from the Japanese government"
    (
        "<according> <the|an|his|their>{0,2} <office_of|from|of|by|the|w>{0,4} who=(P|R|A t|A|C|O)? <possessive|'>? w? "
        "body=(<office_of>)?"
    ),
    "body=(<office_of>) who=(P|R)? <said>",
)
_BODIES: Final = {"government": "Government of {}", "cabinet": "Government of {}", "administration": "Government of {}"}


class AttributionFinder:
    """The attribution patterns of one lexicon."""

    __slots__ = ("_sieve", "lexicon", "patterns")

    def __init__(self, lexicon: Lexicon) -> None:
        """Compile the patterns once."""
        self.lexicon = lexicon
        self.patterns: tuple[Pattern, ...] = tuple(lexicon.alphabet.compile(p) for p in _PATTERNS)
        self._sieve = Sieve([rarest_first(pattern.musts) for pattern in self.patterns])

    def find(self, scene: Scene, symbols: str) -> str | None:
        """The source to which the sentence is attributed, named by office and country; ``None`` for none."""
        for number in self._sieve.passed(scene.present):
            found = self.patterns[number].regex.search(symbols)
            if found is None:
                continue
            who = scene.items[found.start("who")] if found.start("who") >= 0 else None
            body = scene.items[found.start("body")] if found.start("body") >= 0 else None
            named = self._named(scene, who, body)
            if named is not None:
                return named
        return None

    def _named(self, scene: Scene, who: Item | None, body: Item | None) -> str | None:
        word = body.text.casefold() if body is not None else ""
        figure = who.value if who is not None and isinstance(who.value, Figure) else None
        code = figure.country if figure else country_of(who)
        if code is None and who is not None and who.mention is not None:
            code = who.mention.country
        country = self._name(code)
        if figure is not None and body is not None and figure.office and country:
            return f"Office of the {figure.office} of {country}"
        if who is not None and who.mention is not None and who.mention.office and country:
            return f"Office of the {who.mention.office} of {country}"
        if word in {"presidential office", "presidency"}:
            office = self._president(scene)
            return office or (f"Office of the President of {country}" if country else None)
        if country and word in _BODIES:
            return _BODIES[word].format(country)
        if country and word:
            return f"{body.text.title() if body else ''} of {country}"
        return None

    def _name(self, code: str | None) -> str | None:
        country = self.lexicon.world.countries.get(code or "")
        return country.name if country else code

    def _president(self, scene: Scene) -> str | None:
        """ "The presidential office" of the one president whom the article names."""
        found = {
            f.country for f in scene.register.figures if f.office == "President" and not f.former_only and f.country
        }
        last = [f for f in scene.memory.recent if f.office == "President" and not f.former_only and f.country]
        code = next(iter(found)) if len(found) == 1 else (last[-1].country if last else None)
        country = self._name(code)
        return f"Office of the President of {country}" if country else None
