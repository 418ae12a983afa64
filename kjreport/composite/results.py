"""Scores and ranks as tables, and what a district is strong and weak in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from kjreport.composite.framework import Framework
from kjreport.errors import KjreportError


class Strengths(NamedTuple):
    """The indicators in which a unit ranks highest and lowest."""

    strengths: pd.DataFrame
    weaknesses: pd.DataFrame


def ranks(table: pd.DataFrame) -> pd.DataFrame:
    """Rank every column, 1 being the highest; ties share the better rank, gaps have none.

    Examples
    --------
    >>> ranks(pd.DataFrame({"Index": [10.0, 30.0, 30.0, None]}))["Index"].tolist()
    [3.0, 1.0, 1.0, nan]
    """
    return table.rank(ascending=False, method="min")


def group_ranks(table: pd.DataFrame, groups: Mapping[str, str] | pd.Series[str]) -> pd.DataFrame:
    """Rank every column within groups of units.

    Parameters
    ----------
    table : DataFrame of shape (n_units, n_elements)
    groups : mapping or Series of unit to group
        Units without a group have no rank.

    Examples
    --------
    >>> table = pd.DataFrame({"Index": [10.0, 30.0, 20.0]}, index=["甲市", "乙市", "丙区"])
    >>> group_ranks(table, {"甲市": "地级", "乙市": "地级", "丙区": "县级"})["Index"].tolist()
    [2.0, 1.0, 1.0]
    """
    of_units = pd.Series(groups).reindex(table.index)
    ranked = table.groupby(of_units.to_numpy()).rank(ascending=False, method="min")
    return ranked.reindex(table.index)


def results(table: pd.DataFrame, framework: Framework, *, decimals: int | None = 2) -> pd.DataFrame:
    """Lay aggregated scores out for presentation: best first, from the index down.

    Parameters
    ----------
    table : DataFrame of shape (n_units, n_elements)
        From `aggregate`.
    framework : Framework
    decimals : int or None, default=2

    Returns
    -------
    DataFrame
        ``Rank`` (of the unrounded index), the aggregates from the index down, the indicators.
    """
    first = table[framework.index]
    order = first.sort_values(ascending=False, kind="stable").index
    columns = [*framework.aggregates, *framework.indicators]
    shown = table.loc[order, columns]
    shown = shown if decimals is None else shown.round(decimals)
    shown.insert(0, "Rank", first.rank(ascending=False, method="min")[order])
    return shown


def strengths_and_weaknesses(
    data: pd.DataFrame,
    framework: Framework,
    unit: str,
    *,
    n: int = 5,
    groups: Mapping[str, str] | pd.Series[str] | None = None,
    min_unique: float | None = None,
    discard_last: bool = True,
) -> Strengths:
    """List the indicators in which a unit ranks highest and lowest.

    Parameters
    ----------
    data : DataFrame of shape (n_units, n_indicators)
        In the indicators' own units, or normalised (then give a framework whose directions
        are all 1).
    framework : Framework
        Its directions say which end is high.
    unit : str
    n : int, default=5
        Number of strengths, and of weaknesses.
    groups : mapping or Series of unit to group, optional
        Rank within the unit's group.
    min_unique : float, optional
        Leave out indicators whose distinct values are a smaller share of the units.
    discard_last : bool, default=True
        Leave out indicators in which no unit ranks lower; where many share the last rank,
        that rank says nothing.

    Returns
    -------
    Strengths
        Two tables: ``code``, ``name``, ``parent``, ``rank``, ``value``; best first.

    Raises
    ------
    KjreportError
        If the unit is not in the data.
    """
    if unit not in data.index:
        raise KjreportError(
            f"no unit {unit!r} in the data; it has {', '.join(map(str, data.index[:5]))} …"
        )
    codes = [code for code in framework.indicators if code in data.columns]
    own = data[codes]
    if min_unique is not None:
        # A gap counts as a value of its own, as it does in R.
        share = own.nunique(dropna=False) / len(own)
        own = own[share[share > min_unique].index]
    directed = own * [framework[code].direction for code in own.columns]
    ranked = ranks(directed) if groups is None else group_ranks(directed, groups)
    of_unit = pd.Series(ranked.loc[[unit]].iloc[0]).dropna()
    if discard_last:
        of_unit = of_unit[of_unit < ranked[of_unit.index].max()]
    ordered = of_unit.sort_values(kind="stable")
    values = pd.Series(data.loc[[unit]].iloc[0])
    rows = pd.DataFrame(
        {
            "code": ordered.index,
            "name": [framework[code].name for code in ordered.index],
            "parent": [framework[code].parent for code in ordered.index],
            "rank": ordered.to_numpy(),
            "value": values[ordered.index].to_numpy(),
        }
    )
    return Strengths(rows.head(n).reset_index(drop=True), rows.tail(n).reset_index(drop=True))


def unit_summary(table: pd.DataFrame, framework: Framework, unit: str) -> pd.DataFrame:
    """Return a unit's score and rank in every element, the index first.

    Raises
    ------
    KjreportError
        If the unit is not in the table.
    """
    if unit not in table.index:
        raise KjreportError(f"no unit {unit!r} in the table; correct the name")
    codes = [*framework.aggregates, *framework.indicators]
    return pd.DataFrame(
        {
            "name": [framework[code].name for code in codes],
            "score": table.loc[unit, codes].to_numpy(),
            "rank": ranks(table).loc[unit, codes].to_numpy(),
        },
        index=pd.Index(codes, name="code"),
    )
