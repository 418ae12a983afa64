"""Every indicator that a number may be of, with how firmly it is tied to it.

A score says how firmly this genre ties a number to a name standing in a place: directly
before it (``众创空间8家``), directly behind it (``8家众创空间``), in the clause before,
carried on from the number before, or in the heading.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kjreport.extract.attached import Attached, Candidate, Memory
from kjreport.extract.lexicon import Lexicon, Term, Token
from kjreport.extract.neighbours import (
    has_stranger_beside,
    is_denominator,
    is_named_otherwise,
    modifies_another,
)
from kjreport.extract.quantities import RATIOS, Quantity
from kjreport.extract.sentences import Frame
from kjreport.schema.codes import OTHER
from kjreport.vocabulary import vocabulary

_WORDS: Final = vocabulary(__file__)
_JOINS_NUMBERS: Final = frozenset(("", *_WORDS.words("joins_numbers")))
_RD: Final = frozenset({"rd_expenditure", "enterprise_rd"})
_SUBSIDY: Final = _WORDS.words("subsidy")
_PROGRAMME: Final = _WORDS.words("programme")
_AND_OTHERS: Final = _WORDS.words("and_others")
_ATTRIBUTIVE: Final = _WORDS.words("attributive")

# How firmly a name in this place is tied to the number, before the gap between is counted.
LEFT: Final = 10.0
RIGHT: Final = 9.5
BECOMES: Final = 9.8
CUE_ONLY: Final = 6.3
CARRIED: Final = 6.0
CLAUSE_BEFORE: Final = 6.2
HEADING: Final = 3.6
SENTENCE_BEFORE: Final = 3.4
# A sentence without numbers leads in what follows: 研发投入持续加力。
LEAD: Final = 4.6
# What is lost where the name is no name of the indicator alone.
WEAK: Final = 2.0
GENERIC: Final = 1.5
GENERIC_BY_SENTENCE: Final = 3.0
GENERIC_UNDECIDED: Final = 4.2
# What is lost with each character between, each clause between, each number between.
GAP: Final = 0.22
CLAUSE: Final = 0.5
STEP: Final = 0.5
PASSED: Final = 1.5
# What is won by a name that has been said since the last number and awaits its own.
AWAITED: Final = 0.4
# What a generic noun wins right before its number.
TOUCHING: Final = 1.0
# What is lost by a name that only describes the 项目 behind it.
HEAD: Final = 3.6
CONVERTED: Final = 1.0
OTHER_COUNTER: Final = 3.2
STRANGER: Final = 3.2
NAMED_OTHERWISE: Final = 8.0

# Cues that alone tell what is counted, where no noun does: 区财政切块300万元, 印发《…》300册.
_CUES: Final = {
    "money": (("budget", "fiscal_st"), ("pay", "funds_paid"), ("win", "funds_won")),
    "document": (("print", "outreach_reach"),),
}


def candidates(frame: Frame, memory: Memory, lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield the possible readings of the quantity of `frame`, the nearest names first."""
    ratio = frame.quantity.kind in RATIOS
    best = 0.0
    for candidate in _left(frame, memory, lexicon):
        yield candidate
        if candidate.score > BECOMES:
            # No other place can tie a name more firmly.
            return
        best = max(best, candidate.score)
    if not ratio or frame.sentence.text.startswith(_ATTRIBUTIVE, frame.quantity.end):
        for candidate in _right(frame, lexicon):
            yield candidate
            best = max(best, candidate.score)
    if best > CLAUSE_BEFORE:
        # No name farther away can be tied more firmly.
        return
    yield from _cue_only(frame)
    stranger = 0.0
    if not ratio and is_named_otherwise(frame):
        stranger = NAMED_OTHERWISE
    elif not ratio and has_stranger_beside(frame):
        stranger = STRANGER
    yield from _said_before(frame, memory, lexicon, stranger)
    yield from _carried(frame, memory, lexicon, stranger)


