"""The period a number describes: by its own words, else by its part of the report."""

from __future__ import annotations

import re
from typing import Final

from kjreport.extract.attached import Attached
from kjreport.extract.calendars import Calendar
from kjreport.extract.dates import Expression
from kjreport.extract.quantities import RATIOS
from kjreport.extract.sentences import Frame
from kjreport.load import Section
from kjreport.vocabulary import vocabulary

_WORDS: Final = vocabulary(__file__)
_SINCE_THEN: Final = _WORDS.words("since_then")
_BY_NOW: Final = _WORDS.words("by_now")
_APPLIED: Final = _WORDS.words("applied")
_PAID: Final = _WORDS.words("paid")
_AT_THE_END: Final = _WORDS.words("at_the_end")
_BEFORE_ITS_END: Final = _WORDS.words("before_its_end")
_YEARLY: Final = _WORDS.words("yearly")
_NAMES_EVENT: Final = _WORDS.pattern("names_event")
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
_SINCE: Final = _WORDS.words("since")
_SET_AGAINST: Final = _WORDS.words("set_against")
_COMPARED_NUMBER: Final = _WORDS.words("compared_number")
_SET_AGAINST_NUMBER: Final = _WORDS.pattern("set_against_number")
_OF: Final = _WORDS.words("of")
_ENDS_MONTH: Final = _WORDS.words("ends_month")
_MEASURED_AGAINST: Final = _WORDS.words("measured_against")
_ITS_OWN: Final = frozenset(_WORDS.words("its_own"))
_CHANGE_BEGINS: Final = _WORDS.words("change_begins")
# Before 去年同期: it is told for itself.
_TOLD_BEHIND: Final = (*_CHANGE_BEGINS, "，", "；", "。", "\n")
_LEADS_TO: Final = _WORDS.pattern("leads_to")
_MONTH_REACHES: Final = _WORDS.pattern("month_reaches", re.DOTALL)


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
        against = source is not None and _is_set_against(frame, source)
        if source is not None and source.scenario == attached.scenario and not against:
            return source.period
        return calendar.default(section, attached.scenario, attached.measure)
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


def _is_set_against(frame: Frame, source: Attached) -> bool:
    """Tell whether a growth is measured against the number before: 较2021年的6.2亿元增56%."""
    text, before = frame.sentence.text, source.quantity
    return bool(_SET_AGAINST_NUMBER.search(text, frame.clause_start, before.start)) and (
        "，" not in text[before.end : frame.quantity.start]
    )


def _governing(frame: Frame, attached: Attached, named: list[Expression]) -> Expression | None:
    """Return the nearest period before the number that speaks of it."""
    text, start = frame.sentence.text, frame.quantity.start
    for expression in reversed(named):
        if expression.start >= start or _within_quotes(text, expression):
            continue
        between = text[expression.end : start]
        if _is_compared(text, expression) and not (
            _has_own_number(frame, expression, between) or _is_deadline(text, expression, attached)
        ):
            continue
        left = expression.kind == "same" or text.endswith(_CHANGE_BEGINS, 0, expression.start)
        if left and _LEADS_TO.search(between):
            continue
        if frame.quantity.kind == "times" and (between in _ITS_OWN or between.endswith(_OF)):
            # 是2015年的3.7倍: of now, and measured against then.
            continue
        if text.endswith(_PAID, 0, expression.start) and text.endswith(
            _YEARLY, expression.start, expression.end
        ):
            continue
        if _BEGUN_THEN.match(between) or _NAMES_EVENT.match(between):
            continue
        if _governs(frame, attached, expression, between):
            return expression
    return None


def _is_deadline(text: str, expression: Expression, attached: Attached) -> bool:
    """Tell whether a month is the one until which something is planned: 8月底前."""
    planned = expression.kind == "month" and attached.scenario == "target"
    return planned and text.startswith(_BEFORE_ITS_END, expression.end)


def _has_own_number(frame: Frame, expression: Expression, between: str) -> bool:
    """Tell whether the number is what the year is compared for: 比2008年的3120万元."""
    text = frame.sentence.text
    if not between and frame.quantity.kind in RATIOS:
        return False
    return between in _ITS_OWN and text.endswith(_COMPARED_NUMBER, 0, expression.start)


