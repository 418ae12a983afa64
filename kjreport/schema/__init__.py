"""The common schema: codelists, the columns of every table, and the checks on them."""

from kjreport.schema.check import FAILING_COLUMNS, validate
from kjreport.schema.codes import OTHER, Code, Indicator, Lang, Measure
from kjreport.schema.columns import (
    CODEBOOK_COLUMNS,
    CONTEXT_COLUMNS,
    FAILURE_COLUMNS,
    OBSERVATION_COLUMNS,
    RESIDUAL_COLUMNS,
)
from kjreport.schema.dictionary import Schema
from kjreport.schema.sdmx import from_sdmx, to_sdmx

__all__ = [
    "CODEBOOK_COLUMNS",
    "CONTEXT_COLUMNS",
    "FAILING_COLUMNS",
    "FAILURE_COLUMNS",
    "OBSERVATION_COLUMNS",
    "OTHER",
    "RESIDUAL_COLUMNS",
    "Code",
    "Indicator",
    "Lang",
    "Measure",
    "Schema",
    "from_sdmx",
    "to_sdmx",
    "validate",
]
