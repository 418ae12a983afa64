"""Units and indicators of which too little is known, set aside with their figures shown."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from numbers import Real
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator
from sklearn.feature_selection import SelectorMixin
from sklearn.utils._param_validation import Interval
from sklearn.utils.validation import check_is_fitted

from kjreport.profile.frames import DataError, column_names, numbers

By = Literal["missing", "zeros", "both"]


@dataclass(frozen=True)
class Screening:
    """What a screening kept, set aside and measured.

    Attributes
    ----------
    data : DataFrame
        The units that stay.
    summary : DataFrame
        One row a unit: ``n_missing``, ``n_zero``, ``n_missing_or_zero``, ``availability``
        (share of indicators known), ``nonzero`` (share of the known that is not zero),
        ``included``.
    removed : list
        Names of the units set aside.
    """

    data: pd.DataFrame
    summary: pd.DataFrame
    removed: list[Any]


def availability(data: pd.DataFrame) -> pd.DataFrame:
    """Count what is missing and what is zero, unit by unit.

    Parameters
    ----------
    data : DataFrame of shape (n_units, n_indicators)

    Returns
    -------
    DataFrame
        Columns of ``Screening.summary`` but the last.

    Examples
    --------
    >>> import pandas as pd
    >>> panel = pd.DataFrame({"a": [1.0, None], "b": [0.0, None]}, index=["甲市", "乙市"])
    >>> availability(panel)["availability"].tolist()
    [1.0, 0.0]
    """
    n_missing = data.isna().sum(axis=1)
    n_zero = data.eq(0).sum(axis=1)
    known = data.shape[1] - n_missing
    return pd.DataFrame(
        {
            "n_missing": n_missing,
            "n_zero": n_zero,
            "n_missing_or_zero": n_missing + n_zero,
            "availability": known / data.shape[1],
            "nonzero": 1 - n_zero / known.where(known > 0),
        }
    )


def screen(
    data: pd.DataFrame,
    *,
    by: By = "missing",
    min_availability: float = 0.66,
    min_nonzero: float = 0.05,
    keep: Collection[Any] = (),
    drop: Collection[Any] = (),
) -> Screening:
    """Set aside the units of which too little is known.

    Parameters
    ----------
    data : DataFrame of shape (n_units, n_indicators)
    by : {"missing", "zeros", "both"}, default="missing"
    min_availability : float, default=0.66
        Least share of indicators that have a value.
    min_nonzero : float, default=0.05
        Least share of the values that are not zero.
    keep, drop : collection of row names
        Units that stay or go whatever the data say.

    Returns
    -------
    Screening

    Raises
    ------
    DataError
        If ``keep`` or ``drop`` names no unit, or one unit is named in both.

    Notes
    -----
    The step that COINr calls ``Screen``.

    Examples
    --------
    >>> import pandas as pd
    >>> panel = pd.DataFrame({"a": [1.0, None], "b": [2.0, None]}, index=["甲市", "乙市"])
    >>> screen(panel).removed
    ['乙市']
    """
    for unit in [*keep, *drop]:
        if unit not in data.index:
            raise DataError(f"{unit!r} is no unit of the data")
        if unit in keep and unit in drop:
            raise DataError(f"{unit!r} is to be kept and dropped; decide on one")
    summary = availability(data)
    known = summary["availability"] >= min_availability
    # A unit without any value has no share of zeros to be screened by.
    nonzero = ~(summary["nonzero"] < min_nonzero)
    included = {"missing": known, "zeros": nonzero, "both": known & nonzero}[by]
    included = (included | data.index.isin(list(keep))) & ~data.index.isin(list(drop))
    return Screening(
        data=data[included],
        summary=summary.assign(included=included),
        removed=data.index[~included].tolist(),
    )


class FeatureScreen(SelectorMixin, BaseEstimator):  # type: ignore[misc]
    """Drop indicators that are known for too few units, mostly zero, or constant.

    Parameters
    ----------
    min_availability : float, default=0.66
        Least share of units that have a value; an indicator without any value always goes.
    min_nonzero : float, default=0.05
        Least share of the values that are not zero.
    keep : collection of str, default=()
        Columns that stay whatever the data say.

    Attributes
    ----------
    summary_ : DataFrame
        One row an indicator: ``availability``, ``nonzero``, ``n_unique``, ``included``.

    Examples
    --------
    >>> import pandas as pd
    >>> panel = pd.DataFrame({"a": [1.0, 2.0, 4.0], "b": [3.0, None, None]})
    >>> list(FeatureScreen().set_output(transform="pandas").fit_transform(panel).columns)
    ['a']
    """

    _parameter_constraints: dict[str, list[Any]] = {  # noqa: RUF012
        "min_availability": [Interval(Real, 0, 1, closed="both")],
        "min_nonzero": [Interval(Real, 0, 1, closed="both")],
        "keep": ["array-like", set, frozenset],
    }

    def __init__(
        self,
        *,
        min_availability: float = 0.66,
        min_nonzero: float = 0.05,
        keep: Collection[str] = (),
    ) -> None:
        self.min_availability = min_availability
        self.min_nonzero = min_nonzero
        self.keep = keep

    def fit(self, X: ArrayLike, y: object = None) -> FeatureScreen:
        """Measure each column.

        Parameters
        ----------
        X : array-like of shape (n_units, n_indicators)
        y : ignored

        Raises
        ------
        DataError
            If ``keep`` names no column.
        """
        self._validate_params()
        values = numbers(self, X)
        names = column_names(X, values.shape[1])
        unknown = [name for name in self.keep if name not in names]
        if unknown:
            raise DataError(f"keep names {unknown[0]!r}; the columns are {', '.join(names)}")
        by_column = availability(pd.DataFrame(values, columns=names).T)
        summary = by_column[["availability", "nonzero"]].assign(
            n_unique=[len(np.unique(column[~np.isnan(column)])) for column in values.T]
        )
        included = (
            (summary["availability"] >= self.min_availability)
            & (summary["nonzero"] >= self.min_nonzero)
            & (summary["n_unique"] > 1)
        )
        kept = included | (summary.index.isin(list(self.keep)) & (summary["n_unique"] > 0))
        self.summary_ = summary.assign(included=kept)
        return self

    def _get_support_mask(self) -> NDArray[np.bool_]:
        check_is_fitted(self)
        return self.summary_["included"].to_numpy(dtype=bool)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        return tags
