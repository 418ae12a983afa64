"""When two statements of a number can be one and the same number."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

_PRINTED = re.compile(r"\d[\d,，]*(?:\.(\d+))?")


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far a qualified number may lie from the exact one.

    Attributes
    ----------
    approx : float
        Relative distance that 约 and 近 allow.
    bound : float
        Relative distance that 超过, 余 and 不足 allow on their open side: who writes 20余家
        has 23, not 200.
    """

    approx: float = 0.1
    bound: float = 0.5


DEFAULT_TOLERANCE = Tolerance()


@dataclass(frozen=True, slots=True)
class Statement:
    """One number as stated: value, end of its range, qualifier, and printed precision."""

    value: float
    value_max: float
    qualifier: str
    resolution: float

    def interval(self, tolerance: Tolerance = DEFAULT_TOLERANCE) -> tuple[float, float]:
        """Bounds within which the true value lies, by the way the number is stated."""
        size = abs(self.value)
        # A hair less than half a unit: 12 and 13 are different counts.
        half = 0.499 * self.resolution
        match self.qualifier:
            case "approx":
                slack = max(half, tolerance.approx * size)
                return self.value - slack, self.value + slack
            case "at_least":
                return self.value - half, self.value + max(half, tolerance.bound * size)
            case "at_most":
                return self.value - max(half, tolerance.bound * size), self.value + half
            case "range" if not math.isnan(self.value_max):
                return self.value - half, self.value_max + half
        return self.value - half, self.value + half

    def agrees(self, other: Statement, tolerance: Tolerance = DEFAULT_TOLERANCE) -> bool:
        """Tell whether one true value can lie behind both statements."""
        low, high = self.interval(tolerance)
        other_low, other_high = other.interval(tolerance)
        return low <= other_high and other_low <= high


def printed_resolution(raw: str, value: float) -> float:
    """Size of one unit of the last printed digit, in the base unit of ``value``.

    Examples
    --------
    >>> printed_resolution("0.24亿元", 24_000_000.0)
    1000000.0
    >>> printed_resolution("二十三家", 23.0)
    0.0
    """
    match = _PRINTED.search(raw)
    if match is None or not math.isfinite(value):
        return 0.0
    number = float(re.sub(r"[,，]", "", match.group()))
    if number == 0:
        return 0.0
    decimals = len(match.group(1) or "")
    return float(f"{abs(value / number) * 10.0**-decimals:.12g}")
