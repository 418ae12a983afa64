"""The period a number describes: by its own words, else by its part of the report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kjreport.extract.attached import Attached
from kjreport.extract.numerals import number
from kjreport.extract.sentences import Frame, Sentence
from kjreport.load import Document, Section
from kjreport.load.identity import opening_title, report_year
from kjreport.load.sections import is_plan
from kjreport.vocabulary import vocabulary

_WORDS: Final = vocabulary(__file__)
_DATE: Final = _WORDS.pattern("date")
_MASKED_YEAR: Final = _WORDS.pattern("masked_year")
_FIRST_MONTHS: Final = _WORDS.pattern("first_months")
_PARTS_OF_YEAR: Final = {
    "first_half": "H1",
    "second_half": "H2",
    "q1": "Q1",
    "q2": "Q2",
    "q3": "Q3",
    "q4": "Q4",
}
_TITLE_PARTS: Final = (
    ("H1", _WORDS.pattern("title_first_half")),
    ("Q1", _WORDS.pattern("title_first_quarter")),
    ("Q2", _WORDS.pattern("title_second_quarter")),
    ("Q3", _WORDS.pattern("title_third_quarter")),
)
_OPENS_WITH_HALF: Final = _WORDS.pattern("opens_with_half")
_SECOND_HALF_HEADING: Final = _WORDS.pattern("second_half_heading")
_TITLE_THREE_QUARTERS: Final = _WORDS.pattern("title_three_quarters")
_TITLE_MONTHS: Final = _WORDS.pattern("title_months")
_PLAN_SPAN: Final = _WORDS.pattern("plan_span")
_SAME_PERIOD: Final = _WORDS.words("same_period")
_WHOLE_YEAR: Final = frozenset(_WORDS.words("whole_year"))
_SINCE_THEN: Final = _WORDS.words("since_then")
_BEGUN_THEN: Final = _WORDS.pattern("begun_then")
_TOLD_AT_ONCE: Final = _WORDS.words("told_at_once")
_YEARS_MEANT: Final = _WORDS.words("years_meant")
_PLAN_MEANT: Final = _WORDS.words("plan_meant")
_UNTIL: Final = _WORDS.words("until")
_COMPARED: Final = _WORDS.words("compared_with")
_COMPARED_AFTER: Final = _WORDS.words("compared_to")
_SINCE_BEFORE: Final = _WORDS.words("since_before")
_SINCE_BEHIND: Final = _WORDS.pattern("since_behind", re.DOTALL)
_EQUATED: Final = _WORDS.words("equated")
_SET_AGAINST: Final = _WORDS.words("set_against")
_COMPARED_NUMBER: Final = _WORDS.words("compared_number")
_ITS_OWN: Final = frozenset(_WORDS.words("its_own"))
_CHANGE_BEGINS: Final = _WORDS.words("change_begins")
# Before 去年同期: it is told for itself.
_TOLD_BEHIND: Final = (*_CHANGE_BEGINS, "，", "；", "。", "\n")
_LEADS_TO: Final = _WORDS.pattern("leads_to")
_MONTH_REACHES: Final = _WORDS.pattern("month_reaches", re.DOTALL)


@dataclass(slots=True)
class Calendar:
    """When a report's results and plans are.

    Attributes
    ----------
    year : int or None
        The year that the report looks back on; None where masked or not told.
    part : str
        ``H1`` or ``Q1`` … for a report on part of a year, else empty.
    plan_only : bool
        Whether the document plans and does not report.
    first : int or None
        The first year of a report on several years.
    months : (int, int) or None
        The first and last month of a report on some months.
    last : str
        The period that the text last named, which 同期 takes up again.
    """

    year: int | None
    part: str = ""
    plan_only: bool = False
    first: int | None = None
    last: str = ""
    months: tuple[int, int] | None = None

    def is_to_come(self, period: str) -> bool:
        """Tell whether a period ends after the year that the report looks back on.

        What a report says of a later year is planned.
        """
        if self.year is None or self.plan_only or not period:
            return False
        return int(period.split("/")[-1][:4]) > self.year

    def is_over(self, period: str) -> bool:
        """Tell whether a period of a plan lies before the year that is planned."""
        if self.year is None or not self.plan_only or len(period) != 4:
            return False
        return int(period) < self.year

    def default(self, section: Section, scenario: str, measure: str = "flow") -> str:
        """Return the period of a number without words of its own."""
        if self.year is None:
            return ""
        if self.part and (scenario == "target" or section.part == "plan"):
            if self.part == "H1" and _SECOND_HALF_HEADING.match(section.title):
                return f"{self.year}-H2"
            return str(self.year)
        if self.months and scenario != "actual":
            return str(self.year)
        if section.part == "plan" and scenario != "actual":
            return str(self.year if self.plan_only else self.year + 1)
        if self.first is not None:
            return str(self.year) if measure in _AT_ONE_TIME else f"{self.first}/{self.year}"
        if self.months:
            return f"{self.year}-{self.months[0]:02d}/{self.year}-{self.months[1]:02d}"
        return f"{self.year}-{self.part}" if self.part else str(self.year)


def calendar(document: Document) -> Calendar:
    """Read from catalogue, title or text when a report's year is."""
    origin = document.origin
    opening = document.text.lstrip()[:60].split("\n")[0]
    title = origin.title or opening_title(document.text)
    year = origin.year
    if year is None:
        year = report_year(origin.title, document.text, origin.file)
    heads = (title, opening_title(document.text))
    part = next((p for p, pattern in _TITLE_PARTS if any(pattern.search(h) for h in heads)), "")
    if not part and _OPENS_WITH_HALF.search(document.text[:80]):
        part = "H1"
    spans = [_first_year_of_plan(int(number(m[1]))) for m in _PLAN_SPAN.finditer(title)]
    # A plan that begins after the report's year is the next one.
    first = next((span for span in spans if year is None or span <= year), None)
    if first is not None and year is None:
        year = first + 4
    months = None if part else _months_of(opening)
    return Calendar(year, part, is_plan(opening), first, months=months)


