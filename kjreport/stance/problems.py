"""Coding one clause of a report as problems of its district."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kjreport.stance.clauses import Clause, Segment
from kjreport.stance.lexicon import Hit, Lexicon
from kjreport.vocabulary import any_of, vocabulary

_WORDS: Final = vocabulary(__file__)
_JOINS: Final = frozenset(_WORDS.words("joins"))
_NO_SHORTAGE: Final = re.compile(any_of(_WORDS.words("no_shortage")))
_STILL_SHORT: Final = _WORDS.words("still_short")


@dataclass(frozen=True, slots=True)
class Reading:
    """One code read from a segment, with the words that led to it."""

    segment: Segment
    code: str
    evidence: tuple[str, ...]
    confidence: float


def read_complaint(clause: Clause, lexicon: Lexicon) -> list[Reading]:
    """Code a clause of a problems part.

    Segments with a topic and a word of shortage are coded; where none has both,
    the topic of the clause stands, since the part itself says that it is short.
    """
    segments = list(_before_remedy(clause.segments, lexicon))
    readings = _shortages(segments, lexicon.shortage, lexicon)
    read = {reading.segment for reading in readings}
    for segment in segments:
        head = lexicon.problems.head(segment.text)
        if head is not None and segment not in read and (head.decides or not readings):
            confidence = 0.8 if head.decides else 0.5
            readings.append(Reading(segment, head.code, (head.term,), confidence))
    return sorted(readings, key=lambda reading: reading.segment.start)


def read_plain_problem(clause: Clause, lexicon: Lexicon) -> list[Reading]:
    """Code a clause outside the problems part, where only plain wording counts."""
    if not lexicon.plain_shortage.search(clause.text):
        return []
    if lexicon.remedies.search(clause.text) and not clause.text.endswith(_STILL_SHORT):
        return []
    return _shortages(clause.segments, lexicon.plain_shortage, lexicon)


def _before_remedy(segments: Sequence[Segment], lexicon: Lexicon) -> Iterator[Segment]:
    for segment in segments:
        if lexicon.remedy_openings.match(segment.text):
            return
        yield segment


def _shortages(
    segments: Sequence[Segment], shortage: re.Pattern[str], lexicon: Lexicon
) -> list[Reading]:
    """Code the segments that fall short; one without a topic speaks of the topic before it."""
    readings = []
    topic: Hit | None = None
    for segment in segments:
        word = shortage.search(_NO_SHORTAGE.sub("　", segment.text))
        head = lexicon.problems.head(segment.text)
        if head is None or (head.weak and topic is not None and not topic.weak):
            named = [] if topic is None else [topic]
        else:
            named = _named(segment.text, head, lexicon)
            topic = head
        if word is not None:
            readings += [
                Reading(segment, hit.code, (hit.term, word.group()), 0.9 if hit.decides else 0.7)
                for hit in named
            ]
    return readings


def _named(text: str, head: Hit, lexicon: Lexicon) -> list[Hit]:
    """Return the head of the segment and what is joined to it by 、 or 和."""
    joined = [
        hit
        for hit in lexicon.problems.hits(text)
        if not hit.weak
        and hit.code != head.code
        and hit.end < head.start
        and text[hit.end] in _JOINS
    ]
    return [*joined[-1:], head]
