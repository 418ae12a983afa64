"""Numerals in words, digits and fractions, to floats."""

from __future__ import annotations

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 1e4, "亿": 1e8}

MAGNITUDES = {
    "十": 10.0,
    "百": 100.0,
    "千": 1000.0,
    "万": 1e4,
    "十万": 1e5,
    "百万": 1e6,
    "千万": 1e7,
    "亿": 1e8,
    "十亿": 1e9,
    "百亿": 1e10,
    "千亿": 1e11,
    "万亿": 1e12,
}


def chinese(words: str) -> float:
    """Read a numeral written in Chinese characters.

    Digits in a row are read by position, as in a year.

    Parameters
    ----------
    words : str
        Only characters of ``〇零一二两三四五六七八九十百千万亿``.

    Examples
    --------
    >>> chinese("三百二十"), chinese("十"), chinese("两"), chinese("二〇二二")
    (320.0, 10.0, 2.0, 2022.0)
    >>> chinese("一万二"), chinese("两亿三千万")
    (12000.0, 230000000.0)
    """
    if len(words) > 1 and all(c in _DIGITS for c in words):
        return float("".join(str(_DIGITS[c]) for c in words))
    total = section = digit = 0.0
    unit = 1.0
    for c in words:
        if c in _DIGITS:
            digit = float(_DIGITS[c])
        elif c in _UNITS:
            unit = _UNITS[c]
            section += (digit or 1.0) * unit
            digit = 0.0
        else:
            unit = _MYRIADS[c]
            total = (total + section + digit or 1.0) * unit
            section = digit = 0.0
    if digit and len(words) > 1 and words[-2] in "百千万亿":
        # 一万二 leaves out its last unit: the digit counts tenths of the one before.
        digit *= unit / 10
    return total + section + digit


def number(surface: str) -> float:
    """Read a numeral in digits (thousands separators allowed) or in Chinese characters.

    Raises
    ------
    ValueError
        If `surface` is no numeral.

    Examples
    --------
    >>> number("1,850"), number("2.62"), number("十")
    (1850.0, 2.62, 10.0)
    """
    if surface[:1].isdecimal():
        return float(surface.replace(",", ""))
    if surface and all(c in _DIGITS or c in _UNITS or c in _MYRIADS for c in surface):
        return chinese(surface)
    raise ValueError(f"not a numeral: {surface!r}")
