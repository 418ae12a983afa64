"""Zipped office formats: their parts within limits, their XML without entities."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Final

from lxml import etree

from kjreport.load.failure import LoadError
from kjreport.load.limits import MEBIBYTE, Limits
from kjreport.load.registry import Content

ZIP_MAGIC: Final = b"PK\x03\x04"


class Package:
    """The parts of a zipped file, read within `Limits`.

    Parameters
    ----------
    content : Content
    limits : Limits

    Raises
    ------
    LoadError
        Kind ``damaged`` where the archive is cut off or broken.
    """

    def __init__(self, content: Content, limits: Limits) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content.data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise LoadError(
                "damaged", f"the zip container is broken ({error}); fetch the file again"
            ) from error
        self._members = {info.filename: info for info in self._zip.infolist()}
        self._limits = limits
        self._unpacked = 0

    def __contains__(self, part: str) -> bool:
        return part in self._members

    def members(self) -> list[zipfile.ZipInfo]:
        """Return the entries in the order of the archive."""
        return list(self._members.values())

    def read(self, part: str) -> bytes:
        """Return the bytes of `part`.

        Raises
        ------
        LoadError
            Kind ``damaged``, ``encrypted`` or ``too large``.
        """
        try:
            info = self._members[part]
        except KeyError:
            raise LoadError("damaged", f"the part {part} is missing") from None
        if info.flag_bits & 0x1:
            raise LoadError("encrypted", "the archive needs a password; save it without one")
        self._check_size(info)
        try:
            with self._zip.open(info) as stream:
                # The header's size may lie: never read past what it promised.
                data = stream.read(info.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
            raise LoadError("damaged", f"the part {part} is broken ({error})") from error
        if len(data) > info.file_size:
            raise LoadError("unsafe", f"the part {part} is larger than its header says")
        return data

    def read_alone(self, part: str) -> bytes:
        """Return the bytes of a part that is not held beside those read before.

        Raises
        ------
        LoadError
            As `read`.
        """
        self._unpacked = 0
        return self.read(part)

    def xml(self, part: str) -> etree._Element:
        """Return the root of an XML part.

        Raises
        ------
        LoadError
            As `read`, and kind ``unsafe`` for a part that declares a document type.
        """
        data = self.read(part)
        check_markup(len(data), self._limits)
        return parse_xml(data, part)

    def _check_size(self, info: zipfile.ZipInfo) -> None:
        limits = self._limits
        self._unpacked += info.file_size
        if self._unpacked > limits.unpacked_bytes:
            raise LoadError(
                "too large",
                f"it unpacks to more than {limits.unpacked_bytes // MEBIBYTE} MiB "
                "(Limits.unpacked_bytes)",
            )
        ratio = info.file_size / max(info.compress_size, 1)
        if info.file_size > MEBIBYTE and ratio > limits.unpack_ratio:
            raise LoadError(
                "too large",
                f"{info.filename} unpacks to {ratio:.0f} times its size (Limits.unpack_ratio)",
            )


def check_markup(size: int, limits: Limits) -> None:
    """Raise `LoadError` for XML or HTML whose tree would not fit into memory."""
    if size > limits.markup_bytes:
        raise LoadError(
            "too large",
            f"its markup has {size // MEBIBYTE} MiB, more than "
            f"{limits.markup_bytes // MEBIBYTE} (Limits.markup_bytes)",
        )


def parse_xml(data: bytes, part: str) -> etree._Element:
    """Parse XML that declares no entities; see `Package.xml`."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise LoadError("damaged", f"the part {part} is no sound XML ({error})") from error
    if root.getroottree().docinfo.doctype:
        raise LoadError(
            "unsafe", f"the part {part} declares a document type, which reports never do"
        )
    return root


def is_package(content: Content, *parts: str) -> bool:
    """Tell whether `content` is a zip that names all of `parts`."""
    return content.data.startswith(ZIP_MAGIC) and all(
        part.encode() in content.data for part in parts
    )
