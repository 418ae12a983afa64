"""How many clusters, by four criteria side by side, and whether there are any at all."""

from __future__ import annotations

from typing import Final, Literal, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.mixture import GaussianMixture

from kjreport.profile.frames import Labels, Matrix
from kjreport.profile.partition import Clusterer, Sample
from kjreport.profile.stability import STABLE, shake

Criterion = Literal["silhouette", "gap", "bic", "stability"]
CRITERIA: Final[frozenset[str]] = frozenset(get_args(Criterion))

CHOICE_COLUMNS: Final = ("silhouette", "gap", "gap_se", "bic", "stability")


def silhouettes(distances: Matrix, labels: Labels) -> NDArray[np.float64]:
    """Silhouette of every district: near 1 well inside its cluster, below 0 in the wrong one.

    Parameters
    ----------
    distances : ndarray of shape (n, n)
    labels : ndarray of int, shape (n,)
        -1 for no cluster.

    Returns
    -------
    ndarray of shape (n,)
        0 for a district alone in its cluster, NaN without a cluster or with one cluster only.

    References
    ----------
    P. Rousseeuw (1987), Journal of Computational and Applied Mathematics 20, 53-65.

    Examples
    --------
    >>> points = np.array([0.0, 1.0, 9.0, 10.0])
    >>> silhouettes(abs(points[:, None] - points), np.array([0, 0, 1, 1])).round(2).tolist()
    [0.89, 0.88, 0.88, 0.89]
    """
    k = int(labels.max(initial=-1)) + 1
    if k < 2:
        return np.full(len(labels), np.nan)
    member = (labels[:, np.newaxis] == np.arange(k)).astype("float64")
    sizes = member.sum(axis=0)
    sums = distances @ member
    rows = np.arange(len(labels))
    own = np.maximum(labels, 0)
    inside = sums[rows, own] / np.maximum(sizes[own] - 1, 1)
    means = sums / np.maximum(sizes, 1)
    means[rows, own] = np.inf
    means[:, sizes == 0] = np.inf
    outside = means.min(axis=1)
    scale = np.maximum(inside, outside)
    width = np.divide(outside - inside, scale, out=np.zeros_like(scale), where=scale > 0)
    width[sizes[own] == 1] = 0.0
    width[labels < 0] = np.nan
    return np.asarray(width)


def mean_silhouette(distances: Matrix, labels: Labels) -> float:
    """Mean silhouette of the districts that have a cluster; NaN with fewer than two."""
    widths = silhouettes(distances, labels)
    return float(np.nanmean(widths)) if (~np.isnan(widths)).any() else float("nan")


