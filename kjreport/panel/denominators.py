"""Population and GDP, and what is divided by them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from os import PathLike
from typing import Final, Literal

import pandas as pd

from kjreport.errors import KjreportError
from kjreport.panel.areas import official_place
from kjreport.panel.periods import year_of

Per = Literal["population", "gdp"]

COVARIATE_COLUMNS: Final = (
    "area",
    "gb_code",
    "tier",
    "year",
    "variable",
    "value",
    "unit",
    "source_url",
    "source_kind",
    "confidence",
)


@dataclass(frozen=True, slots=True)
class Denominator:
    """A unit of size, and how it is called in the unit of a divided figure."""

    size: float
    label: str


DENOMINATORS: Final[Mapping[str, Denominator]] = {
    "population": Denominator(size=10_000.0, label="10k_people"),
    "gdp": Denominator(size=100_000_000.0, label="100m_CNY_GDP"),
}

# A census figure serves a few years around it; beyond that a district has changed size.
FARTHEST_YEAR: Final = 5


def read_covariates(path: str | PathLike[str]) -> pd.DataFrame:
    """Read a table of population and GDP.

    Parameters
    ----------
    path : path
        CSV with the columns of ``COVARIATE_COLUMNS``: persons and CNY, ``confidence`` either
        ``seen`` (read in the source) or ``recalled``.

    Returns
    -------
    DataFrame
        ``area`` the official name, ``year`` Int64 (missing where the source names none),
        ``value`` float64, the rest str.

    Raises
    ------
    KjreportError
        If the file or a column is missing, or a value is no positive number.
    """
    try:
        table = pd.read_csv(path, dtype="str", keep_default_na=False)
    except OSError as error:
        raise KjreportError(f"{path}: cannot be read ({error.strerror}); check the path") from error
    missing = [column for column in COVARIATE_COLUMNS if column not in table.columns]
    if missing:
        raise KjreportError(f"{path}: no column {missing[0]!r}; expected {COVARIATE_COLUMNS}")
    value = pd.to_numeric(table["value"], errors="coerce")
    wrong = table.index[~(value > 0)]
    if len(wrong):
        found = table.loc[wrong[0], "value"]
        raise KjreportError(
            f"{path}, row {wrong[0] + 2}: value {found!r}; expected a positive number"
        )
    year = pd.to_numeric(table["year"].replace("", None), errors="coerce").astype("Int64")
    area = table["area"].map({name: official_place(name)[0] for name in table["area"].unique()})
    read = table.assign(area=area, value=value.astype("float64"), year=year)
    return read[list(COVARIATE_COLUMNS)]


def denominator_values(cells: pd.DataFrame, per: Per, covariates: pd.DataFrame) -> pd.Series[float]:
    """Find the denominator of each cell, in units of ``DENOMINATORS``.

    Parameters
    ----------
    cells : DataFrame
        Columns ``area`` and ``period``.
    per : {"population", "gdp"}
        Which variable divides.
    covariates : DataFrame
        Result of ``read_covariates``.

    Returns
    -------
    Series
        By the index of ``cells``; NaN where no figure within ``FARTHEST_YEAR`` years is known.
        Of several, the nearest year wins, then the one that was seen, then the later.
    """
    variable = covariates[(covariates["variable"] == per) & covariates["year"].notna()]
    by_area = {str(area): group for area, group in variable.groupby("area", sort=True)}
    wanted = {(area, period) for area, period in zip(cells["area"], cells["period"], strict=True)}
    found = {
        (area, period): _nearest(by_area.get(area), year_of(period)) / DENOMINATORS[per].size
        for area, period in wanted
    }
    values = [found[key] for key in zip(cells["area"], cells["period"], strict=True)]
    return pd.Series(values, index=cells.index, dtype="float64")


def denominate(
    data: pd.DataFrame,
    denominators: pd.DataFrame,
    by: Mapping[str, str],
    *,
    scale: Mapping[str, float] | None = None,
) -> pd.DataFrame:
    """Divide columns by other columns.

    Parameters
    ----------
    data : DataFrame
        Units by indicators.
    denominators : DataFrame
        Units by denominators, with at least the units of ``data``.
    by : mapping of str to str
        From an indicator to its denominator; indicators not named stay as they are.
    scale : mapping of str to float, optional
        Factor by which each denominator is multiplied first (``{"population": 1e-4}`` for per
        10 000 people).

    Returns
    -------
    DataFrame
        Shape and labels of ``data``.

    Raises
    ------
    KjreportError
        If an indicator, a denominator or a unit is unknown, or a denominator is not positive.

    Notes
    -----
    The step that COINr calls ``Denominate``.

    Examples
    --------
    >>> import pandas as pd
    >>> counts = pd.DataFrame({"patents": [50.0, 80.0]}, index=["甲市", "乙市"])
    >>> people = pd.DataFrame({"population": [5e5, 4e5]}, index=["甲市", "乙市"])
    >>> denominate(counts, people, {"patents": "population"}, scale={"population": 1e-4})
        patents
    甲市      1.0
    乙市      2.0
    """
    _refuse_unknown(by, data.columns, "indicator")
    _refuse_unknown(by.values(), denominators.columns, "denominator")
    _refuse_unknown(data.index, denominators.index, "unit")
    sizes = denominators.reindex(data.index)
    divided = data.copy()
    for indicator, name in by.items():
        size = sizes[name] * (scale or {}).get(name, 1.0)
        if (size <= 0).any():
            unit = size.index[size <= 0][0]
            raise KjreportError(f"denominator {name!r} of {unit!r} is {size[unit]}; expected > 0")
        divided[indicator] = data[indicator] / size
    return divided


def _nearest(known: pd.DataFrame | None, year: str) -> float:
    if known is None or not year:
        return float("nan")
    ranked = known.assign(
        distance=(known["year"].astype("int64") - int(year)).abs(),
        recalled=known["confidence"] != "seen",
        later=-known["year"].astype("int64"),
    )
    near = ranked[ranked["distance"] <= FARTHEST_YEAR]
    if near.empty:
        return float("nan")
    return float(near.sort_values(["distance", "recalled", "later", "value"])["value"].iloc[0])


def _refuse_unknown(names: Iterable[object], known: pd.Index, what: str) -> None:
    for name in names:
        if name not in known:
            listed = ", ".join(map(str, known))
            raise KjreportError(f"unknown {what} {name!r}; the table has {listed}")
