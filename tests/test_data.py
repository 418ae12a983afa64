"""The shipped data: complete, loadable, as published, and in our own words."""

from __future__ import annotations

import csv
import json
import math
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from kjreport.extract import observe
from kjreport.load import Reports, read_reports
from kjreport.schema import Schema
from kjreport.score import score

DATA = Path(__file__).resolve().parents[1] / "data"
REPORTS = DATA / "reports"
COPIED_RUN = 13
CORE_FLOOR, FULL_FLOOR = 0.95, 0.89
# Names may stand as they are; sentences may not. Names in “” or 《》 need no entry.
NAMES = (
    "中国化工学会第一届微化工技术年会",
    "利华益高分子材料研发中心",
    "国家盐碱地综合利用创新中心",
    "国家盐碱地综合利用技术创新中心",
    "省中小微企业创新竞技行动计划",
    "省科技型中小企业创新能力提升工程",
    "重质油国家重点实验室碳中合联合研究院",
    "乌素图早熟品种交流品鉴会",
    "国家文化和科技融合示范基地",
    "内蒙古电投能源股份有限公司",
    "内蒙古联晟新能源材料有限公司",
    "内蒙古蒙东铝及新材料工程技术研究院",
    "内蒙古锦溪科技股份有限公司",
    "内蒙古霍煤鸿骏铝电有限责任公司",
    "创源金属绿色铝基新材料研究开发中心",
    "科技创新暨党风廉政建设工作会",
    "通辽级科技成果转移转化示范基地",
    "国家集成电路设计产业化基地",
    "第二十届中国国际人才交流大会",
    "企业研究开发投入后补助资金",
    "内蒙古弘扬职业安全技术咨询有限公司",
    "内蒙古时机天成科技有限公司",
    "内蒙古汉恩生物科技有限公司",
    "内蒙古蒙科干细胞基因医学研究有限公司",
    "北京化工大学通辽技术转移中心",
    "市级专业化技术研发与中试公共服务平台",
    "市级科技成果转移转化示范基地",
    "通辽通发新能源有限责任公司",
    "福耀集团通辽有限公司",
    "自治区应用技术研究与开发专项资金",
    "蒙科干细胞基因医学研究开发中心",
    "蓝博动物疫病检验检疫研究开发中心",
    "重庆希尔安药业有限公司",
    "内蒙古科尔沁药业有限公司",
)


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def catalogue() -> list[dict[str, str]]:
    return table(REPORTS / "reports.csv")


@pytest.fixture(scope="module")
def gold() -> list[dict[str, str]]:
    return table(DATA / "gold" / "observations.csv")


@pytest.fixture(scope="module")
def reports() -> Reports:
    return read_reports(REPORTS)


def test_catalogue_and_folder_name_the_same_files(catalogue: list[dict[str, str]]) -> None:
    present = {path.name for path in REPORTS.iterdir()} - {"reports.csv"}
    assert {row["file"] for row in catalogue} == present
    assert len({row["report_id"] for row in catalogue}) == len(catalogue)


def test_every_report_has_area_year_and_source(catalogue: list[dict[str, str]]) -> None:
    for row in catalogue:
        assert row["area"], row
        assert re.fullmatch(r"20\d\d", row["year"]), row
        assert row["source_url"] or row["note"], row


def test_there_are_districts_to_cluster_and_formats_to_read(
    catalogue: list[dict[str, str]],
) -> None:
    assert len({row["area"] for row in catalogue}) >= 30
    suffixes = {Path(row["file"]).suffix for row in catalogue}
    assert suffixes == {".txt", ".docx", ".html", ".pdf"}


def test_every_report_loads_under_its_catalogued_name(
    reports: Reports, catalogue: list[dict[str, str]]
) -> None:
    assert reports.failures.empty
    loaded = {
        doc.report_id: (doc.origin.area, str(doc.origin.year), doc.origin.title) for doc in reports
    }
    assert loaded == {
        row["report_id"]: (row["area"], row["year"], row["title"]) for row in catalogue
    }


def test_no_report_takes_over_its_page(reports: Reports) -> None:
    texts = "\n".join(doc.text for doc in reports)
    for chrome in ("信息公开", "互动交流", "数据来源", "您的位置", "重新编写", "— 1 —"):
        assert chrome not in texts


