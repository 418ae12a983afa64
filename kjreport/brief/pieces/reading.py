"""What was read, what was found in it, and what could not be read."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePath

from kjreport.brief.html import AUDIT_PAGE, Fragment, element, table
from kjreport.brief.marks import report_link
from kjreport.brief.protocols import BriefedStudy
from kjreport.brief.words import words
from kjreport.schema import Lang


def what_was_read(study: BriefedStudy, lang: Lang) -> Fragment:
    """Tell the formats that were read, and list the files that could not be."""
    phrases = words(lang)
    suffixes = Counter(PurePath(document.origin.file).suffix or "?" for document in study.reports)
    formats = phrases["comma"].join(f"{name} {count}" for name, count in suffixes.most_common())
    characters = sum(len(document.text) for document in study.reports)
    text = phrases["formats_read"].format(
        reports=len(study.reports), formats=formats, characters=characters
    )
    if study.failures.empty:
        return element("p", text + phrases["no_failures"])
    rows = study.failures[["file", "kind", "message"]].astype(str).itertuples(index=False)
    head = [phrases["file"], phrases["kind"], phrases["message"]]
    return element("p", text + phrases["some_failures"]) + table(head, rows, numeric=0)


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
            document.origin.file,
            str(document.origin.year or ""),
            f"{len(document.text):,}",
            *(f"{counts.get(document.report_id, 0):,}" for counts in (observed, masked, left)),
        )
        for document in study.reports
    ]
    names = ("area", "file", "year", "characters", "observations", "masked", "residual")
    return table([phrases[f"head_{name}"] for name in names], rows, numeric=5, class_="districts")
