import math

from kjreport.panel import locate, targets
from kjreport.panel.examples import observation_table


def test_spellings_of_one_place_become_one():
    table = observation_table({"area": "东营市"}, {"area": "山东省东营市"}, {"area": "某园区"})
    located = locate(table)
    assert located["area"].tolist() == ["山东省东营市", "山东省东营市", "某园区"]
    assert located["gb_code"].tolist() == ["370500", "370500", ""]


def test_a_report_without_a_place_keeps_its_own_row():
    assert locate(observation_table({"area": "", "report_id": "r1"}))["area"].tolist() == ["r1"]


def test_a_target_meets_only_the_result_of_its_own_period():
    table = observation_table(
        {"area": "甲市", "value": 100, "scenario": "target", "period": "2023"},
        {"area": "甲市", "value": 90, "period": "2022"},
    )
    row = targets(table).iloc[0]
    assert row["target"] == 100
    assert math.isnan(row["actual"])


def test_a_masked_result_is_marked_and_has_no_attainment():
    table = observation_table(
        {"area": "甲市", "value": 100, "scenario": "target"}, {"area": "甲市", "status": "masked"}
    )
    row = targets(table).iloc[0]
    assert row["actual_masked"]
    assert math.isnan(row["attainment"])
