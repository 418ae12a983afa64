"""The table of places, and the one place that a name means."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Final

from kjreport.places.place import AmbiguousPlaceError, Place, Tier, UnknownPlaceError
from kjreport.vocabulary import any_of, vocabulary

_WORDS: Final = vocabulary(__file__)
_DROPPED_ENDINGS: Final = _WORDS.words("dropped_endings")
_PROVINCE_ENDINGS: Final = _WORDS.words("province_endings")
_SHORT_ENDINGS: Final = _WORDS.groups("short_endings")
_PARENTHESIS: Final = re.compile(r"[（(]([^（）()]*)[）)]")
_UNNAMED_COUNTY: Final = _WORDS.pattern("unnamed_county")
ZONE_SUFFIXES: Final = {
    alias: official
    for official, aliases in _WORDS.groups("zone_kinds").items()
    for alias in (official, *aliases)
}
_ZONE: Final = re.compile(f"(.+?)({any_of(ZONE_SUFFIXES)})")
_SPACE: Final = re.compile(r"\s+")


@dataclass
class Gazetteer:
    """Places by their official and short names.

    Attributes
    ----------
    places : tuple of Place
        Divisions in the order of their codes, then zones.
    by_name : dict
        Official or short name of a place, without those above it, to places.
    """

    places: tuple[Place, ...]
    by_name: dict[str, list[Place]] = field(default_factory=lambda: defaultdict(list))
    _names: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def add(self, place: Place, names: tuple[str, ...]) -> None:
        """Make `place` known under `names`, the official one first."""
        self._names[id(place)] = names
        for name in names:
            self.by_name[name].append(place)

    def names_of(self, place: Place) -> tuple[str, ...]:
        """Return the names of `place`, the official one first."""
        return self._names.get(id(place), (place.own_name,))


@cache
def gazetteer() -> Gazetteer:
    """Return the table of places, read on first use."""
    book = Gazetteer(())
    by_code: dict[str, Place] = {}
    rows = [line.split("\t") for line in _table("divisions.tsv")]
    # Places that still exist come first, so that they are the parents of the others.
    for code, name, short, until in sorted(rows, key=lambda row: (row[3] != "", row[0])):
        parent = by_code.get(code[:4] + "00") or by_code.get(code[:2] + "0000")
        place = Place(name, code, _tier(code), parent, int(until) if until else None)
        by_code.setdefault(code, place)
        book.add(place, _division_names(name, short))
    for parent_code, name, aliases in (line.split("\t") for line in _table("zones.tsv")):
        zone = Place(name, "", "zone", by_code[parent_code])
        book.add(zone, (name, *aliases.split()))
    book.places = tuple(dict.fromkeys(p for named in book.by_name.values() for p in named))
    return book


@cache
def provinces() -> tuple[str, ...]:
    """Return the short names of the provinces and autonomous regions.

    Municipalities are left out: their names are those of cities as well.

    Examples
    --------
    >>> {"广西", "云南"} <= set(provinces()), "上海" in provinces()
    (True, False)
    """
    book = gazetteer()
    return tuple(
        book.names_of(place)[1]
        for place in book.places
        if place.tier == "province" and place.own_name.endswith(_PROVINCE_ENDINGS)
    )


@cache
def counties() -> frozenset[str]:
    """Return the names of all counties, county-level cities and districts.

    Examples
    --------
    >>> {"长沙县", "海淀区"} <= counties(), "长沙市" in counties()
    (True, False)
    """
    return _named("county")


@cache
def prefectures() -> frozenset[str]:
    """Return the names of all prefectures, prefecture-level cities, leagues and the like.

    Examples
    --------
    >>> {"长沙市", "兴安盟"} <= prefectures(), "长沙县" in prefectures()
    (True, False)
    """
    return _named("prefecture")


def _named(tier: Tier) -> frozenset[str]:
    return frozenset(place.own_name for place in gazetteer().places if place.tier == tier)


def _table(file: str) -> list[str]:
    text = files("kjreport.places").joinpath(file).read_text(encoding="utf-8")
    return text.splitlines()[1:]


def _tier(code: str) -> Tier:
    if code.endswith("0000"):
        return "province"
    return "prefecture" if code.endswith("00") else "county"


def _division_names(name: str, short: str) -> tuple[str, ...]:
    names = [name, short, *(name.removesuffix(ending) for ending in _DROPPED_ENDINGS)]
    names += [short + ending for ending, full in _SHORT_ENDINGS.items() if name.endswith(full)]
    return tuple(dict.fromkeys(names))


def resolve(name: str) -> Place:
    """Return the one place that `name` means.

    The name may be full (``内蒙古自治区通辽市霍林郭勒市``), short (``湖南长沙``) or
    anything between; names of development zones are understood from the city's.
    A bare short name means the highest place of that name if the others lie
    within it (``长沙``), a province before all (``吉林``).

    Parameters
    ----------
    name : str

    Returns
    -------
    Place

    Raises
    ------
    UnknownPlaceError
        Where no place has the name.
    AmbiguousPlaceError
        Where several have it, with the candidates.

    Examples
    --------
    >>> resolve("湖南岳阳县").gb_code
    '430621'
    >>> resolve("河北省石家庄高新技术产业开发区").parent.own_name
    '石家庄市'
    >>> resolve("朝阳区")
    Traceback (most recent call last):
    ...
    kjreport.places.place.AmbiguousPlaceError: '朝阳区' is the name of 2 places: \
