"""PDF files: their text layer, line by line, or their pages' images where there is none."""

from __future__ import annotations

import ctypes
import re
import unicodedata
import zlib
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from kjreport.load.composer import Composer, Draft
from kjreport.load.failure import LoadError
from kjreport.load.glyphs import Glyph, lines_of
from kjreport.load.layout import Page, compose_pages, title_of
from kjreport.load.limits import MEBIBYTE, Limits, check_time
from kjreport.load.registry import Content, Reader
from kjreport.load.ruled import Rule, find_grids

_MAGIC: Final = b"%PDF-"
_DPI: Final = 200
# A stroke or filled box thinner than this, in points, is a rule.
_RULE_WIDTH: Final = 3.0
_STREAM: Final = re.compile(rb"(?<!end)stream\r?\n")
_HIGHEST_RATIO: Final = 1032
# Line ends, and pdfium's marks of nothing and of a hyphen it took away.
_NO_CHARACTERS: Final = frozenset("\0\r\n\ufffe\uffff")
_MOST_PATHS: Final = 20_000
# Fewer characters a page than this is a scan with a stamp or a page number.
_SCAN_CHARACTERS: Final = 20
# Share of characters that a Chinese report's text layer is made of at least.
_SOUND_SHARE: Final = 0.7
_SOUND: Final = re.compile(
    r"[\x00-\x7f\u4e00-\u9fff\uff00-\uffef，。、；：？！“”‘’（）《》〈〉【】「」—…·％℃㎡㎥×＊●■◆○★→①②③④⑤⑥⑦⑧⑨⑩]"
)


def _read(content: Content, limits: Limits) -> Draft:
    import pypdfium2

    _check_streams(content.data, limits)
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
    composer = Composer(limits.characters)
    margins = compose_pages(pages, composer)
    return composer.draft(title=title_of(pages), margins=margins)


def _check_streams(data: bytes, limits: Limits) -> None:
    """Raise `LoadError` for a stream that would unpack beyond the limit.

    Only streams long enough to do so at deflate's highest ratio are unpacked,
    a piece at a time.
    """
    for match in _STREAM.finditer(data):
        start = match.end()
        end = data.find(b"endstream", start)
        end = len(data) if end < 0 else end
        if (end - start) * _HIGHEST_RATIO <= limits.unpacked_bytes:
            continue
        unpacker, size = zlib.decompressobj(), 0
        packed = data[start:end]
        try:
            while packed and not unpacker.eof:
                size += len(unpacker.decompress(packed, MEBIBYTE))
                packed = unpacker.unconsumed_tail
                if size > limits.unpacked_bytes:
                    raise LoadError(
                        "too large",
                        f"a stream unpacks to more than {limits.unpacked_bytes // MEBIBYTE} MiB "
                        "(Limits.unpacked_bytes)",
                    )
        except zlib.error:
            # Images in formats of their own and encrypted streams are no deflate.
            continue


def _failure(error: Exception) -> LoadError:
    if "assword" in str(error) or "ecurity" in str(error):
        return LoadError("encrypted", "the PDF needs a password; save it without one")
    return LoadError("damaged", f"the PDF cannot be opened ({error}); fetch it again")


def _recognise(document: Any, limits: Limits, reason: str) -> Draft:
    from kjreport.load.image import recognise

    def images() -> Iterator[Any]:
        for number in range(len(document)):
            page = document[number]
            scale = min(_DPI / 72, (limits.pixels / (page.get_width() * page.get_height())) ** 0.5)
            yield page.render(scale=scale).to_pil()
            page.close()

    return recognise(images(), limits, f"{reason}; recognised from the images of its pages")


def is_sound(text: str) -> bool:
    r"""Tell whether a text layer is made of the characters that reports are made of.

    A font without a usable character map gives private-use, unassigned or
    far-off characters.

    Examples
    --------
    >>> is_sound("新增众创空间2家"), is_sound("ĀāĂ㫔\ue012\ue013")
    (True, False)
    """
    shown = "".join(text.split())
    sound = len(_SOUND.findall(shown))
    broken = sum(unicodedata.category(c) in ("Co", "Cn", "Cc") or c == "\ufffd" for c in shown)
    return sound >= _SOUND_SHARE * len(shown) and broken <= (1 - _SOUND_SHARE) * len(shown)


def _read_page(page: Any, number: int) -> Page:
    check_time()
    width, height = page.get_size()
    text_page = page.get_textpage()
    try:
        grids, glyphs = find_grids(list(_rules(page, height)), _glyphs(text_page, height))
    finally:
        text_page.close()
        page.close()
    return Page(number, width, height, lines_of(glyphs), grids)


def _rules(page: Any, height: float) -> Iterator[Rule]:
    """Yield the straight strokes of a page; boxes give their four sides."""
    import pypdfium2.raw as pdfium

    for path in islice(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH]), _MOST_PATHS):
        left, bottom, right, top = path.get_bounds()
        upper, lower = height - top, height - bottom
        if min(right - left, lower - upper) <= _RULE_WIDTH:
            yield Rule(left, upper, right, lower)
        elif pdfium.FPDFPath_CountSegments(path.raw) in (4, 5):
            yield Rule(left, upper, right, upper)
            yield Rule(left, lower, right, lower)
            yield Rule(left, upper, left, lower)
            yield Rule(right, upper, right, lower)


def _glyphs(text_page: Any, height: float) -> Iterator[Glyph]:
    """Yield the characters of the file; spaces that pdfium adds are left to the layout."""
    import pypdfium2.raw as pdfium

    box = pdfium.FS_RECTF()
    for index in range(text_page.count_chars()):
        char = chr(pdfium.FPDFText_GetUnicode(text_page, index))
        if char in _NO_CHARACTERS or pdfium.FPDFText_IsGenerated(text_page, index) == 1:
            continue
        # The loose box has the font's height: the tight one of 一 is a mere dash.
        pdfium.FPDFText_GetLooseCharBox(text_page, index, ctypes.byref(box))
        space = char.isspace()
        yield Glyph(
            " " if space else char, box.left, box.right, height - box.top, height - box.bottom
        )


def _accepts(content: Content) -> bool:
    return _MAGIC in content.data[:1024]


READERS: Final = (Reader("pdf", _accepts, _read),)
