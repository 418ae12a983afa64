"""The period a number describes: by its own words, else by its part of the report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kjreport.extract.attached import Attached
from kjreport.extract.numerals import number
from kjreport.extract.sentences import Frame, Sentence
from kjreport.extract.wordlists import words
from kjreport.load import Document, Section
from kjreport.load.identity import opening_title, report_year
from kjreport.load.sections import is_plan

_DATE: Final = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d|[一二][九〇零○][〇零○一二三四五六七八九]{2}|\d\d(?=年))"
    r"(?:[-~至到]+(?P<last>(?:19|20)\d\d))?\s?(?:学?年度?)?)?"
    r"(?:(?P<month>\d{1,2})(?:月份?)?(?:[-~至到]+(?P<upto>\d{1,2}))?月)?"
)
_MASKED_YEAR: Final = re.compile(r"(?:20)?[*×xX_]+年")
_PARTS_OF_YEAR: Final = {
    "first_half": "H1",
    "second_half": "H2",
    "q1": "Q1",
    "q2": "Q2",
    "q3": "Q3",
    "q4": "Q4",
}
_TITLE_PARTS: Final = (
    ("H1", re.compile(r"上半年|半年工作|半年总结|半年亮点|年中工作")),
    ("Q1", re.compile(r"一季度|第1季度")),
    ("Q2", re.compile(r"二季度")),
    ("Q3", re.compile(r"(?<!前)三季度")),
)
_COMPARED: Final = words("compared_with")
_COMPARED_AFTER: Final = words("compared_to")
_UNTIL: Final = words("until")
_TRANSITION: Final = re.compile("|".join((*words("transition"), "达到", "，现")))


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
        """Tell whether a period ends after the year that the report looks back on."""
        if self.year is None or self.plan_only or not period:
            return False
        return int(period.split("/")[-1][:4]) > self.year + 1

    def default(self, section: Section, scenario: str) -> str:
        """Return the period of a number without words of its own."""
        if self.year is None:
            return ""
        if self.part and (scenario == "target" or section.part == "plan"):
            if self.part == "H1" and "下半年" in section.title[:8] and "计划" not in section.title:
                return f"{self.year}-H2"
            return str(self.year)
        if self.months and scenario != "actual":
            return str(self.year)
        if section.part == "plan" and scenario != "actual":
            return str(self.year if self.plan_only else self.year + 1)
        if self.first is not None:
            return f"{self.first}/{self.year}"
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
    span = _PLAN_SPAN.search(title)
    first = None
    if span is not None:
        first = 1996 + 5 * (_TENTHS[span[1]] + 1)
        year = first + 4 if year is None else year
    spell = _TITLE_MONTHS.search(opening)
    months = (int(spell[1]), int(spell[2])) if spell and not part else None
    return Calendar(year, part, is_plan(opening), first, months=months)


# 某县2012年上半年科技工作…: the opening tells what the title does not.
_OPENS_WITH_HALF: Final = re.compile(
    r"^[^。\n]{0,24}(?<!自)\d{4}年上半年[^以]{0,6}(?:科技|工作|全)"
)
_TITLE_MONTHS: Final = re.compile(r"(?<!\d)(\d{1,2})\s?[-—–－~至到]+\s?(\d{1,2})月")
_TENTHS: Final = {"": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5}
_PLAN_SPAN: Final = re.compile(r"[“\"]十([一二三四五]?)五[”\"](?!规划|.{0,4}开局|.{0,4}收官)")


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
        if surface.startswith("前"):
            yield Expression(date.start, date.end, "months", calendar.year, 1, int(surface[1:-2]))
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
            yield Expression(date.start, date.end, "month", year, int(match["month"]))


def _words(sentence: Sentence, calendar: Calendar) -> Iterator[Expression]:
    year = calendar.year
    for token in sentence.tokens:
        word = token.term.period
        if not word:
            continue
        start, end = token.start, token.end
        if word == "last_year":
            kind = "same" if "同期" in token.term.word else "year"
            yield Expression(start, end, kind, None if year is None else year - 1)
        elif word == "next_year":
            yield Expression(start, end, "year", None if year is None else year + 1)
        elif word == "this_year":
            kind = "whole" if token.term.word in ("全年", "全年度", "年度") else "own"
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
            first = 2021 + 5 * (int(word[5:]) - 14)
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
        if calendar.first is not None and attached.measure in ("stock", "rank"):
            return str(calendar.year or "")
        source = _counted(attached)
        if source is not None and source.scenario == attached.scenario:
            return source.period
        return calendar.default(section, attached.scenario)
    found = _iso(governing, frame, attached, named, section, calendar)
    if governing.kind in ("months", "years", "part"):
        calendar.last = found
    return found


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
        left = expression.kind == "same" or text.endswith(("由", "从"), 0, expression.start)
        if left and _TRANSITION.search(between):
            continue
        if _governs(frame, attached, expression, between):
            return expression
    return None


# Between a year that others are compared with and its own number: 比2008年的3120万元.
_ITS_OWN: Final = frozenset(("的", "底的", "末的", "全年的", "同期的"))


def _has_own_number(text: str, expression: Expression, between: str) -> bool:
    return between in _ITS_OWN and text.endswith(("比", "较", "由", "从"), 0, expression.start)


def _governs(frame: Frame, attached: Attached, expression: Expression, between: str) -> bool:
    """Tell whether a period reaches as far as the number."""
    if expression.kind == "opening":
        return attached.measure == "stock" and _month_governs(frame, expression, between)
    if expression.kind == "month":
        return _month_governs(frame, expression, between)
    if "；" in between:
        opens = expression.start - frame.sentence.start <= 8
        return expression.kind == "year" and opens
    return expression.kind != "years" or _years_govern(frame.sentence.text, expression, between)


# Behind 去年同期: what follows is set against it.
_SET_AGAINST: Final = ("相比", "增长", "下降", "比", "提高", "增加")


def _is_compared(text: str, expression: Expression) -> bool:
    if expression.kind == "same":
        told = text.endswith(("由", "从", "，", "；", "。", "\n"), 0, expression.start)
        return not told or text.startswith(_SET_AGAINST, expression.end)
    if text.endswith("自", 0, expression.start) and "以来" in text[expression.end :][:30]:
        return True
    if expression.kind not in ("year", "own", "whole") and text.endswith(
        ("是", "为"), 0, expression.start
    ):
        return False
    if text.endswith(_COMPARED, 0, expression.start):
        return True
    return text.startswith((*_COMPARED_AFTER, "同期", "底前"), expression.end)


def _month_governs(frame: Frame, expression: Expression, between: str) -> bool:
    if frame.sentence.text.endswith(_UNTIL, 0, expression.start):
        opens = expression.start - frame.sentence.start <= 6
        return opens or "；" not in between
    said = between.removeprefix("份").removeprefix("，")
    return not any(word in said for word in ("，", "；", "现", "累计"))


def _years_govern(text: str, expression: Expression, between: str) -> bool:
    """Tell 十四五期间, a period, from 十四五规划, a plan's name."""
    words = text[expression.start : expression.end] + between[:3]
    if any(mark in words for mark in ("期间", "以来", "时期", "五年", "末", "-", "至")):
        return True
    return "，" not in between and "规划" not in between


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
        return (
            calendar.default(section, attached.scenario)
            if attached.scenario != "target" or section.part == "plan"
            else str(year or "")
        )
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
        return f"{year}-{expression.part}"
    if kind == "months":
        return f"{year}-{expression.month:02d}/{year}-{expression.upto:02d}"
    text = frame.sentence.text
    if text.endswith(_UNTIL, 0, expression.start) and attached.measure != "stock":
        return f"{year}-01/{year}-{expression.month:02d}"
    return f"{year}-{expression.month:02d}"


def _year_before(expression: Expression, frame: Frame, named: list[Expression], year: int) -> str:
    for other in reversed(named):
        if other.start < expression.start and other.kind == "months":
            return f"{year}-{other.month:02d}/{year}-{other.upto:02d}"
    return str(year)
