"""Numerals in words, digits and fractions, to floats."""

from __future__ import annotations

from kjreport.vocabulary import vocabulary

_WORDS = vocabulary(__file__)
_DIGITS = {word: int(value) for word, value in _WORDS.values("digits").items()}
_SIZES = _WORDS.values("sizes")
MAGNITUDES = _WORDS.values("magnitudes")
_POINT = _WORDS.words("point")
_LEAVES_NOTHING_OUT = frozenset({*_SIZES, *_WORDS.words("zero")})


def chinese(words: str) -> float:
    """Read a numeral written in Chinese characters.

    Digits in a row are read by position, as in a year.

    Parameters
    ----------
    words : str
        Only characters of ``〇零一二两三四五六七八九十百千万亿点``.

    Examples
    --------
    >>> chinese("三百二十"), chinese("十"), chinese("两"), chinese("二〇二二")
    (320.0, 10.0, 2.0, 2022.0)
    >>> chinese("一万二"), chinese("两亿三千万")
    (12000.0, 230000000.0)
    >>> chinese("一点二"), chinese("零点一五"), chinese("一点五亿")
    (1.2, 0.15, 150000000.0)
    """
    if not words:
        return 0.0
    for mark in _POINT:
        whole, point, decimals = words.partition(mark)
        if point:
            return _decimal(whole, decimals)
    if len(words) > 1 and all(c in _DIGITS for c in words):
        return float("".join(str(_DIGITS[c]) for c in words))
    for unit, size in _SIZES.items():
        if unit in words:
            head, tail = words.rsplit(unit, 1)
            rest = chinese(tail)
            if len(tail) == 1 and tail not in _LEAVES_NOTHING_OUT:
                # 一万二 leaves out its last unit: the digit counts tenths of the one before.
                rest *= size / 10
            return (chinese(head) or 1.0) * size + rest
    return float(_DIGITS[words])


def _decimal(whole: str, decimals: str) -> float:
    size = _SIZES.get(decimals[-1:], 1.0)
    digits = "".join(str(_DIGITS[c]) for c in decimals if c in _DIGITS)
    return float(f"{chinese(whole):.0f}.{digits or 0}") * size


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
    if surface and all(c in _DIGITS or c in _SIZES or c in _POINT for c in surface):
        return chinese(surface)
    raise ValueError(f"not a numeral: {surface!r}")
