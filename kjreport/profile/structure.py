"""Whether there are any clusters at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from kjreport.profile.choice import mean_silhouette
from kjreport.profile.frames import Matrix
from kjreport.profile.partition import Clusterer, Sample

_EM_ROUNDS: Final = 25
# Keeps the covariance of more features than districts invertible.
_SHRINKAGE: Final = 0.05


def structure_p_value(
    silhouette: float,
    standard: Matrix,
    refill: Callable[[Matrix], Sample],
    numbers: Sequence[int],
    clusterer: Clusterer,
    n_references: int,
    rng: np.random.Generator,
) -> float:
    """Tell how often data without clusters look as clustered as these.

    The reference sets are drawn from one normal distribution with the means and covariances
    of the data, get the same gaps, and go through the same filling and the same search for the
    number of clusters.

    Parameters
    ----------
    silhouette : float
        The best mean silhouette over ``numbers``.
    standard : ndarray of shape (n, p)
        The features, NaN for a gap.
    refill : callable
        From a table with gaps to a sample.
    numbers : sequence of int
        Numbers of clusters that were searched.
    clusterer : Clusterer
    n_references : int
    rng : Generator

    Returns
    -------
    float
        Share of the reference sets, the data included, with at least that silhouette.

    References
    ----------
    Y. Liu et al. (2008), Statistical significance of clustering (SigClust), Journal of the
    American Statistical Association 103, 1281-1293, for the idea of the normal reference.
    """
    if not np.isfinite(silhouette):
        return 1.0
    mean, covariance = normal_model(standard)
    values, vectors = np.linalg.eigh(covariance)
    root = vectors * np.sqrt(np.maximum(values, 0.0))
    gaps = np.isnan(standard)
    references = []
    for _ in range(n_references):
        drawn = mean + rng.standard_normal(gaps.shape) @ root.T
        references.append(refill(np.where(gaps, np.nan, drawn)))
    distances = [sample.distances(clusterer.method) for sample in references]
    best = np.full(n_references, -1.0)
    for k in numbers:
        found = clusterer.partition_each(references, k, rng)
        widths = [mean_silhouette(*pair) for pair in zip(distances, found, strict=True)]
        best = np.fmax(best, widths)
    return (1 + int((best >= silhouette).sum())) / (n_references + 1)


def normal_model(table: Matrix) -> tuple[Matrix, Matrix]:
    """Estimate means and covariances from a table with gaps, by the EM algorithm.

    Parameters
    ----------
    table : ndarray of shape (n, p)
        NaN for a gap; every column has a value.

    Returns
    -------
    mean : ndarray of shape (p,)
    covariance : ndarray of shape (p, p)

    References
    ----------
    R. Little, D. Rubin (2019), Statistical Analysis with Missing Data, 3rd ed., section 11.2.

    Examples
    --------
    >>> mean, covariance = normal_model(np.array([[1.0, 2.0], [3.0, 4.0], [5.0, np.nan]]))
    >>> mean.round(1).tolist()
    [3.0, 3.8]
    """
    known = ~np.isnan(table)
    mean = np.nanmean(table, axis=0)
    variance = np.maximum(np.nanvar(table, axis=0), 1e-9)
    covariance = np.diag(variance)
    if known.all():
        return mean, np.atleast_2d(np.cov(table, rowvar=False, ddof=0))
    for _ in range(_EM_ROUNDS):
        filled = np.where(known, table, 0.0)
        left_over = np.zeros_like(covariance)
        for row, seen in zip(filled, known, strict=True):
            gaps = ~seen
            if not gaps.any():
                continue
            slopes = np.linalg.solve(covariance[np.ix_(seen, seen)], covariance[np.ix_(seen, gaps)])
            row[gaps] = mean[gaps] + (row[seen] - mean[seen]) @ slopes
            residual = covariance[np.ix_(gaps, gaps)] - covariance[np.ix_(gaps, seen)] @ slopes
            left_over[np.ix_(gaps, gaps)] += residual
        mean = filled.mean(axis=0)
        centred = filled - mean
        estimate = (centred.T @ centred + left_over) / len(table)
        covariance = (1 - _SHRINKAGE) * estimate + _SHRINKAGE * np.diag(np.diag(estimate))
    return mean, covariance
