import warnings

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import adjusted_rand_score

from kjreport.errors import KjreportError
from kjreport.profile import InnovationProfile, NoStableClusterWarning
from kjreport.schema import Schema


def planted(seed=0, n=45, p=16, gaps=0.5):
    """Three groups, half of the cells missing or masked."""
    rng = np.random.default_rng(seed)
    groups = np.repeat([0, 1, 2], n // 3)
    centres = rng.normal(0, 2.5, size=(3, p))
    values = centres[groups] + rng.normal(size=(n, p))
    values[rng.random(values.shape) < gaps] = np.nan
    names = [f"d{i:02}" for i in range(n)]
    return pd.DataFrame(values, index=names, columns=[f"x{j}" for j in range(p)]), groups


def structureless(seed=0, n=45, p=8):
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(n, p)) + rng.normal(size=(n, 1))
    values[rng.random(values.shape) < 0.3] = np.nan
    return pd.DataFrame(values, columns=[f"x{j}" for j in range(p)])


def _quick(*args, **kwargs):
    settings = {"n_resamples": 25, "n_init": 4} | kwargs
    return InnovationProfile(*args, **settings)


@pytest.mark.parametrize("seed", [0, 1])
def test_planted_groups_are_found_and_hold(seed):
    panel, groups = planted(seed)
    model = _quick().fit(panel)
    assert adjusted_rand_score(groups, model.labels_) >= 0.9
    assert model.refusal_ == ""
    assert (model.stability_["verdict"] == "highly stable").all()


@pytest.mark.parametrize("method", ["kmeans", "ward", "average", "gmm"])
def test_every_method_finds_what_is_plain(method):
    panel, groups = planted(3, gaps=0.2)
    model = _quick(3, method=method).fit(panel)
    assert adjusted_rand_score(groups, model.labels_) >= 0.9


def test_data_without_groups_are_refused_with_the_reason():
    with pytest.warns(NoStableClusterWarning, match="no stable cluster"):
        model = _quick().fit(structureless())
    assert model.refusal_.startswith("no stable cluster")
    assert set(model.stability_["verdict"]) == {"unstable"}
    assert "no stable cluster" in model._repr_html_()


def test_row_order_and_reruns_change_nothing():
    panel, _ = planted(1)
    shuffled = panel.sample(frac=1, random_state=7)
    first, again, other = _quick().fit(panel), _quick().fit(panel), _quick().fit(shuffled)
    assert first.labels_.tolist() == again.labels_.tolist()
    assert first.labels_.tolist() == pd.Series(other.labels_, shuffled.index)[panel.index].tolist()
    pd.testing.assert_frame_equal(first.stability_, other.stability_)
    pd.testing.assert_frame_equal(first.choice_, other.choice_)
    assert first.p_value_ == other.p_value_


def test_clusters_are_numbered_from_the_largest():
    panel, _ = planted(2)
    sizes = np.bincount(_quick(3).fit(panel).labels_)
    assert sizes.tolist() == sorted(sizes, reverse=True)


def test_a_district_with_all_masked_has_a_profile_by_its_emphasis():
    panel, groups = planted(4)
    families = list(Schema.default().families)[:4]
    rng = np.random.default_rng(0)
    weight = np.eye(4)[groups] * 20 + 2
    shares = np.vstack([rng.dirichlet(row) for row in weight])
    emphasis = pd.DataFrame(shares, index=panel.index, columns=families)
    panel.iloc[0] = np.nan
    alone = _quick(3).fit(panel)
    assert alone.labels_[0] == -1
    model = _quick(3).fit(panel, emphasis=emphasis)
    assert model.labels_[0] == pd.Series(model.labels_[groups == groups[0]]).mode()[0]
    assert model.table_.loc[0, "known"] == pytest.approx(4 / 20)


def test_sources_can_be_left_out_and_weighted():
    panel, _ = planted(5)
    emphasis = pd.DataFrame({"talent": np.linspace(0, 1, 45)}, index=panel.index)
    only = _quick(2, sources=["emphasis"]).fit(panel, emphasis=emphasis)
    assert set(only.sources_) == {"emphasis"}
    heavy = _quick(2, weights={"indicators": 0.0}).fit(panel, emphasis=emphasis)
    assert heavy.labels_.tolist() == only.labels_.tolist()


def test_several_imputations_are_pooled():
    panel, groups = planted(6, n=30, gaps=0.3)
    model = _quick(3, n_imputations=3, n_resamples=10).fit(panel)
    assert adjusted_rand_score(groups, model.labels_) >= 0.9
    assert model.consensus_.shape == (30, 30)


def test_all_criteria_stand_side_by_side():
    panel, _ = planted(0)
    model = _quick(max_clusters=5).fit(panel)
    assert model.choice_.index.tolist() == [2, 3, 4, 5]
    assert model.choice_.notna().all().all()


def test_what_sets_a_cluster_apart_is_said_in_both_languages():
    rng = np.random.default_rng(0)
    values = rng.normal(size=(20, 2))
    values[:10, 0] += 9
    model = _quick(2).fit(pd.DataFrame(values, columns=["patents", "makerspaces"]))
    high = model.labels_[0]
    assert model.cluster_label(high, lang="en") == "high: Patents"
    assert model.cluster_label(high) == "高：专利"


def _table(**columns):
    return pd.DataFrame(columns)


@pytest.mark.parametrize(
    ("panel", "settings", "word"),
    [
        (_table(a=[1.0]), {}, "1 sample"),
        (_table(a=[1.0, 2, 3, 4], b=[np.nan] * 4), {}, "no district has a value of b"),
        (_table(a=[1.0, 2, 3, 4], b=[5.0] * 4), {}, "b: one value throughout"),
        (_table(a=[1.0, 2, 3, 4]), {"n_clusters": 3}, "n_clusters=3 for 4 districts"),
        (_table(a=[1.0, 2, 3]), {}, "3 districts with figures"),
        (pd.DataFrame(np.eye(4), columns=["a", "a", "b", "c"]), {}, "'a' is there more than once"),
        (pd.DataFrame(np.eye(4), index=list("ddef")), {}, "'d' is there more than once"),
        (_table(a=[1.0, 2, 3, 4]), {"weights": {"mood": 1}}, "unknown source 'mood'"),
        (_table(a=[1.0, 2, 3, 4]), {"weights": {"indicators": -1}}, "weight of indicators"),
        (_table(a=[1.0, 2, 3, 4]), {"sources": ["emphasis"]}, "no features"),
        (_table(a=[1.0, 2, 3, 4]), {"n_clusters": 0}, "n_clusters"),
    ],
)
def test_what_cannot_be_clustered_is_refused_by_name(panel, settings, word):
    with pytest.raises(ValueError, match=word):
        _quick(**settings).fit(panel)


def test_emphasis_under_other_names_is_refused():
    panel, _ = planted(0)
    stranger = pd.DataFrame({"talent": [0.5, 0.5]}, index=["x", "y"])
    with pytest.raises(KjreportError, match="emphasis has no row"):
        _quick().fit(panel, emphasis=stranger)


def test_hdbscan_leaves_outlying_districts_out():
    rng = np.random.default_rng(0)
    values = np.vstack([rng.normal(0, 0.3, (12, 2)), rng.normal(6, 0.3, (12, 2)), [[40.0, -40]]])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = _quick(method="hdbscan", outliers="keep").fit(pd.DataFrame(values))
    assert model.n_clusters_ == 2
    assert model.labels_[-1] == -1
