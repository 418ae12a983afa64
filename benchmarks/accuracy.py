"""Agreement with the gold tables: kjreport beside what a user would otherwise do.

Run: python benchmarks/accuracy.py
jionlp is needed here only: pip install -e '.[bench]'

The baselines are given the schema's names, the report's year and a fair try at measure and
level; each number goes to the nearest name of its sentence that it can count.
"""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

import kjreport as kj
from kjreport.load import Document

REPOSITORY = Path(__file__).resolve().parents[1]
SHARED = REPOSITORY / ".." / "shared"
GOLD = {
    "data/gold": (
        REPOSITORY / "data" / "gold" / "observations.csv",
        [REPOSITORY / "data" / "reports"],
    ),
    "../shared/gold": (
        SHARED / "gold" / "gold.csv",
        [SHARED / "reports", SHARED / "gold" / "docs"],
    ),
}

SCHEMA = kj.Schema.default()
NAMES = {
    name: indicator
    for indicator in SCHEMA.indicators.values()
    for name in (indicator.label_zh, *indicator.aliases)
}
NAME = re.compile("|".join(sorted(map(re.escape, NAMES), key=len, reverse=True)))
NUMBER = re.compile(
    r"(?P<number>\d[\d,]*(?:\.\d+)?|[*×]+|[xX]{2,})\s*(?P<size>[十百千]?[万亿])?"
    r"(?P<unit>元|%|％|个百分点|家次|家|项|个|件|人次|人|名|场次|场|次|期|所|份|笔|支|户)"
)
SIZES = {"": 1.0, "万": 1e4, "十万": 1e5, "百万": 1e6, "千万": 1e7, "亿": 1e8, "十亿": 1e9}
UNITS = {"元": "CNY", "%": "percent", "％": "percent", "个百分点": "percentage_point"}
SENTENCE = re.compile(r"[^。！？\n]+")
LEVELS = {
    "国家级": "national",
    "省级": "provincial",
    "自治区级": "provincial",
    "市级": "prefecture",
}


@dataclass(frozen=True)
class Found:
    """A number as a general tool finds it."""

    start: int
    end: int
    value: float | None
    unit: str


def by_regex(text: str) -> Iterator[Found]:
    for match in NUMBER.finditer(text):
        digits = match["number"].replace(",", "")
        value = None
        if digits[0].isdigit():
            value = float(digits) * SIZES.get(match["size"] or "", 1.0)
        yield Found(*match.span(), value, UNITS.get(match["unit"], "count"))


def by_jionlp(text: str) -> Iterator[Found]:
    # Importing jionlp prints a banner.
    with contextlib.redirect_stdout(io.StringIO()):
        import jionlp

    for entity in jionlp.ner.extract_money(text, with_parsing=True):
        detail = entity.get("detail") or {}
        amount = detail.get("num")
        value = float(amount[0] if isinstance(amount, list) else amount) if amount else None
        yield Found(*entity["offset"], value, "CNY")


def by_both(text: str) -> Iterator[Found]:
    yield from by_jionlp(text)
    yield from (found for found in by_regex(text) if found.unit != "CNY")


def nearest_keyword(
    reports: Iterable[Document], find: Callable[[str], Iterator[Found]]
) -> pd.DataFrame:
    """Return an observation table: each number goes to the nearest name that fits it."""
    rows = [
        row
        for report in reports
        for sentence in SENTENCE.finditer(report.text)
        for row in _rows(report, sentence, find)
    ]
    return pd.DataFrame(rows)


def _rows(
    report: Document, sentence: re.Match[str], find: Callable[[str], Iterator[Found]]
) -> Iterator[dict[str, object]]:
    text, shift = sentence[0], sentence.start()
    names = list(NAME.finditer(text))
    for found in find(text):
        ratio = found.unit in ("percent", "percentage_point")
        fitting = [name for name in names if ratio or NAMES[name[0]].unit == found.unit]
        if not fitting:
            continue
        name = min(fitting, key=lambda n: max(found.start - n.end(), n.start() - found.end))
        indicator = NAMES[name[0]]
        before = text[max(0, found.start - 12) : found.start]
        yield {
            "report_id": report.report_id,
            "indicator": indicator.code,
            "measure": _measure(before, indicator.measure, ratio),
            "scenario": "actual",
            "level": next((code for word, code in LEVELS.items() if word in before), ""),
            "period": str(report.origin.year or ""),
            "value": found.value,
            "value_max": None,
            "unit": found.unit,
            "status": "masked" if found.value is None else "reported",
            "scope": "district",
            "start": shift + found.start,
            "end": shift + found.end,
        }


def _measure(before: str, headline: str, ratio: bool) -> str:
    if ratio:
        return "growth" if "增" in before else "share"
    if "申报" in before:
        return "applied"
    if "新增" in before or "获" in before:
        return "flow"
    return headline


SYSTEMS: dict[str, Callable[[list[Document]], pd.DataFrame]] = {
    "kjreport": kj.observe,
    "regex + nearest keyword": lambda reports: nearest_keyword(reports, by_regex),
    "jionlp money + nearest keyword": lambda reports: nearest_keyword(reports, by_jionlp),
    "jionlp money, regex else": lambda reports: nearest_keyword(reports, by_both),
}


def catalogued(folders: Iterable[Path]) -> list[Document]:
    return [report for folder in folders for report in kj.read_reports(folder, progress=False)]


def main() -> None:
    print(f"{'F1':34}{'found':>8}{'core':>8}{'full':>8}")
    for name, (table, folders) in GOLD.items():
        if not table.is_file():
            continue
        gold = pd.read_csv(table, dtype="str", keep_default_na=False)
        reports = catalogued(folders)
        print(f"{name} ({gold['report_id'].nunique()} reports)")
        for system, run in SYSTEMS.items():
            f1 = kj.score(gold, run(reports)).summary["f1"]
            print(f"  {system:32}{f1['found']:8.3f}{f1['core']:8.3f}{f1['full']:8.3f}")


if __name__ == "__main__":
    main()
