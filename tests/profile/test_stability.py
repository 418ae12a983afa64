from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.datasets import load_iris

from kjreport.errors import KjreportError
from kjreport.profile import cluster_stability
from kjreport.profile.choice import silhouettes
from kjreport.profile.lloyd import kmeans, kmeans_stack
from kjreport.profile.structure import normal_model

REFERENCE = Path(__file__).resolve().parents[2] / "../shared/reference/clusterboot.csv"


@pytest.fixture(scope="module")
def iris():
    data = load_iris().data
    return (data - data.mean(axis=0)) / data.std(axis=0, ddof=1)


@pytest.mark.skipif(not REFERENCE.is_file(), reason="no ../shared/reference here")
@pytest.mark.parametrize("method", ["kmeans", "ward"])
@pytest.mark.parametrize("k", [2, 3])
def test_agreement_with_clusterboot(iris, method, k):
    reference = pd.read_csv(REFERENCE)
    theirs = reference[(reference["method"] == method) & (reference["k"] == k)]
    theirs = theirs.rename(columns={"jaccard_boot": "boot", "jaccard_subset": "subset"})
    ours = cluster_stability(iris, k, method=method, n_resamples=200, random_state=0).table
    assert sorted(ours["size"]) == sorted(theirs["size"])
    both = ours.merge(theirs, on="size")
    for scheme, column in (("bootstrap", "boot"), ("subset", "subset")):
        assert (both[f"jaccard_{scheme}"] - both[column]).abs().max() <= 0.05


def test_noise_is_a_scheme_too(iris):
    table = cluster_stability(iris, 2, schemes=["noise"], n_resamples=10, random_state=0).table
    assert table["jaccard_noise"].between(0.8, 1.0).all()


def test_consensus_of_certain_clusters_is_all_or_nothing():
    points = np.repeat([[0.0], [10.0]], 8, axis=0) + np.linspace(0, 1, 16)[:, np.newaxis]
    consensus = cluster_stability(points, 2, n_resamples=20, random_state=0).consensus
    assert consensus[:8, :8].min() == 1.0
    assert consensus[:8, 8:].max() == 0.0


def test_gaps_and_too_many_clusters_are_refused(iris):
    with pytest.raises(KjreportError, match="impute first"):
        cluster_stability(np.array([[np.nan], *[[float(i)] for i in range(6)]]), 2)
    with pytest.raises(KjreportError, match="80 clusters of 150"):
        cluster_stability(iris, 80)


def test_a_stack_of_samples_is_clustered_as_each_alone(iris):
    rng = np.random.default_rng(0)
    stack = np.stack([iris, iris[::-1]])
    found = kmeans_stack(stack, np.ones((2, 150), dtype=bool), 2, 3, rng)
    alone = kmeans(iris, 2, 3, np.random.default_rng(1))
    agree = (found[0] == alone).mean()
    assert agree in (0.0, 1.0)
    assert (found[1][::-1] == found[0]).mean() in (0.0, 1.0)


def test_identical_rows_do_not_stop_kmeans():
    labels = kmeans(np.zeros((5, 2)), 3, 2, np.random.default_rng(0))
    assert labels.shape == (5,)


def test_silhouettes_by_hand():
    points = np.array([0.0, 1.0, 9.0])
    width = silhouettes(abs(points[:, np.newaxis] - points), np.array([0, 0, 1]))
    assert width.tolist() == [pytest.approx(8 / 9), pytest.approx(7 / 8), 0.0]


def test_the_normal_model_recovers_a_correlation_through_gaps():
    rng = np.random.default_rng(0)
    common = rng.normal(size=(400, 1))
    table = common + 0.5 * rng.normal(size=(400, 4))
    truth = np.cov(table, rowvar=False)
    table[rng.random(table.shape) < 0.4] = np.nan
    _, estimate = normal_model(table)
    assert np.abs(estimate - truth).max() < 0.25


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda table: table.iloc[:1], "1 sample in the table; 6 or more"),
        (lambda table: table.assign(a=np.nan), "complete, finite data; impute first"),
        (lambda table: table.assign(a="many"), "column 'a', row 'd0': 'many'"),
        (lambda table: table.assign(a=np.inf), "column 'a', row 'd0': inf"),
        (lambda table: table.rename(columns={"b": "a"}), "column 'a' is there more than once"),
        (lambda table: table.iloc[:, :0], "no columns"),
    ],
)
def test_tables_that_cannot_be_shaken_are_refused_with_the_place(change, told):
    table = pd.DataFrame(
        np.arange(16.0).reshape(8, 2), index=[f"d{i}" for i in range(8)], columns=["a", "b"]
    )
    with pytest.raises(KjreportError, match=told):
        cluster_stability(change(table), 2, n_resamples=5)
