"""What stands beside a number and decides what it cannot be of."""

from __future__ import annotations

from typing import Final

from kjreport.extract.lexicon import Token
from kjreport.extract.sentences import Frame
from kjreport.schema.codes import OTHER
from kjreport.vocabulary import vocabulary

_WORDS: Final = vocabulary(__file__)
_NO_NOUN: Final = frozenset(_WORDS.words("no_noun"))
_FILLERS: Final = frozenset(_WORDS.words("fillers"))
_PLACE_KINDS: Final = frozenset(_WORDS.words("place_kinds"))
_ENDS_COMPARISON: Final = _WORDS.words("ends_comparison")
_AMONG_BEFORE: Final = _WORDS.words("among_before")
_AMONG_BEHIND: Final = _WORDS.words("among_behind")
_KIND_OF: Final = _WORDS.words("kind_of")


def is_denominator(frame: Frame, token: Token) -> bool:
    """Tell whether a name is what the number is compared with (占规上工业增加值比重)."""
    text = frame.sentence.text
    for other in (*frame.earlier, *frame.near):
        if other.end <= token.start and "denominator" in other.term.marks:
            between = text[other.end : token.start]
            if not any(mark in between for mark in _ENDS_COMPARISON):
                return True
    return text.startswith(_AMONG_BEHIND, token.end) and text.endswith(
        _AMONG_BEFORE, 0, token.start
    )


def modifies_another(frame: Frame, token: Token) -> bool:
    """Tell whether a name only begins another thing's: 研发费用加计扣除 is a deduction."""
    return any(
        other.start == token.end and other.term.indicator == OTHER
        for other in frame.sentence.tokens
    )


def is_named_otherwise(frame: Frame) -> bool:
    """Tell whether another thing is named right behind the number (服务86个村)."""
    if not frame.right or frame.right[0].start != frame.quantity.end:
        return False
    term = frame.right[0].term
    return term.stranger or term.indicator == OTHER


def has_stranger_beside(frame: Frame) -> bool:
    """Tell whether a noun that the lexicon does not know stands beside the number.

    What is counted then is that noun, not what the sentence spoke of before.
    """
    quantity, text = frame.quantity, frame.sentence.text
    right = [t for t in frame.right if not (t.term.stranger or t.term.word in _PLACE_KINDS)]
    following = right[0].start if right else frame.right_end
    room = 1 if quantity.kind == "item" else 2
    if following - quantity.end >= room and text[quantity.end] not in _NO_NOUN:
        return True
    if right and right[0].term.generic and following == quantity.end:
        acted = (*right[1:], *frame.near)
        if not any(t.term.measure == "applied" or t.term.outcome for t in acted):
            return True
    known = [t for t in frame.near if not t.term.stranger]
    preceding = known[-1].end if known else frame.near_start
    gap = text[preceding : quantity.start].strip(" （(“”、：:")
    return len(gap) >= 2 and gap not in _FILLERS and not gap.endswith(_KIND_OF)
