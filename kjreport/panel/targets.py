"""What a district planned, beside what it then reported."""

from __future__ import annotations

from typing import Final

import pandas as pd

from kjreport.panel.merge import facts

TARGET_COLUMNS: Final = (
    "area",
    "indicator",
    "measure",
    "level",
    "unit",
    "period",
    "target",
    "actual",
    "attainment",
    "target_qualifier",
    "target_masked",
    "actual_masked",
    "target_places",
    "actual_places",
)

_DEFINITION: Final = ["area", "indicator", "measure", "level", "unit", "period"]


def targets(observations: pd.DataFrame) -> pd.DataFrame:
    """Set every target beside the result of the same district, definition and period.

    Parameters
    ----------
    observations : DataFrame
        Observation table, or the result of ``facts``.

    Returns
    -------
    DataFrame
        One row a target, with the columns of ``TARGET_COLUMNS``. ``actual`` is NaN where no
        report states the result; ``attainment`` is ``actual / target`` for counts and amounts
        and NaN otherwise.

    Examples
    --------
    >>> from kjreport.panel.examples import observation_table
    >>> obs = observation_table(
    ...     dict(area="甲市", value=100, scenario="target"),
    ...     dict(area="甲市", value=120, report_id="甲市-2023"),
    ... )
    >>> targets(obs)[["target", "actual", "attainment"]].values.tolist()
    [[100.0, 120.0, 1.2]]
    """
    fact_table = observations if "fact_id" in observations.columns else facts(observations)
    comparable = fact_table[
        (fact_table["scope"] == "district")
        & (fact_table["indicator"] != "other")
        & (fact_table["period"] != "")
        # A part said beside its total without a level would pass for the total.
        & ((fact_table["part_of"] < 0) | (fact_table["level"] != ""))
    ].assign(masked=lambda frame: frame["status"] == "masked")
    ranked = comparable.sort_values(
        ["masked", "n_places", "value", "fact_id"], ascending=[True, False, False, True]
    )
    planned = ranked[ranked["scenario"] == "target"].drop_duplicates(_DEFINITION)
    achieved = ranked[ranked["scenario"] == "actual"].drop_duplicates(_DEFINITION)
    paired = planned.merge(achieved, on=_DEFINITION, how="left", suffixes=("", "_actual"))
    paired = paired.assign(
        target=paired["value"],
        actual=paired["value_actual"],
        attainment=(paired["value_actual"] / paired["value"]).where(
            paired["unit"].isin(["count", "CNY", "m2"]) & (paired["value"] > 0)
        ),
        target_qualifier=paired["qualifier"],
        target_masked=paired["masked"],
        actual_masked=paired["masked_actual"].eq(True),
        target_places=paired["places"],
        actual_places=paired["places_actual"].map(_or_none_known),
    )
    return paired[list(TARGET_COLUMNS)].sort_values(_DEFINITION, ignore_index=True)


def _or_none_known(places: object) -> list[str]:
    return places if isinstance(places, list) else []
