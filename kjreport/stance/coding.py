"""The pass that turns documents into coded clauses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd

from kjreport.load import Document
from kjreport.stance.clauses import clauses
from kjreport.stance.instruments import read_plan
from kjreport.stance.lexicon import Kind, Lexicon
from kjreport.stance.parts import Placed, place
from kjreport.stance.problems import Reading, read_complaint, read_plain_problem

STANCE_COLUMNS = (
    "report_id",
    "kind",
    "code",
    "start",
    "end",
    "quote",
    "evidence",
    "section",
    "area",
    "confidence",
)


def stance(reports: Iterable[Document]) -> pd.DataFrame:
    rows = [row for document in reports for row in _rows(document, Lexicon.default())]
    return pd.DataFrame(rows, columns=list(STANCE_COLUMNS))


def _rows(document: Document, lexicon: Lexicon) -> Iterator[tuple[object, ...]]:
    for placed in place(document, clauses(document.text), lexicon):
        kind, readings = read(placed, lexicon)
        for start, end, reading in runs(readings):
            yield (
                document.report_id,
                kind,
                reading.code,
                start,
                end,
                document.text[start:end],
                " ".join(reading.evidence),
                placed.section,
                document.origin.area,
                reading.confidence,
            )


def read(placed: Placed, lexicon: Lexicon) -> tuple[Kind, list[Reading]]:
    """Code one clause by the part of the report it stands in."""
    if placed.is_heading:
        return "problem", []
    if placed.part == "problems":
        return "problem", read_complaint(placed.clause, lexicon)
    if placed.part == "plan":
        return "instrument", read_plan(placed.clause, lexicon)
    return "problem", read_plain_problem(placed.clause, lexicon)


def runs(readings: Iterable[Reading]) -> Iterator[tuple[int, int, Reading]]:
    """Join neighbouring segments of one code: one clause, one record a code."""
    open_runs: list[tuple[int, int, Reading]] = []
    for reading in readings:
        segment = reading.segment
        if open_runs and all(run[2].code != reading.code for run in open_runs):
            if open_runs[-1][2].segment != segment:
                yield from open_runs
                open_runs = []
            open_runs.append((segment.start, segment.end, reading))
        elif open_runs:
            open_runs = [
                (a, segment.end, r) if r.code == reading.code else (a, b, r)
                for a, b, r in open_runs
            ]
        else:
            open_runs = [(segment.start, segment.end, reading)]
    yield from open_runs
