import numpy as np
import pandas as pd
import pytest

from kjreport.composite import (
    composite_index,
    correlation_flags,
    correlations,
    cronbach_alpha,
    denominator_correlations,
    group_alphas,
    indicator_stats,
)
from kjreport.errors import KjreportError


def test_statistics_agree_with_r(reference, asem):
    expected = reference("stats_raw", index="iCode")
    found = indicator_stats(reference("asem_data")[list(asem.indicators)])
    found.columns = expected.columns
    # R printed three digits, and counted values as distinct beyond the digits of its own file.
    numbers = [c for c in expected if not c.startswith("Flag") and "Unique" not in c]
    assert found[numbers].astype(float).to_numpy() == pytest.approx(
        expected[numbers].to_numpy(dtype=float), rel=6e-3
    )
    flags = [c for c in expected if c.startswith("Flag")]
    assert found[flags].equals(expected[flags])


def test_alpha_agrees_with_r(reference, asem):
    expected = reference("cronbach_raw", index="group")["alpha"]
    found = group_alphas(reference("asem_data"), asem)
    pillars = expected.index.intersection(found.index)
    assert len(pillars) == 8
    assert found[pillars].tolist() == pytest.approx(expected[pillars].tolist(), rel=1e-8)


def test_alpha_needs_two_indicators():
    assert np.isnan(cronbach_alpha(pd.DataFrame({"a": [1.0, 2.0]})))


def test_correlations_between_levels(panel, framework):
    table = composite_index(panel, framework).table
    found = correlations(table, framework, levels=(1, 2), max_p_value=None)
    own = found[found["is_parent"]].set_index("first")
    assert own["second"].to_dict() == {
        "rd": "input",
        "staff": "input",
        "patents": "output",
        "waste": "output",
    }
    assert own.loc["rd", "correlation"] == pytest.approx(table["rd"].corr(table["input"]))


def test_chance_is_left_out(panel, framework):
    table = composite_index(panel, framework).table
    found = correlations(table, framework)
    chance = found[found["p_value"] > 0.05]
    assert len(chance)
    assert chance["correlation"].isna().all()


@pytest.mark.parametrize("method", ["pearson", "spearman", "kendall"])
def test_correlations_take_the_units_that_have_both(panel, framework, method):
    panel.loc["甲市", "rd"] = np.nan
    found = correlations(panel, framework, method=method, max_p_value=None)
    pair = found[(found["first"] == "rd") & (found["second"] == "staff")].iloc[0]
    assert pair["n"] == 3
    assert pair["correlation"] == pytest.approx(panel["rd"].corr(panel["staff"], method=method))


def test_flags_name_each_pair_of_a_group_once(panel, framework):
    panel["staff"] = panel["rd"] * 2 + 1
    panel["waste"] = -panel["patents"]
    found = correlation_flags(panel, framework, above=0.9, below=-0.9)
    assert found[["group", "first", "second", "flag"]].values.tolist() == [
        ["input", "rd", "staff", "high"],
        ["output", "patents", "waste", "low"],
    ]


def test_denominators_that_indicators_follow(reference, asem):
    found = denominator_correlations(reference("asem_data"), asem, above=0.7)
    assert set(found["denominator"]) <= set(asem.denominators)
    assert (found["correlation"].abs() > 0.7).all()
    with pytest.raises(KjreportError, match="denominator 'Area' is no column"):
        denominator_correlations(reference("asem_data").drop(columns="Area"), asem)
