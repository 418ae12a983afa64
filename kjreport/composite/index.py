"""The composite index: every step recorded, so that one choice can be changed and redone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

from kjreport.composite import steps
from kjreport.composite.aggregate import Aggregator, aggregate
from kjreport.composite.framework import Framework
from kjreport.composite.results import (
    Strengths,
    group_ranks,
    ranks,
    results,
    strengths_and_weaknesses,
)
from kjreport.composite.steps import Choice
from kjreport.composite.weights import Weighting, weights_by
from kjreport.errors import KjreportError

if TYPE_CHECKING:
    from kjreport.schema import Schema


@dataclass(frozen=True)
class Settings:
    """Every choice between raw indicators and the index, in the order in which it is made.

    Attributes
    ----------
    denominate : bool
        Divide indicators by the denominators that the framework names.
    screen : float or None
        Least share of indicators that a unit must have.
    impute : str, mapping, transformer or None
        Strategy of `kjreport.profile.Imputer`, its parameters, or any transformer.
    treat : bool, str, mapping, transformer or None
        True for the default rules of `kjreport.profile.OutlierTreatment`.
    normalise : str, mapping or transformer
        Method of `kjreport.profile.Normaliser`, its parameters, or any transformer.
    weights : str, mapping, Series or callable
        ``given``, ``equal``, ``pca``, ``entropy``, ``critic``, ``optimised``; or by code.
    aggregate : str, float, callable or a sequence of them
        ``arithmetic``, ``geometric``, ``harmonic``, ``copeland``, or a power.
    min_availability : float or None
        Least share of children with a value for a unit's aggregate to be computed.
    """

    denominate: bool = True
    screen: float | None = None
    impute: Choice = None
    treat: Choice = None
    normalise: Choice = "minmax"
    weights: str | Mapping[str, float] | pd.Series[float] | Weighting = "given"
    aggregate: str | float | Aggregator | Sequence[str | float | Aggregator] = "arithmetic"
    min_availability: float | None = None

    def changed(self, changes: Mapping[str, Any]) -> Settings:
        """Return the settings with some of them changed.

        Raises
        ------
        KjreportError
            If a name is no setting.
        """
        names = [field.name for field in fields(self)]
        for name in changes:
            if name not in names:
                raise KjreportError(f"no setting {name!r}; the settings are {', '.join(names)}")
        return replace(self, **changes)


@dataclass(frozen=True, repr=False)
class CompositeIndex:
    """An index with all that it was made from.

    Attributes
    ----------
    data : DataFrame of shape (n_units, n_columns)
        As given: the indicators, and the denominators where the framework names any.
    framework : Framework
    settings : Settings
    groups : mapping of unit to group, or None
    stages : mapping of str to DataFrame
        The table after each step: ``raw``, ``denominated``, ``screened``, ``imputed``,
        ``treated``, ``normalised``, ``aggregated``.
    weights : Series of float
        By code, as used.

    Examples
    --------
    >>> meta = pd.DataFrame({"iCode": ["patents", "papers", "Index"], "Level": [1, 1, 2],
    ...                      "Parent": ["Index", "Index", None]})
    >>> panel = pd.DataFrame({"patents": [1.0, 2.0, 5.0], "papers": [2.0, 9.0, 4.0]},
    ...                      index=["甲市", "乙市", "丙市"])
    >>> index = composite_index(panel, meta)
    >>> index.ranks["Index"].tolist()
    [3.0, 2.0, 1.0]
    >>> index.redo(normalise="rank", aggregate="geometric").ranks["Index"].tolist()
    [3.0, 1.0, 1.0]
    """

    data: pd.DataFrame
    framework: Framework
    settings: Settings
    groups: Mapping[str, str] | None
    stages: Mapping[str, pd.DataFrame]
    weights: pd.Series[float]

    @property
    def table(self) -> pd.DataFrame:
        """Normalised indicators and all aggregates, units in the rows."""
        return self.stages["aggregated"]

    @property
    def scores(self) -> pd.Series[float]:
        """The index itself, by unit."""
        return self.table[self.framework.index]

    @cached_property
    def ranks(self) -> pd.DataFrame:
        """Rank of every unit in every element; 1 is the highest."""
        return ranks(self.table)

    @property
    def group_ranks(self) -> pd.DataFrame:
        """Rank of every unit in every element among the units of its group.

        Raises
        ------
        KjreportError
            If the index was made without groups.
        """
        if self.groups is None:
            raise KjreportError("the index has no groups; give composite_index groups=")
        return group_ranks(self.table, self.groups)

    @property
    def effective_weights(self) -> pd.Series[float]:
        """Each element's share in the index, by code."""
        return self.framework.effective_weights(self.weights)

    @property
    def steps(self) -> pd.DataFrame:
        """The settings, one row a step, in order."""
        return pd.DataFrame(
            [(field.name, repr(getattr(self.settings, field.name))) for field in fields(Settings)],
            columns=["step", "setting"],
        )

    def results(self, *, decimals: int | None = 2) -> pd.DataFrame:
        """Return scores for presentation, the best unit first."""
        return results(self.table, self.framework, decimals=decimals)

    def strengths(self, unit: str, *, n: int = 5) -> Strengths:
        """Return what a unit ranks highest and lowest in, with its values before normalising."""
        return strengths_and_weaknesses(self.stages["denominated"], self.framework, unit, n=n)

    def redo(self, **changes: Any) -> CompositeIndex:
        """Make the index anew from the raw data with some settings changed.

        Parameters
        ----------
        **changes
            Names and values of `Settings`, and ``framework`` or ``data``.
        """
        framework = changes.pop("framework", self.framework)
        data = changes.pop("data", self.data)
        return build(data, framework, self.settings.changed(changes), self.groups)

    def __repr__(self) -> str:
        n_units, n_indicators = self.stages["normalised"].shape
        return f"<CompositeIndex of {n_units} units and {n_indicators} indicators>"

    def _repr_html_(self) -> str:
        return str(self.results().to_html())


