"""Where reports spend their words."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from kjreport.plot.theme import (
    FAMILY_COLOURS,
    PAPER,
    axes_of,
    cluster_colour,
    say_nothing,
    themed,
)
from kjreport.plot.words import say, short_names
from kjreport.profile import InnovationProfile
from kjreport.schema import Lang, Schema


@themed
def emphasis_bars(
    emphasis: pd.DataFrame,
    *,
    model: InnovationProfile | None = None,
    lang: Lang = "zh",
    schema: Schema | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Show the share of text that each district's report gives to each indicator family.

    Families stand in the order of their mean share; districts in that of the family at the
    left, within their cluster where a model is given.

    Parameters
    ----------
    emphasis : DataFrame of shape (n_districts, n_families)
        Shares that sum to 1.
    model : InnovationProfile, optional
        Fitted on the same districts.
    lang : {"zh", "en"}, default="zh"
    schema : Schema, optional
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    schema = Schema.default() if schema is None else schema
    shares = 100 * emphasis.dropna(how="all").fillna(0.0)
    if shares.empty:
        return say_nothing(axes_of(ax, 6.0, 2.0), say("no_value", lang))
    families = shares.mean().sort_values(ascending=False, kind="stable").index
    clusters = _clusters_of(shares.index, model)
    order = np.lexsort((-shares[families[0]].to_numpy(), clusters))
    shares = shares.iloc[order][families]
    rows = _spaced(clusters[order])
    ax = axes_of(ax, 9.0, 1.9 + 0.22 * (len(shares) + 1))
    palette = dict(zip(schema.families, FAMILY_COLOURS, strict=False))
    top = np.append(rows, -1.4)
    table = np.vstack([shares.to_numpy(dtype="float64"), shares.mean().to_numpy(dtype="float64")])
    begin = np.zeros(len(table))
    for j, family in enumerate(families):
        label = schema.label(family, lang) if family in schema.families else str(family)
        colour = palette.get(family, FAMILY_COLOURS[j % len(FAMILY_COLOURS)])
        ax.barh(
            top, table[:, j], left=begin, height=0.84, color=colour, label=label, ec=PAPER, lw=0.4
        )
        begin += table[:, j]
    ax.set_yticks(top, [*short_names(shares.index.tolist()), say("mean", lang)], fontsize=8)
    for tick, cluster in zip(ax.get_yticklabels(), [*clusters[order], -2], strict=True):
        tick.set_color(cluster_colour(int(cluster)) if cluster >= 0 else "#222222")
    ax.set_ylim(rows[-1] + 0.7, -2.0)
    ax.set_xlim(0, 100)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.set_xlabel(say("share_of_text", lang))
    ax.set_title(say("emphasis_title", lang))
    ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), fontsize=9, handlelength=1.0)
    return ax


def _clusters_of(areas: pd.Index, model: InnovationProfile | None) -> np.ndarray:
    if model is None:
        return np.full(len(areas), -1)
    known = dict(zip(model.features_.index, model.labels_.tolist(), strict=True))
    return np.array([known.get(area, -1) for area in areas])


def _spaced(clusters: np.ndarray) -> np.ndarray:
    """Leave a gap between one cluster and the next."""
    breaks = np.concatenate([[False], np.diff(clusters) != 0]).cumsum()
    return np.arange(len(clusters)) + 0.6 * breaks
