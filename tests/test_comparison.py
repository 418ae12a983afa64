"""One choice changed: what is made anew, what stays, and what moved."""

import json

import pandas as pd
import pytest

import kjreport as kj
from kjreport.comparison import _regrouped
from kjreport.export import read_table
from kjreport.stages import Choices

# Real places in their official spelling; every figure is made up.
AREAS = [
    *("江苏省南通市", "江苏省无锡市", "浙江省嘉兴市", "浙江省绍兴市"),
    *("山东省潍坊市", "山东省烟台市", "河南省洛阳市", "河南省新乡市"),
    *("湖南省株洲市", "湖南省湘潭市", "福建省泉州市", "福建省漳州市"),
]
PLANS = "\n二、存在的问题\n一是{}。\n三、下一步打算\n一是办好创新创业大赛。"
PROBLEMS = ("领军人才短缺", "研发投入不足")


def report(number):
    scale = 1 + number // 4
    firms, patents, rd = 100 * scale + 7 * number, 40 * scale + number, 1.2 + 0.11 * number
    text = (
        f"一、工作总结\n截至2022年底，高新技术企业达到{firms}家，科技型中小企业{3 * firms}家，"
        f"R&D经费占GDP比重{rd:.2f}%，发明专利授权{patents}件。"
    )
    # A third of the districts keep their contracts to themselves.
    contracts = f"技术合同成交额{4 * scale + number}.5亿元。" if number % 3 else ""
    return text + contracts + (PLANS.format(PROBLEMS[number // 2 % 2]) if number % 2 else "")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reports")
    lines = ["file,report_id,area,year"]
    for number, area in enumerate(AREAS):
        (folder / f"{number}.txt").write_text(report(number), encoding="utf-8")
        lines.append(f"{number}.txt,r{number},{area},2022")
    (folder / "reports.csv").write_text("\n".join(lines), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def found(folder):
    return kj.study(folder)


def test_a_panel_that_carries_an_index_has_one(found):
    assert found.unindexed == ""
    assert set(found.index.scores.index) == set(AREAS)
    assert set(found.index.framework.codes(2)) == {"enterprise", "input", "output"}
    stats = found.sensitivity.uncertainty.rank_stats
    assert stats["nominal"].equals(found.index.ranks["Index"])
    assert (stats["q5"] <= stats["q95"]).all()
    assert set(found.sensitivity.indices.index) >= {"normalise", "weights", "aggregate"}


def test_stance_is_there_by_clause_and_by_district(found):
    assert set(found.stance["kind"]) == {"problem", "instrument"}
    assert set(found.stance_profile.index) == set(AREAS[1::2])
    assert set(found.stance_profile["talent"]) == {0, 1}


def test_redo_makes_only_what_lies_downstream(found):
    again = found.redo(normalise="zscore")
    assert again.model is found.model
    assert again.panel is found.panel
    assert not again.index.stages["normalised"].equals(found.index.stages["normalised"])
    assert again.parameters["index"]["normalise"] == "zscore"
    assert found.parameters["index"]["normalise"] != "zscore"


def test_redo_is_the_study_with_the_same_choice(found, folder):
    whole = kj.study(folder, method="ward", n_clusters=3)
    again = found.redo(method="ward", n_clusters=3)
    assert again.index is found.index
    assert again.parameters == whole.parameters
    pd.testing.assert_frame_equal(again.profiles, whole.profiles)


def test_another_period_reaches_the_end(found):
    before = found.redo(period="2019")
    assert before.panel.notna().sum().sum() == 0
    assert before.index is None
    assert before.unindexed.startswith("screening leaves 12 districts, 0 indicators")
    assert kj.compare(found, before)["rank_after"].isna().all()


def test_stance_groups_where_it_is_asked_for(found):
    again = found.redo(sources=["indicators", "stance"], source_weights={"stance": 0.5})
    assert set(again.model.sources_.unique()) == {"indicators", "stance"}
    assert again.parameters["profile"]["weights"] == {"stance": 0.5}


def test_compare_tells_who_moved_and_what_was_changed(found):
    again = found.redo(weights={"rd_intensity": 9.0}, aggregate="copeland", n_clusters=4)
    moved = kj.compare(found, again)
    assert set(moved.index) == set(AREAS)
    assert moved.attrs["settings"].keys() == {
        *("profile.n_clusters", "index.weights", "index.aggregate")
    }
    ranks = found.index.ranks["Index"] - again.index.ranks["Index"]
    assert moved["moved"].eq(ranks.reindex(moved.index)).all()
    assert moved["regrouped"].is_monotonic_decreasing
    assert not kj.compare(found, found)["regrouped"].any()


def test_the_same_company_under_another_number_is_no_move():
    before = pd.Series([0, 0, 0, 1, 1, -1, None], list("abcdefg"), dtype="Int64")
    after = pd.Series([1, 1, 0, 0, 0, -1, 0], list("abcdefg"), dtype="Int64")
    assert _regrouped(before, after).tolist() == [False, False, True, False, False, False, pd.NA]


def test_one_cluster_split_in_two_moves_the_smaller_part():
    before = pd.Series([0] * 5, dtype="Int64")
    after = pd.Series([0, 0, 0, 1, 1], dtype="Int64")
    assert _regrouped(before, after).tolist() == [False, False, False, True, True]


def test_unlike_things_are_not_compared(found):
    with pytest.raises(kj.KjreportError, match="found Study and CompositeIndex"):
        kj.compare(found, found.index)
    with pytest.raises(kj.KjreportError, match="element goes with two indices"):
        kj.compare(found, found, element="output")
    assert kj.compare(found.index, found.index, element="output")["moved"].eq(0).all()


def test_what_is_no_choice_is_refused_before_the_work(found, tmp_path):
    with pytest.raises(kj.KjreportError, match="no choice 'normalize' in a study; the choices are"):
        found.redo(normalize="zscore")
    with pytest.raises(kj.KjreportError, match="no choice 'colour'"):
        kj.study(tmp_path, colour="red")


def test_choices_that_do_not_go_together_are_told(found):
    with pytest.raises(kj.KjreportError, match="geometric mean: a value is zero or negative"):
        found.redo(normalise="zscore", aggregate="geometric")
    with pytest.raises(kj.KjreportError, match="n_clusters=12 for 12 districts"):
        found.redo(n_clusters=12)


def test_the_record_names_every_choice():
    record = Choices().changed({"random_state": 7, "screen": None}).record()
    assert record["profile"]["random_state"] == 7
    assert record["index"]["screen"] is None
    assert {"method", "n_clusters", "sources"} <= record["profile"].keys()
    assert {"impute", "treat", "normalise", "weights", "aggregate"} <= record["index"].keys()


def test_index_and_stance_are_written(found, tmp_path):
    out = found.write(tmp_path)
    index = read_table(out / "index.csv")
    assert index.columns[:5].tolist() == ["area", "rank", "rank_low", "rank_high", "score"]
    assert index["rank"].astype(float).is_monotonic_increasing
    stance = read_table(out / "stance.csv")
    assert stance.columns.tolist() == found.stance.columns.tolist()
    assert len(stance) == len(found.stance)
    package = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))
    assert {"stance", "index"} <= {resource["name"] for resource in package["resources"]}
    names = {path.stem for path in (out / "figures").iterdir()}
    assert {"rank_intervals", "sensitivity_indices", "weights_bars"} <= names
