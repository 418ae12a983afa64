"""Damaged and hostile files: a row of the failures each, and the rest is read."""

import io
import os
import subprocess
import sys
import time
import zipfile
import zlib
from pathlib import Path

import pytest

from kjreport.load import Limits, LoadError, Reader, read_report, read_reports, register, unregister

GOOD = "2022年工作总结\n新增3家。"


def bomb(megabytes: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w") as part:
            for _ in range(megabytes):
                part.write(b" " * 1024 * 1024)
    return buffer.getvalue()


def pdf_bomb(megabytes: int) -> bytes:
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * 1024 * 1024) for _ in range(megabytes))
    stream = packed + packer.flush()
    head = f"%PDF-1.4\n1 0 obj\n<</Length {len(stream)}>>\nstream\n".encode()
    return head + stream + b"\nendstream\nendobj\n"


@pytest.fixture
def damaged(tmp_path: Path, docx_bytes, samples: Path) -> Path:
    sound = docx_bytes("<w:p><w:r><w:t>新增3家</w:t></w:r></w:p>")
    secret = tmp_path / "secret.txt"
    xxe = zipfile.ZipFile(tmp_path / "xxe.docx", "w")
    with xxe:
        xxe.writestr("[Content_Types].xml", "<Types/>")
        xxe.writestr(
            "word/document.xml",
            f'<!DOCTYPE d [<!ENTITY e SYSTEM "{secret.as_uri()}">]><w:document xmlns:w="x">&e;'
            "</w:document>",
        )
    secret.write_text(GOOD, encoding="utf-8")
    files = {
        "bomb.docx": bomb(200),
        "bomb.pdf": pdf_bomb(100),
        "cut.docx": sound[: len(sound) // 2],
        "cut.pdf": (samples / "report.pdf").read_bytes()[:3000],
        "encrypted.pdf": (samples / "encrypted.pdf").read_bytes(),
        "empty.txt": b"",
        "ole.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000),
        "blank.txt": b" \n \n",
        "unknown.bin": bytes(range(256)) * 8,
        "坏 的\n名字.docx": sound[:-100],
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    (tmp_path / "html.doc").write_text(f"<html><body><p>{GOOD}</p></body></html>", encoding="gbk")
    return tmp_path


def test_each_damaged_file_is_a_row_and_the_rest_is_read(damaged: Path) -> None:
    reports = read_reports(damaged)
    assert {d.report_id for d in reports} == {"secret", "html"}
    assert dict(reports.failures[["file", "kind"]].values.tolist()) == {
        "bomb.docx": "too large",
        "bomb.pdf": "too large",
        "cut.docx": "damaged",
        "cut.pdf": "damaged",
        "encrypted.pdf": "encrypted",
        "empty.txt": "empty",
        "ole.doc": "unknown format",
        "blank.txt": "no text",
        "unknown.bin": "unknown format",
        "坏 的 名字.docx": "damaged",
        "loop": "unreadable",
        "self.txt": "missing",
        "xxe.docx": "unsafe",
    }
    assert not reports.failures["message"].str.contains("\n").any()


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="measures memory on Linux")
def test_memory_stays_below_500_megabytes(damaged: Path) -> None:
    # getrusage would count the memory of the parent too, from before the program was started.
    program = (
        "import re, sys; from pathlib import Path; from kjreport.load import read_reports\n"
        "read_reports(sys.argv[1])\n"
        "print(re.search(r'VmHWM:\\s+(\\d+) kB', Path('/proc/self/status').read_text())[1])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, damaged], capture_output=True, text=True, check=True
    )
    assert int(done.stdout) * 1024 < 500 * 1024 * 1024


def test_a_file_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    def linger(content, limits):
        while True:
            time.sleep(0.01)

    slow = Reader("slow", lambda content: content.name == "slow.txt", linger)
    (tmp_path / "slow.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "z.txt").write_text(GOOD, encoding="utf-8")
    register(slow)
    try:
        reports = read_reports(tmp_path, limits=Limits(seconds=0.1))
    finally:
        unregister(slow)
    assert reports.failures["kind"].tolist() == ["too slow"]
    assert [d.report_id for d in reports] == ["z"]


def test_limits_are_settings(tmp_path: Path, samples: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(GOOD, encoding="utf-8")
    for limits in (Limits(file_bytes=5), Limits(characters=5)):
        with pytest.raises(LoadError) as caught:
            read_report(path, limits=limits)
        assert caught.value.kind == "too large"
    with pytest.raises(LoadError, match=r"Limits\.pages"):
        read_report(samples / "report.pdf", limits=Limits(pages=0))
    with pytest.raises(LoadError, match=r"Limits\.markup_bytes"):
        read_report(samples / "report.docx", limits=Limits(markup_bytes=10))


def test_a_part_that_shrinks_beyond_belief_is_refused(tmp_path: Path, zip_bytes) -> None:
    path = tmp_path / "a.docx"
    part = b"<w:document/>" + b" " * 3_000_000
    path.write_bytes(zip_bytes({"[Content_Types].xml": "<Types/>", "word/document.xml": part}))
    with pytest.raises(LoadError, match=r"Limits\.unpack_ratio"):
        read_report(path)


def test_an_archive_of_too_many_files_is_refused(tmp_path: Path, zip_bytes) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zip_bytes({f"{n}.txt": GOOD for n in range(3)}))
    assert len(read_reports(path)) == 3
    failures = read_reports(path, limits=Limits(members=2)).failures
    assert failures["kind"].tolist() == ["too large"]
    with pytest.raises(LoadError, match="holds 3 reports"):
        read_report(path)


def test_an_archive_inside_an_archive_is_not_opened(tmp_path: Path, zip_bytes) -> None:
    inner = zip_bytes({"a.txt": GOOD})
    (tmp_path / "outer.zip").write_bytes(zip_bytes({"inner.zip": inner, "b.txt": GOOD}))
    reports = read_reports(tmp_path)
    assert [d.report_id for d in reports] == ["outer-b"]
    assert reports.failures[["file", "kind"]].values.tolist() == [["outer.zip/inner.zip", "unsafe"]]


def test_import_pulls_in_neither_figures_nor_learning() -> None:
    program = (
        "import sys, kjreport.load\n"
        "print([m for m in ('matplotlib', 'sklearn', 'scipy', 'docx', 'openpyxl', 'pypdfium2',"
        " 'rapidocr', 'xlrd') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=os.environ
    )
    assert done.stdout.strip() == "[]"
