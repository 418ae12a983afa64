"""A folder of reports to a finished study: the main job."""

from __future__ import annotations

import json
import platform
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from importlib.metadata import version
from os import PathLike
from pathlib import Path
from typing import Any, Final, Literal

import pandas as pd

from kjreport.brief import audit, brief
from kjreport.errors import KjreportError
from kjreport.export import check_folder, write_table, write_text
from kjreport.extract import emphasis, extract
from kjreport.load import Reports, read_reports
from kjreport.panel import cells, facts, locate, panel, reasons
from kjreport.plot import save_figures
from kjreport.profile import FeatureScreen, InnovationProfile, NoStableClusterWarning
from kjreport.schema import Lang, Schema
from kjreport.schema.datapackage import Resource, data_package

# Two districts make no groups.
FEWEST_DISTRICTS: Final = 3
# Share of the districts that must state an indicator for it to tell groups apart.
LEAST_STATED: Final = 0.15

_PACKAGES: Final = ("kjreport", "numpy", "pandas", "scikit-learn", "scipy", "matplotlib")

Begin = Callable[[str], None]


@dataclass(frozen=True)
class Study:
    """Everything that was found in a folder of reports.

    Attributes
    ----------
    reports : Reports
        The documents that were read; ``failures`` lists the files that could not be.
    observations, residuals : DataFrame
        What was found in the texts, and what was left with its reason.
    facts : DataFrame
        The observations with those that state the same merged (`kjreport.facts`).
    cells : DataFrame
        Every cell of the panel in long form, with its reason and places.
    panel, reasons : DataFrame of shape (n_districts, n_indicators)
        The values, and why the others are missing; a row for every district with a report.
    districts : DataFrame
        Index ``area``; columns ``gb_code``, ``tier``, ``reports`` (number of its reports).
    emphasis : DataFrame of shape (n_districts, n_families)
        Shares of the text of the district's latest report.
    model : InnovationProfile or None
        The fitted groups; None where there are too few districts, and `ungrouped` says why.
    ungrouped : str
        Why there are no groups; empty where there are.
    schema : Schema
    lang : {"zh", "en"}
        Of figures and pages.
    parameters : mapping
        What was asked for.
    seconds : mapping of str to float
        How long each stage took.
    """

    reports: Reports
    observations: pd.DataFrame
    residuals: pd.DataFrame
    facts: pd.DataFrame
    cells: pd.DataFrame
    panel: pd.DataFrame
    reasons: pd.DataFrame
    districts: pd.DataFrame
    emphasis: pd.DataFrame
    model: InnovationProfile | None
    ungrouped: str
    schema: Schema
    lang: Lang
    parameters: Mapping[str, Any] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)

    @property
    def failures(self) -> pd.DataFrame:
        """Files that could not be read: ``file``, ``kind``, ``message``."""
        return self.reports.failures

    @property
    def profiles(self) -> pd.DataFrame:
        """One row a district: its group and how firm it is, and its emphasis by family."""
        found = self.districts.reset_index()
        if self.model is not None:
            table = self.model.table_
            names = {
                cluster: self.model.cluster_label(cluster, lang=self.lang, schema=self.schema)
                for cluster in table["cluster"].unique()
            }
            label = table["cluster"].map(names).astype("str")
            found = found.merge(table.assign(label=label), on="area", how="left")
        shares = self.emphasis.add_prefix("emphasis_").reset_index()
        return found.merge(shares, on="area", how="left")

    def write(self, out: str | PathLike[str], *, progress: Begin | None = None) -> Path:
        """Write tables, figures, brief and audit into a folder, each file whole or not at all.

        Parameters
        ----------
        out : path
            Made where it is missing.
        progress : callable, optional
            Called with the name of each stage as it begins.

        Returns
        -------
        Path
            The folder.

        Raises
        ------
        KjreportError
            If the folder cannot be written to.
        """
        folder = Path(out)
        check_folder(folder)
        clock = Clock(progress)
        with clock.stage("writing tables"):
            resources = _write_tables(self, folder)
        with clock.stage("drawing figures"):
            save_figures(self, folder / "figures", lang=self.lang)
        with clock.stage("writing brief"):
            brief(self, folder / "brief.html", lang=self.lang)
        with clock.stage("writing audit"):
            audit(self, folder / "audit.html", lang=self.lang)
        _write_json(_package(self, folder, resources), folder / "datapackage.json")
        _write_json(_run(self, clock.seconds), folder / "run.json")
        return folder

    def __repr__(self) -> str:
        return f"<Study: {tally(self.reports, self.observations, self.residuals)}>"

    def _repr_html_(self) -> str:
        from html import escape

        return f"<p>{escape(repr(self)[1:-1])}</p>{self.profiles.to_html(index=False)}"


