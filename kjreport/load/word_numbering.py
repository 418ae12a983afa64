"""The numbers that Word prints before a paragraph but does not store in its text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from kjreport.vocabulary import vocabulary

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_WORDS: Final = vocabulary(__file__)
_DIGITS: Final = _WORDS.words("digits")
_FORMAL_DIGITS: Final = _WORDS.words("formal_digits")
# Only counting leaves places out, and it writes them as on a cheque: 一百零三.
_ZERO: Final = _FORMAL_DIGITS[0]
_SIZES: Final = tuple(zip((1000, 100, 10, 1), (*_WORDS.words("sizes"), ""), strict=True))
_STEMS: Final = _WORDS.words("stems")
_BRANCHES: Final = _WORDS.words("branches")
_FULL_WIDTH_END: Final = re.compile(r"[、。．）】〕：，]$")
_PLACEHOLDER: Final = re.compile(r"%([1-9])")


def chinese_number(number: int) -> str:
    """Return `number` (1 to 9 999) as it is counted in headings: 十, 十一, 二十, 一百零三.

    Examples
    --------
    >>> [chinese_number(n) for n in (1, 10, 12, 20, 103)]
    ['一', '十', '十二', '二十', '一百零三']
    """
    out = ""
    pending_zero = False
    for size, mark in _SIZES:
        digit = number // size % 10
        if digit:
            zero = _ZERO if pending_zero else ""
            out += zero + ("" if digit == 1 and size == 10 and not out else _DIGITS[digit]) + mark
        pending_zero = bool(out) and not digit
    return out


def _roman(number: int) -> str:
    out = ""
    for value, mark in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    ):
        out += mark * (number // value)
        number %= value
    return out


def _letters(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if number <= 20 else str(number)


def _spelled(digits: Sequence[str]) -> Callable[[int], str]:
    return lambda number: "".join(digits[int(d)] for d in str(number))


def _cycle(marks: Sequence[str]) -> Callable[[int], str]:
    return lambda number: marks[(number - 1) % len(marks)]


_FORMATS: Final[dict[str, Callable[[int], str]]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": lambda number: str(number).translate(
        {ord(d): ord(d) + 0xFEE0 for d in "0123456789"}
    ),
    "chineseCounting": chinese_number,
    "chineseCountingThousand": chinese_number,
    "japaneseCounting": chinese_number,
    "taiwaneseCounting": chinese_number,
    "taiwaneseCountingThousand": chinese_number,
    "ideographDigital": _spelled(_DIGITS),
    "japaneseDigitalTenThousand": _spelled(_DIGITS),
    "chineseLegalSimplified": _spelled(_FORMAL_DIGITS),
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
}


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    format: str = "decimal"
    text: str = ""
    # Chinese legal numbering prints every upper level in decimal digits.
    legal: bool = False
    style: str = ""


@dataclass
class Numbering:
    """Counts numbered paragraphs in reading order.

    Parameters
    ----------
    root : element or None
        The root of ``word/numbering.xml``; without it nothing is numbered.
    """

    root: etree._Element | None
    _levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    _abstract: dict[str, str] = field(default_factory=dict)
    _overrides: dict[tuple[str, int], int] = field(default_factory=dict)
    _counters: dict[str, dict[int, int]] = field(default_factory=dict)
    _seen: set[tuple[str, int]] = field(default_factory=set)

    def __post_init__(self) -> None:
        if self.root is None:
            return
        for abstract in self.root.iterfind(f"{W}abstractNum"):
            self._levels[abstract.get(f"{W}abstractNumId", "")] = {
                int(level.get(f"{W}ilvl", "0")): _read_level(level)
                for level in abstract.iterfind(f"{W}lvl")
            }
        self._follow_style_links()
        for num in self.root.iterfind(f"{W}num"):
            self._read_num(num)

    def _follow_style_links(self) -> None:
        """Give models that only name a list style the levels of the model defining it."""
        models = list(self.root.iterfind(f"{W}abstractNum")) if self.root is not None else []
        defining = {_value(m, "styleLink"): m.get(f"{W}abstractNumId", "") for m in models}
        for model in models:
            link = _value(model, "numStyleLink")
            if link in defining and link:
                levels = self._levels[defining[link]]
                self._levels[model.get(f"{W}abstractNumId", "")] = levels

    def _read_num(self, num: etree._Element) -> None:
        number_id = num.get(f"{W}numId", "")
        abstract = _value(num, "abstractNumId")
        self._abstract[number_id] = abstract
        for override in num.iterfind(f"{W}lvlOverride"):
            depth = int(override.get(f"{W}ilvl", "0"))
            start = _value(override, "startOverride")
            if start:
                self._overrides[number_id, depth] = int(start)
            level = override.find(f"{W}lvl")
            if level is not None:
                # A number with levels of its own counts apart from its model.
                own = f"{abstract}/{number_id}"
                levels = self._levels.setdefault(own, dict(self._levels.get(abstract, {})))
                levels[depth] = _read_level(level)
                self._abstract[number_id] = own

    def depth_of(self, number_id: str, style_id: str, default: int) -> int:
        """Return the depth that list `number_id` ties to a paragraph style."""
        levels = self._levels.get(self._abstract.get(number_id, ""), {})
        tied = (depth for depth, level in levels.items() if style_id and level.style == style_id)
        return next(tied, default)

    def next(self, number_id: str, depth: int) -> str:
        """Return the prefix of the next paragraph of list `number_id` at `depth`."""
        abstract = self._abstract.get(number_id, "")
        levels = self._levels.get(abstract, {})
        if depth not in levels:
            return ""
        counters = self._counters.setdefault(abstract, {})
        override = self._overrides.get((number_id, depth))
        if override is not None and (number_id, depth) not in self._seen:
            counters[depth] = override
        else:
            counters[depth] = counters.get(depth, levels[depth].start - 1) + 1
        self._seen.add((number_id, depth))
        for deeper in [d for d in counters if d > depth]:
            del counters[deeper]
        return _prefix(levels, counters, depth)


def _prefix(levels: dict[int, _Level], counters: dict[int, int], depth: int) -> str:
    level = levels[depth]
    if level.format in ("bullet", "none"):
        return ""

    def number(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        shown = levels.get(at, _Level())
        count = counters.get(at, shown.start)
        form = "decimal" if level.legal and at != depth else shown.format
        return _FORMATS.get(form, str)(count)

    return spaced(_PLACEHOLDER.sub(number, level.text))


def spaced(prefix: str) -> str:
    """Return a list number ready to stand before its text.

    Without a space ``1.`` and ``2022年`` would read as 1.2022.
    """
    return prefix if not prefix or _FULL_WIDTH_END.search(prefix) else prefix + " "


def _read_level(level: etree._Element) -> _Level:
    return _Level(
        start=int(_value(level, "start") or 1),
        format=_value(level, "numFmt") or "decimal",
        text=_value(level, "lvlText"),
        legal=level.find(f"{W}isLgl") is not None,
        style=_value(level, "pStyle"),
    )


def _value(parent: etree._Element, tag: str) -> str:
    child = parent.find(f"{W}{tag}")
    return "" if child is None else child.get(f"{W}val", "")
