"""How many clusters, how firm they are, and what sets them apart."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from kjreport.plot.theme import PAPER, QUIET, axes_of, cluster_colour, themed
from kjreport.plot.words import say, short_names, title_of
from kjreport.profile import InnovationProfile
from kjreport.profile.stability import DISSOLVED, HIGHLY_STABLE, PATTERN, STABLE
from kjreport.profile.words import feature_label
from kjreport.schema import Lang, Schema

_SCHEME_MARKERS = {"bootstrap": "o", "subset": "s", "noise": "^"}


@themed
def choice_of_clusters(
    model: InnovationProfile, *, lang: Lang = "zh", ax: Axes | None = None
) -> Axes:
    """Show the criteria for the number of clusters side by side.

    Parameters
    ----------
    model : InnovationProfile
        Fitted.
    lang : {"zh", "en"}, default="zh"
    ax : Axes, optional
        Divided into four.

    Returns
    -------
    Axes
    """
    ax = axes_of(ax, 8.5, 5.2)
    ax.set_axis_off()
    ax.set_title(say("choice_title", lang), pad=20)
    table = model.choice_
    numbers = table.index.to_numpy()
    for i, criterion in enumerate(("silhouette", "gap", "bic", "stability")):
        part = ax.inset_axes((0.54 * (i % 2), 0.57 * (1 - i // 2), 0.46, 0.37))
        values = table[criterion].to_numpy(dtype="float64")
        error = table["gap_se"].to_numpy(dtype="float64") if criterion == "gap" else None
        part.errorbar(numbers, values, yerr=error, color=QUIET, marker="o", ms=4, lw=1.2)
        chosen = numbers == model.n_clusters_
        part.plot(numbers[chosen], values[chosen], "o", ms=8, color="#d55e00", zorder=4)
        if criterion == "stability":
            part.axhline(STABLE, color=QUIET, lw=0.8, ls=":")
        part.set_title(say(criterion, lang), fontsize=10)
        part.set_xticks(numbers)
        if i >= 2:
            part.set_xlabel(say("n_clusters", lang))
    return ax


@themed
def silhouette_plot(model: InnovationProfile, *, lang: Lang = "zh", ax: Axes | None = None) -> Axes:
    """Show how well every district fits its cluster.

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
    placed = np.flatnonzero(model.labels_ >= 0)
    order = placed[np.lexsort((-model.silhouette_samples_[placed], model.labels_[placed]))]
    labels = model.labels_[order]
    rows = np.arange(len(order)) + 0.8 * np.concatenate([[0], np.diff(labels) != 0]).cumsum()
    ax = axes_of(ax, 6.8, 1.6 + 0.2 * len(order))
    widths = np.nan_to_num(model.silhouette_samples_[order])
    ax.barh(rows, widths, color=[cluster_colour(int(label)) for label in labels], height=0.85)
    ax.axvline(model.silhouette_, color=QUIET, lw=1, ls="--")
    ax.axvline(0, color=QUIET, lw=0.8)
    ax.annotate(
        f"{say('mean', lang)} {model.silhouette_:.2f}",
        (model.silhouette_, 1.0),
        xycoords=("data", "axes fraction"),
        xytext=(0, 2),
        textcoords="offset points",
        ha="center",
        fontsize=8,
        color=QUIET,
    )
    ax.set_yticks(rows, short_names(model.features_.index[order].tolist()), fontsize=8)
    ax.set_ylim(rows[-1] + 0.8, -0.8)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.set_xlabel(say("silhouette_axis", lang))
    ax.set_title(say("silhouette_title", lang))
    return ax


