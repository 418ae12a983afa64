import numpy as np
import pandas as pd
import pytest

from kjreport.composite import (
    Between,
    UncertaintyError,
    WeightNoise,
    composite_index,
    sensitivity,
    uncertainty,
)


@pytest.fixture
def index(framework):
    values = np.random.default_rng(3).lognormal(size=(12, 4))
    panel = pd.DataFrame(values, columns=list(framework.indicators))
    return composite_index(panel.rename(index="district {}".format), framework)


CHOICES = {
    "normalise": ["minmax", "zscore", "rank"],
    "weights": WeightNoise(0.5),
    "aggregate": ["arithmetic", "copeland"],
}


def test_the_same_seed_gives_the_same_ranks(index):
    first = uncertainty(index, CHOICES, n=40, random_state=5)
    again = uncertainty(index, CHOICES, n=40, random_state=5)
    assert first.ranks.equals(again.ranks)
    assert first.ranks.shape == (12, 40)
    assert not first.ranks.equals(uncertainty(index, CHOICES, n=40, random_state=6).ranks)


def test_intervals_hold_the_median(index):
    stats = uncertainty(index, CHOICES, n=60, random_state=0).rank_stats
    assert (stats["q5"] <= stats["median"]).all()
    assert (stats["median"] <= stats["q95"]).all()
    assert stats["nominal"].tolist() == index.ranks["Index"].tolist()


def test_a_choice_that_changes_nothing_moves_nothing(index):
    still = uncertainty(index, {"aggregate": ["arithmetic"]}, n=5, random_state=0)
    assert still.mean_abs_rank_change.max() == 0


def test_each_variant_is_the_index_redone(index):
    varied = uncertainty(index, {"normalise": ["minmax", "rank"]}, n=8, random_state=1)
    for variant, method in varied.design["normalise"].items():
        redone = index.redo(normalise=method)
        assert varied.scores[variant].tolist() == pytest.approx(redone.scores.tolist())


def test_numbers_between_two_are_drawn_evenly(index):
    positive = index.redo(normalise={"bounds": (1, 100)})
    varied = uncertainty(positive, {"aggregate": Between(-1.0, 1.0)}, n=50, random_state=1)
    powers = varied.design["aggregate"].astype(float)
    assert powers.between(-1, 1).all()
    assert powers.min() < -0.5 < 0.5 < powers.max()
    assert varied.failures.empty


def test_weights_waver_within_their_factor(index):
    varied = uncertainty(index, {"weights": WeightNoise(0.0)}, n=5, random_state=1)
    assert varied.mean_abs_rank_change.max() == 0


def test_failures_are_told_and_the_rest_goes_on(index):
    choices = {"normalise": ["zscore", {"bounds": (1, 100)}], "aggregate": ["geometric"]}
    varied = uncertainty(index, choices, n=20, random_state=1)
    assert 0 < len(varied.failures) < 20
    assert varied.failures["message"].str.contains("zero or negative").all()
    assert varied.scores[varied.failures["variant"]].isna().all().all()
    with pytest.raises(UncertaintyError, match="no variant could be computed"):
        uncertainty(index, {"aggregate": ["geometric"]}, n=5)


def test_order_of_units_does_not_matter(index):
    turned = composite_index(index.data.iloc[::-1], index.framework)
    first = uncertainty(index, CHOICES, n=30, random_state=2).rank_stats
    second = uncertainty(turned, CHOICES, n=30, random_state=2).rank_stats
    assert second.loc[first.index].to_numpy() == pytest.approx(first.to_numpy())


def test_sensitivity_finds_the_choice_that_matters(index):
    choices = {"normalise": ["minmax", "minmax"], "weights": WeightNoise(0.9)}
    found = sensitivity(index, choices, n=64, n_bootstrap=50, random_state=4)
    totals = found.indices["total"]
    assert totals["weights"] == pytest.approx(1.0, abs=0.2)
    assert totals["normalise"] == pytest.approx(0.0, abs=1e-9)
    row = found.indices.loc["weights"]
    assert row["total_low"] <= row["total"] <= row["total_high"]
    assert found.uncertainty.ranks.shape == (12, 64 * 4)


def test_sensitivity_of_nothing_is_zero(index):
    still = {"normalise": ["minmax"], "aggregate": ["arithmetic"]}
    assert sensitivity(index, still, n=4).indices.to_numpy().max() == 0


@pytest.mark.parametrize(
    ("choices", "n", "message"),
    [
        ({"normalise": ["minmax", "rank"]}, 8, "1 choice; sensitivity compares at least two"),
        (CHOICES, 10, "n is 10; expected a power of 2"),
        ({**CHOICES, "aggregate": ["geometric", "arithmetic"]}, 8, "combinations fail; the first"),
    ],
)
def test_sensitivity_says_what_is_wrong(index, choices, n, message):
    with pytest.raises(UncertaintyError, match=message):
        sensitivity(index, choices, n=n, random_state=0)


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        ({}, "no choices to vary"),
        ({"normalise": []}, "choice 'normalise' has no alternatives"),
        ({"normalise": WeightNoise()}, "WeightNoise goes with 'weights' only"),
        ({"normalize": ["minmax"]}, "no setting 'normalize'"),
    ],
)
def test_uncertainty_says_what_is_wrong(index, choices, message):
    with pytest.raises(ValueError, match=message):
        uncertainty(index, choices, n=4)
