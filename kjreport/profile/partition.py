"""Ways of dividing districts into clusters, one function whatever the method."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform
from sklearn.cluster import HDBSCAN
from sklearn.metrics.pairwise import nan_euclidean_distances, pairwise_distances
from sklearn.mixture import GaussianMixture

from kjreport.profile.frames import Labels, Matrix
from kjreport.profile.lloyd import kmeans_stack

ClusterMethod = Literal["kmeans", "ward", "average", "gmm", "hdbscan"]
# From the fewest parameters to the most.
_SHAPES: Final = ("spherical", "diag", "tied", "full")
CLUSTER_METHODS: Final[frozenset[str]] = frozenset(get_args(ClusterMethod))


@dataclass(frozen=True, slots=True)
class Sample:
    """Standardised features of the districts, with their gaps and with the gaps filled."""

    filled: Matrix
    gapped: Matrix

    def __len__(self) -> int:
        return len(self.filled)

    def take(self, rows: NDArray[Any]) -> Sample:
        """Return the rows asked for."""
        return Sample(self.filled[rows], self.gapped[rows])

    def distances(self, method: str) -> Matrix:
        """Return the distances that the method looks at.

        Average linkage compares two districts on what both report; the others compare filled
        tables.
        """
        if method == "average":
            return gap_distances(self.gapped)
        return np.asarray(pairwise_distances(self.filled))


@dataclass(frozen=True, slots=True)
class Clusterer:
    """A method of clustering with its settings.

    Attributes
    ----------
    method : {"kmeans", "ward", "average", "gmm", "hdbscan"}
    n_init : int
        Starts of ``kmeans``.
    min_cluster_size : int
        Least size of a cluster of ``hdbscan``, which finds their number itself.
    covariance : {"spherical", "diag", "tied", "full"}
        Shape of the components of ``gmm``; full covariances have more parameters than a
        panel of districts has rows.
    """

    method: str = "kmeans"
    n_init: int = 10
    min_cluster_size: int = 5
    covariance: str = "diag"

    def partition(self, sample: Sample, k: int, rng: np.random.Generator) -> Labels:
        """Divide the sample; -1 marks districts that ``hdbscan`` leaves out."""
        everyone = np.ones((1, len(sample)), dtype=bool)
        labels: Labels = self.partitions(sample, everyone, k, rng)[0]
        return labels

    def partitions(
        self, sample: Sample, present: NDArray[np.bool_], k: int, rng: np.random.Generator
    ) -> NDArray[np.int64]:
        """Divide many parts of the sample.

        Parameters
        ----------
        sample : Sample of n districts
        present : ndarray of bool, shape (n_parts, n)
        k : int
        rng : Generator

        Returns
        -------
        ndarray of int, shape (n_parts, n)
            -1 where a district is absent.
        """
        if self.method == "kmeans":
            return kmeans_stack(sample.filled[np.newaxis], present, k, self.n_init, rng)
        seed = int(rng.integers(2**31))
        labels = np.full(present.shape, -1, dtype=np.int64)
        for row, rows in zip(labels, present, strict=True):
            row[rows] = self._one(sample.take(np.flatnonzero(rows)), k, seed)
        return labels

    def partition_each(
        self, samples: Sequence[Sample], k: int, rng: np.random.Generator
    ) -> list[Labels]:
        """Divide several samples of one shape."""
        if self.method != "kmeans":
            return [self.partition(sample, k, rng) for sample in samples]
        stack = np.stack([sample.filled for sample in samples])
        everyone = np.ones(stack.shape[:2], dtype=bool)
        return list(kmeans_stack(stack, everyone, k, self.n_init, rng))

    def _one(self, sample: Sample, k: int, seed: int) -> Labels:
        match self.method:
            case "ward":
                tree = linkage(sample.filled, "ward")
                return np.asarray(fcluster(tree, k, "maxclust") - 1, dtype=np.int64)
            case "average":
                distances = squareform(sample.distances("average"), checks=False)
                tree = linkage(distances, "average")
                return np.asarray(fcluster(tree, k, "maxclust") - 1, dtype=np.int64)
            case "gmm":
                mixture = gaussian_mixture(sample.filled, k, self.covariance, seed)
                return np.asarray(mixture.predict(sample.filled), dtype=np.int64)
        size = min(self.min_cluster_size, len(sample))
        model = HDBSCAN(min_cluster_size=max(2, size), copy=True)
        return np.asarray(model.fit_predict(sample.filled), dtype=np.int64)


def gaussian_mixture(X: Matrix, k: int, covariance: str, seed: int) -> GaussianMixture:
    """Fit a mixture of k normal distributions."""
    return GaussianMixture(k, covariance_type=covariance, reg_covar=1e-2, random_state=seed).fit(X)


def best_covariance(X: Matrix, k: int, seed: int) -> str:
    """Choose the shape of a mixture's components by BIC, the simplest where they are equal.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> round_clusters = rng.normal(size=(60, 3)) + np.repeat([[0.0], [9.0]], 30, axis=0)
    >>> best_covariance(round_clusters, 2, seed=0)
    'spherical'
    """
    return min(_SHAPES, key=lambda shape: gaussian_mixture(X, k, shape, seed).bic(X))


def gap_distances(gapped: Matrix) -> Matrix:
    """Distances over the features that both districts report, scaled up to all features.

    Two districts without a common feature take the mean distance: nothing is known of them.

    Parameters
    ----------
    gapped : ndarray of shape (n, p)
        NaN for a gap.

    Returns
    -------
    ndarray of shape (n, n)
    """
    distances = nan_euclidean_distances(gapped)
    known = ~np.isnan(distances) & ~np.eye(len(distances), dtype=bool)
    typical = float(distances[known].mean()) if known.any() else 0.0
    filled = np.where(np.isnan(distances), typical, distances)
    np.fill_diagonal(filled, 0.0)
    return np.asarray(filled)


def by_size(labels: Labels, filled: Matrix) -> Labels:
    """Give clusters numbers from the largest down; of equal ones, by their centres.

    Numbers then mean the same in every run, whatever the order in which clusters were found.
    """
    names = sorted(set(labels.tolist()) - {-1})

    def place(name: int) -> tuple[int, tuple[float, ...]]:
        rows = labels == name
        return -int(rows.sum()), tuple(filled[rows].mean(axis=0).round(9))

    number = {name: rank for rank, name in enumerate(sorted(names, key=place))}
    return np.asarray([number.get(label, -1) for label in labels.tolist()], dtype=np.int64)
