"""Which aspect of its indicator a number is: stock, flow, applied, growth, share …"""

from __future__ import annotations

from kjreport.extract.attach import Attached
from kjreport.extract.lexicon import Lexicon, Token
from kjreport.extract.sentences import Frame

_GROWTH_VERSUS = (
    "是去年",
    "是上年",
    "为去年",
    "为上年",
    "去年同期",
    "上年同期",
    "年前的",
    "是前年",
    "到去年",
    "上一年",
)


def measure(frame: Frame, attached: Attached, lexicon: Lexicon) -> str:
    """Return the measure of an attached quantity.

    Ratios are told by their unit and the words before them; counts and amounts by the
    nearest verb, where the outcome of an application beats the application.
    """
    kind = attached.quantity.kind
    if kind == "rank":
        return "rank"
    if kind in ("point", "place_change"):
        return "change"
    if kind in ("percent", "times"):
        return _ratio(frame, attached)
    return _amount(frame, attached, lexicon)


def _ratio(frame: Frame, attached: Attached) -> str:
    quantity, text = attached.quantity, frame.sentence.text
    for token in reversed(frame.near):
        marks = token.term.marks
        if token.term.growth:
            if token.term.growth < 0:
                _negate(attached)
            return "growth"
        if "share" in marks or "denominator" in marks:
            return "share"
    if quantity.kind == "times":
        before = text[max(frame.clause_start, quantity.start - 12) : quantity.start]
        return "growth" if any(word in before for word in _GROWTH_VERSUS) else "share"
    if text.startswith("番", quantity.end - 1):
        return "growth"
    growing = next((t.term.growth for t in reversed(frame.earlier) if t.term.growth), 0)
    if growing and frame.sentence.text[_previous_end(frame) : quantity.start].strip() in _JOINTS:
        if growing < 0:
            _negate(attached)
        return "growth"
    after = next((t.term.growth for t in frame.right if t.start - quantity.end <= 1), 0)
    if after:
        if after < 0:
            _negate(attached)
        return "growth"
    return "share"


_JOINTS = frozenset(("和", "、", "及", "与", "以及", ""))


def _previous_end(frame: Frame) -> int:
    return frame.sentence.quantities[frame.index - 1].end if frame.index else frame.clause_start


def _negate(attached: Attached) -> None:
    quantity = attached.quantity
    low, high = quantity.value, quantity.value_max
    if low is not None and low > 0:
        quantity.value = -low
        if high is not None:
            quantity.value, quantity.value_max = -high, -low


def _amount(frame: Frame, attached: Attached, lexicon: Lexicon) -> str:
    indicator = attached.indicator
    if indicator in lexicon.always_stock:
        return "change" if _is_added(frame) else "stock"
    found = _verb(frame, attached)
    if indicator in lexicon.always_flow:
        return found if found in ("applied", "completed") else "flow"
    if found:
        return found
    weak = next((t.term.weak_measure for t in reversed(frame.near) if t.term.weak_measure), "")
    if weak:
        return weak if indicator in lexicon.stock_by_default or weak != "stock" else "flow"
    if attached.source is not None and attached.source.measure in ("flow", "stock", "applied"):
        return attached.source.measure
    return "stock" if indicator in lexicon.stock_by_default else "flow"


def _is_added(frame: Frame) -> bool:
    text, start = frame.sentence.text, frame.quantity.start
    return text.endswith(("增", "增加", "提高", "再增", "提升"), 0, start)


def _verb(frame: Frame, attached: Attached) -> str:
    """Return the measure that the nearest verb gives, empty where there is none."""
    behind = _behind(frame, attached)
    ahead, token = _ahead(frame, attached)
    if behind == "applied" and ahead == "flow" and _is_outcome(token):
        return "flow"
    if behind and (behind != "flow" or not ahead):
        return behind
    if ahead == "applied" and _has_outcome(frame, token):
        return "flow"
    return ahead or behind


def _behind(frame: Frame, attached: Attached) -> str:
    """Read a verb that follows the number: 9家企业申报, 856家通过."""
    applied = ""
    for token in frame.right:
        term = token.term
        if attached.relation == "right" and token is attached.token and term.measure:
            return term.measure
        if term.measure == "completed":
            return "completed"
        if applied and term.outcome:
            return "flow"
        if term.measure == "applied" and not applied:
            applied = "applied"
        elif term.measure == "flow" and term.outcome and not applied:
            return "flow"
    return applied


def _ahead(frame: Frame, attached: Attached) -> tuple[str, Token | None]:
    """Read the nearest verb before the number, first since the number before."""
    for token in reversed(frame.near):
        if token.term.measure:
            return token.term.measure, token
    own = attached.token
    if own is not None and attached.relation in ("clause before", "left") and own.term.measure:
        return own.term.measure, own
    text = frame.sentence.text
    if frame.earlier and not frame.near_breaks(text):
        for token in reversed(frame.earlier):
            if token.term.measure:
                return token.term.measure, token
    return "", None


def _is_outcome(token: Token | None) -> bool:
    return token is not None and token.term.outcome and len(token.term.word) > 1


def _has_outcome(frame: Frame, applied: Token | None) -> bool:
    """Tell whether the application at `applied` is told to have succeeded."""
    for token in (*frame.earlier, *frame.near, *frame.right):
        if token.term.outcome and token is not applied:
            return True
    return False
