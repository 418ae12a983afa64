"""Attach a quantity to what it counts.

Every name around a number is a candidate. A candidate's score says how firmly this genre
ties a number to a name standing there: directly before it (``众创空间8家``), directly
behind it (``8家众创空间``), in the clause before, carried on from the number before, or
in the heading. The best compatible candidate wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from kjreport.extract.lexicon import Lexicon, Term, Token
from kjreport.extract.quantities import Quantity
from kjreport.extract.sentences import Frame
from kjreport.schema.codes import OTHER

# How firmly a name in this place is tied to the number, before the gap between is counted.
LEFT: Final = 10.0
RIGHT: Final = 9.5
BECOMES: Final = 9.8
CUE_ONLY: Final = 6.3
CARRIED: Final = 6.0
CLAUSE_BEFORE: Final = 6.2
HEADING: Final = 3.6
SENTENCE_BEFORE: Final = 3.4
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
CONVERTED: Final = 1.0
OTHER_COUNTER: Final = 3.2
STRANGER: Final = 3.2
NAMED_OTHERWISE: Final = 8.0
THRESHOLD: Final = 2.0

_DERIVED: Final = frozenset({"percent", "point", "times", "rank", "place_change"})
# Cues that alone tell what money is, where no noun does: 区财政切块300万元.
_MONEY_CUES: Final = (("budget", "fiscal_st"), ("pay", "funds_paid"), ("win", "funds_won"))
_RD_AMOUNTS: Final = frozenset({"rd_expenditure", "enterprise_rd"})


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
    """What the text has spoken of so far.

    Attributes
    ----------
    attached : list of Attached
        Everything attached in this report; from `sentence_first` in the current sentence.
    spoken : list of Token
        Names in the current sentence.
    previous, heading : list of Token
        Names in the sentence before and in the heading above.
    """

    attached: list[Attached] = field(default_factory=list)
    sentence_first: int = 0
    spoken: list[Token] = field(default_factory=list)
    previous: list[Token] = field(default_factory=list)
    heading: list[Token] = field(default_factory=list)
    paragraph_first: int = 0

    def in_sentence(self) -> list[Attached]:
        """Return what was attached in the current sentence."""
        return self.attached[self.sentence_first :]

    def before_sentence(self) -> list[Attached]:
        """Return what was attached before the current sentence under the same heading."""
        return self.attached[self.paragraph_first : self.sentence_first]


def attach(frame: Frame, memory: Memory, lexicon: Lexicon) -> Candidate | None:
    """Return the best candidate for the quantity of `frame`, or None."""
    best: Candidate | None = None
    for candidate in _candidates(frame, memory, lexicon):
        if best is None or candidate.score > best.score:
            best = candidate
    if best is None or best.score < THRESHOLD:
        return None
    if is_one_of_many(frame) or (best.indicator == "tech_demands" and _is_solved(frame)):
        best.indicator = OTHER
    elif best.indicator == "funds_won":
        best.indicator = _giver(frame)
    elif best.indicator in _RD_AMOUNTS and is_intensity(frame):
        best.indicator = "rd_intensity"
    elif best.indicator == "rd_expenditure" and _is_of_firms(best, frame):
        best.indicator = "enterprise_rd"
    elif best.token is not None and _joins_several(best, frame, lexicon):
        best.indicator = "innovation_platforms"
    return best


def _candidates(frame: Frame, memory: Memory, lexicon: Lexicon) -> Iterator[Candidate]:
    derived = frame.quantity.kind in _DERIVED
    best = 0.0
    for candidate in (*_left(frame, lexicon), *(() if derived else _right(frame, lexicon))):
        best = max(best, candidate.score)
        yield candidate
    if best > CLAUSE_BEFORE:
        # No name farther away can be tied more firmly.
        return
    if frame.quantity.kind == "money":
        yield from _cue_only(frame)
    stranger = 0.0
    if not derived and _named_otherwise(frame):
        stranger = NAMED_OTHERWISE
    elif not derived and _stranger_beside(frame):
        stranger = STRANGER
    yield from _said_before(frame, memory, lexicon, stranger)
    yield from _carried(frame, memory, lexicon, stranger)


def _left(frame: Frame, lexicon: Lexicon) -> Iterator[Candidate]:
    quantity = frame.quantity
    covered, other_start, head = 0, -1, False
    derived = quantity.kind in _DERIVED
    otherwise = NAMED_OTHERWISE if not derived and _named_otherwise(frame) else 0.0
    joined = (
        bool(frame.index) and frame.sentence.text[_near_start(frame) : quantity.start] in "、和"
    )
    reach = frame.earlier + frame.near if derived or joined else frame.near
    for token in reversed(reach):
        term = token.term
        if term.indicator == OTHER:
            other_start = token.start
        elif token.end == other_start:
            # 研发费用加计扣除 is a deduction, no expenditure.
            covered += token.end - token.start
            continue
        if (term.indicator or term.generic) and not is_denominator(frame, token):
            gap = quantity.start - token.end - covered
            base = LEFT - GAP * gap - otherwise
            if not derived and frame.sentence.text.startswith("的", token.end):
                base -= PASSED
            if head and term.indicator and not derived:
                base -= PASSED
            if (derived or joined) and token.end <= _near_start(frame):
                base -= PASSED
            yield from _named(term, token, frame, lexicon, base, "left")
        # 基金跟投项目57个 counts projects, not funds.
        head = head or (term.generic == "project" and token.end >= quantity.start - 1)
        if term.topic and not derived:
            return
        covered += token.end - token.start


def _right(frame: Frame, lexicon: Lexicon) -> Iterator[Candidate]:
    quantity = frame.quantity
    tied = quantity.kind in ("money", "density")
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
        if tied and gap > (4 if frame.sentence.text.startswith("的", quantity.end) else 1):
            return
        if term.indicator or term.generic:
            if subject and changed and term.indicator:
                yield from _named(term, token, frame, lexicon, BECOMES - GAP * gap, "becomes")
            else:
                yield from _named(term, token, frame, lexicon, RIGHT - 1.6 * GAP * gap, "right")
            subject = subject or term.generic in ("firm", "project")
        changed = changed or bool(term.outcome or term.measure)
        subject = subject or (changed and gap == 0)
        covered += token.end - token.start


def _named_otherwise(frame: Frame) -> bool:
    """Tell whether another thing is named right behind the number (服务86个村)."""
    if not frame.right or frame.right[0].start != frame.quantity.end:
        return False
    term = frame.right[0].term
    return term.stranger or term.indicator == OTHER


def _cue_only(frame: Frame) -> Iterator[Candidate]:
    marks = {mark for token in frame.near for mark in token.term.marks}
    for cue, indicator in _MONEY_CUES:
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
        between = text[token.end : frame.clause_start]
        base = CLAUSE_BEFORE - CLAUSE * sum(between.count(c) for c in "，,；;：:") - stranger
        base += AWAITED if token.start > last else -PASSED
        if token.term.indicator == OTHER:
            base -= 0.2
        yield from _named(token.term, token, frame, lexicon, base, "clause before")
    for tokens, base in ((memory.previous, SENTENCE_BEFORE), (memory.heading, HEADING)):
        names = [token for token in tokens if token.term.indicator]
        for distance, token in enumerate(reversed(names)):
            score = base - stranger - 0.1 * distance
            yield from _named(token.term, token, frame, lexicon, score, "sentence before")


def _carried(
    frame: Frame, memory: Memory, lexicon: Lexicon, stranger: float
) -> Iterator[Candidate]:
    """Yield what the numbers before were of; a ratio is of the number right before it."""
    derived = frame.quantity.kind in _DERIVED
    here = memory.in_sentence()
    place = frame.quantity.start
    base = CARRIED - stranger
    for distance, attached in enumerate(reversed(here[-5:])):
        if attached.indicator == OTHER:
            alike = derived or attached.quantity.kind == frame.quantity.kind
            if alike and distance == 0:
                yield Candidate(base - 0.2, OTHER, "carried", None, attached)
            continue
        parted = distance and "；" in frame.sentence.text[attached.quantity.end : place]
        step = STEP * distance + (CONVERTED if parted else 0.0)
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
    elif not {quantity.kind, attached.quantity.kind} & _DERIVED:
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
        if indicator == OTHER:
            yield Candidate(base - loss, OTHER, relation, token)
        elif indicator:
            made = converted(indicator, quantity, lexicon)
            if made is not None:
                yield Candidate(base - loss, made, relation, token)


def _generic(term: Term, frame: Frame, lexicon: Lexicon) -> tuple[str, float]:
    """Return the indicator that the cues beside a generic noun decide for, and the loss."""
    generic = lexicon.generics[term.generic]
    for tag, indicator in generic.cues:
        if tag in frame.marks:
            return indicator, GENERIC
    for tag, indicator in generic.cues:
        if indicator != OTHER and (
            tag in frame.sentence.marks or any(tag in t.term.marks for t in frame.segment)
        ):
            return indicator, GENERIC_BY_SENTENCE
    return generic.default, GENERIC_UNDECIDED


def converted(indicator: str, quantity: Quantity, lexicon: Lexicon) -> str | None:
    """Return what a number of this kind says beside an indicator, None where nothing."""
    if quantity.kind in lexicon.compatible[indicator]:
        return indicator
    return lexicon.conversions.get(indicator, {}).get(quantity.kind)


def is_denominator(frame: Frame, token: Token) -> bool:
    """Tell whether a name is what the number is compared with (占规上工业增加值比重)."""
    text = frame.sentence.text
    for other in (*frame.earlier, *frame.near):
        if other.end <= token.start and "denominator" in other.term.marks:
            between = text[other.end : token.start]
            if not any(c in between for c in "，、；："):
                return True
    return text.startswith("中", token.end) and text.endswith("在", 0, token.start)


def is_one_of_many(frame: Frame) -> bool:
    """Tell whether the number is a mean or a ceiling: 户均398万元, 单项最高100万元."""
    if frame.quantity.kind != "money":
        return False
    return any(token.term.marks & {"each", "cap"} for token in frame.near)


def _giver(frame: Frame) -> str:
    """Tell money won from above from money that the district itself pays or budgets."""
    before = frame.sentence.text[frame.clause_start : frame.quantity.start]
    if _WON.search(before):
        return "funds_won"
    marks = {mark for token in (*frame.earlier, *frame.near) for mark in token.term.marks}
    if any(word in before for word in ("拨付", "兑现", "发放", "兑付", "奖补")):
        return "funds_paid"
    return "fiscal_st" if "budget" in marks and "财政" in before else "funds_won"


_WON: Final = re.compile("争取|获|到位|上级|中央|无偿|立项|申请|国家|省|自治区|得到")


def _is_solved(frame: Frame) -> bool:
    return any("solve" in token.term.marks for token in frame.near)


def is_intensity(frame: Frame) -> bool:
    """Tell whether a ratio of R&D money is its share of GDP."""
    if frame.quantity.kind not in ("percent", "point", "rank"):
        return False
    text = frame.sentence.text
    before = text[frame.clause_start : frame.quantity.start]
    if any(token.term.growth for token in frame.near) and "GDP" not in before.upper():
        return False
    if any(word in before for word in ("收入", "预算", "财政", "任务", "目标", "工业总产值")):
        return False
    return any(word in before.upper() for word in ("GDP", "生产总值", "占比", "强度", "比重"))


def _is_of_firms(best: Candidate, frame: Frame) -> bool:
    """Tell whether R&D money is what firms spent (619家高新技术企业的研发经费支出)."""
    token = best.token
    if token is None or best.relation != "left" or "全社会" in token.term.word:
        return False
    text = frame.sentence.text
    return text.endswith(("企业", "企业的", "高企", "高企的"), frame.clause_start, token.start)


def _joins_several(best: Candidate, frame: Frame, lexicon: Lexicon) -> bool:
    """Tell whether one count is of several kinds of platform (孵化器、众创空间共13家)."""
    token = best.token
    if best.relation not in ("left", "right") or token is None:
        return False
    if frame.quantity.kind in _DERIVED or best.indicator not in lexicon.platforms:
        return False
    text = frame.sentence.text
    beside = frame.near if best.relation == "left" else frame.right_all
    names = [t for t in beside if t.term.indicator in lexicon.platforms]
    for first, second in pairwise(names):
        between = text[first.end : second.start]
        if first.term.indicator != second.term.indicator and _JOINED.match(between):
            if token is first or token is second:
                return True
    return False


_JOINED: Final = re.compile(r"^(?:|、|和|与|及|或|以及|（[^）]*）、)(?:市级|省级|国家级|企业)?$")


def _stranger_beside(frame: Frame) -> bool:
    """Tell whether a noun that the lexicon does not know stands beside the number.

    What is counted then is that noun, not what the sentence spoke of before.
    """
    quantity, text = frame.quantity, frame.sentence.text
    right = [t for t in frame.right if not (t.term.stranger or t.term.word in "省市县区")]
    following = right[0].start if right else frame.right_end
    room = 1 if quantity.kind == "item" else 2
    if following - quantity.end >= room and text[quantity.end] not in _NO_NOUN:
        return True
    if right and right[0].term.generic and following == quantity.end:
        acted = (*right[1:], *frame.near)
        if not any(t.term.measure == "applied" or t.term.outcome for t in acted):
            return True
    known = [t for t in frame.near if not t.term.stranger]
    preceding = known[-1].end if known else _near_start(frame)
    gap = text[preceding : quantity.start].strip(" （(“”、：:")
    return len(gap) >= 2 and gap not in _FILLERS and not gap.endswith("类")


def _near_start(frame: Frame) -> int:
    previous = frame.sentence.quantities[frame.index - 1].end if frame.index else 0
    return max(previous, frame.clause_start)


# What stands behind a count and is no noun: 10项是种子类, 30家已完成布局.
_NO_NOUN = frozenset(" 的（(“《)）是为由在被均已属正待尚、，全用来进超占并")
_FILLERS = frozenset(
    (
        *("其中", "目前", "另有", "共有", "还有", "首次", "分别", "以及", "全部", "总共", "仅有"),
        *("其余", "另外", "当年", "全年", "共计", "合计", "总计", "仍有", "只有", "约有", "就有"),
    )
)
