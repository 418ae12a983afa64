"""From a reader's paragraphs and rows to a text with blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from kjreport.load.document import Block, BlockKind
from kjreport.load.failure import LoadError
from kjreport.load.limits import DEFAULT_LIMITS

_LINE_BREAKS = re.compile(r"[\t ]*[\r\n\v\f\u2028\u2029]+[\t ]*|\t+")


@dataclass(frozen=True, slots=True)
class Draft:
    """What a reader makes of a file; `Document` without the file's identity.

    Attributes
    ----------
    text : str
    blocks : tuple of Block
    title : str
        As the format states it (HTML title, document properties); may be empty.
    margins : tuple of str
        Running heads, feet and page numbers that were taken out of the text.
    warnings : tuple of str
    published : str
        The date that the file gives itself, ISO; may be empty.
    """

    text: str
    blocks: tuple[Block, ...]
    title: str = ""
    margins: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    published: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table on its way into the text; spans count rows and columns."""

    text: str
    column: int
    row_span: int = 1
    column_span: int = 1


@dataclass
class Composer:
    r"""Collects paragraphs and rows in reading order, one line each.

    Parameters
    ----------
    characters : int, optional
        Length at which the text is too large, as ``Limits.characters``.

    Examples
    --------
    >>> composer = Composer()
    >>> composer.paragraph("一、投入", kind="heading", level=1)
    >>> table = composer.new_table()
    >>> composer.row([Cell("指标", 0), Cell("2022年", 1)], table=table, row=0)
    >>> composer.draft().text
    '一、投入\n指标\t2022年'
    """

    characters: int = DEFAULT_LIMITS.characters
    _lines: list[str] = field(default_factory=list)
    _blocks: list[Block] = field(default_factory=list)
    _length: int = 0
    _tables: int = 0

    def paragraph(
        self,
        text: str,
        *,
        kind: BlockKind = "paragraph",
        level: int = 0,
        page: int | None = None,
        confidence: float | None = None,
    ) -> None:
        """Add one paragraph; a line break inside it starts a new line of the same block kind."""
        for line in text.splitlines():
            if line and not line.isspace():
                block = Block(kind, 0, len(line), level=level, page=page, confidence=confidence)
                self._add(line, [block])

    def run(self, parts: Sequence[tuple[str, int]], *, confidence: float | None = None) -> None:
        """Add one paragraph that runs over pages: its parts and the page of each."""
        blocks, start = [], 0
        for text, page in parts:
            blocks.append(
                Block("paragraph", start, start + len(text), page=page, confidence=confidence)
            )
            start += len(text)
        if line := "".join(text for text, _ in parts):
            self._add(line, blocks)

    def new_table(self) -> int:
        """Return the number of the table that the next rows belong to."""
        self._tables += 1
        return self._tables - 1

    def row(self, cells: Iterable[Cell], *, table: int, row: int, page: int | None = None) -> None:
        """Add one row as one line: cells parted by tabs, columns kept in their places."""
        blocks: list[Block] = []
        line = ""
        column = 0
        for cell in sorted(cells, key=lambda cell: cell.column):
            if cell.column - column > self.characters - self._length:
                raise self._too_large()
            line += "\t" * (cell.column - column)
            column = max(column, cell.column)
            text = cell_text(cell.text)
            if not text:
                continue
            blocks.append(
                Block(
                    "cell",
                    len(line),
                    len(line) + len(text),
                    page=page,
                    table=table,
                    row=row,
                    column=cell.column,
                    row_span=cell.row_span,
                    column_span=cell.column_span,
                )
            )
            line += text
        if blocks:
            self._add(line[: blocks[-1].end], blocks)

    def include(self, draft: Draft) -> None:
        """Add what another reader made of an embedded part."""
        if not draft.text:
            return
        tables = self._tables
        placed = []
        for block in draft.blocks:
            table = None if block.table is None else block.table + tables
            self._tables = max(self._tables, -1 if table is None else table + 1)
            placed.append(replace(block, table=table))
        self._add(draft.text, placed)

    def draft(
        self, *, title: str = "", margins: Sequence[str] = (), warnings: Sequence[str] = ()
    ) -> Draft:
        """Return what has been collected."""
        return Draft(
            "\n".join(self._lines), tuple(self._blocks), title, tuple(margins), tuple(warnings)
        )

    def _add(self, line: str, blocks: Iterable[Block]) -> None:
        if self._length + len(line) > self.characters:
            raise self._too_large()
        self._blocks += [
            replace(block, start=block.start + self._length, end=block.end + self._length)
            for block in blocks
        ]
        self._lines.append(line)
        self._length += len(line) + 1

    def _too_large(self) -> LoadError:
        return LoadError(
            "too large", f"it has more than {self.characters} characters (Limits.characters)"
        )


def cell_text(text: str) -> str:
    """Return a cell's text on one line and without tabs."""
    return _LINE_BREAKS.sub(" ", text.strip())
