import contextlib
import io
import random
import runpy
import sys

import pandas as pd
import pytest

from kjreport.errors import KjreportError
from kjreport.export import write_table
from kjreport.score import score

ROW = {
    "report_id": "demo",
    "indicator": "makerspaces",
    "measure": "flow",
    "scenario": "actual",
    "level": "",
    "period": "2022",
    "value": "2",
    "value_max": "",
    "unit": "count",
    "status": "reported",
    "scope": "district",
    "optional": "",
    "start": "4",
    "end": "6",
}


def table(*changes):
    return pd.DataFrame([ROW | change for change in changes])


def kinds(result):
    return result.rows["kind"].tolist()


def test_a_table_agrees_with_itself():
    result = score(table({}, {"start": "9", "end": "12"}), table({}, {"start": "9", "end": "12"}))
    assert kinds(result) == ["agrees", "agrees"]
    assert (result.summary.to_numpy() == 1).all()
    assert (result.fields.to_numpy() == 1).all()
    assert result.errors.empty


def test_numbers_agree_as_numbers_and_typed_tables_as_text_ones():
    typed = table({}).astype({"value": float, "start": int, "end": int})
    typed["value_max"] = float("nan")
    assert kinds(score(table({"value": "2.0"}), typed)) == ["agrees"]


def test_alternatives_are_all_right():
    assert kinds(score(table({"measure": "stock|flow"}), table({}))) == ["agrees"]


@pytest.mark.parametrize(
    ("gold", "predicted", "kind"),
    [
        ({}, {"start": "6", "end": "8"}, ["missed", "extra"]),
        ({}, {"measure": "stock"}, ["differs"]),
        ({"optional": "1"}, {"measure": "stock"}, []),
        ({"optional": "1"}, {"start": "6", "end": "8"}, ["extra"]),
        ({"scope": "entity"}, {}, ["not asked"]),
        ({"indicator": "other"}, {}, ["not asked"]),
        ({"indicator": "other"}, {"indicator": "other"}, []),
        ({"indicator": "makerspaces|other"}, {}, []),
        ({"scope": "district|entity"}, {}, []),
        ({}, {"scope": "entity"}, ["missed"]),
        ({}, {"report_id": "elsewhere"}, ["missed"]),
    ],
)
def test_each_kind_of_judgement(gold, predicted, kind):
    assert kinds(score(table(gold), table(predicted))) == kind


def test_rows_at_one_place_are_paired_by_indicator():
    gold = table({"indicator": "incubators"}, {})
    assert kinds(score(gold, table({}, {"indicator": "incubators"}))) == ["agrees", "agrees"]


def test_the_worst_errors_come_first():
    gold = table({}, {"start": "10", "end": "12"}, {"start": "20", "end": "22"})
    predicted = table(
        {"period": "2021"}, {"start": "10", "end": "12", "value": "3", "level": "county"}
    )
    errors = score(gold, predicted).errors
    assert errors["kind"].tolist() == ["missed", "differs", "differs"]
    assert errors["wrong"].tolist() == ["", "value,level", "period"]


def test_core_by_a_field_of_gold():
    gold = table({}, {"indicator": "incubators", "start": "9", "end": "12"})
    broken = score(gold, table({})).by("indicator")
    assert broken.loc["makerspaces", "f1"] == 1
    assert broken.loc["incubators", ["gold", "predicted", "recall"]].tolist() == [1, 0, 0]
    with pytest.raises(KjreportError, match=r"expected a field among report_id.*found 'tier'"):
        score(gold, gold).by("tier")


def test_nothing_predicted_scores_nothing():
    result = score(table({}), table({}).iloc[:0])
    assert (result.summary.to_numpy() == 0).all()
    assert "0.000" in result._repr_html_()


def test_a_table_without_the_columns_is_told():
    with pytest.raises(KjreportError, match="gold: expected the columns"):
        score(pd.DataFrame({"report_id": []}), table({}))
    with pytest.raises(KjreportError, match="predicted, row 1: expected a number as start"):
        score(table({}), table({"start": "four"}))


@pytest.mark.parametrize("seed", [1, 2])
def test_figures_are_those_of_the_reference(shared, tmp_path, monkeypatch, seed):
    path = shared / "gold" / "gold.csv"
    gold = pd.read_csv(path, dtype="str", keep_default_na=False)
    predicted = tmp_path / "predicted.csv"
    write_table(damaged(gold, random.Random(seed)), predicted)
    program = str(shared / "gold" / "score.py")
    monkeypatch.setattr(sys, "argv", [program, str(path), str(predicted), "--by", "measure"])
    said = io.StringIO()
    with contextlib.redirect_stdout(said), pytest.raises(SystemExit):
        runpy.run_path(program, run_name="__main__")

    result = score(gold, pd.read_csv(predicted, dtype="str", keep_default_na=False))
    form = "{:<5} P {:.3f} R {:.3f} F1 {:.3f}".format
    lines = [form(name, *rates) for name, *rates in result.summary.itertuples()]
    head = f"reports {result.reports}  gold {result.gold}  predicted {result.predicted}"
    assert said.getvalue().splitlines()[-4:] == [head, *lines]
    form = "  {:<28} gold {:4d}  core P {:.3f} R {:.3f} F1 {:.3f}".format
    by_measure = result.by("measure").drop(columns="predicted")
    lines = {form(name or "-", int(n), *rates) for name, n, *rates in by_measure.itertuples()}
    assert lines == {line for line in said.getvalue().splitlines() if line.startswith("  ")}


def damaged(gold, chance):
    """Return the gold table as a poor extraction might have it."""
    rows = []
    for row in gold.sample(frac=0.9, random_state=chance.randrange(99)).to_dict("records"):
        kept = {name: chance.choice(cell.split("|")) for name, cell in row.items()}
        for name in ("indicator", "measure", "unit", "period", "value", "level", "scope"):
            if chance.random() < 0.1:
                kept[name] = chance.choice(gold[name].tolist()).split("|")[0]
        kept["start"] = str(max(0, int(kept["start"]) + chance.randrange(-4, 5)))
        kept["end"] = str(int(kept["end"]) + chance.randrange(9))
        rows.append(kept)
    return pd.DataFrame(rows).drop(columns=["optional", "note"])
