"""Time a Monte-Carlo run over every choice of a composite index: benchmarks/uncertainty.py

1 000 variants of 100 districts by 40 indicators in 5 pillars, a tenth of the cells missing; the
bound is 20 s on two cores.
"""

from __future__ import annotations

import time

import numpy as np
import pandas as pd

from kjreport.composite import WeightNoise, composite_index, uncertainty

N_DISTRICTS, N_INDICATORS, N_PILLARS, N_VARIANTS = 100, 40, 5, 1000
BOUND_SECONDS = 20.0


def panel(seed: int) -> pd.DataFrame:
    generator = np.random.default_rng(seed)
    values = generator.lognormal(size=(N_DISTRICTS, N_INDICATORS))
    values[generator.random(values.shape) < 0.1] = np.nan
    return pd.DataFrame(values).rename(columns="indicator {}".format, index="district {}".format)


def meta() -> pd.DataFrame:
    of_pillar = N_INDICATORS // N_PILLARS
    indicators = [(f"indicator {i}", 1, f"pillar {i // of_pillar}") for i in range(N_INDICATORS)]
    pillars = [(f"pillar {i}", 2, "Index") for i in range(N_PILLARS)]
    rows = [*indicators, *pillars, ("Index", 3, None)]
    return pd.DataFrame(rows, columns=["iCode", "Level", "Parent"])


def main() -> None:
    scale = {"method": "minmax", "bounds": (1, 100)}
    index = composite_index(panel(seed=0), meta(), impute="median", treat=True, normalise=scale)
    choices = {
        "impute": ["median", "mean", "knn"],
        "treat": [True, None],
        "normalise": [scale, "zscore", "rank", "prank"],
        "weights": WeightNoise(0.25),
        "aggregate": ["arithmetic", "copeland"],
    }
    begun = time.perf_counter()
    uncertainty(index, choices, n=N_VARIANTS, random_state=0)
    seconds = time.perf_counter() - begun
    print(f"{N_VARIANTS} variants of {N_DISTRICTS} x {N_INDICATORS}: {seconds:.1f} s")
    raise SystemExit(seconds > BOUND_SECONDS)


if __name__ == "__main__":
    main()
