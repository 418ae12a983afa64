import pytest

from kjreport import Schema
from kjreport.extract import extract, observe, residuals
from kjreport.load import Document
from kjreport.schema import OBSERVATION_COLUMNS, RESIDUAL_COLUMNS, validate

TEXT = "2022年新增众创空间2家，技术合同成交额**亿元，同比增长5%。"


def test_columns_and_types():
    found = extract([Document.from_text(TEXT, report_id="demo", year=2022)])
    assert tuple(found.observations.columns) == OBSERVATION_COLUMNS
    assert tuple(found.residuals.columns) == RESIDUAL_COLUMNS
    assert found.observations[["value", "confidence"]].dtypes.eq("float64").all()
    assert found.observations[["start", "end"]].dtypes.eq("int64").all()
    assert (found.observations["report_id"] == "demo").all()


@pytest.mark.parametrize("reports", [[], [Document.from_text("")], [Document.from_text("略。")]])
def test_nothing_to_read(reports):
    found = extract(reports)
    assert tuple(found.observations.columns) == OBSERVATION_COLUMNS
    assert found.observations.empty
    assert found.residuals.empty


def test_the_three_verbs_agree():
    reports = [Document.from_text(TEXT, year=2022)]
    found = extract(reports)
    assert observe(reports).equals(found.observations)
    assert residuals(reports).equals(found.residuals)


def test_reports_do_not_mind_their_neighbours():
    first = Document.from_text("一、众创空间\n新增2家。", report_id="a", year=2022)
    second = Document.from_text("新增3家。", report_id="b", year=2021)
    together = observe([first, second])
    assert together[together["report_id"] == "b"].reset_index(drop=True).equals(observe([second]))


def test_observations_are_valid():
    assert validate(observe([Document.from_text(TEXT, year=2022)])).empty


def test_where_a_number_stands():
    text = "一、平台建设\n新增众创空间2家。培育孵化器1家。"
    first, second = observe([Document.from_text(text, year=2022)]).to_dict("records")
    assert (first["section"], first["sentence"]) == ("一、平台建设", "新增众创空间2家")
    assert second["sentence"] == "培育孵化器1家"


SEED_BANKS = {
    "indicators": {
        "seed_banks": {
            "family": "platform",
            "unit": "count",
            "measure": "stock",
            "direction": 1,
            "label": {"zh": "种质资源库", "en": "Seed banks"},
            "aliases": ["种质库"],
        }
    }
}


def test_a_users_own_indicator_is_read():
    text = "建成种质库3个，新增众创空间2家。种质资源库达到5个。"
    reports = [Document.from_text(text, year=2022)]
    schema = Schema.default().extend(SEED_BANKS)
    rows = observe(reports, schema=schema)[["indicator", "value"]].values.tolist()
    assert rows == [["seed_banks", 3], ["makerspaces", 2], ["seed_banks", 5]]
    assert "seed_banks" not in set(observe(reports)["indicator"])


def test_a_users_further_alias_is_read():
    schema = Schema.default().extend({"aliases": {"makerspaces": ["创客小屋"]}})
    reports = [Document.from_text("新增创客小屋2家。", year=2022)]
    assert list(observe(reports, schema=schema)["indicator"]) == ["makerspaces"]
