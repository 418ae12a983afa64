"""What the pages need of a study, which is built above them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import pandas as pd

from kjreport.composite import CompositeIndex, Sensitivity
from kjreport.load import Document
from kjreport.profile import InnovationProfile
from kjreport.schema import Schema


class AuditedStudy(Protocol):
    """A study as the audit page shows it."""

    @property
    def reports(self) -> Sequence[Document]:
        """The documents."""

    @property
    def observations(self) -> pd.DataFrame:
        """One row an observation, with ``OBSERVATION_COLUMNS``."""

    @property
    def residuals(self) -> pd.DataFrame:
        """One row a quantity that became none, with ``RESIDUAL_COLUMNS``."""

    @property
    def stance(self) -> pd.DataFrame:
        """One row a clause that names a problem or an instrument (`kjreport.stance`)."""

    @property
    def schema(self) -> Schema:
        """Names the codes of the observations."""


class BriefedStudy(AuditedStudy, Protocol):
    """A study as the brief tells it."""

    @property
    def failures(self) -> pd.DataFrame:
        """One row a file that could not be read, with ``FAILURE_COLUMNS``."""

    @property
    def facts(self) -> pd.DataFrame:
        """The observations, merged (`kjreport.facts`)."""

    @property
    def cells(self) -> pd.DataFrame:
        """Every cell of the panel with its places (`kjreport.panel.cells`)."""

    @property
    def panel(self) -> pd.DataFrame:
        """District × indicator; a row for every district of which there is a report."""

    @property
    def reasons(self) -> pd.DataFrame:
        """Why each cell of the panel holds a value or none."""

    @property
    def emphasis(self) -> pd.DataFrame:
        """District × indicator family: shares of the reports' text."""

    @property
    def model(self) -> InnovationProfile | None:
        """The fitted groups; None where there are none."""

    @property
    def ungrouped(self) -> str:
        """Why there are no groups."""

    @property
    def comparable(self) -> pd.DataFrame:
        """What screening leaves of the panel for an index."""

    @property
    def index(self) -> CompositeIndex | None:
        """The composite index; None where too little is comparable."""

    @property
    def sensitivity(self) -> Sensitivity | None:
        """How far the ranks hold; there where the index is."""

    @property
    def unindexed(self) -> str:
        """Why there is no index."""
