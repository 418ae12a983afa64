"""A spreadsheet's number as its cell displays it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from kjreport.vocabulary import vocabulary

_WORDS: Final = vocabulary(__file__)
_TOKEN: Final = _WORDS.pattern("token", re.IGNORECASE)
_YEAR, _MONTH, _DAY = _WORDS.words("date_marks")
_SECTION: Final = re.compile(r'((?:"[^"]*"|\\.|\[[^\]]*\]|[^;])*)(?:;|$)')
_EXACT_INTEGER: Final = 1e15


@dataclass(frozen=True, slots=True)
class _Pattern:
    before: str
    digits: str
    after: str
    percent: bool
    scientific: bool


def display(value: object, number_format: str = "General") -> str:
    """Return the text that a spreadsheet shows for `value`.

    Parameters
    ----------
    value : object
        What the cell holds: None, bool, int, float, str, date or time.
    number_format : str
        The cell's format code.

    Examples
    --------
    >>> display(0.125, "0.0%"), display(1234.0, "#,##0"), display(5.0), display(2.5, '0.00"万元"')
    ('12.5%', '1,234', '5', '2.50万元')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return _display_number(value, number_format)
    if isinstance(value, dt.datetime):
        return _display_date(value, number_format)
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value)


def _display_number(value: float, number_format: str) -> str:
    sections = [m[1] for m in _SECTION.finditer(number_format)]
    section, sign = sections[0], "-" if value < 0 else ""
    if value < 0 and len(sections) > 2:
        # The section of negative numbers writes its own sign.
        section, sign = sections[1], ""
    pattern = _parse(section)
    number = abs(value) * (100 if pattern.percent else 1)
    if pattern.scientific or not pattern.digits:
        shown = general(number)
    else:
        shown = _with_digits(number, pattern.digits)
    return f"{sign}{pattern.before}{shown}{pattern.after}".strip()


def _parse(section: str) -> _Pattern:
    before, digits, after = "", "", ""
    percent = scientific = is_general = False
    for quoted, escaped, general_word, run, mark, exponent, other in _TOKEN.findall(section):
        literal = quoted or escaped or mark or other
        percent |= bool(mark)
        scientific |= bool(exponent) or other == "/"
        if general_word:
            is_general = True
        elif run and not digits:
            digits = run
        elif literal and literal != "/":
            if digits or is_general:
                after += literal
            else:
                before += literal
    if not digits and not is_general and before:
        before, after = "", before if percent else ""
    return _Pattern(before, digits, after, percent, scientific)


def _with_digits(number: float, digits: str) -> str:
    # Every comma at the end divides by a thousand; one inside groups the digits.
    shown = digits.rstrip(",")
    number /= 1000 ** (len(digits) - len(shown))
    whole, _, fraction = shown.partition(".")
    text = f"{number:{',' if ',' in whole else ''}.{len(fraction)}f}"
    optional = len(fraction) - len(fraction.rstrip("#"))
    while optional and text.endswith("0"):
        text, optional = text[:-1], optional - 1
    text = text.removesuffix(".")
    return text.zfill(len(whole)) if whole and set(whole) == {"0"} and not fraction else text


def general(number: float) -> str:
    """Return `number` without a needless ``.0`` and without binary noise."""
    if float(number).is_integer() and abs(number) < _EXACT_INTEGER:
        return f"{number:.0f}"
    return f"{number:.11g}"


def _display_date(value: dt.datetime, number_format: str) -> str:
    form = re.sub(r"\[[^\]]*\]", "", number_format).lower()
    has_day = "d" in form
    if _YEAR in form:
        month = f"{value.month}{_MONTH}" if "m" in form else ""
        return f"{value.year}{_YEAR}{month}" + (f"{value.day}{_DAY}" if has_day else "")
    if "y" in form and not has_day:
        return f"{value.year}-{value.month:02d}"
    if value.time() == dt.time():
        return value.date().isoformat()
    return value.isoformat(sep=" ", timespec="minutes")
