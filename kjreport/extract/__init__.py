"""From documents to observations, and to the residuals that became none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from kjreport.extract.frames import observation_frame, residual_frame
from kjreport.extract.lexicon import lexicon
from kjreport.extract.reading import read
from kjreport.extract.shares import emphasis
from kjreport.load import Document
from kjreport.schema import Schema

__all__ = ["Extraction", "emphasis", "extract", "observe", "residuals"]


@dataclass(frozen=True)
class Extraction:
    """What some reports say in numbers.

    Attributes
    ----------
    observations : DataFrame
        One row an observation; columns as in ``kjreport.schema.OBSERVATION_COLUMNS``.
    residuals : DataFrame
        Every other number of the reports, with the reason why it is no observation.
    """

    observations: pd.DataFrame
    residuals: pd.DataFrame


def extract(reports: Iterable[Document], *, schema: Schema | None = None) -> Extraction:
    """Read every number of some reports.

    Parameters
    ----------
    reports : iterable of Document
    schema : Schema, optional
        The package's own by default.

    Examples
    --------
    >>> from kjreport.load import Document
    >>> report = Document.from_text("2022年新增众创空间2家。", report_id="demo", year=2022)
    >>> found = extract([report])
    >>> found.observations[["indicator", "measure", "period", "value"]].to_records(index=False)
    rec.array([('makerspaces', 'flow', '2022', 2.)], ...)
    >>> list(found.residuals["reason"])
    ['date']
    """
    words = lexicon(schema or Schema.default())
    readings = [read(document, words) for document in reports]
    return Extraction(observation_frame(readings), residual_frame(readings))


def observe(reports: Iterable[Document], *, schema: Schema | None = None) -> pd.DataFrame:
    """Return the observation table of some reports; see `extract`."""
    words = lexicon(schema or Schema.default())
    return observation_frame(read(document, words) for document in reports)


def residuals(reports: Iterable[Document], *, schema: Schema | None = None) -> pd.DataFrame:
    """Return the table of numbers that became no observation; see `extract`."""
    return extract(reports, schema=schema).residuals
