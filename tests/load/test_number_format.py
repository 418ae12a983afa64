import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kjreport.load.number_format import display


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (0.125, "0.0%", "12.5%"),
        (0.3, "0%", "30%"),
        (1234.0, "#,##0", "1,234"),
        (24335000, "#,##0.00", "24,335,000.00"),
        (5.0, "General", "5"),
        (0.1 + 0.2, "General", "0.3"),
        (-11.7, "0.0_ ;[Red]\\-0.0\\ ", "-11.7"),
        (2.5, '0.00"万元"', "2.50万元"),
        (7, "000", "007"),
        (1.5, "0.##", "1.5"),
        (2.0, "0.##", "2"),
        (12345, '0.0,"千"', "12.3千"),
        (3, "@", "3"),
        (1e20, "General", "1e+20"),
        (True, "General", "TRUE"),
        (None, "0%", ""),
        (dt.datetime(2022, 6, 1), 'yyyy"年"m"月"', "2022年6月"),
        (dt.datetime(2022, 6, 1), "yyyy-mm-dd", "2022-06-01"),
    ],
)
def test_numbers_are_shown_as_their_cell_shows_them(value, code: str, shown: str) -> None:
    assert display(value, code) == shown


@settings(max_examples=80, deadline=None)
@given(st.integers(-(10**14), 10**14))
def test_integers_never_show_a_decimal_point(number: int) -> None:
    assert display(float(number)) == str(number)
