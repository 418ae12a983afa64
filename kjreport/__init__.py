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
    from kjreport import places as places
    from kjreport import plot as plot
    from kjreport.brief import audit as audit
    from kjreport.brief import brief as brief
    from kjreport.composite import CompositeIndex as CompositeIndex
    from kjreport.composite import Framework as Framework
    from kjreport.composite import WeightNoise as WeightNoise
    from kjreport.composite import compare as compare
    from kjreport.composite import composite_index as composite_index
    from kjreport.composite import remove_elements as remove_elements
    from kjreport.composite import sensitivity as sensitivity
    from kjreport.composite import uncertainty as uncertainty
    from kjreport.errors import KjreportError as KjreportError
    from kjreport.extract import emphasis as emphasis
    from kjreport.extract import extract as extract
    from kjreport.extract import observe as observe
    from kjreport.extract import residuals as residuals
    from kjreport.load import Document as Document
    from kjreport.load import read_report as read_report
    from kjreport.load import read_reports as read_reports
    from kjreport.panel import facts as facts
    from kjreport.panel import panel as panel
    from kjreport.panel import reasons as reasons
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
    "CompositeIndex": "kjreport.composite",
    "Document": "kjreport.load",
    "Framework": "kjreport.composite",
    "InnovationProfile": "kjreport.profile",
    "KjreportError": "kjreport.errors",
    "Schema": "kjreport.schema",
    "Score": "kjreport.score",
    "Study": "kjreport.study",
    "WeightNoise": "kjreport.composite",
    "audit": "kjreport.brief",
    "brief": "kjreport.brief",
    "compare": "kjreport.composite",
    "composite_index": "kjreport.composite",
    "emphasis": "kjreport.extract",
    "extract": "kjreport.extract",
    "facts": "kjreport.panel",
    "observe": "kjreport.extract",
    "panel": "kjreport.panel",
    "places": "kjreport.places",
    "plot": "kjreport.plot",
    "read_report": "kjreport.load",
    "read_reports": "kjreport.load",
    "reasons": "kjreport.panel",
    "remove_elements": "kjreport.composite",
    "residuals": "kjreport.extract",
    "score": "kjreport.score",
    "sensitivity": "kjreport.composite",
    "stance": "kjreport.stance",
    "stance_profile": "kjreport.stance",
    "study": "kjreport.study",
    "uncertainty": "kjreport.composite",
    "validate": "kjreport.schema",
}
_FOLDERS = ("places", "plot")

__all__ = sorted([*_PUBLIC, "__version__"])


def __getattr__(name: str) -> Any:
    if name not in _PUBLIC:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = import_module(_PUBLIC[name])
    value = module if name in _FOLDERS else getattr(module, name)
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
        if not (isinstance(value, ModuleType) and name in _PUBLIC and name not in _FOLDERS):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
