from itertools import pairwise

import pytest

from kjreport.extract.quantities import NoQuantity, Quantity, scan


def the_quantity(text):
    (found,) = [n for n in scan(text) if isinstance(n, Quantity)]
    return found


def reasons(text):
    return [n.reason for n in scan(text) if isinstance(n, NoQuantity)]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("众创空间8家", 8, "count"),
        ("众创空间 8 家", 8, "count"),
        ("专利1,850件", 1850, "count"),
        ("兑现803.2万元", 8_032_000, "CNY"),
        ("成交2亿元", 200_000_000, "CNY"),
        ("成交2.5亿", 250_000_000, "CNY"),
        ("投入1200万", 12_000_000, "CNY"),
        ("投入500元", 500, "CNY"),
        ("惠及1.2万人次", 12_000, "count"),
        ("发放3万份", 30_000, "count"),
        ("增长28%", 28, "percent"),
        ("提高0.3个百分点", 0.3, "percentage_point"),
        ("场地3000平方米", 3000, "m2"),
        ("拥有28.51件/万人", 28.51, "per_10k"),
        ("达到3倍", 3, "times"),
        ("培训两次", 2, "count"),
        ("引进十名博士", 10, "count"),
        ("服务一百二十家", 120, "count"),
        ("新增三十五项", 35, "count"),
        ("占三成", 30, "percent"),
        ("占三成半", 35, "percent"),
        ("占五分之二", 40, "percent"),
        ("占百分之六十五", 65, "percent"),
        ("占百分之6.5", 6.5, "percent"),
        ("实现翻一番", 100, "percent"),
        ("实现翻番", 100, "percent"),
        ("实现翻两番", 300, "percent"),
        ("实现翻倍", 100, "percent"),
        ("占比过半，", 50, "percent"),
        ("占一半。", 50, "percent"),
        ("居全市第二，", 2, "rank"),
        ("列全省第3位", 3, "rank"),
    ],
)
def test_numbers_in_base_units(text, value, unit):
    found = the_quantity(text)
    assert found.value == pytest.approx(value)
    assert (found.unit, found.masked) == (unit, False)


@pytest.mark.parametrize(
    ("text", "surface", "qualifier"),
    [
        ("众创空间8家", "8家", "exact"),
        ("服务近10万次", "近10万次", "approx"),
        ("服务约10家", "约10家", "approx"),
        ("服务10家左右", "10家左右", "approx"),
        ("获批20余项", "20余项", "at_least"),
        ("获批20多项", "20多项", "at_least"),
        ("培训十余场", "十余场", "at_least"),
        ("培训百余场", "百余场", "at_least"),
        ("支持超100家", "超100家", "at_least"),
        ("培训上万人次", "上万人次", "at_least"),
        ("支持超过100家", "超过100家", "at_least"),
        ("支持突破100家", "突破100家", "at_least"),
        ("支持不低于100家", "不低于100家", "at_least"),
        ("支持100家以上", "100家以上", "at_least"),
        ("支持不超过100家", "不超过100家", "at_most"),
        ("支持不足100家", "不足100家", "at_most"),
        ("支持100家以内", "100家以内", "at_most"),
        ("支持100家以下", "100家以下", "at_most"),
        ("服务近六成，", "近六成", "approx"),
        ("复审通过19家", "19家", "exact"),
        ("节约30万元", "30万元", "exact"),
    ],
)
def test_qualifiers_on_either_side(text, surface, qualifier):
    found = the_quantity(text)
    assert text[found.start : found.end] == surface
    assert found.qualifier == qualifier


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("新增1-2家", 1, 2),
        ("新增5~8家", 5, 8),
        ("新增5至8家", 5, 8),
        ("增长5%-8%", 5, 8),
        ("增长5~8%", 5, 8),
        ("投入3-5万元", 30_000, 50_000),
        ("投入3000万元至1亿元", 30_000_000, 100_000_000),
        ("引进两三家", 2, 3),
        ("引进三至五家", 3, 5),
        ("引进二三十家", 20, 30),
        ("投入三到五万元", 30_000, 50_000),
        ("引进三到五家", 3, 5),
    ],
)
def test_ranges(text, low, high):
    found = the_quantity(text)
    assert (found.value, found.value_max, found.qualifier) == (low, high, "range")


