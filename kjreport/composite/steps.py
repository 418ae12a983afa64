"""The steps from raw indicators to normalised ones, each by the transformers of `profile`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from sklearn.base import TransformerMixin, clone

from kjreport.composite.framework import Framework
from kjreport.errors import KjreportError
from kjreport.profile import Imputer, Normaliser, OutlierTreatment, screen

Choice: TypeAlias = "str | Mapping[str, Any] | TransformerMixin | bool | None"


class StepError(KjreportError, ValueError):
    """A step that cannot be taken with these data; the message names the place."""


def checked(data: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    """Return the framework's indicators and denominators, refusing what no index can be made of.

    Raises
    ------
    StepError
        If there are fewer than two units, a name is there twice, or an indicator is missing,
        empty, constant, infinite or no number.
    """
    for labels, what in ((data.index, "unit"), (data.columns, "column")):
        if not labels.is_unique:
            name = labels[labels.duplicated()][0]
            raise StepError(f"{what} {name!r} is there more than once; give each its own name")
    if len(data) < 2:
        noun = "unit" if len(data) == 1 else "units"
        raise StepError(f"{len(data)} {noun} in the data; an index compares at least two")
    for code in framework.indicators:
        if code not in data.columns:
            raise StepError(f"indicator {code!r} of the framework is no column of the data")
        if not pd.api.types.is_numeric_dtype(data[code]):
            raise StepError(f"indicator {code!r} holds {data[code].dtype}; expected numbers")
        if np.isinf(data[code]).any():
            unit = data.index[np.isinf(data[code])][0]
            raise StepError(f"indicator {code!r} is infinite for {unit!r}; correct the value")
        n_values = data[code].nunique()
        if n_values < 2:
            fault = "the same value everywhere" if n_values else "no value at all"
            raise StepError(f"indicator {code!r} has {fault}; leave it out with Framework.without")
    return data


def denominate(data: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    """Divide each indicator by the denominator that the framework names for it.

    Returns
    -------
    DataFrame of shape (n_units, n_indicators)
        NaN where the denominator is missing or zero.

    Raises
    ------
    StepError
        If a denominator is no column of the data.

    Examples
    --------
    >>> meta = pd.DataFrame({"iCode": ["patents", "Index"], "Level": [1, 2],
    ...     "Parent": ["Index", None], "Denominator": ["population", None]})
    >>> panel = pd.DataFrame({"patents": [6.0, 9.0], "population": [2.0, 3.0]})
    >>> denominate(panel, Framework.from_meta(meta))["patents"].tolist()
    [3.0, 3.0]
    """
    columns = {}
    for code in framework.indicators:
        size = framework[code].denominator
        if size and size not in data.columns:
            raise StepError(f"indicator {code!r}: denominator {size!r} is no column of the data")
        columns[code] = data[code] / data[size].where(data[size] != 0) if size else data[code]
    return pd.DataFrame(columns, index=data.index)


def screened(data: pd.DataFrame, min_availability: float | None) -> pd.DataFrame:
    """Set aside the units of which too little is known."""
    if min_availability is None:
        return data
    kept = screen(data, min_availability=min_availability).data
    if len(kept) < 2:
        raise StepError(
            f"{len(kept)} of {len(data)} units have {min_availability:.0%} of the indicators; "
            "lower the threshold or choose fewer indicators"
        )
    return kept


def imputed(data: pd.DataFrame, how: Choice, groups: Mapping[str, str] | None) -> pd.DataFrame:
    """Fill the gaps by a strategy's name, an `Imputer`'s parameters, or a transformer."""
    if how is None or how is False:
        return data
    defaults: dict[str, Any] = {"groups": groups} if groups is not None else {}
    return _applied(_transformer(how, Imputer, "strategy", defaults), data)


def treated(data: pd.DataFrame, how: Choice) -> pd.DataFrame:
    """Treat outliers by the default rules (True), a transformation's name, or a transformer."""
    if how is None or how is False:
        return data
    return _applied(_transformer(how, OutlierTreatment, "transformation", {}), data)


def normalised(data: pd.DataFrame, how: Choice, framework: Framework) -> pd.DataFrame:
    """Normalise by a method's name, a `Normaliser`'s parameters, or a transformer.

    Directions and targets come from the framework.
    """
    if how is None or how is False:
        return data
    defaults: dict[str, Any] = {
        "directions": {code: framework[code].direction for code in data.columns}
    }
    targets = {code: framework[code].target for code in data.columns}
    if all(target is not None for target in targets.values()):
        defaults["targets"] = targets
    return _applied(_transformer(how, Normaliser, "method", defaults), data)


def _transformer(how: Choice, kind: type[Any], main: str, defaults: Mapping[str, Any]) -> Any:
    if isinstance(how, str):
        return kind(**{main: how}, **defaults)
    if isinstance(how, Mapping):
        return kind(**{**defaults, **how})
    return kind(**defaults) if how is True else clone(how)


def _applied(transformer: Any, data: pd.DataFrame) -> pd.DataFrame:
    values = transformer.fit_transform(data)
    return pd.DataFrame(values, index=data.index, columns=data.columns)
