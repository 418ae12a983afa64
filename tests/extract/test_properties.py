"""What holds for any text."""

import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from kjreport.extract import emphasis, extract, observe
from kjreport.load import Document, read_reports
from kjreport.schema import validate

REPOSITORY = Path(__file__).resolve().parents[2]
FIELDS = ["indicator", "measure", "scenario", "level", "period", "unit", "status", "scope"]
VALUES = ["value", "value_max"]

# Sentences of the genre put together from parts.
NAMES = [
    "高新技术企业",
    "众创空间",
    "专利授权",
    "技术合同成交额",
    "科技特派员",
    "科普活动",
    "孵化器",
]
VERBS = ["新增", "现有", "申报", "获批", "累计", "达到", "力争新增", "预计新增", "同比增长", ""]
NUMBERS = ["3", "16", "120", "2.5", "1850", "1,850", "十二", "两", "**", "×", "xx", "1-3", "5~8"]
COUNTERS = ["家", "项", "件", "名", "场", "万元", "亿元", "%", "个百分点", "人次"]
clauses = st.tuples(
    st.sampled_from(["", "全年", "上半年", "1-10月", "2021年", "其中", "截至9月底，"]),
    st.sampled_from(VERBS),
    st.sampled_from(NAMES),
    st.sampled_from(["", "近", "超过", "约", "达"]),
    st.sampled_from(NUMBERS),
    st.sampled_from(COUNTERS),
    st.sampled_from(["", "以上", "左右"]),
    st.sampled_from(["，", "、", "；", "。", "。\n", "（", "）"]),
).map("".join)
reports = st.lists(clauses, min_size=1, max_size=6).map("".join)
fast = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def observed(text, **about):
    return observe([Document.from_text(text, year=2022, **about)])


@cache
def shipped():
    return list(read_reports(REPOSITORY / "data" / "reports", progress=False))


@fast
@given(st.text(max_size=200))
def test_any_text_can_be_read(text):
    document = Document.from_text(text)
    found = extract([document])
    emphasis([document])
    assert validate(found.observations).empty


@fast
@given(
    st.text(
        alphabet="0123456789.,*×xX_%万亿元家项第十百两分之成倍年月-~至、，。\n\t|（）", max_size=60
    )
)
def test_any_jumble_of_numbers_can_be_read(text):
    assert validate(observed(text)).empty


@fast
@given(reports)
def test_observations_of_the_genre_are_valid(text):
    assert validate(observed(text)).empty


@fast
@given(reports)
def test_spans_show_the_number(text):
    found = extract([Document.from_text(text, year=2022)])
    for row in (*found.observations.itertuples(), *found.residuals.itertuples()):
        assert 0 <= row.start < row.end <= len(text)
        assert text[row.start : row.end] == row.raw
    for row in found.observations.itertuples():
        assert re.search(r"[\d*×xX_零一二两三四五六七八九十百千半番倍]", row.raw)


@fast
@given(reports)
def test_a_masked_number_has_no_value(text):
    frame = observed(text)
    masked = frame["status"] == "masked"
    assert frame.loc[masked, VALUES].isna().all(axis=None)
    assert frame.loc[~masked, "value"].notna().all()


@fast
@given(
    reports,
    st.sampled_from(["本年度工作平稳有序。\n", "略。\n略。\n", "（此件公开发布）\n", "\n\n"]),
)
def test_text_put_before_only_moves_the_spans(text, before):
    # The first line is the title, which tells what the report is on.
    title = "科技局2022年工作总结\n"
    alone, moved = observed(title + text), observed(title + before + text)
    assert moved[FIELDS + VALUES].equals(alone[FIELDS + VALUES])
    assert (moved[["start", "end"]] - len(before)).equals(alone[["start", "end"]])


FULL_WIDTH = str.maketrans("0123456789.%*~", "０１２３４５６７８９．％＊～")


@fast
@given(reports)
def test_full_width_and_half_width_agree(text):
    wide = text.translate(FULL_WIDTH)
    columns = [*FIELDS, *VALUES, "qualifier", "start", "end"]
    assert observed(wide)[columns].equals(observed(text)[columns])


