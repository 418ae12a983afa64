"""Rich Text Format, as Word, WPS and LibreOffice write it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from kjreport.load.composer import Cell, Composer, Draft
from kjreport.load.limits import Limits, check_time
from kjreport.load.registry import Content, Reader
from kjreport.load.word_numbering import spaced

_MAGIC: Final = b"{\\rtf"
_TOKEN: Final = re.compile(
    rb"\\([a-z]+)(-?\d+)? ?|\\'([0-9a-f]{2})|\\([^a-z])|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\",
    re.IGNORECASE | re.DOTALL,
)
# Groups that print nothing of the body: tables of fonts and styles, pictures,
# instructions of fields, running heads, deleted text.
_SILENT: Final = frozenset(
    b"fonttbl colortbl stylesheet info pict object objdata fldinst themedata colorschememapping "
    b"latentstyles datastore generator listtable listoverridetable rsidtbl xmlnstbl filetbl "
    b"revtbl header headerl headerr headerf footer footerl footerr footerf bkmkstart bkmkend "
    b"pnseclvl shpinst mmathPr wgrffmtfilter ftnsep ftnsepc aftnsep aftnsepc nonshppict "
    b"annotation atnid atnauthor atndate".split()
)
# Destinations inside an ignorable group that print after all.
_SHOWN: Final = frozenset({b"shptxt", b"listtext", b"footnote", b"pntext"})
_SYMBOLS: Final = {
    b"tab": "\t",
    b"line": "\n",
    b"lquote": "‘",
    b"rquote": "’",
    b"ldblquote": "“",
    b"rdblquote": "”",
    b"emdash": "—",
    b"endash": "–",
    b"emspace": "\u2003",
    b"enspace": "\u2002",
    b"bullet": "•",
}
_CHARSET_CODEPAGE: Final = {0: "cp1252", 128: "cp932", 134: "gb18030", 136: "big5"}
# In twips: edges of one column that writers round apart.
_SAME_EDGE: Final = 30
_PARAGRAPH_ENDS: Final = frozenset({b"par", b"sect", b"page"})


@dataclass(frozen=True)
class _State:
    silent: bool = False
    footnote: bool = False
    number: bool = False
    # A character after \u stands for readers that know no Unicode.
    fallback: int = 1
    font: int = 0
    hidden: bool = False


@dataclass
class _RtfReader:
    data: bytes
    composer: Composer
    codepage: str = "cp1252"
    fonts: dict[int, str] = field(default_factory=dict)
    state: _State = field(default_factory=_State)
    text: str = ""
    note: str = ""
    notes: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    rows: list[list[_RtfCell]] = field(default_factory=list)
    # Right edges of the row's cells, and whether each continues the one above.
    edges: list[tuple[int, bool]] = field(default_factory=list)
    continues: bool = False
    style: int = 0
    levels: dict[int, int] = field(default_factory=dict)
    level: int = 0
    in_table: bool = False

    def read(self) -> Draft:
        stack: list[_State] = []
        pending = b""
        skip = 0
        starred = False
        for count, match in enumerate(_TOKEN.finditer(self.data)):
            if count % 10_000 == 0:
                check_time()
            word, number, code, symbol, brace, plain = match.groups()
            if code is not None:
                if skip:
                    skip -= 1
                else:
                    pending += bytes([int(code, 16)])
                continue
            if plain is not None and not skip:
                # The second byte of a Chinese character may be a plain letter.
                plain, pending = pending + plain, b""
            if pending:
                self.put(pending.decode(self.encoding(), "replace"))
                pending = b""
            if brace == b"{":
                stack.append(self.state)
            elif brace == b"}":
                self.close(stack.pop() if stack else _State())
                skip = 0
            elif plain is not None:
                shown = plain.decode(self.encoding(), "replace")
                self.put(shown[skip:])
                skip = max(0, skip - len(shown))
            elif symbol is not None:
                starred = symbol == b"*"
                self.symbol(symbol)
                continue
            elif word is not None:
                skip = self.control(word, int(number) if number else None, starred, skip)
            starred = False
        self.end_paragraph()
        self.end_table()
        for note in self.notes:
            self.composer.paragraph(note, kind="footnote")
        return self.composer.draft()

    def encoding(self) -> str:
        return self.fonts.get(self.state.font, self.codepage)

    def put(self, text: str) -> None:
        if self.state.silent or self.state.hidden:
            return
        if self.state.footnote:
            self.note += text
        else:
            self.text += text

    def symbol(self, symbol: bytes) -> None:
        if symbol in b"\\{}":
            self.put(symbol.decode("latin-1"))
        elif symbol == b"~":
            self.put("\u00a0")
        elif symbol == b"_":
            self.put("-")
        elif symbol in b"\r\n":
            self.end_paragraph()

    def close(self, outer: _State) -> None:
        if self.state.footnote and not outer.footnote:
            self.notes.append(self.note.strip())
            self.note = ""
        if self.state.number and not outer.number:
            self.text = spaced(self.text.strip())
        self.state = outer

    def control(self, word: bytes, number: int | None, starred: bool, skip: int) -> int:
        """Obey a control word; return how many fallback characters follow it."""
        if word == b"u" and number is not None:
            self.put(chr(number % 0x10000))
            return self.state.fallback
        if word in _SHOWN:
            self.state = replace(
                self.state,
                silent=False,
                footnote=word == b"footnote",
                number=word in (b"listtext", b"pntext"),
            )
        elif starred or word in _SILENT:
            self.state = replace(self.state, silent=True)
        elif word in _SYMBOLS:
            self.put(_SYMBOLS[word])
        else:
            self.format(word, number)
        return 0

    def format(self, word: bytes, number: int | None) -> None:
        if word == b"ansicpg" and number:
            self.codepage = "gb18030" if number in (936, 54936) else f"cp{number}"
        elif word == b"uc" and number is not None:
            self.state = replace(self.state, fallback=number)
        elif word == b"f" and number is not None:
            self.state = replace(self.state, font=number)
        elif word == b"fcharset" and number in _CHARSET_CODEPAGE and number:
            self.fonts[self.state.font] = _CHARSET_CODEPAGE[number]
        elif word in (b"v", b"deleted"):
            self.state = replace(self.state, hidden=number != 0)
        elif word == b"plain":
            self.state = replace(self.state, hidden=False)
        elif word == b"s" and number is not None:
            self.style = number
            self.level = self.levels.get(number, 0)
        elif word == b"outlinelevel" and number is not None:
            self.level = number + 1 if number < 9 else 0
            if self.state.silent:
                self.levels[self.style] = self.level
        elif not self.state.silent:
            self.structure(word, number)

    def structure(self, word: bytes, number: int | None) -> None:
        if word == b"trowd":
            self.edges = []
        elif word == b"clvmrg":
            self.continues = True
        elif word == b"cellx" and number is not None:
            self.edges.append((number, self.continues))
            self.continues = False
        elif word == b"pard":
            self.level, self.in_table = 0, False
        elif word == b"intbl":
            self.in_table = True
        elif word in (b"cell", b"nestcell"):
            self.cells.append(_paired(self.text))
            self.text = ""
        elif word == b"row":
            self.rows.append(_placed(self.cells, self.edges))
            self.cells = []
        elif word in _PARAGRAPH_ENDS and self.state.footnote:
            self.note += " "
        elif word in _PARAGRAPH_ENDS:
            self.end_paragraph()

    def end_paragraph(self) -> None:
        if self.in_table:
            self.text += "\n"
            return
        self.end_table()
        text, self.text = _paired(self.text), ""
        if self.level:
            self.composer.paragraph(text, kind="heading", level=self.level)
        else:
            self.composer.paragraph(text)

    def end_table(self) -> None:
        rows, self.rows = self.rows, []
        if not rows:
            return
        if max(map(len, rows)) <= 1:
            for row in rows:
                self.composer.paragraph("".join(cell.text for cell in row))
            return
        table = self.composer.new_table()
        for index, cells in enumerate(_in_columns(rows)):
            self.composer.row(cells, table=table, row=index)


@dataclass(frozen=True, slots=True)
class _RtfCell:
    """A cell between two edges; one that continues belongs to the cell above."""

    text: str
    left: int
    right: int
    continues: bool


def _placed(texts: list[str], edges: list[tuple[int, bool]]) -> list[_RtfCell]:
    """Give the cells of a row their edges; a row without a definition counts them."""
    if len(edges) < len(texts):
        edges = [(1_000 * number, False) for number in range(1, len(texts) + 1)]
    cells, left = [], 0
    for text, (right, continues) in zip(texts, edges, strict=False):
        cells.append(_RtfCell(text, left, right, continues))
        left = right
    return cells


def _in_columns(rows: list[list[_RtfCell]]) -> Iterator[list[Cell]]:
    """Yield the rows with the edges of the whole table as columns."""
    edges: list[int] = []
    for edge in sorted({cell.right for row in rows for cell in row}):
        if not edges or edge - edges[-1] > _SAME_EDGE:
            edges.append(edge)
    for index, row in enumerate(rows):
        cells = []
        for cell in row:
            first, last = _column(edges, cell.left), _column(edges, cell.right)
            height = 1
            for below in rows[index + 1 :]:
                if not any(c.continues and abs(c.left - cell.left) <= _SAME_EDGE for c in below):
                    break
                height += 1
            if not cell.continues:
                cells.append(Cell(cell.text, first, height, max(1, last - first)))
        yield cells


def _column(edges: list[int], edge: int) -> int:
    """Return how many columns end at or before `edge`."""
    return sum(other <= edge + _SAME_EDGE for other in edges)


def _paired(text: str) -> str:
    r"""Return `text` with the two halves that ``\u`` gives of a rare character as one."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _accepts(content: Content) -> bool:
    return content.head.lstrip().startswith(_MAGIC)


def _read(content: Content, limits: Limits) -> Draft:
    return _RtfReader(content.data, Composer(limits.characters)).read()


READERS: Final = (Reader("rtf", _accepts, _read),)