def _left(frame: Frame, memory: Memory, lexicon: Lexicon) -> Iterator[Candidate]:
    quantity = frame.quantity
    covered, other_start, head = 0, -1, False
    ratio = quantity.kind in RATIOS
    otherwise = NAMED_OTHERWISE if not ratio and is_named_otherwise(frame) else 0.0
    text = frame.sentence.text
    # 某某重点实验室等9家市级平台: what stands before is one of them by name.
    instance = PASSED if not ratio and text.endswith(_AND_OTHERS, 0, quantity.start) else 0.0
    joined = bool(frame.index) and text[frame.near_start : quantity.start] in _JOINS_NUMBERS
    reach = frame.earlier + frame.near if ratio or joined else frame.near
    if not reach:
        return
    taken = memory.taken
    aside = _bracket_before(frame)
    covered = max(0, quantity.start - aside)
    for token in reversed(reach):
        if token.start >= aside:
            continue
        term = token.term
        if token.start in taken and not ratio:
            # 5家孵化器、8家众创空间: the name between is of the number before it.
            return
        if term.indicator == OTHER:
            other_start = token.start
        elif token.end == other_start:
            # 研发费用加计扣除 is a deduction, no expenditure.
            covered += token.end - token.start
            continue
        named = bool(term.indicator or term.generic) and not text.startswith(_PROGRAMME, token.end)
        if named and term.indicator in _RD and text.startswith(_SUBSIDY, token.end):
            # 研发经费补助 is no R&D expenditure.
            named = False
        if named and not is_denominator(frame, token):
            gap = quantity.start - token.end - covered
            base = LEFT - GAP * gap - otherwise - instance
            if not ratio and text.startswith(_ATTRIBUTIVE, token.end):
                base -= PASSED
            if head and term.indicator and not ratio:
                base -= HEAD
            if (ratio or joined) and token.end <= frame.near_start:
                base -= PASSED
            yield from _named(term, token, frame, lexicon, base, "left")
        # 基金跟投项目57个 counts projects, not funds.
        head = head or (term.generic == "project" and token.end >= quantity.start - 1)
        if term.topic and not ratio:
            return
        covered += token.end - token.start


def _bracket_before(frame: Frame) -> int:
    """Return where a bracket opens that closes right before the number, else the number."""
    text, start = frame.sentence.text, frame.quantity.start
    if text[start - 1 : start] != "）":
        return start
    opened = text.rfind("（", frame.clause_start, start)
    return opened if opened >= 0 else start


def _right(frame: Frame, lexicon: Lexicon) -> Iterator[Candidate]:
    quantity = frame.quantity
    tied = quantity.kind in ("money", "density")
    reach = 4 if frame.sentence.text.startswith(_ATTRIBUTIVE, quantity.end) else 1
    covered, subject, changed = 0, False, False
    for token in frame.right_all:
        term = token.term
        if token.end > frame.right_end and not (subject and changed):
            changed = changed or bool(term.outcome or term.measure)
            covered = token.end - quantity.end
            continue
        if term.stranger and not covered and token.start == quantity.end:
            return
        gap = token.start - quantity.end - covered
        if tied and gap > reach:
            return
        text = frame.sentence.text
        if (term.indicator or term.generic) and not text.startswith(_PROGRAMME, token.end):
            if subject and changed and term.indicator:
                yield from _named(term, token, frame, lexicon, BECOMES - GAP * gap, "becomes")
            else:
                yield from _named(term, token, frame, lexicon, RIGHT - 1.6 * GAP * gap, "right")
            firm = lexicon.families.get(term.indicator) == "enterprise" and not term.strong
            subject = subject or firm or term.generic in ("firm", "project")
        changed = changed or bool(term.outcome or term.measure)
        subject = subject or (changed and gap == 0)
        covered += token.end - token.start


def _cue_only(frame: Frame) -> Iterator[Candidate]:
    beside = (*frame.near, *frame.right)
    if frame.quantity.kind == "item" and any(t.term.measure == "completed" for t in beside):
        # 良种繁育等3项通过验收: only projects are accepted or closed.
        yield Candidate(CUE_ONLY, "projects", "cue")
    cues = _CUES.get(frame.quantity.kind)
    if cues is None:
        return
    marks = {mark for token in frame.near for mark in token.term.marks}
    for cue, indicator in cues:
        if cue in marks:
            yield Candidate(CUE_ONLY, indicator, "cue")
            return


