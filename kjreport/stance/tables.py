"""Cells of a table that hold what is to be reached, whether the table is drawn or flattened."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kjreport.load import Block, Document

Span = tuple[int, int]

_TARGET = re.compile("目标|计划数|计划值|任务数|任务指标|工作计划|打算")
_RESULT = re.compile("完成|进展|进度|情况|实绩|结果|已|增长|同比")
_NUMBERING = re.compile("序号|编号")
_LABEL = re.compile(r"[\u4e00-\u9fff]{2,8}(?:[（(][\u4e00-\u9fff]+[）)])?$")
_FEWEST_COLUMNS = 3


def target_cells(document: Document) -> tuple[Span, ...]:
    """Return the spans of the cells that stand under a heading such as 年度目标.

    A table that lost its rules when it was copied has one cell a line; its rows are told by
    their running number, or by the number of its columns.
    """
    cells = [block for block in document.blocks if block.kind == "cell"]
    if cells:
        return tuple(_drawn(document.text, cells))
    return tuple(_flattened(document.text))


def _drawn(text: str, cells: Sequence[Block]) -> Iterator[Span]:
    wanted = {
        (cell.table, cell.column)
        for cell in cells
        if cell.row == 0 and _names_targets(text[cell.start : cell.end])
    }
    for cell in cells:
        if cell.row and (cell.table, cell.column) in wanted:
            yield cell.start, cell.end


def _names_targets(label: str) -> bool:
    return bool(_TARGET.search(label)) and not _RESULT.search(label)


def _flattened(text: str) -> Iterator[Span]:
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text) if m.group().strip()]
    words = [text[start:end].strip() for start, end in lines]
    first = 0
    while first < len(words):
        last = first
        while last < len(words) and _LABEL.match(words[last]):
            last += 1
        header = words[first:last]
        # The first cells of a flattened table can look like labels too.
        wanted = [i for i, label in enumerate(header) if _names_targets(label)]
        if len(header) >= _FEWEST_COLUMNS and wanted and any(map(_RESULT.search, header)):
            rows = _rows(words, last, header)
            yield from (lines[row + wanted[0]] for row in rows if row + wanted[0] < len(lines))
            return
        first = max(last, first + 1)


def _rows(words: Sequence[str], start: int, header: Sequence[str]) -> Iterator[int]:
    if _NUMBERING.match(header[0]):
        number = 1
        for place in range(start, len(words)):
            if words[place] == str(number):
                yield place
                number += 1
    elif (len(words) - start) % len(header) == 0:
        yield from range(start, len(words), len(header))
