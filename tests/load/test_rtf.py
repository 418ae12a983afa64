def rtf(body: str) -> bytes:
    head = r"{\rtf1\ansi\ansicpg936{\fonttbl{\f0\fcharset134 \'cb\'ce\'cc\'e5;}}{\*\generator x;}"
    return (head + body + "}").encode("latin-1")


def gbk(text: str) -> str:
    return "".join(f"\\'{byte:02x}" for byte in text.encode("gb18030"))


def test_both_ways_of_writing_chinese(read) -> None:
    escaped = "".join(f"\\u{ord(c)}?" for c in "新增三家")
    draft = read(rtf(rf"\pard {escaped}\par \f0 {gbk('共五家')}\par"))
    assert draft.text == "新增三家\n共五家"


def test_a_character_beyond_the_basic_plane_is_whole(read) -> None:
    high, low = 0xD840 - 0x10000, 0xDC0B - 0x10000
    assert read(rtf(rf"\uc1\u{high}?\u{low}?\par")).text == "\U0002000b"


def test_tables_headings_and_notes(read) -> None:
    body = (
        rf"\pard\outlinelevel0 {gbk('一、总结')}\par"
        rf"\pard\intbl {gbk('指标')}\cell 2022\cell\row\pard\intbl {gbk('高企')}\cell 16\cell\row"
        rf"\pard {gbk('末段')}{{\footnote {gbk('注')}\par}}\par"
    )
    draft = read(rtf(body))
    assert draft.text == "一、总结\n指标\t2022\n高企\t16\n末段\n注"
    assert [b.kind for b in draft.blocks if b.kind != "cell"] == [
        "heading",
        "paragraph",
        "footnote",
    ]


def test_deleted_and_hidden_text_and_headers_are_left_out(read) -> None:
    body = rf"{{\header {gbk('页眉')}\par}}\pard 7{{\v 8}}{{\deleted 9}}\par"
    assert read(rtf(body)).text == "7"


def test_merged_cells_keep_their_columns(read) -> None:
    body = (
        r"\trowd\cellx1000\cellx2000\cellx3000\pard\intbl a\cell b\cell c\cell\row"
        r"\trowd\cellx2000\cellx3000\pard\intbl d\cell e\cell\row"
        r"\trowd\clvmgf\cellx1000\cellx3000\pard\intbl f\cell g\cell\row"
        r"\trowd\clvmrg\cellx1000\cellx3000\pard\intbl\cell h\cell\row\pard"
    )
    draft = read(rtf(body))
    assert draft.text == "a\tb\tc\nd\t\te\nf\tg\n\th"
    cells = {draft.text[b.start]: b for b in draft.blocks}
    assert (cells["d"].column_span, cells["e"].column) == (2, 2)
    assert (cells["f"].row_span, cells["h"].column) == (2, 1)
