"""One answer from several imputations."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from kjreport.profile.frames import Labels
from kjreport.profile.partition import Clusterer, Sample, by_size
from kjreport.profile.stability import Stability, verdict


def pooled_partition(
    samples: Sequence[Sample], k: int, clusterer: Clusterer, rng: np.random.Generator
) -> Labels:
    """Cluster every completed table and keep what they agree on.

    Parameters
    ----------
    samples : sequence of Sample
        One for each imputation, the same districts in the same order.
    k : int
    clusterer : Clusterer
    rng : Generator

    Returns
    -------
    ndarray of int, shape (n,)
        Average linkage on how often two districts fall together.

    References
    ----------
    X. Basagana et al. (2013), A framework for multiple imputation in cluster analysis,
    American Journal of Epidemiology 177, 718-725.
    """
    partitions = [clusterer.partition(sample, k, rng) for sample in samples]
    agreement = np.mean(
        [labels[:, np.newaxis] == labels for labels in partitions], axis=0, dtype="float64"
    )
    np.fill_diagonal(agreement, 1.0)
    tree = linkage(squareform(1 - agreement, checks=False), "average")
    filled = np.mean([sample.filled for sample in samples], axis=0)
    return by_size(np.asarray(fcluster(tree, k, "maxclust") - 1, dtype=np.int64), filled)


def pooled_stability(labels: Labels, shaken: Sequence[Stability]) -> Stability:
    """Average the stability of one partition over the imputations."""
    table = shaken[0].table.copy()
    means = table.filter(like="jaccard_").columns
    for name in [*means, *table.filter(regex="^(dissolved|recovered)_").columns]:
        table[name] = np.mean([one.table[name] for one in shaken], axis=0)
    table["verdict"] = [verdict(value) for value in table[means].min(axis=1)]
    consensus = np.mean([one.consensus for one in shaken], axis=0)
    return Stability(labels, table, consensus)
