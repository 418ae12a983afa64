"""Time to load 1 000 Word reports, beside python-docx alone and other readers.

Run: python benchmarks/loading.py [number of reports]
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import docx

from kjreport.load import read_report, read_reports

CHARACTERS = 5_000
SENTENCE = "全区新增高新技术企业{}家，实现技术合同成交额{}.5万元，同比增长{}.3%，超额完成年度任务。"


def write_reports(folder: Path, count: int) -> None:
    """Write `count` Word reports of 5 000 characters, headings included."""
    for number in range(count):
        document = docx.Document()
        document.add_heading(f"第{number}区科技局2022年工作总结", 1)
        length = 0
        while length < CHARACTERS:
            text = "".join(SENTENCE.format(n + number, n * 7, n) for n in range(1, 5))
            document.add_paragraph(text)
            length += len(text)
        document.save(str(folder / f"report-{number:04}.docx"))


def python_docx(folder: Path) -> int:
    return sum(
        len("\n".join(p.text for p in docx.Document(str(path)).paragraphs))
        for path in sorted(folder.glob("*.docx"))
    )


def kjreport_folder(folder: Path) -> int:
    return sum(len(document.text) for document in read_reports(folder, progress=False))


def kjreport_two_workers(folder: Path) -> int:
    reports = read_reports(folder, workers=2, progress=False)
    return sum(len(document.text) for document in reports)


def seconds(run: Callable[[Path], int], folder: Path) -> float:
    start = time.perf_counter()
    run(folder)
    return time.perf_counter() - start


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_reports(folder, count)
        # Imports and tables read on first use are no part of either figure.
        first = next(folder.glob("*.docx"))
        read_report(first)
        python_docx(folder / "none")
        alone = seconds(python_docx, folder)
        print(f"{count} docx reports of {CHARACTERS} characters")
        print(f"{'python-docx, paragraphs joined':36} {alone:7.2f} s")
        for label, run in (
            ("kjreport.load", kjreport_folder),
            ("kjreport.load, 2 workers", kjreport_two_workers),
        ):
            taken = seconds(run, folder)
            print(f"{label:36} {taken:7.2f} s  {taken / alone:5.2f} times (at most 3)")


if __name__ == "__main__":
    main()
