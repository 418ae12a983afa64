import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kjreport.errors import KjreportError
from kjreport.profile import Normaliser

UNITS = ["甲", "乙", "丙", "丁"]


def _normalised(values, method, **setting):
    table = pd.DataFrame({"x": values}, index=UNITS[: len(values)], dtype="float64")
    scaled = Normaliser(method, **setting).set_output(transform="pandas").fit_transform(table)
    return scaled["x"].tolist()


def _down(**setting):
    return {"directions": {"x": -1}, **setting}


@pytest.mark.parametrize(
    ("method", "setting", "expected"),
    [
        ("minmax", {}, [0, 25, 100]),
        ("minmax", _down(), [100, 75, 0]),
        ("minmax", {"bounds": (1, 5)}, [1, 2, 5]),
        ("zscore", {}, [-0.8006, -0.3203, 1.1209]),
        ("zscore", {"mean_sd": (10, 2)}, [8.3988, 9.3595, 12.2417]),
        ("dist2max", {}, [0, 0.25, 1]),
        ("dist2max", _down(), [1, 0.75, 0]),
        ("dist2ref", {"reference": "乙"}, [0, 1, 4]),
        ("dist2ref", {"reference": "乙", "cap": True}, [0, 1, 1]),
        ("dist2ref", _down(reference="乙"), [4 / 3, 1, 0]),
        ("dist2targ", {"targets": {"x": 6}}, [0, 0.5, 2]),
        ("dist2targ", {"targets": {"x": 6}, "cap": True}, [0, 0.5, 1]),
        ("dist2targ", _down(targets={"x": 4}), [8 / 6, 1, 0]),
        ("fracmax", {}, [0.2, 0.4, 1]),
        ("fracmax", _down(), [1, 2, 5]),
        ("goalposts", {"goalposts": {"x": (3, 8, 10)}}, [0, 2, 10]),
        ("goalposts", _down(goalposts={"x": (3, 8, 10)}), [10, 8, 0]),
        ("scaled", {"goalposts": {"x": (0, 20)}}, [10, 20, 50]),
        ("rank", {}, [1, 2, 3]),
        ("rank", _down(), [3, 2, 1]),
        ("prank", {}, [0, 0.5, 1]),
        ("borda", {}, [0, 1, 2]),
    ],
)
def test_methods_by_hand(method, setting, expected):
    assert _normalised([2, 4, 10], method, **setting) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize(
    ("ties", "expected"),
    [("min", [1, 2, 2, 4]), ("max", [1, 3, 3, 4]), ("average", [1, 2.5, 2.5, 4])],
)
def test_ties(ties, expected):
    assert _normalised([1, 5, 5, 9], "rank", ties=ties) == expected


@pytest.mark.parametrize("method", ["minmax", "zscore", "rank", "prank", "borda", "fracmax"])
def test_gaps_stay_gaps(method):
    scaled = _normalised([1, np.nan, 3, 5], method)
    assert np.isnan(scaled[1])
    assert not np.isnan([scaled[0], scaled[2], scaled[3]]).any()


def test_single_columns_can_differ():
    table = pd.DataFrame({"x": [1.0, 2, 3], "y": [1.0, 2, 3]})
    scaled = Normaliser(individual={"y": {"method": "rank"}}).fit_transform(table)
    assert scaled[:, 0].tolist() == [0, 50, 100]
    assert scaled[:, 1].tolist() == [1, 2, 3]


@pytest.mark.parametrize(
    ("values", "method", "setting", "word"),
    [
        ([3, 3, 3], "minmax", {}, "'x' is 3 throughout"),
        ([np.nan, np.nan], "rank", {}, "'x' has no value"),
        ([1, 2, 3], "dist2targ", {}, "'x' has no target"),
        ([1, 2, 3], "goalposts", {}, "'x' has no goalposts"),
        ([1, 2, 3], "dist2ref", {}, "'x' has no reference value"),
        ([1, 2, 3], "dist2ref", {"reference": "戊"}, "'戊' is no row"),
        ([1, 2, 3], "dist2targ", {"targets": {"x": 1}}, "divides by zero"),
        ([1, 2, 3], "minmax", {"directions": {"y": 1}}, "directions names 'y'"),
        ([1, 2, 3], "minmax", {"directions": [1, 1]}, "2 entries for 1 columns"),
        ([1, 2, 3], "minmax", {"directions": {"x": 0}}, "expected 1 or -1"),
    ],
)
def test_what_does_not_fit_is_named(values, method, setting, word):
    with pytest.raises(KjreportError, match=word):
        _normalised(values, method, **setting)


@given(
    st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=12, unique=True),
    st.sampled_from(["minmax", "zscore", "rank", "prank", "borda", "dist2max"]),
)
@settings(max_examples=60, deadline=None)
def test_order_is_kept_and_turned_by_the_direction(values, method):
    column = np.array(values)[:, np.newaxis]
    if np.ptp(column) < 1e-3:
        return
    up = Normaliser(method).fit_transform(column)[:, 0]
    down = Normaliser(method, directions=[-1]).fit_transform(column)[:, 0]
    order = np.argsort(values)
    assert (np.diff(up[order]) >= 0).all()
    assert (np.diff(down[order]) <= 0).all()
