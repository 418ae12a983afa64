import pytest

from kjreport import Schema
from kjreport.extract import emphasis
from kjreport.load import Document


def shares(*texts):
    return emphasis([Document.from_text(t, report_id=str(i)) for i, t in enumerate(texts)])


def test_a_row_for_each_report_and_a_column_for_each_family():
    frame = shares("新增众创空间两家。", "选派科技特派员。")
    assert list(frame.index) == ["0", "1"]
    assert list(frame.columns) == list(Schema.default().families)
    assert frame.index.name == "report_id"


def test_shares_sum_to_one():
    frame = shares("新增众创空间两家。选派科技特派员。专利授权三十件。")
    assert frame.sum(axis=1).tolist() == pytest.approx([1])


def test_a_sentence_counts_with_its_length():
    frame = shares("众创空间的建设是全年科技工作的重点所在。选派科技特派员。")
    assert frame.loc["0", "platform"] > frame.loc["0", "talent"] > 0


def test_a_report_that_names_nothing_has_no_shares():
    assert shares("天气晴好。").isna().all(axis=None)


def test_masks_change_nothing():
    plain, masked = shares("新增众创空间8家，专利12件。", "新增众创空间*家，专利**件。").to_numpy()
    assert plain == pytest.approx(masked, abs=0.01)
