"""The periods that a sentence names, in digits and in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kjreport.extract.calendars import Calendar
from kjreport.extract.numerals import number
from kjreport.extract.sentences import Sentence
from kjreport.load.identity import first_year_of_plan
from kjreport.vocabulary import vocabulary

_WORDS: Final = vocabulary(__file__)
_DATE: Final = _WORDS.pattern("date")
_MASKED_YEAR: Final = _WORDS.pattern("masked_year")
_FIRST_MONTHS: Final = _WORDS.pattern("first_months")
_PARTS_OF_YEAR: Final = {
    "first_half": "H1",
    "second_half": "H2",
    "q1": "Q1",
    "q2": "Q2",
    "q3": "Q3",
    "q4": "Q4",
}
_SAME_PERIOD: Final = _WORDS.words("same_period")
_THAT_YEAR: Final = frozenset(_WORDS.words("that_year"))
_WHOLE_YEAR: Final = frozenset(_WORDS.words("whole_year"))


@dataclass(slots=True)
class Expression:
    """A period named in a sentence.

    `kind` is ``year``, ``month``, ``months``, ``part``, ``years``, ``masked``, ``same``
    (the period just named, a year before) or ``own``.
    """

    start: int
    end: int
    kind: str
    year: int | None = None
    month: int = 0
    upto: int = 0
    part: str = ""


def expressions(sentence: Sentence, calendar: Calendar) -> list[Expression]:
    """Return the periods that a sentence names, in order."""
    found = [*_dates(sentence, calendar), *_words(sentence, calendar)]
    found.sort(key=lambda e: e.start)
    merged: list[Expression] = []
    for expression in found:
        before = merged[-1] if merged else None
        if (
            before is not None
            and before.kind == "year"
            and expression.kind in ("part", "month", "months")
            and expression.start - before.end <= 1
        ):
            expression.year, expression.start = before.year, before.start
            merged[-1] = expression
        elif (
            before is not None
            and before.kind == "year"
            and expression.kind in ("whole", "own")
            and expression.start - before.end <= 1
        ):
            before.end = expression.end
        else:
            merged.append(expression)
    return merged


def _dates(sentence: Sentence, calendar: Calendar) -> Iterator[Expression]:
    for date in sentence.dates:
        surface = sentence.text[date.start : date.end]
        if first := _FIRST_MONTHS.match(surface):
            yield Expression(
                date.start, date.end, "months", calendar.year, 1, int(number(first[1]))
            )
            continue
        match = _DATE.match(surface)
        if match is None or not match[0]:
            if _MASKED_YEAR.match(surface):
                yield Expression(date.start, date.end, "masked")
            continue
        year = calendar.year
        if match["year"]:
            year = int(number(match["year"]))
            year = year + 2000 if year < 100 else year
        if match["last"] and year is not None:
            yield Expression(date.start, date.end, "years", year, upto=int(match["last"]))
        elif match["month"] is None:
            yield Expression(date.start, date.end, "year", year)
        elif match["upto"]:
            months = (int(match["month"]), int(match["upto"]))
            yield Expression(date.start, date.end, "months", year, *months)
        else:
            yield Expression(date.start, date.end, "month", year, int(number(match["month"])))


def _words(sentence: Sentence, calendar: Calendar) -> Iterator[Expression]:
    year = calendar.now
    for token in sentence.tokens:
        word = token.term.period
        if not word:
            continue
        start, end = token.start, token.end
        if word == "last_year":
            kind = "same" if token.term.word.endswith(_SAME_PERIOD) else "year"
            yield Expression(start, end, kind, None if year is None else year - 1)
        elif word == "next_year":
            yield Expression(start, end, "year", None if year is None else year + 1)
        elif token.term.word in _THAT_YEAR:
            if not any(date.start < start for date in sentence.dates):
                kind = "own" if calendar.recent is None else "year"
                yield Expression(start, end, kind, calendar.recent or year)
        elif word == "this_year":
            kind = "whole" if token.term.word in _WHOLE_YEAR else "own"
            yield Expression(start, end, kind, year)
        elif word == "to_date":
            yield Expression(start, end, "own", year)
        elif word == "same_period":
            yield Expression(start, end, "repeat", year)
        elif word == "first_three_quarters":
            yield Expression(start, end, "months", year, 1, 9)
        elif word == "year_start":
            yield Expression(start, end, "opening", year, 1)
        elif word == "five_years":
            span = (None, 0) if year is None else (year - 4, year)
            yield Expression(start, end, "years", span[0], upto=span[1], part="own")
        elif word.startswith("plan_"):
            first = first_year_of_plan(int(word.removeprefix("plan_")))
            yield Expression(start, end, "years", first, upto=first + 4)
        else:
            yield Expression(start, end, "part", year, part=_PARTS_OF_YEAR[word])