def test_gold_offsets_show_the_quoted_number(reports: Reports, gold: list[dict[str, str]]) -> None:
    texts = {doc.report_id: doc.text for doc in reports}
    for row in gold:
        assert texts[row["report_id"]][int(row["start"]) : int(row["end"])] == row["quote"], row
    assert {row["report_id"] for row in gold} == set(texts)


def test_gold_is_coded_after_the_codebook(gold: list[dict[str, str]]) -> None:
    schema = Schema.default()
    codes = {
        "indicator": {*schema.indicators, "other"},
        "measure": set(schema.measures),
        "scenario": set(schema.scenarios),
        "level": {*schema.levels, ""},
        "unit": set(schema.units),
        "qualifier": set(schema.qualifiers),
        "status": set(schema.statuses),
        "scope": set(schema.scopes),
    }
    for row in gold:
        for field, known in codes.items():
            assert set(row[field].split("|")) <= known, row
        assert (row["value"] == "") == (row["status"] == "masked"), row


def test_short_reports_state_the_published_figures_and_no_others(
    shared: Path, gold: list[dict[str, str]]
) -> None:
    published = defaultdict(list)
    for row in table(shared / "facts" / "public-figures.csv"):
        if row["value"]:
            published[row["report_id"]].append(row)
    for row in gold:
        if row["report_id"] not in published:
            continue
        assert any(
            fact["indicator"] in row["indicator"].split("|")
            and fact["measure"] in row["measure"].split("|")
            and fact["scenario"] == row["scenario"]
            and (not fact["period"] or fact["period"] in row["period"].split("|"))
            and fact["unit"] == row["unit"]
            and math.isclose(float(fact["value"]), float(row["value"]), rel_tol=1e-9)
            for fact in published[row["report_id"]]
        ), row


def test_restated_reports_keep_the_numbers_and_masks_of_the_found_ones(
    shared: Path, reports: Reports, gold: list[dict[str, str]]
) -> None:
    restated = {doc.report_id: doc.text for doc in reports}
    for row in table(shared / "gold" / "gold.csv"):
        if row["report_id"] not in restated or row["optional"] == "1":
            continue
        assert any(
            ours["report_id"] == row["report_id"]
            and ours["value"] == row["value"]
            and ours["unit"] == row["unit"]
            and ours["status"] == row["status"]
            and set(ours["indicator"].split("|")) & set(row["indicator"].split("|"))
            and set(ours["measure"].split("|")) & set(row["measure"].split("|"))
            for ours in gold
        ), row


def test_extraction_agrees_with_the_gold(reports: Reports) -> None:
    gold = pd.read_csv(DATA / "gold" / "observations.csv", dtype=str, keep_default_na=False)
    f1 = score(gold, observe(reports)).summary["f1"]
    assert f1["core"] >= CORE_FLOOR
    assert f1["full"] >= FULL_FLOOR


def test_nothing_is_copied_from_a_real_report(shared: Path, reports: Reports) -> None:
    originals = [*(shared / "reports").glob("*.txt"), *(shared / "gold" / "docs").glob("*.txt")]
    known = {run for path in originals for run in runs(path.read_text(encoding="utf-8"))}
    copied = {(doc.report_id, run) for doc in reports for run in runs(doc.text) if run in known}
    assert not copied


def runs(text: str) -> Iterator[str]:
    """Yield each run of `COPIED_RUN` Han characters outside names and quoted titles."""
    text = re.sub(r"\s+", "", text)
    text = re.sub(r"《[^》]*》|“[^”]*”", "。", text)
    for name in NAMES:
        text = text.replace(name, "。")
    for stretch in re.findall(r"[\u4e00-\u9fff]+", text):
        for start in range(len(stretch) - COPIED_RUN + 1):
            yield stretch[start : start + COPIED_RUN]


def test_datapackage_describes_the_tables_as_they_are() -> None:
    package = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    tables = {resource["name"]: resource for resource in package["resources"]}
    for resource in tables.values():
        columns = list(pd.read_csv(DATA / resource["path"], nrows=0).columns)
        assert [field["name"] for field in resource["schema"]["fields"]] == columns
    listed = {row["report_id"] for row in table(DATA / tables["reports"]["path"])}
    coded = {row["report_id"] for row in table(DATA / tables["observations"]["path"])}
    assert coded <= listed
