"""Districts by features: the profile heatmap and the cluster map with its tree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.collections import PatchCollection
from matplotlib.colors import LinearSegmentedColormap, Normalize
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.transforms import Affine2D, ScaledTranslation, blended_transform_factory
from numpy.typing import NDArray
from scipy.cluster.hierarchy import dendrogram

from kjreport.plot.theme import (
    INK,
    PAPER,
    QUIET,
    REASON_COLOURS,
    REASON_HATCHES,
    axes_of,
    cluster_colour,
    figure_of,
    themed,
)
from kjreport.plot.words import indicator_label, say, short_names, title_of
from kjreport.profile import InnovationProfile
from kjreport.schema import Lang, Schema

# Violet to brown, told apart by every kind of colour vision. The middle is cream rather than
# white, so that an average value is not taken for a missing one.
_COLOURS: Final = LinearSegmentedColormap.from_list(
    "profile", ["#33207a", "#8f86c4", "#f1ead2", "#e39a45", "#7f3b08"]
)
_LIMIT: Final = 2.5
_SCALE: Final = Normalize(-_LIMIT, _LIMIT)
_ROW: Final = 0.21
# Points between the squares and the title, for the scale and the legend.
_HEAD: Final = 46.0
_COLUMN: Final = 0.34


@themed
def profile_heatmap(
    model: InnovationProfile,
    *,
    reasons: pd.DataFrame | None = None,
    lang: Lang = "zh",
    schema: Schema | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Show what every district reports, cluster by cluster.

    Parameters
    ----------
    model : InnovationProfile
        Fitted.
    reasons : DataFrame, optional
        Result of ``kjreport.reasons``; empty cells then show theirs.
    lang : {"zh", "en"}, default="zh"
    schema : Schema, optional
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    schema = Schema.default() if schema is None else schema
    rows = _by_cluster(model)
    names = _by_family(model, schema)
    table = model.features_.iloc[rows][names]
    ax = axes_of(ax, 4.2 + _COLUMN * len(names), 2.6 + _ROW * len(rows))
    why = _reasons_of(table, reasons)
    _cells(ax, table.to_numpy(dtype="float64"), np.ones(table.shape, dtype=bool), why)
    _name_axes(ax, table, model.labels_[rows], schema, lang)
    _mark_clusters(ax, model, model.labels_[rows], lang)
    _scale_bar(ax, say("heatmap_scale", lang))
    shown = [reason for reason in REASON_COLOURS if (why == reason).any()]
    _explain_gaps(ax, shown or ["no_value"], lang)
    ax.set_title(title_of(model, "heatmap_title", lang), y=1.0, pad=_HEAD)
    return ax


@themed
def cluster_map(
    model: InnovationProfile,
    *,
    lang: Lang = "zh",
    schema: Schema | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Show the tree of districts beside the features it was grown on.

    Values that were filled in are drawn as small squares, those that were reported as full
    ones.

    Parameters
    ----------
    model : InnovationProfile
        Fitted.
    lang : {"zh", "en"}, default="zh"
    schema : Schema, optional
    ax : Axes, optional
        For the squares; the tree stands to the left of it.

    Returns
    -------
    Axes
    """
    schema = Schema.default() if schema is None else schema
    places = {area: i for i, area in enumerate(model.features_.index)}
    linked = np.array([places[area] for area in model.linked_])
    names = _by_family(model, schema)
    ax = axes_of(ax, 5.4 + _COLUMN * len(names), 2.6 + _ROW * len(linked))
    tree_ax = ax.inset_axes((-0.3, 0.0, 0.27, 1.0))
    order = linked[_draw_tree(tree_ax, model, model.labels_[linked])]
    filled = model.filled_.iloc[order][names]
    standard = (filled - filled.mean()) / filled.std(ddof=0).replace(0.0, 1.0)
    known = model.features_.iloc[order][names].notna().to_numpy()
    _cells(ax, standard.to_numpy(dtype="float64"), known, np.full(known.shape, ""))
    _name_axes(ax, standard, model.labels_[order], schema, lang)
    tree_ax.set_ylim(10 * len(order), 0)
    _name_colours(ax, model, lang)
    _scale_bar(ax, say("cluster_map_scale", lang))
    ax.set_title(title_of(model, "cluster_map_title", lang), y=1.0, pad=_HEAD)
    return ax