@pytest.mark.parametrize(
    ("text", "surface", "unit"),
    [
        ("新增**家", "**家", "count"),
        ("新增*家", "*家", "count"),
        ("新增×家", "×家", "count"),
        ("选派**名企业科技特派员", "**名", "count"),
        ("新增××家", "××家", "count"),
        ("成交XX亿元", "XX亿元", "CNY"),
        ("成交xx万元", "xx万元", "CNY"),
        ("成交X亿元", "X亿元", "CNY"),
        ("增长xx.x%", "xx.x%", "percent"),
        ("增长×%", "×%", "percent"),
        ("增长*.*%", "*.*%", "percent"),
        ("新增_家", "_家", "count"),
        ("新增__家", "__家", "count"),
        ("新增1*项", "1*项", "count"),
        ("新增1x项", "1x项", "count"),
        ("成交x.xx亿元", "x.xx亿元", "CNY"),
        ("新增***项以上", "***项以上", "count"),
        ("新增*-*家", "*-*家", "count"),
        ("提高*个百分点", "*个百分点", "percentage_point"),
        ("居全省第*位", "第*位", "rank"),
    ],
)
def test_masks_of_every_style(text, surface, unit):
    found = the_quantity(text)
    assert text[found.start : found.end] == surface
    assert (found.value, found.value_max) == (None, None)
    assert (found.masked, found.unit) == (True, unit)


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [("新增***项以上", "at_least"), ("新增*-*家", "range"), ("新增近**家", "approx")],
)
def test_masks_keep_their_qualifier(text, qualifier):
    assert the_quantity(text).qualifier == qualifier


@pytest.mark.parametrize(
    "text",
    [
        "**市科技局印发了方案",
        "同××大学签约",
        "在XX镇召开现场会",
        "“*+*+*”格局",
        "科技兴*行动",
        "与X公司洽谈",
        "xxx同志出席",
    ],
)
def test_masked_names_are_no_numbers(text):
    assert scan(text) == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2022年，", "date"),
        ("2022年3月，", "date"),
        ("3月15日，", "date"),
        ("1-10月，", "date"),
        ("9月底，", "date"),
        ("二〇二二年，", "date"),
        ("****年，", "date"),
        ("20**年，", "date"),
        ("2021-2025年，", "date"),
        ("2022.10.8，", "date"),
        ("〔2022〕15号文件", "document number"),
        ("第12号令", "document number"),
        ("1.抓平台", "ordinal"),
        ("（3）抓人才", "ordinal"),
        ("历时3年。", "duration"),
        ("为期30天。", "duration"),
        ("“2000+”行动", "name"),
        ("A4纸", "name"),
    ],
)
def test_what_measures_nothing(text, reason):
    assert reasons(text) == [reason]
    assert [n for n in scan(text) if isinstance(n, Quantity)] == []


@pytest.mark.parametrize(
    "text",
    [
        "每一个环节都要抓好",
        "形成百花齐放、百家争鸣的局面",
        "这一项工作很重要",
        "第一，抓平台。",
        "一是抓平台。二是抓人才。",
        "首家上市，唯一一家",
        "科技人才引进",
        "各项目单位",
    ],
)
def test_figures_of_speech_are_no_numbers(text):
    assert [n for n in scan(text) if isinstance(n, Quantity)] == []


def test_a_range_of_firms_is_no_date():
    found = the_quantity("力争引进5-8家")
    assert (found.value, found.value_max, found.unit) == (5, 8, "count")


def test_spans_follow_each_other():
    found = scan("2022年，新增孵化器5家、众创空间8家，增长3.5%，居全市第二，占三成。")
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert len(found) == 6


@pytest.mark.parametrize(
    "text",
    [
        "9" * 400 + "家",
        "1分之" + "9" * 400,
        "十" * 4000 + "家",
        "*" * 4000 + "家",
        "*" * 4000,
        "1.*" * 1000 + "。",
        "x" * 4000 + "%",
        "_" * 4000,
        "9," * 2000,
        "1-" * 2000 + "家",
    ],
    ids=lambda text: text[:4],
)
def test_absurd_numbers_neither_fail_nor_hang(text):
    scan(text)


@pytest.mark.parametrize(
    ("text", "value", "unit", "qualifier"),
    [
        ("项目争取过百；", 100, "count", "at_least"),
        ("申请量破万，", 10_000, "count", "at_least"),
        ("产值突破千亿，", 100_000_000_000, "CNY", "at_least"),
        ("领军企业为零。", 0, "count", "exact"),
        ("到场观众1.9万，", 19_000, "count", "exact"),
        ("规上企业9间通过", 9, "count", "exact"),
    ],
)
def test_numbers_without_a_counter(text, value, unit, qualifier):
    found = the_quantity(text)
    assert (found.value, found.unit, found.qualifier) == (value, unit, qualifier)


@pytest.mark.parametrize(
    ("text", "unit"),
    [("占其中的*成。", "percent"), ("进入全市前×，", "rank"), ("支出_._万元", "CNY")],
)
def test_further_masks(text, unit):
    found = the_quantity(text)
    assert (found.masked, found.value, found.unit) == (True, None, unit)


@pytest.mark.parametrize(
    "text", ["经济总量过亿，", "零的突破", "年过半百，", "时间过半、任务过半，"]
)
def test_ways_of_speaking_are_no_round_numbers(text):
    counted = [n for n in scan(text) if isinstance(n, Quantity) and n.kind != "money"]
    assert counted == []
