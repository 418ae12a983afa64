"""Indicators on one scale, by the methods of the composite-indicator literature."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from numbers import Real
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike
from sklearn.base import BaseEstimator, OneToOneFeatureMixin, TransformerMixin
from sklearn.utils._param_validation import Interval, StrOptions
from sklearn.utils.validation import check_is_fitted

from kjreport.profile.frames import (
    DataError,
    Matrix,
    Vector,
    column_names,
    numbers,
    per_column,
    row_names,
)

Method = Literal[
    "minmax",
    "zscore",
    "scaled",
    "dist2max",
    "dist2ref",
    "dist2targ",
    "fracmax",
    "goalposts",
    "rank",
    "prank",
    "borda",
]
_METHODS = frozenset(Method.__args__)  # type: ignore[attr-defined]
_RANKS = frozenset({"rank", "prank", "borda"})


@dataclass(frozen=True, slots=True)
class _Line:
    """A straight line through the directed values, held between two posts if asked."""

    shift: float
    span: float
    factor: float = 1.0
    offset: float = 0.0
    low: float = -np.inf
    high: float = np.inf

    def apply(self, directed: Vector) -> Vector:
        unit = np.clip((directed - self.shift) / self.span, self.low, self.high)
        return np.asarray(unit * self.factor + self.offset)


@dataclass(frozen=True, slots=True)
class _Ranking:
    """Ranks among the values seen in fitting; a new value stands where it would stand."""

    ordered: Vector
    ties: str
    offset: float
    span: float = 1.0

    def apply(self, directed: Vector) -> Vector:
        below = np.searchsorted(self.ordered, directed, side="left")
        upto = np.searchsorted(self.ordered, directed, side="right")
        rank = {"min": below + 1, "max": upto, "average": (below + upto + 1) / 2}[self.ties]
        ranks = (rank - self.offset) / self.span
        return np.where(np.isnan(directed), np.nan, ranks).astype("float64")


class Normaliser(OneToOneFeatureMixin, TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Bring indicators onto one scale, better always being higher.

    Gaps stay gaps. The methods and their names are those of COINr (``n_minmax`` …); an
    indicator of direction -1 is multiplied by -1 first, and its targets and goalposts, which
    are given in its own unit, with it.

    Parameters
    ----------
    method : str, default="minmax"
        ``minmax`` onto ``bounds``; ``zscore`` with ``mean_sd``; ``scaled`` from ``goalposts``
        onto 0 to 100; ``dist2max``, ``dist2ref``, ``dist2targ``: share of the way from the
        worst value to the best, to the row ``reference`` or to ``targets``; ``fracmax``,
        fraction of the best; ``goalposts``, held between the posts; ``rank`` (higher is
        better), ``prank`` (percentile rank) and ``borda`` (rank less one).
    directions : mapping of str to {1, -1} or sequence, optional
        By column; 1 where not named.
    bounds : (float, float), default=(0, 100)
    mean_sd : (float, float), default=(0, 1)
        The standard deviation is that of a sample (divisor n - 1).
    reference : label, optional
        Row name, or row number of an array, of the unit that ``dist2ref`` measures against.
    targets : mapping of str to float or sequence, optional
        For ``dist2targ``, in each indicator's own unit.
    goalposts : mapping of str to (low, high, scale) or sequence, optional
        For ``goalposts`` and ``scaled`` (which takes no scale).
    cap : bool, default=False
        Hold ``dist2ref`` and ``dist2targ`` at 1.
    ties : {"min", "average", "max"}, default="min"
        Rank of equal values.
    individual : mapping of str to mapping, optional
        Other settings for single columns: ``{"rd_intensity": {"method": "zscore"}}``.

    Attributes
    ----------
    n_features_in_ : int
    feature_names_in_ : ndarray of str
        Where fitted on a frame.

    References
    ----------
    OECD and JRC (2008), Handbook on Constructing Composite Indicators; W. Becker et al.
    (2022), COINr, Journal of Open Source Software 7(78), 4567.

    Examples
    --------
    >>> import pandas as pd
    >>> panel = pd.DataFrame({"patents": [10.0, 20.0, 40.0]}, index=["甲市", "乙市", "丙市"])
    >>> scaled = Normaliser().set_output(transform="pandas").fit_transform(panel)
    >>> scaled["patents"].round(1).tolist()
    [0.0, 33.3, 100.0]
    """

    _parameter_constraints: dict[str, list[Any]] = {  # noqa: RUF012
        "method": [StrOptions(set(_METHODS))],
        "directions": [Mapping, "array-like", None],
        "bounds": [tuple, list],
        "mean_sd": [tuple, list],
        "reference": [str, Interval(Real, None, None, closed="neither"), None],
        "targets": [Mapping, "array-like", None],
        "goalposts": [Mapping, "array-like", None],
        "cap": ["boolean"],
        "ties": [StrOptions({"min", "average", "max"})],
        "individual": [Mapping, None],
    }

    def __init__(
        self,
        method: Method = "minmax",
        *,
        directions: Mapping[str, int] | Sequence[int] | None = None,
        bounds: tuple[float, float] = (0.0, 100.0),
        mean_sd: tuple[float, float] = (0.0, 1.0),
        reference: str | int | None = None,
        targets: Mapping[str, float] | Sequence[float] | None = None,
        goalposts: Mapping[str, Sequence[float]] | Sequence[Sequence[float]] | None = None,
        cap: bool = False,
        ties: Literal["min", "average", "max"] = "min",
        individual: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> None:
        self.method = method
        self.directions = directions
        self.bounds = bounds
        self.mean_sd = mean_sd
        self.reference = reference
        self.targets = targets
        self.goalposts = goalposts
        self.cap = cap
        self.ties = ties
        self.individual = individual

    def fit(self, X: ArrayLike, y: object = None) -> Normaliser:
        """Learn the scale of each column.

        Parameters
        ----------
        X : array-like of shape (n_units, n_indicators)
            NaN for a gap.
        y : ignored

        Raises
        ------
        DataError
            If a column is empty or constant, or a setting does not fit it.
        """
        self._validate_params()
        values = numbers(self, X, reset=True)
        names = column_names(X, values.shape[1])
        directions = per_column(self.directions, names, 1, "directions")
        individual = per_column(self.individual, names, {}, "individual")
        row = _reference_row(X, self.reference, len(values))
        self.directions_ = np.asarray(directions, dtype="float64")
        for name, direction in zip(names, directions, strict=True):
            if direction not in (1, -1):
                raise DataError(f"direction of {name!r} is {direction!r}; expected 1 or -1")
        posts = {
            "targets": per_column(self.targets, names, None, "targets"),
            "goalposts": per_column(self.goalposts, names, None, "goalposts"),
        }
        self._scales = [
            _scale(
                names[j],
                values[:, j] * self.directions_[j],
                row,
                self.get_params()
                | {"targets": posts["targets"][j], "goalposts": posts["goalposts"][j]}
                | dict(individual[j])
                | {"direction": directions[j]},
            )
            for j in range(len(names))
        ]
        return self

    def transform(self, X: ArrayLike) -> Matrix:
        """Place values on the learned scales.

        Parameters
        ----------
        X : array-like of shape (n_units, n_indicators)

        Returns
        -------
        ndarray or DataFrame of shape (n_units, n_indicators)
        """
        check_is_fitted(self)
        directed = numbers(self, X, reset=False) * self.directions_
        scaled = [scale.apply(directed[:, j]) for j, scale in enumerate(self._scales)]
        return np.column_stack(scaled)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        return tags


def _reference_row(X: ArrayLike, reference: str | int | None, n_rows: int) -> int | None:
    if reference is None:
        return None
    index = row_names(X, n_rows)
    if reference not in index:
        raise DataError(f"reference {reference!r} is no row of the data")
    return list(index).index(reference)


def _scale(name: str, directed: Vector, row: int | None, setting: dict[str, Any]) -> Any:
    known = directed[~np.isnan(directed)]
    if not len(known):
        raise DataError(f"column {name!r} has no value; screen it out before normalising")
    method, low, high = setting["method"], float(known.min()), float(known.max())
    if method in _RANKS:
        return _ranking(method, np.sort(known), setting["ties"])
    if low == high and method in {"minmax", "zscore", "dist2max"}:
        if len(known) == 1:
            raise DataError(f"column {name!r} has 1 sample; {method} needs two values that differ")
        throughout = known[0] * setting["direction"]
        raise DataError(f"column {name!r} is {throughout:g} throughout; drop it")
    cap = 1.0 if setting["cap"] else np.inf
    match method:
        case "minmax":
            bottom, top = setting["bounds"]
            line = _Line(low, high - low, top - bottom, bottom)
        case "zscore":
            mean, sd = setting["mean_sd"]
            line = _Line(float(known.mean()), float(known.std(ddof=1)), sd, mean)
        case "dist2max":
            line = _Line(low, high - low)
        case "fracmax":
            line = _Line(0.0, high)
        case "dist2ref":
            if row is None or np.isnan(directed[row]):
                raise DataError(f"column {name!r} has no reference value; set `reference`")
            line = _Line(low, float(directed[row]) - low, high=cap)
        case "dist2targ":
            if setting["targets"] is None:
                raise DataError(f"column {name!r} has no target; set `targets`")
            line = _Line(low, float(setting["targets"]) * setting["direction"] - low, high=cap)
        case _:
            line = _between_posts(name, setting)
    if line.span == 0:
        raise DataError(f"column {name!r}: {method} divides by zero; choose another method")
    return line


def _between_posts(name: str, setting: dict[str, Any]) -> _Line:
    posts = setting["goalposts"]
    if posts is None:
        raise DataError(f"column {name!r} has no goalposts; set `goalposts`")
    bottom, top = float(posts[0]), float(posts[1])
    if setting["direction"] == -1:
        bottom, top = -top, -bottom
    if setting["method"] == "scaled":
        return _Line(bottom, top - bottom, 100.0)
    scale = float(posts[2]) if len(posts) > 2 else 1.0
    return _Line(bottom, top - bottom, scale, low=0.0, high=1.0)


def _ranking(method: str, ordered: Vector, ties: str) -> _Ranking:
    match method:
        case "rank":
            return _Ranking(ordered, ties, offset=0.0)
        case "borda":
            return _Ranking(ordered, ties, offset=1.0)
    # One district alone has percentile rank 0, not 0/0.
    return _Ranking(ordered, ties, offset=1.0, span=float(max(1, len(ordered) - 1)))
