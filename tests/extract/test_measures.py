import pytest


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("现有众创空间8家。", "stock"),
        ("众创空间达到8家。", "stock"),
        ("众创空间总数达8家。", "stock"),
        ("累计建成众创空间8家。", "stock"),
        ("拥有众创空间8家。", "stock"),
        ("众创空间增至8家。", "stock"),
        ("众创空间8家。", "stock"),
        ("新增众创空间2家。", "flow"),
        ("净增众创空间2家。", "flow"),
        ("认定众创空间2家。", "flow"),
        ("获批众创空间2家。", "flow"),
        ("新增众创空间2家，达到8家。", "flow stock"),
        ("众创空间较上年多2家。", "flow"),
        ("选派科技特派员30名。", "flow"),
        ("现有科技特派员30名。", "stock"),
        ("技术合同成交额2亿元。", "flow"),
        ("授权专利30件。", "flow"),
        ("申报众创空间2家。", "applied"),
        ("推荐众创空间2家。", "applied"),
        ("组织2家众创空间申报省级备案。", "applied"),
        ("专利申请30件。", "applied"),
        ("专利申请30件，其中发明专利12件。", "applied applied"),
        # The outcome beats the verb.
        ("成功申报众创空间2家。", "flow"),
        ("推荐2家企业认定为高新技术企业。", "flow"),
        ("申报高新技术企业28家，通过19家。", "applied flow"),
        ("复审通过高新技术企业19家。", "flow"),
        ("验收科技项目6项。", "completed"),
        ("6项科技项目通过验收。", "completed"),
        ("科技项目结题6项。", "completed"),
        # Ratios, by unit and construction.
        ("技术合同成交额同比增长28%。", "growth"),
        ("技术合同成交额下降11.7%。", "growth"),
        ("技术合同成交额翻一番。", "growth"),
        ("技术合同成交额是去年的3倍。", "growth"),
        ("研发投入占GDP比重3.21%。", "share"),
        ("研发投入占GDP比重提高0.3个百分点。", "change"),
        ("高新技术企业申报28家，通过率67.9%。", "applied share"),
        ("众创空间完成全年任务的80%。", "share"),
        ("高新技术产业产值占比66.2%。", "share"),
        ("众创空间数量居全市第一。", "rank"),
    ],
)  # fmt: skip
def test_measures(told, text, measure):
    assert " ".join(told(text, "measure")) == measure


@pytest.mark.parametrize(
    ("text", "value", "value_max"),
    [
        ("技术合同成交额下降11.7%。", -11.7, None),
        ("技术合同成交额降幅5%~8%。", -8, -5),
        ("技术合同成交额增长11.7%。", 11.7, None),
        ("技术合同成交额翻一番。", 100, None),
        ("技术合同成交额增长三成。", 30, None),
    ],
)
def test_a_fall_is_negative(told, text, value, value_max):
    (row,) = told(text, "measure", "value", "value_max")
    assert row == ("growth", value, value_max)


def test_one_growth_said_of_two_indicators(told):
    rows = told("专利申请300件、授权200件，分别增长38.2%和21.7%。", "measure", "value")
    assert rows == [("applied", 300), ("flow", 200), ("growth", 38.2), ("growth", 21.7)]


def test_points_stay_points(told):
    rows = told("研发投入占GDP比重3.21%，提高0.3个百分点。", "value", "unit")
    assert rows == [(3.21, "percent"), (0.3, "percentage_point")]


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        # What a stock grew by has no parts; the stock has.
        ("现有众创空间30家，比上年增加5家；其中，国家级众创空间1家。", ["stock", "flow", "stock"]),
        ("高新技术企业净增5家、达到47家。", ["flow", "stock"]),
        ("全市已有研发平台70家（其中，国家认定企业技术中心8家）。", ["stock", "stock"]),
        ("高新技术企业2家，今年又推荐3家申报。", ["stock", "applied"]),
        ("新认定高企1家（全县高企达2家）。", ["flow", "stock"]),
        ("组织申报高企80家，其中复审20家。", ["applied", "applied"]),
        ("组织申报高企培育入库30家。", ["applied"]),
        ("申报科技项目9项。其中国家级科技项目5项。", ["applied", "applied"]),
        ("占比提升至2.8%。", []),
        ("研发投入强度提升至2.8%。", ["share"]),
    ],
)
def test_parts_and_what_they_are_parts_of(told, text, measures):
    assert told(text, "measure") == measures


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("今年新认定高新技术企业1家，复审通过2家；省级重点实验室5个。", ["flow", "flow", "stock"]),
        ("新增孵化器1家；众创空间5个。", ["flow", "flow"]),
        ("2021年新增的有：国家重点实验室1家，省级重点实验室6家。", ["flow", "flow"]),
        ("市级重点实验室＋2个。", ["flow"]),
        ("全年累计认定众创空间5个。", ["flow"]),
        ("累计认定众创空间5个。", ["stock"]),
        ("现有科技特派员87人，其中农机推广7人。", ["stock", "stock"]),
        ("新三板挂牌企业11家。", ["stock"]),
        ("新三板挂牌2家。", ["flow"]),
        ("脱毒种薯繁育等3项通过验收。", ["completed"]),
        ("众创空间4家，同比增加1家。", ["stock", "flow"]),
        ("R&D经费3亿元，+28.5%。", ["flow", "growth"]),
    ],
)
def test_verbs_beyond_the_clause(told, text, measures):
    assert told(text, "measure") == measures


def test_the_whole_is_taken_up_again_behind_its_part(told):
    text = "专利申请51件，其中发明7件，授权30件。"
    assert told(text, "indicator", "measure") == [
        ("patents", "applied"),
        ("invention_patents", "applied"),
        ("patents", "flow"),
    ]
