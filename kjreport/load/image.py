"""Scans (.png, .jpg, .tif, PDF without text), read by optical character recognition."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from kjreport.load.composer import Composer, Draft
from kjreport.load.failure import LoadError, needs_extra
from kjreport.load.glyphs import Glyph, lines_of
from kjreport.load.layout import Page, compose_pages, title_of
from kjreport.load.limits import Limits, check_time, time_limit
from kjreport.load.registry import Content, Reader

if TYPE_CHECKING:
    from PIL.Image import Image

_MAGICS: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"BM")
# Below this side the detector loses whole lines of a page.
_SHORTEST_SIDE: Final = 1200
# A page read the right way up scores above this; below it other turns are tried.
_UPRIGHT_SCORE: Final = 0.9
_TURNS: Final = (90, 270, 180)
_DOUBTFUL: Final = 0.8


def recognise(images: Iterable[Image], limits: Limits, warning: str = "") -> Draft:
    """Return the text of page images.

    Parameters
    ----------
    images : iterable of PIL images
        One a page, taken one by one.
    limits : Limits
        ``scan_seconds`` bounds the whole.
    warning : str, optional
        Kept with the document.

    Raises
    ------
    LoadError
        Kind ``needs extra`` without the libraries of the ``ocr`` extra.
    """
    _engine()
    pages = []
    with time_limit(limits.scan_seconds):
        for number, image in enumerate(images, 1):
            check_time()
            if number > limits.pages:
                raise LoadError(
                    "too large", f"it has more than {limits.pages} pages (Limits.pages)"
                )
            glyphs, (width, height) = _upright(image.convert("RGB"))
            pages.append(Page(number, width, height, lines_of(glyphs)))
    composer = Composer(limits.characters)
    margins = compose_pages(pages, composer)
    scores = [line.confidence or 0.0 for page in pages for line in page.lines]
    warnings = [warning] if warning else []
    if doubtful := sum(score < _DOUBTFUL for score in scores):
        warnings.append(f"{doubtful} of {len(scores)} lines were recognised with doubt")
    return composer.draft(title=title_of(pages), margins=margins, warnings=warnings)


def _upright(image: Image) -> tuple[list[Glyph], tuple[int, int]]:
    """Recognise an image, turned if it reads better so."""
    best = _glyphs(image)
    score, size = _score(best), image.size
    if score >= _UPRIGHT_SCORE or not best:
        return best, size
    for turn in _TURNS:
        check_time()
        turned = image.rotate(turn, expand=True)
        glyphs = _glyphs(turned)
        if (new := _score(glyphs)) > score:
            best, score, size = glyphs, new, turned.size
        if score >= _UPRIGHT_SCORE:
            break
    return best, size


def _score(glyphs: list[Glyph]) -> float:
    """Return the mean confidence, weighed by characters; standing boxes count as unread."""
    lying = [g for g in glyphs if len(g.text) < 2 or g.right - g.left > g.bottom - g.top]
    read = sum((g.confidence or 0.0) * len(g.text) for g in lying)
    return read / max(sum(len(g.text) for g in glyphs), 1)


def _glyphs(image: Image) -> list[Glyph]:
    import numpy as np

    result = _engine()(np.asarray(image)[:, :, ::-1])
    if result.txts is None:
        return []
    return [
        Glyph(
            text,
            float(min(x for x, _ in box)),
            float(max(x for x, _ in box)),
            float(min(y for _, y in box)),
            float(max(y for _, y in box)),
            float(score),
        )
        for box, text, score in zip(result.boxes, result.txts, result.scores, strict=True)
        if text.strip()
    ]


@cache
def _engine() -> Any:
    try:
        from rapidocr import RapidOCR
    except ImportError as error:
        raise needs_extra("ocr", "reading a scan needs character recognition") from error
    return RapidOCR(
        params={
            "Det.limit_side_len": _SHORTEST_SIDE,
            "Det.limit_type": "min",
            # Lines turned upside down one by one would hide that the page is.
            "Global.use_cls": False,
            "Global.log_level": "critical",
        }
    )


def _frames(content: Content, limits: Limits) -> Iterator[Image]:
    from PIL import Image, ImageSequence

    # The size is checked on the header, before the library's own warning.
    with Image.open(io.BytesIO(content.data)) as image:
        for frame in ImageSequence.Iterator(image):
            if frame.width * frame.height > limits.pixels:
                raise LoadError(
                    "too large",
                    f"an image has {frame.width} × {frame.height} pixels (Limits.pixels)",
                )
            yield frame


def _accepts(content: Content) -> bool:
    return content.data.startswith(_MAGICS)


def _read(content: Content, limits: Limits) -> Draft:
    return recognise(_frames(content, limits), limits)


READERS: Final = (Reader("image", _accepts, _read),)
