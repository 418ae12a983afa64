"""Cut a text where its sentences and clauses end, around the numbers that stand in it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import sub
from typing import Final

from kjreport.extract.lexicon import Lexicon, Token
from kjreport.extract.quantities import NoQuantity, Numeral, Quantity

_SENTENCE_END = re.compile(r"[。！？!?\n]")
_CLAUSE_END = re.compile(r"[，,；;：:](?!\d{3}(?!\d))")
_BREATH = re.compile(r"[，,；;、]|\s(?!\d)")
_LIST_END = re.compile(r"[、，,；;：:（()）]")

# Rules look across a sentence from each of its numbers. No writer needs so many characters for
# one, and a text without a full stop must not cost the square of its length.
_LONGEST_SENTENCE: Final = 2000


@dataclass(slots=True)
class Sentence:
    """A sentence with numbers in it.

    Attributes
    ----------
    text : str
        The whole repaired text; offsets of everything below lead into it.
    start, end : int
    tokens : list of Token
    quantities : list of Quantity
    dates : list of NoQuantity
    marks : frozenset of str
        What the heading above speaks of.
    lead : list of Token
        Names in the sentence before, where that has no numbers.
    topical : bool
        Whether any of its words belongs to another business than science.
    bracketed : bool
        Whether a bracket closes in it.
    spelled : bool
        Whether it stands for the cell of a table, which tells no verb.
    """

    text: str
    start: int
    end: int
    tokens: list[Token]
    quantities: list[Quantity]
    dates: list[NoQuantity]
    marks: frozenset[str] = frozenset()
    lead: list[Token] = field(default_factory=list)
    topical: bool = False
    bracketed: bool = False
    spelled: bool = False


@dataclass(slots=True)
class Frame:
    """A quantity and its surroundings within its sentence.

    Attributes
    ----------
    clause_start, clause_end : int
        The commas around the quantity.
    near_start : int
        Where the words since the number before, or the comma, begin.
    near : list of Token
        Between the number before (or the comma) and this one, in order.
    earlier : list of Token
        In the same clause before the number before.
    right : list of Token
        From this number to the next, the next comma or enumeration mark.
    right_all : list of Token
        The same across enumeration marks.
    """

    sentence: Sentence
    index: int
    quantity: Quantity
    clause_start: int
    clause_end: int
    near_start: int
    right_end: int
    near: list[Token]
    earlier: list[Token]
    right: list[Token]
    right_all: list[Token]

    @property
    def clause(self) -> list[Token]:
        """All words of the clause."""
        return self._within(self.clause_start, self.clause_end)

    @property
    def segment(self) -> list[Token]:
        """All words between the semicolons around the number."""
        sentence, place = self.sentence, self.quantity
        end = sentence.text.find("；", place.end, sentence.end)
        start = sentence.text.rfind("；", sentence.start, place.start)
        return self._within(max(start, sentence.start), end if end >= 0 else sentence.end)

    def _within(self, start: int, end: int) -> list[Token]:
        return [token for token in self.sentence.tokens if start <= token.start < end]

    def near_breaks(self, text: str) -> bool:
        """Tell whether the number before ends an enumeration, so that its verb is spent."""
        if not self.index:
            return False
        before = self.sentence.quantities[self.index - 1].end
        return text[before : before + 1] in "，。；;"


def sentences(
    text: str, numerals: Sequence[Numeral], lexicon: Lexicon, named: list[Quantity]
) -> Iterator[Sentence]:
    """Yield the sentences of a repaired text that hold a quantity, in order.

    Numbers that are part of a name are added to `named` instead.
    """
    ends = _sentence_ends(text)
    number_starts = [numeral.start for numeral in numerals]
    place, counted_to = 0, -1
    while place < len(numerals):
        at = bisect_left(ends, numerals[place].start)
        start, end = (ends[at - 1] + 1 if at else 0), ends[at]
        upto = bisect_left(number_starts, end, place)
        inside = numerals[place:upto]
        place = max(upto, place + 1)
        if not any(isinstance(n, Quantity) for n in inside):
            continue
        tokens = lexicon.tokens(text, start, end)
        quantities: list[Quantity] = []
        for numeral in inside:
            if isinstance(numeral, Quantity):
                (named if _in_name(text, numeral, tokens) else quantities).append(numeral)
        if not quantities:
            continue
        dates = [n for n in inside if isinstance(n, NoQuantity) and n.reason == "date"]
        sentence = Sentence(text, start, end, tokens, quantities, dates)
        sentence.bracketed = text.find("）", start, end) >= 0 or text.find(")", start, end) >= 0
        sentence.topical = any(token.term.topic for token in tokens)
        before = ends[at - 2] + 1 if at > 1 else 0
        if at and before > counted_to:
            lead = lexicon.tokens(text, before, start)
            sentence.lead = [token for token in lead if token.term.indicator]
        counted_to = end
        yield sentence


def _sentence_ends(text: str) -> list[int]:
    ends = [m.start() for m in _SENTENCE_END.finditer(text)]
    ends.append(len(text))
    if max(map(sub, ends, (0, *ends))) <= _LONGEST_SENTENCE:
        return ends
    return [
        cut for end, start in zip(ends, (0, *ends), strict=False) for cut in _cuts(text, start, end)
    ]


def _cuts(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where a sentence that is too long is cut between its parts, and where it ends."""
    while end - start > _LONGEST_SENTENCE:
        breath = _BREATH.search(text, start + _LONGEST_SENTENCE, end)
        if breath is None:
            break
        yield breath.start()
        start = breath.end()
    yield end


def _in_name(text: str, quantity: Quantity, tokens: Sequence[Token]) -> bool:
    """Tell whether the number is part of a name: 三项 in 科技三项费."""
    if quantity.masked or text[quantity.start].isdigit():
        return False
    return any(
        token.start <= quantity.start and quantity.end <= token.end
        for token in tokens
        if token.term.indicator
    )


def frames(sentence: Sentence) -> Iterator[Frame]:
    """Yield the frame of each quantity of a sentence in order."""
    text, tokens, quantities = sentence.text, sentence.tokens, sentence.quantities
    cuts = [m.start() for m in _CLAUSE_END.finditer(text, sentence.start, sentence.end)]
    token_starts = [token.start for token in tokens]
    for index, quantity in enumerate(quantities):
        at = bisect_right(cuts, quantity.start)
        clause_start = cuts[at - 1] + 1 if at else sentence.start
        after = bisect_left(cuts, quantity.end)
        clause_end = cuts[after] if after < len(cuts) else sentence.end
        before = quantities[index - 1].end if index else sentence.start
        near_start = max(before, clause_start)
        first = bisect_left(token_starts, clause_start)
        middle = bisect_left(token_starts, near_start)
        last = bisect_left(token_starts, quantity.start)
        stop = clause_end
        if index + 1 < len(quantities):
            stop = min(stop, quantities[index + 1].start)
        beyond = bisect_left(token_starts, quantity.end)
        right_all = tokens[beyond : bisect_left(token_starts, stop)]
        list_end = _LIST_END.search(text, quantity.end, stop)
        if list_end:
            stop = list_end.start()
            right = tokens[beyond : bisect_left(token_starts, stop)]
        else:
            right = right_all
        yield Frame(
            sentence,
            index,
            quantity,
            clause_start,
            clause_end,
            near_start,
            stop,
            tokens[middle:last],
            tokens[first:middle],
            right,
            right_all,
        )
