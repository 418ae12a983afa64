"""From observations to a panel of districts by indicators."""

from kjreport.panel.areas import locate
from kjreport.panel.denominators import denominate, read_covariates
from kjreport.panel.matrix import (
    CELL_COLUMNS,
    REASONS,
    Feature,
    cells,
    panel,
    parse_feature,
    reasons,
)
from kjreport.panel.merge import FACT_COLUMNS, contradictions, facts
from kjreport.panel.targets import TARGET_COLUMNS, targets

__all__ = [
    "CELL_COLUMNS",
    "FACT_COLUMNS",
    "REASONS",
    "TARGET_COLUMNS",
    "Feature",
    "cells",
    "contradictions",
    "denominate",
    "facts",
    "locate",
    "panel",
    "parse_feature",
    "read_covariates",
    "reasons",
    "targets",
]
