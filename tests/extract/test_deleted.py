import pytest

from kjreport.extract.deleted import find_deleted

# Two units that cannot stand without a number show that digits were deleted.
DAMAGED = "成交额亿元，增长%。"


def units_found(text):
    return [(text[q.start : q.end].strip(), q.unit) for q in find_deleted(text)]


def test_nothing_is_found_in_a_whole_text():
    text = "新增高新技术企业16家，成交额2亿元，增长5%。走进企业家，抓好每一个项目。"
    assert find_deleted(text) == []


def test_units_before_punctuation_are_masked_numbers():
    found = find_deleted(DAMAGED + "新增 家，专利申请件。")
    assert all(q.masked and q.value is None for q in found)
    assert [q.unit for q in found] == ["CNY", "percent", "count", "count"]


@pytest.mark.parametrize(
    "text",
    ["培育优秀企业家，", "走访专家，", "成立国家，", "抓好立项，", "负责人，", "市场，", "文件。"],
)
def test_a_unit_that_ends_a_word_is_none(text):
    assert units_found(DAMAGED + text) == [("亿元", "CNY"), ("%", "percent")]


@pytest.mark.parametrize(
    ("text", "surface", "qualifier"),
    [
        ("新增余家，", "余家", "at_least"),
        ("新增超过家，", "超过家", "at_least"),
        ("新增家以上，", "家以上", "at_least"),
        ("成交近亿元，", "近亿元", "approx"),
    ],
)
def test_qualifiers_stay_without_their_digits(text, surface, qualifier):
    whole = DAMAGED + text
    last = find_deleted(whole)[-1]
    assert (whole[last.start : last.end], last.qualifier) == (surface, qualifier)


def test_deleted_digits_become_masked_observations(told):
    rows = told(
        "全年技术合同成交额亿元，增长%。新增高新技术企业 家。", "indicator", "status", "value"
    )
    assert rows == [
        ("tech_contract_value", "masked", None),
        ("tech_contract_value", "masked", None),
        ("high_tech_enterprises", "masked", None),
    ]


def test_printed_digits_beside_deleted_ones_are_kept(told):
    text = "服务企业超800家次，合同额.亿元，技术合同成交额亿元，增长%。"
    assert ("firms_served", 800.0) in told(text, "indicator", "value")
