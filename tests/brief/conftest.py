"""A study made by hand, and what every page must be."""

from collections.abc import Callable
from types import SimpleNamespace
from urllib.parse import urlsplit

import pandas as pd
import pytest
from lxml import html

from kjreport.load import Document
from kjreport.panel import cells, facts, panel, reasons
from kjreport.panel.examples import observation_table
from kjreport.profile import InnovationProfile
from kjreport.schema import Schema
from kjreport.schema.columns import FAILURE_COLUMNS, RESIDUAL_COLUMNS
from kjreport.stance import stance

HOSTILE = "<script>alert(1)</script>“\"'&amp; onclick=<b title='x'>"


def found(text: str, surface: str, **fields: object) -> dict[str, object]:
    """A row of the observation table at the first place where `surface` stands."""
    start = text.index(surface)
    return {"start": start, "end": start + len(surface), "raw": surface, **fields}


@pytest.fixture
def marked_study() -> SimpleNamespace:
    """Two reports, one of them hostile, with plain, masked and overlapping observations."""
    first = (
        f"一、工作总结\n新增众创空间2家，高企达到**家。\n{HOSTILE}\n二、存在问题\n经费下降3.5%。"
    )
    second = "技术合同成交额803.2万元，论文12篇。"
    rows = [
        found(first, "2家", report_id="甲 区", indicator="makerspaces", measure="flow", value=2),
        found(first, "**家", report_id="甲 区", status="masked", confidence=0.4),
        found(
            first,
            "3.5%",
            report_id="甲 区",
            indicator="rd_expenditure",
            measure="growth",
            value=-3.5,
            unit="percent",
        ),
        found(
            second,
            "803.2万元",
            report_id="乙",
            indicator="tech_contract_value",
            value=8_032_000,
            unit="CNY",
        ),
        found(second, "803.2", report_id="乙", indicator="other", value=803.2),
    ]
    residual = dict.fromkeys(RESIDUAL_COLUMNS, "") | found(
        second, "12篇", report_id="乙", reason="<no_indicator>"
    )
    reports = [
        Document.from_text(first, report_id="甲 区", area=f"甲{HOSTILE}", year=2022),
        Document.from_text(second, report_id="乙"),
    ]
    return SimpleNamespace(
        reports=reports,
        stance=stance(reports),
        observations=observation_table(*rows),
        residuals=pd.DataFrame([residual], columns=list(RESIDUAL_COLUMNS)),
        schema=Schema.default(),
    )


@pytest.fixture(scope="session")
def grouped_study() -> SimpleNamespace:
    """Eight districts of two kinds, one of them hostile and masked, and a file that failed."""
    reports, rows = [], []
    for number in range(8):
        area = f"第{number}区" if number else f"第0区{HOSTILE}"
        report_id = f"r {number}"
        scale = 10 if number < 4 else 1
        firms = "**" if number == 0 else str(scale * (20 + number))
        places, contracts = scale * (1 + number), f"{scale * (100.5 + number)}万元"
        text = (
            f"2022年，高企达到{firms}家，新增众创空间{places}个，技术合同成交额{contracts}。\n"
            "二、存在问题\n一是研发投入不足。\n三、2023年计划\n新增众创空间9个。"
        )
        common = {"report_id": report_id, "area": area}
        status = {"status": "masked"} if number == 0 else {"value": scale * (20 + number)}
        money = {"value": scale * (100.5 + number) * 1e4, "unit": "CNY", "measure": "flow"}
        rows += [
            found(text, f"{firms}家", **common, **status),
            found(text, f"{places}个", **common, indicator="makerspaces", value=places),
            found(text, contracts, **common, indicator="tech_contract_value", **money),
        ]
        document = Document.from_text(text, report_id=report_id, area=area, year=2022)
        reports.append(document)
    observations = observation_table(*rows)
    table = facts(observations)
    emphasis = pd.DataFrame(
        {"enterprise": [0.7, 0.6, 0.7, 0.8, 0.1, 0.2, 0.1, 0.2]}, index=panel(table).index
    ).assign(platform=lambda frame: 1 - frame["enterprise"])
    return SimpleNamespace(
        reports=reports,
        stance=stance(reports),
        failures=pd.DataFrame([("bad.docx", "corrupt", HOSTILE)], columns=list(FAILURE_COLUMNS)),
        observations=observations,
        residuals=pd.DataFrame(columns=list(RESIDUAL_COLUMNS)),
        facts=table,
        cells=cells(table),
        panel=panel(table),
        reasons=reasons(table),
        emphasis=emphasis,
        model=InnovationProfile(2, n_resamples=10, significance=1).fit(
            panel(table), emphasis=emphasis
        ),
        ungrouped="",
        comparable=panel(table).iloc[1:, :2],
        index=None,
        sensitivity=None,
        unindexed="screening leaves 7 districts and 2 indicators",
        schema=Schema.default(),
    )


@pytest.fixture
def assert_offline() -> Callable[[str], None]:
    """A check that opening a page asks no host for anything and runs no report's markup."""
    return _assert_offline


def _assert_offline(page: str) -> None:
    tree = html.document_fromstring(page)
    for element in tree.iter():
        for name in ("src", "href", "srcset", "data", "action", "poster", "xlink:href"):
            address = element.get(name, "") if isinstance(element.tag, str) else ""
            split = urlsplit(address)
            assert split.scheme in ("", "data"), address
            assert not split.netloc, address
        assert not [name for name in element.attrib if name.startswith("on")]
    styles = "".join(tree.xpath("//style/text()"))
    assert "@import" not in styles
    assert "url(" not in styles.replace("url(data:", "")
    assert "alert(1)" not in "".join(tree.xpath("//script/text()"))
    assert not tree.xpath("//iframe | //object | //embed | //link | //base")
