from pathlib import Path

import pytest

from kjreport.load import Draft, LoadError, read_report
from kjreport.load.pdf import is_sound


def test_wraps_heads_and_page_numbers_are_undone(samples: Path) -> None:
    document = read_report(samples / "pages.pdf")
    assert document.text == (samples / "pages.txt").read_text(encoding="utf-8").strip()
    assert document.margins == ("青禾区科技局文件", "— 1 —", "— 2 —", "— 3 —")
    assert document.origin.title == "青禾区科技局2022年工作总结"


def test_ruled_tables_are_tables(samples: Path) -> None:
    document = read_report(samples / "table.pdf")
    frame = document.tables()[0]
    assert list(frame.columns) == ["指标", "2021年", "2022年", "同比增长"]
    assert frame.values.tolist() == [
        ["高新技术企业（家）", "12", "16", "33.3%"],
        ["技术合同成交额（万元）", "1,200", "2433.5", "102.8%"],
        ["合计", "合计", "2449.5", ""],
    ]
    assert "\n技术合同成交额（万元）\t1,200\t2433.5\t102.8%\n" in document.text


@pytest.mark.parametrize(
    ("text", "sound"),
    [
        ("全区新增高新技术企业12家，占GDP比重2.3%。", True),
        ("\ue001\ue002\ue003\ue004\ue005家", False),
        ("ŀŁłŃńŅņŇňŉŊŋŌ", False),
        ("锟斤拷\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd", False),
    ],
)
def test_garbage_in_a_text_layer_is_noticed(text: str, sound: bool) -> None:
    assert is_sound(text) is sound


def pdf_of(text: bytes) -> bytes:
    """Write a page of one line in a font without a map to Chinese."""
    stream = b"BT /F1 12 Tf 50 700 Td (" + text + b") Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length " + str(len(stream)).encode() + b">>\nstream\n" + stream + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    out = b"%PDF-1.4\n"
    for number, body in enumerate(objects, 1):
        out += str(number).encode() + b" 0 obj\n" + body + b"\nendobj\n"
    return out + b"trailer<</Root 1 0 R>>\n%%EOF\n"


def test_a_garbage_text_layer_falls_to_recognition(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kjreport.load import image

    told = []
    monkeypatch.setattr(
        image, "recognise", lambda images, limits, warning: told.append(warning) or Draft("家", ())
    )
    path = tmp_path / "garbage.pdf"
    path.write_bytes(pdf_of(bytes(range(0xC0, 0xF0)) * 3))
    assert read_report(path).text == "家"
    assert told == ["its text layer is garbage; recognised from the images of its pages"]


def test_a_scan_without_the_extra_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from PIL import Image

    from kjreport.load import image

    monkeypatch.setitem(__import__("sys").modules, "rapidocr", None)
    image._engine.cache_clear()
    path = tmp_path / "scan.pdf"
    Image.new("L", (300, 400), 255).save(path)
    with pytest.raises(LoadError, match=r"pip install 'kjreport\[ocr\]'") as caught:
        read_report(path)
    assert caught.value.kind == "needs extra"
    image._engine.cache_clear()
