"""OFD (GB/T 33190), the national format for fixed documents: its text layer."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Final

from lxml import etree

from kjreport.load.composer import Composer, Draft
from kjreport.load.failure import LoadError
from kjreport.load.glyphs import Glyph, lines_of
from kjreport.load.layout import Page, compose_pages, title_of
from kjreport.load.limits import Limits, check_time
from kjreport.load.package import Package, is_package
from kjreport.load.registry import Content, Reader

_ROOT: Final = "OFD.xml"
_A4: Final = (210.0, 297.0)
# Share of a character's height that stands above its baseline.
_ASCENT: Final = 0.86
_IDENTITY: Final = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def _read(content: Content, limits: Limits) -> Draft:
    package = Package(content, limits)
    root = package.xml(_ROOT)
    pages: list[Page] = []
    for document in _texts(root, "DocRoot"):
        pages += _read_document(package, document.lstrip("/"), len(pages), limits)
    composer = Composer(limits.characters)
    margins = compose_pages(pages, composer)
    title = next(_texts(root, "Title"), "") or title_of(pages)
    return composer.draft(title=title, margins=margins)


def _read_document(package: Package, part: str, before: int, limits: Limits) -> Iterator[Page]:
    root = package.xml(part)
    size = _page_size(root) or _A4
    for number, page in enumerate(_named(root, "Page"), before + 1):
        check_time()
        if number > limits.pages:
            raise LoadError("too large", f"it has more than {limits.pages} pages (Limits.pages)")
        location = page.get("BaseLoc", "")
        if not location:
            continue
        content = package.xml(_beside(part, location))
        width, height = _page_size(content) or size
        glyphs = [g for text in _named(content, "TextObject") for g in _glyphs(text)]
        yield Page(number, width, height, lines_of(glyphs))


def _glyphs(text_object: etree._Element) -> Iterator[Glyph]:
    """Place the characters of one text object; lengths are millimetres."""
    left, top, *_ = (*_numbers(text_object.get("Boundary")), 0.0, 0.0)
    size = float(text_object.get("Size", "4"))
    a, b, c, d, e, f = _numbers(text_object.get("CTM")) or _IDENTITY
    x = y = 0.0
    for code in _named(text_object, "TextCode"):
        # A code without a place goes on where the last one began.
        x = float(code.get("X", x))
        y = float(code.get("Y", y))
        text = code.text or ""
        across = _steps(code.get("DeltaX"), len(text), size)
        down = _steps(code.get("DeltaY"), len(text), 0.0)
        at_x, at_y = x, y
        for index, char in enumerate(text):
            here_x = left + a * at_x + c * at_y + e
            here_y = top + b * at_x + d * at_y + f
            at_x, at_y = at_x + across[index], at_y + down[index]
            if char.isspace():
                continue
            width = size * abs(a) * (0.5 if char.isascii() else 1.0)
            tall = size * abs(d)
            yield Glyph(
                char,
                here_x,
                here_x + width,
                here_y - _ASCENT * tall,
                here_y + (1 - _ASCENT) * tall,
            )


def _steps(delta: str | None, count: int, default: float) -> list[float]:
    """Return the advance after each character; ``g 3 5`` means three times 5."""
    steps: list[float] = []
    values = (delta or "").split()
    at = 0
    while at < len(values) and len(steps) < count:
        if values[at] == "g" and at + 2 < len(values):
            steps += [float(values[at + 2])] * min(int(values[at + 1]), count)
            at += 3
        else:
            steps.append(float(values[at]))
            at += 1
    return steps + [steps[-1] if steps else default] * (count - len(steps))


def _page_size(root: etree._Element) -> tuple[float, float] | None:
    for box in _texts(root, "PhysicalBox"):
        numbers = _numbers(box)
        if len(numbers) == 4:
            return numbers[2], numbers[3]
    return None


def _named(root: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield the elements of that local name: writers disagree on the namespace."""
    return (element for element in root.iter() if etree.QName(element).localname == name)


def _texts(root: etree._Element, name: str) -> Iterator[str]:
    return (element.text.strip() for element in _named(root, name) if element.text)


def _numbers(text: str | None) -> tuple[float, ...]:
    return tuple(float(number) for number in (text or "").split())


def _beside(part: str, location: str) -> str:
    if location.startswith("/"):
        return location.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), location))


def _accepts(content: Content) -> bool:
    return is_package(content, _ROOT)


READERS: Final = (Reader("ofd", _accepts, _read),)
