"""Checks of an observation table: all failing rows, never only the first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

import pandas as pd

from kjreport.schema.columns import CODEBOOK_COLUMNS
from kjreport.schema.dictionary import Schema

FAILING_COLUMNS = ("row", "column", "found", "expected", "message")

_NUMBERS = ("value", "value_max", "start", "end", "confidence")
_OPTIONAL_NUMBERS = ("value", "value_max", "confidence")
_PERIOD = (
    r"\d{4}(?:-H[12]|-Q[1-4]|-(?:0[1-9]|1[0-2]))?"
    r"|\d{4}-(?:0[1-9]|1[0-2])/\d{4}-(?:0[1-9]|1[0-2])"
    r"|\d{4}/\d{4}"
)


@dataclass(frozen=True)
class _Finding:
    failing: pd.Series[bool]
    column: str
    expected: str | pd.Series[str]
    message: str


@dataclass(frozen=True)
class _Table:
    """The frame as text, and its numeric columns as numbers; absent columns left out."""

    text: pd.DataFrame
    number: pd.DataFrame

    @classmethod
    def of(cls, frame: pd.DataFrame) -> _Table:
        known = [name for name in (*CODEBOOK_COLUMNS, "confidence") if name in frame.columns]
        text = frame[known].astype("object").where(frame[known].notna(), "").astype("str")
        numbers = text[[name for name in _NUMBERS if name in known]]
        return cls(text, numbers.apply(pd.to_numeric, errors="coerce").astype("float64"))

    def has(self, *columns: str) -> bool:
        return all(column in self.text.columns for column in columns)


_Check: TypeAlias = Callable[[_Table, Schema], Iterator[_Finding]]


def validate(frame: pd.DataFrame, schema: Schema | None = None) -> pd.DataFrame:
    """Return every cell of an observation table that breaks the codebook.

    Parameters
    ----------
    frame : DataFrame
        An observation table; numbers may also stand as text, as in a CSV file read with
        ``dtype=str``. Columns beyond the codebook's are not looked at, but ``confidence``.
    schema : Schema, optional
        The codes to allow; the package's own by default.

    Returns
    -------
    DataFrame
        One line a failing cell: ``row`` (its label in the index of `frame`; missing for a
        column that is absent), ``column``, ``found``, ``expected`` and ``message``. Empty
        where the table is sound.

    Examples
    --------
    >>> import pandas as pd
    >>> from kjreport.schema import CODEBOOK_COLUMNS, validate
    >>> row = dict.fromkeys(CODEBOOK_COLUMNS, "") | {
    ...     "report_id": "demo", "indicator": "makerspaces", "measure": "flow",
    ...     "scenario": "actual", "period": "2022", "value": 2, "unit": "count",
    ...     "qualifier": "exact", "status": "masked", "scope": "district", "start": 5, "end": 7}
    >>> failing = validate(pd.DataFrame([row]))
    >>> failing[["row", "column", "found", "expected"]].values.tolist()
    [[0, 'value', '2', 'nothing']]
    """
    schema = schema or Schema.default()
    table = _Table.of(frame)
    lines: list[dict[str, object]] = [
        {
            "row": None,
            "column": column,
            "found": "",
            "expected": "the column",
            "message": f"the table has no column {column}",
        }
        for column in CODEBOOK_COLUMNS
        if column not in frame.columns
    ]
    for check in _CHECKS:
        for finding in check(table, schema):
            lines.extend(_lines(finding, table.text))
    return pd.DataFrame(lines, columns=list(FAILING_COLUMNS))


def _lines(finding: _Finding, text: pd.DataFrame) -> Iterator[dict[str, object]]:
    failing = finding.failing.to_numpy()
    expected = finding.expected
    told = [expected] * int(failing.sum()) if isinstance(expected, str) else expected[failing]
    found = text[finding.column][failing]
    for row, value, wanted in zip(text.index[failing], found, told, strict=True):
        yield {
            "row": row,
            "column": finding.column,
            "found": value,
            "expected": wanted,
            "message": finding.message,
        }


def _codes_known(table: _Table, schema: Schema) -> Iterator[_Finding]:
    for column, codes in schema.codes().items():
        if table.has(column):
            allowed = ("", *codes) if column == "level" else codes
            failing = ~table.text[column].isin(allowed)
            expected = ", ".join(codes) if len(codes) < 12 else "a code of `kjreport schema`"
            yield _Finding(failing, column, expected, f"unknown code in {column}")


def _report_named(table: _Table, _: Schema) -> Iterator[_Finding]:
    if table.has("report_id"):
        failing = table.text["report_id"].str.strip() == ""
        yield _Finding(failing, "report_id", "the report's name", "no report is named")


def _numbers_are_numbers(table: _Table, _: Schema) -> Iterator[_Finding]:
    for column in table.number.columns:
        failing = table.number[column].isna()
        if column in _OPTIONAL_NUMBERS:
            failing &= table.text[column] != ""
        yield _Finding(failing, column, "a number", f"{column} is not a number")


def _spans_run_forward(table: _Table, _: Schema) -> Iterator[_Finding]:
    if table.has("start", "end"):
        start, end = table.number["start"], table.number["end"]
        for column, offset in (("start", start), ("end", end)):
            broken = (offset < 0) | (offset % 1 != 0)
            failing = offset.notna() & broken
            yield _Finding(failing, column, "a whole number from 0", "no character offset")
        expected = "more than " + table.text["start"]
        yield _Finding(end <= start, "end", expected, "the span ends before it starts")


def _confidence_is_a_share(table: _Table, _: Schema) -> Iterator[_Finding]:
    if table.has("confidence"):
        confidence = table.number["confidence"]
        failing = confidence.notna() & ~confidence.between(0, 1)
        yield _Finding(failing, "confidence", "0 to 1", "confidence lies outside 0 to 1")


def _periods_are_periods(table: _Table, _: Schema) -> Iterator[_Finding]:
    if table.has("period"):
        period = table.text["period"]
        bounds = period.str.split("/")
        backward = period.str.contains("/") & (bounds.str[0] >= bounds.str[-1])
        failing = (period != "") & (~period.str.fullmatch(_PERIOD) | backward)
        expected = "2022, 2022-H1, 2022-Q3, 2022-06, 2022-01/2022-10, 2021/2025 or nothing"
        yield _Finding(failing, "period", expected, "no period of the codebook")


def _status_agrees_with_value(table: _Table, _: Schema) -> Iterator[_Finding]:
    if table.has("status", "value", "value_max"):
        masked = table.text["status"] == "masked"
        for column in ("value", "value_max"):
            failing = masked & (table.text[column] != "")
            yield _Finding(failing, column, "nothing", "a masked number has no value")
        failing = (table.text["status"] == "reported") & (table.text["value"] == "")
        yield _Finding(failing, "value", "a number", "a reported number has a value")


def _ranges_have_two_ends(table: _Table, _: Schema) -> Iterator[_Finding]:
    if table.has("qualifier", "status", "value", "value_max"):
        value, value_max = table.number["value"], table.number["value_max"]
        ranged = table.text["qualifier"] == "range"
        reported = table.text["status"] == "reported"
        expected = table.text["value"] + " or more"
        yield _Finding(value_max < value, "value_max", expected, "the range runs backward")
        failing = ranged & reported & (table.text["value_max"] == "")
        yield _Finding(failing, "value_max", "the upper end", "a range has an upper end")
        failing = ~ranged & value_max.notna()
        yield _Finding(failing, "qualifier", "range", "only a range has an upper end")


def _unit_fits_measure(table: _Table, schema: Schema) -> Iterator[_Finding]:
    if not table.has("indicator", "measure", "unit"):
        return
    keys = table.text["indicator"] + " " + table.text["measure"]
    allowed = {
        f"{indicator.code} {measure.code}": indicator.units_of(measure)
        for indicator in schema.indicators.values()
        for measure in schema.measures.values()
    }
    # A number without indicator (`other`) has no unit to be held to.
    units = keys.map(allowed)
    judged = units.notna()
    fits = [
        not known or unit in of
        for unit, of, known in zip(table.text["unit"], units, judged, strict=True)
    ]
    failing = ~pd.Series(fits, index=keys.index, dtype="bool")
    expected = units.map(" or ".join, na_action="ignore")
    yield _Finding(failing, "unit", expected, "the unit does not fit indicator and measure")


_CHECKS: tuple[_Check, ...] = (
    _codes_known,
    _report_named,
    _numbers_are_numbers,
    _spans_run_forward,
    _confidence_is_a_share,
    _periods_are_periods,
    _status_agrees_with_value,
    _ranges_have_two_ends,
    _unit_fits_measure,
)
