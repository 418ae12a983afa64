"""Web pages (.html, .mht): the main text, without what surrounds it on the page."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from lxml import etree

from kjreport.load.composer import Cell, Composer, Draft
from kjreport.load.failure import LoadError
from kjreport.load.limits import DEFAULT_LIMITS, Limits, check_time
from kjreport.load.package import check_markup
from kjreport.load.registry import Content, Reader
from kjreport.load.text import decode
from kjreport.vocabulary import vocabulary

_WORDS: Final = vocabulary(__file__)

# Share of the page's sentences that the main part has to hold.
_MAIN_SHARE: Final = 0.85
# An element named like navigation is dropped unless it holds more than this share.
_CLUTTER_SHARE: Final = 0.3

_HEADINGS: Final = {f"h{n}": n for n in range(1, 7)}
_DROPPED: Final = (
    *("script", "style", "noscript", "template", "iframe", "svg", "object", "embed", "applet"),
    *("select", "option", "button", "input", "textarea", "label"),
    *("nav", "aside", "footer", "head"),
)
_INLINE: Final = {
    *("a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i"),
    *("img", "ins", "kbd", "mark", "q", "rb", "ruby", "s", "samp", "small", "span", "strike"),
    *("strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "o:p", "st1:chsdate"),
}
_CONTAINERS: Final = {"body", "div", "section", "article", "main", "td", "center", "form", "font"}
_CLUTTER: Final = re.compile(
    r"(?:^|[\s_-])(?:nav\w*|menu\w*|foot|footer|copyright|breadcrumbs?|crumbs?|share\w*|sidebar|"
    r"related|pag(?:er|ination)|comments?|toolbar|search\w*|login|banner|advert\w*|ads?|"
    r"\w*info|source|pub(?:time|date)|wzdh|dqwz|friendlink\w*|qrcode)(?:$|[\s_-])",
    re.IGNORECASE,
)
# Links to the neighbouring articles, in an element of their own.
_NEIGHBOUR: Final = _WORDS.pattern("neighbour")
_SENTENCE_MARK: Final = re.compile(r"[，。；：、！？,;]")
_SPACE: Final = re.compile(r"[ \t\r\n\f\xa0]+")
_HTML_START: Final = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
    r"<(?:!doctype\s+html|html|head|meta|title|body|div|p|table|h[1-6]|center|font|span)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML_DECLARATION: Final = re.compile(r"\s*<\?xml[^>]*\?>")
_CHARSET: Final = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_SITE_TAIL: Final = _WORDS.pattern("site_tail")
_DISPLAY_NONE: Final = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_DATE_META: Final = ("pubdate", "publishdate", "article:published_time", "publish_date", "date")
_DATE: Final = _WORDS.pattern("date")
_PRINTED_DATE: Final = _WORDS.pattern("printed_date")
_TITLE_META: Final = ("ArticleTitle", "og:title")


def read_html(data: bytes, limits: Limits = DEFAULT_LIMITS, *, url: str = "") -> Draft:
    """Return the main text of an HTML page.

    Parameters
    ----------
    data : bytes
        The page; a wrong charset declaration is survived.
    limits : Limits, optional
    url : str, optional
        Only named in errors.

    Raises
    ------
    LoadError
        Kind ``damaged`` where there is no element at all.
    """
    check_markup(len(data), limits)
    declared = _CHARSET.search(data[:4096])
    source, warning = decode(data, declared[1].decode("ascii") if declared else "")
    source = _XML_DECLARATION.sub("", source, count=1)
    parser = etree.HTMLParser(
        no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8"
    )
    try:
        root = etree.fromstring(source.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        raise LoadError("damaged", f"the page {url} holds no element".replace("  ", " "))
    title, published = _title(root), _published(root)
    headline = _headline(root, title)
    _drop_clutter(root)
    main = _main_element(root)
    walker = _Walker(Composer(limits.characters))
    inner = [_plain(h) for h in main.iter("h1") if _plain(h)]
    if headline and headline not in inner:
        walker.composer.paragraph(headline, kind="heading", level=1)
    walker.blocks(main)
    draft = walker.composer.draft(
        title=headline or next(iter(inner), title), warnings=(warning,) if warning else ()
    )
    return replace(draft, published=published)


def _title(root: etree._Element) -> str:
    metas = {m.get("name") or m.get("property"): m.get("content", "") for m in root.iter("meta")}
    for name in _TITLE_META:
        if metas.get(name):
            return _SPACE.sub(" ", metas[name]).strip()
    element = root.find(".//title")
    return "" if element is None else _SITE_TAIL.sub("", _plain(element))


def _headline(root: etree._Element, title: str) -> str:
    """Return the first h1 that the page's title agrees with; others are site names."""
    for heading in root.iter("h1"):
        text = _plain(heading)
        if text and (not title or text in title or title in text):
            return text
    return ""


def _published(root: etree._Element) -> str:
    """Return the date in the page's description of itself, else the one it prints."""
    metas = {
        (m.get("name") or m.get("property") or "").lower(): m.get("content", "")
        for m in root.iter("meta")
    }
    described = next((metas[name] for name in _DATE_META if metas.get(name)), "")
    match = _DATE.search(described) or _PRINTED_DATE.search("".join(root.itertext()))
    if match is None:
        return ""
    year, month, day = map(int, match.groups())
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return ""


