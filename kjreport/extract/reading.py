"""The pass over one report that joins numbers, names and words into observations.

The order of the rules, and why it is this one:

1. `repair` undoes damage, since every later rule reads clean text.
2. `scan` and `find_deleted` find all numbers, `with_shared_unit` those that a row tells
   without their unit; what measures nothing leaves here.
3. `find_tables` takes the cells of tables out of the running text; each is read afterwards
   as the sentence that its heads spell.
4. `sentences` and `frames` cut the text around the numbers.
5. Other regions' numbers, ways of speaking and thresholds leave before anything is
   attached, so that they are never carried on.
6. `pair` (分别) and else `attach` find the indicator; all that follows depends on it: the
   verb of a stock and of an amount of money differ. Other business than science leaves.
7. `measure`, then `scenario` (a rate of completion is a result), then `level`, then
   `period` (a stock at the end of a month and a flow up to it differ), then `scope`.
8. `sharers` repeats a rank or growth for the other names it is said of.
9. `confidence` looks back on how each step went.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from kjreport.extract.attach import attach
from kjreport.extract.attached import Attached, Memory
from kjreport.extract.calendars import Calendar, calendar
from kjreport.extract.confidence import confidence
from kjreport.extract.dates import Expression, expressions
from kjreport.extract.deleted import find_deleted
from kjreport.extract.levels import level
from kjreport.extract.lexicon import Lexicon, Token
from kjreport.extract.measures import is_part, is_to_be_built, measure, untold
from kjreport.extract.pairs import groups, pair, sharers
from kjreport.extract.periods import period
from kjreport.extract.quantities import RATIOS, NoQuantity, Numeral, Quantity, scan
from kjreport.extract.ratios import negate
from kjreport.extract.repair import Repaired, repair
from kjreport.extract.scenarios import scenario
from kjreport.extract.scopes import is_elsewhere, is_gap, is_of_a_part, is_of_another_county, scope
from kjreport.extract.sentences import Frame, Sentence, frames, sentences
from kjreport.extract.series import with_shared_unit, year_in_row
from kjreport.extract.tables import Cell, Spelled, Table, find_tables, spell, with_unit, within
from kjreport.extract.tiers import Tiers, tiers
from kjreport.extract.topics import (
    is_named,
    is_per_10k,
    is_science,
    is_starting_point,
    is_threshold,
    other_business,
)
from kjreport.load import Document, Section, find_sections
from kjreport.vocabulary import vocabulary

# A space that groups digits in the cell of a table; what replaces it is as long.
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_OPENS_WITH_PARTS = vocabulary(__file__).pattern("opens_with_parts")


@dataclass(slots=True)
class Observed:
    """An attached quantity with its sentence and the section it stands in."""

    attached: Attached
    sentence: Sentence
    section: Section
    confidence: float


@dataclass(slots=True)
class Unread:
    """A number that became no observation, and why."""

    start: int
    end: int
    reason: str


@dataclass(slots=True)
class Reading:
    """Everything that one report says in numbers; offsets lead into `repaired.text`."""

    document: Document
    repaired: Repaired
    sections: tuple[Section, ...]
    observed: list[Observed] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)


def read(document: Document, lexicon: Lexicon) -> Reading:
    """Read every number of a report."""
    repaired = repair(document.text, lexicon.bigrams)
    text = repaired.text
    numerals = _numerals(text)
    sections = find_sections(text)
    reading = Reading(document, repaired, sections)
    tables = find_tables(text)
    if tables:
        edges = [table.start for table in tables]
        numerals = [n for n in numerals if not within(tables, edges, n.start)]
    reading.unread = [
        Unread(n.start, n.end, n.reason) for n in numerals if isinstance(n, NoQuantity)
    ]
    starts = [section.start for section in sections]
    context = _Context(lexicon, calendar(document, sections), tiers(document), reading)
    named: list[Quantity] = []
    for sentence in sentences(text, numerals, lexicon, named):
        section = sections[bisect_right(starts, sentence.quantities[0].start) - 1]
        context.read_sentence(sentence, section)
    reading.unread += [Unread(n.start, n.end, "name") for n in named]
    for table in tables:
        section = sections[bisect_right(starts, table.start) - 1]
        context.read_table(table, section)
    return reading


def _numerals(text: str) -> list[Numeral]:
    """Return all numbers; a unit without digits is none where printed digits stand."""
    numerals = with_shared_unit(text, scan(text))
    deleted = find_deleted(text)
    if not deleted:
        return numerals
    printed = _places(n for n in numerals if _DIGIT.search(text, n.start, n.end))
    deleted = [d for d in deleted if printed.isdisjoint(range(d.start, d.end))]
    gone = _places(deleted)
    kept = [n for n in numerals if gone.isdisjoint(range(n.start, n.end))]
    return sorted([*kept, *deleted], key=lambda n: n.start)


_DIGIT = re.compile(r"\d")


def _places(numerals: Iterable[Numeral]) -> set[int]:
    return {place for numeral in numerals for place in range(numeral.start, numeral.end)}


def _bracketed_off(frame: Frame, earlier: Attached) -> bool:
    """Tell whether a number stood in a bracket that has closed since."""
    between = frame.sentence.text[earlier.quantity.end : frame.quantity.start]
    closed = min((i for i in map(between.find, "）)") if i >= 0), default=-1)
    return closed >= 0 and not any(mark in between[:closed] for mark in "（(")


def _is_increment(attached: Attached) -> bool:
    """Tell what a stock grew by, which has no parts: 共30家，比上年增加5家；其中国家级1家."""
    source = attached.source
    if source is None or source.measure != "stock" or attached.measure != "flow":
        return False
    return source.indicator == attached.indicator


def _shift(numeral: Quantity | Unread, shift: int, limit: int) -> None:
    numeral.start += shift
    numeral.end = min(numeral.end + shift, limit)


class _Context:
    """What carries over from sentence to sentence of one report."""

    def __init__(self, lexicon: Lexicon, when: Calendar, where: Tiers, reading: Reading) -> None:
        self.lexicon = lexicon
        self.calendar = when
        self.tiers = where
        self.reading = reading
        self.memory = Memory()
        self.section: Section | None = None
        self.whole: list[Attached] = []

    def read_sentence(
        self, sentence: Sentence, section: Section, caption: Sequence[Token] = ()
    ) -> None:
        memory = self.memory
        if section is not self.section:
            self.section = section
            heading = self.lexicon.tokens(
                self.reading.repaired.text, section.start, section.start + len(section.title) + 2
            )
            memory.heading = heading
            memory.previous = []
            memory.paragraph_first = len(memory.attached)
            self.calendar.recent = None
        if caption:
            memory.previous = list(caption)
        elif sentence.lead:
            memory.previous = sentence.lead
            memory.paragraph_first = len(memory.attached)
        sentence.marks = frozenset().union(*(t.term.marks for t in (*memory.heading, *caption)))
        memory.begin_sentence([t for t in sentence.tokens if t.term.indicator or t.term.generic])
        self.whole = self._whole_before(sentence)
        named = expressions(sentence, self.calendar)
        self.calendar.recent = next((e.year for e in reversed(named) if e.kind == "year"), None)
        everything = list(frames(sentence))
        runs = groups(everything)
        for frame in everything:
            run = runs.get(frame.index)
            year = year_in_row(*run, named) if run else None
            paired = None
            if run and year is None:
                paired = pair(*run, memory, self.lexicon, self.tiers)
            self._read_quantity(frame, paired, year, named, section)
        strong = [t for t in sentence.tokens if t.term.strong]
        if strong:
            memory.previous = strong

    def read_table(self, table: Table, section: Section) -> None:
        """Read the cells of a table, each as the sentence that its heads spell."""
        self.section = None
        caption = self.lexicon.tokens(
            self.reading.repaired.text, max(0, table.start - 60), table.start
        )
        told = set()
        for spelled in spell(table):
            told.add(spelled.cell.start)
            self._read_cell(spelled, section, caption)
        for cell in (cell for row in table.rows for cell in row if cell.start not in told):
            self._leave_head(cell)

    def _leave_head(self, cell: Cell) -> None:
        """Keep the numbers of a cell that only names its row or column."""
        for numeral in scan(cell.text):
            reason = numeral.reason if isinstance(numeral, NoQuantity) else "name"
            place = cell.start + numeral.start, cell.start + numeral.end
            self.reading.unread.append(Unread(*place, reason))

    def _read_cell(self, spelled: Spelled, section: Section, caption: list[Token]) -> None:
        reading, cell, told = self.reading, spelled.cell, len(spelled.before)
        content = _THOUSANDS.sub(",", cell.text.replace("\n", " "))
        text = spelled.before + with_unit(content, spelled.unit)
        shift = cell.start - told
        numerals = [n for n in scan(text) if n.end > told or isinstance(n, NoQuantity)]
        first_observed, first_unread = len(reading.observed), len(reading.unread)
        for numeral in numerals:
            if isinstance(numeral, Quantity):
                # A qualifier in the head is no part of what stands in the cell.
                numeral.start = max(numeral.start, told)
            elif numeral.end > told:
                start = max(numeral.start, told)
                reading.unread.append(Unread(start, numeral.end, numeral.reason))
        named: list[Quantity] = []
        for sentence in sentences(text, numerals, self.lexicon, named):
            sentence.spelled = True
            self.read_sentence(sentence, section, caption)
        reading.unread += [Unread(n.start, n.end, "name") for n in named]
        row = Sentence(reading.repaired.text, spelled.row[0].start, spelled.row[-1].end, [], [], [])
        for observed in reading.observed[first_observed:]:
            if cell.text.startswith(("-", "−", "↓", "▼")):
                negate(observed.attached)
            _shift(observed.attached.quantity, shift, cell.end)
            observed.sentence = row
        for unread in reading.unread[first_unread:]:
            _shift(unread, shift, cell.end)

    def _read_quantity(
        self,
        frame: Frame,
        paired: Attached | None,
        year: int | None,
        named: list[Expression],
        section: Section,
    ) -> None:
        quantity = frame.quantity
        if is_elsewhere(frame) or is_of_another_county(frame, self.tiers.county):
            self._leave(quantity, "other region")
            return
        if is_named(frame):
            self._leave(quantity, "name")
            return
        if is_threshold(frame):
            self._leave(quantity, "threshold")
            return
        attached = paired or attach(frame, self.memory, self.lexicon)
        if attached is None or other_business(frame, section, attached):
            if other_business(frame, section, None) or not is_science(frame, section):
                self._leave(quantity, "not science")
                return
            attached = Attached(quantity, "other", "none", 0.0)
        if is_per_10k(frame, attached):
            quantity.unit = "per_10k"
        earlier = self._counts_before(frame) or self.whole
        before = earlier[-1] if earlier else None
        told = attached.measure or measure(frame, attached, before, self.lexicon)
        attached.measure = told or untold(attached, self.lexicon)
        if quantity.kind == "point" and is_gap(frame):
            attached.measure = "change"
        attached.part = before is not None and is_part(frame, before)
        attached.scenario = scenario(frame, attached, section)
        attached.level = level(frame, attached, earlier, self.tiers, self.lexicon)
        attached.period = str(year or period(frame, attached, named, section, self.calendar))
        if attached.scenario == "target" and is_to_be_built(frame, attached, told):
            attached.measure = "flow"
        planned = attached.measure != "applied"
        if planned and attached.scenario == "actual" and self.calendar.is_to_come(attached.period):
            attached.scenario = "target"
        elif attached.scenario == "target" and self.calendar.is_over(attached.period):
            attached.scenario = "actual"
        attached.scope = scope(frame, attached, before)
        if is_of_a_part(frame, self.tiers.own):
            attached.scope = "entity"
        self.memory.remember(attached)
        if is_starting_point(frame):
            self._leave(quantity, "earlier value")
            return
        for each in (attached, *sharers(frame, attached, earlier, self.lexicon)):
            each = replace(each, quantity=replace(quantity)) if each is not attached else each
            self.reading.observed.append(
                Observed(each, frame.sentence, section, confidence(frame, each))
            )

    def _counts_before(self, frame: Frame) -> list[Attached]:
        """Return the counts and amounts before in the sentence, but those in closed brackets."""
        here = self.memory.in_sentence()
        if not here:
            return here
        counts = [a for a in here if a.quantity.kind not in RATIOS and not _is_increment(a)]
        if frame.sentence.bracketed:
            counts = [a for a in counts if not _bracketed_off(frame, a)]
        return counts

    def _whole_before(self, sentence: Sentence) -> list[Attached]:
        """Return what the sentence before counted, where 其中 begins this one with its parts."""
        if not _OPENS_WITH_PARTS.match(sentence.text, sentence.start):
            return []
        counts = [a for a in self.memory.before_sentence() if a.quantity.kind not in RATIOS]
        return counts[-1:]

    def _leave(self, quantity: Quantity, reason: str) -> None:
        self.reading.unread.append(Unread(quantity.start, quantity.end, reason))
