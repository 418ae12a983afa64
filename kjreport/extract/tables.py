"""Tables in the text: each cell is read as the sentence that its heads and it make.

``| 高新技术企业（家） | 16 |`` under ``2022年`` says what ``2022年高新技术企业16家`` says, so
cells are spelled out that way and read by the rules for sentences.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from kjreport.extract.units import units
from kjreport.vocabulary import vocabulary

_WORDS: Final = vocabulary(__file__)
_ROW_NUMBERS: Final = frozenset(_WORDS.words("row_numbers"))
_UNIT_COLUMN: Final = frozenset(_WORDS.words("unit_column"))
_NOTES: Final = _WORDS.words("notes")
_RATE_UNIT: Final = _WORDS.characters("rate_unit")
_AIMS: Final = _WORDS.words("aims")
_AIM_IS: Final = _WORDS.characters("aim_is")
_RANK_BEFORE, _RANK_BEHIND, _PLAIN_UNIT, _MAGNITUDES = (
    _WORDS.characters(name) for name in ("rank_before", "rank_behind", "plain_unit", "magnitudes")
)
_VALUE: Final = _WORDS.pattern("value")
_COUNTED: Final = _WORDS.pattern("counted")
_PERIOD: Final = _WORDS.pattern("period")
_DATED: Final = _WORDS.pattern("dated")
_OF_ANOTHER: Final = _WORDS.pattern("of_another")
_RANKED: Final = _WORDS.pattern("ranked")
_CAPTION_UNIT: Final = _WORDS.pattern("caption_unit")
_HEAD_UNIT: Final = _WORDS.pattern("head_unit")
_FLAT_HEAD: Final = _WORDS.pattern("flat_head", re.MULTILINE)
_ROW: Final = re.compile(r"^[^\n]*(?:\t|\|[^\n|]*\|)[^\n]*$", re.MULTILINE)
_RULE: Final = re.compile(r"^[\s|:+-]+$")
_NUMBER: Final = re.compile(r"\d")
_BARE: Final = _WORDS.pattern("bare")
_QUALIFIED: Final = _WORDS.words("qualified")
# A head's last figure must not run into the first of the cell.
_FIGURE_AT_END: Final = re.compile(r"[\d.,*×xX_]$")
_ORDINAL: Final = re.compile(r"^\d{1,2}$")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's span in the text and its content without blanks around."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one table, its head row first, and the line above it."""

    start: int
    end: int
    rows: tuple[tuple[Cell, ...], ...]
    caption: str


@dataclass(frozen=True, slots=True)
class Spelled:
    """A cell with the words that its heads put before it and the unit they put behind."""

    cell: Cell
    before: str
    unit: str
    row: tuple[Cell, ...]


def find_tables(text: str) -> list[Table]:
    r"""Return the tables of a text: lines with tabs or pipes, and flattened ones.

    Examples
    --------
    >>> table = find_tables("指标\t2022年\n众创空间（家）\t8\n")[0]
    >>> [(s.before, s.cell.text, s.unit) for s in spell(table)]
    [('2022年众创空间', '8', '家')]
    """
    return sorted([*_ruled(text), *_flat(text)], key=lambda table: table.start)


def _ruled(text: str) -> Iterator[Table]:
    if "\t" not in text and "|" not in text:
        return
    lines = [m.span() for m in _ROW.finditer(text) if m[0].strip()]
    group: list[tuple[int, int]] = []
    for line, following in pairwise([*lines, (len(text) + 9, 0)]):
        group.append(line)
        if following[0] > line[1] + 1:
            if len(group) > 1:
                yield _table(text, group)
            group = []


def _table(text: str, lines: Sequence[tuple[int, int]]) -> Table:
    rows = tuple(
        _cells(text, start, end) for start, end in lines if not _RULE.match(text[start:end])
    )
    first = lines[0][0]
    above = text[max(0, first - 120) : first].rstrip().split("\n")[-1]
    return Table(first, lines[-1][1], rows, above)


def _cells(text: str, start: int, end: int) -> tuple[Cell, ...]:
    """Cut a line at its tabs or pipes; empty cells keep their column."""
    line = text[start:end]
    mark = "|" if "|" in line else "\t"
    if mark == "|":
        stripped = line.strip()
        start += line.index(stripped) + stripped.startswith("|")
        line = stripped.removeprefix("|").removesuffix("|")
    cells = []
    for content in line.split(mark):
        cells.append(_cell(text, start, start + len(content)))
        start += len(content) + 1
    return tuple(cells)


def _cell(text: str, start: int, end: int) -> Cell:
    content = text[start:end]
    left = len(content) - len(content.lstrip())
    stripped = content.strip()
    return Cell(start + left, start + left + len(stripped), stripped)


