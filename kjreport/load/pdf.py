"""PDF files: their text layer, line by line, or their pages' images where there is none."""

from __future__ import annotations

import ctypes
import statistics
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from kjreport.load.composer import Composer, Draft
from kjreport.load.failure import LoadError
from kjreport.load.layout import Line, Page, compose_pages, title_of
from kjreport.load.limits import Limits, check_time
from kjreport.load.registry import Content, Reader

_MAGIC: Final = b"%PDF-"
# Fewer characters a page than this is a scan with a stamp or a page number.
_SCAN_CHARACTERS: Final = 20
# Share of characters that a Chinese report's text layer is made of at least.
_SOUND_SHARE: Final = 0.7
_COMMON: Final = frozenset("，。、；：？！“”‘’（）《》〈〉【】「」—…·％℃㎡㎥×＊●■◆○★→①②③④⑤⑥⑦⑧⑨⑩")
# Gaps in units of a character's width that stand for a space.
_WORD_GAP: Final = 0.15
_WIDE_GAP: Final = 1.2
_COLUMN_GAP: Final = 2.5


@dataclass(slots=True)
class _Glyph:
    char: str
    left: float
    right: float
    top: float
    bottom: float


def _read(content: Content, limits: Limits) -> Draft:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content.data)
    except pypdfium2.PdfiumError as error:
        raise _failure(error) from error
    try:
        if len(document) > limits.pages:
            raise LoadError(
                "too large",
                f"it has {len(document)} pages, more than {limits.pages} (Limits.pages)",
            )
        try:
            pages = [_read_page(document[n], n + 1) for n in range(len(document))]
        except pypdfium2.PdfiumError as error:
            raise LoadError("damaged", f"a page cannot be read ({error})") from error
        text = "".join(line.text for page in pages for line in page.lines)
        if len(text) < _SCAN_CHARACTERS * len(pages):
            return _recognise(document, limits, "it has no text layer")
        if not is_sound(text):
            return _recognise(document, limits, "its text layer is garbage")
    finally:
        document.close()
    composer = Composer()
    margins = compose_pages(pages, composer)
    return composer.draft(title=title_of(pages), margins=margins)


def _failure(error: Exception) -> LoadError:
    if "assword" in str(error) or "ecurity" in str(error):
        return LoadError("encrypted", "the PDF needs a password; save it without one")
    return LoadError("damaged", f"the PDF cannot be opened ({error}); fetch it again")


def _recognise(document: Any, limits: Limits, reason: str) -> Draft:
    from kjreport.load.image import recognise_pdf

    return recognise_pdf(document, limits, reason)


def is_sound(text: str) -> bool:
    r"""Tell whether a text layer is made of the characters that reports are made of.

    A font without a usable character map gives private-use, unassigned or
    far-off characters.

    Examples
    --------
    >>> is_sound("新增众创空间2家"), is_sound("ĀāĂ㫔\ue012\ue013")
    (True, False)
    """
    shown = [c for c in text if not c.isspace()]
    sound = sum(
        c.isascii() or c in _COMMON or "\u4e00" <= c <= "\u9fff" or "\uff00" <= c <= "\uffef"
        for c in shown
    )
    broken = sum(unicodedata.category(c) in ("Co", "Cn", "Cc") or c == "\ufffd" for c in shown)
    return sound >= _SOUND_SHARE * len(shown) and broken <= (1 - _SOUND_SHARE) * len(shown)


def _read_page(page: Any, number: int) -> Page:
    check_time()
    height = page.get_height()
    text_page = page.get_textpage()
    try:
        lines = tuple(_lines(_glyphs(text_page, height)))
    finally:
        text_page.close()
        page.close()
    return Page(number, height, lines)


def _glyphs(text_page: Any, height: float) -> Iterator[_Glyph]:
    """Yield the printed characters; spaces are read from the gaps between them."""
    import pypdfium2.raw as pdfium

    box = pdfium.FS_RECTF()
    for index in range(text_page.count_chars()):
        char = chr(pdfium.FPDFText_GetUnicode(text_page, index))
        if char.isspace() or char in "\0\ufffe":
            continue
        # The loose box has the font's height: the tight one of 一 is a mere dash.
        pdfium.FPDFText_GetLooseCharBox(text_page, index, ctypes.byref(box))
        yield _Glyph(char, box.left, box.right, height - box.top, height - box.bottom)


@dataclass(slots=True)
class _Row:
    """The glyphs of one baseline."""

    glyphs: list[_Glyph]
    top: float
    bottom: float

    def takes(self, glyph: _Glyph) -> bool:
        """Tell whether the middle of `glyph` is within the height of this line."""
        return self.top <= (glyph.top + glyph.bottom) / 2 <= self.bottom


def _lines(glyphs: Iterable[_Glyph]) -> list[Line]:
    """Gather glyphs into lines from the top of the page down.

    Writers draw the quotation marks of another font apart, before or after the
    line they belong to: place decides, not order.
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
    return [_line(row.glyphs) for row in sorted(rows, key=lambda row: row.top)]


def _line(glyphs: list[_Glyph]) -> Line:
    placed = sorted(glyphs, key=lambda glyph: glyph.left)
    wide = [g.right - g.left for g in placed if not g.char.isascii()]
    size = max(statistics.median(wide or [0.7 * (g.bottom - g.top) for g in placed]), 1.0)
    return Line(
        _text(placed, size),
        placed[0].left,
        max(g.right for g in placed),
        min(g.top for g in placed),
        max(g.bottom for g in placed),
        size,
    )


def _text(glyphs: list[_Glyph], size: float) -> str:
    """Join glyphs; a gap is a space between Latin words or where it is wide, then a tab."""
    out = glyphs[0].char
    for before, glyph in pairwise(glyphs):
        gap = glyph.left - before.right
        latin = before.char.isascii() and glyph.char.isascii()
        words = latin and before.char.isalpha() and glyph.char.isalpha()
        if gap > _COLUMN_GAP * size:
            out += "\t"
        elif gap > _WIDE_GAP * size or (words and gap > _WORD_GAP * size):
            out += " "
        out += glyph.char
    return out


def _accepts(content: Content) -> bool:
    return _MAGIC in content.data[:1024]


READERS: Final = (Reader("pdf", _accepts, _read),)
