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
from kjreport.vocabulary import vocabulary

_WORDS: Final = vocabulary(__file__)
_SURE: Final = _WORDS.pattern("sure")
_BARE: Final = _WORDS.pattern("bare")
_WORD_ENDS: Final = _WORDS.groups("word_ends")
_MAGNITUDE: Final = _WORDS.pattern("magnitude")


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


def _quantity(match: re.Match[str]) -> Quantity:
    known = units()
    if match["place"]:
        return Quantity(
            match.start("counter") - 1, match.end(), None, None, "rank", "rank", masked=True
        )
    unit = known.by_counter[_MAGNITUDE.sub("", match["counter"])]
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
