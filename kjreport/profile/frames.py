"""Names for the columns and rows of what an estimator is given, and errors that use them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.base import BaseEstimator
from sklearn.utils.validation import validate_data
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from kjreport.errors import KjreportError

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
Labels = NDArray[np.int64]


P = ParamSpec("P")
T = TypeVar("T")


def one_thread(function: Callable[P, T]) -> Callable[P, T]:
    """Keep numerical libraries from sharing a hundred rows among threads.

    They spend more on waking each other than on the arithmetic, on a busy machine up to fifty
    times more.
    """

    @wraps(function)
    def alone(*args: P.args, **kwargs: P.kwargs) -> T:
        with threadpool_limits(1):
            return function(*args, **kwargs)

    return alone


class DataError(KjreportError, ValueError):
    """The data or a parameter cannot be used as asked; the message names the place.

    A ``ValueError`` besides, as scikit-learn expects of estimators.
    """


def column_names(X: object, n_features: int) -> list[str]:
    """Return the names of the columns, or ``x0``, ``x1`` … where there are none."""
    if isinstance(X, pd.DataFrame):
        return [str(column) for column in X.columns]
    return [f"x{i}" for i in range(n_features)]


def row_names(X: object, n_rows: int) -> pd.Index:
    """Return the names of the rows, or 0, 1 … where there are none."""
    return X.index if isinstance(X, pd.DataFrame) else pd.RangeIndex(n_rows)


def refuse_duplicates(X: object) -> None:
    """Raise where two rows or two columns of a frame have one name.

    Raises
    ------
    DataError
        Naming the first label that is there twice.
    """
    if not isinstance(X, pd.DataFrame):
        return
    for axis, what in ((X.index, "row"), (X.columns, "column")):
        if not axis.is_unique:
            name = axis[axis.duplicated()][0]
            raise DataError(f"{what} {name!r} is there more than once; give each its own name")


def numbers(estimator: BaseEstimator, X: object, *, reset: bool = True, fewest: int = 1) -> Matrix:
    """Return what an estimator is given as numbers, gaps as NaN.

    Parameters
    ----------
    estimator : BaseEstimator
    X : array-like of shape (n, p)
    reset : bool, default=True
        Whether the estimator learns the names and number of the columns, or checks them.
    fewest : int, default=1
        Rows that it needs.

    Raises
    ------
    DataError
        If a frame has a column twice or none, too few rows, or a cell that is no finite number.
    """
    if isinstance(X, pd.DataFrame):
        refuse_cells(X, fewest)
    validated = validate_data(
        estimator,
        X,
        reset=reset,
        dtype="float64",
        ensure_all_finite="allow-nan",
        ensure_min_samples=fewest,
    )
    return np.asarray(validated, dtype="float64")


def refuse_cells(frame: pd.DataFrame, fewest: int) -> None:
    """Raise where a frame holds what cannot be computed with; gaps are no such thing.

    Raises
    ------
    DataError
        If a column is there twice, there is none, there are fewer than `fewest` rows, or a cell
        is no finite number.
    """
    if not frame.columns.is_unique:
        name = frame.columns[frame.columns.duplicated()][0]
        raise DataError(f"column {name!r} is there more than once; give each its own name")
    if not frame.shape[1]:
        raise DataError("the table has no columns; give at least one indicator")
    if len(frame) < fewest:
        noun = "sample" if len(frame) == 1 else "samples"
        raise DataError(f"{len(frame)} {noun} in the table; {fewest} or more are needed")
    for label, column in frame.items():
        cells = pd.to_numeric(column, errors="coerce")
        no_number = (cells.isna() & column.notna()) | np.isinf(cells.astype("float64"))
        if no_number.any():
            row = frame.index[no_number][0]
            value = column[no_number].iloc[0]
            shown = repr(value) if isinstance(value, str) else value
            raise DataError(f"column {label!r}, row {row!r}: {shown} is no finite number")


def per_column(
    setting: Mapping[str, Any] | Sequence[Any] | None, names: Sequence[str], default: Any, what: str
) -> list[Any]:
    """Spread a setting over the columns.

    Parameters
    ----------
    setting : mapping, sequence or None
        By column name (columns left out take the default), in the order of the columns, or
        the default for all.
    names : sequence of str
    default : object
    what : str
        Name of the setting, for the error.

    Raises
    ------
    DataError
        If a name is unknown or the length differs.

    Examples
    --------
    >>> per_column({"b": -1}, ["a", "b"], 1, "direction")
    [1, -1]
    """
    if setting is None:
        return [default] * len(names)
    if isinstance(setting, pd.Series):
        setting = setting.to_dict()
    if isinstance(setting, Mapping):
        unknown = [str(name) for name in setting if name not in names]
        if unknown:
            raise DataError(f"{what} names {unknown[0]!r}; the columns are {', '.join(names)}")
        return [setting.get(name, default) for name in names]
    if len(setting) != len(names):
        raise DataError(f"{what} has {len(setting)} entries for {len(names)} columns")
    return list(setting)
