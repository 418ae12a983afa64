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


@pytest.mark.parametrize(
    ("text", "scenarios"),
    [
        # What a report says of a later year is planned.
        ("2023年净增高企3家。", ["target"]),
        ("申报2023年度省科技项目10项。", ["actual"]),
        # How far an expectation and a plan in passing reach.
        ("预计高企达30家，新增省级高企5家。", ["expected", "actual"]),
        ("预计高企达30家；科技型中小企业入库5家。", ["expected", "actual"]),
        ("拟申报高企8家；完成技术合同登记额4亿元。", ["target", "actual"]),
        ("预计高企总量将达到90家。", ["expected"]),
        ("另有6家高企有望获批，6家有望入库。", ["actual", "expected"]),
        # A demand that is conformed to is no target.
        ("按照申报指南要求，共申报省级科技项目6项。", ["actual"]),
        ("技术合同成交额52亿元，为年度任务的1.3倍。", ["actual", "actual"]),
        ("完成科技型中小企业入库428家，任务完成率全市第一。", ["actual", "actual"]),
    ],
)
def test_how_far_a_scenario_reaches(told, text, scenarios):
    assert told(text, "scenario") == scenarios


def test_a_plan_may_tell_of_the_year_before(told):
    text = "科技局2022年工作要点\n去年，高企达到30家。新增高企5家。"
    assert told(text, "scenario", "period") == [("actual", "2021"), ("target", "2022")]


def test_a_plan_of_a_masked_year(told):
    text = "20**年工作总结\n新增高企3家。\n20**年要点：净增高企5家。"
    assert told(text, "scenario", year=None) == ["actual", "target"]