@themed
def stability_plot(model: InnovationProfile, *, lang: Lang = "zh", ax: Axes | None = None) -> Axes:
    """Show how alike every cluster comes back when the data are resampled.

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
    table = model.stability_
    ax = axes_of(ax, 7.5, 1.7 + 0.42 * len(table))
    rows = np.arange(len(table))
    bands = (
        (DISSOLVED, PATTERN, "unstable"),
        (PATTERN, STABLE, "pattern"),
        (STABLE, HIGHLY_STABLE, "stable"),
        (HIGHLY_STABLE, 1.0, "highly stable"),
    )
    for i, (low, high, word) in enumerate(bands):
        ax.axvspan(0 if i == 0 else low, high, color="#0072b2", alpha=0.045 * i, lw=0)
        ax.text((low + high) / 2, -0.85, say(word, lang), ha="center", fontsize=8, color=QUIET)
    columns = table.filter(like="jaccard_").columns
    # Schemes a little below each other, so that equal values both show.
    offsets = 0.22 * (np.arange(len(columns)) - (len(columns) - 1) / 2)
    for column, offset in zip(columns, offsets, strict=True):
        scheme = str(column).removeprefix("jaccard_")
        colours = [cluster_colour(int(cluster)) for cluster in table["cluster"]]
        marker = _SCHEME_MARKERS[scheme]
        ax.scatter(table[column], rows + offset, c=colours, marker=marker, s=46, zorder=3, ec=PAPER)
        ax.scatter([], [], c=QUIET, marker=marker, label=say(scheme, lang))
    labels = [
        f"{say('group_size', lang, number=number + 1, size=size)} · {say(word, lang)}"
        for number, size, word in zip(
            table["cluster"].tolist(), table["size"].tolist(), table["verdict"], strict=True
        )
    ]
    ax.set_yticks(rows, labels)
    ax.set_ylim(len(table) - 0.4, -1.1)
    ax.set_xlim(min(0.45, float(table.filter(like="jaccard_").min().min()) - 0.05), 1.005)
    ax.tick_params(axis="y", length=0)
    ax.set_xlabel(say("jaccard", lang))
    ax.set_title(title_of(model, "stability_title", lang))
    ax.legend(loc="lower left", fontsize=8)
    return ax


@themed
def distinctive_plot(
    model: InnovationProfile,
    *,
    most: int = 5,
    lang: Lang = "zh",
    schema: Schema | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Show the features that set every cluster apart, with their effect sizes.

    Parameters
    ----------
    model : InnovationProfile
        Fitted.
    most : int, default=5
        Features a cluster.
    lang : {"zh", "en"}, default="zh"
    schema : Schema, optional
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    schema = Schema.default() if schema is None else schema
    known = model.distinctive_.dropna(subset=["effect"])
    top = known.groupby("cluster", sort=True).head(most).reset_index(drop=True)
    ax = axes_of(ax, 8.0, 1.8 + 0.27 * max(len(top), 1) + 0.3 * model.n_clusters_)
    clusters = top["cluster"].to_numpy()
    rows = np.arange(len(top)) + 1.2 * np.concatenate([[0], np.diff(clusters) != 0]).cumsum()
    colours = [cluster_colour(cluster) for cluster in clusters.tolist()]
    ax.hlines(rows, top["effect_low"], top["effect_high"], colors=colours, lw=1.4)
    ax.scatter(top["effect"], rows, c=colours, s=36, zorder=3)
    ax.axvline(0, color=QUIET, lw=0.8)
    for cluster in sorted(set(clusters.tolist())):
        first = rows[clusters == cluster].min()
        ax.text(
            0.0,
            first - 0.62,
            say("group", lang, number=cluster + 1),
            transform=ax.get_yaxis_transform(),
            color=cluster_colour(cluster),
            fontsize=9,
            va="bottom",
        )
    ax.set_yticks(rows, [feature_label(name, schema, lang) for name in top["feature"]], fontsize=9)
    if len(rows):
        ax.set_ylim(rows[-1] + 0.7, -1.3)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.set_xlabel(say("effect", lang))
    ax.set_title(title_of(model, "distinctive_title", lang))
    return ax
