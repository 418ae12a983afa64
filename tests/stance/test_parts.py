import pytest

from kjreport.load import Document
from kjreport.stance.clauses import clauses
from kjreport.stance.lexicon import Lexicon
from kjreport.stance.parts import place


def parts(*lines):
    """Return the part of every clause that is no heading, by its words."""
    document = Document.from_text("\n".join(lines))
    placed = place(document, clauses(document.text), Lexicon.default())
    return {p.clause.text: p.part for p in placed if not p.is_heading and p.clause.text}


def headings(*lines):
    document = Document.from_text("\n".join(lines))
    placed = place(document, clauses(document.text), Lexicon.default())
    return [p.clause.text for p in placed if p.is_heading]


def test_headings_rule_down_to_the_next():
    assert parts(
        "一、工作回顾", "成绩不小。", "二、存在问题", "人才太少。", "三、明年打算", "多引人才。"
    ) == {"成绩不小": "summary", "人才太少": "problems", "多引人才": "plan"}


@pytest.mark.parametrize(
    ("turn", "part"),
    [
        ("主要问题：", "problems"),
        ("问题与不足：", "problems"),
        ("同时也要看到，工作中仍存在一些短板和弱项。", "problems"),
        ("说到不足，根子在底子薄：", "problems"),
        ("来年，", "plan"),
        ("下一步，我局将", "plan"),
        ("2031年工作思路：", "plan"),
        ("据介绍，明年该区还将", "plan"),
        ("会议要求，", "plan"),
        ("今年全区科技工作要实现三个目标：", "plan"),
        ("今年，我区将", "plan"),
    ],
)
def test_a_turn_rules_to_the_end_of_its_paragraph(turn, part):
    found = parts(
        "某区科技局工作总结", "全区工作平稳。" + turn + "甲事一件；乙事一件。", "另起一段。"
    )
    assert found["全区工作平稳"] == "summary"
    assert found["乙事一件"] == part
    assert found["另起一段"] == "summary"


def test_an_announcement_rules_the_paragraphs_below_it():
    found = parts("大家辛苦了。", "下面，我讲三点意见。", "第一，抓早。", "第二，抓实。")
    assert found["抓实"] == "plan"


@pytest.mark.parametrize(
    "past",
    ["现将全年工作总结和明年工作计划汇报如下：", "对照年初目标：", "解决了企业反映的不少问题。"],
)
def test_looking_back_is_no_turn(past):
    assert parts(past + "一切顺利。", "其余照旧。")["其余照旧"] == "summary"


def test_a_remedy_among_the_problems_is_no_problem():
    found = parts("三、存在问题及对策", "问题：人才太少。", "对策：多引人才。")
    assert found == {"人才太少": "problems", "多引人才": "summary"}


def test_a_title_that_plans_only_makes_the_whole_text_a_plan():
    assert parts("某县科技局2031年工作要点", "办三件事。")["办三件事"] == "plan"
    assert parts("某县科技局工作总结", "办三件事。")["办三件事"] == "summary"


def test_titles_are_headings_and_items_are_not():
    lines = [
        "三、下一步打算",
        "（一）抓主体。扶持企业。",
        "（二）新增高企5家；",
        "（三）净增平台2个。",
    ]
    assert headings(*lines) == ["下一步打算", "抓主体"]
