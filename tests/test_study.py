"""From a folder to files: what a study holds, and what it does with bad input."""

import hashlib
import json
import pickle

import pandas as pd
import pytest

from kjreport.cli import main
from kjreport.errors import KjreportError
from kjreport.export import read_table
from kjreport.schema import OBSERVATION_COLUMNS, RESIDUAL_COLUMNS, validate
from kjreport.study import read, study

# Written for this test; the places are real, the figures are not.
REPORTS = {
    "甲": (
        "江苏省南通市",
        "一、工作总结\n截至2022年底，高新技术企业达到120家，新增众创空间3家，技术合同成交额24.5亿元。"
        "R&D经费占GDP比重2.6%。举办培训12场。\n二、工作打算\n力争高新技术企业达到150家。",
    ),
    "乙": (
        "浙江省宁波市鄞州区",
        "一、工作总结\n高新技术企业达到**家，新增孵化器2家，发明专利授权300件。"
        "走访企业80家次。\n二、工作计划\n全年新增科技型中小企业40家。",
    ),
    "丙": (
        "山东省潍坊市",
        "一、工作总结\n高新技术企业达到64家，选派科技特派员35名，R&D经费占GDP比重1.9%。\n"
        "二、下一步打算\n引进科技人才10名。",
    ),
    "丁": ("河南省洛阳市", "一、工作总结\n狠抓高新技术企业培育，推进众创空间建设，成效明显。"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reports")
    lines = ["file,report_id,area,year"]
    for name, (area, text) in REPORTS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        lines.append(f"{name}.txt,{name}-2022,{area},2022")
    (folder / "reports.csv").write_text("\n".join(lines), encoding="utf-8")
    (folder / "坏.docx").write_bytes(b"PK\x03\x04 no archive")
    return folder


@pytest.fixture(scope="module")
def found(folder):
    return study(folder)


@pytest.fixture(scope="module")
def out(found, tmp_path_factory):
    return found.write(tmp_path_factory.mktemp("out") / "deep" / "study")


def test_every_span_is_the_number_as_printed(found):
    for table in (found.observations, found.residuals):
        assert len(table)
        for row in table.itertuples():
            text = found.reports[row.report_id].text
            assert text[row.start : row.end] == row.raw


def test_no_masked_number_has_a_value_anywhere(found):
    for table in (found.observations, found.facts):
        masked = table[table["status"] == "masked"]
        assert len(masked)
        assert masked[["value", "value_max"]].isna().all(axis=None)
    hidden = found.cells[found.cells["reason"] == "masked"]
    assert len(hidden)
    assert hidden["value"].isna().all()


def test_every_district_has_a_row_even_without_a_number(found):
    assert found.panel.index.tolist() == found.reasons.index.tolist()
    assert set(found.panel.index) == {area for area, _ in REPORTS.values()}
    assert found.panel.loc["河南省洛阳市"].isna().all()
    assert (found.reasons.loc["河南省洛阳市"] == "not reported").all()
    assert found.panel.loc["江苏省南通市", "high_tech_enterprises"] == 120
    assert found.reasons.loc["浙江省宁波市鄞州区", "high_tech_enterprises"] == "masked"
    assert found.emphasis.loc["河南省洛阳市"].sum() == pytest.approx(1)


def test_a_failed_file_is_listed_and_the_rest_is_there(found):
    assert found.failures["file"].tolist() == ["坏.docx"]
    assert len(found.reports) == len(REPORTS)


def test_a_study_shows_itself_and_travels(found):
    assert repr(found).startswith("<Study: 4 reports, ")
    assert "江苏省南通市" in found._repr_html_()
    assert pickle.loads(pickle.dumps(found)).panel.equals(found.panel)


def test_all_files_are_there(out):
    expected = {
        *("observations.csv", "residuals.csv", "failures.csv", "facts.csv", "cells.csv"),
        *("stance.csv", "panel.csv", "profiles.csv", "index.csv", "brief.html", "audit.html"),
        *("datapackage.json", "run.json", "figures"),
    }
    assert {path.name for path in out.iterdir()} == expected


def test_tables_come_back_as_they_were(out, found):
    observations = read_table(out / "observations.csv")
    assert tuple(observations.columns) == OBSERVATION_COLUMNS
    assert observations["raw"].tolist() == found.observations["raw"].tolist()
    assert validate(observations)["row"].tolist() == validate(found.observations)["row"].tolist()
    assert tuple(read_table(out / "residuals.csv").columns) == RESIDUAL_COLUMNS
    panel = read_table(out / "panel.csv").set_index("area")
    assert panel.loc["江苏省南通市", "high_tech_enterprises"] == "120"
    profiles = read_table(out / "profiles.csv")
    assert {"area", "gb_code", "tier", "cluster", "emphasis_platform"} <= set(profiles.columns)


def test_every_figure_is_drawn_twice(out):
    names = {path.name for path in (out / "figures").iterdir()}
    assert {name.removesuffix(".svg") for name in names if name.endswith(".svg")} == {
        name.removesuffix(".png") for name in names if name.endswith(".png")
    }
    assert "profile_heatmap.png" in names


def test_the_data_package_describes_what_lies_there(out):
    package = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))
    assert {source["path"] for source in package["sources"]} == {f"{name}.txt" for name in REPORTS}
    for resource in package["resources"]:
        content = (out / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert resource["bytes"] == len(content)
        table = pd.read_csv(out / resource["path"], dtype="str")
        assert [field["name"] for field in resource["schema"]["fields"]] == list(table.columns)
        key = resource["schema"].get("primaryKey")
        assert key is None or not table.duplicated(key).any()


def test_the_run_tells_how_to_do_it_again(out, folder):
    run = json.loads((out / "run.json").read_text(encoding="utf-8"))
    assert run["counts"]["reports"] == len(REPORTS)
    parameters = run["parameters"]
    assert parameters["period"] is None
    assert parameters["profile"]["n_clusters"] == "auto"
    assert parameters["index"]["normalise"] == {"method": "minmax", "bounds": [1, 100]}
    assert "an index needs 8" in run["doubt"]["index"]
    assert {"kjreport", "pandas"} <= set(run["packages"])
    assert run["seconds"]["extracting observations"] >= 0
    for source in run["inputs"]:
        content = (folder / source["file"]).read_bytes()
        assert source["sha256"] == hashlib.sha256(content).hexdigest()


def test_a_second_run_gives_the_same_tables(found, folder):
    again = study(folder)
    for name in ("observations", "residuals", "facts", "cells", "panel", "reasons", "profiles"):
        pd.testing.assert_frame_equal(getattr(again, name), getattr(found, name))


def test_two_districts_make_no_groups(tmp_path):
    for name in ("甲", "乙"):
        (tmp_path / f"{REPORTS[name][0]}2022.txt").write_text(REPORTS[name][1], encoding="utf-8")
    found = study(tmp_path)
    assert found.model is None
    assert found.ungrouped == "2 districts; groups need 3 or more"
    assert "cluster" not in found.profiles


def test_progress_names_each_stage(folder):
    stages = []
    study(folder, progress=stages.append)
    assert stages == [
        "reading reports",
        "extracting observations",
        "coding stance",
        "measuring emphasis",
        "laying out the panel",
        "grouping districts",
        "ranking districts",
    ]


def test_a_folder_without_a_readable_report_says_so(tmp_path):
    with pytest.raises(KjreportError, match="no report in it"):
        read(tmp_path)
    (tmp_path / "x.bin").write_bytes(b"\0\1\2\3")
    with pytest.raises(KjreportError, match=r"none of 1 files can be read; x\.bin: "):
        read([tmp_path])


@pytest.fixture
def run_main(capsys):
    def run_main(*arguments):
        status = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return status, said.out, said.err.splitlines()

    return run_main


def test_extract_writes_both_tables_and_counts_on_stderr(run_main, folder, tmp_path):
    table, left = tmp_path / "o.csv", tmp_path / "r.jsonl"
    status, out, err = run_main("extract", folder, "-o", table, "--residuals", left)
    assert (status, out) == (0, "")
    assert err[-1].startswith("kjreport: 4 reports, ")
    assert err[-1].endswith(f"1 failure; see {table}")
    assert any("坏.docx: not read" in line for line in err)
    assert tuple(read_table(table).columns) == OBSERVATION_COLUMNS
    assert tuple(read_table(left).columns) == RESIDUAL_COLUMNS


def test_extract_takes_several_folders_and_files(run_main, folder, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "戊.txt").write_text("2022年新增孵化器2家。", encoding="utf-8")
    table = tmp_path / "o.csv"
    status, _, _ = run_main("extract", other, folder / "甲.txt", "-o", table)
    assert status == 0
    assert set(read_table(table)["report_id"]) == {"戊", "甲-2022"}


def test_own_indicators_are_extracted(run_main, tmp_path):
    mine = tmp_path / "mine.yaml"
    mine.write_text(
        "indicators:\n  drone_firms:\n    family: enterprise\n    unit: count\n"
        "    measure: stock\n    label: {zh: 无人机企业, en: Drone firms}\n"
        "    aliases: [无人机企业]\naliases:\n  makerspaces: [双创小屋]\n",
        encoding="utf-8",
    )
    report = tmp_path / "report.txt"
    report.write_text("2022年，全区无人机企业达到7家，新增双创小屋2家。", encoding="utf-8")
    table = tmp_path / "o.csv"
    assert run_main("extract", report, "-o", table, "--schema", mine)[0] == 0
    assert read_table(table)["indicator"].tolist() == ["drone_firms", "makerspaces"]
    assert run_main("validate", table)[0] == 1
    assert run_main("validate", table, "--schema", mine)[0] == 0


@pytest.mark.parametrize("command", ["study", "extract"])
def test_an_empty_or_absent_folder_is_one_line(run_main, tmp_path, command):
    (tmp_path / "empty").mkdir()
    for name in ("empty", "absent"):
        status, out, err = run_main(command, tmp_path / name, "-o", tmp_path / "o.csv")
        assert (status, out) == (2, "")
        assert [line for line in err if line != "kjreport: reading reports"] == err[-1:]
        assert name in err[-1]


@pytest.mark.parametrize("command", ["study", "extract"])
def test_an_output_that_cannot_be_written_is_told_before_the_work(run_main, tmp_path, command):
    (tmp_path / "file").write_text("x")
    status, out, err = run_main(command, tmp_path, "-o", tmp_path / "file" / "o.csv")
    assert (status, out, len(err)) == (2, "", 1)
    assert "cannot be written" in err[0]


def test_an_unknown_suffix_of_the_output_is_told_before_the_work(run_main, tmp_path):
    status, _, err = run_main("extract", tmp_path, "-o", tmp_path / "o.sav")
    assert (status, len(err)) == (2, 1)
    assert "found .sav" in err[0]


def test_bad_files_become_failures_and_the_rest_is_read(run_main, tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "good.txt").write_text("2022年新增孵化器2家。", encoding="utf-8")
    (folder / "plain.txt").write_text("本年工作平稳，没有数字。", encoding="utf-8")
    (folder / "corrupt.docx").write_bytes(b"PK\x03\x04\x14\x00 cut off")
    (folder / "unknown.xyz").write_bytes(bytes(range(256)))
    (folder / "empty.txt").write_bytes(b"")
    (folder / "reports.csv").write_text("file,year\ngood.txt,2022\nlost.txt,2022\n")
    table = tmp_path / "o.csv"
    status, _, err = run_main("extract", folder, "-o", table)
    assert status == 0
    told = [line for line in err if "not read" in line]
    for name in ("corrupt.docx", "unknown.xyz", "empty.txt", "lost.txt"):
        assert sum(f" {name}: not read" in line for line in told) == 1
    assert len(told) == 4
    assert read_table(table)["report_id"].tolist() == ["good"]


def test_a_folder_without_any_number_is_a_study_all_the_same(tmp_path):
    (tmp_path / "河南省洛阳市2022.txt").write_text(REPORTS["丁"][1], encoding="utf-8")
    found = study(tmp_path)
    assert found.observations.empty
    assert found.panel.shape[0] == 1
