"""Outliers: found by skew and kurtosis, winsorised first, transformed if that fails."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from numbers import Integral, Real
from typing import Any, Literal

import numpy as np
import pandas as pd
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

Transformation = Literal["log_CT", "log_CT_orig", "boxcox", "none"]
_TRANSFORMATIONS = frozenset({"log_CT", "log_CT_orig", "boxcox", "none"})

DETAIL_COLUMNS = (
    "indicator",
    "pass_before",
    "skew_before",
    "kurtosis_before",
    "n_winsorised",
    "pass_winsorised",
    "skew_winsorised",
    "kurtosis_winsorised",
    "transformation",
    "pass_after",
    "skew_after",
    "kurtosis_after",
)


def skewness(values: Vector) -> float:
    """Sample skewness G1, as in spreadsheets and ``e1071::skewness(type = 2)``.

    Parameters
    ----------
    values : ndarray
        NaN are left out; NaN is returned for fewer than 3 values or constant ones.

    Examples
    --------
    >>> round(skewness(np.array([1.0, 2.0, 3.0, 10.0])), 4)
    1.7636
    """
    known = values[~np.isnan(values)]
    n = len(known)
    centred = known - known.mean() if n else known
    spread = float((centred**2).sum())
    if n < 3 or spread == 0:
        return float("nan")
    raw = np.sqrt(n) * float((centred**3).sum()) / spread**1.5
    return float(raw * np.sqrt(n * (n - 1)) / (n - 2))


def kurtosis(values: Vector) -> float:
    """Sample excess kurtosis G2, as in spreadsheets and ``e1071::kurtosis(type = 2)``.

    Parameters
    ----------
    values : ndarray
        NaN are left out; NaN is returned for fewer than 4 values or constant ones.

    Examples
    --------
    >>> round(kurtosis(np.array([1.0, 2.0, 3.0, 10.0])), 4)
    3.228
    """
    known = values[~np.isnan(values)]
    n = len(known)
    centred = known - known.mean() if n else known
    spread = float((centred**2).sum())
    if n < 4 or spread == 0:
        return float("nan")
    ratio = n * float((centred**4).sum()) / spread**2
    return float(((n + 1) * (ratio - 3) + 6) * (n - 1) / ((n - 2) * (n - 3)))


@dataclass(frozen=True, slots=True)
class _Rule:
    skew: float
    kurtosis: float

    def passes(self, values: Vector) -> bool:
        skew, kurt = skewness(values), kurtosis(values)
        # Too few or constant values have no outliers to speak of.
        return bool(
            np.isnan(skew) or np.isnan(kurt) or abs(skew) < self.skew or kurt < self.kurtosis
        )


@dataclass(slots=True)
class _Treatment:
    """What was learned for one column: bounds to hold values in, or a transformation."""

    low: float = -np.inf
    high: float = np.inf
    transformation: Transformation = "none"
    minimum: float = 0.0
    range: float = 0.0
    power: float = 0.0
    details: dict[str, Any] = field(default_factory=dict)

    def apply(self, values: Vector) -> Vector:
        held = np.clip(values, self.low, self.high)
        if self.transformation == "none":
            return held
        return _transformed(held, self)


class OutlierTreatment(OneToOneFeatureMixin, TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Treat indicators whose skew and kurtosis show outliers.

    An indicator passes when ``|skew| < skew`` or ``kurtosis < kurtosis``. One that does not is
    winsorised: the outermost value takes the value of the next, at most ``max_winsorised``
    points of it; if it still fails, the original values are transformed instead. The procedure
    and its defaults are those of COINr's ``Treat``.

    Parameters
    ----------
    max_winsorised : int, default=5
    skew : float, default=2
    kurtosis : float, default=3.5
    transformation : {"log_CT", "log_CT_orig", "boxcox", "none"}, default="log_CT"
        ``log_CT`` is ``log(x - min + 0.01 range)``, ``log_CT_orig`` ``log(x - min + 1)``,
        ``boxcox`` the Box-Cox power of ``x - min + 1``; ``none`` keeps the winsorised values.
    power : float, default=0
        Lambda of ``boxcox``; 0 is the logarithm.
    combine : bool, default=False
        Transform the winsorised values rather than the original ones.
    individual : mapping of str to mapping, optional
        Other settings for single columns; ``{"max_winsorised": 0, "transformation": "none"}``
        leaves one alone.

    Attributes
    ----------
    details_ : DataFrame
        One row a column: what was found and done (``DETAIL_COLUMNS``).
    treated_ : DataFrame of str, shape (n_units, n_indicators)
        ``winhi``, ``winlo``, the name of a transformation, or empty.

    References
    ----------
    W. Becker et al. (2022), COINr, Journal of Open Source Software 7(78), 4567.

    Examples
    --------
    >>> import pandas as pd
    >>> panel = pd.DataFrame({"contracts": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 500.0]})
    >>> treatment = OutlierTreatment().set_output(transform="pandas").fit(panel)
    >>> treatment.transform(panel)["contracts"].tolist()[-2:]
    [7.0, 7.0]
    >>> treatment.details_["n_winsorised"].tolist()
    [1]
    """

    _parameter_constraints: dict[str, list[Any]] = {  # noqa: RUF012
        "max_winsorised": [Interval(Integral, 0, None, closed="left")],
        "skew": [Interval(Real, 0, None, closed="left")],
        "kurtosis": [Interval(Real, None, None, closed="neither")],
        "transformation": [StrOptions(set(_TRANSFORMATIONS))],
        "power": [Interval(Real, None, None, closed="neither")],
        "combine": ["boolean"],
        "individual": [Mapping, None],
    }

    def __init__(
        self,
        *,
        max_winsorised: int = 5,
        skew: float = 2.0,
        kurtosis: float = 3.5,
        transformation: Transformation = "log_CT",
        power: float = 0.0,
        combine: bool = False,
        individual: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> None:
        self.max_winsorised = max_winsorised
        self.skew = skew
        self.kurtosis = kurtosis
        self.transformation = transformation
        self.power = power
        self.combine = combine
        self.individual = individual

    def fit(self, X: ArrayLike, y: object = None) -> OutlierTreatment:
        """Find the treatment of each column.

        Parameters
        ----------
        X : array-like of shape (n_units, n_indicators)
            NaN for a gap.
        y : ignored

        Raises
        ------
        DataError
            If ``individual`` names a column or a setting that does not exist.
        """
        self._validate_params()
        values = numbers(self, X, reset=True)
        names = column_names(X, values.shape[1])
        general = self.get_params(deep=False)
        general.pop("individual")
        self._treatments = []
        for j, own in enumerate(per_column(self.individual, names, {}, "individual")):
            unknown = [key for key in own if key not in general]
            if unknown:
                raise DataError(f"column {names[j]!r} has no setting {unknown[0]!r}")
            self._treatments.append(_treatment(values[:, j], general | dict(own)))
        self.details_ = pd.DataFrame(
            [
                {"indicator": name, **treatment.details}
                for name, treatment in zip(names, self._treatments, strict=True)
            ],
            columns=list(DETAIL_COLUMNS),
        )
        marks = [_marks(values[:, j], treatment) for j, treatment in enumerate(self._treatments)]
        self.treated_ = pd.DataFrame(
            np.column_stack(marks), columns=names, index=row_names(X, len(values))
        )
        return self

    def transform(self, X: ArrayLike) -> Matrix:
        """Treat values as was learned.

        Parameters
        ----------
        X : array-like of shape (n_units, n_indicators)

        Returns
        -------
        ndarray or DataFrame of shape (n_units, n_indicators)
        """
        check_is_fitted(self)
        values = numbers(self, X, reset=False)
        treated = [treatment.apply(values[:, j]) for j, treatment in enumerate(self._treatments)]
        return np.column_stack(treated)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        return tags


def _treatment(values: Vector, setting: dict[str, Any]) -> _Treatment:
    rule = _Rule(setting["skew"], setting["kurtosis"])
    treatment = _Treatment()
    details = treatment.details
    details |= _shape("before", values, rule) | {"n_winsorised": 0, "transformation": "none"}
    if rule.passes(values):
        return treatment
    winsorised, details["n_winsorised"] = _winsorise(values, rule, setting["max_winsorised"])
    details |= _shape("winsorised", winsorised, rule)
    passes = rule.passes(winsorised)
    replaced = not passes and setting["transformation"] != "none"
    if not replaced or setting["combine"]:
        treatment.low, treatment.high = float(np.nanmin(winsorised)), float(np.nanmax(winsorised))
    if replaced:
        base = np.clip(values, treatment.low, treatment.high)
        treatment.transformation = setting["transformation"]
        treatment.minimum = float(np.nanmin(base))
        treatment.range = float(np.nanmax(base)) - treatment.minimum
        treatment.power = setting["power"]
        details["transformation"] = treatment.transformation
        details |= _shape("after", treatment.apply(values), rule)
    return treatment


def _shape(stage: str, values: Vector, rule: _Rule) -> dict[str, Any]:
    return {
        f"pass_{stage}": rule.passes(values),
        f"skew_{stage}": skewness(values),
        f"kurtosis_{stage}": kurtosis(values),
    }


def _winsorise(values: Vector, rule: _Rule, most: int) -> tuple[Vector, int]:
    held = values.copy()
    at_top = at_bottom = 0
    # With two values left, winsorising would make the indicator constant.
    while not rule.passes(held) and at_top + at_bottom < most and len(np.unique(_known(held))) > 2:
        if skewness(held) >= 0:
            extreme = held == np.nanmax(held)
            held[extreme] = np.nanmax(held[~extreme])
            at_top = int(extreme.sum())
        else:
            extreme = held == np.nanmin(held)
            held[extreme] = np.nanmin(held[~extreme])
            at_bottom = int(extreme.sum())
    return held, at_top + at_bottom


def _known(values: Vector) -> Vector:
    return np.asarray(values[~np.isnan(values)])


def _transformed(values: Vector, treatment: _Treatment) -> Vector:
    above = values - treatment.minimum
    if treatment.transformation == "log_CT":
        # A value below all that were fitted has no logarithm; it takes the lowest one's place.
        return np.asarray(np.log(np.maximum(above, 0) + 0.01 * treatment.range))
    shifted = np.maximum(above, 0) + 1
    if treatment.transformation == "log_CT_orig" or treatment.power == 0:
        return np.asarray(np.log(shifted))
    return np.asarray((shifted**treatment.power - 1) / treatment.power)


def _marks(values: Vector, treatment: _Treatment) -> list[str]:
    if treatment.transformation != "none":
        return [treatment.transformation] * len(values)
    return [
        "winhi" if value > treatment.high else "winlo" if value < treatment.low else ""
        for value in values
    ]
