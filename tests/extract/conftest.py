"""Short texts in, the fields that a test asks about out."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from kjreport.extract import observe
from kjreport.load import Document

Reader = Callable[..., list[Any]]


@pytest.fixture
def told() -> Reader:
    """Read a text and return the given fields of its observations, in order of place.

    One field gives plain values, several give tuples; an empty number is None.
    """

    def read(text: str, *fields: str, area: str = "", year: int | None = 2022) -> list[Any]:
        document = Document.from_text(text, report_id="demo", area=area, year=year)
        frame = observe([document])[list(fields)].astype("object")
        frame = frame.where(pd.notna(frame), None)
        rows = [tuple(row) for row in frame.itertuples(index=False)]
        return [row[0] for row in rows] if len(fields) == 1 else rows

    return read
