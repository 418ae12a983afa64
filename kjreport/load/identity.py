"""Which year and which place a report is about, from its title and opening."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Final

from kjreport.places import find, mentions

_OPENING: Final = 600
_TITLE_LENGTH: Final = 60

_YEAR: Final = r"(?:19[89]|20[0-4])\d"
_YEAR_MENTION: Final = re.compile(
    rf"(?<!\d)({_YEAR})\s*(?:年|财年)(?!\s*代)|(?<![\d.])({_YEAR})(?=[^\d.年月日号]*(?:总结|工作|上半年|下半年|计划|要点))"
)
# 20__年, xx年, XXXX年, **年, ×年, and a 年 whose digits were taken away.
_MASKED_YEAR: Final = re.compile(
    r"(?:(?:19|20)\s*[_xX×＊*○〇Oo#?？]{1,2}|[_xXｘＸ×＊*○#]{2,4})\s*(?:年|财年)"
    r"|(?:^|(?<=[\n，。：；、\s]))年(?=[度，,、])"
    r"|(?:^|(?<=\n))\s*年(?=工作|度|[，,])|局年(?:工作)?总结"
)
_PLAN_WORDS: Final = re.compile(r"计划|安排|打算|思路|要点|目标|方案|谋划|规划|部署|举措|展望")
_REVIEW_WORDS: Final = re.compile(r"总结|回顾|小结|情况|汇报|报告|述职|进展|成效|工作完成|亮点")
_TITLE_PARTS: Final = re.compile(r"(?:及其?|和|与|暨|以及|、|\+|＋|;|；)")
_BUREAU: Final = re.compile(
    r"(?:市|区|县|旗)?(?:科技|科学技术|科工|科教)[和与]?\w{0,8}?(?:局|委)|科委"
)
_CLAUSE_START: Final = re.compile(r"(?:^|[，。；：、\s\n]|今年|年来|现将|记者从|年度?)$")
_FILE_YEAR: Final = re.compile(rf"(?<!\d)({_YEAR})(?!\d{{1,3}}(?!\d)|\d)")
# A year that bounds a plan or a past period is not the report's own.
_FOREIGN_BEFORE: Final = re.compile(r"(?:到|至|自|从|截至|截止|比|较|于|以来|《[^》]*)$")
_REPORTS_ON: Final = re.compile(
    rf"({_YEAR})年(?:度|上半年|下半年)?[^。\n]{{0,20}}(?:总结|情况|汇报|报告)"
)


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


def _year_of_title(title: str) -> int | None:
    """Return the year of the part of a title that looks back, else of its plan."""
    parts = _TITLE_PARTS.split(title)
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
