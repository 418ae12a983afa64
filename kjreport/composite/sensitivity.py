"""Which choice the ranks hang on most: Sobol indices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kjreport.composite.index import CompositeIndex
from kjreport.composite.uncertainty import Alternatives, Uncertainty, UncertaintyError, evaluate


@dataclass(frozen=True)
class Sensitivity:
    """Sobol indices of every choice, and the variants they were computed from.

    Attributes
    ----------
    indices : DataFrame
        By choice: ``first`` (the share of variance that goes when the choice is fixed), ``total``
        (with all its interactions), each with ``_low`` and ``_high``.
    uncertainty : Uncertainty
    """

    indices: pd.DataFrame
    uncertainty: Uncertainty


def sensitivity(
    index: CompositeIndex,
    choices: Mapping[str, Alternatives],
    *,
    n: int = 256,
    n_bootstrap: int = 200,
    confidence: float = 0.9,
    random_state: int | None = None,
) -> Sensitivity:
    """Divide the variance of the mean absolute rank change among the choices.

    Parameters
    ----------
    index : CompositeIndex
    choices : mapping of setting to alternatives
        At least two; see `uncertainty`.
    n : int, default=256
        A power of 2; the index is made ``n * (len(choices) + 2)`` times.
    n_bootstrap : int, default=200
        Resamples for the intervals.
    confidence : float, default=0.9
        Of the intervals.
    random_state : int, optional

    Returns
    -------
    Sensitivity

    Raises
    ------
    UncertaintyError
        If there are fewer than two choices, `n` is no power of 2, or a combination fails.

    References
    ----------
    A. Saltelli et al. (2010), Computer Physics Communications 181(2), 259-270; J. Herman and
    W. Usher (2017), SALib, Journal of Open Source Software 2(9), 97.
    """
    from SALib.analyze import sobol as analyse
    from SALib.sample import sobol as saltelli

    if len(choices) < 2:
        raise UncertaintyError(f"{len(choices)} choice; sensitivity compares at least two")
    if n < 2 or n & (n - 1):
        raise UncertaintyError(f"n is {n}; expected a power of 2 such as 256")
    problem = {
        "num_vars": len(choices),
        "names": list(choices),
        "bounds": [[0.0, 1.0]] * len(choices),
    }
    sample = saltelli.sample(problem, n, calc_second_order=False, seed=random_state)
    varied = evaluate(index, choices, sample, random_state)
    if len(varied.failures):
        raise UncertaintyError(
            f"{len(varied.failures)} of {len(sample)} combinations fail; the first: "
            f"{varied.failures['message'].iloc[0]}"
        )
    moved = varied.mean_abs_rank_change.to_numpy()
    if np.ptp(moved) == 0:
        nothing = pd.DataFrame(0.0, index=pd.Index(list(choices), name="choice"), columns=_COLUMNS)
        return Sensitivity(nothing, varied)
    found = analyse.analyze(
        problem,
        moved,
        calc_second_order=False,
        num_resamples=n_bootstrap,
        conf_level=confidence,
        seed=random_state,
    )
    columns = {
        "first": found["S1"],
        "first_low": found["S1"] - found["S1_conf"],
        "first_high": found["S1"] + found["S1_conf"],
        "total": found["ST"],
        "total_low": found["ST"] - found["ST_conf"],
        "total_high": found["ST"] + found["ST_conf"],
    }
    frame = pd.DataFrame(columns, index=pd.Index(list(choices), name="choice"))
    return Sensitivity(frame, varied)


_COLUMNS = ["first", "first_low", "first_high", "total", "total_low", "total_high"]
