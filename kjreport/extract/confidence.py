"""How far an observation can be trusted, from how firmly each rule held.

The table below is measured, not felt: the share of right readings (indicator, value, unit)
on the package's own gold and on further hand-coded texts, by where the name stood and what
kind of name it was, rounded down. What makes a reading doubtful besides takes its part off.
"""

from __future__ import annotations

from typing import Final

from kjreport.extract.attached import Attached
from kjreport.extract.quantities import RATIOS
from kjreport.extract.sentences import Frame
from kjreport.schema.codes import OTHER

_STRONG: Final = {
    "left": 0.98,
    "becomes": 0.94,
    "paired": 0.97,
    "right": 0.93,
    "carried": 0.88,
    "clause before": 0.86,
    "sentence before": 0.75,
}
_WEAK: Final = {
    "left": 0.86,
    "becomes": 0.82,
    "paired": 0.88,
    "right": 0.82,
    "carried": 0.86,
    "clause before": 0.7,
    "sentence before": 0.55,
}
_GENERIC_LOSS: Final = 0.06
_CUE: Final = 0.7
_UNNAMED: Final = 0.5
# A ratio right behind its amount is of that amount almost always.
_RATIO_OF_AMOUNT: Final = 0.89
# The score below which a name stands so far off that the number may be another's.
_NEAR: Final = {"left": 9.0, "right": 8.8, "becomes": 8.5, "paired": 8.0, "carried": 5.4}
_FAR_LOSS: Final = 0.07
_TOPIC_LOSS: Final = 0.1
_GUESSED_DIGITS_LOSS: Final = 0.08


def confidence(frame: Frame, attached: Attached) -> float:
    """Return the expected share of right readings among observations like this one."""
    if attached.indicator == OTHER or attached.relation == "none":
        return _UNNAMED
    value = _by_place(attached)
    if attached.score < _NEAR.get(attached.relation, 0.0) - _kind_loss(attached):
        value -= _FAR_LOSS
    if frame.sentence.topical and any(token.term.topic for token in frame.segment):
        value -= _TOPIC_LOSS
    if attached.quantity.masked and not _has_mask(frame):
        value -= _GUESSED_DIGITS_LOSS
    if attached.source is not None:
        value = min(value, _by_place(attached.source) + 0.02)
    return round(max(0.05, value), 2)


def _by_place(attached: Attached) -> float:
    if attached.relation == "cue":
        return _CUE
    term = attached.token.term if attached.token is not None else None
    if term is None:
        return _UNNAMED
    if attached.relation == "carried" and attached.quantity.kind in RATIOS and term.strong:
        return _RATIO_OF_AMOUNT
    table = _STRONG if term.strong else _WEAK
    return table.get(attached.relation, _UNNAMED) - (0.0 if term.indicator else _GENERIC_LOSS)


def _kind_loss(attached: Attached) -> float:
    """Return what `attach` takes off the score of a name that is not the indicator's own."""
    term = attached.token.term if attached.token is not None else None
    return 0.0 if term is None or term.strong or attached.relation == "carried" else 2.0


def _has_mask(frame: Frame) -> bool:
    surface = frame.sentence.text[frame.quantity.start : frame.quantity.end]
    return any(character in surface for character in "*×xX_")