def choice_table(
    sample: Sample,
    partitions: dict[int, Labels],
    clusterer: Clusterer,
    n_resamples: int,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Measure every number of clusters by every criterion.

    Parameters
    ----------
    sample : Sample
    partitions : dict of int to ndarray
        The partition into each number of clusters.
    clusterer : Clusterer
    n_resamples : int
        Bootstrap samples for ``stability``, and reference sets for ``gap``.
    rng : Generator

    Returns
    -------
    DataFrame
        Index ``n_clusters``, columns ``CHOICE_COLUMNS``: mean silhouette; gap statistic and
        its standard error; BIC of a mixture of normal distributions started from the
        partition (lower is better); bootstrap Jaccard of the least stable cluster.
    """
    distances = sample.distances(clusterer.method)
    gaps = gap_statistic(sample.filled, partitions, n_resamples, clusterer.n_init, rng)
    rows = {
        k: {
            "silhouette": mean_silhouette(distances, labels),
            "gap": gaps[k][0],
            "gap_se": gaps[k][1],
            "bic": mixture_bic(sample.filled, labels),
            "stability": _least_stable(sample, labels, k, clusterer, n_resamples, rng),
        }
        for k, labels in partitions.items()
    }
    return pd.DataFrame.from_dict(rows, orient="index", columns=list(CHOICE_COLUMNS)).rename_axis(
        index="n_clusters"
    )


def choose(table: pd.DataFrame, criterion: Criterion) -> int:
    """Pick the number of clusters that a criterion prefers.

    ``gap`` takes the least number whose gap is within one standard error of the next one's;
    ``stability`` the greatest number of which every cluster is stable, else the most stable.

    Examples
    --------
    >>> table = pd.DataFrame({"silhouette": [0.4, 0.6, 0.5]}, index=[2, 3, 4])
    >>> choose(table, "silhouette")
    3
    """
    if len(table) == 1:
        return int(table.index[0])
    numbers = table.index.to_numpy(dtype="int64")
    match criterion:
        case "gap":
            following = (table["gap"] - table["gap_se"]).shift(-1)
            good = numbers[(table["gap"] >= following).to_numpy()]
            best = good[0] if len(good) else numbers[table["gap"].argmax()]
        case "bic":
            best = numbers[table["bic"].argmin()]
        case "stability":
            stable = numbers[(table["stability"] >= STABLE).to_numpy()]
            best = stable[-1] if len(stable) else numbers[table["stability"].argmax()]
        case _:
            best = numbers[table["silhouette"].argmax()]
    return int(best)


def gap_statistic(
    X: Matrix,
    partitions: dict[int, Labels],
    n_references: int,
    n_init: int,
    rng: np.random.Generator,
) -> dict[int, tuple[float, float]]:
    """Compare within-cluster dispersion with that of featureless data.

    Parameters
    ----------
    X : ndarray of shape (n, p)
    partitions : dict of int to ndarray
    n_references : int
        Uniform samples over the box of the principal axes, clustered by k-means.
    n_init : int
    rng : Generator

    Returns
    -------
    dict of int to (gap, standard error)

    References
    ----------
    R. Tibshirani, G. Walther, T. Hastie (2001), Journal of the Royal Statistical Society B 63,
    411-423.
    """
    centre = X.mean(axis=0)
    _, _, axes = np.linalg.svd(X - centre, full_matrices=False)
    scores = (X - centre) @ axes.T
    reference = Clusterer("kmeans", n_init=min(n_init, 3))
    shape = (n_references, *scores.shape)
    drawn = rng.uniform(scores.min(axis=0), scores.max(axis=0), size=shape)
    samples = [Sample(data, data) for data in drawn]
    result = {}
    for k, labels in partitions.items():
        found = reference.partition_each(samples, k, rng)
        logs = np.array([log_dispersion(*pair) for pair in zip(drawn, found, strict=True)])
        gap = float(logs.mean()) - log_dispersion(X, labels)
        result[k] = (gap, float(logs.std() * np.sqrt(1 + 1 / n_references)))
    return result


def log_dispersion(X: Matrix, labels: Labels) -> float:
    """Logarithm of the sum of squares within clusters."""
    clusters = [X[labels == j] for j in sorted(set(labels.tolist()) - {-1})]
    within = sum(float(((rows - rows.mean(axis=0)) ** 2).sum()) for rows in clusters)
    return float(np.log(max(within, np.finfo(float).tiny)))


def mixture_bic(X: Matrix, labels: Labels) -> float:
    """BIC of a mixture of round normal distributions started from a partition; lower is better.

    Districts without a cluster are left out of the start only.
    """
    k = int(labels.max(initial=-1)) + 1
    if k < 1:
        return float("nan")
    means = np.vstack([X[labels == j].mean(axis=0) for j in range(k)])
    model = GaussianMixture(
        k, covariance_type="spherical", means_init=means, reg_covar=1e-2, random_state=0
    )
    return float(model.fit(X).bic(X))


def _least_stable(
    sample: Sample,
    labels: Labels,
    k: int,
    clusterer: Clusterer,
    n_resamples: int,
    rng: np.random.Generator,
) -> float:
    shaken = shake(sample, labels, k, clusterer, ("bootstrap",), n_resamples, rng)
    return float(shaken.table["jaccard_bootstrap"].min())


def candidate_numbers(n: int, most: int) -> tuple[int, ...]:
    """Numbers of clusters worth trying on n districts: at least 2, few enough for half of them.

    Examples
    --------
    >>> candidate_numbers(9, 8), candidate_numbers(4, 8)
    ((2, 3), (2,))
    """
    return tuple(range(2, max(2, min(most, n // 2 - 1)) + 1))
