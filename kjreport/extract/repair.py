"""Undo the damage that pages do to text, keeping the way back to the original.

Extraction reads a repaired copy of a report: digits in half width and marks in full width,
characters gone where a space, a line break or a page number ran into a number or a word.
`Repaired.span` leads from the copy back to the report.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Final
from unicodedata import normalize

from kjreport.vocabulary import vocabulary

_WORDS: Final = vocabulary(__file__)

# One character for one, so that offsets stay.
_SAME_LENGTH = {
    **{chr(ord("０") + i): str(i) for i in range(10)},
    **{chr(ord("⒈") + i): str(i + 1) for i in range(9)},
    **dict.fromkeys("％﹪", "%"),
    **dict.fromkeys("＊﹡", "*"),
    **dict.fromkeys("✕╳", "×"),
    **dict.fromkeys("－﹣–—", "-"),
    **dict.fromkeys("～〜∼", "~"),
    **dict.fromkeys("\u3000\xa0", " "),
    "．": ".",
    "Ｘ": "X",
    "ｘ": "x",
    "＆": "&",
    "∶": ":",
    **dict(zip("();?!", "（）；？！", strict=True)),
    **dict(zip(_WORDS.words("variants"), _WORDS.words("plain"), strict=True)),
}
_SAME_LENGTH |= {
    chr(small): _SAME_LENGTH.get(plain, plain)
    for small in range(0xFE50, 0xFE6C)
    if len(plain := normalize("NFKC", chr(small))) == 1 and chr(small) not in _SAME_LENGTH
}
# Any of these: most texts hold a few of them, and each is looked for in vain otherwise.
_ODD: Final = re.compile("[" + re.escape("".join(_SAME_LENGTH)) + "]")
_RD: Final = re.compile(r"R[ ·]D(?![A-Za-z])")
# Blackened characters; a single one is the mark of an item.
_BLACKENED: Final = re.compile("■{2,}")
# Between digits a comma groups thousands and a colon is of a time or a ratio.
_COMMA: Final = re.compile(r"(?<!\d),|,(?!\d)")
_COLON: Final = re.compile(r"(?<!\d):|:(?!\d)")
_PAGE_FIELD: Final = _WORDS.pattern("page_field")
_GAP: Final = _WORDS.pattern("gap")
_PAGE_LINE: Final = _WORDS.pattern("page_line")
_PAGE_MARK: Final = _WORDS.pattern("page_mark")
# A quick look before it.
_PAGE: Final = _WORDS.characters("page")
_PAGE_COUNT: Final = _WORDS.pattern("page_count")
_TRADITIONAL: Final = _WORDS.pattern("traditional")
_PINYIN: Final = _WORDS.pattern("pinyin")
_SPACED_OUT: Final = _WORDS.pattern("spaced_out")
_SPACE: Final = _WORDS.pattern("space")
_MARKUP: Final = _WORDS.pattern("markup")
_STRAY_MARK: Final = _WORDS.pattern("stray_mark")
_ASKS: Final = _WORDS.pattern("asks")
_NUMBER_SPACE: Final = _WORDS.pattern("number_space")
# A quick look: pages are numbered from the second.
_SECOND_PAGE: Final = "\n2、"
_FIRST_ITEM: Final = _WORDS.pattern("first_item", re.MULTILINE)
_PAGE_ITEM: Final = _WORDS.pattern("page_item")
_STRAY_DIGIT: Final = _WORDS.pattern("stray_digit")
_HEADING_START: Final = _WORDS.pattern("heading_start")
_YEAR_BEFORE = re.compile(r"(?<!\d)(?:19|20)\d\d$")
_LIST_MARK_BEFORE = re.compile(r"(?:^|\n)\s*\d{1,2}\.?$")
_DIGITS = re.compile(r"\d+")
_THOUSANDS = re.compile(r"\d{3}(?!\d)")
_LINE_END = "。！？；：:;!?…】》|\t"
_WIDEST = 120
# So many lines must end in the middle of a sentence at one width.
_FEWEST = 4
# A space at every fiftieth character is no chance.
_OFTEN = 0.02
# So much of a text tells its script.
_ENOUGH = 4000


@dataclass(frozen=True, slots=True)
class Repaired:
    """A repaired copy of a text and the way back.

    Attributes
    ----------
    text : str
    pages : tuple of (int, int)
        Spans of the original text where page numbers were left out of the copy.
    """

    text: str
    pages: tuple[tuple[int, int], ...] = ()
    _cuts: list[int] = field(default_factory=list)
    _shifts: list[int] = field(default_factory=list)

    def origin(self, position: int) -> int:
        """Return where the character at `position` stands in the original text."""
        if not self._cuts:
            return position
        return position + self._shifts[bisect_right(self._cuts, position)]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the half-open span of the original text that a span of the copy shows."""
        if not self._cuts:
            return start, end
        return self.origin(start), self.origin(end - 1) + 1


