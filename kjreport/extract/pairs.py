"""Numbers that are told in the order of their names: X、Y分别达到a和b."""

from __future__ import annotations

import re
from typing import Final

from kjreport.extract.attach import Attached, Memory, _converted, _is_denominator
from kjreport.extract.lexicon import Lexicon, Token
from kjreport.extract.quantities import Quantity
from kjreport.extract.sentences import Frame

_JOINT: Final = re.compile(r"^(?:、|和|与|及|以及|，)?$")
_RATIOS: Final = frozenset({"percent", "point", "times", "rank"})


def pair(frames: list[Frame], memory: Memory, lexicon: Lexicon) -> dict[int, Attached]:
    """Return what the members of enumerations like 分别a、b attach to, by place in `frames`."""
    paired: dict[int, Attached] = {}
    index = 0
    while index < len(frames):
        group = _group(frames, index)
        if len(group) > 1:
            names = _names(group, lexicon)
            if names is not None:
                for frame, token in zip(group, names, strict=True):
                    indicator = _converted(token.term.indicator, frame.quantity, lexicon)
                    if indicator is not None:
                        paired[frame.index] = Attached(
                            frame.quantity, indicator, "paired", 9.0, token
                        )
        index += len(group)
    return paired


def _group(frames: list[Frame], first: int) -> list[Frame]:
    """Return the run of numbers of one kind with nothing but joints between them."""
    group = [frames[first]]
    text = frames[first].sentence.text
    for frame in frames[first + 1 :]:
        before = group[-1].quantity
        if not _JOINT.match(text[before.end : frame.quantity.start]):
            break
        if text[before.end : frame.quantity.start] == "，":
            break
        group.append(frame)
    return group


def _names(group: list[Frame], lexicon: Lexicon) -> list[Token] | None:
    """Return as many names before a group as it has numbers, or None."""
    first = group[0]
    names = [
        token
        for token in (*first.earlier, *first.near)
        if token.term.indicator and not _is_denominator(first, token)
    ]
    names = _enumerated(names, first.sentence.text)
    if len(names) != len(group):
        return None
    return names


def _enumerated(names: list[Token], text: str) -> list[Token]:
    """Keep the last names that are joined to one another by enumeration marks."""
    kept: list[Token] = []
    for token in reversed(names):
        if kept:
            between = text[token.end : kept[-1].start]
            if len(between) > 8 or not re.search("[、和与及]", between):
                break
        kept.append(token)
    kept.reverse()
    return kept


def is_ratio(quantity: Quantity) -> bool:
    """Tell whether a number speaks of another number."""
    return quantity.kind in _RATIOS
