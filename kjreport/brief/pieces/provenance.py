"""With which programs, from which files, the brief was made."""

from __future__ import annotations

import platform
from datetime import date
from importlib.metadata import version
from typing import Final

from kjreport.brief.html import Fragment, element, table
from kjreport.brief.marks import source_text
from kjreport.brief.protocols import BriefedStudy
from kjreport.brief.words import words
from kjreport.schema import Lang

_PACKAGES: Final = ("kjreport", "pandas", "numpy", "scikit-learn", "matplotlib")


def provenance(study: BriefedStudy, lang: Lang) -> Fragment:
    """Name the programs' versions and the checksum and source of every file."""
    phrases = words(lang)
    programs = [f"Python {platform.python_version()}"]
    programs += [f"{package} {version(package)}" for package in _PACKAGES]
    made = phrases["made_on"].format(date=date.today().isoformat(), programs=", ".join(programs))
    head = [phrases["file"], phrases["checksum"], phrases["source"]]
    rows = [
        (
            document.origin.file or document.report_id,
            element("code", document.origin.sha256),
            source_text(document.origin.url),
        )
        for document in study.reports
    ]
    return element("p", made) + table(head, rows, numeric=0, class_="provenance")
