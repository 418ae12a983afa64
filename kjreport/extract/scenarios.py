"""Whether a number is a result, an expectation or a target."""

from __future__ import annotations

from typing import Final

from kjreport.extract.attached import Attached
from kjreport.extract.sentences import Frame
from kjreport.load import Section
from kjreport.vocabulary import vocabulary

_WORDS: Final = vocabulary(__file__)
_TARGET: Final = _WORDS.words("target_of_any_kind")
_ASSIGNED: Final = _WORDS.words("assigned")
_ASSIGNED_BEFORE: Final = _WORDS.words("assigned_before")
_DONE_BEHIND: Final = frozenset(_WORDS.words("done_behind"))
_SHORT_OF: Final = _WORDS.words("short_of")
_BEGINS_CHANGE: Final = _WORDS.pattern("begins_change")
_LEADS_TO: Final = _WORDS.pattern("leads_to")
_RATE: Final = _WORDS.words("rate_of_completion")
_COMPLETED: Final = _WORDS.pattern("completed")
_REACHED: Final = frozenset(_WORDS.words("reached"))
_UNTIL: Final = _WORDS.words("up_to_date")
_EXPECTED_BEHIND: Final = _WORDS.words("expected_behind")
_IN_PASSING: Final = _WORDS.words("in_passing")
_WILL: Final = frozenset(_WORDS.words("will"))
_HOPES: Final = frozenset(_WORDS.words("hopes"))
_STRIVEN_FOR: Final = _WORDS.words("striven_for")
_PLANS: Final = frozenset(_WORDS.words("plans"))
_BEFORE_PLAN: Final = (*_WORDS.words("before_plan"), *"，。；：、\n ")
_FULFILLED: Final = _WORDS.words("fulfilled")
_TASKS: Final = _WORDS.words("tasks")
_INTRODUCES_TASK: Final = _WORDS.words("introduces_task")
_CONFORMS: Final = _WORDS.pattern("conforms")
_DEMANDS: Final = _WORDS.words("demands")
_EXPECTATIONS: Final = frozenset(_WORDS.words("expectations"))
_BEYOND: Final = _WORDS.words("beyond_expectation")
_DEMANDED: Final = _WORDS.words("demanded")


def scenario(frame: Frame, attached: Attached, section: Section) -> str:
    """Return ``actual``, ``expected`` or ``target`` for an attached quantity.

    The plan part speaks of targets and the rest of results, unless a word in the sentence
    says otherwise.
    """
    quantity, text = frame.quantity, frame.sentence.text
    if text.startswith(_TARGET, quantity.end) or (
        text.startswith(_ASSIGNED, quantity.end) and quantity.kind != "percent"
    ):
        return "target"
    assigned = text.endswith(_ASSIGNED_BEFORE, frame.clause_start, quantity.start)
    if assigned and (quantity.kind != "percent" or _falls_short(frame)):
        return "target"
    if _is_rate_of_completion(frame, attached) or starts_a_change(frame):
        return "actual"
    if text.startswith(_EXPECTED_BEHIND, quantity.end):
        return "expected"
    near = _nearest(frame, attached)
    if near:
        return near
    if attached.measure in ("growth", "share") and _is_demanded(frame):
        return "target"
    if section.part == "plan" and not _looks_back(frame):
        return "target"
    return "actual"


def _falls_short(frame: Frame) -> bool:
    """Tell whether something stays below the number: 距下达的50%还有差距."""
    return any(
        word in frame.sentence.text[frame.clause_start : frame.quantity.start] for word in _SHORT_OF
    )


def starts_a_change(frame: Frame) -> bool:
    """Tell whether the number is where a change begins: 由2015年的9家增至12家."""
    text, quantity = frame.sentence.text, frame.quantity
    before = text[max(frame.clause_start, quantity.start - 14) : quantity.start]
    return bool(_BEGINS_CHANGE.search(before) and _LEADS_TO.match(text, quantity.end))


def _is_rate_of_completion(frame: Frame, attached: Attached) -> bool:
    before = frame.sentence.text[frame.clause_start : frame.quantity.start]
    if attached.measure == "rank":
        return any(word in before for word in _RATE)
    if attached.measure != "share" or frame.quantity.kind not in ("percent", "times"):
        return False
    if before.endswith(_RATE):
        return True
    return bool(_COMPLETED.search(before))


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
        if token.term.word in _WILL and _is_expected(frame, token.start):
            continue
        if not _governs(token.term.word, sentence.text, token.end, frame, attached):
            continue
        return value
    return ""


def _is_expected(frame: Frame, position: int) -> bool:
    """Tell whether an expectation stands before in the sentence: 预计总量将达到490家."""
    start = max(frame.sentence.text.rfind("；", 0, position), frame.sentence.start)
    return any(
        t.term.scenario == "expected" and start <= t.start < position for t in frame.sentence.tokens
    )


def _is_closed_off(between: str) -> bool:
    """Tell whether what was said stood in a bracket that has closed."""
    closed = between.find("）")
    return closed >= 0 and "（" not in between[:closed]


def _governs(word: str, text: str, end: int, frame: Frame, attached: Attached) -> bool:
    """Tell whether a cue that ends at `end` reaches as far as the number."""
    between = text[end : frame.quantity.start]
    start = end - len(word)
    if "；" in between and any(until in between for until in _UNTIL):
        return False
    if word in _HOPES:
        return text.startswith(_STRIVEN_FOR, end)
    if word in _PLANS:
        return "。" not in between and _is_verb(text, start, frame.sentence.start)
    if word.endswith(_TASKS):
        demanded = word.endswith(_DEMANDS) and text.startswith("，", end)
        if demanded and _CONFORMS.search(text, frame.sentence.start, start):
            return False
        if demanded or text.startswith(_INTRODUCES_TASK, end):
            # 任务是60件，截至10月底完成50件: a date begins what was done.
            return "。" not in between and not _dated_since(frame, end)
        # 完成全年任务，… : the task is told, what follows is not the task.
        return not any(mark in between for mark in "，；。")
    if word in _EXPECTATIONS:
        # 预计全年达30家，新增省级5家: what has a verb of its own is told as done.
        own_verb = any(token.term.measure == "flow" for token in frame.near)
        if "，" in between and own_verb and attached.relation != "carried":
            return False
        return "；" not in between and not text.endswith(_BEYOND, 0, start)
    # What is meant in passing (拟申报80家；…) reaches less far than what the report aims at.
    ends = "。；" if word.startswith(_IN_PASSING) else "。"
    return not any(mark in between for mark in ends)


def _dated_since(frame: Frame, position: int) -> bool:
    """Tell whether a date stands between a cue and the number."""
    return any(position <= date.start < frame.quantity.start for date in frame.sentence.dates)


def _is_verb(text: str, start: int, sentence_start: int) -> bool:
    """Tell 计划新增3家, which plans, from 科技计划 and from 完成计划."""
    if any(word in text[max(0, start - 5) : start] for word in _FULFILLED):
        return False
    return start == sentence_start or text.endswith(_BEFORE_PLAN, 0, start)


def _looks_back(frame: Frame) -> bool:
    return any(
        token.term.word not in _REACHED
        and (token.term.period == "last_year" or token.term.scenario == "actual")
        for token in (*frame.earlier, *frame.near)
    ) or any(token.term.word in _DONE_BEHIND for token in frame.right)


def _is_demanded(frame: Frame) -> bool:
    """Tell a demand (增速不低于10%) from a report."""
    quantity, text = frame.quantity, frame.sentence.text
    return text.startswith(_DEMANDED, quantity.start)
