"""Whether a number belongs to science and technology at all."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain
from typing import Final

from kjreport.extract.attached import Attached
from kjreport.extract.lexicon import Token
from kjreport.extract.quantities import RATIOS, Quantity
from kjreport.extract.scenarios import starts_a_change
from kjreport.extract.sentences import Frame
from kjreport.load import Section
from kjreport.vocabulary import any_of, vocabulary

_WORDS: Final = vocabulary(__file__)
_OTHER_BUSINESS: Final = re.compile(
    any_of(chain.from_iterable(_WORDS.groups("other_business").values()))
)
_EARLIER_VALUE: Final = _WORDS.words("change_begins") + _WORDS.words("earlier_value")
_THRESHOLD: Final = _WORDS.pattern("threshold")
_FEW: Final = frozenset(_WORDS.words("few"))
_SUMS_UP: Final = _WORDS.words("sums_up")
_PER_10K: Final = _WORDS.words("per_10k")
_AMONG: Final = _WORDS.words("among")
_RANKED_AMONG: Final = _WORDS.pattern("ranked_among")
_ONE_OF: Final = _WORDS.pattern("one_of")
# A quick look before it, so many characters ahead.
_ONE: Final = _WORDS.characters("one")
_NEAR: Final = 18
_OF_SIZE: Final = _WORDS.pattern("of_size")
_AND_MORE: Final = _WORDS.words("and_more")
# What is counted by the firm or piece, so that an amount before it only chooses.
_CHOSEN_BY_AMOUNT: Final = frozenset(
    {"high_tech_enterprises", "tech_smes", "tech_enterprises", "achievements", "projects"}
)
# Where a name stands that is tied to the number itself.
_BESIDE: Final = frozenset({"left", "right", "becomes", "paired", "cue"})


@lru_cache(maxsize=256)
def _is_other_topic(title: str) -> bool:
    return bool(_OTHER_BUSINESS.search(title))


def other_business(frame: Frame, section: Section, attached: Attached | None) -> bool:
    """Tell whether heading or words speak of epidemics, party work, poverty relief.

    An indicator's own name beside the number stands against both; a weaker name only
    against the heading.
    """
    named = attached is not None and attached.relation in _BESIDE
    token = attached.token if attached is not None else None
    if named and token is not None and token.term.strong:
        return False
    carried = attached is not None and attached.relation == "carried"
    weak = carried or named
    if frame.sentence.topical:
        beside = (*frame.earlier, *frame.near, *frame.right) if weak else frame.segment
        if any(t.term.topic for t in beside):
            return True
    if weak:
        return False
    return bool(section.title) and _is_other_topic(section.title[:24])


def is_starting_point(frame: Frame) -> bool:
    """Tell whether the number is where a change began, at a time not told (由9家增至12家)."""
    text, start = frame.sentence.text, frame.quantity.start
    return text.endswith(_EARLIER_VALUE, 0, start) and starts_a_change(frame)


def is_science(frame: Frame, section: Section) -> bool:
    """Tell whether anything around the number speaks of science."""
    return any(t.term.indicator or t.term.generic for t in frame.sentence.tokens) or bool(
        section.title
    )


def is_threshold(frame: Frame) -> bool:
    """Tell whether a number only says what is counted: 过亿元的企业, 80名学生以上的教学点."""
    quantity, text = frame.quantity, frame.sentence.text
    if quantity.kind != "money":
        return quantity.kind == "person" and bool(_OF_SIZE.match(text, quantity.end))
    if _THRESHOLD.match(text, quantity.end):
        return True
    first = frame.right[0] if frame.right else None
    if first is None or first.start > quantity.end + 1:
        return False
    return _is_chosen_by(first) and text.endswith(_AND_MORE, 0, quantity.end)


def _is_chosen_by(name: Token) -> bool:
    """Tell whether money above an amount chooses among what is named (500万元以上项目)."""
    term = name.term
    return term.generic in ("firm", "project") or term.indicator in _CHOSEN_BY_AMOUNT


def is_named(frame: Frame) -> bool:
    """Tell whether the number counts nothing of the district's.

    两个“2000+”, 两项合计, 在17个县区中排第二, 全国首批91家之一.
    """
    quantity = frame.quantity
    text = frame.sentence.text
    if text[quantity.start] in _FEW and text.startswith(_SUMS_UP, quantity.end):
        return True
    if _is_one_of(text, quantity):
        return True
    among = quantity.kind not in RATIOS and text.endswith(_AMONG, 0, quantity.start)
    return among and bool(_RANKED_AMONG.match(text, quantity.end))


def _is_one_of(text: str, quantity: Quantity) -> bool:
    """Tell whether the district is but one of so many: 全国首批91家试点之一."""
    if quantity.kind in RATIOS or text.find(_ONE, quantity.end, quantity.end + _NEAR) < 0:
        return False
    return _ONE_OF.match(text, quantity.end) is not None


def is_per_10k(frame: Frame, attached: Attached) -> bool:
    """Tell whether a count is one for every 10 000 people."""
    if frame.quantity.unit != "count":
        return False
    if attached.indicator == "invention_patents_per_10k":
        return True
    before = frame.sentence.text[frame.clause_start : frame.quantity.start]
    return attached.indicator == "rd_personnel" and any(word in before for word in _PER_10K)
