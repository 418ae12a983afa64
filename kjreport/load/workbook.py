"""Excel workbooks (.xlsx): the text that each cell displays."""

from __future__ import annotations

import datetime as dt
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from kjreport.load.composer import Cell
from kjreport.load.failure import LoadError
from kjreport.load.limits import Limits, check_time
from kjreport.load.number_format import display
from kjreport.load.package import Package
from kjreport.vocabulary import vocabulary

_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT: Final = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_RELATION: Final = re.compile(r"\}id$")
_REFERENCE: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_WORDS: Final = vocabulary(__file__)
_FULL_DATE, _YEAR_AND_MONTH = _WORDS.words("date_formats")
# Formats that files name by number only; those of Chinese Excel from 27 on.
_BUILTIN_FORMATS: Final = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    37: "#,##0",
    38: "#,##0",
    39: "#,##0.00",
    40: "#,##0.00",
    **dict.fromkeys((14, 15, 16, 30, 34), "yyyy-mm-dd"),
    **dict.fromkeys((22,), "yyyy-mm-dd hh:mm"),
    **dict.fromkeys((28, 29, 31, 51, 53, 54, 58), _FULL_DATE),
    **dict.fromkeys((17, 27, 36, 50, 52, 57), _YEAR_AND_MONTH),
}
_LITERAL: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')
_DATE_LETTERS: Final = _WORDS.pattern("date_letters")
_EPOCH: Final = dt.datetime(1899, 12, 30)
_EPOCH_1904: Final = dt.datetime(1904, 1, 1)
_LATEST_SERIAL: Final = 2_958_465


@dataclass(frozen=True, slots=True)
class SheetRows:
    """A sheet by name and its rows of filled cells, empty rows included."""

    name: str
    rows: list[list[Cell]]


@dataclass
class Workbook:
    """The visible sheets of a workbook.

    Parameters
    ----------
    package : Package
    limits : Limits

    Attributes
    ----------
    hidden : list of str
        Names of the sheets that Excel does not show, which are left out.
    """

    package: Package
    limits: Limits
    hidden: list[str] = field(default_factory=list)
    _strings: list[str] = field(default_factory=list)
    _formats: list[str] = field(default_factory=list)
    _epoch: dt.datetime = _EPOCH
    _cells: int = 0

    def sheets(self) -> Iterator[SheetRows]:
        """Yield the visible sheets in their order."""
        root = self.package.xml("xl/workbook.xml")
        if any(_truth(pr.get("date1904")) for pr in _named(root, "workbookPr")):
            self._epoch = _EPOCH_1904
        if "xl/sharedStrings.xml" in self.package:
            strings = self.package.xml("xl/sharedStrings.xml")
            self._strings = [_string(item) for item in _named(strings, "si")]
        if "xl/styles.xml" in self.package:
            self._formats = _formats(self.package.xml("xl/styles.xml"))
        targets = _targets(self.package)
        for sheet in _named(root, "sheet"):
            name = sheet.get("name", "")
            if sheet.get("state", "visible") != "visible":
                self.hidden.append(name)
                continue
            relation = next((v for k, v in sheet.items() if _RELATION.search(k)), "")
            if relation in targets:
                yield SheetRows(name, self._rows(self.package.xml(targets[relation])))

    def _rows(self, root: etree._Element) -> list[list[Cell]]:
        spans = dict(_merges(root))
        rows: dict[int, list[Cell]] = {}
        row = -1
        for element in _named(root, "row"):
            check_time()
            row = int(element.get("r", row + 2)) - 1
            column = -1
            for cell in element:
                column = _column(cell.get("r"), column + 1)
                if text := self._text(cell):
                    rows.setdefault(row, []).append(
                        Cell(text, column, *spans.get((row, column), (1, 1)))
                    )
            self._cells += len(element)
            if self._cells > self.limits.cells:
                raise LoadError(
                    "too large", f"it has more than {self.limits.cells} cells (Limits.cells)"
                )
        return [rows[number] for number in sorted(rows)]

    def _text(self, cell: etree._Element) -> str:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return _string(cell)
        value = next((v.text or "" for v in _named(cell, "v")), "")
        if kind == "s":
            return self._strings[int(value)] if value.isdigit() else ""
        if kind == "b":
            return display(value == "1")
        if kind != "n" or not value:
            return value
        style = int(cell.get("s", "0"))
        code = self._formats[style] if style < len(self._formats) else "General"
        return display(self._value(float(value), code), code)

    def _value(self, number: float, code: str) -> float | dt.datetime:
        if 0 < number < _LATEST_SERIAL and _DATE_LETTERS.search(_LITERAL.sub("", code)):
            return self._epoch + dt.timedelta(seconds=round(number * 86_400))
        return number


def _formats(root: etree._Element) -> list[str]:
    """Return the number format of each cell style."""
    own = {int(f.get("numFmtId", "0")): f.get("formatCode", "") for f in _named(root, "numFmt")}
    styles = next(_named(root, "cellXfs"), ())
    numbers = [int(style.get("numFmtId", "0")) for style in styles]
    return [own.get(number) or _BUILTIN_FORMATS.get(number, "General") for number in numbers]


def _targets(package: Package) -> dict[str, str]:
    """Return the part of each relation of the workbook."""
    relations = package.xml("xl/_rels/workbook.xml.rels")
    return {
        relation.get("Id", ""): posixpath.normpath(
            posixpath.join("xl", relation.get("Target", ""))
        ).lstrip("/")
        for relation in relations
    }


def _merges(root: etree._Element) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    for merge in _named(root, "mergeCell"):
        places = _REFERENCE.findall(merge.get("ref", ""))
        if len(places) == 2:
            (left, top), (right, bottom) = places
            first = int(top) - 1, _letters(left)
            yield first, (int(bottom) - first[0], _letters(right) - first[1] + 1)


def _string(item: etree._Element) -> str:
    """Return a rich string without the readings that stand above Japanese text."""
    return "".join(
        t.text or "" for t in _named(item, "t") if etree.QName(t.getparent()).localname != "rPh"
    )


def _named(root: etree._Element, name: str) -> Iterator[etree._Element]:
    yield from root.iter(f"{_MAIN}{name}", f"{_STRICT}{name}")


def _column(reference: str | None, default: int) -> int:
    match = _REFERENCE.fullmatch(reference or "")
    return _letters(match[1]) if match else default


def _letters(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _truth(value: str | None) -> bool:
    return value in ("1", "true", "on")
