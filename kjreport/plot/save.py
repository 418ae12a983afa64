"""All figures of a study into a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from os import PathLike
from pathlib import Path
from typing import Protocol

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes

from kjreport.composite import CompositeIndex, Sensitivity
from kjreport.export import replacing
from kjreport.panel import targets
from kjreport.plot.clusters import (
    choice_of_clusters,
    distinctive_plot,
    silhouette_plot,
    stability_plot,
)
from kjreport.plot.composite import rank_intervals, sensitivity_indices, weights_bars
from kjreport.plot.coverage import missingness, targets_against_results
from kjreport.plot.emphasis import emphasis_bars
from kjreport.plot.heatmap import cluster_map, profile_heatmap
from kjreport.plot.maps import consensus_map, pca_map
from kjreport.plot.theme import figure_of, theme
from kjreport.profile import InnovationProfile
from kjreport.schema import Lang, Schema

Draw = Callable[[], Axes]


class Drawable(Protocol):
    """What figures are drawn from; a ``Study`` is one."""

    @property
    def model(self) -> InnovationProfile | None:
        """The fitted groups, where there are any."""

    @property
    def reasons(self) -> pd.DataFrame:
        """Why cells of the panel are empty."""

    @property
    def facts(self) -> pd.DataFrame:
        """The merged observations."""

    @property
    def emphasis(self) -> pd.DataFrame:
        """Shares of text by district and family."""

    @property
    def index(self) -> CompositeIndex | None:
        """The composite index, where there is one."""

    @property
    def sensitivity(self) -> Sensitivity | None:
        """How far its ranks hold."""

    @property
    def schema(self) -> Schema:
        """The dictionary that labels come from."""


def save_figures(study: Drawable, folder: str | PathLike[str], *, lang: Lang = "zh") -> list[Path]:
    """Draw every figure of a study and write it as PNG and SVG.

    Parameters
    ----------
    study : Study
        Or anything that holds ``model``, ``reasons``, ``facts``, ``emphasis``, ``index``,
        ``sensitivity`` and ``schema``.
    folder : path
        Made where it is missing; each file appears whole or not at all.
    lang : {"zh", "en"}, default="zh"

    Returns
    -------
    list of Path
        The files written. Those of groups or of an index are left out where there are none.

    Raises
    ------
    KjreportError
        If a file cannot be written.
    """
    written = []
    for name, draw in _figures(study, lang):
        figure = figure_of(draw())
        try:
            for suffix in ("png", "svg"):
                path = Path(folder) / f"{name}.{suffix}"
                # Without dates the same study gives the same file.
                metadata = {"Date": None} if suffix == "svg" else {"Software": None}
                with theme(), replacing(path) as draft:
                    figure.savefig(draft, format=suffix, metadata=metadata)
                written.append(path)
        finally:
            plt.close(figure)
    return written


def _figures(study: Drawable, lang: Lang) -> Iterator[tuple[str, Draw]]:
    schema, model = study.schema, study.model
    yield "missingness", lambda: missingness(study.reasons, lang=lang, schema=schema)
    yield (
        "targets_against_results",
        lambda: targets_against_results(targets(study.facts), lang=lang, schema=schema),
    )
    yield (
        "emphasis_bars",
        lambda: emphasis_bars(study.emphasis, model=model, lang=lang, schema=schema),
    )
    if model is not None:
        yield from _of_groups(study, model, lang)
    if study.index is not None and study.sensitivity is not None:
        yield from _of_index(study.index, study.sensitivity, schema, lang)


def _of_groups(study: Drawable, model: InnovationProfile, lang: Lang) -> Iterator[tuple[str, Draw]]:
    schema = study.schema
    yield (
        "profile_heatmap",
        lambda: profile_heatmap(model, reasons=study.reasons, lang=lang, schema=schema),
    )
    yield "cluster_map", lambda: cluster_map(model, lang=lang, schema=schema)
    yield "pca_map", lambda: pca_map(model, lang=lang, schema=schema)
    yield "choice_of_clusters", lambda: choice_of_clusters(model, lang=lang)
    yield "silhouette_plot", lambda: silhouette_plot(model, lang=lang)
    yield "stability_plot", lambda: stability_plot(model, lang=lang)
    yield "consensus_map", lambda: consensus_map(model, lang=lang)
    yield "distinctive_plot", lambda: distinctive_plot(model, lang=lang, schema=schema)


def _of_index(
    index: CompositeIndex, sensitivity: Sensitivity, schema: Schema, lang: Lang
) -> Iterator[tuple[str, Draw]]:
    yield "rank_intervals", lambda: rank_intervals(sensitivity.uncertainty, lang=lang)
    yield "sensitivity_indices", lambda: sensitivity_indices(sensitivity, lang=lang)
    yield "weights_bars", lambda: weights_bars(index, schema=schema, lang=lang)
