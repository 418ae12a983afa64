"""The one shape every report takes, whatever file it came from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from kjreport.load.sections import Section, find_sections

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
    format : str
        Name of the reader that took the file, such as ``"text"`` or ``"word"``.
    """

    file: str = ""
    sha256: str = ""
    title: str = ""
    area: str = ""
    year: int | None = None
    url: str = ""
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


def paragraphs(text: str) -> tuple[Block, ...]:
    """Return one paragraph block for each line of `text` that is not blank."""
    blocks = []
    start = 0
    for line in text.split("\n"):
        if line and not line.isspace():
            blocks.append(Block("paragraph", start, start + len(line)))
        start += len(line) + 1
    return tuple(blocks)
