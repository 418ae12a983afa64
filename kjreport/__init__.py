"""Comparable innovation indicators from the annual reports of Chinese districts.

One verb a step, DataFrames in and out:

    import kjreport as kj

    reports = kj.read_reports("data/reports")
    observations = kj.observe(reports)
    panel = kj.panel(observations, period="2022")
    model = kj.InnovationProfile(n_clusters="auto").fit(panel)
    kj.plot.profile_heatmap(model)
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kjreport import composite as composite
    from kjreport import places as places
    from kjreport import plot as plot
    from kjreport import profile as profile
    from kjreport import schema as schema
    from kjreport.brief import audit as audit
    from kjreport.brief import brief as brief
    from kjreport.comparison import compare as compare
    from kjreport.composite import composite_index as composite_index
    from kjreport.errors import KjreportError as KjreportError
    from kjreport.extract import emphasis as emphasis
    from kjreport.extract import extract as extract
    from kjreport.extract import observe as observe
    from kjreport.extract import residuals as residuals
    from kjreport.load import Document as Document
    from kjreport.load import iter_reports as iter_reports
    from kjreport.load import read_report as read_report
    from kjreport.load import read_reports as read_reports
    from kjreport.panel import cells as cells
    from kjreport.panel import contradictions as contradictions
    from kjreport.panel import facts as facts
    from kjreport.panel import panel as panel
    from kjreport.panel import read_covariates as read_covariates
    from kjreport.panel import reasons as reasons
    from kjreport.panel import targets as targets
    from kjreport.profile import InnovationProfile as InnovationProfile
    from kjreport.schema import Schema as Schema
    from kjreport.schema import validate as validate
    from kjreport.score import Score as Score
    from kjreport.score import score as score
    from kjreport.stance import stance as stance
    from kjreport.stance import stance_profile as stance_profile
    from kjreport.study import Study as Study
    from kjreport.study import study as study

__version__ = "0.1.0"

_PUBLIC = {
    "Document": "kjreport.load",
    "InnovationProfile": "kjreport.profile",
    "KjreportError": "kjreport.errors",
    "Schema": "kjreport.schema",
    "Score": "kjreport.score",
    "Study": "kjreport.study",
    "audit": "kjreport.brief",
    "brief": "kjreport.brief",
    "cells": "kjreport.panel",
    "compare": "kjreport.comparison",
    "composite_index": "kjreport.composite",
    "contradictions": "kjreport.panel",
    "emphasis": "kjreport.extract",
    "extract": "kjreport.extract",
    "facts": "kjreport.panel",
    "iter_reports": "kjreport.load",
    "observe": "kjreport.extract",
    "panel": "kjreport.panel",
    "read_covariates": "kjreport.panel",
    "read_report": "kjreport.load",
    "read_reports": "kjreport.load",
    "reasons": "kjreport.panel",
    "residuals": "kjreport.extract",
    "score": "kjreport.score",
    "stance": "kjreport.stance",
    "stance_profile": "kjreport.stance",
    "study": "kjreport.study",
    "targets": "kjreport.panel",
    "validate": "kjreport.schema",
}
_FOLDERS = ("composite", "places", "plot", "profile", "schema")

__all__ = sorted([*_PUBLIC, *_FOLDERS, "__version__"])


def __getattr__(name: str) -> Any:
    if name in _FOLDERS:
        return import_module(f"kjreport.{name}")
    if name not in _PUBLIC:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_PUBLIC[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__


class _Package(ModuleType):
    """The package, in which a verb keeps its name though a folder is called the same.

    Importing the folder ``kjreport.panel`` would otherwise put the module where the
    function `panel` belongs, and importing everything at once would make
    ``kjreport --help`` wait for scikit-learn and matplotlib.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if not (isinstance(value, ModuleType) and name in _PUBLIC):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