def _drop_clutter(root: etree._Element) -> None:
    for element in list(root.iter(*_DROPPED)):
        _remove(element)
    for element in list(root.iter("p", "div", "li", "td", "span", "a")):
        if _NEIGHBOUR.match("".join(element.itertext())):
            _remove(element)
    total = _weight(root)
    for element in list(root.iter("div", "ul", "section", "table", "p", "td", "header", "span")):
        if _DISPLAY_NONE.search(element.get("style", "")):
            _remove(element)
        names = " ".join(element.get(name, "") for name in ("class", "id", "title"))
        if _CLUTTER.search(names) and _weight(element) <= _CLUTTER_SHARE * total:
            _remove(element)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _weight(element: etree._Element) -> int:
    """Return how many characters of sentences, outside links, `element` holds."""
    weight = 0
    for text in element.itertext():
        stripped = text.strip()
        if len(stripped) > 1 and (len(stripped) > 20 or _SENTENCE_MARK.search(stripped)):
            weight += len(stripped)
    links = sum(len(text.strip()) for a in element.iter("a") for text in a.itertext())
    return max(0, weight - links)


def _main_element(root: etree._Element) -> etree._Element:
    """Return the innermost container that holds most of the page's sentences."""
    body = root.find("body")
    main = inner = root if body is None else body
    enough = _MAIN_SHARE * _weight(main)
    while True:
        check_time()
        # Pages of old are laid out in tables: a cell may be the container.
        if inner.tag in _CONTAINERS:
            main = inner
        children = [child for child in inner if child.tag not in _INLINE]
        inner = max(children, key=_weight, default=None)
        if inner is None or _weight(inner) < enough or not enough:
            return main


def _plain(element: etree._Element) -> str:
    return _SPACE.sub(" ", "".join(element.itertext())).strip()


@dataclass
class _Walker:
    composer: Composer
    _pieces: str = ""

    def blocks(self, element: etree._Element, level: int = 0) -> None:
        """Add the paragraphs and tables under `element` in reading order."""
        check_time()
        self._text(element.text)
        for position, child in enumerate(element):
            tag = child.tag if isinstance(child.tag, str) else ""
            if tag == "br":
                self.flush(level)
            elif tag in _INLINE:
                self.blocks(child, level) if len(child) else self._text(child.text)
            else:
                self.flush(level)
                self._block(child, tag, position)
            self._text(child.tail)
        if element.tag not in _INLINE:
            self.flush(level)

    def flush(self, level: int = 0) -> None:
        """End the running paragraph."""
        text, self._pieces = _SPACE.sub(" ", self._pieces).strip(), ""
        if text:
            kind = "heading" if level else "paragraph"
            self.composer.paragraph(text, kind=kind, level=level)  # type: ignore[arg-type]

    def _text(self, text: str | None) -> None:
        self._pieces += text or ""

    def _block(self, child: etree._Element, tag: str, position: int) -> None:
        if tag == "table" and not _is_frame(child):
            self._table(child)
        elif tag in _HEADINGS:
            self.blocks(child, _HEADINGS[tag])
        elif tag == "ol":
            self._ordered(child)
        else:
            self.blocks(child)

    def _ordered(self, element: etree._Element) -> None:
        start = element.get("start", "1")
        number = int(start) if start.isdigit() else 1
        for item in element:
            if item.tag == "li":
                # Printed by the browser, so part of what a reader sees.
                self._pieces = f"{number}. "
                number += 1
            self.blocks(item)

    def _table(self, element: etree._Element) -> None:
        table = self.composer.new_table()
        taken: dict[int, int] = {}
        for index, row in enumerate(_rows(element)):
            cells, column = [], 0
            for cell in row:
                if cell.tag not in ("td", "th"):
                    continue
                while taken.get(column, 0) > index:
                    column += 1
                width, height = _span(cell, "colspan"), _span(cell, "rowspan")
                cells.append(Cell(_cell_text(cell), column, height, width))
                for at in range(column, column + width):
                    taken[at] = index + height
                column += width
            self.composer.row(cells, table=table, row=index)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from child.iterchildren("tr")


def _is_frame(table: etree._Element) -> bool:
    """Tell whether a table only arranges the page: nested tables, or one column."""
    if next(table.iterdescendants("table"), None) is not None:
        return True
    widths = [sum(cell.tag in ("td", "th") for cell in row) for row in _rows(table)]
    return max(widths, default=0) <= 1


def _span(cell: etree._Element, name: str) -> int:
    value = cell.get(name, "1")
    return min(max(int(value), 1), 1000) if value.isdigit() else 1


def _cell_text(cell: etree._Element) -> str:
    inner = _Walker(Composer())
    inner.blocks(cell)
    inner.flush()
    return inner.composer.draft().text


def _read_html(content: Content, limits: Limits) -> Draft:
    return read_html(content.data, limits, url=content.name)


def _accepts_html(content: Content) -> bool:
    head = content.head.replace(b"\x00", b"").removeprefix(b"\xef\xbb\xbf").lstrip(b"\xff\xfe")
    return _HTML_START.match(head.decode("latin-1")) is not None


def _accepts_mht(content: Content) -> bool:
    head = content.head[:2048].lstrip().lower()
    return b"mime-version:" in head and b"content-type:" in head


def _read_mht(content: Content, limits: Limits) -> Draft:
    message = email.message_from_bytes(content.data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes) and payload.strip():
                return read_html(payload, limits, url=content.name)
    raise LoadError("damaged", "the web archive holds no HTML part; save the page again")


READERS: Final = (
    Reader("mht", _accepts_mht, _read_mht),
    Reader("html", _accepts_html, _read_html),
)