def composite_index(
    data: pd.DataFrame,
    meta: pd.DataFrame | Framework | None = None,
    *,
    groups: Mapping[str, str] | pd.Series[str] | None = None,
    schema: Schema | None = None,
    **settings: Any,
) -> CompositeIndex:
    """Make a composite index of a panel.

    Parameters
    ----------
    data : DataFrame of shape (n_units, n_columns)
        Indicators, and denominators where the framework names any.
    meta : DataFrame or Framework, optional
        With COINr's column names; see `Framework.from_meta`. By default one pillar a family
        of the schema.
    groups : mapping or Series of unit to group, optional
        For imputation by group and ranks within groups.
    schema : Schema, optional
        Where no meta table is given; the package's own by default.
    **settings
        Of `Settings`.

    Returns
    -------
    CompositeIndex

    Raises
    ------
    KjreportError
        Where data, framework and settings do not go together; the message names the place.
    """
    if meta is None:
        framework = _from_schema(data, schema)
    else:
        framework = meta if isinstance(meta, Framework) else Framework.from_meta(meta)
    of_units = None if groups is None else {str(k): str(v) for k, v in dict(groups).items()}
    return build(data, framework, Settings().changed(settings), of_units)


def build(
    data: pd.DataFrame, framework: Framework, settings: Settings, groups: Mapping[str, str] | None
) -> CompositeIndex:
    """Take all steps from raw data to the index."""
    stages = prepare(data, framework, settings, groups)
    weights = weights_by(settings.weights, stages["normalised"], framework)
    stages["aggregated"] = aggregate(
        stages["normalised"],
        framework,
        method=settings.aggregate,
        weights=weights,
        min_availability=settings.min_availability,
    )
    return CompositeIndex(data, framework, settings, groups, stages, weights)


def prepare(
    data: pd.DataFrame, framework: Framework, settings: Settings, groups: Mapping[str, str] | None
) -> dict[str, pd.DataFrame]:
    """Take the steps from raw to normalised indicators and return the table after each."""
    stages = {"raw": steps.checked(data, framework)}
    stages["denominated"] = (
        steps.denominate(data, framework)
        if settings.denominate
        else data[list(framework.indicators)]
    )
    stages["screened"] = steps.screened(stages["denominated"], settings.screen)
    stages["imputed"] = steps.imputed(stages["screened"], settings.impute, groups)
    stages["treated"] = steps.treated(stages["imputed"], settings.treat)
    stages["normalised"] = steps.normalised(stages["treated"], settings.normalise, framework)
    return stages


def compare(
    before: CompositeIndex, after: CompositeIndex, *, element: str | None = None
) -> pd.DataFrame:
    """Show what moved between two makings of an index.

    Parameters
    ----------
    before, after : CompositeIndex
    element : str, optional
        Code of an indicator or aggregate, by default the index.

    Returns
    -------
    DataFrame
        One row a unit of either: ``score_before``, ``score_after``, ``rank_before``,
        ``rank_after``, ``moved`` (places won); the largest move first. ``attrs["settings"]``
        holds the settings that differ.

    Raises
    ------
    KjreportError
        If `element` is in neither.
    """
    code = before.framework.index if element is None else element
    for index in (before, after):
        _ = index.framework[code]
    moved = pd.DataFrame(
        {
            "score_before": before.table[code],
            "score_after": after.table[code],
            "rank_before": before.ranks[code],
            "rank_after": after.ranks[code],
        }
    )
    moved["moved"] = moved["rank_before"] - moved["rank_after"]
    order = moved["moved"].abs().sort_values(ascending=False, kind="stable").index
    moved = moved.loc[order]
    first, second = before.steps.set_index("step"), after.steps.set_index("step")
    moved.attrs["settings"] = {
        step: (first.loc[step, "setting"], second.loc[step, "setting"])
        for step in first.index
        if first.loc[step, "setting"] != second.loc[step, "setting"]
    }
    return moved


def _from_schema(data: pd.DataFrame, schema: Schema | None) -> Framework:
    from kjreport.schema import Schema

    known = Schema.default() if schema is None else schema
    return Framework.from_schema([str(code) for code in data.columns], known)
