"""What the cells of the brief show: each takes the study and the language."""

from kjreport.brief.pieces.figures import (
    choice_of_clusters,
    cluster_map,
    consensus_map,
    distinctive_plot,
    emphasis_bars,
    missingness,
    pca_map,
    profile_heatmap,
    silhouette_plot,
    stability_plot,
    targets_plot,
)
from kjreport.brief.pieces.gaps import gaps
from kjreport.brief.pieces.groups import choice_heading, firmness, firmness_heading, groups_table
from kjreport.brief.pieces.headline import headline_table
from kjreport.brief.pieces.index import (
    rank_intervals,
    ranks_table,
    sensitivity_indices,
    standing,
    weights_bars,
)
from kjreport.brief.pieces.provenance import provenance
from kjreport.brief.pieces.reading import reports_read, what_was_read
from kjreport.brief.pieces.stance import instruments, problems, stance_counts
from kjreport.brief.pieces.summary import key_points
from kjreport.brief.pieces.targets import targets_table

__all__ = [
    "choice_heading",
    "choice_of_clusters",
    "cluster_map",
    "consensus_map",
    "distinctive_plot",
    "emphasis_bars",
    "firmness",
    "firmness_heading",
    "gaps",
    "groups_table",
    "headline_table",
    "instruments",
    "key_points",
    "missingness",
    "pca_map",
    "problems",
    "profile_heatmap",
    "provenance",
    "rank_intervals",
    "ranks_table",
    "reports_read",
    "sensitivity_indices",
    "silhouette_plot",
    "stability_plot",
    "stance_counts",
    "standing",
    "targets_plot",
    "targets_table",
    "weights_bars",
    "what_was_read",
]
