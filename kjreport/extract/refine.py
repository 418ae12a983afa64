"""What the best candidate turns into where the words around say more than its name."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from kjreport.extract.attached import Candidate
from kjreport.extract.lexicon import Lexicon
from kjreport.extract.quantities import RATIOS
from kjreport.extract.sentences import Frame
from kjreport.schema.codes import OTHER
from kjreport.vocabulary import vocabulary

_RD_AMOUNTS: Final = frozenset({"rd_expenditure", "enterprise_rd"})
_PATENTS: Final = frozenset({"patents", "invention_patents"})
_WORDS: Final = vocabulary(__file__)
_WON: Final = _WORDS.words("won")
_PAID: Final = _WORDS.words("paid")
_OWN_MONEY: Final = _WORDS.words("own_money")
_OWN_BY_NAME: Final = _WORDS.words("own_by_name")
_SUM_OF_MONEY: Final = _WORDS.words("sum_of_money")
_UP_TO: Final = _WORDS.words("up_to")
_SHARE_OF_GDP: Final = _WORDS.words("share_of_gdp")
_SHARE_OF_ANOTHER: Final = _WORDS.words("share_of_another")
_OF_FIRMS: Final = _WORDS.words("of_firms")
_OF_EVERYONE: Final = _WORDS.words("of_everyone")
_PER_10K: Final = _WORDS.words("per_10k")
_SHARE_OF_ALL: Final = _WORDS.pattern("share_of_all")
_LISTED: Final = _WORDS.words("listed")
_FOR_WHOM: Final = _WORDS.words("for_whom")
_GIVEN: Final = _WORDS.words("given")
_BENEFITED: Final = _WORDS.words("benefited")
_REWARDED: Final = frozenset(_WORDS.words("rewarded"))
_OF_OWN_PROJECTS: Final = _WORDS.pattern("of_own_projects")
_SIGNED: Final = frozenset(_WORDS.words("signed"))
_CONTRACTS: Final = _WORDS.words("contracts")
_CONTRACT_SUMS: Final = frozenset(_WORDS.words("contract_sums"))
_STRIVEN_FOR: Final = frozenset(_WORDS.words("striven_for"))
_JOINS_KINDS: Final = _WORDS.pattern("joins_kinds")


def refined(best: Candidate, frame: Frame, lexicon: Lexicon) -> str:
    """Return the indicator that a candidate comes to in its surroundings."""
    indicator = best.indicator
    if is_one_of_many(frame) or (indicator == "tech_demands" and is_solved(frame)):
        return OTHER
    # 科技发展资金 may be the district's own or won from above; 财政科技支出 is its own.
    word = best.token.term.word if best.token is not None else ""
    may_be_won = indicator == "fiscal_st" and not any(part in word for part in _OWN_BY_NAME)
    if indicator == "tech_demands" and any(t.term.word in _SIGNED for t in frame.near):
        return "iur_cooperation"
    if indicator == OTHER and _is_hightech(best, frame):
        return "hightech_output"
    if indicator == OTHER and word in _CONTRACT_SUMS and _speaks_of_contracts(frame):
        return "tech_contract_value"
    if indicator == "funds_paid" and _is_striven_for(frame):
        return "funds_won"
    if indicator == "funds_won" or may_be_won:
        return giver(indicator, frame)
    if indicator in _RD_AMOUNTS:
        return rd_indicator(indicator, best, frame)
    if lexicon.families.get(indicator) == "enterprise" and best.token is not None:
        return _firms(indicator, best, frame)
    if indicator in _PATENTS and _is_per_10k(frame):
        return "invention_patents_per_10k"
    return "innovation_platforms" if joins_several(best, frame, lexicon) else indicator


def _firms(indicator: str, best: Candidate, frame: Frame) -> str:
    """Tell firms of a kind from those of them that are listed or paid."""
    text, token = frame.sentence.text, best.token
    if token is None or frame.quantity.kind in RATIOS:
        return indicator
    if best.relation in ("left", "right") and text.endswith(_LISTED, 0, token.start):
        return "listings"
    if best.relation == "right" and any("list" in t.term.marks for t in frame.right):
        return "listings"
    if best.relation == "right" and text.endswith(_FOR_WHOM, 0, frame.quantity.start):
        behind = (t for t in frame.sentence.tokens if token.start < t.start < frame.clause_end)
        given = any(text.startswith(_GIVEN, t.start) for t in behind)
        return "firms_funded" if given else indicator
    if text.endswith(_BENEFITED, 0, token.start):
        return "firms_funded"
    if best.relation == "left" and text[token.end : frame.quantity.start] in _REWARDED:
        return "firms_funded"
    return indicator


def _is_hightech(best: Candidate, frame: Frame) -> bool:
    """Tell whether output is of the high-tech firms that the sentence spoke of before."""
    if best.token is None or best.token.term.generic != "output":
        return False
    before = (t for t in frame.sentence.tokens if t.end <= frame.quantity.start)
    return any("hightech" in t.term.marks for t in before)


def _is_striven_for(frame: Frame) -> bool:
    """Tell whether money that is mostly paid out was applied for or won from above here."""
    return any(t.term.measure == "applied" or t.term.word in _STRIVEN_FOR for t in frame.near)


def _speaks_of_contracts(frame: Frame) -> bool:
    """Tell whether technology contracts were counted before their sum."""
    before = frame.sentence.text[frame.sentence.start : frame.quantity.start]
    return any(word in before for word in _CONTRACTS)


def _is_per_10k(frame: Frame) -> bool:
    near = frame.sentence.text[frame.near_start : frame.quantity.start]
    return any(word in near for word in _PER_10K)


def rd_indicator(indicator: str, best: Candidate, frame: Frame) -> str:
    """Tell the three R&D indicators apart: the money, firms' money, its share of GDP."""
    near = frame.sentence.text[frame.near_start : frame.quantity.start]
    if frame.quantity.kind == "rank" and near.startswith(_SUM_OF_MONEY):
        return "rd_expenditure" if indicator == "rd_intensity" else indicator
    if is_intensity(frame):
        return "rd_intensity"
    if indicator == "rd_expenditure" and _is_of_firms(best, frame):
        return "enterprise_rd"
    if indicator == "enterprise_rd" and best.token is not None and best.token.term.generic:
        before = frame.sentence.text[frame.clause_start : frame.quantity.start]
        return "rd_expenditure" if any(word in before for word in _OF_EVERYONE) else indicator
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
    if is_won(frame):
        return "funds_won"
    marks = {mark for token in (*frame.earlier, *frame.near) for mark in token.term.marks}
    if any(word in before for word in _PAID):
        return "funds_paid"
    if any(text.startswith(_PAID, t.start) for t in frame.right):
        return "funds_paid"
    if _OF_OWN_PROJECTS.search(text, frame.sentence.start, start):
        return "funds_paid"
    own = "budget" in marks and any(word in before for word in _OWN_MONEY)
    return "fiscal_st" if own else indicator


