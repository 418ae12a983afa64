import pytest


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("新增众创空间2家。", "2022"),
        ("今年新增众创空间2家。", "2022"),
        ("全年新增众创空间2家。", "2022"),
        ("2022年新增众创空间2家。", "2022"),
        ("2021年新增众创空间2家。", "2021"),
        ("二〇二一年新增众创空间2家。", "2021"),
        ("去年新增众创空间2家。", "2021"),
        ("上年新增众创空间2家。", "2021"),
        ("1-10月新增众创空间2家。", "2022-01/2022-10"),
        ("1至10月新增众创空间2家。", "2022-01/2022-10"),
        ("2021年1-10月新增众创空间2家。", "2021-01/2021-10"),
        ("前三季度新增众创空间2家。", "2022-01/2022-09"),
        ("上半年新增众创空间2家。", "2022-H1"),
        ("下半年新增众创空间2家。", "2022-H2"),
        ("2021年上半年新增众创空间2家。", "2021-H1"),
        ("一季度新增众创空间2家。", "2022-Q1"),
        ("第三季度新增众创空间2家。", "2022-Q3"),
        ("6月初举办培训2次。", "2022-06"),
        ("9月举办培训2次。", "2022-09"),
        # Up to the end of a month: a flow since January, a stock on the day.
        ("到9月底新增众创空间2家。", "2022-01/2022-09"),
        ("截至9月底新增众创空间2家。", "2022-01/2022-09"),
        ("截至9月底众创空间达到8家。", "2022-09"),
        ("截至2021年9月底众创空间达到8家。", "2021-09"),
        ("截至2021年底众创空间达到8家。", "2021"),
        ("截至目前众创空间达到8家。", "2022"),
        ("目前众创空间达到8家。", "2022"),
        # Plans and retrospects over years.
        ("十四五期间力争新增众创空间20家。", "2021/2025"),
        ("“十三五”期间新增众创空间20家。", "2016/2020"),
        ("到2027年众创空间力争达到20家。", "2027"),
        ("2018-2020年新增众创空间20家。", "2018/2020"),
        ("过去五年新增众创空间20家。", "2018/2022"),
        ("明年力争新增众创空间2家。", "2023"),
        # What is only compared with gives no period.
        ("众创空间达到8家，比2021年增长20%。", "2022 2022"),
        ("技术合同成交额较去年增长20%。", "2022"),
        ("技术合同成交额是2020年的3倍。", "2022"),
        # Several years in one sentence.
        ("众创空间2021年新增2家，2022年新增3家。", "2021 2022"),
        ("众创空间由2020年的5家增至2022年的8家。", "2020 2022"),
        # A lagged year inside a current report.
        ("2021年全社会研发投入30亿元，占GDP比重2.1%。", "2021 2021"),
        # A masked year says nothing.
        ("****年众创空间达到8家。", ""),
    ],
)
def test_periods_of_a_2022_report(told, text, period):
    assert " ".join(told(text, "period")) == period


PLAN = "一、工作总结\n略。\n二、下一步打算\n{}\n"


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("新增众创空间2家。", "2023"),
        ("2024年新增众创空间2家。", "2024"),
        ("明年新增众创空间2家。", "2023"),
    ],
)
def test_the_plan_part_has_the_year_planned_for(told, text, period):
    assert told(PLAN.format(text), "period") == [period]


def test_a_task_is_of_the_running_year(told):
    rows = told("全年任务新增众创空间10家，已完成8家。", "scenario", "period")
    assert rows == [("target", "2022"), ("actual", "2022")]


@pytest.mark.parametrize("year", [None])
def test_without_a_main_year_the_period_is_empty(told, year):
    text = "新增众创空间2家。现有孵化器5家。去年新增星创天地1家。"
    assert told(text, "period", year=year) == ["", "", ""]


def test_a_named_year_stands_without_a_main_year(told):
    assert told("2020年众创空间达到8家。", "period", year=None) == ["2020"]


@pytest.mark.parametrize(
    "opening",
    [
        "扎实推进“十四五”科技创新规划，全年工作平稳有序。",
        "自今年上半年机构改革以来，全年工作平稳有序。",
    ],
)
def test_an_opening_sentence_is_no_title(told, opening):
    assert told(f"{opening}\n新增众创空间2家。", "period") == ["2022"]


def test_the_growth_of_a_stock_is_of_its_day(told):
    text = "截至9月底，众创空间达到8家，同比增长20%。"
    assert told(text, "period") == ["2022-09", "2022-09"]


def test_the_main_year_is_read_from_the_title(told):
    assert told("某县科技局2019年工作总结\n新增众创空间2家。", "period", year=None) == ["2019"]


HALF = "某县科技局2022年上半年工作总结\n一、工作成效\n{}\n二、下半年工作打算\n{}\n"


@pytest.mark.parametrize(
    ("done", "planned", "periods"),
    [
        ("新增众创空间2家。", "新增孵化器1家。", ["2022-H1", "2022-H2"]),
        ("众创空间达到8家。", "略。", ["2022-H1"]),
        ("截至5月底，众创空间达到8家。", "略。", ["2022-05"]),
        ("新增众创空间2家。", "全年新增孵化器3家。", ["2022-H1", "2022"]),
    ],
)
def test_a_half_year_report(told, done, planned, periods):
    assert told(HALF.format(done, planned), "period") == periods


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("某县科技局2022年一季度工作总结", "2022-Q1"),
        ("某县科技局2022年第三季度工作总结", "2022-Q3"),
    ],
)
def test_a_quarterly_report(told, title, period):
    assert told(f"{title}\n新增众创空间2家。", "period") == [period]


