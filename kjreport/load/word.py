"""Word documents (.docx): body, tables, notes and text boxes as they are printed."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from lxml import etree

from kjreport.load.composer import Cell, Composer, Draft
from kjreport.load.limits import Limits, check_time
from kjreport.load.package import Package, is_package
from kjreport.load.registry import Content, Reader, find_reader
from kjreport.load.word_numbering import Numbering, W
from kjreport.vocabulary import vocabulary

_MATH: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_COMPATIBILITY: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_RELATIONS: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_OFFICE_DOCUMENT: Final = "/officeDocument"
_WORDS: Final = vocabulary(__file__)
_HEADING_STYLE: Final = _WORDS.pattern("heading_style", re.IGNORECASE)
_CONTENTS_STYLE: Final = _WORDS.pattern("contents_style", re.IGNORECASE)
_MARGIN_PART: Final = re.compile(r"word/(?:header|footer)\d*\.xml")

_PARAGRAPH, _TABLE, _EMBEDDED = f"{W}p", f"{W}tbl", f"{W}altChunk"
_TEXT: Final = {f"{W}t", f"{_MATH}t"}
_CHARACTERS: Final = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
}
# Not printed: deletions, the origin of moves, properties, ruby above its base,
# and the fallback drawing beside the one that is shown.
_UNPRINTED: Final = {
    f"{W}del",
    f"{W}moveFrom",
    f"{W}pPr",
    f"{W}rPr",
    f"{W}sdtPr",
    f"{W}rt",
    f"{_COMPATIBILITY}Fallback",
}
_NOTE_REFERENCES: Final = {f"{W}footnoteReference": "foot", f"{W}endnoteReference": "end"}


@dataclass(frozen=True, slots=True)
class _Style:
    name: str = ""
    outline: int | None = None
    number_id: str = ""
    depth: int = 0


@dataclass
class _Printed:
    """What a paragraph prints, and what hangs on it."""

    text: str = ""
    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)


class _WordReader:
    def __init__(self, package: Package, limits: Limits) -> None:
        self.package = package
        self.limits = limits
        self.composer = Composer(limits.characters)
        self.main = _main_part(package)
        folder = posixpath.dirname(self.main)
        self.folder = folder
        self.styles = _Styles(_part(package, f"{folder}/styles.xml"))
        self.notes: list[tuple[str, str]] = []
        # Text of a paragraph whose mark was deleted runs on into the next.
        self.carried = ""

    @cached_property
    def numbering(self) -> Numbering:
        """The lists of the document; most reports have none, so it is read late."""
        return Numbering(_part(self.package, f"{self.folder}/numbering.xml"))

    def read(self) -> Draft:
        body = self.package.xml(self.main).find(f"{W}body")
        if body is not None:
            self.blocks(body)
        self.footnotes()
        return self.composer.draft(margins=self.margins())

    def blocks(self, parent: etree._Element, kind: str = "paragraph") -> None:
        for element in _block_children(parent):
            check_time()
            if element.tag == _PARAGRAPH:
                self.paragraph(element, kind)
            elif element.tag == _TABLE:
                self.table(element)
            else:
                self.embedded(element)

    def paragraph(self, element: etree._Element, kind: str) -> None:
        printed = _printed(element)
        style, number_id, depth, outline = self.properties(element)
        if _CONTENTS_STYLE.match(style.name):
            return
        text = printed.text
        if number_id:
            text = self.numbering.next(number_id, depth) + text.lstrip()
        text, self.carried = self.carried + text, ""
        if _is_mark_deleted(element):
            self.carried = text
        elif kind == "textbox":
            self.composer.paragraph(text, kind="textbox")
        elif outline is not None and text.strip():
            self.composer.paragraph(text, kind="heading", level=outline + 1)
        else:
            self.composer.paragraph(text)
        self.notes += printed.notes
        for box in printed.boxes:
            self.blocks(box, "textbox")

    def properties(self, element: etree._Element) -> tuple[_Style, str, int, int | None]:
        """Return style, list, depth in it and outline level; the paragraph's own win."""
        properties = element.find(f"{W}pPr")
        if properties is None:
            return _Style(), "", 0, None
        style = self.styles.get(_value(properties, "pStyle"))
        number_id, depth = style.number_id, style.depth
        own = properties.find(f"{W}numPr")
        if own is not None:
            number_id = _value(own, "numId") or number_id
            depth = int(_value(own, "ilvl") or depth)
        elif number_id:
            depth = self.numbering.depth_of(number_id, _value(properties, "pStyle"), depth)
        outline = style.outline
        if own_outline := _value(properties, "outlineLvl"):
            outline = int(own_outline)
        return style, number_id, depth, outline if outline is not None and outline < 9 else None

    def table(self, element: etree._Element) -> None:
        rows = [_row_cells(row) for row in _rows(element)]
        if all(len(row) == 1 for row in rows):
            # One column is a frame around text, not a table.
            for row in rows:
                self.blocks(row[0].element)
            return
        number = self.composer.new_table()
        for index, row in enumerate(rows):
            cells = [
                Cell(
                    self.cell_text(cell.element),
                    cell.column,
                    _row_span(rows, index, cell.column),
                    cell.span,
                )
                for cell in row
                if not cell.continues
            ]
            self.composer.row(cells, table=number, row=index)

    def embedded(self, element: etree._Element) -> None:
        """Read a web page that an exporter has put into the document whole."""
        relations = _part(self.package, f"{self.folder}/_rels/{posixpath.basename(self.main)}.rels")
        wanted = element.get(f"{_RELATIONS}id")
        for relation in () if relations is None else relations:
            if relation.get("Id") == wanted:
                part = posixpath.normpath(posixpath.join(self.folder, relation.get("Target", "")))
                content = Content(part, self.package.read(part.lstrip("/")))
                self.composer.include(find_reader(content).read(content, self.limits))

    def cell_text(self, element: etree._Element) -> str:
        parts = []
        for child in _block_children(element):
            if child.tag == _PARAGRAPH:
                printed = _printed(child)
                self.notes += printed.notes
                _, number_id, depth, _ = self.properties(child)
                prefix = ""
                if number_id and printed.text.strip():
                    prefix = self.numbering.next(number_id, depth)
                parts.append(prefix + printed.text)
                parts += [self.cell_text(box) for box in printed.boxes]
            elif child.tag == _TABLE:
                parts += [
                    " ".join(self.cell_text(cell.element) for cell in _row_cells(row))
                    for row in _rows(child)
                ]
        return " ".join(part.strip() for part in parts if part.strip())

    def footnotes(self) -> None:
        for kind in ("foot", "end"):
            wanted = [number for of, number in self.notes if of == kind]
            root = _part(self.package, f"{self.folder}/{kind}notes.xml") if wanted else None
            if root is None:
                continue
            notes = {note.get(f"{W}id", ""): note for note in root}
            for number in wanted:
                if number in notes:
                    self.composer.paragraph(self.cell_text(notes[number]).lstrip(), kind="footnote")

    def margins(self) -> list[str]:
        found: list[str] = []
        for info in self.package.members():
            if _MARGIN_PART.fullmatch(info.filename):
                root = self.package.xml(info.filename)
                found += [_printed(p).text.strip() for p in root.iter(_PARAGRAPH)]
        return list(dict.fromkeys(line for line in found if line))


