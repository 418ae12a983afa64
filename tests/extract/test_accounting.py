"""Observations and residuals together are all numbers of a text, counted independently."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kjreport.extract import extract
from kjreport.load import Document, read_reports

REPOSITORY = Path(__file__).resolve().parents[2]
DIGITS = re.compile(r"[0-9０-９]+")
# Blotted-out digits before what only a number can stand before.
MASKS = re.compile(r"[*＊×]+(?=(?:万元|亿元|%|％|个百分点|家|项|件))|(?<=第)[*＊×]+(?=位)")


def documents(folder):
    if not folder.is_dir():
        pytest.skip(f"needs {folder}")
    return list(read_reports(folder, progress=False))


def spans(frame):
    return list(zip(frame["start"], frame["end"], strict=True))


def unaccounted(document):
    """Return the runs of digits and masks of a text that no row covers, with surroundings."""
    found = extract([document])
    covered = {
        place
        for start, end in (*spans(found.observations), *spans(found.residuals))
        for place in range(start, end)
    }
    text = document.text
    return [
        text[max(0, match.start() - 12) : match.end() + 8]
        for pattern in (DIGITS, MASKS)
        for match in pattern.finditer(text)
        if not covered.issuperset(range(*match.span()))
    ]


def told_twice(document):
    """Return the pairs of spans of one text that overlap.

    One number may be of several indicators, and is one span then.
    """
    found = extract([document])
    ordered = sorted((*set(spans(found.observations)), *spans(found.residuals)))
    return [(a, b) for a, b in pairwise(ordered) if a[1] > b[0]]


@pytest.mark.parametrize("folder", ["data/reports", "../shared/reports", "../shared/gold/docs"])
def test_every_number_of_a_report_is_accounted_for_once(folder):
    reports = documents(REPOSITORY / folder)
    assert {r.report_id: unaccounted(r) for r in reports if unaccounted(r)} == {}
    assert {r.report_id: told_twice(r) for r in reports if told_twice(r)} == {}


_PIECES = """
2022年 1 12 3.5 1,850 ０５ * ** × X xx _ ％ % 家 个 项 万元
亿元 亿 万 件/万人 个百分点 倍 成 分之 三 十 百 两 〇 第 前 位 名 翻 番 半 过 近
约 以上 左右 余 多 - — ~ 至 到 、 ， 。 ； ： （ ） | 高新技术企业 众创空间
专利申请 同比增长 下降 分别 其中 国家级 市级 一、 （一） 1. 工作总结 下一步打算 序号 指标
单位：万元 由 增至 去年 上半年 截至 10月底 〔2022〕5号 公司 培训 / + “ ” 《 》
? a GDP 占 比重 . , ① 总数 高新技1术企业
"""
PIECES = [*_PIECES.split(), "\n", "\t", " ", "\u3000", "\xa0", "PAGE \\* MERGEFORMAT 3 "]
jumbles = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(jumbles)
def test_every_digit_of_any_text_is_accounted_for_once(text):
    document = Document.from_text(text, year=2022)
    assert unaccounted(document) == []
    assert told_twice(document) == []
