"""Attach a quantity to what it counts: the most firmly tied of its candidates."""

from __future__ import annotations

from typing import Final

from kjreport.extract.attached import Attached, Memory
from kjreport.extract.candidates import candidates
from kjreport.extract.lexicon import Lexicon
from kjreport.extract.measures import is_part
from kjreport.extract.refine import is_won, refined
from kjreport.extract.sentences import Frame

# Below this score a name is too far off to be what a number counts.
THRESHOLD: Final = 2.0


# The district's own money, of which a part is told after 其中.
_OWN_MONEY: Final = frozenset({"fiscal_st", "funds_paid"})


def _of_own_money(indicator: str, frame: Frame, memory: Memory) -> str:
    """Return what money is a part of, where the district itself budgets or pays the whole."""
    if indicator != "funds_won":
        return ""
    here = [a for a in memory.in_sentence() if a.quantity.kind == "money"]
    if not here or here[-1].indicator not in _OWN_MONEY or is_won(frame):
        return ""
    return here[-1].indicator if is_part(frame, here[0]) else ""


def attach(frame: Frame, memory: Memory, lexicon: Lexicon) -> Attached | None:
    """Return the quantity of `frame` with what it counts, or None.

    See Also
    --------
    kjreport.extract.candidates : the scores
    """
    best = max(candidates(frame, memory, lexicon), key=lambda c: c.score, default=None)
    if best is None or best.score < THRESHOLD:
        return None
    indicator = refined(best, frame, lexicon)
    return Attached(
        frame.quantity,
        _of_own_money(indicator, frame, memory) or indicator,
        best.relation,
        best.score,
        best.token,
        source=best.source,
    )
