"""A quantity with what it counts, and what a report has spoken of so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from kjreport.extract.lexicon import Token
from kjreport.extract.quantities import Quantity


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
    governs: bool = False
    part: bool = False
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
    taken : set of int
        Where names begin that the current sentence has behind a number, which counts them.
    previous, heading : list of Token
        Names in the sentence before and in the heading above.
    """

    attached: list[Attached] = field(default_factory=list)
    sentence_first: int = 0
    spoken: list[Token] = field(default_factory=list)
    previous: list[Token] = field(default_factory=list)
    heading: list[Token] = field(default_factory=list)
    paragraph_first: int = 0
    taken: set[int] = field(default_factory=set)

    def begin_sentence(self, spoken: list[Token]) -> None:
        """Forget what was of the sentence before only."""
        self.sentence_first = len(self.attached)
        self.spoken = spoken
        self.taken = set()

    def remember(self, attached: Attached) -> None:
        """Keep a quantity of the current sentence, and its name if it stands behind it."""
        self.attached.append(attached)
        token = attached.token
        # 57家高新技术企业增加值29亿元: the firms are counted, the output is still to come.
        if (
            token is not None
            and attached.relation in ("right", "becomes")
            and token.term.indicator in ("", attached.indicator)
        ):
            self.taken.add(token.start)

    def in_sentence(self) -> list[Attached]:
        """Return what was attached in the current sentence."""
        return self.attached[self.sentence_first :]

    def before_sentence(self) -> list[Attached]:
        """Return what was attached before the current sentence under the same heading."""
        return self.attached[self.paragraph_first : self.sentence_first]
