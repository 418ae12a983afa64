import csv
import subprocess
import sys
from pathlib import Path

import pytest

from kjreport.places import AmbiguousPlaceError, UnknownPlaceError, find, resolve


@pytest.mark.parametrize(
    ("name", "full", "code", "tier"),
    [
        ("山东省东营市", "山东省东营市", "370500", "prefecture"),
        ("湖南岳阳县", "湖南省岳阳市岳阳县", "430621", "county"),
        ("湖南长沙", "湖南省长沙市", "430100", "prefecture"),
        ("长沙", "湖南省长沙市", "430100", "prefecture"),
        ("吉林", "吉林省", "220000", "province"),
        ("重庆市大渡口区", "重庆市大渡口区", "500104", "county"),
        ("黔南州", "贵州省黔南布依族苗族自治州", "522700", "prefecture"),
        ("上海浦东", "上海市浦东新区", "310115", "county"),
        ("仙桃", "湖北省仙桃市", "429004", "county"),
        ("河北 廊坊 三河", "河北省廊坊市三河市", "131082", "county"),
        ("通辽经济技术开发区", "内蒙古自治区通辽市通辽经济技术开发区", "", "zone"),
        (
            "内蒙古自治区通辽市通辽经济技术开发区",
            "内蒙古自治区通辽市通辽经济技术开发区",
            "",
            "zone",
        ),
        ("潍坊高新区", "山东省潍坊市潍坊高新技术产业开发区", "", "zone"),
        ("苏州工业园区", "江苏省苏州市苏州工业园区", "", "zone"),
        ("四川泸州(区)", "四川省泸州市(区)", "", "county"),
    ],
)
def test_names_full_short_and_between(name: str, full: str, code: str, tier: str) -> None:
    place = resolve(name)
    assert (place.name, place.gb_code, place.tier) == (full, code, tier)


def test_a_full_name_resolves_to_itself() -> None:
    from kjreport.places.gazetteer import gazetteer

    places = [place for place in gazetteer().places if place.until is None]
    assert sum(place.tier == "province" for place in places) == 34
    assert sum(place.tier == "prefecture" for place in places) == 333
    assert sum(place.tier == "county" for place in places) > 2800
    for place in places:
        assert resolve(place.name) == place


@pytest.mark.parametrize("name", ["朝阳区", "鼓楼区", "朝阳", "和平区"])
def test_ambiguous_names_are_refused_with_the_candidates(name: str) -> None:
    with pytest.raises(AmbiguousPlaceError) as caught:
        resolve(name)
    assert len(caught.value.candidates) > 1
    assert caught.value.candidates[0].name in str(caught.value)


@pytest.mark.parametrize("name", ["", "无此地", "开发区", "某区", "（）"])
def test_unknown_names_are_refused(name: str) -> None:
    with pytest.raises(UnknownPlaceError):
        resolve(name)


def test_municipalities_and_cities_of_the_county_tier() -> None:
    assert resolve("上海市青浦区").municipality
    assert resolve("重庆").municipality
    assert resolve("张江").municipality
    assert not resolve("广州").municipality
    assert resolve("昆山市").county_level_city
    assert resolve("江苏镇江(县级市)").county_level_city
    assert not resolve("东莞市").county_level_city
    assert resolve("昆山市").parent == resolve("苏州")


def test_a_division_that_is_no_more_says_until_when() -> None:
    assert resolve("宁波江东区").until == 2015
    assert resolve("青海").until is None


def test_find_takes_whole_names_and_leaves_words_alone() -> None:
    text = "通辽市霍林郭勒市与荆州高新区交流，白银市场向好，复兴县域经济，朝阳区待定。"
    assert [place.name for place in find(text)] == [
        "内蒙古自治区通辽市霍林郭勒市",
        "湖北省荆州市荆州高新技术产业开发区",
    ]


def test_every_area_of_the_shared_tables_resolves(shared: Path) -> None:
    tables = ("reports/reports.csv", "gold/docs/reports.csv", "facts/public-figures.csv")
    for table in (*tables, "facts/covariates.csv"):
        with (shared / table).open(encoding="utf-8-sig", newline="") as lines:
            for row in csv.DictReader(lines):
                if not row["area"]:
                    continue
                place = resolve(row["area"])
                assert row.get("tier") in (None, "", place.tier)
                assert row.get("gb_code") in (None, "", place.gb_code)


def test_import_reads_no_table() -> None:
    program = "import kjreport.places.gazetteer as g; print(g.gazetteer.cache_info().currsize)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "0"
