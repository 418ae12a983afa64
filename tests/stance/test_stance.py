import csv
import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kjreport.errors import KjreportError
from kjreport.load import Document
from kjreport.stance import STANCE_COLUMNS, Lexicon, stance, stance_profile

REPORT = Document.from_text(
    "某区科技局工作总结\n二、存在的问题\n（一）人才队伍。领军人才短缺。\n"
    "三、明年打算\n1.净增高企6家；\n2.开展政策宣讲。",
    report_id="demo",
    area="某区",
)


def test_rows_show_their_words_in_the_text():
    coded = stance([REPORT])
    assert list(coded.columns) == list(STANCE_COLUMNS)
    assert coded[["kind", "code"]].values.tolist() == [
        ["problem", "talent"],
        ["instrument", "planning"],
        ["instrument", "public_service"],
    ]
    for row in coded.itertuples():
        assert REPORT.text[row.start : row.end] == row.quote
        assert row.area == "某区"
        assert 0 < row.confidence <= 1


def test_no_reports_make_an_empty_table():
    coded = stance([])
    assert list(coded.columns) == list(STANCE_COLUMNS)
    assert coded.empty


@pytest.mark.parametrize("text", ["", "\n\n", "。；，", "一、", "1.2.3.4", "《》【】", "a" * 5000])
def test_odd_texts_carry_nothing(text):
    assert stance([Document.from_text(text)]).empty


FRAGMENTS = re.findall(
    r"\S+|[ \n]",
    "一、 （二） 3. 【问题】 存在的问题 下一步打算 明年， 我局将 新增高企8家 领军人才短缺 "
    "建设中试基地 力争 达到 研发投入 不足 ** xx万元 ： ， 。 ； 2031年 一是 \n",
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=30).map("".join))
def test_any_text_is_coded_with_spans_in_order(text):
    coded = stance([Document.from_text(text)])
    assert set(coded["code"]) <= set(Lexicon.default().codes)
    for row in coded.itertuples():
        assert 0 <= row.start < row.end <= len(text)
        assert text[row.start : row.end] == row.quote
        assert Lexicon.default().codes[row.code].kind == row.kind


def test_the_profile_holds_every_code_and_sums_to_one_a_kind():
    profile = stance_profile(stance([REPORT]), by="area")
    codes = Lexicon.default().codes
    assert list(profile.columns) == list(codes)
    assert profile.loc["某区", "talent"] == 1
    assert profile.loc["某区", ["planning", "public_service"]].tolist() == [0.5, 0.5]


def test_a_report_without_problems_sums_to_zero():
    coded = pd.DataFrame({"report_id": ["a"], "kind": ["instrument"], "code": ["tax"]})
    profile = stance_profile(coded)
    problems = [code.code for code in Lexicon.default().codes.values() if code.kind == "problem"]
    assert profile[problems].to_numpy().sum() == 0


def test_the_code_list_is_that_of_the_codebook(shared):
    text = (shared / "schema" / "STANCE.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1].strip() for line in text.split("\n") if line.startswith("| ")]
    assert set(rows) - {"code"} == set(Lexicon.default().codes)


def test_a_term_under_two_codes_is_refused():
    entry = {"label_zh": "", "label_en": "", "phrases": ["人才少"], "topics": [], "weak": []}
    with pytest.raises(KjreportError, match=r"人才少.*stands under 'a' and 'b'"):
        Lexicon.from_mapping({"problems": {"a": entry, "b": entry}, **_rest()})


def _rest():
    lists = {
        "parts": ["problems", "plan_time"],
        "guiding": ["openings", "soft_openings", "sentences", "foreign", "trade", "science"],
        "targets": ["verbs", "floors", "acts"],
        "shortage": ["words", "plain", "remedies", "remedy_openings"],
    }
    return {key: {name: [] for name in names} for key, names in lists.items()} | {
        "instruments": {},
        "acts": [],
    }


def overlap_f1(gold, predicted):
    left = list(predicted)
    hits = 0
    for code, start, end in gold:
        found = next((p for p in left if p[0] == code and p[1] < end and start < p[2]), None)
        if found:
            left.remove(found)
            hits += 1
    return 2 * hits / (len(gold) + len(predicted))


@pytest.mark.parametrize(("kind", "floor"), [("problem", 0.90), ("instrument", 0.85)])
def test_clauses_agree_with_the_gold(shared, kind, floor):
    with open(shared / "gold" / "stance.csv", encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["kind"] == kind]
    hits = total = 0.0
    for report_id in {row["report_id"] for row in rows}:
        folder = "gold/docs" if report_id.startswith("h") and report_id[1:].isdigit() else "reports"
        text = (shared / folder / f"{report_id}.txt").read_text(encoding="utf-8-sig")
        coded = stance([Document.from_text(text, report_id=report_id)])
        coded = coded[coded["kind"] == kind]
        own = [
            (r["code"], int(r["start"]), int(r["end"])) for r in rows if r["report_id"] == report_id
        ]
        predicted = list(coded[["code", "start", "end"]].itertuples(index=False, name=None))
        size = len(own) + len(predicted)
        hits += overlap_f1(own, predicted) * size
        total += size
    assert hits / total >= floor
