"""Spreadsheets (.xlsx, .xls, .ods) and delimited text (.csv, .tsv)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from lxml import etree

from kjreport.load.composer import Cell, Composer, Draft
from kjreport.load.failure import LoadError
from kjreport.load.limits import Limits, check_time
from kjreport.load.number_format import display
from kjreport.load.ole import is_ole, stream_names
from kjreport.load.package import Package, check_markup, is_package
from kjreport.load.registry import Content, Reader
from kjreport.load.text import decode, normal_newlines
from kjreport.load.workbook import SheetRows, Workbook
from kjreport.vocabulary import vocabulary

_WORDS: Final = vocabulary(__file__)
_DEFAULT_NAME: Final = _WORDS.pattern("default_name", re.IGNORECASE)
_DELIMITERS: Final = {".csv": ",", ".tsv": "\t"}

_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def _compose(sheets: Sequence[SheetRows], limits: Limits, warnings: Sequence[str] = ()) -> Draft:
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
    book = Workbook(Package(content, limits), limits)
    sheets = list(book.sheets())
    return _compose(
        sheets, limits, [f"the hidden sheet {name} is left out" for name in book.hidden]
    )


def _too_many_cells(limits: Limits) -> LoadError:
    return LoadError("too large", f"it has more than {limits.cells} cells (Limits.cells)")


def _read_xls(content: Content, limits: Limits) -> Draft:
    import xlrd

    # xlrd builds its objects for a whole sheet before cells can be counted.
    check_markup(len(content.data), limits)
    try:
        book = xlrd.open_workbook(
            file_contents=content.data, formatting_info=True, on_demand=True, logfile=io.StringIO()
        )
        sheets, hidden, cells = [], [], 0
        for sheet in book.sheets():
            check_time()
            if sheet.visibility:
                hidden.append(f"the hidden sheet {sheet.name} is left out")
                continue
            cells += sheet.nrows * sheet.ncols
            if cells > limits.cells:
                raise _too_many_cells(limits)
            sheets.append(SheetRows(sheet.name, _xls_rows(book, sheet)))
    except (xlrd.XLRDError, xlrd.compdoc.CompDocError) as error:
        if "encrypted" in str(error):
            raise LoadError("encrypted", "the workbook needs a password") from error
        raise LoadError("damaged", f"the workbook cannot be opened ({error})") from error
    return _compose(sheets, limits, hidden)


def _xls_rows(book: Any, sheet: Any) -> list[list[Cell]]:
    spans = {
        (top, left): (bottom - top, right - left) for top, bottom, left, right in sheet.merged_cells
    }
    rows = []
    for row in range(sheet.nrows):
        texts = ((column, _xls_text(book, cell)) for column, cell in enumerate(sheet.row(row)))
        rows.append([Cell(t, c, *spans.get((row, c), (1, 1))) for c, t in texts if t])
    return rows


def _xls_text(book: Any, cell: Any) -> str:
    import xlrd

    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK, xlrd.XL_CELL_ERROR):
        return ""
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return display(bool(cell.value))
    code = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
    if cell.ctype == xlrd.XL_CELL_DATE and cell.value >= 1:
        return display(xlrd.xldate_as_datetime(cell.value, book.datemode), code)
    return display(cell.value, code)


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
        sheets.append(SheetRows(table.get(f"{_TABLE}name", ""), rows))
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
    sheet = SheetRows("", [_cells(row) for row in rows])
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
