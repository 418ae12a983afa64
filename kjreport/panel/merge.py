"""One fact told several times becomes one, and totals learn their parts."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from kjreport.panel.agreement import (
    DEFAULT_TOLERANCE,
    Statement,
    Tolerance,
    printed_resolution,
)
from kjreport.panel.areas import locate
from kjreport.vocabulary import vocabulary

KEY_COLUMNS: Final = (
    "area",
    "indicator",
    "measure",
    "scenario",
    "level",
    "period",
    "unit",
    "scope",
)

FACT_COLUMNS: Final = (
    "fact_id",
    "area",
    "gb_code",
    "tier",
    "indicator",
    "measure",
    "scenario",
    "level",
    "period",
    "value",
    "value_max",
    "unit",
    "qualifier",
    "status",
    "scope",
    "part_of",
    "parts_value",
    "contradicted",
    "n_places",
    "places",
    "report_id",
    "start",
    "end",
    "raw",
    "label",
    "sentence",
    "confidence",
)

# Only the state certifies these, so the bare name and the one with 国家级 mean the same firms.
NATIONAL_BY_NATURE: Final = frozenset({"high_tech_enterprises", "tech_smes"})

_LEVEL: Final = KEY_COLUMNS.index("level")
_INTRODUCES_PART: Final = vocabulary(__file__).words("introduces_part")
_ADDITIVE: Final = frozenset({"stock", "flow", "applied", "completed"})


def facts(observations: pd.DataFrame, *, tolerance: Tolerance = DEFAULT_TOLERANCE) -> pd.DataFrame:
    """Merge observations that state the same fact.

    Two observations are one fact when district, indicator, measure, scenario, level, period,
    unit and scope are the same and one true number can lie behind both: ``24.3亿元`` and
    ``243000.5万元``, ``20余家`` and ``23家``. The most precise statement gives the value.
    Figures of single firms, parks or towns are never merged, for the table does not say whose
    they are, and neither are figures of the indicator ``other``.

    Parameters
    ----------
    observations : DataFrame
        Observation table (``kjreport.observe``).
    tolerance : Tolerance
        How far qualified numbers may lie from exact ones.

    Returns
    -------
    DataFrame
        One row a fact, in an order that does not depend on that of the rows, with the columns
        of ``FACT_COLUMNS``. ``places`` lists every place as ``report_id:start-end`` and
        ``n_places`` counts them. ``part_of`` is the ``fact_id`` of the total that a part
        belongs to (-1 for none), ``parts_value`` the sum over a total's parts by level (NaN
        without parts), ``contradicted`` whether another fact says otherwise.

    Examples
    --------
    >>> from kjreport.panel.examples import observation_table
    >>> twice = observation_table(
    ...     dict(area="甲市", indicator="tech_smes", value=23, raw="23家", start=10),
    ...     dict(area="甲市", indicator="tech_smes", value=20, raw="20余家", start=90,
    ...          qualifier="at_least"),
    ... )
    >>> facts(twice)[["value", "n_places"]].values.tolist()
    [[23.0, 2.0]]
    """
    located = locate(observations)
    ordered = located.sort_values(["area", "report_id", "start", "end"], kind="stable")
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for row in rows_of(ordered):
        row["key"] = _key(row)
        groups[row["key"]].append(row)
    merged = [fact for key in sorted(groups) for fact in _merge(groups[key], tolerance)]
    for number, fact in enumerate(merged):
        fact["fact_id"] = number
    _mark_contradictions(merged)
    _link_parts(merged)
    table = pd.DataFrame(merged, columns=list(FACT_COLUMNS))
    return table.astype(
        {"fact_id": "int64", "part_of": "int64", "n_places": "int64", "contradicted": "bool"}
        | {"parts_value": "float64", "value": "float64", "value_max": "float64"}
    )


def contradictions(fact_table: pd.DataFrame) -> pd.DataFrame:
    """List the facts that cannot all be true, side by side.

    Parameters
    ----------
    fact_table : DataFrame
        Result of ``facts``.

    Returns
    -------
    DataFrame
        The rows of ``fact_table`` that are contradicted, facts of one district and
        definition beside each other.
    """
    return fact_table[fact_table["contradicted"]].sort_values(
        [*KEY_COLUMNS, "fact_id"], ignore_index=True
    )


def rows_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table as dictionaries."""
    names = [str(name) for name in frame.columns]
    # Column by column: row by row, pandas unpacks every string anew.
    columns = [frame[name].tolist() for name in names]
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]


def _key(row: dict[str, Any]) -> tuple[str, ...]:
    key = {column: str(row[column]) for column in KEY_COLUMNS}
    if row["indicator"] in NATIONAL_BY_NATURE and row["level"] == "national":
        key["level"] = ""
    own = ""
    if row["scope"] == "entity" or row["indicator"] == "other":
        own = f"{row['report_id']}:{row['start']:012d}"
    return (*key.values(), own)


