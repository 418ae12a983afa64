import os
import re
import warnings
from dataclasses import dataclass

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes

from kjreport import plot
from kjreport.composite import CompositeIndex, Sensitivity
from kjreport.errors import KjreportError
from kjreport.panel import facts, targets
from kjreport.panel.examples import observation_table
from kjreport.plot.words import short_names
from kjreport.profile import InnovationProfile
from kjreport.schema import Schema

AREAS = [
    "山东省东营市",
    "内蒙古自治区通辽市霍林郭勒市",
    "广东省深圳市龙岗区",
    "内蒙古自治区呼和浩特市回民区",
    "浙江省宁波市鄞州区",
    "湖南省株洲市",
    "重庆市大渡口区",
    "云南省昆明市",
    "福建省泉州市鲤城区",
    "河南省郑州市二七区",
    "浙江省台州市三门县",
    "广东省广州市番禺区",
]
FAMILIES = list(Schema.default().families)


@dataclass(frozen=True)
class Parts:
    model: InnovationProfile | None
    reasons: pd.DataFrame
    facts: pd.DataFrame
    emphasis: pd.DataFrame
    schema: Schema
    index: CompositeIndex | None = None
    sensitivity: Sensitivity | None = None


@pytest.fixture(scope="module")
def parts():
    rng = np.random.default_rng(1)
    columns = ["high_tech_enterprises", "rd_intensity", "tech_contract_value", "tech_envoys"]
    level = np.repeat([0.0, 5.0], 6)[:, np.newaxis]
    panel = pd.DataFrame(10 + level + rng.normal(size=(12, 4)), index=AREAS, columns=columns)
    reasons = pd.DataFrame("reported", index=AREAS, columns=columns)
    for row, column, reason in ((0, 0, "masked"), (3, 1, "not reported"), (7, 2, "not comparable")):
        panel.iloc[row, column] = np.nan
        reasons.iloc[row, column] = reason
    emphasis = pd.DataFrame(rng.dirichlet(np.ones(9), 12), index=AREAS, columns=FAMILIES)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = InnovationProfile(2, n_resamples=5, n_init=2).fit(panel, emphasis=emphasis)
    observations = observation_table(
        {"area": "山东省东营市", "value": 100, "scenario": "target"},
        {"area": "山东省东营市", "value": 90},
        {"area": "湖南省株洲市", "value": 80, "scenario": "target"},
    )
    return Parts(model, reasons, facts(observations), emphasis, Schema.default())


def _draw_all(parts, lang):
    model = parts.model
    yield plot.profile_heatmap(model, reasons=parts.reasons, lang=lang)
    yield plot.cluster_map(model, lang=lang)
    yield plot.pca_map(model, lang=lang)
    yield plot.missingness(parts.reasons, lang=lang)
    yield plot.targets_against_results(targets(parts.facts), lang=lang)
    yield plot.emphasis_bars(parts.emphasis, model=model, lang=lang)
    yield plot.choice_of_clusters(model, lang=lang)
    yield plot.silhouette_plot(model, lang=lang)
    yield plot.stability_plot(model, lang=lang)
    yield plot.consensus_map(model, lang=lang)
    yield plot.distinctive_plot(model, lang=lang)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_figure_draws_without_a_missing_glyph(parts, lang):
    with warnings.catch_warnings():
        warnings.filterwarnings("error", message="Glyph")
        for ax in _draw_all(parts, lang):
            assert isinstance(ax, Axes)
            assert ax.get_title(loc="left")
            ax.figure.canvas.draw()
            plt.close(ax.figure)


def test_figures_draw_into_the_axes_they_are_given(parts):
    _, ax = plt.subplots()
    assert plot.missingness(parts.reasons, ax=ax) is ax
    plt.close("all")


def test_the_users_settings_are_left_alone(parts):
    before = mpl.rcParams.copy()
    plot.emphasis_bars(parts.emphasis)
    plt.close("all")
    assert mpl.rcParams == before


def test_masked_cells_are_hatched_and_reported_ones_are_not(parts):
    ax = plot.profile_heatmap(parts.model, reasons=parts.reasons)
    hatches = [patch.get_hatch() for patch in ax.patches if patch.get_hatch()]
    assert sorted(hatches) == ["////", "xxxx"]
    plt.close("all")


def test_a_study_without_pairs_says_so():
    none = targets(facts(observation_table({"area": "湖南省株洲市", "value": 1})))
    ax = plot.targets_against_results(none, lang="en")
    assert "No target" in ax.texts[0].get_text()
    plt.close("all")


def test_map_labels_do_not_cover_each_other(parts):
    ax = plot.pca_map(parts.model)
    ax.figure.canvas.draw()
    boxes = [text.get_window_extent() for text in ax.texts]
    pairs = [(a, b) for i, a in enumerate(boxes) for b in boxes[i + 1 :]]
    assert not any(a.overlaps(b) for a, b in pairs)
    plt.close("all")


def test_saved_figures_are_whole_and_the_same_each_time(parts, tmp_path):
    first = plot.save_figures(parts, tmp_path / "one")
    assert {path.suffix for path in first} == {".png", ".svg"}
    assert sorted(os.listdir(tmp_path / "one")) == sorted(path.name for path in first)
    without_model = Parts(None, parts.reasons, parts.facts, parts.emphasis, parts.schema)
    second = plot.save_figures(without_model, tmp_path / "two")
    assert {path.stem for path in second} == {
        "missingness",
        "targets_against_results",
    } | {"emphasis_bars"}
    one, two = (tmp_path / name / "missingness.svg" for name in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()
    # Namespaces are names; nothing may be fetched.
    assert not re.search(rb'(?:href|src)="https?:', one.read_bytes())


def test_an_unwritable_folder_is_one_clear_line(parts, tmp_path):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(KjreportError, match="file"):
        plot.save_figures(parts, tmp_path / "file")
    plt.close("all")


def test_names_stay_apart_when_shortened():
    names = short_names(["北京市朝阳区", "吉林省长春市朝阳区", "浙江省台州市三门县", "某园区"])
    assert names == ["北京朝阳区", "长春朝阳区", "三门县", "某园区"]
