"""Weights from the data: principal component, entropy, CRITIC, and towards given importance."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import least_squares

from kjreport.composite.aggregate import aggregate, arithmetic_mean
from kjreport.composite.framework import Framework
from kjreport.errors import KjreportError

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
_MAX_LOG = 7.0
Weighting = Callable[[pd.DataFrame, Framework], "pd.Series[float]"]


class WeightError(KjreportError, ValueError):
    """Weights that cannot be computed or used; the message names the place."""


def given_weights(data: pd.DataFrame, framework: Framework) -> pd.Series[float]:
    """Return the weights of the framework itself."""
    return framework.weights()


def equal_weights(data: pd.DataFrame, framework: Framework) -> pd.Series[float]:
    """Return weight 1 for every element."""
    return framework.weights() * 0 + 1


def pca_weights(data: pd.DataFrame, framework: Framework, *, level: int = 1) -> pd.Series[float]:
    """Weigh the children of each aggregate by the loadings of their first component.

    Parameters
    ----------
    data : DataFrame of shape (n_units, n_elements)
        Units with a gap in a group are left out of that group's component.
    framework : Framework
    level : int, default=1
        The level that is weighted; the others keep their weights.

    Returns
    -------
    Series of float
        By code. A loading can be negative where an indicator runs against its group; the
        sign of each group's component is chosen so that its loadings sum to more than zero.

    Raises
    ------
    WeightError
        If a group has fewer than two units without gaps.

    Notes
    -----
    The first right singular vector of the standardised group, as ``prcomp(scale = TRUE)``.

    Examples
    --------
    >>> meta = pd.DataFrame({"iCode": ["a", "b", "Index"], "Level": [1, 1, 2],
    ...                      "Parent": ["Index", "Index", None]})
    >>> panel = pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [2.0, 4.1, 6.0]})
    >>> pca_weights(panel, Framework.from_meta(meta)).round(3).tolist()
    [0.707, 0.707, 1.0]
    """
    return _by_group(_first_loadings, data, framework, level)


def entropy_weights(
    data: pd.DataFrame, framework: Framework, *, level: int = 1
) -> pd.Series[float]:
    """Weigh the children of each aggregate by how unevenly they are spread over the units.

    Parameters
    ----------
    data : DataFrame of shape (n_units, n_elements)
        Not negative; gaps are left out.
    framework : Framework
    level : int, default=1

    Returns
    -------
    Series of float
        By code; each group sums to 1.

    Raises
    ------
    WeightError
        If a value is negative.

    References
    ----------
    C. L. Hwang and K. Yoon (1981), Multiple Attribute Decision Making.
    """
    return _by_group(_entropy, data, framework, level)


def critic_weights(data: pd.DataFrame, framework: Framework, *, level: int = 1) -> pd.Series[float]:
    """Weigh the children of each aggregate by contrast and by conflict with their siblings.

    Parameters
    ----------
    data : DataFrame of shape (n_units, n_elements)
    framework : Framework
    level : int, default=1

    Returns
    -------
    Series of float
        By code; each group sums to 1. The weight of a child is its standard deviation on
        0 to 1, times the sum of one less its correlations with its siblings.

    References
    ----------
    D. Diakoulaki, G. Mavrotas and L. Papayannakis (1995), Computers & Operations Research
    22(7), 763-770.
    """
    return _by_group(_critic, data, framework, level)


def optimised_weights(
    data: pd.DataFrame,
    framework: Framework,
    *,
    importance: Mapping[str, float] | None = None,
    level: int | None = None,
) -> pd.Series[float]:
    """Find weights under which each element correlates with the index as it is meant to.

    Parameters
    ----------
    data : DataFrame of shape (n_units, n_indicators)
        Normalised indicators.
    framework : Framework
    importance : mapping of str to float, optional
        Relative importance of each element of the level; equal by default.
    level : int, optional
        The level that is weighted, by default the one below the index.

    Returns
    -------
    Series of float
        By code; the optimised level sums to 1, the others keep their weights. Where no positive
        weights give the importance asked for, those that come nearest.

    Raises
    ------
    WeightError
        If an element of the level has no importance, or one that is not positive.

    References
    ----------
    W. Becker, M. Saisana, P. Paruolo and I. Vandecasteele (2017), Ecological Indicators 80,
    12-22: the linear version.
    """
    level = framework.n_levels - 1 if level is None else level
    codes = list(framework.codes(level))
    wanted = dict.fromkeys(codes, 1.0) if importance is None else dict(importance)
    absent = [code for code in codes if code not in wanted]
    if absent:
        raise WeightError(f"importance: nothing for {absent[0]!r}; give each element of the level")
    for code in codes:
        if not wanted[code] > 0:
            raise WeightError(f"importance of {code!r} is {wanted[code]}; expected more than 0")
    target = np.array([wanted[code] for code in codes], dtype="float64")
    target /= target.sum()

    def weights_of(logs: Vector) -> pd.Series[float]:
        weights = framework.weights()
        weights[codes] = np.exp(logs) / np.exp(logs).sum()
        return weights

    def shortfall(logs: Vector) -> Vector:
        table = aggregate(data, framework, weights=weights_of(logs))
        found = table[codes].corrwith(table[framework.index]).to_numpy()
        return np.asarray(found / found.sum() - target)

    # Logarithms keep the weights positive; the bounds keep an unattainable importance from
    # driving one to nothing.
    found = least_squares(shortfall, np.log(target), bounds=(-_MAX_LOG, _MAX_LOG))
    return weights_of(found.x)


WEIGHTINGS: Final[Mapping[str, Weighting]] = {
    "given": given_weights,
    "equal": equal_weights,
    "pca": pca_weights,
    "entropy": entropy_weights,
    "critic": critic_weights,
    "optimised": optimised_weights,
}


def weights_by(
    how: str | Mapping[str, float] | pd.Series[float] | Weighting,
    data: pd.DataFrame,
    framework: Framework,
) -> pd.Series[float]:
    """Return weights by name, by code, or from a function of data and framework.

    Raises
    ------
    WeightError
        If a name is unknown.
    """
    if isinstance(how, str):
        if how not in WEIGHTINGS:
            raise WeightError(f"no weights {how!r}; take one of {', '.join(WEIGHTINGS)}")
        return WEIGHTINGS[how](data, framework)
    if callable(how):
        return how(data, framework)
    return framework.with_weights(how).weights()


def _by_group(
    weigh: Callable[[Matrix], Vector],
    data: pd.DataFrame,
    framework: Framework,
    level: int,
) -> pd.Series[float]:
    table = data if level == 1 else aggregate(data, framework, method=arithmetic_mean)
    weights = framework.weights()
    for parent in framework.codes(level + 1):
        children = list(framework.children(parent))
        try:
            weights[children] = weigh(table[children].to_numpy("float64"))
        except WeightError as error:
            raise WeightError(f"{parent!r}: {error}") from error
    return weights


def _first_loadings(values: Matrix) -> Vector:
    complete = values[~np.isnan(values).any(axis=1)]
    if len(complete) < 2:
        raise WeightError(
            f"{len(complete)} units without gaps; a component needs two, impute the data first"
        )
    spread = complete.std(axis=0, ddof=1)
    if (spread == 0).any():
        raise WeightError("a column is constant; screen it out first")
    standard = (complete - complete.mean(axis=0)) / spread
    loadings = np.linalg.svd(standard, full_matrices=False)[2][0]
    return np.asarray(loadings if loadings.sum() >= 0 else -loadings)


def _entropy(values: Matrix) -> Vector:
    if (values < 0).any():
        raise WeightError("entropy: a value is negative; normalise onto bounds from zero up")
    known = ~np.isnan(values)
    shares = np.where(known, values, 0.0) / np.nansum(values, axis=0)
    logs = np.log(shares, out=np.zeros_like(shares), where=shares > 0)
    divergence = 1 + (shares * logs).sum(axis=0) / np.log(known.sum(axis=0))
    return np.asarray(divergence / divergence.sum())


def _critic(values: Matrix) -> Vector:
    low, high = np.nanmin(values, axis=0), np.nanmax(values, axis=0)
    contrast = np.nanstd((values - low) / (high - low), axis=0, ddof=1)
    conflict = (1 - pd.DataFrame(values).corr().to_numpy()).sum(axis=0)
    information = contrast * (conflict if values.shape[1] > 1 else 1.0)
    return np.asarray(information / information.sum())
