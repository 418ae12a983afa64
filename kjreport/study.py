"""A folder of reports to a finished study: the main job."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from os import PathLike
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from kjreport.brief import audit, brief
from kjreport.composite import CompositeIndex, Sensitivity
from kjreport.errors import KjreportError
from kjreport.export import check_folder
from kjreport.extract import extract
from kjreport.load import Reports, read_reports
from kjreport.outputs import write_package, write_run, write_tables
from kjreport.panel import facts
from kjreport.plot import save_figures
from kjreport.profile import InnovationProfile
from kjreport.schema import Lang, Schema
from kjreport.stages import Choices, described, group, lay_out, rank, stage_of
from kjreport.stance import stance

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
    stance : DataFrame
        The problems named and the instruments planned, one row a clause (`kjreport.stance`).
    cells : DataFrame
        Every cell of the panel in long form, with its reason and places.
    panel, reasons : DataFrame of shape (n_districts, n_indicators)
        The values, and why the others are missing; a row for every district with a report.
    districts : DataFrame
        Index ``area``; columns ``gb_code``, ``tier``, ``reports`` (number of its reports).
    emphasis : DataFrame of shape (n_districts, n_families)
        Shares of the text of the district's latest report.
    stance_profile : DataFrame of shape (n_districts, n_codes)
        Shares of each code in that report (`kjreport.stance_profile`).
    model : InnovationProfile or None
        The fitted groups; None where there are too few districts, and `ungrouped` says why.
    ungrouped : str
        Why there are no groups; empty where there are.
    comparable : DataFrame
        What is left of the panel for an index: the indicators that enough districts state, of
        the districts that state enough of them.
    index : CompositeIndex or None
        With one pillar a family; None where too little is comparable, and `unindexed` says why.
    sensitivity : Sensitivity or None
        How far the ranks hold under other choices, and which choice moves them.
    unindexed : str
        Why there is no index; empty where there is.
    schema : Schema
    lang : {"zh", "en"}
        Of figures and pages.
    choices : Choices
        What was chosen at each stage after the observations.
    seconds : mapping of str to float
        How long each stage took.
    """

    reports: Reports
    observations: pd.DataFrame
    residuals: pd.DataFrame
    facts: pd.DataFrame
    stance: pd.DataFrame
    cells: pd.DataFrame
    panel: pd.DataFrame
    reasons: pd.DataFrame
    districts: pd.DataFrame
    emphasis: pd.DataFrame
    stance_profile: pd.DataFrame
    model: InnovationProfile | None
    ungrouped: str
    comparable: pd.DataFrame
    index: CompositeIndex | None
    sensitivity: Sensitivity | None
    unindexed: str
    schema: Schema
    lang: Lang
    choices: Choices
    seconds: Mapping[str, float] = field(default_factory=dict)

    @property
    def failures(self) -> pd.DataFrame:
        """Files that could not be read: ``file``, ``kind``, ``message``."""
        return self.reports.failures

    @property
    def parameters(self) -> dict[str, Any]:
        """Every choice that was made, by stage and name."""
        return {**self.choices.record(), "lang": self.lang}

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

    def redo(self, *, progress: Begin | None = None, **changes: Any) -> Study:
        """Make the study anew with some choices changed, from the first stage that they touch.

        Parameters
        ----------
        progress : callable, optional
            Called with the name of each stage as it begins.
        **changes
            ``period``; ``min_stated``; parameters of `kjreport.InnovationProfile`, its
            ``weights`` called ``source_weights``; settings of the composite index
            (`kjreport.composite.Settings`), such as ``normalise="zscore"``; and ``lang``.

        Returns
        -------
        Study
            What the changes do not touch is shared with this one; `kjreport.compare` shows
            what moved.

        Raises
        ------
        KjreportError
            If a name is no choice, or the choices do not go together.
        """
        lang = changes.pop("lang", self.lang)
        choices = self.choices.changed(changes)
        stale = {stage_of(name) for name in changes}
        found = replace(self, lang=lang, choices=choices)
        clock = Clock(progress)
        if "panel" in stale:
            with clock.stage("laying out the panel"):
                table = lay_out(self.facts, self.districts.index, choices, self.schema)
            found = replace(found, **vars(table))
        if stale & {"panel", "screening", "profile"}:
            with clock.stage("grouping districts"):
                groups = group(found.panel, self.emphasis, self.stance_profile, choices)
            found = replace(found, **vars(groups))
        if stale & {"panel", "screening", "index"}:
            with clock.stage("ranking districts"):
                ranking = rank(found.panel, choices, self.schema)
            found = replace(found, **vars(ranking))
        return replace(found, seconds={**self.seconds, **clock.seconds})

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
            resources = write_tables(self, folder)
        with clock.stage("drawing figures"):
            save_figures(self, folder / "figures", lang=self.lang)
        with clock.stage("writing brief"):
            brief(self, folder / "brief.html", lang=self.lang)
        with clock.stage("writing audit"):
            audit(self, folder / "audit.html", lang=self.lang)
        write_package(self, folder, resources)
        write_run(self, clock.seconds, folder)
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
    **choices: Any,
) -> Study:
    """Carry a folder of reports through every stage, from reading to groups and ranks.

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
    **choices
        Further choices by name, as `Study.redo` takes them.

    Returns
    -------
    Study

    Raises
    ------
    KjreportError
        If the folder holds no report that can be read, or the choices do not go together.
    """
    schema = schema or Schema.default()
    chosen = Choices().changed({"period": period, "n_clusters": n_clusters, **choices})
    clock = Clock(progress)
    with clock.stage("reading reports"):
        reports = read(folder)
    with clock.stage("extracting observations"):
        extraction = extract(reports, schema=schema)
    with clock.stage("coding stance"):
        clauses = stance(reports)
    with clock.stage("measuring emphasis"):
        districts, shares, stances = described(reports, clauses, schema)
    with clock.stage("laying out the panel"):
        merged = facts(extraction.observations)
        table = lay_out(merged, districts.index, chosen, schema)
    with clock.stage("grouping districts"):
        groups = group(table.panel, shares, stances, chosen)
    with clock.stage("ranking districts"):
        ranking = rank(table.panel, chosen, schema)
    return Study(
        reports=reports,
        observations=extraction.observations,
        residuals=extraction.residuals,
        facts=merged,
        stance=clauses,
        districts=districts,
        emphasis=shares,
        stance_profile=stances,
        **vars(table),
        **vars(groups),
        **vars(ranking),
        schema=schema,
        lang=lang,
        choices=chosen,
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