def _merge(rows: list[dict[str, Any]], tolerance: Tolerance) -> list[dict[str, Any]]:
    reported = sorted((row for row in rows if row["status"] != "masked"), key=_precision)
    masked = [row for row in rows if row["status"] == "masked"]
    clusters: list[tuple[Statement, list[dict[str, Any]]]] = []
    for row in reported:
        statement = _statement(row)
        for first, members in clusters:
            if first.agrees(statement, tolerance):
                members.append(row)
                break
        else:
            clusters.append((statement, [row]))
    merged = [_fact(members) for _, members in clusters]
    if masked:
        # Whatever a reader put there: a blotted number has no value.
        merged.append(_fact(masked) | {"value": math.nan, "value_max": math.nan})
    return merged


def _statement(row: dict[str, Any]) -> Statement:
    return Statement(
        value=row["value"],
        value_max=row["value_max"],
        qualifier=row["qualifier"],
        resolution=printed_resolution(row["raw"], row["value"]),
    )


def _precision(row: dict[str, Any]) -> tuple[bool, float, str, int]:
    resolution = printed_resolution(row["raw"], row["value"])
    return row["qualifier"] != "exact", resolution, row["report_id"], row["start"]


def _fact(members: list[dict[str, Any]]) -> dict[str, Any]:
    best = members[0]
    spans = sorted({(row["report_id"], row["start"], row["end"]) for row in members})
    return best | {
        "level": best["key"][_LEVEL],
        "confidence": max(row["confidence"] for row in members),
        "places": [f"{report}:{start}-{end}" for report, start, end in spans],
        "n_places": len(spans),
        "part_of": -1,
        "parts_value": math.nan,
        "contradicted": False,
    }


def _mark_contradictions(merged: Sequence[dict[str, Any]]) -> None:
    """Mark facts of one definition and one printed name that differ.

    Facts under different names (一等奖 and 二等奖) are kinds of an indicator, no contradiction;
    neither are two numbers of one sentence, which speaks of a whole and a part, or of two
    things.
    """
    by_name: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for fact in merged:
        if fact["status"] != "masked" and fact["indicator"] != "other":
            by_name[(*fact["key"], fact["label"])].append(fact)
    for group in by_name.values():
        for fact in group:
            fact["contradicted"] = any(
                not _same_sentence(fact, other) for other in group if other is not fact
            )


def _same_sentence(fact: dict[str, Any], other: dict[str, Any]) -> bool:
    said, also_said = ((row["report_id"], row["sentence"]) for row in (fact, other))
    return bool(said == also_said and fact["sentence"])


def _link_parts(merged: Sequence[dict[str, Any]]) -> None:
    by_total: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for fact in merged:
        if fact["measure"] in _ADDITIVE:
            key = list(fact["key"])
            key[_LEVEL] = ""
            by_total[tuple(key)].append(fact)
    for group in by_total.values():
        totals = [fact for fact in group if fact["level"] == ""]
        for fact in group:
            candidates = [total for total in totals if _can_be_part(fact, total)]
            if candidates:
                # The total just before the part is the one it is told of.
                nearest = min(candidates, key=lambda total: _distance(total, fact))
                fact["part_of"] = nearest["fact_id"]
        for total in totals:
            parts = [f["value"] for f in group if f["part_of"] == total["fact_id"] and f["level"]]
            if parts:
                total["parts_value"] = math.fsum(parts)


def _can_be_part(fact: dict[str, Any], total: dict[str, Any]) -> bool:
    if fact is total or not fact["value"] <= total["value"]:
        # Also false for a masked part: how much of the total it is remains unknown.
        return fact is not total and fact["level"] != "" and fact["status"] == "masked"
    return fact["level"] != "" or _said_as_part(fact, total)


def _distance(total: dict[str, Any], part: dict[str, Any]) -> tuple[bool, bool, int]:
    elsewhere = total["report_id"] != part["report_id"]
    after = total["start"] > part["start"]
    return elsewhere, after, abs(int(part["start"]) - int(total["start"]))


def _said_as_part(fact: dict[str, Any], total: dict[str, Any]) -> bool:
    """Tell whether one sentence names the total and then, after 其中 or a bracket, the fact."""
    follows = _same_sentence(fact, total) and total["start"] < fact["start"]
    if not follows or not fact["value"] <= total["value"]:
        return False
    sentence = fact["sentence"]
    begin = sentence.find(total["raw"])
    between = sentence[begin : begin + fact["start"] - total["start"]]
    return begin >= 0 and any(word in between for word in _INTRODUCES_PART)
