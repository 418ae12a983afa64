import pytest

COUNTY = "安徽省六安市霍山县"
COUNTY_LEVEL_CITY = "浙江省金华市义乌市"
PREFECTURE = "安徽省六安市"
DISTRICT = "安徽省六安市金安区"
MUNICIPALITY = "重庆市"
MUNICIPAL_DISTRICT = "重庆市北碚区"
LEAGUE_BANNER = "内蒙古自治区兴安盟突泉县"
ZONE = "内蒙古自治区通辽市通辽经济技术开发区"


@pytest.mark.parametrize(
    ("area", "word", "level"),
    [
        (COUNTY, "国家级", "national"),
        (COUNTY, "省级", "provincial"),
        (COUNTY, "省级以上", "provincial"),
        (COUNTY, "市级", "prefecture"),
        (COUNTY, "市级以上", "prefecture"),
        (COUNTY, "县级", "county"),
        (COUNTY, "", ""),
        (DISTRICT, "市级", "prefecture"),
        (DISTRICT, "区级", "county"),
        (PREFECTURE, "市级", "prefecture"),
        (PREFECTURE, "县级", "county"),
        (COUNTY_LEVEL_CITY, "市级", "county"),
        (COUNTY_LEVEL_CITY, "省级", "provincial"),
        (MUNICIPALITY, "市级", "provincial"),
        (MUNICIPAL_DISTRICT, "市级", "provincial"),
        (MUNICIPAL_DISTRICT, "区级", "county"),
        (LEAGUE_BANNER, "自治区级", "provincial"),
        (LEAGUE_BANNER, "盟级", "prefecture"),
        (LEAGUE_BANNER, "旗级", "county"),
        (ZONE, "区级", "county"),
        (ZONE, "自治区级", "provincial"),
        (ZONE, "市级", "prefecture"),
    ],
)
def test_the_absolute_tier_follows_from_the_reporting_place(told, area, word, level):
    assert told(f"新增{word}众创空间2家。", "level", area=area) == [level]


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        # Parts of a total name their own tier.
        ("获批项目23项（国家级1项，自治区级16项，市级6项）。",
         ["", "national", "provincial", "prefecture"]),
        ("众创空间8家，其中国家级2家、省级3家。", ["", "national", "provincial"]),
        # Without a name of their own they inherit the total's.
        ("获批省级科技项目6项，其中重点项目2项。", ["provincial", "provincial"]),
        # An enumeration shares the tier before it.
        ("新增省级众创空间2家、孵化器1家。", ["provincial", "provincial"]),
        ("新增省级众创空间2家，市级孵化器1家。", ["provincial", "prefecture"]),
        # Several tiers at once are none.
        ("新增省、市级众创空间2家。", [""]),
        ("争取上级科技资金40万元。", [""]),
        # The tier that funds.
        ("争取省级科技资金40万元。", ["provincial"]),
        ("申报国家科技项目2项。", ["national"]),
        ("获省科技进步奖2项。", ["provincial"]),
        # The beginning of another word is no tier.
        ("建成区域创新中心3家。", [""]),
        ("建成县域众创空间3家。", [""]),
        ("科技部门预算3200万元。", [""]),
        # Certified firms: only where the tier is written.
        ("高新技术企业16家。", [""]),
        ("国家级高新技术企业16家。", ["national"]),
        ("省级科技型中小企业16家。", ["provincial"]),
    ],
)  # fmt: skip
def test_tiers_in_a_county(told, text, levels):
    assert told(text, "level", area=COUNTY) == levels


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("我县平台建设提速，新增市级众创空间2家。", "prefecture"),
        ("我区平台建设提速，新增区级众创空间2家。", "county"),
        ("新增国家级众创空间2家。", "national"),
    ],
)
def test_without_an_area_the_report_tells_its_tier_itself(told, text, level):
    assert told(text, "level") == [level]


def test_an_unknown_area_is_no_error(told):
    assert told("新增省级众创空间2家。", "level", area="乌有之乡") == ["provincial"]


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        (
            "2项获省厅立项，获得项目资金50万元，3项获市局立项，获得项目资金30万元。",
            ["provincial", "provincial", "prefecture", "prefecture"],
        ),
        (
            "省级科技项目3项，资金50万元，市级科技项目2项，资金30万元，合计资金80万元。",
            ["provincial", "provincial", "prefecture", "prefecture", ""],
        ),
        ("省科技厅公布了名单，新增科技型中小企业3家。", [""]),
        ("立项省科技重大项目3项。", ["provincial"]),
        (
            "选派科技特派员9名（省派3名、怀化派2名、本县派4名）。",
            ["", "provincial", "prefecture", "county"],
        ),
        ("入选怀化“五溪”人才项目3个。", ["prefecture"]),
    ],
)
def test_who_gives(told, text, levels):
    assert told(text, "level", area="湖南怀化辰溪县") == levels


def test_a_tier_in_a_bracket_is_of_the_name_before_it(told):
    text = "认定1个孵化器（国家级）、2个众创空间。"
    assert told(text, "level") == ["national", ""]


def test_a_municipality_grants_in_its_own_name(told):
    assert told("获批重庆市科技项目3项。", "level", area=MUNICIPAL_DISTRICT) == ["provincial"]


def test_a_tier_reaches_no_other_family_of_an_enumeration(told):
    text = "新增省级工程技术研究中心1家、专精特新企业3家。"
    assert told(text, "level") == ["provincial", ""]


def test_a_total_of_the_district_is_of_all_tiers(told):
    text = "新增省级工程技术研究中心1家，全县总数达40家。"
    assert told(text, "level") == ["provincial", ""]


def test_a_tier_reaches_through_a_compound_name(told):
    assert told("申报省重点研发项目4项。", "level") == ["provincial"]


def test_a_rate_of_certified_firms_has_no_tier(told):
    text = "高新技术企业申报8家，完成省科技厅下达任务的124%。"
    assert told(text, "level") == ["", ""]
