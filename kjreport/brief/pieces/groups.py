"""Which districts are alike, in what, and how firm the groups are."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any, Final

from kjreport.brief.html import Fragment, element, table
from kjreport.brief.numbers import amount
from kjreport.brief.protocols import BriefedStudy
from kjreport.brief.words import words
from kjreport.panel import parse_feature
from kjreport.plot.words import short_names
from kjreport.profile import InnovationProfile
from kjreport.profile.words import feature_label
from kjreport.schema import Lang, Schema

FEATURES_PER_GROUP: Final = 4


def firmness(study: BriefedStudy, lang: Lang) -> Fragment:
    """Say how many groups there are and whether they can be relied on."""
    phrases = words(lang)
    model = study.model
    if model is None:
        return element("p", phrases["no_groups"].format(why=study.ungrouped))
    found = phrases["groups_found"].format(
        sources=phrases["comma"].join(
            phrases[f"source_{name}"] for name in model.sources_.unique()
        ),
        k=model.n_clusters_,
        silhouette=model.silhouette_,
        p=model.p_value_,
    )
    text = element("p", found + phrases[_judgement(model)])
    return text + element("p", phrases["groups_how"], class_="note")


def _judgement(model: InnovationProfile) -> str:
    if model.n_clusters_ < 2 or model.p_value_ > model.significance:
        return "groups_none"
    if model.refusal_:
        return "groups_unstable"
    stable = model.stability_["verdict"].isin(["stable", "highly stable"])
    return "groups_firm" if stable.all() else "groups_partly"


def groups_table(study: BriefedStudy, lang: Lang) -> Fragment:
    """List each group with its districts, what sets it apart, and its stability."""
    model = study.model
    if model is None:
        return Fragment("")
    phrases = words(lang)
    shaken = model.stability_.set_index("cluster")
    rows = []
    for cluster in range(model.n_clusters_):
        members = model.table_.loc[model.table_["cluster"] == cluster, "area"]
        rows.append(
            (
                str(cluster),
                model.cluster_label(cluster, lang=lang, schema=study.schema),
                phrases["comma"].join(short_names(members)),
                str(len(members)),
                f"{shaken.filter(like='jaccard_').min(axis=1)[cluster]:.2f}",
                phrases[f"verdict_{shaken['verdict'][cluster]}"],
            )
        )
    names = ("group", "distinctive", "members", "size", "jaccard", "verdict")
    listed = table([phrases[f"head_{name}"] for name in names], rows, numeric=3, class_="groups")
    outside = model.table_.loc[model.table_["cluster"] < 0, "area"]
    if outside.empty:
        return listed
    left_out = phrases["groups_outside"].format(areas=phrases["comma"].join(short_names(outside)))
    return listed + element("p", left_out, class_="note")


def distinctive_table(study: BriefedStudy, lang: Lang) -> Fragment:
    """Compare each group with all other districts in what sets it apart most."""
    model = study.model
    if model is None:
        return Fragment("")
    phrases = words(lang)
    effects = model.distinctive_
    sure = effects[(effects["effect_low"] > 0) | (effects["effect_high"] < 0)]
    most = sure.groupby("cluster", sort=True).head(FEATURES_PER_GROUP)
    if most.empty:
        return element("p", phrases["nothing_distinctive"])
    rows = [
        (
            str(row["cluster"]),
            feature_label(row["feature"], study.schema, lang),
            _mean(row["mean_inside"], row, lang, study.schema),
            _mean(row["mean_outside"], row, lang, study.schema),
            f"{row['n_inside']} / {row['n_outside']}",
            f"{row['effect']:+.1f}",
            f"{row['effect_low']:+.1f} … {row['effect_high']:+.1f}",
        )
        for row in most.to_dict("records")
    ]
    names = ("group", "feature", "inside", "outside", "reporting", "effect", "interval")
    return table([phrases[f"head_{name}"] for name in names], rows, numeric=5)


def _mean(value: float, row: Mapping[Hashable, Any], lang: Lang, schema: Schema) -> str:
    """Write the mean of an indicator; those of shares are of their square roots."""
    if row["source"] != "indicators":
        return "–"
    unit = parse_feature(row["feature"], schema).unit
    return amount(float(f"{value:.3g}"), unit, lang=lang, schema=schema)
