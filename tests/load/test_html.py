import pytest

from kjreport.load.html import read_html

BODY = """
<div class="top-nav"><a href="/">首页</a><a href="/a">政务公开</a><a href="/b">办事服务</a></div>
<div class="wrap"><h1>某区科技局2022年工作总结</h1><div class="info">来源：本局　点击：12</div>
<div id="zoom"><p>　　2022年，全区新增高新技术企业12家，同比增长20%。</p>
<p>技术合同成交额<b>2.4</b>亿元，<br/>完成全年任务的120%，位居全市第二。</p>
<ol><li>培训8次；</li><li>调研3次。</li></ol>
<table><tr><th rowspan="2">指标</th><th colspan="2">数值</th></tr>
<tr><td>2021年</td><td>2022年</td></tr><tr><td>众创空间</td><td>3家</td><td>5家</td></tr></table>
</div></div>
<div class="footer">主办单位：某区人民政府　备案号：12345678</div><script>var a = "9家";</script>
"""
EXPECTED = [
    "某区科技局2022年工作总结",
    "2022年，全区新增高新技术企业12家，同比增长20%。",
    "技术合同成交额2.4亿元，",
    "完成全年任务的120%，位居全市第二。",
    "1. 培训8次；",
    "2. 调研3次。",
    "指标\t数值",
    "\t2021年\t2022年",
    "众创空间\t3家\t5家",
]


def page(charset: str) -> str:
    return (
        f'<!DOCTYPE html><html><head><meta charset="{charset}"><title>总结-某区政府网</title>'
        f"</head><body>{BODY}</body></html>"
    )


@pytest.mark.parametrize("charset", ["gb2312", "utf-8", "gbk"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_main_text_survives_any_charset_declaration(charset: str, encoding: str) -> None:
    draft = read_html(page(charset).encode(encoding))
    assert draft.text.split("\n") == EXPECTED
    assert draft.title == "某区科技局2022年工作总结"


@pytest.mark.parametrize(
    ("markup", "date"),
    [
        ('<meta name="PubDate" content="2023-01-05 10:21">', "2023-01-05"),
        ("<p>发布时间：2023年1月5日　浏览 12 次</p>", "2023-01-05"),
        ("<p>2022年1月5日召开会议。</p>", ""),
        ("<p>日期：2023-13-45</p>", ""),
    ],
)
def test_date_of_a_page(markup: str, date: str) -> None:
    assert (
        read_html(f"<html><body>{markup}<p>新增3家。</p></body></html>".encode()).published == date
    )


def test_the_name_of_the_site_is_no_title() -> None:
    draft = read_html(
        """<html><head><title>2022年工作总结</title></head><body><h1>某某市门户网</h1><div>
        <p>2022年，全区新增高新技术企业12家，同比增长20%，超额完成任务。</p></div></body></html>""".encode()
    )
    assert draft.title == "2022年工作总结"
    assert draft.text.startswith("2022年，全区")


def test_cells_know_their_place_beside_merged_ones() -> None:
    draft = read_html(page("utf-8").encode())
    cells = {
        draft.text[b.start : b.end]: (b.row, b.column) for b in draft.blocks if b.kind == "cell"
    }
    assert cells["2022年"] == (1, 2)
    assert cells["5家"] == (2, 2)


def test_web_archive_is_read_as_its_page(read) -> None:
    import base64

    encoded = base64.encodebytes(page("gb2312").encode("gb18030")).decode()
    archive = (
        "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=XX\n\n"
        "--XX\nContent-Type: text/html; charset=gb2312\nContent-Transfer-Encoding: base64\n\n"
        f"{encoded}\n--XX--\n"
    )
    assert read(archive.encode()).text.split("\n")[2] == "技术合同成交额2.4亿元，"


def test_pages_laid_out_in_tables() -> None:
    data = """<html><body>
    <table><tr><td><a href="/">首页</a></td><td>某局网站，欢迎您！</td></tr></table>
    <table><tr><td>导航<br><a href="/1">通知</a></td><td><div>
    <p>2022年，全区新增高新技术企业12家，同比增长20%，完成任务。</p>
    <table><tr><td>指标</td><td>数值</td></tr><tr><td>专利，件</td><td>87</td></tr></table>
    <p>实现技术合同成交额2.4亿元，位居全市第二，成效明显。</p></div>
    <p>上一篇：<a href="/2">2023年新增5家</a></p></td></tr></table></body></html>"""
    assert read_html(data.encode()).text.split("\n") == [
        "2022年，全区新增高新技术企业12家，同比增长20%，完成任务。",
        "指标\t数值",
        "专利，件\t87",
        "实现技术合同成交额2.4亿元，位居全市第二，成效明显。",
    ]


def test_nesting_beyond_the_parser_loses_text_but_ends() -> None:
    nested = b"<html><body>" + b"<div>" * 5000 + "新增3家。".encode() + b"</body></html>"
    assert read_html(nested).text in ("", "新增3家。")
