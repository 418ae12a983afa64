from kjreport.load import Block, Document
from kjreport.stance import stance
from kjreport.stance.tables import target_cells

FLATTENED = """上半年任务进展表
序号
工作任务
年度目标
目前进展
完成情况
1
高企培育
净增8家
已净增3家
序时推进
2
企业走访
走访企业90家
走访40家，收集需求9条，
其中5条已对接
滞后"""


def shown(document):
    return [document.text[start:end] for start, end in target_cells(document)]


def test_a_flattened_table_tells_its_targets_by_running_numbers():
    assert shown(Document.from_text(FLATTENED)) == ["净增8家", "走访企业90家"]


def test_targets_are_planned_and_what_lags_is_pressure():
    coded = stance([Document.from_text(FLATTENED)])
    assert coded[["kind", "code", "quote"]].values.tolist() == [
        ["instrument", "planning", "净增8家"],
        ["instrument", "public_service", "走访企业90家"],
        ["problem", "pressure", "滞后"],
    ]


def test_a_drawn_table_tells_its_targets_by_column():
    cells = ["指标", "年度目标", "实际完成", "新增高企", "8家", "3家"]
    text = "\n".join(cells)
    blocks, start = [], 0
    for number, cell in enumerate(cells):
        row, column = divmod(number, 3)
        end = start + len(cell)
        blocks.append(Block("cell", start, end, table=0, row=row, column=column))
        start = end + 1
    document = Document("demo", text, blocks=tuple(blocks))
    assert shown(document) == ["8家"]


def test_lists_of_short_lines_are_no_table():
    assert shown(Document.from_text("工作目标\n组织领导\n保障措施\n培育企业")) == []
