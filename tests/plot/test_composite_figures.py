import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from kjreport.composite import WeightNoise, composite_index, sensitivity, uncertainty
from kjreport.plot import rank_intervals, sensitivity_indices, weights_bars

mpl.use("Agg")

CHOICES = {"normalise": ["minmax", "rank"], "weights": WeightNoise(0.5)}


@pytest.fixture
def index():
    values = np.random.default_rng(1).lognormal(size=(6, 3))
    areas = [
        "湖北省宜昌市",
        "湖北省荆州市",
        "湖南省岳阳市",
        "山东省滨州市",
        "江西省赣州市",
        "海南省海口市",
    ]
    panel = pd.DataFrame(values, index=areas, columns=["rd_intensity", "patents", "projects"])
    return composite_index(panel)


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_rank_intervals_put_the_best_on_top(index, lang):
    varied = uncertainty(index, CHOICES, n=30, random_state=0)
    ax = rank_intervals(varied, lang=lang)
    labels = [label.get_text() for label in ax.get_yticklabels()]
    assert labels[0] == index.scores.idxmax()[3:]
    assert ax.yaxis_inverted()
    assert len(rank_intervals(varied, top=2, lang=lang).get_yticks()) == 2


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_sensitivity_shows_two_bars_a_choice_and_none_below_zero(index, lang):
    ax = sensitivity_indices(sensitivity(index, CHOICES, n=16, random_state=0), lang=lang)
    assert len(ax.patches) == 4
    assert min(bar.get_width() for bar in ax.patches) >= 0


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_weights_sum_to_a_hundred_and_carry_the_schema_labels(index, lang):
    _, ax = plt.subplots()
    assert weights_bars(index, lang=lang, ax=ax) is ax
    assert sum(bar.get_width() for bar in ax.patches) == pytest.approx(100)
    shown = {label.get_text() for label in ax.get_yticklabels()}
    assert ("研发投入强度" if lang == "zh" else "R&D intensity") in shown


def test_drawing_has_no_glyph_missing_and_leaves_the_settings_alone(index):
    before = dict(mpl.rcParams)
    weights_bars(index).figure.canvas.draw()
    assert dict(mpl.rcParams) == before
