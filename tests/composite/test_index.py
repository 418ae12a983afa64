import numpy as np
import pandas as pd
import pytest

from kjreport.composite import (
    CompositeIndex,
    StepError,
    compare,
    composite_index,
    denominate,
    group_ranks,
    ranks,
    remove_elements,
    results,
    unit_summary,
)
from kjreport.errors import KjreportError


def test_by_hand(panel, framework):
    index = composite_index(panel, framework)
    assert index.stages["normalised"].loc["甲市"].tolist() == pytest.approx([0, 0, 100 / 3, 0])
    assert index.scores["甲市"] == pytest.approx(100 / 3 / 4)
    assert index.scores["乙市"] == pytest.approx(((3 * 25 + 100) / 4 + 100) / 2)
    assert index.ranks["Index"].tolist() == [4, 2, 3, 1]


def test_the_whole_way_agrees_with_r(reference, asem):
    raw, expected = reference("asem_data"), reference("aggregated_a_amean")
    index = composite_index(
        raw,
        asem,
        groups=raw["GDP_group"],
        impute="group_mean",
        treat=True,
        normalise={"method": "minmax", "bounds": (1, 100)},
    )
    pd.testing.assert_frame_equal(
        index.table.loc[expected.index, expected.columns], expected, rtol=1e-8, check_dtype=False
    )


def test_scores_and_ranks_agree_with_r(reference, asem):
    index = composite_index(
        reference("normalised_for_aggregation"), asem, denominate=False, normalise=None
    )
    scores, placed = reference("scores_amean"), reference("ranks_amean")
    assert index.results().index.tolist() == scores.index.tolist()
    pd.testing.assert_frame_equal(
        index.results()[scores.columns], scores, rtol=1e-8, check_dtype=False, check_names=False
    )
    pd.testing.assert_frame_equal(
        index.ranks.loc[placed.index, placed.columns], placed, check_dtype=False, check_names=False
    )


def test_denomination_agrees_with_r(reference, asem):
    expected = reference("denominated")
    found = denominate(reference("asem_data"), asem)
    columns = [code for code in expected if code in asem.indicators]
    pd.testing.assert_frame_equal(
        found.loc[expected.index, columns],
        expected[columns].astype(float),
        rtol=1e-8,
        check_dtype=False,
    )


def test_removal_agrees_with_r(reference, asem):
    index = composite_index(
        reference("normalised_for_aggregation"), asem, denominate=False, normalise=None
    )
    expected = reference("remove_pillar", index="removed")["mean_abs_rank_change"]
    found = remove_elements(index).mean_abs_rank_change
    assert found[expected.index].tolist() == pytest.approx(expected.tolist(), rel=1e-8)


def test_removal_by_hand(panel, framework):
    removal = remove_elements(composite_index(panel, framework))
    without_output = composite_index(panel, framework).table["input"]
    assert removal.scores["output"].tolist() == pytest.approx(without_output.tolist())
    assert removal.rank_changes["Nominal"].abs().sum() == 0
    with pytest.raises(KjreportError, match="level 3; expected 1 to 2"):
        remove_elements(composite_index(panel, framework), level=3)


def test_redo_changes_one_thing_and_what_hangs_on_it(panel, framework):
    index = composite_index(panel, framework)
    again = index.redo(normalise="zscore")
    assert again.stages["raw"] is index.data
    assert again.stages["normalised"].mean().abs().max() < 1e-12
    assert again.redo(normalise="minmax").table.equals(index.table)
    with pytest.raises(KjreportError, match="no setting 'normalize'; the settings are denominate"):
        index.redo(normalize="zscore")


def test_compare_shows_what_moved(panel, framework):
    before = composite_index(panel, framework)
    after = before.redo(weights={"input": 0.0})
    moved = compare(before, after)
    assert moved["moved"].abs().is_monotonic_decreasing
    assert moved.loc["乙市", ["rank_before", "rank_after", "moved"]].tolist() == [2, 1, 1]
    assert list(moved.attrs["settings"]) == ["weights"]
    with pytest.raises(KjreportError, match="no element 'moon'"):
        compare(before, after, element="moon")


