"""What was read, what was found in it, and what could not be read."""

from __future__ import annotations

from pathlib import PurePath

from kjreport.brief.html import AUDIT_PAGE, Fragment, element, table
from kjreport.brief.marks import report_link
from kjreport.brief.protocols import BriefedStudy
from kjreport.brief.words import words
from kjreport.schema import Lang


def reports_read(study: BriefedStudy, lang: Lang) -> Fragment:
    """List the reports with the numbers found in each."""
    phrases = words(lang)
    observed = study.observations.groupby("report_id").size()
    masked = study.observations.query("status == 'masked'").groupby("report_id").size()
    left = study.residuals.groupby("report_id").size()
    rows = [
        (
            element(
                "a",
                document.origin.area or document.report_id,
                href=report_link(AUDIT_PAGE, document.report_id),
            ),
            PurePath(document.origin.file).suffix,
            str(document.origin.year or ""),
            *(
                f"{count:,}"
                for count in (
                    len(document.text),
                    observed.get(document.report_id, 0),
                    masked.get(document.report_id, 0),
                    left.get(document.report_id, 0),
                )
            ),
        )
        for document in study.reports
    ]
    names = ("area", "format", "year", "characters", "observations", "masked", "residual")
    return table([phrases[f"head_{name}"] for name in names], rows, numeric=5)


def failures(study: BriefedStudy, lang: Lang) -> Fragment:
    """List the files that could not be read, or say that there are none."""
    phrases = words(lang)
    if study.failures.empty:
        return element("p", phrases["no_failures"])
    rows = study.failures[["file", "kind", "message"]].astype(str).itertuples(index=False)
    return table([phrases["file"], phrases["kind"], phrases["message"]], rows, numeric=0)
