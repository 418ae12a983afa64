"""Characters that kjreport reads in a second, beside jieba.cut in the same run.

Run: python benchmarks/speed.py [number of rounds]
jieba is needed here only: pip install -e '.[bench]'
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

import jieba

import kjreport as kj
from kjreport.load import Document

REPOSITORY = Path(__file__).resolve().parents[1]
FOLDERS = {
    "data/reports": REPOSITORY / "data" / "reports",
    "../shared/reports": REPOSITORY / ".." / "shared" / "reports",
}
# Long enough that one round is no matter of chance.
CHARACTERS = 300_000


def seconds(run: Callable[[], object]) -> float:
    start = time.process_time()
    run()
    return time.process_time() - start


def observe_all(documents: Sequence[Document]) -> None:
    kj.observe(documents)


def cut_all(documents: Sequence[Document]) -> None:
    for document in documents:
        for _ in jieba.cut(document.text):
            pass


def rates(documents: Sequence[Document], rounds: int) -> tuple[float, float]:
    """Return the median characters a second of kjreport and of jieba, taken in turns."""
    length = sum(len(document.text) for document in documents)
    own, peer = [], []
    for _ in range(rounds):
        own.append(length / seconds(lambda: observe_all(documents)))
        peer.append(length / seconds(lambda: cut_all(documents)))
    return median(own), median(peer)


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    print(f"characters a second on one core, median of {rounds} rounds")
    print(f"{'texts':20}{'characters':>12}{'kj.observe':>14}{'jieba.cut':>14}{'ratio':>8}")
    for name, folder in FOLDERS.items():
        if not folder.is_dir():
            continue
        reports = list(kj.read_reports(folder, progress=False))
        length = sum(len(report.text) for report in reports)
        documents = reports * max(1, round(CHARACTERS / length))
        # Dictionaries and patterns are built on first use.
        observe_all(reports)
        cut_all(reports)
        own, peer = rates(documents, rounds)
        print(f"{name:20}{length:12,}{own:14,.0f}{peer:14,.0f}{own / peer:8.2f}")


if __name__ == "__main__":
    main()
