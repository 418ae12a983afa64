"""What cannot be worked with is refused in one line that names the place, whoever is asked."""

import inspect
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.base import BaseEstimator

import kjreport as kj

AREAS = [f"第{number}区" for number in range(8)]


def table(**columns):
    rng = np.random.default_rng(0)
    known = {name: rng.normal(9, 1, len(AREAS)) for name in ("patents", "rd_intensity")}
    return pd.DataFrame({**known, **columns}, index=AREAS)


def twice(axis):
    whole = table()
    return pd.concat([whole, whole.iloc[:1] if axis == 0 else whole.iloc[:, :1]], axis=axis)


def meta(**parents):
    rows = {"patents": "output", "rd_intensity": "output", "output": "Index", "Index": None}
    levels = {"output": 2, "Index": 3}
    return pd.DataFrame(
        [(code, levels.get(code, 1), parent) for code, parent in {**rows, **parents}.items()],
        columns=["iCode", "Level", "Parent"],
    )


BAD_PANELS = {
    "one district": (table().iloc[:1], "1 (?:sample|unit)"),
    "nothing known": (table(patents=np.nan), "patents"),
    "one value": (table(patents=3.0), "patents"),
    "a column twice": (twice(1), "'patents' is there more than once"),
    "a district twice": (twice(0), "'第0区' is there more than once"),
}


@pytest.mark.parametrize("use", [kj.InnovationProfile(2).fit, kj.composite_index])
@pytest.mark.parametrize(("panel", "place"), BAD_PANELS.values(), ids=BAD_PANELS)
def test_a_bad_panel_is_refused_by_groups_and_index(use, panel, place):
    with pytest.raises(ValueError, match=place) as caught:
        use(panel)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("k", [5, 8, 20])
def test_more_clusters_than_districts_can_form_are_refused(k):
    with pytest.raises(kj.KjreportError, match=rf"n_clusters={k} for 8 districts.*at most 4"):
        kj.InnovationProfile(k).fit(table())


@pytest.mark.parametrize(
    ("parents", "place"),
    [
        ({"Index": "output"}, "loop: output -> Index -> output"),
        ({"output": "output"}, "loop: output -> output"),
        ({"patents": "outptu"}, "'patents': unknown parent 'outptu'"),
    ],
)
def test_a_meta_table_that_does_not_hang_together_is_refused(parents, place):
    with pytest.raises(kj.KjreportError, match=place) as caught:
        kj.composite_index(table(), meta(**parents))
    assert "\n" not in str(caught.value)


def test_a_table_without_indicators_makes_no_index():
    with pytest.raises(kj.KjreportError, match="no indicators"):
        kj.composite_index(table()[[]])


def test_a_study_of_one_district_says_what_it_cannot_do(tmp_path):
    (tmp_path / "河南省洛阳市2022.txt").write_text("高新技术企业达到64家。", encoding="utf-8")
    found = kj.study(tmp_path)
    assert found.ungrouped == "1 district; groups need 3 or more"
    assert found.unindexed.startswith("screening leaves")
    with pytest.raises(kj.KjreportError, match="compares at least two"):
        kj.composite_index(found.panel)


def test_every_public_estimator_is_put_to_scikit_learns_checks():
    public = {
        name
        for folder in (kj.profile, kj.composite)
        for name in folder.__all__
        if inspect.isclass(getattr(folder, name))
        and issubclass(getattr(folder, name), BaseEstimator)
    }
    path = Path(__file__).with_name("profile") / "test_estimators.py"
    checked = set(re.findall(r"^    (\w+)\(", path.read_text(encoding="utf-8"), re.MULTILINE))
    assert public <= checked
