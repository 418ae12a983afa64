"""Values as a reader wants to see them: with unit, scale and qualifier."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from kjreport.brief.words import words
from kjreport.schema import Lang, Schema

# How many the larger and the smaller scale of a language stand for.
_SCALES: Final[dict[Lang, tuple[float, float]]] = {"zh": (1e8, 1e4), "en": (1e9, 1e6)}
_SCALED_UNITS: Final = frozenset({"CNY", "m2"})
SIGNS: Final = {"approx": "≈", "at_least": "≥", "at_most": "≤"}


def amount(value: float, unit: str, *, lang: Lang, schema: Schema) -> str:
    """Return a value in its base unit as text.

    Parameters
    ----------
    value : float
        In base units; NaN gives the empty text.
    unit : str
        A code of the schema's units.
    lang : {"zh", "en"}
    schema : Schema
        Names the units.

    Examples
    --------
    >>> schema = Schema.default()
    >>> [amount(24_335_000, "CNY", lang=lang, schema=schema) for lang in ("zh", "en")]
    ['2,433.5万元', 'CNY 24.335 million']
    >>> [amount(3, unit, lang="en", schema=schema) for unit in ("count", "percent", "times")]
    ['3', '3%', '3 times']
    """
    if math.isnan(value):
        return ""
    if unit == "count":
        return _plain(value)
    if unit == "rank":
        return words(lang)["rank"].format(number=_plain(value))
    number, scale = _scaled(value, lang) if unit in _SCALED_UNITS else (_plain(value), "")
    name = schema.units[unit].label(lang)
    if unit == "CNY" and lang == "en":
        return f"{name} {number}{scale}"
    space = " " if lang == "en" and unit != "percent" else ""
    return f"{number}{scale}{space}{name}"


def qualified_amount(
    value: float,
    value_max: float,
    unit: str,
    qualifier: str,
    *,
    lang: Lang,
    schema: Schema,
) -> str:
    """Return a value with its qualifier, as `amount` does for an exact one.

    Examples
    --------
    >>> words = {"lang": "zh", "schema": Schema.default()}
    >>> qualified_amount(20, math.nan, "count", "at_least", **words)
    '≥20'
    >>> qualified_amount(1, 2, "count", "range", **words)
    '1–2'
    """
    text = SIGNS.get(qualifier, "") + amount(value, unit, lang=lang, schema=schema)
    if math.isnan(value_max):
        return text
    return f"{text}–{amount(value_max, unit, lang=lang, schema=schema)}"


def _scaled(value: float, lang: Lang) -> tuple[str, str]:
    for size, name in _scales(lang):
        if abs(value) >= size:
            return _plain(value / size), name
    return _plain(value), ""


@cache
def _scales(lang: Lang) -> tuple[tuple[float, str], ...]:
    """Return how many each scale stands for and what it is called, the largest first."""
    names = words(lang)["larger_scale"], words(lang)["smaller_scale"]
    return tuple(zip(_SCALES[lang], names, strict=True))


def _plain(value: float) -> str:
    """Return up to four decimals, thousands apart, without idle zeros."""
    return f"{value:,.4f}".rstrip("0").rstrip(".")


@dataclass(frozen=True, slots=True)
class Scale:
    """How the numbers of one column are written.

    Attributes
    ----------
    divisor : float
    unit : str
        Name of the scaled unit; empty for plain counts.
    """

    divisor: float
    unit: str

    def text(self, value: float) -> str:
        """Return `value`, given in base units, to three digits or to the unit.

        Examples
        --------
        >>> [Scale(1e8, "亿元").text(value) for value in (24_335_000, 2_866_100_000)]
        ['0.243', '28.7']
        >>> Scale(1, "").text(1234)
        '1,234'
        """
        scaled = value / self.divisor
        digits = 1 + math.floor(math.log10(abs(scaled))) if scaled else 1
        text = f"{scaled:,.{max(0, 3 - digits)}f}"
        return text.rstrip("0").rstrip(".") if "." in text else text


def common_scale(values: Sequence[float], unit: str, *, lang: Lang, schema: Schema) -> Scale:
    """Return the scale in which the largest of `values` reads best.

    Examples
    --------
    >>> common_scale([5e6, 2e9], "CNY", lang="zh", schema=Schema.default())
    Scale(divisor=100000000.0, unit='亿元')
    >>> common_scale([5e6, 2e8], "CNY", lang="en", schema=Schema.default())
    Scale(divisor=1000000.0, unit='CNY million')
    """
    if unit in ("count", "rank"):
        return Scale(1, "")
    name = schema.units[unit].label(lang)
    if unit not in _SCALED_UNITS:
        return Scale(1, name)
    largest = max(map(abs, values), default=0.0)
    size, word = next(((s, w) for s, w in _scales(lang) if largest >= s), (1.0, ""))
    return Scale(size, f"{word}{name}" if lang == "zh" else f"{name}{word}")