@dataclass(frozen=True, slots=True)
class _TableCell:
    element: etree._Element
    column: int
    span: int
    continues: bool


def _row_cells(row: etree._Element) -> list[_TableCell]:
    properties = row.find(f"{W}trPr")
    column = 0 if properties is None else int(_value(properties, "gridBefore") or 0)
    cells = []
    for element in _unwrapped(row, f"{W}tc"):
        cell_properties = element.find(f"{W}tcPr")
        span, continues = 1, False
        if cell_properties is not None:
            span = max(1, int(_value(cell_properties, "gridSpan") or 1))
            merge = cell_properties.find(f"{W}vMerge")
            continues = merge is not None and merge.get(f"{W}val", "continue") == "continue"
        cells.append(_TableCell(element, column, span, continues))
        column += span
    return cells


def _row_span(rows: list[list[_TableCell]], index: int, column: int) -> int:
    span = 1
    for row in rows[index + 1 :]:
        if not any(cell.column == column and cell.continues for cell in row):
            break
        span += 1
    return span


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for row in _unwrapped(table, f"{W}tr"):
        properties = row.find(f"{W}trPr")
        if properties is None or properties.find(f"{W}del") is None:
            yield row


def _unwrapped(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Yield the children `tag` of `parent`, through content controls and insertions."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag not in _UNPRINTED and child.tag not in (f"{W}tcPr", f"{W}tblPr"):
            yield from _unwrapped(child, tag)


def _block_children(parent: etree._Element) -> Iterator[etree._Element]:
    """Yield paragraphs and tables in order, through content controls and insertions."""
    for child in parent:
        if child.tag in (_PARAGRAPH, _TABLE, _EMBEDDED):
            yield child
        elif child.tag not in _UNPRINTED:
            yield from _block_children(child)


def _printed(paragraph: etree._Element) -> _Printed:
    printed = _Printed()
    pieces: list[str] = []
    _collect(paragraph, pieces, printed)
    # Converters leave this mark where a picture stood.
    printed.text = "".join(pieces).replace("\ufffc", "")
    return printed


def _collect(element: etree._Element, pieces: list[str], printed: _Printed) -> None:
    for child in element:
        tag = child.tag
        if tag in _TEXT:
            pieces.append(child.text or "")
        elif tag in _CHARACTERS:
            pieces.append(_CHARACTERS[tag])
        elif tag == f"{W}br":
            pieces.append("\n" if child.get(f"{W}type", "textWrapping") == "textWrapping" else "")
        elif tag in _NOTE_REFERENCES:
            printed.notes.append((_NOTE_REFERENCES[tag], child.get(f"{W}id", "")))
        elif tag == f"{W}txbxContent":
            printed.boxes.append(child)
        elif tag not in _UNPRINTED and not (tag == f"{W}r" and _is_hidden(child)):
            _collect(child, pieces, printed)


def _is_hidden(run: etree._Element) -> bool:
    vanish = run.find(f"{W}rPr/{W}vanish")
    return vanish is not None and vanish.get(f"{W}val", "true") not in ("0", "false")


def _is_mark_deleted(paragraph: etree._Element) -> bool:
    return paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None


class _Styles:
    """The styles of a document, resolved when a paragraph first uses them."""

    def __init__(self, root: etree._Element | None) -> None:
        found = () if root is None else root.iterfind(f"{W}style")
        self._elements = {style.get(f"{W}styleId", ""): style for style in found}
        self._resolved: dict[str, _Style] = {"": _Style()}

    def get(self, style_id: str) -> _Style:
        """Return a style with what it inherits; an unknown one is plain."""
        if style_id not in self._resolved:
            # Stands in while the base is looked up, so that a circle ends.
            self._resolved[style_id] = _Style()
            element = self._elements.get(style_id)
            if element is not None:
                self._resolved[style_id] = _own_style(element, self.get(_value(element, "basedOn")))
        return self._resolved[style_id]


def _own_style(element: etree._Element, base: _Style) -> _Style:
    name = _value(element, "name")
    outline, number_id, depth = base.outline, base.number_id, base.depth
    if match := _HEADING_STYLE.match(name):
        outline = int(match[1]) - 1
    properties = element.find(f"{W}pPr")
    if properties is not None:
        if own_outline := _value(properties, "outlineLvl"):
            outline = int(own_outline)
        numbers = properties.find(f"{W}numPr")
        if numbers is not None:
            number_id = _value(numbers, "numId") or number_id
            depth = int(_value(numbers, "ilvl") or depth)
    return _Style(name, outline, number_id, depth)


def _main_part(package: Package) -> str:
    if "word/document.xml" in package:
        return "word/document.xml"
    for relation in package.xml("_rels/.rels"):
        if relation.get("Type", "").endswith(_OFFICE_DOCUMENT):
            return str(relation.get("Target", "")).lstrip("/")
    return "word/document.xml"


def _part(package: Package, part: str) -> etree._Element | None:
    return package.xml(part) if part in package else None


def _value(parent: etree._Element, tag: str) -> str:
    child = parent.find(f"{W}{tag}")
    return "" if child is None else child.get(f"{W}val", "")


def _accepts(content: Content) -> bool:
    return is_package(content, "word/document")


def read_docx(content: Content, limits: Limits) -> Draft:
    """Read a Word document; see `Reader.read`."""
    return _WordReader(Package(content, limits), limits).read()


READERS: Final = (Reader("word", _accepts, read_docx),)
