"""District by indicator, and the reason for every empty cell."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

import numpy as np
import pandas as pd

from kjreport.errors import KjreportError
from kjreport.panel.denominators import DENOMINATORS, Per, denominator_values
from kjreport.panel.merge import facts, rows_of
from kjreport.panel.periods import MonthRange, month_range, year_of
from kjreport.schema import Schema

Reason = Literal["reported", "masked", "not comparable", "not reported"]
# Statistics such as R&D expenditure come out a year or two after the other figures.
YEARS_BACK: Final = 2

REASONS: Final[tuple[Reason, ...]] = get_args(Reason)

CELL_COLUMNS: Final = (
    "area",
    "feature",
    "reason",
    "value",
    "value_max",
    "qualifier",
    "unit",
    "period",
    "detail",
    "contradicted",
    "denominator",
    "n_places",
    "places",
)

_SUMMABLE_UNITS: Final = frozenset({"count", "CNY", "m2"})


@dataclass(frozen=True, slots=True)
class Feature:
    """A column of the panel: what is compared between districts.

    Attributes
    ----------
    name : str
        Name of the column.
    indicator, measure, level : str
        As in the observation table; an empty level stands for the total.
    unit : str
        The one unit in which its numbers are comparable.
    """

    name: str
    indicator: str
    measure: str
    level: str
    unit: str


def parse_feature(name: str, schema: Schema) -> Feature:
    """Read ``indicator``, ``indicator:measure`` or ``indicator:measure:level``.

    Examples
    --------
    >>> from kjreport.schema import Schema
    >>> parse_feature("tech_contract_value:growth", Schema.default()).unit
    'percent'
    """
    code, _, rest = name.partition(":")
    measure, _, level = rest.partition(":")
    if code not in schema.indicators:
        raise KjreportError(
            f"feature {name!r}: unknown indicator {code!r}; `kjreport schema` lists them"
        )
    indicator = schema.indicators[code]
    measure = measure or indicator.measure
    if measure not in schema.measures:
        known = ", ".join(schema.measures)
        raise KjreportError(f"feature {name!r}: unknown measure {measure!r}; take one of {known}")
    if level and level not in schema.levels:
        known = ", ".join(schema.levels)
        raise KjreportError(f"feature {name!r}: unknown level {level!r}; take one of {known}")
    # 增长3倍 and 增长28% are not on one scale, nor are 提高0.3个百分点 and a change in CNY.
    unit = next(iter(schema.measures[measure].units), indicator.unit)
    return Feature(name=name, indicator=code, measure=measure, level=level, unit=unit)


def cells(
    observations: pd.DataFrame,
    *,
    period: str | None = None,
    features: Sequence[str] | None = None,
    schema: Schema | None = None,
    per: Per | None = None,
    covariates: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Describe every cell of the panel in long form.

    A cell holds an actual figure of the whole district in the measure and level of its
    feature: no target, no expectation, no figure of a single firm, no part of a total. A stock
    may stand at any date within the period, the latest wins; a flow, growth, share or rank has
    to describe the whole period.

    Parameters
    ----------
    observations : DataFrame
        Observation table, or the result of ``facts``.
    period : str, optional
        ``2022``, ``2022-H1`` …; by default, for each district, the year that most of its
        latest report's actual figures describe, and for a cell that this year leaves empty
        the year before or the one before that. ``period`` of the result tells which.
    features : sequence of str, optional
        ``indicator`` (in the measure that the schema names for it), ``indicator:measure`` or
        ``indicator:measure:level``; by default every indicator of which some district states
        an actual figure, in the schema's order.
    schema : Schema, optional
        By default the shipped one.
    per : {"population", "gdp"}, optional
        Divide counts and amounts: per 10 000 people, or per 100 million CNY of GDP.
    covariates : DataFrame, optional
        Population and GDP (``read_covariates``); needed with ``per``.

    Returns
    -------
    DataFrame
        One row a cell. ``reason`` is ``reported`` (``value`` is filled), ``masked`` (stated
        but blotted out), ``not comparable`` (the district states the indicator in another
        measure, level, unit or period, named in ``detail``; or the denominator is unknown) or
        ``not reported``. ``places`` lists the spans behind a cell as ``report_id:start-end``.

    Raises
    ------
    KjreportError
        If the period or a feature cannot be read, or ``per`` has no covariates.
    """
    schema = Schema.default() if schema is None else schema
    fact_table = observations if "fact_id" in observations.columns else facts(observations)
    by_area = _by_area(fact_table)
    wanted = {
        area: _wanted_periods(period, area_facts) for area, area_facts in sorted(by_area.items())
    }
    names = features if features is not None else _stated_indicators(by_area, schema)
    chosen = [parse_feature(name, schema) for name in names]
    rows = [
        _cell(area, feature, by_area[area].get(feature.indicator, []), wanted[area])
        for area in wanted
        for feature in chosen
    ]
    table = pd.DataFrame(rows, columns=list(CELL_COLUMNS))
    if features is None:
        stated = table.loc[table["reason"] != "not reported", "feature"].unique()
        table = table[table["feature"].isin(stated)].reset_index(drop=True)
    return table if per is None else _divided(table, per, covariates)


