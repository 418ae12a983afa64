"""When a report's results and plans are, from its catalogue, title and opening."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kjreport.extract.numerals import number
from kjreport.load import Document, Section
from kjreport.load.identity import (
    first_year_of_plan,
    opening_title,
    planned_five_years,
    report_year,
)
from kjreport.load.sections import plans_only
from kjreport.vocabulary import vocabulary

_WORDS: Final = vocabulary(__file__)
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
_SPAN_LOOKED_BACK: Final = _WORDS.pattern("span_looked_back")
_PLANNED_YEARS: Final = _WORDS.pattern("planned_years")
_FIVE_YEARS: Final = _WORDS.pattern("five_years")
_LAST_YEAR: Final = _WORDS.pattern("last_year")
_REST_OF_YEAR: Final = _WORDS.pattern("rest_of_year")
_QUARTER_HEADING: Final = _WORDS.pattern("quarter_heading")
_QUARTERS: Final = _WORDS.values("quarters")
_THIS_YEAR: Final = _WORDS.pattern("this_year")
_DATED_OPENING: Final = _WORDS.pattern("dated_opening")
_PAST_YEAR: Final = _WORDS.pattern("past_year")
_ONE_YEAR: Final = _WORDS.pattern("one_year")
# When the parts of a year end, and how many months each kind has.
_LAST_MONTH: Final = {"H1": 6, "H2": 12, "Q1": 3, "Q2": 6, "Q3": 9, "Q4": 12}
_LENGTH: Final = {"H": 6, "Q": 3}
# The titles of a report stand in so many characters.
_OPENING: Final = 120
# What stands at a time, where a report is on several years: its last.
_AT_ONE_TIME: Final = frozenset({"stock", "rank", "share", "change"})


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
    running : bool
        Whether the year is not over: what is planned is planned for its rest.
    gone_by : bool
        Whether the text is of the next year: it calls this one past or is dated later.
    first : int or None
        The first year of a report on several years.
    months : (int, int) or None
        The first and last month of a report on some months.
    until : int or None
        The last year of a plan for several years.
    since : int or None
        The first year of a five-year plan, which counts what comes about in all of them.
    retrospects : tuple of (int, int, int, int)
        Where the text looks back on several years, and the first and last of these.
    recent : int or None
        The year that the sentence before named last, which 当年 takes up again.
    last : str
        The period that the text last named, which 同期 takes up again.
    """

    year: int | None
    part: str = ""
    plan_only: bool = False
    first: int | None = None
    last: str = ""
    months: tuple[int, int] | None = None
    until: int | None = None
    since: int | None = None
    retrospects: tuple[tuple[int, int, int, int], ...] = ()
    recent: int | None = None
    running: bool = False
    gone_by: bool = False

    @property
    def now(self) -> int | None:
        """The year that the text calls 今年."""
        return None if self.year is None else self.year + self.gone_by

    def is_to_come(self, period: str) -> bool:
        """Tell whether a period ends after the year that the report looks back on.

        What a report says of a later year is planned.
        """
        if self.year is None or self.plan_only or not period:
            return False
        if period.startswith(f"{self.year}-") and self._begins_later(period[5:7]):
            return True
        return int(period.split("/")[-1][:4]) > self.year

    def _begins_later(self, part: str) -> bool:
        """Tell whether a part of the year begins after what the report is on."""
        last = self.months[1] if self.months else _LAST_MONTH.get(self.part, 12)
        first = _LAST_MONTH[part] - _LENGTH[part[0]] if part in _LAST_MONTH else 0
        return first >= last

    def is_over(self, period: str) -> bool:
        """Tell whether a period of a plan lies before the years that are planned."""
        planned = self.since if self.since is not None else self.year if self.plan_only else None
        return planned is not None and len(period) == 4 and int(period) < planned

    def default(self, section: Section, scenario: str, measure: str = "flow") -> str:
        """Return the period of a number without words of its own."""
        if self.year is None:
            return ""
        if self.part and (scenario == "target" or section.part == "plan"):
            return f"{self.year}{_rest_planned(section.title)}"
        if self.months and scenario != "actual":
            return str(self.year)
        if self.until is not None and scenario == "target":
            stands = self.since is None or measure in _AT_ONE_TIME
            return str(self.until) if stands else f"{self.since}/{self.until}"
        if section.part == "plan" and scenario != "actual":
            later = not (self.plan_only or self.running)
            if _THIS_YEAR.search(section.title):
                later = self.gone_by
            return _year_planned(section.title, self.year) or str(self.year + later)
        if _LAST_YEAR.search(section.title) and scenario == "actual":
            return str(self.year - 1)
        first, last = self._looks_back_on(section.start)
        if first is not None:
            return str(last) if measure in _AT_ONE_TIME else f"{first}/{last}"
        if self.months:
            return f"{self.year}-{self.months[0]:02d}/{self.year}-{self.months[1]:02d}"
        return f"{self.year}-{self.part}" if self.part else str(self.year)

    def _looks_back_on(self, position: int) -> tuple[int | None, int | None]:
        """Return the first and last year that the text looks back on at a place, if several."""
        for start, end, first, last in self.retrospects:
            if start <= position < end:
                return first, last
        return self.first, self.year


