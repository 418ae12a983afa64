"""Names and order of the columns of every table, in one place."""

from typing import Final

CODEBOOK_COLUMNS: Final = (
    "report_id",
    "indicator",
    "measure",
    "scenario",
    "level",
    "period",
    "value",
    "value_max",
    "unit",
    "qualifier",
    "status",
    "scope",
    "start",
    "end",
)

# What a reader needs to check a number without opening the report.
CONTEXT_COLUMNS: Final = (
    "raw",
    "label",
    "sentence",
    "section",
    "page",
    "area",
    "source",
    "confidence",
)

OBSERVATION_COLUMNS: Final = CODEBOOK_COLUMNS + CONTEXT_COLUMNS

RESIDUAL_COLUMNS: Final = (
    "report_id",
    "start",
    "end",
    "raw",
    "reason",
    "sentence",
    "section",
    "page",
    "area",
    "source",
)

FAILURE_COLUMNS: Final = ("file", "kind", "message")
