"""From lines printed on pages back to paragraphs: wraps joined, running heads taken out."""

from __future__ import annotations

import math
import re
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from kjreport.load.composer import Cell, Composer
from kjreport.vocabulary import vocabulary

_WORDS: Final = vocabulary(__file__)
# A line is full when the next line's first unbreakable run would not have fitted, give or
# take this many characters.
_SLACK: Final = 1.2
# Quotation marks hold on to both neighbours (UAX 14, class QU).
_FIRST_RUN: Final = re.compile(
    r"[（《〈〔【「(\[]*(?:[!-~]+|.)(?:[“”‘’]+(?:[!-~]+|.)|[，。；：、！？）》〉〕】」…％—)\]]+[!-~]*)*"
)
_SENTENCE_ENDS: Final = ("。", "！", "？", "：")
_ITEM: Final = _WORDS.pattern("item")
_INDENT: Final = 1.0
# Text columns end beyond this share of the page's width.
_COLUMN_SHARE: Final = 0.62
_PARAGRAPH_GAP: Final = 1.6
# Running heads stand in this outer share of the page's height.
_MARGIN_ZONE: Final = 0.12
_RECURRING_SHARE: Final = 0.5

_PAGE_NUMBER: Final = _WORDS.pattern("page_number")
_DIGITS: Final = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line; lengths in any unit, ``top`` growing downwards.

    Attributes
    ----------
    text : str
    left, right, top, bottom : float
    size : float
        Height of its characters.
    confidence : float or None
        Of its recognition, between 0 and 1; None for a text layer.
    """

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table on a page: where it stands, and its rows of cells."""

    top: float
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """What one page prints, from the top down.

    Attributes
    ----------
    number : int
        From 1.
    width, height : float
    lines : tuple of Line
    grids : tuple of Grid
    """

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    grids: tuple[Grid, ...] = ()


def compose_pages(pages: Sequence[Page], composer: Composer) -> list[str]:
    """Add the paragraphs and tables of `pages`; return the running heads left out.

    Examples
    --------
    >>> lines = [Line("全区高新技术企业达", 24, 96, 10, 20, 8), Line("到16家。", 0, 32, 25, 35, 8)]
    >>> composer = Composer()
    >>> compose_pages([Page(1, 120, 800, tuple(lines))], composer)
    []
    >>> composer.draft().text
    '全区高新技术企业达到16家。'
    """
    running = _running(pages)
    width = statistics.median(page.width for page in pages) if pages else 0.0
    lines = [line for page in pages for line in page.lines if line not in running]
    shape = _Shape.of(lines, width)
    flow = _Flow(composer, shape)
    for page in pages:
        grids = sorted(page.grids, key=lambda grid: grid.top)
        for line in page.lines:
            if line in running:
                continue
            while grids and grids[0].top < line.top:
                flow.grid(grids.pop(0), page.number)
            flow.line(line, page.number)
        for grid in grids:
            flow.grid(grid, page.number)
    flow.end()
    return list(
        dict.fromkeys(line.text for page in pages for line in page.lines if line in running)
    )


def title_of(pages: Sequence[Page]) -> str:
    """Return the lines of the first page that are clearly larger than the body, as one."""
    if not pages or not pages[0].lines:
        return ""
    body = statistics.median(line.size for page in pages for line in page.lines)
    largest = max(line.size for line in pages[0].lines)
    if largest < 1.2 * body:
        return ""
    return "".join(line.text for line in pages[0].lines if line.size > 0.95 * largest)[:120]


@dataclass(frozen=True, slots=True)
class _Shape:
    """The text column: its edges, and the usual distance between lines."""

    left: float
    right: float
    pitch: float

    @classmethod
    def of(cls, lines: Sequence[Line], page_width: float) -> _Shape:
        if not lines:
            return cls(0.0, 0.0, 0.0)
        # A line that runs off the page tells nothing of the margin.
        inside = [line.right for line in lines if line.right <= page_width] or [page_width]
        right = max(inside)
        if right < _COLUMN_SHARE * page_width:
            # No line reaches a margin, so none is wrapped.
            right = math.inf
        long_lines = [line for line in lines if line.right > right - 3 * line.size] or lines
        left = min(line.left for line in long_lines)
        gaps = [
            below.top - above.top
            for above, below in pairwise(lines)
            if 0 < below.top - above.top < 4 * above.size
        ]
        return cls(left, right, statistics.median(gaps) if gaps else 0.0)

    def is_full(self, above: Line, below: Line) -> bool:
        """Tell whether the first word of `below` had no room at the end of `above`."""
        run = _FIRST_RUN.match(below.text)
        width = sum(0.5 if c.isascii() else 1.0 for c in run[0]) if run else 0.0
        return above.right + (width + _SLACK) * below.size > self.right

    def is_indented(self, line: Line) -> bool:
        """Tell whether a line begins right of the column's edge, as first lines do."""
        return line.left > self.left + _INDENT * line.size

    def continues(self, paragraph: Sequence[Line], below: Line, same_page: bool) -> bool:
        """Tell whether `below` goes on with the lines of `paragraph`."""
        above = paragraph[-1]
        if not self.is_full(above, below):
            return False
        if self.is_indented(below) and not _hangs(paragraph, below):
            return False
        if not 0.8 < below.size / above.size < 1.25:
            return False
        if above.text.endswith(_SENTENCE_ENDS) and _ITEM.match(below.text):
            return False
        gap = below.top - above.top
        return not (same_page and self.pitch and gap > _PARAGRAPH_GAP * self.pitch)


