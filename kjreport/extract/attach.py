"""Attach a quantity to what it counts.

Every name around a number is a candidate. A candidate's score says how firmly this genre
ties a number to a name standing there: directly before it (``众创空间8家``), directly
behind it (``8家众创空间``), in the clause before, carried on from the number before, or
in the heading. The best compatible candidate wins.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from kjreport.extract.lexicon import Lexicon, Term, Token
from kjreport.extract.quantities import Quantity
from kjreport.extract.sentences import Frame

# How firmly a name in this place is tied to the number, before the gap between is counted.
LEFT: Final = 10.0
RIGHT: Final = 9.5
BECOMES: Final = 9.8
CLAUSE_BEFORE: Final = 6.5
CARRIED: Final = 5.5
SENTENCE_BEFORE: Final = 3.2
HEADING: Final = 2.8
# What is lost where the name is no name of the indicator alone.
WEAK: Final = 2.5
GENERIC: Final = 3.5
GENERIC_UNDECIDED: Final = 5.5
GAP: Final = 0.22
OTHER_COUNTER: Final = 2.5
STRANGER: Final = 3.0
THRESHOLD: Final = 2.0

_DERIVED: Final = frozenset({"percent", "point", "times", "rank", "place_change"})


@dataclass(slots=True)
class Candidate:
    """A possible reading of a quantity."""

    score: float
    indicator: str
    relation: str
    token: Token | None = None
    source: Attached | None = None


@dataclass(slots=True)
class Attached:
    """A quantity with what it counts; later rules add the other fields."""

    quantity: Quantity
    indicator: str
    relation: str
    score: float
    token: Token | None = None
    measure: str = ""
    scenario: str = ""
    level: str = ""
    period: str = ""
    scope: str = "district"
    source: Attached | None = None


@dataclass(slots=True)
class Memory:
    """What the text has spoken of so far."""

    attached: list[Attached] = field(default_factory=list)
    sentence_first: int = 0
    spoken: list[Token] = field(default_factory=list)
    previous: list[Token] = field(default_factory=list)
    heading: list[Token] = field(default_factory=list)

    def in_sentence(self) -> list[Attached]:
        """Return what was attached in the current sentence."""
        return self.attached[self.sentence_first :]


def attach(frame: Frame, memory: Memory, lexicon: Lexicon) -> Candidate | None:
    """Return the best candidate for the quantity of `frame`, or None."""
    best: Candidate | None = None
    for candidate in _candidates(frame, memory, lexicon):
        if best is None or candidate.score > best.score:
            best = candidate
    if best is None or best.score < THRESHOLD:
        return None
    return best


def _candidates(frame: Frame, memory: Memory, lexicon: Lexicon) -> Iterator[Candidate]:
    yield from _left(frame, lexicon)
    if frame.quantity.kind not in _DERIVED:
        yield from _right(frame, lexicon)
    yield from _said_before(frame, memory, lexicon)
    yield from _carried(frame, memory, lexicon)


def _left(frame: Frame, lexicon: Lexicon) -> Iterator[Candidate]:
    quantity = frame.quantity
    covered = 0
    reach = frame.near if quantity.kind not in _DERIVED else frame.earlier + frame.near
    for token in reversed(reach):
        term = token.term
        if (term.indicator or term.generic) and not _is_denominator(frame, token):
            gap = quantity.start - token.end - covered
            yield from _named(term, token, frame, lexicon, LEFT - GAP * gap, "left")
        covered += token.end - token.start


def _right(frame: Frame, lexicon: Lexicon) -> Iterator[Candidate]:
    quantity = frame.quantity
    tied = quantity.kind in ("money", "density")
    covered, firm_seen = 0, False
    for token in frame.right:
        term = token.term
        gap = token.start - quantity.end - covered
        if tied and gap > 1:
            return
        if term.indicator or term.generic:
            if firm_seen and term.indicator:
                yield from _named(term, token, frame, lexicon, BECOMES - GAP * gap, "becomes")
            else:
                yield from _named(term, token, frame, lexicon, RIGHT - 1.6 * GAP * gap, "right")
            firm_seen = firm_seen or term.generic == "firm"
        elif term.outcome or term.measure:
            firm_seen = firm_seen or gap == 0
        covered += token.end - token.start


def _said_before(frame: Frame, memory: Memory, lexicon: Lexicon) -> Iterator[Candidate]:
    stranger = STRANGER if _stranger_beside(frame) else 0.0
    distance = 0.0
    for token in reversed(memory.spoken):
        if token.end <= frame.clause_start:
            base = CLAUSE_BEFORE - stranger - distance
            yield from _named(token.term, token, frame, lexicon, base, "clause before")
            distance += 0.4
    for tokens, base in ((memory.previous, SENTENCE_BEFORE), (memory.heading, HEADING)):
        for token in reversed(tokens):
            if token.term.strong:
                yield from _named(
                    token.term, token, frame, lexicon, base - stranger, "sentence before"
                )


def _carried(frame: Frame, memory: Memory, lexicon: Lexicon) -> Iterator[Candidate]:
    quantity = frame.quantity
    stranger = 0.0
    if quantity.kind not in _DERIVED and _stranger_beside(frame):
        stranger = STRANGER
    distance = 0.0
    for attached in reversed(memory.in_sentence()[-4:]):
        if attached.indicator == "other":
            distance += 1.0
            continue
        indicator = _converted(attached.indicator, quantity, lexicon)
        if indicator is not None:
            base = CARRIED - distance - stranger
            if indicator != attached.indicator:
                base -= 1.0
            elif quantity.kind not in _DERIVED and attached.quantity.kind != quantity.kind:
                if attached.quantity.kind not in _DERIVED:
                    base -= OTHER_COUNTER
            yield Candidate(base, indicator, "carried", attached.token, attached)
        distance += 0.3


def _named(
    term: Term, token: Token, frame: Frame, lexicon: Lexicon, base: float, relation: str
) -> Iterator[Candidate]:
    quantity = frame.quantity
    if term.indicator:
        indicator = _converted(term.indicator, quantity, lexicon)
        if indicator is not None:
            yield Candidate(base - (0.0 if term.strong else WEAK), indicator, relation, token)
        elif term.strong and relation in ("left", "right"):
            return
    if term.generic:
        indicator, loss = _generic(term, frame, lexicon)
        if indicator == "other":
            yield Candidate(base - loss, "other", relation, token)
        elif indicator:
            converted = _converted(indicator, quantity, lexicon)
            if converted is not None:
                yield Candidate(base - loss, converted, relation, token)


def _generic(term: Term, frame: Frame, lexicon: Lexicon) -> tuple[str, float]:
    """Return the indicator that the cues beside a generic noun decide for."""
    generic = lexicon.generics[term.generic]
    for tag, indicator in generic.cues:
        if tag in frame.marks:
            return indicator, GENERIC
    for tag, indicator in generic.cues:
        if tag in frame.sentence.marks and indicator != "other":
            return indicator, GENERIC + 1.5
    return generic.default, GENERIC_UNDECIDED - 1.0


def _converted(indicator: str, quantity: Quantity, lexicon: Lexicon) -> str | None:
    """Return what a number of this kind says beside an indicator, None where nothing."""
    if quantity.kind in lexicon.compatible[indicator]:
        return indicator
    return lexicon.conversions.get(indicator, {}).get(quantity.kind)


def _is_denominator(frame: Frame, token: Token) -> bool:
    """Tell whether a name is what the number is compared with (占规上工业增加值比重)."""
    text = frame.sentence.text
    for other in (*frame.earlier, *frame.near):
        if other.end <= token.start and "denominator" in other.term.marks:
            between = text[other.end : token.start]
            if not any(c in between for c in "，、；："):
                return True
    return False


def _stranger_beside(frame: Frame) -> bool:
    """Tell whether a noun that the lexicon does not know stands beside the number.

    What is counted then is that noun, not what the sentence spoke of before.
    """
    quantity, text = frame.quantity, frame.sentence.text
    if quantity.kind in _DERIVED:
        return False
    following = frame.right[0].start if frame.right else frame.right_end
    if following - quantity.end >= 2 and text[quantity.end] not in " 的（(“《)）":
        return True
    preceding = frame.near[-1].end if frame.near else _near_start(frame)
    gap = text[preceding : quantity.start].strip(" 　（(“”、：:")
    return len(gap) >= 2 and gap not in _FILLERS


def _near_start(frame: Frame) -> int:
    previous = frame.sentence.quantities[frame.index - 1].end if frame.index else 0
    return max(previous, frame.clause_start)


_FILLERS = frozenset(
    (
        "其中",
        "目前",
        "另有",
        "共有",
        "还有",
        "首次",
        "分别",
        "以及",
        "全部",
        "总共",
        "达到",
        "仅有",
        "其余",
        "另外",
        "当年",
        "全年",
        "共计",
    )
)