def _months_of(title: str) -> tuple[int, int] | None:
    """Return the first and last month that a title says its report is on."""
    if spell := _TITLE_MONTHS.search(title):
        return int(spell[1]), int(spell[2])
    return (1, 9) if _TITLE_THREE_QUARTERS.search(title) else None


def _first_year_of_plan(plan: int) -> int:
    """Return when the five years begin that a plan is for: those of 十四五 begin in 2021."""
    return 2021 + 5 * (plan - 14)


@dataclass(slots=True)
class Expression:
    """A period named in a sentence.

    `kind` is ``year``, ``month``, ``months``, ``part``, ``years``, ``masked``, ``same``
    (the period just named, a year before) or ``own``.
    """

    start: int
    end: int
    kind: str
    year: int | None = None
    month: int = 0
    upto: int = 0
    part: str = ""


def expressions(sentence: Sentence, calendar: Calendar) -> list[Expression]:
    """Return the periods that a sentence names, in order."""
    found = [*_dates(sentence, calendar), *_words(sentence, calendar)]
    found.sort(key=lambda e: e.start)
    merged: list[Expression] = []
    for expression in found:
        before = merged[-1] if merged else None
        if (
            before is not None
            and before.kind == "year"
            and expression.kind in ("part", "month", "months")
            and expression.start - before.end <= 1
        ):
            expression.year, expression.start = before.year, before.start
            merged[-1] = expression
        elif (
            before is not None
            and before.kind == "year"
            and expression.kind in ("whole", "own")
            and expression.start - before.end <= 1
        ):
            before.end = expression.end
        else:
            merged.append(expression)
    return merged


def _dates(sentence: Sentence, calendar: Calendar) -> Iterator[Expression]:
    for date in sentence.dates:
        surface = sentence.text[date.start : date.end]
        if first := _FIRST_MONTHS.match(surface):
            yield Expression(date.start, date.end, "months", calendar.year, 1, int(first[1]))
            continue
        match = _DATE.match(surface)
        if match is None or not match[0]:
            if _MASKED_YEAR.match(surface):
                yield Expression(date.start, date.end, "masked")
            continue
        year = calendar.year
        if match["year"]:
            year = int(number(match["year"]))
            year = year + 2000 if year < 100 else year
        if match["last"] and year is not None:
            yield Expression(date.start, date.end, "years", year, upto=int(match["last"]))
        elif match["month"] is None:
            yield Expression(date.start, date.end, "year", year)
        elif match["upto"]:
            months = (int(match["month"]), int(match["upto"]))
            yield Expression(date.start, date.end, "months", year, *months)
        else:
            yield Expression(date.start, date.end, "month", year, int(number(match["month"])))


