from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import html

from kjreport.brief.marks import Note, anchor, marked_text, printable
from kjreport.load import Block, Document

TEXTS = st.text(alphabet="一、二（）1家2万元<>&\"' \n　。问题计划\x00\r\ud800", max_size=60)


@st.composite
def annotated(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]]]:
    text = draw(TEXTS)
    starts = [place for place, character in enumerate(text) if character != "\n"]
    spans = []
    for start in draw(st.lists(st.sampled_from(starts), max_size=6)) if starts else []:
        spans.append((start, draw(st.integers(start + 1, len(text)))))
    return text, spans


def parsed(text: str, spans: list[tuple[int, int]]) -> html.HtmlElement:
    notes = [Note(start, end, ("platform",), f"{start}:{end}") for start, end in spans]
    document = Document.from_text(text, report_id="r")
    return html.fragment_fromstring(marked_text(document, notes), create_parent="div")


@settings(max_examples=150, deadline=None)
@given(annotated())
@example(("1家\n　", [(0, 4)]))
@example(("　\n　", [(0, 3)]))
def test_the_marked_text_is_the_text_with_every_span_marked(
    case: tuple[str, list[tuple[int, int]]],
) -> None:
    text, spans = case
    tree = parsed(text, spans)
    assert tree.text_content() == printable(text)
    for start, end in spans:
        marks = [
            mark
            for mark in tree.iter("mark")
            if f"{start}:{end}" in mark.get("data-tip").split("\n\n")
        ]
        surface = "".join(mark.text_content() for mark in marks)
        assert surface == printable(text[start:end]).replace("\n", "")
    identifiers = [mark.get("id") for mark in tree.iter("mark") if mark.get("id")]
    assert sorted(identifiers) == sorted({anchor("r", start) for start, _ in spans})


def test_a_report_cannot_bring_markup_of_its_own() -> None:
    tree = parsed("<script>alert(1)</script><img src=x onerror=y>", [(0, 3)])
    assert not tree.xpath(".//script | .//img")


def test_overlapping_notes_share_a_mark_that_tells_both() -> None:
    tree = parsed("达到16家企业", [(2, 5), (2, 6), (4, 5)])
    tips = {mark.text_content(): mark.get("data-tip") for mark in tree.iter("mark")}
    assert tips == {"16": "2:5\n\n2:6", "家": "2:5\n\n2:6\n\n4:5", "企": "2:6"}


def test_a_span_over_a_line_break_is_one_stop_for_the_keyboard() -> None:
    tree = parsed("成交286.\n61 亿元", [(2, 12)])
    assert [mark.text_content() for mark in tree.iter("mark")] == ["286.", "61 亿元"]
    assert [mark.get("tabindex") for mark in tree.iter("mark")] == ["0", None]


def test_a_table_keeps_its_columns_where_a_cell_is_empty() -> None:
    text = "指标\t2021\t2022\n\t\t16家"
    blocks = (Block("cell", 0, 2), Block("cell", 3, 7), Block("cell", 8, 12), Block("cell", 15, 18))
    document = Document("r", text, blocks)
    marked = marked_text(document, [Note(15, 18, ("enterprise",), "")])
    tree = html.fragment_fromstring(marked, create_parent="div")
    rows = [[cell.text_content() for cell in row.iter("span")] for row in tree.find_class("row")]
    assert rows == [["指标", "2021", "2022"], ["", "", "16家"]]
    assert tree.text_content() == text
