import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kjreport.panel import contradictions, facts
from kjreport.panel.examples import observation_table


def test_the_same_fact_told_twice_keeps_both_places():
    table = facts(
        observation_table(
            {"area": "甲市", "value": 23, "raw": "23家", "start": 10},
            {"area": "甲市", "value": 23, "raw": "23家", "start": 90},
        )
    )
    assert table["n_places"].tolist() == [2]
    assert table["places"].tolist() == [["甲市-2022:10-13", "甲市-2022:90-93"]]


@pytest.mark.parametrize(
    ("first", "second", "merged_value"),
    [
        (
            {"value": 24_335_000, "raw": "2433.5万元"},
            {"value": 24e6, "raw": "0.24亿元"},
            24_335_000,
        ),
        ({"value": 23, "raw": "23家"}, {"value": 20, "raw": "20余家", "qualifier": "at_least"}, 23),
        ({"value": 98, "raw": "98场"}, {"value": 100, "raw": "近百场", "qualifier": "approx"}, 98),
    ],
)
def test_a_rounder_statement_of_a_number_joins_the_precise_one(first, second, merged_value):
    for rows in ((first, second), (second, first)):
        table = facts(observation_table(*({"area": "甲市", **row} for row in rows)))
        assert table["value"].tolist() == [merged_value]


def test_counts_one_apart_contradict_each_other():
    table = facts(
        observation_table(
            {"area": "甲市", "value": 23, "raw": "23家"},
            {"area": "甲市", "value": 24, "raw": "24家"},
        )
    )
    assert table["contradicted"].all()
    assert contradictions(table)["value"].tolist() == [23, 24]


def test_two_numbers_of_one_sentence_speak_of_two_things():
    sentence = "申报15个，认定3个"
    table = facts(
        observation_table(
            {"area": "甲市", "value": 15, "raw": "15个", "start": 2, "sentence": sentence},
            {"area": "甲市", "value": 3, "raw": "3个", "start": 8, "sentence": sentence},
        )
    )
    assert not table["contradicted"].any()


def test_at_least_twenty_is_not_two_thousand():
    table = facts(
        observation_table(
            {"area": "甲市", "value": 20, "raw": "20余家", "qualifier": "at_least"},
            {"area": "甲市", "value": 2000, "raw": "2000家"},
        )
    )
    assert len(table) == 2


def test_kinds_of_an_indicator_do_not_contradict_each_other():
    kinds = observation_table(
        {"area": "甲市", "indicator": "awards", "measure": "flow", "value": 1, "label": "一等奖"},
        {"area": "甲市", "indicator": "awards", "measure": "flow", "value": 3, "label": "二等奖"},
    )
    assert not facts(kinds)["contradicted"].any()


def test_a_total_knows_its_parts():
    table = facts(
        observation_table(
            {"area": "甲旗", "indicator": "projects", "measure": "flow", "value": 23},
            {
                "area": "甲旗",
                "indicator": "projects",
                "measure": "flow",
                "value": 1,
                "level": "national",
            },
            {
                "area": "甲旗",
                "indicator": "projects",
                "measure": "flow",
                "value": 22,
                "level": "county",
            },
        )
    )
    total = table[table["level"] == ""].iloc[0]
    assert total["parts_value"] == 23
    assert (table.loc[table["level"] != "", "part_of"] == total["fact_id"]).all()


def test_a_part_introduced_by_its_sentence_is_a_part():
    sentence = "全县现有研发机构40家，其中规上企业设立15家"
    table = facts(
        observation_table(
            {"area": "甲县", "value": 40, "raw": "40家", "start": 8, "sentence": sentence},
            {"area": "甲县", "value": 15, "raw": "15家", "start": 20, "sentence": sentence},
        )
    )
    assert (
        table.set_index("value").loc[15, "part_of"] == table.set_index("value").loc[40, "fact_id"]
    )
    assert not table["contradicted"].any()


def test_national_and_plain_high_tech_enterprises_are_the_same_firms():
    table = facts(
        observation_table(
            {"area": "甲市", "value": 9, "level": "national"}, {"area": "甲市", "value": 9}
        )
    )
    assert table[["level", "n_places"]].values.tolist() == [["", 2]]


def test_figures_of_single_firms_stay_apart():
    firms = observation_table(
        {"area": "甲市", "indicator": "st_loans", "value": 3e7, "scope": "entity", "unit": "CNY"},
        {"area": "甲市", "indicator": "st_loans", "value": 3e7, "scope": "entity", "unit": "CNY"},
    )
    assert len(facts(firms)) == 2


def test_a_mask_takes_no_value_from_its_neighbour():
    table = facts(
        observation_table({"area": "甲市", "status": "masked"}, {"area": "甲市", "value": 12})
    )
    masked = table[table["status"] == "masked"]
    assert masked["value"].isna().all()
    assert math.isclose(table.loc[table["status"] == "reported", "value"].item(), 12)


def test_a_masked_number_has_no_value_even_where_a_table_gives_one():
    table = facts(observation_table({"area": "甲市", "status": "masked", "value": 10_000}))
    assert table["value"].isna().all()


def test_an_empty_table_has_the_columns():
    assert facts(observation_table()).empty


_ROW = st.fixed_dictionaries(
    {
        "area": st.sampled_from(["甲市", "乙市"]),
        "value": st.integers(1, 30).map(float),
        "level": st.sampled_from(["", "county"]),
        "qualifier": st.sampled_from(["exact", "at_least", "approx"]),
    }
)


@given(st.lists(_ROW, min_size=1, max_size=8), st.randoms())
@settings(max_examples=40, deadline=None)
def test_row_order_does_not_matter_and_no_place_is_lost(rows, random):
    table = observation_table(*rows)
    shuffled = table.sample(frac=1, random_state=random.randint(0, 999))
    pd.testing.assert_frame_equal(facts(table), facts(shuffled))
    assert facts(table)["n_places"].sum() == len(table)
