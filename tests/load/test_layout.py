from hypothesis import given, settings
from hypothesis import strategies as st

from kjreport.load import Composer
from kjreport.load.glyphs import Glyph, lines_of
from kjreport.load.layout import Line, Page, compose_pages
from kjreport.load.ruled import Rule, find_grids

SIZE, WIDTH = 10.0, 30
HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)


def printed(paragraphs: list[str]) -> list[Page]:
    """Set paragraphs with an indent of two, 30 characters a line, 30 lines a page."""
    lines: list[Line] = []
    for paragraph in paragraphs:
        rest, indent = paragraph, 2
        while rest:
            text, rest = rest[: WIDTH - indent], rest[WIDTH - indent :]
            left = indent * SIZE
            lines.append(Line(text, left, left + len(text) * SIZE, 0, 0, SIZE))
            indent = 0
    pages = []
    for number in range(0, len(lines), 30):
        placed = tuple(
            Line(x.text, x.left, x.right, 100 + 15 * n, 110 + 15 * n, SIZE)
            for n, x in enumerate(lines[number : number + 30])
        )
        pages.append(Page(number // 30 + 1, 320, 800, placed))
    return pages


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(HAN, min_size=1, max_size=150), min_size=3, max_size=25))
def test_wrapped_paragraphs_come_back(paragraphs: list[str]) -> None:
    paragraphs.append("长" * 100)
    composer = Composer()
    compose_pages(printed(paragraphs), composer)
    assert composer.draft().text.split("\n") == paragraphs


def test_a_paragraph_over_a_page_break_has_a_block_for_each_page() -> None:
    composer = Composer()
    compose_pages(printed(["短"] * 28 + ["长" * 100]), composer)
    draft = composer.draft()
    parts = [(b.page, b.end - b.start) for b in draft.blocks[28:]]
    assert parts == [(1, 58), (2, 42)]
    assert draft.blocks[28].end == draft.blocks[29].start


def test_short_lines_on_a_wide_page_are_paragraphs() -> None:
    lines = tuple(Line("新增三家", 90, 130, 100 + 15 * n, 110 + 15 * n, 10) for n in range(4))
    composer = Composer()
    compose_pages([Page(1, 595, 842, lines)], composer)
    assert composer.draft().text == "新增三家\n" * 3 + "新增三家"


def test_items_whose_lines_hang_are_whole() -> None:
    def line(text: str, left: float, top: float) -> Line:
        return Line(text, left, left + 10 * len(text), top, top + 10, 10)

    lines = (
        line("正" * 29 + "。", 0, 100),
        line("1." + "长" * 28, 0, 115),
        line("长" * 28, 20, 130),
        line("长" * 5, 20, 145),
        line("2." + "长" * 10, 0, 160),
    )
    composer = Composer()
    compose_pages([Page(1, 320, 800, lines)], composer)
    assert [len(text) for text in composer.draft().text.split("\n")] == [30, 63, 12]


def test_a_number_broken_by_the_line_is_whole_again() -> None:
    lines = (
        Line("全年产值达到二百八十六点多即286.", 0, 170, 100, 110, 10),
        Line("61亿元，增长一成。", 0, 90, 115, 125, 10),
    )
    composer = Composer()
    compose_pages([Page(1, 200, 800, lines)], composer)
    assert composer.draft().text == "全年产值达到二百八十六点多即286.61亿元，增长一成。"


def test_lines_with_figures_at_the_edge_are_no_running_heads() -> None:
    pages = [
        Page(
            n,
            100,
            100,
            (Line(f"新增企业{n * 7}家。", 0, 80, 1, 9, 10), Line("正文", 0, 20, 50, 60, 10)),
        )
        for n in (1, 2, 3)
    ]
    composer = Composer()
    assert compose_pages(pages, composer) == []
    assert "新增企业21家。" in composer.draft().text


def test_page_numbers_count_with_the_pages() -> None:
    pages = [Page(n, 100, 100, (Line(str(n + 4), 40, 45, 95, 99, 5),)) for n in (1, 2, 3)]
    composer = Composer()
    assert compose_pages(pages, composer) == ["5", "6", "7"]


def test_glyphs_are_placed_whatever_their_order() -> None:
    glyphs = [
        Glyph("”", 30, 40, 0, 10),
        Glyph("创", 20, 30, 0, 10),
        Glyph("下", 10, 20, 20, 30),
        Glyph("“", 10, 20, 0, 10),
        Glyph("3", 90, 95, 0, 10),
    ]
    assert [line.text for line in lines_of(glyphs)] == ["“创”\t3", "下"]


def test_cells_without_a_rule_between_are_one() -> None:
    lying = [Rule(0, y, 90, y) for y in (0, 20, 40)]
    standing = [Rule(0, 0, 0, 40), Rule(45, 20, 45, 40), Rule(90, 0, 90, 40)]
    glyphs = [Glyph("总", 40, 50, 5, 15), Glyph("甲", 10, 20, 25, 35), Glyph("乙", 60, 70, 25, 35)]
    grids, outside = find_grids([*lying, *standing], [*glyphs, Glyph("外", 0, 10, 60, 70)])
    cells = [[(c.text, c.column, c.column_span) for c in row] for row in grids[0].rows]
    assert cells == [[("总", 0, 2)], [("甲", 0, 1), ("乙", 1, 1)]]
    assert [glyph.text for glyph in outside] == ["外"]


def test_a_frame_of_one_cell_is_no_table() -> None:
    frame = [Rule(0, 0, 90, 0), Rule(0, 40, 90, 40), Rule(0, 0, 0, 40), Rule(90, 0, 90, 40)]
    grids, outside = find_grids(frame, [Glyph("文", 10, 20, 5, 15)])
    assert grids == ()
    assert len(outside) == 1
