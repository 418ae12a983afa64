"""What a place is: its name, code and tier, and the place it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

from kjreport.errors import KjreportError
from kjreport.vocabulary import vocabulary

Tier = Literal["province", "prefecture", "county", "zone"]

_CITY_ENDINGS: Final = vocabulary(__file__).words("city_endings")
_MUNICIPALITIES: Final = frozenset({"11", "12", "31", "50"})


@dataclass(frozen=True)
class Place:
    """An administrative division or a development zone.

    Attributes
    ----------
    own_name : str
        Its name without the places above it: ``霍林郭勒市``.
    gb_code : str
        Six digits of GB/T 2260; empty for zones, which have none.
    tier : {"province", "prefecture", "county", "zone"}
        A municipality is a province, its districts are counties.
    parent : Place or None
        The place above, None for a province.
    until : int or None
        The last year of a division that exists no more.

    Examples
    --------
    >>> from kjreport.places import resolve
    >>> place = resolve("霍林郭勒市")
    >>> place.name, place.gb_code, place.tier, place.county_level_city
    ('内蒙古自治区通辽市霍林郭勒市', '150581', 'county', True)
    """

    own_name: str
    gb_code: str
    tier: Tier
    parent: Place | None = None
    until: int | None = None

    @cached_property
    def name(self) -> str:
        """The full administrative name, from the province down."""
        return (self.parent.name if self.parent else "") + self.own_name

    @property
    def municipality(self) -> bool:
        """Whether it is 北京, 天津, 上海 or 重庆, or lies in one of them."""
        code = self.gb_code or (self.parent.gb_code if self.parent else "")
        return code[:2] in _MUNICIPALITIES

    @property
    def county_level_city(self) -> bool:
        """Whether it is a city of the county tier, such as 霍林郭勒市."""
        return self.tier == "county" and self.own_name.rstrip(")）").endswith(_CITY_ENDINGS)

    @property
    def ancestors(self) -> tuple[Place, ...]:
        """The places above, the nearest first."""
        return (self.parent, *self.parent.ancestors) if self.parent else ()

    def __str__(self) -> str:
        return self.name


class UnknownPlaceError(KjreportError, LookupError):
    """No place has the name."""


class AmbiguousPlaceError(KjreportError, LookupError):
    """Several places have the name.

    Attributes
    ----------
    candidates : tuple of Place
    """

    def __init__(self, name: str, candidates: tuple[Place, ...]) -> None:
        self.candidates = candidates
        named = ", ".join(f"{place.name} ({place.gb_code or 'zone'})" for place in candidates)
        super().__init__(f"{name!r} is the name of {len(candidates)} places: {named}; name one")
