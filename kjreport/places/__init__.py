"""Place names to GB/T 2260 codes and tiers; the tables are read on first use."""

from kjreport.places.finder import Mention, find, mentions
from kjreport.places.gazetteer import counties, prefectures, provinces, resolve
from kjreport.places.place import AmbiguousPlaceError, Place, Tier, UnknownPlaceError

__all__ = [
    "AmbiguousPlaceError",
    "Mention",
    "Place",
    "Tier",
    "UnknownPlaceError",
    "counties",
    "find",
    "mentions",
    "prefectures",
    "provinces",
    "resolve",
]
