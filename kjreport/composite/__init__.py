"""Composite indices: indicators into pillars into one index, and how far its ranks hold."""

from kjreport.composite.aggregate import (
    AggregationError,
    aggregate,
    arithmetic_mean,
    copeland,
    geometric_mean,
    harmonic_mean,
    outranking,
    power_mean,
)
from kjreport.composite.analysis import (
    correlation_flags,
    correlations,
    cronbach_alpha,
    denominator_correlations,
    group_alphas,
    indicator_stats,
)
from kjreport.composite.framework import Element, Framework, FrameworkError
from kjreport.composite.index import CompositeIndex, Settings, compare, composite_index
from kjreport.composite.removal import Removal, remove_elements
from kjreport.composite.results import (
    Strengths,
    group_ranks,
    ranks,
    results,
    strengths_and_weaknesses,
    unit_summary,
)
from kjreport.composite.sensitivity import Sensitivity, sensitivity
from kjreport.composite.steps import StepError, denominate
from kjreport.composite.uncertainty import (
    Between,
    Uncertainty,
    UncertaintyError,
    WeightNoise,
    uncertainty,
)
from kjreport.composite.weights import (
    WeightError,
    critic_weights,
    entropy_weights,
    equal_weights,
    optimised_weights,
    pca_weights,
)

__all__ = [
    "AggregationError",
    "Between",
    "CompositeIndex",
    "Element",
    "Framework",
    "FrameworkError",
    "Removal",
    "Sensitivity",
    "Settings",
    "StepError",
    "Strengths",
    "Uncertainty",
    "UncertaintyError",
    "WeightError",
    "WeightNoise",
    "aggregate",
    "arithmetic_mean",
    "compare",
    "composite_index",
    "copeland",
    "correlation_flags",
    "correlations",
    "critic_weights",
    "cronbach_alpha",
    "denominate",
    "denominator_correlations",
    "entropy_weights",
    "equal_weights",
    "geometric_mean",
    "group_alphas",
    "group_ranks",
    "harmonic_mean",
    "indicator_stats",
    "optimised_weights",
    "outranking",
    "pca_weights",
    "power_mean",
    "ranks",
    "remove_elements",
    "results",
    "sensitivity",
    "strengths_and_weaknesses",
    "uncertainty",
    "unit_summary",
]
