"""The same report in every format gives the same observations as its plain text."""

import base64
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from kjreport.extract import observe
from kjreport.load import Document, read_report

FIELDS = ["indicator", "measure", "scenario", "level", "period", "value", "unit", "status"]


def rows(document: Document) -> pd.DataFrame:
    frame = observe([document])[[*FIELDS, "raw"]]
    return frame.sort_values([*FIELDS, "raw"]).reset_index(drop=True)


def share(document: Document, reference: Document) -> float:
    """Share of the reference's rows that the document has too."""
    wanted, found = rows(reference).astype(str), rows(document).astype(str)
    left = [tuple(row) for row in found.itertuples(index=False)]
    hits = 0
    for row in wanted.itertuples(index=False):
        if tuple(row) in left:
            left.remove(tuple(row))
            hits += 1
    return hits / max(len(wanted), len(found))


@pytest.fixture(scope="module")
def reference(samples: Path) -> Document:
    return read_report(samples / "report.txt")


@pytest.mark.parametrize("kind", ["docx", "doc", "rtf", "html", "pdf", "xlsx", "xls", "ods"])
def test_files_of_libreoffice(samples: Path, reference: Document, kind: str) -> None:
    document = read_report(samples / f"report.{kind}")
    assert document.origin.year == 2022
    assert share(document, reference) >= 0.99


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
def test_encodings_of_the_text(tmp_path: Path, reference: Document, encoding: str) -> None:
    path = tmp_path / "report.txt"
    path.write_text(reference.text, encoding=encoding)
    assert read_report(path).text == reference.text
    assert share(read_report(path), reference) == 1


def page(text: str) -> str:
    lines = "".join(f"<p>　　{line}</p>" for line in text.split("\n") if line)
    links = "".join(f'<li><a href="/{n}">栏目{n}</a></li>' for n in range(9))
    return (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">'
        f'<title>通知公告</title></head><body><ul class="nav">{links}</ul>'
        f'<div class="TRS_Editor">{lines}</div>'
        '<div id="foot">版权所有：某局　联系电话：0000-1234567</div></body></html>'
    )


def test_page_that_declares_gb2312_and_is_gb18030(tmp_path: Path, reference: Document) -> None:
    path = tmp_path / "report.html"
    path.write_bytes(page(reference.text).encode("gb18030"))
    document = read_report(path)
    assert document.text == "\n".join(line for line in reference.text.split("\n") if line)
    assert share(document, reference) >= 0.99


def test_web_archive(tmp_path: Path, reference: Document) -> None:
    body = base64.encodebytes(page(reference.text).encode("gb18030")).decode()
    path = tmp_path / "report.mht"
    path.write_text(
        'MIME-Version: 1.0\nContent-Type: multipart/related; type="text/html"; boundary="b"\n\n'
        "--b\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\n"
        f"{body}\n--b--\n",
        encoding="ascii",
    )
    assert share(read_report(path), reference) >= 0.99


def ofd(text: str, path: Path) -> None:
    """Write `text` as OFD pages of 30 lines of 40 characters."""
    lines = [
        line[at : at + 40] for line in text.split("\n") for at in range(0, max(len(line), 1), 40)
    ]
    head = '<ofd:{0} xmlns:ofd="http://www.ofdspec.org/2016">{1}</ofd:{0}>'
    pages, listed = {}, ""
    for number in range(0, len(lines), 30):
        objects = "".join(
            f'<ofd:TextObject ID="{n}" Boundary="20 {20 + 8 * n} 170 6" Size="4">'
            f'<ofd:TextCode X="0" Y="4" DeltaX="g {len(line)} 4">{line}</ofd:TextCode>'
            "</ofd:TextObject>"
            for n, line in enumerate(lines[number : number + 30])
            if line
        )
        name = f"Pages/Page_{number}/Content.xml"
        pages[name] = head.format(
            "Page", f"<ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content>"
        )
        listed += f'<ofd:Page ID="{number + 1}" BaseLoc="{name}"/>'
    area = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
    with zipfile.ZipFile(path, "w") as archive:
        root = "<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
        archive.writestr("OFD.xml", head.format("OFD", root))
        body = f"<ofd:CommonData>{area}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>"
        archive.writestr("Doc_0/Document.xml", head.format("Document", body))
        for name, part in pages.items():
            archive.writestr(f"Doc_0/{name}", part)


def test_ofd(tmp_path: Path, reference: Document) -> None:
    path = tmp_path / "report.ofd"
    ofd(reference.text, path)
    document = read_report(path)
    assert document.origin.format == "ofd"
    assert share(document, reference) >= 0.99


def test_a_clean_scan_at_150_dpi(tmp_path: Path, samples: Path, reference: Document) -> None:
    pytest.importorskip("rapidocr")
    import pypdfium2

    path = tmp_path / "scan.png"
    page = pypdfium2.PdfDocument(samples / "report.pdf")[0]
    page.render(scale=150 / 72).to_pil().convert("L").save(path)
    document = read_report(path)
    assert all(block.confidence and block.confidence > 0.5 for block in document.blocks)
    assert share(document, reference) >= 0.95
