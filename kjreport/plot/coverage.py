"""What is known and why the rest is not; what was planned and what came of it."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from kjreport.panel import REASONS
from kjreport.plot.theme import (
    PAPER,
    QUIET,
    REASON_COLOURS,
    REASON_HATCHES,
    axes_of,
    say_nothing,
    themed,
)
from kjreport.plot.words import say, short_names
from kjreport.profile.words import feature_label
from kjreport.schema import Lang, Schema


@themed
def missingness(
    reasons: pd.DataFrame,
    *,
    lang: Lang = "zh",
    schema: Schema | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Count for every indicator the districts that report it, and why the others do not.

    Parameters
    ----------
    reasons : DataFrame of shape (n_districts, n_indicators)
        Result of ``kjreport.reasons``.
    lang : {"zh", "en"}, default="zh"
    schema : Schema, optional
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    schema = Schema.default() if schema is None else schema
    if reasons.empty:
        return say_nothing(axes_of(ax, 6.0, 3.0), say("no_value", lang))
    counts = pd.DataFrame({str(reason): (reasons == reason).sum() for reason in REASONS})
    counts = counts.sort_values(list(REASONS), ascending=False, kind="stable")
    ax = axes_of(ax, 8.0, 1.6 + 0.24 * len(counts))
    rows = np.arange(len(counts))
    begin = np.zeros(len(counts))
    for reason in REASONS:
        hatch = REASON_HATCHES[reason]
        ax.barh(
            rows,
            counts[reason],
            left=begin,
            height=0.78,
            label=say(reason, lang),
            facecolor=PAPER if hatch else REASON_COLOURS[reason],
            edgecolor=REASON_COLOURS[reason] if hatch else PAPER,
            hatch=hatch,
            lw=0.6,
        )
        begin += counts[reason].to_numpy()
    stated = (counts.sum(axis=1) - counts["not reported"]).tolist()
    for row, (known, end) in enumerate(zip(counts["reported"].tolist(), stated, strict=True)):
        inside = known >= 0.05 * len(reasons)
        ax.text(
            known / 2 if inside else end + 0.006 * len(reasons),
            row,
            str(known),
            ha="center" if inside else "left",
            va="center",
            fontsize=8,
            color=PAPER if inside else QUIET,
        )
    labels = [feature_label(str(name), schema, lang) for name in counts.index]
    ax.set_yticks(rows, labels, fontsize=9)
    ax.set_ylim(len(counts) - 0.4, -0.6)
    ax.set_xlim(0, len(reasons))
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.set_xlabel(say("districts", lang))
    ax.set_title(say("missing_title", lang), pad=28)
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=4, fontsize=9, borderaxespad=0.3)
    return ax


@themed
def targets_against_results(
    targets: pd.DataFrame,
    *,
    lang: Lang = "zh",
    schema: Schema | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Show by how much results met or missed the targets set for the same period.

    Parameters
    ----------
    targets : DataFrame
        Result of ``kjreport.panel.targets``.
    lang : {"zh", "en"}, default="zh"
    schema : Schema, optional
    ax : Axes, optional

    Returns
    -------
    Axes
        A sentence instead of a chart where no target has a result.
    """
    schema = Schema.default() if schema is None else schema
    paired = targets[targets["attainment"].notna()]
    paired = paired.sort_values(["attainment", "area", "indicator"], ignore_index=True)
    open_count = len(targets) - len(paired)
    note = say("targets_open", lang, count=open_count) if open_count else ""
    n_masked = int((targets["actual_masked"] | targets["target_masked"]).sum())
    if n_masked:
        note += ("，" if lang == "zh" else "; ") + say("targets_masked", lang, count=n_masked)
    if paired.empty:
        return say_nothing(
            axes_of(ax, 6.0, 2.0), "\n".join(filter(None, (say("no_targets", lang), note)))
        )
    ax = axes_of(ax, 8.5, 1.8 + 0.26 * len(paired))
    percent = 100 * paired["attainment"].to_numpy(dtype="float64")
    rows = np.arange(len(paired))
    met = percent >= 100
    for chosen, key, colour in ((met, "met", "#0072b2"), (~met, "missed", "#d55e00")):
        if chosen.any():
            ax.hlines(rows[chosen], 100, percent[chosen], color=colour, lw=2)
            ax.scatter(percent[chosen], rows[chosen], color=colour, s=30, label=say(key, lang))
    ax.axvline(100, color=QUIET, lw=1)
    low, high = min(100.0, float(percent.min())), max(100.0, float(percent.max()))
    room = 0.12 * max(high - low, 10.0)
    ax.set_xlim(low - room, high + room)
    for row, value in zip(rows, percent, strict=True):
        ax.annotate(
            f"{value:.0f}",
            (value, row),
            xytext=(7 if value >= 100 else -7, 0),
            textcoords="offset points",
            ha="left" if value >= 100 else "right",
            va="center",
            fontsize=8,
        )
    areas = _short(paired["area"])
    measured = paired["indicator"] + ":" + paired["measure"]
    labels = [
        f"{area} · {feature_label(name, schema, lang)} {period}"
        for area, name, period in zip(areas, measured, paired["period"], strict=True)
    ]
    ax.set_yticks(rows, labels, fontsize=9)
    ax.set_ylim(-0.8, len(paired) - 0.2)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.set_xlabel("\n".join(filter(None, (say("attainment", lang), note))), linespacing=1.6)
    ax.set_title(say("targets_title", lang))
    ax.legend(loc="lower right", fontsize=9)
    return ax


def _short(areas: pd.Series[str]) -> list[str]:
    known = sorted(areas.unique())
    short = dict(zip(known, short_names(known), strict=True))
    return [short[area] for area in areas]