def test_a_five_year_retrospect(told):
    text = "某县科技局“十二五”工作总结\n新增众创空间20家。到“十二五”末众创空间达到30家。"
    assert told(text, "period", year=None) == ["2011/2015", "2015"]


def test_ratios_share_the_period_of_their_amount(told):
    text = "1-10月技术合同成交额2亿元，同比增长20%。"
    assert told(text, "period") == ["2022-01/2022-10"] * 2


def test_the_same_period_takes_up_the_one_named_before(told):
    text = "1-10月新增众创空间2家，去年同期新增1家。"
    assert told(text, "period")[1] == "2021-01/2021-10"


@pytest.mark.parametrize(
    "text",
    [
        "按照2021年12号文件，新增众创空间2家。",
        "《2020年实施方案》出台，新增众创空间2家。",
    ],
)
def test_years_of_documents_govern_nothing(told, text):
    assert told(text, "period") == ["2022"]


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        # A period that opens a sentence reaches past a semicolon.
        ("1-10月，申报项目3项；验收项目2项。", ["2022-01/2022-10"] * 2),
        ("五月科技活动周，举办科普活动3场，发放资料2万份。", ["2022-05"] * 2),
        ("10月底技术合同成交额达到6亿元。", ["2022-01/2022-10"]),
        ("截止三季度，技术合同成交额6亿元。", ["2022-01/2022-09"]),
        ("前5月技术合同成交额6亿元。", ["2022-01/2022-05"]),
        ("2021年至2022年，实施科技计划项目9项。", ["2021/2022"]),
        ("2019年以来发放科技贷款3亿元。", ["2019/2022"]),
        # Its own number follows at once: behind the comma the report's year is meant again.
        ("去年是22件，今年专利申请45件。", ["2022"]),
        ("专利授权90件，是“十三五”末的2.4倍。", ["2022", "2022"]),
        ("2019年立项的5个科技项目通过验收。", ["2022"]),
        ("6.2023年拟引进人才团队5个。", ["2023"]),
        ("申报2023年度省科技项目10项，技术合同成交额6亿元。", ["2023", "2022"]),
    ],
)
def test_how_far_a_period_reaches(told, text, periods):
    assert told(text, "period")[-len(periods) :] == periods


def test_a_report_on_three_quarters(told):
    text = "2022年前三季度科技工作\n新增众创空间2家，去年同期新增众创空间1家。"
    assert told(text, "period") == ["2022-01/2022-09", "2021-01/2021-09"]


def test_a_plan_for_several_years(told):
    text = "科技创新行动方案（2023-2027年）\n一、主要目标\n力争新增众创空间2家。"
    assert told(text, "period", year=2022) == ["2027"]


def test_the_plan_after_next_does_not_date_a_retrospect(told):
    text = "“十二五”工作总结及“十三五”工作思路\n一、工作总结\n争取科技经费800万元。"
    assert told(text, "period", year=2015) == ["2011/2015"]


def test_a_masked_year_is_no_period(told):
    assert told("X年实施科技项目5个。", "period") == [""]


FIVE_YEARS = "一、“十三五”工作回顾\n新增众创空间20家，目前达到30家。\n"


@pytest.mark.parametrize(
    ("text", "year", "periods"),
    [
        (FIVE_YEARS, 2020, ["2016/2020", "2020"]),
        ("过去五年工作总结\n一、2020年工作\n新增众创空间2家。", 2020, ["2020"]),
        ("巨变\n——“十三五”科技回眸\n新增众创空间2家。", 2020, ["2016/2020"]),
        ("先说去年干成的几件事。新增众创空间2家。", 2022, ["2021"]),
        ("过去的2022年不容易。\n今年怎么干？新增众创空间2家。", 2022, ["2023"]),
        ("今年怎么干？新增众创空间2家。", 2022, ["2022"]),
        ("在线访谈\n时间：2023年5月9日\n去年新增众创空间2家。", 2022, ["2022"]),
        ("发布时间：2023年5月9日\n去年新增众创空间2家。", 2022, ["2021"]),
        ("上半年总结\n三、三季度要点\n新增众创空间2家。", 2022, ["2022-Q3"]),
        ("科技工作进展\n下一步，下半年还将新增众创空间2家，新增孵化器3家。", 2022, ["2022-H2"] * 2),
        ("下步打算：8月底前新增众创空间2家。", 2022, ["2022-01/2022-08"]),
        ("上半年兑现2021年度奖补资金30万元。", 2022, ["2022-H1"]),
        ("技术合同成交额较2021年的6亿元增长50%。", 2022, ["2021", "2022"]),
        ("头五个月新增众创空间2家。", 2022, ["2022-01/2022-05"]),
    ],
)
def test_the_heading_and_the_day_tell_which_years_are_meant(told, text, year, periods):
    assert told(text, "period", year=year) == periods


def test_a_plan_for_five_years_counts_what_comes_about_in_all_of_them(told):
    text = (
        "某县“十四五”科技创新规划\n一、“十三五”工作回顾\n新增众创空间9家。\n"
        "二、主要任务\n新增孵化器5家，众创空间总数达到20家。\n"
    )
    assert told(text, "scenario", "period", year=None) == [
        ("actual", "2016/2020"),
        ("target", "2021/2025"),
        ("target", "2025"),
    ]


def test_a_masked_last_digit_leaves_the_year_open(told):
    assert told("202x年，新增众创空间2家。", "period", year=None) == [""]
