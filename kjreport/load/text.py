"""Plain text and Markdown in any Chinese encoding."""

from __future__ import annotations

import codecs
import re
from typing import Final

from kjreport.load.composer import Draft
from kjreport.load.document import Block, paragraphs
from kjreport.load.failure import LoadError
from kjreport.load.limits import Limits
from kjreport.load.registry import Content, Reader

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
# gb2312 and gbk are what pages declare; gb18030 is what they hold.
_SUPERSETS: Final = {"gb2312": "gb18030", "gbk": "gb18030", "cp936": "gb18030", "hz": "hz"}
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MARKDOWN_HEADING = re.compile(r"(#{1,6})[ \t]+\S")


def decode(data: bytes, declared: str = "") -> tuple[str, str]:
    r"""Return the text of `data` and a warning, empty where every byte was understood.

    Tried in order: byte order mark, strict UTF-8, NUL bytes (UTF-16), UTF-8 with
    rare damage, strict GB18030, the `declared` charset, GB18030 with rare damage,
    a statistical guess. Statistics come last because they fail on short GB18030.

    Parameters
    ----------
    data : bytes
    declared : str, optional
        The charset that the file says it has; believed only after the above.

    Raises
    ------
    LoadError
        Kind ``unknown format`` where no encoding gives text.

    Examples
    --------
    >>> decode("新增3家".encode("gb18030"))
    ('新增3家', '')
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _forgiving(data[len(mark) :], encoding)
    if (text := _strict(data, "utf-8")) is not None:
        return text, ""
    if b"\x00" in data[:4096]:
        return _forgiving(data, _utf16_order(data))
    if (nearly := _nearly(data, "utf-8")) is not None:
        return nearly
    for encoding in ("gb18030", _SUPERSETS.get(declared.lower(), declared)):
        if (text := _strict(data, encoding)) is not None:
            return text, ""
    if (nearly := _nearly(data, "gb18030")) is not None:
        return nearly
    return _guess(data)


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _forgiving(data: bytes, encoding: str) -> tuple[str, str]:
    text = data.decode(encoding, "replace")
    lost = text.count("\ufffd")
    return text, f"{lost} characters are damaged ({encoding})" if lost else ""


def _nearly(data: bytes, encoding: str) -> tuple[str, str] | None:
    """Decode where at least 20 characters beyond ASCII are sound for each damaged one."""
    text, warning = _forgiving(data, encoding)
    sound = sum(not c.isascii() for c in text) - text.count("\ufffd")
    return (text, warning) if sound >= 20 * text.count("\ufffd") else None


def _utf16_order(data: bytes) -> str:
    # The bytes of ASCII characters and of line ends betray the order.
    head = data[:4096]
    return "utf-16-be" if head[0::2].count(0) > head[1::2].count(0) else "utf-16-le"


def _guess(data: bytes) -> tuple[str, str]:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000]).best()
    if best is None or _CONTROL.search(str(best)):
        raise LoadError("unknown format", "the bytes are no text in any known encoding")
    text, warning = _forgiving(data, best.encoding)
    return text, warning or f"the encoding was guessed as {best.encoding}"


def normal_newlines(text: str) -> str:
    """Return `text` with every line end as a line feed."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _accepts(content: Content) -> bool:
    if content.head.lstrip().startswith(b"<?xml"):
        # Markup that no reader knows is no report.
        return False
    try:
        text, damage = decode(content.data)
    except LoadError:
        return False
    allowed = 0 if damage else len(text) // 200
    return len(_CONTROL.findall(text)) <= allowed


def _read(content: Content, limits: Limits) -> Draft:
    decoded, warning = decode(content.data)
    text = normal_newlines(decoded)
    if len(text) > limits.characters:
        raise LoadError(
            "too large", f"it has more than {limits.characters} characters (Limits.characters)"
        )
    blocks = paragraphs(text)
    if content.suffix in {".md", ".markdown"}:
        blocks = tuple(_as_heading(text, block) for block in blocks)
    return Draft(text, blocks, warnings=(warning,) if warning else ())


def _as_heading(text: str, block: Block) -> Block:
    match = _MARKDOWN_HEADING.match(text, block.start, block.end)
    return Block("heading", block.start, block.end, len(match[1])) if match else block


READERS: Final = (Reader("text", _accepts, _read),)