def study(
    folder: str | PathLike[str] | Iterable[str | PathLike[str]],
    *,
    schema: Schema | None = None,
    period: str | None = None,
    n_clusters: int | Literal["auto"] = "auto",
    lang: Lang = "zh",
    progress: Begin | None = None,
) -> Study:
    """Carry a folder of reports through every stage, from reading to groups of districts.

    Parameters
    ----------
    folder : path or iterable of paths
        Reports of any format; see `kjreport.read_reports`.
    schema : Schema, optional
        The package's own by default.
    period : str, optional
        Of the panel, such as ``"2022"``; by default each district's latest year.
    n_clusters : int or "auto"
        See `kjreport.InnovationProfile`.
    lang : {"zh", "en"}
        Of figures and pages.
    progress : callable, optional
        Called with the name of each stage as it begins.

    Returns
    -------
    Study

    Raises
    ------
    KjreportError
        If the folder holds no report that can be read.
    """
    schema = schema or Schema.default()
    clock = Clock(progress)
    with clock.stage("reading reports"):
        reports = read(folder)
    with clock.stage("extracting observations"):
        extraction = extract(reports, schema=schema)
    with clock.stage("measuring emphasis"):
        districts, weight_of_text = _districts(reports, schema)
    with clock.stage("laying out the panel"):
        merged = facts(extraction.observations)
        long = cells(merged, period=period, schema=schema)
        values = panel(merged, period=period, schema=schema)
        why = reasons(merged, period=period, schema=schema)
        everywhere = districts.index.union(values.index)
        values = values.reindex(everywhere)
        why = why.reindex(everywhere, fill_value="not reported")
    with clock.stage("grouping districts"):
        model, ungrouped = _grouped(values, weight_of_text, n_clusters)
    return Study(
        reports=reports,
        observations=extraction.observations,
        residuals=extraction.residuals,
        facts=merged,
        cells=long,
        panel=values,
        reasons=why,
        districts=districts,
        emphasis=weight_of_text,
        model=model,
        ungrouped=ungrouped,
        schema=schema,
        lang=lang,
        parameters={"period": period, "n_clusters": n_clusters, "lang": lang},
        seconds=clock.seconds,
    )


def read(folder: str | PathLike[str] | Iterable[str | PathLike[str]]) -> Reports:
    """Read reports and refuse to go on with none.

    Raises
    ------
    KjreportError
        If there is no file, or none that can be read.
    """
    reports = read_reports(folder)
    if not len(reports):
        failed = reports.failures
        places = [folder] if isinstance(folder, str | PathLike) else list(folder)
        where = ", ".join(str(place) for place in places)
        if failed.empty:
            raise KjreportError(f"{where}: no report in it; put reports there or name another")
        first = failed.iloc[0]
        raise KjreportError(
            f"{where}: none of {len(failed)} files can be read; {first['file']}: {first['message']}"
        )
    return reports


def tally(reports: Reports, observations: pd.DataFrame, residuals: pd.DataFrame) -> str:
    """Return the counts of a run as words."""
    masked = int((observations["status"] == "masked").sum())
    counts = {
        "report": len(reports),
        "observation": len(observations),
        "masked": masked,
        "residual": len(residuals),
        "failure": len(reports.failures),
    }
    return ", ".join(
        f"{n} {noun}" if n == 1 or noun == "masked" else f"{n} {noun}s"
        for noun, n in counts.items()
    )


