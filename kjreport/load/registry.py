"""Which reader takes which content; decided by the bytes, not by the name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath
from typing import Final

from kjreport.load.composer import Draft
from kjreport.load.failure import LoadError
from kjreport.load.limits import Limits


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of a file and the name it goes by.

    Attributes
    ----------
    name : str
        Path relative to the folder read; a hint at most, since names lie.
    data : bytes
    """

    name: str
    data: bytes

    @property
    def head(self) -> bytes:
        """The first 4 096 bytes, enough to tell every format here."""
        return self.data[:4096]

    @property
    def suffix(self) -> str:
        """The suffix of the name in lower case, with its dot."""
        return PurePath(self.name).suffix.lower()


@dataclass(frozen=True, slots=True)
class Reader:
    """A format: how to recognise it and how to read it.

    Attributes
    ----------
    name : str
        Kept in ``Origin.format``.
    accepts : callable
        ``Content -> bool``; looks at the bytes.
    read : callable
        ``(Content, Limits) -> Draft``; raises `LoadError` for what it cannot read.

    Examples
    --------
    A study's own format joins the others before the files are read:

    >>> from kjreport.load import Composer, Reader, register, unregister
    >>> def read_shouting(content, limits):
    ...     composer = Composer()
    ...     composer.paragraph(content.data.decode().lower())
    ...     return composer.draft()
    >>> shouting = Reader("shouting", lambda content: content.data.isupper(), read_shouting)
    >>> register(shouting)
    >>> unregister(shouting)
    """

    name: str
    accepts: Callable[[Content], bool]
    read: Callable[[Content, Limits], Draft]


# In the order asked: containers by their magic first, plain text, which
# accepts almost anything, last. A module is imported when it is first asked.
_MODULES: Final = (
    "kjreport.load.pdf",
    "kjreport.load.word",
    "kjreport.load.legacy_word",
    "kjreport.load.rtf",
    "kjreport.load.ofd",
    "kjreport.load.sheet",
    "kjreport.load.image",
    "kjreport.load.html",
    "kjreport.load.text",
)

_registered: list[Reader] = []


def register(reader: Reader) -> None:
    """Ask `reader` before all others from now on."""
    _registered.insert(0, reader)


def unregister(reader: Reader) -> None:
    """Take back what `register` did."""
    _registered.remove(reader)


def find_reader(content: Content) -> Reader:
    """Return the first reader that accepts `content`.

    Raises
    ------
    LoadError
        Kind ``empty`` for a file of no bytes, ``unknown format`` if nobody takes it.
    """
    if not content.data:
        raise LoadError("empty", "the file has 0 bytes; fetch it again")
    for reader in readers():
        if reader.accepts(content):
            return reader
    raise LoadError(
        "unknown format",
        f"no reader knows a file that begins with {content.data[:8]!r}; "
        "convert it to docx, pdf, html or text",
    )


def readers() -> list[Reader]:
    """Return every reader in the order in which they are asked."""
    return [*_registered, *(r for module in _MODULES for r in import_module(module).READERS)]
