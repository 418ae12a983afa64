import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kjreport.schema import CODEBOOK_COLUMNS, FAILING_COLUMNS, Schema, validate

SOUND = {
    "report_id": "demo",
    "indicator": "makerspaces",
    "measure": "flow",
    "scenario": "actual",
    "level": "",
    "period": "2022",
    "value": 2.0,
    "value_max": math.nan,
    "unit": "count",
    "qualifier": "exact",
    "status": "reported",
    "scope": "district",
    "start": 4,
    "end": 6,
    "confidence": 0.9,
}


def table(*changes):
    return pd.DataFrame([SOUND | change for change in changes])


def test_a_sound_table_has_no_failing_rows():
    found = validate(table({}, {"status": "masked", "value": math.nan}))
    assert found.empty
    assert tuple(found.columns) == FAILING_COLUMNS


def test_an_empty_table_is_sound():
    assert validate(pd.DataFrame(columns=list(CODEBOOK_COLUMNS))).empty


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"report_id": " "}, "report_id"),
        ({"indicator": "makerspace"}, "indicator"),
        ({"indicator": ""}, "indicator"),
        ({"measure": "sum"}, "measure"),
        ({"scenario": "plan"}, "scenario"),
        ({"level": "city"}, "level"),
        ({"qualifier": ""}, "qualifier"),
        ({"status": "absent"}, "status"),
        ({"scope": "firm"}, "scope"),
        ({"unit": "家"}, "unit"),
        ({"unit": "CNY"}, "unit"),
        ({"measure": "growth"}, "unit"),
        ({"indicator": "rd_intensity", "measure": "share", "unit": "percentage_point"}, "unit"),
        ({"period": "2022-13"}, "period"),
        ({"period": "2022年"}, "period"),
        ({"period": "2025/2021"}, "period"),
        ({"period": "2022-10/2022-01"}, "period"),
        ({"value": math.nan}, "value"),
        ({"value": "two"}, "value"),
        ({"status": "masked"}, "value"),
        (
            {"status": "masked", "value": math.nan, "value_max": 3, "qualifier": "range"},
            "value_max",
        ),
        ({"qualifier": "range", "value_max": 1}, "value_max"),
        ({"qualifier": "range"}, "value_max"),
        ({"value_max": 3}, "qualifier"),
        ({"start": 6}, "end"),
        ({"start": -1}, "start"),
        ({"start": 4.5}, "start"),
        ({"end": math.nan}, "end"),
        ({"confidence": 1.2}, "confidence"),
    ],
)
def test_each_broken_rule_names_row_and_column(change, column):
    found = validate(table({}, change))
    assert (1, column) in set(zip(found["row"], found["column"], strict=True))
    assert set(found["row"]) == {1}
    assert found["message"].str.len().gt(0).all()


@pytest.mark.parametrize(
    "change",
    [
        {"measure": "growth", "unit": "percent"},
        {"measure": "growth", "unit": "times"},
        {"measure": "change", "unit": "percentage_point"},
        {"measure": "change", "unit": "count"},
        {"measure": "rank", "unit": "rank"},
        {"indicator": "other", "unit": "m2"},
        {"indicator": "equity_funds", "unit": "CNY"},
        {"qualifier": "range", "value_max": 2},
        {"period": ""},
        {"period": "2022-H1"},
        {"period": "2022-01/2022-10"},
        {"period": "2021/2025"},
        {"level": "provincial"},
    ],
)
def test_what_the_codebook_allows_passes(change):
    assert validate(table(change)).empty


def test_all_failing_rows_come_back_not_only_the_first():
    found = validate(table({"period": "x"}, {}, {"period": "y", "level": "z"}))
    places = set(zip(found["row"], found["column"], strict=True))
    assert places == {(0, "period"), (2, "period"), (2, "level")}


def test_a_missing_column_is_told_and_the_rest_is_still_checked():
    found = validate(table({"level": "city"}).drop(columns="period"))
    assert set(found["column"]) == {"period", "level"}
    assert found.loc[found["column"] == "period", "row"].isna().all()


def test_own_indicators_pass_with_the_own_schema():
    mine = Schema.default().extend(
        {
            "indicators": {
                "drone_firms": {
                    "family": "enterprise",
                    "unit": "count",
                    "measure": "stock",
                    "label": {"zh": "无人机企业", "en": "Drone firms"},
                }
            }
        }
    )
    frame = table({"indicator": "drone_firms"})
    assert validate(frame, mine).empty
    assert not validate(frame).empty


def test_the_hand_coded_table_is_sound_where_it_decides(shared):
    gold = pd.read_csv(shared / "gold" / "gold.csv", dtype="str", keep_default_na=False)
    found = validate(gold)
    assert found[~found["found"].str.contains("|", regex=False)].empty


cell = st.one_of(st.none(), st.text(max_size=4), st.floats(), st.integers(-5, 5))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.fixed_dictionaries(dict.fromkeys(CODEBOOK_COLUMNS, cell)), max_size=3))
def test_any_table_is_judged_without_a_crash_and_alike_as_text(rows):
    frame = pd.DataFrame(rows, columns=list(CODEBOOK_COLUMNS), dtype="object")
    found = validate(frame)
    assert set(found["row"]) <= set(frame.index)
    as_text = frame.where(frame.notna(), "").astype("str")
    assert validate(as_text)[["row", "column"]].equals(found[["row", "column"]])
