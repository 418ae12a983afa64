"""Cells of a table that hold what is to be reached, whether the table is drawn or flattened."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Final

from kjreport.load import Block, Document
from kjreport.vocabulary import any_of, vocabulary

Span = tuple[int, int]

_WORDS: Final = vocabulary(__file__)
_TARGET: Final = re.compile(any_of(_WORDS.words("targets")))
_RESULT: Final = re.compile(any_of(_WORDS.words("results")))
_NUMBERING: Final = _WORDS.words("numbering")
_LABEL: Final = re.compile(r"[\u4e00-\u9fff]{2,8}(?:[（(][\u4e00-\u9fff]+[）)])?$")
_FEWEST_COLUMNS: Final = 3


def target_cells(document: Document) -> tuple[Span, ...]:
    """Return the spans of the cells that stand under a heading such as 年度目标.

    A table that lost its rules when it was copied has one cell a line; its rows are told by
    their running number.
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
    for first in (i for i, word in enumerate(words) if word.startswith(_NUMBERING)):
        header = list(takewhile(_LABEL.match, words[first:]))
        wanted = [i for i, label in enumerate(header) if _names_targets(label)]
        if len(header) < _FEWEST_COLUMNS or not wanted or not any(map(_RESULT.search, header)):
            continue
        number = 1
        for place in range(first + len(header), len(words) - wanted[0]):
            if words[place] == str(number):
                yield lines[place + wanted[0]]
                number += 1