def _words(sentence: Sentence, calendar: Calendar) -> Iterator[Expression]:
    year = calendar.year
    for token in sentence.tokens:
        word = token.term.period
        if not word:
            continue
        start, end = token.start, token.end
        if word == "last_year":
            kind = "same" if token.term.word.endswith(_SAME_PERIOD) else "year"
            yield Expression(start, end, kind, None if year is None else year - 1)
        elif word == "next_year":
            yield Expression(start, end, "year", None if year is None else year + 1)
        elif word == "this_year":
            kind = "whole" if token.term.word in _WHOLE_YEAR else "own"
            yield Expression(start, end, kind, year)
        elif word == "to_date":
            yield Expression(start, end, "own", year)
        elif word == "same_period":
            yield Expression(start, end, "repeat", year)
        elif word == "first_three_quarters":
            yield Expression(start, end, "months", year, 1, 9)
        elif word == "year_start":
            yield Expression(start, end, "opening", year, 1)
        elif word == "five_years":
            span = (None, 0) if year is None else (year - 4, year)
            yield Expression(start, end, "years", span[0], upto=span[1])
        elif word.startswith("plan_"):
            first = _first_year_of_plan(int(word.removeprefix("plan_")))
            yield Expression(start, end, "years", first, upto=first + 4)
        else:
            yield Expression(start, end, "part", year, part=_PARTS_OF_YEAR[word])


def period(
    frame: Frame, attached: Attached, named: list[Expression], section: Section, calendar: Calendar
) -> str:
    """Return the period of an attached quantity as an ISO-like string, empty if unknown."""
    governing = _governing(frame, attached, named)
    source = _counted(attached)
    at_a_day = governing is not None and governing.kind == "month"
    if at_a_day and source is not None and source.measure == "stock":
        # The growth of what stands at the end of a month is of that day.
        return source.period
    if governing is None:
        if source is not None and source.scenario == attached.scenario:
            return source.period
        return calendar.default(section, attached.scenario, attached.measure)
    found = _iso(governing, frame, attached, named, section, calendar)
    if governing.kind in ("months", "years", "part"):
        calendar.last = found
    return found


# What stands at a time, where a report is on several years: its last.
_AT_ONE_TIME: Final = frozenset({"stock", "rank"})
_RATIOS: Final = frozenset({"growth", "share", "rank", "change"})


def _counted(attached: Attached) -> Attached | None:
    """Return the count or amount that a ratio is carried on from, if it is one."""
    if attached.relation != "carried" or attached.measure not in _RATIOS:
        return None
    source = attached.source
    while source is not None and source.measure in _RATIOS:
        source = source.source
    return source


def _governing(frame: Frame, attached: Attached, named: list[Expression]) -> Expression | None:
    """Return the nearest period before the number that speaks of it."""
    text, start = frame.sentence.text, frame.quantity.start
    for expression in reversed(named):
        if expression.start >= start or _within_quotes(text, expression):
            continue
        between = text[expression.end : start]
        if _is_compared(text, expression) and not _has_own_number(text, expression, between):
            continue
        left = expression.kind == "same" or text.endswith(_CHANGE_BEGINS, 0, expression.start)
        if left and _LEADS_TO.search(between):
            continue
        if _BEGUN_THEN.match(between):
            continue
        if _governs(frame, attached, expression, between):
            return expression
    return None


def _has_own_number(text: str, expression: Expression, between: str) -> bool:
    """Tell whether the number is what the year is compared for: 比2008年的3120万元."""
    return between in _ITS_OWN and text.endswith(_COMPARED_NUMBER, 0, expression.start)


