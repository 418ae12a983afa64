"""Figures of composite indices: how firm the ranks are, and what they hang on."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from kjreport.composite import CompositeIndex, Sensitivity, Uncertainty
from kjreport.plot.theme import CLUSTER_COLOURS, INK, axes_of, themed
from kjreport.plot.words import say, short_names
from kjreport.schema import Lang, Schema

_BLUE, _ORANGE = CLUSTER_COLOURS[:2]


@themed
def rank_intervals(
    uncertainty: Uncertainty, *, top: int | None = None, lang: Lang = "zh", ax: Axes | None = None
) -> Axes:
    """Show every district's rank with the interval that the choices leave it.

    Parameters
    ----------
    uncertainty : Uncertainty
    top : int, optional
        Only the districts that rank highest as the index stands.
    lang : {"zh", "en"}, default="zh"
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    stats = uncertainty.rank_stats.sort_values("nominal", kind="stable")
    stats = stats if top is None else stats.head(top)
    ax = axes_of(ax, 7.0, 1.2 + 0.24 * len(stats))
    rows = np.arange(len(stats))
    ax.hlines(rows, stats["q5"], stats["q95"], color=_BLUE, alpha=0.45, linewidth=3)
    ax.plot(stats["median"], rows, "o", color=_BLUE, markersize=5)
    ax.plot(stats["nominal"], rows, "|", color=INK, markersize=9, markeredgewidth=1.4)
    ax.set_yticks(rows, short_names(list(stats.index)))
    ax.set_ylim(len(stats) - 0.5, -0.5)
    ax.set_xlim(0.5, max(float(stats["q95"].max()), float(stats["nominal"].max())) + 0.5)
    ax.set_xlabel(say("rank_axis", lang))
    ax.set_title(say("rank_intervals_title", lang))
    return ax


@themed
def sensitivity_indices(
    sensitivity: Sensitivity, *, lang: Lang = "zh", ax: Axes | None = None
) -> Axes:
    """Show the Sobol indices of every choice with their intervals.

    Parameters
    ----------
    sensitivity : Sensitivity
    lang : {"zh", "en"}, default="zh"
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    indices = sensitivity.indices.sort_values("total", kind="stable")
    ax = axes_of(ax, 6.5, 1.4 + 0.5 * len(indices))
    rows = np.arange(len(indices))
    for kind, colour, shift in (("total", _ORANGE, -0.18), ("first", _BLUE, 0.18)):
        # Estimates of small shares can fall below zero, which no share can be.
        values = indices[kind].clip(lower=0)
        low = values - indices[f"{kind}_low"].clip(lower=0)
        high = indices[f"{kind}_high"].clip(lower=0) - values
        ax.barh(rows + shift, values, height=0.34, color=colour, label=say(f"{kind}_order", lang))
        ax.errorbar(values, rows + shift, xerr=[low, high], fmt="none", ecolor=INK, elinewidth=0.9)
    ax.set_yticks(rows, [say(f"choice_{name}", lang) for name in indices.index])
    ax.set_xlim(left=0)
    ax.set_xlabel(say("sobol_axis", lang))
    ax.set_title(say("sensitivity_title", lang))
    ax.legend(loc="lower right")
    return ax


@themed
def weights_bars(
    index: CompositeIndex,
    *,
    schema: Schema | None = None,
    lang: Lang = "zh",
    ax: Axes | None = None,
) -> Axes:
    """Show each indicator's share in the index, coloured by pillar.

    Parameters
    ----------
    index : CompositeIndex
    schema : Schema, optional
        For the labels; the package's own by default. Elements that it does not know keep the
        names of the framework.
    lang : {"zh", "en"}, default="zh"
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    known = Schema.default() if schema is None else schema
    framework = index.framework
    pillars = [code for code in framework.aggregates if framework[code].level == 2]
    codes = [code for pillar in pillars for code in framework.children(pillar)]
    ax = axes_of(ax, 6.5, 1.2 + 0.26 * len(codes))
    shares = index.effective_weights
    row = 0
    for number, pillar in enumerate(pillars):
        members = framework.children(pillar)
        rows = np.arange(row, row + len(members))
        colour = CLUSTER_COLOURS[number % len(CLUSTER_COLOURS)]
        label = _label(pillar, index, known, lang)
        ax.barh(rows, shares[list(members)] * 100, color=colour, label=label)
        row += len(members)
    ax.set_yticks(np.arange(len(codes)), [_label(code, index, known, lang) for code in codes])
    ax.set_ylim(len(codes) - 0.5, -0.5)
    ax.set_xlabel(say("weights_axis", lang))
    ax.set_title(say("weights_title", lang))
    ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1))
    return ax


def _label(code: str, index: CompositeIndex, schema: Schema, lang: Lang) -> str:
    if code in schema.indicators or code in schema.families:
        return schema.label(code, lang)
    return index.framework[code].name
