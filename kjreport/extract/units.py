"""The units of quantities, from their vocabulary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from kjreport.vocabulary import longest_first, vocabulary


@dataclass(frozen=True, slots=True)
class Unit:
    """What a counter means: its class, the base unit of the schema, and its size in it."""

    counter: str
    kind: str
    base: str
    factor: float


@dataclass(frozen=True)
class Units:
    """All counters and the words around numbers that qualify them."""

    by_counter: dict[str, Unit]
    kinds: tuple[str, ...]
    before: dict[str, str]
    after: dict[str, str]
    counter_pattern: str
    counter_pattern_after_digits: str
    before_words: tuple[str, ...]
    after_pattern: str


@cache
def units() -> Units:
    """Return the units that the package ships, read once."""
    content = vocabulary(__file__).parts
    factors = content["factors"]
    by_counter = {
        counter: Unit(counter, kind, entry["unit"], float(factors.get(counter, 1)))
        for kind, entry in content["classes"].items()
        for counter in entry["counters"]
    }
    before = {word: code for code, words in content["before"].items() for word in words}
    after = {word: code for code, words in content["after"].items() for word in words}
    return Units(
        by_counter,
        (*content["classes"], "rank"),
        before,
        after,
        _alternatives(by_counter, content["unless"]),
        _alternatives(by_counter, content["unless_after_digits"]),
        tuple(longest_first(before)),
        _alternatives(after, content["after_unless"]),
    )


def _alternatives(counters: Iterable[str], unless: Mapping[str, str]) -> str:
    return "|".join(
        re.escape(counter) + (f"(?![{unless[counter]}])" if unless.get(counter) else "")
        for counter in longest_first(counters)
    )
