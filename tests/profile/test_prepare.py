"""Screening, imputation and outlier treatment, by hand."""

import numpy as np
import pandas as pd
import pytest

from kjreport.errors import KjreportError
from kjreport.profile import FeatureScreen, Imputer, OutlierTreatment, screen

GAP = np.nan


def _table(**columns):
    return pd.DataFrame(columns, index=list("abcdefgh")[: len(next(iter(columns.values())))])


def _filled(table, *args, **kwargs):
    return Imputer(*args, **kwargs).set_output(transform="pandas").fit_transform(table)


@pytest.mark.parametrize(
    ("strategy", "expected"),
    [("mean", 4.0), ("median", 2.0), ("group_mean", 1.5), ("group_median", 1.5)],
)
def test_imputation_by_hand(strategy, expected):
    table = _table(x=[1.0, 2.0, GAP, 9.0])
    groups = {"a": "north", "b": "north", "c": "north", "d": "south"}
    assert _filled(table, strategy, groups=groups).loc["c", "x"] == expected


def test_a_silent_group_falls_back_on_the_column_and_says_so():
    table = _table(x=[1.0, 3.0, GAP, GAP])
    groups = ["north", "north", "south", None]
    imputer = Imputer("group_mean", groups=groups).fit(table)
    assert imputer.transform(table)[2:, 0].tolist() == [2.0, 2.0]
    assert imputer.sources(table)["x"].tolist() == ["", "", "mean", "mean"]


@pytest.mark.parametrize("strategy", ["mean", "median", "knn", "iterative"])
def test_known_values_are_untouched_and_all_gaps_are_filled(strategy):
    rng = np.random.default_rng(0)
    table = pd.DataFrame(rng.normal(size=(20, 4)) * [1, 10, 1e6, 1e-3], columns=list("wxyz"))
    gapped = table.mask(rng.random(table.shape) < 0.3)
    filled = _filled(gapped, strategy, random_state=0)
    assert filled.notna().all().all()
    known = gapped.notna()
    pd.testing.assert_frame_equal(filled[known], gapped[known])
    marks = Imputer(strategy, random_state=0).fit(gapped).sources(gapped)
    assert (marks.eq("") == known.to_numpy()).all().all()


def test_neighbours_are_found_whatever_the_units():
    near = _table(small=[1.0, 1.1, 9.0, 9.1], large=[1e9, GAP, 5e9, 5e9])
    assert _filled(near, "knn", n_neighbors=1).loc["b", "large"] == 1e9


@pytest.mark.parametrize(
    ("settings", "word"),
    [
        ({"strategy": "group_mean"}, "needs `groups`"),
        ({"strategy": "group_mean", "groups": ["north"]}, "1 entries for 2 units"),
        ({"strategy": "group_mean", "groups": {"a": "north"}}, "do not name 'b'"),
    ],
)
def test_wrong_groups_are_refused(settings, word):
    with pytest.raises(KjreportError, match=word):
        Imputer(**settings).fit(_table(x=[1.0, GAP]))


def test_an_empty_column_is_refused_by_name():
    with pytest.raises(KjreportError, match="'y' has no value"):
        Imputer().fit(_table(x=[1.0, 2.0], y=[GAP, GAP]))


def test_two_outliers_at_once_count_as_two():
    table = _table(x=[1.0, 2, 3, 4, 5, 6, 100, 100])
    treatment = OutlierTreatment(kurtosis=-2, skew=1).fit(table)
    assert treatment.details_.loc[0, "n_winsorised"] == 2
    assert treatment.treated_["x"].tolist() == [""] * 6 + ["winhi"] * 2


def test_what_winsorising_does_not_mend_is_transformed_from_the_original():
    values = np.exp(np.arange(30) / 2.0)
    treatment = OutlierTreatment(max_winsorised=1).fit(values[:, np.newaxis])
    details = treatment.details_.iloc[0]
    assert details["transformation"] == "log_CT"
    spread = values.max() - values.min()
    expected = np.log(values - values.min() + 0.01 * spread)
    np.testing.assert_allclose(treatment.transform(values[:, np.newaxis])[:, 0], expected)


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"transformation": "log_CT_orig"}, lambda x: np.log(x - x.min() + 1)),
        ({"transformation": "boxcox"}, lambda x: np.log(x - x.min() + 1)),
        (
            {"transformation": "boxcox", "power": 0.5},
            lambda x: ((x - x.min() + 1) ** 0.5 - 1) / 0.5,
        ),
    ],
)
def test_other_transformations(settings, expected):
    values = np.exp(np.arange(30) / 2.0)
    treatment = OutlierTreatment(max_winsorised=0, **settings)
    treated = treatment.fit_transform(values[:, np.newaxis])[:, 0]
    np.testing.assert_allclose(treated, expected(values))


def test_one_indicator_can_be_left_alone():
    values = np.exp(np.arange(30) / 2.0)
    table = pd.DataFrame({"x": values, "y": values})
    alone = {"y": {"max_winsorised": 0, "transformation": "none"}}
    treatment = OutlierTreatment(individual=alone).set_output(transform="pandas")
    treated = treatment.fit_transform(table)
    assert not np.allclose(treated["x"], values)
    assert treated["y"].tolist() == values.tolist()
    with pytest.raises(KjreportError, match="'y' has no setting 'win'"):
        OutlierTreatment(individual={"y": {"win": 1}}).fit(table)


def test_treatment_never_makes_an_indicator_constant():
    table = _table(x=[0.0] * 7 + [1.0])
    assert len(np.unique(OutlierTreatment().fit_transform(table))) == 2


def test_units_are_screened_by_gaps_zeros_and_force():
    table = _table(x=[1.0, GAP, 0.0, 1.0], y=[1.0, GAP, 0.0, GAP], z=[1.0, 2.0, 0.0, 1.0])
    assert screen(table).removed == ["b"]
    assert screen(table, by="zeros").removed == ["c"]
    assert screen(table, by="both", keep=["b"], drop=["a"]).removed == ["a", "c"]
    with pytest.raises(KjreportError, match="'q' is no unit"):
        screen(table, keep=["q"])
    with pytest.raises(KjreportError, match="'a' is to be kept and dropped"):
        screen(table, keep=["a"], drop=["a"])


def test_indicators_are_screened_and_what_was_seen_is_kept():
    table = _table(
        known=[1.0, 2.0, 3.0, 4.0],
        rare=[1.0, GAP, GAP, 2.0],
        constant=[2.0] * 4,
        empty=[GAP] * 4,
        forced=[GAP, GAP, 1.0, 2.0],
    )
    chosen = FeatureScreen(keep=["forced", "empty"]).set_output(transform="pandas")
    assert list(chosen.fit_transform(table).columns) == ["known", "forced"]
    assert chosen.summary_.loc["rare", "availability"] == 0.5
    with pytest.raises(KjreportError, match="keep names 'other'"):
        FeatureScreen(keep=["other"]).fit(table)
