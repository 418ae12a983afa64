"""Small observation tables for docstrings and tests, with every column filled."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from kjreport.schema.columns import OBSERVATION_COLUMNS

_DEFAULTS: dict[str, Any] = {
    "report_id": "",
    "indicator": "high_tech_enterprises",
    "measure": "stock",
    "scenario": "actual",
    "level": "",
    "period": "2022",
    "value": math.nan,
    "value_max": math.nan,
    "unit": "count",
    "qualifier": "exact",
    "status": "reported",
    "scope": "district",
    "start": 0,
    "end": 0,
    "raw": "",
    "label": "",
    "sentence": "",
    "section": "",
    "page": pd.NA,
    "area": "",
    "source": "",
    "confidence": 1.0,
}

_DTYPES = {
    "value": "float64",
    "value_max": "float64",
    "start": "int64",
    "end": "int64",
    "page": "Int64",
    "confidence": "float64",
}


def observation_table(*rows: dict[str, Any]) -> pd.DataFrame:
    """Build an observation table from partial rows.

    Parameters
    ----------
    *rows : dict
        Fields that differ from a plain count of high-tech enterprises at the end of 2022.
        ``report_id`` defaults to the area with ``-2022`` after it.

    Returns
    -------
    DataFrame
        Columns ``OBSERVATION_COLUMNS``.

    Examples
    --------
    >>> table = observation_table(dict(area="甲市", value=12))
    >>> table[["report_id", "indicator", "value"]].values.tolist()
    [['甲市-2022', 'high_tech_enterprises', 12.0]]
    """
    complete = [
        _DEFAULTS | {"report_id": f"{row.get('area', '')}-2022", "start": 100 * number} | row
        for number, row in enumerate(rows)
    ]
    for row in complete:
        row["end"] = row["end"] or row["start"] + max(1, len(row["raw"]))
    table = pd.DataFrame(complete, columns=list(OBSERVATION_COLUMNS))
    return table.astype({column: _DTYPES.get(column, "str") for column in OBSERVATION_COLUMNS})
