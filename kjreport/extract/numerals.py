"""Numerals in words, digits and fractions, to floats."""

from __future__ import annotations

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SIZES = {"亿": 1e8, "万": 1e4, "千": 1e3, "百": 1e2, "十": 1e1}

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
    if not words:
        return 0.0
    if len(words) > 1 and all(c in _DIGITS for c in words):
        return float("".join(str(_DIGITS[c]) for c in words))
    for unit, size in _SIZES.items():
        if unit in words:
            head, tail = words.rsplit(unit, 1)
            rest = chinese(tail)
            if len(tail) == 1 and tail not in "十百千万零":
                # 一万二 leaves out its last unit: the digit counts tenths of the one before.
                rest *= size / 10
            return (chinese(head) or 1.0) * size + rest
    return float(_DIGITS[words])


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
    if surface and all(c in _DIGITS or c in _SIZES for c in surface):
        return chinese(surface)
    raise ValueError(f"not a numeral: {surface!r}")