def _by_cluster(model: InnovationProfile) -> NDArray[np.int64]:
    labels = np.where(model.labels_ < 0, model.n_clusters_, model.labels_)
    fit = np.nan_to_num(model.silhouette_samples_, nan=-1.0)
    return np.lexsort((model.features_.index.astype(str), -fit, labels))


def _by_family(model: InnovationProfile, schema: Schema) -> list[str]:
    """Order features by source, then by family and indicator as the schema does."""
    codes = list(schema.indicators)
    families = list(schema.families)

    def place(name: str) -> tuple[int, int, int, str]:
        head, _, rest = name.partition(":")
        if head in schema.indicators:
            family = families.index(schema.indicators[head].family)
            return 0, family, codes.index(head), rest
        return (1, families.index(rest), 0, "") if rest in families else (2, 0, 0, name)

    return sorted(model.features_.columns, key=place)


def _reasons_of(table: pd.DataFrame, reasons: pd.DataFrame | None) -> NDArray[np.str_]:
    if reasons is None:
        return np.full(table.shape, "", dtype="<U14")
    aligned = reasons.reindex(index=table.index, columns=table.columns)
    return aligned.astype("str").fillna("").to_numpy(dtype="<U14")


def _cells(
    ax: Axes, values: NDArray[np.float64], whole: NDArray[np.bool_], why: NDArray[np.str_]
) -> None:
    n, p = values.shape
    known = ~np.isnan(values)
    places = np.argwhere(known)
    sides = np.where(whole[known], 0.94, 0.5)
    squares = [
        Rectangle((j + (1 - side) / 2, i + (1 - side) / 2), side, side)
        for (i, j), side in zip(places.tolist(), sides.tolist(), strict=True)
    ]
    # One collection and one line: a thousand artists would be laid out one by one.
    ax.add_collection(PatchCollection(squares, facecolors=_COLOURS(_SCALE(values[known])), lw=0))
    hatched = ~known & np.isin(why, [reason for reason, hatch in REASON_HATCHES.items() if hatch])
    for i, j in np.argwhere(hatched).tolist():
        ax.add_patch(Rectangle((j + 0.06, i + 0.06), 0.88, 0.88, **_hatched(str(why[i, j]))))
    silent = np.argwhere(~known & ~hatched)
    ax.plot(silent[:, 1] + 0.5, silent[:, 0] + 0.5, ".", color="#bdbdbd", ms=2)
    ax.set_xlim(0, p)
    ax.set_ylim(n, 0)
    ax.tick_params(length=0)
    for side_name in ("left", "bottom"):
        ax.spines[side_name].set_visible(False)


def _hatched(reason: str) -> dict[str, Any]:
    colour = REASON_COLOURS[reason]
    return {"facecolor": PAPER, "edgecolor": colour, "hatch": REASON_HATCHES[reason], "lw": 0}


def _name_axes(
    ax: Axes, table: pd.DataFrame, labels: NDArray[np.int64], schema: Schema, lang: Lang
) -> None:
    ax.set_yticks(np.arange(len(table)) + 0.5, short_names(table.index.tolist()), fontsize=8)
    ax.yaxis.tick_right()
    for tick, label in zip(ax.get_yticklabels(), labels.tolist(), strict=True):
        tick.set_color(cluster_colour(label))
    names = [indicator_label(str(name), schema, lang) for name in table.columns]
    ax.set_xticks(np.arange(table.shape[1]) + 0.5, names, rotation=60, ha="right", fontsize=8)
    for tick in ax.get_xticklabels():
        tick.set_rotation_mode("anchor")


