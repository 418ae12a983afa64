"""Archives of reports (.zip), names in GBK included."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from typing import Final

from kjreport.load.failure import LoadError, one_line
from kjreport.load.limits import Limits
from kjreport.load.package import ZIP_MAGIC, Package
from kjreport.load.registry import Content

_UTF8_FLAG: Final = 0x800
# Marks of zipped formats; a zip without one of them is an archive of files.
# The part that tells a zipped format from an archive of files.
_FORMAT_PARTS: Final = ("[Content_Types].xml", "mimetype", "OFD.xml")
_CLUTTER: Final = ("__MACOSX/", ".", "~$")


def is_archive(content: Content) -> bool:
    """Tell whether `content` is a zip of files and no zipped format such as docx."""
    if not content.data.startswith(ZIP_MAGIC):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content.data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        # Cut off before its directory: the entries that are left have to tell.
        return not any(part.encode() in content.data for part in (*_FORMAT_PARTS, "_rels/.rels"))
    return not any(part in names for part in _FORMAT_PARTS)


def open_archive(content: Content, limits: Limits) -> Iterator[Content | LoadError]:
    """Yield the files of an archive, or the failure of each that cannot be unpacked.

    Raises
    ------
    LoadError
        Where the archive itself is damaged or has too many members.
    """
    package = Package(content, limits)
    members = [info for info in package.members() if not info.is_dir()]
    if len(members) > limits.members:
        raise LoadError(
            "too large",
            f"it holds {len(members)} files, more than {limits.members} (Limits.members)",
        )
    for info in members:
        name = member_name(info.filename, utf8=bool(info.flag_bits & _UTF8_FLAG))
        if posixpath.basename(name).startswith(_CLUTTER) or name.startswith(_CLUTTER):
            continue
        try:
            member = Content(name, package.read_alone(info.filename))
        except LoadError as error:
            yield error.of(f"{content.name}/{one_line(name)}")
            continue
        if is_archive(member):
            message = "an archive inside an archive is not opened; unpack it first"
            yield LoadError("unsafe", message, f"{content.name}/{one_line(name)}")
        else:
            yield member


def member_name(name: str, *, utf8: bool) -> str:
    """Return a member's name; without the UTF-8 flag its bytes are GBK or UTF-8.

    Examples
    --------
    >>> member_name("总结.txt".encode("gbk").decode("cp437"), utf8=False)
    '总结.txt'
    """
    if utf8 or name.isascii():
        return name
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name
