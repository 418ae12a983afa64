import pytest

from kjreport.extract import extract
from kjreport.load import Document


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("新增众创空间2家。", "district"),
        ("全区企业获得贷款3000万元。", "district"),
        ("推荐12家企业申报高新技术企业。", "district"),
        ("重点实验室3家。", "district"),
        ("甲乙公司获得科技贷款3000万元。", "entity"),
        ("丙丁集团获批科技项目2项。", "entity"),
        ("戊己产业园新增孵化器2家。", "entity"),
        ("庚辛研究院授权专利12件。", "entity"),
    ],
)
def test_scopes(told, text, scope):
    assert told(text, "scope") == [scope]


def test_the_parts_of_an_entity_are_the_entity(told):
    text = "甲乙公司授权专利12件，其中发明专利5件。"
    assert told(text, "scope") == ["entity", "entity"]


def test_the_next_sentence_is_the_district_again(told):
    text = "甲乙公司授权专利12件。全区授权专利300件。"
    assert told(text, "scope") == ["entity", "district"]


@pytest.mark.parametrize(
    "text",
    [
        "众创空间比邻县多3家。",
        "众创空间数量仅为邻市的30%。",
    ],
)
def test_other_regions_are_left_out(text):
    found = extract([Document.from_text(text, year=2022)])
    assert found.observations.empty
    assert list(found.residuals["reason"]) == ["other region"]


def test_the_gap_to_a_wider_region_is_a_change(told):
    rows = told("研发投入占GDP比重高于全省平均0.3个百分点。", "indicator", "measure", "value")
    assert rows in ([("rd_intensity", "change", 0.3)], [])


def test_what_another_county_leads_is_another_regions(told):
    text = "新增众创空间5家；同期，枞阳县新增众创空间3家。"
    assert told(text, "value", area="安徽六安霍山县") == [5]
    assert told(text.replace("枞阳县", "霍山县"), "value", area="安徽六安霍山县") == [5, 3]


def test_a_district_that_is_one_of_many_is_not_counted(told):
    assert told("获批全国首批91家创新型县之一，新增众创空间2家。", "value") == [2]


def test_a_county_in_the_report_of_the_city_above_is_no_district(told):
    text = "新增众创空间5家，其中：霍山县新增3家。\n县区\t高新技术企业（家）\n霍山县\t96\n"
    assert told(text, "scope", area="安徽六安") == ["district", "entity", "entity"]
    assert told("金昌市新增众创空间3家。", "scope", area="甘肃") == ["entity"]
