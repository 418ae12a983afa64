import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The name before its number, or behind it.
        ("众创空间8家。", [("makerspaces", 8)]),
        ("全区共有8家众创空间。", [("makerspaces", 8)]),
        ("新增国家高新技术企业16家。", [("high_tech_enterprises", 16)]),
        ("16家企业通过高新技术企业认定。", [("high_tech_enterprises", 16)]),
        ("技术合同成交额2433.5万元。", [("tech_contract_value", 24_335_000)]),
        # Enumerations.
        ("新增孵化器5家、众创空间8家。", [("incubators", 5), ("makerspaces", 8)]),
        pytest.param("新增5家孵化器、8家众创空间。", [("incubators", 5), ("makerspaces", 8)]),
        ("获批2个工程中心、3个重点实验室。", [("engineering_centres", 2), ("key_laboratories", 3)]),
        ("孵化器5家，众创空间8家；星创天地2家。",
         [("incubators", 5), ("makerspaces", 8), ("agri_makerspaces", 2)]),
        # One count over several kinds of platform.
        ("孵化器、众创空间共13家。", [("innovation_platforms", 13)]),
        # Paired lists.
        ("孵化器、众创空间分别达到5家和8家。", [("incubators", 5), ("makerspaces", 8)]),
        ("专利申请量、授权量分别为300件、200件。", [("patents", 300), ("patents", 200)]),
        # A head reaches over commas and semicolons until another is named.
        ("高新技术企业申报28家，通过19家，通过率67.9%。",
         [("high_tech_enterprises", 28), ("high_tech_enterprises", 19),
          ("high_tech_enterprises", 67.9)]),
        ("高新技术企业申报28家；通过19家；众创空间新增2家。",
         [("high_tech_enterprises", 28), ("high_tech_enterprises", 19), ("makerspaces", 2)]),
        # Ratios take the indicator they speak of.
        ("技术合同成交额99.8亿元，同比增长75.2%。",
         [("tech_contract_value", 9.98e9), ("tech_contract_value", 75.2)]),
        ("研发投入占GDP比重3.21%。", [("rd_intensity", 3.21)]),
        ("众创空间数量居全市第二。", [("makerspaces", 2)]),
        # Totals and parts.
        ("获批科技项目23项（国家级1项，自治区级16项，市级6项）。",
         [("projects", 23), ("projects", 1), ("projects", 16), ("projects", 6)]),
        ("专利授权200件，其中发明专利30件。", [("patents", 200), ("invention_patents", 30)]),
        ("有效发明专利拥有量300件，每万人口发明专利拥有量12.5件。",
         [("invention_patents", 300), ("invention_patents_per_10k", 12.5)]),
        # From one value to another: only what is reached counts.
        ("众创空间由9家增至12家。", [("makerspaces", 12)]),
        ("众创空间从9家增加到12家。", [("makerspaces", 12)]),
        # The same activity by its events and its reach.
        ("开展科普活动12场，惠及群众3000人次。",
         [("outreach_events", 12), ("outreach_reach", 3000)]),
        ("举办培训班8期，培训500人次。", [("trainings", 8), ("trainees", 500)]),
        # Money needs to be named.
        ("争取上级科技资金300万元。", [("funds_won", 3_000_000)]),
        ("兑现奖补资金80万元。", [("funds_paid", 800_000)]),
        # Money from above, whatever the programme is called; a deduction is no expenditure.
        ("争取中央引导地方科技发展资金200万元。", [("funds_won", 2_000_000)]),
        ("落实研发费用加计扣除政策，减免税额1.3亿元。", [("other", 1.3e8)]),
        ("发放“科技贷”35笔、金额1.6亿元。", [("other", 35), ("st_loans", 1.6e8)]),
    ],
)  # fmt: skip
def test_what_is_counted(told, text, expected):
    found = told(text, "indicator", "value")
    assert [name for name, _ in found] == [name for name, _ in expected]
    assert [value for _, value in found] == pytest.approx([value for _, value in expected])


