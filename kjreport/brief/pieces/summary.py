"""The brief in a few lines."""

from __future__ import annotations

from kjreport.brief.html import Fragment, bullets
from kjreport.brief.pieces.headline import most_stated
from kjreport.brief.protocols import BriefedStudy
from kjreport.brief.words import words
from kjreport.profile.words import feature_label
from kjreport.schema import Lang


def key_points(study: BriefedStudy, lang: Lang) -> Fragment:
    """Say what was read, what was found, and how far it can be compared."""
    phrases = words(lang)
    long = study.cells
    stated = long[long["reason"].isin(["reported", "masked"])]
    years = sorted(str(document.origin.year) for document in study.reports if document.origin.year)
    commonest = [
        phrases["stated_by"].format(
            indicator=feature_label(feature, study.schema, lang),
            areas=int((stated["feature"] == feature).sum()),
        )
        for feature in most_stated(long)[:3]
    ]
    points = [
        phrases["point_reports"].format(
            reports=len(study.reports),
            areas=len(study.panel),
            years="–".join(dict.fromkeys(years[:1] + years[-1:])) or "?",
            failed=len(study.failures),
        ),
        phrases["point_observations"].format(
            observations=len(study.observations),
            facts=len(study.facts),
            masked=int(study.observations["status"].eq("masked").sum()),
            residuals=len(study.residuals),
        ),
    ]
    if commonest:
        points.append(
            phrases["point_commonest"].format(indicators=phrases["comma"].join(commonest))
        )
    if study.model is not None:
        stable = study.model.stability_["verdict"].isin(["stable", "highly stable"])
        points.append(
            phrases["point_groups"].format(k=study.model.n_clusters_, stable=int(stable.sum()))
        )
    if study.index is not None:
        points.append(phrases["point_index"].format(districts=len(study.index.scores)))
    return bullets(points)