class Clock:
    """Tells which stage begins and remembers how long each took."""

    def __init__(self, begin: Begin | None = None) -> None:
        self._begin = begin
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time what is done in the block."""
        if self._begin is not None:
            self._begin(name)
        start = time.perf_counter()
        yield
        self.seconds[name] = round(time.perf_counter() - start, 3)


def _districts(reports: Reports, schema: Schema) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the districts that the reports speak of, and the emphasis of each."""
    catalogue = pd.DataFrame(
        {
            "report_id": [report.report_id for report in reports],
            "area": [report.origin.area for report in reports],
            "year": [report.origin.year or 0 for report in reports],
        }
    ).astype({"report_id": "str", "area": "str"})
    located = locate(catalogue)
    by_area = located.groupby("area")
    districts = by_area[["gb_code", "tier"]].first().assign(reports=by_area.size())
    shares = emphasis(reports, schema=schema)
    # What a district dwelt on years ago is not what sets it apart now.
    latest = located[located["year"] == by_area["year"].transform("max")]
    areas = latest.set_index("report_id")["area"]
    return districts, shares.loc[areas.index].groupby(areas).mean()


def _grouped(
    values: pd.DataFrame, weight_of_text: pd.DataFrame, n_clusters: int | Literal["auto"]
) -> tuple[InnovationProfile | None, str]:
    """Fit the groups on the indicators that enough districts state, and on emphasis."""
    if len(values) < FEWEST_DISTRICTS:
        return None, f"{len(values)} districts; groups need {FEWEST_DISTRICTS} or more"
    sources = ["emphasis"]
    stated = values.dropna(axis=1, how="all")
    if stated.shape[1]:
        screen = FeatureScreen(min_availability=LEAST_STATED).set_output(transform="pandas")
        with warnings.catch_warnings():
            # None may be stated by enough districts; the groups then rest on emphasis.
            warnings.filterwarnings("ignore", message="No features were selected")
            stated = screen.fit_transform(stated)
    if stated.shape[1]:
        sources = ["indicators", "emphasis"]
    model = InnovationProfile(n_clusters, sources=sources)
    with warnings.catch_warnings():
        # The model keeps the reason in `refusal_`, and the brief tells it.
        warnings.simplefilter("ignore", NoStableClusterWarning)
        try:
            return model.fit(stated if stated.shape[1] else values, emphasis=weight_of_text), ""
        except KjreportError as error:
            if n_clusters != "auto":
                raise
            return None, str(error)


def _write_tables(study: Study, folder: Path) -> list[Resource]:
    """Write every table of a study and return what the data package says of each."""
    area = ("area",)
    tables = (
        Resource("observations.csv", "Observations", study.observations),
        Resource("residuals.csv", "Quantities that became no observation", study.residuals),
        Resource("failures.csv", "Files that could not be read", study.failures),
        Resource("facts.csv", "Observations, those that state the same merged", study.facts),
        Resource("panel.csv", "District by indicator", study.panel.reset_index(), area),
        Resource("cells.csv", "Every cell of the panel", study.cells, ("area", "feature")),
        Resource("profiles.csv", "Group and emphasis of every district", study.profiles, area),
    )
    resources = [replace(table, frame=_flat(table.frame)) for table in tables]
    for resource in resources:
        write_table(resource.frame, folder / resource.path)
    return resources


def _flat(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table whose lists of places are texts, parted by blanks."""
    if "places" not in frame.columns:
        return frame
    return frame.assign(places=frame["places"].map(" ".join).astype("str"))


def _package(study: Study, folder: Path, resources: Iterable[Resource]) -> dict[str, Any]:
    origins = [report.origin for report in study.reports]
    sources = [
        {"title": origin.title or origin.file, "path": origin.url or origin.file}
        for origin in origins
    ]
    return data_package(
        folder,
        resources,
        name="kjreport-study",
        title="Innovation indicators of Chinese districts, extracted from annual reports",
        sources=sources,
        schema=study.schema,
    )


def _run(study: Study, seconds: Mapping[str, float]) -> dict[str, Any]:
    """Return what it takes to do the same again and to see that it was the same."""
    return {
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
            "districts": len(study.districts),
            "groups": 0 if study.model is None else int(study.model.n_clusters_),
        },
        "doubt": study.ungrouped if study.model is None else study.model.refusal_,
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


def _write_json(content: Mapping[str, Any], path: Path) -> None:
    write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", path)
