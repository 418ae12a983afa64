"""Whether a number belongs to science and technology at all."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from kjreport.extract.attached import Attached
from kjreport.extract.scenarios import starts_a_change
from kjreport.extract.sentences import Frame
from kjreport.extract.wordlists import read_vocabulary
from kjreport.load import Section
from kjreport.vocabulary import longest_first


@cache
def _other_topics() -> re.Pattern[str]:
    topics = read_vocabulary("tags.yaml")["topic_other"]
    return re.compile("|".join(longest_first(w for words in topics for w in words)))


@lru_cache(maxsize=256)
def _is_other_topic(title: str) -> bool:
    return bool(_other_topics().search(title))


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
    weak = carried or (named and (token is None or bool(token.term.indicator)))
    if frame.sentence.topical:
        beside = (*frame.earlier, *frame.near, *frame.right) if weak else frame.segment
        if any(t.term.topic for t in beside):
            return True
    if weak:
        return False
    return bool(section.title) and _is_other_topic(section.title[:24])


_BESIDE: Final = frozenset({"left", "right", "becomes", "paired", "cue"})


def is_starting_point(frame: Frame) -> bool:
    """Tell whether the number is where a change began, at a time not told (由9家增至12家)."""
    text, start = frame.sentence.text, frame.quantity.start
    return text.endswith(("由", "从", "由原来的", "从原来的"), 0, start) and starts_a_change(frame)


def is_science(frame: Frame, section: Section) -> bool:
    """Tell whether anything around the number speaks of science."""
    return any(t.term.indicator or t.term.generic for t in frame.sentence.tokens) or bool(
        section.title
    )


_THRESHOLD: Final = re.compile(
    r"(?:以上|及以上)?的?(?:只有|仅有|企业|成果(?!转化|.{0,2}[亿万元])|技术合同\d|规模以上|高企|项目\d|单位)"
)


def is_threshold(frame: Frame) -> bool:
    """Tell whether money only says which firms or results are counted (过亿元的企业)."""
    quantity = frame.quantity
    return quantity.kind == "money" and bool(_THRESHOLD.match(frame.sentence.text, quantity.end))


def is_named(frame: Frame) -> bool:
    """Tell whether the number is a way of speaking: 两个“2000+”, 两项合计."""
    quantity = frame.quantity
    text = frame.sentence.text
    return text[quantity.start] in "两三四五" and text.startswith(
        ("“", "合计", "累计", "指标", "均", "都", "数据", "数相"), quantity.end
    )


def is_per_10k(frame: Frame, attached: Attached) -> bool:
    """Tell whether a count is one for every 10 000 people."""
    if frame.quantity.unit != "count":
        return False
    if attached.indicator == "invention_patents_per_10k":
        return True
    before = frame.sentence.text[frame.clause_start : frame.quantity.start]
    return attached.indicator == "rd_personnel" and "每万" in before
