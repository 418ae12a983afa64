"""What the best candidate turns into where the words around say more than its name."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from kjreport.extract.attached import Candidate
from kjreport.extract.lexicon import Lexicon
from kjreport.extract.neighbours import near_start
from kjreport.extract.quantities import RATIOS
from kjreport.extract.sentences import Frame
from kjreport.extract.wordlists import words
from kjreport.schema.codes import OTHER

_RD_AMOUNTS: Final = frozenset({"rd_expenditure", "enterprise_rd"})
_PATENTS: Final = frozenset({"patents", "invention_patents"})
_WON: Final = words("won")
# Money of the district itself.
_OWN: Final = ("财政", "本级")
_PAID: Final = words("paid")
_JOINED: Final = re.compile(r"^(?:|、|和|与|及|或|以及|（[^）]*）、)(?:市级|省级|国家级|企业)?$")


def refined(best: Candidate, frame: Frame, lexicon: Lexicon) -> str:
    """Return the indicator that a candidate comes to in its surroundings."""
    indicator = best.indicator
    if is_one_of_many(frame) or (indicator == "tech_demands" and is_solved(frame)):
        return OTHER
    # 科技发展资金 may be the district's own or won from above; 财政科技支出 is its own.
    word = best.token.term.word if best.token is not None else ""
    if indicator == "funds_won" or (indicator == "fiscal_st" and "财政" not in word):
        return giver(indicator, frame)
    if indicator in _RD_AMOUNTS:
        return rd_indicator(indicator, best, frame)
    if (
        indicator in _PATENTS
        and "每万" in frame.sentence.text[near_start(frame) : frame.quantity.start]
    ):
        return "invention_patents_per_10k"
    return "innovation_platforms" if joins_several(best, frame, lexicon) else indicator


def rd_indicator(indicator: str, best: Candidate, frame: Frame) -> str:
    """Tell the three R&D indicators apart: the money, firms' money, its share of GDP."""
    near = frame.sentence.text[near_start(frame) : frame.quantity.start]
    if frame.quantity.kind == "rank" and near.startswith(("总量", "总额")):
        return "rd_expenditure" if indicator == "rd_intensity" else indicator
    if is_intensity(frame):
        return "rd_intensity"
    if indicator == "rd_expenditure" and _is_of_firms(best, frame):
        return "enterprise_rd"
    return indicator


def is_one_of_many(frame: Frame) -> bool:
    """Tell whether the number is a mean or a ceiling: 户均398万元, 单项最高100万元."""
    if frame.quantity.kind != "money":
        return False
    return any(token.term.marks & {"each", "cap"} for token in frame.near)


def giver(indicator: str, frame: Frame) -> str:
    """Tell money won from above from money that the district itself pays or budgets."""
    text, start = frame.sentence.text, frame.quantity.start
    before = text[frame.clause_start : start]
    if any(word in text[near_start(frame) : start] for word in _WON):
        return "funds_won"
    marks = {mark for token in (*frame.earlier, *frame.near) for mark in token.term.marks}
    if any(word in before for word in _PAID):
        return "funds_paid"
    return "fiscal_st" if "budget" in marks and any(word in before for word in _OWN) else indicator


def is_solved(frame: Frame) -> bool:
    """Tell demands solved from demands collected."""
    return any("solve" in token.term.marks for token in frame.near)


def is_intensity(frame: Frame) -> bool:
    """Tell whether a ratio of R&D money is its share of GDP."""
    if frame.quantity.kind not in ("percent", "point", "rank"):
        return False
    text = frame.sentence.text
    before = text[frame.clause_start : frame.quantity.start]
    if any(token.term.growth for token in frame.near) and "GDP" not in before.upper():
        return False
    if any(word in before for word in ("收入", "预算", "财政", "任务", "目标", "工业总产值")):
        return False
    return any(word in before.upper() for word in ("GDP", "生产总值", "占比", "强度", "比重"))


def _is_of_firms(best: Candidate, frame: Frame) -> bool:
    """Tell whether R&D money is what firms spent (619家高新技术企业的研发经费支出)."""
    token = best.token
    if token is None or best.relation != "left" or "全社会" in token.term.word:
        return False
    text = frame.sentence.text
    return text.endswith(("企业", "企业的", "高企", "高企的"), frame.clause_start, token.start)


def joins_several(best: Candidate, frame: Frame, lexicon: Lexicon) -> bool:
    """Tell whether one count is of several kinds of platform (孵化器、众创空间共13家)."""
    token = best.token
    if best.relation not in ("left", "right") or token is None:
        return False
    if frame.quantity.kind in RATIOS or best.indicator not in lexicon.platforms:
        return False
    text = frame.sentence.text
    beside = frame.near if best.relation == "left" else frame.right_all
    names = [t for t in beside if t.term.indicator in lexicon.platforms]
    for first, second in pairwise(names):
        between = text[first.end : second.start]
        differ = first.term.indicator != second.term.indicator and token in (first, second)
        if differ and _JOINED.match(between):
            return True
    return False
