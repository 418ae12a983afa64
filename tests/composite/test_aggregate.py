import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kjreport.composite import (
    AggregationError,
    aggregate,
    arithmetic_mean,
    copeland,
    geometric_mean,
    harmonic_mean,
    outranking,
    power_mean,
)

EQUAL = np.array([1.0, 1.0])


def test_means_by_hand():
    values = np.array([[2.0, 8.0]])
    weights = np.array([1.0, 3.0])
    assert arithmetic_mean(values, weights) == pytest.approx([6.5])
    assert geometric_mean(values, weights) == pytest.approx([2**0.25 * 8**0.75])
    assert harmonic_mean(values, weights) == pytest.approx([4 / (1 / 2 + 3 / 8)])
    assert power_mean(2)(values, weights) == pytest.approx([np.sqrt((4 + 3 * 64) / 4)])


@pytest.mark.parametrize("mean", [arithmetic_mean, geometric_mean, harmonic_mean, power_mean(3)])
def test_a_gap_takes_its_weight_with_it(mean):
    values = np.array([[2.0, np.nan], [np.nan, np.nan]])
    result = mean(values, EQUAL)
    assert result[0] == pytest.approx(2.0)
    assert np.isnan(result[1])


@settings(max_examples=50, deadline=None)
@given(arrays(float, (4, 3), elements=st.floats(0.1, 100)))
def test_means_keep_their_order_and_lie_between_the_values(values):
    weights = np.array([1.0, 2.0, 3.0])
    harmonic, geometric = harmonic_mean(values, weights), geometric_mean(values, weights)
    arithmetic = arithmetic_mean(values, weights)
    slack = 1e-9 * values.max()
    assert (values.min(axis=1) - slack <= harmonic).all()
    assert (harmonic <= geometric + slack).all()
    assert (geometric <= arithmetic + slack).all()
    assert (arithmetic <= values.max(axis=1) + slack).all()


def test_copeland_counts_wins_less_losses_and_ties_for_nothing():
    values = np.array([[3.0, 1.0], [2.0, 2.0], [1.0, 3.0], [0.0, 0.0]])
    assert copeland(values, EQUAL).tolist() == [1.0, 1.0, 1.0, -3.0]
    assert copeland(values, np.array([2.0, 1.0])).tolist() == [3.0, 1.0, -1.0, -3.0]


def test_weights_that_are_thirds_still_tie():
    values = np.array([[1.0, 1.0, 1.0, 2.0, 2.0, 2.0], [2.0, 2.0, 2.0, 1.0, 1.0, 1.0]])
    assert copeland(values, np.ones(6)).tolist() == [0.0, 0.0]


@settings(max_examples=30, deadline=None)
@given(arrays(float, (5, 3), elements=st.floats(-5, 5)))
def test_outranking_is_complementary(values):
    shares = outranking(values, np.ones(3))
    assert shares + shares.T == pytest.approx(np.ones((5, 5)))
    assert copeland(values, np.ones(3)).sum() == pytest.approx(0)


def test_all_levels_by_hand(panel, framework):
    table = aggregate(panel, framework)
    assert table.loc["甲市", "input"] == pytest.approx((3 * 1 + 10) / 4)
    assert table.loc["甲市", "output"] == pytest.approx(5.5)
    assert table.loc["甲市", "Index"] == pytest.approx((3.25 + 5.5) / 2)


def test_each_level_can_have_its_own_method(panel, framework):
    table = aggregate(panel, framework, method=["arithmetic", "geometric"])
    assert table.loc["甲市", "Index"] == pytest.approx(np.sqrt(3.25 * 5.5))
    with pytest.raises(AggregationError, match="3 aggregations for 2 levels"):
        aggregate(panel, framework, method=["arithmetic"] * 3)


def test_too_little_known_makes_a_gap(panel, framework):
    panel.loc["甲市", "rd"] = np.nan
    table = aggregate(panel, framework, min_availability=0.66)
    assert np.isnan(table.loc["甲市", "input"])
    assert aggregate(panel, framework).loc["甲市", "input"] == 10


@pytest.mark.parametrize(
    ("method", "message"),
    [
        ("geometric", "'output': geometric mean: a value is zero or negative"),
        ("harmonic", "'output': harmonic mean: a value is zero"),
        ("median", "no aggregation 'median'; take one of arithmetic"),
    ],
)
def test_a_mean_that_cannot_take_the_values_says_where(panel, framework, method, message):
    panel["waste"] = [0.0, 1.0, 2.0, 3.0]
    with pytest.raises(AggregationError, match=message):
        aggregate(panel, framework, method=method)


def test_a_missing_indicator_is_named(panel, framework):
    with pytest.raises(AggregationError, match="'waste' of the framework is no column"):
        aggregate(panel.drop(columns="waste"), framework)


@pytest.mark.parametrize(
    ("method", "name"), [("arithmetic", "aggregated_a_amean"), ("geometric", "aggregated_a_gmean")]
)
def test_aggregation_agrees_with_r(reference, asem, method, name):
    expected = reference(name)
    table = aggregate(reference("normalised_for_aggregation"), asem, method=method)
    pd.testing.assert_frame_equal(
        table.loc[expected.index, expected.columns], expected, rtol=1e-10, check_dtype=False
    )


def test_copeland_agrees_with_r(reference, asem):
    normalised, expected = reference("normalised_for_aggregation"), reference("copeland_pillars")
    for pillar in expected:
        children = list(asem.children(pillar))
        found = copeland(normalised[children].to_numpy(float), asem.weights()[children].to_numpy())
        assert (
            pd.Series(found, normalised.index)[expected.index].tolist() == expected[pillar].tolist()
        )