def panel(
    observations: pd.DataFrame,
    *,
    period: str | None = None,
    features: Sequence[str] | None = None,
    schema: Schema | None = None,
    per: Per | None = None,
    covariates: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Lay observations out as district by indicator.

    Parameters are those of ``cells``, which tells where each value comes from.

    Returns
    -------
    DataFrame
        float64, index ``area``, one column a feature; NaN where ``reasons`` says why.

    Examples
    --------
    >>> from kjreport.panel.examples import observation_table
    >>> obs = observation_table(
    ...     dict(area="甲市", indicator="high_tech_enterprises", value=120),
    ...     dict(area="乙市", indicator="high_tech_enterprises", status="masked"),
    ... )
    >>> panel(obs, period="2022")["high_tech_enterprises"].tolist()
    [nan, 120.0]
    """
    long = cells(
        observations,
        period=period,
        features=features,
        schema=schema,
        per=per,
        covariates=covariates,
    )
    return _wide(long, "value").astype("float64")


def reasons(
    observations: pd.DataFrame,
    *,
    period: str | None = None,
    features: Sequence[str] | None = None,
    schema: Schema | None = None,
    per: Per | None = None,
    covariates: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Say for every cell of the panel whether it is filled and, if not, why.

    Parameters are those of ``cells``.

    Returns
    -------
    DataFrame
        Strings of ``REASONS`` in the shape of the panel.

    Examples
    --------
    >>> from kjreport.panel.examples import observation_table
    >>> obs = observation_table(
    ...     dict(area="甲市", indicator="high_tech_enterprises", value=120),
    ...     dict(area="乙市", indicator="high_tech_enterprises", status="masked"),
    ... )
    >>> reasons(obs, period="2022")["high_tech_enterprises"].tolist()
    ['masked', 'reported']
    """
    long = cells(
        observations,
        period=period,
        features=features,
        schema=schema,
        per=per,
        covariates=covariates,
    )
    return _wide(long, "reason").astype("str")


def _wide(long: pd.DataFrame, column: str) -> pd.DataFrame:
    wide = long.pivot(index="area", columns="feature", values=column)
    ordered = wide.reindex(index=long["area"].unique(), columns=long["feature"].unique())
    return ordered.rename_axis(index="area", columns=None)


_AreaFacts = Mapping[str, Sequence[dict[str, Any]]]


def _by_area(fact_table: pd.DataFrame) -> dict[str, dict[str, list[dict[str, Any]]]]:
    by_area: dict[str, dict[str, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for fact in rows_of(fact_table):
        by_area[fact["area"]][fact["indicator"]].append(fact)
    return by_area


def _stated_indicators(by_area: Mapping[str, _AreaFacts], schema: Schema) -> list[str]:
    stated = {indicator for area_facts in by_area.values() for indicator in area_facts}
    return [code for code in schema.indicators if code in stated]


def _wanted_periods(period: str | None, area_facts: _AreaFacts) -> list[tuple[str, MonthRange]]:
    """List the periods that may fill a district's cells, the best first."""
    if period is not None:
        months = month_range(period)
        if months is None:
            raise KjreportError(f"period {period!r}: expected a form such as 2022 or 2022-H1")
        return [(period, months)]
    year = _main_year(fact for indicator in area_facts.values() for fact in indicator)
    names = [str(int(year) - back) for back in range(1 + YEARS_BACK)] if year else []
    return [(name, months) for name in names if (months := month_range(name)) is not None]


def _main_year(area_facts: Iterable[dict[str, Any]]) -> str:
    """Name the year that the latest report speaks of most, by its actual district figures."""
    by_report: dict[str, Counter[str]] = defaultdict(Counter)
    for fact in area_facts:
        year = year_of(fact["period"])
        if year and fact["scenario"] == "actual" and fact["scope"] == "district":
            by_report[fact["report_id"]][year] += 1
    main = [max(years, key=lambda year: (years[year], year)) for years in by_report.values()]
    return max(main, default="")


def _cell(
    area: str,
    feature: Feature,
    candidates: Sequence[dict[str, Any]],
    wanted: Sequence[tuple[str, MonthRange]],
) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(CELL_COLUMNS, "") | {
        "area": area,
        "feature": feature.name,
        "reason": "not reported",
        "value": math.nan,
        "value_max": math.nan,
        "period": wanted[0][0] if wanted else "",
        "contradicted": False,
        "denominator": math.nan,
        "n_places": 0,
        "places": [],
    }
    actual = [f for f in candidates if f["scenario"] == "actual" and f["scope"] == "district"]
    for _, months in wanted:
        comparable = [fact for fact in actual if _is_comparable(fact, feature, months)]
        if comparable:
            return row | _stated(min(comparable, key=_preference))
    if not wanted:
        return row
    months = wanted[0][1]
    elsewhere = [fact for fact in actual if _overlaps(fact["period"], months)]
    near = elsewhere or [fact for fact in candidates if _overlaps(fact["period"], months)]
    row["detail"] = "; ".join(sorted({_definition(fact) for fact in near}))
    if elsewhere:
        row["reason"] = "not comparable"
    return row


def _stated(fact: dict[str, Any]) -> dict[str, Any]:
    columns = (
        *("value", "value_max", "qualifier", "unit", "period"),
        *("contradicted", "n_places", "places"),
    )
    reason: Reason = "masked" if fact["status"] == "masked" else "reported"
    return {column: fact[column] for column in columns} | {"reason": reason}


def _is_comparable(fact: dict[str, Any], feature: Feature, wanted: MonthRange) -> bool:
    if (
        fact["measure"] != feature.measure
        or fact["level"] != feature.level
        or fact["unit"] != feature.unit
    ):
        return False
    if not feature.level and fact["part_of"] >= 0:
        return False
    months = month_range(fact["period"])
    if months is None:
        return False
    return wanted.covers(months) if feature.measure == "stock" else months == wanted


def _preference(fact: dict[str, Any]) -> tuple[bool, int, int, float, float, int]:
    """Order facts that could fill one cell; the first is taken.

    A number beats a mask, the later date the earlier, what is said in more places what is said
    once; of counts and amounts the larger, for a part can pass for its total but no total for
    a part.
    """
    months = month_range(fact["period"])
    additive = fact["unit"] in _SUMMABLE_UNITS and fact["status"] != "masked"
    return (
        fact["status"] == "masked",
        -(months.last if months else 0),
        -int(fact["n_places"]),
        -float(fact["value"]) if additive else 0.0,
        -float(fact["confidence"]),
        int(fact["fact_id"]),
    )


def _overlaps(period: str, wanted: MonthRange) -> bool:
    months = month_range(period)
    # A figure without a period may well describe the wanted one.
    return months is None or (months.first <= wanted.last and wanted.first <= months.last)


def _definition(fact: dict[str, Any]) -> str:
    scope = "one entity" if fact["scope"] == "entity" else ""
    scenario = "" if fact["scenario"] == "actual" else fact["scenario"]
    part = "part" if fact["part_of"] >= 0 else ""
    period = fact["period"] or "no period"
    words = (scenario, fact["measure"], fact["level"], part, scope, period, fact["unit"])
    return " ".join(word for word in words if word)


def _divided(table: pd.DataFrame, per: Per, covariates: pd.DataFrame | None) -> pd.DataFrame:
    if per not in DENOMINATORS:
        known = ", ".join(DENOMINATORS)
        raise KjreportError(f"per={per!r}: unknown denominator; take one of {known}")
    if covariates is None:
        raise KjreportError(
            f"per={per!r} needs covariates; pass kjreport.panel.read_covariates(path)"
        )
    denominator = denominator_values(table[["area", "period"]], per, covariates)
    denominator = denominator.where(table["unit"].isin(_SUMMABLE_UNITS), 1.0)
    lost = denominator.isna() & table["reason"].eq("reported")
    suffix = np.where(denominator.ne(1.0), f"/{DENOMINATORS[per].label}", "")
    return table.assign(
        value=table["value"] / denominator,
        value_max=table["value_max"] / denominator,
        unit=table["unit"] + suffix,
        denominator=denominator,
        reason=table["reason"].mask(lost, "not comparable"),
        detail=table["detail"].mask(lost, f"no {per} near the year of the figure"),
    )
