"""ISO-like periods as ranges of months, so that they can be compared."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

_POINT = re.compile(
    r"(?P<year>\d{4})(?:-(?:H(?P<half>[12])|Q(?P<quarter>[1-4])|(?P<month>\d{2})))?"
)


class MonthRange(NamedTuple):
    """Months counted from year 0, both ends included."""

    first: int
    last: int

    @property
    def months(self) -> int:
        """How many months the range covers."""
        return self.last - self.first + 1

    def covers(self, other: MonthRange) -> bool:
        """Tell whether ``other`` lies within this range."""
        return self.first <= other.first and other.last <= self.last


@cache
def month_range(period: str) -> MonthRange | None:
    """Read a period of the observation table; None where it is empty or malformed.

    Parameters
    ----------
    period : str
        ``2022``, ``2022-H1``, ``2022-Q3``, ``2022-06``, ``2022-01/2022-10``, ``2021/2025``.

    Examples
    --------
    >>> month_range("2022-H1").months
    6
    >>> month_range("2021/2025").covers(month_range("2022-Q3"))
    True
    >>> month_range("") is None
    True
    """
    first, _, last = period.partition("/")
    start = _point(first)
    end = _point(last) if last else start
    if start is None or end is None or end.last < start.first:
        return None
    return MonthRange(start.first, end.last)


def year_of(period: str) -> str:
    """Name the year in which a period ends, or an empty string.

    Examples
    --------
    >>> year_of("2021-01/2022-10")
    '2022'
    """
    months = month_range(period)
    return "" if months is None else str(months.last // 12)


def _point(text: str) -> MonthRange | None:
    match = _POINT.fullmatch(text)
    if match is None:
        return None
    january = int(match["year"]) * 12
    if match["half"]:
        first = january + 6 * (int(match["half"]) - 1)
        return MonthRange(first, first + 5)
    if match["quarter"]:
        first = january + 3 * (int(match["quarter"]) - 1)
        return MonthRange(first, first + 2)
    if match["month"]:
        month = int(match["month"])
        return MonthRange(january + month - 1, january + month - 1) if 1 <= month <= 12 else None
    return MonthRange(january, january + 11)
