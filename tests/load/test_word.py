from kjreport.load import Document

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def numbered(depth: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="1"/></w:numPr>'


NUMBERING = """
<w:abstractNum w:abstractNumId="0">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>
  <w:lvlText w:val="%1、"/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
"""


def test_numbers_that_word_only_prints_are_in_the_text(docx_bytes, read) -> None:
    body = (
        p("总结", numbered())
        + p("2022年新增3家", numbered(1))
        + p("获奖1项", numbered(1))
        + p("计划", numbered())
        + p("力争5家", numbered(1))
    )
    draft = read(docx_bytes(body, numbering=NUMBERING))
    assert draft.text.split("\n") == [
        "一、总结",
        "1. 2022年新增3家",
        "2. 获奖1项",
        "二、计划",
        "1. 力争5家",
    ]


def test_a_list_tied_to_heading_styles_finds_its_level(docx_bytes, read) -> None:
    styles = "".join(
        f'<w:style w:styleId="h{n}"><w:name w:val="heading {n}"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        for n in (1, 2)
    )
    levels = "".join(
        f'<w:lvl w:ilvl="{n - 1}"><w:numFmt w:val="chineseCounting"/><w:pStyle w:val="h{n}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for n, text in ((1, "%1、"), (2, "（%2）"))
    )
    numbering = (
        f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    body = "".join(
        p(text, f'<w:pStyle w:val="{style}"/>')
        for text, style in (("总结", "h1"), ("投入", "h2"), ("产出", "h2"), ("计划", "h1"))
    )
    draft = read(docx_bytes(body, styles=styles, numbering=numbering))
    assert draft.text.split("\n") == ["一、总结", "（一）投入", "（二）产出", "二、计划"]
    assert [b.level for b in draft.blocks] == [1, 2, 2, 1]


def test_a_list_style_named_by_another_list(docx_bytes, read) -> None:
    numbering = """
    <w:abstractNum w:abstractNumId="0"><w:styleLink w:val="S"/><w:lvl w:ilvl="0">
     <w:numFmt w:val="decimalEnclosedCircle"/><w:lvlText w:val="%1"/></w:lvl></w:abstractNum>
    <w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="S"/></w:abstractNum>
    <w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num>"""
    draft = read(docx_bytes(p("甲", numbered()) + p("乙", numbered()), numbering=numbering))
    assert draft.text == "① 甲\n② 乙"


def test_headings_take_their_level_from_the_style(docx_bytes, read) -> None:
    styles = """
    <w:style w:styleId="a"><w:name w:val="heading 2"/></w:style>
    <w:style w:styleId="b"><w:name w:val="mine"/><w:basedOn w:val="a"/></w:style>"""
    draft = read(docx_bytes(p("二、问题", '<w:pStyle w:val="b"/>'), styles=styles))
    assert [(b.kind, b.level) for b in draft.blocks] == [("heading", 2)]


def test_deletions_of_tracked_changes_are_left_out(docx_bytes, read) -> None:
    body = (
        "<w:p><w:r><w:t>新增</w:t></w:r><w:del><w:r><w:delText>3</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>5</w:t></w:r></w:ins><w:r><w:t>家</w:t></w:r></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前半</w:t></w:r></w:p>" + p("后半")
    )
    assert read(docx_bytes(body)).text == "新增5家\n前半后半"


def test_hidden_text_and_field_instructions_are_not_printed(docx_bytes, read) -> None:
    body = (
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r>"
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>7</w:t></w:r></w:p>'
    )
    assert read(docx_bytes(body)).text == "7"


def test_notes_boxes_and_headers_stand_apart(docx_bytes, read) -> None:
    body = (
        '<w:p><w:r><w:t>达到9家</w:t><w:footnoteReference w:id="2"/></w:r>'
        "<w:r><mc:AlternateContent><mc:Choice><wps:txbx><w:txbxContent>"
        + p("框内2项")
        + "</w:txbxContent></wps:txbx></mc:Choice><mc:Fallback><w:txbxContent>"
        + p("框内2项")
        + "</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>"
        + p("末段")
    )
    notes = "".join(
        f'<w:footnote w:id="{number}">{p(text)}</w:footnote>'
        for number, text in ((1, "别的"), (2, "含预计"))
    )
    draft = read(docx_bytes(body, footnotes=notes, header1=p("内部资料")))
    kinds = [(b.kind, draft.text[b.start : b.end]) for b in draft.blocks]
    assert kinds == [
        ("paragraph", "达到9家"),
        ("textbox", "框内2项"),
        ("paragraph", "末段"),
        ("footnote", "含预计"),
    ]
    assert draft.margins == ("内部资料",)


def test_merged_cells_stand_once_and_keep_their_columns(docx_bytes, read) -> None:
    span, start, goes_on = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    table = (
        "<w:tbl>"
        + f"<w:tr>{tc('类别', start)}{tc('数量', span)}</w:tr>"
        + f"<w:tr>{tc('', goes_on)}{tc('2021年')}{tc('2022年')}</w:tr>"
        + f"<w:tr>{tc('高企')}{tc('12')}{tc('16')}</w:tr>"
        + "</w:tbl>"
    )
    draft = read(docx_bytes(p("见下表") + table))
    assert draft.text.split("\n")[1:] == ["类别\t数量", "\t2021年\t2022年", "高企\t12\t16"]
    cells = {draft.text[b.start : b.end]: b for b in draft.blocks if b.kind == "cell"}
    assert (cells["类别"].row_span, cells["数量"].column_span) == (2, 2)
    assert (cells["16"].table, cells["16"].row, cells["16"].column) == (0, 2, 2)
    frame = Document("t", draft.text, draft.blocks).tables()[0]
    assert list(frame.columns) == ["类别", "数量", "数量"]
    assert frame.iloc[0].tolist() == ["类别", "2021年", "2022年"]


def test_a_table_of_one_cell_is_a_frame_around_paragraphs(docx_bytes, read) -> None:
    body = f"<w:tbl><w:tr><w:tc>{p('第一段')}{p('第二段')}</w:tc></w:tr></w:tbl>"
    draft = read(docx_bytes(body))
    assert draft.text == "第一段\n第二段"
    assert {b.kind for b in draft.blocks} == {"paragraph"}


def test_a_web_page_put_into_a_document_whole(zip_bytes, read) -> None:
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    body = f'<w:altChunk xmlns:r="{relations}" r:id="r1"/>' + p("末段")
    from_page = "<html><body><p>2022年，新增3家，完成任务。</p></body></html>"
    document = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    data = zip_bytes(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": document,
            "word/_rels/document.xml.rels": '<R><Relationship Id="r1" Target="a.html"/></R>',
            "word/a.html": from_page.encode("gb18030"),
        }
    )
    assert read(data).text == "2022年，新增3家，完成任务。\n末段"