def _governs(frame: Frame, attached: Attached, expression: Expression, between: str) -> bool:
    """Tell whether a period reaches as far as the number."""
    if expression.kind == "opening":
        return attached.measure == "stock" and _month_governs(frame, expression, between)
    if expression.kind == "month":
        return _month_governs(frame, expression, between)
    if "，" in between and _describes(frame.sentence.text, expression):
        return False
    if "，" in between and frame.sentence.text.startswith(_TOLD_AT_ONCE, expression.end):
        return False
    if "；" in between:
        opens = expression.start - frame.sentence.start <= 8
        if expression.kind == "years":
            return opens and not any(word in between for word in _BY_NOW)
        return opens and expression.kind in ("year", "months", "part")
    return expression.kind != "years" or _years_govern(frame.sentence.text, expression, between)


def _describes(text: str, expression: Expression) -> bool:
    """Tell whether a year only says what was applied for: 申报2024年度省攻关项目10项，…."""
    applied = text.endswith(_APPLIED, 0, expression.start)
    return applied and text.endswith(_YEARLY, expression.start, expression.end)


def _is_compared(text: str, expression: Expression) -> bool:
    start, end = expression.start, expression.end
    if expression.kind == "same":
        told = not start or text.endswith(_TOLD_BEHIND, 0, start)
        return not told or text.startswith(_SET_AGAINST, end)
    if expression.kind == "year" and text.startswith(_SINCE, end):
        return False
    if text.endswith(_SINCE_BEFORE, 0, start) and _SINCE_BEHIND.match(text, end):
        return True
    if expression.kind not in ("year", "own", "whole") and text.endswith(_EQUATED, 0, start):
        # 是“十一五”末的1.6倍 compares, 是十四五 does not.
        return expression.kind == "years" and text.startswith(_MEASURED_AGAINST, end)
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
        if attached.scenario != "actual" and section.part != "plan":
            return str(year)
        if calendar.part and attached.scenario != "target":
            return f"{year}-{calendar.part}"
        return str(year) if calendar.part else calendar.default(section, attached.scenario)
    if kind == "same":
        return _year_before(expression, named, year, calendar)
    if kind == "years":
        if expression.part and attached.scenario == "target" and calendar.since is not None:
            return calendar.default(section, attached.scenario, attached.measure)
        last = expression.upto
        surface = frame.sentence.text[expression.start : expression.end + 3]
        ends = any(word in surface for word in _AT_THE_END)
        stands = attached.measure == "stock" or (
            attached.indicator == "rd_intensity" and attached.measure == "share"
        )
        running = calendar.year is not None and last > calendar.year
        if running and stands and attached.scenario == "actual" and not ends:
            # “十四五”以来 it stands now; at the end of it (“十四五”末) it is to stand.
            return calendar.default(section, attached.scenario, attached.measure)
        return str(last) if stands or ends else f"{year}/{last}"
    if kind == "year" and frame.sentence.text.startswith(_SINCE, expression.end):
        return _since(year, attached, calendar)
    if kind == "year":
        if calendar.part and year == calendar.year and attached.scenario == "actual":
            return calendar.default(section, "actual")
        return str(year)
    if kind == "part":
        return _of_part(expression, frame, attached, year)
    if kind == "months":
        return f"{year}-{expression.month:02d}/{year}-{expression.upto:02d}"
    text = frame.sentence.text
    upto = text.endswith(_UNTIL, 0, expression.start) or text.endswith(
        _ENDS_MONTH, expression.start, expression.end
    )
    if upto and attached.measure != "stock":
        return f"{year}-01/{year}-{expression.month:02d}"
    return f"{year}-{expression.month:02d}"


def _since(year: int, attached: Attached, calendar: Calendar) -> str:
    """Return the years from one up to the report's: 2013年以来拨付200万元."""
    last = calendar.year
    if last is None or last <= year or attached.measure != "flow":
        return str(last or "")
    return f"{year}/{last}"


def _of_part(expression: Expression, frame: Frame, attached: Attached, year: int) -> str:
    """Return a part of the year; up to a quarter is from the year's beginning (截止三季度)."""
    part = expression.part
    if part in ("Q2", "Q3") and frame.sentence.text.endswith(_UNTIL, 0, expression.start):
        month = 3 * int(part[1])
        whole = f"{year}-01/{year}-{month:02d}"
        return f"{year}-{month:02d}" if attached.measure == "stock" else whole
    return f"{year}-{part}"


def _year_before(
    expression: Expression, named: list[Expression], year: int, calendar: Calendar
) -> str:
    """Return what 同期 means in the year before: the months just named, else the report's own."""
    months = calendar.months
    for other in reversed(named):
        if other.start < expression.start and other.kind == "months":
            months = other.month, other.upto
            break
    if months:
        return f"{year}-{months[0]:02d}/{year}-{months[1]:02d}"
    return f"{year}-{calendar.part}" if calendar.part else str(year)
