"""Clauses of a report: what stands between 。；！？ or enumeration marks, cut further at ，."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kjreport.vocabulary import vocabulary

_WORDS: Final = vocabulary(__file__)
_MARK: Final = re.compile(rf"\s*(?:{_WORDS.expression('mark')})+")
_CLAUSE_END: Final = _WORDS.pattern("clause_end")
_HAN: Final = re.compile(r"[\u4e00-\u9fff]")
_COMMA: Final = re.compile(r"，|(?<!\d),|,(?!\d)")
_STANDARD: Final = {
    ord(variant): standard
    for standard, variants in _WORDS.groups("variants").items()
    for variant in variants
} | {
    wide: chr(narrow)
    for wide, narrow in zip(range(0xFF10, 0xFF5B), range(0x30, 0x7B), strict=True)
    if chr(narrow).isalnum()
}
_LEAD_IN: Final = re.compile(r"：|:(?!\d)")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a clause between two commas, in offsets into the document's text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Clause:
    """What stands between two separators, without its enumeration mark and lead-in.

    Attributes
    ----------
    lead_in : str
        The words before a colon, such as ``主要问题`` in ``主要问题：人才缺乏``.
    segments : tuple of Segment
        The clause cut at its commas.
    start, end : int
        Half-open offsets, from the enumeration mark to the separator.
    line : tuple of int
        Offsets of the line that holds the clause.
    opens_line, closes_line : bool
    """

    lead_in: str
    segments: tuple[Segment, ...]
    start: int
    end: int
    line: tuple[int, int]
    opens_line: bool
    closes_line: bool

    @property
    def text(self) -> str:
        """The clause's own words, without mark and lead-in."""
        return "，".join(segment.text for segment in self.segments)


def clauses(text: str) -> tuple[Clause, ...]:
    """Split `text` into clauses.

    Examples
    --------
    >>> for clause in clauses("主要问题：一是人才少，留不住；二是投入低。"):
    ...     print(clause.lead_in, [segment.text for segment in clause.segments])
    主要问题 []
     ['人才少', '留不住']
     ['投入低']
    """
    text = text.translate(_STANDARD)
    found: list[Clause] = []
    start = 0
    for line in text.split("\n"):
        found.extend(_clauses_of_line(text, start, start + len(line)))
        start += len(line) + 1
    return tuple(found)


def _clauses_of_line(text: str, start: int, end: int) -> Iterator[Clause]:
    pieces = [(a, b) for a, b in _split(_CLAUSE_END, text, start, end) if text[a:b].strip()]
    for number, (a, b) in enumerate(pieces):
        mark = _MARK.match(text, a, b)
        body = mark.end() if mark else a
        lead_in, body = _lead_in(text, body, b)
        yield Clause(
            lead_in=lead_in,
            segments=tuple(_segments(text, body, b)),
            start=a,
            end=b,
            line=(start, end),
            opens_line=number == 0,
            closes_line=number == len(pieces) - 1,
        )


def _lead_in(text: str, start: int, end: int) -> tuple[str, int]:
    colon = _LEAD_IN.search(text, start, end)
    return (text[start : colon.start()].strip(), colon.end()) if colon else ("", start)


def _segments(text: str, start: int, end: int) -> Iterator[Segment]:
    for a, b in _split(_COMMA, text, start, end):
        words = text[a:b]
        stripped = words.strip()
        if _HAN.search(stripped):
            a += len(words) - len(words.lstrip())
            mark = _MARK.match(text, a, a + len(stripped))
            a = mark.end() if mark else a
            b = max(a, b - (len(words) - len(words.rstrip())))
            if text[a:b]:
                yield Segment(text[a:b], a, b)


def _split(pattern: re.Pattern[str], text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    position = start
    for separator in pattern.finditer(text, start, end):
        yield position, separator.start()
        position = separator.end()
    yield position, end
