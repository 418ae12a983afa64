"""Districts on a plane, and how often two of them fall together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Polygon
from numpy.typing import NDArray
from scipy.spatial import ConvexHull, QhullError

from kjreport.plot.placement import place_labels
from kjreport.plot.theme import CLUSTER_MARKERS, QUIET, axes_of, cluster_colour, themed
from kjreport.plot.words import say, short_names, title_of
from kjreport.profile import InnovationProfile
from kjreport.profile.words import feature_label
from kjreport.schema import Lang, Schema

# What fits beside an axis of a map.
_AXIS_CHARACTERS: Final[Mapping[str, int]] = {"zh": 44, "en": 76}


@themed
def pca_map(
    model: InnovationProfile,
    *,
    lang: Lang = "zh",
    schema: Schema | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Place the districts on the first two principal components of their features.

    The axes name the features that weigh most at their ends.

    Parameters
    ----------
    model : InnovationProfile
        Fitted.
    lang : {"zh", "en"}, default="zh"
    schema : Schema, optional
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    schema = Schema.default() if schema is None else schema
    ax = axes_of(ax, 9.0, 7.0)
    placed = model.filled_.notna().all(axis=1).to_numpy()
    table = model.filled_[placed]
    labels = model.labels_[placed]
    scores, axes, shares = _components(table)
    for cluster in sorted(set(labels.tolist()), key=lambda label: (label < 0, label)):
        rows = labels == cluster
        colour = cluster_colour(cluster)
        _hull(ax, scores[rows], colour)
        name = (
            say("group_size", lang, number=cluster + 1, size=int(rows.sum()))
            if cluster >= 0
            else say("no_group", lang)
        )
        marker = CLUSTER_MARKERS[cluster % len(CLUSTER_MARKERS)] if cluster >= 0 else "x"
        x, y = scores[rows].T
        ax.scatter(x, y, c=colour, marker=marker, s=34, linewidths=0.8, label=name, zorder=3)
    ax.axhline(0, color="#dddddd", lw=0.8, zorder=0)
    ax.axvline(0, color="#dddddd", lw=0.8, zorder=0)
    ax.margins(0.12)
    for number, axis in enumerate((ax.xaxis, ax.yaxis)):
        title = say("pca_axis", lang, number=number + 1, share=shares[number])
        ends = _ends(table.columns, axes[number], schema, lang)
        axis.set_label_text(f"{title}\n{ends}", linespacing=1.7, fontsize=10)
    ax.legend(loc="best", fontsize=9)
    ax.set_title(title_of(model, "pca_title", lang))
    points = [(float(x), float(y)) for x, y in scores]
    place_labels(ax, points, short_names(table.index.tolist()))
    return ax


@themed
def consensus_map(
    model: InnovationProfile,
    *,
    lang: Lang = "zh",
    ax: Axes | None = None,
) -> Axes:
    """Show how often two districts fall into one cluster when the data are shaken.

    Clusters that hold are dark squares on the diagonal with nothing beside them.

    Parameters
    ----------
    model : InnovationProfile
        Fitted.
    lang : {"zh", "en"}, default="zh"
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    labels = np.where(model.labels_ < 0, model.n_clusters_, model.labels_)
    within = (model.consensus_ * (labels[:, np.newaxis] == labels)).sum(axis=1)
    order = np.lexsort((-within, labels))
    side = 2.8 + 0.17 * len(order)
    ax = axes_of(ax, side + 0.6, side)
    image = ax.imshow(
        model.consensus_[np.ix_(order, order)], cmap="Blues", vmin=0, vmax=1, aspect="equal"
    )
    names = short_names(model.features_.index[order].tolist())
    ax.set_yticks(range(len(order)), names, fontsize=7)
    ax.set_xticks(range(len(order)), names, fontsize=7, rotation=90)
    ax.tick_params(length=0)
    for axis in (ax.get_xticklabels(), ax.get_yticklabels()):
        for tick, row in zip(axis, order, strict=True):
            tick.set_color(cluster_colour(int(model.labels_[row])))
    for edge in np.flatnonzero(np.diff(labels[order])) + 0.5:
        ax.axhline(edge, color=QUIET, lw=0.8)
        ax.axvline(edge, color=QUIET, lw=0.8)
    for spine in ax.spines.values():
        spine.set_visible(False)
    bar = ax.figure.colorbar(image, ax=ax, shrink=0.4, aspect=14, pad=0.02)
    bar.outline.set_visible(False)
    bar.set_label(say("consensus_axis", lang))
    ax.set_title(title_of(model, "consensus_title", lang))
    return ax


def _components(
    table: pd.DataFrame,
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return scores, axes and shares of variance of two components, signs made certain."""
    centred = table.to_numpy(dtype="float64") - table.to_numpy(dtype="float64").mean(axis=0)
    left, spread, axes = np.linalg.svd(centred, full_matrices=False)
    if len(spread) < 2:
        # One feature spans a line; the second axis is empty.
        left = np.column_stack([left, np.zeros(len(left))])
        axes = np.vstack([axes, np.zeros(axes.shape[1])])
        spread = np.append(spread, 0.0)
    signs = np.sign(axes[np.arange(2), np.abs(axes[:2]).argmax(axis=1)])
    signs[signs == 0] = 1.0
    total = float((spread**2).sum()) or 1.0
    return (
        left[:, :2] * spread[:2] * signs,
        axes[:2] * signs[:, np.newaxis],
        spread[:2] ** 2 / total,
    )


def _ends(columns: pd.Index, axis: NDArray[np.float64], schema: Schema, lang: Lang) -> str:
    """Name the features that weigh most towards either end of an axis."""
    joint = "、" if lang == "zh" else ", "
    ranked = np.argsort(axis, kind="stable")

    def said(most: int) -> str:
        low = [_label(i) for i in ranked[:most] if axis[i] < 0]
        high = [_label(i) for i in ranked[::-1][:most] if axis[i] > 0]
        ends = (f"← {joint.join(low)}" if low else "", f"{joint.join(high)} →" if high else "")
        return "     ".join(filter(None, ends))

    def _label(i: int) -> str:
        return feature_label(str(columns[i]), schema, lang)

    both = said(2)
    return both if len(both) <= _AXIS_CHARACTERS[lang] else said(1)


def _hull(ax: Axes, points: NDArray[np.float64], colour: str) -> None:
    if len(points) < 3:
        return
    try:
        corners = points[ConvexHull(points).vertices]
    except QhullError:
        # Points on one line have no hull to draw.
        return
    ax.add_patch(Polygon(corners, closed=True, facecolor=colour, alpha=0.08, lw=0, zorder=1))
