import pytest

from kjreport.extract import extract, observe
from kjreport.load import Document


def read(text):
    return extract([Document.from_text(text, year=2022)])


@pytest.mark.parametrize(
    "text",
    [
        "抓好疫情防控，发放口罩5000只。",
        "开展党史学习12次，发展党员3名。",
        "开展核酸检测2万人次。",
        "结对帮扶贫困户30户。",
        "一、疫情防控\n组织志愿者200人次，排查企业86家。\n",
        "二、党建工作\n召开会议12次。\n",
    ],
)
def test_what_is_not_science_is_no_observation(text):
    found = read(text)
    assert set(found.observations["indicator"]) <= {"other"}
    assert found.observations.empty, found.observations[["raw", "indicator"]]
    assert "not science" in set(found.residuals["reason"])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2022年，平台建设提速。", "date"),
        ("依据〔2022〕15号文件，平台建设提速。", "document number"),
        ("为期30天的活动顺利举行。", "duration"),
        ("1.平台建设提速。", "ordinal"),
        ("众创空间由9家增至12家。", "earlier value"),
    ],
)
def test_reasons_of_residuals(text, reason):
    assert list(read(text).residuals["reason"]) == [reason]


def test_a_threshold_only_says_which_firms_are_counted():
    found = read("产值过亿元的企业有16家高新技术企业。")
    assert list(found.observations["value"]) == [16]
    assert list(found.residuals["reason"]) == ["threshold"]


def test_what_fits_no_indicator_is_other_or_nothing():
    found = read("科技服务稳步推进，维修路灯35盏，栽种树木20株。")
    assert set(found.observations["indicator"]) <= {"other"}


@pytest.mark.parametrize(
    "text",
    ["首个众创空间揭牌。", "众创空间揭牌，唯一一家。", "高新技术企业、众创空间等蓬勃发展。", ""],
)
def test_no_number_no_observation(text):
    assert read(text).observations.empty


def test_science_beside_other_business_is_read():
    found = read("抓好疫情防控。新增众创空间2家。")
    assert list(found.observations["indicator"]) == ["makerspaces"]


@pytest.mark.parametrize(
    "text",
    [
        "支持学校参加第33届青少年科技创新大赛。",
        "用好两个平台。",
        "在17个分园中排名第二。",
        "青石市同期净增高企30家。",
        "研发投入强度不及邻城的2.9%。",
        "在80名学生以上的学校开展科普。",
    ],
)
def test_more_that_counts_nothing(text):
    report = Document.from_text(text, report_id="demo", year=2022)
    frame = observe([report])
    assert frame[frame["unit"] != "rank"].empty
