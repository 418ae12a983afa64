"""Tables drawn with rules on a page: from strokes to rows of cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from typing import Final

from kjreport.load.composer import Cell
from kjreport.load.glyphs import Glyph, lines_of
from kjreport.load.layout import Grid, join_wrap

# In points: how far apart two strokes may be and still be one rule, or meet.
_TOLERANCE: Final = 3.0
_SHORTEST_RULE: Final = 6.0
_MOST_RULES: Final = 1_500


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight stroke along one axis, ``top`` growing downwards."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def lies(self) -> bool:
        """Whether it runs across, not down."""
        return self.right - self.left >= self.bottom - self.top

    @property
    def length(self) -> float:
        """Length in points."""
        return max(self.right - self.left, self.bottom - self.top)

    def meets(self, other: Rule) -> bool:
        """Tell whether two rules touch."""
        return (
            self.left <= other.right + _TOLERANCE
            and other.left <= self.right + _TOLERANCE
            and self.top <= other.bottom + _TOLERANCE
            and other.top <= self.bottom + _TOLERANCE
        )


def find_grids(
    rules: Sequence[Rule], glyphs: Iterable[Glyph]
) -> tuple[tuple[Grid, ...], list[Glyph]]:
    """Return the ruled tables of a page and the glyphs outside them.

    A frame of one cell or one column is no table: its text stays in the flow.

    Parameters
    ----------
    rules : sequence of Rule
    glyphs : iterable of Glyph
    """
    outside = list(glyphs)
    grids = []
    long_rules = [rule for rule in rules if rule.length >= _SHORTEST_RULE]
    if len(long_rules) > _MOST_RULES:
        return (), outside
    for group in _connected(long_rules):
        mesh = _Mesh.of(group)
        if mesh is None:
            continue
        inside = [glyph for glyph in outside if mesh.holds(glyph)]
        if inside:
            outside = [glyph for glyph in outside if not mesh.holds(glyph)]
            grids.append(Grid(mesh.rows[0], mesh.cells(inside)))
    return tuple(grids), outside


def _connected(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Part rules into groups that touch each other."""
    groups: list[list[Rule]] = []
    waiting = list(rules)
    while waiting:
        group, fresh = [], [waiting.pop()]
        while fresh:
            rule = fresh.pop()
            group.append(rule)
            touching = [other for other in waiting if rule.meets(other)]
            waiting = [other for other in waiting if not rule.meets(other)]
            fresh += touching
        groups.append(group)
    return groups


@dataclass(frozen=True, slots=True)
class _Mesh:
    """The edges of a table's columns and rows, and the rules that part its cells."""

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    rules: tuple[Rule, ...]

    @classmethod
    def of(cls, rules: Sequence[Rule]) -> _Mesh | None:
        lying = [rule for rule in rules if rule.lies]
        standing = [rule for rule in rules if not rule.lies]
        if len(lying) < 2 or not standing:
            return None
        # Tables without outer rules end where the lying ones do.
        ends = [min(rule.left for rule in lying), max(rule.right for rule in lying)]
        columns = _edges([(rule.left + rule.right) / 2 for rule in standing] + ends)
        rows = _edges([(rule.top + rule.bottom) / 2 for rule in lying])
        if len(columns) < 3 or len(rows) < 2:
            return None
        return cls(columns, rows, tuple(rules))

    def holds(self, glyph: Glyph) -> bool:
        x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
        return self.columns[0] < x < self.columns[-1] and self.rows[0] < y < self.rows[-1]

    def cells(self, glyphs: Iterable[Glyph]) -> tuple[tuple[Cell, ...], ...]:
        """Return the filled cells of each row."""
        merged = self._merged()
        inside: dict[int, list[Glyph]] = defaultdict(list)
        for glyph in glyphs:
            column = _interval(self.columns, (glyph.left + glyph.right) / 2)
            row = _interval(self.rows, (glyph.top + glyph.bottom) / 2)
            inside[merged[row, column]].append(glyph)
        rows: list[list[Cell]] = [[] for _ in self.rows[1:]]
        for number, held in inside.items():
            places = [place for place, of in merged.items() if of == number]
            top, left = min(row for row, _ in places), min(column for _, column in places)
            height = max(row for row, _ in places) - top + 1
            width = max(column for _, column in places) - left + 1
            text = reduce(join_wrap, (line.text for line in lines_of(held)))
            rows[top].append(Cell(text, left, height, width))
        return tuple(tuple(sorted(row, key=lambda cell: cell.column)) for row in rows)

    def _merged(self) -> dict[tuple[int, int], int]:
        """Give every place the number of its cell: places without a rule between share one."""
        numbers: dict[tuple[int, int], int] = {}
        for row in range(len(self.rows) - 1):
            for column in range(len(self.columns) - 1):
                number = len(numbers)
                if column and not self._parted_across(row, column):
                    number = numbers[row, column - 1]
                if row and not self._parted_down(row, column):
                    above = numbers[row - 1, column]
                    if column and number == numbers[row, column - 1]:
                        numbers = {k: above if v == number else v for k, v in numbers.items()}
                    number = above
                numbers[row, column] = number
        return numbers

    def _parted_across(self, row: int, column: int) -> bool:
        x, y = self.columns[column], (self.rows[row] + self.rows[row + 1]) / 2
        return any(
            not rule.lies
            and abs((rule.left + rule.right) / 2 - x) <= _TOLERANCE
            and rule.top - _TOLERANCE <= y <= rule.bottom + _TOLERANCE
            for rule in self.rules
        )

    def _parted_down(self, row: int, column: int) -> bool:
        x, y = (self.columns[column] + self.columns[column + 1]) / 2, self.rows[row]
        return any(
            rule.lies
            and abs((rule.top + rule.bottom) / 2 - y) <= _TOLERANCE
            and rule.left - _TOLERANCE <= x <= rule.right + _TOLERANCE
            for rule in self.rules
        )


def _edges(positions: Iterable[float]) -> tuple[float, ...]:
    """Return positions with those within the tolerance as one."""
    edges: list[float] = []
    for position in sorted(positions):
        if not edges or position - edges[-1] > _TOLERANCE:
            edges.append(position)
    return tuple(edges)


def _interval(edges: Sequence[float], at: float) -> int:
    for index, (low, high) in enumerate(pairwise(edges)):
        if low <= at < high:
            return index
    return len(edges) - 2