def _governs(frame: Frame, attached: Attached, expression: Expression, between: str) -> bool:
    """Tell whether a period reaches as far as the number."""
    if expression.kind == "opening":
        return attached.measure == "stock" and _month_governs(frame, expression, between)
    if expression.kind == "month":
        return _month_governs(frame, expression, between)
    if "，" in between and frame.sentence.text.startswith(_TOLD_AT_ONCE, expression.end):
        return False
    if "；" in between:
        opens = expression.start - frame.sentence.start <= 8
        return opens and expression.kind in ("year", "months", "part")
    return expression.kind != "years" or _years_govern(frame.sentence.text, expression, between)


def _is_compared(text: str, expression: Expression) -> bool:
    start, end = expression.start, expression.end
    if expression.kind == "same":
        return not text.endswith(_TOLD_BEHIND, 0, start) or text.startswith(_SET_AGAINST, end)
    if text.endswith(_SINCE_BEFORE, 0, start) and _SINCE_BEHIND.match(text, end):
        return True
    if expression.kind not in ("year", "own", "whole") and text.endswith(_EQUATED, 0, start):
        return False
    return text.endswith(_COMPARED, 0, start) or text.startswith(_COMPARED_AFTER, end)


def _month_governs(frame: Frame, expression: Expression, between: str) -> bool:
    if frame.sentence.text.endswith(_UNTIL, 0, expression.start):
        opens = expression.start - frame.sentence.start <= 6
        return opens or "；" not in between
    if _MONTH_REACHES.match(between):
        return True
    opens = expression.start - frame.sentence.start <= 2
    return opens and not any(mark in between for mark in _SINCE_THEN)


def _years_govern(text: str, expression: Expression, between: str) -> bool:
    """Tell 十四五期间, a period, from 十四五规划, a plan's name."""
    words = text[expression.start : expression.end] + between[:3]
    if between.startswith("，") or any(mark in words for mark in _YEARS_MEANT):
        return True
    return "，" not in between and not any(mark in between for mark in _PLAN_MEANT)


def _within_quotes(text: str, expression: Expression) -> bool:
    before = text[max(0, expression.start - 30) : expression.start]
    return before.rfind("《") > before.rfind("》")


def _iso(
    expression: Expression,
    frame: Frame,
    attached: Attached,
    named: list[Expression],
    section: Section,
    calendar: Calendar,
) -> str:
    kind, year = expression.kind, expression.year
    if kind == "masked":
        return ""
    if kind == "repeat":
        return calendar.last or calendar.default(section, attached.scenario)
    if kind == "own":
        if attached.scenario != "target" or section.part == "plan":
            return calendar.default(section, attached.scenario, attached.measure)
        return str(year or "")
    if year is None:
        return ""
    if kind == "whole":
        if attached.scenario == "target" and section.part != "plan":
            return str(year)
        if calendar.part and attached.scenario != "target":
            return f"{year}-{calendar.part}"
        return str(year) if calendar.part else calendar.default(section, attached.scenario)
    if kind == "same":
        return _year_before(expression, frame, named, year)
    if kind == "years":
        last = expression.upto
        return str(last) if attached.measure == "stock" else f"{year}/{last}"
    if kind == "year":
        if calendar.part and year == calendar.year and attached.scenario == "actual":
            return calendar.default(section, "actual")
        return str(year)
    if kind == "part":
        return _of_part(expression, frame, attached, year)
    if kind == "months":
        return f"{year}-{expression.month:02d}/{year}-{expression.upto:02d}"
    text = frame.sentence.text
    if text.endswith(_UNTIL, 0, expression.start) and attached.measure != "stock":
        return f"{year}-01/{year}-{expression.month:02d}"
    return f"{year}-{expression.month:02d}"


def _of_part(expression: Expression, frame: Frame, attached: Attached, year: int) -> str:
    """Return a part of the year; up to a quarter is from the year's beginning (截止三季度)."""
    part = expression.part
    if part in ("Q2", "Q3") and frame.sentence.text.endswith(_UNTIL, 0, expression.start):
        month = 3 * int(part[1])
        whole = f"{year}-01/{year}-{month:02d}"
        return f"{year}-{month:02d}" if attached.measure == "stock" else whole
    return f"{year}-{part}"


def _year_before(expression: Expression, frame: Frame, named: list[Expression], year: int) -> str:
    for other in reversed(named):
        if other.start < expression.start and other.kind == "months":
            return f"{year}-{other.month:02d}/{year}-{other.upto:02d}"
    return str(year)
