import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from kjreport.extract import repair as repair_module
from kjreport.extract.repair import repair
from kjreport.vocabulary import vocabulary


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("新增１６家", "新增16家"),
        ("增长３．５％", "增长3.5%"),
        ("新增＊＊家", "新增**家"),
        ("新增ＸＸ家", "新增XX家"),
        ("新增５～８家", "新增5~8家"),
        ("新增５－８家", "新增5-8家"),
        ("资金3 860万元", "资金3860万元"),
        ("资金38\n60万元", "资金3860万元"),
        ("产值286.\n61亿元", "产值286.61亿元"),
        ("专利25\n件，", "专利25件，"),
        ("新增企业**\n家，", "新增企业**家，"),
        ("专利1，发明", "专利1，发明"),
        ("新增16家,其中国家级2家(含复审);", "新增16家，其中国家级2家（含复审）；"),
        ("成交额1,850万元", "成交额1,850万元"),
        ("存在问题:资金3:1配套", "存在问题：资金3:1配套"),
    ],
)
def test_damage_is_undone(text, repaired):
    assert repair(text).text == repaired


@pytest.mark.parametrize(
    "text",
    [
        "2022 16家企业获批",
        "2022年\n16家企业获批",
        "一、平台\n8家众创空间",
        "1.\n16家企业",
        "1 26家企业通过认定",
        "众创空间\t8\t家",
    ],
)
def test_what_is_no_damage_stays(text):
    assert repair(text).text == text


def test_a_page_number_within_a_word_is_left_out():
    text = "高新技3术企业"
    repaired = repair(text, bigrams={"技术"})
    assert repaired.text == "高新技术企业"
    assert [text[start:end] for start, end in repaired.pages] == ["3"]
    assert repair(text).text == text


def test_a_page_field_is_left_out():
    text = "双过半。 PAGE   \\* MERGEFORMAT 12 一、平台"
    repaired = repair(text)
    assert "MERGEFORMAT" not in repaired.text
    assert [text[start:end] for start, end in repaired.pages] == ["12"]


def test_lines_of_fixed_width_are_joined():
    words = "科技创新平台建设不断推进企业主体地位更加突出成果转化步伐加快"
    lines = [words[shift:] + words[:shift] for shift in range(12)]
    repaired = repair("\n".join(lines) + "。")
    assert "\n" not in repaired.text
    assert repaired.text == "".join(lines) + "。"


def test_paragraphs_of_any_length_stay_apart():
    text = "\n".join("平台建设" * count for count in range(1, 14))
    assert repair(text).text == text


def test_spans_lead_back_to_the_original():
    text = "资金3 860万元，专利25\n件。"
    repaired = repair(text)
    for surface, original in (("3860万元", "3 860万元"), ("25件", "25\n件"), ("专利", "专利")):
        at = repaired.text.index(surface)
        start, end = repaired.span(at, at + len(surface))
        assert text[start:end] == original


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="企业新增０5 \n.万元家*%，。1", max_size=80))
def test_each_character_of_the_copy_stands_at_its_origin(text):
    repaired = repair(text, bigrams={"企业", "新增"})
    places = [repaired.origin(position) for position in range(len(repaired.text))]
    assert places == sorted(set(places))
    assert all(0 <= place < len(text) for place in places)
    copied = text.translate({ord("０"): "0"})
    assert "".join(copied[place] for place in places) == repaired.text


def test_traditional_script_is_read_in_simplified_script():
    text = "區科技局開展專利資助，新增高新技術企業12家，發放經費3萬元。"
    repaired = repair(text)
    assert repaired.text == "区科技局开展专利资助，新增高新技术企业12家，发放经费3万元。"
    assert repaired.span(16, 19) == (16, 19)


def test_a_few_variant_characters_are_no_script():
    assert repair("新增發明3件").text == "新增發明3件"


def test_readings_printed_behind_characters_are_left_out():
    repaired = repair("申報高新技術企業(yè)13家，其中區(qū)屬企業(yè)2家")
    assert "企业13家" in repaired.text
    start = repaired.text.index("13家")
    assert repaired.span(start, start + 3) == (12, 15)


def test_spaces_all_over_a_text_are_left_out():
    text = "申报省级企 业 技术中心 1 家，申报 市级企业 技 术中心 4 家；认 定 高 新企业 2 家。"
    assert repair(text).text.startswith("申报省级企业技术中心1家，申报市级企业技术中心4家")
    assert repair("第一 二章，共3家").text == "第一 二章，共3家"


def test_a_page_mark_within_a_line_is_left_out():
    assert repair("申报项目14 — 1 — 项").text == "申报项目14项"
    assert repair("备选方案3 - 5 - 7号").text == "备选方案3 - 5 - 7号"


def test_the_signs_of_traditional_script_are_never_simplified_ones():
    signs = vocabulary(repair_module.__file__).characters("traditional_only")
    convert = OpenCC("t2s").convert
    assert [sign for sign in signs if convert(sign) == sign] == []


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("新增 3 家，增长 5 %，", "新增3家，增长5%，"),
        ("居全市第 2 位", "居全市第2位"),
        ("3 高新技术企业", "3 高新技术企业"),
        ("众创空间﹑孵化器3﹒5﹪﹙含新增﹚", "众创空间、孵化器3.5%（含新增）"),
        ("高新?技术企业?培育?3家", "高新技术企业培育3家"),
        ("明年怎么干？新增3家", "明年怎么干？新增3家"),
        ("项目84 第 2 页 共 3 页 0项", "项目840项"),
        ("经费R&amp;D投入<b>3</b>家，共6&nbsp;家", "经费R&D投入3家，共6家"),
        ("■■新增■■家", "**新增**家"),
        ("■ 新增3家", "■ 新增3家"),
    ],
)
def test_what_pages_print_into_words_is_undone(text, repaired):
    assert repair(text).text == repaired
