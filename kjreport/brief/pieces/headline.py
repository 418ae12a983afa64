"""The figures that most districts state, side by side."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any, Final

import pandas as pd

from kjreport.brief.html import Fragment, element, sourced, table
from kjreport.brief.numbers import SIGNS, Scale, common_scale
from kjreport.brief.protocols import BriefedStudy
from kjreport.brief.words import words
from kjreport.profile.words import feature_label
from kjreport.schema import Lang, Schema

COLUMNS: Final = 7

_Cell = Mapping[Hashable, Any]


def headline_table(study: BriefedStudy, lang: Lang) -> Fragment:
    """Set the indicators that most districts state side by side, every number linked."""
    phrases = words(lang)
    long = study.cells
    features = most_stated(long)
    if not features:
        return element("p", phrases["no_headlines"])
    scales = {
        feature: _scale(long[long["feature"] == feature], lang, study.schema)
        for feature in features
    }
    head = [phrases["head_area"], phrases["head_year"]]
    for feature in features:
        unit = scales[feature].unit
        label = feature_label(feature, study.schema, lang)
        head.append(phrases["with_unit"].format(label=label, unit=unit) if unit else label)
    rows = []
    for area, of_area in long[long["feature"].isin(features)].groupby("area", sort=False):
        if of_area["reason"].isin(["reported", "masked"]).any():
            by_feature = {cell["feature"]: cell for cell in of_area.to_dict("records")}
            year = max(cell["period"][:4] for cell in by_feature.values())
            texts = [_text(by_feature[name], scales[name], year, lang) for name in features]
            rows.append([str(area), year, *texts])
    note = element("p", phrases["headline_note"], class_="note")
    return table(head, rows, numeric=len(features), class_="districts") + note


def most_stated(long: pd.DataFrame) -> list[str]:
    """Return the features that most districts state, masked or not, the commonest first."""
    stated = long[long["reason"].isin(["reported", "masked"])]
    return list(stated["feature"].value_counts().index[:COLUMNS])


def _scale(of_feature: pd.DataFrame, lang: Lang, schema: Schema) -> Scale:
    stated = of_feature[of_feature["reason"] == "reported"]
    unit = stated["unit"].iloc[0] if len(stated) else "count"
    return common_scale(stated["value"].tolist(), unit, lang=lang, schema=schema)


def _text(cell: _Cell, scale: Scale, year: str, lang: Lang) -> str:
    """Write one cell; a figure of another year than the district's own tells its year."""
    phrases = words(lang)
    if cell["reason"] == "not comparable":
        return element("span", "≠", title=cell["detail"], class_="absent")
    if cell["reason"] == "not reported":
        return element("span", "–", class_="absent")
    if cell["reason"] == "masked":
        return sourced(phrases["masked_cell"], cell["places"])
    number = sourced(SIGNS.get(cell["qualifier"], "") + scale.text(cell["value"]), cell["places"])
    if cell["period"][:4] == year:
        return number
    return number + element("small", f" {cell['period'][:4]}")
