"""Which clauses complain and which plan: headings, and turns within a paragraph."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kjreport.load import Document
from kjreport.load.sections import Part, Section
from kjreport.stance.clauses import Clause
from kjreport.stance.lexicon import Lexicon
from kjreport.stance.tables import target_cells
from kjreport.vocabulary import any_of, vocabulary

_WORDS: Final = vocabulary(__file__)
_MAX_LEAD_IN: Final = 30
_TITLE_ENDS: Final = ("", "\n", "。", "：", ":", "】", "，", " ", "\u3000")
_HAN: Final = re.compile(r"[\u4e00-\u9fff]")
_COUNTED: Final = _WORDS.pattern("counted")
_MENDING: Final = _WORDS.pattern("mending")
_HAS_PROBLEMS: Final = re.compile(any_of(_WORDS.words("has_problems")))
_NAMES_PROBLEMS: Final = re.compile(any_of(_WORDS.words("names_problems")))
_THIS_YEAR: Final = _WORDS.pattern("this_year")
_YEAR_AHEAD: Final = _WORDS.pattern("year_ahead")
_BY_DEADLINE: Final = _WORDS.pattern("by_deadline")
_PLAN_OF_YEAR: Final = _WORDS.pattern("plan_of_year")
_PLAN_OPENING: Final = _WORDS.pattern("plan_opening")
_ANNOUNCES: Final = _WORDS.pattern("announcement")
_LOOKS_BACK: Final = re.compile(any_of(_WORDS.words("looks_back")))


@dataclass(frozen=True, slots=True)
class Placed:
    """A clause and where it stands.

    Attributes
    ----------
    clause : Clause
    part : {"summary", "problems", "plan"}
    section : str
        The title above the clause.
    is_heading : bool
    below_chapter : bool
        Whether it stands between a title and the first title below that one.
    """

    clause: Clause
    part: Part
    section: str
    is_heading: bool
    below_chapter: bool


def place(document: Document, found: Sequence[Clause], lexicon: Lexicon) -> Iterator[Placed]:
    """Give every clause its part.

    A heading rules down to the next one. Within a paragraph a turn such as
    ``主要问题：`` or ``明年，`` rules to the end of the paragraph, and one that ends
    its paragraph rules the paragraphs below it too. Cells of targets are planned anywhere.
    """
    sections = document.sections()
    title_ends = heading_ends(document.text, sections)
    below = [*sections[1:], None]
    targets = target_cells(document)
    cell_starts = [start for start, _ in targets]
    turn = _Turn()
    index = 0
    for clause in found:
        while index + 1 < len(sections) and sections[index + 1].start < clause.end:
            index += 1
        section, after = sections[index], below[index]
        is_heading = section.start <= clause.start and _body(clause) < title_ends[index]
        part = turn.read(clause, section, lexicon, is_heading=is_heading) or section.part
        cell = bisect_right(cell_starts, clause.start) - 1
        if cell >= 0 and clause.end <= targets[cell][1]:
            part, is_heading = "plan", False
        below_chapter = after is not None and after.level > section.level > 0
        yield Placed(clause, part, section.title, is_heading, below_chapter)


class _Turn:
    """The last turn that the words took, and how far it reaches."""

    def __init__(self) -> None:
        self._part: Part | None = None
        self._clause: Clause | None = None
        self._section: Section | None = None

    def read(
        self, clause: Clause, section: Section, lexicon: Lexicon, *, is_heading: bool
    ) -> Part | None:
        """Return the part that the clause belongs to by a turn in or before it."""
        if self._part is not None and not self._reaches(clause, section):
            self._part = None
        turned = None if is_heading else turn_of(clause, lexicon)
        if (self._part or section.part) == "problems" and _MENDING.match(clause.lead_in):
            turned = "summary"
        if turned is not None:
            self._part, self._clause, self._section = turned, clause, section
        return self._part

    def _reaches(self, clause: Clause, section: Section) -> bool:
        taken, since = self._clause, self._section
        if taken is None or since is None:
            return False
        if not (taken.closes_line and _introduces(taken)):
            return clause.line == taken.line
        goes_on = section.part in (since.part, self._part) and not 0 < section.level <= since.level
        return section is since or goes_on


def heading_ends(text: str, sections: Sequence[Section]) -> tuple[int, ...]:
    """Return where the title of each section ends; 0 for an item of a list, with nothing under."""
    ends = []
    for section, after in zip(sections, [*sections[1:], None], strict=True):
        end = _title_end(text, section)
        is_above = after is not None and after.level > section.level
        ends.append(end if end and (is_above or _HAN.search(text, end, section.end)) else 0)
    return tuple(ends)


def _title_end(text: str, section: Section) -> int:
    """Return where the words of a title end, or 0 where they are an item's or a sentence's own.

    A title ends with its line, its sentence, its colon or its bracket, and counts nothing.
    """
    start = text.find(section.title, section.start, section.end)
    if not section.title or start < 0:
        return 0
    end = start + len(section.title)
    for closing in "】：:":
        place = text.find(closing, start, end)
        if place > 0:
            end = place + 1
    if end - start > 1 and text[end - 1] not in "】：:" and text[end : end + 1] not in _TITLE_ENDS:
        return 0
    counts = _COUNTED.search(text, start, end)
    return 0 if counts and text[end : end + 1] != "" and text[end - 1] not in "】：:" else end


def _body(clause: Clause) -> int:
    return clause.segments[0].start if clause.segments else clause.start


def turn_of(clause: Clause, lexicon: Lexicon) -> Part | None:
    """Return the part that the clause's own words turn to, if they do."""
    if clause.lead_in and len(clause.lead_in) <= 2 * _MAX_LEAD_IN:
        if any(_complains(words, lexicon) for words in re.split("[，,]", clause.lead_in)) or (
            _NAMES_PROBLEMS.search(clause.lead_in) and _ends_in_problem(clause.lead_in, lexicon)
        ):
            return "problems"
        if _plans(clause.lead_in, lexicon) or _ANNOUNCES.search(clause.lead_in):
            return "plan"
    for number, segment in enumerate(clause.segments):
        text = segment.text
        if _complains(text, lexicon) and len(text) <= _MAX_LEAD_IN:
            last = number + 1 == len(clause.segments)
            if last or number == 0:
                return "problems"
    return "plan" if _looks_ahead(clause, lexicon) else None


