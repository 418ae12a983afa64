"""The shapes of numbers, as regular expressions.

A cheap pattern finds where a number can begin; the pattern for that kind of beginning then
reads it. Trying every shape at every character would take ten times as long.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from kjreport.extract.numerals import MAGNITUDES
from kjreport.extract.units import units
from kjreport.vocabulary import any_of, vocabulary

# By the kind of beginning, the shapes that a number can have, the first that fits wins.
_DIGITS = ("document", "date", "fraction", "ratio", "tenths", "amount")
_WORDS = ("date", "fraction", "tenths", "one_half", "words", "beyond", "none")
_MARKED = ("document", "date", "rank", "top", "first", "double", "one_half")


@dataclass(frozen=True)
class Scanner:
    """Where a number can begin, and what it can be, by its first character."""

    trigger: re.Pattern[str]
    digits: re.Pattern[str]
    words: re.Pattern[str]
    marked: re.Pattern[str]


@cache
def scanner() -> Scanner:
    """Return the compiled patterns, built once from the vocabularies."""
    first = "".join(sorted({re.escape(counter[0]) for counter in units().by_counter}))
    return Scanner(
        trigger=vocabulary(__file__).pattern("trigger", first_of_counter=first),
        digits=_any_shape(_DIGITS),
        words=_any_shape(_WORDS),
        marked=_any_shape(_MARKED),
    )


def _any_shape(names: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of several shapes, each a group of its own name."""
    shapes = vocabulary(__file__)
    known = units()
    given = {
        "counter": known.counter_pattern,
        "counter_after_digits": known.counter_pattern_after_digits,
        "magnitude": any_of(MAGNITUDES),
        "after": known.after_pattern,
    }
    return re.compile("|".join(f"(?P<{name}>{shapes.expression(name, **given)})" for name in names))