def _said_before(
    frame: Frame, memory: Memory, lexicon: Lexicon, stranger: float
) -> Iterator[Candidate]:
    """Yield names of the clauses before whose own number has not come yet, and older ones."""
    here = memory.in_sentence()
    counted = {a.token.start for a in here if a.token is not None}
    last = here[-1].quantity.start if here else -1
    text = frame.sentence.text
    for token in memory.spoken:
        if token.end > frame.clause_start or token.start in counted:
            continue
        if modifies_another(frame, token):
            continue
        between = text[token.end : frame.clause_start]
        base = CLAUSE_BEFORE - CLAUSE * sum(map(between.count, "，；：")) - stranger
        base += AWAITED if token.start > last else -PASSED
        if token.term.indicator == OTHER:
            base -= 0.2
        yield from _named(token.term, token, frame, lexicon, base, "clause before")
    before = LEAD if frame.sentence.lead else SENTENCE_BEFORE
    for tokens, base in ((memory.previous, before), (memory.heading, HEADING)):
        names = [token for token in tokens if token.term.indicator]
        for distance, token in enumerate(reversed(names)):
            score = base - stranger - 0.1 * distance
            yield from _named(token.term, token, frame, lexicon, score, "sentence before")


def _carried(
    frame: Frame, memory: Memory, lexicon: Lexicon, stranger: float
) -> Iterator[Candidate]:
    """Yield what the numbers before were of; a ratio is of the number right before it."""
    ratio = frame.quantity.kind in RATIOS
    here = memory.in_sentence()
    place = frame.quantity.start
    base = CARRIED - stranger
    for distance, attached in enumerate(reversed(here[-5:])):
        if attached.indicator == OTHER:
            alike = ratio or attached.quantity.kind == frame.quantity.kind
            if alike and distance == 0:
                yield Candidate(base - 0.2, OTHER, "carried", None, attached)
            continue
        parted = (distance or attached.part) and "；" in frame.sentence.text[
            attached.quantity.end : place
        ]
        step = STEP * distance + (CONVERTED if parted else 0.0)
        own_verb = (
            attached.indicator == "invention_patents"
            and "，" in frame.sentence.text[attached.quantity.end : place]
            and any(token.term.measure for token in frame.near)
        )
        if attached.part and (parted or own_verb):
            # The whole is spoken of again, not its part: 申请51件，其中发明7件，授权30件.
            step += PASSED
        yield from _again(attached, frame, lexicon, base - step)
    if not here:
        for distance, attached in enumerate(reversed(memory.before_sentence()[-4:])):
            base = SENTENCE_BEFORE + 0.1 - stranger - 0.3 * distance
            yield from _again(attached, frame, lexicon, base)


def _again(attached: Attached, frame: Frame, lexicon: Lexicon, base: float) -> Iterator[Candidate]:
    quantity = frame.quantity
    indicator = converted(attached.indicator, quantity, lexicon)
    if indicator is None or attached.indicator == OTHER:
        return
    if indicator != attached.indicator:
        base -= CONVERTED
    elif not {quantity.kind, attached.quantity.kind} & RATIOS:
        base -= OTHER_COUNTER if attached.quantity.kind != quantity.kind else 0.0
    yield Candidate(base, indicator, "carried", attached.token, attached)


def _named(
    term: Term, token: Token, frame: Frame, lexicon: Lexicon, base: float, relation: str
) -> Iterator[Candidate]:
    quantity = frame.quantity
    if term.indicator:
        indicator = converted(term.indicator, quantity, lexicon)
        if indicator is not None:
            yield Candidate(base - (0.0 if term.strong else WEAK), indicator, relation, token)
        elif term.strong and relation in ("left", "right"):
            return
    if term.generic:
        indicator, loss = _generic(term, frame, lexicon)
        if token.end == quantity.start and quantity.kind not in RATIOS:
            loss -= TOUCHING
        if indicator == OTHER:
            yield Candidate(base - loss, OTHER, relation, token)
        elif indicator:
            made = converted(indicator, quantity, lexicon)
            if made is not None:
                yield Candidate(base - loss, made, relation, token)


def _generic(term: Term, frame: Frame, lexicon: Lexicon) -> tuple[str, float]:
    """Return the indicator that the cues beside a generic noun decide for, and the loss."""
    generic = lexicon.generics[term.generic]
    beside = {mark for token in frame.clause for mark in token.term.marks}
    for tag, indicator in generic.cues:
        if tag in beside:
            return indicator, GENERIC
    around = frame.sentence.marks.union(*(token.term.marks for token in frame.segment))
    for tag, indicator in generic.cues:
        if indicator != OTHER and tag in around:
            return indicator, GENERIC_BY_SENTENCE
    return generic.default, GENERIC_UNDECIDED


def converted(indicator: str, quantity: Quantity, lexicon: Lexicon) -> str | None:
    """Return what a number of this kind says beside an indicator, None where nothing."""
    if quantity.kind in lexicon.compatible[indicator]:
        return indicator
    return lexicon.conversions.get(indicator, {}).get(quantity.kind)
