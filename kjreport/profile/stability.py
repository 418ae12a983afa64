"""Which clusters come back when the data are shaken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, get_args

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from kjreport.profile.frames import DataError, Labels, Matrix, one_thread, refuse_cells
from kjreport.profile.partition import (
    Clusterer,
    ClusterMethod,
    Sample,
    best_covariance,
    by_size,
)

Scheme = Literal["bootstrap", "subset", "noise"]
SCHEMES: Final[tuple[Scheme, ...]] = get_args(Scheme)

# Hennig's reading of a mean Jaccard similarity.
STABLE: Final = 0.75
HIGHLY_STABLE: Final = 0.85
PATTERN: Final = 0.6
DISSOLVED: Final = 0.5

# Half of fewer cannot form two clusters of more than one district.
FEWEST_DISTRICTS: Final = 6


@dataclass(frozen=True)
class Stability:
    """How the clusters of a partition fared under resampling.

    Attributes
    ----------
    labels : ndarray of int, shape (n,)
        The partition that was shaken, numbered from the largest cluster.
    table : DataFrame
        One row a cluster: ``cluster``, ``size``, for each scheme ``jaccard_<scheme>`` (mean
        over the resamples), ``dissolved_<scheme>`` and ``recovered_<scheme>`` (how often the
        similarity was at most 0.5 or above 0.75), and ``verdict``.
    consensus : ndarray of shape (n, n)
        How often two districts fell together among the resamples that held both.
    """

    labels: Labels
    table: pd.DataFrame
    consensus: Matrix

    def _repr_html_(self) -> str:
        return str(self.table.to_html(index=False, float_format="{:.2f}".format, border=0))


@one_thread
def cluster_stability(
    X: ArrayLike,
    n_clusters: int,
    *,
    method: ClusterMethod = "kmeans",
    schemes: Sequence[Scheme] = ("bootstrap", "subset"),
    n_resamples: int = 200,
    n_init: int = 10,
    min_cluster_size: int = 5,
    random_state: int | None = None,
) -> Stability:
    """Assess the stability of every cluster by resampling.

    The data are clustered; then again on ``n_resamples`` bootstrap samples (each district
    once), on random halves, or with a twentieth of the districts replaced by noise. Every
    cluster is compared with the one most like it in each resample.

    Parameters
    ----------
    X : array-like of shape (n, p)
        Complete features on comparable scales.
    n_clusters : int
    method : {"kmeans", "ward", "average", "gmm", "hdbscan"}
    schemes : sequence of {"bootstrap", "subset", "noise"}
    n_resamples : int
    n_init : int
    min_cluster_size : int
    random_state : int, optional

    Returns
    -------
    Stability

    Raises
    ------
    DataError
        If X has gaps, cells that are no numbers, or too few districts for the clusters.

    References
    ----------
    C. Hennig (2007), Cluster-wise assessment of cluster stability, Computational Statistics
    & Data Analysis 52, 258-271; the R function ``fpc::clusterboot``.

    Examples
    --------
    >>> X = np.array([[0.0], [0.1], [0.2], [9.0], [9.1], [9.2]])
    >>> stability = cluster_stability(X, 2, n_resamples=20, random_state=0)
    >>> stability.table["jaccard_bootstrap"].min() > 0.9
    np.True_
    """
    if isinstance(X, pd.DataFrame):
        refuse_cells(X, FEWEST_DISTRICTS)
    values = np.asarray(X, dtype="float64")
    if len(values) < FEWEST_DISTRICTS:
        raise DataError(
            f"{len(values)} districts; at least {FEWEST_DISTRICTS} are needed, so that half of "
            f"them can still form two clusters"
        )
    if not np.isfinite(values).all():
        raise DataError("cluster_stability needs complete, finite data; impute first")
    if not 1 < n_clusters < len(values) // 2:
        raise DataError(
            f"{n_clusters} clusters of {len(values)} districts: expected 2 to "
            f"{len(values) // 2 - 1}, so that half the districts can still form them"
        )
    order = np.lexsort(values.T[::-1])
    sample = Sample(values[order], values[order])
    rng = np.random.default_rng(random_state)
    clusterer = Clusterer(method, n_init, min_cluster_size)
    if method == "gmm":
        # Chosen once, so that the resamples differ in their rows alone.
        shape = best_covariance(sample.filled, n_clusters, int(rng.integers(2**31)))
        clusterer = replace(clusterer, covariance=shape)
    labels = by_size(clusterer.partition(sample, n_clusters, rng), sample.filled)
    shaken = shake(sample, labels, n_clusters, clusterer, schemes, n_resamples, rng)
    back = np.argsort(order)
    return Stability(labels[back], shaken.table, shaken.consensus[np.ix_(back, back)])


def shake(
    sample: Sample,
    labels: Labels,
    k: int,
    clusterer: Clusterer,
    schemes: Sequence[Scheme],
    n_resamples: int,
    rng: np.random.Generator,
) -> Stability:
    """Compare a partition with those of resamples; see ``cluster_stability``."""
    n = len(sample)
    columns: dict[str, NDArray[np.float64] | NDArray[np.int64]] = {}
    together, seen = np.zeros((n, n)), np.zeros((n, n))
    for scheme in schemes:
        if scheme == "noise":
            present, found = _with_noise(sample, k, clusterer, n_resamples, rng)
        else:
            present = _resamples(scheme, n, k, n_resamples, rng)
            found = clusterer.partitions(sample, present, k, rng)
        similarity = _best_jaccard(labels, found, present)
        columns[f"jaccard_{scheme}"] = similarity.mean(axis=0)
        columns[f"dissolved_{scheme}"] = (similarity <= DISSOLVED).sum(axis=0)
        columns[f"recovered_{scheme}"] = (similarity > STABLE).sum(axis=0)
        both = present.astype("float64")
        seen += both.T @ both
        for label in range(int(found.max(initial=-1)) + 1):
            member = (found == label).astype("float64")
            together += member.T @ member
    means = [values for name, values in columns.items() if name.startswith("jaccard_")]
    table = pd.DataFrame(
        {
            "cluster": np.arange(len(means[0])),
            "size": np.bincount(labels[labels >= 0], minlength=len(means[0])),
            **columns,
            "verdict": [verdict(value) for value in np.min(means, axis=0)],
        }
    )
    consensus = np.divide(together, seen, out=np.zeros_like(together), where=seen > 0)
    np.fill_diagonal(consensus, 1.0)
    return Stability(labels, table, consensus)


def verdict(jaccard: float) -> str:
    """Put a mean Jaccard similarity into words, after Hennig.

    Examples
    --------
    >>> [verdict(value) for value in (0.9, 0.8, 0.7, 0.4)]
    ['highly stable', 'stable', 'pattern', 'unstable']
    """
    if jaccard >= HIGHLY_STABLE:
        return "highly stable"
    if jaccard >= STABLE:
        return "stable"
    return "pattern" if jaccard >= PATTERN else "unstable"


def _resamples(
    scheme: str, n: int, k: int, n_resamples: int, rng: np.random.Generator
) -> NDArray[np.bool_]:
    present = np.zeros((n_resamples, n), dtype=bool)
    for number in range(n_resamples):
        while np.count_nonzero(present[number]) < k + 1:
            drawn = (
                rng.integers(0, n, n)
                if scheme == "bootstrap"
                else rng.choice(n, max(n // 2, k + 1), replace=False)
            )
            present[number] = np.isin(np.arange(n), drawn)
    return present


# fpc's defaults: a twentieth of the rows, noise within four standard deviations.
_NOISE_SHARE: Final = 0.05
_NOISE_SPREAD: Final = 4.0


def _with_noise(
    sample: Sample, k: int, clusterer: Clusterer, n_resamples: int, rng: np.random.Generator
) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    filled = sample.filled
    n, p = filled.shape
    values, vectors = np.linalg.eigh(np.atleast_2d(np.cov(filled, rowvar=False)))
    reach = _NOISE_SPREAD * np.sqrt(np.maximum(values, 0.0))
    present = np.ones((n_resamples, n), dtype=bool)
    found = np.empty((n_resamples, n), dtype=np.int64)
    for row, labels in zip(present, found, strict=True):
        noisy = rng.random(n) < _NOISE_SHARE
        noise = rng.uniform(-reach, reach, size=(np.count_nonzero(noisy), p)) @ vectors.T
        shaken = Sample(filled.copy(), sample.gapped.copy())
        shaken.filled[noisy] = shaken.gapped[noisy] = noise + filled.mean(axis=0)
        labels[:] = clusterer.partition(shaken, k, rng)
        row[:] = ~noisy
        labels[noisy] = -1
    return present, found


def _best_jaccard(
    labels: Labels, found: NDArray[np.int64], present: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Similarity of every cluster to the cluster most like it, by resample."""
    k = int(labels.max(initial=-1)) + 1
    original = (labels[:, np.newaxis] == np.arange(k)).astype("float64")
    best = np.zeros((len(found), k))
    sizes = present.astype("float64") @ original
    for label in range(int(found.max(initial=-1)) + 1):
        member = (found == label).astype("float64")
        shared = member @ original
        union = sizes + member.sum(axis=1, keepdims=True) - shared
        best = np.maximum(best, np.divide(shared, union, out=np.zeros_like(best), where=union > 0))
    return best
