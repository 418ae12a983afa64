"""What the districts do not say, and what they blot out."""

from __future__ import annotations

from kjreport.brief.html import Fragment, element
from kjreport.brief.protocols import BriefedStudy
from kjreport.brief.words import words
from kjreport.schema import Lang


def gaps(study: BriefedStudy, lang: Lang) -> Fragment:
    """Tell how much of the panel is filled, and why the rest is not."""
    areas, features = study.reasons.shape
    shares = study.reasons.stack().value_counts(normalize=True)
    hidden = study.observations["status"].eq("masked")
    by_report = hidden.groupby(study.observations["report_id"]).mean()
    return element(
        "p",
        words(lang)["gaps_counted"].format(
            areas=areas,
            features=features,
            reported=shares.get("reported", 0.0),
            masked=shares.get("masked", 0.0),
            incomparable=shares.get("not comparable", 0.0),
            absent=shares.get("not reported", 0.0),
            maskers=int((by_report > 0).sum()),
            heavy=int((by_report >= 0.5).sum()),
        ),
    )