def _hangs(paragraph: Sequence[Line], below: Line) -> bool:
    """Tell whether an indented line belongs to an item whose lines hang below its text."""
    above = paragraph[-1]
    if len(paragraph) > 1:
        return abs(below.left - above.left) < below.size / 2
    return below.left > above.left + below.size / 2 and _ITEM.match(above.text) is not None


@dataclass
class _Flow:
    """The running paragraph: its lines so far, each with its page."""

    composer: Composer
    shape: _Shape
    _lines: list[Line] = field(default_factory=list)
    _pages: list[int] = field(default_factory=list)
    _table: int | None = None
    _rows: int = 0
    _last_page: int = 0

    def line(self, line: Line, page: int) -> None:
        if self._lines and not self.shape.continues(self._lines, line, self._pages[-1] == page):
            self.end()
        self._lines.append(line)
        self._pages.append(page)
        self._table = None

    def grid(self, grid: Grid, page: int) -> None:
        self.end()
        # Only a page break parts a table that goes on without text between.
        if self._table is None or self._last_page == page:
            self._table, self._rows = self.composer.new_table(), 0
        self._last_page = page
        for row in grid.rows:
            self.composer.row(row, table=self._table, row=self._rows, page=page)
            self._rows += 1

    def end(self) -> None:
        parts: list[tuple[str, int]] = []
        for line, page in zip(self._lines, self._pages, strict=True):
            text = line.text.strip()
            if parts and parts[-1][1] == page:
                parts[-1] = (join_wrap(parts[-1][0], text), page)
            else:
                if parts and needs_space(parts[-1][0], text):
                    text = " " + text
                parts.append((text, page))
        scores = [line.confidence for line in self._lines if line.confidence is not None]
        self.composer.run(parts, confidence=min(scores, default=None))
        self._lines, self._pages = [], []


def join_wrap(above: str, below: str) -> str:
    """Join two lines of one paragraph; only Latin words are parted by a space.

    Examples
    --------
    >>> join_wrap("达286.", "61亿元"), join_wrap("of the", "year")
    ('达286.61亿元', 'of the year')
    """
    return above + (" " if needs_space(above, below) else "") + below


def needs_space(above: str, below: str) -> bool:
    """Tell whether a line break stood between two Latin words."""
    before, after = above[-1:], below[:1]
    return before.isascii() and after.isascii() and before.isalpha() and after.isalpha()


def _running(pages: Sequence[Page]) -> set[Line]:
    """Return the running heads, feet and page numbers.

    A head is the same on half of the pages but for the page's own number; any
    other digit in it must be equal, or lines of the text would be lost.
    """
    edges = [(page, line) for page in pages for line in _edge_lines(page)]
    enough = max(2, _RECURRING_SHARE * len(pages))
    offsets = Counter(
        int(match[1]) - page.number
        for page, line in edges
        if (match := _PAGE_NUMBER.fullmatch(line.text))
    )
    offset = max(offsets, key=lambda at: offsets[at], default=0)
    seen = Counter(
        key for key, _ in {(_key(line, page, offset), page.number) for page, line in edges}
    )
    running = set()
    for page, line in edges:
        match = _PAGE_NUMBER.fullmatch(line.text)
        bare = line.text.strip().isdigit()
        if match is None:
            taken = seen[_key(line, page, offset)] >= enough
        elif bare:
            alone = len(pages) == 1 and int(match[1]) == 1
            taken = alone or offsets[int(match[1]) - page.number] >= enough
        else:
            taken = True
        if taken:
            running.add(line)
    return running


def _edge_lines(page: Page) -> Iterable[Line]:
    zone = _MARGIN_ZONE * page.height
    return [line for line in page.lines if line.bottom < zone or line.top > page.height - zone]


def _key(line: Line, page: Page, offset: int) -> str:
    """Return a line with the page's own number masked."""
    own = {page.number, page.number + offset}
    return _DIGITS.sub(
        lambda run: "#" if int(run[0]) in own else run[0], line.text.replace(" ", "")
    )