北京市朝阳区 (110105), 吉林省长春市朝阳区 (220104); name one
    """
    plain = _SPACE.sub("", name)
    note = _PARENTHESIS.search(plain)
    if note and _UNNAMED_COUNTY.search(note[1]):
        return _unnamed_county(plain, note)
    candidates = _candidates(plain) or _candidates(_PARENTHESIS.sub("", plain))
    chosen = _preferred(candidates)
    if len(chosen) == 1:
        return chosen[0]
    if chosen:
        raise AmbiguousPlaceError(name, tuple(chosen))
    zone = _generic_zone(plain)
    if zone is None:
        raise UnknownPlaceError(
            f"{name!r} is no place of GB/T 2260 or zone known here; write its full name"
        )
    return zone


def _unnamed_county(plain: str, note: re.Match[str]) -> Place:
    """Return a county-tier place of which only the city above is told: 江苏镇江(县级市)."""
    return Place(note[0], "", "county", resolve(plain[: note.start()]))


def _candidates(plain: str) -> list[Place]:
    """Return the places whose name ends `plain` and whose ancestors begin it."""
    book = gazetteer()
    found = []
    for cut in range(len(plain)):
        for place in book.by_name.get(plain[cut:], ()):
            if _leads_to(plain[:cut], place):
                found.append(place)
    return list(dict.fromkeys(found))


def _leads_to(rest: str, place: Place) -> bool:
    """Tell whether `rest` is made of the names of places above `place`, in order."""
    if not rest:
        return True
    book = gazetteer()
    return any(
        rest.endswith(name) and _leads_to(rest[: len(rest) - len(name)], above)
        for above in place.ancestors
        for name in book.names_of(above)
    )


def _preferred(candidates: list[Place]) -> list[Place]:
    current = [place for place in candidates if place.until is None]
    if not current:
        # Renumbered divisions stand once for each code; the last one counts.
        latest = max((place.until or 0 for place in candidates), default=0)
        current = [place for place in candidates if place.until == latest]
    for place in current:
        if place.tier == "province" or all(
            place is other or place in other.ancestors for other in current
        ):
            return [place]
    return current


def _generic_zone(plain: str) -> Place | None:
    """Understand a zone from the place it is named after: 潍坊高新区."""
    match = _ZONE.fullmatch(plain)
    if match is None:
        return None
    place, city = match[1], None
    for start in range(len(place)):
        # 通辽市通辽经济技术开发区 names its city twice.
        head, tail = place[:start], place[start:]
        inner = _preferred(_candidates(tail))
        if len(inner) == 1 and (not head or _names_same(head, inner[0])):
            city = inner[0]
            break
    if city is None:
        return None
    short = gazetteer().names_of(city)[-1 if city.tier == "province" else 1 :][0]
    return Place(f"{short}{ZONE_SUFFIXES[match[2]]}", "", "zone", city)


def _names_same(head: str, city: Place) -> bool:
    return city in _candidates(head) or _leads_to(head, city)
