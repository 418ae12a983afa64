"""The one shape every report takes, whatever file it came from."""

from __future__ import annotations

import hashlib
import html
import json
from collections import defaultdict
from dataclasses import asdict, dataclass, field, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Literal

from kjreport.errors import KjreportError
from kjreport.load.sections import Section, find_sections

if TYPE_CHECKING:
    import pandas as pd

# Raised when the meaning of a field of the JSON form changes.
_JSON_VERSION: Final = 1
_SHOWN_CHARACTERS: Final = 600

BlockKind = Literal["paragraph", "heading", "cell", "footnote", "textbox", "header"]


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of ``Document.text`` and where in the file it stood.

    Attributes
    ----------
    kind : {"paragraph", "heading", "cell", "footnote", "textbox", "header"}
    start, end : int
        Half-open character offsets into ``Document.text``.
    level : int
        Depth of a heading, 1 being the outermost; 0 for everything else.
    page : int or None
        Page number from 1, where the format has pages.
    table, row, column : int or None
        Which table of the document, and the cell's place in it, from 0.
    row_span, column_span : int
        How many rows and columns a merged cell covers; its text stands once.
    confidence : float or None
        Between 0 and 1 where the text was recognised from an image.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    page: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    row_span: int = 1
    column_span: int = 1
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a document came from.

    Attributes
    ----------
    file : str
        Path relative to the folder that was read, or the file's name.
    sha256 : str
        Checksum of the file's bytes.
    title, area, url : str
        Empty where unknown. ``area`` is the full administrative name.
    year : int or None
        The year that the report looks back on.
    published : str
        The date that a web page gives itself, ``2023-01-05``.
    format : str
        Name of the reader that took the file, such as ``"text"`` or ``"word"``.
    """

    file: str = ""
    sha256: str = ""
    title: str = ""
    area: str = ""
    year: int | None = None
    url: str = ""
    published: str = ""
    format: str = "text"


@dataclass(frozen=True)
class Document:
    r"""One report: its text, the blocks of the text, and its origin.

    Parameters
    ----------
    report_id : str
        Stable name of the report, by default the stem of its file.
    text : str
        The whole text. Offsets into it are the coordinates of everything after.
    blocks : tuple of Block
        In order of ``start``; table cells carry their row and column.
    origin : Origin
    warnings : tuple of str
        What the reader could not take, one line each.
    margins : tuple of str
        Running heads, feet and page numbers, which are not part of the text.

    Examples
    --------
    >>> from kjreport.load import Document
    >>> doc = Document.from_text("一、工作总结\n新增众创空间2家。", report_id="demo", year=2022)
    >>> [section.title for section in doc.sections()]
    ['一、工作总结']
    """

    report_id: str
    text: str
    blocks: tuple[Block, ...] = ()
    origin: Origin = field(default_factory=Origin)
    warnings: tuple[str, ...] = ()
    margins: tuple[str, ...] = ()

    @classmethod
    def from_text(
        cls, text: str, *, report_id: str = "text", area: str = "", year: int | None = None
    ) -> Document:
        """Make a document of a string, one paragraph a line."""
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        origin = Origin(sha256=digest, area=area, year=year)
        return cls(report_id=report_id, text=text, blocks=paragraphs(text), origin=origin)

    @cached_property
    def _sections(self) -> tuple[Section, ...]:
        return find_sections(self.text)

    def sections(self) -> tuple[Section, ...]:
        """Return the headed parts of the text in order; see `Section`."""
        return self._sections

    def tables(self) -> list[pd.DataFrame]:
        r"""Return the tables of the document, the first row as the header.

        The text of a merged cell stands in every place that the cell covers, as
        a reader's eye puts it there; empty cells are empty strings. Equal or
        empty column names stay as they are.

        Returns
        -------
        list of DataFrame
            All columns of dtype ``str``, rows in the order of the report.

        Examples
        --------
        >>> from kjreport.load import Cell, Composer, Document
        >>> composer = Composer()
        >>> table = composer.new_table()
        >>> composer.row([Cell("指标", 0), Cell("2022年", 1)], table=table, row=0)
        >>> composer.row([Cell("众创空间", 0), Cell("2家", 1)], table=table, row=1)
        >>> draft = composer.draft()
        >>> Document("demo", draft.text, draft.blocks).tables()[0]
             指标 2022年
        0  众创空间    2家
        """
        import pandas as pd

        frames = []
        for cells in self._cells_by_table().values():
            grid = _grid(cells, self.text)
            frames.append(pd.DataFrame(grid[1:], columns=grid[0], dtype="str"))
        return frames

    def _cells_by_table(self) -> dict[int, list[Block]]:
        tables: dict[int, list[Block]] = defaultdict(list)
        for block in self.blocks:
            if block.table is not None:
                tables[block.table].append(block)
        return tables

    def to_json(self) -> str:
        """Return the document as JSON, from which `from_json` makes an equal one."""
        return json.dumps({"version": _JSON_VERSION, **asdict(self)}, ensure_ascii=False)

    @classmethod
    def from_json(cls, data: str | bytes) -> Document:
        """Return the document that `to_json` wrote.

        Raises
        ------
        KjreportError
            Where the JSON is not that of a document.

        Examples
        --------
        >>> from kjreport.load import Document
        >>> doc = Document.from_text("新增3家。", report_id="demo")
        >>> Document.from_json(doc.to_json()) == doc
        True
        """
        try:
            read = json.loads(data)
            if read.pop("version") != _JSON_VERSION:
                raise KjreportError(
                    "the JSON is of another version of kjreport; read the file anew"
                )
            return cls(
                report_id=read["report_id"],
                text=read["text"],
                blocks=tuple(Block(**block) for block in read["blocks"]),
                origin=Origin(**read["origin"]),
                warnings=tuple(read["warnings"]),
                margins=tuple(read["margins"]),
            )
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise KjreportError(
                f"expected the JSON of Document.to_json ({error}); write it again"
            ) from error

    def __repr__(self) -> str:
        return f"<Document {self.report_id}: {len(self.text)} characters, {self.origin.format}>"

    def _repr_html_(self) -> str:
        facts: list[tuple[str, Any]] = [("report_id", self.report_id)]
        facts += [
            (name, getattr(self.origin, name))
            for name in (f.name for f in fields(Origin))
            if name != "sha256" and getattr(self.origin, name)
        ]
        facts += [("characters", len(self.text)), ("tables", len(self._cells_by_table()))]
        facts += [("warning", warning) for warning in self.warnings]
        rows = "".join(
            f"<tr><th style='text-align:left'>{name}</th>"
            f"<td style='text-align:left'>{html.escape(str(value))}</td></tr>"
            for name, value in facts
        )
        shown = html.escape(self.text[:_SHOWN_CHARACTERS])
        more = "…" if len(self.text) > _SHOWN_CHARACTERS else ""
        return f"<table>{rows}</table><pre style='white-space:pre-wrap'>{shown}{more}</pre>"


def paragraphs(text: str) -> tuple[Block, ...]:
    """Return one paragraph block for each line of `text` that is not blank."""
    blocks = []
    start = 0
    for line in text.split("\n"):
        if line and not line.isspace():
            blocks.append(Block("paragraph", start, start + len(line)))
        start += len(line) + 1
    return tuple(blocks)


def _grid(cells: list[Block], text: str) -> list[list[str]]:
    """Return the rows of a table, a merged cell repeated over all it covers."""
    # Spans may claim a million rows; only places up to the last cell exist.
    height = max(cell.row or 0 for cell in cells) + 1
    width = max(cell.column or 0 for cell in cells) + 1
    grid = [[""] * width for _ in range(height)]
    for cell in cells:
        for row in range(cell.row or 0, min((cell.row or 0) + cell.row_span, height)):
            for column in range(
                cell.column or 0, min((cell.column or 0) + cell.column_span, width)
            ):
                grid[row][column] = text[cell.start : cell.end]
    return [row for row in grid if any(row)]
