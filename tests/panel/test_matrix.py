import math

import pandas as pd
import pytest

from kjreport.errors import KjreportError
from kjreport.panel import cells, panel, read_covariates, reasons
from kjreport.panel.examples import observation_table


def _reason(*rows, indicator="high_tech_enterprises", period="2022"):
    table = observation_table(*({"area": "甲市", "indicator": indicator, **row} for row in rows))
    return reasons(table, period=period, features=[indicator]).loc["甲市", indicator]


def test_a_value_fills_its_cell():
    table = observation_table({"area": "甲市", "value": 120})
    assert panel(table, period="2022").loc["甲市", "high_tech_enterprises"] == 120


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"status": "masked"}, "masked"),
        ({"value": 0}, "reported"),
        ({"value": 9, "measure": "flow"}, "not comparable"),
        ({"value": 9, "level": "county"}, "not comparable"),
        ({"value": 9, "period": ""}, "not comparable"),
        ({"value": 9, "scenario": "target"}, "not reported"),
        ({"value": 9, "scenario": "expected"}, "not reported"),
        ({"value": 9, "scope": "entity"}, "not reported"),
        ({"value": 9, "period": "2019"}, "not reported"),
    ],
)
def test_every_empty_cell_has_its_reason(row, reason):
    assert _reason(row) == reason


def test_a_masked_cell_is_empty_and_a_zero_is_not():
    table = observation_table({"area": "甲市", "status": "masked"}, {"area": "乙市", "value": 0})
    column = panel(table, period="2022")["high_tech_enterprises"]
    assert math.isnan(column["甲市"])
    assert column["乙市"] == 0


def test_a_part_is_never_taken_for_the_total():
    table = observation_table(
        {"area": "甲市", "indicator": "incubators", "value": 5},
        {"area": "甲市", "indicator": "incubators", "value": 50, "level": "provincial"},
    )
    assert panel(table, period="2022").loc["甲市", "incubators"] == 5


def test_a_level_is_its_own_feature():
    table = observation_table(
        {"area": "甲市", "indicator": "incubators", "value": 5},
        {"area": "甲市", "indicator": "incubators", "value": 2, "level": "national"},
    )
    wide = panel(table, period="2022", features=["incubators", "incubators:stock:national"])
    assert wide.iloc[0].tolist() == [5, 2]


def test_a_flow_has_to_cover_the_year_and_a_stock_may_stand_in_it():
    flow = {"indicator": "tech_contract_value", "measure": "flow", "unit": "CNY", "value": 8e8}
    assert _reason({**flow, "period": "2022-01/2022-10"}, indicator="tech_contract_value") == (
        "not comparable"
    )
    whole = {**flow, "period": "2022-01/2022-12"}
    assert _reason(whole, indicator="tech_contract_value") == "reported"
    assert _reason({"value": 9, "period": "2022-09"}) == "reported"


def test_the_latest_stock_of_the_year_wins():
    table = observation_table(
        {"area": "甲市", "value": 90, "period": "2022-06"},
        {"area": "甲市", "value": 80, "period": "2022-11"},
    )
    assert panel(table, period="2022").iloc[0, 0] == 80


def test_growth_comes_only_where_asked():
    growth = {"area": "甲市", "measure": "growth", "unit": "percent", "value": 12}
    table = observation_table(growth)
    assert reasons(table, period="2022").iloc[0, 0] == "not comparable"
    asked = panel(table, period="2022", features=["high_tech_enterprises:growth"])
    assert asked.iloc[0, 0] == 12


def test_each_district_has_its_own_main_year_by_default():
    table = observation_table(
        {"area": "甲市", "value": 12, "period": "2019"},
        {"area": "乙市", "value": 15, "period": "2023"},
        {
            "area": "乙市",
            "indicator": "rd_intensity",
            "measure": "share",
            "unit": "percent",
            "value": 2.1,
            "period": "2022",
        },
        {"area": "乙市", "indicator": "makerspaces", "value": 3, "period": "2023"},
    )
    long = cells(table).set_index(["area", "feature"])["period"]
    assert long["甲市", "high_tech_enterprises"] == "2019"
    assert long["乙市", "high_tech_enterprises"] == "2023"
    assert long["乙市", "rd_intensity"] == "2022"


def test_cells_tell_their_places():
    table = observation_table(
        {"area": "甲市", "value": 12, "start": 5, "raw": "12家"},
        {"area": "甲市", "value": 12, "start": 70, "raw": "12家"},
    )
    assert cells(table).loc[0, "places"] == ["甲市-2022:5-8", "甲市-2022:70-73"]


def _covariates(tmp_path, value="500000"):
    path = tmp_path / "covariates.csv"
    path.write_text(
        "area,gb_code,tier,year,variable,value,unit,source_url,source_kind,confidence\n"
        f"甲市,,county,2021,population,{value},persons,,census,recalled\n"
        f"甲市,,county,2021,population,{value},persons,,census,seen\n",
        encoding="utf-8",
    )
    return path


def test_per_population_divides_counts_and_leaves_rates(tmp_path):
    table = observation_table(
        {"area": "甲市", "value": 100},
        {
            "area": "甲市",
            "indicator": "rd_intensity",
            "measure": "share",
            "unit": "percent",
            "value": 2.0,
        },
        {"area": "乙市", "value": 100},
    )
    long = cells(
        table, period="2022", per="population", covariates=read_covariates(_covariates(tmp_path))
    ).set_index(["area", "feature"])
    assert long.loc[("甲市", "high_tech_enterprises"), "value"] == 2.0
    assert long.loc[("甲市", "high_tech_enterprises"), "unit"] == "count/10k_people"
    assert long.loc[("甲市", "rd_intensity"), "value"] == 2.0
    assert long.loc[("乙市", "high_tech_enterprises"), "reason"] == "not comparable"
    assert math.isnan(long.loc[("乙市", "high_tech_enterprises"), "value"])


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        ({"period": "last year"}, "last year"),
        ({"features": ["no_such"]}, "no_such"),
        ({"features": ["makerspaces:sum"]}, "sum"),
        ({"features": ["makerspaces:stock:street"]}, "street"),
        ({"per": "population"}, "covariates"),
        ({"per": "area", "covariates": pd.DataFrame()}, "area"),
    ],
)
def test_wrong_requests_name_what_is_wrong(arguments, word):
    with pytest.raises(KjreportError, match=word):
        panel(observation_table({"area": "甲市", "value": 1}), **arguments)


def test_wrong_covariates_name_the_row(tmp_path):
    with pytest.raises(KjreportError, match="row 2: value 'many'"):
        read_covariates(_covariates(tmp_path, value="many"))
    with pytest.raises(KjreportError, match="cannot be read"):
        read_covariates(tmp_path / "absent.csv")


def test_an_empty_table_gives_an_empty_panel():
    assert panel(observation_table()).shape == (0, 0)
