"""Which year and which place a report is about, from its title and opening."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath
from typing import Final

from kjreport.places import find, mentions
from kjreport.vocabulary import vocabulary

_OPENING: Final = 600
_TITLE_LENGTH: Final = 60

_WORDS: Final = vocabulary(__file__)
_YEAR_MENTION: Final = _WORDS.pattern("year_mention")
_FILE_YEAR: Final = _WORDS.pattern("file_year")
_MASKED_YEAR: Final = _WORDS.pattern("masked_year")
_PLAN_WORDS: Final = _WORDS.pattern("plan")
_REVIEW_WORDS: Final = _WORDS.pattern("review")
_TITLE_JOINT: Final = _WORDS.pattern("title_joint")
_BUREAU: Final = _WORDS.pattern("bureau")
_CLAUSE_START: Final = _WORDS.pattern("clause_start")
# A year that bounds a plan or a past period is not the report's own.
_FOREIGN_BEFORE: Final = _WORDS.pattern("foreign_before")
_REPORTS_ON: Final = _WORDS.pattern("reports_on")
_FIVE_YEAR_PLAN: Final = _WORDS.pattern("five_year_plan")
_PLAN_NUMBERS: Final = _WORDS.values("plan_numbers")


def opening_title(text: str) -> str:
    r"""Return the first line of `text` where it reads like a title, else an empty string.

    Examples
    --------
    >>> opening_title("区科技局2022年工作总结\n\n2022年，全区新增高企3家。")
    '区科技局2022年工作总结'
    """
    for line in text.lstrip("\ufeff\n").split("\n")[:5]:
        title = line.strip().lstrip("#").strip()
        if not title:
            continue
        if len(title) > _TITLE_LENGTH or title.endswith(("。", "；", "，", "：", ":")):
            return ""
        return title
    return ""


def report_year(title: str, text: str, file_name: str = "") -> int | None:
    """Return the year that a report looks back on; of a mere plan, the year planned for.

    The title decides before the opening lines, they before the first dated
    sentence, and the file name comes last. A masked year (``20__年``, ``xx年``)
    is unknown: nothing later is taken for it.

    Parameters
    ----------
    title, text, file_name : str

    Returns
    -------
    int or None

    Examples
    --------
    >>> report_year("2022年工作总结及2023年工作计划", "")
    2022
    >>> report_year("科技局工作总结及2023年工作计划", "")
    2022
    >>> report_year("20__年工作总结", "2021年以来，全县……") is None
    True
    """
    title = title or opening_title(text)
    year = _year_of_title(title)
    if year is not None:
        return year
    if (planned := planned_five_years(title)) is not None:
        return planned - 1
    if _MASKED_YEAR.search(title):
        return None
    opening = text[:_OPENING]
    masked = _MASKED_YEAR.search(opening)
    dated = _first_own_year(opening)
    if masked and (dated is None or masked.start() < dated[1]):
        return None
    if dated is not None:
        return dated[0]
    if match := _FILE_YEAR.search(PurePath(file_name).stem):
        return int(match[1])
    later = _first_own_year(text)
    return None if later is None or masked else later[0]


def first_year_of_plan(plan: int) -> int:
    """Return when the five years begin that a plan is for: those of the 14th begin in 2021."""
    return 2021 + 5 * (plan - 14)


def planned_five_years(title: str) -> int | None:
    """Return the first of the five years that a title plans, None where it plans none.

    Examples
    --------
    >>> planned_five_years("“十四五”科技创新规划"), planned_five_years("“十三五”工作总结")
    (2021, None)
    """
    match = _FIVE_YEAR_PLAN.search(title)
    return None if match is None else first_year_of_plan(int(_PLAN_NUMBERS[match[1]]))


def _year_of_title(title: str) -> int | None:
    """Return the year of the part of a title that looks back, else of its plan."""
    parts = _TITLE_JOINT.split(title)
    years = [_first_year(part) for part in parts]
    for part, year in zip(parts, years, strict=True):
        if year is not None and not _PLAN_WORDS.search(part):
            return year
    planned = next((year for year in years if year is not None), None)
    if planned is None:
        return None
    looks_back = any(_REVIEW_WORDS.search(part) and not _PLAN_WORDS.search(part) for part in parts)
    if looks_back and _MASKED_YEAR.search(title):
        return None
    return planned - 1 if looks_back else planned


def _first_year(part: str) -> int | None:
    match = _YEAR_MENTION.search(part)
    return int(match[1] or match[2]) if match else None


def _first_own_year(text: str) -> tuple[int, int] | None:
    """Return the first year that a text says of itself, and where."""
    if match := _REPORTS_ON.search(text[:_OPENING]):
        return int(match[1]), match.start()
    for year, start in _own_years(text):
        return year, start
    return None


def _own_years(text: str) -> Iterator[tuple[int, int]]:
    for match in _YEAR_MENTION.finditer(text):
        before = text[max(0, match.start() - 12) : match.start()]
        if match[1] and not _FOREIGN_BEFORE.search(before):
            yield int(match[1]), match.start()


def report_area(title: str, text: str, file_name: str = "") -> str:
    """Return the full administrative name of the place a report is about, else ``""``.

    The place that the title names comes first, then the one in the file's name,
    then the one whose bureau begins a clause of the opening; the bureau above it,
    which gave it its tasks, is named in the middle of a clause.

    Parameters
    ----------
    title, text, file_name : str

    Examples
    --------
    >>> report_area("鄂尔多斯市科学技术局2022年工作总结", "")
    '内蒙古自治区鄂尔多斯市'
    """
    for source in (title or opening_title(text), PurePath(file_name).stem):
        for place in find(source):
            return place.name
    opening = text[:_OPENING]
    for place, start, end in mentions(opening):
        if _BUREAU.match(opening, end) and _CLAUSE_START.search(opening[:start]):
            return place.name
    return ""
