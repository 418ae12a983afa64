"""What the words for tiers mean in one report: they depend on the tier of its place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kjreport import places
from kjreport.errors import KjreportError
from kjreport.load import Document
from kjreport.vocabulary import vocabulary

_WORDS: Final = vocabulary(__file__)
_SELF_NAMES: Final = _WORDS.groups("self_names")
_AUTONOMOUS_REGION: Final = _WORDS.words("autonomous_region")
_PREFECTURE_KINDS: Final = _WORDS.characters("prefecture_kinds")
# So much of a report tells how it calls its place.
_FIRST_PAGES: Final = 4000


@dataclass(frozen=True, slots=True)
class Tiers:
    """What 市级, 区级 and 本级 mean in one report.

    Attributes
    ----------
    city, district, own : str
        Levels of the schema; `own` is the tier of the reporting place.
    parent : str
        Short name of the prefecture or municipality above, as in 某某级; empty where unknown.
    parent_level : str
        Level of the schema that it grants.
    county : str
        Full name of the reporting place where it is a county; empty where unknown.
    """

    city: str
    district: str
    own: str
    parent: str = ""
    parent_level: str = "prefecture"
    county: str = ""

    def resolve(self, word: str) -> str:
        """Return the absolute tier that a level word of the lexicon means here."""
        if word == "city":
            return self.city
        if word == "district":
            return self.district
        if word == "own":
            return self.own
        return word


def tiers(document: Document) -> Tiers:
    """Read the tier of the reporting place from its name, else from how it calls itself."""
    area = document.origin.area
    found = _tiers_of_area(area) if area else None
    if found is not None and found.own == "county":
        return found
    text = document.text[:_FIRST_PAGES]
    counts = {kind: sum(map(text.count, names)) for kind, names in _SELF_NAMES.items()}
    if any(word in text for word in _AUTONOMOUS_REGION):
        counts["district"] = 0
    self_named = max(counts, key=lambda key: counts[key])
    below = self_named in ("county", "district") and counts[self_named] > 2 * counts["city"]
    if found is not None:
        # A province speaks of its high-tech zones, too.
        below = below and (found.own == "prefecture" or self_named == "county")
        return Tiers(found.city, "county", "county") if below else found
    own = "prefecture" if self_named == "city" and counts["city"] else "county"
    return Tiers("prefecture", "county", own)


@lru_cache(maxsize=4096)
def _tiers_of_area(area: str) -> Tiers | None:
    try:
        place = places.resolve(area)
    except KjreportError:
        return None
    parent = place.parent.own_name.rstrip(_PREFECTURE_KINDS) if place.parent is not None else ""
    if place.municipality and place.tier == "province":
        return Tiers("provincial", "county", "provincial")
    if place.municipality:
        return Tiers("provincial", "county", "county", parent, "provincial", place.own_name)
    if place.tier == "province":
        return Tiers("prefecture", "county", "provincial")
    if place.tier == "prefecture":
        return Tiers("prefecture", "county", "prefecture")
    city = "county" if place.county_level_city else "prefecture"
    return Tiers(city, "county", "county", parent, county=place.own_name)
