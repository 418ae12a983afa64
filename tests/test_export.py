import math
import os
import sys

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from kjreport.errors import KjreportError
from kjreport.export import (
    check_folder,
    check_table_path,
    defuse,
    read_table,
    replacing,
    undefuse,
    write_table,
    write_text,
)

TABLE = pd.DataFrame(
    {
        "raw": [
            "=HYPERLINK(1)",
            "-11.7%",
            "+2",
            "@x",
            "\t=1",
            "'-",
            "16家",
            "",
            'a,"b"\r\nc',
            "\r",
        ],
        "value": [24335000.0, -11.7, 0.1, 1e17, math.nan, 1 / 3, 16.0, 0.0, 2.5, 1e-7],
        "start": range(10),
        "page": pd.array([1, None, 3, 4, 5, 6, 7, 8, 9, 10], dtype="Int64"),
    }
)

# A formula may be hidden behind any mixture of these.
tricky = st.text(alphabet=st.sampled_from("=+-@\t\r\n'＝\"，,;a1 家"), max_size=6)
# Surrogates have no UTF-8 and NUL ends a field for the CSV reader.
anything = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)
printable = st.text(
    alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), max_size=8
)


@given(st.one_of(tricky, anything))
def test_defusing_is_undone_exactly_and_leaves_no_formula(text):
    safe = defuse(text)
    assert not safe.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))
    assert undefuse(safe) == text


@settings(max_examples=40, deadline=None)
@given(rows=st.lists(st.tuples(st.one_of(tricky, anything), tricky), min_size=1, max_size=4))
def test_texts_survive_csv_and_jsonl(rows, tmp_path_factory):
    folder = tmp_path_factory.mktemp("tables")
    frame = pd.DataFrame(rows, columns=["raw", "label"])
    for suffix in (".csv", ".jsonl"):
        path = folder / f"table{suffix}"
        write_table(frame, path)
        assert read_table(path).to_numpy().tolist() == frame.to_numpy().tolist()


@settings(max_examples=15, deadline=None)
@given(texts=st.lists(printable, min_size=1, max_size=4))
def test_texts_survive_xlsx(texts, tmp_path_factory):
    path = tmp_path_factory.mktemp("tables") / "table.xlsx"
    frame = pd.DataFrame({"raw": texts, "row": range(len(texts))})
    write_table(frame, path)
    assert read_table(path)["raw"].tolist() == texts


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=4))
def test_numbers_survive_csv_to_the_last_digit(tmp_path_factory, numbers):
    path = tmp_path_factory.mktemp("tables") / "table.csv"
    write_table(pd.DataFrame({"value": numbers}), path)
    assert [float(text) for text in read_table(path)["value"]] == numbers


def test_numbers_keep_their_sign_and_whole_ones_have_no_point(tmp_path):
    write_table(TABLE, tmp_path / "table.csv")
    read = read_table(tmp_path / "table.csv")
    assert read["value"].tolist()[:3] == ["24335000", "-11.7", "0.1"]
    assert read["value"].tolist()[4] == ""
    assert read["page"].tolist()[1] == ""


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".xlsx", ".parquet"])
def test_every_format_comes_back(tmp_path, suffix):
    if suffix == ".parquet":
        pytest.importorskip("pyarrow")
    frame = TABLE.iloc[:8].drop(columns="page")
    write_table(frame, tmp_path / f"table{suffix}")
    read = read_table(tmp_path / f"table{suffix}")
    assert read["raw"].tolist() == frame["raw"].tolist()
    assert pd.to_numeric(read["value"]).equals(frame["value"])
    assert [path.name for path in tmp_path.iterdir()] == [f"table{suffix}"]


def test_a_workbook_holds_no_formula_and_drops_what_xml_cannot_hold(tmp_path):
    frame = pd.DataFrame({"=1": ["=1+1", "a\x00b\x0bc"]})
    write_table(frame, tmp_path / "table.xlsx")
    sheet = load_workbook(tmp_path / "table.xlsx").active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert [cell.value for cell in cells] == ["'=1", "'=1+1", "abc"]
    assert {cell.data_type for cell in cells} == {"s"}


def test_more_rows_than_a_sheet_holds_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("kjreport.export._SHEET_ROWS", 10)
    with pytest.raises(KjreportError, match="10 rows are more than a sheet"):
        write_table(TABLE, tmp_path / "t.xlsx")
    assert not list(tmp_path.iterdir())


def test_headings_are_defused_too(tmp_path):
    write_table(pd.DataFrame({"=cmd": [1]}), tmp_path / "table.csv")
    assert (tmp_path / "table.csv").read_text().startswith("'=cmd")
    assert read_table(tmp_path / "table.csv").columns.tolist() == ["=cmd"]


def test_an_interrupted_write_leaves_the_earlier_file_and_no_draft(tmp_path):
    path = tmp_path / "note.txt"
    write_text("earlier", path)

    def interrupted():
        with replacing(path) as target:
            target.write_text("half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert path.read_text() == "earlier"
    assert [file.name for file in tmp_path.iterdir()] == ["note.txt"]


def test_a_missing_folder_is_made(tmp_path):
    write_text("x", tmp_path / "a" / "b" / "note.txt")
    assert (tmp_path / "a" / "b" / "note.txt").read_text() == "x"


def test_a_place_that_cannot_be_written_is_told_in_one_line(tmp_path):
    (tmp_path / "file").write_text("x")
    for attempt in (
        lambda: write_text("x", tmp_path / "file" / "note.txt"),
        lambda: write_table(TABLE, tmp_path / "file" / "t.csv"),
        lambda: check_folder(tmp_path / "file"),
        lambda: check_table_path(tmp_path / "file" / "t.csv"),
    ):
        with pytest.raises(KjreportError, match=r"cannot be written: .*choose another") as raised:
            attempt()
        assert "\n" not in str(raised.value)
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(KjreportError, match="cannot be written"):
        write_table(TABLE, tmp_path / "folder.csv")
    with pytest.raises(KjreportError, match="is a folder"):
        check_table_path(tmp_path / "folder.csv")


def test_checking_a_place_leaves_nothing(tmp_path):
    check_table_path(tmp_path / "t.csv")
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
def test_files_have_the_permissions_of_any_new_file(tmp_path):
    (tmp_path / "plain").touch()
    write_text("x", tmp_path / "note.txt")
    assert (tmp_path / "note.txt").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_another_suffix_is_refused_with_those_known(tmp_path):
    with pytest.raises(KjreportError, match=r"\.csv, \.parquet, \.jsonl, \.xlsx, found \.dta"):
        write_table(TABLE, tmp_path / "t.dta")
    with pytest.raises(KjreportError, match="found no suffix"):
        read_table(tmp_path / "t")


def test_parquet_without_pyarrow_names_the_extra(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setattr("kjreport.export.find_spec", lambda name: None)
    with pytest.raises(KjreportError, match=r"pip install 'kjreport\[parquet\]'"):
        write_table(TABLE, tmp_path / "t.parquet")


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".xlsx", ".parquet"])
def test_a_file_that_is_no_table_is_named(tmp_path, suffix):
    path = tmp_path / f"table{suffix}"
    path.write_bytes(b'\xff\xfe\x00broken\n"')
    with pytest.raises(KjreportError, match=f"table{suffix}: expected a {suffix} table"):
        read_table(path)
    with pytest.raises(KjreportError, match="cannot be read"):
        read_table(tmp_path / f"absent{suffix}")
