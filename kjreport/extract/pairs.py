"""Numbers that are told in the order of their names: X、Y分别达到a和b."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kjreport.extract.attached import Attached, Memory
from kjreport.extract.candidates import converted
from kjreport.extract.lexicon import Lexicon, Token
from kjreport.extract.neighbours import is_denominator
from kjreport.extract.quantities import RATIOS
from kjreport.extract.refine import is_intensity
from kjreport.extract.sentences import Frame
from kjreport.extract.tiers import Tiers
from kjreport.schema.codes import OTHER
from kjreport.vocabulary import vocabulary

_WORDS: Final = vocabulary(__file__)
_JOINTS: Final = _WORDS.words("joints")
_JOINT_OR_NOTHING: Final = frozenset(("", *_JOINTS))
_JOINS_VERBS: Final = frozenset(_WORDS.words("joins_verbs"))
_JOINS_NAMES: Final = _WORDS.pattern("joins_names")
_TOGETHER: Final = _WORDS.words("together")
PAIRED: Final = 9.0


def groups(frames: list[Frame]) -> dict[int, tuple[list[Frame], int]]:
    """Return the run of numbers that each number stands in, and its place there.

    Only numbers in a run of two or more are returned, by their index in the sentence.
    """
    found: dict[int, tuple[list[Frame], int]] = {}
    first = 0
    while first < len(frames):
        group = _group(frames, first)
        if len(group) > 1:
            for place, frame in enumerate(group):
                found[frame.index] = (group, place)
        first += len(group)
    return found


def pair(
    group: list[Frame], place: int, memory: Memory, lexicon: Lexicon, tier: Tiers
) -> Attached | None:
    """Attach a number to the name, or else to the earlier number, at its place in the order.

    ``X、Y分别达到a和b，分别增长c和d``: a is of X, b of Y, c of a and d of b.
    """
    frame = group[place]
    named = _names(group)
    if named is not None:
        token, measure = named[place]
        indicator = converted(token.term.indicator, frame.quantity, lexicon)
        if indicator is None:
            return None
        if indicator in ("rd_expenditure", "enterprise_rd") and is_intensity(frame):
            indicator = "rd_intensity"
        return Attached(frame.quantity, indicator, "paired", PAIRED, token, measure=measure)
    first = group[0]
    if not any("paired" in t.term.marks for t in (*first.earlier, *first.near)):
        return None
    tiers = [t for t in (*first.earlier, *first.near) if t.term.level and not t.term.indicator]
    earlier = [a for a in memory.in_sentence() if a.quantity.start < first.quantity.start]
    if len(tiers) == len(group) and earlier:
        return _of_tier(frame, tiers[place], earlier[-1], tier)
    ratio = frame.quantity.kind in RATIOS
    counts = [a for a in earlier if a.quantity.kind not in RATIOS and a.indicator != OTHER]
    before = counts[-len(group) :]
    if len(before) != len(group):
        return None
    source = before[place]
    indicator = converted(source.indicator, frame.quantity, lexicon)
    if indicator is None:
        return None
    relation = "carried" if ratio else "paired"
    return Attached(frame.quantity, indicator, relation, PAIRED - 0.5, source.token, source=source)


def sharers(
    frame: Frame, attached: Attached, earlier: list[Attached], lexicon: Lexicon
) -> list[Attached]:
    """Return the same rank or growth for the other names it is said of.

    ``研发投入强度、技术合同成交额均居全市第一`` is a rank of both, and so it is behind
    ``孵化器5家、众创空间8家``.
    """
    if attached.measure == "rank" and attached.relation == "carried":
        return _counted_together(frame, attached, earlier)
    name = attached.token
    if attached.relation != "left" or attached.measure not in ("rank", "growth") or name is None:
        return []
    text = frame.sentence.text
    together = any(word in text[name.end : frame.quantity.start] for word in _TOGETHER)
    if attached.measure == "growth" and not together:
        return []
    found: list[Attached] = []
    first = name
    for token in reversed((*frame.earlier, *frame.near)):
        if token.end > first.start or token.term.indicator in ("", OTHER):
            continue
        if not _JOINS_NAMES.match(text[token.end : first.start]):
            break
        indicator = converted(token.term.indicator, frame.quantity, lexicon)
        if indicator == "rd_expenditure" and "GDP" in text[token.end : first.start].upper():
            indicator = "rd_intensity"
        first = token
        if indicator not in (None, attached.indicator):
            found.append(replace(attached, indicator=indicator, token=token, relation="paired"))
    return found


def _counted_together(frame: Frame, attached: Attached, earlier: list[Attached]) -> list[Attached]:
    """Return a rank for the other counts of the clause before it (…5家、…8家，均居全市第一)."""
    text, start = frame.sentence.text, frame.clause_start
    if not text.startswith(_TOGETHER, start):
        return []
    found: dict[str, Attached] = {}
    for other in earlier:
        apart = any(mark in text[other.quantity.end : start - 1] for mark in "，；")
        if not apart and other.indicator not in (OTHER, attached.indicator):
            found[other.indicator] = replace(
                attached, indicator=other.indicator, token=other.token, level=other.level
            )
    return list(found.values())


def _of_tier(frame: Frame, named: Token, source: Attached, tier: Tiers) -> Attached | None:
    """Attach a part told by its tier: 省、市、县三级分别为5名、8名、11名."""
    if source.quantity.kind != frame.quantity.kind:
        return None
    level = tier.resolve(named.term.level)
    return Attached(
        frame.quantity,
        source.indicator,
        "carried",
        PAIRED - 0.5,
        source.token,
        level=level,
        source=source,
    )


def _group(frames: list[Frame], first: int) -> list[Frame]:
    """Return the run of numbers from `first` with nothing but joints between them."""
    group = [frames[first]]
    text = frames[first].sentence.text
    for frame in frames[first + 1 :]:
        before = group[-1].quantity
        alike = (before.kind in RATIOS) == (frame.quantity.kind in RATIOS)
        if not alike or text[before.end : frame.quantity.start] not in _JOINT_OR_NOTHING:
            break
        group.append(frame)
    return group


def _names(group: list[Frame]) -> list[tuple[Token, str]] | None:
    """Return as many names before a group as it has numbers, each with its own verb."""
    first = group[0]
    text = first.sentence.text
    names: list[tuple[Token, str]] = []
    last: Token | None = None
    for token in (*first.earlier, *first.near):
        term = token.term
        if term.indicator and not is_denominator(first, token):
            joined = last is not None and _enumerates(text, last, token)
            names = [*names, (token, term.measure)] if joined else [(token, term.measure)]
            last = token
        elif term.generic == "output" and last is not None and _enumerates(text, last, token):
            names.append((names[-1][0], ""))
            last = token
        elif term.measure and last is not None and names:
            between = text[last.end : token.start]
            if between in _JOINS_VERBS:
                names.append((names[-1][0], term.measure))
                last = token
            elif not between and not names[-1][1]:
                names[-1] = (names[-1][0], term.measure)
                last = token
    return names if len(names) == len(group) else None


def _enumerates(text: str, first: Token, second: Token) -> bool:
    between = text[first.end : second.start]
    return len(between) <= 8 and any(joint in between for joint in _JOINTS)
