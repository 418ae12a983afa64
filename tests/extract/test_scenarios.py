import pytest


@pytest.mark.parametrize(
    ("text", "scenario"),
    [
        ("新增众创空间2家。", "actual"),
        ("已新增众创空间2家。", "actual"),
        ("预计新增众创空间2家。", "expected"),
        ("众创空间有望达到8家。", "expected"),
        ("力争新增众创空间2家。", "target"),
        ("争取新增众创空间2家。", "target"),
        ("计划新增众创空间2家。", "target"),
        ("确保众创空间达到8家。", "target"),
        ("拟新增众创空间2家。", "target"),
        ("市下达任务为众创空间8家。", "target"),
        ("全年目标新增众创空间2家。", "target"),
        # Winning money is no striving.
        ("争取上级科技资金40万元。", "actual"),
        # Completion against its target in one sentence.
        ("全年任务新增众创空间10家，已完成8家。", "target actual"),
        ("新增众创空间8家，完成全年目标的80%。", "actual actual"),
    ],
)
def test_scenarios_by_their_words(told, text, scenario):
    assert " ".join(told(text, "scenario")) == scenario


@pytest.mark.parametrize(
    ("body", "scenario"),
    [("新增众创空间2家。", "target"), ("2022年新增众创空间2家，2023年新增3家。", "target")],
)
def test_the_plan_part_speaks_of_targets(told, body, scenario):
    text = f"一、工作总结\n全年平稳推进。\n二、下一步打算\n{body}\n"
    assert told(text, "scenario")[-1] == scenario


def test_the_plan_part_may_look_back(told):
    text = "一、工作总结\n略。\n二、下一步打算\n去年新增众创空间2家，今年力争新增3家。\n"
    assert told(text, "scenario") == ["actual", "target"]


def test_targets_within_the_summary(told):
    text = "一、工作总结\n现有众创空间8家，力争明年达到10家。\n"
    assert told(text, "scenario", "period") == [("actual", "2022"), ("target", "2023")]
