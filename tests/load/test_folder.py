import os
import pickle
import zipfile
from pathlib import Path

import pytest

from kjreport.errors import KjreportError
from kjreport.load import Document, LoadError, iter_reports, read_report, read_reports


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text("甲局2022年工作总结\n新增高企3家。", encoding="gb18030")
    (tmp_path / "b.txt").write_text("乙局2021年工作总结\n新增高企5家。", encoding="utf-16")
    (tmp_path / "子").mkdir()
    (tmp_path / "子" / "丙 丁.html").write_text(
        "<html><body><p>2023年，新增高企7家，完成任务。</p></body></html>", encoding="utf-8"
    )
    return tmp_path


def test_reports_are_a_sequence_in_the_order_of_names(folder: Path) -> None:
    reports = read_reports(folder)
    assert [d.report_id for d in reports] == ["a", "b", "丙 丁"]
    assert reports["b"].origin.year == 2021
    assert [d.report_id for d in reports[1:]] == ["b", "丙 丁"]
    assert reports[0].origin.sha256 == read_report(folder / "a.txt").origin.sha256
    assert list(reports.failures.columns) == ["file", "kind", "message"]
    assert "甲局" in reports._repr_html_()
    with pytest.raises(KeyError):
        reports["z"]


def test_catalogue_wins_and_names_missing_files(folder: Path) -> None:
    (folder / "reports.csv").write_text(
        "file,report_id,area,year,title,source_url\n"
        "a.txt,x-2020,山东省东营市,2020,标题,http://example.org/1\n"
        "gone.docx,,,,,\n",
        encoding="utf-8-sig",
    )
    reports = read_reports(folder)
    origin = reports["x-2020"].origin
    assert (origin.area, origin.year, origin.title) == ("山东省东营市", 2020, "标题")
    assert reports.failures[["file", "kind"]].values.tolist() == [["gone.docx", "missing"]]
    assert read_report(folder / "b.txt").report_id == "b"


def test_a_subfolder_has_its_own_catalogue(folder: Path) -> None:
    (folder / "子" / "reports.csv").write_text(
        "file,report_id,year\n丙 丁.html,c-2023,2024\n../a.txt,x,\n", encoding="utf-8"
    )
    reports = read_reports(folder)
    assert [d.report_id for d in reports] == ["a", "b", "c-2023"]
    assert reports["c-2023"].origin.year == 2024
    assert reports.failures["file"].tolist() == ["子/../a.txt"]


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("name,year\na.txt,2022\n", "expected a column 'file'"),
        ("file,year\na.txt,22\n", "row 2: year '22'"),
        ("file\na.txt\na.txt\n", "listed twice"),
        ("file,report_id\na.txt,x\nb.txt,x\n", "make it unique"),
    ],
)
def test_a_catalogue_that_is_wrong_is_told_in_one_line(folder: Path, table: str, told: str) -> None:
    (folder / "reports.csv").write_text(table, encoding="utf-8")
    with pytest.raises(KjreportError, match=told) as caught:
        read_reports(folder)
    assert "\n" not in str(caught.value)


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(KjreportError, match="no such file or folder"):
        read_reports(tmp_path / "nowhere")
    assert len(read_reports(tmp_path)) == 0


def test_equal_stems_get_ids_that_tell_them_apart(folder: Path) -> None:
    (folder / "a.md").write_text("# 2022年总结\n3家", encoding="utf-8")
    (folder / "子" / "a.txt").write_text("2022年总结\n3家", encoding="utf-8")
    assert [d.report_id for d in read_reports(folder)] == [
        "a.md",
        "a.txt",
        "b",
        "子-a.txt",
        "丙 丁",
    ]


def test_pattern_selects_by_name_or_path(folder: Path) -> None:
    assert [d.report_id for d in read_reports(folder, "*.html")] == ["丙 丁"]
    assert [d.report_id for d in read_reports(folder, "子/*")] == ["丙 丁"]


def test_several_folders_and_files_in_one_call(folder: Path, tmp_path: Path) -> None:
    reports = read_reports([folder / "子", folder / "a.txt"])
    assert [d.report_id for d in reports] == ["丙 丁", "a"]


def test_names_in_gbk_and_clutter_of_archives(folder: Path) -> None:
    path = folder / "批.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("目录/东区2022年总结.txt", "2022年，新增3家。")
        archive.writestr("__MACOSX/x", "y")
        archive.writestr("坏.docx", b"PK\x03\x04 [Content_Types].xml word/document.xml")
    # Rewrite the name as Chinese Windows stores it: GBK bytes without the UTF-8 flag.
    raw = path.read_bytes()
    utf8 = "目录/东区2022年总结.txt".encode()
    gbk = "目录/东区2022年总结.txt".encode("gbk").ljust(len(utf8), b"_")
    raw = raw.replace(utf8, gbk)
    at = 0
    while (at := raw.find(gbk, at)) >= 0:
        for back, flag in ((30, 6), (46, 8)):
            if raw[at - back : at - back + 2] == b"PK":
                raw = raw[: at - back + flag] + b"\0\0" + raw[at - back + flag + 2 :]
        at += 1
    path.write_bytes(raw)
    reports = read_reports(folder, "*.zip")
    assert len(reports) == 1
    assert reports[0].origin.file.startswith("批.zip/目录/东区2022年总结.txt")
    assert reports[0].report_id.startswith("批-东区2022年总结")
    assert reports.failures["kind"].tolist() == ["damaged"]


def test_lazy_reading_collects_failures_as_it_goes(folder: Path) -> None:
    (folder / "0.docx").write_bytes(b"")
    stream = iter_reports(folder)
    assert stream.failures.empty
    assert next(iter(stream)).report_id == "a"
    assert stream.failures["file"].tolist() == ["0.docx"]
    with pytest.raises(LoadError, match=r"0\.docx: the file has 0 bytes"):
        list(iter_reports(folder, on_error="raise"))


def test_workers_give_the_same_reports(folder: Path) -> None:
    (folder / "0.docx").write_bytes(b"")
    alone, together = read_reports(folder), read_reports(folder, workers=2)
    assert list(alone) == list(together)
    assert alone.failures.equals(together.failures)


def test_progress_goes_to_stderr_only(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    read_reports(folder, progress=True)
    out, err = capsys.readouterr()
    assert out == ""
    assert "3/3" in err


def test_documents_and_failures_can_be_sent_to_other_processes(folder: Path) -> None:
    document = read_report(folder / "a.txt")
    assert pickle.loads(pickle.dumps(document)) == document
    error = LoadError("empty", "x", "f")
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


def test_json_round_trip(samples: Path) -> None:
    document = read_report(samples / "table.pdf")
    assert Document.from_json(document.to_json()) == document
    assert document.blocks[0].page == 1
    for wrong in ("[]", "{}", '{"version": 9}', "no"):
        with pytest.raises(KjreportError):
            Document.from_json(wrong)


def test_html_of_a_document_is_escaped(tmp_path: Path) -> None:
    (tmp_path / "<b>.txt").write_text("<script>1</script>2022年总结", encoding="utf-8")
    shown = read_reports(tmp_path)[0]._repr_html_()
    assert "<script>" not in shown
    assert "&lt;b&gt;" in shown


def test_a_fifo_is_not_opened(tmp_path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("needs FIFOs")
    os.mkfifo(tmp_path / "pipe.txt")
    assert read_reports(tmp_path).failures["kind"].tolist() == ["unreadable"]
