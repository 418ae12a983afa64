"""The headed parts of a report, and which of them sum up, complain and plan."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

Part = Literal["summary", "problems", "plan"]

MAX_TITLE: Final = 48


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


_NUMERAL = "[一二三四五六七八九十]{1,3}"
# The ways of numbering headings; the depth of each follows from which comes first.
_MARKS: Final = {
    "part": rf"第{_NUMERAL}(?:部分|章)",
    "han": rf"{_NUMERAL}[、.．]",
    "han_bracket": rf"[（(]{_NUMERAL}[）)]",
    "digit": r"\d{1,2}(?:[、．]|\.(?!\d))|[⒈-⒛]",
    "digit_bracket": r"[（(]\d{1,2}[）)]",
    "circle": r"[①-⑳]",
    "lens": r"【(?=[^】\n]{2,20}】)|[●◆■★▌]",
}
_MARKED = "|".join(f"(?P<{kind}>{mark})" for kind, mark in _MARKS.items())
_PLAN_WORDS = (
    r"^下面|^最后|^接下来|下一?步|下一阶段|下阶段|下半年|明年|来年|今后|工作计划|工作方案|工作要点|工作打算|工作安排|工作思路|工作设想"
    r"|工作展望|年工作方案|工作方案$|怎么干|年计划|年打算|年重点任务|年谋划|年要点|要点$|年安排|年思路|年工作目标|年目标|年\s?主要目标|(?:主要|整改|工作"
    r"|总体)目标$|建议$|对策|下年度|打算$|计划$|设想$|思路$|安排$|展望$"
)
_PROBLEM_WORDS = (
    r"存在.{0,8}(?:问题|困难|不足|短板|差距)|主要问题|面临.{0,6}(?:问题|困难|挑战)|不足之处|问题和|问题与|问题及"
    r"|^问题|短板弱项|困难和|问题$|不足$|困难$|差距与|差距和|差距$|存在不足"
)
_SUMMARY_WORDS = (
    r"总结|回顾|回忆|完成情况|开展情况|工作情况|进展情况|主要成效"
    r"|工作成效|主要工作|主要做法|取得的|做了什么|亮点|成绩|工作进展|重点工作及"
)
_UNMARKED = (
    rf"(?P<plain>[^\n，。；%％]{{0,16}}(?:{_PLAN_WORDS}|{_PROBLEM_WORDS})"
    r"[^\n，。；、%％]{0,6}[：:]?$)"
)
_HEADING: Final = re.compile(rf"^[ \t\u3000\xa0#*]*(?:{_MARKED}|{_UNMARKED})", re.MULTILINE)
# A paragraph that announces what comes without a heading of its own.
_ANNOUNCEMENT: Final = re.compile(
    r"^[ \t\u3000\xa0]*(?:(?:下一?步|下一阶段|下阶段|下半年|明年|来年|今后一个时期|今后|展望)"
    r"[^\n，。：；]{0,10}(?:[，：:]|打算|要点)"
    r"|(?:19|20)\d\d年[^\n，。：；]{0,6}(?:工作)?(?:计划|打算|安排|思路|设想|目标|展望)[^\n，。：；]{0,4}[，：:]"
    r"|下面，?我(?:就|讲|着重讲|再讲)[^\n。]{0,20}(?:意见|要求)"
    r"|[^\n，。：；]{0,4}(?:整改|工作|主要|年度|总体)目标[^\n，。：；]{0,2}[：:]"
    r"|(?:今年|明年|下一?步|新的一年)?怎么干[？?]"
    r"|(?:问|记者|提问)[：:][^\n]{0,40}[？?]"
    r"|(?:最后|下面|接下来)[^\n。]{0,8}(?:讲|说|提|部署|安排)[^\n。]{0,8}(?:任务|要求|打算)"
    r"|(?:存在的?)?(?:主要)?(?:问题|不足|困难|短板|差距)[^\n，。：；]{0,6}[：:])",
    re.MULTILINE,
)
_QUESTION: Final = ("问", "记者", "提问")
# A heading's own words end where a sentence does, or where its line does.
_TITLE: Final = re.compile(rf"[^\n。；]{{0,{MAX_TITLE}}}")
_PLAN_TITLE: Final = re.compile(
    r"工作计划|工作打算|工作思路|工作要点|今年目标|年目标|工作安排|任务书|工作方案"
)
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年)")
_PLAN: Final = re.compile(_PLAN_WORDS)
_PROBLEM: Final = re.compile(_PROBLEM_WORDS)
_SUMMARY: Final = re.compile(_SUMMARY_WORDS)


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
    part: Part = "plan" if is_plan(text.lstrip()[:60].split("\n")[0]) else "summary"
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
        # 科技投入不足 under a heading of problems is one of them and opens no part of its own.
        if own is not None and not (own == part == "problems" and level > depth.get(setter, 0)):
            part, setter = own, kind
        elif (kind == setter and part == "problems") or title.startswith(_QUESTION):
            part = "summary"
        end = marks[index + 1][0] if index + 1 < len(marks) else len(text)
        sections.append(Section(title, level, first if index == 0 else start, end, part))
        first = start
    return tuple(sections)


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
    found = {}
    for match in _HEADING.finditer(text):
        title = _TITLE.match(text, match.start())
        words = title[0] if title else ""
        if match.lastgroup == "lens":
            words = re.sub("】.*", "】", words)
        found[match.start()] = (match.lastgroup or "", words)
    for match in _ANNOUNCEMENT.finditer(text):
        found[match.start()] = ("announcement", match[0])
    return [
        (start, kind, title.strip(" \t\u3000\xa0#*：:？?"))
        for start, (kind, title) in sorted(found.items())
    ]


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
