from hypothesis import given, settings
from hypothesis import strategies as st

from kjreport.load import Cell, Composer, Document

TEXT = st.text(st.characters(codec="utf-8"), max_size=12)
PARTS = st.lists(st.one_of(TEXT, st.lists(TEXT, min_size=1, max_size=4)), max_size=12)


@settings(max_examples=150, deadline=None)
@given(PARTS)
def test_blocks_cover_their_text_in_order(parts: list[str | list[str]]) -> None:
    composer = Composer()
    for number, part in enumerate(parts):
        if isinstance(part, str):
            composer.paragraph(part)
        else:
            cells = [Cell(text, column) for column, text in enumerate(part)]
            composer.row(cells, table=composer.new_table(), row=number)
    draft = composer.draft()
    ends = 0
    for block in draft.blocks:
        assert ends <= block.start < block.end <= len(draft.text)
        assert "\n" not in draft.text[block.start : block.end]
        ends = block.end
    cells = [block for block in draft.blocks if block.kind == "cell"]
    for block in cells:
        line_start = draft.text.rfind("\n", 0, block.start) + 1
        assert draft.text[line_start : block.start].count("\t") == block.column
    document = Document("d", draft.text, draft.blocks)
    assert Document.from_json(document.to_json()) == document


def test_an_included_draft_keeps_its_tables_apart() -> None:
    inner = Composer()
    inner.row([Cell("乙", 0), Cell("2", 1)], table=inner.new_table(), row=0)
    outer = Composer()
    outer.row([Cell("甲", 0), Cell("1", 1)], table=outer.new_table(), row=0)
    outer.include(inner.draft())
    draft = outer.draft()
    assert draft.text == "甲\t1\n乙\t2"
    assert [draft.text[b.start : b.end] for b in draft.blocks] == ["甲", "1", "乙", "2"]
    assert [b.table for b in draft.blocks] == [0, 0, 1, 1]
    assert outer.new_table() == 2
