"""The container of Office 97 files: which streams it names."""

from __future__ import annotations

import struct
from typing import Final

OLE_MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_ENTRY_BYTES: Final = 128
_END_OF_CHAIN: Final = 0xFFFFFFFC
_MAX_SECTORS: Final = 4096


def is_ole(data: bytes) -> bool:
    """Tell whether `data` begins as an OLE compound file does."""
    return data.startswith(OLE_MAGIC)


def stream_names(data: bytes) -> frozenset[str]:
    """Return the names in the directory of a compound file; fewer where it is damaged.

    Notes
    -----
    [MS-CFB]: the directory is a chain of sectors of 128-byte entries, each
    beginning with its UTF-16 name and, at byte 64, the name's length.
    """
    names: set[str] = set()
    try:
        size = 1 << struct.unpack_from("<H", data, 30)[0]
        table = _allocation_sectors(data, size)
        sector = struct.unpack_from("<I", data, 48)[0]
        for _ in range(_MAX_SECTORS):
            if sector >= _END_OF_CHAIN:
                break
            start = (sector + 1) * size
            for entry in range(start, start + size, _ENTRY_BYTES):
                length = struct.unpack_from("<H", data, entry + 64)[0]
                if 2 <= length <= 64:
                    names.add(data[entry : entry + length - 2].decode("utf-16-le", "replace"))
            place = (table[sector // (size // 4)] + 1) * size + sector % (size // 4) * 4
            sector = struct.unpack_from("<I", data, place)[0]
    except (struct.error, ValueError, IndexError, ArithmeticError):
        return frozenset(names)
    return frozenset(names)


def _allocation_sectors(data: bytes, size: int) -> list[int]:
    """Return the sectors of the allocation table; beyond 109 they are listed in a chain."""
    sectors = list(struct.unpack_from("<109I", data, 76))
    following = struct.unpack_from("<I", data, 68)[0]
    for _ in range(_MAX_SECTORS):
        if following >= _END_OF_CHAIN:
            break
        *listed, following = struct.unpack_from(f"<{size // 4}I", data, (following + 1) * size)
        sectors += listed
    return sectors
