"""A report's text as HTML, with its quantities marked where they stand."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Final
from urllib.parse import quote

from kjreport.load import Document, Section

# A browser drops these or reads them as U+FFFD or newlines, and offsets would slip.
_NOT_HTML: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")

# At one offset, what closes comes before what opens, the inner closes first and opens last.
_CLOSE_MARK, _CLOSE_TITLE, _CLOSE_CELL, _CLOSE_LINE, _CLOSE_SECTION = range(5)
_OPEN_SECTION, _OPEN_LINE, _OPEN_CELL, _OPEN_TITLE, _OPEN_MARK = range(5, 10)

_Tag = tuple[int, int, str]


def source_text(url: str) -> str:
    """Return a source's address as words: pages made here hold no reference to any host.

    Examples
    --------
    >>> source_text("https://example.org/2022.html")
    'example.org/2022.html'
    """
    return url.partition("://")[2] or url


@dataclass(frozen=True, slots=True)
class Note:
    """What the page tells about one stretch of a report.

    Attributes
    ----------
    start, end : int
        Half-open offsets into ``Document.text``.
    classes : tuple of str
        CSS classes: the indicator's family or ``residual``; ``masked``.
    tip : str
        Plain text, one field a line.
    confidence : float or None
        Of the extraction, from 0 to 1; None where nothing was extracted.
    """

    start: int
    end: int
    classes: tuple[str, ...]
    tip: str
    confidence: float | None = None


def anchor(report_id: str, start: int) -> str:
    """Return the ``id`` in the audit page of the quantity at `start`.

    Examples
    --------
    >>> anchor("longgang-2022", 119)
    'longgang-2022-119'
    """
    return f"{printable(report_id)}-{start}"


def link(page: str, report_id: str, start: int) -> str:
    """Return the address of a quantity's place, for an ``href``.

    Examples
    --------
    >>> link("audit.html", "区 1", 7)
    'audit.html#%E5%8C%BA%201-7'
    """
    return f"{quote(page)}#{quote(anchor(report_id, start), safe='')}"


def report_anchor(report_id: str) -> str:
    """Return the ``id`` of a whole report; no quantity's `anchor` ends like it."""
    return f"{printable(report_id)}-text"


def report_link(page: str, report_id: str) -> str:
    """Return the address of a report, for an ``href``."""
    return f"{quote(page)}#{quote(report_anchor(report_id), safe='')}"


def printable(text: str) -> str:
    """Replace each character that HTML cannot hold by U+FFFD, keeping the length."""
    return _NOT_HTML.sub("\ufffd", text)


def marked_text(document: Document, notes: Iterable[Note]) -> str:
    """Return `document` as HTML with a ``<mark>`` for every note.

    The text content of the result is ``document.text``, character by character,
    but for what HTML cannot hold (see `printable`).

    Parameters
    ----------
    document : Document
    notes : iterable of Note
        In any order; they may overlap.

    Returns
    -------
    str
        One ``<section>`` for each section of the report, a line a paragraph.
        The mark at which a note starts carries the `anchor` as its ``id``.

    Examples
    --------
    >>> doc = Document.from_text("<新增2家>", report_id="demo")
    >>> html = marked_text(doc, [Note(3, 5, ("platform",), "家")])
    >>> html.removeprefix('<section class="summary">').removesuffix("</section>")
    '<p>&lt;新增<mark id="demo-3" tabindex="0" class="platform" data-tip="家">2家</mark>&gt;</p>'
    """
    text = printable(document.text)
    cells = [block.start for block in document.blocks if block.kind == "cell"]
    layout = [tag for section in document.sections() for tag in _section_tags(text, section, cells)]
    marks = _mark_tags(text, tuple(notes), {offset for offset, _, _ in layout}, document.report_id)
    html: list[str] = []
    position = 0
    for offset, _, tag in sorted([*layout, *marks]):
        html += escape(text[position:offset], quote=False), tag
        position = offset
    html.append(escape(text[position:], quote=False))
    return "".join(html)


def _section_tags(text: str, section: Section, cells: Sequence[int]) -> Iterator[_Tag]:
    """Yield the tags of a section and its lines; `cells` are the sorted starts of table cells."""
    if section.start == section.end:
        return
    yield section.start, _OPEN_SECTION, f'<section class="{section.part}">'
    yield section.end, _CLOSE_SECTION, "</section>"
    title_start = text.find(section.title, section.start, section.end) if section.title else -1
    title_end = title_start + len(section.title)
    for start, end in _lines(text, section):
        if bisect_left(cells, start) < bisect_left(cells, end):
            yield from _row_tags(text, start, end)
            continue
        heading = start <= title_start and title_end == end
        name = f"h{min(section.level, 3) + 2}" if heading else "p"
        yield start, _OPEN_LINE, f"<{name}>"
        yield end, _CLOSE_LINE, f"</{name}>"
        if start <= title_start < title_end < end:
            yield title_start, _OPEN_TITLE, "<b>"
            yield title_end, _CLOSE_TITLE, "</b>"


def _row_tags(text: str, start: int, end: int) -> Iterator[_Tag]:
    """Yield the tags of a table's row, whose cells are parted by tabs."""
    yield start, _OPEN_LINE, '<p class="row">'
    yield end, _CLOSE_LINE, "</p>"
    for cell in text[start:end].split("\t"):
        if cell:
            yield start, _OPEN_CELL, "<span>"
            yield start + len(cell), _CLOSE_CELL, "</span>"
        else:
            yield start, _OPEN_CELL, "<span></span>"
        start += len(cell) + 1


def _lines(text: str, section: Section) -> Iterator[tuple[int, int]]:
    """Yield the bounds of the lines of a section that are not blank."""
    start = section.start
    for line in text[section.start : section.end].split("\n"):
        if line and not line.isspace():
            yield start, start + len(line)
        start += len(line) + 1


def _mark_tags(
    text: str, notes: tuple[Note, ...], cuts: set[int], report_id: str
) -> Iterator[_Tag]:
    """Yield the tags of the marks, which end where another begins and at the `cuts`."""
    # A blank line has no tags of its own, and a mark must neither hold nor miss a line break.
    breaks = {place for match in re.finditer("\n", text) for place in match.span()}
    ends = {place for note in notes for place in (note.start, note.end)}
    edges = sorted(cuts | breaks | ends)
    waiting = deque(sorted(notes, key=lambda note: (note.start, note.end)))
    covering: list[Note] = []
    for start, end in pairwise(edges):
        covering = [note for note in covering if note.end > start]
        while waiting and waiting[0].start <= start:
            covering.append(waiting.popleft())
        if covering and text[start] != "\n":
            yield start, _OPEN_MARK, _mark(covering, start, report_id)
            yield end, _CLOSE_MARK, "</mark>"


def _mark(notes: list[Note], start: int, report_id: str) -> str:
    # A mark that only continues another is no stop of its own for the keyboard.
    first = any(note.start == start for note in notes)
    place = f'id="{escape(anchor(report_id, start))}" tabindex="0" ' if first else ""
    classes = " ".join(dict.fromkeys(name for note in notes for name in note.classes))
    tip = escape("\n\n".join(note.tip for note in notes))
    known = [note.confidence for note in notes if note.confidence is not None]
    confidence = f' data-confidence="{min(known):.2f}"' if known else ""
    return f'<mark {place}class="{escape(classes)}" data-tip="{tip}"{confidence}>'
