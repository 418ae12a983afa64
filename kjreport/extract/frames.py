"""Readings as tables: one row an observation, one row a residual."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

import pandas as pd

from kjreport.extract.reading import Observed, Reading
from kjreport.load import Document
from kjreport.schema import OBSERVATION_COLUMNS, RESIDUAL_COLUMNS

_DTYPES: Final[dict[str, Any]] = {
    "value": "float64",
    "value_max": "float64",
    "confidence": "float64",
    "start": "int64",
    "end": "int64",
    "page": "Int64",
}


def observation_frame(readings: Iterable[Reading]) -> pd.DataFrame:
    """Return the observation table of some readings."""
    rows = [row for reading in readings for row in _observation_rows(reading)]
    return _table(rows, OBSERVATION_COLUMNS)


def residual_frame(readings: Iterable[Reading]) -> pd.DataFrame:
    """Return the residual table of some readings."""
    rows = [row for reading in readings for row in _residual_rows(reading)]
    return _table(rows, RESIDUAL_COLUMNS)


def _table(rows: list[tuple[Any, ...]], columns: tuple[str, ...]) -> pd.DataFrame:
    values = zip(*rows, strict=True) if rows else ([] for _ in columns)
    columns_by_name: dict[str, Any] = {}
    for name, cells in zip(columns, values, strict=True):
        # Arrays have no index that the frame would have to align.
        columns_by_name[name] = pd.array(list(cells), dtype=_DTYPES.get(name, "str"))
    return pd.DataFrame(columns_by_name)


def _observation_rows(reading: Reading) -> list[tuple[Any, ...]]:
    document, span = reading.document, reading.repaired.span
    text, origin = document.text, document.origin
    page = _pages(document)
    sentences: dict[int, str] = {}
    rows = []
    for observed in sorted(reading.observed, key=_place):
        attached, quantity = observed.attached, observed.attached.quantity
        start, end = span(quantity.start, quantity.end)
        sentence = observed.sentence
        if sentence.start not in sentences:
            first, last = span(sentence.start, sentence.end)
            sentences[sentence.start] = text[first:last].strip()
        token = attached.token
        rows.append(
            (
                document.report_id,
                attached.indicator,
                attached.measure,
                attached.scenario,
                attached.level,
                attached.period,
                quantity.value,
                quantity.value_max,
                quantity.unit,
                quantity.qualifier,
                "masked" if quantity.masked else "reported",
                attached.scope,
                start,
                end,
                text[start:end],
                token.term.word if token is not None else "",
                sentences[sentence.start],
                observed.section.title,
                page(start),
                origin.area,
                origin.file,
                observed.confidence,
            )
        )
    return rows


def _place(observed: Observed) -> tuple[int, int]:
    return observed.attached.quantity.start, observed.attached.quantity.end


def _residual_rows(reading: Reading) -> list[tuple[Any, ...]]:
    document, span = reading.document, reading.repaired.span
    text, origin = document.text, document.origin
    page = _pages(document)
    starts = [reading.repaired.origin(section.start) for section in reading.sections]
    unread = [(*span(u.start, u.end), u.reason) for u in reading.unread]
    unread += [(*place, "page number") for place in _page_numbers(reading)]
    rows = []
    for start, end, reason in sorted(unread):
        section = reading.sections[max(0, bisect_right(starts, start) - 1)]
        rows.append(
            (
                document.report_id,
                start,
                end,
                text[start:end],
                reason,
                _line(text, start, end),
                section.title,
                page(start),
                origin.area,
                origin.file,
            )
        )
    return rows


def _page_numbers(reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield the page numbers that the repair left out, but for those within a number."""
    span = reading.repaired.span
    quantities = [observed.attached.quantity for observed in reading.observed]
    spans = [span(q.start, q.end) for q in quantities]
    spans += [span(u.start, u.end) for u in reading.unread]
    for start, end in reading.repaired.pages:
        if not any(first < end and start < last for first, last in spans):
            yield start, end


def _line(text: str, start: int, end: int) -> str:
    first = max(text.rfind("\n", 0, start), text.rfind("。", 0, start)) + 1
    stops = [s for s in (text.find("\n", end), text.find("。", end)) if s >= 0]
    return text[first : min(stops, default=len(text))].strip()


def _pages(document: Document) -> Callable[[int], int | None]:
    """Return a lookup from an offset to its page, None everywhere without pages."""
    paged = [(block.start, block.page) for block in document.blocks if block.page is not None]
    if not paged:
        return lambda offset: None
    starts = [start for start, _ in paged]
    return lambda offset: paged[max(0, bisect_right(starts, offset) - 1)][1]
