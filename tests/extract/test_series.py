import pytest

from kjreport.extract.quantities import Quantity, scan
from kjreport.extract.series import with_shared_unit


def values(text):
    found = with_shared_unit(text, scan(text))
    return [n.value for n in found if isinstance(n, Quantity)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("投入分别为1.5、2、3亿元", [150_000_000, 200_000_000, 300_000_000]),
        ("分别新增5、8和12家", [5, 8, 12]),
        ("占比依次是10.5、12.25%", [10.5, 12.25]),
        # Nothing says that the bare number is one of a row.
        ("见表1、2家", [2]),
        ("分别为5家、8家", [5, 8]),
        ("分别为5、**家", [None]),
    ],
)
def test_a_row_shares_the_unit_of_its_last_number(text, expected):
    assert values(text) == expected


def test_a_number_of_a_row_stands_where_it_is_printed():
    text = "投入分别为1.5、2亿元"
    first, last = (n for n in with_shared_unit(text, scan(text)) if isinstance(n, Quantity))
    assert (text[first.start : first.end], text[last.start : last.end]) == ("1.5", "2亿元")


@pytest.mark.parametrize(
    "text",
    [
        "2020年、2021年新增众创空间分别为5家和8家。",
        "2020-2021年新增众创空间分别为5、8家。",
    ],
)
def test_as_many_numbers_as_years_are_one_for_each(told, text):
    assert told(text, "value", "period") == [(5, "2020"), (8, "2021")]


def test_more_years_than_numbers_are_all_of_one_period(told):
    text = "2019-2021年新增众创空间、孵化器分别为5家、8家。"
    assert told(text, "indicator", "period") == [
        ("makerspaces", "2019/2021"),
        ("incubators", "2019/2021"),
    ]


def test_that_year_is_the_one_just_named(told):
    text = "2020年新增众创空间5家，当年引进人才8名。当年新增孵化器2家。"
    assert told(text, "period") == ["2020", "2020", "2020"]
    assert told("当年新增孵化器2家。", "period") == ["2022"]
