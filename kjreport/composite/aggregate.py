"""Indicators into pillars, pillars into the index."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kjreport.composite.framework import Framework
from kjreport.errors import KjreportError

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
_ROUNDING = 1e-12
Aggregator = Callable[[Matrix, Vector], Vector]


class AggregationError(KjreportError, ValueError):
    """Values that a mean cannot take; the message names the place."""


def arithmetic_mean(values: Matrix, weights: Vector) -> Vector:
    """Average the columns; gaps are left out with their weights.

    Parameters
    ----------
    values : ndarray of shape (n_units, n_elements)
    weights : ndarray of shape (n_elements,)
        Relative; they need not sum to 1.

    Returns
    -------
    ndarray of shape (n_units,)
        NaN where a unit has no value at all.

    Examples
    --------
    >>> arithmetic_mean(np.array([[1.0, 5.0], [np.nan, 2.0]]), np.array([3.0, 1.0])).tolist()
    [2.0, 2.0]
    """
    return _ratio(np.nansum(values * weights, axis=1), _weight_known(values, weights))


def geometric_mean(values: Matrix, weights: Vector) -> Vector:
    """Average the logarithms of the columns; gaps are left out with their weights.

    Raises
    ------
    AggregationError
        If a value is not positive.

    Examples
    --------
    >>> geometric_mean(np.array([[1.0, 4.0]]), np.array([1.0, 1.0])).tolist()
    [2.0]
    """
    _need_positive(values, "geometric")
    logs = np.nansum(np.log(values) * weights, axis=1)
    return np.asarray(np.exp(_ratio(logs, _weight_known(values, weights))))


def harmonic_mean(values: Matrix, weights: Vector) -> Vector:
    """Average the reciprocals of the columns; gaps are left out with their weights.

    Raises
    ------
    AggregationError
        If a value is zero.

    Examples
    --------
    >>> harmonic_mean(np.array([[1.0, 3.0]]), np.array([1.0, 1.0])).tolist()
    [1.5]
    """
    if (values == 0).any():
        raise AggregationError(
            "harmonic mean: a value is zero; normalise onto bounds above zero, such as (1, 100)"
        )
    return _ratio(_weight_known(values, weights), np.nansum(weights / values, axis=1))


def power_mean(exponent: float) -> Aggregator:
    """Return the weighted mean of the given exponent: 1 arithmetic, 0 geometric, -1 harmonic.

    Examples
    --------
    >>> power_mean(2)(np.array([[1.0, 7.0]]), np.array([1.0, 1.0])).tolist()
    [5.0]
    """
    if exponent == 0:
        return geometric_mean
    if exponent == 1:
        return arithmetic_mean
    if exponent == -1:
        return harmonic_mean

    def mean(values: Matrix, weights: Vector) -> Vector:
        _need_positive(values, "power")
        total = np.nansum(weights * values**exponent, axis=1)
        return np.asarray(_ratio(total, _weight_known(values, weights)) ** (1 / exponent))

    return mean


def copeland(values: Matrix, weights: Vector) -> Vector:
    """Count the units that each unit outranks, less those that outrank it.

    A unit outranks another where the weights of the columns in which it stands higher, and half
    of those in which they tie, make more than half of all weights. A column in which either
    unit has a gap speaks for neither.

    Returns
    -------
    ndarray of shape (n_units,)
        Whole numbers between ``1 - n_units`` and ``n_units - 1``.

    References
    ----------
    OECD and JRC (2008), Handbook on Constructing Composite Indicators, 6.5.

    Examples
    --------
    >>> copeland(np.array([[3.0, 3.0], [2.0, 1.0], [1.0, 2.0]]), np.array([1.0, 1.0])).tolist()
    [2.0, -1.0, -1.0]
    """
    margin = outranking(values, weights) - 0.5
    return np.asarray(np.where(np.abs(margin) < _ROUNDING, 0.0, np.sign(margin)).sum(axis=1))


def outranking(values: Matrix, weights: Vector) -> Matrix:
    """Return the share of weight by which each unit (row) stands above each other (column).

    The diagonal is 0.5, so that a unit neither outranks itself nor is outranked.
    """
    share = weights / weights.sum()
    n_units = len(values)
    above = np.zeros((n_units, n_units))
    for column, weight in zip(values.T, share, strict=True):
        above += weight * (column[:, None] > column[None, :])
        above += weight / 2 * (column[:, None] == column[None, :])
    # As in COINr the lower triangle is the complement of the upper one, gaps or not.
    upper = np.triu(above, 1)
    return np.asarray(upper + np.tril(1 - upper.T, -1) + np.eye(n_units) / 2)


AGGREGATORS: Final[Mapping[str, Aggregator]] = {
    "arithmetic": arithmetic_mean,
    "geometric": geometric_mean,
    "harmonic": harmonic_mean,
    "copeland": copeland,
}


def aggregator(method: str | float | Aggregator) -> Aggregator:
    """Return the function of a name, the power mean of a number, or the function given.

    Raises
    ------
    AggregationError
        If the name is unknown.
    """
    if callable(method):
        return method
    if isinstance(method, (int, float)):
        return power_mean(float(method))
    if method not in AGGREGATORS:
        raise AggregationError(
            f"no aggregation {method!r}; take one of {', '.join(AGGREGATORS)}, "
            "or a number for the power mean"
        )
    return AGGREGATORS[method]


def aggregate(
    data: pd.DataFrame,
    framework: Framework,
    *,
    method: str | float | Aggregator | Sequence[str | float | Aggregator] = "arithmetic",
    weights: pd.Series[float] | None = None,
    min_availability: float | None = None,
) -> pd.DataFrame:
    """Aggregate normalised indicators over all levels of the framework.

    Parameters
    ----------
    data : DataFrame of shape (n_units, n_indicators)
        Normalised, better being higher; gaps allowed.
    framework : Framework
    method : {"arithmetic", "geometric", "harmonic", "copeland"}, float or callable
        A number is the exponent of a power mean. A sequence gives one for each level, the
        indicators' first.
    weights : Series, optional
        By code; by default the framework's.
    min_availability : float, optional
        Least share of children with a value for a unit's aggregate to be computed.

    Returns
    -------
    DataFrame of shape (n_units, n_elements)
        The indicators, then the aggregates from the lowest level to the index.

    Raises
    ------
    AggregationError
        If an indicator is missing from the data, or a method cannot take the values.

    Examples
    --------
    >>> meta = pd.DataFrame({"iCode": ["a", "b", "Index"], "Level": [1, 1, 2],
    ...                      "Parent": ["Index", "Index", None]})
    >>> panel = pd.DataFrame({"a": [10.0, 90.0], "b": [30.0, 50.0]}, index=["甲市", "乙市"])
    >>> aggregate(panel, Framework.from_meta(meta))["Index"].tolist()
    [20.0, 70.0]
    """
    for code in framework.indicators:
        if code not in data.columns:
            raise AggregationError(f"indicator {code!r} of the framework is no column of the data")
    functions = _of_levels(method, framework.n_levels - 1)
    own = (framework.weights() if weights is None else weights).to_dict()
    columns = {code: data[code].to_numpy(dtype="float64") for code in framework.indicators}
    for level in range(2, framework.n_levels + 1):
        for code in framework.codes(level):
            children = framework.children(code)
            values = np.column_stack([columns[child] for child in children])
            try:
                result = functions[level - 2](values, np.array([own[child] for child in children]))
            except AggregationError as error:
                raise AggregationError(f"{code!r}: {error}") from error
            if min_availability is not None:
                enough = (~np.isnan(values)).mean(axis=1) >= min_availability
                result = np.where(enough, result, np.nan)
            columns[code] = result
    return pd.DataFrame(columns, index=data.index)


def _of_levels(
    method: str | float | Aggregator | Sequence[str | float | Aggregator], n: int
) -> list[Aggregator]:
    if isinstance(method, (str, int, float)) or callable(method):
        return [aggregator(method)] * n
    if len(method) != n:
        raise AggregationError(f"{len(method)} aggregations for {n} levels; give one for each")
    return [aggregator(one) for one in method]


def _weight_known(values: Matrix, weights: Vector) -> Vector:
    return np.asarray((~np.isnan(values)) @ weights)


def _ratio(numerator: Vector, denominator: Vector) -> Vector:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(denominator == 0, np.nan, numerator / denominator)


def _need_positive(values: Matrix, kind: str) -> None:
    if (values <= 0).any():
        raise AggregationError(
            f"{kind} mean: a value is zero or negative; "
            "normalise onto bounds above zero, such as (1, 100)"
        )
