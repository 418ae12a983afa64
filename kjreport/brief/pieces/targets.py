"""What the districts planned, beside what they then reported."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

from kjreport.brief.html import Fragment, element, sourced, table
from kjreport.brief.numbers import SIGNS, amount
from kjreport.brief.protocols import BriefedStudy
from kjreport.brief.words import words
from kjreport.panel import targets
from kjreport.schema import Lang, Schema


def targets_table(study: BriefedStudy, lang: Lang) -> Fragment:
    """Set each target beside the result of the same district, definition and period."""
    phrases = words(lang)
    pairs = targets(study.facts)
    if pairs.empty:
        return element("p", phrases["no_targets"])
    paired = pairs[pairs["target"].notna() & pairs["actual"].notna()]
    counts = phrases["targets_counted"].format(
        targets=len(pairs),
        masked=int(pairs["target_masked"].sum()),
        paired=len(paired),
        met=int((paired["attainment"] >= 1).sum()),
    )
    text = element("p", counts)
    if paired.empty:
        return text
    names = ("area", "indicator", "measure", "period", "target", "result", "attainment")
    rows = [_row(pair, lang, study.schema) for pair in paired.to_dict("records")]
    return text + table([phrases[f"head_{name}"] for name in names], rows, numeric=3)


def _row(pair: Mapping[Hashable, Any], lang: Lang, schema: Schema) -> tuple[str, ...]:
    target = SIGNS.get(pair["target_qualifier"], "") + amount(
        pair["target"], pair["unit"], lang=lang, schema=schema
    )
    result = amount(pair["actual"], pair["unit"], lang=lang, schema=schema)
    level = schema.label(pair["level"], lang) if pair["level"] else ""
    measure = schema.label(pair["measure"], lang)
    return (
        pair["area"],
        schema.label(pair["indicator"], lang),
        f"{measure}{words(lang)['dot']}{level}" if level else measure,
        pair["period"],
        sourced(target, pair["target_places"]),
        sourced(result, pair["actual_places"]),
        f"{pair['attainment']:.0%}" if pair["attainment"] == pair["attainment"] else "–",
    )
