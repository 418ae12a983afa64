import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kjreport.extract.numerals import chinese, number


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("零", 0),
        ("〇", 0),
        ("两", 2),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("百", 100),
        ("一百零五", 105),
        ("一百二十", 120),
        ("三百五", 350),
        ("两千零三", 2003),
        ("一千二百三十四", 1234),
        ("万", 10_000),
        ("一万二", 12_000),
        ("三万零五", 30_005),
        ("十二万", 120_000),
        ("两亿三千万", 230_000_000),
        ("一万亿", 1e12),
        ("二〇二二", 2022),
        ("二○一一", 2011),
        ("二零一九", 2019),
    ],
)
def test_chinese_numerals(words, value):
    assert chinese(words) == value


@pytest.mark.parametrize(
    ("surface", "value"),
    [("16", 16), ("2.62", 2.62), ("1,850", 1850), ("12,345,678.9", 12345678.9), ("十六", 16)],
)
def test_numerals_of_every_kind(surface, value):
    assert number(surface) == value


@pytest.mark.parametrize("surface", ["", "**", "x.x", "家", "十家"])
def test_what_is_no_numeral_is_refused(surface):
    with pytest.raises(ValueError, match="not a numeral"):
        number(surface)


_DIGITS = "零一二三四五六七八九"


def _in_words(value):
    """Write a number below 10 000 the full way, 一百二十 for 120."""
    if value == 0:
        return "零"
    words, gap = "", False
    for size, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, size)
        if digit:
            words += ("零" if gap and words else "") + _DIGITS[digit] + unit
        gap = not digit
    return words


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 9999))
def test_what_is_written_in_words_is_read_back(value):
    assert chinese(_in_words(value)) == value


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 9999), st.integers(0, 9999))
def test_numerals_beyond_ten_thousand(high, low):
    joint = "零" if 0 < low < 1000 else ""
    words = _in_words(high) + "万" + (joint + _in_words(low) if low else "")
    assert chinese(words) == high * 10_000 + low


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**12))
def test_thousands_separators(value):
    assert number(f"{value:,}") == value
