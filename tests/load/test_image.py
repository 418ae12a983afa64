from pathlib import Path

import pytest

pytest.importorskip("rapidocr")

from PIL import Image, ImageDraw, ImageFont

from kjreport.load import Limits, LoadError, read_report

LINES = [
    "青禾区科技局2022年工作总结",
    "全年新增高新技术企业12家，同比增长20.5%。",
    "技术合同成交额2433.5万元。",
]


@pytest.fixture(scope="module")
def scan() -> Image.Image:
    import pylopdf_fonts_zh_cn

    font = Path(pylopdf_fonts_zh_cn.__file__).with_name("NotoSansSC-Regular.otf")
    image = Image.new("L", (1000, 500), 255)
    draw = ImageDraw.Draw(image)
    for number, line in enumerate(LINES):
        draw.text((60, 80 + 100 * number), line, font=ImageFont.truetype(str(font), 34), fill=0)
    return image


def test_a_turned_page_is_read_upright(scan: Image.Image, tmp_path: Path) -> None:
    path = tmp_path / "scan.png"
    scan.rotate(90, expand=True).save(path)
    assert read_report(path).text.replace("\n", "") == "".join(LINES)


def test_scanned_pdf_is_recognised_with_a_warning(scan: Image.Image, tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    scan.save(path, resolution=100)
    document = read_report(path)
    assert "12家" in document.text
    assert document.warnings[0].startswith("it has no text layer; recognised")
    assert document.blocks[0].page == 1


def test_an_image_of_too_many_pixels_is_refused(scan: Image.Image, tmp_path: Path) -> None:
    path = tmp_path / "scan.tif"
    scan.save(path)
    with pytest.raises(LoadError, match=r"Limits\.pixels"):
        read_report(path, limits=Limits(pixels=1000))