def repair(text: str, bigrams: Container[str] = frozenset()) -> Repaired:
    """Return a copy of `text` that can be read without minding its damage.

    Parameters
    ----------
    text : str
    bigrams : container of str
        Pairs of characters that belong together; a stray number between such a pair is
        a page number and is left out.

    Examples
    --------
    >>> repaired = repair("兑现资金3 860万元")
    >>> repaired.text
    '兑现资金3860万元'
    >>> repaired.span(4, 10)
    (4, 11)
    """
    if len(_TRADITIONAL.findall(text, 0, _ENOUGH)) > 2:
        text = _simplified(text)
    flat = _even_width(text)
    cuts = [m.span() for m in _GAP.finditer(flat) if _splits_number(flat, m)]
    cuts += [m.span() for m in _PAGE_LINE.finditer(flat)]
    if _SPACED_OUT.search(flat):
        cuts += _spaces_within(flat)
    cuts += [m.span() for m in _NUMBER_SPACE.finditer(flat) if not _parts_item(flat, m)]
    if "？" in flat:
        cuts += [m.span() for m in _STRAY_MARK.finditer(flat) if not _asked(flat, m.start())]
    if "<" in flat or "&amp" in flat or "&nbsp" in flat:
        cuts += [m.span() for m in _MARKUP.finditer(flat)]
    if _PINYIN.search(flat):
        cuts += [m.span() for m in _PINYIN.finditer(flat)]
    if _SECOND_PAGE in flat and not _FIRST_ITEM.search(flat):
        cuts += [m.span() for m in _PAGE_ITEM.finditer(flat)]
    cuts += [m.span() for m in _PAGE_MARK.finditer(flat)]
    if _PAGE in flat:
        cuts += [m.span() for m in _PAGE_COUNT.finditer(flat)]
    if "MERGEFORMAT" in flat:
        cuts += [m.span() for m in _PAGE_FIELD.finditer(flat)]
    cuts += [
        m.span()
        for m in _STRAY_DIGIT.finditer(flat)
        if flat[m.start() - 1] + flat[m.end()] in bigrams
    ]
    cuts += _soft_breaks(flat)
    return _without(flat, sorted(set(cuts))) if cuts else Repaired(flat)


def _simplified(text: str) -> str:
    """Return a text in traditional script character by character in simplified script."""
    # Imported where it is needed: its dictionaries take time and memory, and few texts need it.
    from opencc import OpenCC

    convert = OpenCC("t2s").convert
    plain = {character: convert(character) for character in set(text) if character > "\u2fff"}
    return text.translate(str.maketrans({c: p for c, p in plain.items() if len(p) == 1}))


def _even_width(text: str) -> str:
    """Return the text with half-width characters in numbers and full-width marks in sentences."""
    # Replacing the few that occur is ten times as fast as str.translate.
    for character in set(_ODD.findall(text)):
        text = text.replace(character, _SAME_LENGTH[character])
    text = _RD.sub("R&D", text) if "D" in text else text
    text = _BLACKENED.sub(lambda match: "*" * len(match[0]), text) if "■■" in text else text
    if "," in text:
        text = _COMMA.sub("，", text)
    return _COLON.sub("：", text) if ":" in text else text


def _spaces_within(text: str) -> list[tuple[int, int]]:
    """Return the spaces between characters, in a text that is broken up by many of them."""
    spaces = [m.span() for m in _SPACE.finditer(text)]
    return spaces if len(spaces) > max(_FEWEST, _OFTEN * len(text)) else []


def _parts_item(text: str, space: re.Match[str]) -> bool:
    """Tell whether a space parts the mark of an item from its words: 12 高新技术企业."""
    return bool(_LIST_MARK_BEFORE.search(text[max(0, space.start() - 8) : space.start()]))


def _asked(text: str, position: int) -> bool:
    """Tell whether the words before a question mark ask."""
    return bool(_ASKS.search(text[max(0, position - 14) : position]))


def _splits_number(text: str, gap: re.Match[str]) -> bool:
    before = text[max(0, gap.start() - 8) : gap.start()]
    if _YEAR_BEFORE.search(before):
        return False
    if not _LIST_MARK_BEFORE.search(before):
        return True
    # At the start of a line only 1 260万元 is one number; 1 26家 is the first item of a list.
    return gap[0] == " " and _THOUSANDS.match(text, gap.end()) is not None and before[-1] != "."


def _soft_breaks(text: str) -> list[tuple[int, int]]:
    """Return the line breaks that only a fixed line width caused."""
    lines = text.split("\n")
    if len(lines) < 8 or max(map(len, lines)) > _WIDEST:
        return []
    widths = [_width(line) for line in lines]
    open_ended = [
        n for line, n in zip(lines, widths, strict=True) if n and line[-1] not in _LINE_END
    ]
    if len(open_ended) < _FEWEST:
        return []
    width = max(set(open_ended), key=open_ended.count)
    full = sum(width - 3 <= n <= width + 3 for n in open_ended)
    if width < 15 or full < max(_FEWEST, 0.6 * len(open_ended)):
        return []
    ends = accumulate(len(line) + 1 for line in lines)
    return [
        (end - 1, end)
        for line, own, following, end in zip(lines, widths, lines[1:], ends, strict=False)
        if width - 3 <= own <= width + 3
        and line[-1] not in _LINE_END
        and following.strip()
        and not _HEADING_START.match(following)
    ]


def _width(line: str) -> int:
    """Return the width of a line in Chinese characters; two Latin ones take the room of one."""
    stripped = line.rstrip()
    wide = (len(stripped.encode("utf-8", "surrogatepass")) - len(stripped)) // 2
    return wide + (len(stripped) - wide + 1) // 2


def _without(text: str, cuts: list[tuple[int, int]]) -> Repaired:
    pieces: list[str] = []
    pages: list[tuple[int, int]] = []
    positions: list[int] = []
    shifts = [0]
    reached = kept = 0
    for start, end in cuts:
        start = max(start, reached)
        if end <= start:
            continue
        pieces.append(text[reached:start])
        pages += [m.span() for m in _DIGITS.finditer(text, start, end)]
        kept += start - reached
        reached = end
        positions.append(kept)
        shifts.append(reached - kept)
    pieces.append(text[reached:])
    return Repaired("".join(pieces), tuple(pages), positions, shifts)
