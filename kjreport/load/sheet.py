"""Spreadsheets (.xlsx, .xls, .ods) and delimited text (.csv, .tsv)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from lxml import etree

from kjreport.load.composer import Cell, Composer, Draft
from kjreport.load.failure import LoadError
from kjreport.load.limits import Limits, check_time
from kjreport.load.number_format import display
from kjreport.load.ole import is_ole, stream_names
from kjreport.load.package import Package, is_package
from kjreport.load.registry import Content, Reader
from kjreport.load.text import decode, normal_newlines

_DEFAULT_NAME: Final = re.compile(r"(?:sheet|工作表)\s*\d*", re.IGNORECASE)
_CELL_TAG: Final = re.compile(rb"<(?:\w+:)?c[ >]")
_SHEET_PART: Final = re.compile(r"xl/worksheets/[^/]+\.xml")
_DELIMITERS: Final = {".csv": ",", ".tsv": "\t"}

_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


@dataclass(frozen=True, slots=True)
class _Sheet:
    name: str
    rows: list[list[Cell]]


def _compose(sheets: Sequence[_Sheet], limits: Limits, warnings: Sequence[str] = ()) -> Draft:
    composer = Composer(limits.characters)
    filled = [sheet for sheet in sheets if any(sheet.rows)]
    for sheet in filled:
        if len(filled) > 1 and not _DEFAULT_NAME.fullmatch(sheet.name):
            composer.paragraph(sheet.name, kind="heading", level=1)
        if all(cell.column == 0 for row in sheet.rows for cell in row):
            # One column is a list of paragraphs, not a table.
            for row in sheet.rows:
                composer.paragraph("".join(cell.text for cell in row))
            continue
        table = composer.new_table()
        for index, row in enumerate(sheet.rows):
            composer.row(row, table=table, row=index)
    return composer.draft(warnings=warnings)


def _read_xlsx(content: Content, limits: Limits) -> Draft:
    import openpyxl

    _check_cells(content, limits)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content.data), data_only=True)
    except Exception as error:
        # openpyxl raises whatever its parts stumble over: KeyError, ValueError, TypeError.
        raise LoadError("damaged", f"the workbook cannot be opened ({error})") from error
    sheets, hidden = [], []
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            hidden.append(f"the hidden sheet {sheet.title} was left out")
            continue
        spans = {
            (r.min_row, r.min_col): (r.max_row - r.min_row + 1, r.max_col - r.min_col + 1)
            for r in sheet.merged_cells.ranges
        }
        rows = []
        for row in sheet.iter_rows():
            check_time()
            rows.append(
                [
                    Cell(text, c.column - 1, *spans.get((c.row, c.column), (1, 1)))
                    for c in row
                    if (text := display(c.value, c.number_format))
                ]
            )
        sheets.append(_Sheet(sheet.title, rows))
    return _compose(sheets, limits, hidden)


def _check_cells(content: Content, limits: Limits) -> None:
    """Count cells before a library builds an object for each."""
    package = Package(content, limits)
    cells = sum(
        len(_CELL_TAG.findall(package.read(info.filename)))
        for info in package.members()
        if _SHEET_PART.fullmatch(info.filename)
    )
    if cells > limits.cells:
        raise _too_many_cells(limits)


def _too_many_cells(limits: Limits) -> LoadError:
    return LoadError("too large", f"it has more than {limits.cells} cells (Limits.cells)")


def _read_xls(content: Content, limits: Limits) -> Draft:
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content.data))
        sheets = []
        for name in book.sheet_names:
            check_time()
            values = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            rows = [
                [Cell(text, column) for column, v in enumerate(row) if (text := display(v))]
                for row in values
            ]
            sheets.append(_Sheet(name, rows))
    except python_calamine.CalamineError as error:
        raise LoadError("damaged", f"the workbook cannot be opened ({error})") from error
    warning = "an .xls file keeps percentages as fractions; check them or save it as .xlsx"
    return _compose(sheets, limits, (warning,))


def _read_ods(content: Content, limits: Limits) -> Draft:
    root = Package(content, limits).xml("content.xml")
    sheets = []
    cells = 0
    for table in root.iter(f"{_TABLE}table"):
        rows: list[list[Cell]] = []
        for row in table.iter(f"{_TABLE}table-row"):
            check_time()
            read = _ods_row(row)
            cells += len(read)
            if cells > limits.cells:
                raise _too_many_cells(limits)
            if read:
                rows.append(read)
        sheets.append(_Sheet(table.get(f"{_TABLE}name", ""), rows))
    return _compose(sheets, limits)


def _ods_row(row: etree._Element) -> list[Cell]:
    cells, column = [], 0
    for element in row:
        repeated = int(element.get(f"{_TABLE}number-columns-repeated", "1"))
        if element.tag == f"{_TABLE}table-cell":
            # ods keeps the displayed text beside the value.
            text = " ".join("".join(p.itertext()) for p in element.iter(f"{_TEXT}p"))
            if text.strip():
                spans = (
                    int(element.get(f"{_TABLE}number-rows-spanned", "1")),
                    int(element.get(f"{_TABLE}number-columns-spanned", "1")),
                )
                cells += [Cell(text, column + n, *spans) for n in range(min(repeated, 1000))]
        column += repeated
    return cells


def _read_delimited(content: Content, limits: Limits) -> Draft:
    text, warning = decode(content.data)
    lines = io.StringIO(normal_newlines(text))
    try:
        rows = list(csv.reader(lines, delimiter=_DELIMITERS[content.suffix]))
    except csv.Error as error:
        raise LoadError("damaged", f"the table cannot be parsed ({error})") from error
    if sum(map(len, rows)) > limits.cells:
        raise _too_many_cells(limits)
    sheet = _Sheet("", [_cells(row) for row in rows])
    return _compose([sheet], limits, (warning,) if warning else ())


def _cells(row: Iterable[str]) -> list[Cell]:
    return [Cell(text, column) for column, text in enumerate(row) if text.strip()]


def _accepts_xlsx(content: Content) -> bool:
    return is_package(content, "xl/worksheets/")


def _accepts_ods(content: Content) -> bool:
    return is_package(content, "application/vnd.oasis.opendocument.spreadsheet")


def _accepts_xls(content: Content) -> bool:
    return is_ole(content.data) and not {"Workbook", "Book"}.isdisjoint(stream_names(content.data))


def _accepts_delimited(content: Content) -> bool:
    return content.suffix in _DELIMITERS and b"\x00\x00" not in content.head


READERS: Final = (
    Reader("xlsx", _accepts_xlsx, _read_xlsx),
    Reader("ods", _accepts_ods, _read_ods),
    Reader("xls", _accepts_xls, _read_xls),
    Reader("delimited", _accepts_delimited, _read_delimited),
)