def calendar(document: Document, sections: Sequence[Section] = ()) -> Calendar:
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
    opened = document.text[:_OPENING]
    named = [*_PLAN_SPAN.finditer(title), *_SPAN_LOOKED_BACK.finditer(opened)]
    spans = [first_year_of_plan(int(number(m[1]))) for m in named]
    # A plan that begins after the report's year is the next one.
    first = next((span for span in spans if year is None or span <= year), None)
    if first is not None and year is None:
        year = first + 4
    months = None if part else _months_of(opening)
    planned = _PLANNED_YEARS.search(opened)
    until = int(planned[1]) if planned and (year is None or int(planned[1]) > year) else None
    since = planned_five_years(title)
    if since is not None and year is not None and since > year:
        until = since + 4
    elif until is not None:
        since = None
    retrospects = tuple(_retrospects(sections, year))
    return Calendar(
        year,
        part,
        plans_only(document.text),
        first,
        months=months,
        until=until,
        since=since,
        retrospects=retrospects,
        running=bool(_REST_OF_YEAR.search(document.text)),
        gone_by=_is_gone_by(document.text, year),
    )


def _retrospects(
    sections: Sequence[Section], year: int | None
) -> Iterator[tuple[int, int, int, int]]:
    """Yield where headings say that the text looks back on several years, and on which."""
    for index, section in enumerate(sections):
        match = _FIVE_YEARS.search(section.title)
        if match is None or section.part == "plan":
            continue
        after = (
            s.start
            for s in sections[index + 1 :]
            if s.level <= section.level or _ONE_YEAR.search(s.title)
        )
        end = next(after, sections[-1].end)
        if match["plan"]:
            first = first_year_of_plan(int(number(match["plan"])))
            yield section.start, end, first, min(first + 4, year or first + 4)
        elif year is not None:
            yield section.start, end, year - 4, year


def _is_gone_by(text: str, year: int | None) -> bool:
    """Tell whether the text calls a year past (刚刚过去的2022年) or is dated in the next."""
    if year is None:
        return False
    dated = _DATED_OPENING.search(text[:_OPENING])
    if dated and int(dated[1]) == year + 1:
        return True
    return any(year == int(m[1]) for m in _PAST_YEAR.finditer(text))


def _rest_planned(title: str) -> str:
    """Return the part of the running year that a heading plans, empty for all of it."""
    if _SECOND_HALF_HEADING.match(title):
        return "-H2"
    quarter = _QUARTER_HEADING.match(title)
    return f"-Q{_QUARTERS[quarter[1]]:.0f}" if quarter else ""


def _year_planned(title: str, year: int) -> str:
    """Return the year from `year` on that a heading plans, empty where it names none."""
    named = _ONE_YEAR.search(title)
    return named[1] if named and int(named[1]) >= year else ""


def _months_of(title: str) -> tuple[int, int] | None:
    """Return the first and last month that a title says its report is on."""
    if spell := _TITLE_MONTHS.search(title):
        return int(spell[1]), int(spell[2])
    return (1, 9) if _TITLE_THREE_QUARTERS.search(title) else None
