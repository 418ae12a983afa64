"""From pieces of text placed on a page to its lines."""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from kjreport.load.layout import Line

# Gaps in units of a character's width that stand for a space, and for a new column.
_WORD_GAP: Final = 0.15
_WIDE_GAP: Final = 1.2
_COLUMN_GAP: Final = 2.5


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character, or a run recognised as one; ``top`` grows downwards.

    Attributes
    ----------
    text : str
    left, right, top, bottom : float
    confidence : float or None
        Of its recognition; None from a text layer.
    """

    text: str
    left: float
    right: float
    top: float
    bottom: float
    confidence: float | None = None

    @property
    def size(self) -> float:
        """Width of a full-width character in it."""
        return (self.right - self.left) / max(sum(0.5 if c.isascii() else 1 for c in self.text), 1)


@dataclass(slots=True)
class _Row:
    """The glyphs of one baseline."""

    glyphs: list[Glyph]
    top: float
    bottom: float

    def takes(self, glyph: Glyph) -> bool:
        """Tell whether the middle of `glyph` is within the height of this line."""
        return self.top <= (glyph.top + glyph.bottom) / 2 <= self.bottom


def lines_of(glyphs: Iterable[Glyph]) -> tuple[Line, ...]:
    """Gather glyphs into lines from the top of the page down.

    Writers draw the quotation marks of another font apart, before or after the
    line they belong to: place decides, not order.

    Examples
    --------
    >>> [line.text for line in lines_of([Glyph("家", 10, 20, 0, 10), Glyph("3", 5, 10, 0, 10)])]
    ['3家']
    """
    rows: list[_Row] = []
    row: _Row | None = None
    for glyph in glyphs:
        if row is None or not row.takes(glyph):
            row = next((r for r in reversed(rows) if r.takes(glyph)), None)
        if row is None:
            row = _Row([], glyph.top, glyph.bottom)
            rows.append(row)
        row.glyphs.append(glyph)
    placed = (_without_outer_spaces(row.glyphs) for row in sorted(rows, key=lambda row: row.top))
    return tuple(_line(glyphs) for glyphs in placed if glyphs)


def _without_outer_spaces(glyphs: list[Glyph]) -> list[Glyph]:
    """Return glyphs from left to right; spaces at the ends would move the line's edges."""
    placed = sorted(glyphs, key=lambda glyph: glyph.left)
    while placed and placed[-1].text.isspace():
        placed.pop()
    first = next((n for n, glyph in enumerate(placed) if not glyph.text.isspace()), 0)
    return placed[first:]


def _line(placed: list[Glyph]) -> Line:
    wide = [g.size for g in placed if not g.text.isascii()]
    size = max(statistics.median_high(wide or [0.7 * (g.bottom - g.top) for g in placed]), 1e-6)
    scores = [glyph.confidence for glyph in placed if glyph.confidence is not None]
    return Line(
        join_row(placed, size),
        placed[0].left,
        max(g.right for g in placed),
        min(g.top for g in placed),
        max(g.bottom for g in placed),
        size,
        min(scores, default=None),
    )


def join_row(placed: Iterable[Glyph], size: float) -> str:
    """Join glyphs from left to right.

    A gap is a space between Latin words or where it is wide, and a tab where
    a column begins.
    """
    glyphs = list(placed)
    out = glyphs[0].text if glyphs else ""
    for before, glyph in pairwise(glyphs):
        gap = glyph.left - before.right
        end, start = before.text[-1], glyph.text[0]
        words = end.isascii() and end.isalpha() and start.isascii() and start.isalpha()
        if gap > _COLUMN_GAP * size:
            out += "\t"
        elif gap > _WIDE_GAP * size or (words and gap > _WORD_GAP * size):
            out += " "
        out += glyph.text
    return out
