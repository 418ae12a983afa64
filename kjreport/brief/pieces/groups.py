"""Which districts are alike, in what, and how firm the groups are."""

from __future__ import annotations

from kjreport.brief.html import Fragment, element, table
from kjreport.brief.protocols import BriefedStudy
from kjreport.brief.words import words
from kjreport.plot.words import short_names
from kjreport.profile import InnovationProfile
from kjreport.schema import Lang


def firmness(study: BriefedStudy, lang: Lang) -> Fragment:
    """Say how many groups there are and whether they can be relied on."""
    phrases = words(lang)
    model = study.model
    if model is None:
        return element("p", phrases["no_groups"].format(why=study.ungrouped))
    chosen_by = model.criterion if model.n_clusters == "auto" else "given"
    found = phrases["groups_found"].format(
        sources=phrases["and"].join(phrases[f"source_{name}"] for name in model.sources_.unique()),
        k=model.n_clusters_,
        criterion=phrases[f"criterion_{chosen_by}"],
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
                str(cluster + 1),
                model.cluster_label(cluster, lang=lang, schema=study.schema),
                phrases["comma"].join(short_names(list(members))),
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
    left_out = phrases["groups_outside"].format(
        areas=phrases["comma"].join(short_names(list(outside)))
    )
    return listed + element("p", left_out, class_="note")


def firmness_heading(study: BriefedStudy, lang: Lang) -> Fragment:
    """Head the figures of stability, where there are groups."""
    return _heading(study, words(lang)["firmness_heading"])


def choice_heading(study: BriefedStudy, lang: Lang) -> Fragment:
    """Head the figures of the number of groups, where there are any."""
    return _heading(study, words(lang)["choice_heading"])


def _heading(study: BriefedStudy, text: str) -> Fragment:
    return Fragment("") if study.model is None else element("h3", text)
