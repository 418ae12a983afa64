"""How far the ranks hang on the choices made: Monte Carlo over all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kjreport.composite.aggregate import aggregate
from kjreport.composite.index import CompositeIndex, Settings, prepare
from kjreport.composite.results import ranks
from kjreport.composite.weights import weights_by
from kjreport.errors import KjreportError

Sample = NDArray[np.float64]
_PREPARING = ("denominate", "screen", "impute", "treat", "normalise")


class UncertaintyError(KjreportError, ValueError):
    """Choices that cannot be varied; the message names the place."""


@dataclass(frozen=True, slots=True)
class WeightNoise:
    """Weights that waver evenly around those of the index.

    Attributes
    ----------
    factor : float
        0.25 for plus or minus 25 %.
    levels : tuple of int or None
        Levels whose weights waver; all below the index by default.
    n_replications : int
        Number of weight sets that are drawn.
    """

    factor: float = 0.25
    levels: tuple[int, ...] | None = None
    n_replications: int = 1000


@dataclass(frozen=True, slots=True)
class Between:
    """Any number between two, evenly: the exponent of a power mean, a threshold."""

    low: float
    high: float


Alternatives: TypeAlias = "Sequence[Any] | WeightNoise | Between"


@dataclass(frozen=True)
class Uncertainty:
    """Scores and ranks of every unit under many combinations of choices.

    Attributes
    ----------
    design : DataFrame of shape (n_variants, n_choices)
        What was chosen, as text.
    scores, ranks : DataFrame of shape (n_units, n_variants)
        NaN where a variant failed, or set the unit aside.
    nominal : DataFrame
        ``score`` and ``rank`` of the index as it stands.
    failures : DataFrame
        ``variant`` and ``message`` of the combinations that could not be computed.
    """

    design: pd.DataFrame
    scores: pd.DataFrame
    ranks: pd.DataFrame
    nominal: pd.DataFrame
    failures: pd.DataFrame

    @property
    def rank_stats(self) -> pd.DataFrame:
        """``nominal``, ``mean``, ``median``, ``q5`` and ``q95`` of each unit's rank."""
        return pd.DataFrame(
            {
                "nominal": self.nominal["rank"],
                "mean": self.ranks.mean(axis=1),
                "median": self.ranks.median(axis=1),
                "q5": self.ranks.quantile(0.05, axis=1),
                "q95": self.ranks.quantile(0.95, axis=1),
            }
        )

    @property
    def mean_abs_rank_change(self) -> pd.Series[float]:
        """How far the units move in the mean, by variant."""
        return self.ranks.sub(self.nominal["rank"], axis=0).abs().mean()


def uncertainty(
    index: CompositeIndex,
    choices: Mapping[str, Alternatives],
    *,
    n: int = 1000,
    random_state: int | None = None,
) -> Uncertainty:
    """Make the index under many random combinations of choices.

    Parameters
    ----------
    index : CompositeIndex
        As it stands.
    choices : mapping of setting to alternatives
        Names of `Settings`; for each a list of values, a `Between`, or for ``weights`` a
        `WeightNoise`.
    n : int, default=1000
        Number of variants.
    random_state : int, optional

    Returns
    -------
    Uncertainty

    Raises
    ------
    UncertaintyError
        If a name is no setting, a list is empty, or no variant can be computed.

    References
    ----------
    M. Saisana, A. Saltelli and S. Tarantola (2005), Journal of the Royal Statistical Society A
    168(2), 307-323.

    Examples
    --------
    >>> from kjreport.composite import composite_index
    >>> meta = pd.DataFrame({"iCode": ["a", "b", "Index"], "Level": [1, 1, 2],
    ...                      "Parent": ["Index", "Index", None]})
    >>> panel = pd.DataFrame({"a": [1.0, 2.0, 9.0], "b": [3.0, 1.0, 8.0]},
    ...                      index=["甲市", "乙市", "丙市"])
    >>> varied = uncertainty(composite_index(panel, meta),
    ...                      {"normalise": ["minmax", "zscore"], "weights": WeightNoise(0.5)},
    ...                      n=50, random_state=0)
    >>> varied.rank_stats.loc["丙市", ["q5", "q95"]].tolist()
    [1.0, 1.0]
    """
    sample = np.random.default_rng(random_state).random((n, len(choices)))
    return evaluate(index, choices, sample, random_state)


