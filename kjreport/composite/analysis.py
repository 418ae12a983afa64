"""What the indicators look like before they are aggregated: statistics, correlations, alpha."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd
from scipy import stats

from kjreport.composite.framework import Framework
from kjreport.errors import KjreportError
from kjreport.profile import kurtosis, skewness

Correlation = Literal["pearson", "spearman", "kendall"]


def indicator_stats(
    data: pd.DataFrame,
    *,
    skew: float = 2.0,
    kurt: float = 3.5,
    min_availability: float = 0.65,
    min_nonzero: float = 0.5,
    min_unique: float = 0.5,
) -> pd.DataFrame:
    """Describe every indicator and flag the ones that may make trouble.

    Parameters
    ----------
    data : DataFrame of shape (n_units, n_indicators)
    skew, kurt : float
        An indicator with more of both is flagged ``"OUT"``: it may have outliers.
    min_availability, min_nonzero, min_unique : float
        Shares of all units below which an indicator is flagged ``"LOW"``.

    Returns
    -------
    DataFrame
        One row an indicator: ``min``, ``max``, ``mean``, ``median``, ``std``, ``skew``,
        ``kurt``, ``n_available``, ``n_nonzero``, ``n_unique``, ``n_same``, the shares
        ``available`` (of all units), ``nonzero``, ``unique``, ``same`` (of the known values),
        and ``flag_available``, ``flag_nonzero``, ``flag_unique``, ``flag_outliers``.

    Examples
    --------
    >>> described = indicator_stats(pd.DataFrame({"a": [1.0, 2.0, None, 0.0]}))
    >>> described.loc["a", ["mean", "n_available", "available"]].tolist()
    [1.0, 3.0, 0.75]
    """
    n = len(data)
    rows = {}
    for code in data.columns:
        known = data[code].dropna()
        values = known.to_numpy(dtype="float64")
        n_nonzero, n_unique = int((values != 0).sum()), known.nunique()
        n_same = int(known.value_counts().iloc[0]) if len(known) else 0
        skewed, peaked = skewness(values), kurtosis(values)
        n_known = len(known) or np.nan
        rows[code] = {
            "min": known.min(),
            "max": known.max(),
            "mean": known.mean(),
            "median": known.median(),
            "std": known.std(),
            "skew": skewed,
            "kurt": peaked,
            "n_available": len(known),
            "n_nonzero": n_nonzero,
            "n_unique": n_unique,
            "n_same": n_same,
            "available": len(known) / n,
            "nonzero": n_nonzero / n_known,
            "unique": n_unique / n_known,
            "same": n_same / n_known,
            "flag_available": "ok" if len(known) / n >= min_availability else "LOW",
            "flag_nonzero": "ok" if n_nonzero / n >= min_nonzero else "LOW",
            "flag_unique": "ok" if n_unique / n >= min_unique else "LOW",
            "flag_outliers": "OUT" if abs(skewed) > skew and peaked > kurt else "ok",
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("code")


def correlations(
    table: pd.DataFrame,
    framework: Framework,
    *,
    levels: tuple[int, int] = (1, 1),
    method: Correlation = "pearson",
    max_p_value: float | None = 0.05,
) -> pd.DataFrame:
    """Correlate the elements of two levels.

    Parameters
    ----------
    table : DataFrame of shape (n_units, n_elements)
        From `aggregate`, or indicators alone for levels (1, 1).
    framework : Framework
    levels : tuple of int, default=(1, 1)
        Rows and columns of the correlation matrix.
    method : {"pearson", "spearman", "kendall"}, default="pearson"
    max_p_value : float or None, default=0.05
        Correlations that could be chance at this level are left out as NaN; None keeps all.

    Returns
    -------
    DataFrame
        Long form: ``first``, ``second``, ``correlation``, ``p_value``, ``n`` (units that have
        both), ``is_parent`` (whether the second stands above the first).
    """
    upper, lower = framework.codes(levels[1]), framework.codes(levels[0])
    rows = []
    for first in lower:
        for second in upper:
            r, p, n = _correlation(table[first], table[second], method)
            chance = max_p_value is not None and p > max_p_value
            above = levels[1] > levels[0] and framework.ancestor(first, levels[1]) == second
            rows.append((first, second, np.nan if chance else r, p, n, above))
    columns = ["first", "second", "correlation", "p_value", "n", "is_parent"]
    return pd.DataFrame(rows, columns=columns)


def correlation_flags(
    table: pd.DataFrame,
    framework: Framework,
    *,
    above: float | None = 0.9,
    below: float | None = None,
    group_level: int = 2,
    method: Correlation = "pearson",
) -> pd.DataFrame:
    """Name the pairs of indicators of one group that say nearly the same, or the opposite.

    Parameters
    ----------
    table : DataFrame with the indicators
    framework : Framework
    above, below : float or None
        Pairs that correlate more than the one or less than the other are flagged.
    group_level : int, default=2
        Pairs are sought within the groups of this level.
    method : {"pearson", "spearman", "kendall"}, default="pearson"

    Returns
    -------
    DataFrame
        ``group``, ``first``, ``second``, ``correlation``, ``flag`` ("high" or "low").
    """
    matrix = table[list(framework.indicators)].corr(method=method)
    rows = []
    for group in framework.codes(group_level):
        members = framework.indicators_below(group)
        for i, first in enumerate(members):
            for second in members[i + 1 :]:
                r = float(matrix.loc[first, second])  # type: ignore[arg-type]
                if above is not None and r > above:
                    rows.append((group, first, second, r, "high"))
                elif below is not None and r < below:
                    rows.append((group, first, second, r, "low"))
    return pd.DataFrame(rows, columns=["group", "first", "second", "correlation", "flag"])


def denominator_correlations(
    data: pd.DataFrame,
    framework: Framework,
    *,
    above: float = 0.6,
    method: Correlation = "pearson",
) -> pd.DataFrame:
    """Name the indicators that follow the size of a district and may need a denominator.

    Parameters
    ----------
    data : DataFrame with the indicators and the framework's denominators
    framework : Framework
    above : float, default=0.6
        Least absolute correlation.
    method : {"pearson", "spearman", "kendall"}, default="pearson"

    Returns
    -------
    DataFrame
        ``indicator``, ``denominator``, ``correlation``.

    Raises
    ------
    KjreportError
        If a denominator of the framework is no column of the data.
    """
    for code in framework.denominators:
        if code not in data.columns:
            raise KjreportError(f"denominator {code!r} is no column of the data; add it")
    rows = [
        (code, size, r)
        for code in framework.indicators
        for size in framework.denominators
        if abs(r := float(data[code].corr(data[size], method=method))) > above
    ]
    return pd.DataFrame(rows, columns=["indicator", "denominator", "correlation"])


def cronbach_alpha(data: pd.DataFrame) -> float:
    """Measure how consistently several indicators tell one thing.

    Parameters
    ----------
    data : DataFrame of shape (n_units, n_indicators)
        Covariances are taken over the units that have both indicators.

    Returns
    -------
    float
        1 for indicators that move as one, near 0 for unrelated ones; NaN for fewer than two.

    References
    ----------
    L. J. Cronbach (1951), Psychometrika 16(3), 297-334.

    Examples
    --------
    >>> same = pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [1.0, 2.0, 3.0]})
    >>> cronbach_alpha(same)
    1.0
    """
    n = data.shape[1]
    if n < 2:
        return float("nan")
    covariances = data.cov().to_numpy()
    total = np.nansum(covariances)
    between = (total - np.nansum(np.diag(covariances))) / (n * (n - 1))
    return float(n**2 * between / total)


def group_alphas(table: pd.DataFrame, framework: Framework, *, level: int = 1) -> pd.Series[float]:
    """Return Cronbach's alpha of the children of each aggregate one level above `level`."""
    return pd.Series(
        {
            parent: cronbach_alpha(table[list(framework.children(parent))])
            for parent in framework.codes(level + 1)
        },
        name="alpha",
    )


def _correlation(
    first: pd.Series[float], second: pd.Series[float], method: Correlation
) -> tuple[float, float, int]:
    both = first.notna() & second.notna()
    x, y = first[both].to_numpy(), second[both].to_numpy()
    if len(x) < 3 or np.ptp(x) == 0 or np.ptp(y) == 0:
        return float("nan"), float("nan"), len(x)
    tests = {"pearson": stats.pearsonr, "spearman": stats.spearmanr, "kendall": stats.kendalltau}
    found = tests[method](x, y)
    return float(found.statistic), float(found.pvalue), len(x)
