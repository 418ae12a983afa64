"""Builders of small files for the loader tests."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kjreport.load import Content, Draft, Limits
from kjreport.load.registry import find_reader

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{WORD}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def zipped(parts: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return buffer.getvalue()


@pytest.fixture
def zip_bytes() -> Callable[[dict[str, str | bytes]], bytes]:
    return zipped


@pytest.fixture
def docx_bytes() -> Callable[..., bytes]:
    """Build a docx of the XML of its body and of further parts by name."""

    def build(body: str, **parts: str) -> bytes:
        files: dict[str, str | bytes] = {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
        }
        for name, part in parts.items():
            root = {"header1": "hdr"}.get(name, name)
            files[f"word/{name}.xml"] = f"<w:{root} {NAMESPACES}>{part}</w:{root}>"
        return zipped(files)

    return build


@pytest.fixture
def read() -> Callable[..., Draft]:
    """Read bytes as the reader that accepts them would."""

    def run(data: bytes, name: str = "report", limits: Limits | None = None) -> Draft:
        content = Content(name, data)
        return find_reader(content).read(content, limits or Limits())

    return run


@pytest.fixture(scope="session")
def samples() -> Path:
    """Files of one report, written by LibreOffice 7 from `report.txt`."""
    return Path(__file__).resolve().parents[1] / "data" / "load"
