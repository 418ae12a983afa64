import codecs
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kjreport.load import Content, LoadError
from kjreport.load.registry import find_reader
from kjreport.load.text import decode

SENTENCE = "全区新增高新技术企业12家，技术合同成交额2.4亿元。\n"
HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=4, max_size=60)


@pytest.mark.parametrize(
    "data",
    [
        SENTENCE.encode("utf-8"),
        SENTENCE.encode("utf-8-sig"),
        SENTENCE.encode("gb18030"),
        SENTENCE.encode("utf-16"),
        codecs.BOM_UTF16_BE + SENTENCE.encode("utf-16-be"),
        SENTENCE.encode("utf-16-le"),
        SENTENCE.encode("utf-16-be"),
        SENTENCE.encode("utf-32"),
    ],
    ids=["utf8", "utf8-bom", "gb", "utf16", "utf16be-bom", "utf16le", "utf16be", "utf32"],
)
def test_every_encoding_of_a_sentence_is_understood(data: bytes) -> None:
    assert decode(data) == (SENTENCE, "")


@settings(max_examples=100, deadline=None)
@given(HAN)
def test_short_gb18030_is_never_taken_for_another_encoding(text: str) -> None:
    data = (text + "3家。").encode("gb18030")
    if b"\x00" not in data:
        assert decode(data)[0] == text + "3家。"


def test_a_file_cut_inside_a_character_keeps_its_encoding_and_warns() -> None:
    text, warning = decode((SENTENCE * 3).encode("utf-8")[:-3] + b"\xe3\x80")
    assert text.startswith(SENTENCE)
    assert "damaged" in warning


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(LoadError) as caught:
        decode(bytes(range(1, 32)) * 40 + b"\xff\xff\x80\xff" * 9)
    assert caught.value.kind == "unknown format"


def test_binary_content_under_a_broken_magic_is_no_text(samples: Path) -> None:
    data = b"%POF" + (samples / "report.pdf").read_bytes()[4:]
    with pytest.raises(LoadError) as caught:
        find_reader(Content("a.txt", data))
    assert caught.value.kind == "unknown format"


def test_text_is_the_decoded_content_with_line_feeds(read) -> None:
    draft = read("\ufeff一、总结\r\n  新增3家\r\n\r\n\t末行".encode())
    assert draft.text == "一、总结\n  新增3家\n\n\t末行"
    assert [draft.text[b.start : b.end] for b in draft.blocks] == [
        "一、总结",
        "  新增3家",
        "\t末行",
    ]


def test_markdown_headings_are_headings(read) -> None:
    draft = read("## 二、问题\n人才不足".encode(), "a.md")
    assert [(b.kind, b.level) for b in draft.blocks] == [("heading", 2), ("paragraph", 0)]
