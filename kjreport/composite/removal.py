"""What happens to the ranks when one element of the framework is taken out."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from kjreport.composite.aggregate import aggregate
from kjreport.composite.framework import FrameworkError
from kjreport.composite.index import CompositeIndex
from kjreport.composite.results import ranks


@dataclass(frozen=True)
class Removal:
    """Scores and ranks with each element taken out in turn.

    Attributes
    ----------
    scores, ranks : DataFrame of shape (n_units, 1 + n_elements)
        ``Nominal``, then one column for each removed element.
    mean_abs_rank_change : Series
        By removed element, over the units.
    """

    scores: pd.DataFrame
    ranks: pd.DataFrame

    @property
    def rank_changes(self) -> pd.DataFrame:
        """Places won by each unit through each removal."""
        return -self.ranks.sub(self.ranks["Nominal"], axis=0)

    @property
    def mean_abs_rank_change(self) -> pd.Series[float]:
        """How far the units move in the mean, by removed element."""
        return self.rank_changes.abs().mean()


def remove_elements(
    index: CompositeIndex, *, level: int = 2, element: str | None = None
) -> Removal:
    """Take out each element of a level in turn, by giving it no weight.

    Parameters
    ----------
    index : CompositeIndex
    level : int, default=2
        1 for indicators; below the index.
    element : str, optional
        Code of the aggregate whose scores are looked at, by default the index.

    Returns
    -------
    Removal

    Raises
    ------
    FrameworkError
        If the level is not below the index.
    """
    framework = index.framework
    if not 1 <= level < framework.n_levels:
        raise FrameworkError(f"level {level}; expected 1 to {framework.n_levels - 1}")
    code = framework.index if element is None else element
    scores = {"Nominal": index.table[code]}
    for removed in framework.codes(level):
        weights = index.weights.copy()
        weights[removed] = 0.0
        table = aggregate(
            index.stages["normalised"],
            framework,
            method=index.settings.aggregate,
            weights=weights,
            min_availability=index.settings.min_availability,
        )
        scores[removed] = table[code]
    frame = pd.DataFrame(scores)
    return Removal(frame, ranks(frame))
