"""The figures of a study, each with a caption that says how to read it."""

from __future__ import annotations

from collections.abc import Callable

from matplotlib.axes import Axes

from kjreport import plot
from kjreport.brief.html import Fragment, figure
from kjreport.brief.protocols import BriefedStudy
from kjreport.brief.words import words
from kjreport.panel import targets
from kjreport.profile import InnovationProfile
from kjreport.schema import Lang


def profile_heatmap(study: BriefedStudy, lang: Lang) -> Fragment:
    """Show every district's standing in every feature of the profile."""
    return _of_groups(
        study,
        lambda model: plot.profile_heatmap(
            model, reasons=study.reasons, lang=lang, schema=study.schema
        ),
        words(lang)["caption_heatmap"],
    )


def pca_map(study: BriefedStudy, lang: Lang) -> Fragment:
    """Show which districts are near each other."""
    return _of_groups(
        study,
        lambda model: plot.pca_map(model, lang=lang, schema=study.schema),
        words(lang)["caption_pca"],
    )


def cluster_map(study: BriefedStudy, lang: Lang) -> Fragment:
    """Show the tree of the districts beside their profiles."""
    return _of_groups(
        study,
        lambda model: plot.cluster_map(model, lang=lang, schema=study.schema),
        words(lang)["caption_cluster_map"],
    )


def choice_of_clusters(study: BriefedStudy, lang: Lang) -> Fragment:
    """Show what speaks for which number of groups."""
    return _of_groups(
        study,
        lambda model: plot.choice_of_clusters(model, lang=lang),
        words(lang)["caption_choice"],
    )


def stability_plot(study: BriefedStudy, lang: Lang) -> Fragment:
    """Show which groups come back under resampling."""
    return _of_groups(
        study,
        lambda model: plot.stability_plot(model, lang=lang),
        words(lang)["caption_stability"],
    )


def silhouette_plot(study: BriefedStudy, lang: Lang) -> Fragment:
    """Show how well every district fits its group."""
    return _of_groups(
        study,
        lambda model: plot.silhouette_plot(model, lang=lang),
        words(lang)["caption_silhouette"],
    )


def consensus_map(study: BriefedStudy, lang: Lang) -> Fragment:
    """Show which districts fall together under resampling."""
    return _of_groups(
        study,
        lambda model: plot.consensus_map(model, lang=lang),
        words(lang)["caption_consensus"],
    )


def distinctive_plot(study: BriefedStudy, lang: Lang) -> Fragment:
    """Show what sets the groups apart."""
    return _of_groups(
        study,
        lambda model: plot.distinctive_plot(model, lang=lang, schema=study.schema),
        words(lang)["caption_distinctive"],
    )


def emphasis_bars(study: BriefedStudy, lang: Lang) -> Fragment:
    """Show what the reports dwell on."""
    axes = plot.emphasis_bars(study.emphasis, model=study.model, lang=lang, schema=study.schema)
    return figure(axes, words(lang)["caption_emphasis"])


def targets_plot(study: BriefedStudy, lang: Lang) -> Fragment:
    """Show how far results reach their targets, where any can be set beside a result."""
    pairs = targets(study.facts)
    if pairs["attainment"].isna().all():
        return Fragment("")
    axes = plot.targets_against_results(pairs, lang=lang, schema=study.schema)
    return figure(axes, words(lang)["caption_targets"])


def missingness(study: BriefedStudy, lang: Lang) -> Fragment:
    """Show how many districts can be compared on each indicator."""
    axes = plot.missingness(study.reasons, lang=lang, schema=study.schema)
    return figure(axes, words(lang)["caption_missingness"])


def _of_groups(
    study: BriefedStudy, draw: Callable[[InnovationProfile], Axes], caption: str
) -> Fragment:
    return Fragment("") if study.model is None else figure(draw(study.model), caption)