def _flat(text: str) -> Iterator[Table]:
    for head in _FLAT_HEAD.finditer(text) if any(word in text for word in _ROW_NUMBERS) else ():
        names = head[0].split()
        rows = [tuple(Cell(head.start(), head.start(), name) for name in names)]
        records: list[list[Cell]] = []
        position = head.end()
        for line in text[position:].splitlines(keepends=True):
            cell = _cell(text, position, position + len(line))
            position += len(line)
            if _ORDINAL.match(cell.text) and int(cell.text) == len(records) + 1:
                records.append([cell])
            elif (records and len(records[-1]) > len(names) + 3) or cell.text.startswith(_NOTES):
                position -= len(line)
                break
            elif records:
                records[-1].append(cell)
        rows += [_folded(text, record, len(names)) for record in records]
        yield Table(head.start(), position, tuple(rows), "")


def _folded(text: str, record: list[Cell], width: int) -> tuple[Cell, ...]:
    """Give a record its number of cells: the middle one takes the lines it was broken into."""
    if len(record) <= width or width < 4:
        return tuple(record)
    extra = len(record) - width
    first, last = record[width - 2], record[width - 2 + extra]
    joined = Cell(first.start, last.end, text[first.start : last.end])
    return (*record[: width - 2], joined, *record[width - 1 + extra :])


def spell(table: Table) -> Iterator[Spelled]:
    """Yield the cells with numbers, in order, with the words of their heads."""
    head = table.rows[0]
    has_head = not any(_VALUE.match(cell.text) for cell in head[1:])
    names = [cell.text for cell in head] if has_head else []
    first = 1 if head and head[0].text in _ROW_NUMBERS else 0
    units_at = next((i for i, name in enumerate(names) if name in _UNIT_COLUMN), -1)
    for row in table.rows[1:] if has_head else table.rows:
        label = row[first].text if len(row) > first else ""
        if len(row) == 1 and _NUMBER.search(label):
            yield Spelled(row[0], "", "", row)
        if first < units_at < len(row):
            label += f"（{row[units_at].text}）"
        for column in range(first + 1, len(row)):
            if column != units_at and _COUNTED.search(row[column].text):
                before, unit = _heads(names, column, label, row[column].text, table.caption)
                yield Spelled(row[column], before, unit, row)


def _heads(names: list[str], column: int, row: str, cell: str, caption: str) -> tuple[str, str]:
    """Return the words that stand for the heads of a cell, and the unit they give it."""
    name, column_unit = _split_unit(names[column] if column < len(names) else "")
    row, row_unit = _split_unit(row)
    told = _CAPTION_UNIT.search(caption)
    period = ""
    if _OF_ANOTHER.search(name) and not _DATED.search(name):
        # A rate or a rank is of the period whose figure stands before it.
        period = next((n for n in reversed(names[:column]) if _PERIOD.search(n)), "")
        period = _PERIOD.search(period)[0] if period else ""  # type: ignore[index]
    before = period + (name + row if _DATED.search(name) else row + name)
    if not _BARE.match(cell):
        before += _AIM_IS if before.endswith(_AIMS) and "，" in cell else ""
        return _FIGURE_AT_END.sub(r"\g<0> ", before), ""
    if _RANKED.search(name):
        return before + _RANK_BEFORE, _RANK_BEHIND
    if _OF_ANOTHER.search(name):
        # Of the firms in a row a column may tell the rate, whatever the row is counted in.
        return _FIGURE_AT_END.sub(r"\g<0> ", before), column_unit or _RATE_UNIT
    unit = row_unit or column_unit or (told[1] if told else _PLAIN_UNIT)
    return _FIGURE_AT_END.sub(r"\g<0> ", before), unit


def with_unit(content: str, unit: str) -> str:
    """Put a unit behind the number of a cell, before what qualifies it: 150以上, 150家以上."""
    qualifier = next((word for word in _QUALIFIED if unit and content.endswith(word)), "")
    return content.removesuffix(qualifier) + unit + qualifier


def _split_unit(head: str) -> tuple[str, str]:
    match = _HEAD_UNIT.search(head)
    if match is None:
        return head, ""
    unit = match[1]
    if unit in units().by_counter or unit.lstrip(_MAGNITUDES) in units().by_counter:
        return head[: match.start()], unit
    return head, ""


def within(tables: Sequence[Table], starts: Sequence[int], position: int) -> bool:
    """Tell whether an offset lies in one of the tables, whose starts are given in order."""
    at = bisect_right(starts, position) - 1
    return at >= 0 and position < tables[at].end