def test_gaps_are_filled_outliers_treated_and_units_screened(panel, framework):
    panel.loc["甲市", ["rd", "staff", "patents"]] = np.nan
    index = composite_index(panel, framework, screen=0.5, impute="median", treat=True)
    assert index.stages["screened"].index.tolist() == ["乙市", "丙区", "丁县"]
    assert index.table.notna().all().all()


def test_groups_rank_among_themselves(panel, framework):
    table = composite_index(panel, framework).table
    found = group_ranks(table, {"甲市": "市", "乙市": "市", "丙区": "县"})
    assert found["Index"].tolist()[:3] == [2, 1, 1]
    assert np.isnan(found.loc["丁县", "Index"])
    with pytest.raises(KjreportError, match="the index has no groups"):
        _ = composite_index(panel, framework).group_ranks
    index = composite_index(panel, framework, groups={"甲市": "市", "乙市": "市", "丙区": "县"})
    assert index.group_ranks.equals(found)


def test_ties_share_the_better_rank_and_gaps_have_none():
    assert ranks(pd.DataFrame({"I": [2.0, 5.0, 5.0, np.nan]}))["I"].tolist()[:3] == [3, 1, 1]


def test_results_put_the_best_first_and_the_index_left(panel, framework):
    shown = results(composite_index(panel, framework).table, framework, decimals=1)
    assert shown.columns.tolist()[:4] == ["Rank", "Index", "input", "output"]
    assert shown["Rank"].tolist() == [1, 2, 3, 4]


def test_strengths_and_weaknesses_follow_the_directions(panel, framework):
    best = composite_index(panel, framework).strengths("乙市", n=2)
    assert best.strengths["code"].tolist() == ["staff", "patents"]
    assert best.strengths["rank"].tolist() == [1, 1]
    assert best.weaknesses["code"].tolist()[-1] == "rd"
    with pytest.raises(KjreportError, match="no unit '戊县'"):
        composite_index(panel, framework).strengths("戊县")


def test_a_unit_in_short(panel, framework):
    index = composite_index(panel, framework)
    summary = unit_summary(index.table, framework, "乙市")
    assert summary.loc["Index", "rank"] == 2


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda p: p.iloc[:1], "1 unit in the data; an index compares at least two"),
        (lambda p: p.assign(rd=np.nan), "indicator 'rd' has no value at all"),
        (lambda p: p.assign(rd=7.0), "indicator 'rd' has the same value everywhere"),
        (lambda p: p.assign(rd=[1, np.inf, 2, 3]), "'rd' is infinite for '乙市'"),
        (lambda p: p.assign(rd="much"), "indicator 'rd' holds str; expected numbers"),
        (lambda p: pd.concat([p, p]), "unit '甲市' is there more than once"),
        (lambda p: pd.concat([p, p], axis=1), "column 'rd' is there more than once"),
        (lambda p: p.drop(columns="rd"), "indicator 'rd' of the framework is no column"),
    ],
)
def test_data_that_make_no_index_are_refused(panel, framework, spoil, message):
    with pytest.raises(StepError) as caught:
        composite_index(spoil(panel), framework)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_screening_that_leaves_nothing_says_so(panel, framework):
    panel.iloc[:3, :3] = np.nan
    panel["rd"] = [np.nan, np.nan, 1.0, 2.0]
    panel["staff"] = [np.nan, 1.0, np.nan, 2.0]
    panel["patents"] = [1.0, np.nan, np.nan, 2.0]
    with pytest.raises(StepError, match="1 of 4 units have 90% of the indicators"):
        composite_index(panel, framework, screen=0.9)


def test_order_of_units_does_not_matter(panel, framework):
    index = composite_index(panel, framework, impute="knn")
    turned = composite_index(panel.iloc[::-1], framework, impute="knn")
    assert turned.scores[index.scores.index].tolist() == pytest.approx(index.scores.tolist())


def test_it_shows_itself_in_a_notebook(panel, framework):
    index = composite_index(panel, framework)
    assert isinstance(index, CompositeIndex)
    assert "甲市" in index._repr_html_()
    assert index.steps["step"].tolist()[0] == "denominate"