def is_won(frame: Frame) -> bool:
    """Tell whether money since the number before is said to come from above."""
    near = frame.sentence.text[frame.near_start : frame.quantity.start]
    return any(word in near for word in _WON)


def is_solved(frame: Frame) -> bool:
    """Tell demands solved from demands collected."""
    return any("solve" in token.term.marks for token in frame.near)


def is_intensity(frame: Frame) -> bool:
    """Tell whether a ratio of R&D money is its share of GDP."""
    if frame.quantity.kind not in ("percent", "point", "rank"):
        return False
    text = frame.sentence.text
    before = text[frame.clause_start : frame.quantity.start].upper()
    grown = (t for t in frame.near if t.term.growth and not text.startswith(_UP_TO, t.end))
    if any(grown) and "GDP" not in before:
        return False
    if any(word in before for word in _SHARE_OF_ANOTHER) or _SHARE_OF_ALL.search(before):
        return False
    return any(word in before for word in _SHARE_OF_GDP)


def _is_of_firms(best: Candidate, frame: Frame) -> bool:
    """Tell whether R&D money is what firms spent (619家高新技术企业的研发经费支出)."""
    token = best.token
    if token is None or best.relation != "left":
        return False
    if any(word in token.term.word for word in _OF_EVERYONE):
        return False
    return frame.sentence.text.endswith(_OF_FIRMS, frame.clause_start, token.start)


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
        if differ and _JOINS_KINDS.match(between):
            return True
    return False
