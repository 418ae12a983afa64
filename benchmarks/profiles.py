"""Do profiles find groups that are there, and none where there are none?

Run with ``python benchmarks/profiles.py [SEEDS]``. Prints the adjusted Rand index on panels with
three planted groups, 40 % of the cells missing and 10 % masked; how often panels without
groups are refused; and the time that stability by bootstrap and subsetting takes on iris.
"""

from __future__ import annotations

import sys
import time
import warnings

import numpy as np
import pandas as pd
from sklearn.datasets import load_iris
from sklearn.metrics import adjusted_rand_score

from kjreport.profile import InnovationProfile, cluster_stability

GAPS = 0.4 + 0.1


def planted(seed: int, n: int = 60, p: int = 20, spread: float = 2.0):
    """Three groups whose centres lie apart in every indicator."""
    rng = np.random.default_rng(seed)
    groups = np.repeat([0, 1, 2], n // 3)
    values = rng.normal(0, spread, size=(3, p))[groups] + rng.normal(size=(n, p))
    values[rng.random(values.shape) < GAPS] = np.nan
    return pd.DataFrame(values), groups


def structureless(seed: int, n: int = 60, p: int = 12, common: float = 0.0):
    """Districts of all sizes and no groups; ``common`` is the weight of size."""
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(n, p)) + common * rng.normal(size=(n, 1))
    values[rng.random(values.shape) < GAPS] = np.nan
    return pd.DataFrame(values)


def main(seeds: int) -> None:
    """Measure and print."""
    warnings.simplefilter("ignore")
    for criterion in ("gap", "silhouette"):
        found = [
            adjusted_rand_score(groups, InnovationProfile(criterion=criterion).fit(panel).labels_)
            for panel, groups in map(planted, range(seeds))
        ]
        print(f"planted, {criterion}: median ARI {np.median(found):.3f}, least {min(found):.3f}")
    for common in (0.0, 1.0):
        refused = sum(
            bool(InnovationProfile().fit(structureless(seed, common=common)).refusal_)
            for seed in range(2 * seeds)
        )
        print(f"no groups, common size {common}: {refused} of {2 * seeds} refused")
    data = load_iris().data
    scaled = (data - data.mean(axis=0)) / data.std(axis=0, ddof=1)
    start = time.perf_counter()
    cluster_stability(scaled, 3, n_resamples=200, n_init=10, random_state=0)
    print(f"iris, k-means, 2 x 200 resamples, 10 starts: {time.perf_counter() - start:.2f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50)
