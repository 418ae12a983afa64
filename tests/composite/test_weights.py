import numpy as np
import pandas as pd
import pytest

from kjreport.composite import (
    Framework,
    WeightError,
    aggregate,
    composite_index,
    critic_weights,
    entropy_weights,
    equal_weights,
    optimised_weights,
    pca_weights,
)


def test_equal_weights_are_one(panel, framework):
    assert set(equal_weights(panel, framework)) == {1.0}


def test_the_component_of_two_indicators_weighs_both_alike(panel, framework):
    weights = pca_weights(panel, framework)
    assert weights[["rd", "staff"]].tolist() == pytest.approx([0.5**0.5] * 2)
    assert weights["input"] == 1.0


def test_pca_leaves_out_units_with_gaps_and_refuses_too_few(panel, framework):
    gappy = panel.copy()
    gappy.loc["甲市", "rd"] = np.nan
    assert pca_weights(gappy, framework).notna().all()
    gappy["rd"] = [np.nan, np.nan, np.nan, 1.0]
    with pytest.raises(WeightError, match="'input': 1 units without gaps"):
        pca_weights(gappy, framework)


def test_pca_agrees_with_r_up_to_sign(reference, asem):
    expected = reference("pca_weights", index="iCode")["Weight"]
    weights = pca_weights(reference("normalised_for_aggregation"), asem)
    assert weights[expected.index].abs().to_numpy() == pytest.approx(
        expected.abs().to_numpy(), rel=1e-8
    )


def test_entropy_by_hand():
    meta = pd.DataFrame({"iCode": ["a", "b", "I"], "Level": [1, 1, 2], "Parent": ["I", "I", None]})
    data = pd.DataFrame({"a": [1.0, 1.0], "b": [0.0, 2.0]})
    weights = entropy_weights(data, Framework.from_meta(meta))
    # Evenly spread values tell nothing, values all in one place everything.
    assert weights.tolist() == pytest.approx([0.0, 1.0, 1.0])
    with pytest.raises(WeightError, match="'I': entropy: a value is negative"):
        entropy_weights(-data, Framework.from_meta(meta))


def test_critic_by_hand():
    meta = pd.DataFrame({"iCode": ["a", "b", "I"], "Level": [1, 1, 2], "Parent": ["I", "I", None]})
    data = pd.DataFrame({"a": [0.0, 1.0, 0.0, 1.0], "b": [0.0, 0.0, 1.0, 0.25]})
    a, b = data["a"].std(), data["b"].std()
    weights = critic_weights(data, Framework.from_meta(meta))
    assert weights["a"] == pytest.approx(a / (a + b))


def test_optimised_weights_balance_two_pillars(reference, asem):
    normalised = reference("normalised_for_aggregation")
    weights = optimised_weights(normalised, asem, importance={"Conn": 3, "Sust": 2})
    table = aggregate(normalised, asem, weights=weights)
    found = table[["Conn", "Sust"]].corrwith(table["Index"])
    assert found["Conn"] / found["Sust"] == pytest.approx(1.5, abs=1e-4)


def test_importance_is_wanted_for_each_element_and_positive(panel, framework):
    with pytest.raises(WeightError, match="nothing for 'output'"):
        optimised_weights(panel, framework, importance={"input": 1})
    with pytest.raises(WeightError, match="importance of 'output' is 0"):
        optimised_weights(panel, framework, importance={"input": 1, "output": 0})


@pytest.mark.parametrize("how", ["given", "equal", "pca", "entropy", "critic", "optimised"])
def test_every_kind_makes_an_index(panel, framework, how):
    index = composite_index(panel, framework, weights=how)
    assert index.scores.notna().all()


def test_weights_by_code_and_by_function(panel, framework):
    by_code = composite_index(panel, framework, weights={"rd": 1.0})
    by_function = composite_index(panel, framework, weights=equal_weights)
    assert by_code.scores.tolist() == pytest.approx(by_function.scores.tolist())
    with pytest.raises(WeightError, match="no weights 'fair'"):
        composite_index(panel, framework, weights="fair")