def evaluate(
    index: CompositeIndex,
    choices: Mapping[str, Alternatives],
    sample: Sample,
    random_state: int | None,
) -> Uncertainty:
    """Make the index once for each row of a sample of the unit cube.

    Parameters
    ----------
    index : CompositeIndex
    choices : mapping of setting to alternatives
    sample : ndarray of shape (n_variants, n_choices)
        Numbers from 0 to 1, a column for each choice.
    random_state : int or None
        Of the weight sets of a `WeightNoise`.
    """
    _check(choices)
    lists = {
        name: _weight_sets(index, alternatives, random_state)
        if isinstance(alternatives, WeightNoise)
        else alternatives
        for name, alternatives in choices.items()
    }
    workshop = _Workshop(index)
    scores = np.full((len(index.scores), len(sample)), np.nan)
    drawn: list[dict[str, str]] = []
    failures = []
    for variant, row in enumerate(sample):
        picked = {name: _pick(lists[name], float(x)) for name, x in zip(choices, row, strict=True)}
        drawn.append({name: label for name, (label, _) in picked.items()})
        try:
            scores[:, variant] = workshop.make(picked)
        except KjreportError as error:
            failures.append((variant, str(error)))
    if len(failures) == len(sample):
        raise UncertaintyError(f"no variant could be computed; the first failed: {failures[0][1]}")
    frame = pd.DataFrame(scores, index=index.scores.index)
    nominal = pd.DataFrame({"score": index.scores, "rank": index.ranks[index.framework.index]})
    return Uncertainty(
        design=pd.DataFrame(drawn),
        scores=frame,
        ranks=ranks(frame),
        nominal=nominal,
        failures=pd.DataFrame(failures, columns=["variant", "message"]),
    )


class _Workshop:
    """Makes variants of one index, keeping what the next variant may need again."""

    def __init__(self, index: CompositeIndex) -> None:
        self._index = index
        self._prepared: dict[tuple[str, ...], pd.DataFrame] = {}
        self._weights: dict[tuple[str, ...], pd.Series[float]] = {}

    def make(self, picked: Mapping[str, tuple[str, Any]]) -> Sample:
        """Return the scores of a variant, in the order of the index's units."""
        index = self._index
        settings = index.settings.changed({name: value for name, (_, value) in picked.items()})
        key = tuple(picked[name][0] for name in _PREPARING if name in picked)
        if key not in self._prepared:
            stages = prepare(index.data, index.framework, settings, index.groups)
            self._prepared[key] = stages["normalised"]
        table = aggregate(
            self._prepared[key],
            index.framework,
            method=settings.aggregate,
            weights=self._weights_of(key, picked, settings),
            min_availability=settings.min_availability,
        )
        return table[index.framework.index].reindex(index.scores.index).to_numpy()

    def _weights_of(
        self, key: tuple[str, ...], picked: Mapping[str, tuple[str, Any]], settings: Settings
    ) -> pd.Series[float]:
        key = (*key, picked["weights"][0] if "weights" in picked else "")
        if key not in self._weights:
            self._weights[key] = weights_by(
                settings.weights, self._prepared[key[:-1]], self._index.framework
            )
        return self._weights[key]


def _check(choices: Mapping[str, Alternatives]) -> None:
    if not choices:
        raise UncertaintyError("no choices to vary; name at least one setting")
    for name, alternatives in choices.items():
        if name == "weights" or not isinstance(alternatives, WeightNoise):
            if isinstance(alternatives, Sequence) and not len(alternatives):
                raise UncertaintyError(f"choice {name!r} has no alternatives; give at least one")
            continue
        raise UncertaintyError(f"choice {name!r}: WeightNoise goes with 'weights' only")


def _pick(alternatives: Sequence[Any] | Between, x: float) -> tuple[str, Any]:
    if isinstance(alternatives, Between):
        value = alternatives.low + x * (alternatives.high - alternatives.low)
        return f"{value:.6g}", value
    place = min(int(x * len(alternatives)), len(alternatives) - 1)
    value = alternatives[place]
    is_plain = isinstance(value, (str, float, int)) or value is None
    return (str(value) if is_plain else f"#{place + 1}"), value


def _weight_sets(
    index: CompositeIndex, noise: WeightNoise, random_state: int | None
) -> list[pd.Series[float]]:
    framework = index.framework
    levels = noise.levels or tuple(range(1, framework.n_levels))
    moving = [code for level in levels for code in framework.codes(level)]
    generator = np.random.default_rng(random_state)
    factors = np.ones((noise.n_replications, len(index.weights)))
    places = index.weights.index.get_indexer(pd.Index(moving))
    factors[:, places] += noise.factor * generator.uniform(-1, 1, (len(factors), len(moving)))
    return [pd.Series(row, index.weights.index) for row in index.weights.to_numpy() * factors]
