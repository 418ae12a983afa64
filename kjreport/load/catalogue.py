"""The list of a folder's reports, ``reports.csv``: what is known of each file."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kjreport.errors import KjreportError
from kjreport.load.text import decode

CATALOGUE_NAME: Final = "reports.csv"
CATALOGUE_COLUMNS: Final = ("file", "report_id", "area", "year", "title", "source_url")
_YEAR: Final = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a catalogue; empty fields are left to the loader."""

    file: str
    report_id: str = ""
    area: str = ""
    year: int | None = None
    title: str = ""
    url: str = ""


def read_catalogue(path: Path) -> dict[str, Entry]:
    """Return the rows of a catalogue by the file they name.

    Parameters
    ----------
    path : Path
        A CSV file with the column ``file`` and any of `CATALOGUE_COLUMNS`.

    Raises
    ------
    KjreportError
        Where the table has no column ``file``, a year is no year, or a file or
        report_id stands twice.
    """
    try:
        text, _ = decode(path.read_bytes())
    except OSError as error:
        raise KjreportError(f"{path}: cannot be read ({error.strerror})") from error
    table = csv.DictReader(io.StringIO(text, newline=""))
    if "file" not in (table.fieldnames or ()):
        raise KjreportError(
            f"{path}: expected a column 'file', found {table.fieldnames}; add the header row"
        )
    entries: dict[str, Entry] = {}
    ids: dict[str, str] = {}
    for number, row in enumerate(table, 2):
        entry = _entry(path, number, {k: (v or "").strip() for k, v in row.items() if k})
        if not entry.file:
            continue
        if entry.file in entries:
            raise KjreportError(f"{path}, row {number}: {entry.file!r} is listed twice")
        if entry.report_id in ids:
            raise KjreportError(
                f"{path}, row {number}: report_id {entry.report_id!r} is also that of "
                f"{ids[entry.report_id]!r}; make it unique"
            )
        if entry.report_id:
            ids[entry.report_id] = entry.file
        entries[entry.file] = entry
    return entries


def _entry(path: Path, number: int, row: dict[str, str]) -> Entry:
    year = row.get("year", "")
    if year and not _YEAR.fullmatch(year):
        raise KjreportError(
            f"{path}, row {number}: year {year!r} is no year of four digits; correct or empty it"
        )
    return Entry(
        file=row.get("file", ""),
        report_id=row.get("report_id", ""),
        area=row.get("area", ""),
        year=int(year) if year else None,
        title=row.get("title", ""),
        url=row.get("source_url", ""),
    )
