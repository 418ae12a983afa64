"""What is not the district's: one named firm's numbers, other regions', other business."""

from __future__ import annotations

import re
from typing import Final

from kjreport.extract.attached import Attached
from kjreport.extract.quantities import RATIOS
from kjreport.extract.sentences import Frame
from kjreport.extract.wordlists import words

_LED_BY: Final = re.compile(
    r"(?P<name>[\u4e00-\u9fffA-Za-z*×]{2,14}?(?:" + "|".join(words("organisations")) + "))"
)
_COLLECTIVE: Final = re.compile("|".join(words("collective")))
# A town or county of the district, whose figure is not the district's.
_SUBAREA: Final = re.compile(
    r"^(?:其中)?(?![本各我全该])[\u4e00-\u9fff]{2,3}(?:镇|乡|街道|苏木)(?!镇|街|企)"
    r"|^其中[\u4e00-\u9fff]{1,3}(?:区|县|市|旗)(?=\d|[*×]|新增|占|约)"
)
_MEAN: Final = re.compile(r"(?:全省|全市|全国|全区|省|市)平均(?:数|水平|值)?(?:的)?$")
_SOME_FIRM: Final = re.compile(r"某[\u4e00-\u9fff]{0,6}(?:企业|公司|园|院|所)")
_US: Final = re.compile("比我[们市县区]")
# Without one of these characters nothing is compared: a quick look before the slow ones.
_SETS_AGAINST: Final = re.compile("[比均仅约不相而*×半]")
_RELATIVE: Final = re.compile(
    r"比[^，。；]{0,14}?(?:区|县|市|位)[^，。；]{0,6}?(?:多|高|少|低)[出于]?$"
)
_OTHERS: Final = re.compile(r"^(?:而|[*×]{2,}(?:市|县|区)?(?:有|为|达)?)$")
_COMPARISON: Final = re.compile(
    r"比(?!上|去|前|年|例|重|[^，。；]{0,3}年|同期)[^，。；]{0,20}?(?:区|县|市|位)[^，。；]{0,8}?(?:多|高|少|低)"
)
_GAP: Final = re.compile(
    r"(?:高于|低于|高出|快于|慢于|优于|落后于?|领先于?)[^，。；]{0,16}(?:全省|全市|全国|省|市|县|区|平均|面上|规上|水平|约|\*)[^，。；]{0,8}$"
)
_BEHIND: Final = re.compile(
    r"(?:仅为|仅是|相当于|不到|约为|约是)[^，。；]{0,14}?(?:省|市|县|区|平均|\*{2,})[^，。；年]{0,4}的$"
)


def scope(frame: Frame, attached: Attached, before: Attached | None) -> str:
    """Return ``entity`` where the number belongs to one named firm, park or institution."""
    quantity, text = attached.quantity, frame.sentence.text
    if quantity.kind in ("area", "land"):
        return "entity"
    if _SUBAREA.search(text[frame.clause_start : quantity.start]):
        return "entity"
    source = attached.source if attached.relation == "carried" else None
    if source is not None and source.scope == "entity":
        return "entity"
    if before is not None and before.scope == "entity" and _is_part(frame, before):
        return "entity"
    if quantity.kind == "rank":
        return "district"
    clause = text[_subject_start(frame, attached) : quantity.start]
    if _SOME_FIRM.search(clause):
        return "entity"
    if _DISTRICT.search(clause):
        return "district"
    for match in _LED_BY.finditer(clause):
        name, after = match["name"], clause[match.end() :]
        if _COLLECTIVE.search(name) or after.startswith(
            ("等", "、", "和", "的", "及", "与", "）", ")")
        ):
            continue
        if after[:1].isdigit() or "级" in name:
            continue
        if "等" in after or (
            attached.token is not None and _covers(attached, match, clause, frame)
        ):
            continue
        return "entity"
    return "district"


_DISTRICT: Final = re.compile("|".join(words("speaks_of_district")))


def _subject_start(frame: Frame, attached: Attached) -> int:
    """Return where the words begin that may name whose number this is."""
    if attached.relation in ("left", "right", "becomes", "paired"):
        return frame.clause_start
    text = frame.sentence.text
    return max(
        text.rfind("；", frame.sentence.start, frame.quantity.start) + 1, frame.sentence.start
    )


def _is_part(frame: Frame, before: Attached) -> bool:
    return "其中" in frame.sentence.text[before.quantity.end : frame.quantity.start]


def _covers(attached: Attached, match: re.Match[str], clause: str, frame: Frame) -> bool:
    """Tell whether the organisation is what is counted (重点实验室3家), not who acts."""
    token = attached.token
    assert token is not None
    offset = frame.quantity.start - len(clause)
    return token.start < offset + match.end() and token.end > offset + match.start()


def is_elsewhere(frame: Frame) -> bool:
    """Tell whether the number is another region's, or the distance to one."""
    text, quantity = frame.sentence.text, frame.quantity
    before = text[frame.clause_start : quantity.start]
    if not _SETS_AGAINST.search(text, frame.clause_start, min(quantity.end + 3, len(text))):
        return _speaks_of_others(frame, before)
    if _US.search(before):
        return True
    if _MEAN.search(before) or text.startswith("的一半", quantity.end):
        return True
    if _OTHERS.search(before) or _COMPARISON.match(text, frame.clause_start, frame.clause_end):
        return True
    if _RELATIVE.search(before) or _BEHIND.search(before):
        return True
    return _speaks_of_others(frame, before)


def _speaks_of_others(frame: Frame, before: str) -> bool:
    if frame.quantity.kind not in RATIOS and "邻" not in before:
        return False
    return any("other_region" in t.term.marks for t in (*frame.earlier, *frame.near))


def is_gap(frame: Frame) -> bool:
    """Tell whether the number is the distance to a wider region's mean."""
    before = frame.sentence.text[frame.clause_start : frame.quantity.start]
    return bool(_GAP.search(before))
