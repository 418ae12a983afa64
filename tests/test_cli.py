"""The command line: exit statuses, one line for each mistake, a clean stdout."""

import json
import subprocess
import sys

import pandas as pd
import pytest
import yaml

from kjreport import __version__
from kjreport.cli import main
from kjreport.export import write_table
from kjreport.schema import CODEBOOK_COLUMNS

SOUND = dict.fromkeys(CODEBOOK_COLUMNS, "") | {
    "report_id": "demo",
    "indicator": "makerspaces",
    "measure": "flow",
    "scenario": "actual",
    "period": "2022",
    "value": 2.0,
    "unit": "count",
    "qualifier": "exact",
    "status": "reported",
    "scope": "district",
    "start": 4,
    "end": 6,
}


@pytest.fixture
def run(capsys):
    """Run the program in this process: status, stdout, and the lines of stderr."""

    def run(*arguments):
        status = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return status, said.out, said.err.splitlines()

    return run


def program(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "kjreport", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def sound(tmp_path):
    path = tmp_path / "observations.csv"
    write_table(pd.DataFrame([SOUND, SOUND]), path)
    return path


@pytest.fixture
def broken(tmp_path):
    path = tmp_path / "broken.csv"
    write_table(pd.DataFrame([SOUND, SOUND | {"period": "now", "status": "masked"}]), path)
    return path


def test_help_and_version_need_nothing_heavy():
    code = (
        "import sys; from kjreport.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "print(sorted({'pandas', 'numpy', 'matplotlib', 'sklearn'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.startswith("usage: kjreport")
    assert done.stdout.splitlines()[-1] == "[]"
    assert program("--version").stdout.split() == ["kjreport", __version__]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "COMMAND"),
        (["stduy"], "invalid choice: 'stduy'"),
        (["study", "x"], "-o/--output"),
        (["extract", "x"], "-o/--output"),
        (["study", "x", "-o", "y", "--clusters", "1"], "a number from 2, found '1'"),
        (["schema", "--lang", "fr"], "invalid choice: 'fr'"),
    ],
)
def test_a_wrong_call_is_one_line_with_status_2(run, arguments, told):
    status, out, err = run(*arguments)
    assert (status, out, len(err)) == (2, "", 1)
    assert err[0].startswith("kjreport: ")
    assert told in err[0]
    assert err[0].endswith("--help")


def test_schema_prints_the_dictionary(run):
    status, out, err = run("schema")
    assert (status, err) == (0, [])
    assert "众创空间" in out
    assert len(out.splitlines()) > 50
    status, out, _ = run("schema", "--json", "--lang", "en")
    content = json.loads(out)
    assert content["indicators"][0]["label"] == "High- and new-technology enterprises"
    assert {"measures", "levels", "columns"} <= set(content)


def test_schema_takes_ones_own_indicators(run, tmp_path):
    mine = tmp_path / "mine.yaml"
    drones = {
        "family": "enterprise",
        "unit": "count",
        "measure": "stock",
        "label": {"zh": "无人机企业", "en": "Drone firms"},
    }
    mine.write_text(yaml.safe_dump({"indicators": {"drone_firms": drones}}), encoding="utf-8")
    assert "drone_firms" in run("schema", "--schema", mine)[1]
    mine.write_text("indicators: {makerspaces: {}}", encoding="utf-8")
    status, out, err = run("schema", "--schema", mine)
    assert (status, out, len(err)) == (2, "", 1)
    assert "mine.yaml, makerspaces: expected a code that is not taken" in err[0]


def test_validate_is_silent_on_stdout_where_nothing_fails(run, sound):
    status, out, err = run("validate", sound)
    assert (status, out) == (0, "")
    assert err == [f"kjreport: {sound}: 2 rows, none fails"]


def test_validate_prints_every_failing_cell_with_its_row_in_the_sheet(run, broken):
    status, out, err = run("validate", broken)
    assert status == 1
    lines = out.splitlines()
    assert lines[0] == "row,column,found,expected,message"
    assert [line.split(",")[:3] for line in lines[1:]] == [
        ["3", "period", "now"],
        ["3", "value", "2"],
    ]
    assert err == [f"kjreport: {broken}: 1 of 2 rows fail"]


def test_a_missing_column_fails_too(run, tmp_path):
    path = tmp_path / "poor.csv"
    write_table(pd.DataFrame([SOUND]).drop(columns="unit"), path)
    status, out, _ = run("validate", path)
    assert status == 1
    assert out.splitlines()[1].startswith(",unit,")


def test_score_prints_its_tables(run, sound, broken):
    status, out, err = run("score", sound, broken, "--errors", 5)
    assert (status, err) == (0, [])
    assert out.startswith("reports 1  gold 2  predicted 2")
    for word in (
        "found",
        "core",
        "full",
        "by field",
        "core, by indicator",
        "makerspaces",
        "by report_id",
    ):
        assert word in out
    assert "demo: differs status,period" in out
    out = run("score", sound, broken, "--by", "measure", "unit", "--errors", 0)[1]
    assert "differs" not in out
    assert "by indicator" not in out
    assert "core, by unit" in out


@pytest.mark.parametrize("command", [["validate"], ["score", "absent.csv"]])
def test_an_absent_table_is_one_line(run, command):
    status, out, err = run(*command, "absent.csv")
    assert (status, out, len(err)) == (2, "", 1)
    assert err[0].startswith("kjreport: absent.csv: cannot be read: No such file")


def test_a_reader_that_has_enough_of_stdout_is_no_error():
    process = subprocess.Popen(
        [sys.executable, "-m", "kjreport", "schema", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == ""
    process.stderr.close()
    assert process.wait() == 0


def test_the_program_speaks_where_the_terminal_has_no_chinese():
    done = subprocess.run(
        [sys.executable, "-m", "kjreport", "schema"],
        env={"PYTHONIOENCODING": "ascii", "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert rb"\u4f17\u521b" in done.stdout


def test_an_interrupt_ends_with_a_line_and_no_traceback(monkeypatch, run, sound):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("kjreport.export.read_table", interrupted)
    status, out, err = run("validate", sound)
    assert (status, out, len(err)) == (130, "", 1)
    assert "interrupted" in err[0]
