"""What the figures say, in Chinese and English."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

from kjreport.places import AmbiguousPlaceError, Place, UnknownPlaceError, resolve
from kjreport.profile import InnovationProfile
from kjreport.profile.words import feature_label
from kjreport.schema import Lang, Schema
from kjreport.vocabulary import read_yaml, vocabulary

_PHRASES: Final[dict[str, dict[str, str]]] = read_yaml(Path(__file__).with_name("phrases.yaml"))
_WORDS: Final = vocabulary(__file__)
_ZONE_ABBREVIATIONS: Final = _WORDS.groups("zone_abbreviations")
_DROPPED_ENDINGS: Final = _WORDS.words("dropped_endings")


def say(key: str, lang: Lang, **values: Any) -> str:
    """Return a phrase of the figures, its placeholders filled."""
    return _PHRASES[key][lang].format(**values)


def title_of(model: InnovationProfile, key: str, lang: Lang) -> str:
    """Return a title with a second line that says so where the clusters do not hold."""
    title = say(key, lang)
    if not model.refusal_:
        return title
    if model.p_value_ > model.significance:
        return f"{title}\n{say('no_structure', lang, p=model.p_value_)}"
    return f"{title}\n{say('refused', lang)}"


def short_names(areas: Sequence[object]) -> list[str]:
    """Shorten official names as far as they stay apart.

    Examples
    --------
    >>> short_names(["内蒙古自治区通辽市霍林郭勒市", "辽宁省沈阳市", "重庆市大渡口区"])
    ['霍林郭勒市', '沈阳市', '大渡口区']
    >>> short_names(["北京市朝阳区", "吉林省长春市朝阳区"])
    ['北京朝阳区', '长春朝阳区']
    """
    full = [str(area) for area in areas]
    places = [_place(name) for name in full]
    own = [
        _abbreviated(place.own_name if place else _below_known(name))
        for name, place in zip(full, places, strict=True)
    ]
    counts = Counter(own)
    return [
        _with_parent(name, place) if counts[name] > 1 and place else name
        for name, place in zip(own, places, strict=True)
    ]


def indicator_label(name: str, schema: Schema, lang: Lang) -> str:
    """Return the label of a feature with its unit, which counts need not name."""
    code = name.partition(":")[0]
    label = feature_label(name, schema, lang)
    unit = schema.indicators[code].unit if code in schema.indicators else ""
    if ":" in name or unit in {"count", ""}:
        return label
    return f"{label}（{say(unit, lang)}）" if lang == "zh" else f"{label} ({say(unit, lang)})"


@cache
def _place(name: str) -> Place | None:
    try:
        return resolve(name)
    except (AmbiguousPlaceError, UnknownPlaceError):
        return None


def _below_known(name: str) -> str:
    """Return what an unknown name says after the longest place it begins with."""
    known = (end for end in range(len(name) - 2, 1, -1) if _place(name[:end]))
    return name[next(known, 0) :]


def _abbreviated(name: str) -> str:
    for short, full in _ZONE_ABBREVIATIONS.items():
        for kind in full:
            name = name.replace(kind, short)
    return name


def _with_parent(name: str, place: Place) -> str:
    if place.parent is None:
        return name
    above = place.parent.own_name
    for ending in _DROPPED_ENDINGS:
        above = above.removesuffix(ending)
    return above + name
