"""Whether a number is a result, an expectation or a target."""

from __future__ import annotations

import re
from typing import Final

from kjreport.extract.attached import Attached
from kjreport.extract.sentences import Frame
from kjreport.extract.wordlists import words
from kjreport.load import Section

_ASSIGNED: Final = words("assigned")
_DONE: Final = words("completed_against")


def scenario(frame: Frame, attached: Attached, section: Section) -> str:
    """Return ``actual``, ``expected`` or ``target`` for an attached quantity.

    The plan part speaks of targets and the rest of results, unless a word in the sentence
    says otherwise.
    """
    quantity, text = frame.quantity, frame.sentence.text
    if text.startswith("的目标", quantity.end) or (
        text.startswith(_ASSIGNED, quantity.end) and quantity.kind != "percent"
    ):
        return "target"
    if _is_rate_of_completion(frame, attached) or starts_a_change(frame):
        return "actual"
    near = _nearest(frame, attached)
    if near:
        return near
    if attached.measure in ("growth", "share") and _is_demanded(frame):
        return "target"
    if section.part == "plan" and not _looks_back(frame):
        return "target"
    return "actual"


_TO: Final = re.compile(r"[^，。；]{0,3}(?:" + "|".join(words("transition")) + ")")


def starts_a_change(frame: Frame) -> bool:
    """Tell whether the number is where a change begins: 由2015年的9家增至12家."""
    text, quantity = frame.sentence.text, frame.quantity
    before = text[max(frame.clause_start, quantity.start - 14) : quantity.start]
    return ("由" in before or "从" in before) and bool(_TO.match(text, quantity.end))


def _is_rate_of_completion(frame: Frame, attached: Attached) -> bool:
    if attached.measure != "share" or frame.quantity.kind != "percent":
        return False
    before = frame.sentence.text[frame.clause_start : frame.quantity.start]
    if before.endswith(("完成率", "完成率达", "完成率为", "完成率达到")):
        return True
    return any(word in before for word in _DONE) and (
        "完成" in before or "占" in before or "为" in before or "达" in before
    )


def _nearest(frame: Frame, attached: Attached) -> str:
    """Return the scenario of the last cue that governs the number, empty where none does."""
    sentence = frame.sentence
    for token in reversed(sentence.tokens):
        if token.start >= frame.quantity.start or not token.term.scenario:
            continue
        if _is_closed_off(sentence.text[token.end : frame.quantity.start]):
            continue
        value = token.term.scenario
        inside = token.start >= frame.clause_start
        if value == "actual":
            if inside and token.term.word not in _REACHED:
                return "actual"
            continue
        if not _governs(token.term.word, sentence.text, token.end, frame):
            continue
        return value
    return ""


def _is_closed_off(between: str) -> bool:
    """Tell whether what was said stood in a bracket that has closed."""
    closed = between.find("）")
    return closed >= 0 and "（" not in between[:closed]


def _governs(word: str, text: str, end: int, frame: Frame) -> bool:
    between = text[end : frame.quantity.start]
    if word == "争取":
        return _is_striving(text, end)
    if word.endswith(
        (
            "任务",
            "目标",
            "计划",
            "指标",
            "任务数",
            "目标值",
            "考核值",
            "责任状",
            "要求",
            "规划",
            "下达",
        )
    ):
        if word == "计划":
            if "完成" in text[max(0, end - 7) : end]:
                return False
            opens = end == frame.sentence.start + 2 or text[end - 3] in _OPENS_PLAN
            return opens and "。" not in between
        if text.startswith(("是", "为", "：", "分别为"), end) or (
            word.endswith("要求") and text.startswith("，", end)
        ):
            return "。" not in between
        # 完成全年任务，… : the task is told, what follows is not the task.
        return "，" not in between and "；" not in between and "。" not in between
    if word in ("预期", "预计") and text.endswith(_BEYOND, 0, end - len(word)):
        return False
    return "。" not in between


_OPENS_PLAN = frozenset("，。；：、\n年也还度作 ")
# Told of targets as well as of results: 目标是实现产值125亿元.
_REACHED: Final = frozenset(words("reached"))
_BEYOND: Final = words("beyond_expectation")
_STRIVING: Final = words("striven_for")


def _is_striving(text: str, end: int) -> bool:
    """Tell 争取达到40家, a hope, from 争取资金40万元, which won money."""
    return text.startswith(_STRIVING, end)


def _looks_back(frame: Frame) -> bool:
    return any(
        token.term.word not in _REACHED
        and (token.term.period == "last_year" or token.term.scenario == "actual")
        for token in (*frame.earlier, *frame.near)
    )


def _is_demanded(frame: Frame) -> bool:
    """Tell a demand (增速不低于10%) from a report."""
    quantity, text = frame.quantity, frame.sentence.text
    return text.startswith(("不低于", "不少于", "不高于"), quantity.start)
