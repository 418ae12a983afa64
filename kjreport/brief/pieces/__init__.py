"""What the cells of the brief show: each takes the study and the language."""

from kjreport.brief.pieces.figures import (
    choice_of_clusters,
    cluster_map,
    distinctive_plot,
    emphasis_bars,
    missingness,
    pca_map,
    profile_heatmap,
    stability_plot,
    targets_plot,
)
from kjreport.brief.pieces.gaps import gaps
from kjreport.brief.pieces.groups import firmness, groups_table
from kjreport.brief.pieces.headline import headline_table
from kjreport.brief.pieces.provenance import provenance
from kjreport.brief.pieces.reading import reports_read, what_was_read
from kjreport.brief.pieces.stance import instruments, problems
from kjreport.brief.pieces.summary import key_points
from kjreport.brief.pieces.targets import targets_table

__all__ = [
    "choice_of_clusters",
    "cluster_map",
    "distinctive_plot",
    "emphasis_bars",
    "firmness",
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
    "reports_read",
    "stability_plot",
    "targets_plot",
    "targets_table",
    "what_was_read",
]
