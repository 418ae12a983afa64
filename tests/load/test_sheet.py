import io
from pathlib import Path

import openpyxl
import pytest

from kjreport.load import Document, Limits, LoadError

SHOWN = [
    "指标\t数值\t占比\t日期",
    "高企\t16\t12.5%\t2022年6月",
    "成交额（万元）\t1,234\t30%",
    "合计\t\t5",
    "附表",
    "一、x",
    "说明",
]


def workbook() -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["指标", "2022年", "占比"])
    sheet.append(["高企", 16, 0.125])
    sheet.append(["成交额", 1234.5, None])
    sheet["C2"].number_format = "0.0%"
    sheet["B3"].number_format = "#,##0.0"
    sheet["A4"] = "合计"
    sheet.merge_cells("A4:B4")
    return book


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_cells_are_shown_as_displayed(read) -> None:
    draft = read(saved(workbook()))
    assert draft.text == "指标\t2022年\t占比\n高企\t16\t12.5%\n成交额\t1,234.5\n合计"
    assert draft.blocks[-1].column_span == 2
    frame = Document("t", draft.text, draft.blocks).tables()[0]
    assert frame.loc[0].tolist() == ["高企", "16", "12.5%"]


@pytest.mark.parametrize("name", ["formats.xls", "formats.ods"])
def test_workbooks_of_another_writer(read, samples: Path, name: str) -> None:
    draft = read((samples / name).read_bytes(), name)
    assert draft.text.split("\n")[: len(SHOWN)] == SHOWN


def test_hidden_sheets_are_left_out_with_a_warning(read) -> None:
    book = workbook()
    hidden = book.create_sheet("底稿")
    hidden["A1"] = "9家"
    hidden.sheet_state = "hidden"
    draft = read(saved(book))
    assert "9家" not in draft.text
    assert draft.warnings == ("the hidden sheet 底稿 is left out",)


def test_a_far_away_cell_costs_no_memory(read) -> None:
    book = openpyxl.Workbook()
    book.active["XFD1048576"] = "远处"
    book.active["A1"] = "近处"
    draft = read(saved(book))
    assert draft.text.startswith("近处\n")
    assert draft.blocks[-1].column == 16_383


def test_too_many_cells_are_refused(read) -> None:
    with pytest.raises(LoadError) as caught:
        read(saved(workbook()), limits=Limits(cells=5))
    assert caught.value.kind == "too large"


@pytest.mark.parametrize(("name", "mark"), [("a.csv", ","), ("a.tsv", "\t")])
def test_delimited_text_in_gb18030(read, name: str, mark: str) -> None:
    data = mark.join(["指标", "数值"]) + "\n" + mark.join(["高企", '"1,2"']) + "\n"
    assert read(data.encode("gb18030"), name).text == "指标\t数值\n高企\t1,2"
