"""Whether a number belongs to science and technology at all."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from kjreport.extract.attach import Memory
from kjreport.extract.sentences import Frame
from kjreport.extract.units import longest_first, read_vocabulary
from kjreport.load import Section

_PHYSICAL: Final = frozenset({"physical", "land", "area"})


@cache
def _other_topics() -> re.Pattern[str]:
    topics = read_vocabulary("tags.yaml")["topic_other"]
    return re.compile("|".join(longest_first(w for words in topics for w in words)))


def other_business(frame: Frame, section: Section, memory: Memory) -> bool:
    """Tell whether heading or sentence speak of epidemics, party work, poverty relief …"""
    if any(t.term.topic for t in frame.sentence.tokens):
        return True
    return bool(section.title) and bool(_other_topics().search(section.title[:24]))


def is_science(frame: Frame, section: Section) -> bool:
    """Tell whether anything around the number speaks of science."""
    return any(t.term.indicator or t.term.generic for t in frame.sentence.tokens) or bool(
        section.title
    )


_THRESHOLD: Final = re.compile(
    r"(?:以上|及以上)?的?(?:企业|成果(?!.{0,2}[亿万元])|技术合同\d|规模以上|高企|项目\d|单位)"
)


def is_threshold(frame: Frame) -> bool:
    """Tell whether money only says which firms or results are counted (过亿元的企业)."""
    quantity = frame.quantity
    return quantity.kind == "money" and bool(_THRESHOLD.match(frame.sentence.text, quantity.end))


def is_named(frame: Frame) -> bool:
    """Tell whether the number is part of a name: 三项 in 科技三项费, 两个 in 两个“2000+”."""
    quantity = frame.quantity
    if quantity.kind == "rank" or quantity.masked:
        return False
    text = frame.sentence.text
    if text.startswith(("“", "合计", "累计", "指标", "均", "都"), quantity.end) and (
        text[quantity.start] in "两三四五"
    ):
        return True
    return any(
        token.start <= quantity.start < token.end and token.start < quantity.start
        for token in frame.sentence.tokens
        if token.term.indicator
    )
