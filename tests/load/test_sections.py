from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kjreport.load.sections import find_sections, is_plan


def parts(text):
    return [(section.title, section.part) for section in find_sections(text)]


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("一、平台建设", "一、平台建设"),
        ("十二、平台建设", "十二、平台建设"),
        ("（一）平台建设", "（一）平台建设"),
        ("(一)平台建设", "(一)平台建设"),
        ("第一部分 平台建设", "第一部分 平台建设"),
        ("1.平台建设", "1.平台建设"),
        ("1、平台建设", "1、平台建设"),
        ("（1）平台建设", "（1）平台建设"),
        ("①平台建设", "①平台建设"),
        ("【平台建设】", "平台建设"),
        ("　　一、平台建设", "一、平台建设"),
        ("## 一、平台建设", "一、平台建设"),
        ("一、平台建设。新增众创空间2家", "一、平台建设"),
    ],
)
def test_headings_of_every_kind(heading, title):
    (section,) = find_sections(f"{heading}\n略述如下，不作展开。\n")
    assert (section.title, section.level) == (title, 1)


@pytest.mark.parametrize("line", ["1.5亿元投入到位", "3家企业获批", "2022年，全区新增8家。", ""])
def test_what_is_no_heading(line):
    (section,) = find_sections(f"{line}\n略述如下，不作展开。\n")
    assert (section.title, section.level) == ("", 0)


def test_depth_follows_the_order_in_which_marks_appear():
    text = "一、平台\n（一）载体\n1.孵化\n略。\n2.众创\n略。\n二、人才\n略。\n"
    assert [section.level for section in find_sections(text)] == [1, 2, 3, 3, 1]


@pytest.mark.parametrize(
    ("heading", "part"),
    [
        ("二、存在的问题", "problems"),
        ("二、存在的主要问题和不足", "problems"),
        ("二、问题与困难", "problems"),
        ("二、短板弱项", "problems"),
        ("三、下一步工作打算", "plan"),
        ("三、2023年工作计划", "plan"),
        ("三、明年工作思路", "plan"),
        ("三、今后工作设想", "plan"),
        ("三、下半年工作安排", "plan"),
        ("二、主要工作成效", "summary"),
        ("二、项目建设", "summary"),
    ],
)
def test_parts_of_a_report(heading, part):
    text = f"一、工作总结\n全年平稳推进。\n{heading}\n略述如下，不作展开。\n"
    assert find_sections(text)[-1].part == part


def test_inner_headings_stay_in_the_part_of_the_outer():
    text = "一、工作总结\n略。\n二、下一步打算\n1.平台\n略。\n2.人才\n略。\n"
    assert [part for _, part in parts(text)] == ["summary", "plan", "plan", "plan"]


def test_the_plan_ends_where_results_begin():
    text = "一、下步打算\n略。\n二、工作总结\n略。\n"
    assert [part for _, part in parts(text)] == ["plan", "summary"]


def test_problems_end_at_the_next_heading_of_their_rank():
    text = "一、平台\n略。\n二、存在的问题\n略。\n三、人才\n略。\n"
    assert [part for _, part in parts(text)] == ["summary", "problems", "summary"]


def test_a_paragraph_can_open_the_plan_without_a_heading():
    text = "全年工作平稳推进。\n下一步，我局将抓好平台建设。\n"
    assert parts(text)[-1][1] == "plan"


def test_what_an_earlier_year_was_to_bring_is_looked_back_on():
    text = "一、2022年工作计划完成\n略。\n二、2023年工作计划\n略。\n"
    assert [part for _, part in parts(text)] == ["summary", "plan"]


def test_words_of_planning_in_passing_open_no_plan():
    text = "一、工作总结\n（一）科技计划项目管理\n略。\n（二）平台，落实年度计划\n略。\n"
    assert {part for _, part in parts(text)} == {"summary"}


def test_a_document_that_only_plans():
    (section,) = find_sections("科技局2023年工作要点\n力争新增众创空间2家。\n")
    assert section.part == "plan"


@pytest.mark.parametrize(
    ("title", "plans"),
    [
        ("科技局2023年工作计划", True),
        ("2023年科技工作要点", True),
        ("科技局2022年工作总结", False),
        ("2022年工作总结和2023年工作计划", False),
        ("我们制定了工作计划，并落实到位。", False),
    ],
)
def test_titles_that_plan(title, plans):
    assert is_plan(title) is plans


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "一、总结",
                "二、存在问题",
                "（一）平台",
                "1.",
                "下一步，",
                "略。",
                "\n",
                "8家",
                " ",
                "【",
                "】",
            ]
        ),
        max_size=30,
    ).map("".join)
)
def test_sections_follow_each_other_and_cover_the_text(text):
    sections = find_sections(text)
    assert sections[0].start == 0
    assert sections[-1].end == len(text)
    assert all(a.end == b.start for a, b in pairwise(sections))


@pytest.mark.parametrize(
    "line",
    [
        "2023年全市科技工作主要目标是：新增众创空间2家。",
        "2023年，我们将对标先进、奋起直追。",
        "今年起，全市将每年支持一批团队。",
        "今年怎么办？大家都在问。",
        "年目标（以下达为准）：新增众创空间2家。",
        "●2023●",
        "六、2023年方案",
        "第二部分　目标（到2025年）",
        "【近期安排】",
    ],
)
def test_plans_announced_without_a_heading(line):
    assert find_sections(f"2022年工作总结\n全年平稳。\n{line}\n")[-1].part == "plan"


@pytest.mark.parametrize(
    "line",
    ["2022年，我局将科技创新摆在首位。", "一、关于“做强平台”的建议", "●2022●", "一、工作开展情况"],
)
def test_what_announces_no_plan(line):
    assert find_sections(f"2022年工作总结\n全年平稳。\n{line}\n")[-1].part == "summary"


def test_a_title_broken_in_two_is_one():
    text = "某县2022年上半年工作总结及下半年\n工作计划\n\n一、平台建设\n略述如下。\n"
    assert find_sections(text)[-1].part == "summary"