def _introduces(clause: Clause) -> bool:
    return bool(clause.lead_in and not clause.segments) or bool(_ANNOUNCES.search(clause.text))


def _complains(text: str, lexicon: Lexicon) -> bool:
    return _ends_in_problem(text, lexicon) and (len(text) <= 6 or bool(_HAS_PROBLEMS.search(text)))


def _ends_in_problem(text: str, lexicon: Lexicon) -> bool:
    words = list(lexicon.problem_words.finditer(text))
    ends = bool(words) and len(text) - words[-1].end() <= 4
    return ends and not lexicon.remedies.search(text)


def _plans(lead_in: str, lexicon: Lexicon) -> bool:
    if _LOOKS_BACK.search(lead_in):
        return False
    if _PLAN_OPENING.search(lead_in):
        return True
    if _PLAN_OF_YEAR.search(lead_in):
        return True
    return bool(lexicon.plan_times.search(lead_in))


def _looks_ahead(clause: Clause, lexicon: Lexicon) -> bool:
    if not clause.segments:
        return False
    text = clause.text
    opening = clause.segments[0].text
    if _PLAN_OPENING.match(text) or _YEAR_AHEAD.match(text) or _THIS_YEAR.match(text):
        return not _LOOKS_BACK.search(opening)
    if _ANNOUNCES.search(text):
        return not _LOOKS_BACK.search(opening)
    if _BY_DEADLINE.search(text):
        return True
    times = (lexicon.plan_times.search(segment.text) for segment in clause.segments[:2])
    return any(time is not None and time.start() <= 6 for time in times)
