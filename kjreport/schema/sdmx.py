"""The observation table as SDMX-CSV 2.0, and back."""

from __future__ import annotations

import re
from typing import Final

import pandas as pd

_STRUCTURE: Final = {
    "STRUCTURE": "dataflow",
    "STRUCTURE_ID": "KJREPORT:OBSERVATIONS(1.0)",
    "ACTION": "I",
}
# A report states a fact more than once, so that the place belongs to the key.
_DIMENSIONS: Final = {
    "report_id": "REPORT",
    "start": "START",
    "area": "REF_AREA",
    "indicator": "INDICATOR",
    "measure": "MEASURE",
    "scenario": "SCENARIO",
    "level": "LEVEL",
    "scope": "SCOPE",
    "period": "TIME_PERIOD",
}
_ATTRIBUTES: Final = {
    "unit": "UNIT_MEASURE",
    "qualifier": "QUALIFIER",
    "value_max": "VALUE_MAX",
    "end": "END",
    "raw": "RAW",
    "label": "LABEL",
    "sentence": "SENTENCE",
    "section": "SECTION",
    "page": "PAGE",
    "source": "SOURCE",
    "confidence": "CONFIDENCE",
}
_NOT_APPLICABLE: Final = "_Z"
_MASKED, _ESTIMATE, _NORMAL = "Q", "E", "A"

_HALF = re.compile(r"(\d{4})-H([12])")
_MONTHS = re.compile(r"(\d{4})-(\d\d)/(\d{4})-(\d\d)")
_YEARS = re.compile(r"(\d{4})/(\d{4})")
_SEMESTER = re.compile(r"(\d{4})-S([12])")
_RANGE = re.compile(r"(\d{4})-(\d\d)-01/P(\d+)([MY])")


def to_sdmx(observations: pd.DataFrame) -> pd.DataFrame:
    """Return an observation table with the columns of SDMX-CSV 2.0.

    Values stand in base units, so that there is no UNIT_MULT. ``OBS_STATUS`` is Q with an
    empty value for a masked number, E for an approximate one and A otherwise. Write the result
    with `kjreport.export.write_table`.

    Parameters
    ----------
    observations : DataFrame
        With all of ``OBSERVATION_COLUMNS``.

    Returns
    -------
    DataFrame

    Examples
    --------
    >>> to_sdmx_period("2022-H1"), to_sdmx_period("2022-01/2022-10")
    ('2022-S1', '2022-01-01/P10M')
    """
    masked = observations["status"] == "masked"
    approximate = observations["qualifier"] == "approx"
    status = pd.Series(_NORMAL, index=observations.index, dtype="str")
    status = status.mask(approximate, _ESTIMATE).mask(masked, _MASKED)
    table = observations.assign(
        level=observations["level"].replace("", _NOT_APPLICABLE),
        period=observations["period"].map(to_sdmx_period),
        **_STRUCTURE,
        OBS_VALUE=observations["value"],
        OBS_STATUS=status,
    ).rename(columns=_DIMENSIONS | _ATTRIBUTES)
    columns = [*_STRUCTURE, *_DIMENSIONS.values(), "OBS_VALUE", "OBS_STATUS"]
    return table[[*columns, *_ATTRIBUTES.values()]]


def from_sdmx(table: pd.DataFrame) -> pd.DataFrame:
    """Return the observation table that `to_sdmx` was given, its columns in SDMX's order."""
    names = {new: old for old, new in (_DIMENSIONS | _ATTRIBUTES).items()}
    masked = table["OBS_STATUS"] == _MASKED
    status = pd.Series("reported", index=table.index, dtype="str").mask(masked, "masked")
    return table.assign(
        LEVEL=table["LEVEL"].replace(_NOT_APPLICABLE, ""),
        TIME_PERIOD=table["TIME_PERIOD"].map(from_sdmx_period),
        value=table["OBS_VALUE"],
        status=status,
    ).rename(columns=names)[[*_DIMENSIONS, "value", "status", *_ATTRIBUTES]]


def to_sdmx_period(period: str) -> str:
    """Return a period of the codebook in SDMX's notation."""
    if half := _HALF.fullmatch(period):
        return f"{half[1]}-S{half[2]}"
    if months := _MONTHS.fullmatch(period):
        first_year, first, last_year, last = (int(part) for part in months.groups())
        length = 12 * (last_year - first_year) + last - first + 1
        return f"{months[1]}-{months[2]}-01/P{length}M"
    if years := _YEARS.fullmatch(period):
        return f"{years[1]}-01-01/P{int(years[2]) - int(years[1]) + 1}Y"
    return period


def from_sdmx_period(period: str) -> str:
    """Return what `to_sdmx_period` was given.

    Examples
    --------
    >>> from_sdmx_period("2021-01-01/P5Y"), from_sdmx_period("2022-11-01/P3M")
    ('2021/2025', '2022-11/2023-01')
    """
    if semester := _SEMESTER.fullmatch(period):
        return f"{semester[1]}-H{semester[2]}"
    if span := _RANGE.fullmatch(period):
        year, month, length = int(span[1]), int(span[2]), int(span[3])
        if span[4] == "Y":
            return f"{year:04d}/{year + length - 1:04d}"
        last = 12 * year + month - 1 + length - 1
        return f"{year:04d}-{month:02d}/{last // 12:04d}-{last % 12 + 1:02d}"
    return period
