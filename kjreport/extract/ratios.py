"""Whether a ratio is a growth, a change or a share, and whether it fell."""

from __future__ import annotations

from typing import Final

from kjreport.extract.attached import Attached
from kjreport.extract.sentences import Frame
from kjreport.vocabulary import vocabulary

_WORDS: Final = vocabulary(__file__)
_FELL: Final = _WORDS.words("fell")
_PLUS: Final = _WORDS.words("plus")
_UP_TO: Final = _WORDS.words("up_to")
_DOUBLING: Final = _WORDS.words("doubling")
_MORE_THAN_BEFORE: Final = _WORDS.pattern("more_than_before")
_OF_AN_EARLIER_YEAR: Final = _WORDS.words("of_an_earlier_year")
_OF_A_NAMED_YEAR: Final = _WORDS.pattern("of_a_named_year")
_JOINT_OR_NOTHING: Final = frozenset(("", *_WORDS.words("joints")))


def change(frame: Frame, attached: Attached) -> str:
    """Return ``change`` and make it a fall where the words before say so."""
    attached.measure = "change"
    before_it = frame.sentence.text[frame.clause_start : attached.quantity.start]
    if any(t.term.growth < 0 for t in frame.near) or any(w in before_it for w in _FELL):
        negate(attached)
    return "change"


def ratio(frame: Frame, attached: Attached) -> str:
    """Return ``growth`` or ``share`` and make a growth a fall where the words say so."""
    quantity, text = attached.quantity, frame.sentence.text
    if text.endswith(_PLUS, 0, quantity.start):
        return "growth"
    for token in reversed(frame.near):
        marks = token.term.marks
        if token.term.growth and not text.startswith(_UP_TO, token.end):
            if token.term.growth < 0:
                negate(attached)
            return "growth"
        if "share" in marks or "denominator" in marks:
            return "share"
    place = quantity.start
    if frame.index and text[_previous_end(frame) : place] in _JOINT_OR_NOTHING:
        place = frame.sentence.quantities[frame.index - 1].start
    if quantity.kind == "times":
        before = text[max(frame.clause_start, place - 12) : place]
        earlier = any(word in before for word in _OF_AN_EARLIER_YEAR)
        return "growth" if earlier or _OF_A_NAMED_YEAR.search(before) else "share"
    if text.endswith(_DOUBLING, quantity.start, quantity.end):
        return "growth"
    growing = next((t.term.growth for t in reversed(frame.earlier) if t.term.growth), 0)
    if growing and text[_previous_end(frame) : quantity.start].strip() in _JOINT_OR_NOTHING:
        if growing < 0:
            negate(attached)
        return "growth"
    after = next((t.term.growth for t in frame.right if t.start - quantity.end <= 1), 0)
    if after:
        if after < 0:
            negate(attached)
        return "growth"
    before = text[frame.clause_start : quantity.start]
    return "growth" if _MORE_THAN_BEFORE.search(before) else "share"


def _previous_end(frame: Frame) -> int:
    return frame.sentence.quantities[frame.index - 1].end if frame.index else frame.clause_start


def negate(attached: Attached) -> None:
    """Make a growth or change a fall."""
    if attached.measure not in ("", "growth", "change"):
        return
    quantity = attached.quantity
    low, high = quantity.value, quantity.value_max
    if low is not None and low > 0:
        quantity.value = -low
        if high is not None:
            quantity.value, quantity.value_max = -high, -low
