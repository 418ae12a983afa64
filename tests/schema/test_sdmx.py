import math

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from kjreport.export import read_table, write_table
from kjreport.schema import OBSERVATION_COLUMNS
from kjreport.schema.sdmx import from_sdmx, from_sdmx_period, to_sdmx, to_sdmx_period

ROW = dict.fromkeys(OBSERVATION_COLUMNS, "") | {
    "report_id": "demo",
    "indicator": "makerspaces",
    "measure": "flow",
    "scenario": "actual",
    "period": "2022-H1",
    "value": 2.0,
    "value_max": math.nan,
    "unit": "count",
    "qualifier": "exact",
    "status": "reported",
    "scope": "district",
    "start": 4,
    "end": 6,
    "confidence": 0.9,
}
TABLE = pd.DataFrame(
    [
        ROW,
        ROW | {"status": "masked", "value": math.nan, "level": "county"},
        ROW | {"qualifier": "approx", "value": 100000.0, "period": ""},
        ROW | {"qualifier": "range", "value_max": 3.0, "raw": "-1", "period": "2021/2025"},
    ]
)

years = st.integers(1990, 2050)
months = st.integers(1, 12)


@st.composite
def periods(draw):
    year, other = sorted((draw(years), draw(years)))
    first, last = sorted((draw(months), draw(months)))
    forms = ["", f"{year}", f"{year}-H2", f"{year}-Q3", f"{year}-{first:02d}"]
    if first < last or year < other:
        forms.append(f"{year}-{first:02d}/{other}-{last:02d}")
    if year < other:
        forms.append(f"{year}/{other}")
    return draw(st.sampled_from(forms))


@given(periods())
def test_every_period_comes_back(period):
    assert from_sdmx_period(to_sdmx_period(period)) == period


def test_status_codes_and_structure():
    table = to_sdmx(TABLE)
    assert table.columns.tolist()[:3] == ["STRUCTURE", "STRUCTURE_ID", "ACTION"]
    assert table["OBS_STATUS"].tolist() == ["A", "Q", "E", "A"]
    assert math.isnan(table["OBS_VALUE"].iloc[1])
    assert table["LEVEL"].tolist() == ["_Z", "county", "_Z", "_Z"]
    assert table["TIME_PERIOD"].tolist() == ["2022-S1", "2022-S1", "", "2021-01-01/P5Y"]


def test_nothing_is_lost():
    back = from_sdmx(to_sdmx(TABLE))
    pd.testing.assert_frame_equal(back[list(OBSERVATION_COLUMNS)], TABLE, check_dtype=False)


def test_nothing_is_lost_in_a_file(tmp_path):
    write_table(to_sdmx(TABLE), tmp_path / "sdmx.csv")
    back = from_sdmx(read_table(tmp_path / "sdmx.csv"))
    assert back["raw"].tolist() == TABLE["raw"].tolist()
    assert pd.to_numeric(back["value"]).equals(TABLE["value"])