def test_a_number_of_another_kind_is_not_given_to_the_nearest_name(told):
    assert "makerspaces" not in told("众创空间建设投入300万元。", "indicator")


def test_the_earlier_value_of_a_dated_change(told):
    rows = told("众创空间由2021年的9家增至12家。", "value", "measure", "period")
    assert rows == [(9, "stock", "2021"), (12, "stock", "2022")]


def test_numbers_without_a_name_are_carried_on_within_a_heading(told):
    text = "一、众创空间\n全年新增2家。\n二、人才\n略。\n"
    assert told(text, "indicator", "value") == [("makerspaces", 2)]


def test_densities(told):
    rows = told("每万人口发明专利拥有量28.51件。", "indicator", "unit", "measure")
    assert rows == [("invention_patents_per_10k", "per_10k", "stock")]


def test_means_and_ceilings_are_no_amount_of_the_district(told):
    assert told("兑现奖补资金80万元，单项最高5万元。", "indicator") == ["funds_paid", "other"]


@pytest.mark.parametrize(
    ("text", "value", "value_max"),
    [("新增众创空间1-2家。", 1, 2), ("新增众创空间*-*家。", None, None)],
)
def test_ranges_reach_the_table(told, text, value, value_max):
    rows = told(text, "indicator", "value", "value_max", "qualifier")
    assert rows == [("makerspaces", value, value_max, "range")]


def test_masked_amounts_keep_their_base_unit(told):
    rows = told("兑现奖补资金**万元，同比增长*%。", "value", "unit", "status")
    assert rows == [(None, "CNY", "masked"), (None, "percent", "masked")]


@pytest.mark.parametrize(
    ("near", "far"),
    [
        ("新增众创空间2家。", "一、众创空间\n工作有序推进，新增2家。\n"),
        ("全区共有众创空间8家。", "众创空间工作平稳有序。全区共有8家。"),
    ],
)
def test_a_name_beside_the_number_is_trusted_more(told, near, far):
    (beside,), (away,) = told(near, "confidence"), told(far, "confidence")
    assert 0 < away < beside <= 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("目前挂牌科技型企业15家，上市高新技术企业7家。", [("listings", 15), ("listings", 7)]),
        ("发布技术需求20项，签约3项。", [("tech_demands", 20), ("iur_cooperation", 3)]),
        (
            "签订技术合同11份，合同额700万元。",
            [("tech_contracts", 11), ("tech_contract_value", 7e6)],
        ),
        ("为27家高新技术企业争取奖补资金90万元。", [("firms_funded", 27), ("funds_won", 9e5)]),
        ("惠及高新技术企业83家。", [("firms_funded", 83)]),
        ("三成的高新技术企业没有研发机构。", [("high_tech_enterprises", 30)]),
        ("转化10万元以上科技成果7项。", [("achievements", 7)]),
        ("新增省级平台（含实验室和研发中心）10家。", [("innovation_platforms", 10)]),
        ("实施发明专利产业化项目5个。", [("projects", 5)]),
        (
            "规上企业研发经费2亿元，占全社会R&D经费的90%。",
            [("enterprise_rd", 2e8), ("enterprise_rd", 90)],
        ),
        ("获得研发经费补助90万元。", [("funds_won", 9e5)]),
        (
            "区财政安排科技发展资金900万元，其中，重大专项500万元。",
            [("fiscal_st", 9e6), ("fiscal_st", 5e6)],
        ),
    ],
)
def test_names_that_say_more_than_one_thing(told, text, expected):
    assert told(text, "indicator", "value") == expected


def test_one_rank_said_of_two_counts(told):
    text = "新增孵化器5家、众创空间8家，均居全市第一。"
    ranks = [name for name, unit in told(text, "indicator", "unit") if unit == "rank"]
    assert sorted(ranks) == ["incubators", "makerspaces"]


def test_a_count_and_the_output_of_what_is_counted(told):
    text = "57家高新技术企业增加值29亿元。"
    assert told(text, "indicator") == ["high_tech_enterprises", "hightech_output"]