@pytest.mark.parametrize("gap", [" ", "\n"])
@fast
@given(st.data())
def test_a_gap_inside_a_number_does_not_change_its_value(gap, data):
    number = data.draw(st.sampled_from(["3860", "12.5", "286.61", "120", "45", "1850"]))
    at = data.draw(st.integers(1, len(number) - 1))
    unit = data.draw(st.sampled_from(["万元", "亿元"]))
    whole = f"技术合同成交额{number}{unit}，新增众创空间2家。"
    broken = whole.replace(number, number[:at] + gap + number[at:])
    # A year or the number of a line stands apart rightly.
    assume(not re.match(r"(?:19|20)\d\d$", number[:at]))
    assert observed(broken)[FIELDS + VALUES].equals(observed(whole)[FIELDS + VALUES])


def masked_text(document):
    """Blot out every digit of the numbers that were observed, each by one ``*``."""
    found = observe([document])
    characters = list(document.text)
    for start, end in zip(found["start"], found["end"], strict=True):
        for place in range(start, end):
            if characters[place].isdecimal():
                characters[place] = "*"
    text = re.sub(r"(?<=\*)[.,](?=\*)", "*", "".join(characters))
    return found, Document(document.report_id, text, document.blocks, document.origin)


def test_blotted_out_reports_keep_their_indicators():
    same = total = 0
    for document in shipped():
        found, blotted = masked_text(document)
        in_digits = found[found["raw"].str.contains(r"\d")]
        after = observe([blotted])
        masked = after[after["status"] == "masked"]
        assert masked[VALUES].isna().all(axis=None)
        told = {row.start: (row.indicator, row.status) for row in after.itertuples()}
        total += len(in_digits)
        same += sum(
            told.get(row.start) == (row.indicator, "masked") for row in in_digits.itertuples()
        )
    assert total > 400
    assert same / total >= 0.95, f"{same} of {total}"


def test_spans_of_the_shipped_reports_show_the_number():
    for document in shipped():
        for row in observe([document]).itertuples():
            assert document.text[row.start : row.end] == row.raw


def test_no_masked_number_of_the_shipped_reports_has_a_value():
    frame = observe(shipped())
    masked = frame["status"] == "masked"
    assert masked.any()
    assert frame.loc[masked, VALUES].isna().all(axis=None)
    assert frame.loc[~masked, "value"].notna().all()


def test_the_shipped_reports_agree_in_full_width():
    for document in shipped():
        wide = Document(
            document.report_id,
            document.text.translate(FULL_WIDTH),
            document.blocks,
            document.origin,
        )
        columns = [*FIELDS, *VALUES, "qualifier", "start", "end"]
        assert observe([wide])[columns].equals(observe([document])[columns]), document.report_id


DOCUMENTS = REPOSITORY / "tests" / "data" / "extract"
FRAGMENTS = (
    "，。；、（）：“”\n\t|—-~0123456789*xX×_%一两三十百千万亿点成半第前"
    "分别各共均为其中由至家项个件名位元月年省市县区"
)


@cache
def written():
    return [path.read_text(encoding="utf-8") for path in sorted(DOCUMENTS.rglob("*.txt"))]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data(), st.text(FRAGMENTS, max_size=12))
def test_torn_and_spliced_reports_are_read(data, between):
    texts = [data.draw(st.sampled_from(written())) for _ in range(2)]
    places = [data.draw(st.integers(0, len(text))) for text in texts]
    spliced = texts[0][: places[0]][-300:] + between + texts[1][places[1] :][:300]
    found = observed(spliced, area=data.draw(st.sampled_from(["", "重庆北碚区", "湖南长沙"])))
    assert (found["start"] < found["end"]).all()
    assert (found["end"] <= len(spliced)).all()


@given(st.data())
def test_a_space_beside_a_number_changes_nothing(data):
    # Behind a title, which is read as far as a line of it may be long.
    text = "某县科技工作总结\n\n" + data.draw(reports)
    gaps = [m.end() for m in re.finditer(r"[\u4e00-\u9fff](?=\d)|\d(?=[\u4e00-\u9fff])", text)]
    chosen = data.draw(st.sets(st.sampled_from(gaps))) if gaps else set()
    spaced = "".join(" " * (i in chosen) + character for i, character in enumerate(text))
    fields = ["indicator", "measure", "value", "unit", "period", "level"]
    assert observed(spaced)[fields].equals(observed(text)[fields])
