"""The headed parts of a report, and which of them sum up, complain and plan."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from kjreport.vocabulary import vocabulary

Part = Literal["summary", "problems", "plan"]

MAX_TITLE: Final = 48
# The lines of a title stand among so many, within so many characters.
_TITLE_LINES: Final = 3
_TITLE_BLOCK: Final = 160
# The row of a table is no title.
_ROW: Final = re.compile(r"[\t|]")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the text under it, up to the next heading.

    Attributes
    ----------
    title : str
        The heading's own words, without what follows it on its line.
    level : int
        1 for the outermost kind of heading; 0 for text before the first.
    start, end : int
        Half-open offsets of heading and body into ``Document.text``.
    part : {"summary", "problems", "plan"}
        What this stretch of the report does.
    """

    title: str
    level: int
    start: int
    end: int
    part: Part


_WORDS: Final = vocabulary(__file__)
# Its groups are the ways of numbering; how deep each lies follows from which comes first.
_HEADING: Final = _WORDS.pattern("heading", re.MULTILINE)
# A paragraph that announces what comes without a heading of its own.
_LINE_BREAK: Final = re.compile("\n")
_ANNOUNCEMENT: Final = _WORDS.pattern("announcement", re.MULTILINE)
_QUESTION: Final = _WORDS.words("asked_by")
# A heading's own words end where a sentence does, or where its line does.
_TITLE: Final = re.compile(rf"[^\n。；]{{0,{MAX_TITLE}}}")
_AROUND_TITLE: Final = " \t\u3000\xa0#*：:？?【】〖〗" + _WORDS.characters("bullets")
_PLAN_TITLE: Final = _WORDS.pattern("plan_title")
_YEAR: Final = _WORDS.pattern("named_year")
_PLAN: Final = _WORDS.pattern("plan")
_TITLE_GOES_ON: Final = _WORDS.pattern("title_goes_on")
_ONLY_A_YEAR: Final = _WORDS.pattern("only_a_year")
_PROBLEM: Final = _WORDS.pattern("problem")
_SUMMARY: Final = _WORDS.pattern("summary")


def find_sections(text: str) -> tuple[Section, ...]:
    r"""Split `text` at its headings.

    A heading is a line that opens with an enumeration mark (``一、`` ``（一）`` ``1.`` ``①``
    ``【…】``) or a short line of its own that names problems or plans. The sections follow
    each other without gap and cover the text.

    Examples
    --------
    >>> text = "一、工作总结\n略。\n二、存在的问题\n略。\n三、下一步打算\n1.略。"
    >>> [(s.title, s.level, s.part) for s in find_sections(text)]
    [('一、工作总结', 1, 'summary'), ('二、存在的问题', 1, 'problems'),
    ('三、下一步打算', 1, 'plan'), ('1.略', 2, 'plan')]
    """
    marks = _headings(text)
    planned = _planned_year(text, marks)
    depth: dict[str, int] = {}
    sections: list[Section] = []
    part: Part = "plan" if plans_only(text) else "summary"
    setter = ""
    if not marks or text[: marks[0][0]].strip():
        sections.append(Section("", 0, 0, marks[0][0] if marks else len(text), part))
        first = marks[0][0] if marks else 0
    else:
        first = 0
    for index, (start, kind, title) in enumerate(marks):
        level = depth.setdefault(kind, len(depth) + 1)
        own = _part_of(title, outermost=level == 1 or kind in ("plain", "announcement"))
        if own == "plan" and any(year < planned for year in _years(title)):
            own = "summary"
        if _ONLY_A_YEAR.fullmatch(title) and _follows(title, text):
            own = "plan"
        # 科技投入不足 under a heading of problems is one of them and opens no part of its own.
        if own is not None and not (own == part == "problems" and level > depth.get(setter, 0)):
            part, setter = own, kind
        elif (kind == setter and part == "problems") or title.startswith(_QUESTION):
            part = "summary"
        end = marks[index + 1][0] if index + 1 < len(marks) else len(text)
        sections.append(Section(title, level, first if index == 0 else start, end, part))
        first = start
    return tuple(sections)


def _follows(title: str, text: str) -> bool:
    """Tell whether the year that is all of a heading comes after the one that the text opens on."""
    opened = _YEAR.search(text)
    return opened is not None and int(title[:4]) > int(opened[0])


def plans_only(text: str) -> bool:
    r"""Tell whether the lines of a document's title announce plans and nothing else.

    Examples
    --------
    >>> plans_only("（征求意见稿）\n某县2023年科技工作要点\n各乡镇：")
    True
    """
    lines = [line.strip() for line in text[:_TITLE_BLOCK].split("\n")]
    titles = [line for line in lines if line and len(line) <= MAX_TITLE and not _ROW.search(line)]
    titles = titles[:_TITLE_LINES]
    return any(map(is_plan, titles)) and not any(map(_SUMMARY.search, titles))


def is_plan(title: str) -> bool:
    """Tell whether a document's title announces plans and nothing else.

    Examples
    --------
    >>> is_plan("科技局2023年工作计划"), is_plan("2022年工作总结及2023年工作计划")
    (True, False)
    """
    if "，" in title or "。" in title:
        return False
    return bool(_PLAN_TITLE.search(title)) and not _SUMMARY.search(title)


def _planned_year(text: str, marks: list[tuple[int, str, str]]) -> int:
    """Return the latest year that the first line or a planning heading names, or 0.

    What an earlier year was to bring (2022年重点工作, in a report that plans 2023) is looked
    back on.
    """
    first_line = text.lstrip().split("\n", 1)[0]
    plans = [title for _, _, title in marks if _PLAN.search(title)]
    return max((year for title in (first_line, *plans) for year in _years(title)), default=0)


def _years(title: str) -> list[int]:
    return [int(year) for year in _YEAR.findall(title)]


def _headings(text: str) -> list[tuple[int, str, str]]:
    """Return offset, kind of mark and title of every heading."""
    found = []
    # A search for the beginnings of lines would try every character.
    for start in (0, *(match.end() for match in _LINE_BREAK.finditer(text))):
        if announcement := _ANNOUNCEMENT.match(text, start):
            found.append((start, "announcement", announcement[0]))
        elif heading := _HEADING.match(text, start):
            title = _TITLE.match(text, start)
            words = title[0] if title else ""
            if heading.lastgroup == "plain" and _is_broken_title(text, start):
                continue
            if heading.lastgroup == "lens":
                words = re.sub("】.*", "】", words)
            found.append((start, heading.lastgroup or "", words))
    return [(start, kind, title.strip(_AROUND_TITLE)) for start, kind, title in found]


def _is_broken_title(text: str, start: int) -> bool:
    """Tell whether a line only goes on with the title above: …工作总结及 and 2023年工作计划."""
    above = text[:start].strip()
    return "\n" not in above and bool(_SUMMARY.search(above)) and bool(_TITLE_GOES_ON.search(above))


def _part_of(title: str, *, outermost: bool) -> Part | None:
    """Return the part that a heading opens, if its words say so.

    Inner headings speak of plans and problems in passing (科技计划项目管理), so there only
    the words before the first comma count.
    """
    if not outermost:
        title = title.split("，", 1)[0]
    if len(title) >= MAX_TITLE:
        return None
    if _PROBLEM.search(title) and not _PLAN.search(title):
        return "problems"
    if _PLAN.search(title) and not (_SUMMARY.search(title) and outermost):
        return "plan"
    if _SUMMARY.search(title) and outermost:
        return "summary"
    return None
