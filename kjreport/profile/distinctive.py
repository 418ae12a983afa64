"""What sets a cluster apart: effect sizes of its features, and a name made of them."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from kjreport.profile.frames import Labels, Vector

DISTINCTIVE_COLUMNS: Final = (
    "cluster",
    "feature",
    "source",
    "effect",
    "effect_low",
    "effect_high",
    "mean_inside",
    "mean_outside",
    "n_inside",
    "n_outside",
)

# Cohen's reading: from here on a difference is large.
LARGE_EFFECT: Final = 0.8


def distinctive_features(
    features: pd.DataFrame, labels: Labels, sources: pd.Series[str] | None = None
) -> pd.DataFrame:
    """Compare every cluster with all other districts, feature by feature.

    Only what districts report is compared, nothing that was filled in.

    Parameters
    ----------
    features : DataFrame of shape (n, p)
        NaN for a gap.
    labels : ndarray of int, shape (n,)
    sources : Series, optional
        Source of each feature, by name.

    Returns
    -------
    DataFrame
        Columns ``DISTINCTIVE_COLUMNS``, the largest effects of each cluster first. ``effect``
        is Hedges' g, ``effect_low`` and ``effect_high`` its 95 % interval; NaN where fewer
        than two districts inside or outside report the feature.

    References
    ----------
    L. Hedges (1981), Journal of Educational Statistics 6, 107-128.

    Examples
    --------
    >>> table = pd.DataFrame({"patents": [9.0, 10.0, 11.0, 1.0, 2.0, 3.0]})
    >>> found = distinctive_features(table, np.array([0, 0, 0, 1, 1, 1]))
    >>> found["effect"].round(1).tolist()
    [6.4, -6.4]
    """
    rows = []
    for cluster in range(int(labels.max(initial=-1)) + 1):
        inside = labels == cluster
        for name in features.columns:
            values = features[name].to_numpy(dtype="float64")
            known = ~np.isnan(values)
            rows.append(
                {
                    "cluster": cluster,
                    "feature": name,
                    "source": "" if sources is None else sources[name],
                    **_effect(values[inside & known], values[~inside & known]),
                }
            )
    table = pd.DataFrame(rows, columns=list(DISTINCTIVE_COLUMNS))
    strength = table["effect"].abs().fillna(-1.0)
    order = np.lexsort((table["feature"], -strength, table["cluster"]))
    return table.iloc[order].reset_index(drop=True)


def strongest(distinctive: pd.DataFrame, cluster: int, most: int = 3) -> list[tuple[str, float]]:
    """Name the features that make a cluster's label, with their effects.

    Parameters
    ----------
    distinctive : DataFrame
        Result of ``distinctive_features``.
    cluster : int
    most : int, default=3

    Returns
    -------
    list of (feature, effect)
        Large effects whose interval excludes 0, the strongest first; possibly none.
    """
    own = distinctive[distinctive["cluster"] == cluster]
    sure = (own["effect_low"] > 0) | (own["effect_high"] < 0)
    large = own[sure & (own["effect"].abs() >= LARGE_EFFECT)].head(most)
    return list(zip(large["feature"], large["effect"].astype(float), strict=True))


def _effect(inside: Vector, outside: Vector) -> dict[str, float]:
    n_in, n_out = len(inside), len(outside)
    result = {
        "mean_inside": float(inside.mean()) if n_in else np.nan,
        "mean_outside": float(outside.mean()) if n_out else np.nan,
        "n_inside": n_in,
        "n_outside": n_out,
        "effect": np.nan,
        "effect_low": np.nan,
        "effect_high": np.nan,
    }
    if n_in < 2 or n_out < 2:
        return result
    freedom = n_in + n_out - 2
    pooled = (inside.var(ddof=1) * (n_in - 1) + outside.var(ddof=1) * (n_out - 1)) / freedom
    if pooled <= 0:
        return result
    small_sample = 1 - 3 / (4 * freedom - 1)
    effect = float((inside.mean() - outside.mean()) / np.sqrt(pooled) * small_sample)
    error = np.sqrt((n_in + n_out) / (n_in * n_out) + effect**2 / (2 * (n_in + n_out)))
    return result | {
        "effect": effect,
        "effect_low": effect - 1.96 * float(error),
        "effect_high": effect + 1.96 * float(error),
    }
