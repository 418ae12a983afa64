"""From standardised features to clusters with everything that is known about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd
from scipy.cluster.hierarchy import linkage
from scipy.spatial.distance import squareform

from kjreport.profile.choice import Criterion, choice_table, choose, silhouettes
from kjreport.profile.features import Filler
from kjreport.profile.frames import Labels, Matrix, Vector, one_thread
from kjreport.profile.partition import Clusterer, Sample, by_size
from kjreport.profile.pooling import pooled_partition, pooled_stability
from kjreport.profile.stability import Scheme, Stability, shake
from kjreport.profile.structure import structure_p_value

# Starts that suffice where only an average over many resamples is looked at.
_QUICK_STARTS: Final = 3
# Fewer could not tell a share of 5 % from none.
_LEAST_REFERENCES: Final = 99


@dataclass(frozen=True, slots=True)
class Search:
    """How clusters are looked for.

    Attributes
    ----------
    clusterer : Clusterer
    numbers : sequence of int
        Numbers of clusters to try.
    criterion : {"silhouette", "gap", "bic", "stability"}
    schemes : sequence of {"bootstrap", "subset", "noise"}
    n_resamples : int
    n_imputations : int
    """

    clusterer: Clusterer
    numbers: Sequence[int]
    criterion: Criterion
    schemes: Sequence[Scheme]
    n_resamples: int
    n_imputations: int


@dataclass(frozen=True)
class Found:
    """What was found, districts in the order in which they were given.

    Attributes
    ----------
    labels : ndarray of int, shape (n,)
    filled : ndarray of shape (n, p)
        Weighted features, gaps filled.
    silhouettes : ndarray of shape (n,)
    choice : DataFrame
    stability : Stability
    p_value : float
    linkage : ndarray of shape (n - 1, 4)
    """

    labels: Labels
    filled: Matrix
    silhouettes: Vector
    choice: pd.DataFrame
    stability: Stability
    p_value: float
    linkage: Matrix


@one_thread
def find_clusters(
    standard: Matrix, filler: Filler, search: Search, rng: np.random.Generator
) -> Found:
    """Fill gaps, cluster, choose the number of clusters, shake them, and ask if they are real.

    Parameters
    ----------
    standard : ndarray of shape (n, p)
        Standardised features, NaN for a gap.
    filler : Filler
    search : Search
    rng : Generator

    Returns
    -------
    Found
    """
    # Rows in the order of their values: nothing then depends on the order given.
    order = np.lexsort(standard.T[::-1])
    back = np.argsort(order)
    standard = standard[order]
    sample = filler.fill(standard)
    clusterer = search.clusterer
    quick = replace(clusterer, n_init=min(_QUICK_STARTS, clusterer.n_init))
    partitions = _partitions(sample, search, rng)
    choice = choice_table(sample, partitions, quick, search.n_resamples, rng)
    k = choose(choice, search.criterion)
    if search.n_imputations > 1:
        labels, shaken = _pooled(filler, standard, k, search, rng)
    else:
        labels = partitions[k]
        shaken = _shaken(sample, labels, k, search, rng)
    distances = sample.distances(clusterer.method)
    return Found(
        labels=labels[back],
        filled=sample.filled[back],
        silhouettes=silhouettes(distances, labels)[back],
        choice=choice,
        stability=replace(
            shaken, labels=labels[back], consensus=shaken.consensus[np.ix_(back, back)]
        ),
        p_value=_p_value(choice, standard, filler, quick, search.n_resamples, rng),
        linkage=_tree(sample.take(back), clusterer.method),
    )


def _partitions(sample: Sample, search: Search, rng: np.random.Generator) -> dict[int, Labels]:
    clusterer = search.clusterer
    if clusterer.method == "hdbscan":
        labels = by_size(clusterer.partition(sample, 0, rng), sample.filled)
        return {max(1, int(labels.max(initial=-1)) + 1): labels}
    return {k: by_size(clusterer.partition(sample, k, rng), sample.filled) for k in search.numbers}


def _shaken(
    sample: Sample, labels: Labels, k: int, search: Search, rng: np.random.Generator
) -> Stability:
    return shake(sample, labels, k, search.clusterer, search.schemes, search.n_resamples, rng)


def _pooled(
    filler: Filler, standard: Matrix, k: int, search: Search, rng: np.random.Generator
) -> tuple[Labels, Stability]:
    """Cluster several drawn completions and keep what they agree on."""
    samples = [
        filler.fill(standard, seed=int(rng.integers(2**31)), draw=True)
        for _ in range(search.n_imputations)
    ]
    labels = pooled_partition(samples, k, search.clusterer, rng)
    shaken = [_shaken(sample, labels, k, search, rng) for sample in samples]
    return labels, pooled_stability(labels, shaken)


def _p_value(
    choice: pd.DataFrame,
    standard: Matrix,
    filler: Filler,
    clusterer: Clusterer,
    n_resamples: int,
    rng: np.random.Generator,
) -> float:
    def refill(drawn: Matrix) -> Sample:
        spread = np.nanstd(drawn, axis=0)
        centred = drawn - np.nanmean(drawn, axis=0)
        return filler.fill(centred / np.where(spread > 0, spread, 1.0))

    return structure_p_value(
        float(choice["silhouette"].max()),
        standard,
        refill,
        choice.index.tolist(),
        clusterer,
        max(n_resamples, _LEAST_REFERENCES),
        rng,
    )


def _tree(sample: Sample, method: str) -> Matrix:
    if method == "average":
        distances = squareform(sample.distances(method), checks=False)
        return np.asarray(linkage(distances, "average"))
    return np.asarray(linkage(sample.filled, "ward"))
