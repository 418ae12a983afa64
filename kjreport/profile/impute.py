"""Gaps filled by what is known of others, every filled value marked with its source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from numbers import Integral
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, OneToOneFeatureMixin, TransformerMixin
from sklearn.experimental import enable_iterative_imputer  # noqa: F401
from sklearn.impute import IterativeImputer, KNNImputer
from sklearn.utils._param_validation import Interval, StrOptions
from sklearn.utils.validation import check_is_fitted

from kjreport.profile.frames import DataError, Matrix, Vector, column_names, numbers, row_names

_NO_GROUP = ""

Strategy = Literal["mean", "median", "group_mean", "group_median", "knn", "iterative"]
_STRATEGIES = frozenset({"mean", "median", "group_mean", "group_median", "knn", "iterative"})


class Imputer(OneToOneFeatureMixin, TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Fill gaps; what is known stays untouched.

    Parameters
    ----------
    strategy : str, default="median"
        ``mean`` or ``median`` of the column; ``group_mean`` or ``group_median`` of the unit's
        group, and of the column where the group is missing or has no value; ``knn``, mean of
        the nearest units; ``iterative``, each column regressed on the others. The last two compare
        columns, so they work on standardised values and return the original scale.
    groups : mapping or Series of unit to group, or sequence, optional
        For the group strategies: by row name, or in the order of the rows.
    n_neighbors : int, default=5
    max_iter : int, default=10
        Rounds of ``iterative``.
    sample : bool, default=False
        Draw from the predictive distribution of ``iterative`` instead of taking its mean, as
        multiple imputation needs.
    random_state : int, RandomState or None, default=None

    Attributes
    ----------
    statistics_ : ndarray of shape (n_indicators,)
        The columns' means or medians.
    n_iter_ : int
        Rounds that were run; 1 but for ``iterative``.

    References
    ----------
    S. van Buuren (2018), Flexible Imputation of Missing Data, 2nd ed.

    Examples
    --------
    >>> import pandas as pd
    >>> panel = pd.DataFrame({"patents": [10.0, None, 40.0]}, index=["甲市", "乙市", "丙市"])
    >>> imputer = Imputer().set_output(transform="pandas")
    >>> imputer.fit_transform(panel)["patents"].tolist()
    [10.0, 25.0, 40.0]
    >>> imputer.sources(panel)["patents"].tolist()
    ['', 'median', '']
    """

    _parameter_constraints: dict[str, list[Any]] = {  # noqa: RUF012
        "strategy": [StrOptions(set(_STRATEGIES))],
        "groups": [Mapping, "array-like", None],
        "n_neighbors": [Interval(Integral, 1, None, closed="left")],
        "max_iter": [Interval(Integral, 1, None, closed="left")],
        "sample": ["boolean"],
        "random_state": ["random_state"],
    }

    def __init__(
        self,
        strategy: Strategy = "median",
        *,
        groups: Mapping[Any, str] | Sequence[str] | None = None,
        n_neighbors: int = 5,
        max_iter: int = 10,
        sample: bool = False,
        random_state: int | np.random.RandomState | None = None,
    ) -> None:
        self.strategy = strategy
        self.groups = groups
        self.n_neighbors = n_neighbors
        self.max_iter = max_iter
        self.sample = sample
        self.random_state = random_state

    def fit(self, X: ArrayLike, y: object = None) -> Imputer:
        """Learn from the known values.

        Parameters
        ----------
        X : array-like of shape (n_units, n_indicators)
            NaN for a gap.
        y : ignored

        Raises
        ------
        DataError
            If a column has no value at all, or a group strategy has no groups.
        """
        self._validate_params()
        values = numbers(self, X, reset=True)
        names = column_names(X, values.shape[1])
        empty = np.isnan(values).all(axis=0)
        if empty.any():
            name = names[int(np.flatnonzero(empty)[0])]
            raise DataError(f"column {name!r} has no value to fill its gaps from; screen it out")
        self.n_iter_ = 1
        middle = np.nanmean if self.strategy.endswith("mean") else np.nanmedian
        self.statistics_ = middle(values, axis=0)
        if self.strategy in {"group_mean", "group_median"}:
            groups = _groups_of(X, self.groups, len(values))
            self.group_statistics_ = {
                group: _column_middles(values[groups == group], self.strategy)
                for group in sorted(set(groups) - {_NO_GROUP})
            }
        elif self.strategy in {"knn", "iterative"}:
            self._centre = np.nanmean(values, axis=0)
            spread = np.nanstd(values, axis=0)
            self._spread = np.where(spread > 0, spread, 1.0)
            self._model = self._learner().fit((values - self._centre) / self._spread)
            self.n_iter_ = max(1, getattr(self._model, "n_iter_", 1))
        return self

    def transform(self, X: ArrayLike) -> Matrix:
        """Fill the gaps of X.

        Parameters
        ----------
        X : array-like of shape (n_units, n_indicators)

        Returns
        -------
        ndarray or DataFrame of shape (n_units, n_indicators)
        """
        check_is_fitted(self)
        values = numbers(self, X, reset=False)
        filled, _ = self._filled(X, values)
        return filled

    def sources(self, X: ArrayLike) -> pd.DataFrame:
        """Name where each value of the filled table comes from.

        Parameters
        ----------
        X : array-like of shape (n_units, n_indicators)
            What was given to ``transform``.

        Returns
        -------
        DataFrame of str, shape (n_units, n_indicators)
            Empty for a known value, else the strategy: ``group_mean`` where the group told,
            ``mean`` where it was silent and the column had to.
        """
        check_is_fitted(self)
        values = numbers(self, X, reset=False)
        _, source = self._filled(X, values)
        return pd.DataFrame(
            source, index=row_names(X, len(values)), columns=column_names(X, values.shape[1])
        )

    def _filled(self, X: ArrayLike, values: Matrix) -> tuple[Matrix, NDArray[np.object_]]:
        gaps = np.isnan(values)
        source = np.where(gaps, self.strategy, "").astype(object)
        if self.strategy in {"knn", "iterative"}:
            standard = self._model.transform((values - self._centre) / self._spread)
            return np.where(gaps, standard * self._spread + self._centre, values), source
        estimate = np.broadcast_to(self.statistics_, values.shape)
        if self.strategy in {"group_mean", "group_median"}:
            groups = _groups_of(X, self.groups, len(values))
            nothing = np.full(values.shape[1], np.nan)
            of_group = np.vstack([self.group_statistics_.get(group, nothing) for group in groups])
            silent = np.isnan(of_group)
            source[gaps & silent] = self.strategy.removeprefix("group_")
            estimate = np.where(silent, estimate, of_group)
        return np.where(gaps, estimate, values), source

    def _learner(self) -> KNNImputer | IterativeImputer:
        if self.strategy == "knn":
            return KNNImputer(n_neighbors=self.n_neighbors)
        return IterativeImputer(
            max_iter=self.max_iter,
            sample_posterior=self.sample,
            random_state=self.random_state,
            keep_empty_features=True,
        )

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        return tags


def _groups_of(
    X: ArrayLike, groups: Mapping[Any, str] | Sequence[str] | None, n_rows: int
) -> NDArray[np.str_]:
    if groups is None:
        raise DataError("a group strategy needs `groups`; name each unit's group")
    if isinstance(groups, pd.Series):
        groups = groups.to_dict()
    if isinstance(groups, Mapping):
        index = row_names(X, n_rows)
        missing = [unit for unit in index if unit not in groups]
        if missing:
            raise DataError(f"groups do not name {missing[0]!r}")
        groups = [groups[unit] for unit in index]
    if len(groups) != n_rows:
        raise DataError(f"groups has {len(groups)} entries for {n_rows} units")
    return np.asarray([_NO_GROUP if pd.isna(group) else str(group) for group in groups])


def _column_middles(values: Matrix, strategy: str) -> Vector:
    middle = np.mean if strategy == "group_mean" else np.median
    columns = (column[~np.isnan(column)] for column in values.T)
    return np.asarray([middle(known) if len(known) else np.nan for known in columns])
