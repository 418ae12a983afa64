"""Numbers told in a row: one unit behind the last, or one year for each."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import Final

from kjreport.extract.dates import Expression
from kjreport.extract.numerals import number
from kjreport.extract.quantities import NoQuantity, Numeral, Quantity
from kjreport.extract.sentences import Frame
from kjreport.vocabulary import vocabulary

_WORDS: Final = vocabulary(__file__)
_JOINTS: Final = frozenset(_WORDS.words("joints"))
_EACH: Final = _WORDS.pattern("each")
_JOINS_YEARS: Final = _WORDS.pattern("joins_years")
_PRINTED: Final = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
# So far before the first number stands the word that makes them a row.
_REACH: Final = 12


def with_shared_unit(text: str, numerals: list[Numeral]) -> list[Numeral]:
    """Give the bare numbers of a row the unit of its last: 分别为29.92、29.64、33.57亿元.

    Examples
    --------
    >>> from kjreport.extract.quantities import scan
    >>> text = "投入分别为1.5、2亿元"
    >>> [n.value for n in with_shared_unit(text, scan(text))]
    [150000000.0, 200000000.0]
    """
    bare = [i for i, n in enumerate(numerals) if isinstance(n, NoQuantity) and n.reason != "date"]
    found = list(numerals)
    for index in bare:
        last = index + 1
        if last == len(found):
            break
        first = _first_of_row(text, found, last)
        if first < last and _EACH.search(
            text, max(0, found[first].start - _REACH), found[first].start
        ):
            for place in range(first, last):
                found[place] = _alike(text, found[place], found[last])
    return found


def _first_of_row(text: str, numerals: list[Numeral], last: int) -> int:
    """Return the index of the first bare number that a quantity ends the row of."""
    first, end = last, numerals[last]
    if isinstance(end, Quantity) and end.value is not None:
        while first and _is_bare(text, numerals[first - 1], numerals[first]):
            first -= 1
    return first


def _is_bare(text: str, numeral: Numeral, following: Numeral) -> bool:
    return (
        isinstance(numeral, NoQuantity)
        and _PRINTED.fullmatch(text, numeral.start, numeral.end) is not None
        and text[numeral.end : following.start] in _JOINTS
    )


def _alike(text: str, bare: Numeral, model: Numeral) -> Quantity:
    assert isinstance(model, Quantity)
    assert model.value is not None
    printed = _PRINTED.search(text, model.start, model.end)
    size = model.value / number(printed[0]) if printed and number(printed[0]) else 1.0
    value = float(f"{number(text[bare.start : bare.end]) * size:.12g}")
    return replace(
        model, start=bare.start, end=bare.end, value=value, value_max=None, qualifier="exact"
    )


def year_in_row(group: list[Frame], place: int, named: list[Expression]) -> int | None:
    """Return the year of a number whose row tells as many years: 2020、2021年分别为3家和5家."""
    text, start = group[0].sentence.text, group[0].quantity.start
    before = [e for e in named if e.end <= start]
    if not before or not _EACH.search(text, before[-1].end, start):
        return None
    last = before[-1]
    if last.kind == "years" and last.year is not None:
        spans = last.upto - last.year + 1 == len(group)
        return last.year + place if spans else None
    row = before[-len(group) :]
    joined = len(row) == len(group) and all(
        _JOINS_YEARS.match(text[a.end : b.start]) for a, b in pairwise(row)
    )
    return row[place].year if joined and all(e.kind == "year" for e in row) else None
