"""The pass that turns documents into coded clauses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd

from kjreport.load import Document
from kjreport.stance.clauses import clauses
from kjreport.stance.instruments import counts, read_plan
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

_DTYPES = {
    column: {"start": "int64", "end": "int64", "confidence": "float64"}.get(column, "str")
    for column in STANCE_COLUMNS
}


def stance(reports: Iterable[Document]) -> pd.DataFrame:
    """Code the problems that reports name and the policy instruments that they plan.

    Parameters
    ----------
    reports : iterable of Document

    Returns
    -------
    DataFrame
        One row for each code of each clause, in the order of the reports, with the columns
        ``STANCE_COLUMNS``: ``kind`` is "problem" or "instrument"; ``quote`` is
        ``text[start:end]`` of the report; ``evidence`` the words that led to the code;
        ``section`` the title above the clause; ``confidence`` from 0 to 1 says how telling
        they are (0.9 a phrase that decides by itself, 0.5 a topic alone in a problems part).

    References
    ----------
    Codes and rules: the package's codebook of stance; instruments after R. Rothwell and
    W. Zegveld (1985), Reindustrialization and Technology.

    Examples
    --------
    >>> from kjreport.load import Document
    >>> lines = ["二、存在的问题", "一是领军人才短缺。", "三、下一步打算", "一是办好创新大赛。"]
    >>> report = Document.from_text(chr(10).join(lines))
    >>> stance([report])[["kind", "code", "quote"]].values.tolist()
    [['problem', 'talent', '领军人才短缺'], ['instrument', 'climate', '办好创新大赛']]
    """
    lexicon = Lexicon.default()
    rows = [row for document in reports for row in _rows(document, lexicon)]
    return pd.DataFrame(rows, columns=list(STANCE_COLUMNS)).astype(_DTYPES)


def stance_profile(coded: pd.DataFrame, *, by: str = "report_id") -> pd.DataFrame:
    """Summarise coded clauses as features: the share of each code among those of its kind.

    Parameters
    ----------
    coded : DataFrame
        From `stance`.
    by : {"report_id", "area"}, default="report_id"
        What a row stands for.

    Returns
    -------
    DataFrame of shape (n_reports, n_codes)
        The problems' columns sum to 1 where a report names any problem, the instruments' where
        it names any instrument, else to 0.

    Examples
    --------
    >>> coded = pd.DataFrame({"report_id": ["a", "a", "a"],
    ...     "kind": ["instrument"] * 3, "code": ["funding", "funding", "tax"]})
    >>> stance_profile(coded).loc["a", ["funding", "tax"]].round(2).tolist()
    [0.67, 0.33]
    """
    counts = pd.crosstab(coded[by], coded["code"])
    codes = Lexicon.default().codes.values()
    parts = []
    for kind in ("problem", "instrument"):
        own = counts.reindex(columns=[code.code for code in codes if code.kind == kind]).fillna(0)
        total = own.sum(axis=1)
        parts.append(own.div(total.where(total > 0, 1.0), axis=0))
    return pd.concat(parts, axis=1).rename_axis(columns=None)


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
        if placed.below_chapter and not counts(placed.clause.text):
            return "instrument", []
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
