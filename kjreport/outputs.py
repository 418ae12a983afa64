"""The tables and records that a study leaves in its folder."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final, Protocol

import pandas as pd

from kjreport.brief.protocols import BriefedStudy
from kjreport.composite import CompositeIndex, Sensitivity
from kjreport.export import write_table, write_text
from kjreport.schema.datapackage import Resource, data_package

_PACKAGES: Final = ("kjreport", "numpy", "pandas", "scikit-learn", "scipy", "matplotlib")


class RecordedStudy(BriefedStudy, Protocol):
    """A study as its folder holds it."""

    @property
    def districts(self) -> pd.DataFrame:
        """One row a district of which there is a report."""

    @property
    def profiles(self) -> pd.DataFrame:
        """One row a district: its group and its emphasis."""

    @property
    def parameters(self) -> Mapping[str, Any]:
        """What was chosen at each step."""

    @property
    def seconds(self) -> Mapping[str, float]:
        """How long each stage took."""


def write_tables(study: RecordedStudy, folder: Path) -> list[Resource]:
    """Write every table of a study and return what the data package says of each."""
    area = ("area",)
    clause = ("report_id", "code", "start")
    index = index_table(study.index, study.sensitivity)
    tables = (
        Resource("observations.csv", "Observations", study.observations),
        Resource("residuals.csv", "Quantities that became no observation", study.residuals),
        Resource("failures.csv", "Files that could not be read", study.failures),
        Resource("facts.csv", "Observations, those that state the same merged", study.facts),
        Resource("stance.csv", "Problems named and instruments planned", study.stance, clause),
        Resource("panel.csv", "District by indicator", study.panel.reset_index(), area),
        Resource("cells.csv", "Every cell of the panel", study.cells, ("area", "feature")),
        Resource("profiles.csv", "Group and emphasis of every district", study.profiles, area),
        Resource("index.csv", "Composite index: ranks with their intervals", index, area),
    )
    resources = [replace(table, frame=_flat(table.frame)) for table in tables]
    for resource in resources:
        write_table(resource.frame, folder / resource.path)
    return resources


def index_table(index: CompositeIndex | None, sensitivity: Sensitivity | None) -> pd.DataFrame:
    """Lay out an index, the best district first; without an index there are no rows.

    Returns
    -------
    DataFrame
        ``area``, ``rank``, ``rank_low`` and ``rank_high`` (the interval that holds the rank in
        nine of ten variants), ``score``, and the score of every pillar.
    """
    if index is None or sensitivity is None:
        columns = {"area": "str"} | dict.fromkeys(("rank", "rank_low", "rank_high"), "float64")
        return pd.DataFrame(columns=[*columns, "score"]).astype(columns | {"score": "float64"})
    stats = sensitivity.uncertainty.rank_stats
    pillars = index.table[list(index.framework.aggregates[1:])]
    table = pd.DataFrame(
        {
            "rank": stats["nominal"],
            "rank_low": stats["q5"],
            "rank_high": stats["q95"],
            "score": index.scores,
        }
    )
    return table.join(pillars).rename_axis("area").sort_values("rank", kind="stable").reset_index()


def write_package(study: RecordedStudy, folder: Path, resources: Iterable[Resource]) -> None:
    """Write what the tables hold and where it comes from."""
    origins = [report.origin for report in study.reports]
    sources = [
        {"title": origin.title or origin.file, "path": origin.url or origin.file}
        for origin in origins
    ]
    package = data_package(
        folder,
        resources,
        name="kjreport-study",
        title="Innovation indicators of Chinese districts, extracted from annual reports",
        sources=sources,
        schema=study.schema,
    )
    _write_json(package, folder / "datapackage.json")


def write_run(study: RecordedStudy, seconds: Mapping[str, float], folder: Path) -> None:
    """Write what it takes to do the same again and to see that it was the same."""
    run = {
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "packages": {name: version(name) for name in _PACKAGES},
        "parameters": dict(study.parameters),
        "counts": {
            "reports": len(study.reports),
            "failures": len(study.failures),
            "characters": sum(len(report.text) for report in study.reports),
            "observations": len(study.observations),
            "residuals": len(study.residuals),
            "clauses": len(study.stance),
            "districts": len(study.districts),
            "groups": 0 if study.model is None else int(study.model.n_clusters_),
            "ranked": 0 if study.index is None else len(study.index.scores),
        },
        "doubt": {
            "groups": study.ungrouped if study.model is None else study.model.refusal_,
            "index": study.unindexed,
        },
        "seconds": {**study.seconds, **seconds},
        "inputs": [
            {
                "report_id": report.report_id,
                "file": report.origin.file,
                "sha256": report.origin.sha256,
            }
            for report in study.reports
        ],
    }
    _write_json(run, folder / "run.json")


def _flat(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table whose lists of places are texts, parted by blanks."""
    if "places" not in frame.columns:
        return frame
    return frame.assign(places=frame["places"].map(" ".join).astype("str"))


def _write_json(content: Mapping[str, Any], path: Path) -> None:
    # A transformer that was chosen for a step is recorded as it prints.
    text = json.dumps(content, ensure_ascii=False, indent=2, default=repr)
    write_text(text + "\n", path)
