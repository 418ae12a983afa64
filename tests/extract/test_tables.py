import pytest

from kjreport.extract import extract, observe
from kjreport.extract.tables import find_tables, spell
from kjreport.load import Cell, Composer, Document


def spelled(text):
    return [(s.before, s.cell.text, s.unit) for table in find_tables(text) for s in spell(table)]


@pytest.mark.parametrize("text", ["", "新增8家。", "指标\t数值", "没有\n表格"])
def test_no_table(text):
    assert find_tables(text) == []


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("指标\t2022年\n众创空间（家）\t8\n", [("2022年众创空间", "8", "家")]),
        ("| 指标 | 2022年 |\n|---|---|\n| 众创空间 | 8家 |\n", [("2022年众创空间", "8家", "")]),
        ("地区\t众创空间（家）\n全市\t8\n", [("全市众创空间", "8", "家")]),
        (
            "单位：万元\n指标\t2021年\t2022年\n技术合同成交额\t120\t150\n",
            [("2021年技术合同成交额", "120", "万元"), ("2022年技术合同成交额", "150", "万元")],
        ),
        (
            "序号\t指标\t完成数\n1\t众创空间\t8家\n2\t孵化器\t5家\n",
            [("众创空间完成数", "8家", ""), ("孵化器完成数", "5家", "")],
        ),
    ],
)
def test_cells_are_spelled_with_their_heads(text, cells):
    assert spelled(text) == cells


def test_a_table_that_lost_its_rules():
    text = "序号\n指标\n完成数\n1\n众创空间\n8家\n2\n孵化器\n5家\n"
    assert spelled(text) == [("众创空间完成数", "8家", ""), ("孵化器完成数", "5家", "")]


@pytest.mark.parametrize(
    "text",
    [
        "指标\t2021年\t2022年\n众创空间（家）\t6\t8\n孵化器（家）\t4\t**\n",
        "| 指标 | 2021年 | 2022年 |\n| --- | --- | --- |\n"
        "| 众创空间（家） | 6 | 8 |\n| 孵化器（家） | 4 | ** |\n",
    ],
)
def test_observations_of_a_table(told, text):
    assert told(text, "indicator", "period", "value", "unit", "status", "raw") == [
        ("makerspaces", "2021", 6, "count", "reported", "6"),
        ("makerspaces", "2022", 8, "count", "reported", "8"),
        ("incubators", "2021", 4, "count", "reported", "4"),
        ("incubators", "2022", None, "count", "masked", "**"),
    ]


def test_a_loaded_table_is_read_like_a_printed_one():
    composer = Composer()
    table = composer.new_table()
    composer.row([Cell("指标", 0), Cell("2022年", 1)], table=table, row=0)
    composer.row([Cell("众创空间（家）", 0), Cell("8", 1)], table=table, row=1)
    draft = composer.draft()
    rows = observe([Document("demo", draft.text, draft.blocks)])
    assert rows[["indicator", "period", "value"]].values.tolist() == [["makerspaces", "2022", 8]]


def test_sentences_around_a_table_are_read_as_ever(told):
    text = "新增孵化器5家。\n指标\t2022年\n众创空间（家）\t8\n获批科技项目3项。\n"
    assert told(text, "indicator", "value") == [
        ("incubators", 5),
        ("makerspaces", 8),
        ("projects", 3),
    ]


def test_the_figures_of_heads_are_accounted_for():
    text = "序号\t指标\t2022年\n1\t众创空间（家）\t8\n"
    residuals = extract([Document.from_text(text)]).residuals
    assert residuals[["raw", "reason"]].values.tolist() == [["2022年", "date"], ["1", "ordinal"]]


@pytest.mark.parametrize("head", ["众创空间2", "众创空间 不少于", "众创空间*"])
def test_a_head_does_not_run_into_its_cell(told, head):
    text = f"指标\t完成数\n{head}\t8家\n"
    assert told(text, "value", "raw") == [(8, "8家")]


def test_a_column_of_units():
    text = "| 指标 | 单位 | 2021年 |\n| 技术合同成交额 | 万元 | 456 |\n"
    found = [(s.before, s.cell.text, s.unit) for s in spell(find_tables(text)[0])]
    assert found == [("2021年技术合同成交额", "456", "万元")]


def test_a_column_of_rates_has_its_own_unit(told):
    text = "指标\t单位\t2022年\t同比（%）\n技术合同成交额\t万元\t120\t-7.5\n"
    assert told(text, "value", "unit", "measure") == [
        (1_200_000, "CNY", "flow"),
        (-7.5, "percent", "growth"),
    ]


def test_the_unit_of_a_head_comes_before_what_qualifies_a_cell(told):
    text = "指标\t2022年目标\n众创空间（家）\t15以上\n"
    assert told(text, "value", "qualifier") == [(15, "at_least")]


def test_an_aim_reaches_over_the_parts_of_a_cell(told):
    text = "任务\t全年目标\t进展\n众创空间\t净增5家，总数达到14家\t新增3家\n"
    assert told(text, "scenario") == ["target", "target", "actual"]


def test_digits_grouped_by_a_space_in_a_cell_are_one_number(told):
    text = "指标\t2022年\n技术合同成交额（万元）\t4 866\n"
    assert told(text, "value") == [48_660_000]
