"""Units whose digits were deleted: ``技术合同成交额亿元，增长%``.

Some pages drop every digit and leave the unit. Whether a bare unit is such a number or a
word of its own (a 家 in 企业家) cannot be told alone, so a text must first show the damage
beyond doubt; then its bare units before punctuation are read as masked numbers.
"""

from __future__ import annotations

import re
from typing import Final

from kjreport.extract.quantities import Quantity
from kjreport.extract.units import units
from kjreport.extract.wordlists import word_groups

# Every alternative begins with its own character and looks back from there, so that the
# search can skip to these characters.
_SURE: Final = re.compile(
    r"%(?<=[\u4e00-\u9fff（.]%)(?<![\d*×xX_].%)(?!的?[^，。；、\n])"
    r"|\.(?<=[\u4e00-\u9fff]\.)(?:亿|万|%|件|元)"
    r"| (?<=[\u4e00-\u9fff] ) *(?:家|项|件|人次|万元|亿元)(?=[，。；、,])"
    r"|[亿万](?<=[额值入资金费用为到成约产][亿万])元(?=[，。；、,（(])"
)
_NOT_BEFORE = "一二两三四五六七八九十百千万亿零几数每各这那某首另单此逐半多专大小国独个人第整余"
_BARE = re.compile(
    rf"(?<![\d{_NOT_BEFORE}*×_xX])(?P<before>超过|突破|不少于|不低于|超|约|近|达到?|总数)?"
    r"(?:(?<=[\u4e00-\u9fff（\s])\.)?\s?(?P<more>余|多)?"
    r"(?P<counter>(?<=第)位|%|个百分点|[万亿]元|万平方米|平方米|万人次|人次|万件|家次|场次|家|项|件|名|人|个|次|期|场|位|所|份)"
    r"(?P<post>以上|左右|以内)?(?=[，。；、,;（()）和及\n]|$|以上|通过|获|为国家|为省|被)"
)
_WORD_ENDS: Final = word_groups("word_ends")


def find_deleted(text: str) -> list[Quantity]:
    """Return the masked quantities of a repaired text whose digits were deleted.

    Empty unless the text shows at least two units that cannot stand without a number.

    Examples
    --------
    >>> found = find_deleted("成交额亿元，增长%；专利申请量件，增长%。")
    >>> [(q.start, q.end, q.unit) for q in found]
    [(3, 5, 'CNY'), (8, 9, 'percent'), (15, 16, 'count'), (19, 20, 'percent')]
    """
    if len(_SURE.findall(text, 0, 20_000)) < 2:
        return []
    return [_quantity(m) for m in _BARE.finditer(text) if not _ends_a_word(text, m)]


def _ends_a_word(text: str, match: re.Match[str]) -> bool:
    if match["before"] or match["more"] or match["post"]:
        return False
    endings = _WORD_ENDS.get(match["counter"], ())
    return text.endswith(endings, 0, match.start("counter"))


_FACTORED = re.compile("^[万亿]")


def _quantity(match: re.Match[str]) -> Quantity:
    known = units()
    if match["counter"] == "位" and match.string[match.start("counter") - 1] == "第":
        return Quantity(
            match.start("counter") - 1, match.end(), None, None, "rank", "rank", masked=True
        )
    unit = known.by_counter[_FACTORED.sub("", match["counter"])]
    before = match["before"]
    start = match.start() if before in known.before else match.start() + len(before or "")
    if match["more"]:
        qualifier = "at_least"
    elif match["post"]:
        qualifier = known.after[match["post"]]
    else:
        qualifier = known.before.get(before or "", "exact")
    return Quantity(
        start, match.end(), None, None, unit.base, unit.kind, qualifier, True, unit.counter
    )
