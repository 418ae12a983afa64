"""The stages of a study that follow the observations, and what is chosen in each."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, Final

import pandas as pd

from kjreport.composite import CompositeIndex, Sensitivity, Settings, WeightNoise, composite_index
from kjreport.composite import sensitivity as sensitivity_of
from kjreport.errors import KjreportError
from kjreport.extract import emphasis
from kjreport.load import Reports
from kjreport.panel import cells, locate, panel, reasons
from kjreport.profile import FeatureScreen, InnovationProfile, NoStableClusterWarning, screen
from kjreport.schema import Schema
from kjreport.stance import stance_profile

# Two districts make no groups.
FEWEST_DISTRICTS: Final = 3
# Fewer make a list that anyone can read off the panel, not an index.
FEWEST_RANKED: Final = 8
FEWEST_INDICATORS: Final = 3
FEWEST_PILLARS: Final = 2

_ON_BOUNDS: Final = {"method": "minmax", "bounds": (1, 100)}
# What other makers of the same index could as well have chosen.
ALTERNATIVES: Final[Mapping[str, Any]] = {
    "impute": ["median", "mean", "knn"],
    "treat": [True, None],
    "normalise": [_ON_BOUNDS, {"method": "rank"}],
    "weights": WeightNoise(0.25),
    "aggregate": ["arithmetic", "geometric", "copeland"],
}
# A power of 2; 896 variants of five choices.
_SAMPLES: Final = 128

_OF_PROFILE: Final = frozenset(InnovationProfile().get_params()) - {"weights"}
_OF_INDEX: Final = frozenset(setting.name for setting in fields(Settings))


@dataclass(frozen=True)
class Choices:
    """What is chosen between the observations and the end of a study.

    Attributes
    ----------
    period : str or None
        Of the panel; None for each district's latest year.
    min_stated : float
        Share of the districts that must state an indicator for it to enter groups and index.
    profile : mapping of str to object
        Parameters of `kjreport.InnovationProfile`.
    index : Settings
        Of the composite index.
    """

    period: str | None = None
    min_stated: float = 0.15
    profile: Mapping[str, Any] = field(
        default_factory=lambda: {"sources": ("indicators", "emphasis")}
    )
    index: Settings = field(
        default_factory=lambda: Settings(
            screen=0.66, impute="median", treat=True, normalise=_ON_BOUNDS
        )
    )

    def changed(self, changes: Mapping[str, Any]) -> Choices:
        """Return the choices with some of them changed.

        Parameters
        ----------
        changes : mapping of str to object
            By name: ``period``, ``min_stated``, parameters of `kjreport.InnovationProfile`
            (its ``weights`` called ``source_weights``), and settings of the index.

        Raises
        ------
        KjreportError
            If a name is none of these.

        Examples
        --------
        >>> Choices().changed({"normalise": "zscore", "n_clusters": 4}).index.normalise
        'zscore'
        """
        stages = {name: stage_of(name) for name in changes}
        profile = {
            name.removeprefix("source_"): value
            for name, value in changes.items()
            if stages[name] == "profile"
        }
        index = {name: value for name, value in changes.items() if stages[name] == "index"}
        own = {name: value for name, value in changes.items() if name in ("period", "min_stated")}
        return replace(
            self,
            profile={**self.profile, **profile},
            index=self.index.changed(index),
            **own,
        )

    def record(self) -> dict[str, Any]:
        """Return every choice by stage and name, those that were left to the default too."""
        return {
            "period": self.period,
            "min_stated": self.min_stated,
            "profile": InnovationProfile(**self.profile).get_params(),
            "index": asdict(self.index),
        }


def stage_of(name: str) -> str:
    """Return the stage in which something is chosen: panel, screening, profile or index.

    Raises
    ------
    KjreportError
        If nothing of that name is chosen.
    """
    for stage, names in _NAMES.items():
        if name in names:
            return stage
    known = ", ".join(sorted(frozenset().union(*_NAMES.values())))
    raise KjreportError(f"no choice {name!r} in a study; the choices are {known}")


_NAMES: Final[Mapping[str, frozenset[str]]] = {
    "panel": frozenset({"period"}),
    "screening": frozenset({"min_stated"}),
    "profile": _OF_PROFILE | {"source_weights"},
    "index": _OF_INDEX,
}


@dataclass(frozen=True)
class Panel:
    """A panel with all that is said of its cells; a row for every district with a report."""

    cells: pd.DataFrame
    panel: pd.DataFrame
    reasons: pd.DataFrame


@dataclass(frozen=True)
class Groups:
    """The groups, or why there are none."""

    model: InnovationProfile | None
    ungrouped: str


@dataclass(frozen=True)
class Ranking:
    """A composite index and how far its ranks hold, or why there is none."""

    comparable: pd.DataFrame
    index: CompositeIndex | None
    sensitivity: Sensitivity | None
    unindexed: str


def described(
    reports: Reports, clauses: pd.DataFrame, schema: Schema
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return the districts that the reports speak of, and the emphasis and stance of each."""
    catalogue = pd.DataFrame(
        {
            "report_id": [report.report_id for report in reports],
            "area": [report.origin.area for report in reports],
            "year": [report.origin.year or 0 for report in reports],
        }
    ).astype({"report_id": "str", "area": "str"})
    located = locate(catalogue)
    by_area = located.groupby("area")
    districts = by_area[["gb_code", "tier"]].first().assign(reports=by_area.size())
    # What a district dwelt on years ago is not what sets it apart now.
    latest = located[located["year"] == by_area["year"].transform("max")]
    areas = latest.set_index("report_id")["area"]
    shares = emphasis(reports, schema=schema)
    of_latest = clauses[clauses["report_id"].isin(areas.index)]
    stances = stance_profile(of_latest.assign(area=of_latest["report_id"].map(areas)), by="area")
    return districts, shares.loc[areas.index].groupby(areas).mean(), stances


