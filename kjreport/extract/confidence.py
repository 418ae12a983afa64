"""How far an observation can be trusted, from how firmly each rule held."""

from __future__ import annotations

from kjreport.extract.attach import Attached
from kjreport.extract.sentences import Frame


def confidence(frame: Frame, attached: Attached) -> float:
    """Return a number from 0 to 1."""
    return max(0.05, min(0.99, attached.score / 10))
