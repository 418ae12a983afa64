"""The composite index: the ranks, how far they hold, and what moves them."""

from __future__ import annotations

import math
from typing import Final

from kjreport import plot
from kjreport.brief.html import Fragment, element, figure, table
from kjreport.brief.protocols import BriefedStudy
from kjreport.brief.words import words
from kjreport.composite import CompositeIndex, Uncertainty
from kjreport.plot.words import say
from kjreport.schema import Lang

# Of all ranks: an interval of this width says little of where the district stands.
WIDE: Final = 1 / 3


def standing(study: BriefedStudy, lang: Lang) -> Fragment:
    """Say of what an index was made and how far it holds, or that there is none."""
    phrases = words(lang)
    if study.index is None or study.sensitivity is None:
        n_districts, n_indicators = study.comparable.shape
        text = phrases["no_index"].format(
            areas=len(study.panel), districts=n_districts, indicators=n_indicators
        )
        return element("p", text)
    found = phrases["index_found"].format(
        **_sizes(study.index), variants=study.sensitivity.uncertainty.scores.shape[1]
    )
    wide = _wide(study.sensitivity.uncertainty)
    first = phrases["index_first"].format(first=study.index.scores.idxmax())
    judged = phrases["index_wide" if wide else "index_narrow"].format(wide=wide)
    led = phrases["index_led"].format(choice=_leading_choice(study, lang))
    return element("p", found + first + judged + led) + element(
        "p", phrases["index_how"], class_="note"
    )


def ranks_table(study: BriefedStudy, lang: Lang) -> Fragment:
    """List the districts by rank, each rank with its interval, and the scores of the pillars."""
    if study.index is None or study.sensitivity is None:
        return Fragment("")
    phrases = words(lang)
    index, stats = study.index, study.sensitivity.uncertainty.rank_stats
    pillars = list(index.framework.aggregates[1:])
    known = study.comparable.notna().mean(axis=1)
    rows = [
        (
            str(area),
            f"{stats['nominal'][area]:.0f}",
            _interval(stats["q5"][area], stats["q95"][area]),
            f"{index.scores[area]:.0f}",
            *(_score(index.table[pillar][area]) for pillar in pillars),
            f"{known[area]:.0%}",
        )
        for area in stats["nominal"].sort_values(kind="stable").index
    ]
    head = [phrases[f"head_{name}"] for name in ("area", "rank", "interval", "score")]
    head += [study.schema.label(pillar, lang) for pillar in pillars]
    return table([*head, phrases["head_known"]], rows, numeric=len(head), class_="districts")


def rank_intervals(study: BriefedStudy, lang: Lang) -> Fragment:
    """Show every rank with its interval."""
    if study.sensitivity is None:
        return Fragment("")
    axes = plot.rank_intervals(study.sensitivity.uncertainty, lang=lang)
    return figure(axes, words(lang)["caption_rank_intervals"])


def sensitivity_indices(study: BriefedStudy, lang: Lang) -> Fragment:
    """Show which choice moves the ranks."""
    if study.sensitivity is None:
        return Fragment("")
    axes = plot.sensitivity_indices(study.sensitivity, lang=lang)
    return figure(axes, words(lang)["caption_sensitivity"])


def weights_bars(study: BriefedStudy, lang: Lang) -> Fragment:
    """Show what each indicator weighs."""
    if study.index is None:
        return Fragment("")
    axes = plot.weights_bars(study.index, schema=study.schema, lang=lang)
    return figure(axes, words(lang)["caption_weights"])


def _sizes(index: CompositeIndex) -> dict[str, int]:
    n_districts, n_indicators = index.stages["normalised"].shape
    pillars = index.framework.codes(index.framework.n_levels - 1)
    return {"districts": n_districts, "indicators": n_indicators, "pillars": len(pillars)}


def _wide(uncertainty: Uncertainty) -> int:
    """Count the districts whose rank could lie anywhere in a large part of the list."""
    stats = uncertainty.rank_stats
    return int((stats["q95"] - stats["q5"] >= WIDE * len(stats)).sum())


def _leading_choice(study: BriefedStudy, lang: Lang) -> str:
    assert study.sensitivity is not None
    return say(f"choice_{study.sensitivity.indices['total'].idxmax()}", lang)


def _interval(low: float, high: float) -> str:
    ends = (f"{low:.0f}", f"{high:.0f}")
    return ends[0] if ends[0] == ends[1] else "–".join(ends)


def _score(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.0f}"