def lay_out(merged: pd.DataFrame, districts: pd.Index, choices: Choices, schema: Schema) -> Panel:
    """Lay merged observations out as district by indicator."""
    period = choices.period
    values = panel(merged, period=period, schema=schema)
    why = reasons(merged, period=period, schema=schema)
    everywhere = districts.union(values.index).rename("area")
    return Panel(
        cells(merged, period=period, schema=schema),
        values.reindex(everywhere),
        why.reindex(everywhere, fill_value="not reported"),
    )


def group(
    values: pd.DataFrame, shares: pd.DataFrame, stances: pd.DataFrame, choices: Choices
) -> Groups:
    """Fit the groups on the indicators that enough districts state, and on what they write.

    Raises
    ------
    KjreportError
        If the districts cannot be grouped into the number of groups that was asked for.
    """
    if len(values) < FEWEST_DISTRICTS:
        noun = "district" if len(values) == 1 else "districts"
        return Groups(None, f"{len(values)} {noun}; groups need {FEWEST_DISTRICTS} or more")
    model = InnovationProfile(**choices.profile)
    stated = well_stated(values, choices.min_stated)
    if stated.empty:
        # None is stated by enough districts; the groups then rest on the texts, and of the
        # first table only the names of the districts count.
        model.set_params(sources=[name for name in model.sources if name != "indicators"])
        stated = shares.reindex(values.index)
    with warnings.catch_warnings():
        # The model keeps the reason in `refusal_`, and the brief tells it.
        warnings.simplefilter("ignore", NoStableClusterWarning)
        try:
            model.fit(stated, emphasis=shares, stance=stances)
        except KjreportError as error:
            if model.n_clusters != "auto":
                raise
            return Groups(None, str(error))
    return Groups(model, "")


def rank(values: pd.DataFrame, choices: Choices, schema: Schema) -> Ranking:
    """Make a composite index, a pillar a family, where the panel holds enough for one.

    Raises
    ------
    KjreportError
        If settings that were asked for do not go together.
    """
    comparable = _comparable(values, choices)
    n_districts, n_indicators = comparable.shape
    n_pillars = len({schema.indicators[code].family for code in comparable.columns})
    fewest = (FEWEST_RANKED, FEWEST_INDICATORS, FEWEST_PILLARS)
    if any(
        n < least for n, least in zip((n_districts, n_indicators, n_pillars), fewest, strict=True)
    ):
        too_little = (
            f"screening leaves {n_districts} districts, {n_indicators} indicators and {n_pillars} "
            "families; an index needs {} or more, {} and {}".format(*fewest)
        )
        return Ranking(comparable, None, None, too_little)
    try:
        index = composite_index(comparable, schema=schema, **vars(choices.index))
        found = sensitivity_of(index, ALTERNATIVES, n=_SAMPLES, random_state=0)
    except KjreportError as error:
        if choices.index != Choices().index:
            raise
        return Ranking(comparable, None, None, str(error))
    return Ranking(comparable, index, found, "")


def _comparable(values: pd.DataFrame, choices: Choices) -> pd.DataFrame:
    """Return the indicators that enough districts state, of the districts that state enough."""
    stated = well_stated(values, choices.min_stated)
    if stated.empty or choices.index.screen is None:
        return stated
    kept = screen(stated, min_availability=choices.index.screen).data
    return well_stated(kept, choices.min_stated)


def well_stated(values: pd.DataFrame, min_stated: float) -> pd.DataFrame:
    """Return the indicators that enough districts state to tell these apart."""
    known = values.dropna(axis=1, how="all")
    if known.empty:
        return known
    chosen = FeatureScreen(min_availability=min_stated)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="No features were selected")
        table: pd.DataFrame = chosen.set_output(transform="pandas").fit_transform(known)
    return table