def _mark_clusters(
    ax: Axes, model: InnovationProfile, labels: NDArray[np.int64], lang: Lang
) -> None:
    """Part clusters by a white line, with a coloured bar and a name to the left of each."""
    verdicts = dict(zip(model.stability_["cluster"], model.stability_["verdict"], strict=True))
    for cluster in sorted(set(labels.tolist()), key=lambda label: (label < 0, label)):
        inside = np.flatnonzero(labels == cluster)
        top, bottom = float(inside.min()), float(inside.max() + 1)
        ax.plot([0, table_width(ax)], [bottom, bottom], color=PAPER, lw=3, clip_on=False)
        bar = Rectangle(
            (-0.014, top + 0.08),
            0.008,
            bottom - top - 0.16,
            transform=ax.get_yaxis_transform(),
            facecolor=cluster_colour(cluster),
            clip_on=False,
        )
        ax.add_patch(bar)
        name = say("group", lang, number=cluster + 1) if cluster >= 0 else say("no_group", lang)
        verdict = f"\n{say(verdicts[cluster], lang)}" if cluster in verdicts else ""
        ax.text(
            -0.024,
            (top + bottom) / 2,
            f"{name}{verdict}",
            transform=ax.get_yaxis_transform(),
            ha="right",
            va="center",
            color=cluster_colour(cluster),
            fontsize=9,
            linespacing=1.4,
        )


def table_width(ax: Axes) -> float:
    """Return the number of columns drawn."""
    return float(ax.get_xlim()[1])


def _draw_tree(ax: Axes, model: InnovationProfile, labels: NDArray[np.int64]) -> NDArray[np.int64]:
    n = len(labels)
    members: dict[int, set[int]] = {i: {int(labels[i])} for i in range(n)}
    for i, (left, right, *_) in enumerate(model.linkage_):
        members[n + i] = members[int(left)] | members[int(right)]

    def colour(node: int) -> str:
        clusters = members[node]
        return cluster_colour(next(iter(clusters))) if len(clusters) == 1 else QUIET

    tree = dendrogram(
        model.linkage_, orientation="left", ax=ax, no_labels=True, link_color_func=colour
    )
    ax.set_axis_off()
    # Room for the stems of districts that are alike in everything.
    ax.set_xlim(right=-0.02 * ax.get_xlim()[0])
    return np.asarray(tree["leaves"], dtype=np.int64)


def _name_colours(ax: Axes, model: InnovationProfile, lang: Lang) -> None:
    handles = [
        Patch(color=cluster_colour(cluster), label=say("group", lang, number=cluster + 1))
        for cluster in range(model.n_clusters_)
    ]
    _legend_above(ax, handles)


def _scale_bar(ax: Axes, label: str) -> None:
    # Its height in points, so that it stays as thin beside five rows as beside fifty.
    figure = figure_of(ax)
    top = ScaledTranslation(0, 1, ax.transAxes)  # type: ignore[arg-type]
    points_above = Affine2D().scale(1 / 72) + figure.dpi_scale_trans + top
    across = blended_transform_factory(ax.transAxes, points_above)
    width = min(1.0, 4.0 / table_width(ax))
    bar_ax = ax.inset_axes((0.0, 20.0, width, 7.0), transform=across)
    bar = figure.colorbar(
        ScalarMappable(_SCALE, _COLOURS), cax=bar_ax, orientation="horizontal", ticks=[-2, 0, 2]
    )
    bar.outline.set_visible(False)
    bar_ax.xaxis.tick_top()
    bar_ax.tick_params(length=2, labelsize=7, pad=1)
    bar_ax.text(1.04, 0.5, label, transform=bar_ax.transAxes, va="center", fontsize=8, color=INK)


def _explain_gaps(ax: Axes, reasons: Sequence[str], lang: Lang) -> None:
    handles: list[Artist] = []
    for reason in reasons:
        if REASON_HATCHES.get(reason):
            handles.append(Patch(**_hatched(reason), label=say(reason, lang)))
        elif reason != "reported":
            dot = Line2D([], [], color="#bdbdbd", marker=".", ms=5, ls="", label=say(reason, lang))
            handles.append(dot)
    _legend_above(ax, handles)


def _legend_above(ax: Axes, handles: Sequence[Artist]) -> None:
    ax.legend(
        handles=handles,
        loc="lower right",
        bbox_to_anchor=(1.0, 1.0),
        ncols=max(1, len(handles)),
        fontsize=8,
        handlelength=1.2,
        handleheight=1.2,
        columnspacing=1.0,
        borderaxespad=0.2,
    )
