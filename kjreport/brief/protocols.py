"""What the pages need of a study, which is built above them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import pandas as pd

from kjreport.load import Document


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


class BriefedStudy(AuditedStudy, Protocol):
    """A study as the brief tells it."""

    @property
    def failures(self) -> pd.DataFrame:
        """One row a file that could not be read, with ``FAILURE_COLUMNS``."""

    @property
    def facts(self) -> pd.DataFrame:
        """The observations, merged (`kjreport.facts`)."""
