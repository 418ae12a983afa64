"""Agreement with the hand-coded tables; the floors only rise."""

from pathlib import Path

import pandas as pd
import pytest

from kjreport.extract import observe
from kjreport.load import read_reports
from kjreport.score import score

REPOSITORY = Path(__file__).resolve().parents[2]

# On data/gold (restated reports), on documents of the genre written and coded for these
# tests by others than the extractor's author (usual ones, and unusual ones: drafts, news,
# personal reports, wrapped lines), and on ../shared/gold (real and further ones).
CORE_FLOOR = {
    "data": 0.96,
    "further": 0.969,
    "unusual": 0.966,
    "later": 0.956,
    "shared": 0.962,
}
FULL_FLOOR = {
    "data": 0.917,
    "further": 0.919,
    "unusual": 0.829,
    "later": 0.897,
    "shared": 0.924,
}
WITHIN = {"further": "", "unusual": "unusual", "later": "later"}
# At this confidence and above, this share of the rows is right.
SURE, RIGHT_WHERE_SURE = 0.9, 0.97


def judged(name):
    if name == "data":
        table = REPOSITORY / "data" / "gold" / "observations.csv"
        folders = [REPOSITORY / "data" / "reports"]
    elif name in WITHIN:
        table = REPOSITORY / "tests" / "data" / "extract" / WITHIN[name] / "gold.csv"
        folders = [table.parent / "documents"]
    else:
        shared = REPOSITORY / ".." / "shared"
        table = shared / "gold" / "gold.csv"
        folders = [shared / "reports", shared / "gold" / "docs"]
    if not table.is_file():
        pytest.skip(f"needs {table}")
    gold = pd.read_csv(table, dtype="str", keep_default_na=False)
    reports = [report for folder in folders for report in read_reports(folder, progress=False)]
    found = observe(reports)
    return gold, found, score(gold, found)


@pytest.mark.parametrize("name", CORE_FLOOR)
def test_agreement_stays_above_its_floor(name):
    _, _, result = judged(name)
    f1 = result.summary["f1"]
    assert f1["core"] >= CORE_FLOOR[name]
    assert f1["full"] >= FULL_FLOOR[name]


@pytest.mark.parametrize("name", CORE_FLOOR)
def test_what_is_sure_is_right(name):
    gold, found, _ = judged(name)
    sure = score(gold, found[found["confidence"] >= SURE])
    assert sure.summary.loc["core", "precision"] >= RIGHT_WHERE_SURE
