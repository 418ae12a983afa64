import struct
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from kjreport.load.ole import OLE_MAGIC, is_ole, stream_names


def test_streams_of_a_document_and_a_workbook(samples: Path) -> None:
    assert "WordDocument" in stream_names((samples / "report.doc").read_bytes())
    assert "Workbook" in stream_names((samples / "report.xls").read_bytes())
    assert not is_ole((samples / "report.docx").read_bytes())


def test_a_directory_far_into_a_large_file_is_found() -> None:
    """Beyond seven megabytes the allocation table is listed outside the header."""
    size, first = 512, 109 * 128 + 5
    data = bytearray(size * (first + 4))
    data[:8] = OLE_MAGIC
    struct.pack_into("<H", data, 30, 9)
    struct.pack_into("<II", data, 68, 0, 1)
    struct.pack_into("<I", data, 48, first)
    # Sector 0 lists sector 1 as the 110th part of the table, which leads on from `first`.
    struct.pack_into("<I", data, size, 1)
    struct.pack_into("<I", data, 2 * size - 4, 0xFFFFFFFE)
    struct.pack_into("<I", data, 2 * size + 5 * 4, first + 1)
    struct.pack_into("<I", data, 2 * size + 6 * 4, 0xFFFFFFFE)
    name = "WordDocument".encode("utf-16-le") + b"\0\0"
    at = (first + 2) * size
    data[at : at + len(name)] = name
    struct.pack_into("<H", data, at + 64, len(name))
    assert stream_names(bytes(data)) == {"WordDocument"}


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=2000))
def test_any_bytes_give_names_or_none(data: bytes) -> None:
    assert isinstance(stream_names(OLE_MAGIC + data), frozenset)
