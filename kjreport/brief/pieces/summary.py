"""The brief in a few lines."""

from __future__ import annotations

from kjreport.brief.html import Fragment, bullets
from kjreport.brief.pieces.headline import most_stated
from kjreport.brief.protocols import BriefedStudy
from kjreport.brief.words import words
from kjreport.schema import Lang


def key_points(study: BriefedStudy, lang: Lang) -> Fragment:
    """Say what was read, what was found, and how far it can be compared."""
    phrases = words(lang)
    long = study.cells
    stated = long[long["reason"].isin(["reported", "masked"])]
    years = sorted(document.origin.year for document in study.reports if document.origin.year)
    commonest = [
        phrases["stated_by"].format(
            indicator=study.schema.label(feature, lang),
            areas=int((stated["feature"] == feature).sum()),
        )
        for feature in most_stated(long)[:3]
    ]
    return bullets(
        [
            phrases["point_reports"].format(
                reports=len(study.reports),
                areas=len(study.panel),
                first=years[0] if years else "?",
                last=years[-1] if years else "?",
                failed=len(study.failures),
            ),
            phrases["point_observations"].format(
                observations=len(study.observations),
                facts=len(study.facts),
                masked=int(study.observations["status"].eq("masked").sum()),
                residuals=len(study.residuals),
            ),
            phrases["point_commonest"].format(indicators=phrases["comma"].join(commonest)),
        ]
    )
