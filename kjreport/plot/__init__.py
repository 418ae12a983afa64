"""Figures of a study, labelled in Chinese or English; each returns its Axes."""

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
from kjreport.plot.save import save_figures
from kjreport.plot.theme import theme

__all__ = [
    "choice_of_clusters",
    "cluster_map",
    "consensus_map",
    "distinctive_plot",
    "emphasis_bars",
    "missingness",
    "pca_map",
    "profile_heatmap",
    "rank_intervals",
    "save_figures",
    "sensitivity_indices",
    "silhouette_plot",
    "stability_plot",
    "targets_against_results",
    "theme",
    "weights_bars",
]
