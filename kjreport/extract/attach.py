"""Attach a quantity to what it counts: the most firmly tied of its candidates."""

from __future__ import annotations

from typing import Final

from kjreport.extract.attached import Attached, Memory
from kjreport.extract.candidates import candidates
from kjreport.extract.lexicon import Lexicon
from kjreport.extract.refine import refined
from kjreport.extract.sentences import Frame

# Below this score a name is too far off to be what a number counts.
THRESHOLD: Final = 2.0


def attach(frame: Frame, memory: Memory, lexicon: Lexicon) -> Attached | None:
    """Return the quantity of `frame` with what it counts, or None.

    See Also
    --------
    kjreport.extract.candidates : the scores
    """
    best = max(candidates(frame, memory, lexicon), key=lambda c: c.score, default=None)
    if best is None or best.score < THRESHOLD:
        return None
    return Attached(
        frame.quantity,
        refined(best, frame, lexicon),
        best.relation,
        best.score,
        best.token,
        source=best.source,
    )
